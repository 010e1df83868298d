"""What rests on a value follows when a person mends it, at once and in the pooled table, and goes back when undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from steps_papers import article, write

from litreview.model.review import Action, Decision
from litreview.steps.add import add
from litreview.steps.decide import decide, undo
from litreview.steps.update import update
from litreview.steps.verify import verify
from litreview.steps.workspace import Workspace, workspace

TEXT = (
    "We report a 30-year-old man with AML who developed autoimmune hemolytic anemia on day +58 after HSCT. "
    "Daratumumab was started on day +118 after HSCT. A complete response was reached on day +139. "
    "He was last seen on day +300 after HSCT."
)
DAYS = ("cytopenia_onset_day", "anti_cd38_start_day", "anti_cd38_delay_days", "days_to_response")


@pytest.fixture
def review(tmp_path: Path) -> Iterator[Workspace]:
    with workspace(tmp_path / "review.db", command="test", topic="anti_cd38_cytopenia", create=True) as work:
        title = "Daratumumab for autoimmune hemolytic anemia after transplantation: a case report"
        add(work, [write(tmp_path / "a.xml", article("101", TEXT, title=title))])
        update(work)
        yield work


def days(work: Workspace) -> tuple[object, ...]:
    """As the patients' table has them; the case table says the same."""
    names = ", ".join(DAYS)
    (case,) = work.db.execute(f"SELECT {names} FROM cases").fetchall()
    (patient,) = work.db.execute(f"SELECT {names} FROM patients").fetchall()
    assert case == patient
    return tuple(patient)


CHANGES = {
    "the onset": ("correct", "cytopenia_onset_day", "60", (60, 118, 58, 21)),
    "the onset in weeks": ("correct", "cytopenia_onset_day", "10 weeks", (70, 118, 48, 21)),
    "the start": ("correct", "anti_cd38_start_day", "120", (58, 120, 62, 19)),
    "the delay itself": ("correct", "anti_cd38_delay_days", "61", (58, 118, 61, 21)),
    "the onset is not reported": ("not_reported", "cytopenia_onset_day", "", (None, 118, None, 21)),
    "the start is wrong": ("reject", "anti_cd38_start_day", "", (58, None, None, None)),
}


@pytest.mark.parametrize(("action", "attribute", "value", "after"), CHANGES.values(), ids=CHANGES.keys())
def test_what_rests_on_a_day_follows(
    action: Action, attribute: str, value: str, after: tuple[object, ...], review: Workspace, tmp_path: Path
) -> None:
    before = days(review)
    assert before == (58, 118, 60, 21)
    case_id = str(review.db.execute("SELECT case_id FROM cases").fetchone()[0])
    number = decide(review, Decision(case_id, action, attribute, value, "Ann"))
    assert days(review) == after
    update(review, everything=True)
    assert days(review) == after
    found = verify(tmp_path / "review.db")
    assert (found.faults, found.doubts) == ([], [])
    undo(review, number)
    assert days(review) == before


def test_what_a_person_decided_leads_where_a_patient_is_told_twice(review: Workspace, tmp_path: Path) -> None:
    again = article("102", TEXT, title="A longer look at daratumumab in a man with autoimmune hemolytic anemia")
    add(review, [write(tmp_path / "b.xml", again)])
    update(review)
    cases = [str(row[0]) for row in review.db.execute("SELECT case_id FROM cases ORDER BY pmid").fetchall()]
    decide(review, Decision(cases[0], "merge", cases[1]))
    both = "SELECT cytopenia_onset_day, anti_cd38_delay_days FROM patients"
    for case_id, value in zip(cases, ("60", "62"), strict=True):
        number = decide(review, Decision(case_id, "correct", "cytopenia_onset_day", value))
        assert review.db.execute(both).fetchall() == [(int(value), 118 - int(value))]
        undo(review, number)
        assert review.db.execute(both).fetchall() == [(58, 60)]
