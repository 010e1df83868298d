"""What a decision on two records touches is gathered again by itself, and comes out as if all had been."""

import random
from dataclasses import replace
from typing import Any

import pytest
from steps_decided import decided

from litreview import store
from litreview.model.bibliography import PartialDate, Record, RelatedRecord
from litreview.model.review import Decision
from litreview.steps import dedupe
from litreview.steps.decide import decide, undo
from litreview.steps.update import update
from litreview.steps.workspace import Workspace

TABLES = {
    "records": "record_id, duplicate_of",
    "links": "kind, left_id, right_id, outcome, score, reasons",
    "found_records": "left_id, right_id, outcome, score, reasons",
    "found_columns": "record_id",
}
PAPER = Record(
    "Antivenom after the bite of a viper in a garden far from home",
    authors=("Adder V", "Boa C"),
    journal="Journal of Venoms and Bites",
    published=PartialDate(2020),
    volume="3",
    issue="2",
    pages="110-112",
)
COLUMN = replace(PAPER, title="What we saw of snakes in the garden this year", authors=("Cobra K",))


def told() -> list[Record]:
    """Papers entered several times, copies, some that may be one, a column, and one that was published anew."""
    papers: list[Record] = []
    for n, creature in enumerate(("mamba", "krait", "taipan", "adder", "coral snake", "rattlesnake")):
        title = PAPER.title.replace("viper", creature)
        paper = replace(PAPER, title=title, volume=str(n + 1), pages=f"{n}10-{n}12")
        elsewhere = replace(paper, volume="40", pages=f"{n}88", journal="Annals of Fangs", published=PartialDate(2020))
        papers += [paper, paper, paper, replace(paper, title=title.upper(), pages=""), elsewhere, elsewhere]
    papers += [replace(COLUMN, volume=str(n), pages=f"{n}7", published=PartialDate(2000 + n)) for n in range(1, 6)]
    again = RelatedRecord("CorrectedandRepublishedIn", "902")
    return [*papers, replace(PAPER, pmid="901", related=(again,)), replace(COLUMN, title="The viper", pmid="902")]


@pytest.fixture
def full(work: Workspace) -> Workspace:
    with store.transaction(work.db):
        for record in told():
            store.save_record(work.db, record, known=())
    dedupe.dedupe_records(work)
    return work


def content(work: Workspace) -> dict[str, list[Any]]:
    return {
        table: work.db.execute(f"SELECT {columns} FROM {table} ORDER BY {columns}").fetchall()
        for table, columns in TABLES.items()
    }


def a_pair(work: Workspace, chance: random.Random) -> tuple[str, str]:
    """Now and then any two records, else two that were found to be, or perhaps to be, one."""
    if chance.random() < 0.4:
        names = [row[0] for row in work.db.execute("SELECT record_id FROM records ORDER BY record_id").fetchall()]
        one, other = chance.sample(names, 2)
        return one, other
    pairs: list[tuple[str, str]] = work.db.execute(
        "SELECT left_id, right_id FROM links WHERE kind = 'record' ORDER BY left_id, right_id"
    ).fetchall()
    return chance.choice(pairs)


@pytest.mark.parametrize("seed", range(4))
def test_after_every_decision_all_is_as_if_all_records_had_been_compared(full: Workspace, seed: int) -> None:
    for _ in decided(full, seed, a_pair):
        gathered = content(full)
        dedupe.dedupe_records(full)
        assert gathered == content(full)


def test_a_decision_compares_no_record_and_no_case_again(full: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    update(full)
    pair = next(iter(full.db.query("SELECT * FROM links WHERE outcome = 'possible' AND kind = 'record'")))
    for name in ("dedupe_records", "dedupe_patients"):
        monkeypatch.setattr(dedupe, name, lambda work: pytest.fail("all were compared"))
    number = decide(full, Decision(pair["left_id"], "merge", pair["right_id"]))
    ids = [pair["left_id"], pair["right_id"]]
    rows = full.db.execute("SELECT coalesce(duplicate_of, record_id) FROM records WHERE record_id IN (?, ?)", ids)
    assert len({row[0] for row in rows.fetchall()}) == 1
    undo(full, number)
    assert pair in list(full.db.query("SELECT * FROM links"))
