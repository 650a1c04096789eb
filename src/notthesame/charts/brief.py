"""What a brief is made from: the claims of the blog post, and one table drawn in two ways."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from .. import evidence
from ..figures import BLUE, GREEN, GREY, ORANGE, SMALL, WIDE, style, subplots

if TYPE_CHECKING:
    import pandas as pd
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
        fig, axes = subplots(figsize=(WIDE, 3.8))
        for place, lesson in enumerate(lessons):
            for step, verdict in enumerate(sorted(found[lesson], key=order.index), 1):
                mark, colour = _VERDICTS[verdict] if verdicts else ("o", GREY)
                axes.plot(step, place, mark, color=colour, markersize=9)
        if verdicts:
            for place, (verdict, (mark, colour)) in enumerate(_VERDICTS.items()):
                many = sum(verdicts_of.count(verdict) for verdicts_of in found.values())
                axes.plot(7.7, place, mark, color=colour, markersize=9)
                axes.annotate(
                    fill(f"{verdict}: {many}", 16),
                    (7.7, place),
                    xytext=(10, 0),
                    textcoords="offset points",
                    va="center",
                    fontsize=SMALL,
                )
        axes.set_yticks(range(len(lessons)), [fill(lesson, 26) for lesson in lessons], fontsize=SMALL)
        axes.set(xlim=(0.4, 10.6), ylim=(len(lessons) - 0.5, -0.5), xticks=range(1, 10, 2))
        axes.set_xlabel("claims and questions, one mark each", loc="left")
        axes.tick_params(length=0)
    if not verdicts:
        return fig, pd.DataFrame([{"lesson": name, "claims": len(found[name])} for name in lessons])
    rows = [[name, *map(found[name].count, order)] for name in lessons]
    return fig, pd.DataFrame(rows, columns=["lesson", *order])


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
