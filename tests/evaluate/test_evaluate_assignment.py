"""The assignment with the greatest sum."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litreview.evaluate.assignment import assign


@pytest.mark.parametrize(
    ("weights", "pairs"),
    [
        pytest.param([], (), id="nothing"),
        pytest.param([[5, 4], [5, 1]], ((0, 1), (1, 0)), id="the greedy choice is not the best"),
        pytest.param([[1, 9, 2]], ((0, 1),), id="more columns"),
        pytest.param([[1], [9], [2]], ((1, 0),), id="more rows"),
    ],
)
def test_the_best_pairs_are_taken(weights: list[list[float]], pairs: tuple[tuple[int, int], ...]) -> None:
    assert assign(weights) == pairs


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5).flatmap(lambda n: st.lists(st.lists(st.integers(0, 9), min_size=n, max_size=n), max_size=5)))
def test_no_other_assignment_is_better(weights: list[list[int]]) -> None:
    pairs = assign([[float(weight) for weight in row] for row in weights])

    assert sum(weights[row][column] for row, column in pairs) == _best(weights)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)


def _best(weights: list[list[int]]) -> int:
    if not weights:
        return 0
    padded = [row + [0] * len(weights) for row in weights]
    places = range(len(padded[0]))
    return max(
        sum(row[c] for row, c in zip(padded, chosen, strict=True)) for chosen in permutations(places, len(padded))
    )
