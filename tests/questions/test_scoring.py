"""Scoring, as properties: what must hold for every question and every response."""

from __future__ import annotations

import datetime
import itertools
import re
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from notthesame import questions
from notthesame._reading import shown
from notthesame.questions import Diagnosis, Option, Question, Span, scoring
from notthesame.questions.scoring import ResponseError, read_response, score

LETTERS = "abcdefgh"
STATUSES = {"not attempted", "wrong", "partly right", "right"}


def question(kind: str, key: tuple[str, ...] = (), options: int = 0, **more: Any) -> Question:
    return Question(
        id="02-made-up",
        lesson=2,
        outcome=1,
        bloom="apply",
        kind=kind,
        stem="Which?",
        section="Somewhere",
        author="A test",
        reviewed=datetime.date(2026, 1, 1),
        options={
            letter: Option(f"text {letter}", f"reason {letter}", None if letter in key else f"slip-{letter}")
            for letter in LETTERS[:options]
        },
        key=key,
        **more,
    )


def numeric(value: float, tolerance: float = 0.0, *spans: Span) -> Question:
    otherwise = Diagnosis("some other number", "other")
    return question(
        "numeric",
        value=value,
        tolerance=tolerance,
        unit="years",
        reason="yes",
        ranges=spans,
        otherwise=otherwise,
    )


@st.composite
def multiples(draw: st.DrawFn) -> Question:
    size = draw(st.integers(2, 8))
    letters = LETTERS[:size]
    key = draw(st.sets(st.sampled_from(letters), min_size=1, max_size=size - 1))
    return question("multiple", tuple(sorted(key)), size)


@st.composite
def singles(draw: st.DrawFn) -> Question:
    size = draw(st.integers(2, 8))
    return question("single", (draw(st.sampled_from(LETTERS[:size])),), size)


@st.composite
def orderings(draw: st.DrawFn) -> Question:
    size = draw(st.integers(2, 7))
    return question("ordering", tuple(draw(st.permutations(LETTERS[:size]))), size)


any_question = st.one_of(
    singles(), multiples(), orderings(), st.builds(numeric, st.integers(-99, 99), st.floats(0, 5))
)


def response_for(draw: Any, asked: Question) -> Any:
    letters = list(asked.options)
    if asked.kind == "numeric":
        return draw(st.floats(-1e6, 1e6))
    if asked.kind == "single":
        return draw(st.sampled_from(letters))
    if asked.kind == "ordering":
        return draw(st.permutations(letters))
    return draw(st.lists(st.sampled_from(letters), unique=True))


# --- every kind -------------------------------------------------------------------------------------


@given(any_question, st.data())
def test_credit_lies_in_0_to_1_and_agrees_with_the_status(asked: Question, data: st.DataObject) -> None:
    outcome = score(asked, response_for(data.draw, asked))
    assert outcome.status in STATUSES
    if outcome.status == "not attempted":
        assert outcome.credit is None and outcome.feedback == ()
        return
    assert outcome.credit is not None and 0 <= outcome.credit <= 1
    expected = {
        "right": outcome.credit == 1,
        "wrong": outcome.credit == 0,
        "partly right": 0 < outcome.credit < 1,
    }
    assert expected[outcome.status]
    assert outcome.feedback and all(part.text for part in outcome.feedback)


@given(any_question, st.sampled_from([None, ..., "", "  ", [], (), ",", "\n"]))
def test_blank_never_scores_and_is_not_wrong(asked: Question, blank: Any) -> None:
    assume(not (asked.kind == "numeric" and blank == ","))
    assert score(asked, blank) == scoring.Score("not attempted", None)


@given(any_question, st.data())
def test_scoring_again_what_was_scored_gives_the_same(asked: Question, data: st.DataObject) -> None:
    typed = response_for(data.draw, asked)
    read = read_response(asked, typed)
    assert read_response(asked, read) == read
    assert score(asked, read) == score(asked, typed) == score(asked, typed)


# --- single -----------------------------------------------------------------------------------------


@given(singles())
def test_a_single_choice_is_right_for_its_key_and_wrong_for_the_rest(asked: Question) -> None:
    for letter in asked.options:
        outcome = score(asked, letter)
        assert (outcome.status, outcome.credit) == (("right", 1.0) if letter in asked.key else ("wrong", 0.0))
        [feedback] = outcome.feedback
        assert feedback.label == letter.upper() and feedback.text == f"reason {letter}"
        assert feedback.misconception == (None if letter in asked.key else f"slip-{letter}")


# --- multiple ---------------------------------------------------------------------------------------


@given(multiples(), st.data())
def test_the_order_of_picks_never_matters(asked: Question, data: st.DataObject) -> None:
    picks = data.draw(st.lists(st.sampled_from(list(asked.options)), unique=True, min_size=1))
    assert score(asked, data.draw(st.permutations(picks))) == score(asked, picks)
    assert score(asked, ", ".join(picks)) == score(asked, picks)


