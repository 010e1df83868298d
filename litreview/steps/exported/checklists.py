"""Checklists of reporting and appraisal, filled as far as the data go, for a person to confirm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from litreview.errors import RuleError
from litreview.export import Cell, Table
from litreview.export.table import plain
from litreview.export.version.lsr import items as lsr_items
from litreview.model.checklist import Checklist, ChecklistItem
from litreview.model.topic import Topic
from litreview.resources import db_dir
from litreview.rules.yaml_text import read_yaml
from litreview.steps.exported import Source
from litreview.steps.exported.checklists_printed import printed
from litreview.steps.exported.journal import reports_of
from litreview.steps.exported.report import last

COLUMNS = ("standard", "subject", "item", "section", "asks", "answer", "told", "confirmed_by", "citation")
LSR = ("PRISMA-LSR", "Akl EA et al., BMJ 2024;387:e079183, doi:10.1136/bmj-2024-079183")
BY_AUTHORS, FILLED, OPEN = "by the authors", "filled", "to be judged"
_LONGEST = 160  # letters of a quote

Row = tuple[Cell, ...]


@dataclass
class _Case:
    """What is told of a case: by attribute the value and the words."""

    case_id: str
    record: str
    report: str
    told: dict[str, str] = field(default_factory=dict)


def checklists(source: Source, suffix: str) -> Table:
    """A row for each item of each checklist and subject, the answer as far as the data give one."""
    rows = tuple(_rows(source))
    items = [{name: str(cell or "") for name, cell in zip(COLUMNS, row, strict=True)} for row in rows]
    return Table("checklists", COLUMNS, rows, printed=printed(f"{source.topic.title}: checklists", items))


def load_checklists() -> tuple[Checklist, ...]:
    """All that are shipped; `RuleError`, naming the file, for one that cannot be used."""
    found = []
    for path in sorted((db_dir() / "checklists").glob("*.yaml")):
        try:
            found.append(Checklist.model_validate(read_yaml(path)))
        except ValidationError as error:
            raise RuleError(f"{path.name}: {error.errors()[0]['msg']}", hint="see its neighbours") from None
    return tuple(found)


def _rows(source: Source) -> Iterator[Row]:
    listed, cases = load_checklists(), _cases(source)
    for checklist in listed:
        head = (checklist.name,)
        for subject, record, members in _subjects(checklist, cases):
            answers = [(item, *_answer(source, item, record, members)) for item in checklist.items]
            for item, answer, told in answers:
                yield (*head, subject, item.item, item.section, item.asks, answer, told, None, checklist.citation)
            if checklist.score:
                counted = [answer for item, answer, _ in answers if item.counts]
                told = f"{sum(answer == 'yes' for answer in counted)} of {len(counted)}"
                yield (*head, subject, "score", "", "Items that are told", FILLED, told, None, checklist.citation)
        if checklist.name == "PRISMA-S":
            yield from _lsr(source)


def _lsr(source: Source) -> Iterator[Row]:
    """What the last version says to the extension for living reviews; nothing before the first."""
    version = last(source, "")
    if version.number:
        for item in lsr_items(version):
            told = "; ".join(filter(None, (item.told, f"to add: {item.open}" if item.open else "")))
            answer = FILLED if item.told else BY_AUTHORS
            yield (LSR[0], "review", item.number, "", item.about, answer, told, None, LSR[1])


def _subjects(checklist: Checklist, cases: list[_Case]) -> Iterator[tuple[str, str, list[_Case]]]:
    """What a checklist is filled for: its name, its record, its cases."""
    if checklist.subject == "review":
        yield "review", "", cases
    elif checklist.subject == "case":
        yield from ((case.report, case.record, [case]) for case in cases)
    else:
        for record in dict.fromkeys(case.record for case in cases):
            members = [case for case in cases if case.record == record]
            if checklist.cases in ("", "several" if len(members) > 1 else "single"):
                yield members[0].report.partition(",")[0], record, members


def _answer(source: Source, item: ChecklistItem, record: str, cases: list[_Case]) -> tuple[str, str | None]:
    """The answer, and what it rests on."""
    if item.sql:
        row = source.db.execute(item.sql, {"record": record} if ":record" in item.sql else {}).fetchone()
        told = str(row[0]) if row and row[0] not in (None, "") else None
        if record:
            return ("yes", told) if told else ("no", None)
        return (FILLED, told) if told else (BY_AUTHORS, None)
    if item.told_by:
        return FILLED, _PARTS[item.told_by](source.topic)
    if item.roles:
        return _of_roles(item.roles, source.topic, cases)
    return (OPEN if record else BY_AUTHORS), None


def _of_roles(roles: tuple[str, ...], topic: Topic, cases: list[_Case]) -> tuple[str, str | None]:
    """Yes where for every role something is told of every case, no where nothing is, partly between."""
    known = [topic.roles.get(role, ()) for role in roles]
    if not all(known):
        return OPEN, None
    told = [[name for name in names if name in case.told] for case in cases for names in known]
    answer = "yes" if all(told) else "partly" if any(told) else "no"
    words = [
        f"{case.report}: " * (len(cases) > 1)
        + "; ".join(case.told[name] for names in known for name in names if name in case.told)
        for case in cases
    ]
    return answer, " | ".join(dict.fromkeys(words)) or None


def _cases(source: Source) -> list[_Case]:
    """The own cases of included reports with what is told of each."""
    names = reports_of(source)
    found = {
        case_id: _Case(case_id, record, names.get(case_id, case_id))
        for case_id, record in source.db.execute(
            "SELECT case_id, record_id FROM cases WHERE eligible = 'yes' AND case_source = 'own' "
            "ORDER BY year, first_author, record_id, case_index"
        ).fetchall()
    }
    for case_id, name, value, quote in source.db.execute(
        "SELECT case_id, attribute, value, quote FROM findings ORDER BY case_id, n"
    ):
        if case_id in found:
            found[case_id].told.setdefault(name, _words(name, value, quote))
    return list(found.values())


def _words(name: str, value: Any, quote: str | None) -> str:
    short = quote if not quote or len(quote) <= _LONGEST else quote[:_LONGEST] + "…"
    return f"{name} {plain(value)}" + (f" (“{short}”)" if short else "")


def _listed(topic: Topic, *roles: str) -> str:
    return ", ".join(dict.fromkeys(name for role in roles for name in topic.roles.get(role, ())))


_PARTS: dict[str, Callable[[Topic], str]] = {
    "question": lambda topic: " ".join(topic.question.split()),
    "eligibility": lambda topic: (
        " ".join(topic.eligibility.question.split())
        + " Excluded: "
        + "; ".join(dict.fromkeys(each.reason.replace("_", " ") for each in topic.eligibility.exclusions))
    ),
    "outcomes": lambda topic: _listed(topic, "outcome", "relapse", "harms", "follow_up"),
    "attributes": lambda topic: ", ".join(each.name for each in topic.attributes),
    "measures": lambda topic: "Shares of patients with 95 % intervals after Wilson; medians and ranges",
    "syntheses": lambda topic: "Pooled over reports: " + "; ".join(each.title for each in topic.proportions),
    "subgroups": lambda topic: (
        "By " + ", ".join(dict.fromkeys(by.replace("_", " ") for each in topic.proportions for by in each.by))
    ),
    "forest": lambda topic: "Export forest, as a table or a picture; litreview pool DB --statistics",
}
