import os
import subprocess
import sys
from pathlib import Path

import pytest
from steps_papers import WOMAN, article, write

from litreview import extract as extraction
from litreview.model.case import DocumentCase
from litreview.model.document import Document
from litreview.model.topic import Topic
from litreview.steps.add import add
from litreview.steps.extract import extract
from litreview.steps.update import update
from litreview.steps.workspace import Workspace

real = extraction.extract


def failing(document: Document, topic: Topic) -> tuple[DocumentCase, ...]:
    if "woman" in document.text:
        raise ValueError("cannot make head or tail of it")
    return real(document, topic)


def deadly(document: Document, topic: Topic) -> tuple[DocumentCase, ...]:
    if "woman" in document.text:
        os._exit(1)
    return real(document, topic)


@pytest.fixture
def papers(work: Workspace, tmp_path: Path) -> None:
    add(work, [write(tmp_path / "a.xml", article("101"), article("102", WOMAN, author="Boa"))])


def shown(work: Workspace) -> list[str]:
    return [row[0] for row in work.db.execute("SELECT pmid FROM cases ORDER BY pmid")]


def dump(work: Workspace) -> list[str]:
    return sorted(line for line in work.db.conn.iterdump() if "_fts" not in line)


@pytest.mark.usefixtures("papers")
def test_several_processes_find_what_one_does(work: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    update(work)
    alone = dump(work)
    monkeypatch.setattr("litreview.steps.extract.WORTH_A_POOL", 0)
    update(work, everything=True)
    assert dump(work) == alone


SCRIPT = """
import pathlib, sys, threading
print("begins")
import litreview.steps.extract as steps
from litreview.steps.workspace import workspace
steps.WORTH_A_POOL = 0
threading.Thread(target=threading.Event().wait, daemon=True).start()
with workspace(pathlib.Path(sys.argv[1]), command="test", rules_dir=pathlib.Path(sys.argv[2])) as work:
    steps.extract(work, everything=True)
    print(work.counts["documents extracted"])
"""


@pytest.mark.usefixtures("papers")
def test_a_script_without_a_guard_is_not_run_again_by_its_processes(
    work: Workspace, path: Path, tmp_path: Path
) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    topics = Path(__file__).parents[1] / "topics"
    told = subprocess.run([sys.executable, script, path, topics], capture_output=True, text=True, timeout=60)
    assert told.stdout.split() == ["begins", "2"]


@pytest.mark.usefixtures("papers")
@pytest.mark.parametrize(
    ("fate", "limit", "words"),
    [
        (failing, 10**9, "ValueError: cannot make head or tail of it"),
        (failing, 0, "ValueError: cannot make head or tail of it"),
        (deadly, 0, "extraction ended the process it ran in"),
    ],
    ids=["fails", "fails in a process", "takes its process down"],
)
def test_a_document_that_cannot_be_extracted_is_set_aside(
    fate: object, limit: int, words: str, work: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("litreview.steps.extract.WORTH_A_POOL", limit)
    monkeypatch.setattr("threading.active_count", lambda: 1)  # only a forked process knows what is patched here
    monkeypatch.setattr("litreview.extract.extract", fate)
    update(work)
    assert shown(work) == ["101"]
    assert [(problem.stage, problem.sentence) for problem in work.problems] == [("extract", words)]
    monkeypatch.setattr("litreview.extract.extract", real)
    update(work)
    assert shown(work) == ["101", "102"]
    assert work.db["problems"].count == 0


@pytest.mark.usefixtures("papers")
def test_documents_are_extracted_once_for_the_same_rules(work: Workspace) -> None:
    extract(work)
    work.counts.clear()
    extract(work)
    assert work.counts == {"documents extracted": 0, "reports screened": 0}
