"""Models of regulation: switches, evaluations, Northern Ireland, Germany."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING

from .. import evidence
from .._plain import refusing_plainly
from ..figures import BLUE, GREY, INK, ORANGE, SMALL, WIDE, style, subplots

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


_SWITCH_LOOKS = {
    "no_crime": ("#F1F1F1", INK),
    "partly": ("#FFE3C2", INK),
    "licence": ("#BFDDF0", INK),
    "crime": (BLUE, "white"),
    "unknown": ("white", INK),
}


# What a cell says of "is it an offence?"; the table beside the chart has the words in full.
SIGNS = {"no_crime": "○ no", "partly": "◐ partly", "licence": "□ licence", "crime": "● yes", "unknown": "?"}
_USUAL_NAMES = {  # model in the table: what such laws are usually called
    "buyer criminalised": "ban on buying",
    "legalised regulated": "licensing",
    "decriminalised": "decriminalised",
}


def switchboard() -> tuple[Figure, pd.DataFrame]:
    """One row a jurisdiction, one column a switch: words, signs and colour; unverified cells in brackets.

    The name that a group of rows usually has stands at the right, between lines.

    >>> fig, data = switchboard()
    >>> data.columns[0]
    'jurisdiction'
    """
    import pandas as pd
    from matplotlib.patches import Rectangle

    from ..subject import regulation

    places = regulation.jurisdictions()
    with style():
        fig, axes = subplots(figsize=(WIDE, 0.34 * len(places) + 0.9))
        for row, place in enumerate(places):
            for column, switch in enumerate(place.switches.values()):
                ground, ink = _SWITCH_LOOKS[switch.code]
                checked = switch.verified or switch.code == "unknown"
                axes.add_patch(
                    Rectangle(
                        (column, row),
                        1,
                        1,
                        facecolor=ground if checked else "white",
                        edgecolor="white" if checked and switch.code != "unknown" else "#BBBBBB",
                    )
                )
                words = SIGNS[switch.code]
                words = (words if checked else f"({words})") + (" ≠" if switch.disputed_in else "")
                axes.text(
                    column + 0.5,
                    row + 0.5,
                    words,
                    ha="center",
                    va="center",
                    fontsize=SMALL,
                    color=ink if checked else GREY,
                )
        _name_groups(axes, [_USUAL_NAMES.get(place.label, "") for place in places], len(regulation.SWITCHES))
        axes.set(xlim=(0, len(regulation.SWITCHES)), ylim=(len(places), 0))
        axes.set_xticks([i + 0.5 for i in range(len(regulation.SWITCHES))], regulation.SWITCHES.values())
        axes.set_title("Is it an offence? □ licence: yes, without one", loc="left", fontsize=10)
        axes.set_yticks(
            [i + 0.5 for i in range(len(places))], [fill(place.name, 18) for place in places], fontsize=SMALL
        )
        axes.tick_params(length=0, labeltop=True, labelbottom=False)
        for spine in axes.spines.values():
            spine.set_visible(False)
    names = regulation.SWITCHES
    table = [
        {
            "jurisdiction": place.name,
            "period": place.period,
            "usually called": _USUAL_NAMES.get(place.label, "no one name"),
            **{names[key]: switch.words for key, switch in place.switches.items()},
        }
        for place in places
    ]
    return fig, pd.DataFrame(table)


def _name_groups(axes: Axes, names: Sequence[str], right: float) -> None:
    """A line above each group of rows with one name, and the name at the right of its rows."""
    starts = [row for row, name in enumerate(names) if row == 0 or name != names[row - 1]]
    for start, end in zip(starts, [*starts[1:], len(names)], strict=True):
        axes.plot([0, right + 0.2], [start, start], color=INK, linewidth=1.2, clip_on=False)
        if names[start]:
            axes.text(
                right + 0.12,
                (start + end) / 2,
                f"called {names[start]}",
                rotation=270,
                va="center",
                ha="center",
            )


def evidence_map() -> tuple[Figure, pd.DataFrame]:
    """How many findings there are for each kind of outcome and kind of design; a blank is a gap.

    >>> fig, data = evidence_map()
    >>> data.shape
    (7, 8)
    """
    import pandas as pd

    from ..subject import regulation

    found = regulation.findings()
    counts = [
        [len(regulation.select(found, outcome, design)) for design in regulation.DESIGNS]
        for outcome in regulation.STUDY_OUTCOMES
    ]
    with style():
        fig, axes = subplots(figsize=(WIDE, 5.2))
        for row, line in enumerate(counts):
            for column, count in enumerate(line):
                if count:
                    axes.scatter(column, row, s=170 * count, color="#BFDDF0", edgecolor=BLUE)
                    axes.text(column, row, str(count), ha="center", va="center")
        axes.set_xticks(
            range(len(regulation.DESIGNS)),
            [fill(name, 18) for name in regulation.DESIGNS.values()],
            fontsize=SMALL,
            rotation=90,
        )
        axes.set_yticks(
            range(len(regulation.STUDY_OUTCOMES)), regulation.STUDY_OUTCOMES.values(), fontsize=SMALL
        )
        axes.set(
            xlim=(-0.6, len(regulation.DESIGNS) - 0.4), ylim=(len(regulation.STUDY_OUTCOMES) - 0.4, -0.6)
        )
        axes.tick_params(length=0, labeltop=True, labelbottom=False)
        axes.grid(color="#EEEEEE")
        axes.set_axisbelow(True)
        for spine in axes.spines.values():
            spine.set_visible(False)
    table = [
        {"outcome": name, **dict(zip(regulation.DESIGNS.values(), line, strict=True))}
        for name, line in zip(regulation.STUDY_OUTCOMES.values(), counts, strict=True)
    ]
    return fig, pd.DataFrame(table)


def ni_headline() -> tuple[Figure, pd.DataFrame]:
    """Northern Ireland: advertisements after the law, with those before it set to 100, drawn from zero.

    >>> fig, data = ni_headline()
    >>> float(data.iloc[0, 1])
    100.0
    """
    import pandas as pd

    after = 100 + _number(evidence.fact("debate-ni-computation"), "rise_reported")
    names, values = ["before the law", "after the law"], [100.0, after]
    with style():
        fig, axes = subplots(figsize=(WIDE, 1.8))
        axes.barh(names, values, color=[GREY, ORANGE], height=0.55)
        for place, value in enumerate(values):
            axes.text(value + 1, place, f"{value:g}", va="center", fontsize=SMALL)
        axes.invert_yaxis()
        axes.tick_params(axis="y", length=0)
        axes.set(xlim=(0, 120), xlabel="advertisements on one website; before the law = 100")
    return fig, pd.DataFrame({"period": names, "advertisements, before the law = 100": values})


def ni_change() -> tuple[Figure, pd.DataFrame]:
    """Northern Ireland: change of days, of advertisements and of the daily rate; bars show the rounding.

    >>> fig, data = ni_change()
    >>> len(data)
    3
    """
    import pandas as pd

    found = evidence.fact("debate-ni-computation")
    more_days = 100 * (_number(found, "days_after") / _number(found, "days_before") - 1)
    low, high = _number(found, "rise_lowest"), _number(found, "rise_highest")
    rows = [
        ("days in the period", more_days, more_days, more_days),
        ("advertisements,\nas reported", low, _number(found, "rise_reported"), high),
        (
            "advertisements a day",
            100 * (_number(found, "daily_ratio_low") - 1),
            100 * (_number(found, "daily_ratio") - 1),
            100 * (_number(found, "daily_ratio_high") - 1),
        ),
    ]
    with style():
        fig, axes = subplots(figsize=(WIDE, 2.4))
        for place, (_, start, middle, end) in enumerate(rows):
            axes.plot([start, end], [place, place], color=ORANGE, linewidth=5, solid_capstyle="butt")
            axes.plot([middle], [place], "o", color=BLUE, markersize=8)
            span = f"{start:+.1f}" if start == end else f"{start:+.1f} to {end:+.1f}"
            span = span.replace("-", "\N{MINUS SIGN}")
            axes.annotate(
                span, (end, place), xytext=(9, 0), textcoords="offset points", va="center", fontsize=SMALL
            )
        axes.axvline(0, color=INK, linewidth=0.8)
        axes.set_yticks(range(len(rows)), [name for name, *_ in rows])
        axes.set(
            ylim=(len(rows) - 0.5, -0.5),
            xlim=(-2, 7.5),
            xlabel="change in per cent, after against before;\nbar: what rounding leaves open",
        )
        axes.grid(axis="x", color="#DDDDDD")
        axes.set_axisbelow(True)
    table = [
        {
            "what": name.replace("\n", " "),
            "lowest, per cent": round(start, 2),
            "as reported or computed, per cent": round(middle, 2),
            "highest, per cent": round(end, 2),
        }
        for name, start, middle, end in rows
    ]
    return fig, pd.DataFrame(table)


@refusing_plainly
def reweighted(german: float, others: float) -> tuple[Figure, pd.DataFrame]:
    """An invented outcome, in per cent of Germans and of others, at every share of German citizens.

    The survey's share and the register's, from ``debate_germany_sample``, are marked.

    >>> fig, data = reweighted(german=70, others=40)
    >>> fig.axes[0].get_title(loc="left")
    'Invented outcome, real shares'
    """
    import pandas as pd

    rows = evidence.rows("debate_germany_sample")
    names = ("survey", "register")
    shares = [float(row["german_citizens_percent"]) for row in rows]
    overall = [(share * german + (100 - share) * others) / 100 for share in shares]
    with style():
        fig, axes = subplots(figsize=(WIDE, 3.2))
        axes.plot([0, 100], [others, german], color=GREY)
        # The line leaves free what is above it at one side of a point and below it at the other.
        rising = german >= others
        for name, share, value, left in zip(names, shares, overall, (True, False), strict=True):
            up = left == rising
            axes.plot([share], [value], "o", color=ORANGE, markersize=9)
            axes.annotate(
                f"{name}: {share:g} per cent German,\ninvented outcome {value:.1f} per cent",
                (share, value),
                xytext=(-4 if left else 4, 10 if up else -10),
                textcoords="offset points",
                fontsize=SMALL,
                va="bottom" if up else "top",
                ha="right" if left else "left",
            )
        axes.set_title("Invented outcome, real shares", loc="left", fontsize=10)
        axes.set(
            xlim=(0, 100),
            ylim=(0, 100),
            xlabel="German citizens, per cent of those counted",
            ylabel="invented outcome,\nper cent overall",
        )
    table = [
        {
            "group": row["group"],
            "German citizens, per cent": share,
            "invented outcome, per cent": round(value, 1),
        }
        for row, share, value in zip(rows, shares, overall, strict=True)
    ]
    return fig, pd.DataFrame(table)


def _number(found: evidence.Fact, name: str) -> float:
    """A value of a fact that is a number; raises TypeError for a date."""
    value = found[name].value
    if not isinstance(value, (int, float)):
        raise TypeError(f"{found.id}: {name} is {value}; a number is wanted")
    return float(value)
