"""A sheet of paper as a page of its own: its size, its style, space to write, and words that stand on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from ... import _html, front, questions
from ...plans import Session
from ...plans.notes import in_words
from ...questions import Question
from ...subject.vignettes import Vignette, vignette
from .. import items

PAPERS: Mapping[str, str] = {"a4": "A4", "letter": "letter"}
_AGE = re.compile(
    r"\b[A-Z][\w-]*, (\d{1,2})(?=,)|\bis (\d{1,2})(?= and|[,.;])|\b(?:aged|under) (\d{1,2})\b"
    r"|\b(?:worker|person|boy|girl|student) of (\d{1,2})\b"
)
_MINOR = re.compile(r"\b(?:minors?|child(?:ren)?)\b")
_ID = re.compile(r"(?P<vote>\b[Vv]ote(?: on|:) )?`(?P<id>\d\d-[\w-]+|[vw]\d\d-[\w-]+)`")


@dataclass(frozen=True)
class Sheet:
    """A file of a pack. what: what it is, for whoever prints it. copies: how many for a class of 25."""

    name: str
    what: str
    copies: str
    content: bytes


def page(title: str, body: Markup, paper: str, kind: str = "") -> bytes:
    """The page of a sheet; ``kind`` is known to the sheet of style: "wide" lies on its side.

    >>> page("A", Markup("<p>a</p>"), "a4")[:15]
    b'<!doctype html>'
    """
    style = f"{front.paper(Path(__file__).with_suffix('.css'))}{size_of(paper, kind == 'wide')}"
    return items.writable(str(_html.document(title, style, _html.division(kind or "sheet", body)))).encode(
        "utf-8"
    )


def size_of(paper: str, wide: bool) -> str:
    """The rule of a sheet of style that says how large the paper is, and how it lies.

    >>> size_of("letter", wide=True).split()
    ['@page', '{', 'size:', 'letter', 'landscape;', '}']
    """
    return f"\n@page {{\n  size: {PAPERS[paper]}{' landscape' if wide else ''};\n}}\n"


def each(parts: Iterable[Markup]) -> Markup:
    """Parts that each begin on a sheet of their own.

    >>> each([Markup("a")])
    Markup('<section class="one">a</section>')
    """
    return _html.lines(_html.division("one", part, "section") for part in parts)


def ruled(count: int) -> Markup:
    """Lines to write on.

    >>> ruled(2).count("line")
    2
    """
    return Markup("\n").join([_html.division("line", Markup())] * count)


def space() -> Markup:
    """An empty frame to draw in.

    >>> space()
    Markup('<div class="frame"></div>')
    """
    return _html.division("frame", Markup())


def case(of: Vignette) -> Markup:
    """A case by the name that the lesson's page uses; no id, no verdict.

    >>> case(vignette("w02-bed")).striptags()[:24]
    'A bed for Tomasi Tomasi,'
    """
    return _html.division("case", _html.lines((_html.heading(3, of.title), of.told())))


# --- a minor, spoken of or not --------------------------------------------------------------------------


def has_minor(text: str) -> bool:
    """Whether a text speaks of a person below eighteen.

    >>> has_minor("Noor, 17, lives with an aunt."), has_minor("Ruta, 30, does."), has_minor("Of 64, 16 said")
    (True, False, False)
    """
    aged = (years for found in _AGE.findall(text) for years in found if years)
    return any(int(years) < 18 for years in aged) or bool(_MINOR.search(text))


def cases(session: Session, minors: bool = True) -> tuple[Vignette, ...]:
    """The cases of a session, or those of them without a minor.

    >>> from notthesame.plans import plan
    >>> len(cases(plan("90-minutes").sessions[0])), len(cases(plan("90-minutes").sessions[0], minors=False))
    (13, 10)
    """
    found = map(vignette, session.cases)
    return tuple(case for case in found if minors or not has_minor(case.facts))


def labelled(
    session: Session, label: str, names: Iterable[str], minors: bool = True, first: int = 1
) -> Iterator[tuple[str, Question]]:
    """Questions of a session under a label and their number.

    Where no minor is to be spoken of, the one in a question's place comes, under the same number; one that
    has none in its place is left out.

    >>> from notthesame.plans import plan
    >>> [found] = labelled(plan("90-minutes").sessions[0], "Vote", ["02-bakery"], minors=False)
    >>> found[0], found[1].id
    ('Vote 1', '02-visa-call')
    """
    for number, name in enumerate(names, first):
        found = questions.question(name if minors else session.without_minors.get(name, name))
        if minors or not has_minor(f"{found.case} {found.stem}"):
            yield f"{label} {number}", found


# --- the words of a plan --------------------------------------------------------------------------------


def told(session: Session, text: str) -> str:
    """A text of a plan or of the notes as people say it: votes by their number, cases by their title.

    >>> from notthesame.plans import plan
    >>> told(plan("90-minutes").sessions[0], "Vote on `02-bakery`, then `w05-line`.")
    'Vote on number 2, then Dale drives Xiomara.'
    """
    return in_words(_ID.sub(lambda found: _called(session, found["vote"] or "", found["id"]), text))


def _called(session: Session, before: str, name: str) -> str:
    votes = [vote.question for vote in session.votes]
    if name in votes:
        number = votes.index(name) + 1
        return f"{before}number {number}" if before else f"vote {number}"
    if name in session.exit:
        return f"{before}question {session.exit.index(name) + 1} of the exit ticket"
    return before + (name if name[0] in "01" else vignette(name).title)
