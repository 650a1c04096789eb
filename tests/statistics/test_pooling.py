"""Pooling: figures of the course and of published meta-analyses, laws that hold for any studies, rates."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

import notthesame as nts
from notthesame.statistics import pooling
from notthesame.statistics.pooling import (
    INTERVALS,
    METHODS,
    MODIFIED,
    NORMAL,
    PLAIN,
    leave_one_out,
    log_from_ratio,
    pool,
    risk_from_odds,
)
from tests.statistics import pools
from tests.statistics.pools import Studies


def ratios(*ends: float) -> tuple[float, ...]:
    return tuple(round(math.exp(end), 2) for end in ends)


def violence(*more: str) -> tuple[list[str], Studies]:
    """Names and logs of the independent violence rows of the course's table, and of ``more`` rows."""
    table = nts.table("platt_forest")
    wanted = (table.outcome_group == "violence") & table.use_in_pool.astype(str).str.lower().eq("true")
    rows = table[wanted | table.study.isin(more)]
    pairs = [log_from_ratio(*row) for row in rows[["effect", "ci_low", "ci_high"]].itertuples(index=False)]
    return list(rows.study), ([log for log, _ in pairs], [se for _, se in pairs])


def picked(rows: Studies, places: list[int]) -> Studies:
    """The studies at some places, in that order."""
    return [rows[0][place] for place in places], [rows[1][place] for place in places]


# --- figures of the course ---


def test_four_rows_pool_to_the_printed_average_and_its_three_intervals() -> None:
    _, rows = violence()
    normal, adjusted = pool(*rows), pool(*rows, interval=PLAIN)
    assert ratios(normal.estimate, normal.low, normal.high) == (2.59, 1.71, 3.92)
    assert ratios(adjusted.low, adjusted.high) == (1.36, 4.95)
    assert normal.prediction_low is not None and normal.prediction_high is not None
    low, high = math.exp(normal.prediction_low), math.exp(normal.prediction_high)
    assert (round(low, 2), round(high, 1)) == (0.54, 12.3)
    assert normal.i2 == pytest.approx(0.51, abs=0.005)
    caution = nts.fact("surveys-forest-set").caution
    assert all(printed in caution for printed in ("2.59 (1.71-3.92)", "51 per cent", "1.36-4.95", "3.15"))


def test_the_other_estimator_is_statsmodels_default() -> None:
    _, rows = violence()
    found = pool(*rows, method="pm")
    assert ratios(found.estimate, found.low, found.high) == (2.58, 1.73, 3.84)


def test_without_muldoon_tau2_is_cut_off_at_0() -> None:
    names, rows = violence()
    without = leave_one_out(*rows, names)
    row = without[without.left_out == "Muldoon et al."].iloc[0]
    assert ratios(row.estimate, row.low, row.high) == (3.15, 2.23, 4.45)
    assert row.tau2 == 0 and row.k == 3
    raw = pool(*picked(rows, [place for place, name in enumerate(names) if "Muldoon" not in name])).tau2_raw
    assert raw is not None and raw == pytest.approx(-0.0747, abs=1e-4)


def test_without_any_but_muldoon_the_hartung_knapp_interval_crosses_1() -> None:
    names, rows = violence()
    without = leave_one_out(*rows, names, interval=PLAIN).set_index("left_out")
    crosses = {name: bool(row.low < 0 < row.high) for name, row in without.iterrows()}
    assert crosses == {name: name != "Muldoon et al." for name in names}
    assert leave_one_out(*rows, names)["low"].min() > 0  # the normal one never does


def test_one_cohort_counted_twice() -> None:
    _, rows = violence("Walker et al. (same cohort as Elmes)")
    found = pool(*rows)
    assert found.k == 5 and ratios(found.estimate, found.low, found.high) == (2.82, 1.89, 4.20)


def test_the_odds_ratio_of_the_review_at_30_per_cent() -> None:
    fact = nts.fact("surveys-or-is-not-rr")
    ratio, baseline = fact["published"].value, fact["baseline"].value
    assert isinstance(ratio, float) and isinstance(baseline, int)
    risk = risk_from_odds(ratio, baseline / 100)
    assert round(100 * risk) == fact["risk"].value
    assert round(risk / (baseline / 100), 1) == fact["ratio"].value


# --- published meta-analyses ---


