"""A task on the page: a static block that reads without a kernel, and a form that is checked by Python.

``form.js`` draws the form and writes what is filled in into the traits; checkers are Python, so a check needs
the kernel. A draft is kept among the answers, and comes back when the cell is run again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import traitlets
from IPython.display import display
from markupsafe import Markup

from .. import _html, exercises, front
from ..exercise_forms.in_lab import InLab
from ..exercises import Check, Result
from ..front.widget import Widget
from ..questions import view as questions_view
from ..questions.scoring import NOT_ATTEMPTED
from . import TRIED, earlier, form_of, keep, reply, solution

NOT_YET = "Not attempted yet."


@cache
def script() -> str:
    """The script of the form.

    >>> "export default" in script()
    True
    """
    return front.script(Path(__file__).with_suffix(".js"))


@cache
def stylesheet() -> str:
    """The style of the form, after that of the questions, with which it shares its look.

    >>> ".nts-form" in stylesheet()
    True
    """
    return front.stylesheet(
        Path(questions_view.__file__).with_suffix(".css"), Path(__file__).with_suffix(".css")
    )


def task(check_id: str, *, answer: Any = ...) -> None:
    """Show a task of an exercise: what stands there without a kernel, then the form to answer in.

    With ``answer``, as solutions have it, the form stands there filled in, with its verdict. Raises KeyError
    naming the nearest task where there is none, and ValueError for a task that is answered in Python.

    >>> task("03-shar")
    Traceback (most recent call last):
    KeyError: ...
    """
    found = exercises.task_of(check_id)
    form = form_of(found)
    if answer is not ...:
        given = form.given(answer)
        if not form.fits(given):
            raise ValueError(f"{check_id}: the form has no place for {answer!r}")
        display(Block(found, given, reply(found, given)))  # type: ignore[no-untyped-call]
        return
    display(Block(found))  # type: ignore[no-untyped-call]
    display(Control(check_id))  # type: ignore[no-untyped-call]


class Block(_html.Block):
    """The task as plain HTML that survives JupyterLab's sanitiser: fields and hints, or the answer."""

    def __init__(self, task: Check, given: Sequence[str] = (), result: Result | None = None) -> None:
        self._task, self._given, self._result = task, given, result

    def __repr__(self) -> str:
        return repr(self._result) if self._result else f"{NOT_YET} {form_of(self._task).wanted}"

    def __html__(self) -> Markup:
        start = Markup('<section class="nts-task mathjax_ignore" data-task="{}">').format(self._task.id)
        return _html.lines(
            (start, *(self._answered() if self._result else self._asked()), Markup("</section>"))
        )

    def _asked(self) -> list[Markup | _html.Block]:
        form = form_of(self._task)
        parts: list[Markup | _html.Block] = [_html.paragraph(form.wanted, NOT_YET)]
        parts += [_html.paragraph(text, label) for label, text in form.offered()]
        hints = enumerate(self._task.hints, 1)
        parts += [
            _html.details(f"Hint {rung} of 3 ({self._task.id})", _html.paragraph(h)) for rung, h in hints
        ]
        return parts

    def _answered(self) -> list[Markup | _html.Block]:
        told = [_html.paragraph(text, label) for label, text in form_of(self._task).told(self._given)]
        return [*told, *([self._result] if self._result else [])]


class Control(Widget):
    """The form of one task. Its state is its traits: set ``given``, then raise ``checked``, as Check does.

    given: what stands in the boxes, as ``exercise_forms`` has it. drafted: raised where it is to be kept.
    reply: what the latest check said. tried: whether the solution may be seen; ``wanted`` asks for it.
    answered: raised by one with each answer of Python, by which the script knows that the kernel is there.
    """

    script = script()
    style = stylesheet()
    theirs = (
        "given",
        "drafted",
        "checked",
        "rungs",
        "wanted",
        "reply",
        "tried",
        "solution",
        "saved",
        "answered",
    )

    task = traitlets.Dict().tag(sync=True)
    given = traitlets.List(traitlets.Unicode()).tag(sync=True)
    drafted = traitlets.Int(0).tag(sync=True)
    checked = traitlets.Int(0).tag(sync=True)
    rungs = traitlets.Int(0).tag(sync=True)
    wanted = traitlets.Int(0).tag(sync=True)
    reply = traitlets.Dict().tag(sync=True)
    tried = traitlets.Bool(False).tag(sync=True)
    solution = traitlets.List(traitlets.List(traitlets.Unicode())).tag(sync=True)
    saved = traitlets.Unicode("").tag(sync=True)
    answered = traitlets.Int(0).tag(sync=True)

    def __init__(self, check_id: str) -> None:
        self._task = exercises.task_of(check_id)
        given, checked, tried = earlier(self._task)
        said = said_of(reply(self._task, given)) if checked else {}
        back = "This is your earlier answer." if checked else "This is your draft." if any(given) else ""
        super().__init__(task=payload(self._task), given=given, reply=said, tried=tried, saved=back)
        self.observe(self._draft, "drafted")
        self.observe(self._check, "checked")
        self.observe(self._solve, "wanted")

    def _draft(self, change: Any) -> None:
        self.saved = keep(self._task, self.given)

    def _check(self, change: Any) -> None:
        if isinstance(self._task.form, InLab):  # where the lab was changed since
            self.given = earlier(self._task)[0] or self.given
        result = reply(self._task, self.given)
        with self.hold_sync():
            attempted = result.status != NOT_ATTEMPTED
            self.saved = keep(self._task, self.given, result if attempted else None)
            self.reply = said_of(result)
            self.tried = self.tried or result.status in TRIED
            self.answered += 1

    def _solve(self, change: Any) -> None:
        with self.hold_sync():
            if self.tried:
                self.solution = [list(part) for part in solution(self._task)]
            self.answered += 1

    def __repr__(self) -> str:
        return "Run this cell to answer here"


def said_of(result: Result) -> dict[str, str]:
    """A result for the script: its status, its verdict and its text.

    >>> said_of(exercises.check("03-share", ...))["status"]
    'not attempted'
    """
    return {"status": result.status, "verdict": result.verdict, "text": result.text}


def payload(task: Check) -> dict[str, Any]:
    """What the script needs, fit for JSON; it holds nothing of the answer but the hints.

    >>> sorted(payload(exercises.task_of("03-share")))
    ['form', 'hints', 'id', 'wanted']
    """
    form = form_of(task)
    return {"id": task.id, "wanted": form.wanted, "form": form.data(), "hints": list(task.hints)}