@given(multiples(), st.data())
def test_an_extra_wrong_pick_never_helps(asked: Question, data: st.DataObject) -> None:
    picks = data.draw(st.lists(st.sampled_from(list(asked.options)), unique=True, min_size=1))
    wrong = sorted(set(asked.options) - set(asked.key) - set(picks))
    assume(wrong)
    before, after = (
        score(asked, picks).credit,
        score(asked, [*picks, data.draw(st.sampled_from(wrong))]).credit,
    )
    assert before is not None and after is not None and after <= before
    assert after < before or before == 0


@given(multiples(), st.data())
def test_a_right_pick_more_never_hurts(asked: Question, data: st.DataObject) -> None:
    picks = data.draw(st.lists(st.sampled_from(list(asked.options)), unique=True, min_size=1))
    right = sorted(set(asked.key) - set(picks))
    assume(right)
    before, after = score(asked, picks).credit, score(asked, [*picks, right[0]]).credit
    assert before is not None and after is not None and after >= before


@given(multiples())
def test_ticking_everything_never_pays(asked: Question) -> None:
    outcome = score(asked, list(asked.options))
    assert (outcome.status, outcome.credit) == ("wrong", 0.0)


@given(multiples())
def test_only_the_key_earns_everything(asked: Question) -> None:
    letters = list(asked.options)
    full = [
        picks
        for n in range(1, len(letters) + 1)
        for picks in combinations(letters, n)
        if score(asked, list(picks)).credit == 1
    ]
    assert full == [asked.key]


def test_feedback_of_a_multiple_choice_covers_picks_and_what_was_missed() -> None:
    outcome = score(question("multiple", ("a", "c"), 4), ["a", "b"])
    assert [(part.label, part.misconception) for part in outcome.feedback] == [
        ("A", None),
        ("B", "slip-b"),
        ("C", None),
    ]


# --- ordering ---------------------------------------------------------------------------------------


def inversions(key: tuple[str, ...], order: list[str]) -> int:
    return sum(order.index(first) > order.index(second) for first, second in combinations(key, 2))


@given(orderings(), st.data())
def test_the_credit_of_an_order_falls_with_its_inversions(asked: Question, data: st.DataObject) -> None:
    one, other = (list(data.draw(st.permutations(asked.key))) for _ in range(2))
    credit_one, credit_other = score(asked, one).credit, score(asked, other).credit
    assert credit_one is not None and credit_other is not None
    if inversions(asked.key, one) <= inversions(asked.key, other):
        assert credit_one >= credit_other
    assert (credit_one == 1) == (one == list(asked.key))


def test_an_order_earns_partial_credit_and_its_reverse_none() -> None:
    asked = question("ordering", ("c", "a", "b", "d"), 4)
    assert score(asked, "cabd").credit == 1
    near = score(asked, "acbd")
    assert near.status == "partly right" and near.credit == pytest.approx(2 / 3)
    assert [part.label for part in near.feedback] == ["A", "C"]
    assert score(asked, "dbac").credit == 0


# --- numeric ----------------------------------------------------------------------------------------


cents = st.integers(-10_000, 10_000).map(lambda n: Decimal(n) / 100)


@given(cents, st.integers(0, 500).map(lambda n: Decimal(n) / 100), st.sampled_from([-1, 1]))
def test_the_tolerance_is_inclusive_on_both_sides_and_ends_there(
    answer: Decimal, width: Decimal, side: int
) -> None:
    asked = numeric(float(answer), float(width))
    assert score(asked, float(answer + side * width)).status == "right"
    assert score(asked, str(answer + side * width)).status == "right"
    assert score(asked, float(answer + side * (width + Decimal("0.01")))).status == "wrong"


@given(cents, cents)
def test_without_tolerance_only_the_value_itself_is_right(answer: Decimal, other: Decimal) -> None:
    assert (score(numeric(float(answer)), float(other)).status == "right") == (answer == other)


def test_a_typical_wrong_number_gets_its_own_reason() -> None:
    spans = (Span("too low", "low-slip", None, 9), Span("ten", "ten-slip", 10, 10))
    asked = numeric(15, 0, *spans)
    said = {value: score(asked, value).feedback[0] for value in (15, 9, -3, 10, 12)}
    assert [said[v].text for v in said] == ["yes", "too low", "too low", "ten", "some other number"]
    assert (
        said[15].misconception is None
        and said[10].misconception == "ten-slip"
        and said[12].misconception == "other"
    )


def test_the_tolerance_comes_before_the_ranges() -> None:
    assert score(numeric(15, 1, Span("slip", "slip", 10, 20)), 16).status == "right"


# --- reading responses ------------------------------------------------------------------------------

