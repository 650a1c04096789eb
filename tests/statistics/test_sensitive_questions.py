"""List experiments against published counts, the R package and scipy; the interval at its rate; how large."""

from __future__ import annotations

import math
import re
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import notthesame as nts
from notthesame.statistics import sensitive_questions as sensitive
from notthesame.statistics.sensitive_questions import draw_list, draw_surveys, list_experiment

# The 1991 National Race and Politics Survey, "a black family moving in next door", as Blair and Imai (2012,
# Political Analysis 20, Table 1) print it and as the data set race of the package list for R (9.2.6) has it.
CONTROL = {0: 8, 1: 132, 2: 222, 3: 227}
TREATMENT = {0: 19, 1: 123, 2: 229, 3: 219, 4: 34}


def people(counts: dict[int, int]) -> list[int]:
    return [answer for answer, number in counts.items() for _ in range(number)]


# --- published and known answers ----------------------------------------------------------------------------


def test_the_race_data_as_the_r_package_has_them() -> None:
    """tests/testthat/test-ictreg.R of the package: coefficient .068, standard error .05 (.050 in print)."""
    found = list_experiment(CONTROL, TREATMENT, 3)
    assert (sum(CONTROL.values()), sum(TREATMENT.values()), found.n) == (589, 624, 1213)
    assert (round(found.share, 3), round(found.se, 3)) == (0.068, 0.050)
    assert round(np.mean(people(CONTROL)), 3) == 2.134  # the intercept that the package prints


def test_it_is_welchs_interval_as_scipy_has_it() -> None:
    found = list_experiment(CONTROL, TREATMENT, 3, level=0.9)
    welch = stats.ttest_ind(people(TREATMENT), people(CONTROL), equal_var=False).confidence_interval(0.9)
    assert (found.low, found.high) == pytest.approx((welch.low, welch.high))


def test_types_of_respondents_add_up_and_the_negative_one_is_told() -> None:
    found = list_experiment(CONTROL, TREATMENT, 3)
    assert sum(kind.share for kind in found.types) == pytest.approx(1)
    assert sum(kind.share for kind in found.types if kind.sensitive) == pytest.approx(found.share)
    # By hand: 8/589 - 19/624, and the variances of the two shares.
    first = next(kind for kind in found.types if kind.sensitive)
    assert first.count == 0 and first.share == pytest.approx(8 / 589 - 19 / 624)
    variance = (8 / 589) * (581 / 589) / 589 + (19 / 624) * (605 / 624) / 624
    assert first.se == pytest.approx(math.sqrt(variance))
    negative = "0 harmless items and the sensitive one: -1.7 per cent of people (standard error 0.8)"
    assert found.impossible == (negative,)


def test_answers_above_the_number_of_items_are_told() -> None:
    found = list_experiment([1, 2, 4, 3], [1, 2, 5, 4], 3)
    assert found.impossible[:2] == (
        "1 of 4 control answers lie above 3, the number of items",
        "1 of 4 treatment answers lie above 4, the number of items",
    )


def test_the_share_is_not_clipped() -> None:
    found = list_experiment([2, 3, 3, 2], [1, 0, 1, 0], 3)
    assert found.share == -2 and found.low < -2 < found.high


@pytest.mark.parametrize("form", [np.array, pd.Series, tuple, lambda a: [float(x) for x in a]])
def test_answers_come_in_any_usual_form(form: Any) -> None:
    found = list_experiment(form(people(CONTROL)), form(people(TREATMENT)), 3)
    assert found == list_experiment(CONTROL, TREATMENT, 3)


# --- synthetic lists, whose truth is known ------------------------------------------------------------------


