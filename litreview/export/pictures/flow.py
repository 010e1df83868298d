"""The flow of records after PRISMA 2020, drawn from the counts of the view `flow`.

Page MJ et al., BMJ 2021;372:n71, doi:10.1136/bmj.n71: a way down for each arm (databases, other methods, a previous
version), what was set aside beside it with the reasons, what was kept at the bottom.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from litreview.export.pictures.svg import arrow, box, box_height, page, text, wrapped
from litreview.export.table import Table


@dataclass(frozen=True, slots=True)
class Count:
    """A stage's count in one arm, as a whole or for one reason."""

    stage: str
    arm: str
    reason: str
    count: int


LEVELS = (
    ("Identification", ("identified",), ("duplicates removed", "removed before screening", "not screened yet")),
    ("Screening", ("screened",), ("excluded",)),
    ("Screening", ("sought for retrieval",), ("not retrieved",)),
    ("Screening", ("assessed",), ("excluded after full text",)),
)
"""Band, stages of the box on the way down, stages of the box beside it."""

ALL = "all"  # the arm of what is counted over all arms
ARMS = {
    "previous version": "Previous version of the review",
    "databases": "Databases and registers",
    "other methods": "Other methods",
}
LABELS = {
    "identified": "Records identified",
    "duplicates removed": "Duplicates removed",
    "removed before screening": "Removed before screening",
    "not screened yet": "Not screened yet",
    "screened": "Reports screened",
    "excluded": "Excluded on the abstract",
    "sought for retrieval": "Full texts sought",
    "not retrieved": "Full texts not retrieved",
    "assessed": "Full texts assessed",
    "excluded after full text": "Excluded after full text",
    "included": "Reports included",
    "cases": "Cases told in them",
    "patients": "Unique patients",
}

_LEFT, _WIDTH, _BETWEEN = 50.0, 300.0, 34.0  # of a column, and to the next
_GAP, _MARGIN, _BAND = 26.0, 14.0, 24.0
_LOWEST = 90.0  # box: the name of its part of the flow has to be read beside it
_COLOURS = {"Identification": "#d9e8f5", "Screening": "#fbe9c6", "Included": "#d5efe3"}


def draw(table: Table) -> str:
    """The picture as SVG; an arm in which nothing was counted is left out."""
    counts = _counts(table)
    counted = [arm for arm in _arms(counts) if any(each.count for each in counts if each.arm == arm)]
    arms = counted or ["databases"]
    parts: list[str] = []
    y = _MARGIN
    if len(arms) > 1:
        parts += [_heading(place, arm) for place, arm in enumerate(arms)]
        y += 34
    spans = []
    for _, main, aside in LEVELS:
        row = [(_lines(main, arm, counts), _lines(aside, arm, counts)) for arm in arms]
        height = max((_LOWEST, *(box_height(lines) for boxes in row for lines in boxes)))
        for place, boxes in enumerate(row):
            parts += _beside(2 * place, y, height, *boxes)
        spans.append((y, y + height))
        y += height + _GAP
    parts += _down(spans, y, range(len(arms)))
    included, height = _included(arms, counts, y)
    parts.append(included)
    spans.append((y, y + height))
    parts += _bands(spans)
    return page(
        _x(2 * len(arms) - 1) + _WIDTH + _MARGIN,
        y + height + _MARGIN,
        parts,
        title="Flow of records and reports (PRISMA 2020)",
        description="; ".join(_said(each) for each in counts),
    )


def _counts(table: Table) -> list[Count]:
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.plain_rows()]
    return [
        Count(str(row["stage"]), str(row.get("arm") or "databases"), str(row["reason"] or ""), int(row["count"] or 0))
        for row in rows
    ]


def _arms(counts: Sequence[Count]) -> list[str]:
    found = dict.fromkeys(each.arm for each in counts if each.arm != ALL)
    return sorted(found, key=lambda arm: list(ARMS).index(arm) if arm in ARMS else len(ARMS))


