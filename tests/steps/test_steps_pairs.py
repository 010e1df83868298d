from pathlib import Path

import pytest
from steps_papers import WOMAN, article, write

from litreview import store
from litreview.errors import UsageError
from litreview.model.review import Decision
from litreview.steps.add import add
from litreview.steps.decide import decide, undo
from litreview.steps.decisions import queue
from litreview.steps.extract import reconcile
from litreview.steps.update import update
from litreview.steps.workspace import Workspace

TITLE = "Antivenom after the bite of a snake in a garden far from home"


@pytest.fixture
def three(work: Workspace, tmp_path: Path) -> Workspace:
    """101 and 102 are one paper under two PMIDs, 103 is another one."""
    twins = (article(pmid, title=TITLE).replace(f"10.5555/{pmid}", "10.5555/one") for pmid in ("101", "102"))
    add(work, [write(tmp_path / "a.xml", *twins, article("103", WOMAN, author="Boa"))])
    update(work)
    return work


def reports(work: Workspace) -> set[frozenset[str]]:
    """PMIDs of the records that are one report."""
    found: dict[str, set[str]] = {}
    for record_id, pmid, leader in work.db.execute("SELECT record_id, pmid, duplicate_of FROM records").fetchall():
        found.setdefault(leader or record_id, set()).add(pmid)
    return {frozenset(pmids) for pmids in found.values()}


def patients(work: Workspace) -> int:
    return int(work.db.execute("SELECT count(*) FROM patients").fetchone()[0])


ALONE = {frozenset({"101"}), frozenset({"102"}), frozenset({"103"})}
TWINS = {frozenset({"101", "102"}), frozenset({"103"})}
ONE = {frozenset({"101", "102", "103"})}


def test_records_are_split_and_stay_so(three: Workspace) -> None:
    assert reports(three) == TWINS
    decide(three, Decision("102", "split", "101", decided_by="Ann"))
    assert reports(three) == ALONE
    update(three, everything=True)
    assert reports(three) == ALONE


def test_records_are_merged_and_stay_so(three: Workspace) -> None:
    decide(three, Decision("103", "merge", "102"))
    assert reports(three) == ONE
    update(three, everything=True)
    assert reports(three) == ONE


def test_undoing_brings_back_what_stood_before(three: Workspace) -> None:
    before = patients(three)
    split = decide(three, Decision("101", "split", "102"))
    merged = decide(three, Decision("102", "merge", "101"))
    assert reports(three) == TWINS
    undo(three, merged)
    assert reports(three) == ALONE
    undo(three, split)
    assert (reports(three), patients(three)) == (TWINS, before)


def test_a_decided_pair_does_not_wait_and_says_who_decided(three: Workspace, path: Path) -> None:
    decide(three, Decision("101", "split", "102", decided_by="Ann", why="two bites"))
    (reasons,) = three.db.execute(
        "SELECT reasons FROM links WHERE kind = 'record' AND outcome = 'different'"
    ).fetchone()
    assert reasons == "decided by Ann; two bites"
    assert not [line for line in queue(path) if line.startswith("duplicate record")]


def test_one_record_under_two_names_cannot_be_merged(three: Workspace) -> None:
    with pytest.raises(UsageError, match="is a single record"):
        decide(three, Decision("103", "merge", "10.5555/103"))


def test_everything_stays_where_nothing_is_decided(three: Workspace) -> None:
    before = list(three.db.conn.iterdump())
    update(three)
    assert list(three.db.conn.iterdump()) == before


def test_a_report_that_is_joined_to_another_while_reports_are_brought_up_to_date_is_passed_over(
    three: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = store.all_reports(three.db)
    monkeypatch.setattr(store, "all_reports", lambda db: listed)
    decide(three, Decision("103", "merge", "102"))
    reconcile(three, everything=True)
    assert three.problems == []
    assert reports(three) == ONE