@pytest.mark.parametrize(("n", "share", "items"), [(60, 0.2, 3), (651, 0.78, 3), (300, 0.05, 5)])
def test_the_interval_keeps_its_rate_and_the_mean_is_the_truth(n: int, share: float, items: int) -> None:
    draws = 1000
    found = [list_experiment(*draw_list(n, share, items, seed), items) for seed in range(draws)]
    rate = sum(each.low <= share <= each.high for each in found) / draws
    assert abs(rate - 0.95) < 3 * math.sqrt(0.95 * 0.05 / draws)  # three Monte Carlo errors: 2.1 points
    shares = [each.share for each in found]
    assert abs(np.mean(shares) - share) < 3 * np.std(shares) / math.sqrt(draws)
    assert np.mean([each.se for each in found]) == pytest.approx(np.std(shares), rel=0.08)


def test_an_interval_with_too_small_a_variance_would_be_found_out() -> None:
    """The check above can fail: treating the list as if it were a direct question misses the rate."""
    draws, n, share = 1000, 651, 0.2
    _, by_list = draw_surveys(n, share, 0.5, surveys=draws)
    reach = 1.96 * np.sqrt(by_list.clip(0, 1) * (1 - by_list.clip(0, 1)) / n)
    assert np.mean(np.abs(by_list - share) <= reach) < 0.5


def test_sums_are_drawn_as_single_people_are() -> None:
    """What ``draw_surveys`` takes a short cut to: mean and spread of lists drawn person by person."""
    n, share, draws = 201, 0.3, 1500
    each = [draw_list(n, share, 3, seed) for seed in range(draws)]
    slow = np.array([treatment.mean() - control.mean() for control, treatment in each])
    direct, fast = draw_surveys(n, share, 0.5, surveys=20_000)
    assert abs(slow.mean() - fast.mean()) < 3 * slow.std() / math.sqrt(draws)
    assert slow.std() == pytest.approx(fast.std(), rel=3 / math.sqrt(2 * draws))
    assert fast.std() == pytest.approx(math.sqrt(sensitive.list_variance(share) / n), rel=0.02)
    assert abs(direct.mean() - 0.15) < 3 * direct.std() / math.sqrt(20_000)


def test_one_list_of_three_items_and_651_people_has_about_fourteen_points() -> None:
    found = [list_experiment(*draw_list(651, 0.78, 3, seed), 3) for seed in range(100)]
    assert np.mean([(each.high - each.low) / 2 for each in found]) == pytest.approx(0.14, abs=0.002)


# --- how large ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("n", "power", "items"), [(651, 0.8, 3), (1280, 0.9, 3), (400, 0.5, 4)])
def test_the_least_share_is_found_as_often_as_the_power_says(n: int, power: float, items: int) -> None:
    share, draws = sensitive.minimum_detectable_share(n, power, items), 20_000
    _, by_list = draw_surveys(n, share, 0, items, draws)
    # The test is the two-sided one, at the standard error that a list of this share has.
    found = np.mean(np.abs(by_list) > 1.959964 * math.sqrt(sensitive.list_variance(share, items) / n))
    # In points: three Monte Carlo errors, and half a point as answers move in steps of a person.
    assert abs(found - power) < 3 * math.sqrt(power * (1 - power) / draws) + 0.005
    less = draw_surveys(n, share / 2, 0, items, draws)[1]
    assert (
        np.mean(np.abs(less) > 1.96 * math.sqrt(sensitive.list_variance(share / 2, items) / n)) < power - 0.1
    )


@pytest.mark.parametrize(("hides", "about"), [(0.5, 320), (0.25, 1280)])
def test_where_a_list_begins_to_beat_asking_by_formula_and_by_simulation(hides: float, about: int) -> None:
    found = sensitive.break_even_n(0.2, hides)
    assert found == pytest.approx(about, rel=0.02)

    def square_errors(n: int) -> tuple[float, float]:
        direct, by_list = draw_surveys(n, 0.2, hides, surveys=200_000, seed=3)
        return float(np.mean((direct - 0.2) ** 2)), float(np.mean((by_list - 0.2) ** 2))

    # A mean of 200,000 squares has an error of about 0.3 per cent: 10 per cent off the point is far enough.
    direct, by_list = square_errors(int(found * 0.9))
    assert by_list > direct * 1.02
    direct, by_list = square_errors(int(found * 1.1))
    assert by_list < direct * 0.98
    direct, by_list = square_errors(int(found))
    assert by_list == pytest.approx(direct, rel=0.02)