def _lines(stages: Sequence[str], arm: str, counts: Sequence[Count]) -> list[str]:
    """A line for each stage with its count, then its reasons, the most frequent first."""
    lines: list[str] = []
    for stage in stages:
        found = [each for each in counts if each.stage == stage and each.arm == arm]
        total = sum(each.count for each in found)
        if lines and not total:
            continue
        lines += wrapped(f"{LABELS[stage]} {_of(total)}", _WIDTH, bold=not lines)
        for each in sorted(found, key=lambda one: (-one.count, one.reason)):
            if each.reason and each.count:
                words = f"{each.reason.replace('_', ' ')} {_of(each.count)}"
                lines += ["\u2003" + part for part in wrapped(words, _WIDTH - 16)]
    return lines


def _beside(column: int, y: float, height: float, main: list[str], aside: list[str]) -> list[str]:
    """The box on the way down, level with the one beside it."""
    middle = y + height / 2
    return [
        box(_x(column), y, _WIDTH, main, height=height),
        box(_x(column + 1), y, _WIDTH, aside, height=height),
        arrow(_x(column) + _WIDTH, middle, _x(column + 1), middle),
    ]


def _down(spans: Sequence[tuple[float, float]], end: float, arms: range) -> list[str]:
    """Arrows from each box to the one below, the last to what is included."""
    steps = [(above[1], below[0]) for above, below in pairwise([*spans, (end, end)])]
    return [
        arrow(_x(2 * place) + _WIDTH / 2, start, _x(2 * place) + _WIDTH / 2, stop)
        for place in arms
        for start, stop in steps
    ]


def _included(arms: Sequence[str], counts: Sequence[Count], y: float) -> tuple[str, float]:
    """The last box, below all arms, with a line for each where there are several."""
    numbers = {(each.stage, each.arm): each.count for each in counts}
    total = sum(numbers.get(("included", arm), 0) for arm in arms)
    lines = [f"{LABELS['included']} {_of(total)}"]
    if len(arms) > 1:
        lines += [f"\u2003{ARMS.get(arm, arm)} {_of(numbers.get(('included', arm), 0))}" for arm in arms]
    lines += [f"{LABELS.get(stage, stage)} {_of(count)}" for (stage, arm), count in numbers.items() if arm == ALL]
    width = _x(2 * len(arms) - 2) + _WIDTH - _x(0) if arms else _WIDTH
    return box(_x(0), y, width, lines), box_height(lines)


def _heading(place: int, arm: str) -> str:
    width = 2 * _WIDTH + _BETWEEN
    frame = f'<rect x="{_x(2 * place):g}" y="{_MARGIN:g}" width="{width:g}" height="24" rx="4" fill="#ececec"/>'
    return frame + text(_x(2 * place) + width / 2, _MARGIN + 17, ARMS.get(arm, arm), bold=True, anchor="middle")


def _bands(spans: Sequence[tuple[float, float]]) -> list[str]:
    """The name of each part of the flow on its side, around the levels that belong to it."""
    around: dict[str, tuple[float, float]] = {}
    for band, (top, bottom) in zip([*(level[0] for level in LEVELS), "Included"], spans, strict=True):
        around[band] = (around.get(band, (top, top))[0], bottom)
    drawn = []
    for band, (top, bottom) in around.items():
        middle, x = (top + bottom) / 2, _MARGIN + _BAND / 2 + 4
        drawn.append(
            f'<rect x="{_MARGIN:g}" y="{top:g}" width="{_BAND:g}" height="{bottom - top:g}" rx="4" '
            f'fill="{_COLOURS[band]}"/>'
        )
        size = min(11.0, (bottom - top) / (0.68 * len(band)))
        turned = f' transform="rotate(-90 {x:g} {middle:g})" font-size="{size:.1f}"'
        drawn.append(text(x, middle, band, bold=True, anchor="middle", more=turned))
    return drawn


def _x(column: int) -> float:
    return _LEFT + column * (_WIDTH + _BETWEEN)


def _said(each: Count) -> str:
    return f"{LABELS.get(each.stage, each.stage)}{f' ({each.reason})' if each.reason else ''}, {each.arm}: {each.count}"


def _of(count: int) -> str:
    """The count in a piece that no line break parts."""
    return f"(n\u00a0=\u00a0{count:,})"
