"""Every question, read back from every format: field by field, and answered as a learner would."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from notthesame import lessons, questions
from notthesame.classroom import exports, gift, items, moodle, paper, qti
from notthesame.classroom.items import Export
from notthesame.course import course
from notthesame.questions import Question, Span, scoring
from tests.classroom import readers
from tests.classroom.readers import Answer, Read
from tests.node_tools import tool

# Moodle's own list of grades (question_bank::fraction_options_full); each may be negative.
GRADES = "100 90 83.33333 80 75 70 66.66667 60 50 40 33.33333 30 25 20 16.66667 14.28571 12.5 11.11111 10 5 0"
NOTHING = Fraction(1, 1_000_000)  # question_state takes less for a wrong answer
EVERY = {question.id: question for question in questions.known_questions().values()}
TITLES = {book.number: book.title.partition(" ")[2] for book in lessons.read_all(course().lessons)}
ORDERS = [name for name, question in EVERY.items() if question.kind == "ordering"]


@pytest.fixture(scope="module")
def made() -> Mapping[str, Export]:
    groups = items.groups(tests=True)
    return {name: write(groups) for name, write in exports.FORMATS.items()}


@pytest.fixture(scope="module")
def from_moodle(made: Mapping[str, Export]) -> list[Read]:
    return readers.moodle(made["moodle"].files[moodle.FILE])


@pytest.fixture(scope="module")
def library() -> Path:
    return tool("gift-pegjs/pegjs-gift.js")


@pytest.fixture(scope="module")
def from_gift(made: Mapping[str, Export], node: str, library: Path) -> list[Read]:
    (tree,) = readers.gift_trees([made["gift"].files[gift.FILE].decode("utf-8")], node, library)
    return readers.gift(tree)


def in_order(question: Question) -> list[str]:
    """An order with its reasons, as the lines of a comment."""
    number = f"{question.lesson:02}"
    options = [question.options[letter] for letter in question.key]
    return [f"{n}. {o.text}: {readers.named(o.reason, number)}" for n, o in enumerate(options, 1)]


def expected(question: Question) -> Read:
    """The question as Moodle should have it."""
    number = f"{question.lesson:02}"
    title = f"Test of lesson {number}" if question.mode == "test" else f"Lesson {number}: {TITLES[number]}"
    group = f"$course$/top/Not the Same/{title.replace('/', '//')}"
    general = [*(in_order(question) if question.kind == "ordering" else ()), readers.place_of(question)]
    kind = {"numeric": "numerical"}.get(question.kind, question.kind)
    return Read(
        question.id, group, kind, readers.stem_of(question), "\n".join(general), tuple(answers(question))
    )


def answers(question: Question) -> list[Answer]:
    number = f"{question.lesson:02}"
    if question.kind == "numeric":
        assert question.otherwise
        right = Answer(f"{question.value:.15g}", question.reason, "100", f"{question.tolerance:.15g}")
        wrong = [
            Answer(f"{(low + high) / 2:.12g}", span.reason, "0", f"{(high - low) / 2:.12g}")
            for span in question.ranges
            if (low := span.low) is not None and (high := span.high) is not None
        ]
        found = [right, *wrong, Answer("*", question.otherwise.reason, "0", "0")]
    elif question.kind == "ordering":
        placed = [question.options[letter] for letter in question.key]
        found = [Answer(o.text, o.reason, str(n)) for n, o in enumerate(placed, 1)]
    else:
        few, many = len(question.key), len(question.options) - len(question.key)
        gain, loss = (100, 0) if question.kind == "single" else (100 / few, -100 / many)
        found = [
            Answer(o.text, o.reason, f"{gain if letter in question.key else loss:.7g}")
            for letter, o in question.options.items()
        ]
    return [replace(answer, reason=readers.named(answer.reason, number)) for answer in found]


# --- Moodle -------------------------------------------------------------------------------------------------


def test_moodle_holds_every_question_field_by_field(from_moodle: list[Read]) -> None:
    assert [read.id for read in from_moodle] and {read.id for read in from_moodle} == set(EVERY)
    for read in from_moodle:
        assert read == expected(EVERY[read.id])


def test_a_second_reader_of_moodle_xml_agrees(made: Mapping[str, Export], from_moodle: list[Read]) -> None:
    assert readers.moodle_again(made["moodle"].files[moodle.FILE]) == from_moodle


def test_what_is_earned_in_moodle_is_what_moodle_accepts(from_moodle: list[Read]) -> None:
    for read in from_moodle:
        if read.kind == "ordering":
            continue
        earned = [answer.earns for answer in read.answers]
        assert {number.lstrip("-") for number in earned} <= set(GRADES.split()), read.id
        if read.kind == "multiple":
            right = [letter in EVERY[read.id].key for letter in EVERY[read.id].options]
            assert [not number.startswith("-") for number in earned] == right, read.id
            assert sum(map(Fraction, earned)) / 100 < NOTHING, read.id
            gained = sum(float(number) for number in earned if not number.startswith("-"))
            assert abs(gained - 100) < 0.001, read.id
        else:
            assert earned.count("100") == 1 and set(earned) <= {"100", "0"}, read.id


def shown_for(read: Read, value: float) -> tuple[str, str]:
    """What Moodle shows for a number, and what it earns: the first answer that fits."""
    given = Fraction(repr(value))
    for answer in read.answers:
        near = answer.text != "*" and abs(given - Fraction(answer.text)) <= Fraction(answer.tolerance)
        if near or answer.text == "*":
            return answer.reason, answer.earns
    raise AssertionError("no answer fits")


def numbers_about(question: Question) -> list[float]:
    ends = [end for span in question.ranges for end in (span.low, span.high) if end is not None]
    right = [question.value, question.value + question.tolerance, question.value - question.tolerance]
    return [round(end + step, 9) for end in (*ends, *right) for step in (0, 0.003, -0.003, 0.5, -0.5, 1e6)]


def test_a_number_earns_and_shows_in_moodle_and_gift_what_it_does_in_the_course(
    from_moodle: list[Read], from_gift: list[Read]
) -> None:
    reads = [read for read in (*from_moodle, *from_gift) if read.kind == "numerical"]
    assert len(reads) == 2 * sum(question.kind == "numeric" for question in EVERY.values())
    for read in reads:
        question = EVERY[read.id]
        for value in numbers_about(question):
            score = scoring.score(question, value)
            reason = readers.named(score.feedback[0].text, f"{question.lesson:02}")
            assert shown_for(read, value) == (reason, f"{score.credit or 0:.0%}"[:-1]), (read.id, value)


def test_an_order_has_what_moodle_needs_to_read_it(made: Mapping[str, Export]) -> None:
    content = made["moodle"].files[moodle.FILE].decode("utf-8")
    orders = [part for part in content.split("<question ") if part.startswith('type="ordering"')]
    assert len(orders) == len(ORDERS)
    assert all("<shownumcorrect />" in part for part in orders)
    assert all("<gradingtype>RELATIVE_ALL_PREVIOUS_AND_NEXT</gradingtype>" in part for part in orders)


# --- GIFT ---------------------------------------------------------------------------------------------------


def test_gift_holds_all_but_orders_field_by_field(made: Mapping[str, Export], from_gift: list[Read]) -> None:
    wanted = [name for name in EVERY if name not in ORDERS]
    assert {read.id for read in from_gift} == set(wanted) and made["gift"].held == len(wanted)
    for read in from_gift:
        assert read == expected(EVERY[read.id])
    assert made["gift"].lacks == ((gift.ORDER, tuple(name for name in in_file_order() if name in ORDERS)),)


def in_file_order() -> list[str]:
    return [question.id for question in items.every(items.groups(tests=True))]


# --- QTI ----------------------------------------------------------------------------------------------------


def test_qti_holds_all_but_orders_and_answers_as_the_course_does(made: Mapping[str, Export]) -> None:
    content = made["qti"].files[qti.FILE]
    found = list(readers.qti(content))
    assert sorted(item.id for item in found) == sorted(name for name in EVERY if name not in ORDERS)
    texts = []
    for item in found:
        question = EVERY[item.id]
        assert (item.stem, item.type) == (readers.stem_of(question), qti.TYPES[question.kind])
        assert item.comments["general_fb"] == readers.place_of(question)
        (numeric if question.kind == "numeric" else choice)(item, question)
        texts += [item.stem, *item.options.values(), *item.comments.values()]
    assert readers.qti_texts_again(content) == texts


def choice(item: readers.Item, question: Question) -> None:
    number, idents = (
        f"{question.lesson:02}",
        {f"{question.id}-{letter}": letter for letter in question.options},
    )
    texts = {ident: question.options[letter].text for ident, letter in idents.items()}
    assert item.options == texts and len(item.comments) == 1 + len(texts)
    for ident, letter in idents.items():
        earned, shown = item.answer(ident)
        reason = readers.named(question.options[letter].reason, number)
        assert shown == [readers.place_of(question), reason]
        assert earned == (100 if question.key == (letter,) else 0)
    right = [ident for ident, letter in idents.items() if letter in question.key]
    assert item.answer(*right)[0] == 100
    if question.kind == "multiple":
        assert item.answer(*idents)[0] == 0 and item.answer(*right[1:])[0] == 0


def numeric(item: readers.Item, question: Question) -> None:
    number = f"{question.lesson:02}"
    assert question.otherwise
    for value in numbers_about(question):
        score = scoring.score(question, value)
        earned, shown = item.answer(f"{value:.12f}")
        assert earned == 100 * (score.credit or 0), (item.id, value)
        if earned:
            assert shown == [readers.place_of(question), readers.named(question.reason, number)]
        else:
            reasons = [*(span.reason for span in question.ranges), question.otherwise.reason]
            lines = shown[1].splitlines()
            assert all(
                line.endswith(f": {readers.named(reason, number)}")
                for line, reason in zip(lines, reasons, strict=True)
            )


# --- print --------------------------------------------------------------------------------------------------


def test_print_has_no_reason_before_the_sheet_of_the_key(made: Mapping[str, Export]) -> None:
    groups = items.groups(tests=True)
    assert list(made["print"].files) == [f"questions-{group.name}.html" for group in groups]
    for group, page in zip(groups, made["print"].files.values(), strict=True):
        body = page.decode("utf-8").partition("<main>")[2].partition("</main>")[0]
        for old in ("<h1>", "</h1>", "<h2>", "</h2>"):
            body = body.replace(old, "<p>")
        asked, key, told = readers.plain(body).partition(f"Key and reasons. {group.title}")
        assert key and group.questions
        for question in group.questions:
            number = f"{question.lesson:02}"
            assert question.stem in asked and question.case in asked
            for _, reason, _ in question.reasons():
                assert readers.named(reason, number) in told and reason not in asked
            for option in question.options.values():
                assert option.text in asked


# --- each format --------------------------------------------------------------------------------------------


def test_every_reason_stands_in_every_format(made: Mapping[str, Export]) -> None:
    """Also where the format has no place of its own for it."""
    groups = items.groups(["02"])
    for name in ("moodle", "qti"):
        content = next(iter(exports.FORMATS[name](groups).files.values()))
        texts = (
            readers.qti_texts_again(content)
            if name == "qti"
            else [read.general + "".join(a.reason for a in read.answers) for read in readers.moodle(content)]
        )
        for question in items.every(groups):
            if name == "qti" and question.kind == "ordering":
                continue
            for _, reason, _ in question.reasons():
                assert any(readers.named(reason, "02") in text for text in texts), (name, question.id)


def test_what_a_format_has_no_place_for_is_named_and_kept() -> None:
    base = EVERY["02-count-vera"]
    opened = replace(base, ranges=(*base.ranges, Span("Far too many.", "same-answer-everywhere", low=6)))
    one = replace(EVERY["02-debt"], key=("b",))
    group = (items.Group("02", "Lesson 02", (opened, one)),)
    of_moodle = moodle.made(group)
    assert of_moodle.lacks == ((moodle.OPEN, ("02-count-vera",)),)
    numeric, several = readers.moodle(of_moodle.files[moodle.FILE])
    assert numeric.general.startswith("6 instruments or more: Far too many.\n")
    assert [answer.earns for answer in several.answers] == ["-33.33333", "100", "-33.33333", "-33.33333"]
    of_gift = gift.made(group)
    assert of_gift.lacks == ((gift.ONE, ("02-debt",)), (moodle.OPEN, ("02-count-vera",)))
    assert of_gift.held == 1 and b"02-debt" not in of_gift.files[gift.FILE]


def test_the_same_course_gives_the_same_bytes_in_another_process(made: Mapping[str, Export]) -> None:
    call = (
        "import hashlib, locale, os, time\n"
        "from notthesame.classroom import exports, items\n"
        "for write in exports.FORMATS.values():\n"
        "    for content in write(items.groups(tests=True)).files.values():\n"
        "        print(hashlib.sha256(content).hexdigest())\n"
    )
    done = subprocess.run([sys.executable, "-c", call], capture_output=True, text=True, check=True)
    mine = [hashlib.sha256(c).hexdigest() for export in made.values() for c in export.files.values()]
    assert done.stdout.split() == mine


def test_tests_are_left_out_unless_asked_for() -> None:
    assert not any(question.mode == "test" for question in items.every(items.groups()))
    tests = {question.id for question in items.every(items.groups(["00", "13"], tests=True))}
    assert {name for name in EVERY if EVERY[name].mode == "test"} <= tests
    assert [group.name for group in items.groups(["13"], tests=True)] == ["13", "13-test"]


def test_paper_links_to_nothing() -> None:
    page = next(iter(paper.made(items.groups(["02"])).files.values()))
    assert b"<a " not in page and b"<script" not in page and b"://" not in page