@pytest.mark.parametrize(("name", "studies", "how", "printed", "digit"), pools.PRINTED)
def test_what_metafor_prints(
    name: str, studies: Studies, how: dict[str, Any], printed: dict[str, float], digit: float
) -> None:
    found = pool(*studies, **how)
    # A value is printed to ``digit``; where the input itself is rounded, as vi is, one more unit is allowed.
    assert {key: getattr(found, key) for key in printed} == pytest.approx(printed, abs=1.01 * digit), name


@pytest.mark.parametrize("method", METHODS)
def test_metafor_with_all_digits(method: str) -> None:
    estimate, tau2, normal, adjusted, prediction = pools.TEN_RESULTS[method]
    found = [pool(*pools.TEN, method=method, interval=interval) for interval in INTERVALS]
    exact = {"dl": 1e-13, "pm": 1e-11, "reml": 1e-6}[method]  # metafor's own REML stops at 1e-12 of a step

    def close(numbers: Any, exact: float = exact) -> Any:
        return pytest.approx(numbers, rel=exact, abs=exact)

    for pooled in found:
        assert (pooled.estimate, pooled.tau2, pooled.q) == close((estimate, tau2, pools.TEN_Q))
        assert pooled.q_p == pytest.approx(pools.TEN_Q_P, rel=1e-9)
        assert (pooled.prediction_low, pooled.prediction_high) == close(prediction)
        assert (pooled.df, pooled.k) == (9, 10)
    # hk_q is 1 or more in all three, so that the modified interval is the plain one
    wanted = (normal, adjusted, adjusted)
    for pooled, ends in zip(found, wanted, strict=True):
        # SciPy before 1.17 has ten digits of a quantile of t
        assert (pooled.low, pooled.high) == close(ends, max(exact, 1e-10))


def test_two_studies_as_metafor_has_them() -> None:
    """From the same reference file: effects -0.01 and 0.01, variances 0.2."""
    pair = [-0.01, 0.01], [math.sqrt(0.2)] * 2
    assert (pool(*pair).low, pool(*pair).high) == pytest.approx((-0.61979503230456146, 0.61979503230456146))
    assert pool(*pair, interval=PLAIN).high == pytest.approx(0.12706204736174706)
    assert pool(*pair, interval=MODIFIED).high == pytest.approx(4.0180547382730927)


# --- laws that hold for any studies ---

study = st.tuples(st.floats(-5, 5), st.floats(0.01, 10))
studies = st.lists(study, min_size=2, max_size=12).map(lambda rows: tuple(map(list, zip(*rows, strict=True))))
methods, intervals = st.sampled_from(list(METHODS)), st.sampled_from(INTERVALS)
often = settings(deadline=None, max_examples=25)


def ends(found: pooling.Pooled) -> list[float | None]:
    return [found.estimate, found.low, found.high, found.prediction_low, found.prediction_high]


@often
@given(rows=studies, method=methods, interval=intervals, shift=st.floats(-1000, 1000))
def test_a_shift_of_the_effects_shifts_all_and_changes_no_spread(
    rows: Studies, method: str, interval: str, shift: float
) -> None:
    here = pool(*rows, method, interval)
    there = pool([effect + shift for effect in rows[0]], rows[1], method, interval)
    for old, new in zip(ends(here), ends(there), strict=True):
        assert old is None if new is None else new == pytest.approx((old or 0) + shift, abs=1e-3)
    assert there.tau2 == pytest.approx(here.tau2, rel=1e-4, abs=1e-6)


@often
@given(rows=studies, method=methods, interval=intervals, scale=st.floats(1e-6, 1e6))
def test_a_change_of_unit_scales_all(rows: Studies, method: str, interval: str, scale: float) -> None:
    here = pool(*rows, method, interval)
    there = pool([scale * effect for effect in rows[0]], [scale * se for se in rows[1]], method, interval)
    size = max(map(abs, rows[0] + rows[1]))
    for old, new in zip(ends(here), ends(there), strict=True):
        assert old is None if new is None else new / scale == pytest.approx(old, abs=1e-4 * size)
    assert there.se / scale == pytest.approx(here.se, rel=1e-3, abs=1e-9 * size)


@often
@given(rows=studies, method=methods, interval=intervals, random=st.randoms(use_true_random=False))
def test_order_does_not_matter_and_weights_sum_to_1(
    rows: Studies, method: str, interval: str, random: Any
) -> None:
    places = list(range(len(rows[0])))
    random.shuffle(places)
    here = pool(*rows, method, interval)
    there = pool(*picked(rows, places), method, interval)
    assert ends(there) == pytest.approx(ends(here), abs=1e-4)
    assert sum(here.weights) == pytest.approx(1) and min(here.weights) > 0
    assert [here.weights[place] for place in places] == pytest.approx(list(there.weights), abs=1e-4)


