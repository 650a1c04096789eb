"""Pointers in a reason: a heading in double quotation marks becomes a link to that place.

A pointer is a heading of the question's own lesson, as in: see "Means: what counts". With the lesson named,
after it or before it, it is one of that lesson: "Means: what counts" in lesson 02; lesson 02, "Means: what
counts". Anything else in quotation marks stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from .. import _html, lessons
from ..course import course, read_once
from ..translation import say


@read_once
def _pattern() -> re.Pattern[str]:
    lesson, inside = say("lesson"), say("in lesson")
    before = rf"(?:\b{lesson} (?P<before>\d\d), )?"
    return re.compile(rf'{before}"(?P<heading>[^"]+)"(?: {inside} (?P<after>\d\d)\b)?', re.I)


@dataclass(frozen=True)
class Quoted:
    """Something in quotation marks: where it stands, without the marks, and the lesson named with it."""

    start: int
    end: int
    heading: str
    lesson: str


def quoted(text: str) -> Iterator[Quoted]:
    """What stands in quotation marks, in order; without a lesson named, ``lesson`` is empty.

    >>> [found.heading for found in quoted('Read "Here" in lesson 02.')]
    ['Here']
    """
    for found in _pattern().finditer(text):
        start, end = found.span("heading")
        yield Quoted(start, end, found["heading"], found["after"] or found["before"] or "")


def linked(text: str, own: str) -> Markup:
    """The text as HTML, its pointers as links. own: the number of the lesson it belongs to, as in "02".

    >>> "<a href=" in linked('Read "Where your answers are" in lesson 00.', "02")
    True
    """
    parts, done = [], 0
    for found in quoted(text):
        if target := _target(found.lesson or own, found.heading):
            parts += [escape(text[done : found.start]), _html.link(target, found.heading)]
            done = found.end
    return Markup().join([*parts, escape(text[done:])])


def in_words(text: str, own: str) -> str:
    """The text with the lesson named after each pointer to a heading of its own lesson, for other places.

    >>> in_words('See "Where your answers are".', "00")
    'See "Where your answers are" in lesson 00.'
    """
    parts, done = [], 0
    for found in quoted(text):
        if not found.lesson and _target(own, found.heading):
            parts.append(f'{text[done : found.end]}" {say("in lesson")} {own}')
            done = found.end + 1
    return "".join([*parts, text[done:]])


def _target(number: str, heading: str) -> str:
    name, headings = _place(number)
    return course().link_to_lesson(name, heading) if heading in headings else ""


@read_once
def _place(number: str) -> tuple[str, frozenset[str]]:
    """The file of a lesson, and its headings; empty where the lesson is not there, as in a wheel."""
    for path in lessons.files(course().lessons):
        if path.name.startswith(f"{number}_") and not lessons.damage(path):
            return path.name, frozenset(lessons.read(path, outputs=False).headings)
    return "", frozenset()
