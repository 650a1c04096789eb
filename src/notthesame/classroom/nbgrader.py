"""The exercises as assignments of nbgrader: one a lesson, made from its solution, answered in code."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from string import Template
from typing import Any

from .. import evidence, lessons
from .._words import counted
from ..authoring.ledger import entry
from ..authoring.starter import ANSWER, MODEL, blank
from ..course import course
from ..exercises import check_faults
from . import items
from .graded import POINTS, Task, name_of, of_solution
from .typed import asked

BY_HAND, UNGRADED = "points from a program (graded by hand)", "points (optional texts)"
CONFIG, ABOUT = "nbgrader_config.py", "ABOUT.md"
STUB = "# Then run this cell."
_LEDGER = re.compile(r"\]\((?:\.\./)+data/(ledger\.md#([a-z0-9-]+))")
_KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}

Cell = dict[str, Any]


def made(groups: Sequence[items.Group]) -> items.Export:
    """The assignments of the lessons that these groups are of, with the ledger's entries that they link to.

    Raises ValueError for a solution that is damaged, and for a file of checks with faults.

    >>> [*made(items.groups(["02"])).files][0]
    'source/exercise_02/02_exercise_what_the_law_calls_trafficking.ipynb'
    """
    numbers = {group.name[:2] for group in groups}
    for number in sorted(numbers & {*check_faults()}):
        raise ValueError(f"{check_faults()[number]}. Nothing was written.")
    books = [lessons.read(path) for path in lessons.files(course().solutions) if path.name[:2] in numbers]
    files: dict[str, bytes] = {}
    found: list[Task] = []
    for book in books:
        folder = f"source/exercise_{book.number}"
        name = book.path.name.replace("_solution_", "_exercise_")
        of_book = [*of_solution(book)]
        text = _notebook(book, of_book)
        files[f"{folder}/{name}"] = text.encode("utf-8")
        if entries := _entries(text):
            files[f"{folder}/ledger.md"] = entries.encode("utf-8")
        found += of_book
    files |= {CONFIG: _config().encode("utf-8"), ABOUT: _about(found).encode("utf-8")}
    return items.Export(files, len(found), _lacks(found), "task")


def _lacks(found: Sequence[Task]) -> items.Lacks:
    by_hand = tuple(task.check.id for task in found if task.by_hand and task.points)
    ungraded = tuple(task.check.id for task in found if task.by_hand and not task.points)
    return tuple((what, ids) for what, ids in ((BY_HAND, by_hand), (UNGRADED, ungraded)) if ids)


# --- the notebook of an assignment --------------------------------------------------------------------------


def _notebook(book: lessons.Notebook, of_book: Sequence[Task]) -> str:
    raw = json.loads(book.path.read_text("utf-8-sig"))["cells"]
    cells = [
        made for cell, kept in zip(book.cells, raw, strict=True) for made in _cells(cell, kept["id"], of_book)
    ]
    whole = {"cells": cells, "metadata": _KERNEL, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _cells(cell: lessons.Cell, name: str, of_book: Sequence[Task]) -> Iterator[Cell]:
    """What becomes of one cell of a solution."""
    if cell.kind == "markdown":
        if cell.index == 0:
            yield _markdown(name, _head(cell.source, of_book[0].check.id))
        elif MODEL not in cell.tags and name != "go-on":
            yield _markdown(name, cell.source)
    elif ANSWER not in cell.tags:
        yield _code(name, cell.source, locked=True)
    elif cell.tasks():
        yield from _answered(next(task for task in of_book if task.check.id in cell.tasks()), name)
    else:
        yield _put_together(cell, name, [task for task in of_book if task.cell < cell.index])


def _head(header: str, first: str) -> str:
    """Title, time and content of an exercise, and how it is answered here."""
    title, *rest = header.split("\n\n")
    told = [part for part in rest if part.startswith("**Time**")]
    return "\n\n".join((title, *told, _HOW.format(first=first)))


_HOW = (
    "From the course *Not the Same*. Run the cells from the top. Each task has a cell that ends in dots: put "
    "your answer in their place and run it, then run the cell below it. That one says whether the answer "
    'holds, and why; try as often as you like. Dots mean "not attempted yet". Where a task speaks of a form '
    "or of Check, these two cells are meant. A text has one cell: it checks the form only; a person reads "
    'it. `nts.hint("{first}", 1)` gives a hint; 2 and 3 say more.'
)


def _answered(task: Task, name: str) -> Iterator[Cell]:
    """The cells of a task: what may be typed, the answer, its test; where a person grades, one for both."""
    identity = task.check.id
    if task.check.form:
        typed = [f"**To type.** {task.check.allowed}", asked(task.check.form)]
        yield _markdown(f"{name}-how", "\n\n".join(filter(None, typed)))
    source = f"{task.starter}\n{_hidden(task.model)}"
    if task.by_hand:
        points = task.points or None
        yield _code(
            name,
            f'{source}\nnts.check("{identity}", {task.variable})',
            identity,
            points=points,
            solution=True,
        )
        return
    yield _code(name, source, f"{identity}-answer", solution=True)
    test = f'result = nts.check("{identity}", {task.variable})\ndisplay(result)\nresult.earned({task.points})'
    yield _code(f"{name}-test", test, identity, locked=True, points=task.points)


def _put_together(cell: lessons.Cell, name: str, earlier: Sequence[Task]) -> Cell:
    """A cell that makes a brief of earlier answers, with a part of its own that is not graded."""
    *_, own = (node for node in ast.parse(cell.source).body if isinstance(node, ast.Assign))
    part = ast.literal_eval(ast.unparse(own.targets[0]).partition("[")[2].rstrip("]"))
    model = f"{name_of(part)} = {ast.get_source_segment(cell.source, own.value)}"
    given = {task.check.id: task.variable for task in earlier} | {part: name_of(part)}
    lines = "".join(f'    "{key}": {value},\n' for key, value in given.items())
    return _code(
        name,
        f"{blank(model)}\n{_hidden(model)}\nnts.brief(answers={{\n{lines}}})",
        f"{part}-answer",
        solution=True,
    )


def _hidden(model: str) -> str:
    """What nbgrader takes out of the students' copies."""
    return f"### BEGIN SOLUTION\n{model}\n### END SOLUTION"


