"""What the data say to the items of PRISMA-LSR (Akl et al. 2024, doi:10.1136/bmj-2024-079183), the rest named as open.

Items L1 to L4 are the extension's own; numbers are items of PRISMA 2020 to which it adds something.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from litreview.export.version.words import figure, plural
from litreview.model.change import Change, Version


@dataclass(frozen=True, slots=True)
class Item:
    """An item: its number, what it is about, what the data say (empty where they cannot), what authors have to add."""

    number: str
    about: str
    told: str
    open: str = ""


def items(version: Version) -> tuple[Item, ...]:
    """All items, in the order of a paper."""
    return (
        Item("1", "Title: living, and the version", f"living, version {version.number}", "the title itself"),
        Item("3", "Rationale: preceding version", _preceding(version), "why the review is living"),
        Item("4", "Objectives: changes to the question", "", "changes to the question since the preceding version"),
        Item("L1", "Living mode parameters", "", "planned schedule of searches and updates, plan for retirement"),
        Item("6", "Information sources: when each was last searched", "; ".join(_sources(version))),
        Item("7", "Search strategy: as sent, and changes to it", "; ".join(_queries(version))),
        Item("8", "Selection process", "screened by rules, with decisions of people above them", "who decided how"),
        Item("9", "Data collection: updates of reports included before", _updated(version)),
        Item("L2", "Changes to the methods", _methods(version), "reasons for the changes"),
        Item("16", "What triggered this version, and its flow", _trigger(version)),
        Item("L3", "Changes to the results", "; ".join(_results(version))),
        Item("23", "Discussion: limitations of the living mode, changes to the conclusions", "", "both"),
        Item("L4", "Authors and their roles", _people(version), "authors of this version, and what each did"),
    )


def _preceding(version: Version) -> str:
    return f"version {version.number - 1} of {version.previous_at[:10]}" if version.previous_at else "none"


def _sources(version: Version) -> Iterator[str]:
    last = {asked.database: asked.searched_at for asked in version.searches}
    yield from (f"{database}, {moment}" for database, moment in last.items())
    if not last:
        yield "no search since the preceding version"


def _queries(version: Version) -> Iterator[str]:
    for name, query in {asked.name: asked.query for asked in version.searches}.items():
        yield f"{name}: {query}"


def _updated(version: Version) -> str:
    counts = Counter(str(change.kind) for change in version.changes if change.change != "new")
    named = {"revision": "records revised", "status": "changes of status", "value": "values moved"}
    return "; ".join(f"{name}: {counts[kind]}" for kind, name in named.items() if counts[kind]) or "none"


def _methods(version: Version) -> str:
    if not version.previous_at:
        return "first version"
    names = {"litreview": "program", "topic_version": "topic", "rules_hash": "rules"}
    moved = [
        f"{name} {_brief(getattr(version.previous_with, field))}, now {_brief(getattr(version.made_with, field))}"
        for field, name in names.items()
        if getattr(version.previous_with, field) != getattr(version.made_with, field)
    ]
    return "; ".join(moved) or "none to rules, topic or program"


def _brief(text: str) -> str:
    return text[:12]


def _trigger(version: Version) -> str:
    boxes = {"screened": 0, "included": 0}
    for box in version.flow:
        if box.stage in boxes:
            boxes[box.stage] += box.count
    return f"litreview {version.command}; {boxes['screened']} reports screened, {boxes['included']} included in all"


def _results(version: Version) -> Iterator[str]:
    included = [change for change in version.changes if change.kind == "screening"]
    yield f"{plural(sum(change.after == 'included' for change in included), 'report')} newly included"
    yield f"{plural(sum(_left(change) for change in included), 'report')} no longer included"
    for change in ("new", "changed", "gone"):
        count = sum(each.kind == "patient" and each.change == change for each in version.changes)
        yield f"{plural(count, 'patient')} {change}"
    for shift in version.shifts:
        if shift.how == "share":
            name = f"{shift.title}, {shift.group}" if shift.group else shift.title
            yield f"{name}: {figure(shift.before)}, now {figure(shift.after)}"


def _left(change: Change) -> bool:
    return change.before == "included" and change.after != "included"


def _people(version: Version) -> str:
    return (
        "; ".join(f"{name}: {plural(n, 'decision')}" for name, n in version.people.items()) or "no decisions of people"
    )
