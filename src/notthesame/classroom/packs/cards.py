"""Cards, one a sheet: letters to vote with, cases, and positions with their sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from ... import _html, lessons
from ...course import course
from ...plans import Session
from ...plans.notes import in_words
from ...questions.model import LETTERS
from . import sheets

_TAG = "position-"
_HELD = re.compile(r"\*\*(?P<name>[^*]+?)\.?\*\* (?P<text>.+)")


@dataclass(frozen=True)
class Position:
    """A position as its lesson puts it, in words: on which section's question, and by which sources."""

    on: str
    name: str
    text: str
    sources: tuple[str, ...]


def letters(count: int = 4) -> Markup:
    """A sheet for each letter, from A.

    >>> letters(2).striptags()
    'A B'
    """
    return sheets.each(_html.division("letter", escape(letter.upper())) for letter in LETTERS[:count])


def cases(session: Session, minors: bool = True) -> Markup:
    """A sheet for each case of a session.

    >>> from notthesame.plans import plan
    >>> str(cases(plan("90-minutes").sessions[0])).count('<section class="one">')
    13
    """
    return sheets.each(_html.division("card", sheets.case(case)) for case in sheets.cases(session, minors))


def position_sheets(lesson: str) -> Markup:
    """A sheet for each position of a lesson.

    >>> position_sheets("02").count("<h1>")
    3
    """
    return sheets.each(map(_sheet, positions(lesson)))


def _sheet(of: Position) -> Markup:
    source = _html.division("sources", _html.paragraph("; ".join(of.sources), "Sources."))
    parts = (_html.paragraph(of.on), _html.heading(1, of.name), _html.paragraph(of.text), source)
    return _html.division("card", _html.lines(parts))


def positions(lesson: str) -> tuple[Position, ...]:
    """The positions of a lesson, in its order, from the cells that are tagged as holding some.

    >>> [position.name for position in positions("02")]
    ['The wide reading', 'The narrow reading', 'A threshold, case by case']
    """
    books = [book for book in lessons.read_all(course().lessons) if book.number == lesson]
    return tuple(found for book in books for cell in book.cells for found in _held(cell))


def _held(cell: lessons.Cell) -> Iterator[Position]:
    """The positions of one cell: its paragraphs, or the rows of its table, that begin in bold."""
    if not any(tag.startswith(_TAG) for tag in cell.tags):
        return
    last = None
    for part in re.split(r"\n\n|\n(?=\|)", cell.source):
        cells = [piece.strip() for piece in part.strip().strip("|").split(" | ")]
        if part.startswith("|") and cells[0].startswith("**"):
            name, reason, *reply = cells
            text = " ".join((reason, *(f"A reply: {answer}" for answer in reply)))
            yield _position(cell.section, name, text)
        elif found := _HELD.match(part):
            if last:
                yield last
            last = _position(cell.section, found["name"], found["text"])
        elif last and not part.startswith(("|", "#", "[", "<")):
            sources = (*last.sources, *_sources(part))
            last = replace(last, text=f"{last.text} {in_words(part)}", sources=sources)
    if last:
        yield last


def _position(on: str, name: str, text: str) -> Position:
    return Position(on, in_words(name), in_words(text), tuple(_sources(text)))


def _sources(text: str) -> Iterator[str]:
    yield from dict.fromkeys(title for *_, title in lessons.links(text) if title)
