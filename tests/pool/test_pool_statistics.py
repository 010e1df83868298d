"""The statistics, each against figures published or printed by another program."""

import pytest
from scipy.stats import chi2_contingency
from statsmodels.stats.proportion import proportion_confint

from litreview.model.proportion import wilson
from litreview.pool.curve import Estimate, Span, estimate
from litreview.pool.intervals import exact
from litreview.pool.meta import Arm, Pooled, pooled
from litreview.pool.summary import Spread

# Newcombe 1998 (doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E), table I: methods 3 and 5.
NEWCOMBE = [
    pytest.param(81, 263, (0.2553, 0.3662), (0.2527, 0.3676), id="81 of 263"),
    pytest.param(15, 148, (0.0624, 0.1605), (0.0578, 0.1617), id="15 of 148"),
    pytest.param(0, 20, (0.0000, 0.1611), (0.0000, 0.1684), id="none of 20"),
    pytest.param(1, 29, (0.0061, 0.1718), (0.0009, 0.1776), id="1 of 29"),
]


@pytest.mark.parametrize(("n", "of", "score", "clopper_pearson"), NEWCOMBE)
def test_intervals_of_a_share_are_those_that_newcombe_prints(
    n: int, of: int, score: tuple[float, float], clopper_pearson: tuple[float, float]
) -> None:
    assert wilson(n, of) == pytest.approx(score, abs=5e-5)
    assert exact(n, of) == pytest.approx(clopper_pearson, abs=5e-5)


@pytest.mark.parametrize("of", [1, 2, 5, 12, 40])
def test_intervals_of_every_share_are_those_of_statsmodels_and_mirror_each_other(of: int) -> None:
    for n in range(of + 1):
        assert exact(n, of) == pytest.approx(proportion_confint(n, of, method="beta"), abs=1e-9)
        assert wilson(n, of) == pytest.approx(proportion_confint(n, of, method="wilson"), abs=1e-9)
        low, high = exact(of - n, of) or (0, 0)
        assert exact(n, of) == pytest.approx((1 - high, 1 - low))


def test_nobody_has_no_interval() -> None:
    assert exact(0, 0) is None


def test_quartiles_are_those_of_r() -> None:
    # R: quantile(c(6, 3, 6, 2, 11)) gives 2 3 6 6 11, and quantile(c(58, 58, 122, 359)) 58 58 90 181.25 359.
    assert Spread.of([6, 3, 6, 2, 11]) == Spread(6, 2, 11, 3, 6)
    assert Spread.of([58, 58, 122, 359]) == Spread(90, 58, 359, 58, 181.25)


# Niel-Weise et al. 2007 (doi:10.1007/s00134-007-0897-3): infections and patients, without and with treated catheters.
CATHETERS = """3 117 0 116; 3 35 1 44; 9 195 2 208; 7 136 0 130; 6 157 5 151; 4 139 1 98; 3 177 1 174; 2 39 1 74;
19 103 1 97; 2 122 1 113; 7 64 0 66; 1 58 0 70; 5 175 3 188; 11 180 6 187; 0 105 0 118; 1 262 0 252; 3 362 1 345;
1 69 4 64"""


def catheters(*, treated: bool) -> list[Arm]:
    rows = [[int(word) for word in row.split()] for row in CATHETERS.split(";")]
    return [Arm(str(n), *(row[2:] if treated else row[:2])) for n, row in enumerate(rows)]


@pytest.mark.parametrize(
    ("treated", "share", "low", "high", "tau2"),
    [
        pytest.param(False, 0.0294, 0.0180, 0.0478, 0.8124, id="standard catheters"),
        pytest.param(True, 0.0081, 0.0040, 0.0161, 0.8265, id="treated catheters, seven trials without an event"),
    ],
)
def test_a_share_over_reports_is_that_of_the_binomial_normal_model_in_metafor(
    treated: bool, share: float, low: float, high: float, tau2: float
) -> None:
    # rma.glmm(measure="PLO") of R's metafor, as it documents for the analysis of Stijnen et al. 2010, table II.
    found = pooled(catheters(treated=treated))

    assert found is not None
    assert (found.share, found.low, found.high) == pytest.approx((share, low, high), abs=6e-5)
    assert found.tau2 == pytest.approx(tau2, rel=0.002)


