"""The picture of the lab of unseen people: every model by its estimate, and what resamples say."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.figure import Figure

from .. import figures
from ..figures import BLUE, GREY, INK, ORANGE
from ..statistics.multiple_systems import Bootstrap
from ..statistics.unseen import Reading, band, lists

LAB_SIZE = (6.4, 3.6)  # inches; the lab's sheet shows it at 640 px
MOST = 40_000  # people at the right end; resamples beyond it are counted in words
FARTHEST = 60  # distance from the best at which a model is drawn on the edge
BIN = 500
TYPE = 8.5


def draw(
    reading: Reading, estimates: Any = (), found: Bootstrap | None = None, fig: Figure | None = None
) -> Figure:
    """Every model above, and below what the resamples drawn so far say; on ``fig`` if one is given.

    estimates: of the resamples, in people. found: their intervals, once all are drawn.

    >>> from notthesame.statistics.unseen import Choice
    >>> len(draw(Reading(Choice())).axes)
    2
    """
    with figures.style():
        fig = fig or Figure(figsize=LAB_SIZE)
        fig.clear()
        # The margins are those below: measuring them anew takes longer than drawing.
        with rc_context({"figure.constrained_layout.use": False}):
            fig.set_layout_engine(None)
        upper, lower = fig.subplots(2, 1, sharex=True, height_ratios=[2, 1])
        fig.subplots_adjust(left=0.1, right=0.96, bottom=0.135, top=0.93, hspace=0.12)
        _models(upper, reading)
        _resamples(lower, np.asarray(estimates), found)
        lower.set(xlim=(0, MOST), xlabel="people in all, those on no list included")
        lower.xaxis.set_major_formatter(lambda value, place: f"{value:,.0f}")
    return fig


def _models(axes: Any, reading: Reading) -> None:
    table = reading.space
    far = np.minimum(table["distance"].to_numpy(), FARTHEST)
    axes.axvspan(*band(), color=GREY, alpha=0.25, linewidth=0)
    axes.axvline(lists().n, color=GREY, linewidth=1.4)
    axes.plot(table["estimate"], far, ".", color=BLUE, markersize=4)
    if reading.mine.estimate is not None:
        mine = (reading.mine.estimate, min(reading.distance, FARTHEST))
        axes.plot(
            *mine, "o", markersize=11, markerfacecolor="none", markeredgecolor=ORANGE, markeredgewidth=2.2
        )
    axes.set(ylim=(FARTHEST * 1.06, -FARTHEST * 0.06))
    axes.set_ylabel("distance\nfrom the best", fontsize=TYPE)
    axes.text(lists().n + 250, FARTHEST, f"{lists().n:,}\nseen", fontsize=TYPE, color=INK, va="bottom")
    axes.set_title(
        "A dot is a model; grey band: the published range; ring: your model", loc="left", fontsize=TYPE
    )


def _resamples(axes: Any, estimates: Any, found: Bootstrap | None) -> None:
    axes.axvspan(*band(), color=GREY, alpha=0.25, linewidth=0)
    axes.set_ylabel("resamples", fontsize=TYPE)
    axes.set_yticks([])
    if not len(estimates):
        axes.text(MOST / 2, 0.5, "no resamples drawn yet", ha="center", va="center", fontsize=TYPE, color=INK)
        axes.set(ylim=(0, 1))
        return
    axes.hist(np.minimum(estimates, MOST - 1), bins=np.arange(0, MOST + 1, BIN), color=BLUE)
    axes.set(ylim=(0, axes.get_ylim()[1] * 1.5))
    beyond = int((estimates > MOST).sum())
    words = f"{len(estimates):,} resamples" + (f", {beyond} of them beyond the edge" if beyond else "")
    if found is not None:
        top = axes.get_ylim()[1]
        for place, (low, high) in ((0.92, found.percentile), (0.8, found.bca)):
            if low == low:
                axes.plot([low, min(high, MOST)], [place * top] * 2, color=ORANGE, linewidth=2.2)
        words += "; lines: percentile above, BCa below"
    axes.set_title(words, loc="right", fontsize=TYPE, pad=2, y=0.99, va="top")