def _markdown(name: str, source: str) -> Cell:
    return {
        "cell_type": "markdown",
        "id": name,
        "metadata": {},
        "source": _LEDGER.sub(r"](\1", source).splitlines(keepends=True),
    }


def _code(
    name: str,
    source: str,
    grade_id: str = "",
    *,
    locked: bool = False,
    points: int | None = None,
    solution: bool = False,
) -> Cell:
    """A cell of code with nbgrader's words on it; ``points`` makes it one that is graded."""
    told = {
        "grade": points is not None,
        "grade_id": grade_id or name,
        "locked": locked,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    graded = {} if points is None else {"points": points}
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": {"nbgrader": told | graded},
        "outputs": [],
        "source": source.splitlines(keepends=True),
    }


# --- what lies beside ---------------------------------------------------------------------------------------


def _entries(text: str) -> str:
    """The entries of the ledger that a notebook links to, in the ledger's order; "" where there are none."""
    linked = {*re.findall(r"\]\(ledger\.md#([a-z0-9-]+)", text)}
    found = [entry(fact) for name, fact in evidence.known_facts().items() if name in linked]
    head = "# From the ledger of Not the Same\n\nWhat this exercise links to, and how far each was checked.\n"
    return head + "".join(found) if found else ""


def _config() -> str:
    return _CONFIG.format(stub=json.dumps(STUB))


_CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "not-the-same"
c.ClearSolutions.code_stub = {{"python": {stub}}}
c.ExecutePreprocessor.timeout = 120
"""


def _about(found: Iterable[Task]) -> str:
    graded = [task for task in found if task.points]
    by_hand = [f"{task.check.id} ({task.points})" for task in graded if task.by_hand]
    program = [task for task in graded if not task.by_hand]
    return Template(Path(__file__).with_suffix(".md").read_text("utf-8")).substitute(
        program=counted(len(program), "task"),
        points=POINTS,
        by_hand="\n".join(f"- {one}" for one in by_hand) or "- none here",
        many=len(by_hand),
        stub=STUB,
    )
