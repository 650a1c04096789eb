"""What a learner's records say of their confidence."""

from __future__ import annotations

from notthesame.questions.confidence import stated
from notthesame.questions.records import Record


def given(*answers: tuple[str, str | None, float | None]) -> list[tuple[float, bool]]:
    """What is counted of answers as (question, status, confidence), in this order."""
    return list(stated(Record(seq, f"02-{q}", "a", s, None, c) for seq, (q, s, c) in enumerate(answers, 1)))


def test_a_question_counts_once_by_its_first_answer() -> None:
    assert given(("a", "wrong", 90), ("b", "right", 60), ("a", "right", 100)) == [(90, False), (60, True)]


def test_a_first_answer_without_a_confidence_leaves_its_question_out() -> None:
    assert given(("a", "wrong", None), ("a", "right", 100)) == []


def test_only_what_was_scored_counts_and_a_part_is_not_the_whole() -> None:
    answers = (("a", None, 80), ("b", "not attempted", 80), ("c", "partly right", 80), ("d", "right", 0))
    assert given(*answers) == [(80, False), (0, True)]
    assert given(("a", None, 80), ("a", "right", 70)) == [(70, True)], "a draft is no answer"
