"""The pictures of a class report show the rows they are given: read from the drawn figure."""

from __future__ import annotations

import io

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from notthesame import figures
from notthesame.charts.class_report import (
    FEW,
    Dot,
    Point,
    before_and_after,
    cloud,
    completion,
    confidence,
    outcome_dots,
)
from notthesame.figures import BLUE, ORANGE
from tests.figures.drawn import bars, xs, ys

LONG = "02-1 separate act, means and purpose in a described case, with many more words than a row can hold"
DOTS = [Dot(LONG, 40, 30, 52), Dot("02-2 few learners", 70)]
POINTS = [Point(f"q-{n}", 10.0 * n, 0.09 - 0.05 * n) for n in range(9)] + [Point("good", 50, 0.6)]
FIGURES = {
    "outcomes": lambda: outcome_dots(DOTS * 20, [LONG]),
    "cloud": lambda: cloud(POINTS),
    "confidence": lambda: confidence(DOTS, [55, 90], [12, 30]),
    "pairs": lambda: before_and_after([("four groups", (40, 40), (60, 72))] * 15),
    "completion": lambda: completion([("02 What the law calls trafficking", 28, 12)] * 14, 30),
}


def test_outcomes_have_a_dot_and_an_interval_and_those_to_revisit_another_form() -> None:
    axes = outcome_dots(DOTS, [LONG]).axes[0]
    interval, first, second = axes.lines
    assert xs(interval) == [30, 52] and ys(interval) == [0, 0]
    assert (xs(first), first.get_marker(), to_hex(first.get_color())) == ([40], "D", ORANGE.lower())
    assert (xs(second), second.get_marker(), to_hex(second.get_color())) == ([70], "o", BLUE.lower())
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names[0].endswith(" …") and names[1] == "02-2 few learners"
    assert axes.get_ylim()[0] > axes.get_ylim()[1]  # the first on top


def test_the_cloud_numbers_the_lowest_below_a_tenth() -> None:
    axes = cloud(POINTS).axes[0]
    _, every, *odd = axes.lines
    assert len(xs(every)) == len(POINTS)
    assert [text.get_text() for text in axes.texts] == [str(n) for n in range(1, FEW + 1)]
    assert [ys(line)[0] for line in odd] == sorted(point.telling for point in POINTS)[:FEW]
    assert axes.get_ylim()[0] < min(point.telling for point in POINTS)


def test_confidence_stands_beside_how_often_right_with_its_answers() -> None:
    axes = confidence(DOTS, [55, 90], [12, 30]).axes[0]
    dashed, interval, first, second = axes.lines
    assert xs(dashed) == ys(dashed) == [0, 100]
    assert ys(interval) == [30, 52]
    assert [(xs(line)[0], ys(line)[0]) for line in (first, second)] == [(55, 40), (90, 70)]
    assert [text.get_text() for text in axes.texts] == ["12", "30"]


def test_a_pair_shows_a_dot_or_the_range_that_is_told() -> None:
    before, after = before_and_after([("four groups", (40, 40), (60, 72))]).axes[0].lines
    assert xs(before) == [40, 40] and before.get_marker() == "o"
    assert xs(after) == [60, 72] and after.get_marker() == "|"
    assert ys(before)[0] < ys(after)[0]


def test_completion_shows_who_began_and_who_answered_all() -> None:
    axes = completion([("02", 20, 12), ("03", 18, 9)], 30).axes[0]
    assert [bar.get_width() for bar in bars(axes)] == [20, 12, 18, 9]
    assert axes.get_xlim() == (0, 30)


@pytest.mark.parametrize("name", FIGURES)
def test_type_is_never_shown_below_11_px(name: str) -> None:
    fig: Figure = FIGURES[name]()
    png = io.BytesIO()
    fig.savefig(png, format="png", bbox_inches="tight", dpi=figures.SHARPER * figures.PX_PER_INCH)
    least, natural = figures.shown_widths(fig, png.getvalue())
    assert least <= natural
    assert figures.smallest_type(fig) * least / natural >= 11


def test_a_figure_may_have_an_origin_in_place_of_a_source_and_not_beside_it() -> None:
    alt = "One row with a dot and an interval: forty per cent of first answers were right."
    shown = figures.figure(outcome_dots(DOTS), alt=alt, caption="Outcomes.", origin="<b>30</b> hand-ins")
    assert "Source: &lt;b&gt;30&lt;/b&gt; hand-ins." in shown.__html__()
    with pytest.raises(ValueError, match="or else its origin"):
        figures.figure(outcome_dots(DOTS), alt=alt, caption="Outcomes.", source="us_penalties", origin="x")
