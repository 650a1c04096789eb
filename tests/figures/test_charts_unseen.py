"""The charts of lesson 09 show the data they say they show: read from the drawn figure."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import FillBetweenPolyCollection
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from notthesame import charts, evidence
from notthesame.figures import GREY, ORANGE
from notthesame.statistics import multiple_systems
from tests.figures.drawn import bars, xs, ys

UK = evidence.fact("prevalence-mse-uk-2013")


def test_there_is_a_dot_for_each_model_where_the_engine_has_it() -> None:
    fig, _ = charts.thousand_models()
    [cloud] = [line for line in fig.axes[0].lines if len(xs(line)) > 100]
    models = multiple_systems.model_space(evidence.table("mse_uk_five_lists"))
    assert len(models) == evidence.fact("prevalence-mse-uk-conventions")["models"].value
    assert xs(cloud) == pytest.approx(models["estimate"].tolist())
    assert ys(cloud) == pytest.approx(models["distance"].tolist())


def test_the_marked_dots_are_the_near_tie_and_the_best_lies_on_top() -> None:
    fig, data = charts.thousand_models()
    [axes] = fig.axes
    [marked] = [line for line in axes.lines if to_hex(line.get_color()).upper() == ORANGE]
    fact = evidence.fact("prevalence-mse-uk-conventions")
    near = [fact["people_first"].value, fact["people_second"].value]
    assert xs(marked) == near == data["estimate"].head(2).tolist()
    assert data["points behind"][1] == fact["behind"].value
    assert axes.yaxis_inverted() and {f"{n:,}" for n in near} <= {text.get_text() for text in axes.texts}


def test_no_dot_lies_outside_the_picture() -> None:
    fig, _ = charts.thousand_models()
    [axes] = fig.axes
    low, high = axes.get_xlim()
    bottom, top = axes.get_ylim()
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    assert all(low < x < high for line in dots for x in xs(line))
    assert all(top < y < bottom for line in dots for y in ys(line))


@pytest.mark.parametrize("chart", ["thousand_models", "pairs_of_lists", "two_humps"])
def test_the_people_seen_and_the_published_range_are_drawn_as_published(chart: str) -> None:
    axes = getattr(charts, chart)()[0].axes[0]
    [seen] = [line for line in axes.lines if to_hex(line.get_color()).upper() == GREY and len(xs(line)) == 2
              and xs(line)[0] == xs(line)[1]]  # fmt: skip
    assert xs(seen)[0] == UK["recorded"].value
    bands = [patch for patch in axes.patches if to_hex(patch.get_facecolor()) == "#ffe3c2"]
    [band] = [patch for patch in bands if isinstance(patch, Rectangle)]
    assert not [c for c in axes.collections if isinstance(c, FillBetweenPolyCollection)]
    assert (band.get_x(), band.get_x() + band.get_width()) == (UK["low"].value, UK["high"].value)


def test_each_pair_is_chapman_with_an_interval_above_those_seen() -> None:
    fig, data = charts.pairs_of_lists()
    rows = {round(float(row["chapman"])): row for row in evidence.rows("mse_uk_two_list_pairs")}
    assert data["estimate"].tolist() == sorted(rows)
    for _, shown in data.iterrows():
        row = rows[shown["estimate"]]
        seen = int(row["n1"]) + int(row["n2"]) - int(row["overlap"])
        assert shown["on both"] == int(row["overlap"]) and shown["from"] > seen
    reaches = [line for line in fig.axes[0].lines if line.get_linewidth() == 2]
    assert [xs(line) for line in reaches] == data[["from", "to"]].to_numpy().tolist()
    grey = [to_hex(line.get_color()).upper() == GREY for line in reaches]
    assert grey == (data["on both"] == 0).tolist()


def test_the_humps_hold_every_resample_and_the_intervals_are_the_ledger_s() -> None:
    fig, data = charts.two_humps()
    above, below = fig.axes
    heights = [bar.get_height() for bar in bars(above) if to_hex(bar.get_facecolor()) != "#ffe3c2"]
    estimates = evidence.table("mse_uk_resamples")["estimate"]
    assert sum(heights) == len(estimates) == evidence.fact("prevalence-mse-uk-resamples")["resamples"].value
    between = np.asarray(heights)[17:20].max()
    assert between < min(max(heights[:17]), max(heights[20:])) / 3, "a pair of humps with a gap"
    wide = [xs(line) for line in below.lines if line.get_linewidth() == 6]
    assert wide == data[["from", "to"]].to_numpy().tolist()
    published = evidence.fact("prevalence-mse-uk-bootstrap")
    assert wide[0] == [published["low"].value, published["high"].value]


@pytest.mark.parametrize("chart", ["thousand_models", "two_humps"])
def test_no_words_of_a_picture_touch(chart: str) -> None:
    fig, _ = getattr(charts, chart)()
    fig.canvas.draw()
    for axes in fig.axes:
        boxes = [text.get_window_extent() for text in axes.texts if text.get_text()]
        assert not [1 for i, one in enumerate(boxes) for other in boxes[:i] if one.overlaps(other)]
