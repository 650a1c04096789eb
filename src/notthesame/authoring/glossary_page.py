"""``data/glossary.md``, with a heading for each term, and ``data/flashcards.md``, with a card for each."""

from __future__ import annotations

from collections.abc import Iterator

from .. import evidence, questions
from .._live import as_markdown
from ..lessons import Notebook
from ..subject.flashcards import HOW, by_title, cards, flashcards
from ..subject.glossary import Meaning, lesson_books, meanings

_HEAD = (
    "# The glossary\n\n"
    "Every term that a lesson of this course introduces: what it means, who uses it, the lesson, and\n"
    "beliefs that stand in its way. The same as cards to learn from: [flashcards](flashcards.md). Made from\n"
    "`data/glossary.yaml` by `make data`; do not edit by hand.\n"
)
_CARDS = (
    f"# Flashcards\n\n{HOW}\nWhere each meaning comes from stands in [the glossary](glossary.md).\n\n"
    "Anki, a program for flashcards, imports all of them from [flashcards.csv](flashcards.csv), each with\n"
    "its lesson as a tag. Made from `data/glossary.yaml` by `make data`; do not edit by hand.\n"
)


def glossary_page() -> str:
    """The glossary as markdown, in the order of the alphabet; a heading's anchor has hyphens for spaces."""
    entries, books = sorted(meanings().items(), key=lambda pair: pair[0].casefold()), lesson_books()
    return _HEAD + "".join(entry(term, found, books.get(found.lesson)) for term, found in entries)


def flashcards_page() -> str:
    """The flashcards of all lessons as markdown: each lesson a heading, each card a closed block."""
    stacks = by_title(flashcards().lessons)
    shown = (f"\n## {as_markdown(title)}\n\n" + "\n\n".join(cards(terms)) for title, terms in stacks.items())
    return _CARDS + "\n".join(shown) + "\n"


def entry(term: str, found: Meaning, book: Notebook | None) -> str:
    """The entry of one term, as markdown; ``book`` is its lesson, None where it cannot be read.

    >>> entry("premise", meanings()["premise"], None).splitlines()[1]
    '## premise'
    """
    head = f"\n## {as_markdown(term)}\n\n{as_markdown(found.text)}\n\n"
    return head + "".join(f"- **{name}**: {text}\n" for name, text in _lines(found, book) if text)


def _lines(found: Meaning, book: Notebook | None) -> Iterator[tuple[str, str]]:
    yield "Also", as_markdown(", ".join(found.also))
    yield "Who uses it", as_markdown(found.used_by)
    number = f"{found.lesson:02d}"
    yield "Lesson", f"[{as_markdown(book.title)}](../lessons/{book.path.name})" if book else number
    beliefs = questions.misconceptions()
    for belief in (beliefs[slug] for slug in found.misconceptions if slug in beliefs):
        yield "A mistaken belief", f"*{as_markdown(belief.belief)}* {as_markdown(belief.instead)}"
    facts = (f"[{as_markdown(evidence.fact(name).link_title)}](ledger.md#{name})" for name in found.facts)
    yield "Read in", "; ".join(facts)
