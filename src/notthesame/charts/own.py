"""A chart of a learner's own choice: rows of one series as bars, dots, a line or intervals.

What may be chosen is ``subject.brief_charts``. Uncertainty is drawn wherever the table has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill, shorten
from typing import TYPE_CHECKING, Any

from .._words import capital
from ..figures import BLUE, GREY, INK, SMALL, WIDE, ShownFigure, figure, style, subplots
from ..subject.brief_charts import Chart
from ..subject.brief_series import Row

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

_NAME = 34  # characters of a row's name on one line
_MARKS = {"bars": "Bars", "dots": "Dots", "line": "A line", "intervals": "Intervals"}


def own_chart(chart: Chart) -> tuple[Figure, pd.DataFrame]:
    """The chart, and the rows it shows: name, value in the unit, and the two ends where there are any.

    >>> from notthesame.subject.brief_series import series
    >>> rows = tuple(series()["arrests"].rows)[-4:-1]
    >>> fig, data = own_chart(Chart("arrests", "line", "Arrests by year", rows))
    >>> list(data["arrests"])
    [47598, 41877, 38306]
    """
    with style():
        fig = _over_years(chart) if chart.draw == "line" else _row_by_row(chart)
    return fig, _table(chart)


def shown_chart(chart: Chart, after: str = "") -> ShownFigure:
    """The chart as a page shows it: alt text, caption, source and data are made from the choice.

    >>> from notthesame.subject.brief_series import series
    >>> shown_chart(Chart("arrests", "dots", "Arrests by year", tuple(series()["arrests"].rows)[-3:])).caption
    'Arrests by year. Arrests.'
    """
    fig, data = own_chart(chart)
    return figure(
        fig,
        alt=alt_of(chart),
        caption=caption_of(chart),
        source=chart.of.table,
        data=data,
        after=after,
    )


def caption_of(chart: Chart) -> str:
    """The title, what is counted, and what the two ends are where some are drawn.

    >>> from notthesame.subject.brief_series import series
    >>> caption_of(Chart("unseen", "intervals", "How many people", tuple(series()["unseen"].rows)[:2]))
    'How many people. People, seen and unseen; thin lines are the interval or range as published.'
    """
    ends = f"; thin lines are the {chart.of.ends}" if _with_ends(chart) else ""
    return f"{chart.title.strip().rstrip('.')}. {capital(chart.of.unit)}{ends}."


def alt_of(chart: Chart) -> str:
    """What the chart shows in one sentence: how many rows, the least and the most.

    >>> from notthesame.subject.brief_series import series
    >>> alt_of(Chart("arrests", "dots", "Arrests by year", tuple(series()["arrests"].rows)[-3:]))[:68]
    'Dots for 3 rows (arrests): the least has “2020, as reported”, 12,895'
    """
    rows = sorted(chart.shown, key=_size)
    least, most = (f"\u201c{shorten(row.name, 60, placeholder=' ...')}\u201d" for row in (rows[0], rows[-1]))
    what = f"{_MARKS[chart.draw]} for {len(rows)} rows ({chart.of.unit}): the least has "
    return f"{what}{least}, {rows[0].number}; the most {most}, {rows[-1].number}."


def _size(row: Row) -> float:
    return row.value if row.value is not None else row.low or 0


def _with_ends(chart: Chart) -> bool:
    return any(row.has_ends for row in chart.shown)


def _table(chart: Chart) -> pd.DataFrame:
    import pandas as pd

    ends = _with_ends(chart)
    rows = (
        {"row": row.name, chart.of.unit: row.value, **({"from": row.low, "to": row.high} if ends else {})}
        for row in chart.shown
    )
    table = pd.DataFrame(list(rows))
    whole = [name for name in table.columns[1:] if all(float(end).is_integer() for end in table[name])]
    return table.astype(dict.fromkeys(whole, int))


def _over_years(chart: Chart) -> Figure:
    rows = sorted(chart.shown, key=lambda row: row.year or 0)
    years, values = [row.year or 0 for row in rows], [_size(row) for row in rows]
    fig, axes = subplots(figsize=(WIDE, 2.9))
    axes.plot(years, values, "-o", color=BLUE, markersize=5, linewidth=1.6)
    for row in rows:
        if row.has_ends:
            axes.plot([row.year] * 2, [row.low, row.high], color=INK, linewidth=1)
    for place in {0, len(rows) - 1}:
        _beside(axes, years[place], values[place], f"{values[place]:,.10g}")
    axes.set(ylim=(0, 1.15 * max(values)), xlim=(years[0] - 0.6, years[-1] + 0.6), ylabel=chart.of.unit)
    step = -(-(years[-1] - years[0] + 1) // 12)
    axes.set_xticks(range(years[0], years[-1] + 1, step))
    axes.yaxis.set_major_formatter("{x:,.10g}")
    return fig


def _beside(axes: Any, x: float, y: float, words: str) -> None:
    axes.annotate(words, (x, y), xytext=(0, 7), textcoords="offset points", ha="center", fontsize=SMALL)


def _row_by_row(chart: Chart) -> Figure:
    rows = chart.shown
    names = [fill(row.name, _NAME, break_on_hyphens=False) for row in rows]
    heights = [0.17 + 0.155 * (1 + name.count("\n")) for name in names]
    places = _places(heights)
    fig, axes = subplots(figsize=(WIDE, sum(heights) + 0.65))
    if chart.of.ratio:
        axes.set_xscale("log")
        axes.axvline(1, color=GREY, linewidth=0.8)
    for place, row in zip(places, rows, strict=True):
        _mark(axes, chart.draw, place, row)
        across = axes.get_yaxis_transform()
        axes.text(1.02, place, row.number, transform=across, va="center", fontsize=SMALL)
    axes.set_yticks(places, names, fontsize=SMALL)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(sum(heights), 0)
    _across(axes, chart)
    return fig


def _places(heights: Sequence[float]) -> list[float]:
    """The middle of each row, from the top."""
    return [sum(heights[:place]) + height / 2 for place, height in enumerate(heights)]


def _mark(axes: Any, draw: str, place: float, row: Row) -> None:
    if draw == "bars":
        axes.barh(place, row.value, color=BLUE, height=0.17)
    if row.has_ends:
        axes.plot([row.low, row.high], [place, place], color=INK, linewidth=1.2)
        axes.plot([row.low, row.high], [place, place], "|", color=INK, markersize=6)
    if draw != "bars" and row.value is not None:
        axes.plot([row.value], [place], "o", color=BLUE, markersize=6)


def _across(axes: Any, chart: Chart) -> None:
    """The axis of numbers: from zero, or for ratios on a log scale with numbers that people use."""
    ends = [end for row in chart.shown for end in (row.value, row.low, row.high) if end is not None]
    if chart.of.ratio:
        low, high = min([1, *ends]) / 1.15, max([1, *ends]) * 1.15
        ticks = [tick for tick in (0.25, 0.5, 1, 2, 4, 8, 16) if low <= tick <= high]
        axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
        axes.set_xticks([], minor=True)
        axes.set(xlim=(low, high), xlabel=f"{chart.of.unit}, log scale")
        return
    axes.set(xlim=(0, 1.05 * max(ends)), xlabel=chart.of.unit)
    axes.locator_params(axis="x", nbins=4)
    axes.xaxis.set_major_formatter("{x:,.10g}")
