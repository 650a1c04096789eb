"""The lines of a lesson's header that are written, never typed: what it assumes, and where routes part.

A lesson may be opened out of order. So it says which terms of earlier lessons it uses, each with a link to
the section that teaches it; and which lesson comes next on a route where it is not the next number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import groupby, pairwise
from urllib.parse import quote

from ..lessons import ASSUMES, MORE, NUMBERS, PARTS, Notebook, plain, steps, without_written
from ..lessons import before as earlier
from ..subject import glossary
from .outcomes import section_of

WORDS = 40  # at most, in what a lesson assumes

Books = Mapping[str, Notebook]


def lines(book: Notebook, books: Books) -> tuple[str, ...]:
    """The written lines of a lesson's header; ``books`` are the lessons there are, by number."""
    return tuple(line for line in (assumes(book, books), parts(book, books)) if line)


def assumes(book: Notebook, books: Books) -> str:
    """Which terms of earlier lessons it uses, those it uses most, in the order of the lessons; else ""."""
    used = sorted(_used(book).items(), key=lambda term: -term[1])
    for count in range(len(used), 0, -1):
        line = _listed({term for term, _ in used[:count]}, books)
        if len(plain(line).split()) <= WORDS:
            return line
    return ""


def _used(book: Notebook) -> Mapping[str, int]:
    """How often its prose, before "More", uses each term that it may assume, as every route to it has it."""
    cells = [cell for cell in book.markdown() if cell.index and cell.section != MORE]
    text = " ".join(plain(cell.source) for cell in cells)
    # What one route skips is glossed in place, never assumed; a lesson on no route follows the whole course.
    lower = earlier(book.number) if book.number in NUMBERS else NUMBERS
    before = {int(number) for number in lower if number < book.number}
    known = glossary.meanings()
    # Of an everyday word nobody can tell by the word which sense is meant.
    marked = {term: it for term, it in known.items() if it.lesson in before and not it.everyday}
    found = {term: len(glossary.standing((term, *it.also)).findall(text)) for term, it in marked.items()}
    return {term: count for term, count in found.items() if count}


def _listed(terms: set[str], books: Books) -> str:
    known = {term: f"{meaning.lesson:02d}" for term, meaning in glossary.meanings().items() if term in terms}
    groups = groupby(sorted(known, key=lambda term: known[term]), key=lambda term: known[term])
    told = [
        f"{', '.join(_link(term, books.get(number)) for term in group)} (lesson {number})"
        for number, group in groups
    ]
    return f"{ASSUMES}{'; '.join(told)}."


def _link(term: str, book: Notebook | None) -> str:
    """The term, linked to the section of its lesson that introduces it."""
    if book is None:
        return term
    section = _section(term, book)
    anchor = "#" + quote(section.replace(" ", "-"), safe="-,?:'") if section else ""
    return f"[{term}]({book.path.name}{anchor})"


def _section(term: str, book: Notebook) -> str:
    """The section that sets the term in italics, or else the first that uses it; else ""."""
    word = glossary.standing((term,)).pattern
    for wanted in (rf"(?<!\*)\*[^*\n]*{word}[^*\n]*\*(?!\*)", word):
        for above, cell in pairwise(book.cells):
            if cell.kind == "markdown" and (found := re.search(wanted, cell.source, re.I)):
                headings = re.findall(r"^#{2,3}\s+(.*)$", cell.source[: found.start()], re.M)
                return headings[-1].strip() if headings else section_of(cell, above)
    return ""


def parts(book: Notebook, books: Books) -> str:
    """On which routes another lesson than the next number comes next; else ""."""
    after = next((number for number in sorted(books) if number > book.number), "")
    told = [
        f"*{route}* goes on with [lesson {number}]({books[number].path.name})"
        for route, (_, number) in steps(book.number, tuple(books)).items()
        if number and number != after
    ]
    return f"{PARTS}{'; '.join(told)}." if told else ""


def with_lines(header: str, written: tuple[str, ...]) -> str:
    """A header with its written lines above its content line; those that it had are taken out.

    >>> with_lines("# 12 x\\n\\n**Routes**: old.\\n\\n**Content**: none.", ("**Assumes**: y.",))
    '# 12 x\\n\\n**Assumes**: y.\\n\\n**Content**: none.'
    """
    above, content, below = without_written(header).partition("**Content**")
    return above + "".join(f"{line}\n\n" for line in written) + content + below if content else header


def with_lines_in_json(text: str, book: Notebook, books: Books) -> str:
    """The JSON text of a lesson with the written lines in its header."""
    header = with_lines(book.header, lines(book, books))
    if header == book.header:
        return text
    notebook = json.loads(text)
    notebook["cells"][0]["source"] = header.splitlines(keepends=True)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
