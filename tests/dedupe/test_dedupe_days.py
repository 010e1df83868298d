"""How likely two numbers of days are one day."""

import pytest

from litreview.dedupe.days import likelihood

TOLD = (0.45, 0.27, 0.24)
DENSITY = 0.004


def bits(left: float, right: float, density: float = DENSITY) -> float:
    assert likelihood(left, right, TOLD, density) == pytest.approx(likelihood(right, left, TOLD, density))
    return likelihood(left, right, TOLD, density)


@pytest.mark.parametrize(
    ("likelier", "less"),
    [
        ((118, 118), (118, 119)),
        ((118, 119), (118, 122)),
        ((141, 152), (141, 160)),
        ((82, 84), (79, 84)),
        ((118, 118), (122, 122)),
        ((118, 118), (120, 120)),
        ((152, 147), (152, 170)),
        ((178, 185), (178, 199)),
    ],
    ids=[
        "the day", "a day off", "within five months", "within twelve weeks", "a day that is no month",
        "a day that is no round number", "a week and a month that overlap",
        "another sign of the same beginning",
    ],
)  # fmt: skip
def test_one_day_is_likelier_of_what_rounding_explains(likelier: tuple[int, int], less: tuple[int, int]) -> None:
    assert bits(*likelier) > bits(*less)


def test_a_day_beyond_all_rounding_speaks_against_but_does_not_exclude() -> None:
    assert bits(60, 150) == pytest.approx(1 - sum(TOLD))


def test_a_day_on_which_it_often_happens_says_less() -> None:
    assert bits(58, 58, density=0.1) < bits(58, 58, density=0.001)
