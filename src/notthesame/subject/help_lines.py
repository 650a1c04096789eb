"""Where to find help: services by country, each with the year in which its number was last seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from .. import _html, _reading, evidence
from ..translation import later, say

COUNTRIES = {"US": "United States", "GB": "United Kingdom", "CA": "Canada", "IE": "Ireland"}
_BEFORE = (
    later(
        "A number was last seen in the year beside it, and we did not call it. Check it again on the "
        "service's own page before you rely on it or pass it on."
    ),
    later(
        "Look for more than one kind: an emergency number, help after violence, a crisis line, an "
        "organisation run by sex workers, one run by survivors, legal advice, somebody at your university. "
        "You may ask what a service passes on, and to whom, before you give a name."
    ),
)


@dataclass(frozen=True, repr=False)
class HelpLines(_html.Block):
    """Help lines by country: name of the country, and its services as rows of text."""

    countries: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    translated: ClassVar[bool] = True

    COLUMNS = ("Service", "For", "Call", "Text", "Hours and languages", "Page", "Last seen")

    def __repr__(self) -> str:
        lines = [*map(say, _BEFORE)]
        for country, rows in self.countries:
            lines += [f"{country}:", *("  " + "; ".join(_named(self.COLUMNS, row)) for row in rows)]
        return "\n".join(lines)

    def __html__(self) -> Markup:
        service, *others = self.COLUMNS
        rows = (
            (first, name, *map(_dialled, rest)) for name, found in self.countries for first, *rest in found
        )
        caption = "Help lines: " + ", ".join(name for name, _ in self.countries)
        table = _html.table(caption, (service, "Where", *others), rows)
        return _html.lines((_html.paragraphs(map(say, _BEFORE)), _html.in_english(table)))


def help_lines(country: str | None = None) -> HelpLines:
    """Help lines of the countries the course has checked, each with the year in which it was last seen.

    country: "US", "GB", "CA" or "IE"; all when none is given. A number that no second source confirms is left
    out and its page named, as it is where no number was seen. Raises ValueError for another country.

    >>> help_lines("GB").countries[0][0]
    'United Kingdom'
    """
    if country is not None and country not in COUNTRIES:
        raise ValueError(
            f"country is {_reading.shown(country)}; allowed: {', '.join(COUNTRIES)}. For others, ask locally."
        )
    table = evidence.rows("debate_support_resources")
    shown = [country] if country else list(COUNTRIES)
    return HelpLines(
        tuple(
            (COUNTRIES[code], tuple(_service(row) for row in table if row["country"] == code))
            for code in shown
        )
    )


def _service(row: Mapping[str, str]) -> tuple[str, ...]:
    held_back = row["printed"] == "false"
    call, text = ("not confirmed: see its page", "") if held_back else (row["number"], row["text"])
    call = call or "none seen: see its page"
    return (
        row["service"],
        row["who_for"],
        call,
        text,
        row["languages_or_hours"],
        row["url_or_operator"],
        row["seen_in_copy_of"],
    )


def _dialled(text: str) -> str:
    return _html.unbroken(text) if text[:1].isdigit() and text[-1:].isdigit() else text


def _named(columns: Iterable[str], row: Iterable[str]) -> list[str]:
    return [f"{column}: {cell}" for column, cell in zip(columns, row, strict=True) if cell]
