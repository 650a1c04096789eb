"""The readers of answers: each form of a number, text, letter or name means one thing in every check."""

from __future__ import annotations

import doctest
import itertools
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notthesame import _reading, exercise_readers, exercise_tests
from notthesame._reading import ECHO, MOST, is_blank, members, shown
from notthesame.evidence import Value
from notthesame.exercise_readers import (
    letter_set,
    letters,
    mapping,
    name,
    names,
    number,
    pair,
    text,
    whole_number,
    word,
)
from tests.ordinary import MINUS, NO_NUMBERS, NUMBERS

Read = Callable[[Any], Any]
PLACES = ("north_gate", "q2-voids", "labour, forced")
READERS: dict[str, Read] = {
    "number": number,
    "whole number": whole_number,
    "pair": pair(number, "two numbers"),
    "text": text,
    "word": word,
    "letters": letters("abc", 3),
    "marks": letters("012?", 3, each_once=False, what="mark"),
    "letter set": letter_set("abc"),
    "name": name("place", PLACES, also={"north_gate": "the gate to the hills"}),
    "names": names("place", PLACES, also={"north_gate": "the gate to the hills"}),
    "mapping": mapping("group", ("old", "very_young"), whole_number),
}


@pytest.mark.parametrize("module", [_reading, exercise_readers, exercise_tests], ids=lambda m: m.__name__)
def test_the_examples_in_the_docstrings_are_true(module: ModuleType) -> None:
    done = doctest.testmod(module)
    public = [found for found in vars(module).values() if getattr(found, "__module__", "") == module.__name__]
    functions = [found for found in public if callable(found) and not found.__name__.startswith("_")]
    assert done.failed == 0 and functions
    assert all(">>> " in (found.__doc__ or "") for found in functions)


# --- numbers


@pytest.mark.parametrize(("given_", "read"), NUMBERS, ids=shown)
def test_every_form_of_a_number_is_read(given_: Any, read: float) -> None:
    assert number(given_) == pytest.approx(read, rel=1e-12) and type(number(given_)) is float
    assert pair(number, "two numbers")([given_, 1])[0] == number(given_)
    assert mapping("x", ["x"], number)({"X": given_}) == {"x": number(given_)}
    if float(read).is_integer():
        assert whole_number(given_) == read and type(whole_number(given_)) is int
    else:
        with pytest.raises(ValueError, match="a whole number is wanted"):
            whole_number(given_)


@pytest.mark.parametrize("given_", NO_NUMBERS, ids=shown)
def test_what_is_no_finite_number_is_refused_in_one_plain_line(given_: Any) -> None:
    for read in (number, whole_number):
        with pytest.raises(ValueError, match=r"^found .*; (one|a) number .*is wanted") as refused:
            read(given_)
        assert len(str(refused.value)) < ECHO + 60 and "\n" not in str(refused.value)
        assert "0x" not in str(refused.value) or given_ == "0x10"


def test_a_whole_number_is_one_that_can_be_counted() -> None:
    assert whole_number(10**15) == 10**15
    for value in (10**16, "1e300", -1e20):
        with pytest.raises(ValueError, match="a whole number is wanted"):
            whole_number(value)


finite = st.floats(-1e9, 1e9, allow_nan=False)


@given(finite)
def test_a_number_reads_the_same_in_all_that_can_hold_it(value: float) -> None:
    held = [value, Decimal(value), Fraction(value), np.float64(value), pd.Series([value]), (value,)]
    held += [np.array(value), repr(value), f"{value!r} days", Value("x", value, "days", "x")]
    assert {number(form) for form in held} == {value}


@given(st.integers(-(10**9), 10**9), st.integers(0, 99))
def test_the_comma_of_thousands_and_the_comma_of_decimals(whole: int, hundredths: int) -> None:
    wanted = float(f"{whole}.{hundredths:02}")
    assert number(f"{whole:,}") == number(f"{whole:,}".replace("-", MINUS)) == whole
    assert number(f"{whole},{hundredths:02}") == number(f"{whole:,}.{hundredths:02}") == wanted


