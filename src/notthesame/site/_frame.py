"""A whole page: its body as it lies in the site, with head, ways through the course and scripts around it."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from .. import _html, lessons
from ..course import course
from ..questions import view
from ..translation import later, say
from . import _cells, _paper
from ._page import Page
from ._shelves import HOME, NOTES, shelf_of
from ._templates import template

# Where "Leave this page" leads: a page that says nothing about its reader.
EXIT = "https://www.wikipedia.org/"
HERE = Path(__file__).parent
SCRIPT, STYLE, SEARCH = "pages.js", "pages.css", "search.html"
_TABLE = re.compile(r"<table\b.*?</table>", re.S)
_AS_IS = "!$&'()*+,;=:@/?"  # in a fragment
_ID = re.compile(r'\bid="([^"]*)"')
_FOLD = re.compile(rf'<div class="cell">\s*{_cells.FOLD}\s*</div>')
_OUTLINE = re.compile(r'<a href="#([^"]*)">(.*?)</a>', re.S)


@dataclass(frozen=True)
class Around:
    """What stands around each page: the first pages of the course, and its notebooks in reading order."""

    places: Sequence[Page]
    reading: Sequence[Page]


def whole(page: Page, body: str, outline: str, around: Around) -> str:
    """The page of a body whose links are as they are in the site, with all that is around it."""
    at = next((at for at, other in enumerate(around.reading) if other.source == page.source), None)
    before, after = later("Previous"), later("Next")
    near = {} if at is None else {before: around.reading[:at][-1:], after: around.reading[at + 1 : at + 2]}
    steps = [(word, other) for word, others in near.items() for other in others]
    asks = bool(page.host.script) or 'class="nts-data"' in body
    script = f"{view.script()}\n{page.host.script or 'hydrate();'}\n" if asks else ""
    shelf = shelf_of(page.source)
    return template("page").render(
        page=page,
        language=course().language,
        shelf=shelf,
        home=page.source == HOME,
        answers=_paper.ANSWERS,
        body=Markup(_ready(page, shelf, body)),
        script=Markup(script),
        places=around.places,
        contents=list(_contents(page, around.reading)),
        outline=list(_entries(outline)),
        steps=steps if page.host.leads_on else [],
        ways=list(_ways(page, around.reading)) if page.host.leads_on else [],
        exit=EXIT,
        names={"script": SCRIPT, "style": STYLE, "search": SEARCH},
    )


def _ready(page: Page, shelf: str, body: str) -> str:
    """The body with its note, its folded end, a box around each table, and what paper needs."""
    if shelf in NOTES and page.cells:
        note = Markup('</h1>\n<p class="note">{}</p>').format(
            f"{say(NOTES[shelf])} {page.host.note}".rstrip()
        )
        body = body.replace("</h1>", note, 1)
    body, *rest = _FOLD.split(body, maxsplit=1)
    for folded in rest:
        summary = say("More, which no outcome of this lesson needs")
        body += str(_html.details(summary, Markup(_FOLD.sub("", folded))))
    body = _TABLE.sub(lambda table: f'<div class="wide">{table[0]}</div>', body)
    return _paper.ready(body, sheet=bool(page.cells))


def _contents(page: Page, reading: Sequence[Page]) -> Iterator[tuple[Page, list[Page]]]:
    """Each lesson, and of the lesson that this page belongs to the exercise and the solution."""
    number = _number(page)
    for lesson in (other for other in reading if shelf_of(other.source) == "lessons"):
        near = [other for other in reading if _number(other) == _number(lesson) and other is not lesson]
        yield lesson, near if _number(lesson) == number else []


def _number(page: Page) -> str:
    return posixpath.basename(page.source)[:2] if shelf_of(page.source) in NOTES else ""


def _entries(outline: str) -> Iterator[tuple[str, str]]:
    """The headings below the title, as (address on this page, words)."""
    for anchor, words in _OUTLINE.findall(outline):
        if anchor:
            yield f"#{quote(html.unescape(anchor), safe=_AS_IS)}", html.unescape(re.sub("<[^>]+>", "", words))


def _ways(page: Page, reading: Sequence[Page]) -> Iterator[tuple[str, Page | None, Page | None]]:
    """On each route that has this lesson, the lessons before and after it."""
    books = {posixpath.basename(p.source)[:2]: p for p in reading if shelf_of(p.source) == "lessons"}
    number = next((number for number, other in books.items() if other.source == page.source), "")
    for name, (before, after) in lessons.steps(number, tuple(books)).items():
        yield name, books.get(before), books.get(after)


def anchors(page: bytes) -> frozenset[str]:
    """The places of a page that a link can lead to."""
    return frozenset(map(html.unescape, _ID.findall(page.decode("utf-8"))))


def shared(style: str) -> Mapping[str, Any]:
    """The files that pages share."""
    return {SCRIPT: (HERE / SCRIPT).read_bytes(), STYLE: style.encode("utf-8")}
