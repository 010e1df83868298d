"""Answers are read alike wherever that is done, and no process is left behind."""

import multiprocessing
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from steps_papers import MAN, WOMAN, article, write

from litreview.pubmed.answers import Answer, parse_xml
from litreview.steps import reading as at
from litreview.steps.reading import reading

HOLDS_A_PROCESS = """
import multiprocessing, sys
from litreview.steps.reading import reading
with reading(1_000_000, "PubMed"):
    (child,) = multiprocessing.active_children()
    print(child.pid, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def answer(tmp_path: Path) -> Answer:
    write(tmp_path / "all.xml", article("101", MAN, pmcid="PMC9000101"), article("102", WOMAN, references=("101",)))
    body = (tmp_path / "all.xml").read_bytes()
    root = parse_xml(body)
    assert root is not None
    return Answer(body, root)


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at.os, "cpu_count", lambda: 2)


@pytest.mark.usefixtures("two_cores")
def test_a_page_is_the_same_whichever_process_reads_it(answer: Answer) -> None:
    with reading(2, "PubMed") as read:
        here = read(answer)()
        assert multiprocessing.active_children() == []
    with reading(at.WORTH_A_PROCESS, "PubMed") as read:
        elsewhere = read(answer)()
        assert len(multiprocessing.active_children()) == 1
    assert here == elsewhere
    assert here.pmids == ("101", "102")
    assert len(here.items) == 2


@pytest.mark.usefixtures("two_cores")
def test_pages_are_read_here_when_the_other_process_ends(answer: Answer) -> None:
    with reading(at.WORTH_A_PROCESS, "PubMed") as read:
        (child,) = multiprocessing.active_children()
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        assert [read(answer)().pmids, read(answer)().pmids] == [("101", "102")] * 2


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="the system cannot tell when another process ends")
def test_the_other_process_does_not_outlive_one_that_is_killed() -> None:
    running = [sys.executable, "-c", HOLDS_A_PROCESS]
    with subprocess.Popen(running, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        ends = os.pidfd_open(int(process.stdout.readline()))
        process.kill()
    assert select.select([ends], [], [], 30)[0] == [ends]
    os.close(ends)
