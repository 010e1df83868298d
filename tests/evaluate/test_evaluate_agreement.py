"""Agreement of extractors, against figures that others have printed."""

import pytest

from litreview import rules
from litreview.evaluate.agreement import MACHINE, agreements, kappa


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # yes-yes, yes-no, no-yes, no-no: the two examples that textbooks and Wikipedia ("Cohen's kappa") give
        ((20, 5, 10, 15), 0.4),
        ((45, 15, 25, 15), 0.1304),
        ((25, 35, 5, 35), 0.2593),
        ((10, 0, 0, 10), 1.0),
        ((0, 10, 10, 0), -1.0),
    ],
)
def test_kappa_is_as_others_compute_it(counts: tuple[int, int, int, int], expected: float) -> None:
    labels = (("yes", "yes"), ("yes", "no"), ("no", "yes"), ("no", "no"))
    pairs = [pair for pair, n in zip(labels, counts, strict=True) for _ in range(n)]
    assert kappa(pairs) == expected


def test_kappa_has_no_meaning_where_both_always_say_the_same_one_thing() -> None:
    assert kappa([("yes", "yes")] * 7) is None


def test_extractors_are_compared_on_the_cells_that_both_have_a_word_on() -> None:
    topic = rules.load("anti_cd38_cytopenia", None)
    words = {
        "Ann": {
            ("c1", "age_years"): (11.0,),
            ("c2", "age_years"): (6.0,),
            ("c1", "prior_therapies"): ("IVIG", "rituximab"),
        },
        "Ben": {
            ("c1", "age_years"): (11.02,),
            ("c2", "age_years"): (),
            ("c1", "prior_therapies"): ("Rituximab", "IVIG"),
        },
        MACHINE: {("c1", "age_years"): (11.0,), ("c3", "age_years"): (4.0,)},
    }
    told = {(each.one, each.other, each.attribute): (each.agree, each.n) for each in agreements(words, topic)}
    assert told == {
        ("Ann", "Ben", ""): (2, 3),
        ("Ann", "Ben", "age_years"): (1, 2),
        ("Ann", "Ben", "prior_therapies"): (1, 1),
        ("Ann", MACHINE, ""): (1, 1),
        ("Ann", MACHINE, "age_years"): (1, 1),
        ("Ben", MACHINE, ""): (1, 1),
        ("Ben", MACHINE, "age_years"): (1, 1),
    }
