"""Decisions with the words they rest on, with units and qualifiers, and what a later text makes of them."""

from pathlib import Path

import pytest
from steps_papers import MAN, article, write, write_fulltext

from litreview.errors import UsageError
from litreview.model.review import Action, Decision
from litreview.steps.add import add
from litreview.steps.decide import decide, undo
from litreview.steps.decisions import history
from litreview.steps.update import update
from litreview.steps.workspace import Workspace

SILENT = MAN.replace(" He recovered.", " It came on the sixth dawn. He recovered.")
TELLING = MAN.replace("of antivenom.", "of antivenom 5 days after the bite.")


@pytest.fixture
def case_id(work: Workspace, tmp_path: Path) -> str:
    add(work, [write(tmp_path / "a.xml", article("101", SILENT))])
    update(work)
    return str(work.db.execute("SELECT case_id FROM cases").fetchone()[0])


def marked(work: Workspace, words: str) -> dict[str, object]:
    document_id, text = work.db.execute("SELECT document_id, text FROM documents").fetchone()
    return {"document_id": document_id, "start": text.index(words), "end": text.index(words) + len(words)}


def finding(work: Workspace, attribute: str = "antivenom_delay_days") -> dict[str, object]:
    return next(iter(work.db.query("SELECT * FROM findings WHERE attribute = ?", [attribute])))


def waiting(work: Workspace) -> dict[str, str]:
    return {row["attribute"]: row["reason"] for row in work.db.query("SELECT * FROM queue WHERE kind = 'decision'")}


def test_an_empty_cell_is_filled_with_words_that_become_its_quote(work: Workspace, case_id: str) -> None:
    decide(work, Decision(case_id, "correct", "antivenom_delay_days", "6", "Ann", **marked(work, "the sixth dawn")))  # type: ignore[arg-type]
    found = finding(work)
    assert (found["value"], found["quote"], found["origin"]) == (6, "the sixth dawn", "decided")
    evidence = work.db.execute("SELECT quote FROM evidence WHERE finding_id = ?", [found["finding_id"]]).fetchall()
    assert evidence == [("the sixth dawn",)]
    assert work.db.execute("SELECT antivenom_delay_days FROM patients").fetchone() == (6,)


def test_a_quote_is_looked_for_in_the_texts_of_the_report(work: Workspace, case_id: str) -> None:
    decide(work, Decision(case_id, "correct", "antivenom_delay_days", "6", quote="the sixth dawn"))
    found = finding(work)
    text = work.db.execute("SELECT text FROM documents").fetchone()[0]
    assert text[found["start"] : found["end"]] == "the sixth dawn"


WRONG = {
    "beyond the text": ({"start": 0, "end": 10**6}, "is no stretch of"),
    "backwards": ({"start": 9, "end": 3}, "is no stretch of"),
    "below zero": ({"start": -3, "end": 3}, "is no stretch of"),
    "without its end": ({"end": None}, "from start to end"),
    "other words": ({"quote": "the seventh dawn"}, "reads 'the sixth dawn'"),
    "another document": ({"document_id": "d0"}, "is not a document of the report"),
}


@pytest.mark.parametrize(("change", "words"), WRONG.values(), ids=WRONG.keys())
def test_words_that_are_not_there_are_refused(
    change: dict[str, object], words: str, work: Workspace, case_id: str
) -> None:
    given = {**marked(work, "the sixth dawn"), **change}
    with pytest.raises(UsageError, match=words):
        decide(work, Decision(case_id, "correct", "antivenom_delay_days", "6", **given))  # type: ignore[arg-type]
    assert work.db.execute("SELECT count(*) FROM decisions").fetchone() == (0,)


@pytest.mark.parametrize("quote", ["the seventh dawn", "the"], ids=["nowhere", "several times"])
def test_a_quote_must_stand_there_once(quote: str, work: Workspace, case_id: str) -> None:
    with pytest.raises(UsageError, match="does not stand, or not only once"):
        decide(work, Decision(case_id, "correct", "antivenom_delay_days", "6", quote=quote))


