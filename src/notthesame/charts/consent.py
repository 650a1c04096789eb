"""The debate about consent: how it has been answered, work by work."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from .. import evidence
from ..figures import BLUE, ORANGE, SMALL, WIDE, style, subplots

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


def consent_answers() -> tuple[Figure, pd.DataFrame]:
    """Can consent be valid? The answers of ``debate_positions`` by year; works from memory are left out.

    Blue: the answer begins with yes. Orange: any other. The words are those of the table.

    >>> fig, data = consent_answers()
    >>> set(data["read"]) <= {"primary", "secondary"}
    True
    """
    import pandas as pd

    rows = sorted(
        (row for row in evidence.rows("debate_positions") if row["read"] != "recalled"),
        key=lambda row: int(row["year"]),
    )
    with style():
        fig, axes = subplots(figsize=(WIDE, 0.34 * len(rows) + 0.6))
        for place, row in enumerate(rows):
            answer = row["can_consent_be_valid"]
            colour, marker = (BLUE, "o") if answer.startswith("yes") else (ORANGE, "s")
            axes.plot([int(row["year"])], [place], marker, color=colour, markersize=6)
            axes.annotate(
                fill(answer, 26),
                (int(row["year"]), place),
                xytext=(9, 0),
                textcoords="offset points",
                va="center",
                fontsize=SMALL,
                color=colour,
            )
        names = [
            "UN " * (row["camp"] == "UN mandate") + row["representative"].partition(" on ")[0] for row in rows
        ]
        axes.set_yticks(range(len(rows)), [fill(name, 22) for name in names], fontsize=SMALL)
        axes.set(xlim=(1976, 2072), ylim=(len(rows) - 0.4, -0.6), xlabel="year of the work")
        axes.set_xticks(range(1980, 2021, 20))
        axes.grid(axis="y", color="#EEEEEE")
        axes.set_axisbelow(True)
    columns = ["representative", "work", "year", "can_consent_be_valid", "read"]
    return fig, pd.DataFrame([{name: row[name] for name in columns} for row in rows])
