"""Reads a topic's curated baseline: tables of reports, of their patients' values, and of printed figures."""

import csv
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from litreview.errors import RuleError, TopicError
from litreview.model.baseline import Baseline, Contradiction, Statement
from litreview.model.bibliography import PartialDate, Record
from litreview.model.source import SourceCase, SourceReport, Told
from litreview.model.topic import Topic
from litreview.rules.complaints import complaint
from litreview.rules.load import home_of

FOLDER = "baseline"
POOLED = ("yes", "probable")  # the review's own patients, and those of the reports that close its sums
_KINDS = {"case_report": ("Case Reports",), "case_series": ("Case Reports",), "conference_abstract": ("Congress",)}
Row = dict[str, str]


def baseline(topic: Topic, rules_dir: Path | None = None) -> Baseline:
    """The baseline of a topic; `TopicError` where it has none, `RuleError` where a table cannot be used."""
    folder = home_of(topic.name, rules_dir) / FOLDER
    if topic.baseline is None or not folder.is_dir():
        raise TopicError(
            f"{topic.name} has no curated baseline", hint=f"see docs/pooling.md for what {FOLDER}/ of a topic holds"
        )
    rows = [row for row in _rows(folder / "reports.csv") if row["title"]]  # nothing can be known again by no name
    cases = _cases(folder / "cases.csv", set(topic.eligibility.case_needs))
    pooled = [row for row in rows if row["report_key"] in cases or row["in_review"] in POOLED]
    return Baseline(
        topic.baseline,
        tuple(_report(row, cases.get(row["report_key"], ())) for row in pooled),
        tuple(row["report_key"] for row in pooled if row["in_review"] in POOLED),
        tuple(_statements(folder / "printed.csv")),
        tuple(Contradiction(_list(row["about"]), row["says"]) for row in _rows(folder / "contradictions.csv")),
    )


def faults(given: Baseline, topic: Topic) -> tuple[str, ...]:
    """What to mend in a baseline that can be read: names that are no attributes, and values that none can have."""
    return tuple(dict.fromkeys((*_faults_of_cases(given, topic), *_faults_of_statements(given, topic))))


def _faults_of_cases(given: Baseline, topic: Topic) -> Iterator[str]:
    known = {attribute.name: attribute for attribute in topic.attributes}
    for told in (told for report in given.reports for case in report.cases for told in case.values):
        attribute = known.get(told.attribute)
        if attribute is None:
            yield f"{FOLDER}/{told.place}: {told.attribute!r} is not an attribute"
        elif attribute.vocabulary and not set(_list(told.value)) <= set(attribute.vocabulary):
            yield f"{FOLDER}/{told.place}: {told.value!r} is not in the vocabulary of {attribute.name}"


def _faults_of_statements(given: Baseline, topic: Topic) -> Iterator[str]:
    known = {*(attribute.name for attribute in topic.attributes), *(criteria.name for criteria in topic.criteria)}
    for each in given.statements:
        named = (each.attribute, *each.where, *each.excluding)
        yield from (
            f"{FOLDER}/printed.csv, {each.statement}: {name!r} is neither an attribute nor a grade"
            for name in named
            if name and name not in known
        )


def _report(row: Row, cases: tuple[SourceCase, ...]) -> SourceReport:
    """A report counts where a patient of it is told; the others are there to be read."""
    return SourceReport(row["report_key"], _record(row), cases, eligible=True if cases else None)


def _record(row: Row) -> Record:
    return Record(
        title=row["title"],
        pmid=row["pmid"] or None,
        pmcid=row["pmcid"] or None,
        doi=row["doi"].lower() or None,
        authors=(row["authors"],) if row["authors"] else (),
        journal=row["journal"],
        published=PartialDate(int(row["year"])) if row["year"] else None,
        publication_types=_KINDS.get(row["article_type"], ()),
    )


def _cases(path: Path, needed: set[str]) -> dict[str, tuple[SourceCase, ...]]:
    """The patients by report, in the order of the table: those of whom all is told that makes a case count."""
    found: dict[str, dict[str, list[Told]]] = {}
    for number, row in enumerate(_rows(path), 2):
        basis = ", ".join(words for words in (row["basis"], row["place"]) if words)
        told = Told(row["attribute"], row["value"], basis=basis, place=f"{path.name}, line {number}")
        found.setdefault(row["report_key"], {}).setdefault(row["case_label"], []).append(told)
    cases = {
        key: tuple(SourceCase(label, tuple(values)) for label, values in patients.items() if _counts(values, needed))
        for key, patients in found.items()
    }
    return {key: told for key, told in cases.items() if told}


def _counts(values: list[Told], needed: set[str]) -> bool:
    return needed <= {each.attribute for each in values}


def _statements(path: Path) -> Iterator[Statement]:
    for row in _rows(path):
        parts: dict[str, object] = {name: value for name, value in row.items() if value}
        parts |= {name: dict(_pairs(row[name])) for name in ("where", "excluding") if row[name]}
        try:
            yield Statement.model_validate(parts)
        except ValidationError as error:
            raise complaint(path, error, Statement) from None


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """`attribute: value|value; attribute: value`."""
    for part in _list(text):
        name, _, value = part.partition(":")
        yield name.strip(), value.strip()


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _rows(path: Path) -> list[Row]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return [{name: (value or "").strip() for name, value in row.items()} for row in csv.DictReader(stream)]
    except OSError as error:
        raise RuleError(
            f"{FOLDER}/{path.name} cannot be read: {error.strerror}", hint="see docs/pooling.md for its tables"
        ) from None
