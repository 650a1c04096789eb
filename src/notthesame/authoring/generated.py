"""The generated files: sources, ledger, descriptor, titles of links. A test says that they are current."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from .. import evidence, lessons, plans, synthetic, untouched, ways
from ..course import Course
from ..plans.tables import TABLES
from ..subject.flashcards import for_anki
from . import headers, ledger, outcomes, sheets
from .glossary_page import flashcards_page, glossary_page
from .link_titles import with_titles, with_titles_in_json


def generated(of: Course) -> Iterator[tuple[Path, str]]:
    """Each generated file with the text it should have, in the order to write them."""
    from .bibliography import sources_json
    from .descriptor import refresh as descriptor

    for name, text in synthetic.tables():
        yield of.data / "tables" / f"{name}.csv", text
    yield of.data / "sources.json", sources_json((of.data / "sources.bib").read_text(encoding="utf-8"))
    yield of.data / "ledger.md", ledger.ledger()
    yield of.data / "glossary.md", glossary_page()
    yield of.data / "flashcards.md", flashcards_page()
    yield of.data / "flashcards.csv", for_anki()
    yield of.data / "datapackage.json", descriptor(of.data)
    if of.instructors.is_dir():  # a wheel has none
        yield of.instructors / outcomes.PAGE, outcomes.outcomes()
        yield of.instructors / sheets.PAGE, sheets.sheets()
        yield of.root / "README.md", with_routes((of.root / "README.md").read_text(encoding="utf-8"))
        for found in plans.plans().values():
            if found.page:
                page = of.instructors / found.page
                yield page, with_plan(page.read_text(encoding="utf-8"), found)


def write(of: Course, say: Callable[[str], None]) -> None:
    """Write what is not current, and the titles of links; ``say`` hears of each file written."""
    with of.in_use():
        for broken in evidence.fact_faults():
            raise broken  # a ledger without the facts that have a fault would be no ledger
        for path, text in generated(of):
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8", newline="")
                say(f"wrote {path.relative_to(of.root)}")
        for what, written in (("header", _headed), ("link titles", _titled)):
            for path, text in written(of):
                path.write_text(text, encoding="utf-8")
                say(f"wrote {what} in {path.relative_to(of.root)}")
        if untouched.write_manifest(of):
            say(f"wrote {of.manifest.relative_to(of.root)}")


def with_routes(page: str) -> str:
    """A page of text with the table of the routes between its marks; as it is where it lacks them.

    >>> with_routes("No mark.")
    'No mark.'
    """
    return between_marks(page, "routes", [ways.as_markdown(ways.routes())])


def with_plan(page: str, plan: plans.Plan) -> str:
    """A page of text with the tables of a plan between their marks, those of its first session first.

    >>> with_plan("No mark.", plans.plan("90-minutes"))
    'No mark.'
    """
    for name, table in TABLES.items():
        page = between_marks(page, name, map(table, plan.sessions))
    return page


def between_marks(page: str, name: str, texts: Iterable[str]) -> str:
    """A page with one text after the other between the marks of a name; what has no marks stays as it is.

    >>> between_marks("<!-- cut list: written by make data --><!-- end of cut list -->", "cut list", ["x"])
    '<!-- cut list: written by make data -->\\n\\nx\\n\\n<!-- end of cut list -->'
    """
    mark, end = f"<!-- {name}: written by make data -->", f"<!-- end of {name} -->"
    done, rest = "", page
    for text in texts:
        above, begun, after = rest.partition(mark)
        _, ended, below = after.partition(end)
        if not ended:
            break
        done, rest = f"{done}{above}{begun}\n\n{text}\n\n{end}", below
    return done + rest


def _headed(of: Course) -> Iterator[tuple[Path, str]]:
    """Every lesson whose header lacks what is written there, with the text it should have."""
    books = {book.number: book for book in lessons.read_all(of.lessons)}
    for book in books.values():
        text = book.path.read_text(encoding="utf-8")
        if (headed := headers.with_lines_in_json(text, book, books)) != text:
            yield book.path, headed


def _titled(of: Course) -> Iterator[tuple[Path, str]]:
    """Every text whose links lack their titles, with the text as it should be."""
    books = [book.path for shelf in (of.lessons, of.solutions) for book in lessons.read_all(shelf)]
    pages = sorted(of.instructors.rglob("*.md"))
    for path, titles in [*((p, with_titles_in_json) for p in books), *((p, with_titles) for p in pages)]:
        text = path.read_text(encoding="utf-8")
        if (titled := titles(text)) != text:
            yield path, titled
