"""The path of FOSTA/SESTA: the spring of 2018 event by event, and the three roll calls."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING

from .. import evidence
from ..figures import BLUE, GREEN, INK, ORANGE, style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


Event = Mapping[str, str]  # a row of fosta_timeline


def timeline(
    first: datetime.date = datetime.date(2018, 3, 1), last: datetime.date = datetime.date(2018, 4, 30)
) -> tuple[Figure, pd.DataFrame]:
    """The events of ``fosta_timeline`` from ``first`` to ``last``, each named, and the day of the signature.

    A filled dot was read in the source itself, a hollow one as another source reports it.

    >>> fig, data = timeline()
    >>> list(data.columns)
    ['date', 'event', 'lane', 'read']
    """
    import pandas as pd
    from matplotlib import pyplot

    events = sorted(evidence.rows("fosta_timeline"), key=_date)
    near = [event for event in events if first <= _date(event) <= last]
    week = datetime.timedelta(days=7)
    with style():
        fig = pyplot.figure(figsize=(8.4, 4.6))
        axes = fig.add_subplot(fig.add_gridspec(1, 1, left=0.56, right=0.98, top=0.98, bottom=0.1)[0])
        _draw_named(axes, near)
        axes.set_xlim(first - week, last + week)  # type: ignore[arg-type]
        days = [first + datetime.timedelta(days=n) for n in range((last - first).days + 1)]
        marked = [day for day in days if day.day in (1, 15)]
        axes.set_xticks(marked, [f"{day.day} {day:%B}" for day in marked], fontsize=8)  # type: ignore[arg-type]
    names = {"date": "date", "event": "event", "category": "lane", "read": "read"}
    return fig, pd.DataFrame(
        [{new: event[old].replace("_", " ") for old, new in names.items()} for event in near]
    )


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


_DECIDES = {  # chamber and question in the roll calls: what the vote decides
    (
        "House",
        "Walters amendment (adds SESTA text)",
    ): "Walters amendment: shall SESTA's text go into the bill?",
    ("House", "On passage, H.R. 1865"): "Passage: shall the merged bill pass?",
    ("Senate", "On passage, H.R. 1865"): "Passage: shall the House's bill pass?",
}
_PARTIES = {"Republican": ORANGE, "Democrat": BLUE, "Independent": GREEN}


def votes(merging: bool = True) -> tuple[Figure, pd.DataFrame]:
    """The votes of ``rollcall`` in per cent of votes cast: no to the left, yes to the right, by party.

    Without ``merging`` only the two on passage are drawn, and the vote on the amendment is left out.

    >>> fig, data = votes()
    >>> len(data)
    10
    """
    import pandas as pd
    from matplotlib import pyplot

    names, shown = [], []
    drawn = {key: what for key, what in _DECIDES.items() if merging or "passage" in key[1]}
    with style():
        fig, axes = pyplot.subplots(figsize=(8.4, 1.2 * len(drawn)))
        for row, ((chamber, question), what) in enumerate(drawn.items()):
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
