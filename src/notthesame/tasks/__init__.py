"""Tasks of the exercises as forms on the page: what is shown, what a check says, what is kept.

``form`` is what the page shows. Here stands what needs no page: what a check says, what is kept, and the
model answers.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .. import exercises, lessons
from ..course import course, read_once
from ..exercise_forms import Form
from ..exercises import Check, Result
from ..questions import answers, drafts
from ..questions.scoring import NOT_ATTEMPTED, PARTLY, RIGHT, WRONG

TRIED = (WRONG, PARTLY, RIGHT)


def reply(task: Check, given: Sequence[str]) -> Result:
    """What Check says of what stands in the boxes: nothing is wrong that is blank, half filled or unreadable.

    >>> reply(exercises.task_of("03-share"), [" "]).text
    'One number (per cent).'
    """
    form = form_of(task)
    try:
        value = form.value(given)
        if value is not ...:
            result, note = exercises.judged(task, value), form.unfinished(given)
            return replace(result, text=f"{note} {result.text}") if note else result
        problem = ""
    except exercises.Unreadable as error:
        problem = f"This cannot be read: {error}. "
    except ValueError as error:
        problem = f"{error}. "
    return Result(task.id, NOT_ATTEMPTED, f"{problem}{form.wanted}")


def form_of(task: Check) -> Form:
    """The form of a task; raises ValueError where a task is answered in Python.

    >>> from notthesame.exercises import task_of
    >>> type(form_of(task_of("03-share"))).__name__
    'Number'
    """
    if task.form is None:
        raise ValueError(f"{task.id} has no form; it is answered by nts.check({task.id!r}, your answer)")
    return task.form


# --- what is kept


def keep(task: Check, given: Sequence[str], result: Result | None = None) -> str:
    """Keep what was filled in, a draft or an answer with its result; a sentence for the learner says so.

    >>> from notthesame.exercises import task_of
    >>> keep(task_of("03-share"), [])
    ''
    """
    return drafts.keep(task.id, given, *((result.status, result.credit) if result else ()))


def earlier(task: Check) -> tuple[list[str], bool, bool]:
    """What was filled in last, whether it was checked then, and whether the task was ever tried.

    >>> from notthesame.exercises import task_of
    >>> type(earlier(task_of("03-share")))
    <class 'tuple'>
    """
    found = [record for record in answers.load().records if record.question == task.id]
    tried = any(record.status in TRIED for record in found)
    last = found[-1] if found else None
    if last is None or not isinstance(last.response, list) or not form_of(task).fits(last.response):
        return [], False, tried
    return last.response, last.status in TRIED, tried


# --- the model answers, which the solution notebooks hold


def solution(task: Check) -> list[tuple[str, str]]:
    """The right answer in words, from the solution notebook, and why; without one the last hint.

    >>> from notthesame.exercises import task_of
    >>> bool(solution(task_of("03-share")))
    True
    """
    found = model_answers().get(task.id, ...)
    if found is ...:
        return [("", task.hints[-1])]
    form = form_of(task)
    return form.told(form.given(found))


@read_once
def model_answers() -> Mapping[str, Any]:
    """What the solutions answer to each task that has a form.

    >>> "03-share" in model_answers()
    True
    """
    shelf = course().solutions
    found = map(answers_in, lessons.read_texts(shelf))
    return {task: value for answered in found for task, value in answered}


def answers_in(solution: lessons.Notebook) -> Iterator[tuple[str, Any]]:
    """Each task that a notebook answers by ``task(id, answer=...)``, with the answer.

    >>> from notthesame.course import course
    >>> first = lessons.files(course().solutions)[0]
    >>> next(answers_in(lessons.read(first)))[0][:3]
    '00-'
    """
    for cell in solution.code():
        if "answer" in cell.tags:
            code = ast.parse(cell.source)
            named = {
                ast.unparse(line.targets[0]): line.value for line in code.body if isinstance(line, ast.Assign)
            }
            for call in answering(code):
                value = call.keywords[0].value  # as it stands, or the name that the cell has just given it
                yield ast.literal_eval(call.args[0]), ast.literal_eval(named.get(ast.unparse(value), value))


def answering(code: ast.AST) -> Iterator[ast.Call]:
    """The calls in some code that answer a task in a form.

    >>> [ast.unparse(call) for call in answering(ast.parse("nts.task('03-share', answer=19)"))]
    ["nts.task('03-share', answer=19)"]
    """
    for node in ast.walk(code):
        if not isinstance(node, ast.Call) or [word.arg for word in node.keywords] != ["answer"]:
            continue
        if ast.unparse(node.func).rpartition(".")[2] == "task":
            yield node
