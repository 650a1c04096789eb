"""Statistics of items beside independent implementations, reckoned from who was right in what, to 1e-9."""

from __future__ import annotations

import json
import math
from dataclasses import fields
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats
from statsmodels.stats.proportion import proportion_confint

from notthesame.statistics import items
from notthesame.statistics.items import Estimate, Scale, Shares, Two
from tests.statistics.item_figures import FIXTURE, answers

FIGURES: list[dict[str, Any]] = json.loads(FIXTURE.read_text("utf-8"))["figures"]
TIGHT: Any = {"rel": 1e-9, "abs": 1e-9}
RATES = (0.95, 0.8)


def scale_of(rows: Any) -> Scale:
    found = np.array(rows, dtype=int)
    both = (found.T @ found).tolist()
    return Scale(tuple(f"02-{at}" for at in range(found.shape[1])), len(found), tuple(map(tuple, both)))


def shares_of(answered: Any, right: Any) -> Shares:
    m, r = np.array(answered), np.array(right)
    return Shares(len(m), *map(int, (m.sum(), r.sum(), m @ m, r @ r, m @ r)))


def two_of(of: int, before: Any, after: Any) -> Two:
    x, y = np.array(before), np.array(after)
    return Two(of, len(x), *map(int, (x.sum(), y.sum(), x @ x, y @ y, x @ y)))


def ends(found: Estimate | None) -> tuple[float, float]:
    assert found and found.low is not None and found.high is not None
    return found.low, found.high


def value(found: Estimate | None) -> float:
    assert found
    return found.value


# --- beside others


@pytest.mark.parametrize("level", RATES)
@pytest.mark.parametrize(("right", "answered"), [(0, 7), (3, 12), (12, 12), (250, 301), (1, 1)])
def test_difficulty_is_a_share_with_wilsons_interval(right: int, answered: int, level: float) -> None:
    found = items.share(right, answered, level)
    assert found.value == right / answered and found.n == answered
    wilson = stats.binomtest(right, answered).proportion_ci(level, "wilson")
    assert ends(found) == pytest.approx((wilson.low, wilson.high), **TIGHT)
    assert ends(found) == pytest.approx(proportion_confint(right, answered, 1 - level, "wilson"), **TIGHT)


@pytest.mark.parametrize("level", RATES)
@pytest.mark.parametrize("size", [(12, 5), (30, 10), (300, 12)])
def test_discrimination_is_the_correlation_with_the_rest(size: tuple[int, int], level: float) -> None:
    rows = np.array(answers(*size, seed=sum(size)))
    scale = scale_of(rows)
    for at, item in enumerate(scale.items):
        told = stats.pearsonr(rows[:, at], rows.sum(axis=1) - rows[:, at])
        found = items.discrimination(scale, item, level)
        assert value(found) == pytest.approx(told.statistic, **TIGHT)
        assert ends(found) == pytest.approx(tuple(told.confidence_interval(level)), **TIGHT)


@pytest.mark.parametrize("place", range(len(FIGURES)))
def test_reliability_is_that_of_pingouin(place: int) -> None:
    told = FIGURES[place]
    found = items.alpha(scale_of([[*map(int, row)] for row in told["rows"]]), told["level"])
    assert value(found) == pytest.approx(told["alpha"], **TIGHT)
    assert ends(found) == pytest.approx(told["ends"], **TIGHT)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("level", RATES)
def test_a_share_of_many_answers_is_that_of_a_regression_with_clusters(seed: int, level: float) -> None:
    """A regression of right or wrong on a constant; its correction for few clusters is N/(N - 1) too."""
    drawn = np.random.default_rng(seed)
    m = drawn.integers(1, 6, size=25)
    r = drawn.binomial(m, drawn.uniform(0.3, 0.8, size=25))
    right = np.concatenate([np.repeat([1.0, 0.0], [hits, of - hits]) for hits, of in zip(r, m, strict=True)])
    fit = sm.OLS(right, np.ones_like(right)).fit(
        cov_type="cluster", cov_kwds={"groups": np.repeat(np.arange(25), m)}, use_t=True
    )
    found = items.clustered(shares_of(m, r), level)
    assert found.value == pytest.approx(fit.params[0], **TIGHT) and found.n == 25
    assert ends(found) == pytest.approx(tuple(fit.conf_int(1 - level)[0]), **TIGHT)