def test_asking_wins_for_ever_where_nobody_hides() -> None:
    assert sensitive.break_even_n(0.2, 0) == sensitive.break_even_n(0, 0.5) == math.inf


def test_more_items_take_more_people() -> None:
    needed = [sensitive.break_even_n(0.2, 0.5, items) for items in (2, 3, 4)]
    assert needed == sorted(needed) and needed[0] < 324 < needed[2]


# --- the base rate ------------------------------------------------------------------------------------------


def test_a_third_of_the_alarms_are_true_at_five_per_cent() -> None:
    assert round(100 * nts.sensitive_questions.true_alarms(0.05, 0.9, 0.9)) == 32
    # Counted: of 1,000 people 50 have it and 45 set off the alarm; of 950 others 95 do.
    assert sensitive.true_alarms(0.05, 0.9, 0.9) == pytest.approx(45 / (45 + 95))
    assert sensitive.true_alarms(0.05, 0.9, 1) == 1 and sensitive.true_alarms(0, 0.9, 0.9) == 0


# --- refusals -----------------------------------------------------------------------------------------------


LEVEL_95 = partial(list_experiment, level=95)
REFUSED: list[tuple[Any, tuple[Any, ...], str]] = [
    (list_experiment, ([1], [1, 2], 3), "control holds 1 answers; allowed are two or more"),
    (list_experiment, ([], [1, 2], 3), "control holds 0 answers"),
    (list_experiment, ([1, 2], [1, -2], 3), "treatment holds -2.0; allowed are whole numbers from 0"),
    (list_experiment, ([1, 2.5], [1, 2], 3), "control holds 2.5"),
    (list_experiment, ([1, math.nan], [1, 2], 3), "control holds nan"),
    (list_experiment, ({1: 2, 2: -1}, [1, 2], 3), "control holds -1.0"),
    (list_experiment, ("12", [1, 2], 3), "control holds '12'"),
    (list_experiment, (["a"], [1, 2], 3), "control is ['a']"),
    (list_experiment, (5, [1, 2], 3), "control holds 5"),
    (list_experiment, ([[1, 2]], [1, 2], 3), "control holds [[1, 2]]"),
    (list_experiment, ([1, 1], [2, 2], 3), "all answers are the same"),
    (list_experiment, ([1, 2], [1, 2], 0), "items is 0; allowed are 1 to 20"),
    (list_experiment, ([1, 2], [1, 2], 2.5), "items is 2.5; a whole number is wanted"),
    (LEVEL_95, ([1, 2], [1, 2], 3), "level is 95; allowed are 0.5 to 0.999"),
    (sensitive.minimum_detectable_share, (5,), "n is 5; allowed are 10 to 10,000,000"),
    (sensitive.minimum_detectable_share, (600, 80), "power is 80; allowed are 0.1 to 0.999"),
    (sensitive.break_even_n, (20, 0.5), "share is 20; allowed are 0 to 1"),
    (sensitive.break_even_n, (0.2, "half"), "hides is 'half'; a number is wanted"),
    (sensitive.true_alarms, (5, 0.9, 0.9), "base_rate is 5; allowed are 0 to 1"),
    (sensitive.true_alarms, (0, 0.9, 1), "there is no alarm at all"),
    (draw_list, (600, 1.2), "share is 1.2; allowed are 0 to 1"),
    (draw_surveys, (600, 0.2, 0.5, 3, 0), "surveys is 0; allowed are 1 to 1,000,000"),
]


@pytest.mark.parametrize(("function", "given", "words"), REFUSED)
def test_bad_input_is_refused_in_one_line(function: Any, given: tuple[Any, ...], words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)) as refused:
        function(*given)
    [line] = vars(refused.value)["_render_traceback_"]()
    assert line == str(refused.value) and "\n" not in line
