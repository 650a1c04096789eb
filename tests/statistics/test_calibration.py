"""Coverage, chances and shares by confidence: against known truth, and other ways to the same number."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from scipy import stats

from notthesame.statistics import calibration
from notthesame.statistics.calibration import ENOUGH, by_confidence

GAMES = 4000  # then the standard error of a rate of 90 per cent is 0.5 of a percentage point


def exactly(hits: int, n: int, rate: Fraction) -> Fraction:
    """The binomial chance, by hand."""
    return math.comb(n, hits) * rate**hits * (1 - rate) ** (n - hits)


# --- intervals ----------------------------------------------------------------------------------------------


def test_an_end_belongs_to_its_interval() -> None:
    intervals = [(1, 2), (1, 2), (1, 2), (1, 2), (3, 3)]
    assert calibration.held(intervals, [1, 2, 0.999, 2.001, 3]) == (True, True, False, False, True)
    assert calibration.coverage(intervals, [1, 2, 0.999, 2.001, 3]) == 0.6


@pytest.mark.parametrize("rate", [0.5, 0.9])
def test_intervals_made_at_a_rate_hold_at_that_rate(rate: float) -> None:
    """Central intervals of a known normal distribution, and new draws from it."""
    half = stats.norm.ppf(0.5 + rate / 2)
    figures = np.random.default_rng(7).normal(size=GAMES)
    error = math.sqrt(rate * (1 - rate) / GAMES)
    assert calibration.coverage([(-half, half)] * GAMES, figures.tolist()) == pytest.approx(
        rate, abs=3 * error
    )


@pytest.mark.parametrize(
    ("intervals", "figures", "words"),
    [
        ([(1, 2)], [], "1 intervals and 0 figures"),
        ([(2, 1)], [1], "the lower end first"),
        ([(math.nan, 1)], [1], "two numbers are wanted"),
    ],
)
def test_what_is_no_interval_is_refused(intervals: Any, figures: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        calibration.held(intervals, figures)


def test_no_interval_has_no_coverage() -> None:
    with pytest.raises(ValueError, match="at least one"):
        calibration.coverage([], [])


# --- chances ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 2, 5, 9])
@pytest.mark.parametrize("rate", [Fraction(9, 10), Fraction(1, 2)])
def test_chances_are_those_counted_by_hand(n: int, rate: Fraction) -> None:
    for hits in range(n + 1):
        assert calibration.chance_exactly(hits, n, float(rate)) == pytest.approx(
            float(exactly(hits, n, rate))
        )
        fewer = sum(exactly(k, n, rate) for k in range(hits + 1))
        assert calibration.chance_at_most(hits, n, float(rate)) == pytest.approx(float(fewer))


def test_with_five_at_ninety_per_cent_three_to_five_is_usual() -> None:
    assert calibration.usual(5, 0.9) == 3
    assert 1 - calibration.chance_at_most(2, 5, 0.9) == pytest.approx(0.99144)
    assert 1 - calibration.chance_at_most(3, 5, 0.9) < 0.95, "four would not be reached often enough"
    assert [calibration.usual(n, 0.9) for n in (1, 2, 3, 4)] == [0, 1, 2, 2]
    assert calibration.usual(5, 1) == 5 and calibration.usual(5, 0) == 0


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ((6, 5, 0.9), "0 to 5"),
        ((-1, 5, 0.9), "0 to 5"),
        ((True, 5, 0.9), "0 to 5"),
        ((0, 0, 0.9), "from 1"),
        ((0, 2.5, 0.9), "from 1"),
        ((0, 5, 90), "0 to 1"),
        ((0, 5, math.nan), "0 to 1"),
    ],
)
def test_what_gives_no_chance_is_refused(given: Any, words: str) -> None:
    for chance in (calibration.chance_exactly, calibration.chance_at_most):
        with pytest.raises(ValueError, match=words):
            chance(*given)


# --- by confidence ------------------------------------------------------------------------------------------


def test_answers_count_at_the_nearest_ten_and_a_five_goes_up() -> None:
    given = [(54.9, True), (55, False), (64.99, True), (65, True), (0, False), (100, True), (4.9, True)]
    found = {level.confidence: (level.right, level.answered) for level in by_confidence(given)}
    assert found == {0: (1, 2), 50: (1, 1), 60: (1, 2), 70: (1, 1), 100: (1, 1)}
    assert [level.confidence for level in by_confidence(given)] == sorted(found)


@pytest.mark.parametrize(("right", "answered"), [(0, 5), (5, 5), (4, 6), (9, 11), (156, 260)])
def test_the_interval_is_wilsons(right: int, answered: int) -> None:
    """By scipy, another library than the one in use; 156 of 260 is as lesson 07 prints it."""
    [found] = by_confidence([(80, place < right) for place in range(answered)])
    wilson = stats.binomtest(right, answered).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((wilson.low, wilson.high))
    if answered == 260:
        assert found.low == pytest.approx(0.539, abs=5e-4) and found.high == pytest.approx(0.658, abs=5e-4)


def test_too_few_answers_have_no_interval() -> None:
    few, plenty = (by_confidence([(70, True)] * n)[0] for n in (ENOUGH - 1, ENOUGH))
    assert (few.low, few.high, few.enough) == (None, None, False)
    assert plenty.enough and plenty.low is not None and plenty.high == pytest.approx(1)


def test_the_interval_holds_a_true_share_about_as_often_as_it_says() -> None:
    """Wilson's rate is exact for no n and share: at 20 answers and 0.8 the binomial gives 0.9567."""
    true, n = 0.8, 20
    inside = []
    for right in range(n + 1):
        [found] = by_confidence([(80, place < right) for place in range(n)])
        assert found.low is not None and found.high is not None
        inside.append(found.low <= true <= found.high)
    rate = sum(stats.binom.pmf(right, n, true) for right in range(n + 1) if inside[right])
    assert rate == pytest.approx(0.9567, abs=5e-4)


@pytest.mark.parametrize("confidence", [-1, 101, math.nan, math.inf])
def test_a_confidence_outside_0_to_100_is_refused(confidence: float) -> None:
    with pytest.raises(ValueError, match="0 to 100 per cent"):
        by_confidence([(confidence, True)])


def test_a_level_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="level is 95"):
        by_confidence([(70, True)], level=95)


def test_no_answer_has_no_level() -> None:
    assert by_confidence([]) == ()
