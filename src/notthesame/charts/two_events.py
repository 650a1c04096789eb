"""Pictures of two events: a bare synthetic series, and the lab's with each estimate and its band."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from .. import figures
from .._words import day_and_month
from ..figures import BLUE, GREY, ORANGE
from ..statistics import interrupted_series as series
from ..statistics.two_events import NAMES, Reading, known_dates
from .moving import Picture, rounded

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


class Events(Picture):
    """The series with its events and, beside it, each estimate with its band.

    >>> from notthesame.statistics.interrupted_series import Setting
    >>> from notthesame.statistics.two_events import known_dates
    >>> len(Events().show(Reading(Setting(), known_dates()[0])).axes)
    2
    """

    size = LAB_SIZE

    def _build(self) -> Iterable[Artist]:
        self._left, self._right = self.fig.subplots(1, 2, width_ratios=[1.9, 1])
        self.fig.subplots_adjust(left=0.095, right=0.985, bottom=0.17, top=0.84, wspace=0.42)
        return (*self._build_series(self._left), *self._build_estimates(self._right))

    def _build_series(self, axes: Any) -> Iterable[Artist]:
        self._dots = axes.plot([], [], ".", color=GREY, markersize=4)[0]
        self._undisturbed = axes.plot([], [], "--", color=BLUE, linewidth=1.4)[0]
        self._truth = axes.plot([], [], color=BLUE, linewidth=1.4, drawstyle="steps-post")[0]
        self._events = [axes.axvline(0, color=ORANGE, linewidth=1.2) for _ in range(2)]
        above = {"xycoords": ("data", "axes fraction"), "textcoords": "offset points", "fontsize": 8.5}
        self._dates = [
            axes.annotate("", (0, 1), xytext=(shift, 3), ha=side, **above)
            for side, shift in (("right", -3), ("left", 3))
        ]
        key = "Synthetic series. Solid: the truth; dashed: without either event"
        axes.set_title(key, loc="left", fontsize=8.5, pad=15)
        axes.set(xlabel="days from the first event", ylabel="synthetic count per day")
        return (self._dots, self._undisturbed, self._truth, *self._events, *self._dates)

    def _build_estimates(self, axes: Any) -> Iterable[Artist]:
        axes.axvline(0, color="#BBBBBB", linewidth=0.8, zorder=0)
        places = range(len(NAMES))
        self._true = [
            axes.plot([0], [place], "|", color=ORANGE, markersize=22, markeredgewidth=2)[0]
            for place in places
        ]
        self._bands = [axes.plot([], [], color=BLUE, linewidth=2)[0] for _ in places]
        self._found = [axes.plot([], [], "o", color=BLUE, markersize=6)[0] for _ in places]
        across = axes.get_yaxis_transform()
        self._words = [
            axes.text(0.98, place + 0.36, "", transform=across, ha="right", fontsize=8.5) for place in places
        ]
        labels = [label.replace(" ", "\n", 1) for label in NAMES.values()]
        axes.set_yticks(places, labels, fontsize=8.5)
        axes.set(ylim=(len(NAMES) - 0.4, -0.6), xlabel="synthetic change a day")
        self._key = axes.set_title("", loc="left", fontsize=8.5)
        return (*self._true, *self._bands, *self._found, *self._words, self._key)

    def show(self, reading: Reading) -> Figure:
        """The figure with this series on it."""
        self._show_series(self._left, reading)
        self._show_estimates(self._right, reading)
        return self.fig

    def _show_series(self, axes: Any, reading: Reading) -> None:
        setting = reading.setting
        lines = (self._dots, self._undisturbed, self._truth)
        courses = (reading.counts, series.undisturbed(setting), series.expected(setting))
        for line, course in zip(lines, courses, strict=True):
            line.set_data(setting.days, course)
        placed = ((0, reading.first, "first"), (setting.gap, reading.second, "second"))
        for line, text, (place, date, word) in zip(self._events, self._dates, placed, strict=True):
            line.set_xdata([place, place])
            text.xy = (place, 1)
            text.set_text(f"{word}, {day_and_month(date, 3)} {date.year}")
        axes.set_xlim(min(-45, setting.days[0] - 2), max(setting.gap + 45, setting.days[-1] + 2))
        axes.set_ylim(rounded(min(map(min, courses)), max(map(max, courses))))

    def _show_estimates(self, axes: Any, reading: Reading) -> None:
        ends = [0.0]
        rows = zip(NAMES, self._true, self._bands, self._found, self._words, strict=True)
        for place, (name, tick, line, dot, words) in enumerate(rows):
            found, true = reading.estimates.get(name), reading.setting.effects[name]
            band = found.band if found and found.band else ()
            values = [found.value] if found else []
            tick.set_xdata([true])
            line.set_data(band, [place] * len(band))
            dot.set_data(values, [place] * len(values))
            dot.set_markerfacecolor(BLUE if band else "white")
            words.set_text("" if band else "no band" if found else "cannot be estimated")
            ends += [true, *values, *band]
        axes.set_xlim(rounded(min(ends), max(ends)))
        banded = any(found.band for found in reading.estimates.values())
        key = "with its 95 per cent band" if banded else "without a band"
        self._key.set_text(f"orange: true; blue: fit,\n{key}")