def before_and_after(n: int, of: int, seed: int) -> tuple[Any, Any]:
    drawn = np.random.default_rng(seed)
    ability = drawn.normal(0, 1, n)
    return tuple(drawn.binomial(of, 1 / (1 + np.exp(-ability - more))) for more in (-0.5, 0.5))  # type: ignore[return-value]


@pytest.mark.parametrize("level", RATES)
@pytest.mark.parametrize("n", [4, 25, 300])
def test_the_mean_difference_is_the_paired_t_interval(n: int, level: float) -> None:
    x, y = before_and_after(n, 15, seed=n)
    found, told = items.mean_difference(two_of(15, x, y), level), stats.ttest_rel(y, x)
    assert found.value == pytest.approx((y - x).mean(), **TIGHT) and found.n == n
    assert ends(found) == pytest.approx(tuple(told.confidence_interval(level)), **TIGHT)


@pytest.mark.parametrize("level", RATES)
@pytest.mark.parametrize("n", [6, 25, 300])
def test_the_gain_holds_what_a_paired_t_test_does_not_refuse(n: int, level: float) -> None:
    """Fieller's interval by its definition: each end is where the test of after = end x before turns."""
    x, y = before_and_after(n, 15, seed=n)
    found = items.normalised_gain(two_of(15, x, y), level)
    assert value(found) == pytest.approx((y.mean() - x.mean()) / (15 - x.mean()), **TIGHT)

    def excess(gain: float) -> float:
        return float(stats.ttest_1samp((15 - y) - (1 - gain) * (15 - x), 0).pvalue) - (1 - level)

    low, high = ends(found)
    middle = value(found)
    turns = [optimize.brentq(excess, *pair, xtol=1e-13) for pair in ((low - 1, middle), (middle, high + 0.5))]
    assert (low, high) == pytest.approx(turns, **TIGHT)


@pytest.mark.slow
def test_intervals_hold_their_figure_as_often_as_they_say() -> None:
    """By own draws, as a sanity check: 95 per cent, give or take three standard errors of 400 classes."""
    drawn, held = np.random.default_rng(15), {"gain": 0, "share": 0}
    for _ in range(400):
        ability = drawn.normal(0, 1, 60)
        x, y = (drawn.binomial(15, 1 / (1 + np.exp(-ability - more))) for more in (-0.5, 0.5))
        low, high = ends(items.normalised_gain(two_of(15, x, y)))
        held["gain"] += low <= GAIN <= high
        low, high = ends(items.clustered(shares_of(np.full(60, 15), x)))
        held["share"] += low <= 1 - WRONG_BEFORE <= high
    assert all(hits / 400 >= 0.917 for hits in held.values()), held


def _wrong(more: float) -> float:
    """The share wrong where abilities are standard normal, by quadrature."""
    points, weights = np.polynomial.hermite_e.hermegauss(60)
    return float(weights @ (1 / (1 + np.exp(points + more))) / weights.sum())


WRONG_BEFORE = _wrong(-0.5)
GAIN = 1 - _wrong(0.5) / WRONG_BEFORE


# --- parts add up, whatever they are


def added(kind: Any, parts: list[Any]) -> Any:
    """Field by field; what names or counts the items is that of each."""
    names = [part.name for part in fields(kind)]
    return kind(
        *(
            getattr(parts[0], name) if name == "items" else _sum([getattr(part, name) for part in parts])
            for name in names
        )
    )


def _sum(values: list[Any]) -> Any:
    if isinstance(values[0], tuple):
        return tuple(_sum([value[at] for value in values]) for at in range(len(values[0])))
    return sum(values)


BITS = st.lists(st.lists(st.integers(0, 1), min_size=4, max_size=4), min_size=10, max_size=60)