SINGLE = question("single", ("b",), 4)
MULTIPLE = question("multiple", ("a", "c"), 4)
ORDER = question("ordering", ("c", "a", "b", "d"), 4)
NUMBER = numeric(15)


@pytest.mark.parametrize(
    ("asked", "typed", "read"),
    [
        (SINGLE, "b", "b"),
        (SINGLE, " B ", "b"),
        (SINGLE, ["b"], "b"),
        (MULTIPLE, "a, c", ["a", "c"]),
        (MULTIPLE, "C;A", ["a", "c"]),
        (MULTIPLE, "ca", ["a", "c"]),
        (MULTIPLE, ["c", "a"], ["a", "c"]),
        (MULTIPLE, ("c", "a"), ["a", "c"]),
        (MULTIPLE, {"c", "a"}, ["a", "c"]),
        (MULTIPLE, "b", ["b"]),
        (ORDER, "cabd", ["c", "a", "b", "d"]),
        (ORDER, "C, A, B, D", ["c", "a", "b", "d"]),
        (ORDER, ["d", "c", "b", "a"], ["d", "c", "b", "a"]),
        (NUMBER, 15, 15.0),
        (NUMBER, "15", 15.0),
        (NUMBER, " 15.0 ", 15.0),
        (NUMBER, "1,500", 1500.0),
        (NUMBER, "-3.5", -3.5),
        (NUMBER, "\N{MINUS SIGN}3.5", -3.5),
        (NUMBER, ".5", 0.5),
        (NUMBER, "0,5", 0.5),
        (NUMBER, "15 years", 15.0),
        (NUMBER, "15 %", 15.0),
        (NUMBER, "fifteen", 15.0),
        (NUMBER, [15], 15.0),
        (NUMBER, 0, 0.0),
        (NUMBER, Decimal("2.5"), 2.5),
    ],
)
def test_every_documented_form_is_read(asked: Question, typed: Any, read: Any) -> None:
    assert read_response(asked, typed) == read


@pytest.mark.parametrize(
    ("asked", "typed", "allowed"),
    [
        (SINGLE, "z", "letters of a, b, c, d"),
        (SINGLE, "ab", "one letter of a, b, c, d"),
        (SINGLE, 2, "letters of a, b, c, d"),
        (MULTIPLE, "aa", "each at most once"),
        (MULTIPLE, ["a", "x"], "letters of a, b, c, d"),
        (MULTIPLE, True, "letters of a, b, c, d"),
        (ORDER, "cab", "all of a, b, c, d"),
        (ORDER, "cabb", "each at most once"),
        (ORDER, {"a", "b", "c", "d"}, "in your order"),
        (NUMBER, "about fifteen", "one number, in years"),
        (NUMBER, "1,5,0", "one number, in years"),
        (NUMBER, "1 5", "one number, in years"),
        (NUMBER, "15 or 16", "one number, in years"),
        (NUMBER, True, "one number, in years"),
        (NUMBER, float("nan"), "one number, in years"),
        (NUMBER, float("inf"), "one number, in years"),
        (NUMBER, "1e999", "one number, in years"),
        (NUMBER, [15, 16], "one number, in years"),
    ],
)
def test_other_forms_are_refused_naming_question_found_and_allowed(
    asked: Question, typed: Any, allowed: str
) -> None:
    with pytest.raises(ResponseError) as refused:
        read_response(asked, typed)
    message = str(refused.value)
    assert "02-made-up" in message and shown(typed) in message and allowed in message
    with pytest.raises(ResponseError):
        score(asked, typed)


@pytest.mark.parametrize("asked", [SINGLE, MULTIPLE, ORDER, NUMBER], ids=lambda asked: asked.kind)
@pytest.mark.parametrize(
    "typed",
    [itertools.count(), 10**5000, "x" * 10_000, ["a"] * 10**6],
    ids=["endless", "huge", "long", "many"],
)
def test_the_endless_and_the_huge_are_refused_in_a_short_line(asked: Question, typed: Any) -> None:
    with pytest.raises(ResponseError) as refused:
        read_response(asked, typed)
    assert len(str(refused.value)) < 200


@given(any_question, st.text(max_size=12))
def test_any_text_is_read_or_refused(asked: Question, typed: str) -> None:
    try:
        read = read_response(asked, typed)
    except ResponseError as refused:
        assert asked.id in str(refused)
    else:
        assert score(asked, read).status in STATUSES


def test_nothing_in_the_package_checks_input_with_assert() -> None:
    folder = Path(scoring.__file__).parents[1]
    files = sorted(folder.rglob("*.py"))
    assert files
    for path in files:
        assert not re.search(r"^\s*assert\b", path.read_text(encoding="utf-8"), re.M), path.name


def test_every_key_of_the_bank_scores_right() -> None:
    for asked in questions.known_questions().values():
        response: Any = asked.value if asked.kind == "numeric" else list(asked.key)
        assert score(asked, response).status == "right", asked.id
