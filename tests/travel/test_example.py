"""examples/learning-curves.ipynb, run as it stands by who has the command on the path and MNIST in a folder."""

import os

import nbformat
from nbclient import NotebookClient


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
