"""Patients tabulated from other reports, and the cases that they retell."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from litreview.dedupe.authors import surname
from litreview.dedupe.joint import Likely
from litreview.dedupe.weigh import Scales, Weighed, likely
from litreview.dedupe.words import plain
from litreview.model.linkage import Outcome, Profile
from litreview.model.sameness import Sameness

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
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
    found: Iterable[Likely], patient_of: Mapping[str, str], sameness: Sameness
) -> Iterator[tuple[Likely, Outcome]]:
    """Each cited case with the one patient it is, or with those it may be: it never makes one patient of two."""
    by_row: dict[str, list[Likely]] = {}
    for each in found:
        if each.probability >= likely(sameness.possible):
            by_row.setdefault(each.weighed.left.case_id, []).append(each)
    for row in by_row.values():
        row.sort(key=lambda each: (-each.probability, -each.weighed.bits, each.weighed.content))
        best = row[0]
        patient = patient_of[best.weighed.right.case_id]
        close = [
            each
            for each in row
            if patient_of[each.weighed.right.case_id] != patient
            and each.weighed.bits > best.weighed.bits - sameness.margin
        ]
        sure = not close and best.probability >= likely(sameness.row_same)
        yield best, "same" if sure else "possible"
        yield from ((each, "possible") for each in close)


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
