"""A question on the page: a static block that reads without a kernel, and a control that checks and records.

The static block is plain HTML that survives JupyterLab's sanitiser, code hosts, print and the next day. The
control is an anywidget: ``scoring.js`` checks in the browser, this module scores again and writes the answer
to disk. The words a learner reads after checking are the same from both; a test holds them together.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import traitlets
from IPython.display import display

from .. import _html, front, questions
from .._reading import per_cent
from ..course import read_once
from ..front.widget import Widget, again
from ..translation import in_script, say
from . import Question, answers, records, scoring
from .replies import UNREADABLE, VERDICTS, Reply, reply
from .static import in_text, payload, static_block


@read_once
def script() -> str:
    """The script of the control: an ES module that exports ``render`` (notebook) and ``hydrate`` (page).

    >>> "hydrate" in script()
    True
    """
    here = Path(__file__)
    return in_script(front.script(here.with_name("scoring.js"), here.with_suffix(".js")))


@cache
def stylesheet() -> str:
    """The style of the static block and the control, for light and dark pages.

    >>> ".nts-question" in stylesheet()
    True
    """
    return front.stylesheet(Path(__file__).with_suffix(".css"))


# --- the three calls of a notebook --------------------------------------------------------------------------


def ask(question: str | Question, *, earlier: bool = True) -> None:
    """Show a question, by its id: what stands there without a kernel, then the control to answer with.

    With ``earlier`` false an answer given before is not brought back: the question is asked anew.
    Raises KeyError naming the nearest ids when there is no such question.

    >>> ask("02-destitute")
    Case (invented). Ruta, 30, does what ...
    """
    question = _find(question)
    left = again("nts-again", say("Run this cell to answer again"))
    shown = _html.Shown(f"{static_block(question)}\n{left}", in_text(question))
    display(shown)  # type: ignore[no-untyped-call]
    display(Control(question, earlier=earlier))  # type: ignore[no-untyped-call]


def answer(question: str | Question, typed: Any, confidence: Any = None) -> Reply:
    """Answer by typing, as in ``answer("02-destitute", "b")``: the answer is scored and recorded.

    ``typed`` is a letter, letters ("a, c", ["a", "c"]) or a number; blank records nothing. ``confidence`` is
    in per cent, 0 to 100 ("70 %"). What cannot be read records nothing, and the reply says what is allowed.
    Raises KeyError naming the nearest ids when there is no such question.

    >>> answer("02-destitute", "")
    Nothing chosen yet. Choose one of A, B, C, D.
    """
    return _submit(_find(question), typed, confidence)


class Control(Widget):
    """The control of one question. Its state is its traits: set ``response``, then raise ``checked`` by one,
    and the answer is scored and recorded, as a click on Check does.

    The first check of a wrong choice of several or order says how much is right, the second tells all.
    ``saved`` says what became of the answer; the script takes it as a sign that the kernel is there, and puts
    answers to other questions that no kernel has taken yet into ``left``, as (id, response, confidence). An
    answer given earlier is there when the control is made. ``feedback`` is the reply to the latest check.
    """

    script = script()
    style = stylesheet()
    theirs = ("response", "confidence", "checked", "saved", "left", "taken")

    question = traitlets.Dict().tag(sync=True)
    response = traitlets.Any(None, allow_none=True).tag(sync=True)
    confidence = traitlets.Any(None, allow_none=True).tag(sync=True)
    checked = traitlets.Int(0).tag(sync=True)
    saved = traitlets.Unicode("").tag(sync=True)
    left: Any = traitlets.List().tag(sync=True)
    taken: Any = traitlets.Dict().tag(sync=True)
    feedback = traitlets.Instance(Reply, allow_none=True)
    # The day each was checked on in this kernel: on that day it comes back when its cell is run again.
    checked_here: ClassVar[dict[str, datetime.date]] = {}

    def __init__(self, question: str | Question, earlier: bool = True) -> None:
        self._asked = _find(question)
        back = earlier or self.checked_here.get(self._asked.id) == records.today()
        super().__init__(question=payload(self._asked), **(_earlier(self._asked) if back else {}))
        self.observe(self._check, "checked")
        self.observe(self._take, "left")

    def _take(self, change: Any) -> None:
        """Record what was answered on this page while no kernel was there, and say what became of each."""
        known = questions.known_questions()
        found = {
            name: _submit(known[name], given, _picked(sure))
            for name, given, sure in self.left
            if name in known
        }
        self.taken = {name: _said(reply) for name, reply in found.items()}

    def _check(self, change: Any) -> None:
        self.saved = ""
        self.checked_here[self._asked.id] = records.today()
        first = self.checked == 1
        self.feedback = _submit(self._asked, self.response, _picked(self.confidence), first=first)
        self.saved = _said(self.feedback)

    def __repr__(self) -> str:
        return say("Run this cell to answer here")


def _find(question: str | Question) -> Question:
    return question if isinstance(question, Question) else questions.question(question)


def _submit(question: Question, typed: Any, confidence: Any, *, first: bool = False) -> Reply:
    """Score, record once and reply; a failing disk costs the learner nothing but a line that says so."""
    try:
        response = scoring.read_response(question, typed)
        sure = _per_cent(confidence)
        if response is None:
            return reply(question, None)
        outcome = scoring.score(question, response)
        saved = answers.record(
            question.id,
            response,
            status=outcome.status,
            credit=outcome.credit,
            confidence=sure,
            once=True,
        )
    except ValueError as error:
        return Reply(say(UNREADABLE), str(error))
    recorded = say("Recorded.") if question.mode == "test" else ""
    return replace(reply(question, response, first=first), note=saved.why or recorded)


def _picked(confidence: Any) -> float | None:
    """A confidence as the script sends it; in a browser's kernel a missing one is an object of its own."""
    return confidence if isinstance(confidence, int | float) else None


def _said(reply: Reply) -> str:
    """What became of an answer, in a few words."""
    return reply.note or (say("Saved.") if reply.status in VERDICTS else "")


def _per_cent(confidence: Any) -> float | None:
    try:
        return per_cent(confidence)
    except ValueError as error:
        raise ValueError(say("confidence: {problem}, in per cent", problem=error)) from None


def _earlier(question: Question) -> dict[str, Any]:
    """The traits that bring back the latest answer on disk, if the question still allows it."""
    found = answers.latest(question.id)
    try:
        response = scoring.read_response(question, found.response) if found else None
    except scoring.ResponseError:
        response = None
    if found is None or response is None:
        return {}
    return {
        "response": response,
        "confidence": found.confidence,
        "checked": 1,
        "saved": say("This is your earlier answer."),
        "feedback": reply(question, response, first=True),
    }
