"""The widget in a real JupyterLab and in marimo: it trains there, and Python gets what it measures."""

import json
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import nbformat
import pandas
from playwright.sync_api import Page, expect

SETTINGS = {
    "hidden_sizes": [16], "train_size": 1000, "test_size": 500, "image_size": 14, "lr": 0.01, "epochs": 20,
}

CELLS = [
    f"from np_playground import Playground\nplayground = Playground(rules=['np', 'danp'], **{SETTINGS})\nplayground",
    "import json\nprint(json.dumps(playground.result))",
    "print(playground.history().to_csv(index=False))",
    "playground.config = {'lr': 99}",
    "print(playground.error)",
    "playground.config = {'algorithms': ['bp'], 'epochs': 2}",
    "print(playground.error, playground.history()[['algorithm', 'epoch']].values.tolist())",
    "misspelt = Playground(rules=['np'], learning_rate=0.1, result=1)\nmisspelt",
    "print(misspelt.error)",
]


MARIMO = f"""
import marimo
app = marimo.App()

@app.cell
def _():
    import marimo
    from np_playground import Playground
    playground = marimo.ui.anywidget(Playground(rules=['np', 'danp'], **{SETTINGS}))
    playground
    return marimo, playground

@app.cell
def _(marimo, playground):
    playground.value
    marimo.md("rows: " + str(len(playground.history())))
"""


@contextmanager
def serving(folder: Path, address: str, *command: str):
    """The address, of that form, of a server that runs in `folder`."""
    log = folder / "server.log"
    with log.open("w") as said, subprocess.Popen(
        [sys.executable, "-m", *command], cwd=folder, stdout=said, stderr=said
    ) as server:
        try:
            while not (found := re.search(address, log.read_text())):
                assert server.poll() is None, log.read_text()
                time.sleep(0.1)
            yield found[0]
        finally:
            server.terminate()


def jupyter_lab(folder: Path):
    command = ["jupyter", "lab", "--allow-root", "--no-browser", "--port", "0"]
    quiet = ["--IdentityProvider.token=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    return serving(folder, r"http://localhost:\d+/lab", *command, *quiet)


def run_cell(page: Page, index: int):
    """Runs a cell and gives what it puts out."""
    cell = page.locator(".jp-Cell").nth(index)
    cell.locator(".jp-InputArea-editor").click()
    page.keyboard.press("Control+Enter")
    return cell.locator(".jp-OutputArea-output")


def finished(runs: int) -> str:
    """Whether so many runs have come to their end, for the browser."""
    element = "document.querySelector('np-playground')"
    ended = f"{element}.result.runs.filter(run => run.status === 'finished')"
    return f"() => {ended}.length === {runs}"


def test_it_trains_in_jupyterlab_and_python_gets_what_it_measures(page, tmp_path):
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    cells = [nbformat.v4.new_code_cell(cell) for cell in CELLS]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), tmp_path / "test.ipynb")
    with jupyter_lab(tmp_path) as address:
        page.goto(f"{address}/tree/test.ipynb")
        expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
        playground = run_cell(page, 0).locator("np-playground")
        expect(playground).to_be_visible()
        page.wait_for_function(finished(2))
        measured = playground.evaluate("element => element.result")
        result = json.loads(run_cell(page, 1).inner_text())
        table = pandas.read_csv(StringIO(run_cell(page, 2).inner_text()))
        run_cell(page, 3)
        expect(run_cell(page, 4)).to_contain_text("lr = 99 cannot be used")
        run_cell(page, 5)
        page.wait_for_function(finished(1))
        expect(run_cell(page, 6)).to_have_text("[['bp', 0], ['bp', 1], ['bp', 2]]")
        # The first settings are refused as later ones are; of the element's own names, too.
        expect(run_cell(page, 7).get_by_role("alert").first).to_be_visible()
        expect(run_cell(page, 8)).to_contain_text('"learning_rate" is no setting')

    assert result == measured
    assert result["config"] | SETTINGS == result["config"]
    runs = result["runs"]
    assert [run["algorithm"] for run in runs] == ["np", "danp"]
    assert list(table["algorithm"]) == ["np"] * 21 + ["danp"] * 21
    assert list(table["test_acc"]) == [accuracy for run in runs for accuracy in run["history"]["test_acc"]]
    assert table["test_acc"].iloc[-1] > 0.5


def test_it_trains_in_marimo_where_cells_follow_it(page, tmp_path):
    (tmp_path / "test.py").write_text(MARIMO)
    command = ["marimo", "--yes", "run", "test.py", "--headless", "--no-token"]
    with serving(tmp_path, r"http://localhost:\d+(?=\s)", *command) as address:
        page.goto(address)
        expect(page.locator("np-playground")).to_be_visible()
        # A row for each epoch and the beginning of both; nobody has asked the cell to run again.
        expect(page.get_by_text("rows: 42")).to_be_visible()
