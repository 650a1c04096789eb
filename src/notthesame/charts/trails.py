"""Two figures followed from document to document, with what changed marked."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING

from .. import evidence
from .._words import day_and_month
from ..figures import BLUE, ORANGE, SMALL, WIDE, style, subplots

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


# The slots that a step changes against the step before it: our reading of the tables of citation trails.
_CHANGES_60 = {"5": ("base", "reason", "exposure"), "6": ("verb", "descriptor")}
_CHANGES_90 = ((), ("figure",), ("descriptor", "verb", "exposure"), ("figure", "base"))
_MARK = "\N{BLACK RIGHT-POINTING TRIANGLE} "


def same_share() -> tuple[Figure, pd.DataFrame]:
    """The share in each document of ``citation_trail_60_percent`` that prints one, and nothing else.

    >>> fig, data = same_share()
    >>> data["per cent"].nunique()
    1
    """
    import pandas as pd

    rows = [row for row in evidence.rows("citation_trail_60_percent") if row["percent_stated"]]
    named = [(row["document"].partition(",")[0], row["date"][:4]) for row in rows]
    names = [f"{fill(name, 16)}\n{year}" for name, year in named]
    shares = [float(row["percent_stated"]) for row in rows]
    with style():
        fig, axes = subplots(figsize=(WIDE, 2.4))
        axes.plot(range(len(rows)), shares, "o-", color=BLUE, linewidth=1.4)
        for place, share in enumerate(shares):
            axes.annotate(
                f"{share:g}", (place, share), xytext=(0, 7), textcoords="offset points", ha="center"
            )
        axes.set_xticks(range(len(rows)), names, fontsize=SMALL)
        axes.set(ylim=(0, 100), ylabel="per cent, as printed", xlim=(-0.5, len(rows) - 0.5))
    return fig, pd.DataFrame({"document": [", ".join(pair) for pair in named], "per cent": shares})


def trail_of_60_per_cent() -> tuple[Figure, pd.DataFrame]:
    """The documents of ``citation_trail_60_percent`` that print the share, slot by slot, changes marked.

    >>> fig, data = trail_of_60_per_cent()
    >>> len(data)
    4
    """
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
    return _trail(shown, changes, (1.22, 0.8, 0.9, 0.92, 0.92, 1.12)), pd.DataFrame(shown)


def trail_of_90_per_cent() -> tuple[Figure, pd.DataFrame]:
    """What was counted and what the sponsor said of it, slot by slot, changes marked.

    Rows of ``citation_trail_90_percent_ads``, and the remark at the signing (``law-wagner-87-percent``).

    >>> fig, data = trail_of_90_per_cent()
    >>> len(data)
    4
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
            f"Sponsor at the signing,\n{day_and_month(said)} {said.year}",
            f"{remark['claimed'].value} per cent",
            "advertisements online",
            "\N{LEFT DOUBLE QUOTATION MARK}we\N{RIGHT DOUBLE QUOTATION MARK}\nhave already shut down",
            "sex trafficking",
            "the law: saves lives already, and will let prosecutors act",
        ),
        (
            "Sponsor in a video,\n20 July 2018",
            f"nearly {steps['5']['figure']} per cent",
            "business and advertisements online",
            "\N{LEFT DOUBLE QUOTATION MARK}we\N{RIGHT DOUBLE QUOTATION MARK}\nhave shut down",
            "sex trafficking",
            steps["5"]["exposure_named"],
        ),
    )
    shown = [dict(zip(names, row, strict=True)) for row in cells]
    return _trail(shown, _CHANGES_90, (1.06, 0.83, 1.2, 0.78, 0.92, 1.05)), pd.DataFrame(shown)


def _trail(
    rows: Sequence[Mapping[str, str]], changes: Sequence[Sequence[str]], widths: Sequence[float]
) -> Figure:
    """A grid: one row a document, one column a slot; a changed slot has a mark, a frame and a ground."""
    from matplotlib.patches import Rectangle

    edges = [sum(widths[:i]) for i in range(len(widths) + 1)]
    with style():
        fig, axes = subplots(figsize=(edges[-1], 1.6 * len(rows) + 0.4))
        for column, name in enumerate(rows[0]):
            axes.text(edges[column] + 0.06, -0.06, name, fontsize=SMALL, fontweight="bold", va="bottom")
        for place, (row, changed) in enumerate(zip(rows, changes, strict=True)):
            for column, (name, words) in enumerate(row.items()):
                mark = _MARK if name in changed else ""
                corner, size = (edges[column] + 0.03, place + 0.04), (widths[column] - 0.06, 0.92)
                ground, frame = ("#FFE3C2", ORANGE) if mark else ("#F6F6F6", "white")
                axes.add_patch(Rectangle(corner, *size, facecolor=ground, edgecolor=frame))
                lines = [fill(line, int(13 * widths[column])) for line in (mark + words).split("\n")]
                axes.text(edges[column] + 0.06, place + 0.5, "\n".join(lines), fontsize=SMALL, va="center")
        axes.set(xlim=(0, edges[-1]), ylim=(len(rows), -0.35))
        axes.set_axis_off()
    return fig
