"""Pairs of two reports judged together: nobody twice, and a shared patient makes another likelier."""

from collections.abc import Sequence
from itertools import combinations
from math import prod

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from litreview.dedupe.bonds import Bond
from litreview.dedupe.joint import joint
from litreview.dedupe.levels import Years
from litreview.dedupe.weigh import Weighed
from litreview.model.linkage import Profile

Odds = tuple[int, int, float]


def case(report: str, place: int) -> Profile:
    return Profile(f"{report}{place}", report, "own", ("Adder V",), 2020, True, {"age_years": place})


def pair(left: int, right: int, bits: float) -> Weighed:
    bond = Bond(0.0, ("shared author Adder V",), Years(0.0, None))
    return Weighed(case("a", left), case("b", right), bits, bits, (), bond, 0)


def found(pairs: Sequence[Odds], cohort: float = 0.0) -> dict[tuple[int, int], float]:
    likely = joint([pair(*each) for each in pairs], cohort)
    return {(int(it.weighed.left.case_id[1:]), int(it.weighed.right.case_id[1:])): it.probability for it in likely}


def counted(pairs: Sequence[Odds], cohort: float) -> dict[tuple[int, int], float]:
    """Every way to pair the cases, nobody twice, weighed one by one."""
    ways: list[tuple[tuple[Odds, ...], float]] = []
    for size in range(len(pairs) + 1):
        for way in combinations(pairs, size):
            if len({one for one, _, _ in way}) == len({other for _, other, _ in way}) == size:
                ways.append((way, 2.0**-cohort * prod(2.0 ** (bits + cohort) for _, _, bits in way)))
    whole = sum(weight for _, weight in ways) + 1 - 2.0**-cohort
    return {each[:2]: sum(weight for way, weight in ways if each in way) / whole for each in pairs}


TREES = {
    "alone": [(1, 1, 3.0)],
    "two rivals": [(1, 1, 5.0), (1, 2, 4.0)],
    "apart": [(1, 1, 8.0), (2, 2, -1.0)],
    "a chain": [(1, 1, 6.0), (1, 2, 5.0), (2, 2, 7.0), (2, 3, 2.0)],
}


@pytest.mark.parametrize("cohort", [0.0, 2.0])
@pytest.mark.parametrize("pairs", TREES.values(), ids=TREES.keys())
def test_the_probability_is_the_share_of_all_ways_to_pair_the_cases(pairs: list[Odds], cohort: float) -> None:
    assert found(pairs, cohort) == pytest.approx(counted(pairs, cohort), abs=1e-4)


bits = st.floats(-6, 12)


@given(st.dictionaries(st.tuples(st.integers(1, 3), st.integers(1, 3)), bits, min_size=1))
@example({(1, 2): 2.0, (2, 2): 10.0, (2, 3): 7.0, (3, 2): 12.0, (3, 3): 9.0})
def test_nobody_is_more_than_one_patient_also_where_pairs_form_rings(odds: dict[tuple[int, int], float]) -> None:
    likely = found([(one, other, weight) for (one, other), weight in odds.items()], cohort=2.0)
    for side in (0, 1):
        for name in (1, 2, 3):
            assert sum(share for names, share in likely.items() if names[side] == name) <= 1 + 1e-3


def test_a_pair_that_is_alone_has_the_odds_it_had() -> None:
    assert found([(1, 1, 2.0)], cohort=2.0)[1, 1] == pytest.approx(0.8)


def test_reports_that_share_a_patient_are_likelier_to_share_another() -> None:
    alone = found([(2, 2, 1.0)], cohort=2.0)[2, 2]
    assert found([(1, 1, 12.0), (2, 2, 1.0)], cohort=2.0)[2, 2] > alone
    assert found([(1, 1, -12.0), (2, 2, 1.0)], cohort=2.0)[2, 2] == pytest.approx(alone, abs=0.01)
