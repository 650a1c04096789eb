"""The learner's own tools: where was I, fresh copies, retrieval, help lines."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import notthesame as nts
from notthesame import evidence, learner, lessons, questions, untouched
from notthesame._loading import FileFaults
from notthesame.authoring.rules import lessons as rules
from notthesame.course import Course, course
from notthesame.questions import answers, forms, retrieval, static, view
from notthesame.questions.shown import in_few_words
from notthesame.subject import help_lines
from tests.disk import no_more_than, read_only

ROOT = Path(__file__).resolve().parents[2]
BOOKS = {book.number: book for book in lessons.read_all(ROOT / "lessons")}
MODEL = questions.question("00-title")
posix_only = pytest.mark.skipif(os.name != "posix", reason="needs POSIX rights and limits")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> answers.Store:
    """A real store in a folder of its own."""
    found = answers.Store(tmp_path / "answers")
    monkeypatch.setattr(answers, "load", found.load)
    return found


def give(store: answers.Store, *ids: str) -> None:
    for question in ids:
        store.record(question, "a", status="wrong", credit=0.0)


# --- where was I


def test_without_answers_it_says_how_to_start_and_names_no_other_lesson(store: answers.Store) -> None:
    text = repr(learner.where_was_i())
    assert text.startswith("No answers yet. Begin with the lesson “00 Start here”.")
    assert BOOKS["02"].title not in text and "<table" not in learner.where_was_i()._repr_html_()


def test_it_names_the_last_answer_and_the_first_open_question_after_it(store: answers.Store) -> None:
    give(store, "00-title", "00-three-ways", "00-no-votes")
    place = learner.where_was_i()
    asked = [q for q in BOOKS["00"].asked() if q not in ("00-title", "00-three-ways", "00-no-votes")]
    after = next(
        q
        for q in asked
        if list(BOOKS["00"].asked()).index(q) > list(BOOKS["00"].asked()).index("00-no-votes")
    )
    section = next(cell.section for cell in BOOKS["00"].code() if after in cell.asks())
    words = in_few_words(questions.question("00-no-votes"))
    last = f"“{words}”, in “00 Start here”, section “Where a number comes from”."
    assert place.lines[0] == f"Last answered: {last}" and "00-no-votes" not in repr(place)
    assert place.lines[1] == f"Go on in “00 Start here”, section “{section}”."
    assert ("00 Start here", 3, len(set(BOOKS["00"].asked()))) in place.rows


def test_a_question_answered_twice_counts_once_and_the_latest_answer_is_the_last(
    store: answers.Store,
) -> None:
    give(store, "00-three-ways", "00-title", "00-title")
    place = learner.where_was_i()
    assert in_few_words(questions.question("00-title")) in place.lines[0] and place.rows[0][1] == 2


def test_a_blank_before_the_last_answer_is_not_where_one_goes_on(store: answers.Store) -> None:
    give(store, BOOKS["00"].asked()[-1])
    following = min(number for number in BOOKS if number > "00")
    assert f"the lesson “{BOOKS[following].title}”, section" in learner.where_was_i().lines[1]


def test_a_question_that_comes_back_leads_nobody_back(store: answers.Store) -> None:
    tour = BOOKS["00"].asked()
    give(store, *tour[:2], *tour[3:5])  # the third was left blank
    before = learner.where_was_i().lines[1]
    give(store, tour[0])
    last, go_on = learner.where_was_i().lines
    assert in_few_words(questions.question(tour[0])) in last and go_on == before


def test_a_route_leaves_the_other_lessons_out(store: answers.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(lessons.ROUTES, "Short", ("00", "02"))
    give(store, BOOKS["00"].asked()[-1])
    assert f"the lesson “{BOOKS['02'].title}”" in learner.where_was_i("Short").lines[1]
    assert [title for title, _, _ in learner.where_was_i("Short").rows] == [
        BOOKS["00"].title,
        BOOKS["02"].title,
    ]
    with pytest.raises(ValueError, match="no route 'Lawyer'; allowed: Law, Methods, Policy"):
        learner.where_was_i("Lawyer")


def test_at_the_end_it_says_so(store: answers.Store) -> None:
    give(store, max(BOOKS.items())[1].asked()[-1])
    assert "Nothing after it is open" in learner.where_was_i().lines[1]


def test_answers_to_questions_that_no_lesson_asks_do_not_disturb_it(store: answers.Store) -> None:
    give(store, "90-gone")
    assert "No answers yet" in repr(learner.where_was_i())
    give(store, "00-title", "90-gone")
    assert in_few_words(questions.question("00-title")) in repr(learner.where_was_i())


def test_its_table_is_accessible_and_escaped() -> None:
    page = learner.Place(("<b>",), (("<i>", 1, 2),))._repr_html_()
    assert "&lt;b&gt;" in page and "&lt;i&gt;" in page
    assert (
        page.count("<caption>") == 1
        and page.count('<th scope="col"') == 2
        and page.count('<th scope="row"') == 1
    )


def test_questions_drawn_from_earlier_lessons_belong_to_the_lesson_that_draws_them() -> None:
    cell = lessons.Cell(0, "code", 'nts.retrieval("02")', "Before you begin", ())
    book = lessons.Notebook(Path("02_x.ipynb"), (cell,), {})
    assert [found.question for found in learner._asked(book)] == list(retrieval.drawn("02"))
    assert {found.section for found in learner._asked(book)} == {"Before you begin"}


# --- what the course says of answers


def test_my_answers_tells_of_a_test_once_form_b_is_done(store: answers.Store) -> None:
    store.record("00-pre-two-ages", "c", status="right", credit=1.0)
    *most, last = [pair.after.id for pair in forms.pairs()]
    for name in most:
        store.record(name, "a", status="wrong", credit=0.0)
    assert {row[3] for row in store.show()._rows()} == {"after the test"}
    store.record(last, "a", status="partly right", credit=0.5)
    told = [row[3] for row in store.show()._rows()]
    assert told == ["Right", *("Not right" for _ in most), "Partly right"]


def test_my_answers_gives_nothing_of_a_test_away(
    store: answers.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.record("00-pre-two-ages", "c", status="right", credit=1.0, confidence=80)
    store.record("00-title", "b", status="right", credit=1.0)
    store.record("90-gone", "b", status="wrong", credit=0.0)
    assert [row[3] for row in store.show()._rows()] == ["after the test", "Right", "Not right"]

    def broken() -> None:
        raise FileFaults("00.yaml", ["spoilt"])

    monkeypatch.setattr(questions, "known_questions", broken)
    named = [f"{name} (not in this version)" for name in ("00-pre-two-ages", "00-title", "90-gone")]
    assert [row[1] for row in store.show()._rows()] == named


def test_export_says_where_and_never_overwrites(
    store: answers.Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "_store", store)
    monkeypatch.chdir(tmp_path)
    give(store, "00-title")
    assert repr(nts.export_answers("mine.json")) == (
        "Your answers are in mine.json. The file is for you; nothing was sent."
    )
    written = (tmp_path / "mine.json").read_bytes()
    assert "mine.json is there already" in repr(nts.export_answers("mine.json"))
    assert (tmp_path / "mine.json").read_bytes() == written and b"00-title" in written


# --- what there is


def test_the_contents_say_minutes_links_and_what_is_done(
    store: answers.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    give(store, "00-title")
    found = learner.contents()
    assert [chapter.title for chapter in found.chapters] == [book.title for book in BOOKS.values()]
    first = found.chapters[0]
    assert (first.answered, first.minutes) == (1, (BOOKS["00"].minutes or (0,))[0]) and first.asked > 10
    page = found._repr_html_()
    assert f'<a href="lessons/{BOOKS["00"].path.name}">' in page and '<a href="exercises/00' in page
    assert "Go on in" in page and page.count("<table>") == 1
    monkeypatch.chdir(ROOT / "exercises" / "solutions")
    assert '<a href="../../lessons/00' in found._repr_html_()
    assert len(learner.contents("Law").chapters) < len(found.chapters)


# --- a fresh copy


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Path]:
    """A course of two notebooks, as shipped, with the list of digests that belongs to it."""
    root = tmp_path / "course"
    for name in ("lessons/02_x.ipynb", "exercises/02_exercise_x.ipynb", "lessons/02_x fresh-Copy1.ipynb"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f'{{"cells": [], "as": "shipped in {name}"}}\n', encoding="utf-8")
    (root / "src" / "notthesame").mkdir(parents=True)
    with Course(root).in_use() as small:
        untouched.write_manifest(small)
        yield root


def load_start(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("start_for_learner", ROOT / "start.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["start_for_learner"] = module
    spec.loader.exec_module(module)
    module.ROOT = root  # type: ignore[attr-defined]
    return module


def test_the_list_of_digests_is_current() -> None:
    listed = json.loads(untouched.manifest(course()))
    assert listed == untouched.shipped(), "run `make data`"
    assert {path for path in listed if path.startswith("lessons/")} == {
        f"lessons/{b.path.name}" for b in BOOKS.values()
    }


def test_a_copy_is_as_shipped_and_nothing_is_ever_overwritten(copy: Path) -> None:
    own, before = copy / "lessons" / "02_x.ipynb", sorted(copy.rglob("*.ipynb"))
    original = own.read_bytes()
    assert "The fresh copy is lessons/02 lesson (fresh).ipynb." in repr(learner.fresh_copy("02"))
    (copy / "lessons" / "02 lesson (fresh).ipynb").write_text("mine", encoding="utf-8")
    assert "02 lesson (fresh 2).ipynb" in repr(learner.fresh_copy(2))
    assert own.read_bytes() == original == (copy / "lessons" / "02 lesson (fresh 2).ipynb").read_bytes()
    assert (copy / "lessons" / "02 lesson (fresh).ipynb").read_text(encoding="utf-8") == "mine"
    assert "exercises" in (copy / "exercises").as_posix() and "(fresh).ipynb" in repr(
        learner.fresh_copy("02", "exercise")
    )
    assert b"exercises/02_exercise_x" in (copy / "exercises" / "02 exercise (fresh).ipynb").read_bytes()
    assert len(sorted(copy.rglob("*.ipynb"))) == len(before) + 3


def test_the_kept_copy_serves_once_ones_own_is_changed(copy: Path) -> None:
    own = copy / "lessons" / "02_x.ipynb"
    original = own.read_bytes()
    load_start(copy).keep_untouched()
    own.write_text("changed", encoding="utf-8")
    learner.fresh_copy("02")
    assert (copy / "lessons" / "02 lesson (fresh).ipynb").read_bytes() == original
    assert own.read_text(encoding="utf-8") == "changed"


def test_a_changed_notebook_never_becomes_the_original(copy: Path) -> None:
    start, own = load_start(copy), copy / "lessons" / "02_x.ipynb"
    kept = copy / ".untouched" / "lessons" / "02_x.ipynb"
    original = own.read_bytes()
    own.write_text("changed before the first start", encoding="utf-8")
    start.keep_untouched()
    assert not kept.exists()
    assert "No untouched copy of lessons/02_x.ipynb" in repr(learner.fresh_copy("02"))
    assert not list(copy.glob("lessons/*(fresh*).ipynb"))
    own.write_bytes(original)
    start.keep_untouched()
    own.write_text("changed later", encoding="utf-8")
    start.keep_untouched()
    assert kept.read_bytes() == original


def test_a_new_version_replaces_the_kept_copy_and_an_old_copy_is_not_handed_out(copy: Path) -> None:
    start, own = load_start(copy), copy / "lessons" / "02_x.ipynb"
    start.keep_untouched()
    own.write_text("version 2\n", encoding="utf-8")
    untouched.write_manifest(Course(copy))
    kept = copy / ".untouched" / "lessons" / "02_x.ipynb"
    assert untouched.find("lessons/02_x.ipynb") == b"version 2\n"  # one's own, not the copy of version 1
    start.keep_untouched()
    assert kept.read_bytes() == b"version 2\n"
    own.write_text("version 2, changed", encoding="utf-8")
    assert untouched.find("lessons/02_x.ipynb") == b"version 2\n"


def test_line_endings_do_not_make_a_notebook_changed(copy: Path) -> None:
    own = copy / "lessons" / "02_x.ipynb"
    own.write_bytes(own.read_bytes().replace(b"\n", b"\r\n"))
    load_start(copy).keep_untouched()
    assert (copy / ".untouched" / "lessons" / "02_x.ipynb").read_bytes() == own.read_bytes()
    assert untouched.find("lessons/02_x.ipynb") == own.read_bytes()


def test_start_and_the_package_reckon_the_same_digest_and_place() -> None:
    content = b'{"cells": []}\r\n'
    assert untouched.digest(content) == hashlib.sha256(b'{"cells": []}\n').hexdigest()
    source = (ROOT / "start.py").read_text("utf-8")
    assert f'ROOT / "{untouched.KEPT}"' in source and "src/notthesame/notebooks.json" in source


def test_a_folder_that_cannot_be_written_to_does_not_keep_the_course_from_opening(copy: Path) -> None:
    (copy / ".untouched").write_text("a file stands where the folder would be", encoding="utf-8")
    load_start(copy).keep_untouched()


def test_an_installed_package_writes_where_the_learner_works(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Course, "packaged", property(lambda self: True))
    monkeypatch.setattr(Course, "manifest", property(lambda self: copy / "src/notthesame/notebooks.json"))
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    assert "The fresh copy is 02 lesson (fresh).ipynb." in repr(learner.fresh_copy("02"))
    assert "The fresh copy is 02 exercise (fresh).ipynb." in repr(learner.fresh_copy("02", "exercise"))
    found = sorted(path.name for path in (tmp_path / "desk").iterdir())
    assert found == ["02 exercise (fresh).ipynb", "02 lesson (fresh).ipynb"]


@posix_only
def test_where_the_course_is_only_to_be_read_a_fresh_copy_lies_where_the_learner_works(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own").mkdir()
    monkeypatch.chdir(tmp_path / "own")
    with read_only(copy / "lessons"):
        assert "The fresh copy is 02 lesson (fresh).ipynb." in repr(learner.fresh_copy("02"))
    written = tmp_path / "own" / "02 lesson (fresh).ipynb"
    assert written.read_bytes() == (copy / "lessons" / "02_x.ipynb").read_bytes()


@posix_only
def test_in_a_read_only_folder_a_fresh_copy_says_where_it_could_be_and_can(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "desk").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "desk"))
    monkeypatch.chdir(copy / "lessons")
    before = sorted(tmp_path.rglob("*"))
    with read_only(copy / "lessons"):
        said = repr(learner.fresh_copy("02"))
        assert said.startswith("The fresh copy cannot be written there (")
        assert said.endswith('; type nts.fresh_copy("02", "lesson", folder="~"). Nothing was written.')
        assert sorted(tmp_path.rglob("*")) == before
        assert "The fresh copy is ~/02 lesson (fresh).ipynb." in repr(learner.fresh_copy("02", folder="~"))
        assert 'nts.export_answers("~/answers.json")' in repr(nts.export_answers("mine.json"))
    written = tmp_path / "desk" / "02 lesson (fresh).ipynb"
    assert written.read_bytes() == (copy / "lessons" / "02_x.ipynb").read_bytes()
    assert "02 lesson (fresh 2).ipynb" in repr(learner.fresh_copy("02", folder=tmp_path / "desk"))
    assert sorted(tmp_path.rglob("*.part")) == []


@posix_only
def test_a_full_disk_leaves_no_torn_copy(copy: Path) -> None:
    before = sorted(copy.rglob("*"))
    with no_more_than(20):
        said = repr(learner.fresh_copy("02"))
    assert said == "The fresh copy cannot be written there (File too large). Nothing was written."
    assert sorted(copy.rglob("*")) == before


def test_on_a_disk_without_hard_links_nothing_is_overwritten_either(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)  # as FAT and some network disks answer
    assert "(fresh).ipynb" in repr(learner.fresh_copy("02"))
    assert "(fresh 2).ipynb" in repr(learner.fresh_copy("02"))
    original = (copy / "lessons" / "02_x.ipynb").read_bytes()
    found = sorted(copy.glob("lessons/02 *"))
    assert [path.read_bytes() for path in found] == [original] * 2


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (("14",), "There is no lesson '14'; there are: 02."),
        (("02", "poster"), "kind is 'poster'; allowed: lesson, exercise"),
    ],
)
def test_an_unknown_notebook_is_answered_with_those_there_are(copy: Path, call: Any, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        learner.fresh_copy(*call)


def test_copies_that_learners_make_are_no_lessons_of_the_course(copy: Path) -> None:
    learner.fresh_copy("02")
    (copy / "lessons" / "02_x-Copy1.ipynb").write_text("{}", encoding="utf-8")
    (copy / "lessons" / "Untitled.ipynb").write_text("{}", encoding="utf-8")
    assert [path.name for path in lessons.files(copy / "lessons")] == ["02_x.ipynb"]
    assert list(json.loads(untouched.manifest(Course(copy)))) == [
        "lessons/02_x.ipynb",
        "exercises/02_exercise_x.ipynb",
    ]


# --- questions from earlier lessons


def fake_shelf(monkeypatch: pytest.MonkeyPatch, **banks: int) -> None:
    """``_01=3``: practice questions 01-q0 to 01-q2, the last in the exit ticket, and 01-q3 of a test."""
    made = {}
    for name, size in banks.items():
        for index in range(size + 1):
            found = f"{name[1:]}-q{index}"
            traits = {"id": found, "lesson": int(name[1:]), "mode": "test" if index == size else "practice"}
            made[found] = questions.Question(
                **{
                    **{f: getattr(MODEL, f) for f in MODEL.__dataclass_fields__},
                    **traits,
                    "exit_ticket": index == size - 1,
                }
            )
    of_lesson = {n: {i: q for i, q in made.items() if i.startswith(n)} for n in lessons.NUMBERS}
    monkeypatch.setattr(questions, "of_lesson", lambda number: of_lesson[number])
    monkeypatch.setattr(lessons, "read_texts", lambda folder: ())


def test_the_lessons_before_one_are_those_on_every_route_to_it() -> None:
    assert lessons.before("02") == ("00", "01")
    assert lessons.before("06") == lessons.before("13") == ("00", "01", "02")
    assert lessons.before("05") == ("00", "01", "02", "03", "04")
    assert lessons.before("12") == ("00", "01", "02", "03", "04", "05")
    assert lessons.before("00") == ()
    with pytest.raises(ValueError, match="'14' is on no route; there are 00, 01"):
        lessons.before("14")


def test_one_question_comes_from_the_nearest_the_middle_and_the_first_third(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fake_shelf(monkeypatch, _00=9, _01=9, _02=9, _03=9, _04=9, _05=9)
    assert [found[:2] for found in retrieval.drawn("12")] == ["05", "03", "01"]
    assert [found[:2] for found in retrieval.drawn("06")] == ["02", "01", "00"]
    assert [found[:2] for found in retrieval.drawn("02")] == ["01", "01", "00"]


@pytest.mark.parametrize("number", lessons.NUMBERS)
def test_what_is_drawn_is_practice_from_earlier_lessons_and_always_the_same(number: str) -> None:
    found = retrieval.drawn(number)
    assert found == retrieval.drawn(int(number)) and len(set(found)) == len(found) <= 3
    for question in map(questions.question, found):
        assert f"{question.lesson:02d}" in lessons.before(number)
        assert question.mode == "practice" and not question.exit_ticket


def test_neighbouring_lessons_draw_different_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_shelf(monkeypatch, _00=9, _01=9, _02=9)
    assert not {*retrieval.drawn("06")} & {*retrieval.drawn("07")} and not {*retrieval.drawn("07")} & {
        *retrieval.drawn("08")
    }


def test_with_few_questions_it_draws_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_shelf(monkeypatch, _00=2)
    assert retrieval.drawn("02") == ("00-q0",)  # q1 is in the exit ticket, q2 belongs to a test
    fake_shelf(monkeypatch)
    assert retrieval.drawn("02") == ()


def test_a_question_that_its_lesson_does_not_ask_comes_first() -> None:
    asked = BOOKS["00"].asked()
    assert questions.question(retrieval.drawn("06")[-1]).id not in asked


def test_retrieval_shows_each_question_and_says_when_there_is_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[tuple[str, bool]] = []
    monkeypatch.setattr(view, "ask", lambda name, *, earlier: shown.append((name, earlier)))
    retrieval.retrieval("02")
    assert shown == [(name, False) for name in retrieval.drawn("02")] and shown
    retrieval.retrieval("00")
    assert "No earlier lesson has questions" in capsys.readouterr().out


# --- help lines


def test_help_lines_say_when_each_was_last_seen_and_to_check_again() -> None:
    lines = help_lines.help_lines()
    table = evidence.rows("debate_support_resources")
    assert sum(len(rows) for _, rows in lines.countries) == len(table)
    assert {row["country"] for row in table} == set(help_lines.COUNTRIES)
    for _, rows in lines.countries:
        assert all(re.fullmatch(r"20\d\d", row[-1]) for row in rows)
    for shown in (repr(lines), lines._repr_html_()):
        assert "Check it again" in shown and "more than one kind" in shown
        assert all(row["number"] in shown for row in table if row["service"] != "Ruhama")
        assert shown.count("none seen: see its page") == sum(not row["number"] for row in table) > 0


def test_a_number_without_a_second_source_is_not_printed() -> None:
    (row,) = [row for row in evidence.rows("debate_support_resources") if row["service"] == "Ruhama"]
    shown = repr(help_lines.help_lines("IE")) + help_lines.help_lines("IE")._repr_html_()
    assert row["number"] not in shown and row["text"] not in shown
    assert "not confirmed" in shown and "ruhama.ie" in shown
    table = evidence.rows("debate_support_resources")
    assert [other for other in table if other["printed"] == "false"] == [row]
    assert all(bool(other["printed"]) == bool(other["number"]) for other in table)


def test_help_lines_are_one_table_with_caption_and_scopes() -> None:
    page = help_lines.help_lines()._repr_html_()
    assert f"<caption>Help lines: {', '.join(help_lines.COUNTRIES.values())}</caption>" in page
    assert page.count('<th scope="row"') == len(evidence.rows("debate_support_resources"))
    assert "United States" not in help_lines.help_lines("GB")._repr_html_()
    with pytest.raises(ValueError, match="country is 'UK'; allowed: US, GB, CA, IE"):
        help_lines.help_lines("UK")


# --- lesson 00


def test_the_pre_test_is_a_test_over_the_whole_course() -> None:
    form = [q for q in questions.known_questions().values() if q.lesson == 0 and q.mode == "test"]
    assert len(form) == 15 and {q.about for q in form} == set(range(1, 14))
    assert {q.kind for q in form} == set(questions.KINDS)
    assert sum(bool(q.case) for q in form) >= 5
    assert [q.id for q in form] == [i for i in BOOKS["00"].asked() if i.startswith("00-pre-")]
    for question in form:
        block = static.static_block(question)
        assert "<details" not in block and all(reason not in block for _, reason, _ in question.reasons())


def test_the_tour_meets_every_kind_and_nothing_in_it_records_or_deletes() -> None:
    tour = [questions.question(i) for i in BOOKS["00"].asked() if not i.startswith("00-pre-")]
    assert {q.kind for q in tour} == set(questions.KINDS)
    code = "\n".join(
        line for cell in BOOKS["00"].code() for line in cell.source.splitlines() if not line.startswith("#")
    )
    assert not re.search(r"delete|do_not_record|export|fresh_copy", code)
    assert re.findall(r"nts\.answer\(.*\)", code) == ['nts.answer("00-typed-call", ...)']


@pytest.mark.slow
def test_running_lesson_00_leaves_no_answer_and_no_file(tmp_path: Path) -> None:
    script = "import sys, json\n" + "\n".join(
        f"exec({cell.source!r})" for cell in BOOKS["00"].code() if not cell.source.startswith("#")
    )
    before = sorted((course().lessons).glob("*(fresh*"))
    env = {**os.environ, "NOTTHESAME_ANSWERS": str(tmp_path / "answers"), "PYTHONPATH": str(ROOT / "src")}
    subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT / "lessons", env=env, check=True, capture_output=True
    )
    assert not (tmp_path / "answers").exists()
    assert sorted((course().lessons).glob("*(fresh*")) == before


# --- questions of a test in the audit


def test_a_test_question_is_judged_by_the_lesson_it_is_about() -> None:
    found = questions.question("00-pre-two-ages")
    rest = [q for q in questions.known_questions().values() if q.id != found.id]
    bank = [*rest, replace(found, section="No such heading", outcome=4)]
    faults = [fault.what for fault in rules.place_faults(BOOKS["02"], bank) if found.id in fault.where]
    assert [words.partition(" of ")[0] for words in faults][:1] == ["section 'No such heading' is no heading"]
    assert any("has no outcome 4" in words for words in faults)
    assert not [fault for fault in rules.place_faults(BOOKS["00"], bank) if found.id in fault.where]


def test_test_questions_do_not_stand_in_for_practice() -> None:
    bank = list(questions.known_questions().values())
    without = [q for q in bank if q.lesson != 0 or q.mode == "test"]
    faults = [fault.what for fault in rules.question_faults(BOOKS["00"], without)]
    assert any("0 in the bank; at least 5 and 10 are wanted" in fault for fault in faults)
    assert sum("has fewer than two questions" in fault for fault in faults) == len(BOOKS["00"].outcomes)
    assert not list(rules.question_faults(BOOKS["00"], bank))
