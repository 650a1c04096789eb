"""``instructors/outcomes.md``: of each outcome its activities, questions and tasks, told from the course.

A cell of a lesson says by a tag, such as ``outcome-2``, which outcome it serves; a question and a task have a
field for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from urllib.parse import quote

from .. import exercises, lessons, questions
from ..course import course
from ..exercises import Check
from ..labs import LABS
from ..lessons import Cell, LearningOutcome, Notebook
from ..questions import Question
from ..questions.model import MODES

PAGE, TAG = "outcomes.md", "outcome-"
LAB = re.compile(rf"\b({'|'.join(LABS)})\(")
HEAD = """# The outcomes

What each lesson promises, at which of Bloom's levels (in brackets), and what a learner does for it. A *guess*
is something that stays closed until the reader has an answer. Made from the lessons, the questions and the
checks by `make data`; do not edit by hand.
"""
COLUMNS = ("Outcome", "Activities in the lesson", "Practice questions", "Tests", "Tasks in the exercise")


def served(cell: Cell) -> tuple[str, ...]:
    """The outcomes that a cell serves, as its tags name them.

    >>> served(Cell(7, "code", "", "Two lists", ("fiction", "outcome-2", "outcome-3")))
    ('2', '3')
    """
    return tuple(tag.removeprefix(TAG) for tag in cell.tags if tag.startswith(TAG))


def kind_of(cell: Cell) -> str:
    """What a learner does in a cell: a lab, a guess, a figure to read, code to run, or text to work with.

    >>> kind_of(Cell(7, "code", "nts.town()", "", ())), kind_of(Cell(8, "code", "40 * 50 / 10", "", ()))
    ('lab', 'code')
    """
    if cell.kind == "code" and LAB.search(cell.source):
        return "lab"
    if "<details" in cell.source or (cell.kind == "code" and "after=" in cell.source):
        return "guess"
    if cell.kind != "code":
        return "text"
    return "figure" if "figure(" in cell.source else "code"


def activities(lesson: Notebook, number: int) -> Mapping[str, tuple[Cell, ...]]:
    """The cells of a lesson that serve an outcome, by the section in which each begins.

    >>> lesson = lessons.read(course().file("lessons", "02_what_the_law_calls_trafficking.ipynb"))
    >>> [*activities(lesson, 1)]
    ['The definition machine']
    """
    found: dict[str, tuple[Cell, ...]] = {}
    for above, cell in pairwise((None, *lesson.cells)):
        if cell and str(number) in served(cell):
            section = section_of(cell, above)
            found[section] = (*found.get(section, ()), cell)
    return found


def section_of(cell: Cell, above: Cell | None) -> str:
    """The section in which a cell begins; a heading further down in it opens the next one."""
    headed = cell.kind == "code" or above is None or cell.source.lstrip().startswith("#")
    return cell.section if headed or above is None else above.section


def outcomes() -> str:
    """``instructors/outcomes.md``: a table for each lesson of the course in use."""
    books = lessons.read_all(course().lessons)
    bank = tuple(questions.known_questions().values())
    tasks = exercises.checks()
    return HEAD + "".join(_table(book, bank, of_lesson(tasks, book.number)) for book in books)


def _table(book: Notebook, bank: Iterable[Question], tasks: Iterable[Check]) -> str:
    rows = [COLUMNS, ("---",) * len(COLUMNS)]
    rows += [tuple(_row(book, outcome, bank, tasks)) for outcome in book.outcomes]
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"\n## {book.title}\n\n[The lesson](../lessons/{book.path.name})\n\n{lines}\n"


def _row(
    book: Notebook, outcome: LearningOutcome, bank: Iterable[Question], tasks: Iterable[Check]
) -> Iterator[str]:
    about = [q for q in bank if (q.taught, q.outcome) == (int(book.number), outcome.number)]
    yield f"{outcome.number}. {outcome.text} ({outcome.bloom})".replace("|", "\\|")
    yield "; ".join(_places(book, activities(book, outcome.number)))
    for mode in MODES:
        yield _ids(question.id for question in about if question.mode == mode)
    yield _ids(task.id for task in tasks if task.outcome == outcome.number)


def _places(book: Notebook, found: Mapping[str, Iterable[Cell]]) -> Iterator[str]:
    """Each section with what is done in it, as a link."""
    for section, cells in found.items():
        words = ", ".join(dict.fromkeys(map(kind_of, cells)))
        anchor = quote(section.replace(" ", "-"), safe="-,?:'")
        yield f"[{section}](../lessons/{book.path.name}#{anchor}) ({words})"


def _ids(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def of_lesson(tasks: Mapping[str, Check], number: str) -> tuple[Check, ...]:
    """The tasks of one lesson, by its number as written."""
    return tuple(task for name, task in tasks.items() if name.startswith(f"{number}-"))
