"""The course itself: there is something to guard, and the audit that guards it finds no fault."""

from __future__ import annotations

from notthesame import evidence, lessons
from notthesame.course import course


def test_there_are_lessons_with_exercise_and_solution() -> None:
    here = course()
    shelves = [here.lessons, here.exercises, here.solutions]
    names = [[path.name for path in lessons.files(folder)] for folder in shelves]
    named = [[f"{name[:3]}{kind}{name[3:]}" for name in names[0]] for kind in ("", "exercise_", "solution_")]
    assert names == named and "02" in [name[:2] for name in names[0]]


def test_the_folder_that_is_looked_at_is_the_checkout() -> None:
    assert (course().root / "tests").is_dir() and not course().packaged


def test_each_claim_of_the_blog_post_is_taken_up_where_its_table_says() -> None:
    books = {book.title: book for book in lessons.read_all(course().lessons)}
    rows = evidence.rows("post_claims")
    for row in rows:
        assert row["section"] in books[row["lesson"]].headings, row["id"]
        assert not row["fact"] or row["fact"] in evidence.known_facts(), row["id"]
    offered = [row for row in rows if row["kind"] == "resource"]
    assert len(offered) == 2 and all(row["verdict"] == "offered" for row in offered)
    for row, name in zip(offered, ("Sold in America", "Freedom Collaborative"), strict=True):
        section = (cell.source for cell in books[row["lesson"]].markdown() if cell.section == row["section"])
        assert name in row["claim"] and name in " ".join(section)


def test_code_of_a_lesson_fits_its_cell() -> None:
    """At 1366 x 768 with the file panel open a cell shows 88 characters of code; the rest would scroll."""
    long = [
        f"{path.name}, {line}"
        for path in lessons.files(course().lessons)
        for cell in lessons.read(path).code()
        for line in cell.source.splitlines()
        if len(line) >= 88
    ]
    assert not long
