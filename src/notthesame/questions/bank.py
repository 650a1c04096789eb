"""The question model, and loading a bank: all faults of a file at once, and what is allowed."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints

from .. import evidence
from .._loading import FileFaults, no_such, read_yaml, structure
from ..course import course, read_once

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
    about: int | None = None
    exit_ticket: bool = False
    options: dict[str, Option] = field(default_factory=dict)
    unit: str = ""
    tolerance: float = 0.0
    reason: str = ""
    ranges: tuple[_RawSpan, ...] = ()
    otherwise: Diagnosis | None = None


def load_bank(path: Path) -> Bank:
    """The bank of one file. Raises FileFaults with every fault, its question and what is allowed.

    >>> load_bank(course().file("exercises", "questions", "02.yaml")).lesson
    2
    """
    raw = read_yaml(path)
    if (
        not isinstance(raw, dict)
        or set(raw) != {"lesson", "questions"}
        or not isinstance(raw["questions"], list)
    ):
        raise FileFaults(
            path, ["the file must hold two fields, 'lesson' (a number) and 'questions' (a list)"]
        )
    lesson, faults, questions = raw["lesson"], [], {}
    if not isinstance(lesson, int) or (path.stem.isdigit() and lesson != int(path.stem)):
        raise FileFaults(
            path, [f"lesson is {lesson!r}; allowed is a whole number, the one in the file's name"]
        )
    ids = Counter(
        str(entry.get("id")) for entry in raw["questions"] if isinstance(entry, dict) and "id" in entry
    )
    for index, entry in enumerate(raw["questions"], 1):
        name = entry.get("id", f"number {index}") if isinstance(entry, dict) else f"number {index}"
        question, wrong = _question(entry, lesson)
        if ids[str(name)] > 1:
            wrong.append(f"this id is used {ids[str(name)]} times; ids are unique and stable for ever")
        faults += [f"question {name}: {fault}" for fault in wrong]
        if question:
            questions[question.id] = question
    if faults:
        raise FileFaults(path, faults)
    return Bank(lesson, questions)


@read_once
def known_questions() -> Mapping[str, Question]:
    """Every question of the course, by id, from ``exercises/questions``.

    >>> known_questions()["02-destitute"].kind
    'single'
    """
    folder = course().questions
    return {
        q.id: q for path in sorted(folder.glob("[0-9][0-9].yaml")) for q in load_bank(path).questions.values()
    }


@read_once
def misconceptions() -> Mapping[str, Misconception]:
    """The glossary of misconceptions, by slug.

    >>> "unlawful-is-trafficked" in misconceptions()
    True
    """
    path = course().file("exercises", "misconceptions.yaml")
    found, faults = structure(read_yaml(path), dict[str, Misconception])
    if found is None:
        raise FileFaults(path, faults)
    return found


def question(question_id: str) -> Question:
    """One question; raises KeyError naming the nearest ids.

    >>> list(question("02-destitute").options)
    ['a', 'b', 'c', 'd']
    """
    found = known_questions().get(question_id)
    if found is None:
        raise KeyError(no_such("question", question_id, known_questions()))
    return found


def _question(entry: Any, lesson: int) -> tuple[Question | None, list[str]]:
    raw, faults = structure(entry, _RawQuestion)
    if not isinstance(entry, dict):
        return None, faults
    readable, unread = (raw, frozenset[str]()) if raw else _readable(entry)
    for needs, check in _CHECKS:
        if not needs & unread:
            faults.extend(check(readable, lesson))
    if faults or raw is None:
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
_UNREAD = Option("", "")


def _readable(entry: Mapping[str, Any]) -> tuple[_RawQuestion, frozenset[str]]:
    """What can be read of an entry with faults, so that it is judged too, and the names of the rest."""
    parts: dict[str, Any] = dict.fromkeys(get_type_hints(_RawQuestion), "")
    parts |= {f.name: f.default for f in fields(_RawQuestion) if f.default is not MISSING} | {"options": {}}
    unread = {f.name for f in fields(_RawQuestion) if f.default is f.default_factory is MISSING} - set(entry)
    for name, kind in get_type_hints(_RawQuestion).items():
        if name == "options" and isinstance(entry.get(name), dict):
            parts[name] = {
                str(key): structure(part, Option)[0] or _UNREAD for key, part in entry[name].items()
            }
        elif name in entry:
            parts[name], wrong = structure(entry[name], kind)
            unread |= {name} if wrong else set()
    return _RawQuestion(**parts), frozenset(unread)


def _id_faults(raw: _RawQuestion, lesson: int) -> Iterator[str]:
    if not re.fullmatch(rf"{lesson:02d}-[a-z0-9-]+", raw.id):
        yield f"id is {raw.id!r}; allowed is '{lesson:02d}-' and then small letters, digits and hyphens"


def _word_faults(name: str, allowed: Sequence[str]) -> Callable[[_RawQuestion, int], Iterator[str]]:
    def faults(raw: _RawQuestion, _: int) -> Iterator[str]:
        if getattr(raw, name) not in allowed:
            yield f"{name} is {getattr(raw, name)!r}; allowed: {', '.join(allowed)}"

    return faults


def _outcome_faults(raw: _RawQuestion, _: int) -> Iterator[str]:
    if not 1 <= raw.outcome <= MOST_OUTCOMES:
        allowed = f"the number of an outcome of the lesson, 1 to {MOST_OUTCOMES}"
        yield f"outcome is {raw.outcome}; allowed is {allowed}"
    if raw.about is not None and raw.mode != "test":
        yield f"about is {raw.about}; only a question of mode 'test' can be about another lesson"


def _text_faults(raw: _RawQuestion, _: int) -> Iterator[str]:
    for name in ("stem", "author"):
        if not getattr(raw, name).strip():
            yield f"{name} is empty; allowed is any text"


def _fact_faults(raw: _RawQuestion, _: int) -> Iterator[str]:
    for fact_id in raw.facts:
        if fact_id not in evidence.known_facts():
            yield f"facts: {no_such('fact', fact_id, evidence.known_facts())}"
    if not raw.facts and not raw.section:
        yield "it cites nothing; name a fact, or the section of the lesson it rests on"


def _answer_faults(raw: _RawQuestion, _: int) -> Iterator[str]:
    if raw.kind == "numeric":
        return
    letters = list(raw.options)
    if letters != list(LETTERS[: len(letters)]) or len(letters) < 2:
        found = ", ".join(letters) or "not at all"
        yield f"options are lettered {found}; allowed: a, b, c ... in order, two or more"
    answer = [raw.answer] if isinstance(raw.answer, str) else raw.answer
    if not isinstance(answer, list) or any(letter not in letters for letter in answer):
        yield f"answer is {raw.answer!r}; allowed are letters of its options ({', '.join(letters)})"
    elif raw.kind == "single" and not isinstance(raw.answer, str):
        yield f"answer is {raw.answer!r}; a single choice has one letter, without brackets"
    elif raw.kind == "multiple" and not (
        raw.answer == answer and 1 <= len(set(answer)) == len(answer) < len(letters)
    ):
        yield f"answer is {raw.answer!r}; a multiple choice lists each right letter once and leaves one wrong"
    elif raw.kind == "ordering" and sorted(answer) != letters:
        yield f"answer is {raw.answer!r}; an ordering lists every letter once, in the right order"


def _number_faults(raw: _RawQuestion, _: int) -> Iterator[str]:
    if raw.kind != "numeric":
        return
    bounds = [bound for span in raw.ranges for bound in (span.low, span.high) if bound is not None]
    for value in (raw.answer, *bounds):
        try:
            _number(value)
        except (KeyError, ValueError, TypeError) as error:
            yield f"{value!r} is no number: {error.args[0]}"
    if raw.tolerance < 0:
        yield f"tolerance is {raw.tolerance}; allowed is zero or more"
    if not raw.unit:
        yield "the field 'unit' is missing; a number has a unit"
    if not raw.reason or raw.otherwise is None:
        yield "a numeric question needs 'reason' (if it is right) and 'otherwise' (reason, misconception)"
    if raw.options:
        yield "a numeric question has no options; describe wrong numbers in 'ranges'"


def _reason_faults(raw: _RawQuestion, _: int) -> Iterator[str]:
    answer = raw.answer if isinstance(raw.answer, list) else [raw.answer]
    known = raw.kind == "ordering" or all(letter in raw.options for letter in answer)
    for letter, option in raw.options.items():
        if option is _UNREAD:
            continue
        wrong = raw.kind == "ordering" or letter not in answer
        if not option.text.strip() or not option.reason.strip():
            yield f"option {letter} has an empty text or reason; each option says something and teaches"
        if not known:
            continue  # which options are wrong is not known
        if wrong and option.misconception is None:
            yield f"option {letter} is wrong and names no misconception"
        if not wrong and option.misconception is not None:
            yield f"option {letter} is right and yet names the misconception {option.misconception!r}"


def _misconception_faults(raw: _RawQuestion, _: int) -> Iterator[str]:
    named = {f"option {letter}": option.misconception for letter, option in raw.options.items()}
    named |= {f"range {index}": span.misconception for index, span in enumerate(raw.ranges, 1)}
    named |= {"otherwise": raw.otherwise.misconception} if raw.otherwise else {}
    for where, name in named.items():
        if name is not None and name not in misconceptions():
            yield f"{where}: {no_such('misconception', name, misconceptions())}"


# What each check needs to read; a check is left out when a part that it needs cannot be read.
_CHECKS: tuple[tuple[frozenset[str], Callable[[_RawQuestion, int], Iterator[str]]], ...] = (
    (frozenset({"id"}), _id_faults),
    (frozenset({"kind"}), _word_faults("kind", KINDS)),
    (frozenset({"bloom"}), _word_faults("bloom", BLOOM)),
    (frozenset({"mode"}), _word_faults("mode", MODES)),
    (frozenset({"outcome", "about", "mode"}), _outcome_faults),
    (frozenset({"stem", "author"}), _text_faults),
    (frozenset({"facts", "section"}), _fact_faults),
    (frozenset({"kind", "answer", "options"}), _answer_faults),
    (frozenset({"kind", "answer", "options"}), _reason_faults),
    (frozenset({"kind", "answer", "ranges", "tolerance", "unit", "reason", "otherwise"}), _number_faults),
    (frozenset({"options", "ranges", "otherwise"}), _misconception_faults),
)


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
