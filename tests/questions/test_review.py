"""What comes back when: the library reckons, a learner's own answers decide, and a bad clock does no harm."""

from __future__ import annotations

import datetime
import re
import tempfile
from itertools import permutations
from pathlib import Path
from typing import Any

import fsrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import notthesame as nts
from notthesame import questions
from notthesame.questions import answers, files, records, review, view
from notthesame.questions.minutes import minutes_of
from notthesame.questions.records import Record, encode
from notthesame.questions.review import Waiting
from notthesame.questions.schedule import due, schedule
from notthesame.questions.scoring import NOT_ATTEMPTED, PARTLY, RIGHT, WRONG
from notthesame.questions.view import Control

TODAY = datetime.date(2026, 11, 29)
RATINGS = {WRONG: fsrs.Rating.Again, PARTLY: fsrs.Rating.Hard, RIGHT: fsrs.Rating.Good}
SCORED = st.sampled_from([*RATINGS])
PAST = st.lists(st.tuples(st.integers(0, 400), SCORED), min_size=1, max_size=6)  # days since, and how it went
quick = settings(max_examples=60, deadline=None, derandomize=True, database=None)


def ago(days: int) -> str:
    return (TODAY - datetime.timedelta(days=days)).isoformat()


def given_answers(*history: tuple[int | None, str | None], question: str = "02-destitute") -> list[Record]:
    """Answers to one question, each (days ago or None, status), in the order given."""
    return [
        Record(seq, question, "a", status, None, day=None if days is None else ago(days))
        for seq, (days, status) in enumerate(history, 1)
    ]


def day_of(*history: tuple[int | None, str | None]) -> datetime.date | None:
    return schedule(given_answers(*history), TODAY)["02-destitute"]


def in_order(past: list[tuple[int, str]]) -> list[tuple[int, str]]:
    return sorted(past, key=lambda answer: -answer[0])


# --- the schedule


@given(PAST)
@quick
def test_the_library_called_directly_gives_the_same_day(past: list[tuple[int, str]]) -> None:
    past = in_order(past)
    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = fsrs.Card()
    for days, status in past:
        at = datetime.datetime.fromisoformat(f"{ago(days)}T00:00:00+00:00")
        card, _ = scheduler.review_card(card, RATINGS[status], at)
    assert day_of(*past) == card.due.date()


@given(PAST)
@quick
def test_a_right_answer_puts_a_question_off_and_a_wrong_one_brings_it_nearer(
    past: list[tuple[int, str]],
) -> None:
    past = in_order(past)
    before = day_of(*past)
    wrong, partly, right = (day_of(*past, (0, status)) for status in RATINGS)
    assert before and wrong and partly and right
    assert TODAY < wrong <= partly <= right
    wait = before - datetime.date.fromisoformat(ago(past[-1][0]))
    assert right - TODAY >= wait >= wrong - TODAY


@given(st.lists(st.tuples(st.none() | st.integers(-4000, 4000), SCORED), max_size=6), SCORED)
@example([(-500_000, WRONG), (730_000, RIGHT)], RIGHT)
@quick
def test_clocks_that_go_wrong_or_backwards_do_no_harm(past: list[tuple[int | None, str]], last: str) -> None:
    """However the days lie, today's answer settles it, as soon as after the same answers on good days."""
    found = day_of(*past, (0, last))
    assert found and TODAY < found < TODAY + datetime.timedelta(days=36_501)
    behind = day_of(*past, (30, last))  # on a machine a month behind: asked a month too soon at the worst
    assert behind and behind > TODAY - datetime.timedelta(days=30)


@pytest.mark.parametrize("days", [None, -2, -400, -2_000_000])
def test_an_answer_of_an_unknown_day_is_due_and_so_is_one_of_a_day_to_come(days: int | None) -> None:
    assert day_of((9, RIGHT), (days, RIGHT)) is None
    assert due(schedule(given_answers((days, RIGHT)), TODAY), TODAY) == ["02-destitute"]
    assert day_of((days, RIGHT), (0, RIGHT)) == day_of((0, RIGHT))


def test_a_machine_further_east_may_be_a_day_ahead() -> None:
    day = day_of((-1, RIGHT))
    assert day and day > TODAY + datetime.timedelta(days=1)


