"""What the notes on a lesson say of a vote and of hard moments, read from their page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..course import course, read_once
from ..lessons import LINK
from .model import SHARES

_CONCEPT = re.compile(r"^### `([\w-]+)` \(right: `([A-Z])`\)$(.*?)(?=^##|\Z)", re.M | re.S)
_BULLET = re.compile(r"^- \*\*(.+?)\*\*: (.*?)(?=^- |^\s*$|\Z)", re.M | re.S)
_MOMENTS = re.compile(r"^## Hard moments$(.*?)(?=^## |\Z)", re.M | re.S)
_MOMENT = re.compile(r"^\*\*(.+?)\*\*(.*?)(?=^\*\*|\Z)", re.M | re.S)


@dataclass(frozen=True)
class Concept:
    """A concept question in the notes: the right letter, and what to do in each branch, fewest right first.

    branches: as markdown, in one line each.
    """

    question: str
    right: str
    branches: tuple[str, ...]


@dataclass(frozen=True)
class Moment:
    """A hard moment: how it begins, and the words to say."""

    begins: str
    say: tuple[str, ...]


def concept(question: str) -> Concept | None:
    """What the notes say of a vote on a question; None where they do not have it.

    >>> concept("02-destitute").right
    'B'
    """
    return _concepts(question[:2]).get(question)


@read_once
def _concepts(lesson: str) -> Mapping[str, Concept]:
    found = {}
    for name, right, body in _CONCEPT.findall(_page(f"notes/{lesson}.md")):
        told = {share: " ".join(text.split()) for share, text in _BULLET.findall(body)}
        found[name] = Concept(name, right, tuple(told.get(share, "") for share in SHARES))
    return found


@read_once
def moments(lesson: str) -> tuple[Moment, ...]:
    """The hard moments of a lesson, by its number.

    >>> moments("02")[0].begins
    '"Edwin paid a minor, and you tell us it is not trafficking?"'
    """
    body = "".join(_MOMENTS.findall(_page(f"notes/{lesson}.md")))
    return tuple(Moment(in_words(begins), _said(rest)) for begins, rest in _MOMENT.findall(body))


def said(page: str, heading: str) -> tuple[str, ...]:
    """The words to say in a section of one of the pages for instructors, a text for each quotation.

    heading: the section's, less a bracket at its end.

    >>> said("guide.md", "Room rules")[0][:26]
    'We talk about texts, evide'
    """
    found = re.search(
        rf"^## {re.escape(heading)}(?: \([^\n]*\))?$(.*?)(?=^## |\Z)", _page(page), flags=re.M | re.S
    )
    return _said(found[1]) if found else ()


def _said(text: str) -> tuple[str, ...]:
    quoted = re.findall(r"(?:^>[^\n]*\n?)+", text, flags=re.M)
    return tuple(in_words(re.sub("^>", "", part, flags=re.M)) for part in quoted)


def _page(name: str) -> str:
    path = course().instructors / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def in_words(text: str) -> str:
    """A piece of markdown as the words of a line, without its marks and with the words of its links.

    >>> in_words('**Read** `A` in [the  list](x.md "Korea (2016), primary").')
    'Read A in the list.'
    """
    return " ".join(re.sub(r"[*`]", "", LINK.sub(r"\1", text)).split())
