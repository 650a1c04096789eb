"""The pictures of a class report, from figures of which nothing is hidden any more but what has to be.

Each takes rows that are ready to be told and returns the figure; no data of the course are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from ..figures import BLUE, GREY, INK, ORANGE, SMALL, WIDE, style, subplots

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_NAME = 58  # characters of a row's name
_LINE = 0.235  # inches of a row
LOW = 0.1  # a discrimination below which a question is worth a look
FEW = 6  # points that are numbered in a cloud
_BROAD = 7.6  # inches: a page of its own has more room than a notebook


Ends = tuple[float, float]


@dataclass(frozen=True)
class Dot:
    """A row with a share, 0 to 100 per cent; low and high: ends of its interval, or of what is told of it."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Point:
    """A question: the share right, 0 to 100 per cent, and its discrimination, -1 to 1."""

    name: str
    right: float
    telling: float


def outcome_dots(rows: Sequence[Dot], marked: Sequence[str] = ()) -> Figure:
    """One row an outcome, the share of answers right with its interval; those to revisit in another form.

    >>> len(outcome_dots([Dot("02-1", 60, 50, 70)]).axes)
    1
    """
    with style():
        fig, axes = subplots(figsize=(_BROAD, 0.9 + _LINE * len(rows)))
        for place, row in enumerate(rows):
            lead = row.name in marked
            colour = ORANGE if lead else BLUE
            if row.low is not None and row.high is not None:
                axes.plot([row.low, row.high], [place, place], color=colour, linewidth=2)
            axes.plot([row.value], [place], "D" if lead else "o", color=colour, markersize=6)
        _rows(axes, [row.name for row in rows])
        _per_cent(axes, "first answers right, per cent (line: 95 per cent interval)")
    return fig


def cloud(points: Sequence[Point]) -> Figure:
    """Questions by how many were right and by how well they tell; the least telling have a number.

    >>> len(cloud([Point("02-destitute", 60, 0.3)]).axes)
    1
    """
    with style():
        fig, axes = subplots(figsize=(_BROAD, 3.6))
        axes.axhline(0, color=GREY, linewidth=1)
        axes.plot([p.right for p in points], [p.telling for p in points], "o", color=BLUE, ms=5, alpha=0.75)
        odd = sorted((p for p in points if p.telling < LOW), key=lambda p: (p.telling, p.name))[:FEW]
        for place, point in enumerate(odd, 1):
            axes.plot([point.right], [point.telling], "D", color=ORANGE, markersize=7)
            axes.annotate(
                str(place),
                (point.right, point.telling),
                xytext=(8, 0),
                textcoords="offset points",
                va="center",
                fontsize=SMALL,
                color=INK,
            )
        axes.set_ylabel("discrimination, -1 to 1")
        axes.set_ylim(min([-0.3, *(p.telling - 0.1 for p in points)]), 1)
        axes.grid(color="#DDDDDD")
        axes.set_axisbelow(True)
        _per_cent(axes, "right at first, per cent: hard to the left, easy to the right")
    return fig


def confidence(bands: Sequence[Dot], sure: Sequence[float], answers: Sequence[int]) -> Figure:
    """Share right against confidence, both in per cent, with the number of answers; dashed: as sure as right.

    sure: the mean confidence of each band.

    >>> len(confidence([Dot("70", 60)], [70], [12]).axes)
    1
    """
    with style():
        fig, axes = subplots(figsize=(WIDE * 0.75, 3.2))
        axes.plot([0, 100], [0, 100], "--", color=GREY, linewidth=1.2)
        for band, at, count in zip(bands, sure, answers, strict=True):
            if band.low is not None and band.high is not None:
                axes.plot([at, at], [band.low, band.high], color=BLUE, linewidth=2)
            axes.plot([at], [band.value], "o", color=BLUE, markersize=7)
            axes.annotate(str(count), (at, 109), ha="center", va="center", fontsize=SMALL, color=INK)
        axes.set(ylabel="right, per cent", ylim=(0, 114), yticks=range(0, 101, 25))
        axes.set_title("on top: how many answers; dashed: right as often as sure", loc="left", fontsize=SMALL)
        _per_cent(axes, "how sure, per cent")
    return fig


def before_and_after(rows: Sequence[tuple[str, Ends, Ends]]) -> Figure:
    """One row a pair of questions: share right in form A and in form B, per cent, as the two ends of what is
    told of it, which are the same where it is told as it is.

    >>> len(before_and_after([("four groups", (40, 40), (60, 72))]).axes)
    1
    """
    with style():
        fig, axes = subplots(figsize=(_BROAD, 1.0 + 1.3 * _LINE * len(rows)))
        for place, (_, before, after) in enumerate(rows):
            for ends, at, colour, fill in (
                (before, place - 0.17, INK, "white"),
                (after, place + 0.17, BLUE, BLUE),
            ):
                mark = "o" if ends[0] == ends[1] else "|"
                axes.plot(ends, [at, at], mark, linestyle="-", color=colour, markerfacecolor=fill, ms=6)
        _rows(axes, [name for name, _, _ in rows])
        axes.set_title(
            "above, empty: form A, before; below, filled: form B, after", loc="left", fontsize=SMALL
        )
        _per_cent(axes, "right, per cent")
    return fig


def completion(rows: Sequence[tuple[str, int, int]], learners: int) -> Figure:
    """One row a lesson: how many began it and how many answered all that it asks, of so many learners.

    >>> len(completion([("02", 20, 12)], 30).axes)
    1
    """
    with style():
        fig, axes = subplots(figsize=(_BROAD, 1.0 + _LINE * len(rows)))
        for place, (_, begun, finished) in enumerate(rows):
            axes.barh([place], [begun], 0.62, facecolor="white", edgecolor=BLUE, linewidth=1.2)
            axes.barh([place], [finished], 0.62, color=BLUE)
        _rows(axes, [name for name, _, _ in rows])
        axes.set_title("outline: began; filled: answered all that it asks", loc="left", fontsize=SMALL)
        axes.set(xlim=(0, learners), xlabel=f"learners, of {learners}")
        axes.xaxis.get_major_locator().set_params(integer=True)
    return fig


def _rows(axes: Any, names: Sequence[str]) -> None:
    axes.set_yticks(
        range(len(names)), [shorten(name, _NAME, placeholder=" …") for name in names], fontsize=SMALL
    )
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.grid(axis="x", color="#DDDDDD")
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)


def _per_cent(axes: Any, label: str) -> None:
    axes.set(xlim=(-2, 102), xticks=range(0, 101, 20), xlabel=label)
