"""Odds ratios of single studies, row by row; three intervals below them; odds ratios and risks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from textwrap import fill
from typing import TYPE_CHECKING

from .. import evidence
from .._reading import shown
from ..figures import BLUE, GREY, INK, ORANGE, SMALL, WIDE, style, subplots

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# By outcome: the pool of ``pools_of_abstracts`` that its rows make, and the ends of the axis.
_POOLS = {"violence": ("violence_four", (0.4, 18.0)), "hiv_sti": ("infection_three", (0.2, 32.0))}
_TICKS = (0.25, 0.5, 1, 2, 4, 8, 16)
# What each interval answers, and the columns of its ends.
_QUESTIONS = (
    ("the average (normal)", "average_low", "average_high"),
    ("few rows allowed for (Hartung-Knapp)", "few_low", "few_high"),
    ("the next place (prediction)", "next_low", "next_high"),
)


def study_rows(outcome: str = "violence") -> tuple[Figure, pd.DataFrame]:
    """The rows of ``platt_forest`` that may be pooled for an outcome: squares with intervals, and no diamond.

    A square's area goes with the precision of its row. ``outcome`` is "violence" or "hiv_sti".

    >>> fig, data = study_rows()
    >>> len(data)
    4
    """
    rows, _, ends = _chosen(outcome)
    with style():
        fig, axes = subplots(figsize=(WIDE, 0.62 * len(rows) + 0.8))
        names = _draw_rows(axes, rows)
        _finish(axes, names, ends)
    return fig, _table(rows)


def three_intervals(outcome: str = "violence") -> tuple[Figure, pd.DataFrame]:
    """The same rows, and below them three intervals of their pool, from ``pools_of_abstracts``.

    >>> fig, data = three_intervals()
    >>> list(data["row"])[4:]
    ['the average (normal)', 'few rows allowed for (Hartung-Knapp)', 'the next place (prediction)']
    """
    import pandas as pd

    rows, pool, ends = _chosen(outcome)
    with style():
        fig, axes = subplots(figsize=(WIDE, 0.6 * (len(rows) + 3) + 1.1))
        names = _draw_rows(axes, rows)
        middle = float(pool["estimate"])
        axes.axhline(len(rows) - 0.5, color=GREY, linewidth=0.8)
        for place, (name, low, high) in enumerate(_QUESTIONS, len(rows)):
            colour = ORANGE if low == "next_low" else BLUE
            axes.plot([float(pool[low]), float(pool[high])], [place, place], color=colour, linewidth=3.5)
            axes.plot([middle], [place], "D", color=colour, markersize=8)
            _print(axes, place, f"{pool['estimate']} ({pool[low]} to {pool[high]})")
            names.append(fill(name, 24))
        _finish(axes, names, ends)
    shown = _table(rows).rename(columns={"place": "row"})
    below = [
        {"row": name, "odds ratio": pool["estimate"], "from": pool[low], "to": pool[high]}
        for name, low, high in _QUESTIONS
    ]
    return fig, pd.concat([shown, pd.DataFrame(below)]).fillna("")


def odds_and_risk() -> tuple[Figure, pd.DataFrame]:
    """What the odds ratio of the review makes of a share, beside three times that share.

    >>> fig, data = odds_and_risk()
    >>> list(data.columns)
    ['not exposed, of 100', 'exposed, by the odds ratio', 'three times as many']
    """
    import pandas as pd

    found = evidence.fact("surveys-odds-and-risk").values
    sums = {name: float(str(value.value)) for name, value in found.items()}
    ratio, times = sums["odds_ratio"], sums["times"]
    shares = range(0, 101)
    risks = [100 * ratio * share / (100 - share + ratio * share) for share in shares]
    with style():
        fig, axes = subplots(figsize=(WIDE, 3.4))
        axes.plot(shares, risks, color=BLUE, linewidth=2.4)
        axes.plot([0, 100 / times], [0, 100], color=ORANGE, linewidth=2, linestyle="--")
        axes.annotate("three times\nthe share", (24, 88), ha="right", va="center", fontsize=SMALL)
        axes.annotate(f"odds ratio {ratio:g}", (66, 79), fontsize=SMALL)
        for name, risk in (("low_baseline", "low_risk"), ("baseline", "risk")):
            x, y = sums[name], sums[risk]
            axes.plot([x], [y], "o", color=BLUE, markersize=8)
            axes.annotate(f"{x:.0f} go with {y:.0f}", (x, y), xytext=(10, -9), textcoords="offset points")
        axes.plot([sums["baseline"]], [sums["tripled"]], "s", color=ORANGE, markersize=7)
        axes.annotate(
            f"three times: {sums['tripled']:.0f}",
            (sums["baseline"], sums["tripled"]),
            xytext=(10, -4),
            textcoords="offset points",
        )
        axes.set(xlim=(0, 100), ylim=(0, 100), xticks=range(0, 101, 10), yticks=range(0, 101, 20))
        axes.set(xlabel="of 100 people not exposed, how many it happens to", ylabel="of 100 exposed")
        axes.grid(color="#DDDDDD")
        axes.set_axisbelow(True)
    listed = (5, 10, 20, 30, 50, 70)
    rows = [(x, round(risks[x]), f"{times * x:.0f}" if times * x <= 100 else "over 100") for x in listed]
    return fig, pd.DataFrame(
        rows, columns=["not exposed, of 100", "exposed, by the odds ratio", "three times as many"]
    )


def _chosen(outcome: str) -> tuple[list[Mapping[str, str]], Mapping[str, str], tuple[float, float]]:
    """The rows of an outcome that may be pooled, their pool, and the ends of the axis."""
    if outcome not in _POOLS:
        raise ValueError(f"There is no outcome {shown(outcome)} to pool; allowed: {', '.join(_POOLS)}")
    name, ends = _POOLS[outcome]
    forest = evidence.rows("platt_forest")
    rows = [row for row in forest if row["outcome_group"] == outcome and row["use_in_pool"] == "true"]
    [pool] = [row for row in evidence.rows("pools_of_abstracts") if row["pool"] == name]
    return rows, pool, ends


def _draw_rows(axes: Axes, rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Draw a square and a line for each row; gives the names that stand beside them."""
    precision = [1 / log(float(row["ci_high"]) / float(row["ci_low"])) ** 2 for row in rows]
    for place, (row, weight) in enumerate(zip(rows, precision, strict=True)):
        effect, low, high = (float(row[name]) for name in ("effect", "ci_low", "ci_high"))
        axes.plot([low, high], [place, place], color=INK, linewidth=1.3)
        side = 4 + 9 * (weight / max(precision)) ** 0.5
        axes.plot([effect], [place], "s", color=INK, markersize=side)
        _print(axes, place, f"{effect:g} ({low:g} to {high:g})")
    return [f"{_place(row)}\n{fill(row['exposure'], 27)}" for row in rows]