def test_what_nobody_scored_is_no_answer() -> None:
    assert schedule(given_answers((3, None), (2, NOT_ATTEMPTED)), TODAY) == {}
    assert day_of((3, RIGHT), (0, None)) == day_of((3, RIGHT))


def test_the_most_overdue_comes_first_and_what_has_no_day_before_it() -> None:
    found = [
        *given_answers((1, WRONG), question="02-a"),
        *given_answers((90, RIGHT), question="02-b"),
        *given_answers((None, RIGHT), question="02-c"),
        *given_answers((0, RIGHT), question="02-d"),
        *given_answers((60, RIGHT), question="02-e"),
    ]
    assert due(schedule(found, TODAY), TODAY) == ["02-c", "02-b", "02-e", "02-a"]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 99), SCORED), min_size=1, max_size=9))
@settings(quick, max_examples=25)
def test_the_order_in_which_files_are_listed_does_not_matter(made: list[tuple[int, int, str]]) -> None:
    """Three machines answered the same question, without knowing of one another."""
    lines: dict[int, list[bytes]] = {0: [], 1: [], 2: []}
    for session, days, status in made:
        seq = len(lines[session]) + 1
        lines[session].append(encode(Record(seq, "02-destitute", "a", status, None, day=ago(days))))
    shelves = [files.parsed(f"answers-{session:016x}.jsonl", b"".join(own)) for session, own in lines.items()]
    found = [schedule(files.merge(shelf).records, TODAY) for shelf in permutations(shelves)]
    assert found == [found[0]] * 6


def test_a_folder_with_damage_is_scheduled_from_the_lines_that_are_whole() -> None:
    with tempfile.TemporaryDirectory() as name:
        store = answers.Store(name)
        store.record("02-destitute", "b", status=RIGHT, credit=1.0)
        Path(name, "answers-torn.jsonl").write_bytes(b'{"schema": 4, "seq"\n\x00\xff')
        found = store.load()
        assert len(found.damaged) == 2 and [*schedule(found.records, records.today())] == ["02-destitute"]


@given(st.lists(st.floats(1, 5), max_size=30), st.floats(1, 60))
@quick
def test_the_minutes_hold_and_the_order_stays(minutes: list[float], most: float) -> None:
    needed = {f"02-q{place}": each for place, each in enumerate(minutes)}
    found = Waiting(needed).within(most)
    assert sum(needed[question] for question in found) <= most + 1e-9
    assert found == [question for question in needed if question in found]
    left = [each for question, each in needed.items() if question not in found]
    assert not left or min(left) > most - sum(needed[question] for question in found) - 1e-9


# --- the call


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> answers.Store:
    """A real store in a folder of its own, on a day that stands still."""
    found = answers.Store(tmp_path / "answers")
    for name in ("record", "latest", "load"):
        monkeypatch.setattr(answers, name, getattr(found, name))
    monkeypatch.setattr(records, "today", lambda: TODAY)
    monkeypatch.setattr(Control, "checked_here", {})  # a new kernel
    return found


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked; it must be asked anew."""
    found: list[str] = []

    def ask(question: str, *, earlier: bool) -> None:
        assert earlier is False
        found.append(question)

    monkeypatch.setattr(view, "ask", ask)
    return found


def answered(store: answers.Store, days: int, *ids: str, status: str = RIGHT) -> None:
    """Answers given that many days ago."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "today", lambda: datetime.date.fromisoformat(ago(days)))
        for question in ids:
            store.record(question, "a", status=status, credit=None)


PRACTICE = [q.id for q in questions.known_questions().values() if q.mode == "practice"]


def said(capsys: pytest.CaptureFixture[str], *minutes: Any) -> str:
    nts.review(*minutes)
    return capsys.readouterr().out.strip()


def test_without_answers_it_says_what_will_come(
    store: answers.Store, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys) == review.NOTHING_YET and asked == []


