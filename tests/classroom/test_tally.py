"""Counts of a class: beside a count made one by one, in parts, and as a file from anybody."""

from __future__ import annotations

import dataclasses
import json
import random
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notthesame import questions
from notthesame.classroom import counts_file
from notthesame.classroom.counts_file import decode, encode
from notthesame.classroom.learners import Given, Learner, Mark
from notthesame.classroom.tally import Belief, Counts, Reached, Tally, added, tally
from notthesame.questions import Question
from notthesame.questions.asked import asked
from notthesame.questions.strict_json import Refused
from notthesame.statistics.items import Scale, Shares
from tests.questions.hostile_hand_ins import HOSTILE

KNOWN = questions.known_questions()


def a_mark(question: Question, dice: random.Random) -> Mark:
    """Any answer that a question allows."""
    if question.kind == "numeric":
        places = ["right", *(f"range {at + 1}" for at in range(len(question.ranges))), "otherwise"]
        pick = dice.choice(places)
        beliefs = [belief for label, _, belief in question.reasons() if belief and label == pick]
        return Mark((pick,), pick == "right", float(pick == "right"), tuple(beliefs[:1]))
    letters = dice.sample([*question.options], len(question.options))
    if question.kind == "ordering":
        return Mark(("".join(letters),), tuple(letters) == question.key, dice.random() * 0.9)
    picks = tuple(sorted(letters[: dice.randint(1, 2)] if question.kind == "multiple" else letters[:1]))
    wrong = [question.options[pick].misconception for pick in picks]
    right = picks == question.key
    return Mark(
        picks, right, float(right) or dice.choice([0.0, 0.5]), tuple(filter(None, dict.fromkeys(wrong)))
    )


def a_learner(dice: random.Random) -> Learner:
    """Somebody who got as far as some lesson, and left out a question here and there."""
    lessons = dice.sample(sorted(asked()), dice.randint(0, 14))
    names = [name for lesson in lessons for name in asked()[lesson] if dice.random() < dice.choice([0.6, 1])]
    given = {
        name: Given(
            a_mark(KNOWN[name], dice),
            a_mark(KNOWN[name], dice),
            dice.randint(1, 3),
            dice.choice([None, None, 0.0, 62.5, 65.0, 100.0]),
        )
        for name in names
    }
    return Learner(given, dice.randint(1, 3), dice.random() < 0.2)


def a_class(size: int, seed: int) -> list[Learner]:
    dice = random.Random(seed)
    return [a_learner(dice) for _ in range(size)]


@pytest.fixture(scope="module")
def learners() -> list[Learner]:
    whole = Learner({name: Given(a := a_mark(KNOWN[name], random.Random(name)), a) for name in KNOWN})
    return [*a_class(60, seed=15), whole, whole, Learner()]


@pytest.fixture(scope="module")
def counted(learners: list[Learner]) -> Tally:
    return tally(learners)


# --- beside a count one by one


def test_who_handed_in(learners: list[Learner], counted: Tally) -> None:
    assert (counted.learners, counted.hand_ins) == (63, sum(one.hand_ins for one in learners))
    assert 0 < counted.with_texts == sum(one.texts for one in learners)


def test_each_question(learners: list[Learner], counted: Tally) -> None:
    assert {*counted.questions} == {name for one in learners for name in one.given} == {*KNOWN}
    for name, found in counted.questions.items():
        own = [one.given[name] for one in learners if name in one.given]
        tens = {0.0: 0, 62.5: 60, 65.0: 70, 100.0: 100}
        sure = [(tens[given.sure], given.first.right) for given in own if given.sure is not None]
        picks = [pick for given in own for pick in given.first.picks]
        assert found == Counts(
            len(own),
            sum(given.first.right for given in own),
            sum(given.first.credit > 0 and not given.first.right for given in own),
            sum(given.tries > 1 for given in own),
            sum(given.latest.right for given in own),
            {pick: picks.count(pick) for pick in picks},
            {ten: (sum(t == ten for t, _ in sure), sum(t == ten and r for t, r in sure)) for ten, _ in sure},
        )


