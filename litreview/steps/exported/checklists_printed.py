"""Checklists as a document that a person can work through: the review, a page a report, and all cases at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from string import ascii_lowercase

from litreview.export.table import Printed

_HEADS = ("Item", "Asks", "Answer", "What the data say", "Confirmed by")
_OF_REVIEW, _OF_CASE = "review", "CARE"
_LONGEST = 170  # letters of what the data say: a report stays on a page
_MARKS = {"yes": "+", "partly": "±", "no": "–"}
_OPEN = "?"
_WORDS = "Filled by rules from the knowledge base; every answer is a proposal until a person has confirmed it."
_IN_FULL = (
    "Cut words (…) stand in full in the same export as .xlsx or .csv, and behind each value in the export findings."
)

Item = Mapping[str, str]


def printed(title: str, items: Sequence[Item]) -> Printed:
    """The items of the review, then those of each report, then a line for each case."""
    review = [item for item in items if item["subject"] == _OF_REVIEW]
    cases = [item for item in items if item["standard"] == _OF_CASE]
    reports = [item for item in items if item["subject"] != _OF_REVIEW and item["standard"] != _OF_CASE]
    parts = (*_reports(reports), *_cases(cases))
    return Printed(title, _HEADS, tuple(map(_row, review)), notes=(_WORDS, *_sources(review)), parts=parts)


def _reports(items: Sequence[Item]) -> Iterator[Printed]:
    """A table a report, with every list that is for it."""
    for subject, members in groupby(sorted(items, key=lambda item: item["subject"]), lambda item: item["subject"]):
        listed = list(members)
        standards = " and ".join(dict.fromkeys(item["standard"] for item in listed))
        notes = (_WORDS, _IN_FULL, *_sources(listed))
        yield Printed(f"{subject}: {standards}", _HEADS, tuple(map(_row, listed)), notes=notes)


def _cases(items: Sequence[Item]) -> Iterator[Printed]:
    """A line a case and a column an item."""
    if not items:
        return
    size = next((n for n in range(1, len(items)) if items[n]["item"] == items[0]["item"]), len(items))
    heads = _numbers([item["item"] for item in items[:size]])
    cases = (items[first : first + size] for first in range(0, len(items), size))
    rows = tuple((case[0]["subject"], *map(_mark, case)) for case in cases)
    legend = "; ".join(f"{head} {item['asks']}" for head, item in zip(heads, items, strict=False))
    marks = ", ".join(f"{mark} {answer}" for answer, mark in (*_MARKS.items(), ("to be judged", _OPEN)))
    notes = (f"Items: {legend}.", f"Marks: {marks}.", _WORDS, *_sources(items))
    yield Printed(f"{_OF_CASE}: what is told of each case", ("Case", *heads), rows, notes=notes)


def _numbers(items: Sequence[str]) -> tuple[str, ...]:
    """The items' numbers, with a letter where several have the same."""
    alike = Counter(items)
    return tuple(
        number + ascii_lowercase[items[:place].count(number)] if alike[number] > 1 else number
        for place, number in enumerate(items)
    )


def _row(item: Item) -> tuple[str, ...]:
    """Of a report the words are cut; what the review says of itself goes into the paper."""
    told = item["told"] if item["subject"] == _OF_REVIEW else _cut(item["told"])
    return f"{item['standard']} {item['item']}", item["asks"], item["answer"], told, item["confirmed_by"]


def _mark(item: Item) -> str:
    return item["told"] if item["item"] == "score" else _MARKS.get(item["answer"], _OPEN)


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else words[:_LONGEST].rstrip() + "…"


def _sources(items: Sequence[Item]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{item['standard']}: {item['citation']}." for item in items))
