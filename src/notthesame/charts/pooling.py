"""The picture of the pooling lab: a forest plot, and what its odds mean as risks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from ..figures import BLUE, GREY, INK, ORANGE
from ..statistics.pooled_rows import Reading, brief, rows, span
from .moving import Picture

LAB_SIZE = (6.4, 2.9)  # inches; the lab's sheet shows it at 640 px
SMALL, LARGE = 3.0, 11.0  # points: the square of a row that counts nothing, and of one that counts all
NEAREST, FARTHEST = 0.25, 16  # ratios shown; an arrow says that an interval goes on
_EDGES = NEAREST * 1.1, FARTHEST / 1.1  # where an arrow's middle stands
_TYPE = 8.5


class Forest(Picture):
    """The rows with their pool, and beside them the risks.

    >>> from notthesame.statistics.pooled_rows import Choice
    >>> Forest().show(Reading(Choice())).axes[0].get_xscale()
    'log'
    """

    size = LAB_SIZE

    def _build(self) -> Iterable[Artist]:
        self._rows(self.fig.add_axes((0.21, 0.18, 0.33, 0.72)))
        self._risks(self.fig.add_axes((0.82, 0.18, 0.145, 0.72)))
        rows_of_it = (
            *self._whiskers,
            *self._squares,
            self._span,
            *self._beyond,
            self._diamond,
            *self._digits,
        )
        return (*rows_of_it, self._base, self._reach, self._risk, *self._said)

    def _rows(self, axes: Any) -> None:
        places = range(len(rows()))
        self._average = len(rows()) + 0.25  # where it stands, a little apart
        axes.axvline(1, color=GREY, linewidth=0.8)
        self._squares, self._digits, self._whiskers = [], [], []
        for place, row in zip(places, rows().values(), strict=True):
            self._whiskers += axes.plot([row.low, row.high], [place, place], color=BLUE, linewidth=1.4)
            self._squares += axes.plot([row.ratio], [place], "s", color=BLUE)
            self._digits.append(_digits(axes, place))
        self._span = axes.plot([], [], color=ORANGE, linewidth=2.2)[0]
        beyond = {"color": ORANGE, "markersize": 7, "linewidth": 0, "clip_on": False}
        self._beyond = [axes.plot([], [], mark, **beyond)[0] for mark in ("<", ">")]
        self._diamond = axes.plot([1], [self._average], "D", color=ORANGE, markersize=7)[0]
        self._digits.append(_digits(axes, self._average))
        axes.set_xscale("log")
        axes.set(xlim=(NEAREST, FARTHEST), ylim=(self._average + 0.6, -0.6))
        ticks = (0.25, 0.5, 1, 2, 4, 8, 16)
        axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
        axes.set_xticks([], minor=True)
        labels = [f"{row.place} ({row.name})" for row in rows().values()]
        axes.set_yticks([*places, self._average], [*labels, "pooled"], fontsize=_TYPE)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel("odds ratio of violence, log scale", fontsize=9)
        axes.set_title("Hollow: left out. Size: weight in the pool", loc="left", fontsize=_TYPE)

    def _risks(self, axes: Any) -> None:
        self._base = axes.plot([0], [0], "o", color=GREY, markersize=7)[0]
        self._reach = axes.plot([], [], color=ORANGE, linewidth=2.2)[0]
        self._risk = axes.plot([0], [1], "D", color=ORANGE, markersize=7, clip_on=False)[0]
        self._said = [
            axes.text(0, place - 0.14, "", ha="center", fontsize=_TYPE, color=INK) for place in (0, 1)
        ]
        axes.set(xlim=(0, 100), ylim=(1.5, -0.5), xticks=(0, 50, 100))
        axes.set_yticks((0, 1), ["not\nexposed", "exposed"], fontsize=_TYPE)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel("of 100 persons", fontsize=9)
        axes.set_title("The same as risk", loc="left", fontsize=_TYPE)

    @staticmethod
    def _past(ends: Sequence[float]) -> tuple[bool, bool]:
        """Whether an interval goes on beyond the axis, to the left and to the right."""
        return bool(ends) and ends[0] < NEAREST, bool(ends) and ends[1] > FARTHEST

    def show(self, reading: Reading) -> Figure:
        """The figure with this reading on it."""
        for row, square, line, digits in zip(
            rows().values(), self._squares, self._whiskers, self._digits, strict=False
        ):
            weight = reading.weights[row.name]
            colour = BLUE if weight else GREY
            square.set(
                markersize=SMALL + (LARGE - SMALL) * weight**0.5 if weight else 5,
                markerfacecolor=colour if weight else "white",
                markeredgecolor=colour,
            )
            line.set(color=colour, linestyle="-" if weight else ":")
            digits.set(text=f"{brief(row.ratio)} ({span(row.low, row.high)})", color=INK if weight else GREY)
        ends = reading.ends or ()
        self._diamond.set_xdata([reading.ratio])
        self._span.set_data(ends, [self._average] * len(ends))
        for arrow, edge, past in zip(self._beyond, _EDGES, self._past(ends), strict=True):
            arrow.set_data([edge] * past, [self._average] * past)
        said = f" ({span(*ends)})" if ends else " (no interval)"
        self._digits[-1].set_text(f"{brief(reading.ratio)}{said}")
        risks = reading.choice.baseline, reading.risk(reading.ratio)
        self._base.set_xdata([risks[0]])
        self._risk.set_xdata([risks[1]])
        self._reach.set_data([reading.risk(end) for end in ends], [1] * len(ends))
        for text, risk in zip(self._said, risks, strict=True):
            text.set(x=min(max(risk, 8), 92), text=f"{risk:.0f}")
        return self.fig


def _digits(axes: Any, place: float) -> Any:
    """Where the numbers of a row stand: beside the panel."""
    across = axes.get_yaxis_transform()
    return axes.text(1.02, place, "", transform=across, va="center", fontsize=_TYPE)
