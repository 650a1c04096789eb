"""``check("02-flip", value)``: exercise checkers with named misconceptions, and three hints for each task.

The checks of a lesson lie in ``exercises/checks/NN.py`` as a tuple ``CHECKS``. Expected values are computed
there from data; a typical wrong answer is a Slip with its own reason.
"""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from . import _html
from ._loading import no_such
from ._reading import is_blank, shown
from .course import course, read_once
from .exercise_forms import Form
from .questions import misconception_faults, misconceptions
from .questions.pointers import linked
from .questions.scoring import NOT_ATTEMPTED, PARTLY, RIGHT, WRONG
from .stored import lacking

Test = Callable[[Any], bool]


@dataclass(frozen=True)
class Slip:
    """A typical wrong answer: how to know it, the misconception it shows, and the reason to give."""

    when: Test
    misconception: str
    reason: str


@dataclass(frozen=True)
class Check:
    """One task's checker. ``allowed`` says which form an answer has; else ``reads`` raises ValueError.

    Readers lie in ``exercise_readers``, tests for ``right`` and for the slips in ``exercise_tests``.

    ``credit``, where a task has it, gives 0 to 1 for any answer that can be read; ``score`` says it in words.
    ``form`` says how the task is asked where nobody has to type Python (see ``tasks``). ``outcome`` is the
    number of the outcome of its lesson that the task serves. ``objects`` names in a sentence what stops an
    answer whatever else is in it, such as a wrong id; else it gives "". ``said`` is the verdict on what is
    right where "Right." would say too much.
    """

    id: str
    allowed: str
    right: Test
    reason: str
    slips: tuple[Slip, ...]
    otherwise: str
    hints: tuple[str, str, str]
    reads: Callable[[Any], Any] = lambda value: value
    credit: Callable[[Any], float] | None = None
    score: Callable[[Any], str] | None = None
    form: Form | None = None
    outcome: int = 0
    objects: Callable[[Any], str] = lambda value: ""
    said: str = ""


@dataclass(frozen=True)
class Result(_html.Block):
    """What a check says. ``status`` is "not attempted", "wrong", "partly right" or "right".

    ``credit`` lies in 0..1 where the task gives partial credit and something was attempted, else it is None.
    """

    check: str
    status: str
    text: str
    misconception: str | None = None
    credit: float | None = None
    score: str = ""
    said: str = ""

    @property
    def verdict(self) -> str:
        """The verdict in words, with the score where there is one."""
        score = self.score or ("" if not self.credit else f"Credit: {self.credit:.2f} of 1.")
        return f"{self.said or _WORDS[self.status]} {score}".strip()

    def earned(self, points: float) -> float:
        """How many of so many points: all where it is right, else the share that its credit gives, or 0.

        >>> check("03-share", 18.97).earned(4), check("03-share", ...).earned(4)
        (4.0, 0.0)
        """
        share = 1.0 if self.status == RIGHT else self.credit or 0.0
        return round(share * points, 2)

    def __repr__(self) -> str:
        return f"{self.verdict} {self.text}"

    def __html__(self) -> Markup:
        return _html.paragraph(linked(self.text, self.check[:2]), self.verdict)


_WORDS = {
    NOT_ATTEMPTED: "Not attempted yet.",
    WRONG: "Not right yet.",
    PARTLY: "Partly right.",
    RIGHT: "Right.",
}


def check(check_id: str, value: Any = ...) -> Result:
    """Check the answer to a task. Dots, None or an empty answer count as not attempted, never as wrong.

    Raises KeyError for a task that does not exist, naming the nearest.

    >>> check("02-story", ...).status
    'not attempted'
    """
    task = task_of(check_id)
    if is_blank(value):
        return Result(
            check_id, NOT_ATTEMPTED, f"Put your answer where the dots are, then run the cell. {task.allowed}"
        )
    try:
        return judged(task, value)
    except Unreadable as error:
        return Result(check_id, WRONG, f"This cannot be read: {error}. {task.allowed}")


class Unreadable(ValueError):
    """What was given is no answer of the task's kind; the message says what was found."""


def judged(task: Check, value: Any) -> Result:
    """The result for an answer that is not blank; raises Unreadable where ``reads`` refuses it.

    >>> judged(task_of("03-share"), "80 %").status
    'wrong'
    """
    try:
        read = task.reads(value)
    except (ValueError, TypeError, KeyError) as error:
        raise Unreadable(str(error.args[0] if error.args else error).rstrip(".")) from error
    if objection := task.objects(read):
        return Result(task.id, WRONG, objection)
    credit = task.credit(read) if task.credit else None
    score = task.score(read) if task.score else ""
    if task.right(read):
        return Result(task.id, RIGHT, task.reason, credit=credit, score=score, said=task.said)
    status = PARTLY if credit else WRONG
    for slip in task.slips:
        if slip.when(read):
            return Result(task.id, status, slip.reason, slip.misconception, credit, score)
    return Result(task.id, status, task.otherwise, credit=credit, score=score)


@dataclass(frozen=True)
class Hint:
    """One rung of a ladder."""

    text: str

    def __repr__(self) -> str:
        return self.text