def test_each_misconception(learners: list[Learner], counted: Tally) -> None:
    for slug in questions.misconceptions():
        able = {name for name in KNOWN if slug in [belief for _, _, belief in KNOWN[name].reasons()]}
        met = [one for one in learners if able & {*one.given}]
        times = [sum(slug in given.first.beliefs for given in one.given.values()) for one in met]
        wanted = Belief(len(met), sum(map(bool, times)), sum(time > 1 for time in times))
        assert counted.beliefs.get(slug, Belief()) == wanted, slug
    assert any(found.twice for found in counted.beliefs.values())


def test_each_lesson(learners: list[Learner], counted: Tally) -> None:
    for number, own in asked().items():
        given = [{*own} & {*one.given} for one in learners]
        finished = sum(answered == {*own} for answered in given)
        assert counted.lessons[number] == Reached(sum(map(bool, given)), finished) and finished


def test_each_outcome(learners: list[Learner], counted: Tally) -> None:
    fits = {name: f"{one.taught:02}-{one.outcome}" for name, one in KNOWN.items()}
    for outcome in {*fits.values()}:
        own = [name for name in KNOWN if fits[name] == outcome and not name.startswith("00-pre-")]
        pairs = [
            (len(given), sum(mark.first.right for mark in given))
            for one in learners
            if (given := [one.given[name] for name in own if name in one.given])
        ]
        sums = [
            (len(pairs), sum(m for m, _ in pairs), sum(r for _, r in pairs), sum(m * m for m, _ in pairs)),
            (sum(r * r for _, r in pairs), sum(m * r for m, r in pairs)),
        ]
        assert counted.outcomes[outcome] == Shares(*sums[0], *sums[1]), outcome


def test_each_scale_and_both_forms(learners: list[Learner], counted: Tally) -> None:
    wanted = {
        number: [name for name in own if KNOWN[name].mode == "practice"] for number, own in asked().items()
    }
    tails = [name.removeprefix("00-pre-") for name in KNOWN if name.startswith("00-pre-")]
    wanted |= {
        "00-test": [f"00-pre-{tail}" for tail in tails],
        "13-test": [f"13-post-{tail}" for tail in tails],
    }
    assert {*counted.scales} == {*wanted}
    for scale, own in wanted.items():
        rows = [[one.given[name].first.right for name in own] for one in learners if {*own} <= {*one.given}]
        both = tuple(
            tuple(sum(row[a] and row[b] for row in rows) for b in range(len(own))) for a in range(len(own))
        )
        assert counted.scales[scale] == Scale(tuple(own), len(rows), both), scale
    assert counted.two is not None
    took = [one for one in learners if {*wanted["00-test"], *wanted["13-test"]} <= {*one.given}]
    x, y = (
        [sum(one.given[name].first.right for name in wanted[f]) for one in took]
        for f in ("00-test", "13-test")
    )
    two = counted.two
    assert (two.items, two.learners, two.x, two.y) == (len(tails), len(took), sum(x), sum(y))
    assert two.xy == sum(a * b for a, b in zip(x, y, strict=True)) and two.yy == sum(b * b for b in y)


def test_nobody_gives_nothing() -> None:
    assert tally([]) == Tally() and tally([Learner()]) == Tally(learners=1, hand_ins=1)


def test_a_question_that_the_course_does_not_ask_counts_nowhere() -> None:
    odd = Learner({"02-nowhere": Given(a := Mark(("a",), True, 1.0), a)})
    assert tally([odd]) == Tally(learners=1, hand_ins=1)


# --- in parts


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10**6), cuts=st.lists(st.integers(0, 40), min_size=9, max_size=9))
def test_ten_parts_are_the_whole_in_any_order(seed: int, cuts: list[int]) -> None:
    whole = a_class(40, seed)
    ends = [0, *sorted(cuts), 40]
    parts = [tally(whole[a:b]) for a, b in pairwise(ends)]
    random.Random(seed).shuffle(parts)
    together = Tally()
    for part in parts:
        together = added(together, part)
    assert together == tally(whole)
    assert encode(together) == encode(tally(whole))  # to the byte


