"""What the chart of a brief may show: eight series of ``data/``, and a choice of rows, drawing and title.

A choice is checked when it is made: rows that are there, a drawing that suits them, a title of a few words.
``charts.own`` draws it. Rows that were written down from memory are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .. import evidence
from .._loading import no_such
from .._reading import shown
from .._words import counted, plain_number, some
from ..course import read_once

FEWEST, MOST = 2, 8  # rows
TITLE = (3, 14)  # words
LONGEST_TITLE = 90  # characters
DRAWINGS: Mapping[str, str] = {
    "bars": "bars from zero",
    "dots": "dots",
    "line": "a line over years",
    "intervals": "intervals alone",
}
Cells = Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """One row that a chart may show; an end is None where the table has none, the value where it has a range.

    source: the key of its source.
    """

    name: str
    year: int | None
    value: float | None
    low: float | None
    high: float | None
    source: str

    @property
    def number(self) -> str:
        """What the row says, in words.

        >>> Row("a", None, 2.5, 1.0, 4.0, "x").number, Row("b", None, None, 6.0, 10.0, "x").number
        ('2.5 (1 to 4)', '6 to 10')
        """
        ends = " to ".join(plain_number(end) for end in (self.low, self.high) if end is not None)
        if self.value is None:
            return ends
        return f"{plain_number(self.value)} ({ends})" if ends else plain_number(self.value)

    @property
    def has_ends(self) -> bool:
        """Whether the table gives it an interval or a range."""
        return self.low is not None and self.high is not None


@dataclass(frozen=True)
class Series:
    """Rows of one table that a chart may show.

    words: what a learner chooses. unit: what the numbers are. ends: what the two ends of a row are, "" where
    no row has them. ratio: whether a value of 1, and not 0, means no difference.
    """

    key: str
    words: str
    table: str
    unit: str
    rows: Mapping[str, Row]
    ends: str = ""
    ratio: bool = False

    @property
    def cannot_tell(self) -> str:
        """What its table cannot tell, from the Data Package."""
        said: str = evidence.descriptor(self.table)["cannotTell"]
        return said


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
        words = f"a title of {low} to {high} words is wanted"
        return f"title is {shown(title)}; {words}"
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


# --- the eight series ---------------------------------------------------------------------------------------


@read_once
def series() -> Mapping[str, Series]:
    """The series that a chart may be of, by key.

    >>> len(series()), series()["hotline"].unit
    (8, 'cases')
    """
    return {found.key: found for found in map(_series, _RECIPES)}


@dataclass(frozen=True)
class _Recipe:
    key: str
    words: str
    table: str
    unit: str
    wanted: Callable[[Cells], bool]
    name: Callable[[Cells], str]
    value: str
    low: tuple[str, ...] = ()  # columns, of which the first that is filled counts
    high: tuple[str, ...] = ()
    year: str = ""
    ends: str = ""
    ratio: bool = False


def _series(recipe: _Recipe) -> Series:
    rows = (
        _row(recipe, cells)
        for cells in evidence.rows(recipe.table)
        if cells["read"] != "recalled" and recipe.wanted(cells)
    )
    by_name = {row.name: row for row in rows if row.value is not None or row.has_ends}
    named = recipe.key, recipe.words, recipe.table, recipe.unit
    return Series(*named, by_name, recipe.ends, recipe.ratio)


def _row(recipe: _Recipe, cells: Cells) -> Row:
    value, low, high = (_first(cells, names) for names in ((recipe.value,), recipe.low, recipe.high))
    year = int(cells[recipe.year]) if recipe.year else None
    return Row(recipe.name(cells), year, value, low, high, cells["source"])


def _first(cells: Cells, columns: Iterable[str]) -> float | None:
    return next((float(cells[column]) for column in columns if cells[column]), None)


def _violence(cells: Cells) -> str:
    study, when = (cells[column].partition(" (")[0] for column in ("study", "recall_period"))
    who = "" if cells["perpetrator"] == "any" else cells["perpetrator"]
    mode = cells["mode"].partition(",")[0].lower() if study in _TWO_MODES else ""
    how = "weighted" if "eighted" in cells["estimator"] else ""
    named = (study, cells["place"], cells["subgroup"], mode, cells["type"], who, when, how)
    return ", ".join(filter(None, named))


_TWO_MODES = ("Beattie et al. 2010",)  # one question, asked in two ways


def _unseen(cells: Cells) -> str:
    place = cells["dataset"].replace("_", " ").title().replace("Uk ", "UK ")
    return f"{place}, {cells['lists']} lists: {cells['method']}"


def _policing(cells: Cells) -> str:
    study = cells["study"].partition(" pooled:")[0]
    pooled = " (a pool)" if study != cells["study"] else ""
    place = f", {cells['city_or_region']}" if cells["city_or_region"] else ""
    return f"{study}{pooled}{place}: {cells['outcome']}, {cells['exposure']}"


def _arrests(cells: Cells) -> str:
    how = "estimated" if cells["series"].endswith("estimated") else "as reported"
    return f"{cells['year']}, {how}"


_INTERVAL = "95 per cent interval"
_RECIPES = (
    _Recipe(
        "hotline",
        "US hotline: cases by year, as counted in several ways",
        "hotline",
        "cases",
        lambda cells: cells["measure"] == "cases",
        lambda cells: f"{cells['year']}, {cells['scope']}",
        "value",
        year="year",
    ),
    _Recipe(
        "detected",
        "UNODC: detected victims by form and year",
        "unodc_detected_by_form_year",
        "detected victims, at least",
        lambda cells: int(cells["year"]) >= 2010,
        lambda cells: f"{cells['year']}, {cells['form_of_exploitation'].lower()}",
        "count_at_least",
        ("count_at_least",),
        ("count_at_most",),
        "year",
        "least and most that the export allows",
    ),
    _Recipe(
        "arrests",
        "US: arrests for prostitution and commercialised vice by year",
        "us_arrests",
        "arrests",
        lambda cells: cells["series"].startswith("prostitution"),
        _arrests,
        "value",
        year="year",
    ),
    _Recipe(
        "global",
        "Global estimates of forced labour and modern slavery, by report",
        "global_estimates",
        "million people",
        lambda cells: cells["unit"] == "million people",
        lambda cells: f"{cells['publication_year']}: {cells['concept']}",
        "value",
    ),
    _Recipe(
        "unseen",
        "Multiple systems: published estimates of people unseen",
        "mse_published_results",
        "people, seen and unseen",
        lambda cells: bool(cells["ci_low"]),
        _unseen,
        "estimate",
        ("ci_low",),
        ("ci_high",),
        ends="interval or range as published",
    ),
    _Recipe(
        "policing",
        "Policing and harm: odds ratios from single abstracts",
        "platt_forest",
        "odds ratio",
        lambda cells: bool(cells["ci_low"]),
        _policing,
        "effect",
        ("ci_low",),
        ("ci_high",),
        ends=_INTERVAL,
        ratio=True,
    ),
    _Recipe(
        "violence",
        "Violence: prevalence as published, by study",
        "violence_prevalence",
        "per cent",
        lambda cells: True,
        _violence,
        "percent",
        ("ci_low", "percent_low"),
        ("ci_high", "percent_high"),
        ends="interval, or range across studies",
    ),
    _Recipe(
        "fosta",
        "Surveys after FOSTA, question by question",
        "fosta_surveys",
        "per cent of those asked",
        lambda cells: True,
        lambda cells: f"{cells['survey']}, {cells['group']}: {cells['question_paraphrase']}",
        "percent",
        ("percent_low",),
        ("percent_high",),
        ends="range as published",
    ),
)
