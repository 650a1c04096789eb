"""The path of FOSTA/SESTA: every event of the timeline, and the three roll calls."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING

from .. import evidence
from ..figures import BLUE, GREEN, INK, ORANGE, style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


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

    >>> fig, data = timeline()
    >>> list(data.columns)
    ['date', 'event', 'lane', 'read']
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
        close.set_xticks(marked, [f"{day.day} {day:%B}" for day in marked], fontsize=8)  # type: ignore[arg-type]
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
    """Three votes of ``rollcall`` in per cent of votes cast: no to the left, yes to the right, by party.

    >>> fig, data = votes()
    >>> len(data)
    10
    """
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