@often
@given(rows=studies, method=methods, effect=st.floats(-5, 5))
def test_equal_effects_have_tau2_0(rows: Studies, method: str, effect: float) -> None:
    found = pool([effect] * len(rows[1]), rows[1], method)
    assert (found.tau2, found.i2, found.q) == (0, 0, 0)
    assert found.estimate == pytest.approx(effect)
    assert found.se == pytest.approx(sum(se**-2 for se in rows[1]) ** -0.5)


@often
@given(rows=studies, method=methods)
def test_hartung_knapp_is_narrower_only_where_q_with_random_weights_is_small(
    rows: Studies, method: str
) -> None:
    normal, plain, modified = (pool(*rows, method, interval) for interval in INTERVALS)
    limit = (stats.norm.ppf(0.975) / stats.t.ppf(0.975, normal.df)) ** 2
    weights = 1 / (np.array(rows[1]) ** 2 + (normal.tau2 or 0))
    away = np.array(rows[0]) - weights @ rows[0] / weights.sum()
    ratio = float(weights @ away**2) / normal.df
    assert normal.hk_q == pytest.approx(ratio, rel=1e-6, abs=1e-9)
    if abs(ratio - limit) > 1e-9:
        assert (plain.high - plain.low < normal.high - normal.low) == (ratio < limit)
    wide = modified.high - modified.low
    assert wide >= max(plain.high - plain.low, normal.high - normal.low) * (1 - 1e-12)


def test_that_q_is_not_the_one_with_fixed_weights() -> None:
    """Here Cochran's Q/(k - 1) is 5.1 and (1.96/t) squared 0.58, yet plain Hartung-Knapp is narrower."""
    rows = [0.8, 0.2, -0.2, -0.5, -0.1, -0.1], [0.15, 0.55, 0.15, 0.55, 0.45, 0.45]
    normal, plain = pool(*rows), pool(*rows, interval=PLAIN)
    limit = (stats.norm.ppf(0.975) / stats.t.ppf(0.975, 5)) ** 2
    assert normal.hk_q is not None
    assert normal.q / normal.df > 1 > limit > normal.hk_q
    assert plain.high - plain.low < normal.high - normal.low


@often
@given(rows=studies)
@example(rows=([0.0, 1.0, 2.0], [1e-10] * 3))  # here statsmodels' iteration stops too soon
def test_paule_and_mandel_always_reach_their_equation(rows: Studies) -> None:
    found = pool(*rows, "pm")
    assert found.hk_q is not None
    if found.tau2:
        assert found.hk_q == pytest.approx(1, abs=1e-6)
    else:
        assert found.hk_q == pytest.approx(found.q / found.df) and found.hk_q <= 1


def restricted(tau2: float, rows: Studies) -> float:
    """Restricted log-likelihood of tau2 but for a constant (Viechtbauer 2005), by a library's densities."""
    effects, spread = np.array(rows[0]), np.sqrt(np.array(rows[1]) ** 2 + tau2)
    mean = np.average(effects, weights=spread**-2)
    return float(stats.norm.logpdf(effects, mean, spread).sum() - math.log((spread**-2).sum()) / 2)


@often
@given(rows=studies, other=st.floats(0, 60))
def test_no_other_tau2_has_a_higher_restricted_likelihood(rows: Studies, other: float) -> None:
    found = pool(*rows, "reml").tau2
    assert found is not None
    for tau2 in (other, 0.0, found * 0.99, found * 1.01):
        assert restricted(found, rows) >= restricted(tau2, rows) - 1e-7


@often
@given(rows=studies)
def test_dersimonian_laird_is_statsmodels_cut_off_at_0(rows: Studies) -> None:
    found = pool(*rows)
    with np.errstate(all="ignore"):
        theirs = combine_effects(np.array(rows[0]), np.array(rows[1]) ** 2, method_re="dl")
    assert found.tau2_raw == pytest.approx(theirs.tau2, rel=1e-4, abs=1e-6)
    assert found.tau2 == max(found.tau2_raw or 0, 0)
    if theirs.tau2 > 1e-6:
        assert (found.estimate, found.se) == pytest.approx(
            (theirs.mean_effect_re, theirs.sd_eff_w_re), rel=1e-4, abs=1e-6
        )


