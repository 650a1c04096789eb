"""What the templates of ``theme/`` are told of a page: its body as it lies in the site, and its frame."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from .. import lessons
from ..course import course
from ..questions import view
from ..translation import say
from . import _cells, _paper
from ._page import Page
from ._shelves import HOME, NOTES, shelf_of

# Where "Leave this page" leads: a page that says nothing about its reader.
EXIT = "https://www.wikipedia.org/"
OUTLINE = 60  # headings; a longer outline is none
_ALONE = {"html_theme.sidebar_secondary.remove": True}  # the theme's word for a page without an outline
_TABLE = re.compile(r'(?<!<div class="pst-scrollable-table-container">)<table\b.*?</table>', re.S)


@dataclass(frozen=True)
class Around:
    """What stands around each page: the first pages of the course, and its notebooks in reading order."""

    places: Sequence[Page]
    reading: Sequence[Page]


def frame(page: Page, around: Around) -> dict[str, Any]:
    """What is around the body of a page."""
    (home, _), *others = [(place.built, place.title) for place in around.places]
    titles = [other.title for other in around.reading]
    at = next((at for at, other in enumerate(around.reading) if other.built == page.built), len(titles))
    told = {
        "default_mode": "auto",
        "exit": EXIT,
        "places": [(home, say("Contents")), *others, ("search", say("Search"))],
        "answers": _paper.ANSWERS,
        "title": page.title,
        "shelf": shelf_of(page.source),
        "sheet": bool(page.cells),
        "prev_title": "".join(titles[:at][-1:]),
        "next_title": "".join(titles[at + 1 : at + 2]),
        "promise": say(page.host.promise),
        "routes": list(_routes(page, around.reading)) if page.host.leads_on else [],
    }
    return told if page.host.leads_on else told | {"prev": None, "next": None}


def body(page: Page, text: str, around: str) -> dict[str, Any]:
    """The body of a page, from the text whose links are as they are in the site, and what it needs.

    around: the language of the site, of which a text in another is marked.
    """
    asks = bool(page.host.script) or 'class="nts-data"' in text
    alone = page.source == HOME or text.count("<section ") > OUTLINE
    ready = _ready(page, shelf_of(page.source), text)
    other = course().language != around
    return {
        "body": f'<div lang="{course().language}">{ready}</div>' if other else ready,
        "page_script": f"{view.script()}\n{page.host.script or 'hydrate();'}\n" if asks else "",
        **({"meta": _ALONE} if alone else {}),
    }


def _ready(page: Page, shelf: str, body: str) -> str:
    """The body with its note, a box around each table, and what paper needs."""
    if shelf in NOTES and page.cells:
        note = Markup('</h1>\n<p class="note">{}</p>').format(
            f"{say(NOTES[shelf])} {page.host.note}".rstrip()
        )
        body = body.replace("</h1>", note, 1)
    body = _TABLE.sub(lambda table: f'<div class="wide">{table[0]}</div>', body)
    return _paper.ready(body, sheet=bool(page.cells))


def with_order(page: Page, around: Around) -> str:
    """The text of a page with what Sphinx takes the order of reading from.

    The front page lists the lessons; a lesson its exercise and its solution.
    """
    if page.source == HOME and not page.name:
        listed = [(other.title, other) for other in around.reading if shelf_of(other.source) == "lessons"]
        return f"{page.text}\n\n{_listed(listed)}"
    if shelf_of(page.source) != "lessons" or not page.cells:
        return page.text
    near = [other for other in around.reading if other is not page and _number(other) == _number(page)]
    names = [say("Solution") if "/solutions/" in other.source else say("Exercise") for other in near]
    book = json.loads(page.text)
    book["cells"].append({**_cells.written(_listed(list(zip(names, near, strict=True)))), "id": "order"})
    return json.dumps(book)


def _listed(pages: Sequence[tuple[str, Page]]) -> str:
    entries = "\n".join(f"{words} </{page.built}>" for words, page in pages)
    return f"```{{toctree}}\n:hidden:\n\n{entries}\n```\n" if pages else ""


def _number(page: Page) -> str:
    return posixpath.basename(page.source)[:2]


def _routes(page: Page, reading: Sequence[Page]) -> Iterator[tuple[str, Page | None, Page | None]]:
    """On each route that has this lesson, the lessons before and after it."""
    books: Mapping[str, Page] = {_number(p): p for p in reading if shelf_of(p.source) == "lessons"}
    number = next((number for number, other in books.items() if other.source == page.source), "")
    for name, (before, after) in lessons.steps(number, tuple(books)).items():
        yield name, books.get(before), books.get(after)
