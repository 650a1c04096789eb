"""Guess first, honestly: what a closed block reveals does not stand open right below it.

Looked for are numbers (of two digits or more, with decimals or per cent; no years, no pinpoints) and verdicts
said of an instrument by its short name. A question's invented case gives nothing away, nor does a lab.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from ...lessons import Cell, Notebook, plain
from ...subject import definitions
from .. import claims
from ..faults import Fault
from .whole import cell_of

NEAR = 3  # cells below a block in which nothing gives it away
_DETAILS = re.compile(r"<details\b[^>]*>\s*(?:<summary\b[^>]*>(.*?)</summary>)?(.*?)</details>", re.S)


@dataclass(frozen=True)
class _Text:
    """The text of a cell in reading order: open before its first closed block, closed, open after it."""

    above: str
    closed: str = ""
    below: str = ""


def faults(lesson: Notebook) -> Iterator[Fault]:
    """Numbers and verdicts of a closed block that stand open below it, in its cell or in the next three."""
    read = [_read(cell) for cell in lesson.cells]
    known: set[object] = set()  # what stood before, open or closed
    for cell, text in zip(lesson.cells, read, strict=True):
        known |= _numbers(text.above)
        revealed: dict[object, str] = {key: words for key, words in _said(text.closed) if key not in known}
        near = read[cell.index + 1 : cell.index + 1 + NEAR]
        below = [text.below, *(part for other in near for part in (other.above, other.below))]
        for key, words in _said(" \n\n ".join(below)):
            if key in revealed:
                del revealed[key]
                what = (
                    f"{words!r} stands open below the closed block that reveals it; close it too, or move it"
                )
                yield Fault("giveaway", cell_of(lesson, cell), what)
        known |= _numbers(text.closed) | _numbers(text.below)


def _said(text: str) -> Iterator[tuple[object, str]]:
    """The numbers and verdicts of a text, each with the words that say it."""
    for numeral in claims.stated(text):
        number = numeral.number
        if number is None or (number == int(number) and number < 10 and not numeral.per_cent):
            continue
        if not re.fullmatch(r"(?:19|20)\d\d", numeral.text):
            yield numeral.same, numeral.text
    for instrument in definitions.instruments().values():
        said = rf"{re.escape(instrument.short)}(?!\w)[^.;:\n]{{0,60}}?\b(not met|met)\b"
        for found in re.finditer(said, text):
            yield (instrument.short, found[1]), f"{instrument.short} ... {found[1]}"


def _numbers(text: str) -> set[object]:
    """The numbers of a text; a verdict is of one case, so that it may be said again of another."""
    return {numeral.same for numeral in claims.stated(text)}


def _read(cell: Cell) -> _Text:
    if cell.kind == "markdown":
        before, *blocks = _DETAILS.split(cell.source)
        if not blocks:
            return _Text(plain(before))
        summaries, closed, after = blocks[0::3], blocks[1::3], blocks[2::3]
        above = " ".join([before, *(summary or "" for summary in summaries)])
        return _Text(plain(above), plain("\n\n".join(closed)), plain("\n\n".join(after)))
    if cell.asks() or cell.draws():
        return _Text("")
    page = _Page()
    page.feed(cell.html)
    inside = "".join(page.closed) if "after=" in cell.source else ""
    return _Text("".join(page.open), inside)


class _Page(HTMLParser):
    """The text of an output outside and inside its closed blocks, with the words of its images."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.closed: list[str] = []
        self._depth, self._in_summary = 0, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._depth += tag == "details"
        if tag == "summary":
            self._in_summary = True
        elif tag == "img":
            self.handle_data(dict(attrs).get("alt") or "")
        elif tag not in ("a", "b", "i", "em", "strong", "span", "abbr"):
            self.handle_data(" | ")

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "details"
        if tag == "summary":
            self._in_summary = False

    def handle_data(self, data: str) -> None:
        opened = self._depth == 0 or (self._depth == 1 and self._in_summary)
        (self.open if opened else self.closed).append(data)