@often
@given(rows=studies, method=methods)
def test_leaving_one_out_is_pooling_the_others(rows: Studies, method: str) -> None:
    without = leave_one_out(*rows, method=method)
    assert list(without.left_out) == [f"study {place + 1}" for place in range(len(rows[0]))]
    for place, row in enumerate(without.itertuples()):
        others = pool(*picked(rows, [other for other in range(len(rows[0])) if other != place]), method)
        assert (row.k, row.estimate, row.low, row.high) == (
            others.k,
            others.estimate,
            others.low,
            others.high,
        )


@given(ratio=st.floats(0.01, 100), baseline=st.floats(0.001, 0.999))
def test_the_odds_of_the_risk_are_ratio_times_the_odds_of_the_baseline(ratio: float, baseline: float) -> None:
    risk = risk_from_odds(ratio, baseline)
    assert risk / (1 - risk) == pytest.approx(ratio * baseline / (1 - baseline), rel=1e-6)
    assert (risk - baseline) * (ratio - 1) >= -1e-12
    low, high = sorted((1, ratio))
    assert low - 1e-9 <= risk / baseline <= high + 1e-9
    assert risk_from_odds(ratio, 0) == 0 and risk_from_odds(ratio, 1) == 1


@given(log=st.floats(-5, 5), se=st.floats(0.01, 3), level=st.floats(0.5, 0.999))
def test_a_ratio_gives_back_the_log_and_error_it_was_made_of(log: float, se: float, level: float) -> None:
    reach = stats.norm.ppf((1 + level) / 2) * se
    found = log_from_ratio(math.exp(log), math.exp(log - reach), math.exp(log + reach), level)
    assert found == pytest.approx((log, se), rel=1e-6, abs=1e-9)


# --- extremes ---


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("interval", INTERVALS)
@pytest.mark.parametrize(
    ("effects", "errors"),
    [
        ([0.0, 1.0, 2.0], [1e-20] * 3),
        ([0.0, 1.0, 2.0], [1e20] * 3),
        ([0.0, 1.0, 2.0], [1e-20, 1.0, 1e20]),
        ([1e20, -1e20, 3.0], [1.0, 2.0, 3.0]),
        ([1e9, 1e9 + 1, 1e9 + 2], [0.5, 0.5, 0.5]),
        (list(np.linspace(-1, 1, 500)), [0.1] * 500),
        ([0.3] * 500, list(np.linspace(0.1, 5, 500))),
        ([0.0, 0.0], [1.0, 1.0]),
    ],
)
def test_extremes_give_finite_numbers(
    effects: list[float], errors: list[float], method: str, interval: str
) -> None:
    found = pool(effects, errors, method, interval)
    numbers = [found.estimate, found.se, found.low, found.high, found.tau2, found.i2, found.q, found.q_p]
    assert all(number is not None and math.isfinite(number) for number in numbers)
    assert min(effects) <= found.estimate <= max(effects) and found.low <= found.estimate <= found.high
    assert found.tau2 is not None and found.tau2 >= 0 and 0 <= (found.i2 or 0) <= 1


@pytest.mark.parametrize("method", METHODS)
def test_where_errors_are_nothing_tau2_is_the_variance_of_the_effects(method: str) -> None:
    found = pool([0.0, 1.0, 2.0], [1e-20] * 3, method)
    assert (found.tau2, found.estimate) == pytest.approx((1, 1))


# --- few studies ---


def test_one_study_is_its_own_interval() -> None:
    found = pool([0.5], [0.1])
    assert (found.estimate, found.se, found.weights, found.k, found.df) == (0.5, 0.1, (1.0,), 1, 0)
    assert (found.low, found.high) == pytest.approx((0.304, 0.696), abs=1e-4)
    assert {found.tau2, found.tau2_raw, found.i2, found.prediction_low, found.prediction_high} == {None}
    assert "One study" in found.note
    for interval in (PLAIN, MODIFIED):
        with pytest.raises(ValueError, match="one study has only a normal one"):
            pool([0.5], [0.1], interval=interval)


def test_two_studies_have_no_prediction() -> None:
    found = pool([0.1, 0.9], [0.1, 0.1])
    assert found.prediction_low is None and found.prediction_high is None and "three or more" in found.note
    assert pool([0.1, 0.9, 0.2], [0.1] * 3).note == ""


# --- what is refused ---


