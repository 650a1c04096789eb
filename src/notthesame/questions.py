"""The question model, and loading a bank: every fault of a file at once, with file, question and what is allowed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from . import evidence
from ._course import course_file, course_folder
from ._yaml import FileFaults, read_yaml, structure

KINDS = ("single", "multiple", "numeric", "ordering")
BLOOM = ("remember", "explain", "apply", "analyse", "evaluate", "create")
MODES = ("practice", "test")
LETTERS = "abcdefgh"


@dataclass(frozen=True)
class Option:
    """One option of a choice, or one item of an order, with its own reason."""

    text: str
    reason: str
    misconception: str | None = None


@dataclass(frozen=True)
class Misconception:
    """A mistaken belief that wrong options share, and what is the case instead."""

    belief: str
    instead: str


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
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True)
class Question:
    """A question as it is shown and scored. ``key`` holds the right letters (in order, for an ordering);
    ``value``, ``tolerance`` (same unit), ``ranges`` and ``otherwise`` serve the numeric kind only."""

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
    exit_ticket: bool = False
    options: Mapping[str, Option] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    value: float = 0.0
    unit: str = ""
    tolerance: float = 0.0
    reason: str = ""
    ranges: tuple[Span, ...] = ()
    otherwise: Diagnosis | None = None

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


@dataclass(frozen=True)
class Bank:
    """The questions of one file, in order, by id."""

    lesson: int
    questions: Mapping[str, Question]


@dataclass(frozen=True)
class _RawSpan:
    reason: str
    misconception: str
    low: str | int | float | None = None
    high: str | int | float | None = None


@dataclass(frozen=True)
class _RawQuestion:
    """A question as a YAML file writes it."""

    id: str
    outcome: int
    bloom: str
    kind: str
    section: str
    stem: str
    author: str
    reviewed: datetime.date
    answer: Any
    facts: tuple[str, ...] = ()
    case: str = ""
    mode: str = "practice"
    exit_ticket: bool = False
    options: dict[str, Option] = field(default_factory=dict)
    unit: str = ""
    tolerance: float = 0.0
    reason: str = ""
    ranges: tuple[_RawSpan, ...] = ()
    otherwise: Diagnosis | None = None


def load_bank(path: Path) -> Bank:
    """The bank of one file. Raises FileFaults with every fault, each naming the question and what is allowed."""
    raw = read_yaml(path)
    if not isinstance(raw, dict) or set(raw) != {"lesson", "questions"} or not isinstance(raw["questions"], list):
        raise FileFaults(path, ["the file must hold two fields, 'lesson' (a number) and 'questions' (a list)"])
    lesson, faults, questions = raw["lesson"], [], {}
    for index, entry in enumerate(raw["questions"], 1):
        name = entry.get("id", f"number {index}") if isinstance(entry, dict) else f"number {index}"
        question, wrong = _question(entry, lesson)
        if question and question.id in questions:
            wrong.append("this id is used twice; ids are unique and stable for ever")
        faults += [f"question {name}: {fault}" for fault in wrong]
        if question:
            questions[question.id] = question
    if faults:
        raise FileFaults(path, faults)
    return Bank(lesson, questions)


@cache
def bank() -> Mapping[str, Question]:
    """Every question of the course, by id, from ``exercises/questions``."""
    folder = course_folder() / "exercises" / "questions"
    return {q.id: q for path in sorted(folder.glob("[0-9][0-9].yaml")) for q in load_bank(path).questions.values()}


@cache
def misconceptions() -> Mapping[str, Misconception]:
    """The glossary of misconceptions, by slug."""
    path = course_file("exercises", "misconceptions.yaml")
    found, faults = structure(read_yaml(path), dict[str, Misconception])
    if found is None:
        raise FileFaults(path, faults)
    return found


def question(question_id: str) -> Question:
    """One question; raises KeyError naming the nearest ids."""
    found = bank().get(question_id)
    if found is None:
        raise KeyError(evidence.unknown("question", question_id, bank()))
    return found


def _question(entry: Any, lesson: int) -> tuple[Question | None, list[str]]:
    raw, faults = structure(entry, _RawQuestion)
    if raw is None:
        return None, faults
    faults = [*_common_faults(raw, lesson), *_answer_faults(raw), *_reason_faults(raw)]
    if faults:
        return None, faults
    number = raw.kind == "numeric"
    return Question(
        **{name: getattr(raw, name) for name in _SHARED},
        lesson=lesson,
        key=() if number else tuple(raw.answer),
        value=_number(raw.answer) if number else 0.0,
        ranges=tuple(
            Span(s.reason, s.misconception, *(None if b is None else _number(b) for b in (s.low, s.high)))
            for s in raw.ranges
        ),
    ), []


_SHARED = tuple(set(Question.__dataclass_fields__) & set(_RawQuestion.__dataclass_fields__) - {"ranges"})


def _common_faults(raw: _RawQuestion, lesson: int) -> Iterator[str]:
    if not re.fullmatch(rf"{lesson:02d}-[a-z0-9-]+", raw.id):
        yield f"id is {raw.id!r}; allowed is '{lesson:02d}-' and then small letters, digits and hyphens"
    for name, allowed in (("kind", KINDS), ("bloom", BLOOM), ("mode", MODES)):
        if getattr(raw, name) not in allowed:
            yield f"{name} is {getattr(raw, name)!r}; allowed: {', '.join(allowed)}"
    for fact_id in raw.facts:
        if fact_id not in evidence.facts():
            yield f"facts names {fact_id!r}, which the ledger does not have"
    if not raw.facts and not raw.section:
        yield "it cites nothing; name a fact, or the section of the lesson it rests on"


def _answer_faults(raw: _RawQuestion) -> Iterator[str]:
    letters = list(raw.options)
    if raw.kind == "numeric":
        yield from _number_faults(raw)
        return
    if letters != list(LETTERS[: len(letters)]) or len(letters) < 2:
        yield f"options are lettered {', '.join(letters) or 'not at all'}; allowed: a, b, c ... in order, two or more"
    answer = [raw.answer] if isinstance(raw.answer, str) else raw.answer
    if not isinstance(answer, list) or any(letter not in letters for letter in answer):
        yield f"answer is {raw.answer!r}; allowed are letters of its options ({', '.join(letters)})"
    elif raw.kind == "single" and (len(answer) != 1 or not isinstance(raw.answer, str)):
        yield f"answer is {raw.answer!r}; a single choice has one letter"
    elif raw.kind == "multiple" and not 1 <= len(set(answer)) < len(letters):
        yield "answer of a multiple choice must leave at least one option wrong"
    elif raw.kind == "ordering" and sorted(answer) != letters:
        yield f"answer is {raw.answer!r}; an ordering lists every letter once, in the right order"


def _number_faults(raw: _RawQuestion) -> Iterator[str]:
    bounds = [bound for span in raw.ranges for bound in (span.low, span.high) if bound is not None]
    for value in (raw.answer, *bounds):
        try:
            _number(value)
        except (KeyError, ValueError, TypeError) as error:
            yield f"{value!r} is no number: {error.args[0] if error.args else error}"
    if raw.tolerance < 0:
        yield f"tolerance is {raw.tolerance}; allowed is zero or more"
    if not raw.unit:
        yield "the field 'unit' is missing; a number has a unit"
    if not raw.reason or raw.otherwise is None:
        yield "a numeric question needs 'reason' (for the right number) and 'otherwise' (reason, misconception)"
    if raw.options:
        yield "a numeric question has no options; describe wrong numbers in 'ranges'"


def _reason_faults(raw: _RawQuestion) -> Iterator[str]:
    known = misconceptions()
    answer = raw.answer if isinstance(raw.answer, (str, list)) else ()
    for letter, option in raw.options.items():
        wrong = raw.kind == "ordering" or letter not in answer
        if not option.reason.strip():
            yield f"option {letter} has no reason; each option teaches"
        if wrong and option.misconception is None:
            yield f"option {letter} is wrong and names no misconception"
        if not wrong and option.misconception is not None:
            yield f"option {letter} is right and yet names a misconception"
        if option.misconception is not None and option.misconception not in known:
            yield f"option {letter} names the misconception {option.misconception!r}; allowed: {', '.join(known)}"
    for part in (*raw.ranges, *((raw.otherwise,) if raw.otherwise else ())):
        if part.misconception not in known:
            yield f"a range names the misconception {part.misconception!r}; allowed: {', '.join(known)}"


def _number(value: Any) -> float:
    """A plain number, or the value that "fact-id.name" points at."""
    if isinstance(value, str):
        fact_id, _, name = value.partition(".")
        found = evidence.fact(fact_id)[name].value
        if not isinstance(found, (int, float)):
            raise ValueError(f"{value} is no number")
        return float(found)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError("a number or 'fact-id.name' is wanted")
    return float(value)
