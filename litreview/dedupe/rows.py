"""Patients tabulated from other reports, and the cases that they retell."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import log2

from litreview.dedupe.authors import surname
from litreview.dedupe.weigh import Scales, Weighed, content
from litreview.dedupe.words import plain
from litreview.model.linkage import Pair, Profile
from litreview.model.sameness import Sameness

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NONE = 1e-12
_A_YEAR_OFF = 2.0  # bits: ahead of print in one year, in print in the next


def retold(cases: Sequence[Profile], own: Sequence[Profile], scales: Scales) -> Iterator[Weighed]:
    """Every cited case (`left`) with the own cases that its citation may mean and its values allow."""
    by_name = _by_first_author(own)
    for case in cases:
        for other in _meant(case, by_name):
            weighed = scales.weigh(case, other, more=_named(case, other, scales))
            if not weighed.excluded and any(each.bits > 0 for each in weighed.compared):
                bond = replace(weighed.bond, reasons=("cites the report",))
                yield replace(weighed, bits=weighed.unlike, bond=bond)  # the row names the report: none alike elsewhere


def linked(
    pairs: Iterable[Pair], patient_of: Mapping[str, str], cases: Mapping[str, Profile], sameness: Sameness
) -> Iterator[Pair]:
    """Each cited case with the one patient it is, or with those it may be: it never makes one patient of two."""
    by_row: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_row.setdefault(pair.left, []).append(pair)
    for row in by_row.values():
        row.sort(key=lambda pair: (-pair.score, content(cases[pair.right])))
        best = row[0]
        others = [pair for pair in row if patient_of[pair.right] != patient_of[best.right]]
        close = [pair for pair in others if _bits(pair) > _bits(best) - sameness.margin]
        yield replace(best, outcome="possible") if close else best
        yield from (replace(pair, outcome="possible") for pair in close)


def _bits(pair: Pair) -> float:
    return log2(max(pair.score, _NONE) / max(1 - pair.score, _NONE))


def _by_first_author(own: Iterable[Profile]) -> Mapping[str, list[Profile]]:
    named: dict[str, list[Profile]] = {}
    for case in own:
        if case.authors and (name := surname(case.authors[0])):
            named.setdefault(name, []).append(case)
    return named


def _meant(case: Profile, by_name: Mapping[str, list[Profile]]) -> Iterator[Profile]:
    """Own cases of reports whose first author, and year where it gives one, the citation names."""
    words = plain(case.citation).split()
    runs = {" ".join(words[start : start + size]) for size in (1, 2, 3, 4) for start in range(len(words))}
    years = [int(year) for year in _YEAR.findall(case.citation)]
    for name in sorted(runs & by_name.keys()):
        for other in by_name[name]:
            if other.record_id != case.record_id and (not years or _off(years, other) <= 1):
                yield other


def _named(case: Profile, other: Profile, scales: Scales) -> float:
    """Bits for the citation, in place of what ties the reports otherwise."""
    years = [int(year) for year in _YEAR.findall(case.citation)]
    off = _A_YEAR_OFF if years and _off(years, other) else 0.0
    return scales.sameness.ties.row - off - scales.bonds.between(case, other).bits


def _off(years: Sequence[int], other: Profile) -> int:
    return min(abs(year - other.year) for year in years) if other.year else 9
