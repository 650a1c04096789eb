"""Skeletons of a question and a lesson: they load, the audit names what is unfinished, filled they pass."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import yaml

from notthesame import cli, lessons, questions
from notthesame.authoring import audit, execute, headers, new_lesson, new_question, rules
from notthesame.course import Course, course
from notthesame.questions import KINDS
from tests.authoring.test_audit import change_cells, change_file

NAMES = (
    "Abel",
    "Berta",
    "Carla",
    "Dario",
    "Enid",
    "Fritz",
    "Greta",
    "Hanne",
    "Igor",
    "Jette",
    "Kuno",
    "Lotte",
)
THINGS = {"a": "buyers", "b": "callers", "c": "guests", "d": "owners"}
MARKS = (
    "an invented case",
    "what is asked of",
    "number of the outcome",
    "one of: remember",
    "ids of",
    "who wrote it",
)
WORDS = "It is said in plain words, and whoever reads it can see what was seen and what was not"
number = count()


def sentence() -> str:
    """A sentence that no other text of the course has."""
    place = next(number)
    return f"{WORDS} by {NAMES[place % 12]} of {'Upper ' * (place // 12)}Town."


def filled(question: Any, name: str) -> None:
    """Put words in the place of every TODO of an entry."""
    who = NAMES[next(number) % 12] + " of " + name
    question |= {
        "case": f"{who} keeps a shop and writes down, for 3 days, who comes in.",
        "stem": f"What may {who} say of the town?",
        "author": "Not the Same",
        "section": question["section"].replace(new_question.SECTION, "Movement is not the test"),
    }
    told = f"What {who} wrote down is about those who came in, and whoever stayed away left no mark"
    for letter, option in question.get("options", {}).items():
        thing = THINGS[letter]
        option |= {"text": f"How many {thing} came to the shop", "reason": f"{told}, {thing} or none."}
    if question["kind"] == "numeric":
        question |= {"answer": 3, "unit": "days", "reason": f"{told}; the case says for how long."}
        question["ranges"][0] |= {"low": 1, "high": 2, "reason": f"{told}, and no day was left out."}
        question["otherwise"]["reason"] = f"{told}. Read the case again for how long it went on."


def fill(of: Course) -> None:
    """Finish what two skeletons left open."""

    def bank(raw: Any) -> None:
        for question in raw["questions"]:
            if "TODO" in str(question):
                filled(question, question["id"].translate(str.maketrans("", "", "0123456789-")).title())

    for name in ("02", "14"):
        change_file(of, f"exercises/questions/{name}.yaml", bank)

    def lesson(cells: list[Any]) -> None:
        for cell in cells:
            kept = re.sub(r"TODO a verb.*?(?=\(\w+\)[;.])", "say what a count leaves out ", cell["source"])
            cell["source"] = re.sub(r"TODO[^\n]*", lambda _: sentence(), kept)

    for path in of.root.rglob("14_*.ipynb"):
        change_cells(of, path.relative_to(of.root).as_posix(), lesson)
    checks, notes = of.checks / "14.py", of.instructors / "notes" / "14.md"
    text = re.sub(r"  # TODO.*", "", checks.read_text("utf-8"))
    checks.write_text(re.sub(r'TODO[^"]*', lambda _: sentence(), text), "utf-8")
    notes.write_text(re.sub(r"TODO[^|\n]*", lambda _: sentence(), notes.read_text("utf-8")), "utf-8")


@pytest.mark.slow
def test_skeletons_load_are_named_as_unfinished_and_pass_once_filled(
    tmp_path: Path, copy_course: Callable[[Path], Course], capsys: pytest.CaptureFixture[str]
) -> None:
    of = copy_course(tmp_path / "course")
    of.manifest.parent.mkdir(parents=True)
    with of.in_use():
        assert cli.main(["new", "question", "2", "shop-book"]) == 0
        assert cli.main(["new", "lesson", "14", "what-then", "What then"]) == 0
        assert "added 02-shop-book at the end of exercises/questions/02.yaml" in capsys.readouterr().out
    of = Course(of.root)
    with of.in_use():
        unfinished = [str(fault) for fault in rules.unfinished.faults(audit.read_whole(of))]
        entries = [questions.question("02-shop-book"), *map(questions.question, ids("14"))]
    for words in MARKS:
        assert len([fault for fault in unfinished if words in fault]) >= len(entries), words
    assert len([fault for fault in unfinished if "a heading of the lesson, as" in fault]) == 1
    options = sum(len(question.options) for question in entries)
    assert len([fault for fault in unfinished if "say why this is" in fault]) == options
    for shelf in ("lessons/14", "solutions/14", "exercises/questions/14", "exercises/checks/14", "notes/14"):
        assert any(shelf in fault for fault in unfinished), shelf
    fill(of)
    of = Course(of.root)
    with of.in_use():
        books = {book.number: book for book in lessons.read_all(of.lessons)}
        path = books["14"].path
        path.write_text(headers.with_lines_in_json(path.read_text("utf-8"), books["14"], books), "utf-8")
        assert execute.run_all(of, ["14"], lambda _: None) == ()
    assert [str(fault) for fault in audit.audit(Course(of.root)).faults] == []


def ids(lesson: str) -> list[str]:
    return [f"{lesson}-question-{place}" for place in range(1, 11)]


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_of_each_kind_loads(kind: str, tmp_path: Path) -> None:
    text = "lesson: 2\nquestions:\n" + new_question.entry("02-x", kind, "need-is-coercion")
    (tmp_path / "02.yaml").write_text(text, encoding="utf-8")
    found = questions.load_bank(tmp_path / "02.yaml").questions["02-x"]
    assert found.kind == kind and set(yaml.safe_load(text)["questions"][0]) >= {
        "case",
        "facts",
        "exit_ticket",
    }


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["question", "02", "Two Towns"], "The short name is 'Two Towns'; allowed are small letters"),
        (["question", "02", "destitute"], "There is a question 02-destitute already"),
        (["question", "77", "x"], "Lesson '77' has no file of questions; there are lessons 00, 01"),
        (["question", "02", "x", "--kind", "essay"], "There is no kind 'essay'; allowed: single, multiple"),
        (["lesson", "02", "x", "X"], "The number is '02'; allowed are two digits, not 00, 01"),
        (["lesson", "x", "x", "X"], "The number is 'x'; allowed are two digits"),
        (["lesson", "14", "../x", "X"], "The short name is '../x'; allowed are small letters"),
        (["lesson", "14", "x", " "], "The title is ' '; allowed is a line of text"),
    ],
)
def test_what_is_no_name_is_refused_in_a_line(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(course().root.glob("*/*"))
    assert cli.main(["new", *words]) == 1
    assert capsys.readouterr().err.startswith(told)
    assert sorted(course().root.glob("*/*")) == before


def test_a_lesson_never_lies_over_what_is_there(tmp_path: Path) -> None:
    with Course(tmp_path).in_use(), pytest.raises(FileNotFoundError):
        new_lesson.new_lesson(Course(tmp_path), "14", "x", "X")
    assert list(tmp_path.iterdir()) == []
