"""The generated files: sources, ledger, descriptor, titles of links. A test says that they are current."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from .. import evidence, lessons, synthetic, untouched
from ..course import Course
from ..subject.flashcards import for_anki
from . import ledger
from .glossary_page import flashcards_page, glossary_page
from .link_titles import with_titles, with_titles_in_json


def generated(of: Course) -> Iterator[tuple[Path, str]]:
    """Each generated file of ``data/`` with the text it should have, in the order to write them."""
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


def write(of: Course, say: Callable[[str], None]) -> None:
    """Write what is not current, and the titles of links; ``say`` hears of each file written."""
    with of.in_use():
        for broken in evidence.fact_faults():
            raise broken  # a ledger without the facts that have a fault would be no ledger
        for path, text in generated(of):
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8", newline="")
                say(f"wrote {path.relative_to(of.root)}")
        for path, titled in _titled(of):
            path.write_text(titled, encoding="utf-8")
            say(f"wrote link titles in {path.relative_to(of.root)}")
        if untouched.write_manifest(of):
            say(f"wrote {of.manifest.relative_to(of.root)}")


def _titled(of: Course) -> Iterator[tuple[Path, str]]:
    """Every text whose links lack their titles, with the text as it should be."""
    books = [book.path for shelf in (of.lessons, of.solutions) for book in lessons.read_all(shelf)]
    pages = sorted(of.instructors.rglob("*.md"))
    for path, titles in [*((p, with_titles_in_json) for p in books), *((p, with_titles) for p in pages)]:
        text = path.read_text(encoding="utf-8")
        if (titled := titles(text)) != text:
            yield path, titled
