"""The front page: what the course is, one picture, three doors, then every lesson and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from markupsafe import Markup

from .. import lessons, ways
from ..course import Course
from ..translation import later, notice
from . import _cells, _instructors
from ._page import Page
from ._shelves import HOME, shelf_of
from ._templates import template

LEDGER = "data/ledger.md"
TERMS = ("data/glossary.md", "data/flashcards.md")
PICTURE = "02"  # the lesson that lends its first picture: cases by how many definitions they meet
_FIGURE = re.compile(r"<figure\b.*?</figure>", re.S)
NAMES = {
    "argument_map": later("the argument map"),
    "counting_lab": later("one population, many counts"),
    "definition_machine": later("the definition machine"),
    "evidence_grid": later("the evidence grid"),
    "list_lab": later("a list or a direct question"),
    "own_law": later("a law of your own"),
    "town": later("a town and its three samples"),
    "interval_game": later("the interval game"),
    "pooling_lab": later("a forest plot from which studies can be left out"),
    "two_events": later("two events five days apart"),
    "wording_table": later("polls by their words"),
    "unseen_lab": later("every model of five lists"),
    "brief_chart": later("a chart without code"),
}


def front(
    of: Course, books: Mapping[str, lessons.Notebook], texts: Iterable[str] = (), name: str = ""
) -> Page:
    """The front page, with a way to the texts for instructors if there are some. name: where it is built."""
    root, readme = of.home, of.file(HOME).read_text(encoding="utf-8")
    title, _, intro = readme.lstrip("# ").partition("\n## ")[0].partition("\n")
    lead, _, intro = intro.strip().partition("\n\n")
    lead += f"\n\n> {notice()}" if notice() else ""
    about = [part for part in readme.split("\n\n") if part.startswith(("**Content.**", "**Review.**"))]
    numbers = dict.fromkeys(book.number for book in books.values())
    shelves = [{shelf_of(s): (s, b) for s, b in books.items() if b.number == n} for n in numbers]
    text = template("index", "md").render(
        title=title,
        lead=Markup(lead),
        intro=Markup(intro),
        picture=_picture(books),
        about=Markup("\n\n".join(about)),
        shelves=shelves,
        labs=_labs,
        ledger=LEDGER,
        routes=Markup(ways.as_markdown(ways.routes())),
        instructors=_instructors.LIST if _instructors.LIST in texts else "",
        contributing="CONTRIBUTING.md" if (root / "CONTRIBUTING.md").exists() else "",
        terms=[term for term in TERMS if (root / term).exists()],
    )
    return Page(HOME, title, text, name=name)


def _picture(books: Mapping[str, lessons.Notebook]) -> Markup:
    """The first picture of the lesson that lends it; nothing in a course without."""
    found = [book for book in books.values() if book.number == PICTURE]
    shown = "".join(cell.html for cell in found[0].code()) if found else ""
    figure = _FIGURE.search(shown)
    return Markup(_from_root(figure[0])) if figure else Markup()


def _from_root(figure: str) -> str:
    """A figure of a lesson on a page at the root of the course."""
    return figure.replace('href="../', 'href="')


def _labs(book: lessons.Notebook) -> list[str]:
    """The labs of a lesson, by the names that readers know."""
    code = "\n".join(cell.source for cell in book.code())
    return [NAMES[name] for name in dict.fromkeys(_cells.LAB.findall(code))]


def read(root: Path, source: str) -> Page:
    """A text of the course that is no notebook, such as how to report an error."""
    text = _cells.text((root / source).read_text(encoding="utf-8"))
    return Page(source, text.partition("\n")[0].lstrip("# "), text)
