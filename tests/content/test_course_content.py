"""The course itself: there is something to guard, and the audit that guards it finds no fault."""

from __future__ import annotations

from notthesame import lessons
from notthesame.course import course


def test_there_are_lessons_with_exercise_and_solution() -> None:
    here = course()
    shelves = [here.lessons, here.exercises, here.solutions]
    names = [[path.name for path in lessons.files(folder)] for folder in shelves]
    named = [[f"{name[:3]}{kind}{name[3:]}" for name in names[0]] for kind in ("", "exercise_", "solution_")]
    assert names == named and "02" in [name[:2] for name in names[0]]


def test_the_folder_that_is_looked_at_is_the_checkout() -> None:
    assert (course().root / "tests").is_dir() and not course().packaged
