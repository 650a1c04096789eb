"""The series of ``data/`` that the chart of a brief may show: eleven, each with the rows of one table.

Rows that were written down from memory are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from textwrap import shorten

from .. import evidence
from .._words import plain_number
from ..course import read_once

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


@read_once
def series() -> Mapping[str, Series]:
    """The series that a chart may be of, by key.

    >>> len(series()), series()["hotline"].unit
    (11, 'cases')
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
    answers: Mapping[str, str] = field(default_factory=dict)  # columns of counts, one row of the chart each


def _series(recipe: _Recipe) -> Series:
    wanted = (
        cells for cells in evidence.rows(recipe.table) if cells["read"] != "recalled" and recipe.wanted(cells)
    )
    rows = (row for cells in wanted for row in _rows(recipe, cells))
    by_name = {row.name: row for row in rows if row.value is not None or row.has_ends}
    named = recipe.key, recipe.words, recipe.table, recipe.unit
    return Series(*named, by_name, recipe.ends, recipe.ratio)


def _rows(recipe: _Recipe, cells: Cells) -> Iterator[Row]:
    """The row of the chart for one of the table, or one for each answer that was counted."""
    if not recipe.answers:
        yield _row(recipe, cells)
    for column, words in recipe.answers.items():
        row = _row(replace(recipe, value=column), cells)
        yield replace(row, name=f"{row.name}: {words}")


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


def _vote(cells: Cells) -> str:
    party = "all" if cells["party"] == "all" else f"{cells['party']}s"
    return f"{cells['chamber']}, {cells['date']}, {cells['question'].partition(' (')[0]}, {party}"


def _poll(cells: Cells) -> str:
    who = cells["population"].removeprefix("voters: ").replace("all", "all voters")
    asked = shorten(cells["question_or_paraphrase"], 70, placeholder=" ...")
    said = f"{cells['poll']}, {who}: {cells['what_support_means']}"
    return said if cells["poll"].startswith(_LONG_QUESTIONS) else f"{said} (asked, in short: {asked})"


_LONG_QUESTIONS = "Data for Progress"
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
    _Recipe(
        "votes",
        "FOSTA: votes in the House and the Senate, by party",
        "rollcall",
        "members",
        lambda cells: True,
        _vote,
        "yea",
        answers={"yea": "for", "nay": "against", "not_voting": "did not vote"},
    ),
    _Recipe(
        "polls",
        "Opinion polls on sex work and the law, question by question",
        "opinion_polls",
        "per cent who chose the answer named",
        lambda cells: "oppose column" not in cells["what_support_means"],
        _poll,
        "support_change_or_legal_pct",
    ),
    _Recipe(
        "ireland",
        "Ireland: reports to an app, before and after the law of 2017",
        "surveys_uglymugs_ireland",
        "reports",
        lambda cells: cells["unit"] == "reports",
        lambda cells: f"{cells['period']}: {cells['measure']}",
        "value",
    ),
)
