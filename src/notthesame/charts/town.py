"""Pictures of a synthetic town with a known truth: a sample of it, and what three samples say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from ..figures import BLUE, GREY, ORANGE
from ..statistics.town import OPT_IN, RDS, SAMPLERS, TRUTH, Reading, people, points
from .moving import Picture

LAB_SIZE = (6.4, 3.1)  # inches of the lab's picture; its sheet shows it at 640 px
TYPE = 8.5
Places = tuple[Any, Any]


class Samples(Picture):
    """The sample looked at and, beside it, what each sample says.

    >>> from notthesame.statistics.town import Setting
    >>> fig = Samples().show(Reading(Setting()))
    >>> [axes.get_visible() for axes in fig.axes]  # chains, two hundreds, estimates
    [False, True, True, True]
    """

    size = LAB_SIZE

    def _build(self) -> Iterable[Artist]:
        places = (0.005, 0.01, 0.47, 0.87), (0.01, 0.12, 0.2, 0.66), (0.245, 0.12, 0.2, 0.66)
        chains, town, sample = map(self.fig.add_axes, places)
        self._chains, self._hundreds = _Chains(chains), (_Hundred(town), _Hundred(sample))
        self._hundreds[0].show(TRUTH, "the town")
        self._estimates = _Estimates(self.fig.add_axes((0.635, 0.17, 0.34, 0.66)))
        return (*self._chains.moving, *self._hundreds[1].moving, *self._estimates.moving)

    def show(self, reading: Reading, tried: Mapping[str, Sequence[float]] | None = None) -> Figure:
        """The figure with these samples on it. tried: shares that many new samples found, by kind."""
        grows = reading.sampler == RDS
        self._chains.axes.set_visible(grows)
        for hundred in self._hundreds:
            hundred.axes.set_visible(not grows)
        if grows:
            self._chains.show(reading)
        else:
            self._hundreds[1].show(reading.found[reading.sampler].estimate, f"{reading.sampler} sample")
        self._estimates.show(reading, tried or {})
        return self.fig


class _Hundred:
    """A hundred dots, as many of them full as people in a hundred say yes."""

    def __init__(self, axes: Any) -> None:
        self.axes = axes
        self._full = axes.scatter([], [], s=36, color=ORANGE)
        self._empty = axes.scatter([], [], s=36, facecolor="white", edgecolor=BLUE, linewidth=0.9)
        self._title = axes.set_title("", loc="left", fontsize=TYPE)
        axes.set(xlim=(-0.7, 9.7), ylim=(-9.7, 0.7))
        axes.set_axis_off()
        self.moving = (self._full, self._empty, self._title)

    def show(self, share: float, whose: str) -> None:
        full = round(100 * share)
        places = np.arange(100)
        dots = np.column_stack([places % 10, -(places // 10)])
        self._full.set_offsets(dots[:full])
        self._empty.set_offsets(dots[full:])
        self._title.set_text(f"Synthetic: {whose},\n{full} of 100 say yes")


# --- the respondent-driven sample --------------------------------------------------------------------------


class _Chains:
    """Each wave on a ring around the seeds, and just outside the newest wave the people whom they know."""

    def __init__(self, axes: Any) -> None:
        self.axes = axes
        self._ties = LineCollection([], colors="#9A9A9A", linewidths=0.7, zorder=1)
        axes.add_collection(self._ties, autolim=False)
        self._known = axes.scatter([], [], s=3, color="#9A9A9A", zorder=1)
        self._yes = axes.scatter([], [], color=ORANGE, edgecolor=ORANGE, linewidth=0.9, zorder=2)
        self._no = axes.scatter([], [], facecolor="white", edgecolor=BLUE, linewidth=0.9, zorder=2)
        self._title = axes.set_title("", loc="left", fontsize=TYPE)
        axes.set_aspect("equal")
        axes.set_axis_off()
        self.moving = (self._ties, self._known, self._yes, self._no, self._title)

    def show(self, reading: Reading) -> None:
        chains, shown = reading.samples.chains, len(reading.grown)
        angle = angles(chains["recruiter"].to_numpy())
        places = np.column_stack(_on_rings(angle, chains["wave"].to_numpy()))
        recruits = np.flatnonzero(chains["recruiter"].to_numpy()[:shown])
        by = chains["recruiter"].to_numpy()[recruits] - 1
        self._ties.set_segments(list(np.stack([places[by], places[recruits]], axis=1)))
        known = () if reading.whole else np.column_stack(_known_to_the_last(reading, angle))
        self._known.set_offsets(np.reshape(known, (-1, 2)))
        yes, size = chains["outcome"].to_numpy()[:shown], _dot(len(chains), reading.samples.last)
        for dots, which in ((self._yes, yes), (self._no, ~yes)):
            dots.set_offsets(places[:shown][which])
            dots.set_sizes([size])
        reach = reading.samples.last + 1.3
        self.axes.set(xlim=(-reach, reach), ylim=(-reach, reach))
        grey = "" if reading.whole else "; grey: people they know"
        wave = f"wave {reading.waves} of {reading.samples.last}"
        self._title.set_text(f"Synthetic: {wave}, {shown} people.\nFull: yes{grey}")


def _dot(n: int, waves: int) -> float:
    """The size of a dot: as large as their number, and the narrowest ring, leave room for."""
    return min(42, 5000 / n, 1500 / sqrt(max(waves, 1) ** 3))


def angles(recruiters: Any) -> Any:
    """Where around the middle each participant stands, in turns: apart from each other, near their recruiter.

    recruiters: for each the id of the recruiter, 0 for a seed; ids are places counted from 1.

    >>> angles([0, 0, 1, 1]).round(2).tolist()
    [0.17, 0.67, 0.0, 0.33]
    """
    recruits: list[list[int]] = [[] for _ in range(len(recruiters) + 1)]
    for place, recruiter in enumerate(recruiters):
        recruits[recruiter].append(place)
    found, ends, todo = np.zeros(len(recruiters)), 0, recruits[0][::-1]
    order = []
    while todo:
        place = todo.pop()
        order.append(place)
        below = recruits[place + 1]
        todo += below[::-1]
        if not below:
            found[place], ends = ends, ends + 1
    for place in reversed(order):
        if recruits[place + 1]:
            found[place] = np.mean(found[recruits[place + 1]])
    return found / max(ends, 1)


def _on_rings(turns: Any, wave: Any) -> Places:
    return (wave + 0.6) * np.sin(2 * np.pi * turns), (wave + 0.6) * np.cos(2 * np.pi * turns)


def _known_to_the_last(reading: Reading, turns: Any) -> Places:
    """Places of the people whom the newest wave knows, just outside its ring."""
    newest = reading.grown[reading.grown["wave"] == reading.waves]
    town = people(reading.setting.homophily)
    width = 0.8 / max(len(newest), 6)
    fans = [
        turns[place] + width * (np.arange(degree) + 0.5 - degree / 2) / degree
        for place, degree in zip(newest.index, town.degree[newest["person"]], strict=True)
    ]
    return _on_rings(np.concatenate(fans), reading.waves + 0.75)


# --- what each says ----------------------------------------------------------------------------------------


class _Estimates:
    """Each estimate with its interval, and what new samples found."""

    def __init__(self, axes: Any) -> None:
        rows = range(len(SAMPLERS))
        axes.axvline(100 * TRUTH, color=ORANGE, linewidth=1.6, zorder=1)
        self._tried = [axes.scatter([], [], s=4, color=GREY, alpha=0.5, linewidth=0, zorder=2) for _ in rows]
        # Their ends stand out above and below the dot, behind which a narrow interval would hide.
        ends: dict[str, Any] = {"marker": "|", "markersize": 10, "markeredgewidth": 1.4}
        self._lines = [axes.plot([], [], color=BLUE, linewidth=2, **ends)[0] for _ in rows]
        self._dots = [axes.plot([0], [row], "o", color=BLUE, markersize=5)[0] for row in rows]
        above = {"ha": "center", "va": "bottom", "fontsize": TYPE}
        self._digits = [axes.text(0, row - 0.14, "", **above) for row in rows]
        # Sizes change, so the names stand where those of ticks do, but move.
        beside: dict[str, Any] = {"xycoords": axes.get_yaxis_transform(), "textcoords": "offset points"}
        beside |= {"ha": "right", "va": "center_baseline", "fontsize": TYPE}
        self._names = [axes.annotate("", (0, row), xytext=(-7, 0), **beside) for row in rows]
        axes.set_yticks(rows, [""] * len(rows))
        axes.set(xlim=(0, 80), ylim=(len(SAMPLERS) - 0.45, -0.6), xlabel="synthetic per cent who say yes")
        self._key = axes.set_title("", loc="right", fontsize=TYPE)
        self.moving = (*self._tried, *self._lines, *self._dots, *self._digits, *self._names, self._key)

    def show(self, reading: Reading, tried: Mapping[str, Sequence[float]]) -> None:
        rows = zip(SAMPLERS, self._lines, self._dots, self._digits, self._names, strict=True)
        for row, (sampler, line, dot, digits, name) in enumerate(rows):
            found = reading.found[sampler]
            shares = 100 * np.asarray(tried.get(sampler, ()))
            spread = row + 0.2 + 0.2 * (np.arange(len(shares)) * 0.618 % 1)
            self._tried[row].set_offsets(np.column_stack([shares, spread]))
            ends = [100 * found.low, 100 * found.high] if found.low < found.high else []
            line.set_data(ends, [row] * len(ends))
            line.set_linestyle("-" if found.kept else (0, (2, 1.2)))
            dot.set_xdata([100 * found.estimate])
            dot.set_markerfacecolor(BLUE if found.kept else "white")
            digits.set(x=100 * found.estimate, text=points(found.estimate))
            name.set_text(f"{sampler}\n{reading.asked(sampler)} people")
        tries = f"\ngrey: {len(tried[OPT_IN])} new samples" if tried else ""
        self._key.set_text(
            f"orange: the truth; solid: 95 per cent\ninterval; dashed: at no stated rate{tries}"
        )
