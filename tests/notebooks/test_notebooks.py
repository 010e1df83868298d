"""Every notebook runs from top to bottom."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The demonstration, made once for all notebooks that start from it."""
    path = tmp_path_factory.mktemp("notebooks") / "demo.db"
    made = [sys.executable, "-m", "litreview", "demo", str(path), "--no-serve", "--quiet"]
    subprocess.run(made, check=True, capture_output=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "LITREVIEW_DB", str(path))
        yield


@pytest.mark.usefixtures("demo")
@pytest.mark.filterwarnings("ignore")  # the kernel's own dependencies warn
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)

    NotebookClient(notebook, timeout=600, kernel_name="python3").execute()

    errors = [out for cell in notebook.cells for out in cell.get("outputs", []) if out["output_type"] == "error"]
    assert not errors
    drawn = [out for cell in notebook.cells for out in cell.get("outputs", []) if "image/svg+xml" in out.get("data", {})]
    assert drawn, "the plot is not there"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_its_output_and_reads_as_a_story(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells

    assert not [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")]
    assert cells[0].cell_type == "markdown"
    assert sum(cell.cell_type == "markdown" for cell in cells) >= 4
