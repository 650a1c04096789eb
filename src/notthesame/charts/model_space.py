"""The picture of the lab of unseen people: every model by its estimate, and what resamples say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from ..figures import BLUE, GREY, INK, ORANGE
from ..statistics.multiple_systems import Bootstrap
from ..statistics.unseen import Reading, band, lists
from .moving import Picture

LAB_SIZE = (6.4, 3.6)  # inches; the lab's sheet shows it at 640 px
MOST = 40_000  # people at the right end; resamples beyond it are counted in words
FARTHEST = 60  # distance from the best at which a model is drawn on the edge
EDGES = np.arange(0, MOST + 1, 500)
TALLEST = 0.6  # of the height: the tallest bar of the resamples
HEIGHTS = (0.79, 0.7)  # of the intervals
NONE = ((np.nan, np.nan),) * 2
TYPE = 8.5


class Space(Picture):
    """Every model above, and below what the resamples drawn so far say.

    >>> from notthesame.statistics.unseen import Choice
    >>> len(Space().show(Reading(Choice())).axes)
    2
    """

    size = LAB_SIZE

    def _build(self) -> Iterable[Artist]:
        upper, lower = self.fig.subplots(2, 1, sharex=True, height_ratios=[2, 1])
        self.fig.subplots_adjust(left=0.1, right=0.96, bottom=0.135, top=0.93, hspace=0.12)
        for axes in (upper, lower):
            axes.axvspan(*band(), color=GREY, alpha=0.25, linewidth=0)
        self._build_models(upper)
        self._build_resamples(lower)
        lower.set(xlim=(0, MOST), xlabel="people in all, those on no list included")
        lower.xaxis.set_major_formatter(lambda value, place: f"{value:,.0f}")
        return (self._models, self._mine, self._heap, *self._intervals, self._none, self._words)

    def _build_models(self, axes: Any) -> None:
        axes.axvline(lists().n, color=GREY, linewidth=1.4)
        axes.text(lists().n + 250, FARTHEST, f"{lists().n:,}\nseen", fontsize=TYPE, color=INK, va="bottom")
        self._models = axes.plot([], [], ".", color=BLUE, markersize=4)[0]
        ring: dict[str, Any] = {"markerfacecolor": "none", "markeredgecolor": ORANGE, "markeredgewidth": 2.2}
        self._mine = axes.plot([], [], "o", markersize=11, **ring)[0]
        axes.set(ylim=(FARTHEST * 1.06, -FARTHEST * 0.06))
        axes.set_ylabel("distance\nfrom the best", fontsize=TYPE)
        axes.set_title(
            "A dot is a model; grey band: the published range; ring: your model", loc="left", fontsize=TYPE
        )

    def _build_resamples(self, axes: Any) -> None:
        axes.set_ylabel("resamples", fontsize=TYPE)
        axes.set_yticks([])
        axes.set(ylim=(0, 1))
        self._heap = axes.stairs(np.zeros(len(EDGES) - 1), EDGES, fill=True, color=BLUE)
        self._intervals = [axes.plot([], [], color=ORANGE, linewidth=2.2)[0] for _ in HEIGHTS]
        said: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": TYPE, "color": INK}
        self._none = axes.text(MOST / 2, 0.5, "no resamples drawn yet", **said)
        self._words = axes.set_title("", loc="right", fontsize=TYPE, pad=2, y=0.99, va="top")

    def show(self, reading: Reading, estimates: Any = (), found: Bootstrap | None = None) -> Figure:
        """The figure with this reading on it.

        estimates: of the resamples, in people. found: their intervals, once all are drawn.
        """
        table, mine = reading.space, reading.mine.estimate
        self._models.set_data(table["estimate"], np.minimum(table["distance"].to_numpy(), FARTHEST))
        at = [(mine, min(reading.distance, FARTHEST))] if mine is not None else []
        self._mine.set_data([place for place, _ in at], [height for _, height in at])
        self._show_resamples(np.asarray(estimates), found)
        return self.fig

    def _show_resamples(self, estimates: Any, found: Bootstrap | None) -> None:
        counts = np.histogram(np.minimum(estimates, MOST - 1), EDGES)[0]
        self._heap.set_data(TALLEST * counts / max(counts.max(), 1))
        intervals = (found.percentile, found.bca) if found is not None and len(estimates) else ()
        for line, (low, high), height in zip(self._intervals, (*intervals, *NONE)[:2], HEIGHTS, strict=True):
            line.set_data(([low, min(high, MOST)], [height, height]) if low == low else ([], []))
            line.set(
                marker=">" if high > MOST else "", markevery=[1], clip_on=False
            )  # it goes on beyond the edge
        self._none.set_text("" if len(estimates) else "no resamples drawn yet")
        beyond = int((estimates > MOST).sum())
        words = f"{len(estimates):,} resamples" + (f", {beyond} of them beyond the edge" if beyond else "")
        lines = "; lines: percentile above, BCa below" if intervals else ""
        self._words.set_text(f"{words}{lines}" if len(estimates) else "")
