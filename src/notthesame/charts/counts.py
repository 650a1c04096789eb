"""Counts of one year beside each other, each in its own unit."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING

from .. import evidence
from .._words import capital
from ..figures import BLUE, GREEN, ORANGE, SMALL, WIDE, style, subplots

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


def charged_2022() -> tuple[Figure, pd.DataFrame]:
    """Defendants of fiscal 2022 by the statutes that BJS adds up, from ``prevalence-bjs-definition``.

    >>> fig, data = charged_2022()
    >>> data.columns[-1]
    'people charged'
    """
    found = evidence.fact("prevalence-bjs-definition")
    names = {
        "charged": "The total: human trafficking, as BJS counts it",
        "trafficking_chapter": "Peonage, slavery, forced labour, sex trafficking",
        "exploitation_of_children": "Sexual exploitation of children (2015: child pornography production)",
        "other_statutes": "Transportation statutes (by subtraction)",
    }
    bars = [(words, int(str(found[name].value))) for name, words in names.items()]
    return _totals(bars, "people charged", whole=1)


def hotline_2016() -> tuple[Figure, pd.DataFrame]:
    """Four case totals of the US hotline for one year, from ``hotline``, the lowest first.

    >>> fig, data = hotline_2016()
    >>> len(data)
    4
    """
    rows = [row for row in evidence.rows("hotline") if (row["year"], row["measure"]) == ("2016", "cases")]
    bars = [(capital(row["scope"]), int(row["value"])) for row in rows]
    return _totals(sorted(bars, key=_second), "cases")


def _second(pair: tuple[str, int]) -> int:
    return pair[1]


def _totals(bars: Sequence[tuple[str, int]], unit: str, whole: int = 0) -> tuple[Figure, pd.DataFrame]:
    """Named totals as bars from zero; where the first is made up of the others, these stand end to end."""
    import pandas as pd

    with style():
        fig, axes = subplots(figsize=(WIDE, 0.6 * len(bars) + 0.9))
        end = 0
        for row, (_, number) in enumerate(bars):
            start = end if whole and row >= whole else 0
            end = start + number if row >= whole else 0
            axes.barh(row, number, left=start, color=ORANGE if row < whole else BLUE, height=0.6)
            words, place = f"{number:,}", (start + number, row)
            axes.annotate(words, place, xytext=(5, 0), textcoords="offset points", va="center")
        axes.set_yticks(range(len(bars)), [fill(name, 30) for name, _ in bars], fontsize=SMALL)
        axes.set(xlim=(0, 1.12 * max(number for _, number in bars)), xlabel=unit)
        axes.xaxis.set_major_formatter("{x:,.0f}")
        axes.invert_yaxis()
        axes.tick_params(axis="y", length=0)
    return fig, pd.DataFrame([{"counted": name, unit: number} for name, number in bars])


def three_windows() -> tuple[Figure, pd.DataFrame]:
    """Three counts of one year in the US, like for like: sex trafficking alone, and all forms.

    >>> fig, data = three_windows()
    >>> len(data)
    3
    """
    import pandas as pd

    found = evidence.fact("prevalence-enforcement-not-prevalence")
    windows = (
        ("situations that callers describe\nto the national hotline", "hotline", "cases"),
        ("offences that police agencies\nrecord and report to the FBI", "offences", "offences"),
        ("new criminal cases in\nfederal courts", "cases", "court cases"),
    )
    parts = (("sex trafficking", "sex", BLUE), ("all forms", "all", GREEN))
    with style():
        fig, panels = subplots(2, 1, figsize=(WIDE, 4.4), sharex=True)
        for axes, (title, part, colour) in zip(panels, parts, strict=True):
            for row, (_, name, unit) in enumerate(windows):
                number = found[f"{name}_{part}"].value
                axes.barh(row, number, color=colour, height=0.55)
                place = (number, row)
                axes.annotate(
                    f"{number:,} {unit}", place, xytext=(4, 0), textcoords="offset points", va="center"
                )
            axes.set_title(title, fontsize=10, loc="left")
            axes.set(
                xlim=(0, 17_000), xticks=range(0, 12_001, 4_000), xlabel="number, in the unit at the bar"
            )
            axes.set_xticklabels([f"{tick:,}" for tick in range(0, 12_001, 4_000)])
            axes.tick_params(axis="y", length=0)
            axes.set_yticks(range(len(windows)), [words for words, _, _ in windows], fontsize=SMALL)
            axes.invert_yaxis()
        panels[0].set_xlabel("")
    table = [
        {
            "window": words.replace("\n", " "),
            "unit": unit,
            **{title: found[f"{name}_{part}"].value for title, part, _ in parts},
        }
        for words, name, unit in windows
    ]
    return fig, pd.DataFrame(table)
