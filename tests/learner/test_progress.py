"""What a learner has done, outcome by outcome, for their own eyes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from IPython.utils.capture import capture_output

import notthesame as nts
from notthesame import learner, lessons, questions
from notthesame.course import Course, course
from notthesame.questions import answers, records
from notthesame.questions.progress import TEST, Standing, latest_scored, standings
from notthesame.questions.records import Record
from notthesame.questions.shown import in_few_words

TODAY = datetime.date(2026, 11, 29)
BOOKS = {book.number: book for book in lessons.read_all(course().lessons)}
OWN = [i for i in BOOKS["02"].asked() if questions.question(i).mode == "practice" and i[:2] == "02"]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> answers.Store:
    """A real store in a folder of its own, on a day that stands still."""
    found = answers.Store(tmp_path / "answers")
    monkeypatch.setattr(answers, "load", found.load)
    monkeypatch.setattr(records, "today", lambda: TODAY)
    return found


def give(store: answers.Store, *ids: str, status: str = "right", **more: Any) -> None:
    for question in ids:
        store.record(question, more.get("response", "a"), status=status, credit=None)


def test_without_answers_it_says_what_will_be_here(store: answers.Store) -> None:
    found = nts.progress()
    assert repr(found) == learner.BEFORE_ANY and "<details" not in found._repr_html_()
    for told in ("each outcome", "answered", "look at again", "due today", "where to go on"):
        assert told in learner.BEFORE_ANY


UNREAD = "2 lines of your answers cannot be read and do not count: nts.my_answers() shows them."


@pytest.mark.parametrize("some", [False, True])
def test_lines_that_cannot_be_read_are_told_once_wherever_answers_count(
    store: answers.Store, monkeypatch: pytest.MonkeyPatch, some: bool
) -> None:
    monkeypatch.setattr(answers, "_store", store)
    if some:
        give(store, OWN[0])
    (store.folder).mkdir(parents=True, exist_ok=True)
    edited = '{"schema":4,"seq":1,"question":"00-title","response":"a","status":"splendid","credit":9}'
    (store.folder / "answers-0123456789abcdef.jsonl").write_text(f"{edited}\n{{\n", encoding="utf-8")
    assert len(answers.load().damaged) == 2
    with capture_output() as shown:
        nts.review()
    for told in (repr(nts.progress()), repr(nts.where_was_i()), repr(nts.contents()), shown.stdout):
        assert told.count(UNREAD) == 1
    assert nts.progress().lines[-1] == UNREAD and ("No answers yet" in nts.progress().lines[0]) != some
    assert UNREAD in nts.progress()._repr_html_()


def test_each_lesson_begun_shows_its_outcomes_its_tasks_and_what_to_look_at_again(
    store: answers.Store,
) -> None:
    give(store, OWN[0], OWN[1])
    give(store, OWN[1], status="partly right")
    give(store, "02-bed-us", status="wrong", response=["met"])
    give(store, "02-flip", status=None, response=["a draft"])  # type: ignore[arg-type]
    (begun,) = nts.progress().lessons
    asked = set(OWN)
    assert (begun.title, begun.tried, begun.due) == (BOOKS["02"].title, 1, 0)
    assert sum(found.asked for found in begun.standings) == len(asked)
    assert [found.text for found in begun.standings] == [outcome.text for outcome in BOOKS["02"].outcomes]
    first, second = map(questions.question, OWN[:2])
    by_outcome = dict(enumerate(begun.standings, 1))
    assert [question.id for found in begun.standings for question in found.again] == [second.id]
    assert by_outcome[second.outcome].again == (second,)
    assert sum(found.answered for found in begun.standings) == 2 and by_outcome[first.outcome].answered
    page = nts.progress()._repr_html_()
    assert f"2 of {len(asked)} questions answered, 1 of {begun.tasks} tasks tried</summary>" in page
    assert page.count("<details>") == 1 and page.count('<th scope="row"') == len(begun.standings)
    again = f"lessons/{BOOKS['02'].path.name}#{second.section.replace(' ', '-')}"
    assert again in page and "to look at again: " in page and ">right<" in page


def test_the_latest_answer_counts(store: answers.Store) -> None:
    give(store, OWN[0], status="wrong")
    assert in_few_words(questions.question(OWN[0])) in repr(nts.progress()).partition("look at again")[2]
    give(store, OWN[0])
    assert "look at again" not in repr(nts.progress()) + nts.progress()._repr_html_()


def test_what_is_due_and_where_to_go_on_stand_above(
    store: answers.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(store, OWN[0])
    go_on = learner.where_was_i().lines[-1]
    assert nts.progress().lines == (
        "Nothing is due today. The next question is due on 1 December.",
        go_on,
    )
    monkeypatch.setattr(records, "today", lambda: TODAY + datetime.timedelta(days=2))
    found = nts.progress()
    assert found.lines[0] == "1 question due today: nts.review() asks them, ten minutes at a time."
    assert found.lessons[0].due == 1 and "1 question due today</summary>" in found._repr_html_()


def test_of_a_test_nothing_is_given_away(store: answers.Store) -> None:
    texts = []
    for status in ("right", "wrong"):
        give(store, "00-pre-two-ages", status=status)
        texts.append(nts.progress()._repr_html_() + repr(nts.progress()))
    assert texts[0] == texts[1] and "after the test" in texts[0]
    (test,) = [found for found in nts.progress().lessons[0].standings if found.text == TEST]
    assert (test.asked, test.answered, test.again) == (15, 1, ())


def test_a_question_that_another_lesson_asked_again_counts_where_it_was_taught(store: answers.Store) -> None:
    extra = next(
        q.id
        for q in questions.known_questions().values()
        if q.lesson == 2 and q.mode == "practice" and q.id not in BOOKS["02"].asked()
    )
    before = sum(found.asked for found in standings(BOOKS["02"], {}))
    record = Record(1, extra, "a", "right", 1.0)
    after = standings(BOOKS["02"], latest_scored([record]))
    assert sum(found.asked for found in after) == before + 1
    assert sum(found.answered for found in after) == 1


def test_tasks_alone_are_progress_too_and_no_line_contradicts_it(store: answers.Store) -> None:
    give(store, "03-share", status="wrong", response=["80"])
    found = nts.progress()
    assert [begun.title for begun in found.lessons] == [BOOKS["03"].title]
    assert "No answers yet" not in repr(found) and "tasks tried" in repr(found)


def test_a_route_leaves_the_other_lessons_out(store: answers.Store) -> None:
    give(store, "00-title", "03-share")
    assert [begun.title[:2] for begun in nts.progress("Methods").lessons] == ["00"]
    with pytest.raises(ValueError, match="no route 'Lawyer'; allowed: Law, Methods, Policy"):
        nts.progress("Lawyer")


def test_damaged_files_of_answers_and_notebooks_leave_the_rest(
    store: answers.Store, tmp_path: Path, copy_course: Callable[[Path], Course]
) -> None:
    give(store, "00-title", "02-destitute", "90-gone")
    (store.folder / "answers-torn.jsonl").write_bytes(b"\x00\xff{\n")
    of = copy_course(tmp_path / "copy")
    (of.lessons / BOOKS["02"].path.name).write_text("{", encoding="utf-8")
    for path in lessons.files(of.exercises):
        path.write_bytes(b"\0" * 99)
    with of.in_use():
        (begun,) = nts.progress().lessons
    assert (begun.title, begun.tasks) == (BOOKS["00"].title, 0) and "task" not in begun.summary


def test_its_table_is_escaped() -> None:
    begun = learner.Begun("<b>", "x.ipynb", (Standing("<i>", 1, 0),), 0, 0, 0)
    page = learner.Progress(("<u>",), (begun,))._repr_html_()
    assert not re.search("<[biu]>", page) and "&lt;i&gt;" in page
