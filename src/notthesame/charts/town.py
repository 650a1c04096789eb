"""Pictures of a synthetic town with a known truth: a sample of it, and what three samples say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from .. import figures
from ..figures import BLUE, GREY, ORANGE
from ..statistics.town import OPT_IN, RDS, SAMPLERS, TRUTH, Reading, people, points

LAB_SIZE = (6.4, 3.1)  # inches of the lab's picture; its sheet shows it at 640 px
TYPE = 8.5
Places = tuple[Any, Any]


def draw(
    reading: Reading, tried: Mapping[str, Sequence[float]] | None = None, fig: Figure | None = None
) -> Figure:
    """The sample looked at and, beside it, what each sample says; on ``fig`` if one is given.

    tried: shares that many new samples found, by kind of sample.

    >>> from notthesame.statistics.town import Setting
    >>> len(draw(Reading(Setting())).axes)
    3
    """
    with figures.style():
        fig = figures.afresh(fig, LAB_SIZE)
        if reading.sampler == RDS:
            _draw_chains(fig.add_axes((0.005, 0.01, 0.47, 0.87)), reading)
        else:
            found = reading.found[reading.sampler].estimate
            _draw_hundred(fig.add_axes((0.01, 0.12, 0.2, 0.66)), TRUTH, "the town")
            _draw_hundred(fig.add_axes((0.245, 0.12, 0.2, 0.66)), found, f"{reading.sampler} sample")
        _draw_estimates(fig.add_axes((0.635, 0.17, 0.34, 0.66)), reading, tried or {})
    return fig


def _draw_hundred(axes: Any, share: float, whose: str) -> None:
    """A hundred dots, as many of them full as people in a hundred say yes."""
    full = round(100 * share)
    places = np.arange(100)
    x, y = places % 10, -(places // 10)
    axes.scatter(x[:full], y[:full], s=36, color=ORANGE)
    axes.scatter(x[full:], y[full:], s=36, facecolor="white", edgecolor=BLUE, linewidth=0.9)
    axes.set_title(f"Synthetic: {whose},\n{full} of 100 say yes", loc="left", fontsize=TYPE)
    axes.set(xlim=(-0.7, 9.7), ylim=(-9.7, 0.7))
    axes.set_axis_off()


# --- the respondent-driven sample --------------------------------------------------------------------------


def _draw_chains(axes: Any, reading: Reading) -> None:
    """Each wave on a ring around the seeds, and just outside the newest wave the people whom they know."""
    chains, shown = reading.samples.chains, len(reading.grown)
    angle = angles(chains["recruiter"].to_numpy())
    x, y = _on_rings(angle, chains["wave"].to_numpy())
    recruits = np.flatnonzero(chains["recruiter"].to_numpy()[:shown])
    by = chains["recruiter"].to_numpy()[recruits] - 1
    axes.plot([x[by], x[recruits]], [y[by], y[recruits]], color="#9A9A9A", linewidth=0.7, zorder=1)
    if not reading.whole:
        axes.scatter(*_known_to_the_last(reading, angle), s=3, color="#9A9A9A", zorder=1)
    yes, size = chains["outcome"].to_numpy()[:shown], _dot(len(chains), reading.samples.last)
    x, y = x[:shown], y[:shown]
    axes.scatter(x[yes], y[yes], s=size, color=ORANGE, edgecolor=ORANGE, linewidth=0.9, zorder=2)
    axes.scatter(x[~yes], y[~yes], s=size, facecolor="white", edgecolor=BLUE, linewidth=0.9, zorder=2)
    reach = reading.samples.last + 1.3
    axes.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
    axes.set_axis_off()
    known = "" if reading.whole else "; grey: people they know"
    axes.set_title(
        f"Synthetic: wave {reading.waves} of {reading.samples.last}, {shown} people.\nFull: yes{known}",
        loc="left",
        fontsize=TYPE,
    )


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


def _draw_estimates(axes: Any, reading: Reading, tried: Mapping[str, Sequence[float]]) -> None:
    axes.axvline(100 * TRUTH, color=ORANGE, linewidth=1.6, zorder=1)
    for row, sampler in enumerate(SAMPLERS):
        found, shares = reading.found[sampler], tried.get(sampler, ())
        if len(shares):
            spread = row + 0.2 + 0.2 * (np.arange(len(shares)) * 0.618 % 1)
            axes.scatter(100 * np.asarray(shares), spread, s=4, color=GREY, alpha=0.5, linewidth=0, zorder=2)
        if found.low < found.high:
            line = "-" if found.kept else (0, (2, 1.2))
            axes.plot(
                [100 * found.low, 100 * found.high], [row, row], color=BLUE, linewidth=2, linestyle=line
            )
        inside = BLUE if found.kept else "white"
        axes.plot([100 * found.estimate], [row], "o", color=BLUE, markersize=5, markerfacecolor=inside)
        axes.annotate(
            points(found.estimate),
            (100 * found.estimate, row - 0.14),
            ha="center",
            va="bottom",
            fontsize=TYPE,
        )
    labels = [f"{sampler}\n{reading.asked(sampler)} people" for sampler in SAMPLERS]
    axes.set_yticks(range(len(SAMPLERS)), labels, fontsize=TYPE)
    axes.set(xlim=(0, 80), ylim=(len(SAMPLERS) - 0.45, -0.6), xlabel="synthetic per cent who say yes")
    tries = f"; grey: {len(tried[OPT_IN])} new samples" if tried else ""
    key = f"orange: the truth; solid: 95 per cent\ninterval; dashed: at no stated rate{tries}"
    axes.set_title(key, loc="right", fontsize=TYPE)
