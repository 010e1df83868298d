"""Two patients of one report are never one: of the pairs of two reports the best stand, and what is too close waits."""

from collections.abc import Iterable, Iterator, Sequence

from litreview.dedupe.weigh import Weighed
from litreview.model.linkage import Outcome

Judged = tuple[Weighed, Outcome]


def one_to_one(judged: Iterable[Judged], margin: float) -> Iterator[Judged]:
    """The pairs that are left when no case is paired twice with one report.

    A pair that is better than the others of its cases by less than the `margin` is not sure; they wait together.
    """
    groups: dict[frozenset[str], list[Judged]] = {}
    for each in judged:
        groups.setdefault(frozenset((each[0].left.record_id, each[0].right.record_id)), []).append(each)
    for group in groups.values():
        yield from _left(group, margin) if len(group) > 1 else group


def _left(group: Sequence[Judged], margin: float) -> Iterator[Judged]:
    ordered = sorted(group, key=lambda each: (-each[0].bits, each[0].content))
    best: dict[str, Weighed] = {}
    for weighed, _ in ordered:
        if not _cases(weighed) & best.keys():
            best |= dict.fromkeys(_cases(weighed), weighed)
    for weighed, outcome in ordered:
        stands = best.get(weighed.left.case_id) is weighed
        if stands and outcome == "same" and _rivals(weighed, ordered, best, margin):
            yield weighed, "possible"
        elif stands or not any(_is_better(best.get(name), weighed, margin) for name in _cases(weighed)):
            yield weighed, outcome if stands else "possible"


def _rivals(weighed: Weighed, ordered: Sequence[Judged], best: dict[str, Weighed], margin: float) -> bool:
    """Whether another pair of one of the two cases is as good, and its other case has not found a better one."""
    for other, _ in ordered:
        shared = _cases(other) & _cases(weighed)
        if other is not weighed and shared and other.bits > weighed.bits - margin:
            (third,) = _cases(other) - shared
            if not _is_better(best.get(third), other, margin):
                return True
    return False


def _is_better(one: Weighed | None, other: Weighed, margin: float) -> bool:
    return one is not None and one is not other and one.bits >= other.bits + margin


def _cases(weighed: Weighed) -> frozenset[str]:
    return frozenset((weighed.left.case_id, weighed.right.case_id))
