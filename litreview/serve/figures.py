"""All figures of the pooled summary, each leading to the cases it counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from litreview.serve.knowledge import Knowledge

if TYPE_CHECKING:
    from litreview.pool import Summary
    from litreview.pool.summary import Line

_MOST_NAMED = 1_000  # cases that an address can name


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in words, and the address of its cases; none where they are more than an address can name."""

    name: str
    words: str
    n_cases: int
    address: str


@dataclass(frozen=True, slots=True)
class FigureLine:
    """The figures under one title."""

    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The whole summary with what has to be known of it."""

    patients: int
    reports: int
    warning: str
    notes: tuple[str, ...]
    lines: tuple[FigureLine, ...]


def read_figures(known: Knowledge, base: str) -> Figures | None:
    """The summary as the database stands; `None` without a topic. `base` is the address of the database."""
    from litreview.steps.pool import pool

    if known.topic is None:
        return None
    found = pool(known.path, rules_dir=known.rules_dir)
    lines = tuple(_line(line, found, base) for line in found.lines)
    return Figures(found.patients, found.reports, found.warning, found.notes, lines)


def _line(line: Line, summary: Summary, base: str) -> FigureLine:
    return FigureLine(f"{line.title}, {line.group}" if line.group else line.title, tuple(_figures(line, summary, base)))


def _figures(line: Line, summary: Summary, base: str) -> Iterator[Figure]:
    from litreview.pool.printed import figures

    for name, words, patients in figures(line):
        cases = summary.cases_of(patients)
        named = 0 < len(cases) <= _MOST_NAMED
        yield Figure(name, words, len(cases), f"{base}/cases?{urlencode({'case_id__in': ','.join(cases)})}" * named)
