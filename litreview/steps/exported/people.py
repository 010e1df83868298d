"""The pooled patients as phenopackets, with the words behind their values."""

from __future__ import annotations

from typing import Any

from litreview.errors import TopicError
from litreview.export.phenopackets.build import Person, Told, build
from litreview.export.phenopackets.write import Cohort
from litreview.steps.exported import Source
from litreview.steps.exported.pooled import PATIENTS

_LONGEST = 500  # letters of a quote
_LONG_AGO = "2000-01-01T00:00:00Z"


def cohort(source: Source, suffix: str) -> Cohort:
    """One phenopacket for each unique patient; `TopicError` where the topic does not say what goes where."""
    topic, mapping = source.topic, source.topic.phenopackets
    if not mapping.attributes:
        raise TopicError(
            f"the topic {topic.name} does not say how its attributes become phenopackets",
            hint="write phenopackets.yaml, as the shipped topic has it",
        )
    created, told = _last_change(source), _told(source)
    members = [
        build(_person(row, told), mapping, topic=topic.name, created=created) for row in source.db.query(PATIENTS)
    ]
    meta = build(Person("", (), {}, {}), mapping, topic=topic.name, created=created)["metaData"]
    return Cohort(topic.name, " ".join(topic.question.split()), members, meta)


def _person(row: dict[str, Any], told: dict[tuple[str, str], list[Told]]) -> Person:
    patient_id = row["patient_id"]
    behind = {name: tuple(told[patient_id, name]) for name in row if (patient_id, name) in told}
    return Person(patient_id, tuple((row["case_ids"] or "").split("; ")), row, behind)


def _told(source: Source) -> dict[tuple[str, str], list[Told]]:
    """By patient and attribute the words of each case, and the report they stand in."""
    found: dict[tuple[str, str], list[Told]] = {}
    for patient, name, quote, pmid, doi, record, title in source.db.execute(
        "SELECT patient_id, attribute, quote, pmid, doi, record_id, title FROM findings "
        "JOIN cases ON cases.case_id = findings.case_id WHERE quote IS NOT NULL AND eligible = 'yes' "
        "AND case_source = 'own' ORDER BY findings.case_id, n"
    ):
        report = f"PMID:{pmid}" if pmid else f"DOI:{doi}" if doi else f"LITREVIEW:{record}"
        words = quote if len(quote) <= _LONGEST else quote[:_LONGEST] + "…"
        found.setdefault((patient, name), []).append(Told(report, title, words))
    return found


def _last_change(source: Source) -> str:
    """When the last version or decision was made: two exports of the same content are the same bytes."""
    ended = source.db.execute(
        "SELECT max(moment) FROM (SELECT max(made_at) AS moment FROM versions "
        "UNION ALL SELECT max(decided_at) FROM decisions UNION ALL SELECT max(undone_at) FROM decisions)"
    ).fetchone()[0]
    return str(ended).replace("+00:00", "Z") if ended else _LONG_AGO