def _place(row: Mapping[str, str]) -> str:
    return f"{row['city_or_region']} {row['year']}"


def _print(axes: Axes, place: int, words: str) -> None:
    """The numbers of a row, in a column right of the axis."""
    axes.annotate(words, (1.03, place), xycoords=("axes fraction", "data"), va="center", fontsize=SMALL)


def _finish(axes: Axes, names: Sequence[str], ends: tuple[float, float]) -> None:
    axes.set_xscale("log")
    axes.axvline(1, color=GREY, linewidth=1, linestyle=":")
    ticks = [tick for tick in _TICKS if ends[0] <= tick <= ends[1]]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.set_xticks([], minor=True)
    axes.set_yticks(range(len(names)), names, fontsize=SMALL)
    axes.tick_params(axis="y", length=0)
    axes.set(xlim=ends, ylim=(len(names) - 0.4, -0.6), xlabel="odds ratio (1: no difference; steps double)")


def _table(rows: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "place": [_place(row) for row in rows],
            "exposure": [row["exposure"] for row in rows],
            "outcome": [row["outcome"] for row in rows],
            "people": [row["n"] or "not in the abstract" for row in rows],
            "odds ratio": [row["effect"] for row in rows],
            "from": [row["ci_low"] for row in rows],
            "to": [row["ci_high"] for row in rows],
        }
    )
