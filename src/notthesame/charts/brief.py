"""What a brief is made from: the claims of the blog post, and one table drawn in two ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import chain
from textwrap import fill
from typing import TYPE_CHECKING

from .. import evidence
from ..figures import BLUE, GREEN, GREY, ORANGE, SMALL, WIDE, style, subplots

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# What the sources allow of a claim, in the order of a row, each with a mark and a colour of its own.
_VERDICTS = {
    "stands": ("o", BLUE),
    "stands with a change": ("D", GREEN),
    "contested": ("s", ORANGE),
    "not known": ("X", GREY),
}
_CUT = 6_000  # where the axis begins in the chart that misleads


def post_claims(verdicts: bool = True) -> tuple[Figure, pd.DataFrame]:
    """One mark a claim or question of ``post_claims``, in the row of its lesson, with or without its verdict.

    >>> fig, data = post_claims()
    >>> list(data.columns)
    ['lesson', 'stands', 'stands with a change', 'contested', 'not known']
    """
    import pandas as pd

    order = list(_VERDICTS)
    found: dict[str, list[str]] = {}
    for row in evidence.rows("post_claims"):
        if row["verdict"] in _VERDICTS:
            found.setdefault(row["lesson"], []).append(row["verdict"])
    lessons = sorted(found)
    with style():
        tall = {"height_ratios": [7, 1]} if verdicts else {}
        fig, panels = subplots(1 + verdicts, 1, figsize=(WIDE, 3.8 + 0.5 * verdicts), squeeze=False, **tall)
        axes = panels[0, 0]
        for place, lesson in enumerate(lessons):
            for step, verdict in enumerate(sorted(found[lesson], key=order.index), 1):
                mark, colour = _VERDICTS[verdict] if verdicts else ("o", GREY)
                axes.plot(step, place, mark, color=colour, markersize=9)
        if verdicts:
            _draw_key(panels[1, 0], Counter(chain(*found.values())))
        axes.set_yticks(range(len(lessons)), [fill(lesson, 26) for lesson in lessons], fontsize=SMALL)
        most = max(map(len, found.values()))
        axes.set(xlim=(0.4, most + 0.6), ylim=(len(lessons) - 0.5, -0.5), xticks=range(1, most + 1, 2))
        axes.set_xlabel("claims and questions, one mark each", loc="left")
        axes.tick_params(length=0)
    if not verdicts:
        return fig, pd.DataFrame([{"lesson": name, "claims": len(found[name])} for name in lessons])
    rows = [[name, *map(found[name].count, order)] for name in lessons]
    return fig, pd.DataFrame(rows, columns=["lesson", *order])


def _draw_key(axes: Axes, many: Mapping[str, int]) -> None:
    """What each mark says, and how many there are, below the rows: beside them it reads as data."""
    for place, (verdict, (mark, colour)) in enumerate(_VERDICTS.items()):
        column, line = divmod(place, 2)
        axes.plot(column, line, mark, color=colour, markersize=9)
        axes.annotate(
            f"{verdict}: {many[verdict]}",
            (column, line),
            xytext=(10, 0),
            textcoords="offset points",
            va="center",
            fontsize=SMALL,
        )
    axes.set(xlim=(-0.05, 2), ylim=(1.6, -0.6))
    axes.set_axis_off()


def hotline_bars(honest: bool = True) -> tuple[Figure, pd.DataFrame]:
    """Sex-trafficking cases of the US hotline in three years, from zero; or cut off, to mislead.

    >>> fig, data = hotline_bars()
    >>> data.columns[-1]
    'cases recorded'
    """
    import pandas as pd

    facts = ("prevalence-hotline-2017", "prevalence-hotline-2018", "prevalence-hotline-2019")
    cases = {fact_id[-4:]: int(str(evidence.fact(fact_id)["sex"].value)) for fact_id in facts}
    with_textline = {
        row["year"]
        for row in evidence.rows("hotline")
        if row["measure"] == "cases_sex" and "textline" in row["scope"]
    }
    with style():
        fig, axes = subplots(figsize=(WIDE * 0.8, 3))
        axes.bar(list(cases), list(cases.values()), color=BLUE if honest else ORANGE, width=0.55)
        for place, number in enumerate(cases.values()):
            if honest:
                axes.annotate(
                    f"{number:,}",
                    (place, number),
                    xytext=(0, 4),
                    textcoords="offset points",
                    ha="center",
                )
        if honest:
            axes.set(ylim=(0, 10_000), ylabel="cases that the hotline recorded")
            axes.set_title("Sex-trafficking cases recorded by the US hotline", fontsize=10, loc="left")
        else:
            axes.set(ylim=(_CUT, 8_500))
            axes.set_title("Sex trafficking explodes", fontsize=12, fontweight="bold", loc="left")
        axes.yaxis.set_major_formatter("{x:,.0f}")
        names = [year + "\nwith a textline" * (honest and year in with_textline) for year in cases]
        axes.set_xticks(range(len(cases)), names)
        axes.tick_params(axis="x", length=0)
    return fig, pd.DataFrame([{"year": year, "cases recorded": number} for year, number in cases.items()])