@settings(max_examples=60, deadline=None)
@given(rows=BITS, cuts=st.lists(st.integers(0, 60), min_size=9, max_size=9))
def test_ten_parts_give_the_very_figures_of_the_whole(rows: list[list[int]], cuts: list[int]) -> None:
    ends_of = [0, *sorted(min(cut, len(rows)) for cut in cuts), len(rows)]
    parts = [np.array(rows[a:b]).reshape(-1, 4) for a, b in pairwise(ends_of)]
    whole = np.array(rows)
    scale, together = scale_of(whole), added(Scale, [scale_of(part) for part in parts])
    assert together == scale and items.alpha(together) == items.alpha(scale)
    assert items.discrimination(together, "02-1") == items.discrimination(scale, "02-1")
    x, y = whole[:, :2].sum(axis=1), whole[:, 2:].sum(axis=1)
    two = added(Two, [two_of(2, part[:, :2].sum(axis=1), part[:, 2:].sum(axis=1)) for part in parts])
    assert two == two_of(2, x, y) and items.normalised_gain(two) == items.normalised_gain(two_of(2, x, y))


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.lists(st.integers(0, 1), min_size=4, max_size=4), min_size=1, max_size=12))
def test_every_figure_is_finite_or_none_and_lies_within_its_interval(rows: list[list[int]]) -> None:
    """Classes of any size and any answers, also of one and of all alike."""
    whole = np.array(rows)
    scale, x, y = scale_of(whole), whole[:, :2].sum(axis=1), whole[:, 2:].sum(axis=1)
    found = [
        items.alpha(scale),
        *(items.discrimination(scale, item) for item in scale.items),
        items.clustered(shares_of(np.full(len(x), 2), x)),
        items.mean_difference(two_of(2, x, y)),
        items.normalised_gain(two_of(2, x, y)),
        items.share(int(x.sum()), 2 * len(x)),
    ]
    for estimate in filter(None, found):
        assert math.isfinite(estimate.value)
        assert (estimate.low is None) == (estimate.high is None)
        if estimate.low is not None and estimate.high is not None:
            assert estimate.low - 1e-12 <= estimate.value <= estimate.high + 1e-12


# --- too few, and what cannot be


NOBODY = Scale(("02-a", "02-b"), 0, ((0, 0), (0, 0)))
ALL_RIGHT = Scale(("02-a", "02-b"), 5, ((5, 5), (5, 5)))
ALIKE = Scale(("02-a", "02-b"), 6, ((3, 3), (3, 3)))


def test_without_spread_there_is_no_figure() -> None:
    for scale in (NOBODY, ALL_RIGHT, Scale(("02-a",), 4, ((2,),))):
        assert items.alpha(scale) is None and items.discrimination(scale, "02-a") is None
    assert items.normalised_gain(Two(15)) is None
    assert items.normalised_gain(Two(2, learners=3, x=6, y=6, xx=12, yy=12, xy=12)) is None


def test_a_figure_has_no_interval_where_nothing_tells_its_width() -> None:
    assert items.discrimination(ALIKE, "02-a") == Estimate(1.0, None, None, 6)
    assert items.clustered(shares_of([2, 2, 2], [1, 1, 1])) == Estimate(0.5, None, None, 3)
    assert items.clustered(shares_of([2], [1])) == Estimate(0.5, None, None, 1)
    assert items.mean_difference(two_of(5, [1, 2], [2, 3])) == Estimate(1.0, None, None, 2)
    assert items.normalised_gain(two_of(4, [2], [3])) == Estimate(0.5, None, None, 1)
    assert items.normalised_gain(two_of(4, [2, 0], [3, 2])) == Estimate(0.5, None, None, 2)
    near = items.normalised_gain(two_of(4, [4, 4, 4, 3], [4, 3, 4, 4]))
    assert near == Estimate(0.0, None, None, 4)  # next to nothing was wrong: the ratio has no bounds


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: items.share(0, 0), "answered is 0; allowed are 1 and more"),
        (lambda: items.share(5, 4), "right is 5; allowed are 0 to 4"),
        (lambda: items.share(1, 4, 95), "level is 95; a share between 0 and 1 is wanted"),
        (lambda: items.discrimination(ALIKE, "02-c"), "item is '02-c'; allowed: 02-a, 02-b"),
        (lambda: items.clustered(Shares()), "learners is 0; allowed are 1 and more"),
        (lambda: items.clustered(Shares(learners=1)), "m is 0; one answer or more is wanted"),
        (lambda: items.mean_difference(Two(15)), "learners is 0; allowed are 1 and more"),
        (lambda: items.alpha(ALIKE, 0), "level is 0; a share between 0 and 1 is wanted"),
    ],
)
def test_what_cannot_be_is_named(call: Any, words: str) -> None:
    with pytest.raises(ValueError, match="^" + words):
        call()
