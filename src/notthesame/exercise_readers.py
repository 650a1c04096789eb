"""What a check reads an answer with (its ``reads``): numbers, texts, letters, names and tables of them.

Each reader takes whatever a learner typed, in a cell or into a form, and gives it in one form, or raises
ValueError with what was found and what is wanted. The rules for numbers are those of ``_reading``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import islice
from types import MappingProxyType
from typing import Any, TypeVar

from ._loading import no_such
from ._reading import ECHO, MOST, is_blank, members, number, only, parts, signs, unreadable, whole_number

__all__ = [
    "letter_set",
    "letters",
    "mapping",
    "name",
    "names",
    "number",
    "pair",
    "text",
    "whole_number",
    "word",
]

T = TypeVar("T")
_AROUND = " \t\r\n.,;:()[]{}\"'\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}`"
# What may part the two values of a pair, the surest first; the comma of "10,20" does where nothing else can.
_BETWEEN = (r"\s*;\s*", r"\s*,\s+", r"\s+(?:and|to)\s+|\s*\N{EN DASH}\s*", r"\s+", r",")


def text(value: Any) -> str:
    """A text with its white space made single; raises ValueError for anything but one text.

    >>> text("two  lines\\nof it"), text(["one in a list"])
    ('two lines of it', 'one in a list')
    """
    found = only(value)
    if not isinstance(found, str):
        raise unreadable(value, "a text is wanted")
    return " ".join(found.split())


def word(value: Any) -> str:
    """A name or a few words in small letters, without quotation marks, brackets or stops around them.

    Raises ValueError as ``text`` does.

    >>> word(' "00-Blank", ')
    '00-blank'
    """
    return text(value).strip(_AROUND).lower()


def pair(read: Callable[[Any], T], wanted: str) -> Callable[[Any], tuple[T, T]]:
    """A reader of two values in their order, each by ``read``.

    They come as a list, a tuple, an array, or a text such as "10, 20" or "10 to 20". Where decimals have
    a comma, a semicolon parts them: "0,9; 1,1". ``wanted`` says in a message what the two are. Raises
    ValueError for another number of values, for a set, which has no order, and as ``read`` does.

    >>> pair(number, "two numbers")("10 %; 20,5 %")
    (10.0, 20.5)
    """

    def read_pair(value: Any) -> tuple[T, T]:
        found = _halves(value) if isinstance(value, str) else members(value)
        if found is None or len(found) != 2 or isinstance(value, (set, frozenset)):
            raise unreadable(value, f"{wanted} are wanted, in their order")
        return read(found[0]), read(found[1])

    return read_pair


def _halves(typed: str) -> list[str] | None:
    bare = re.sub(r"^(?:from|between)\s+", "", typed.strip(_AROUND))
    parts = (re.split(between, bare) for between in _BETWEEN)
    return next((found for found in parts if len(found) == 2), None)


def letters(
    alphabet: Iterable[str], length: int, each_once: bool = True, what: str = "letter"
) -> Callable[[Any], str]:
    """A reader of so many letters in their order, which gives them as one word: "b a c" as "bac".

    ``alphabet`` holds the letters allowed, in lower case, or other signs, which ``what`` then names. They
    come as a text or as a list of texts or digits; spaces, commas, stops and capitals do not matter.
    Raises ValueError for a sign outside the alphabet, another number of them, and one twice unless
    ``each_once`` is false.

    >>> letters("abc", 3)("B, a; c."), letters("012?", 3, each_once=False, what="mark")([2, 2, "?"])
    ('bac', '22?')
    """
    allowed = tuple(alphabet)

    def read_letters(value: Any) -> str:
        typed = signs(value, allowed, what)
        unordered = isinstance(value, (set, frozenset)) and length > 1
        if unordered or len(typed) != length or (each_once and len(set(typed)) != length):
            wanted = f"{length} {what}s are wanted, in their order" + (", each once" if each_once else "")
            raise ValueError(f"found {len(typed)} {what}s, {len(set(typed))} of them different; {wanted}")
        return typed

    return read_letters


def letter_set(alphabet: Iterable[str], what: str = "letter") -> Callable[[Any], frozenset[str]]:
    """A reader of some letters whose order does not matter, in the forms of ``letters``.

    Raises ValueError for a sign outside the alphabet and where there is none.

    >>> sorted(letter_set("abc")("A and c"))
    ['a', 'c']
    """
    allowed = tuple(alphabet)

    def read_letters(value: Any) -> frozenset[str]:
        typed = signs(value, allowed, what)
        if not typed:
            raise unreadable(value, f"at least one {what} is wanted")
        return frozenset(typed)

    return read_letters


def name(what: str, known: Iterable[str], also: Mapping[str, str] = {}) -> Callable[[Any], str]:
    """A reader of one name out of ``known``, in the forms of ``names``; raises ValueError for more or fewer.

    >>> name("place", ["north_gate", "south_gate"])("North gate")
    'north_gate'
    """
    wanted = f"the name of one {what} is wanted"
    read = _names(what, known, also, wanted)

    def read_name(value: Any) -> str:
        one, *more = read(value)
        if more:
            raise unreadable(value, wanted)
        return one

    return read_name


def names(what: str, known: Iterable[str], also: Mapping[str, str] = {}) -> Callable[[Any], frozenset[str]]:
    """A reader of a set of names out of ``known``; ``also`` gives other words that a name has.

    They come as a list, a set, or one text with commas, semicolons or "and". Capitals do not matter, and
    spaces, hyphens and underscores are alike. Raises ValueError for an unknown name, with the nearest.

    >>> places = names("place", ["north_gate", "south_gate"], also={"north_gate": "the gate to the hills"})
    >>> sorted(places("South-Gate and the gate to the hills"))
    ['north_gate', 'south_gate']
    >>> places(["nort_gate"])
    Traceback (most recent call last):
    ValueError: There is no place 'nort_gate'. Nearest: north_gate, south_gate.
    """
    return _names(what, known, also, f"names of {what}s are wanted")


def _names(
    what: str, known: Iterable[str], also: Mapping[str, str], wanted: str
) -> Callable[[Any], frozenset[str]]:
    forms = {words: found for found, words in also.items()} | {found: found for found in known}
    by_key = {_key(form): found for form, found in forms.items()}
    problem = partial(no_such, what, known=list(reversed(forms)))

    def read_names(value: Any) -> frozenset[str]:
        typed = [only(part) for part in parts(value)]
        if not typed or not all(isinstance(part, str) for part in typed):
            raise unreadable(value, wanted)
        return frozenset(one for part in typed for one in _names_in(part, by_key, problem))

    return read_names


def _names_in(typed: str, by_key: Mapping[str, str], problem: Callable[[str], str]) -> list[str]:
    """The names in one text. A name may hold a comma itself, so the longest that is known is taken."""
    pieces = [piece for piece in re.split(r"[,;\n]|\band\b", typed) if _key(piece)] or [typed]
    found, at = [], 0
    while at < len(pieces):
        ends = range(min(len(pieces), at + 4), at, -1)  # no name has more than three commas
        end = next((end for end in ends if _key(" ".join(pieces[at:end])) in by_key), None)
        if end is None:
            raise ValueError(problem(pieces[at].strip(_AROUND)[:ECHO]))
        found.append(by_key[_key(" ".join(pieces[at:end]))])
        at = end
    return found


def _key(words: str) -> str:
    """A name as it is compared: small letters, single spaces, no signs and no "and"."""
    return " ".join(part for part in re.split(r"[\W_]+", words.casefold()) if part and part != "and")


def mapping(
    what: str, keys: Iterable[str], read: Callable[[Any], T], missing: Any = None
) -> Callable[[Any], dict[str, T]]:
    """A reader of a value for each of these keys, each by ``read``; gives a dict in the order of ``keys``.

    The keys are read as ``names`` reads names. A key that is left out has the value ``missing``. Raises
    ValueError for an unknown key, for one twice, for those that have no value yet, and as ``read`` does.

    >>> mapping("group", ["old", "young"], whole_number, missing=100)({"Young": "20"})
    {'old': 100, 'young': 20}
    >>> mapping("group", ["old", "young"], whole_number)({"young": ...})
    Traceback (most recent call last):
    ValueError: nothing yet for old, young
    """
    wanted = tuple(keys)
    read_key = name(what, wanted)

    def read_mapping(value: Any) -> dict[str, T]:
        if not isinstance(value, (dict, MappingProxyType)):
            raise unreadable(value, f"a value for each {what} is wanted: {', '.join(wanted)}")
        given: dict[str, Any] = {}
        for typed, found in islice(value.items(), MOST):
            key = read_key(typed)
            if key in given:
                raise ValueError(f"{key} stands twice")
            given[key] = found
        left = [key for key in wanted if is_blank(given.get(key, missing))]
        if left:
            raise ValueError(f"nothing yet for {', '.join(left)}")
        return {key: _at(key, read, given.get(key, missing)) for key in wanted}

    return read_mapping


def _at(key: str, read: Callable[[Any], T], value: Any) -> T:
    try:
        return read(value)
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from None
