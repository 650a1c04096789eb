"""The reasons of a test: nothing before the button, then those of what was answered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from notthesame import questions
from notthesame.questions import Question, answers, forms, view
from notthesame.questions import shown as shown_words
from notthesame.questions.after_test import TestReasons

TESTS = [q for q in questions.known_questions().values() if q.mode == "test" and q.lesson == 0]
FORM_B = [q for q in questions.known_questions().values() if q.id.startswith(forms.AFTER)]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> answers.Store:
    found = answers.Store(tmp_path / "answers")
    for name in ("record", "latest", "load"):
        monkeypatch.setattr(answers, name, getattr(found, name))
    return found


def test_nothing_is_given_away_before_the_button(store: answers.Store) -> None:
    state = json.dumps({k: str(v) for k, v in TestReasons("00").get_state().items() if k != "script"})
    assert TESTS
    for question in TESTS:
        assert question.stem not in state
        assert not [reason for _, reason, _ in question.reasons() if reason in state]


def test_answered_questions_get_verdict_answer_and_reasons(store: answers.Store) -> None:
    first = next(q for q in TESTS if q.kind == "single")
    view.answer(first, first.key[0], 70)
    all_of(FORM_B, store)
    shown = TestReasons(0)
    shown.set_state({"pressed": 1})
    assert shown.told == 1 and shown.message == f"You answered 1 of {len(TESTS)} questions."
    by_stem = {entry["stem"]: entry["lines"] for entry in shown.entries}
    [about] = [entry["case"] for entry in shown.entries if entry["stem"] == first.stem]
    assert about == shown_words.of_which_case(first) and first.case.startswith(about.removesuffix(" …"))
    lines = by_stem.pop(first.stem)
    assert lines[0] == ["Right.", f"You answered {first.key[0].upper()}."]
    assert [text for _, text in lines[1:]] == [option.reason for option in first.options.values()]
    for (head, _), option in zip(lines[1:], first.options.values(), strict=True):
        assert option.text in head  # the options stand fifteen cells above
    assert all(lines == [["Not answered.", ""]] for lines in by_stem.values())
    assert repr(shown) == "Run this cell to see reasons after the test"


def all_of(asked: list[Question], store: answers.Store) -> None:
    for question in asked:
        store.record(question.id, "a", status="wrong", credit=0.0)


@pytest.mark.parametrize("number", ["00", "13"])
def test_while_form_b_is_open_it_is_to_be_pressed_again(store: answers.Store, number: str) -> None:
    all_of(FORM_B[1:], store)
    store.record(FORM_B[0].id, "a", status=None, credit=None)  # a draft is no answer
    shown = TestReasons(number)
    shown.pressed += 1
    assert shown.asks and shown.told == 1 and not shown.entries
    assert shown.message == "Of form B, 1 question is open. To read reasons all the same, press again."
    shown.pressed += 1
    assert len(shown.entries) == len(TESTS if number == "00" else FORM_B)
    assert shown.message.endswith("questions. Of form B, 1 question is open.")


def test_once_form_b_is_done_the_first_press_shows_the_reasons_of_both_forms(store: answers.Store) -> None:
    early = TestReasons("00")
    early.pressed += 1
    assert early.asks and early.message.startswith(f"Of form B, {len(FORM_B)} questions are open.")
    all_of(FORM_B, store)
    for number in ("00", "13"):
        shown = TestReasons(number)
        shown.pressed += 1
        assert not shown.asks and shown.entries and "open" not in shown.message
    early.pressed += 1
    assert early.entries and "open" not in early.message


@pytest.mark.parametrize("number", ["02", 2, "x", None])
def test_a_lesson_without_a_test_is_refused(number: Any) -> None:
    with pytest.raises(ValueError, match="has no test; lessons with a test: 00, 13"):
        TestReasons(number)
