"""Pictures of two events: a bare synthetic series, and the lab's with each estimate and its band."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from .. import figures
from .._words import day_and_month
from ..figures import BLUE, GREY, ORANGE
from ..statistics import interrupted_series as series
from ..statistics.two_events import NAMES, Reading, known_dates

NEAR = (-45, 50)  # days around two events that a picture shows
LAB_SIZE = (6.4, 3.0)  # inches of the lab's picture; its sheet shows it at 640 px


def two_days() -> tuple[Figure, list[dict[str, int | float]]]:
    """A synthetic daily count with two events a few days apart, and nothing that says which did what.

    >>> fig, rows = two_days()
    >>> 0 in {row["day"] for row in rows}
    True
    """

    setting = series.Setting(noise=20)
    shown = Reading(setting, known_dates()[0])
    with figures.style():
        fig, axes = figures.subplots(figsize=(figures.WIDE, 3))
        axes.plot(setting.days, shown.counts, ".", color=GREY, markersize=5)
        for day in (0, setting.gap):
            axes.axvline(day, color=ORANGE, linewidth=1.4)
        axes.set_title("Synthetic counts; each line is an event", loc="left", fontsize=figures.SMALL)
        axes.set(
            xlabel="days from the first event", ylabel="synthetic count per day", xlim=NEAR, ylim=(0, None)
        )
    days = zip(setting.days.tolist(), shown.counts.tolist(), strict=True)
    return fig, [
        {"day": round(day), "synthetic count": round(count, 1)}
        for day, count in days
        if NEAR[0] <= day <= NEAR[1]
    ]


def draw(reading: Reading, fig: Figure | None = None) -> Figure:
    """The series with its events and, beside it, each estimate with its band; on ``fig`` if one is given.

    >>> from notthesame.statistics.interrupted_series import Setting
    >>> from notthesame.statistics.two_events import known_dates
    >>> fig = draw(Reading(Setting(), known_dates()[0]))
    >>> len(fig.axes)
    2
    """
    with figures.style():
        fig = figures.afresh(fig, LAB_SIZE)
        left, right = fig.subplots(1, 2, width_ratios=[1.9, 1])
        fig.subplots_adjust(left=0.095, right=0.985, bottom=0.17, top=0.84, wspace=0.42)
        _draw_series(left, reading)
        _draw_estimates(right, reading)
    return fig


def _draw_series(axes: Any, reading: Reading) -> None:
    setting = reading.setting
    axes.plot(setting.days, reading.counts, ".", color=GREY, markersize=4)
    axes.plot(setting.days, series.undisturbed(setting), "--", color=BLUE, linewidth=1.4)
    axes.plot(setting.days, series.expected(setting), color=BLUE, linewidth=1.4, drawstyle="steps-post")
    above = {"xycoords": ("data", "axes fraction"), "textcoords": "offset points", "fontsize": 8.5}
    for place, date, side, word in (
        (0, reading.first, "right", "first"),
        (setting.gap, reading.second, "left", "second"),
    ):
        axes.axvline(place, color=ORANGE, linewidth=1.2)
        shift = (-3 if side == "right" else 3, 3)
        axes.annotate(
            f"{word}, {day_and_month(date, 3)} {date.year}", (place, 1), xytext=shift, ha=side, **above
        )
    key = "Synthetic series. Solid: the truth; dashed: without either event"
    axes.set_title(key, loc="left", fontsize=8.5, pad=15)
    axes.set(xlabel="days from the first event", ylabel="synthetic count per day")
    axes.set_xlim(min(-45, setting.days[0] - 2), max(setting.gap + 45, setting.days[-1] + 2))


def _draw_estimates(axes: Any, reading: Reading) -> None:
    for place, name in enumerate(NAMES):
        found, true = reading.estimates.get(name), reading.setting.effects[name]
        axes.plot([true], [place], "|", color=ORANGE, markersize=22, markeredgewidth=2)
        if found is None or found.band is None:
            words = "no band" if found else "cannot be estimated"
            axes.annotate(
                words, (0.98, place + 0.36), xycoords=("axes fraction", "data"), ha="right", fontsize=8.5
            )
        else:
            axes.plot(found.band, [place, place], color=BLUE, linewidth=2)
        if found:
            inside = BLUE if found.band else "white"
            axes.plot([found.value], [place], "o", color=BLUE, markersize=6, markerfacecolor=inside)
    axes.axvline(0, color="#BBBBBB", linewidth=0.8, zorder=0)
    axes.set_yticks(
        range(len(NAMES)), [label.replace(" ", "\n", 1) for label in NAMES.values()], fontsize=8.5
    )
    axes.set(ylim=(len(NAMES) - 0.4, -0.6), xlabel="synthetic change a day")
    axes.margins(x=0.12)
    banded = any(found.band for found in reading.estimates.values())
    key = "orange: true; blue: fit,\n" + ("with its 95 per cent band" if banded else "without a band")
    axes.set_title(key, loc="left", fontsize=8.5)
