"""The tasks of an exercise as a grader takes them: answered in code, each worth some points."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .. import lessons, tasks
from ..authoring.starter import ANSWER, blank
from ..exercises import Check, task_of
from .typed import dots

POINTS = 4  # of a task; of a text with a rubric, two for each of its rows; of an optional task none
_FORM_ONLY = "nly its form is checked"
_RUBRIC = re.compile(r"^\| \| not yet \|.*\n\| ---.*\n((?:\|.*(?:\n|$))+)", re.M)


@dataclass(frozen=True)
class Task:
    """One task as it is asked in code: its check, what may be typed, the code of a starter and of the model.

    ``variable`` names the answer in the code, ``cell`` is the place of its cell. points: 0 if it is optional.
    """

    check: Check
    variable: str
    starter: str
    model: str
    points: int
    cell: int

    @property
    def by_hand(self) -> bool:
        """Whether a program can check its form alone, so that a person has to read it."""
        return _FORM_ONLY in self.check.allowed


def of_solution(book: lessons.Notebook) -> Iterator[Task]:
    """The tasks that a solution notebook answers, in order; raises ValueError where a cell has another shape.

    >>> from notthesame.course import course
    >>> first = lessons.files(course().solutions)[0]
    >>> [task.check.id for task in of_solution(lessons.read(first))][:2]
    ['00-line', '00-order']
    """
    prose = ""
    for cell in book.cells:
        if cell.kind == "markdown":
            prose = cell.source
        elif ANSWER in cell.tags and (found := _task(cell, prose)):
            yield found


def _task(cell: lessons.Cell, prose: str) -> Task | None:
    """The task that a cell answers, in a form or in Python; None where it puts earlier ones together."""
    code = ast.parse(cell.source)
    if not cell.tasks():
        return None
    check = task_of(cell.tasks()[0])
    points = 0 if "optional" in cell.section.lower() else POINTS
    if points and (rubric := _RUBRIC.search(prose)):
        points = 2 * len(rubric[1].strip().splitlines())
    if not any(tasks.answering(code)):
        return Task(check, *_in_python(cell.source, code), points, cell.index)
    variable, answer = name_of(check.id), _answer(cell.source, code)
    model, places = f"{variable} = {answer}", dots(check.form, ast.literal_eval(answer))
    return Task(
        check, variable, f"{variable} = {places}" if places else blank(model), model, points, cell.index
    )


def name_of(task: str) -> str:
    """What the answer to a task in a form is called in code.

    >>> name_of("02-bed-us")
    'answer_bed_us'
    """
    return "answer_" + task[3:].replace("-", "_")


def _answer(source: str, code: ast.Module) -> str:
    """What is answered to a task in a form, as source."""
    named = {ast.unparse(line.targets[0]): line.value for line in code.body if isinstance(line, ast.Assign)}
    value = next(tasks.answering(code)).keywords[0].value
    return ast.get_source_segment(source, named.get(ast.unparse(value), value)) or ""


def _in_python(source: str, code: ast.Module) -> tuple[str, str, str]:
    """The name of what is checked, the starter, and what makes it, of a cell that ends in a check."""
    last = code.body[-1]
    if not isinstance(last, ast.Expr) or not isinstance(last.value, ast.Call):
        raise ValueError(f"A cell that answers a task ends in its check, and not in {ast.unparse(last)!r}.")
    lines = source.splitlines()[: last.lineno - 1]
    given = [node for node in code.body if isinstance(node, (ast.Assign, ast.AnnAssign))]
    made = (ast.get_source_segment(source, node) or "" for node in given)
    return ast.unparse(last.value.args[1]), blank("\n".join(lines)), "\n".join(made)
