"""The charts of lesson 07 show the data they say they show: read from the drawn figure."""

from __future__ import annotations

import pytest
from matplotlib.colors import to_hex
from statsmodels.stats.proportion import proportion_confint

from notthesame import charts, evidence
from notthesame.charts import samples
from notthesame.figures import BLUE
from notthesame.statistics import sampling
from tests.figures.drawn import bars, xs, ys

YES, ANSWERED = 156, 260


def test_each_survey_lies_as_far_from_the_count_as_its_fact_says() -> None:
    fig, data = charts.surveys_beside_count()
    [axes] = fig.axes
    big, small = evidence.fact("surveys-vaccine-errors"), evidence.fact("surveys-vaccine-axios")
    wanted = [big["facebook_error"].value, big["pulse_error"].value, small["error"].value]
    marks = [line for line in axes.lines if line.get_marker() == "o"]
    assert [xs(mark)[0] for mark in marks] == wanted == list(data["points too high"])
    assert [ys(mark)[0] for mark in marks] == [0, 1, 2] and axes.yaxis_inverted()
    assert axes.get_xlim()[0] < 0, "the count itself is on the axis"


def test_the_bars_of_the_picture_are_the_ranges_that_were_read() -> None:
    fig, data = charts.surveys_beside_count()
    big = evidence.fact("surveys-vaccine-errors")
    wide = [line for line in fig.axes[0].lines if line.get_linewidth() == 6]
    names = ("facebook", "pulse")
    wanted = [[big[f"{name}_error_low"].value, big[f"{name}_error_high"].value] for name in names]
    assert [xs(bar) for bar in wide] == wanted
    assert data["range from"].isna().tolist() == [False, False, True]


def test_the_map_has_four_errors_between_five_groups_of_falling_size() -> None:
    fig, data = charts.error_map()
    [axes] = fig.axes
    widths = [box.get_width() for box in bars(axes)]
    assert widths == sorted(widths, reverse=True) and len(widths) == len(samples.STEPS) == len(data) + 1
    words = {text.get_text() for text in axes.texts}
    assert {*data["error"], *data["from"], *data["how"]} <= words
    assert list(data["to"])[:-1] == list(data["from"])[1:]


def test_the_words_of_the_map_do_not_touch() -> None:
    fig, _ = charts.error_map()
    fig.canvas.draw()
    boxes = [text.get_window_extent() for text in fig.axes[0].texts if text.get_text()]
    assert not [1 for i, one in enumerate(boxes) for other in boxes[:i] if one.overlaps(other)]


@pytest.mark.parametrize("draw", [charts.margin_and_bounds, charts.if_answers_lean])
def test_interval_and_bounds_are_those_of_the_statistics(draw: object) -> None:
    fig, _ = draw()  # type: ignore[operator]
    wide = [line for line in fig.axes[0].lines if line.get_linewidth() == 6]
    chance = proportion_confint(YES, ANSWERED, method="wilson")
    bounds = sampling.opt_in_bounds(YES, ANSWERED, samples.WITHIN_REACH)
    for bar, (low, high) in zip(wide, (chance, bounds), strict=True):
        assert xs(bar) == pytest.approx([100 * low, 100 * high])
    assert to_hex(wide[0].get_color()).upper() == BLUE


def test_the_interval_drawn_is_the_one_that_the_ledger_prints() -> None:
    _, data = charts.margin_and_bounds()
    fact = evidence.fact("surveys-coyote2018-60-count")
    printed = [fact["wilson_low"].value, fact["wilson_high"].value]
    assert [round(100 * float(data[end].iloc[0]), 1) for end in ("from", "to")] == printed


def test_each_diamond_is_the_true_share_at_its_ratio() -> None:
    fig, data = charts.if_answers_lean()
    diamonds = [line for line in fig.axes[0].lines if line.get_marker() == "D"]
    wanted = [100 * sampling.selection_sensitivity(YES / ANSWERED, ratio) for ratio in samples.RATIOS]
    assert [xs(mark)[0] for mark in diamonds] == pytest.approx(wanted)
    assert list(100 * data["share"]) == pytest.approx(wanted)


def test_no_numbers_of_the_second_picture_touch() -> None:
    fig, _ = charts.if_answers_lean()
    fig.canvas.draw()
    boxes = [text.get_window_extent() for text in fig.axes[0].texts]
    assert not [1 for i, one in enumerate(boxes) for other in boxes[:i] if one.overlaps(other)]


def test_the_rubric_has_a_square_for_each_row_of_its_table_and_leaves_blanks_unseen() -> None:
    fig, data = charts.survey_rubric()
    rows = evidence.rows("rubric_survey_samples")
    words = [text.get_text() for text in fig.axes[0].texts]
    assert len(words) == len(rows) == len(data) == 30
    for word, row in zip(words, rows, strict=True):
        assert word.startswith(row["grade"] or "not seen")


def test_no_side_of_the_rubric_is_held_to_more_than_another() -> None:
    """Each survey has a blank, and none a zero: a zero would have to be found in the report."""
    grades: dict[str, list[str]] = {}
    for row in evidence.rows("rubric_survey_samples"):
        grades.setdefault(row["study"], []).append(row["grade"])
    assert all("" in given and "0" not in given for given in grades.values())
