"""The sheets to fill in: found by the heads of their tables, and nothing else in a course without them."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from notthesame.authoring import sheets
from notthesame.authoring.rules.wording import without_titles
from notthesame.course import Course
from notthesame.subject import vignettes

RUBRIC = (
    "| | not yet | in part | fully |\n| --- | --- | --- | --- |\n| base | none | **one** | [all](x.md#y) |\n"
)


def write(root: Path, shelf: str, name: str, *cells: str) -> None:
    """A notebook of markdown cells."""
    (root / shelf).mkdir(parents=True, exist_ok=True)
    made = [nbformat.v4.new_markdown_cell(cell) for cell in cells]
    nbformat.write(nbformat.v4.new_notebook(cells=made), root / shelf / name)


def test_a_rubric_of_a_solution_becomes_a_sheet_with_room_to_write(tmp_path: Path) -> None:
    write(tmp_path, "lessons", "00_a.ipynb", "# 00 A")
    solved = (
        "# Solution 00",
        f"## Grade your own line\n\n{RUBRIC}\nMore.",
        f"## Task 2, optional: x\n\n{RUBRIC}",
    )
    write(tmp_path, "exercises/solutions", "00_solution_a.ipynb", *solved)
    with Course(tmp_path).in_use():
        page = sheets.sheets()
    assert page.count("\n## ") == 1
    assert f"## Lesson 00, grade your own line\n\n{sheets.LEVELS} {sheets.WORDS} |\n" in page
    assert f"| base | none | one | all | {sheets.ROOM} |" in page  # no link leads out of a sheet


@pytest.mark.parametrize("head", [sheets.REVIEW, sheets.CRITERIA, sheets.SOURCES, sheets.LEVELS])
def test_a_text_without_a_table_or_with_another_has_no_rows(head: str) -> None:
    assert sheets.table("", head) == sheets.table("| other |\n| --- |\n| a |\n", head) == ()


def test_titles_of_cases_are_free_of_the_rule_on_numbers_and_nothing_beside_them_is() -> None:
    title = next(case.title for case in vignettes.vignettes().values() if "two" in case.title)
    assert without_titles(f'"{title}", with two more') == '"", with two more'
