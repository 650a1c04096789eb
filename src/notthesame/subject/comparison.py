"""Verdicts side by side, and what instruments ask for, as tables for the last line of a cell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from .. import _html
from .._reading import several
from .._words import capital
from .definitions import (
    DEPENDS,
    MET,
    NOT_MET,
    ON_PAGE,
    Instrument,
    Verdict,
    feature,
    features,
    instrument,
    on_page,
    verdicts,
)
from .vignettes import Vignette


@dataclass(frozen=True)
class Comparison(_html.Block):
    """Verdicts side by side, for the last line of a cell, below the facts of the case if one was given."""

    verdicts: tuple[Verdict, ...]
    after: str = ""
    case: Vignette | None = None

    def __repr__(self) -> str:
        lines = [
            f"{v.text.short}: {'; '.join((f'{v.outcome} ({v.clause})', *v.notes))}" for v in self.verdicts
        ]
        return "\n".join([repr(self.case), *lines] if self.case else lines)

    def __html__(self) -> Markup:
        of_law = [v for v in self.verdicts if not v.text.of_sex_work]
        of_work = [v for v in self.verdicts if v.text.of_sex_work]
        tables = [_table(of_law, "Definitions of trafficking and related offences")] if of_law else []
        tables += [_table(of_work, "Definitions of sex work")] if of_work else []
        shown = _html.closed(_html.lines(tables), self.after)
        return _html.lines((self.case, shown)) if self.case else shown


def compare(
    true: Collection[str] | Vignette,
    unknown: Collection[str] = (),
    instruments: Iterable[str | Instrument] | None = None,
    after: str = "",
) -> Comparison:
    """The verdicts of some instruments on one case, as a table. Give a Vignette, or features.

    instruments: their keys, or as ``own_instrument`` makes them; by default those of the page, with the
    labour limb for a case of labour.

    With ``after`` the table lies in a closed block with this line as its summary (predict before reveal).
    Raises KeyError for an instrument that does not exist, ValueError as ``verdicts`` does.

    >>> compare(["under_18"], unknown=["force"], instruments=["un_palermo"])
    Palermo Protocol: not met (Art. 3(a))
    """
    case: Vignette | None = None
    if isinstance(true, Vignette):
        case = true
        true, unknown = case.features, case.features_open
    true, unknown = several(true, "true", "feature"), several(unknown, "unknown", "feature")
    wanted = on_page(true) if instruments is None else instruments
    return Comparison(verdicts(true, unknown, wanted), after, case)


@dataclass(frozen=True)
class Elements(_html.Block):
    """What some instruments ask for, for the last line of a cell."""

    instruments: tuple[Instrument, ...]

    def __repr__(self) -> str:
        return "\n".join(f"{name}: {asks} ({clause})" for name, asks, clause in self._rows())

    def __html__(self) -> Markup:
        heads = ("Instrument", "Asks for", "Clause")
        return _html.table("What each instrument asks for", heads, self._rows())

    def _rows(self) -> Iterator[tuple[str, str, str]]:
        for found in self.instruments:
            for need in found.needs:
                words = [features()[e.feature].short for e in need.elements if e.seen]
                asks = f"any one of: {', '.join(words)}" if len(words) > 1 else "".join(words)
                yield found.short, asks, need.elements[0].cited


def elements(*instrument_keys: str | Instrument) -> Elements:
    """What some instruments ask for, as a table; every instrument of the lesson's page when none is named.

    >>> repr(elements("us_2421_mann")).partition(":")[0]
    'Mann Act'
    """
    return Elements(tuple(instrument(key) for key in instrument_keys or ON_PAGE))


SIGNS = {MET: "\N{CHECK MARK} met", NOT_MET: "\N{MULTIPLICATION X} not met", DEPENDS: "? depends"}


def _table(shown: Iterable[Verdict], caption: str) -> Markup:
    heads = ("Instrument", "Verdict", "Clause that decided", "What is missing or open")
    rows = ((v.text.short, SIGNS[v.outcome], v.clause, open_in_words(v)) for v in shown)
    return _html.table(caption, heads, rows)


def open_in_words(verdict: Verdict) -> str:
    """Sentences for a table: what is missing or open, the notes and the remarks.

    >>> [mann] = compare(["act_transport"], instruments=["us_2421_mann"]).verdicts
    >>> open_in_words(mann)
    'Missing: a state or national border crossed; intent to promote prostitution.'
    """
    kind = "Open: " if verdict.outcome == DEPENDS else "Missing: "
    needs = "; ".join(_needs_in_words(verdict))
    sentences = [kind + needs] if needs else [] if verdict.notes else ["Nothing"]
    sentences += map(capital, verdict.notes)
    return " ".join([*(f"{sentence}." for sentence in sentences), *verdict.remarks])


def _needs_in_words(verdict: Verdict) -> list[str]:
    needs = [[feature(name).short for name in need] for need in verdict.missing]
    return [names[0] if len(names) == 1 else f"one of: {', '.join(names)}" for names in needs]
