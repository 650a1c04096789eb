"""The rows of single studies, the three intervals and the two curves show what data/ holds."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from notthesame import charts, evidence
from notthesame.figures import BLUE, ORANGE
from tests.figures.drawn import xs, ys

OUTCOMES = {"violence": ("violence_four", 4), "hiv_sti": ("infection_three", 3)}
each_outcome = pytest.mark.parametrize("outcome", OUTCOMES)


def forest(outcome: str) -> list[dict[str, str]]:
    table = evidence.rows("platt_forest")
    return [dict(r) for r in table if r["outcome_group"] == outcome and r["use_in_pool"] == "true"]


def bars_and_marks(fig: Figure) -> tuple[list[tuple[float, float, float]], list[tuple[float, float, str]]]:
    """Intervals as (row, low, high), and marks as (row, place, sign), without the lines across the panel."""
    [axes] = fig.axes
    lines = [line for line in axes.lines if len(set(ys(line))) == 1]
    spans = [(ys(line)[0], *xs(line)) for line in lines if len(xs(line)) == 2 and xs(line) != [0, 1]]
    marks = [(ys(line)[0], xs(line)[0], str(line.get_marker())) for line in lines if len(xs(line)) == 1]
    return spans, marks


@each_outcome
def test_each_row_has_its_odds_ratio_and_its_interval_and_no_row_is_a_pool(outcome: str) -> None:
    fig, data = charts.study_rows(outcome)
    spans, marks = bars_and_marks(fig)
    wanted = forest(outcome)
    assert len(wanted) == len(data) == OUTCOMES[outcome][1]
    assert spans == [(i, float(r["ci_low"]), float(r["ci_high"])) for i, r in enumerate(wanted)]
    assert marks == [(i, float(r["effect"]), "s") for i, r in enumerate(wanted)]
    assert fig.axes[0].get_xscale() == "log" and not any("pooled" in r["study"] for r in wanted)


@each_outcome
def test_a_narrower_interval_has_a_larger_square(outcome: str) -> None:
    fig, _ = charts.study_rows(outcome)
    sizes = [line.get_markersize() for line in fig.axes[0].lines if line.get_marker() == "s"]
    widths = [float(r["ci_high"]) / float(r["ci_low"]) for r in forest(outcome)]
    assert sorted(sizes, reverse=True) == [s for _, s in sorted(zip(widths, sizes, strict=True))]


@each_outcome
def test_the_second_picture_adds_three_intervals_of_one_average(outcome: str) -> None:
    fig, data = charts.three_intervals(outcome)
    spans, marks = bars_and_marks(fig)
    name, count = OUTCOMES[outcome]
    [pool] = [r for r in evidence.rows("pools_of_abstracts") if r["pool"] == name]
    ends = [(float(pool[f"{kind}_low"]), float(pool[f"{kind}_high"])) for kind in ("average", "few", "next")]
    assert [(low, high) for row, low, high in spans if row >= count] == ends
    assert {x for row, x, sign in marks if row >= count and sign == "D"} == {float(pool["estimate"])}
    assert spans[:count] == bars_and_marks(charts.study_rows(outcome)[0])[0]
    assert len(data) == count + 3 and list(data["from"])[count:] == [
        pool[f"{k}_low"] for k in ("average", "few", "next")
    ]


@each_outcome
def test_nothing_drawn_leaves_the_axis(outcome: str) -> None:
    fig, _ = charts.three_intervals(outcome)
    low, high = fig.axes[0].get_xlim()
    assert all(low < end < high for _, *span in bars_and_marks(fig)[0] for end in span)


def test_an_outcome_that_is_not_pooled_is_refused_in_a_line() -> None:
    with pytest.raises(ValueError, match=r"condom.*violence"):
        charts.study_rows("condom")


def test_the_curve_is_the_odds_ratio_and_the_dashes_three_times_the_share() -> None:
    fig, data = charts.odds_and_risk()
    curve, dashes, *points = fig.axes[0].lines
    sums = evidence.fact("surveys-odds-and-risk")
    ratio = sums["odds_ratio"].value
    assert isinstance(ratio, float)
    for share, risk in zip(xs(curve)[1:-1], ys(curve)[1:-1], strict=True):
        assert risk / (100 - risk) == pytest.approx(ratio * share / (100 - share))
    assert (curve.get_color(), dashes.get_color()) == (BLUE, ORANGE)
    assert ys(dashes)[1] / xs(dashes)[1] == pytest.approx(3)
    marked = [(xs(point)[0], ys(point)[0]) for point in points]
    wanted = [("low_baseline", "low_risk"), ("baseline", "risk"), ("baseline", "tripled")]
    assert marked == [(sums[x].value, sums[y].value) for x, y in wanted]
    assert (30, 56) in zip(data["not exposed, of 100"], data["exposed, by the odds ratio"], strict=True)