def hint(check_id: str, rung: int = 1) -> Hint:
    """Hint 1, 2 or 3 for a task; each says more than the one before.

    >>> repr(hint("02-story")).partition(".")[0]
    'Hint 1 of 3'
    """
    hints = task_of(check_id).hints
    if rung not in range(1, len(hints) + 1):
        raise ValueError(f"hint({check_id!r}, {shown(rung)}): the second value is 1, 2 or 3")
    return Hint(f"Hint {rung} of {len(hints)}. {hints[rung - 1]}")


def checks() -> Mapping[str, Check]:
    """Every check of the course by id, from ``exercises/checks``; a file with a fault takes its own away.

    >>> all(name == task.id for name, task in checks().items())
    True
    """
    return _every_file()[0]


def check_faults() -> Mapping[str, str]:
    """What is wrong with files of checks, by the number of the lesson.

    >>> dict(check_faults())
    {}
    """
    return _every_file()[1]


_left_out: dict[str, str] = {}  # what a browser lacks for a check, by its id


def where_it_runs(make: Callable[[], tuple[Check, ...]], *ids: str) -> tuple[Check, ...]:
    """The checks that a function makes; none in a browser without the library that their values come from.

    ids: of these checks, so that ``task_of`` can name what is lacking.

    >>> where_it_runs(tuple)
    ()
    """
    try:
        return make()
    except ModuleNotFoundError as error:
        if not (what := lacking(error)):
            raise
        _left_out.update(dict.fromkeys(ids, what))
        return ()


@read_once
def _every_file() -> tuple[Mapping[str, Check], Mapping[str, str]]:
    found: dict[str, Check] = {}
    broken = {}
    for path in sorted(course().checks.glob("[0-9][0-9].py")):
        held, fault = _of_lesson(path.stem)
        found |= held
        if fault:
            broken[path.stem] = str(fault)
    return found, broken


@read_once
def _of_lesson(number: str) -> tuple[Mapping[str, Check], ValueError | ModuleNotFoundError | None]:
    """The checks of one lesson by id, and what is wrong with their file; none where there is no file."""
    paths = [path for path in course().checks.glob("[0-9][0-9].py") if path.stem == number]
    try:
        return {task.id: task for path in paths for task in load_checks(path)}, None
    except (ValueError, ModuleNotFoundError) as error:
        return {}, error


def load_checks(path: Path) -> tuple[Check, ...]:
    """The checks of one file; raises ValueError naming the file and every fault.

    A browser's Python may lack a library that they need: then ModuleNotFoundError names it.

    >>> {task.id[:2] for task in load_checks(course().root / "exercises" / "checks" / "02.py")}
    {'02'}
    """
    spec = importlib.util.spec_from_file_location(f"notthesame_checks_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ValueError(f"{path.name} cannot be loaded as Python")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except ModuleNotFoundError as error:
        if lacking(error):
            raise
        raise ValueError(f"{path.name} cannot be run: {error}") from error
    except Exception as error:
        raise ValueError(f"{path.name} cannot be run: {type(error).__name__}: {error}") from error
    found = getattr(module, "CHECKS", None)
    if not isinstance(found, tuple) or not all(isinstance(task, Check) for task in found):
        raise ValueError(f"{path.name} has no CHECKS; a tuple of Check is wanted")
    faults = [fault for task in found for fault in _faults(task, path.stem)]
    faults += [
        f"{name} is the id of {n} checks" for name, n in Counter(task.id for task in found).items() if n > 1
    ]
    if faults:
        raise ValueError(f"{path.name}: " + "; ".join(faults))
    return found


def _faults(task: Check, lesson: str) -> list[str]:
    faults = []
    if not task.id.startswith(f"{lesson}-"):
        faults.append(f"{task.id}: an id starts with {lesson}-")
    if len(task.slips) < 3:
        faults.append(f"{task.id} names {len(task.slips)} typical wrong answers; at least 3 are wanted")
    if len(set(task.hints)) != 3:
        faults.append(f"{task.id} has {len(set(task.hints))} different hints; 3 are wanted")
    reasons = [task.reason, task.otherwise, *(slip.reason for slip in task.slips)]
    if len(set(reasons)) < len(reasons):
        faults.append(f"{task.id} gives one reason twice; each answer has its own")
    faults += [
        f"{task.id} names the misconception {slip.misconception!r}, which misconceptions.yaml does not have"
        for slip in task.slips
        if slip.misconception not in misconceptions() and not misconception_faults()
    ]
    return faults


def task_of(check_id: str) -> Check:
    """One check; raises KeyError naming the nearest.

    >>> task_of("03-share").id
    '03-share'
    """
    held, fault = _of_lesson(str(check_id)[:2])  # that file alone: all of them take ten times as long
    if check_id not in held:
        if isinstance(fault, ModuleNotFoundError) or check_id in _left_out:
            what = _left_out.get(check_id) or getattr(fault, "name", "")
            raise ModuleNotFoundError(f"No module named {what!r}", name=what)
        raise KeyError(str(fault) if fault else no_such("exercise", check_id, checks()))
    return held[check_id]
