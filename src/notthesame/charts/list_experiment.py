"""The picture of the list lab: many synthetic surveys asked both ways, and how far each way misses."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from .. import figures
from ..figures import BLUE, GREY, INK, ORANGE
from ..statistics.list_experiment import DIRECT, LIST, NAMES, RANGES, SURVEYS, Reading

LAB_SIZE = (6.4, 3.0)  # inches of the lab's picture; its sheet shows it at 640 px
LOOK = {DIRECT: GREY, LIST: BLUE}
SIZES = np.geomspace(*RANGES["n"], 60).round().astype(int)  # of surveys whose miss is drawn


def draw(reading: Reading, fig: Figure | None = None) -> Figure:
    """Many surveys by both ways with the truth, and the typical miss by number of people; on ``fig`` if any.

    >>> from notthesame.statistics.list_experiment import Setting
    >>> fig = draw(Reading(Setting()))
    >>> len(fig.axes)
    2
    """
    with figures.style():
        fig = figures.afresh(fig, LAB_SIZE)
        left, right = fig.subplots(1, 2, width_ratios=[1.7, 1])
        fig.subplots_adjust(left=0.095, right=0.965, bottom=0.17, top=0.84, wspace=0.26)
        _draw_surveys(left, reading)
        _draw_misses(right, reading)
    return fig


def _draw_surveys(axes: Any, reading: Reading) -> None:
    # A dot a survey; its height within the row says nothing, and is spread evenly, the same each time.
    height = (np.arange(SURVEYS) * 0.618) % 1 - 0.5
    for place, way in enumerate(NAMES):
        axes.plot(
            reading.estimates[way], place + 0.55 * height, ".", color=LOOK[way], markersize=4, alpha=0.5
        )
        mean = reading.setting.share + reading.setting.bias[way]
        axes.plot([mean, mean], [place - 0.36, place + 0.36], color=INK, linewidth=1.6, zorder=4)
    axes.axvline(reading.setting.share, color=ORANGE, linewidth=1.6)
    axes.set_yticks(range(len(NAMES)), ["asking\ndirectly", "by list"], fontsize=figures.SMALL)
    axes.set(ylim=(len(NAMES) - 0.5, -0.5), xlabel="synthetic estimate, per cent")
    axes.margins(x=0.05)
    low, high = axes.get_xlim()
    for ends in ((low, 0), (100, high)):
        if ends[0] < ends[1]:
            axes.axvspan(*ends, color="#F1F1F1", zorder=0)
    axes.set_xlim(low, high)
    key = f"{SURVEYS} synthetic surveys each way. Orange: the truth;\nblack: the average; shaded: impossible"
    axes.set_title(key, loc="left", fontsize=8.5)


def _draw_misses(axes: Any, reading: Reading) -> None:
    made = reading.setting
    for way, line in ((DIRECT, "--"), (LIST, "-")):
        misses = [made.miss_with(int(n))[way] for n in SIZES]
        axes.plot(SIZES, misses, line, color=LOOK[way], linewidth=1.6)
        axes.plot([made.n], [made.miss[way]], "o", color=LOOK[way], markersize=6)
    axes.axvline(made.n, color="#BBBBBB", linewidth=0.8, zorder=0)
    axes.set_xscale("log")
    axes.set_xticks([50, 500, 5000], ["50", "500", "5,000"])
    axes.minorticks_off()
    axes.set(ylim=(0, None), xlabel="people, on a log scale")
    axes.set_title(
        "typical miss in points; blue: list,\ndashed: asking; dots: here", loc="left", fontsize=8.5
    )
