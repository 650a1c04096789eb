"""Verdicts side by side, and what instruments ask for, as tables for the last line of a cell."""

from __future__ import annotations

import html
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from .definitions import (
    DEPENDS,
    MET,
    NOT_MET,
    ON_PAGE,
    Instrument,
    Verdict,
    _capital,
    feature,
    features,
    instrument,
    verdicts,
)
from .definitions import instruments as known_instruments
from .vignettes import Vignette


@dataclass(frozen=True)
class Comparison:
    """Verdicts side by side, for the last line of a cell, below the facts of the case if one was given."""

    verdicts: tuple[Verdict, ...]
    after: str = ""
    case: Vignette | None = None

    def __repr__(self) -> str:
        lines = [f"{v.name}: {'; '.join((f'{v.outcome} ({v.clause})', *v.notes))}" for v in self.verdicts]
        return "\n".join([repr(self.case), *lines] if self.case else lines)

    def _repr_html_(self) -> str:
        of_law = [v for v in self.verdicts if not known_instruments()[v.instrument].of_sex_work]
        of_work = [v for v in self.verdicts if known_instruments()[v.instrument].of_sex_work]
        tables = [_table(of_law, "Definitions of trafficking and related offences")] if of_law else []
        shown = "".join(tables + ([_table(of_work, "Definitions of sex work")] if of_work else []))
        if self.after:
            shown = f"<details><summary>{html.escape(self.after)}</summary>{shown}</details>"
        return self.case._repr_html_() + shown if self.case else shown


def compare(
    true: Collection[str] | Vignette,
    unknown: Collection[str] = (),
    instruments: Iterable[str] = ON_PAGE,
    after: str = "",
) -> Comparison:
    """The verdicts of some instruments on one case, as a table. Give a Vignette, or features.

    With ``after`` the table lies in a closed block with this line as its summary (predict before reveal).
    Raises KeyError for an instrument that does not exist, ValueError as ``verdicts`` does.

    >>> compare(["under_18"], unknown=["force"], instruments=["un_palermo"])
    UN Trafficking in Persons (Palermo) Protocol, Article 3: not met (Art. 3(a))
    """
    case: Vignette | None = None
    if isinstance(true, Vignette):
        case = true
        true, unknown = case.features, case.features_open
    wanted = tuple(instruments)
    for key in wanted:
        instrument(key)
    found = {verdict.instrument: verdict for verdict in verdicts(true, unknown)}
    return Comparison(tuple(found[key] for key in wanted), after, case)


@dataclass(frozen=True)
class Elements:
    """What some instruments ask for, for the last line of a cell."""

    instruments: tuple[Instrument, ...]

    def __repr__(self) -> str:
        return "\n".join(f"{name}: {asks} ({clause})" for name, asks, clause in self._rows())

    def _repr_html_(self) -> str:
        return _html_table(
            "What each instrument asks for", ("Instrument", "Asks for", "Clause"), self._rows()
        )

    def _rows(self) -> Iterator[tuple[str, str, str]]:
        for found in self.instruments:
            for need in found.needs:
                words = [features()[e.feature].short for e in need.elements if e.seen]
                asks = f"any one of: {', '.join(words)}" if len(words) > 1 else "".join(words)
                yield found.short, asks, need.elements[0].cited


def elements(*instrument_keys: str) -> Elements:
    """What some instruments ask for, as a table; every instrument of the lesson's page when none is named.

    >>> repr(elements("us_2421_mann")).partition(":")[0]
    'Mann Act'
    """
    return Elements(tuple(instrument(key) for key in instrument_keys or ON_PAGE))


SIGNS = {MET: "\N{CHECK MARK} met", NOT_MET: "\N{MULTIPLICATION X} not met", DEPENDS: "? depends"}


def _table(shown: Iterable[Verdict], caption: str) -> str:
    columns = ("Instrument", "Verdict", "Clause that decided", "What is missing or open")
    rows = ((v.name, SIGNS[v.outcome], v.clause, open_in_words(v)) for v in shown)
    return _html_table(caption, columns, rows)


def _html_table(caption: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A plain HTML table; the first cell of a row is its heading. Every text is escaped."""
    left = ' style="text-align:left"'
    head = "".join(f'<th scope="col"{left}>{html.escape(name)}</th>' for name in columns)
    body = ""
    for first, *rest in rows:
        cells = "".join(f"<td{left}>{html.escape(cell)}</td>" for cell in rest)
        body += f'<tr><th scope="row"{left}>{html.escape(first)}</th>{cells}</tr>'
    caption = f"<caption>{html.escape(caption)}</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def missing_in_words(verdict: Verdict) -> str:
    """What a verdict still asks for: each need as its feature or as "one of: ...", then the notes.

    >>> [mann] = compare(["act_transport"], instruments=["us_2421_mann"]).verdicts
    >>> missing_in_words(mann)
    'a state or national border crossed; intent to promote prostitution'
    """
    return "; ".join([*_needs_in_words(verdict), *verdict.notes]) or "nothing"


def open_in_words(verdict: Verdict) -> str:
    """Sentences for a table: what is missing or open, the notes and the remarks.

    >>> [mann] = compare(["act_transport"], instruments=["us_2421_mann"]).verdicts
    >>> open_in_words(mann)
    'Missing: a state or national border crossed; intent to promote prostitution.'
    """
    kind = "Open: " if verdict.outcome == DEPENDS else "Missing: "
    needs = "; ".join(_needs_in_words(verdict))
    sentences = [kind + needs] if needs else [] if verdict.notes else ["Nothing"]
    sentences += map(_capital, verdict.notes)
    return " ".join([*(f"{sentence}." for sentence in sentences), *verdict.remarks])


def _needs_in_words(verdict: Verdict) -> list[str]:
    needs = [[feature(name).short for name in need] for need in verdict.missing]
    return [names[0] if len(names) == 1 else f"one of: {', '.join(names)}" for names in needs]
