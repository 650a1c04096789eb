"""A question as its file writes it: reading one entry, and all that can be wrong with it at once."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, get_type_hints

from .. import evidence
from .._loading import named, no_such, structure, unusable
from .._reading import shown
from .beliefs import misconception_faults, misconceptions
from .model import BLOOM, KINDS, LETTERS, MODES, MOST_OUTCOMES, Diagnosis, Option, Question, Span


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


def read_entry(entry: Any, lesson: int) -> tuple[Question | None, list[str]]:
    """The question that an entry of a file holds, or None with every fault.

    >>> read_entry("which?", 2)
    (None, ['fields with values are wanted here'])
    """
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
        yield f"id is {shown(raw.id)}; allowed is '{lesson:02d}-' and then small letters, digits and hyphens"


def _word_faults(name: str, allowed: Sequence[str]) -> Callable[[_RawQuestion, int], Iterator[str]]:
    def faults(raw: _RawQuestion, _: int) -> Iterator[str]:
        if getattr(raw, name) not in allowed:
            yield f"{name} is {shown(getattr(raw, name))}; allowed: {', '.join(allowed)}"

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
        # A fact that is there and has a fault is told of with its own file.
        if fact_id not in evidence.known_facts() and not unusable("fact", fact_id, evidence.fact_faults()):
            yield f"facts: {no_such('fact', fact_id, evidence.known_facts())}"
    if not raw.facts and not raw.section:
        yield "it cites nothing; name a fact, or the section of the lesson it rests on"


def _answer_faults(raw: _RawQuestion, _: int) -> Iterator[str]:
    if raw.kind == "numeric":
        return
    letters = list(raw.options)
    if letters != list(LETTERS[: len(letters)]) or len(letters) < 2:
        found = ", ".join(map(named, letters)) or "not at all"
        yield f"options are lettered {found}; allowed: a, b, c ... in order, two or more"
    answer, found = _letters(raw), shown(raw.answer)
    if any(letter not in letters for letter in answer) or not isinstance(raw.answer, str | list):
        yield f"answer is {found}; allowed are letters of its options ({', '.join(map(named, letters))})"
    elif raw.kind == "single" and not isinstance(raw.answer, str):
        yield f"answer is {found}; a single choice has one letter, without brackets"
    elif raw.kind == "multiple" and not (
        raw.answer == answer and 1 <= len(set(answer)) == len(answer) < len(letters)
    ):
        yield f"answer is {found}; a multiple choice lists each right letter once and leaves one wrong"
    elif raw.kind == "ordering" and (raw.answer != answer or sorted(answer) != letters):
        yield f"answer is {found}; an ordering lists every letter once, in the right order"


def _letters(raw: _RawQuestion) -> list[str]:
    """The letters of an answer; what is no text is given as text, which is no letter."""
    given = raw.answer if isinstance(raw.answer, list) else [raw.answer]
    return [letter if isinstance(letter, str) else shown(letter) for letter in given]


def _number_faults(raw: _RawQuestion, _: int) -> Iterator[str]:
    if raw.kind != "numeric":
        return
    bounds = [bound for span in raw.ranges for bound in (span.low, span.high) if bound is not None]
    read: dict[Any, float] = {}
    for value in (raw.answer, *bounds):
        try:
            read[shown(value)] = _number(value)
        except (KeyError, ValueError, TypeError) as error:
            yield f"{shown(value)} is no number: {error.args[0]}"
    for index, span in enumerate(raw.ranges, 1):
        low, high = read.get(shown(span.low)), read.get(shown(span.high))
        if low is not None and high is not None and low > high:
            yield f"range {index}: low is {low:g} and high is {high:g}; allowed is low at most high"
    if raw.tolerance < 0:
        yield f"tolerance is {raw.tolerance}; allowed is zero or more"
    if not raw.unit:
        yield "the field 'unit' is missing; a number has a unit"
    if not raw.reason or raw.otherwise is None:
        yield "a numeric question needs 'reason' (if it is right) and 'otherwise' (reason, misconception)"
    if raw.options:
        yield "a numeric question has no options; describe wrong numbers in 'ranges'"


def _reason_faults(raw: _RawQuestion, _: int) -> Iterator[str]:
    answer = _letters(raw)
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
            yield f"option {letter} is right and yet names the misconception {shown(option.misconception)}"


def _misconception_faults(raw: _RawQuestion, _: int) -> Iterator[str]:
    named = {f"option {letter}": option.misconception for letter, option in raw.options.items()}
    named |= {f"range {index}": span.misconception for index, span in enumerate(raw.ranges, 1)}
    named |= {"otherwise": raw.otherwise.misconception} if raw.otherwise else {}
    for where, name in named.items():
        if name is not None and name not in misconceptions() and not misconception_faults():
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