def test_heterogeneity_is_the_likelihood_ratio_of_the_table_of_reports() -> None:
    arms = catheters(treated=False)
    table = [[arm.n for arm in arms], [arm.of - arm.n for arm in arms]]
    q, p, df, _ = chi2_contingency(table, correction=False, lambda_="log-likelihood")

    found = pooled(arms)

    assert found is not None
    assert (found.q, found.df, found.p) == pytest.approx((q, df, p))
    assert found.i2 == pytest.approx((q - df) / q)


def test_reports_that_agree_give_the_share_of_all_patients() -> None:
    found = pooled([Arm("a", 4, 8), Arm("b", 3, 6), Arm("c", 5, 10)])

    assert found is not None
    assert found.share == pytest.approx(0.5)
    assert (found.tau2, found.q, found.i2) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("arms", "expected"),
    [
        pytest.param([(1, 1), (1, 1), (0, 1)], Pooled(3, 2, 3, 2 / 3, *(exact(2, 3) or ())), id="single patients only"),
        pytest.param([(3, 4)], Pooled(1, 3, 4, 0.75, *(exact(3, 4) or ())), id="a single report"),
        pytest.param(
            [(3, 3), (5, 5)], Pooled(2, 8, 8, 1.0, *(exact(8, 8) or ()), 0.0, 0.0, 1, 1.0, 0.0), id="all responded"
        ),
        pytest.param(
            [(0, 3), (0, 5)], Pooled(2, 0, 8, 0.0, *(exact(0, 8) or ()), 0.0, 0.0, 1, 1.0, 0.0), id="none responded"
        ),
        pytest.param([(0, 0)], None, id="nobody"),
    ],
)
def test_where_the_model_has_nothing_to_go_by_the_exact_interval_of_all_patients_stands(
    arms: list[tuple[int, int]], expected: Pooled | None
) -> None:
    assert pooled([Arm(str(n), *arm) for n, arm in enumerate(arms)]) == expected


def test_reports_that_contradict_each_other_wholly_have_no_spread_that_can_be_estimated() -> None:
    found = pooled([Arm("a", 0, 5), Arm("b", 5, 5)])

    assert found is not None
    assert found.tau2 is None
    assert (found.low, found.high) == exact(5, 10)
    assert found.i2 == pytest.approx(0.928, abs=0.001)


# Freireich et al. 1963 (doi:10.1182/blood.V21.6.699.699): weeks in remission under 6-mercaptopurine.
REMISSION = [Span("p", time, True) for time in (6, 6, 6, 7, 10, 13, 16, 22, 23)]
REMISSION += [Span("p", time, False) for time in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)]
PLACEBO = (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)


def test_the_curve_is_that_of_the_textbooks_for_remission_under_mercaptopurine() -> None:
    # R: survfit(Surv(time, status) ~ 1, conf.type = "log-log").
    found = estimate(REMISSION)

    shares = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert [step.share for step in found.steps] == pytest.approx(shares, abs=0.0006)
    assert [step.at_risk for step in found.steps] == [21, 17, 15, 12, 11, 7, 6]
    assert (found.steps[0].low, found.steps[0].high) == pytest.approx((0.620, 0.952), abs=0.0006)
    assert (found.steps[-1].low, found.steps[-1].high) == pytest.approx((0.188, 0.680), abs=0.0006)


def test_the_median_has_the_interval_of_the_textbooks() -> None:
    treated, placebo = estimate(REMISSION), estimate([Span("p", time, True) for time in PLACEBO])

    assert (treated.median, treated.low, treated.high) == (23, 13, None)
    assert (placebo.median, placebo.low, placebo.high) == (8, 4, 11)


def test_without_an_event_there_is_no_curve() -> None:
    assert estimate([Span("p", 3, False)]) == Estimate(1, 0, ())
    assert estimate([]) == Estimate(0, 0, ())


def test_a_curve_that_ends_at_none_has_an_open_interval_there() -> None:
    assert [(step.share, step.low, step.high) for step in estimate([Span("p", 5, True)]).steps] == [(0, None, None)]
