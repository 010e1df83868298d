"""What extraction finds does not depend on the process: not on hash seed, locale or what was read before."""

import os
import subprocess
import sys

import pytest

from litreview import resources

SCRIPT = """
import sys
from pathlib import Path
from litreview import readers, rules
from litreview.extract import extract

topic = rules.load("anti_cd38_cytopenia")
items = [item for path in sys.argv[2:] for item in readers.read_path(Path(path))]
documents = [item[1] for item in items if isinstance(item, tuple) and item[1] is not None]
order = documents[::-1] if sys.argv[1] == "reversed" else documents
found = sorted((document.document_id, repr(extract(document, topic))) for document in order)
sys.stdout.buffer.write(repr(found).encode())
"""


@pytest.fixture(scope="module")
def outputs() -> list[bytes]:
    """What two processes write of the same documents: abstracts, and full texts with tables and several patients."""
    folder = resources.corpus_dir()
    paths = [str(folder / "pubmed.xml"), *(str(path) for path in sorted((folder / "pmc").glob("*.xml"))[:6])]
    return [
        _output(paths, order="printed", PYTHONHASHSEED="1", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"),
        _output(paths, order="reversed", PYTHONHASHSEED="2", LC_ALL="tr_TR.UTF-8", TZ="Pacific/Auckland"),
    ]


def _output(paths: list[str], *, order: str, **environment: str) -> bytes:
    command = [sys.executable, "-c", SCRIPT, order, *paths]
    return subprocess.run(command, env=os.environ | environment, check=True, stdout=subprocess.PIPE).stdout


def test_every_process_finds_the_same_to_the_byte(outputs: list[bytes]) -> None:
    first, second = outputs

    assert first == second


def test_the_processes_find_something(outputs: list[bytes]) -> None:
    assert all(output.count(b"Finding(") > 100 for output in outputs)
