"""The whole course as the rules look at it: its notebooks and questions, read once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...course import Course
from ...lessons import Cell, Notebook
from ...questions import Question


@dataclass(frozen=True)
class Whole:
    """A course with its notebooks, by shelf, and the questions of its bank."""

    course: Course
    lessons: tuple[Notebook, ...] = ()
    exercises: tuple[Notebook, ...] = ()
    solutions: tuple[Notebook, ...] = ()
    bank: tuple[Question, ...] = ()
    start: tuple[Notebook, ...] = ()  # the page to begin from, where there is one

    @property
    def notebooks(self) -> tuple[Notebook, ...]:
        """Every notebook, shelf by shelf."""
        return (*self.start, *self.lessons, *self.exercises, *self.solutions)

    @property
    def executed(self) -> tuple[Notebook, ...]:
        """The notebooks that are stored with every output."""
        return (*self.start, *self.lessons, *self.solutions)

    def text_pages(self) -> Iterator[tuple[str, str]]:
        """The markdown files beside the notebooks, as (name, text)."""
        for page in [*self.course.root.glob("*.md"), *sorted(self.course.instructors.rglob("*.md"))]:
            yield page.name, page.read_text(encoding="utf-8")


def name_of(notebook: Notebook) -> str:
    """A notebook as a fault names it: "lessons/02_x.ipynb"."""
    return f"{notebook.path.parent.name}/{notebook.path.name}"


def cell_of(notebook: Notebook, cell: Cell) -> str:
    """A cell as a fault names it, counted from 1: "lessons/02_x.ipynb, cell 7"."""
    return f"{name_of(notebook)}, cell {cell.index + 1}"
