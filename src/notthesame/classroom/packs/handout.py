"""One page to keep: what the texts ask for, or the lesson's own lists and tables, and its new terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from ... import _html, lessons
from ..._words import capital
from ...course import course
from ...plans import Session
from ...site.pages import markdown
from ...subject import glossary
from ...subject.definitions import AGES, ON_PAGE, Instrument, feature, instrument
from .. import items

MOST = 40  # characters that are said twice
LABOUR = "us_severe_labour"
TEXTS = (*ON_PAGE[:2], LABOUR, *ON_PAGE[2:])  # the five of the page, and the limb beside them
_MEANS = ("means", "means_or_age")
_LINK = re.compile(r"</?a\b[^>]*>")
_LISTED = re.compile(r"(?:^(?:\||- |\d+\. ).*\n?)+", re.M)
_RULES = (
    "Where a text asks for act, means and purpose, they have to come together; any one of a list will do.",
    "For somebody under 18 the means falls away where the table says so. The act and the purpose do not.",
    "Met, not met, or depends: it depends where what decides is not known, or left open by the text.",
    "Whether selling or buying sex is lawful in a place decides none of these by itself.",
)


def handout(session: Session) -> Markup:
    """The handout of a session: the texts where it codes cases, then its sections and its terms.

    >>> from notthesame.plans import plan
    >>> "US severe form (labour)" in handout(plan("90-minutes").sessions[0])
    True
    """
    parts = [_html.heading(1, f"{items.COURSE}: {session.name}")]
    if session.grid:
        parts += [_texts(), _html.listed(_RULES)]
    for section in session.handout:
        parts += [_html.heading(2, section), *listings(session.lesson, section)]
    return _html.lines((*parts, *_terms(session.lesson)))


def _texts() -> Markup:
    heads = ("Text", "Act", "Means", "Purpose", "State of mind beyond the purpose")
    rows: list[tuple[str, ...]] = []
    for text in map(instrument, TEXTS):
        rows.append((f"{text.short}, {text.needs[0].elements[0].clause}", *_asks(text, rows)))
    return _html.table("What each text asks for, as this course reads it", heads, rows)


def _asks(text: Instrument, above: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """What a text asks for, column by column; a long list that stands above is not said again."""
    mind = _listed(text, "mental_state")
    purpose = _listed(text, "purpose", "object") or (mind and "see the last column")
    asked = (_listed(text, "act", "movement"), _listed(text, *_MEANS) + _age(text), purpose, mind)
    for place, words in enumerate(asked, 1):
        said = capital(words) or "none asked for"
        same = [row[0].partition(", ")[0] for row in above if row[place] == said and len(said) > MOST]
        yield f"As in {same[0]}" if same else said


def _listed(text: Instrument, *groups: str) -> str:
    """What a text asks for of some groups: any one of a list, and whatever it requires beside that."""
    found = []
    for need in text.needs:
        named = [
            feature(e.feature).short for e in need.elements if e.group in groups and e.feature not in AGES
        ]
        found += [f"{'any of: ' if len(named) > 1 else ''}{'; '.join(named)}"] if named else []
    return ", and ".join(found)


def _age(text: Instrument) -> str:
    """What an age under 18 does to the means, in a sentence after them."""
    means = [e for e in text.elements if e.group in _MEANS and e.status == "one_of"]
    if not means:
        return ""
    return ". Under 18: none needed" if any(e.feature in AGES for e in means) else ". Needed under 18 too"


def listings(lesson: str, section: str) -> Iterator[Markup]:
    """The lists and tables of a section of a lesson, with the words of their links.

    >>> len([*listings("05", "One rubric for every source")])
    1
    """
    for book in lessons.read_all(course().lessons):
        for cell in book.markdown() if book.number == lesson else ():
            if cell.section == section:
                for found in _LISTED.finditer(cell.source):
                    yield Markup(_LINK.sub("", markdown(found[0])))  # noqa: S704 - the pages' own, less its links


def _terms(lesson: str) -> Iterator[Markup]:
    """The new terms of a lesson, each with its meaning."""
    (terms,) = (book.terms for book in lessons.read_all(course().lessons) if book.number == lesson)
    known = glossary.meanings()
    told = [_html.paragraph(known[term].text, f"{capital(term)}:") for term in terms if term in known]
    yield _html.heading(2, "Words of this lesson")
    yield _html.division("terms", _html.lines(told))
