"""The bank: a broken file says all that is wrong with it, and the real bank is one a reader can trust."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from notthesame import questions
from notthesame._loading import FileFaults
from notthesame.authoring.rules import bank
from notthesame.course import course
from notthesame.questions import known_questions, load_bank

ROOT = course().root
FIVE = Path(__file__).parents[1] / "fixtures" / "broken_questions"

GOOD = """\
lesson: 2
questions:
- id: 02-sound
  outcome: 1
  bloom: apply
  kind: single
  section: Somewhere
  stem: Which?
  options:
    a: {text: this, reason: It is so.}
    b: {text: that, reason: It is not so., misconception: need-is-coercion}
  answer: a
  facts: [law-palermo-elements]
  author: A test
  reviewed: 2026-11-22
"""
NUMERIC = """\
lesson: 2
questions:
- id: 02-number
  outcome: 1
  bloom: apply
  kind: numeric
  section: Somewhere
  stem: How many?
  answer: law-palermo-elements.elements
  unit: elements
  tolerance: 0.5
  reason: Three.
  ranges:
  - {low: 0, high: 2, reason: Too few., misconception: need-is-coercion}
  - {low: law-palermo-elements.acts, reason: These are the acts., misconception: need-is-coercion}
  otherwise: {reason: No., misconception: need-is-coercion}
  author: A test
  reviewed: 2026-11-22
"""


def faults_of(text: str, folder: Path, name: str = "small.yaml") -> list[str]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    try:
        load_bank(path)
    except FileFaults as faults:
        assert str(faults).startswith(name)
        return list(faults.faults)
    return []


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


# --- a broken file ----------------------------------------------------------------------------------


def test_a_sound_file_loads(tmp_path: Path) -> None:
    (tmp_path / "02.yaml").write_text(GOOD, encoding="utf-8")
    loaded = load_bank(tmp_path / "02.yaml")
    question = loaded.questions["02-sound"]
    assert loaded.lesson == question.lesson == 2 and question.key == ("a",)
    assert question.options["b"].misconception == "need-is-coercion" and question.mode == "practice"


def test_a_numeric_question_takes_its_numbers_from_facts(tmp_path: Path) -> None:
    (tmp_path / "02.yaml").write_text(NUMERIC, encoding="utf-8")
    question = load_bank(tmp_path / "02.yaml").questions["02-number"]
    few, acts = question.ranges
    assert question.value == 3 and question.tolerance == 0.5 and question.key == ()
    assert few.holds(0) and few.holds(2) and not few.holds(2.5)
    assert acts.low == 5 and acts.high is None and acts.holds(99)


ALL_AT_ONCE = """\
lesson: 2
questions:
- id: 02-Wrong_Id
  outcome: two
  bloom: know
  kind: guess
  mode: exam
  section: Somewhere
  stem: " "
  colour: red
  options:
    a: {text: one}
    b: {text: two, reason: Because., misconception: not-in-the-glossary, why: x}
  answer: d
  facts: [law-palermo-element]
  author: 7
  reviewed: yesterday
- just a text
- id: 02-twice
  outcome: 9
  bloom: apply
  kind: single
  section: Somewhere
  stem: Which?
  options:
    a: {text: one, reason: Because.}
    c: {text: two, reason: ""}
  answer: [a]
  author: A test
  reviewed: 2026-11-22
- id: 02-twice
  outcome: 1
  bloom: apply
  kind: multiple
  section: ""
  stem: Which?
  options:
    a: {text: one, reason: Because.}
    b: {text: two, reason: It is., misconception: need-is-coercion}
  answer: [a, b]
  author: A test
  reviewed: 2026-11-22
- id: 02-order
  outcome: 1
  bloom: apply
  kind: ordering
  section: Somewhere
  stem: Which first?
  options:
    a: {text: one, reason: Because., misconception: need-is-coercion}
    b: {text: two, reason: Since., misconception: need-is-coercion}
  answer: [a]
  author: A test
  reviewed: 2026-11-22
- id: 02-number
  outcome: 1
  bloom: apply
  kind: numeric
  section: Somewhere
  stem: How many?
  answer: law-palermo-elements.element
  tolerance: -1
  author: A test
  reviewed: 2026-11-22
