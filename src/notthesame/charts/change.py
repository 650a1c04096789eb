"""What changed in 2018: adverts a day, estimates that moved between drafts, six sources on one rubric."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from textwrap import fill
from typing import TYPE_CHECKING, Any

from .. import evidence
from .._words import day_and_month
from ..figures import BLUE, GREEN, GREY, INK, ORANGE, SMALL, WIDE, style, subplots

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SPRING = {  # event of the table fosta_timeline: what the chart calls it, on which side, how high
    "senate-passes": ("bill passed", "right", 1.02),
    "craigslist-personals": ("Craigslist personals off", "left", 1.18),
    "backpage-seized": ("Backpage seized", "right", 1.1),
    "fosta-signed": ("FOSTA signed", "left", 1.02),
}
GRADES = {"2": ("2 fully", BLUE, "white"), "1": ("1 in part", "#CFE3F1", INK), "0": ("0 not", "#F1F1F1", INK)}
NOT_SEEN = ("not seen", "white", GREY)
DRAFTS = {  # direction of a change: colour, and what its axis measures
    "decrease": (BLUE, "estimated fall in homicides of women"),
    "increase": (ORANGE, "estimated rise in prostitution cases"),
}


def spring_2018() -> tuple[Figure, pd.DataFrame]:
    """Sex ads a day as published for three days of spring 2018, four events, and when a survey asked.

    >>> fig, data = spring_2018()
    >>> len(data)
    9
    """
    import pandas as pd

    dates = {row["id"]: row["date"] for row in evidence.rows("fosta_timeline") if row["id"] in SPRING}
    days = _values("surveys-ads-series", "passed", "closed_in_the_column", "low_point")
    counts = _values("surveys-ads-series", "ads_21_march", "ads_5_april", "ads_17_april")
    asked = _values("surveys-coyote2018-fieldwork", "first_answer", "last_answer")
    with style():
        fig, (top, bottom) = subplots(
            2, 1, figsize=(WIDE, 4.4), sharex=True, height_ratios=[5, 1], gridspec_kw={"hspace": 0.08}
        )
        _draw_ads(top, days, counts)
        _draw_events((top, bottom), dates)
        start, end = map(_at, asked)
        bottom.barh([0], [end - start], left=[start], height=0.5, color=GREEN)
        bottom.annotate(
            "COYOTE-RI survey: answers analysed", (start, 0), color="white", **_beside(4, -3) | {"bbox": None}
        )
        ticks = [datetime.date(2018, month, day) for month in (3, 4, 5) for day in (1, 15)]
        bottom.set_xticks([*map(_at, ticks)], [*map(day_and_month, ticks)])
        bottom.set(ylim=(-0.5, 0.5), yticks=[], xlim=(_at("2018-03-08"), _at("2018-05-29")))
    rows = [(date, SPRING[name][0], "") for name, date in dates.items()]
    rows += [(day, "sex ads a day", count) for day, count in zip(days, counts, strict=True)]
    rows += [
        (asked[0], "COYOTE-RI survey: first answer", ""),
        (asked[1], "COYOTE-RI survey: last answer", ""),
    ]
    return fig, pd.DataFrame(sorted(rows), columns=["date", "what", "count"])


def _draw_ads(axes: Axes, days: list[str], counts: list[str]) -> None:
    axes.plot([*map(_at, days)], [*map(float, counts)], "o:", color=BLUE, linewidth=1.2)
    for day, count in zip(days, map(float, counts), strict=True):
        axes.annotate(f"{count:,.0f}", (_at(day), count), **_beside(7, 4))
    axes.annotate("(reckoned from a fall of 28 per cent)", (_at(days[1]), float(counts[1])), **_beside(52, 4))
    axes.annotate(
        "August: the same firm tells of\na climb to near the earlier\nvolume (no count)",
        (_at("2018-04-22"), 38_000),
        **_beside(0, 0),
    )
    axes.set(ylim=(0, 118_000), yticks=range(0, 100_001, 20_000), ylabel="sex ads a day on tracked sites")
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.tick_params(length=0, axis="x")


def _draw_events(panels: tuple[Axes, Axes], dates: Mapping[str, str]) -> None:
    for name, date in dates.items():
        word, side, height = SPRING[name]
        for axes, top in zip(panels, (height, 1), strict=True):
            axes.axvline(_at(date), ymax=top, color=ORANGE, linewidth=1.1, clip_on=False)
        day = datetime.date.fromisoformat(date)
        words = {"ha": side, **_beside(-4 if side == "right" else 4, 0)}
        place = (_at(date), height)
        panels[0].annotate(
            f"{day_and_month(day, 3)}: {word}", place, xycoords=("data", "axes fraction"), **words
        )


_GROUND = {"bbox": {"facecolor": "white", "edgecolor": "none", "pad": 1}}  # no line runs through the words


def _beside(right: int, up: int) -> dict[str, Any]:
    return {"xytext": (right, up), "textcoords": "offset points", "fontsize": SMALL} | _GROUND


def _values(fact_id: str, *names: str) -> list[str]:
    """Values of a fact as text: numbers, and dates as in "2018-04-06"."""
    found = evidence.fact(fact_id)
    return [str(found[name].value) for name in names]


def _at(day: str | datetime.date) -> int:
    """The place of a day on the axis."""
    return datetime.date.fromisoformat(str(day)).toordinal()


def drafts(direction: str = "decrease") -> tuple[Figure, pd.DataFrame]:
    """One family of papers on Craigslist, version by version, from ``drifting_estimates_craigslist``.

    >>> [len(drafts(direction)[1]) for direction in ("decrease", "increase")]
    [3, 4]
    """

    table = evidence.table("drifting_estimates_craigslist").dropna(subset=["estimate_low_pct"])
    table = table[table["direction"] == direction]
    colour, what = DRAFTS[direction]
    with style():
        fig, axes = subplots(figsize=(WIDE, 0.6 * len(table) + 0.9))
        names = []
        for place, (_, row) in enumerate(table.iterrows()):
            low, high = float(row["estimate_low_pct"]), float(row["estimate_high_pct"])
            axes.plot([low, high], [place, place], "o-", color=colour, linewidth=2, markersize=8)
            words = f"{low:g}" if low == high else f"{low:g} to {high:g}"
            axes.annotate(words, (high, place), xytext=(10, -4), textcoords="offset points")
            names.append((f"{row['date']}: " if _given(row["date"]) else "") + str(row["version"]))
        axes.set_yticks(range(len(names)), [fill(name, 30) for name in names], fontsize=SMALL)
        axes.invert_yaxis()
        axes.margins(y=0.2)
        axes.set(xlim=(0, 31), xlabel=f"{what}, per cent")
        axes.grid(axis="x", color="#DDDDDD")
        axes.set_axisbelow(True)
    columns = ["paper_family", "version", "date", "outcome", "direction"]
    return fig, table[[*columns, "estimate_low_pct", "estimate_high_pct"]]


def rubric_grid() -> tuple[Figure, pd.DataFrame]:
    """Six studies by six questions, graded as in ``rubric_fosta_sources``: words, numbers and colour.

    >>> fig, data = rubric_grid()
    >>> len(data)
    36
    """
    return graded("rubric_fosta_sources")


def graded(table: str, wide: float = WIDE) -> tuple[Figure, pd.DataFrame]:
    """The studies of a rubric's table by its questions (``wide``: inches), each square with its grade.

    >>> fig, data = graded("rubric_survey_samples")
    >>> len(data)
    30
    """
    import pandas as pd
    from matplotlib.patches import Rectangle

    rows = evidence.rows(table)
    studies = list(dict.fromkeys(row["name"] for row in rows))
    questions = list(dict.fromkeys(row["question"] for row in rows))
    with style():
        fig, axes = subplots(figsize=(wide, 3.6))
        for row in rows:
            x, y = questions.index(row["question"]), studies.index(row["name"])
            word, ground, ink = GRADES.get(row["grade"], NOT_SEEN)
            axes.add_patch(Rectangle((x, y), 1, 1, facecolor=ground, edgecolor="white", linewidth=2))
            axes.text(x + 0.5, y + 0.5, word, ha="center", va="center", color=ink, fontsize=SMALL)
        axes.set(xlim=(0, len(questions)), ylim=(len(studies), 0))
        letters = max(8, int(min(12, 66 // len(questions)) * wide / WIDE))  # of a line of a heading
        heads = [fill(name, letters) for name in questions]
        axes.set_xticks([i + 0.5 for i in range(len(questions))], heads, fontsize=SMALL)
        names = [fill(name, int(16 * wide / WIDE)) for name in studies]
        axes.set_yticks([i + 0.5 for i in range(len(studies))], names, fontsize=SMALL)
        axes.tick_params(length=0, labeltop=True, labelbottom=False)
        for spine in axes.spines.values():
            spine.set_visible(False)
    columns = ["name", "question", "grade", "reason"]
    return fig, pd.DataFrame([{c: row[c] or "not seen" for c in columns} for row in rows])


def _given(value: object) -> bool:
    return isinstance(value, str) and bool(value)
