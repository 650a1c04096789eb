"""Pure scoring: ``score(question, response)`` gives a Score. Nothing here reads a file or draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from .._reading import number, shown, signs
from .model import Diagnosis, Question, Span

Response = str | list[str] | float | None

NOT_ATTEMPTED, WRONG, PARTLY, RIGHT = "not attempted", "wrong", "partly right", "right"


class ResponseError(ValueError):
    """A response that cannot be read; the message says what is allowed."""


@dataclass(frozen=True)
class Feedback:
    """One reason: ``label`` is the option it belongs to ("B"), ``misconception`` what a wrong pick shows."""

    label: str
    text: str
    misconception: str | None = None


@dataclass(frozen=True)
class Score:
    """``status`` is one of four; ``credit`` lies in 0..1 and is None when nothing was attempted."""

    status: str
    credit: float | None
    feedback: tuple[Feedback, ...] = ()


def read_response(question: Question, typed: Any) -> Response:
    """The response that a learner typed or picked: "b", "a, c", ["a", "c"], "cabd", 15 or "15 %".

    Blank input gives None. Raises ResponseError naming the question, what was found and what is allowed.

    >>> from notthesame.questions import question
    >>> read_response(question("02-destitute"), " B "), read_response(question("02-destitute"), "")
    ('b', None)
    """
    if typed is None or typed is ... or (isinstance(typed, (str, list, tuple)) and not typed):
        return None
    if question.kind == "numeric":
        return _read_number(question, typed)
    letters = _read_letters(question, typed)
    if not letters:
        return None
    if question.kind == "single":
        if len(letters) > 1:
            raise _unreadable(question, typed, f"one letter of {_allowed(question)}")
        return letters[0]
    unordered = isinstance(typed, (set, frozenset))
    if question.kind == "ordering" and (unordered or len(letters) < len(question.options)):
        raise _unreadable(question, typed, f"all of {_allowed(question)}, each once, in your order")
    return letters if question.kind == "ordering" else sorted(letters)


def score(question: Question, response: Response) -> Score:
    """What ``response`` earns. Raises ResponseError for one that the question does not allow.

    >>> from notthesame.questions import question
    >>> score(question("02-destitute"), None)
    Score(status='not attempted', credit=None, feedback=())
    >>> score(question("02-destitute"), "b").status
    'right'
    """
    response = read_response(question, response)
    if response is None:
        return Score(NOT_ATTEMPTED, None)
    if question.kind == "numeric":
        return _score_number(question, _number(response))
    picked = [response] if isinstance(response, str) else list(_letters(response))
    credit = {"single": _single, "multiple": _multiple, "ordering": _ordering}[question.kind](
        question, picked
    )
    return Score(_status(credit), credit, _reasons(question, picked))


def _single(question: Question, picked: list[str]) -> float:
    return float(picked[0] in question.key)


def _multiple(question: Question, picked: list[str]) -> float:
    """Share of right options picked less share of wrong options picked: ticking everything earns nothing."""
    right, chosen = set(question.key), set(picked)
    wrong = set(question.options) - right
    return max(0.0, len(chosen & right) / len(right) - len(chosen & wrong) / len(wrong))


def _ordering(question: Question, picked: list[str]) -> float:
    return order_credit(question.key, picked)


def order_credit(right: Sequence[str], given: Sequence[str]) -> float:
    """Kendall's tau with the right order, floored at zero: every pair put right helps, none hurts.

    Both hold the same two or more items, each once. Gives 0 to 1.

    >>> order_credit("abcd", "abcd"), order_credit("abcd", "abdc"), order_credit("abcd", "dcba")
    (1.0, 0.6666666666666667, 0.0)
    """
    place = {item: index for index, item in enumerate(given)}
    pairs = list(combinations(right, 2))
    swapped = sum(place[first] > place[second] for first, second in pairs)
    return max(0.0, 1 - 2 * swapped / len(pairs))


def landed(question: Question, value: float) -> tuple[str, Span | Diagnosis | None]:
    """Where a number falls among those that a question tells apart, and what is said of it if it is wrong.

    The place is "right", "otherwise", or, for the second of its ranges, "range 2".

    >>> from notthesame.questions import question
    >>> landed(question("02-count-vera"), question("02-count-vera").value)
    ('right', None)
    """
    if abs(value - question.value) <= question.tolerance + 1e-9 * abs(question.value):
        return RIGHT, None
    for place, span in enumerate(question.ranges, 1):
        if span.holds(value):
            return f"range {place}", span
    return "otherwise", question.otherwise


def _score_number(question: Question, value: float) -> Score:
    where, told = landed(question, value)
    if where == RIGHT:
        return Score(RIGHT, 1.0, (Feedback("", question.reason),))
    return Score(WRONG, 0.0, (Feedback("", told.reason, told.misconception),) if told else ())


def _reasons(question: Question, picked: list[str]) -> tuple[Feedback, ...]:
    """Of a choice, the reasons of its picks and of right options missed; of an order, of the misplaced."""
    options = question.options
    if question.kind == "ordering":
        wrong = [a for a, b in zip(picked, question.key, strict=True) if a != b]
        return tuple(
            Feedback(key.upper(), options[key].reason, options[key].misconception) for key in wrong
        ) or tuple(Feedback(key.upper(), options[key].reason) for key in picked)
    shown = sorted(set(picked) | (set(question.key) if question.kind == "multiple" else set()))
    return tuple(
        Feedback(key.upper(), options[key].reason, options[key].misconception if key in picked else None)
        for key in shown
    )


def _status(credit: float) -> str:
    return RIGHT if credit >= 1 else PARTLY if credit > 0 else WRONG


def _read_number(question: Question, typed: Any) -> float | None:
    if isinstance(typed, str) and not typed.strip():
        return None
    try:
        return number(typed)
    except ValueError:
        raise _unreadable(question, typed, f"one number, in {question.unit}") from None


def _read_letters(question: Question, typed: Any) -> list[str]:
    try:
        letters = list(signs(typed, tuple(question.options)))
    except ValueError:
        raise _unreadable(question, typed, f"letters of {_allowed(question)}") from None
    if len(set(letters)) < len(letters):
        raise _unreadable(question, typed, f"letters of {_allowed(question)}, each at most once")
    return letters


def _allowed(question: Question) -> str:
    return ", ".join(question.options)


def _unreadable(question: Question, found: Any, allowed: str) -> ResponseError:
    return ResponseError(f"Question {question.id}: found {shown(found)}; allowed is {allowed}.")


def _number(response: Response) -> float:
    if not isinstance(response, (int, float)):
        raise ResponseError(f"found {shown(response)}; a number is wanted")
    return float(response)


def _letters(response: Response) -> list[str]:
    if not isinstance(response, list):
        raise ResponseError(f"found {shown(response)}; a list of letters is wanted")
    return response
