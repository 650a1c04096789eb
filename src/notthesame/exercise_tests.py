"""Tests that checks share, for ``right`` and for the ``when`` of a Slip: each gives a function of answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

__all__ = [
    "at",
    "before",
    "every",
    "fewer_words",
    "lacks",
    "more_words",
    "near",
    "none_of",
    "one_of",
    "says",
    "share_in_place",
    "word_count",
    "words",
]

T = TypeVar("T")
TextTest = Callable[[str], bool]

# --- several tests at once


def every(*tests: Callable[[T], bool]) -> Callable[[T], bool]:
    """Whether an answer passes all of these tests.

    >>> every(says("law"), words(1, 3))("The law says more")
    False
    """
    return lambda answer: all(test(answer) for test in tests)


def none_of(*tests: Callable[[T], bool]) -> Callable[[T], bool]:
    """Whether an answer passes not one of these tests.

    >>> none_of(says("proves"), fewer_words(2))("It says so")
    True
    """
    return lambda answer: not any(test(answer) for test in tests)


# --- values


def one_of(*values: Any) -> Callable[[Any], bool]:
    """Whether an answer is one of these values.

    >>> one_of("a", "b")("b")
    True
    """
    return lambda answer: answer in values


def near(*wanted: float, within: float) -> Callable[[float], bool]:
    """Whether a number lies no further than ``within`` from one of those wanted.

    >>> near(19, within=0.5)(18.6)
    True
    """
    return lambda answer: any(abs(answer - value) <= within for value in wanted)


# --- things in an order


def at(place: int, *wanted: str) -> Callable[[Sequence[str]], bool]:
    """Whether the place (from 1) holds one of these letters.

    >>> at(2, "b", "c")("abc")
    True
    """
    return lambda answer: answer[place - 1] in wanted


def before(first: str, second: str) -> Callable[[Sequence[str]], bool]:
    """Whether an order has one letter before another.

    >>> before("c", "a")("abc")
    False
    """
    return lambda answer: answer.index(first) < answer.index(second)


def share_in_place(right: Sequence[Any]) -> Callable[[Sequence[Any]], float]:
    """A credit: the share of places that hold what is right there. Both are of one length.

    >>> share_in_place("abcd")("abdc")
    0.5
    """
    return lambda answer: sum(a == b for a, b in zip(answer, right, strict=True)) / len(right)


# --- texts


def word_count(text: str) -> int:
    """How many words a text has.

    >>> word_count("one or two")
    3
    """
    return len(text.split())


def words(low: int, high: int) -> TextTest:
    """Whether a text has from ``low`` to ``high`` words.

    >>> words(2, 3)("one or two")
    True
    """
    return lambda text: low <= word_count(text) <= high


def fewer_words(low: int) -> TextTest:
    """Whether a text has fewer than ``low`` words.

    >>> fewer_words(3)("one or two")
    False
    """
    return lambda text: word_count(text) < low


def more_words(high: int) -> TextTest:
    """Whether a text has more than ``high`` words.

    >>> more_words(2)("one or two")
    True
    """
    return lambda text: word_count(text) > high


def says(*patterns: str) -> TextTest:
    """Whether one of these patterns is somewhere in a text, in capitals or not.

    >>> says(r"\\blaws?\\b", "statute")("The Law says so")
    True
    """
    found = re.compile("|".join(patterns), re.I)
    return lambda text: bool(found.search(text))


def lacks(*patterns: str) -> TextTest:
    """Whether one of these patterns is nowhere in a text.

    >>> lacks("broad", "narrow")("Broad is the one")
    True
    """
    found = [re.compile(pattern, re.I) for pattern in patterns]
    return lambda text: not all(pattern.search(text) for pattern in found)