def test_more_than_are_held_at_once_are_counted_alike(
    learners: list[Learner], counted: Tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notthesame.classroom.tally.CHUNK", 7)
    assert tally(iter(learners)) == counted


def test_counts_of_other_questions_do_not_add_up() -> None:
    one = Tally(scales={"02": Scale(("02-a",), 1, ((1,),))})
    with pytest.raises(ValueError, match="the scale 02 is not the same in both"):
        added(one, Tally(scales={"02": Scale(("02-b",), 1, ((1,),))}))


# --- as a file


def test_a_file_gives_back_what_was_counted(counted: Tally) -> None:
    assert decode(encode(counted)) == counted and decode(encode(Tally())) == Tally()
    assert encode(decode(encode(counted))) == encode(counted)
    assert len(encode(counted)) < 150_000


def sealed(change: Callable[[Any], object], counts: Tally) -> bytes:
    """A file with one thing changed in it, and a checksum that fits."""
    found = json.loads(encode(counts))
    change(found)
    found["check"] = counts_file._checksum({name: found[name] for name in counts_file._TOP})
    return json.dumps(found).encode()


def at(*names: Any, value: Any) -> Callable[[Any], object]:
    """Set a value far inside."""

    def change(found: Any) -> None:
        for name in names[:-1]:
            found = found[name]
        found[names[-1]] = value

    return change


Q, B = ("questions", "02-destitute"), ("beliefs", "unlawful-is-trafficked")
SPOILT: dict[str, tuple[Callable[[Any], object], str]] = {
    "learners below 0": (at("learners", value=-1), "learners: found -1; allowed: 0 to"),
    "learners true": (at("learners", value=True), "learners: found True"),
    "learners a part": (at("learners", value=63.0), "learners: found 63.0"),
    "learners fewer than answered": (at("learners", value=1), "found"),
    "hand-ins fewer than learners": (at("hand_ins", value=3), "hand_ins: found 3; allowed: 63 to"),
    "texts of more": (at("with_texts", value=64), "with_texts: found 64; allowed: 0 to 63"),
    "questions a list": (at("questions", value=[]), "questions: found []; allowed: an object"),
    "an unknown question": (at("questions", "02-nowhere", value={}), "questions: a name: found '02-nowhere'"),
    "markup for a name": (at("beliefs", "<script>", value={}), "beliefs: a name: found '<script>'"),
    "a count too few": (lambda found: found["questions"]["02-destitute"].pop("again"), "without again"),
    "a count too many": (at(*Q, "more", value=1), "02-destitute: a key: found 'more'"),
    "more right than answered": (at(*Q, "right", value=10**6), "02-destitute: right: found 1000000"),
    "partly and right": (at(*Q, "partly", value=63), "02-destitute: partly: found 63"),
    "a pick that is none": (at(*Q, "picks", "z", value=1), "picks: a name: found 'z'"),
    "picks of nobody": (at(*Q, "picks", value={}), "picks, in sum: found 0"),
    "picks of more": (at(*Q, "picks", value={"a": 63, "b": 63}), "02-destitute: picks"),
    "picks a list": (at(*Q, "picks", value=["a"]), "picks: found ['a']; allowed: an object"),
    "sure by fives": (at(*Q, "sure", value={"65": [1, 0]}), "sure: names: found ['65']"),
    "sure of one number": (at(*Q, "sure", value={"60": [1]}), "sure: 60: found [1]"),
    "sure and right of more": (at(*Q, "sure", value={"60": [1, 2]}), "sure: 60, right: found 2"),
    "sure of all twice": (
        lambda found: found["questions"]["02-destitute"].update(
            sure={ten: [found["questions"]["02-destitute"]["answered"], 0] for ten in ("0", "10")}
        ),
        "sure, in sum",
    ),
    "shown of more than met": (at(*B, "shown", value=64), "shown: found 64"),
    "twice of more than once": (at(*B, "twice", value=64), "twice: found 64"),
    "finished of more than begun": (at("lessons", "02", "finished", value=63), "lesson 02: finished"),
    "answers without sums": (at("outcomes", "02-1", "m", value=0), "outcome 02-1: m: found 0"),
    "squares that none have": (at("outcomes", "02-1", "mm", value=10**6), "outcome 02-1: mm: found"),
    "items of another scale": (at("scales", "02", "items", value=["x"]), "scale 02: items: found ['x']"),
    "a table that is none": (at("scales", "02", "both", value=[[1]]), "scale 02: both: found"),
    "a table with two sides": (at("scales", "02", "both", 0, 1, value=-1), "scale 02: both: found -1"),
    "one side of a table": (
        lambda found: found["scales"]["02"]["both"][0].__setitem__(
            1, found["scales"]["02"]["both"][0][1] + 1
        ),
        "scale 02: both: found",
    ),
    "other forms": (at("two", "items", value=3), "two: items: found 3; allowed: 15 to 15"),
    "products that none have": (at("two", "xx", value=10**6), "two: xx: found"),
    "two a list": (at("two", value=[]), "two: found []"),
    "bank a list": (at("bank", value=[]), "bank: found []"),
    "another bank": (at("bank", "02", value="0"), "counted with other questions than this course has"),
    "a bank of more": (at("bank", "<b>", value="0"), "(1 lesson: others)"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_counts_that_cannot_be_are_refused_in_one_line(name: str, counted: Tally) -> None:
    change, words = SPOILT[name]
    with pytest.raises(Refused) as told:
        decode(sealed(change, counted))
    assert words in str(told.value) and "\n" not in str(told.value) and len(str(told.value)) < 400


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_hand_in_is_no_file_of_counts_either(name: str) -> None:
    with pytest.raises(Refused):
        decode(HOSTILE[name][0])


def test_a_file_that_was_changed_is_refused(counted: Tally) -> None:
    with pytest.raises(Refused, match="its checksum does not fit"):
        decode(encode(counted).replace(b'"learners": 63', b'"learners": 64', 1))


def test_cut_anywhere_it_is_refused(counted: Tally) -> None:
    content = encode(counted)
    for end in range(0, len(content) - 2, 997):
        with pytest.raises(Refused):
            decode(content[:end])


def test_words_may_change_between_parts_and_what_is_right_may_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """A spelling mended in the middle of a course loses no counts; another key is named by its lesson."""
    own, question = counts_file._bank(), KNOWN["02-destitute"]

    def with_change(**values: Any) -> list[str]:
        changed = {**KNOWN, question.id: dataclasses.replace(question, **values)}
        monkeypatch.setattr(questions, "known_questions", lambda: changed)
        found = counts_file._bank.__wrapped__()  # type: ignore[attr-defined]
        return [number for number in own if own[number] != found[number]]

    assert with_change(stem="Other words?") == with_change(case="A case.") == []
    assert with_change(key=("a",)) == with_change(outcome=9) == with_change(mode="test") == ["02"]
    believed = dataclasses.replace(question.options["a"], misconception="another-belief")
    assert with_change(options={**question.options, "a": believed}) == ["02"]


def test_the_parts_of_a_tally_have_no_floats(counted: Tally) -> None:
    """Sums of whole numbers add up exactly, and numpy's own numbers are no JSON."""

    def numbers(value: Any) -> Sequence[type]:
        if isinstance(value, dict):
            return [kind for part in value.values() for kind in numbers(part)]
        if isinstance(value, (list, tuple)):
            return [kind for part in value for kind in numbers(part)]
        return [] if isinstance(value, str) else [type(value)]

    assert {*numbers(dataclasses.asdict(counted))} == {int}
