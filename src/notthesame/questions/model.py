"""The question model: frozen data, as every part of the course uses it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..course import ENGLISH

KINDS = ("single", "multiple", "numeric", "ordering")
BLOOM = ("remember", "explain", "apply", "analyse", "evaluate", "create")
MODES = ("practice", "test")
LETTERS = "abcdefgh"
MOST_OUTCOMES = 4  # at most, in a lesson


@dataclass(frozen=True)
class Option:
    """One option of a choice, or one item of an order, with its own reason."""

    text: str
    reason: str
    misconception: str | None = None


@dataclass(frozen=True)
class Diagnosis:
    """The reason for any other wrong number."""

    reason: str
    misconception: str


@dataclass(frozen=True)
class Span:
    """A range of wrong numbers that shows one slip; bounds are inclusive, a missing one is open."""

    reason: str
    misconception: str
    low: float | None = None
    high: float | None = None

    def holds(self, value: float) -> bool:
        """Whether a number lies within both bounds."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True)
class Question:
    """A question as it is shown and scored. ``key`` holds the right letters (in order, for an ordering);
    ``value``, ``tolerance`` (same unit), ``ranges`` and ``otherwise`` serve the numeric kind only. ``about``
    is the lesson to which outcome and section of a test question belong, where that is another one."""

    id: str
    lesson: int
    outcome: int
    bloom: str
    kind: str
    stem: str
    section: str
    author: str
    reviewed: datetime.date
    facts: tuple[str, ...] = ()
    case: str = ""
    mode: str = "practice"
    about: int | None = None
    exit_ticket: bool = False
    options: Mapping[str, Option] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    value: float = 0.0
    unit: str = ""
    tolerance: float = 0.0
    reason: str = ""
    ranges: tuple[Span, ...] = ()
    otherwise: Diagnosis | None = None
    language: str = ENGLISH

    @property
    def taught(self) -> int:
        """The lesson to which its outcome and section belong."""
        return self.lesson if self.about is None else self.about

    def reasons(self) -> Iterator[tuple[str, str, str | None]]:
        """Every reason as (label, text, misconception), as the page prints them."""
        for letter, option in self.options.items():
            yield letter.upper(), option.reason, option.misconception
        if self.kind == "numeric":
            yield "right", self.reason, None
            for span in self.ranges:
                yield "range", span.reason, span.misconception
            if self.otherwise:
                yield "otherwise", self.otherwise.reason, self.otherwise.misconception
