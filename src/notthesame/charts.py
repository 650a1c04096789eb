"""The charts that lessons draw, one function each. Each takes its numbers from ``data/`` and returns them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING

from . import definitions, evidence
from .charts_change import drafts as drafts
from .charts_change import rubric_grid as rubric_grid
from .charts_change import spring_2018 as spring_2018
from .figures import BLUE, GREEN, GREY, INK, ORANGE, style

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
        "charged": "The total: human trafficking, as BJS counts it",
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
    """Named totals as bars from zero; where the first is made up of the others, these stand end to end."""
    import pandas as pd
    from matplotlib import pyplot

    with style():
        fig, axes = pyplot.subplots(figsize=(8, 0.55 * len(bars) + 0.9))
        end = 0
        for row, (_, number) in enumerate(bars):
            start = end if whole and row >= whole else 0
            end = start + number if row >= whole else 0
            axes.barh(row, number, left=start, color=ORANGE if row < whole else BLUE, height=0.6)
            words, place = f"{number:,}", (start + number, row)
            axes.annotate(words, place, xytext=(5, 0), textcoords="offset points", va="center")
        axes.set_yticks(range(len(bars)), [fill(name, 34) for name, _ in bars], fontsize=9)
        axes.set(xlim=(0, 1.12 * max(number for _, number in bars)), xlabel=unit)
        axes.xaxis.set_major_formatter("{x:,.0f}")
        axes.invert_yaxis()
        axes.tick_params(axis="y", length=0)
    return fig, pd.DataFrame([{"counted": name, unit: number} for name, number in bars])


# The slots that a step changes against the step before it: our reading of the tables of citation trails.
_CHANGES_60 = {"5": ("base", "reason", "exposure"), "6": ("verb", "descriptor")}
_CHANGES_90 = ((), ("figure",), ("descriptor", "verb", "exposure"), ("figure", "base"))
_MARK = "\N{BLACK RIGHT-POINTING TRIANGLE} "


def trail_of_60_per_cent() -> tuple[Figure, pd.DataFrame]:
    """The documents of ``citation_trail_60_percent`` that print the share, slot by slot, changes marked."""
    import pandas as pd

    rows = [row for row in evidence.rows("citation_trail_60_percent") if row["percent_stated"]]
    shown = [
        {
            "document": f"{row['document'].partition(',')[0]},\n{row['who']}, {row['date'][:4]}"
            + ", as quoted" * (row["read"] == "secondary"),
            "base": f"{row['count_stated']} of {row['n_stated']}" if row["n_stated"] else "not stated",
            "verb": row["what_respondents_did"],
            "descriptor": row["client_descriptor"],
            "reason": row["reason_given"],
            "exposure": row["exposure_named"],
        }
        for row in rows
    ]
    changes = [_CHANGES_60.get(row["step"], ()) for row in rows]
    return _trail(shown, changes, (1.8, 1.2, 1.7, 1.4, 1.4, 2.7)), pd.DataFrame(shown)


def trail_of_90_per_cent() -> tuple[Figure, pd.DataFrame]:
    """What was counted and what the sponsor said of it, slot by slot, changes marked.

    Rows of ``citation_trail_90_percent_ads``, and the remark at the signing (``law-wagner-87-percent``).
    """
    import pandas as pd

    steps = {row["step"]: row for row in evidence.rows("citation_trail_90_percent_ads")}
    remark = evidence.fact("law-wagner-87-percent")
    said = datetime.date.fromisoformat(str(remark["claimed_on"].value))
    first, low = (f"{float(steps[step]['figure']):,.0f}" for step in ("1", "3"))
    names = ("document", "figure", "base", "verb", "descriptor", "exposure")
    cells = (
        (
            "Uncharted's series,\n21 March to 17 April 2018",
            f"from {first} to {low} a day",
            "advertisements, worldwide, on followed sites",
            "fell",
            "for sex",
            "passage, sites closing, seizure of Backpage, signature",
        ),
        (
            "Chart of the sponsor's office,\nJanuary to April 2018",
            f"down {steps['4']['figure'].lstrip('-')} per cent, by weeks",
            "advertisements, worldwide",
            "fell",
            "for sex",
            steps["4"]["exposure_named"],
        ),
        (
            f"Sponsor at the signing,\n{said.day} {said:%B %Y}",
            f"{remark['claimed'].value} per cent",
            "advertisements online",
            "already shut down",
            "sex trafficking",
            "the law, as the reason that prosecutors could act",
        ),
        (
            "Sponsor in a video,\n20 July 2018",
            f"nearly {steps['5']['figure']} per cent",
            "business and advertisements online",
            "shut down",
            "sex trafficking",
            steps["5"]["exposure_named"],
        ),
    )
    shown = [dict(zip(names, row, strict=True)) for row in cells]
    return _trail(shown, _CHANGES_90, (2.1, 1.6, 1.9, 1.3, 1.3, 2.1)), pd.DataFrame(shown)


def _trail(
    rows: Sequence[Mapping[str, str]], changes: Sequence[Sequence[str]], widths: Sequence[float]
) -> Figure:
    """A grid: one row a document, one column a slot; a changed slot has a mark, a frame and a ground."""
    from matplotlib import pyplot
    from matplotlib.patches import Rectangle

    edges = [sum(widths[:i]) for i in range(len(widths) + 1)]
    with style():
        fig, axes = pyplot.subplots(figsize=(edges[-1], 0.95 * len(rows) + 0.4))
        for column, name in enumerate(rows[0]):
            axes.text(edges[column] + 0.08, -0.12, name, fontsize=9, fontweight="bold", va="bottom")
        for place, (row, changed) in enumerate(zip(rows, changes, strict=True)):
            for column, (name, words) in enumerate(row.items()):
                mark = _MARK if name in changed else ""
                corner, size = (edges[column] + 0.03, place + 0.04), (widths[column] - 0.06, 0.92)
                ground, frame = ("#FFE3C2", ORANGE) if mark else ("#F6F6F6", "white")
                axes.add_patch(Rectangle(corner, *size, facecolor=ground, edgecolor=frame))
                lines = [fill(line, int(11 * widths[column])) for line in (mark + words).split("\n")]
                axes.text(edges[column] + 0.1, place + 0.5, "\n".join(lines), fontsize=8, va="center")
        axes.set(xlim=(0, edges[-1]), ylim=(len(rows), -0.35))
        axes.set_axis_off()
    return fig


def three_windows() -> tuple[Figure, pd.DataFrame]:
    """Three counts of one year in the US, like for like: sex trafficking alone, and all forms."""
    import pandas as pd
    from matplotlib import pyplot

    found = evidence.fact("prevalence-enforcement-not-prevalence")
    windows = (
        ("situations that callers describe\nto the national hotline", "hotline", "cases"),
        ("offences that police agencies\nrecord and report to the FBI", "offences", "offences"),
        ("new criminal cases in\nfederal courts", "cases", "court cases"),
    )
    parts = (("sex trafficking", "sex", BLUE), ("all forms", "all", GREEN))
    with style():
        fig, panels = pyplot.subplots(1, 2, figsize=(8.6, 2.9), sharey=True)
        for axes, (title, part, colour) in zip(panels, parts, strict=True):
            for row, (_, name, unit) in enumerate(windows):
                number = found[f"{name}_{part}"].value
                axes.barh(row, number, color=colour, height=0.55)
                place = (number, row)
                axes.annotate(
                    f"{number:,} {unit}", place, xytext=(4, 0), textcoords="offset points", va="center"
                )
            axes.set_title(title, fontsize=10, loc="left")
            axes.set(
                xlim=(0, 17_000), xticks=range(0, 12_001, 4_000), xlabel="number, in the unit at the bar"
            )
            axes.set_xticklabels([f"{tick:,}" for tick in range(0, 12_001, 4_000)])
            axes.tick_params(axis="y", length=0)
        panels[0].set_yticks(range(len(windows)), [words for words, _, _ in windows], fontsize=9)
        panels[0].invert_yaxis()
    table = [
        {
            "window": words.replace("\n", " "),
            "unit": unit,
            **{title: found[f"{name}_{part}"].value for title, part, _ in parts},
        }
        for words, name, unit in windows
    ]
    return fig, pd.DataFrame(table)


# --- lesson 11 -------------------------------------------------------------------------------------------

_SWITCH_LOOKS = {
    "no_crime": ("#F1F1F1", INK),
    "partly": ("#FFE3C2", INK),
    "licence": ("#BFDDF0", INK),
    "crime": (BLUE, "white"),
    "unknown": ("white", INK),
}


_USUAL_NAMES = {  # model in the table: what such laws are usually called
    "buyer criminalised": "ban on buying",
    "legalised regulated": "licensing",
    "decriminalised": "decriminalised",
}


def switchboard() -> tuple[Figure, pd.DataFrame]:
    """One row a jurisdiction, one column a switch: words, signs and colour; unverified cells in brackets.

    The name that a group of rows usually has stands at the right, between lines.
    """
    import pandas as pd
    from matplotlib import pyplot
    from matplotlib.patches import Rectangle

    from . import regulation

    places = regulation.jurisdictions()
    with style():
        fig, axes = pyplot.subplots(figsize=(8.4, 0.3 * len(places) + 0.7))
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
                words = regulation.CODES[switch.code]
                words = (words if checked else f"({words})") + (" ≠" if switch.disputed_in else "")
                axes.text(
                    column + 0.5,
                    row + 0.5,
                    words,
                    ha="center",
                    va="center",
                    fontsize=7.5,
                    color=ink if checked else GREY,
                )
        _name_groups(axes, [_USUAL_NAMES.get(place.label, "") for place in places], len(regulation.SWITCHES))
        axes.set(xlim=(0, len(regulation.SWITCHES)), ylim=(len(places), 0))
        axes.set_xticks([i + 0.5 for i in range(len(regulation.SWITCHES))], regulation.SWITCHES.values())
        axes.set_yticks([i + 0.5 for i in range(len(places))], [place.name for place in places], fontsize=8)
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
    """How many findings there are for each kind of outcome and kind of design; a blank is a gap."""
    import pandas as pd
    from matplotlib import pyplot

    from . import regulation

    found = regulation.findings()
    counts = [
        [len(regulation.select(found, outcome, design)) for design in regulation.DESIGNS]
        for outcome in regulation.OUTCOMES
    ]
    with style():
        fig, axes = pyplot.subplots(figsize=(8.4, 3.9))
        for row, line in enumerate(counts):
            for column, count in enumerate(line):
                if count:
                    axes.scatter(column, row, s=170 * count, color="#BFDDF0", edgecolor=BLUE)
                    axes.text(column, row, str(count), ha="center", va="center")
        axes.set_xticks(
            range(len(regulation.DESIGNS)),
            [fill(name, 13) for name in regulation.DESIGNS.values()],
            fontsize=8,
        )
        axes.set_yticks(range(len(regulation.OUTCOMES)), regulation.OUTCOMES.values(), fontsize=9)
        axes.set(xlim=(-0.6, len(regulation.DESIGNS) - 0.4), ylim=(len(regulation.OUTCOMES) - 0.4, -0.6))
        axes.tick_params(length=0, labeltop=True, labelbottom=False)
        axes.grid(color="#EEEEEE")
        axes.set_axisbelow(True)
        for spine in axes.spines.values():
            spine.set_visible(False)
    table = [
        {"outcome": name, **dict(zip(regulation.DESIGNS.values(), line, strict=True))}
        for name, line in zip(regulation.OUTCOMES.values(), counts, strict=True)
    ]
    return fig, pd.DataFrame(table)


def ni_change() -> tuple[Figure, pd.DataFrame]:
    """Northern Ireland: change of days, of advertisements and of the daily rate; bars show the rounding."""
    import pandas as pd
    from matplotlib import pyplot

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
        fig, axes = pyplot.subplots(figsize=(7.4, 2.4))
        for place, (_, start, middle, end) in enumerate(rows):
            axes.plot([start, end], [place, place], color=ORANGE, linewidth=5, solid_capstyle="butt")
            axes.plot([middle], [place], "o", color=BLUE, markersize=8)
            span = f"{start:+.1f}" if start == end else f"{start:+.1f} to {end:+.1f}"
            span = span.replace("-", "\N{MINUS SIGN}")
            axes.annotate(
                span, (end, place), xytext=(9, 0), textcoords="offset points", va="center", fontsize=9
            )
        axes.axvline(0, color=INK, linewidth=0.8)
        axes.set_yticks(range(len(rows)), [name for name, *_ in rows])
        axes.set(
            ylim=(len(rows) - 0.5, -0.5),
            xlim=(-2, 7.5),
            xlabel="change in per cent, after against before; bar: what rounding leaves open",
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


def reweighted(german: float, others: float) -> tuple[Figure, pd.DataFrame]:
    """An invented outcome, in per cent of Germans and of others, at every share of German citizens.

    The survey's share and the register's, from ``debate_germany_sample``, are marked.
    """
    import pandas as pd
    from matplotlib import pyplot

    rows = evidence.rows("debate_germany_sample")
    names = ("survey", "register")
    shares = [float(row["german_citizens_percent"]) for row in rows]
    overall = [(share * german + (100 - share) * others) / 100 for share in shares]
    with style():
        fig, axes = pyplot.subplots(figsize=(7.4, 3.2))
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
                fontsize=9,
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
