"""Flashcards: the terms of the glossary, each closed until its reader has said what it means."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise

from markupsafe import Markup

from .. import _html
from .._reading import shown, whole_number
from .glossary import Meaning, in_words, lesson_books, meanings

HOW = "Say what each means in your own words, and who uses it. Then open the card and compare."
TO_OPEN = 'To open a card here, type its name, as in nts.glossary("act").'
HANDFUL = 8  # cards that stand open to view at once
_ANKI = "#separator:Comma\n#html:false\n#columns:Term,Meaning,Tags\n#tags column:3\n"


@dataclass(frozen=True, repr=False)
class Flashcards(_html.Block):
    """The cards of some lessons: by number of the lesson, its terms with their meanings."""

    lessons: Mapping[int, Mapping[str, Meaning]]

    def __repr__(self) -> str:
        stacks = (f"{title}: {', '.join(terms)}" for title, terms in by_title(self.lessons).items())
        return "\n".join((HOW, *stacks, TO_OPEN))

    def __html__(self) -> Markup:
        stacks = {title: _html.lines(_parts(terms)) for title, terms in by_title(self.lessons).items()}
        if len(stacks) > 1:  # each lesson in a closed block: a hundred cards are a long page
            shelf = [_html.details(title, _html.indented(stack)) for title, stack in stacks.items()]
        else:
            shelf = [part for title, stack in stacks.items() for part in (_html.paragraph("", title), stack)]
        return _html.lines((_html.paragraph(HOW), *shelf))


def flashcards(lesson: int | str | None = None) -> Flashcards:
    """The terms of the glossary as cards to open, of one lesson (``flashcards("06")``) or of all.

    Raises ValueError for a lesson that introduces no term, naming those that do.

    >>> list(flashcards("06").lessons[6])[:2]
    ['base', 'opt-in sample']
    """
    stacks: dict[int, dict[str, Meaning]] = {}
    for term, found in sorted(meanings().items(), key=lambda pair: pair[1].lesson):  # stable within a lesson
        stacks.setdefault(found.lesson, {})[term] = found
    if lesson is None:
        return Flashcards(stacks)
    try:
        number = whole_number(lesson)
    except ValueError:
        number = -1
    if number not in stacks:
        allowed = ", ".join(f"{known:02d}" for known in stacks)
        raise ValueError(f"lesson is {shown(lesson)}; lessons with flashcards: {allowed}")
    return Flashcards({number: stacks[number]})


def for_anki() -> str:
    """All cards as the text of a CSV file that Anki imports: term, meaning, and the lesson as a tag.

    >>> for_anki().splitlines()[4][:7]
    'kernel,'
    """
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    for number, terms in flashcards().lessons.items():
        rows.writerows((term, in_words(found), f"lesson-{number:02d}") for term, found in terms.items())
    return _ANKI + written.getvalue()


def by_title(stacks: Mapping[int, Mapping[str, Meaning]]) -> Mapping[str, Mapping[str, Meaning]]:
    """Terms with their meanings by the title of their lesson in place of its number.

    >>> [*by_title({2: {}})]
    ['02 What the law calls trafficking']
    """
    books = lesson_books()
    titles = {number: books[number].title if number in books else f"Lesson {number:02d}" for number in stacks}
    return {titles[number]: terms for number, terms in stacks.items()}


def cards(terms: Mapping[str, Meaning]) -> Iterator[Markup]:
    """A closed block for each term, with its meaning and who uses it.

    >>> next(cards({"claim": Meaning("It is so.", (), 1)}))
    Markup('<details><summary>claim</summary><p>It is so.</p></details>')
    """
    return (_html.details(term, _back(found)) for term, found in terms.items())


def _parts(terms: Mapping[str, Meaning]) -> Iterator[Markup]:
    """The cards of a lesson; where they are many, a handful in each of several closed blocks."""
    parts = -(-len(terms) // HANDFUL)
    if parts == 1:
        yield from cards(terms)
        return
    ends = [len(terms) * part // parts for part in range(parts + 1)]  # as even as they can be
    for first, last in pairwise(ends):
        few = dict(islice(terms.items(), first, last))
        yield _html.details(
            f"Cards {first + 1} to {last} of {len(terms)}", _html.indented(_html.lines(cards(few)))
        )


def _back(found: Meaning) -> Markup:
    users = _html.paragraph(found.used_by, "Who uses it:") if found.used_by else Markup()
    return _html.paragraph(found.text) + users
