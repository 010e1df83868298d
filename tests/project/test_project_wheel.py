"""The wheel holds all that a fresh machine needs."""

import ast
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.mark.parametrize(
    "part",
    [
        "litreview/_data/extraction_rules/anti_cd38_cytopenia/topic.yaml",
        "litreview/_data/extraction_rules/common/context.yaml",
        "litreview/_data/db/migrations/",
        "litreview/corpus/pubmed.xml",
        "litreview/corpus/gold/cases.jsonl",
        "litreview/py.typed",
    ],
)
def test_data_reaches_the_wheel(wheel: Path, part: str) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    assert any(name.startswith(part) for name in names)


def test_an_installed_wheel_lists_the_topics(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    zipfile.ZipFile(wheel).extractall(target)
    code = "from litreview import rules; import litreview; print(litreview.__file__); print(rules.topics())"

    # -P and an own PYTHONPATH: the checkout must not be found instead.
    told = subprocess.run(
        [sys.executable, "-P", "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(target)},
    )

    assert told.returncode == 0, told.stderr
    assert str(target) in told.stdout
    assert "anti_cd38_cytopenia" in told.stdout


def test_no_word_of_the_topic_is_in_code() -> None:
    """Examples in docstrings may speak of the topic; names and strings that do something may not."""
    words = ("daratumumab", "isatuximab", "rituximab", "chimerism", "evans", "cytopeni", "anti_cd38")

    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in (ROOT / "litreview").rglob("*.py")
        if "corpus" not in path.parts
        for told in told_by_code(path)
        for word in words
        if word in told.lower()
    ]

    assert not found


def told_by_code(path: Path) -> Iterator[str]:
    """Names and strings of a module, without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value
        elif isinstance(node, ast.Name):
            yield node.id
