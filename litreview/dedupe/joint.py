"""Two patients of one report are never one: how likely each pair of two reports is, given all the others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, log1p

from litreview.dedupe.weigh import Weighed

_ROUNDS = 2000  # at most; two or three dozen do where no odds are close
_SETTLED = 1e-9
_MOST = 40.0  # bits
Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Likely:
    """A pair with the probability that it is one patient; `raised` where other pairs of the two reports made it so."""

    weighed: Weighed
    probability: float
    raised: bool = False


def joint(pairs: Iterable[Weighed], cohort: float) -> Iterator[Likely]:
    """Every pair with its probability among all ways to pair the cases of its two reports, nobody twice.

    Reports that share a patient are likelier to share another: `cohort` is by how many bits, and the odds of a pair
    that is alone are as they were.
    """
    groups: dict[frozenset[str], list[Weighed]] = {}
    for each in pairs:
        groups.setdefault(frozenset((each.left.record_id, each.right.record_id)), []).append(each)
    for group in groups.values():
        yield from _alone(group[0]) if len(group) == 1 else _among(group, cohort)


def _alone(each: Weighed) -> Iterator[Likely]:
    yield Likely(each, 1 / (1 + 2 ** -_held(each.bits)))


def _among(group: Sequence[Weighed], cohort: float) -> Iterator[Likely]:
    """Either the reports share patients, and every pair is likelier by `cohort`, or they share none."""
    ordered = sorted(group, key=lambda each: (-each.bits, each.content))
    odds = {_edge(each): 2 ** _held(each.bits + cohort) for each in ordered}
    free = _free(odds)
    shares = 2.0**-cohort
    overlap = 1 / (1 + (1 - shares) / shares * exp(-min(_ways(odds, free), 700.0))) if cohort else 1.0
    for each in ordered:
        one, other = _edge(each)
        both = odds[one, other] * free[one, other] * free[other, one]
        probability = overlap * both / (1 + both)
        yield Likely(each, probability, raised=probability > 1 / (1 + 2 ** (-_held(each.bits) - cohort / 2)))


def _free(odds: Mapping[Edge, float]) -> dict[Edge, float]:
    """For a case and a pair of it, how likely it is that no other pair takes the case: by passing on what each pair
    leaves to its neighbours, until that settles. Exact where the pairs form no ring."""
    beside: dict[str, list[tuple[str, float]]] = {}
    for (one, other), weight in odds.items():
        beside.setdefault(one, []).append((other, weight))
        beside.setdefault(other, []).append((one, weight))
    free = {(one, other): 1.0 for one, others in beside.items() for other, _ in others}
    for _ in range(_ROUNDS):
        taken = {one: sum(weight * free[other, one] for other, weight in others) for one, others in beside.items()}
        after = {}
        for one, others in beside.items():
            for other, weight in others:
                left = max(taken[one] - weight * free[other, one], 0.0)
                after[one, other] = (free[one, other] + 1 / (1 + left)) / 2
        moved = max(abs(after[edge] - free[edge]) for edge in free)
        free = after
        if moved < _SETTLED:
            break
    return free


def _ways(odds: Mapping[Edge, float], free: Mapping[Edge, float]) -> float:
    """The logarithm of what all ways to pair the cases weigh together, none of them paired weighing 1."""
    taken: dict[str, float] = {}
    both = 0.0
    for (one, other), weight in odds.items():
        taken[one] = taken.get(one, 0.0) + weight * free[other, one]
        taken[other] = taken.get(other, 0.0) + weight * free[one, other]
        both += log1p(weight * free[one, other] * free[other, one])
    return sum(log(1 + weight) for weight in taken.values()) - both


def _edge(each: Weighed) -> Edge:
    return each.left.case_id, each.right.case_id


def _held(bits: float) -> float:
    return max(min(bits, _MOST), -_MOST)
