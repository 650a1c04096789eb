"""Counts of a class. Those of two parts add up to those of the whole, so that a class may be read in parts.

A part holds whole learners: all files of one pseudonym belong to the same part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..statistics.items import Scale, Shares, Two


@dataclass(frozen=True)
class Counts:
    """Of one question, in learners. What has no word of the latest answer is of the first.

    picks: how many chose each of ``Mark.picks``. again: who answered more than once. latest_right: right in
    the latest answer, of all who answered. sure: by confidence in tens of per cent, (who gave it, who of them
    was right).
    """

    answered: int = 0
    right: int = 0
    partly: int = 0
    again: int = 0
    latest_right: int = 0
    picks: Mapping[str, int] = field(default_factory=dict)
    sure: Mapping[int, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Belief:
    """Of one misconception, in learners: who met a question whose first answer could show it, who showed it
    at least once, and who showed it in two questions or more."""

    met: int = 0
    shown: int = 0
    twice: int = 0


@dataclass(frozen=True)
class Reached:
    """Of one lesson, in learners: who answered a question that it asks, and who answered all of them."""

    begun: int = 0
    finished: int = 0


@dataclass(frozen=True)
class Tally:
    """What a class handed in, counted. Counts of questions that nobody answered are left out.

    questions: by id. beliefs: by slug. lessons: by number, as "02". outcomes: by lesson and number, as
    "02-1"; practice and form B count, form A does not, for it comes before the course. scales: by name,
    "02" for what a lesson asks, "00-test" and "13-test" for the two forms.
    """

    learners: int = 0
    hand_ins: int = 0
    with_texts: int = 0
    questions: Mapping[str, Counts] = field(default_factory=dict)
    beliefs: Mapping[str, Belief] = field(default_factory=dict)
    lessons: Mapping[str, Reached] = field(default_factory=dict)
    outcomes: Mapping[str, Shares] = field(default_factory=dict)
    scales: Mapping[str, Scale] = field(default_factory=dict)
    two: Two | None = None