@given(st.text(max_size=30))
def test_any_text_is_a_finite_number_or_refused(typed: str) -> None:
    try:
        assert abs(number(typed)) < float("inf")
    except ValueError as error:
        assert str(error).startswith("found ")


# --- what no reader may run through, nor repeat in full


class Endless(list[int]):
    """A list that says it is short and never ends."""

    def __iter__(self) -> Iterator[int]:
        return itertools.count()


class Deep:
    """Something that has everything anybody asks it for."""

    def __getattr__(self, name: str) -> Any:
        return self


UNBOUNDED: dict[str, Callable[[], Any]] = {
    "generator": lambda: (n for n in itertools.count()),
    "count": itertools.count,
    "cycle": lambda: itertools.cycle("abc"),
    "map": lambda: map(str, itertools.count()),
    "endless list": lambda: Endless([1]),
    "many": lambda: ["a"] * 10**6,
    "long array": lambda: np.zeros(10**6),
    "long column": lambda: pd.Series(["a"] * 10**5),
    "long text": lambda: "abc " * 10**5,
    "long word": lambda: "z" * 10**6,
    "huge": lambda: 10**5000,
    "deep": Deep,
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", UNBOUNDED)
def test_nothing_is_run_through_without_end_or_repeated_at_length(reader: str, kind: str) -> None:
    value = UNBOUNDED[kind]()
    if kind.startswith("long ") and isinstance(value, str) and reader in ("text", "word"):
        return  # a long text is a text
    if (reader, kind) == ("letter set", "long text"):
        return  # it holds the letters a, b and c
    with pytest.raises(ValueError) as refused:
        READERS[reader](value)
    assert len(str(refused.value)) < ECHO + 120


def test_of_a_long_list_no_more_is_taken_than_shows_that_it_is_long() -> None:
    for value in (Endless(), [0] * 10**6, np.zeros(10**6)):
        assert len(members(value) or ()) == MOST + 1
    assert members({"a": 1}) is members("ab") is members(iter("ab")) is members(range(3)) is None


@given(st.one_of(st.text(min_size=90), st.lists(st.integers(), min_size=50), st.integers(10**90)))
def test_an_echo_is_short_and_in_one_line(value: Any) -> None:
    assert len(shown(value)) <= ECHO and "\n" not in shown(value)


def test_an_echo_is_the_same_each_time() -> None:
    assert shown(object()) == shown(object()) == "<object object>"
    assert shown({"b", "a", "c"}) == "{'a', 'b', 'c'}"
    assert shown([10**5000]) == "[a whole number of about 5001 digits]"
    assert shown({"a": (-(10**400),)}) == "{'a': (a whole number of about 401 digits,)}"
    assert shown(np.zeros((2, 2))) == "array([[0., 0.], [0., 0.]])"


@pytest.mark.parametrize(
    "value", ["", "...", " .\n", None, ..., [], (), set(), {}, [..., [""]], {"a": {"b": [None]}}], ids=repr
)
def test_what_is_blank(value: Any) -> None:
    assert is_blank(value)


@pytest.mark.parametrize(
    "value", [0, False, "0", [..., 0], {"a": {"b": "c"}}, [[[[]]]], np.zeros(2), pd.Series([1, 2])], ids=shown
)
def test_what_is_not_blank(value: Any) -> None:
    assert not is_blank(value)


# --- pairs, texts, letters, names, tables

THREE, PLACE_NAMES = READERS["letters"], READERS["names"]
# A reader, what it reads, and what all of these forms mean to it.
MEANS: list[tuple[str, Any, list[Any]]] = [
    ("pair", (10, 20), [[10, 20], (10, 20), ["10 %", "20"], [[10], [20]], {10: 1, 20: 2}.keys()]),
    ("pair", (10, 20), [np.array([10, 20]), pd.Series([10, 20])]),
    ("pair", (10, 20), ["10, 20", "10,20", "10; 20", "[10, 20]", "(10 20)", "10 and 20", "10 to 20"]),
    ("pair", (10, 20), ["between 10 and 20", "from 10 to 20", "10\u201320", "10 %, 20 %", "ten to twenty"]),
    ("pair", (10, 20), ["10 votes and 20 votes", "10 votes, 20 votes"]),
    ("pair", (0.9, 1.1), ["0,9; 1,1", "0,9 1,1", "0.9, 1.1", "0,9 to 1,1", "0,9, 1,1", ["0,9", 1.1]]),
    ("pair", (-1, 1), [f"{MINUS}1 to 1", "-1, 1"]),
    ("text", "one two", ["one two", " one\n two ", ["one  two"], np.str_("one two")]),
    ("word", "00-blank", ["00-blank", ' "00-Blank". ', ["00-blank"], "[\u201c00-BLANK\u201d]"]),
    ("letters", "bac", ["bac", "BAC", "b a c", "b, a, c.", "b; a; c", "b > a > c", "(b) (a) (c)", "ｂａｃ"]),
    ("letters", "bac", [["b", "a", "c"], ("B", "A", "C"), ["b.", " a", "c)"], ["ba", "c"], ["bac"]]),
    ("letters", "bac", [np.array(["b", "a", "c"]), pd.Series(list("bac")), "b, a and c", '["b", "a", "c"]']),
    ("marks", "21?", ["21?", "2 1 ?", [2, 1, "?"], ["2", "1", "?"], "２１？"]),
    ("marks", "211", [211, [2, 1, 1], np.array([2, 1, 1]), "2, 1, 1"]),
    ("letter set", {"b"}, ["b", "B", '"b"', ["b"], ("b",), {"b"}, " b. ", "bb", [["b"]]]),
    ("letter set", {"a", "c"}, ["a and c", "ca", "A, C", ["a", "c"], {"a", "c"}, "c;a"]),
    ("name", "north_gate", ["north_gate", "North gate", "north-GATE.", ["north_gate"], {" north gate "}]),
    ("name", "north_gate", ['"north_gate"', "The gate to the hills"]),
    ("name", "labour, forced", ["labour, forced", "Labour forced", ["labour, forced"]]),
    ("names", {"north_gate", "q2-voids"}, [["north_gate", "q2-voids"], {"Q2 voids", "north gate"}]),
    ("names", {"north_gate", "q2-voids"}, ["north_gate, q2-voids", "Q2_voids; north gate"]),
    ("names", {"north_gate", "q2-voids"}, ["the gate to the hills and q2-voids", ["north_gate, q2-voids"]]),
    (
        "names",
        {"north_gate", "q2-voids"},
        ['["north_gate", "q2-voids"]', pd.Index(["q2 voids", "north gate"])],
    ),
    ("names", set(PLACES), ["labour, forced, north_gate and q2-voids"]),
    ("names", {"north_gate"}, ["north_gate"]),
    ("mapping", {"old": 1, "very_young": 2}, [{"very_young": 2, "old": 1}]),
    ("mapping", {"old": 1, "very_young": 2}, [{"Very young": "2 people", "OLD": np.float64(1)}]),
]
# A reader, what it says, and what it cannot read.
SAYS: list[tuple[str, str, list[Any]]] = [
    ("pair", "two numbers are wanted, in their order", [[1], [1, 2, 3], {1, 2}, 5, "5", "1,2,3", None]),
    ("pair", "found 'a'; one number is wanted", [["a", 2]]),
    ("pair", "found 'x'; one number is wanted", ["1 to x"]),
    ("text", "; a text is wanted", [7, ["a", "b"], None, b"text", {"a": 1}]),
    ("word", "; a text is wanted", [7]),
    ("letters", "the letters are a, b, c", ["abx", 7, ["a", 7.5, "b"], [None], True, {"a": 1}, -1]),
    (
        "letters",
        "found 2 letters, 2 of them different; 3 letters are wanted, in their order, each once",
        ["ab"],
    ),
    ("letters", "found 3 letters, 2 of them different", ["aab"]),
    ("letters", "3 letters are wanted, in their order", [{"a", "b", "c"}]),
    ("marks", "the marks are 0, 1, 2, ?", ["213", [2.0, 1.0, 1.0], "2a1"]),
    ("marks", "found 2 marks, 2 of them different; 3 marks are wanted, in their order", ["21"]),
    ("letter set", "at least one letter is wanted", [", ."]),
    ("letter set", "the letters are a, b, c", ["abx", 7]),
    ("name", "the name of one place is wanted", [7, None, [], ["north_gate", "q2-voids"], [7]]),
    ("name", "There is no place 'north_gat'. Nearest: north_gate", ["north_gat", ["north_gat"]]),
    ("names", "names of places are wanted", [7, None, [], [7], [["north_gate", "q2-voids"]]]),
    ("names", "There is no place 'north_gat'. Nearest: north_gate", ["q2-voids, north_gat"]),
    ("names", "There is no place ''", [["north_gate", ""]]),
    ("names", "Nearest: the gate to the hills", ["q2-voids and the gate to the hill"]),
    ("mapping", "a value for each group is wanted: old, very_young", [7, "old", [1, 2], None]),
    ("mapping", "nothing yet for very_young", [{"old": 1}]),
    ("mapping", "nothing yet for old, very_young", [{"old": ..., "very_young": "..."}]),
    ("mapping", "old stands twice", [{"old": 1, "Old": 2, "very_young": 3}]),
    ("mapping", "There is no group 'young'. Nearest: very_young", [{"old": 1, "young": 2}]),
    ("mapping", "very_young: found 2.5; a whole number is wanted", [{"old": 1, "very_young": 2.5}]),
    ("mapping", "found 7; the name of one group is wanted", [{7: 1}]),
]
READ = [(reader, value, read) for reader, read, values in MEANS for value in values]
REFUSED = [(reader, value, words) for reader, words, values in SAYS for value in values]


@pytest.mark.parametrize(("reader", "value", "read"), READ, ids=shown)
def test_every_form_is_read(reader: str, value: Any, read: Any) -> None:
    assert READERS[reader](value) == read


@pytest.mark.parametrize(("reader", "value", "words"), REFUSED, ids=shown)
def test_another_form_is_refused_with_what_was_found_and_what_is_wanted(
    reader: str, value: Any, words: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(words)) as refused:
        READERS[reader](value)
    assert "quotation" not in str(refused.value)


def test_and_is_no_word_between_letters_that_could_be_its_own() -> None:
    assert letters("nabd", 5, each_once=False)("n and b") == "nandb"


def test_what_is_left_out_of_a_table_has_the_number_that_the_check_gives() -> None:
    read = mapping("group", ["old", "young"], whole_number, missing=100)
    assert read({"young": 0}) == {"old": 100, "young": 0}
    with pytest.raises(ValueError, match="nothing yet for old"):
        read({"old": ..., "young": 1})


@given(
    st.sets(st.sampled_from(PLACES), min_size=1), st.sampled_from(["; ", " and ", ", ", "\n"]), st.booleans()
)
def test_names_in_one_text_mean_what_they_mean_in_a_list(chosen: set[str], between: str, loud: bool) -> None:
    typed = between.join(found.upper() if loud else found for found in sorted(chosen))
    assert PLACE_NAMES(typed) == PLACE_NAMES(sorted(chosen)) == chosen


@given(st.permutations("abc"), st.sampled_from(["", " ", ", ", ";", " > "]))
def test_letters_in_one_text_mean_what_they_mean_in_a_list(order: list[str], between: str) -> None:
    assert THREE(between.join(order)) == THREE(order) == "".join(order)
