"""The charts that lessons draw, one function each. Each takes its numbers from ``data/`` and returns them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING

from . import definitions, evidence
from .figures import BLUE, GREEN, INK, ORANGE, style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SHORT_NAMES = {
    "us_sex_trafficking": "TVPA:\nbroad label",
    "us_severe_sex": "TVPA: severe\nform, sex limb",
    "us_1591_a1": "18 U.S.C.\n1591(a)(1)",
    "us_2421_mann": "Mann Act",
    "un_palermo": "Palermo\nArt. 3",
}


def penalties() -> tuple[Figure, pd.DataFrame]:
    """Years of imprisonment by provision, from ``us_penalties``: minimum to maximum, an arrow for life."""
    import pandas as pd
    from matplotlib import pyplot

    table = evidence.table("us_penalties")
    top = 35  # where an arrow for life ends; not a number of years
    with style():
        fig, axes = pyplot.subplots(figsize=(8, 4.8))
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
                fontsize=9,
            )
        names = [
            f"{fill(offence, 52)}\n{provision}"
            for offence, provision in zip(table["offence"], table["provision"], strict=True)
        ]
        axes.set_yticks(range(len(table)), names, fontsize=8)
        axes.invert_yaxis()
        axes.set(xlim=(0, 48), xlabel="years of imprisonment", xticks=range(0, 31, 5))
        axes.grid(axis="x", color="#DDDDDD")
        axes.set_axisbelow(True)
    return fig, table[["provision", "offence", "min_years", "max_years", "life_possible"]]


def verdict_grid(
    vignettes: Iterable[definitions.Vignette], instruments: Sequence[str] = definitions.ON_PAGE
) -> tuple[Figure, pd.DataFrame]:
    """One row a vignette, one column an instrument: met, not met or depends, as words, signs and colour."""
    import pandas as pd
    from matplotlib import pyplot
    from matplotlib.patches import Rectangle

    cases = tuple(vignettes)
    found = [{v.instrument: v.outcome for v in case.verdicts()} for case in cases]
    looks = {
        "met": (BLUE, "white", "met"),
        "not met": ("#F1F1F1", INK, "not met"),
        "depends": ("#FFE3C2", INK, "depends ?"),
    }
    with style():
        fig, axes = pyplot.subplots(figsize=(8, 0.42 * len(cases) + 0.9))
        for row, verdicts in enumerate(found):
            for column, key in enumerate(instruments):
                ground, ink, word = looks[verdicts[key]]
                axes.add_patch(
                    Rectangle((column, row), 1, 1, facecolor=ground, edgecolor="white", linewidth=2)
                )
                axes.text(column + 0.5, row + 0.5, word, ha="center", va="center", color=ink, fontsize=9)
        axes.set(xlim=(0, len(instruments)), ylim=(len(cases), 0))
        axes.set_xticks(
            [i + 0.5 for i in range(len(instruments))], [SHORT_NAMES.get(k, k) for k in instruments]
        )
        axes.set_yticks([i + 0.5 for i in range(len(cases))], [case.title for case in cases])
        axes.tick_params(length=0, labeltop=True, labelbottom=False)
        for spine in axes.spines.values():
            spine.set_visible(False)
    table = pd.DataFrame(
        [
            {"vignette": case.title, **{k: v[k] for k in instruments}}
            for case, v in zip(cases, found, strict=True)
        ]
    )
    return fig, table


Event = Mapping[str, str]  # a row of fosta_timeline
LANES = ("legislation", "report", "civil_society", "platform", "enforcement", "court")
_LANDMARKS = {  # event: its short name, and the side of the dot on which it stands
    "tvpa-enacted": ("TVPA", "right"),
    "craigslist-testimony": ("Craigslist testifies", "right"),
    "doj-memo-2012": ("memo on Backpage", "right"),
    "doe-v-backpage": ("Doe v. Backpage", "left"),
    "psi-hearing": ("Senate hearing on Backpage", "left"),
    "desiree-cancels": ("a conference is cancelled", "right"),
    "gao-report": ("GAO report", "right"),
}


def timeline(
    first: datetime.date = datetime.date(2018, 3, 1), last: datetime.date = datetime.date(2018, 4, 30)
) -> tuple[Figure, pd.DataFrame]:
    """Every event of ``fosta_timeline`` in lanes, and below it those from ``first`` to ``last``, each named.

    A filled dot was read in the source itself, a hollow one as another source reports it.
    """
    import pandas as pd
    from matplotlib import pyplot

    events = sorted(evidence.rows("fosta_timeline"), key=_date)
    week = datetime.timedelta(days=7)
    with style():
        fig = pyplot.figure(figsize=(8.4, 9.2))
        lanes = fig.add_subplot(fig.add_gridspec(1, 1, left=0.15, right=0.98, top=0.98, bottom=0.64)[0])
        _draw_lanes(lanes, events)
        lanes.axvspan(first, last, color="#FFE3C2", zorder=0)  # type: ignore[arg-type]
        close = fig.add_subplot(fig.add_gridspec(1, 1, left=0.56, right=0.98, top=0.55, bottom=0.05)[0])
        _draw_named(close, [event for event in events if first <= _date(event) <= last])
        close.set_xlim(first - week, last + week)  # type: ignore[arg-type]
        days = [first + datetime.timedelta(days=n) for n in range((last - first).days + 1)]
        marked = [day for day in days if day.day in (1, 15)]
        close.set_xticks(marked, [f"{day.day} {day:%B}" for day in marked])  # type: ignore[arg-type]
    names = {"date": "date", "event": "event", "category": "lane", "read": "read"}
    return fig, pd.DataFrame(
        [{new: event[old].replace("_", " ") for old, new in names.items()} for event in events]
    )


def _draw_lanes(axes: Axes, events: Sequence[Event]) -> None:
    """One lane a category; dots that would touch are stacked."""
    touching, base, ticks = datetime.timedelta(days=130), 0, []  # the width of a dot; the floor of the lane
    for lane in LANES:
        found = [event for event in events if event["category"] == lane]
        levels = _stacked([_date(event) for event in found], touching)
        for event, level in zip(found, levels, strict=True):
            _dot(axes, event, base + level)
            words, side = _LANDMARKS.get(event["id"], ("", "left"))
            axes.annotate(
                words,
                (_date(event), base + level),
                xytext=(7 if side == "right" else -7, 0),
                textcoords="offset points",
                ha="left" if side == "right" else "right",
                va="center",
                fontsize=8,
            )
        ticks.append(base + max(levels) / 2)
        base += max(levels) + 2
        axes.axhline(base - 1, color="#DDDDDD", linewidth=0.8, zorder=0)
    axes.set_yticks(ticks, [lane.replace("_", " ") for lane in LANES])
    axes.set(ylim=(base - 1, -1), xlabel="year; the shaded strip is drawn large below")
    axes.tick_params(axis="y", length=0)
    note = "filled: read in the source\nhollow: as another source reports"
    axes.text(0.01, 0.03, note, transform=axes.transAxes, fontsize=8, va="bottom")


def _draw_named(axes: Axes, events: Sequence[Event]) -> None:
    """One row an event, named at the left, and a line at the day of the signature."""
    for row, event in enumerate(events):
        _dot(axes, event, row)
        if event["id"] == "fosta-signed":
            axes.axvline(_date(event), color=INK, linewidth=1, linestyle="--", zorder=0)  # type: ignore[arg-type]
            axes.text(_date(event), -1, " signed", fontsize=8, va="center")  # type: ignore[arg-type]
    names = [f"{_date(event).day} {_date(event):%B}: {event['event']}" for event in events]
    axes.set_yticks(range(len(events)), [fill(name, 62) for name in names], fontsize=8)
    axes.set_ylim(len(events) - 0.5, -1.5)
    axes.grid(axis="y", color="#EEEEEE")
    axes.set_axisbelow(True)


def _dot(axes: Axes, event: Event, height: float) -> None:
    filled = BLUE if event["read"] == "primary" else "white"
    axes.plot([_date(event)], [height], "o", color=BLUE, markerfacecolor=filled, markersize=6)  # type: ignore[arg-type]


def _date(event: Event) -> datetime.date:
    return datetime.date.fromisoformat(event["date"])


def _stacked(days: Iterable[datetime.date], touching: datetime.timedelta) -> list[int]:
    """For each day, in order, the lowest level on which no other dot touches it."""
    newest: list[datetime.date] = []
    levels = []
    for day in days:
        level = next((i for i, other in enumerate(newest) if day - other >= touching), len(newest))
        newest[level : level + 1] = [day]
        levels.append(level)
    return levels


_DECIDES = {  # chamber and question in the roll calls: what the vote decides
    (
        "House",
        "Walters amendment (adds SESTA text)",
    ): "Walters amendment: shall SESTA's text go into the bill?",
    ("House", "On passage, H.R. 1865"): "Passage: shall the merged bill pass?",
    ("Senate", "On passage, H.R. 1865"): "Passage: shall the House's bill pass?",
}
_PARTIES = {"Republican": ORANGE, "Democrat": BLUE, "Independent": GREEN}


def votes() -> tuple[Figure, pd.DataFrame]:
    """Three votes of ``rollcall`` in per cent of votes cast: no to the left, yes to the right, by party."""
    import pandas as pd
    from matplotlib import pyplot

    names, shown = [], []
    with style():
        fig, axes = pyplot.subplots(figsize=(8.4, 3.6))
        for row, ((chamber, question), what) in enumerate(_DECIDES.items()):
            vote = {
                line["party"]: line
                for line in evidence.rows("rollcall")
                if (line["chamber"], line["question"]) == (chamber, question)
            }
            _draw_side(axes, row, vote, "nay")
            _draw_side(axes, row, vote, "yea")
            day = _date(vote["all"])
            names.append(f"{chamber}, {day.day} {day:%B %Y}\n{fill(what, 34)}")
            shown += [
                {"vote": f"{chamber}. {what}", "party": party}
                | {"yes": line["yea"], "no": line["nay"], "not voting": line["not_voting"]}
                for party, line in vote.items()
            ]
        axes.set_yticks(range(len(names)), names, fontsize=9)
        axes.set_xticks([-25, 0, 25, 50, 75, 100], ["25", "0", "25", "50", "75", "100"])
        axes.set(xlim=(-62, 150), xlabel="per cent of votes cast: no to the left, yes to the right")
        axes.invert_yaxis()
        axes.axvline(0, color=INK, linewidth=1)
        axes.tick_params(axis="y", length=0)
    return fig, pd.DataFrame(shown)


def _draw_side(axes: Axes, row: int, vote: Mapping[str, Mapping[str, str]], side: str) -> None:
    """The bars of one side, by party from the middle outwards, with the counts at their end."""
    sign, word = (1, "yes") if side == "yea" else (-1, "no")
    cast = int(vote["all"]["yea"]) + int(vote["all"]["nay"])
    counts = {party: int(vote[party][side]) for party in _PARTIES if party in vote}
    end = 0.0
    for party, count in counts.items():
        share = sign * 100 * count / cast
        axes.barh(row, share, left=end, color=_PARTIES[party], edgecolor="white", height=0.5)
        if abs(share) > 8:  # wide enough for a letter
            axes.text(end + share / 2, row, party[0], ha="center", va="center", color="white")
        end += share
    words = f"{vote['all'][side]} {word}\n" + ", ".join(f"{n} {party[0]}" for party, n in counts.items() if n)
    axes.text(end + 2 * sign, row, words, ha="left" if sign > 0 else "right", va="center", fontsize=9)


def charged_2022() -> tuple[Figure, pd.DataFrame]:
    """Defendants of fiscal 2022 by the statutes that BJS adds up, from ``prevalence-bjs-definition``."""
    found = evidence.fact("prevalence-bjs-definition")
    names = {
        "charged": "Human trafficking, as BJS counts it",
        "trafficking_chapter": "Peonage, slavery, forced labour, sex trafficking",
        "exploitation_of_children": "Sexual exploitation and other abuse of children",
        "other_statutes": "Transportation statutes (by subtraction)",
    }
    bars = [(words, int(str(found[name].value))) for name, words in names.items()]
    return _totals(bars, "people charged", whole=1)


def hotline_2016() -> tuple[Figure, pd.DataFrame]:
    """Four case totals of the US hotline for one year, from ``hotline``, the lowest first."""
    rows = [row for row in evidence.rows("hotline") if (row["year"], row["measure"]) == ("2016", "cases")]
    bars = [(row["scope"][0].upper() + row["scope"][1:], int(row["value"])) for row in rows]
    return _totals(sorted(bars, key=_second), "cases")


def _second(pair: tuple[str, int]) -> int:
    return pair[1]


def _totals(bars: Sequence[tuple[str, int]], unit: str, whole: int = 0) -> tuple[Figure, pd.DataFrame]:
    """Named totals as bars from zero; the first ``whole`` of them are made up of the others."""
    import pandas as pd
    from matplotlib import pyplot

    with style():
        fig, axes = pyplot.subplots(figsize=(8, 0.55 * len(bars) + 0.9))
        for row, (_, number) in enumerate(bars):
            axes.barh(row, number, color=ORANGE if row < whole else BLUE, height=0.6)
            words, place = f"{number:,}", (number, row)
            axes.annotate(words, place, xytext=(5, 0), textcoords="offset points", va="center")
        axes.set_yticks(range(len(bars)), [fill(name, 34) for name, _ in bars], fontsize=9)
        axes.set(xlim=(0, 1.12 * max(number for _, number in bars)), xlabel=unit)
        axes.invert_yaxis()
        axes.tick_params(axis="y", length=0)
    return fig, pd.DataFrame([{"counted": name, unit: number} for name, number in bars])
