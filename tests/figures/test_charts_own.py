"""A chart of one's own shows the rows that were chosen, with the ends that their table gives."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from notthesame import evidence
from notthesame.charts import own
from notthesame.labs.brief_chart import OPENS, _first
from notthesame.subject.brief_charts import Chart
from notthesame.subject.brief_series import series
from tests.figures.drawn import bars, xs, ys

TITLE = "A title of five words"


def chosen(key: str, draw: str = "") -> Chart:
    return Chart(key, draw or OPENS[key][0], TITLE, tuple(_first(series()[key])))


@pytest.mark.parametrize("key", series())
def test_every_value_and_every_end_of_a_row_is_drawn_where_it_lies(key: str) -> None:
    chart = chosen(key)
    fig, data = own.own_chart(chart)
    [axes] = fig.axes
    of: Callable[..., list[float]] = ys if chart.draw == "line" else xs
    drawn = {value for line in axes.lines for value in of(line)} | {bar.get_width() for bar in bars(axes)}
    wanted = {end for row in chart.shown for end in (row.value, row.low, row.high) if end is not None}
    assert wanted <= drawn
    assert list(data["row"]) == [row.name for row in chart.shown]
    values = [math.nan if row.value is None else row.value for row in chart.shown]
    assert data[chart.of.unit].tolist() == pytest.approx(values, nan_ok=True)
    low, high = axes.get_ylim() if chart.draw == "line" else axes.get_xlim()
    assert all(low <= value <= high for value in wanted)
    assert low == 0 or chart.of.ratio


def test_the_table_of_counts_has_whole_numbers_and_that_of_ratios_keeps_its_decimals() -> None:
    page = own.shown_chart(chosen("hotline"))._repr_html_()
    assert ">7744<" in page and "7744.0" not in page
    ratios = own.own_chart(chosen("policing"))[1]["odds ratio"]
    assert any(value != int(value) for value in ratios)


def test_bars_begin_at_zero_and_stand_beside_their_names() -> None:
    chart = chosen("global")
    [axes] = own.own_chart(chart)[0].axes
    assert [bar.get_x() for bar in bars(axes)] == [0] * len(chart.rows)
    names = [" ".join(label.get_text().split()) for label in axes.get_yticklabels()]
    assert names == list(chart.rows)
    assert [text.get_text() for text in axes.texts] == [row.number for row in chart.shown]


def test_a_table_without_intervals_shows_none_and_one_with_them_says_what_they_are() -> None:
    assert "thin lines" not in own.caption_of(chosen("arrests"))
    assert own.caption_of(chosen("policing")) == (
        f"{TITLE}. Odds ratio; thin lines are the 95 per cent interval."
    )
    assert list(own.own_chart(chosen("arrests"))[1]) == ["row", "arrests"]
    assert list(own.own_chart(chosen("policing"))[1]) == ["row", "odds ratio", "from", "to"]


@pytest.mark.parametrize("key", series())
def test_alt_and_caption_are_those_that_a_figure_may_have(key: str) -> None:
    chart = Chart(key, OPENS[key][0], TITLE, tuple(_longest(key)))
    shown = own.shown_chart(chart, after="Open")
    assert shown.sources == (series()[key].table,) and shown.after == "Open"
    assert evidence.descriptor(series()[key].table)["title"].replace("&", "&amp;") in shown._repr_html_()
    least = min(chart.shown, key=own._size)
    assert least.number in shown.alt and str(len(chart.rows)) in shown.alt


def _longest(key: str) -> list[str]:
    """Rows with the longest names that can be drawn as the series opens."""
    if OPENS[key][0] == "line":
        return _first(series()[key])
    fit = [row.name for row in series()[key].rows.values() if row.value is not None]
    fit = [name for name in fit if OPENS[key][0] != "intervals" or series()[key].rows[name].has_ends]
    return sorted(fit, key=len)[-8:]
