"""The picture of the list lab: many synthetic surveys asked both ways, and how far each way misses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from .. import figures
from ..figures import BLUE, GREY, INK, ORANGE
from ..statistics.list_experiment import DIRECT, LIST, NAMES, RANGES, SURVEYS, Reading
from .moving import Picture, rounded

LAB_SIZE = (6.4, 3.0)  # inches of the lab's picture; its sheet shows it at 640 px
LOOK = {DIRECT: GREY, LIST: BLUE}
BEYOND = 1000  # per cent: no estimate lies farther out
SIZES = np.geomspace(*RANGES["n"], 60).round().astype(int)  # of surveys whose miss is drawn


class Surveys(Picture):
    """Many surveys by both ways with the truth and, beside it, the typical miss by number of people.

    >>> from notthesame.statistics.list_experiment import Setting
    >>> len(Surveys().show(Reading(Setting())).axes)
    2
    """

    size = LAB_SIZE

    def _build(self) -> Iterable[Artist]:
        self._left, self._right = self.fig.subplots(1, 2, width_ratios=[1.7, 1])
        self.fig.subplots_adjust(left=0.095, right=0.965, bottom=0.17, top=0.84, wspace=0.26)
        return (*self._build_surveys(self._left), *self._build_misses(self._right))

    def _build_surveys(self, axes: Any) -> Iterable[Artist]:
        # A dot a survey; its height within the row says nothing, and is spread evenly, the same each time.
        height = 0.55 * ((np.arange(SURVEYS) * 0.618) % 1 - 0.5)
        self._dots, self._means = {}, {}
        for place, way in enumerate(NAMES):
            dots = {"color": LOOK[way], "markersize": 4, "alpha": 0.5}
            self._dots[way] = axes.plot(0 * height, place + height, ".", **dots)[0]
            upright = [place - 0.36, place + 0.36]
            self._means[way] = axes.plot([0, 0], upright, color=INK, linewidth=1.6, zorder=4)[0]
        self._truth = axes.axvline(0, color=ORANGE, linewidth=1.6)
        for ends in ((-BEYOND, 0), (100, BEYOND)):
            axes.axvspan(*ends, color="#F1F1F1", zorder=0)
        axes.set_yticks(range(len(NAMES)), ["asking\ndirectly", "by list"], fontsize=figures.SMALL)
        axes.set(ylim=(len(NAMES) - 0.5, -0.5), xlabel="synthetic estimate, per cent")
        many = f"{SURVEYS} synthetic surveys each way"
        key = f"{many}. Orange: the truth;\nblack: the average; shaded: impossible"
        axes.set_title(key, loc="left", fontsize=8.5)
        return (*self._dots.values(), self._truth, *self._means.values())

    def _build_misses(self, axes: Any) -> Iterable[Artist]:
        self._courses, self._here = {}, {}
        for way, line in ((DIRECT, "--"), (LIST, "-")):
            self._courses[way] = axes.plot(SIZES, SIZES, line, color=LOOK[way], linewidth=1.6)[0]
            self._here[way] = axes.plot([50], [0], "o", color=LOOK[way], markersize=6)[0]
        self._n = axes.axvline(50, color="#BBBBBB", linewidth=0.8, zorder=0)
        axes.set_xscale("log")
        axes.set_xticks([50, 500, 5000], ["50", "500", "5,000"])
        axes.minorticks_off()
        axes.set(xlim=(SIZES[0] / 1.26, SIZES[-1] * 1.26), xlabel="people, on a log scale")
        axes.set_title(
            "typical miss in points; blue: list,\ndashed: asking; dots: here", loc="left", fontsize=8.5
        )
        return (self._n, *self._courses.values(), *self._here.values())

    def show(self, reading: Reading) -> Figure:
        """The figure with these surveys on it."""
        made = reading.setting
        for way in NAMES:
            self._dots[way].set_xdata(reading.estimates[way])
            self._means[way].set_xdata([made.share + made.bias[way]] * 2)
        self._truth.set_xdata([made.share, made.share])
        found = np.concatenate([*reading.estimates.values(), [made.share]])
        self._left.set_xlim(rounded(found.min(), found.max(), parts=5))
        for way in NAMES:
            self._courses[way].set_ydata([made.miss_with(int(n))[way] for n in SIZES])
            self._here[way].set_data([made.n], [made.miss[way]])
        self._n.set_xdata([made.n, made.n])
        largest = max(max(line.get_ydata()) for line in self._courses.values())
        self._right.set_ylim(0, rounded(0, largest)[1])
        return self.fig
