"""The reasons of a test, once it is over: one button, which nothing stored gives away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import traitlets

from .. import _html, questions
from ..front.widget import Widget
from ..translation import later, say
from . import Question, answers, forms, replies, scoring, view
from .pressed import offer, on_press
from .shown import of_which_case

_WHAT = later(
    "Reasons for the questions that you answered are here once form B of the test, in lesson 13, is done. "
    "It asks the same of other cases: reasons read before would answer it for you, and hide what the course "
    "has changed. You can have them earlier; the button then asks once more."
)


def test_reasons(number: str | int) -> None:
    """Offer the reasons of a lesson's test, as in ``test_reasons("00")``: a button shows them.

    While items of form B are open the button says how many, and shows reasons when it is pressed again. Of a
    question that was not answered nothing is given away. Raises ValueError for a lesson without a test.

    >>> test_reasons("02")
    Traceback (most recent call last):
    ValueError: ...
    """
    words = say(_WHAT)
    offer(_html.paragraph(words), words, TestReasons(number), "nts-test-again", translated=True)


class TestReasons(Widget):
    """The button and, once it is pressed, an entry for each question. Raise ``pressed`` by one to press it.

    ``asks``: form B was not done when it was pressed first, so it is to be pressed again. An entry holds the
    first words of the question's case, its stem, and lines as (heading, text). ``told`` is raised by one when
    it has been dealt with; the script takes that as a sign that the kernel is there.
    """

    script = on_press(Path(__file__))
    style = view.stylesheet()
    theirs = ("pressed", "told", "message", "asks", "entries")
    __test__ = False  # pytest: no test

    pressed = traitlets.Int(0).tag(sync=True)
    told = traitlets.Int(0).tag(sync=True)
    message = traitlets.Unicode("").tag(sync=True)
    asks = traitlets.Bool(False).tag(sync=True)
    entries: Any = traitlets.List().tag(sync=True)

    def __init__(self, number: str | int) -> None:
        self._asked = _test_of(number)
        super().__init__()
        self.observe(self._tell, "pressed")

    def _tell(self, change: Any) -> None:
        left = forms.still_open(answers.load().records)
        if left and not self.asks:
            self.asks = True
            self.message = f"{_open(left)} {say('To read reasons all the same, press again.')}"
            self.told += 1
            return
        given = [(question, _given(question)) for question in self._asked]
        self.entries = [
            {
                "case": of_which_case(question),
                "stem": question.stem,
                "lines": [list(line) for line in _lines(question, response)],
            }
            for question, response in given
        ]
        done = sum(response is not None for _, response in given)
        still = f" {_open(left)}" if left else ""
        self.message = say("You answered {done} of {all} questions.", done=done, all=len(given)) + still
        self.told += 1

    def __repr__(self) -> str:
        return say("Run this cell to see reasons after the test")


def _open(left: int) -> str:
    if left == 1:
        return say("Of form B, 1 question is open.")
    return say("Of form B, {left} questions are open.", left=left)


def _test_of(number: str | int) -> list[Question]:
    tests = [question for question in questions.known_questions().values() if question.mode == "test"]
    found = [question for question in tests if replies.number_of(question) == str(number).zfill(2)]
    if not found:
        have = ", ".join(f"{lesson:02}" for lesson in sorted({question.lesson for question in tests}))
        raise ValueError(f"Lesson {number!r} has no test; lessons with a test: {have}")
    return found


def _given(question: Question) -> scoring.Response:
    """The latest answer, if the question still allows it."""
    record = answers.latest(question.id)
    try:
        return scoring.read_response(question, record.response) if record else None
    except scoring.ResponseError:
        return None


def _lines(question: Question, response: scoring.Response) -> Iterator[tuple[str, str]]:
    if response is None:
        yield say("Not answered."), ""
        return
    over = replace(question, mode="practice")
    found = replies.reply(over, response)
    yield found.verdict, found.answered
    yield from replies.explained(over, away=True)
