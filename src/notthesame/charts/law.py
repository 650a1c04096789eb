"""What the law calls trafficking: penalties by provision, verdicts case by case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import fill
from typing import TYPE_CHECKING

from .. import evidence
from ..figures import BLUE, ORANGE, SMALL, WIDE, style, subplots
from ..subject import definitions, vignettes

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


def penalties() -> tuple[Figure, pd.DataFrame]:
    """Years of imprisonment by provision, from ``us_penalties``: minimum to maximum, an arrow for life.

    >>> fig, data = penalties()
    >>> fig.axes[0].get_xlabel()
    'years of imprisonment'
    """
    import pandas as pd

    table = evidence.table("us_penalties")
    top = 35  # where an arrow for life ends; not a number of years
    with style():
        fig, axes = subplots(figsize=(WIDE, 5.6))
        for place, (low, high) in enumerate(zip(table["min_years"], table["max_years"], strict=True)):
            life = bool(pd.isna(high))
            end = top if life else float(high)
            axes.plot(
                [float(low), end],
                [place, place],
                color=ORANGE if life else BLUE,
                linewidth=7,
                solid_capstyle="butt",
            )
            words = f"{low} years to life" if life else f"up to {high} years"
            axes.annotate(
                "\N{BLACK RIGHT-POINTING TRIANGLE}  " * life + words,
                (end, place),
                xytext=(6, 0),
                textcoords="offset points",
                va="center",
                fontsize=SMALL,
            )
        names = [
            f"{fill(offence, 38)}\n{provision}"
            for offence, provision in zip(table["offence"], table["provision"], strict=True)
        ]
        axes.set_yticks(range(len(table)), names, fontsize=SMALL)
        axes.invert_yaxis()
        axes.set(xlim=(0, 58), xlabel="years of imprisonment", xticks=range(0, 31, 5))
        axes.grid(axis="x", color="#DDDDDD")
        axes.set_axisbelow(True)
    return fig, table[["provision", "offence", "min_years", "max_years", "life_possible"]]


def agreement(
    vignettes: Iterable[vignettes.Vignette], instruments: Sequence[str] = definitions.ON_PAGE
) -> tuple[Figure, pd.DataFrame]:
    """How many cases meet none of some instruments, how many one, and so on: no case is named.

    A verdict that depends on something open is not counted as met.

    >>> from notthesame.subject.vignettes import lesson_vignettes
    >>> fig, data = agreement(lesson_vignettes())
    >>> int(data["cases"].sum())
    12
    """
    import pandas as pd

    met = [sum(v.outcome == "met" and v.instrument in instruments for v in c.verdicts()) for c in vignettes]
    cases = [met.count(number) for number in range(len(instruments) + 1)]
    with style():
        fig, axes = subplots(figsize=(WIDE, 2.8))
        bars = axes.bar(range(len(cases)), cases, color=BLUE, width=0.6)
        axes.bar_label(bars, padding=2)
        names = ["none", *map(str, range(1, len(instruments))), f"all {len(instruments)}"]
        axes.set_xticks(range(len(cases)), names)
        axes.set(xlabel='definitions that the case meets as coded ("depends" is not counted)', ylabel="cases")
        axes.set(yticks=range(max(cases) + 1), ylim=(0, max(cases) + 0.8))
    return fig, pd.DataFrame({"definitions met": range(len(cases)), "cases": cases})
