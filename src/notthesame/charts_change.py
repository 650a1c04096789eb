"""Charts on what changed in 2018. They are reached as ``charts.spring_2018`` and so on."""

from __future__ import annotations

import datetime
from textwrap import fill
from typing import TYPE_CHECKING

from . import evidence
from .figures import BLUE, GREEN, GREY, INK, ORANGE, style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SPRING = {  # event of the table fosta_timeline: what the chart calls it
    "senate-passes": "passed",
    "craigslist-personals": "Craigslist personals off",
    "backpage-seized": "Backpage seized",
    "fosta-signed": "FOSTA signed",
}
GRADES = {"2": ("2 fully", BLUE, "white"), "1": ("1 in part", "#CFE3F1", INK), "0": ("0 not", "#F1F1F1", INK)}
NOT_SEEN = ("not seen", "white", GREY)


def spring_2018() -> tuple[Figure, pd.DataFrame]:
    """Sex ads a day as published for three days of spring 2018, four events, and when a survey asked."""
    import pandas as pd
    from matplotlib import pyplot

    dates = {row["id"]: _day(row["date"]) for row in evidence.rows("fosta_timeline") if row["id"] in SPRING}
    ads = evidence.fact("surveys-ads-series")
    days = [ads[name].value for name in ("passed", "closed_in_the_column", "low_point")]
    counts = [float(str(ads[name].value)) for name in ("ads_21_march", "ads_5_april", "ads_17_april")]
    survey = evidence.fact("surveys-coyote2018-fieldwork")
    asked = [survey[name].value for name in ("first_answer", "last_answer")]
    with style():
        fig, (top, bottom) = pyplot.subplots(
            2, 1, figsize=(8, 4.4), sharex=True, height_ratios=[5, 1], gridspec_kw={"hspace": 0.08}
        )
        top.plot(days, counts, "o:", color=BLUE, linewidth=1.2)
        for day, count in zip(days, counts, strict=True):
            top.annotate(f"{count:,.0f}", (day, count), xytext=(7, 4), textcoords="offset points", fontsize=9)
        _draw_events((top, bottom), dates)
        top.set(ylim=(0, 118_000), ylabel="sex ads a day on tracked sites")
        top.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        top.tick_params(length=0, axis="x")
        bottom.barh([0], [asked[1] - asked[0]], left=[asked[0]], height=0.5, color=GREEN)
        bottom.annotate(
            "COYOTE-RI survey: answers analysed",
            (asked[0], 0),
            xytext=(4, -3),
            textcoords="offset points",
            fontsize=8,
            color="white",
        )
        bottom.set(ylim=(-0.5, 0.5), yticks=[])
        ticks = [datetime.date(2018, month, day) for month in (3, 4, 5) for day in (1, 15)]
        bottom.set_xticks(ticks, [f"{tick.day} {tick:%B}" for tick in ticks])
        bottom.set_xlim(datetime.date(2018, 3, 8), datetime.date(2018, 5, 29))
    rows = [(date.isoformat(), SPRING[name], "") for name, date in dates.items()]
    rows += [(str(day), "sex ads a day", f"{count:.0f}") for day, count in zip(days, counts, strict=True)]
    rows += [
        (str(day), f"COYOTE-RI survey: {word} answer", "")
        for day, word in zip(asked, ("first", "last"), strict=True)
    ]
    return fig, pd.DataFrame(sorted(rows), columns=["date", "what", "count"])


def _draw_events(panels: tuple[Axes, Axes], dates: dict[str, datetime.date]) -> None:
    for axes in panels:
        for date in dates.values():
            axes.axvline(date, color=ORANGE, linewidth=1.1)
    for height, (name, date) in zip((1.02, 1.1, 1.02, 1.1), dates.items(), strict=True):
        right = name in ("senate-passes", "backpage-seized")
        panels[0].annotate(
            f"{date.day} {date:%b}: {SPRING[name]}",
            (date, height),
            xycoords=("data", "axes fraction"),
            xytext=(4 if right else -4, 0),
            textcoords="offset points",
            ha="right" if right else "left",
            fontsize=8,
        )


def drafts() -> tuple[Figure, pd.DataFrame]:
    """Two families of papers on Craigslist, version by version, from ``drifting_estimates_craigslist``."""
    from matplotlib import pyplot

    table = evidence.table("drifting_estimates_craigslist").dropna(subset=["estimate_low_pct"])
    looks = {"decrease": (BLUE, "homicide of women, fall"), "increase": (ORANGE, "prostitution cases, rise")}
    with style():
        fig, axes = pyplot.subplots(figsize=(8, 3.2))
        names = []
        for place, (_, row) in enumerate(table.iterrows()):
            low, high = float(row["estimate_low_pct"]), float(row["estimate_high_pct"])
            colour, what = looks[row["direction"]]
            axes.plot([low, high], [place, place], "o-", color=colour, linewidth=2)
            words = f"{low:g}" if low == high else f"{low:g} to {high:g}"
            axes.annotate(words, (high, place), xytext=(8, -3), textcoords="offset points", fontsize=9)
            names.append(f"{what}: {row['version']}" + (f", {row['date']}" if _given(row["date"]) else ""))
        axes.set_yticks(range(len(names)), [fill(name, 60) for name in names], fontsize=8)
        axes.invert_yaxis()
        axes.set(xlim=(0, 31), xlabel="size of the change, per cent")
        axes.grid(axis="x", color="#DDDDDD")
        axes.set_axisbelow(True)
    return fig, table[
        ["paper_family", "version", "date", "outcome", "direction", "estimate_low_pct", "estimate_high_pct"]
    ]


def rubric_grid() -> tuple[Figure, pd.DataFrame]:
    """Six studies by six questions, graded as in ``rubric_fosta_sources``: words, numbers and colour."""
    import pandas as pd
    from matplotlib import pyplot

    rows = evidence.rows("rubric_fosta_sources")
    studies = list(dict.fromkeys(row["name"] for row in rows))
    questions = list(dict.fromkeys(row["question"] for row in rows))
    with style():
        fig, axes = pyplot.subplots(figsize=(8, 3.6))
        for row in rows:
            x, y = questions.index(row["question"]), studies.index(row["name"])
            word, ground, ink = GRADES.get(row["grade"], NOT_SEEN)
            axes.add_patch(pyplot.Rectangle((x, y), 1, 1, facecolor=ground, edgecolor="white", linewidth=2))
            axes.text(x + 0.5, y + 0.5, word, ha="center", va="center", color=ink, fontsize=9)
        axes.set(xlim=(0, len(questions)), ylim=(len(studies), 0))
        axes.set_xticks([i + 0.5 for i in range(len(questions))], [fill(name, 12) for name in questions])
        axes.set_yticks([i + 0.5 for i in range(len(studies))], studies)
        axes.tick_params(length=0, labeltop=True, labelbottom=False)
        for spine in axes.spines.values():
            spine.set_visible(False)
    columns = ["name", "question", "grade", "reason"]
    return fig, pd.DataFrame([{c: row[c] or "not seen" for c in columns} for row in rows])


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _given(value: object) -> bool:
    return isinstance(value, str) and bool(value)
