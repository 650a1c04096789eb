"""The reasons of a test: nothing before the button, then those of what was answered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from notthesame import questions
from notthesame.questions import answers, view
from notthesame.questions.after_test import TestReasons

TESTS = [q for q in questions.known_questions().values() if q.mode == "test" and q.lesson == 0]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> answers.Store:
    found = answers.Store(tmp_path / "answers")
    monkeypatch.setattr(answers, "record", found.record)
    monkeypatch.setattr(answers, "latest", found.latest)
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
    shown = TestReasons(0)
    shown.set_state({"pressed": 1})
    assert shown.told == 1 and shown.message == f"You answered 1 of {len(TESTS)} questions."
    by_stem = {entry["stem"]: entry["lines"] for entry in shown.entries}
    lines = by_stem.pop(first.stem)
    assert lines[0] == ["Right.", f"You answered {first.key[0].upper()}."]
    assert [text for _, text in lines[1:]] == [option.reason for option in first.options.values()]
    assert all(lines == [["Not answered.", ""]] for lines in by_stem.values())
    assert repr(shown) == "Run this cell to see reasons after the test"


def test_a_lesson_without_a_test_is_refused() -> None:
    with pytest.raises(ValueError, match="has no test; lessons with a test: 00"):
        TestReasons("02")
