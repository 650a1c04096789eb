"""The path of FOSTA/SESTA: the three weeks of spring 2018, and the three roll calls."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from textwrap import fill
from typing import TYPE_CHECKING

from .. import evidence
from .._words import day_and_month
from ..figures import BLUE, GREEN, GREY, INK, ORANGE, SMALL, WIDE, style, subplots

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


Event = Mapping[str, str]  # a row of fosta_timeline


WEEKS = {  # event of fosta_timeline: what the chart calls it
    "senate-passes": "Senate passes the bill",
    "craigslist-personals": "Craigslist closes its personals",
    "backpage-seized": "Backpage is seized",
    "fosta-signed": "FOSTA is signed",
}


def timeline() -> tuple[Figure, pd.DataFrame]:
    """Passage, Craigslist, seizure and signature within three weeks, below all events of ``fosta_timeline``.

    >>> fig, data = timeline()
    >>> list(data.columns)
    ['date', 'event']
    """
    import pandas as pd

    rows = sorted(evidence.rows("fosta_timeline"), key=_date)
    four = [row for row in rows if row["id"] in WEEKS]
    start, end = _day(four[0]), _day(four[-1])
    with style():
        fig, (top, bottom) = subplots(2, 1, figsize=(WIDE, 4), height_ratios=[1, 3])
        top.vlines([*map(_day, rows)], 0, 1, color=GREY, linewidth=1)
        top.axvspan(start, end, color=ORANGE, linewidth=2)
        first = datetime.date(_date(rows[0]).year, 1, 1)
        last = datetime.date(_date(rows[-1]).year + 1, 1, 1)
        top.set(xlim=(first.toordinal(), last.toordinal()), ylim=(0, 1), yticks=[])
        years = range(2000, last.year + 1, 5)
        top.set_xticks([datetime.date(year, 1, 1).toordinal() for year in years], [*map(str, years)])
        top.set_title(f"{len(rows)} events by year; the stripe is enlarged below", loc="left", fontsize=10)
        for place, row in enumerate(four):
            bottom.plot([_day(row)], [place], "o", color=ORANGE, markersize=9)
            words = f"{day_and_month(_date(row))}: {WEEKS[row['id']]}"
            shift = {"xytext": (9, 0), "ha": "left"} if place < 2 else {"xytext": (-9, 0), "ha": "right"}
            bottom.annotate(words, (_day(row), place), textcoords="offset points", va="center", **shift)
        bottom.plot([start, end], [len(four)] * 2, "|-", color=INK, markersize=10)
        words = f"{end - start} days"
        bottom.annotate(
            words, ((start + end) / 2, len(four)), (0, 4), textcoords="offset points", ha="center"
        )
        bottom.set(xlim=(start - 1.5, end + 1.5), ylim=(len(four) + 0.4, -0.6), yticks=[])
        days = range(start, end + 1, 7)
        bottom.set_xticks(days, [day_and_month(datetime.date.fromordinal(day)) for day in days])
        bottom.set_xlabel("2018, a mark each seven days")
        for axes in (top, bottom):
            axes.spines["left"].set_visible(False)
    return fig, pd.DataFrame([{"date": row["date"], "event": row["event"]} for row in four])


def _day(event: Event) -> int:
    return _date(event).toordinal()


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

    names, shown = [], []
    drawn = {key: what for key, what in _DECIDES.items() if merging or "passage" in key[1]}
    with style():
        fig, axes = subplots(figsize=(WIDE, 1.2 * len(drawn)))
        for row, ((chamber, question), what) in enumerate(drawn.items()):
            vote = {
                line["party"]: line
                for line in evidence.rows("rollcall")
                if (line["chamber"], line["question"]) == (chamber, question)
            }
            _draw_side(axes, row, vote, "nay")
            _draw_side(axes, row, vote, "yea")
            day = _date(vote["all"])
            names.append(f"{chamber}, {day_and_month(day)} {day.year}\n{fill(what, 24)}")
            shown += [
                {"vote": f"{chamber}. {what}", "party": party}
                | {"yes": line["yea"], "no": line["nay"], "not voting": line["not_voting"]}
                for party, line in vote.items()
            ]
        axes.set_yticks(range(len(names)), names, fontsize=SMALL)
        axes.set_xticks([-25, 0, 25, 50, 75, 100], ["25", "0", "25", "50", "75", "100"])
        axes.set(xlim=(-78, 150), xlabel="per cent of votes cast: no to the left, yes to the right")
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
    axes.text(end + 2 * sign, row, words, ha="left" if sign > 0 else "right", va="center", fontsize=SMALL)