def test_when_nothing_is_due_it_names_the_next_day_in_a_line(
    store: answers.Store, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    answered(store, 0, *PRACTICE[:3])
    answered(store, 0, PRACTICE[3], status=WRONG)
    assert said(capsys) == "Nothing is due today. The next question is due on 30 November." and not asked
    assert review.when_next(datetime.date(2027, 1, 2)).endswith("due on 2 January 2027.")


def test_it_asks_what_is_due_anew_the_most_overdue_first_and_says_how_much(
    store: answers.Store, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    answered(store, 20, PRACTICE[0])
    answered(store, 40, PRACTICE[1])
    answered(store, 0, PRACTICE[2])
    minutes = round(sum(minutes_of(questions.question(i)) for i in PRACTICE[:2]))
    assert said(capsys) == f"2 questions due today, about {minutes} minutes."
    assert asked == [PRACTICE[1], PRACTICE[0]]


def test_it_holds_ten_minutes_or_those_that_are_asked_for(
    store: answers.Store, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    answered(store, 30, *PRACTICE[:30])
    words = said(capsys)
    assert re.match(r"30 questions due today\. Here: \d of them, about \d+ minutes\. For more,", words)
    for most, typed in ((10, ()), (5, (5,)), (4, ("4 minutes",)), (60, (60,))):
        asked.clear()
        said(capsys, *typed)
        assert 0 < sum(minutes_of(questions.question(i)) for i in asked) <= most
    asked.clear()
    words = said(capsys, 1)
    assert asked == [] and words.endswith("The shortest takes about 2 minutes: nts.review(2).")


def test_tests_tasks_and_questions_that_are_gone_do_not_come(
    store: answers.Store, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    answered(store, 90, "00-pre-two-ages", "03-share", "90-gone")
    assert said(capsys) == review.NOTHING_YET and not asked


def test_its_words_hold_no_score_no_series_and_no_reproach(
    store: answers.Store, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [said(capsys)]
    answered(store, 0, PRACTICE[0], status=WRONG)
    texts.append(said(capsys))
    answered(store, 300, *PRACTICE[1:40], status=WRONG)
    found = nts.progress()
    texts += [said(capsys), said(capsys, 1), *found.lines, *(begun.summary for begun in found.lessons)]
    assert not re.search(
        r"(?i)streak|in a row|scor|points|per cent|%|late\b|overdue|missed|wrong|fail|well done|!",
        "".join(texts),
    )


def test_an_answer_settles_when_its_question_comes_again(store: answers.Store) -> None:
    answered(store, 30, "02-destitute", "02-means")
    for right in (True, False):
        name = "02-destitute" if right else PRACTICE[0]
        answered(store, 30, name)
        control = Control(name, earlier=False)
        assert control.response is None
        question = questions.question(name)
        letter = question.key[0] if right else next(iter({*question.options} - {*question.key}))
        control.set_state({"response": letter, "checked": 1})
        assert name not in review.waiting().minutes
        assert store.load().records[-1].day == TODAY.isoformat()
    days = schedule(store.load().records, TODAY)
    right_day, wrong_day = days["02-destitute"], days[PRACTICE[0]]
    assert right_day and wrong_day and right_day > wrong_day > TODAY


def test_in_a_kernel_that_runs_for_days_an_earlier_answer_is_not_shown(
    store: answers.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Control("02-destitute", earlier=False)
    first.set_state({"response": "b", "checked": 1})
    assert Control("02-destitute", earlier=False).response == "b"  # its cell was run again on that day
    monkeypatch.setattr(records, "today", lambda: TODAY + datetime.timedelta(days=5))
    assert Control("02-destitute", earlier=False).response is None
    assert Control("02-destitute").response == "b"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "minutes: found 0; allowed: 1 to 60"),
        (61, "minutes: found 61; allowed: 1 to 60"),
        (-5, "minutes: found -5; allowed: 1 to 60"),
        ("soon", "minutes: found 'soon'; one number is wanted, such as 12 or 0.6, from 1 to 60"),
        (None, "minutes: found None; one number is wanted, such as 12 or 0.6, from 1 to 60"),
        (True, "minutes: found True; one number is wanted, such as 12 or 0.6, from 1 to 60"),
        (float("nan"), "minutes: found nan; one number is wanted"),
        (float("inf"), "minutes: found inf; a number of everyday size is wanted"),
        (10**400, "minutes: found a whole number of about 401 digits; a number of everyday size"),
        ([5, 6], "minutes: found [5, 6]; one number is wanted"),
    ],
)
def test_minutes_that_are_not_allowed_are_answered_in_a_line(
    minutes: Any, words: str, asked: list[str]
) -> None:
    with pytest.raises(ValueError, match=re.escape(words)) as refused:
        nts.review(minutes)
    assert "\n" not in str(refused.value) and not asked
