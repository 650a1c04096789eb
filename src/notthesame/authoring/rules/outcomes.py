"""Rules about outcomes: each has something to do in its lesson, and each lab, guess and task serves one."""

from __future__ import annotations

from collections.abc import Iterator

from ... import exercises
from ...lessons import MORE, Cell, Notebook
from ..faults import Fault
from ..outcomes import TAG, activities, kind_of, of_lesson, served
from .whole import Whole, cell_of


def faults(whole: Whole) -> Iterator[Fault]:
    """Every fault of the ties between outcomes, cells and tasks."""
    for lesson in whole.lessons:
        yield from outcome_faults(lesson)
        yield from cell_faults(lesson)
        yield from task_faults(lesson)


def outcome_faults(lesson: Notebook) -> Iterator[Fault]:
    """Each outcome has an activity in its lesson that nobody has to unfold."""
    for outcome in lesson.outcomes:
        if not {*activities(lesson, outcome.number)} - {MORE}:
            words = f"outcome {outcome.number} has no activity; tag one with {TAG}{outcome.number}"
            yield Fault("outcome without activity", lesson.path.name, words)


def cell_faults(lesson: Notebook) -> Iterator[Fault]:
    """A tag names an outcome of its lesson; a lab, and a figure to guess first, has such a tag."""
    known = {str(outcome.number) for outcome in lesson.outcomes}
    for cell in lesson.cells:
        for number in served(cell):
            if number not in known:
                words = f"it has the tag {TAG}{number}; the lesson's outcomes are {', '.join(sorted(known))}"
                yield Fault("unknown outcome", cell_of(lesson, cell), words)
        if cell.section != MORE and not served(cell) and _has_to_serve(cell):
            words = f"a {kind_of(cell)} without an outcome; tag the cell with {TAG} and its number"
            yield Fault("activity without outcome", cell_of(lesson, cell), words)


def _has_to_serve(cell: Cell) -> bool:
    return kind_of(cell) == "lab" or (kind_of(cell) == "guess" and "figure(" in cell.source)


def task_faults(lesson: Notebook) -> Iterator[Fault]:
    """Each task serves an outcome of its lesson."""
    known = [outcome.number for outcome in lesson.outcomes]
    for task in of_lesson(exercises.checks(), lesson.number):
        if task.outcome not in known:
            words = f"its outcome is {task.outcome}; those of the lesson are {', '.join(map(str, known))}"
            yield Fault("task without outcome", f"check {task.id}", words)
