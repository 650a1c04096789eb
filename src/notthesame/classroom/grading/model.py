"""What a grading sheet is made of: questions with computed keys, and a task with its marking scheme."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...questions import Option, Question

LEVELS = ("3", "2", "1", "0")
_AUTHOR, _REVIEWED = "Not the Same, from a template", datetime.date(2026, 11, 29)


@dataclass(frozen=True)
class Task:
    """A task to write: what is asked, a model answer, and a scheme.

    scheme: rows of what is looked at, and what stands on the page at each of ``LEVELS``.
    """

    ask: tuple[str, ...]
    answer: tuple[str, ...]
    scheme: tuple[tuple[str, str, str, str, str], ...]


@dataclass(frozen=True)
class Grading:
    """What is graded in a lesson, for one seed."""

    lesson: str
    seed: int
    questions: tuple[Question, ...]
    task: Task


@dataclass(frozen=True)
class Place:
    """Where a question made from a template belongs: its id, lesson, outcome and section."""

    id: str
    lesson: int
    outcome: int
    section: str


def single(place: Place, case: str, stem: str, options: Sequence[tuple[str, str, str | None]]) -> Question:
    """A single choice. options: text, reason and misconception, None for the one that is right.

    >>> made = single(Place("g02-1-1", 2, 2, "A"), "", "Which?", [("B", "So.", "x"), ("C", "So.", None)])
    >>> made.key
    ('b',)
    """
    lettered = {letter: Option(*each) for letter, each in zip("abcdefgh", options, strict=False)}
    key = tuple(letter for letter, each in lettered.items() if each.misconception is None)
    return _question(place, case, stem, kind="single", options=lettered, key=key)


def _question(place: Place, case: str, stem: str, *, kind: str, **more: object) -> Question:
    told: Mapping[str, object] = {
        "id": place.id,
        "lesson": place.lesson,
        "outcome": place.outcome,
        "bloom": "apply",
        "section": place.section,
        "author": _AUTHOR,
        "reviewed": _REVIEWED,
        "case": case,
        "stem": stem,
        "kind": kind,
    }
    return Question(**told, **more)  # type: ignore[arg-type]


def numeric(place: Place, case: str, stem: str, **more: object) -> Question:
    """A question for a number; ``more`` as ``Question`` has it: value, unit, reason, ranges, otherwise.

    >>> numeric(Place("g05-1-1", 5, 2, "A"), "", "How many?", value=3.0, unit="people").value
    3.0
    """
    return _question(place, case, stem, kind="numeric", **more)
