from pathlib import Path

import pytest
from same import exports
from steps_papers import MAN, WOMAN, article, write_fulltext
from steps_server import TOPICS, Shelf, share, told

from litreview.model.review import Decision
from litreview.pubmed.client import Client
from litreview.pubmed.replay import Replay
from litreview.pubmed.settings import Settings
from litreview.steps.add import Naming, add
from litreview.steps.changes import changed
from litreview.steps.decide import decide
from litreview.steps.fetch import fetch_by_pmid
from litreview.steps.update import update
from litreview.steps.workspace import workspace

BOY = "A 9-year-old boy was bitten by an adder near a lake. He was given 3 vials of antivenom. He recovered."


@pytest.fixture
def shelf(tmp_path: Path, path: Path) -> Shelf:
    made = Shelf(tmp_path / "library", path)
    made.put("101", article("101", pmcid="PMC9101"))
    made.put("102", article("102", WOMAN, author="Boa"))
    return made


def test_a_new_report_brings_its_patient_and_the_shift_of_the_rate(shelf: Shelf) -> None:
    shelf.refresh()
    shelf.put("103", article("103", BOY, author="Cobra"))

    version = shelf.refresh()[0].version

    assert [change.why for change in told(version, "record")] == ["database PubMed"]
    assert [(change.change, change.after) for change in told(version, "screening")] == [("new", "included")]
    assert [change.change for change in told(version, "patient")] == ["new"]
    assert share(version, "Recovered") == ((1, 2), (2, 3))
    assert shelf.ask(
        'SELECT n_before, of_before, n_after, of_after FROM shifts WHERE version = 2 AND how = "share"'
    ) == [(1, 2, 2, 3)]


def test_a_retraction_takes_its_patient_out_and_says_so(shelf: Shelf) -> None:
    shelf.refresh()
    retracted = article(
        "101", types=("Case Reports", "Retracted Publication"), related=(("RetractionIn", "909"),), revised="2099-01-01"
    )
    shelf.put("101", retracted)

    version = shelf.refresh()[0].version

    assert [(change.before, change.after) for change in told(version, "status")] == [("published", "retracted")]
    assert [(change.before, change.after) for change in told(version, "screening")] == [
        ("included", "excluded: retracted")
    ]
    assert [(change.change, change.why) for change in told(version, "patient")] == [("gone", "retracted")]
    assert share(version, "Recovered") == ((1, 2), (0, 1))


def test_an_estimate_of_which_nothing_is_known_has_not_moved(tmp_path: Path, path: Path) -> None:
    shelf = Shelf(tmp_path / "library", path)
    shelf.put("101", article("101", "A 30-year-old man was bitten by a viper. He was given 5 vials of antivenom."))
    version = shelf.refresh()[0].version
    assert version is not None
    assert "Recovered" not in {shift.title for shift in version.shifts}
    assert version.shifts


def test_a_refresh_that_finds_nothing_makes_no_version(shelf: Shelf) -> None:
    shelf.refresh()
    assert shelf.refresh()[0].version is None
    assert shelf.ask("SELECT version, command FROM versions") == [(1, "refresh")]


def test_a_full_text_tells_its_values_beside_those_of_the_abstract(shelf: Shelf, tmp_path: Path) -> None:
    shelf.refresh()
    paper = write_fulltext(tmp_path, "PMC9101", "101", MAN.replace("5 vials", "6 vials"))

    with workspace(shelf.path, command="add", rules_dir=TOPICS) as work:
        add(work, [paper], naming=Naming(pmid="101"))
        update(work)
        version = changed(work)

    assert [(each.attribute, each.before, each.after, each.why) for each in told(version, "value")] == [
        ("antivenom_vials", 5, 6, "full text read")
    ]
    assert len(told(version, "full text")) == 1


def test_what_people_decided_in_between_is_told_with_their_name(shelf: Shelf) -> None:
    shelf.refresh()
    case_id = shelf.ask("SELECT case_id FROM cases WHERE pmid = '102'")[0][0]
    with workspace(shelf.path, command="review", rules_dir=TOPICS) as work:
        decide(work, Decision(str(case_id), "correct", "outcome", "recovered", "MR", "she went home"))

    version = shelf.refresh()[0].version

    assert [(each.before, each.after, each.why) for each in told(version, "value")] == [
        ("died", "recovered", "decided by MR")
    ]
    assert version is not None
    assert version.people == {"MR": 1}


def test_a_report_that_a_person_excluded_is_told_with_the_person(shelf: Shelf) -> None:
    shelf.refresh()
    with workspace(shelf.path, command="review", rules_dir=TOPICS) as work:
        decide(work, Decision("102", "exclude", value="not_given", decided_by="MR", why="no serum was at hand"))

    version = shelf.refresh()[0].version

    assert [(each.before, each.after, each.why) for each in told(version, "screening")] == [
        ("included", "excluded: not_given", "decided by MR: no serum was at hand")
    ]
    assert [(each.change, each.why) for each in told(version, "patient")] == [("gone", "not_given")]


def test_what_a_cut_off_run_fetched_is_told_by_the_next_one(shelf: Shelf) -> None:
    shelf.refresh()
    shelf.put("103", article("103", BOY, author="Cobra"))
    with Replay(shelf.folder) as server, workspace(shelf.path, command="refresh", rules_dir=TOPICS) as work:
        fetch_by_pmid(work, Client(Settings(base_url=server.url)), ["103"])

    refreshed, work = shelf.refresh()

    assert work.counts["records fetched"] == 0
    assert [change.change for change in told(refreshed.version, "record")] == ["new"]
    assert [change.change for change in told(refreshed.version, "patient")] == ["new"]


def test_a_duplicate_that_is_found_is_told(shelf: Shelf) -> None:
    shelf.refresh()
    again = article("104", title="Antivenom after the bite of a snake in garden number 101")
    shelf.put("104", again.replace("10.5555/104", "10.5555/101"))

    version = shelf.refresh()[0].version

    assert [each.change for each in told(version, "duplicate")] == ["new"]
    assert told(version, "patient") == []


def test_a_refresh_without_news_changes_not_a_byte_of_any_export(shelf: Shelf) -> None:
    shelf.refresh()
    before = exports(shelf.path, TOPICS)
    shelf.refresh()
    assert exports(shelf.path, TOPICS) == before
    assert len(before) > 15
    assert "Version 1, made at " in before["report"]