@pytest.mark.parametrize(
    ("effects", "errors", "how", "said"),
    [
        ([0.1, 0.2], [0.1, 0], {}, "standard_errors is 0 for study 2; numbers above 0 are wanted"),
        ([0.1, 0.2], [-0.1, 0.1], {}, "standard_errors is -0.1 for study 1"),
        ([0.1, math.nan], [0.1, 0.1], {}, "effects, study 2, is nan; a finite number is wanted"),
        ([0.1, 0.2], [0.1, math.inf], {}, "standard_errors, study 2, is inf"),
        ([0.1, "x"], [0.1, 0.1], {}, "effects, study 2, is 'x'"),
        ([0.1, True], [0.1, 0.1], {}, "study 2, is True"),
        ([0.1, 0.2], [0.1], {}, "effects holds 2 and standard_errors 1"),
        ([], [], {}, "at least one study is wanted"),
        (0.1, 0.1, {}, "a list of numbers is wanted"),
        ([0.1, 1e80], [0.1, 0.1], {}, "study 2 is 1e+80"),
        ([0.1, 0.2], [0.1, 1e-80], {}, "everyday sizes"),
        ([0.1, 0.2], [0.1, 0.1], {"method": "DLL"}, "method is 'DLL'; allowed: dl, pm, reml"),
        (
            [0.1, 0.2],
            [0.1, 0.1],
            {"interval": "hk"},
            "allowed: normal, hartung-knapp, modified-hartung-knapp",
        ),
        ([0.1, 0.2], [0.1, 0.1], {"level": 95}, "level is 95; a share between 0 and 1"),
        ([0.1, 0.2], [0.1, 0.1], {"level": "much"}, "level is 'much'"),
    ],
)
def test_bad_input_gets_one_line(effects: Any, errors: Any, how: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError) as refused:
        pool(effects, errors, **how)
    assert said in str(refused.value) and "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: risk_from_odds(0, 0.3), "an odds ratio above 0"),
        (lambda: risk_from_odds(2, 30), "baseline is 30; the risk of the unexposed as a share from 0 to 1"),
        (lambda: risk_from_odds("x", 0.3), "ratio is 'x'"),
        (lambda: log_from_ratio(2, 0, 3), "ends above 0"),
        (lambda: log_from_ratio(2, 3, 1), "the lower first"),
        (lambda: log_from_ratio(5, 1, 3), "the ratio between them"),
        (lambda: log_from_ratio(math.nan, 1, 3), "a finite number"),
        (lambda: leave_one_out([1], [1]), "two or more are wanted"),
        (lambda: leave_one_out([1, 2], [1, 1], ["A"]), "names holds 1 for 2 studies"),
    ],
)
def test_bad_input_elsewhere_too(call: Any, said: str) -> None:
    with pytest.raises(ValueError) as refused:
        call()
    assert said in str(refused.value) and "\n" not in str(refused.value)


def test_columns_of_pandas_and_words_of_numbers_are_read() -> None:
    import pandas as pd

    table = pd.DataFrame({"effect": [0.1, 0.9], "se": [0.2, 0.3]})
    assert (
        pool(table["effect"], table["se"]) == pool([0.1, 0.9], [0.2, 0.3]) == pool(["0,1", "0.9"], [0.2, 0.3])
    )


# --- rates ---

DRAWS = 1500  # the standard error of a rate of 95 per cent is then 0.6 of a percentage point


def test_hartung_knapp_keeps_its_rate_with_few_studies_and_the_normal_interval_does_not() -> None:
    """Five equal studies: the Hartung-Knapp interval is then exact. The average is truly 0."""
    random = np.random.default_rng(12)
    held = dict.fromkeys((NORMAL, PLAIN), 0)
    for _ in range(DRAWS):
        effects = random.normal(0, math.sqrt(0.2 + 0.04), 5)
        for interval in held:
            found = pool(effects.tolist(), [0.2] * 5, interval=interval)
            held[interval] += found.low <= 0 <= found.high
    assert held[PLAIN] / DRAWS == pytest.approx(0.95, abs=0.018)
    assert held[NORMAL] / DRAWS < 0.91


def test_the_prediction_interval_holds_a_new_place_about_as_often_as_it_says() -> None:
    random = np.random.default_rng(13)
    held = averages = 0
    for _ in range(DRAWS):
        errors = random.uniform(0.1, 0.4, 20)
        found = pool(random.normal(0, np.sqrt(0.1 + errors**2)).tolist(), errors.tolist())
        new = random.normal(0, math.sqrt(0.1))
        assert found.prediction_low is not None and found.prediction_high is not None
        held += found.prediction_low <= new <= found.prediction_high
        averages += found.low <= new <= found.high
    # tau2 is taken for known, so the rate is near 95 per cent and not exactly it (Partlett and Riley 2017).
    assert held / DRAWS == pytest.approx(0.94, abs=0.03)
    assert averages / DRAWS < 0.6  # what is wrong with reading the average's interval as the next place's
