"""examples/learning-curves.ipynb, run as it stands by who has the command on the path and MNIST in a folder."""

import os

import nbformat
import pandas
from nbclient import NotebookClient
from np_playground import COLOURS


def test_the_example_notebook_trains_and_plots(command, mnist, project, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "mnist").symlink_to(mnist)
    notebook = nbformat.read(project / "examples" / "learning-curves.ipynb", as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells), "it is kept without outputs"
    NotebookClient(notebook, resources={"metadata": {"path": tmp_path}}).execute()
    shown = [output.data for cell in notebook.cells for output in cell.get("outputs", []) if "data" in output]
    assert any("danp" in data.get("text/plain", "") for data in shown)
    assert any("image/png" in data for data in shown)
    assert any("application/vnd.jupyter.widget-view+json" in data for data in shown)


def test_its_solid_lines_are_the_rules_with_decorrelated_inputs_and_no_others(project, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    import matplotlib.pyplot as plt

    notebook = nbformat.read(project / "examples" / "learning-curves.ipynb", as_version=4)
    [drawing] = [cell.source for cell in notebook.cells if "plt.subplots" in cell.source]
    rules = list(COLOURS)
    table = pandas.DataFrame({"algorithm": rules, "epoch": 0, "seed": 0, "test_acc": 0.5})
    names = {"COLOURS": COLOURS, "plt": plt, "table": table}
    exec(drawing, names)
    lines = names["axes"].get_lines()
    # Each rule stands there plain, then decorrelated.
    expected = [(rule.upper(), "-" if place % 2 else "--") for place, rule in enumerate(rules)]
    assert [(line.get_label(), line.get_linestyle()) for line in lines] == expected
