"""The table of outcomes: made from the course, whole, and with nothing in it that stands nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from notthesame import exercises, lessons, questions
from notthesame.authoring import outcomes
from notthesame.course import course
from notthesame.lessons import Cell, Notebook

PAGE = outcomes.outcomes()
BOOKS = lessons.read_all(course().lessons)
ROWS = {
    (book.number, outcome.number): next(
        line for line in PAGE.splitlines() if line.startswith(f"| {outcome.number}. {outcome.text} (")
    )
    for book in BOOKS
    for outcome in book.outcomes
}


def columns(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def ids(column: str) -> set[str]:
    return {*re.findall(r"`([^`]+)`", column)}


def test_every_outcome_has_a_row_with_an_activity_and_two_questions() -> None:
    assert len(ROWS) == sum(len(book.outcomes) for book in BOOKS) > 30
    assert PAGE.count("\n| ") == len(ROWS) + 2 * len(BOOKS)
    for name, row in ROWS.items():
        outcome, activities, practice, _, _ = columns(row)
        assert outcome.endswith(")") and "](../lessons/" in activities, name
        assert len(ids(practice)) >= 2, name


def test_every_question_and_task_stands_in_one_row_and_in_its_own_column() -> None:
    found = [columns(row) for row in ROWS.values()]
    bank = questions.known_questions().values()
    taught = {book.number for book in BOOKS}
    for place, mode in ((2, "practice"), (3, "test")):
        asked = {q.id for q in bank if q.mode == mode and f"{q.taught:02d}" in taught}
        listed = [name for row in found for name in re.findall("`([^`]+)`", row[place])]
        assert sorted(listed) == sorted(asked)
    listed = [name for row in found for name in re.findall("`([^`]+)`", row[4])]
    assert sorted(listed) == sorted(name for name in exercises.checks() if name[:2] in taught)


def test_every_lab_stands_in_the_table() -> None:
    for book in BOOKS:
        for cell in filter(lambda cell: outcomes.kind_of(cell) == "lab", book.cells):
            rows = [ROWS[book.number, int(number)] for number in outcomes.served(cell)]
            assert rows and all(re.search(r"\([a-z, ]*\blab\b", row) for row in rows), (
                book.number,
                cell.index,
            )


@pytest.mark.parametrize(
    ("kind", "source", "found"),
    [
        ("code", "nts.town()", "lab"),
        ("code", 'nts.figure(fig, after="Guess")', "guess"),
        ("code", "nts.figure(fig)", "figure"),
        ("code", "1 + 1", "code"),
        ("markdown", "<details><summary>Guess</summary></details>", "guess"),
        ("markdown", "The lab is nts.town().", "text"),
    ],
)
def test_what_is_done_in_a_cell(kind: str, source: str, found: str) -> None:
    assert outcomes.kind_of(Cell(0, kind, source, "", ())) == found


def test_a_cell_belongs_to_the_section_in_which_it_begins() -> None:
    cells = (
        Cell(0, "markdown", "# Lesson\n\n1. do it (apply)", "", ()),
        Cell(1, "markdown", "## One\n\nText.", "One", ("outcome-1",)),
        Cell(2, "markdown", "An answer.\n\n## Two", "Two", ("outcome-1",)),
        Cell(3, "code", "1", "Two", ("outcome-1", "outcome-2")),
    )
    found = outcomes.activities(Notebook(Path("01_x.ipynb"), cells, {}), 1)
    assert {section: [cell.index for cell in group] for section, group in found.items()} == {
        "One": [1, 2],
        "Two": [3],
    }