"""


def test_every_fault_of_a_file_is_reported_in_one_pass(tmp_path: Path) -> None:
    found = faults_of(ALL_AT_ONCE, tmp_path)
    expected = [
        ("02-Wrong_Id", "id is '02-Wrong_Id'; allowed is '02-' and then small letters"),
        ("02-Wrong_Id", "outcome: found 'two', but a whole number is wanted"),
        ("02-Wrong_Id", "bloom is 'know'; allowed: remember, explain, apply, analyse, evaluate, create"),
        ("02-Wrong_Id", "kind is 'guess'; allowed: single, multiple, numeric, ordering"),
        ("02-Wrong_Id", "mode is 'exam'; allowed: practice, test"),
        ("02-Wrong_Id", "unknown field colour; allowed: "),
        ("02-Wrong_Id", "options.a: the field 'reason' is missing"),
        ("02-Wrong_Id", "options.b: unknown field why; allowed: misconception, reason, text"),
        ("02-Wrong_Id", "answer is 'd'; allowed are letters of its options (a, b)"),
        ("02-Wrong_Id", "There is no fact 'law-palermo-element'. Nearest: law-palermo-elements"),
        ("02-Wrong_Id", "author: found 7, but text is wanted"),
        ("02-Wrong_Id", "reviewed: found 'yesterday', but a date such as 2018-04-11 is wanted"),
        ("number 2", "fields with values are wanted here"),
        ("02-twice", "this id is used 2 times"),
        ("02-twice", "outcome is 9; allowed is the number of an outcome of the lesson, 1 to 4"),
        ("02-twice", "options are lettered a, c; allowed: a, b, c ... in order"),
        ("02-twice", "option c has an empty text or reason"),
        ("02-twice", "option c is wrong and names no misconception"),
        ("02-twice", "answer is ['a']; a single choice has one letter"),
        ("02-twice", "it cites nothing"),
        ("02-twice", "option b is right and yet names the misconception 'need-is-coercion'"),
        (
            "02-twice",
            "answer is ['a', 'b']; a multiple choice lists each right letter once and leaves one wrong",
        ),
        ("02-order", "answer is ['a']; an ordering lists every letter once, in the right order"),
        ("02-number", "'law-palermo-elements.element' is no number: law-palermo-elements: There is no value"),
        ("02-number", "tolerance is -1; allowed is zero or more"),
        ("02-number", "the field 'unit' is missing"),
        ("02-number", "a numeric question needs 'reason'"),
    ]
    for name, words in expected:
        assert any(fault.startswith(f"question {name}: ") and words in fault for fault in found), (
            name,
            words,
        )
    assert len({words for _, words in expected}) >= 12


ONE_FAULT = [
    (
        GOOD,
        "misconception: need-is-coercion",
        "misconception: need-is-coersion",
        "no misconception 'need-is-coersion'",
    ),
    (GOOD, ", misconception: need-is-coercion", "", "option b is wrong and names no misconception"),
    (GOOD, "answer: a", "answer: A", "answer is 'A'; allowed are letters of its options (a, b)"),
    (GOOD, "answer: a", "answer: ab", "answer is 'ab'"),
    (GOOD, "answer: a", "answer: 1", "answer is 1"),
    (GOOD, "  author: A test\n", "", "the field 'author' is missing"),
    (GOOD, "  kind: single", "  kind: single\n  about: 3", "only a question of mode 'test'"),
    (GOOD, "kind: single", "kind: multiple", "answer is 'a'; a multiple choice lists"),
    (
        GOOD,
        "    b: {text: that",
        "    b: text\n    c: {text: that",
        "options.b: fields with values are wanted",
    ),
    (NUMERIC, "answer: law-palermo-elements.elements", "answer: three", "'three' is no number"),
    (NUMERIC, "answer: law-palermo-elements.elements", "answer: true", "True is no number"),
    (NUMERIC, "elements.elements", "elements.protocol_adopted", "is no number"),
    (NUMERIC, "{low: 0,", "{low: zero,", "'zero' is no number"),
    (NUMERIC, "tolerance: 0.5", "tolerance: half", "tolerance: found 'half', but a number is wanted"),
    (NUMERIC, "  otherwise: {reason: No., misconception: need-is-coercion}\n", "", "needs 'reason'"),
    (
        NUMERIC,
        "  otherwise: {reason: No., misconception: need-is-coercion}",
        "  otherwise: {reason: No.}",
        "missing",
    ),
    (
        NUMERIC,
        "acts., misconception: need-is-coercion",
        "acts., misconception: nope",
        "range 2: There is no misc",
    ),
    (NUMERIC, "  reason: Three.", "  reason: Three.\n  options: {a: {text: x, reason: y}}", "has no options"),
]


@pytest.mark.parametrize(("text", "old", "new", "message"), ONE_FAULT)
def test_one_fault_gives_one_message(text: str, old: str, new: str, message: str, tmp_path: Path) -> None:
    assert faults_of(text, tmp_path) == []
    [fault] = faults_of(changed(text, old, new), tmp_path)
    assert message in fault and fault.startswith("question 02-")


def test_a_syntax_error_names_its_line(tmp_path: Path) -> None:
    [fault] = faults_of(changed(GOOD, "stem: Which?", "stem: Which: one?"), tmp_path)
    assert fault.startswith("line 8, column ") and "colon inside a text" in fault
    [fault] = faults_of(changed(GOOD, "{text: this", "{text: [this"), tmp_path)
    assert fault.startswith("line ")


def test_a_key_that_stands_twice_is_not_lost(tmp_path: Path) -> None:
    fault, _ = faults_of(changed(GOOD, "    b: {", "    a: {"), tmp_path)
    assert fault == "question 02-sound: options.a: the key 'a' stands twice, in line 10 and in line 11"


def test_a_file_of_another_shape_says_what_it_must_hold(tmp_path: Path) -> None:
    for text in (
        "",
        "- a\n",
        "lesson: 2\n",
        "lesson: 2\nquestions:\n",
        "lesson: 2\nquestions: []\nmore: 1\n",
    ):
        assert faults_of(text, tmp_path) == [
            "the file must hold two fields, 'lesson' (a number) and 'questions' (a list)"
        ]
    assert "lesson is 'two'" in faults_of(changed(GOOD, "lesson: 2", "lesson: two"), tmp_path)[0]
    assert "lesson is 2" in faults_of(GOOD, tmp_path, "03.yaml")[0]


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "02.yaml").write_bytes(b"lesson: 2\xff")
    with pytest.raises(FileFaults, match="byte 9: the file is not UTF-8"):
        load_bank(tmp_path / "02.yaml")


def test_an_unknown_question_names_the_nearest() -> None:
    with pytest.raises(KeyError, match=r"no question '02-destitut'\. Nearest: 02-destitute"):
        questions.question("02-destitut")


# --- the five messages of the contributing page -----------------------------------------------------


def test_the_contributing_page_shows_what_load_bank_prints() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    shown = page.partition("<!-- five messages -->")[2].partition("\n## ")[0]
    excerpts, messages = (re.findall(rf"```{kind}\n(.*?)```", shown, re.S) for kind in ("yaml", "text"))
    files = {path.name: path for path in FIVE.glob("*.yaml")}
    assert len(excerpts) == len(messages) == len(files) == 5
    for excerpt, message in zip(excerpts, messages, strict=True):
        path = files.pop(message.partition(":")[0])
        with pytest.raises(FileFaults) as found:
            load_bank(path)
        assert message == f"{found.value}\n", path.name
        assert excerpt in path.read_text(encoding="utf-8"), path.name


# --- the bank ---------------------------------------------------------------------------------------


def test_lesson_02_has_at_least_twelve_questions_of_the_four_kinds() -> None:
    mine = [question for question in known_questions().values() if question.lesson == 2]
    assert len(mine) >= 12 and {question.kind for question in mine} == set(questions.KINDS)


def test_a_heading_that_a_question_names_is_no_claim() -> None:
    question = replace(
        questions.question("02-destitute"), stem='See "Forty-one votes" for more.', section="Forty-one votes"
    )
    assert list(bank.number_faults(question, {"Forty-one votes"})) == []
    assert len(list(bank.number_faults(question, {"Another heading"}))) == 1
    unquoted = replace(question, stem="There were Forty-one votes.")
    assert len(list(bank.number_faults(unquoted, {"Forty-one votes"}))) == 1