def test_words_are_found_again_when_the_text_has_moved_and_missed_when_they_are_gone(
    work: Workspace, case_id: str, tmp_path: Path
) -> None:
    decide(work, Decision(case_id, "correct", "antivenom_delay_days", "6", **marked(work, "the sixth dawn")))  # type: ignore[arg-type]
    add(work, [write(tmp_path / "a.xml", article("101", f"Background. {SILENT}", revised="2021-01-01"))])
    update(work)
    found = finding(work)
    text = work.db.execute("SELECT text FROM documents").fetchone()[0]
    assert text[found["start"] : found["end"]] == found["quote"] == "the sixth dawn"
    assert waiting(work) == {}
    add(work, [write(tmp_path / "a.xml", article("101", SILENT.replace("sixth", "6th"), revised="2022-01-01"))])
    update(work)
    assert (finding(work)["value"], finding(work)["quote"]) == (6, None)
    assert waiting(work) == {"antivenom_delay_days": "the words it rests on are no longer in the text"}


@pytest.mark.parametrize(("action", "value", "shows"), [("correct", "6", 6), ("not_reported", "", None)])
def test_a_new_text_that_says_something_else_is_reported(
    action: Action, value: str, shows: object, work: Workspace, case_id: str, tmp_path: Path
) -> None:
    decide(work, Decision(case_id, action, "antivenom_delay_days", value))
    add(work, [write_fulltext(tmp_path, "PMC1", "101", TELLING)])
    update(work)
    assert work.db.execute("SELECT antivenom_delay_days FROM cases").fetchone() == (shows,)
    assert waiting(work) == {"antivenom_delay_days": "the machine now finds 5"}
    decide(work, Decision(case_id, action, "antivenom_delay_days", value, why="the chart is right"))
    update(work, everything=True)
    assert waiting(work) == {}


def test_a_report_that_is_retracted_leaves_the_pool_though_it_was_included_and_is_reported(
    work: Workspace, case_id: str, tmp_path: Path
) -> None:
    decide(work, Decision("101", "include"))
    retracted = article("101", SILENT, revised="2021-01-01", types=("Case Reports", "Retracted Publication"))
    add(work, [write(tmp_path / "a.xml", retracted)])
    update(work)
    assert work.db.execute("SELECT eligible FROM cases").fetchone() == ("no",)
    assert waiting(work) == {"": "screening now says: retracted"}


@pytest.mark.parametrize(
    ("typed", "value", "qualifier"),
    [
        ("6", 6, "="),
        ("> 6", 6, ">"),
        ("~6", 6, "~"),
        ("6 days", 6, "="),
        ("1 week", 7, "="),
        ("day 6", 6, "="),
        ("5-7", 5, "range"),
        ("≤ 6", 6, "<"),
    ],
)
def test_numbers_are_taken_with_unit_and_qualifier(
    typed: str, value: int, qualifier: str, work: Workspace, case_id: str
) -> None:
    decide(work, Decision(case_id, "correct", "antivenom_delay_days", typed))
    assert (finding(work)["value"], finding(work)["qualifier"]) == (value, qualifier)


@pytest.mark.parametrize("typed", ["6.5", "6 mg", "nan", "1e999", "six and more", "1,000", "=1+1"])
def test_what_is_no_such_number_is_refused(typed: str, work: Workspace, case_id: str) -> None:
    with pytest.raises(UsageError):
        decide(work, Decision(case_id, "correct", "antivenom_delay_days", typed))


def test_what_the_machine_did_not_find_is_not_accepted_or_rejected(work: Workspace, case_id: str) -> None:
    with pytest.raises(UsageError, match="did not find 9"):
        decide(work, Decision(case_id, "accept", "antivenom_delay_days", "9"))
    with pytest.raises(UsageError, match="has no 9"):
        decide(work, Decision(case_id, "reject", "antivenom_delay_days", "9"))


def test_a_note_changes_nothing_and_stands_in_the_history(work: Workspace, case_id: str, path: Path) -> None:
    before = list(work.db.query("SELECT * FROM findings"))
    decide(work, Decision(case_id, "note", "antivenom_delay_days", "ask the authors", "Ann"))
    number = decide(work, Decision(case_id, "correct", "antivenom_delay_days", "6", "Ben", "read the chart"))
    undo(work, number, by="Ann")
    assert list(work.db.query("SELECT * FROM findings")) == before
    told = history(path, case_id)
    assert [line.split(": ", 1)[1].split(" undone")[0] for line in told] == [
        f"note {case_id} antivenom_delay_days ask the authors",
        f"correct {case_id} antivenom_delay_days 6 (read the chart)",
    ]
    assert told[1].endswith("Ann")
    assert history(path, "101") == told
