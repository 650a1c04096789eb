"""The glossary: each term of the course, its meaning, and its lesson (``data/glossary.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup, escape

from .. import _html, evidence, lessons
from .._loading import FileFaults, no_such, read_yaml, structure
from ..course import course, read_once


@dataclass(frozen=True)
class Meaning:
    """What a term of the glossary means, from which facts, and the lesson that introduces it.

    used_by: who uses it, as one clause. misconceptions: slugs of beliefs that stand in its way. also: other
    forms of the word. everyday: whether the word is also used in its everyday sense, before its lesson too.
    """

    text: str
    facts: tuple[str, ...]
    lesson: int
    used_by: str = ""
    misconceptions: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    everyday: bool = False


@dataclass(frozen=True)
class _RawGlossary:
    terms: dict[str, Meaning]


@read_once
def meanings() -> Mapping[str, Meaning]:
    """The terms of ``data/glossary.yaml``, in its order; raises FileFaults with every fault.

    >>> meanings()["steelman"].lesson
    12
    """
    return load_glossary(course().file("data", "glossary.yaml"))


def load_glossary(path: Path) -> Mapping[str, Meaning]:
    """The terms of one file; raises FileFaults with every fault.

    >>> load_glossary(course().file("data", "glossary.yaml"))["act"].lesson
    2
    """
    found, faults = structure(read_yaml(path), _RawGlossary)
    if found is None:
        raise FileFaults(path, faults)
    return found.terms


def standing(forms: Iterable[str]) -> re.Pattern[str]:
    """Any of the forms of terms as words of their own, the longest first: "baseline risk" is no "baseline".

    >>> standing(["pool", "pooled"]).search("Two pooled estimates")["form"]
    'pooled'
    """
    longest = sorted(forms, key=len, reverse=True)
    return re.compile(rf"\b(?P<form>{'|'.join(map(re.escape, longest))})(?:e?s)?\b", re.I)


def lesson_books() -> Mapping[int, lessons.Notebook]:
    """The lessons that can be read, by number.

    >>> lesson_books()[2].path.name
    '02_what_the_law_calls_trafficking.ipynb'
    """
    return {int(book.number): book for book in lessons.read_texts(course().lessons)}


# --- on the page --------------------------------------------------------------------------------------------


@dataclass(frozen=True, repr=False)
class Glossary(_html.Block):
    """Some terms with what each means, who uses it, its lesson and what the meaning rests on."""

    terms: Mapping[str, Meaning]

    HEADS = ("Term", "What it means")

    def __repr__(self) -> str:
        return "\n".join(f"{term}: {in_words(found)}" for term, found in self.terms.items())

    def __html__(self) -> Markup:
        books = lesson_books()
        rows = (_row(term, found, books.get(found.lesson)) for term, found in self.terms.items())
        return _html.table("The glossary", self.HEADS, rows)


def glossary(*terms: str) -> Glossary:
    """The glossary, or those terms of it that are named, as in ``glossary("premise", "steelman")``.

    All of them stand in the order of the alphabet. Raises KeyError for a term that it does not have, naming
    the nearest.

    >>> glossary("Null result").terms["null result"].lesson
    5
    """
    known = meanings()
    by_form = {form.casefold(): term for term in reversed([*known]) for form in (*known[term].also, term)}
    for term in terms:
        if str(term).casefold() not in by_form:
            raise KeyError(no_such("term", term, by_form))
    wanted = [by_form[str(term).casefold()] for term in terms] or sorted(known, key=str.casefold)
    return Glossary({term: known[term] for term in wanted})


def in_words(found: Meaning) -> str:
    """A meaning as text: what the term means, who uses it, and its lesson.

    >>> in_words(Meaning("A claim.", (), 12, used_by="philosophers"))
    'A claim. Used by philosophers. Lesson 12.'
    """
    users = f" Used by {found.used_by}." if found.used_by else ""
    return f"{found.text}{users} Lesson {found.lesson:02d}."


def _row(term: str, found: Meaning, book: lessons.Notebook | None) -> tuple[str, str]:
    """Two cells, which fit a narrow window; more columns would not."""
    also = Markup("<br>also: {}").format(", ".join(found.also)) if found.also else Markup()
    number = f"{found.lesson:02d}"
    named = {
        "Who uses it": found.used_by,
        "Lesson": _html.link(course().link_to(f"lessons/{book.path.name}"), number) if book else number,
        "Read in": Markup("; ").join(map(evidence.ledger_link, found.facts)),
    }
    below = Markup().join(Markup("<br>{}: {}").format(name, words) for name, words in named.items() if words)
    return escape(term) + also, escape(found.text) + below
