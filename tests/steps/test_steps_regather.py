"""What a decision on two patients touches is gathered again by itself, and comes out as if all had been."""

import json
import random
import sys
from pathlib import Path
from typing import Any

import pytest
from steps_decided import decided

from litreview import rules, store
from litreview.model.linkage import Profile
from litreview.model.review import Decision
from litreview.steps import dedupe
from litreview.steps.decide import decide, undo
from litreview.steps.workspace import Workspace, workspace

TOPIC = "anti_cd38_cytopenia"
TABLES = {
    "links": "kind, left_id, right_id",
    "link_evidence": "kind, left_id, right_id, n",
    "found_links": "left_id, right_id",
    "case_identities": "case_id",
    "patients": "patient_id",
    "patient_values": "patient_id, attribute, case_id",
    "patient_aliases": "alias",
}


def told(seed: int) -> tuple[Profile, ...]:
    """Fictional patients, spoiled: pairs that join, that wait, that are rivals, and rows of reviews."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(Path(__file__).parents[2] / "benchmarks"), *sys.path])
        from patient_scenes import read, spoiled

    cases: tuple[Profile, ...] = spoiled(read("development"), seed, rules.load(TOPIC, None)).cases
    return cases


def put(work: Workspace, cases: tuple[Profile, ...]) -> None:
    with store.transaction(work.db):
        for case in {case.record_id: case for case in cases}.values():
            put_report(work, case)
        for case in cases:
            put_case(work, case)


def put_report(work: Workspace, case: Profile) -> None:
    entry = {
        "title": "t",
        "authors": list(case.authors),
        "published": {"year": case.year},
        "affiliations": list(case.hospitals),
        "references": sorted(case.cites),
        "related": [],
    }
    row = {"record_id": case.record_id, "title": "t", "authors": "; ".join(case.authors), "year": case.year}
    work.db.table("records").insert({**row, "eligible": "yes"})
    work.db.table("bibliographies").insert({"record_id": case.record_id, "entry": json.dumps(entry)})
    work.db.table("identifiers").insert({"scheme": "pmid", "value": case.record_id, "record_id": case.record_id})


def put_case(work: Workspace, case: Profile) -> None:
    values = {name: "; ".join(value) if isinstance(value, tuple) else value for name, value in case.values.items()}
    named = {"case_id": case.case_id, "record_id": case.record_id}
    row = {"year": case.year, "case_label": case.label, "case_source": case.source, "full_text": "yes"}
    work.db.table("cases").insert({**named, **row, "eligible": "yes", **values})
    kept = {"source": case.source, "label": case.label, "marks": "[]", "spans": "[]", "citation": case.citation}
    work.db.table("case_identities").insert({**named, **kept})


def content(work: Workspace) -> dict[str, list[dict[str, Any]]]:
    return {table: list(work.db.query(f"SELECT * FROM {table} ORDER BY {order}")) for table, order in TABLES.items()}


@pytest.fixture
def full(tmp_path: Path) -> Any:
    with workspace(tmp_path / "review.db", command="test", topic=TOPIC, create=True) as work:
        put(work, told(3))
        dedupe.dedupe_patients(work)
        yield work


def a_pair(work: Workspace, chance: random.Random) -> tuple[str, str]:
    """Now and then any two cases, else two that were found to be, or perhaps to be, one patient."""
    if chance.random() < 0.3:
        names = [row[0] for row in work.db.execute("SELECT case_id FROM cases ORDER BY case_id")]
        one, other = chance.sample(names, 2)
        return one, other
    pairs: list[tuple[str, str]] = work.db.execute("SELECT left_id, right_id FROM found_links").fetchall()
    return chance.choice(pairs)


@pytest.mark.parametrize("seed", range(3))
def test_after_every_decision_all_is_as_if_all_cases_had_been_compared(full: Workspace, seed: int) -> None:
    for _ in decided(full, seed, a_pair):
        gathered = content(full)
        dedupe.dedupe_patients(full)
        assert gathered == content(full)


def test_a_decision_compares_no_case_again(full: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dedupe, "dedupe_patients", lambda work: pytest.fail("all cases were compared"))
    pair = next(iter(full.db.query("SELECT * FROM links WHERE outcome = 'possible' AND kind = 'patient'")))
    number = decide(full, Decision(pair["left_id"], "merge", pair["right_id"]))
    assert len({row[0] for row in full.db.execute(
        "SELECT patient_id FROM cases WHERE case_id IN (?, ?)", [pair["left_id"], pair["right_id"]])}) == 1  # fmt: skip
    undo(full, number)
    assert pair in list(full.db.query("SELECT * FROM links"))


def test_where_nothing_was_found_yet_a_decision_compares_all(full: Workspace) -> None:
    expected = content(full)
    full.db.execute("DELETE FROM found_links")
    pair = next(iter(full.db.query("SELECT * FROM links WHERE outcome = 'possible' AND kind = 'patient'")))
    undo(full, decide(full, Decision(pair["left_id"], "split", pair["right_id"])))
    assert content(full) == expected
