"""Patients tabulated from other reports, and the cases that they retell."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from litreview.dedupe.authors import surname
from litreview.dedupe.one_to_one import Judged
from litreview.dedupe.weigh import Scales, Weighed
from litreview.dedupe.words import plain
from litreview.model.linkage import Outcome, Profile

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_A_YEAR_OFF = 2.0  # bits: ahead of print in one year, in print in the next


def retold(cases: Sequence[Profile], own: Sequence[Profile], scales: Scales) -> Iterator[Judged]:
    """Every cited case (`left`) with the own cases that its citation may mean and its values allow."""
    by_name = _by_first_author(own)
    for case in cases:
        for other in _meant(case, by_name):
            weighed = _cites(scales.weigh(case, other, more=_named(case, other, scales)))
            outcome = _outcome(weighed, scales)
            if outcome != "different":
                yield weighed, outcome


def linked(judged: Iterable[Judged], patient_of: Mapping[str, str], margin: float) -> Iterator[Judged]:
    """Each cited case with the one patient it is, or with those it may be: it never makes one patient of two."""
    by_row: dict[str, list[Judged]] = {}
    for each in judged:
        by_row.setdefault(each[0].left.case_id, []).append(each)
    for found in by_row.values():
        found.sort(key=lambda each: (-each[0].bits, each[0].content))
        best, outcome = found[0]
        patient = patient_of[best.right.case_id]
        close = [
            weighed
            for weighed, _ in found
            if patient_of[weighed.right.case_id] != patient and weighed.bits > best.bits - margin
        ]
        yield best, "possible" if close else outcome
        yield from ((weighed, "possible") for weighed in close)


def _cites(weighed: Weighed) -> Weighed:
    return replace(weighed, bond=replace(weighed.bond, reasons=("cites the report",)))


def _outcome(weighed: Weighed, scales: Scales) -> Outcome:
    if weighed.excluded or not any(each.bits > 0 for each in weighed.compared):
        return "different"
    if weighed.bits >= scales.sameness.row_same:
        return "same"
    return "possible" if weighed.bits >= scales.sameness.possible else "different"


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
