"""The written lines of a lesson's header: what it assumes of earlier lessons, and where routes part."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest

from notthesame import lessons
from notthesame.authoring import headers
from notthesame.course import course
from notthesame.lessons import Cell, Notebook, plain
from notthesame.subject import glossary

BOOKS = {book.number: book for book in lessons.read_all(course().lessons)}


def lesson(name: str, *texts: str, more: str = "") -> Notebook:
    cells = [Cell(at, "markdown", text, "One" if at else "", ()) for at, text in enumerate(("# x", *texts))]
    cells += [Cell(len(cells), "markdown", f"## More\n\n{more}", "More", ())] if more else []
    return Notebook(Path(f"{name}_x.ipynb"), tuple(cells), {})


@pytest.mark.parametrize("number", BOOKS)
def test_what_a_lesson_assumes_is_taught_where_the_link_leads(number: str) -> None:
    book = BOOKS[number]
    line = next((line for line in book.header.splitlines() if line.startswith(lessons.ASSUMES)), "")
    assert len(plain(line).split()) <= headers.WORDS
    for term, target, _ in lessons.links(line):
        name, _, anchor = target.partition("#")
        taught = BOOKS[f"{glossary.meanings()[term].lesson:02d}"]
        assert taught.path.name == name and taught.number < number
        headings = {heading.replace(" ", "-") for heading in taught.headings}
        assert not anchor or unquote(anchor) in headings, target


def test_a_term_used_in_a_later_lesson_is_assumed_and_linked() -> None:
    taught = lesson("05", "## A ruler\n\nText.", "A *null result* is found.\n\n## Other")
    book = lesson("11", "Two null results.", more="An interval.")
    there = {"05": taught, "11": book}
    assert headers.lines(book, there) == ("**Assumes**: [null result](05_x.ipynb#One) (lesson 05).",)
    assert headers.assumes(book, {"11": book}) == "**Assumes**: null result (lesson 05)."
    assert headers.assumes(lesson("05", "A null result."), there) == ""
    assert headers.assumes(lesson("11", "An act, its purpose and a standing offer."), there) == ""
    on_methods = lesson("09", "A null result.")  # which skips lesson 05
    assert headers.assumes(on_methods, there) == ""


def test_other_forms_of_a_term_count_and_everyday_words_do_not() -> None:
    assert glossary.meanings()["minor"].everyday
    told = headers.assumes(lesson("12", "A minor. He recklessly disregarded it."), {})
    assert told == "**Assumes**: reckless disregard (lesson 02)."
    assert headers.assumes(lesson("12", "A minor."), {}) == ""


def test_no_more_is_assumed_than_forty_words_hold_and_what_is_used_most_is_kept() -> None:
    every = [term for term, found in glossary.meanings().items() if not found.everyday]
    book = lesson("13", " and ".join((*every, "secondary", "secondary")))
    line = headers.assumes(book, {})
    assert 30 < len(plain(line).split()) <= 40 and "secondary" in line


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("02", "*Methods* goes on with [lesson 06](06_"),
        ("05", "*Law* goes on with [lesson 12](12_"),
        ("06", "*Policy* goes on with [lesson 11](11_"),
        ("03", ""),
    ],
)
def test_a_header_says_where_a_route_leaves_the_order(number: str, words: str) -> None:
    line = headers.parts(BOOKS[number], BOOKS)
    assert words in line and bool(line) == bool(words)
    assert not line or line in BOOKS[number].header


def test_written_lines_are_written_once_and_are_nobodys_prose() -> None:
    header = "# 09 x\n\n**New terms**: y.\n\n**Content**: none."
    lines = ("**Assumes**: z.", "**Routes**: w.")
    once = headers.with_lines(header, lines)
    assert once == "# 09 x\n\n**New terms**: y.\n\n**Assumes**: z.\n\n**Routes**: w.\n\n**Content**: none."
    assert headers.with_lines(once, lines) == once and headers.with_lines(once, ()) == header
    assert headers.with_lines("# no content line", lines) == "# no content line"
    cells = (Cell(0, "markdown", text, "", ()) for text in (header, once))
    first, second = (Notebook(Path("09_x.ipynb"), (cell,), {}) for cell in cells)
    assert first.words() == second.words()
