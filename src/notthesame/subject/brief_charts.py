"""What the chart of a brief shows: a series of ``brief_series``, and a choice of rows, drawing and title.

A choice is checked when it is made: rows that are there, a drawing that suits them, a title of a few words.
``charts.own`` draws it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .._loading import no_such
from .._reading import shown
from .._words import counted, some
from .brief_series import Row, Series, series

FEWEST, MOST = 2, 8  # rows
TITLE = (3, 14)  # words
LONGEST_TITLE = 90  # characters
DRAWINGS: Mapping[str, str] = {
    "bars": "bars from zero",
    "dots": "dots",
    "line": "a line over years",
    "intervals": "intervals alone",
}


@dataclass(frozen=True)
class Chart:
    """A chart as somebody chose it. Raises ValueError naming what is wrong and what is allowed.

    series: a key of ``series()``. draw: one of ``DRAWINGS``. rows: their names, in the order of the table.

    >>> Chart("policing", "bars", "Policing and violence by clients", tuple(series()["policing"].rows)[:3])
    Traceback (most recent call last):
    ValueError: draw is 'bars'; bars begin at zero, but 1 is no difference in a ratio; dots or intervals fit
    """

    series: str
    draw: str
    title: str
    rows: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.series not in series():
            raise ValueError(f"series is {shown(self.series)}; allowed: {', '.join(series())}")
        if self.draw not in DRAWINGS:
            raise ValueError(f"draw is {shown(self.draw)}; allowed: {', '.join(DRAWINGS)}")
        if fault := _title_fault(self.title):
            raise ValueError(fault)
        for name in self.rows:
            if name not in self.of.rows:
                raise ValueError(no_such("row", name, self.of.rows))
        if not FEWEST <= len(set(self.rows)) <= MOST:
            chosen = counted(len(set(self.rows)), "row")
            raise ValueError(f"rows: {chosen} chosen; allowed are {FEWEST} to {MOST}")
        if fault := self._drawing_fault():
            raise ValueError(f"draw is {shown(self.draw)}; {fault}")

    @property
    def of(self) -> Series:
        """The series that it is of."""
        return series()[self.series]

    @property
    def shown(self) -> tuple[Row, ...]:
        """Its rows, each once, in the order of the table."""
        return tuple(row for name, row in self.of.rows.items() if name in self.rows)

    @property
    def kept(self) -> list[str]:
        """The choice as an answer is kept: series, drawing, title, then the rows."""
        return [self.series, self.draw, self.title, *(row.name for row in self.shown)]

    def _drawing_fault(self) -> str:
        """Why its rows cannot be drawn so, and what fits; else an empty text."""
        rows, of = self.shown, self.of
        without = [row.name for row in rows if row.value is None]
        bare = [row.name for row in rows if not row.has_ends]
        if self.draw == "intervals" and bare:
            return f"the table has no interval for: {some(bare)}"
        if self.draw != "intervals" and without:
            return f"the table has a range and no single number for: {some(without)}; intervals fit"
        if self.draw == "bars" and of.ratio:
            return "bars begin at zero, but 1 is no difference in a ratio; dots or intervals fit"
        if self.draw == "line":
            years = [row.year for row in rows]
            if None in years:
                return "these rows are no years; bars, dots or intervals fit"
            if len(set(years)) < len(years):
                return "a line wants one row a year, counted in one way"
            if len(years) < 3:
                return "a line wants three years or more"
        return ""


def _title_fault(title: Any) -> str:
    low, high = TITLE
    if not isinstance(title, str) or not low <= len(title.split()) <= high:
        if title == "":
            return f"give it a title of {low} to {high} words"
        return f"title is {shown(title)}; a title of {low} to {high} words is wanted"
    if len(title) > LONGEST_TITLE:
        return f"title has {len(title)} characters; allowed are {LONGEST_TITLE} at most"
    return ""


def read_chart(value: Any) -> Chart:
    """A choice from what the lab kept, a list of texts, or from a dict with series, draw, title and rows.

    Raises ValueError naming what is wrong.

    >>> read_chart(["hotline", "bars", "Cases by year"])
    Traceback (most recent call last):
    ValueError: rows: 0 rows chosen; allowed are 2 to 8
    """
    if isinstance(value, Chart):
        return value
    if isinstance(value, Mapping):
        value = [*(value.get(name, "") for name in ("series", "draw", "title")), *value.get("rows", ())]
    if not isinstance(value, list | tuple) or len(value) < 3 or not all(isinstance(v, str) for v in value):
        raise ValueError(f"found {shown(value)}; wanted are series, draw, title and rows")
    of, draw, title, *rows = value
    return Chart(of, draw, title, tuple(rows))
