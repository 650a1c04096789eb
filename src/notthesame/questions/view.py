"""A question on the page: a static block that reads without a kernel, and a control that checks and records.

The static block is plain HTML that survives JupyterLab's sanitiser, code hosts, print and the next day. The
control is an anywidget: ``scoring.js`` checks in the browser, this module scores again and writes the answer
to disk. The words a learner reads after checking are the same from both; a test holds them together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar

import traitlets
from IPython.display import HTML, display
from markupsafe import Markup

from .. import _html, front, questions
from .._words import plain_number
from ..front.widget import Widget, again
from . import Question, Span, answers, scoring
from .pointers import linked

VERDICTS = {scoring.RIGHT: "Right.", scoring.PARTLY: "Partly right.", scoring.WRONG: "Not right."}
_AGAIN = again("nts-again", "Run this cell to answer again")
BLANK, UNREADABLE, AFTER_THE_TEST = "Nothing chosen yet.", "Not read.", "Reasons come after the test."


@cache
def script() -> str:
    """The script of the control: an ES module that exports ``render`` (notebook) and ``hydrate`` (page).

    >>> "hydrate" in script()
    True
    """
    here = Path(__file__)
    return front.script(here.with_name("scoring.js"), here.with_suffix(".js"))


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
    <IPython.core.display.HTML object>
    Run this cell to answer here
    """
    question = _find(question)
    display(HTML(f"{static_block(question)}\n{_AGAIN}"))  # type: ignore[no-untyped-call]
    display(Control(question, earlier=earlier))  # type: ignore[no-untyped-call]


def answer(question: str | Question, typed: Any, confidence: float | None = None) -> Reply:
    """Answer by typing, as in ``answer("02-destitute", "b")``: the answer is scored and recorded.

    ``typed`` is a letter, letters ("a, c", ["a", "c"]) or a number; blank records nothing. ``confidence`` is
    in per cent, 0 to 100. What cannot be read records nothing, and the reply says what is allowed. Raises
    KeyError naming the nearest ids when there is no such question.

    >>> answer("02-destitute", "")
    Nothing chosen yet. Choose one of A, B, C, D.
    """
    return _submit(_find(question), typed, confidence)


@dataclass(frozen=True, repr=False)
class Reply(_html.Block):
    """What a learner reads after checking: a verdict, what was answered, and reasons as (heading, text).

    ``status`` and ``credit`` are those of the outcome, and None in a test, where nothing is given away.
    ``lesson`` is the question's: reasons point to its sections.
    """

    verdict: str
    answered: str
    reasons: tuple[tuple[str, str], ...] = ()
    note: str = ""
    status: str | None = None
    credit: float | None = None
    lesson: str = ""

    def __repr__(self) -> str:
        head = " ".join(filter(None, (self.verdict, self.answered)))
        body = (" ".join(filter(None, reason)) for reason in self.reasons)
        return "\n".join(filter(None, (head, *body, self.note)))

    def __html__(self) -> Markup:
        note = (("", self.note),) if self.note else ()
        return _headed(((self.verdict, self.answered), *self.reasons, *note), self.lesson)


class Control(Widget):
    """The control of one question. Its state is its traits: set ``response``, then raise ``checked`` by one,
    and the answer is scored and recorded, as a click on Check does.

    The first check of a wrong choice of several or order says how much is right, the second tells all.
    ``saved`` says what became of the answer; the script takes it as a sign that the kernel is there. An
    answer given earlier is there when the control is made. ``feedback`` is the reply to the latest check.
    """

    script = script()
    style = stylesheet()

    question = traitlets.Dict().tag(sync=True)
    response = traitlets.Any(None, allow_none=True).tag(sync=True)
    confidence = traitlets.Any(None, allow_none=True).tag(sync=True)
    checked = traitlets.Int(0).tag(sync=True)
    saved = traitlets.Unicode("").tag(sync=True)
    feedback = traitlets.Instance(Reply, allow_none=True)
    checked_here: ClassVar[set[str]] = set()  # in this kernel: they come back when their cell is run again

    def __init__(self, question: str | Question, earlier: bool = True) -> None:
        self._asked = _find(question)
        back = earlier or self._asked.id in self.checked_here
        super().__init__(question=payload(self._asked), **(_earlier(self._asked) if back else {}))
        self.observe(self._check, "checked")

    def _check(self, change: Any) -> None:
        self.saved = ""
        self.checked_here.add(self._asked.id)
        first = self.checked == 1
        self.feedback = _submit(self._asked, self.response, self.confidence, first=first)
        self.saved = self.feedback.note or ("Saved." if self.feedback.status in VERDICTS else "")

    def __repr__(self) -> str:
        return "Run this cell to answer here"


def _find(question: str | Question) -> Question:
    return question if isinstance(question, Question) else questions.question(question)


def _submit(question: Question, typed: Any, confidence: float | None, *, first: bool = False) -> Reply:
    """Score, record once and reply; a failing disk costs the learner nothing but a line that says so."""
    try:
        response = scoring.read_response(question, typed)
        if response is None:
            return reply(question, None)
        outcome = scoring.score(question, response)
        saved = answers.record(
            question.id,
            response,
            status=outcome.status,
            credit=outcome.credit,
            confidence=confidence,
            once=True,
        )
    except ValueError as error:
        return Reply(UNREADABLE, str(error))
    recorded = "Recorded." if question.mode == "test" else ""
    return replace(reply(question, response, first=first), note=saved.why or recorded)


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
        "saved": "This is your earlier answer.",
        "feedback": reply(question, response, first=True),
    }


# --- what the reader of a reply sees ------------------------------------------------------------------------


def reply(question: Question, response: scoring.Response, *, first: bool = False) -> Reply:
    """The words for a response; in a test no verdict and no reason. Raises scoring.ResponseError.

    With ``first`` a wrong choice of several, or order, gets a second try: how much is right, and one reason.

    >>> reply(questions.question("02-destitute"), "b").answered
    'You answered B.'
    """
    outcome = scoring.score(question, response)
    response = scoring.read_response(question, response)
    if response is None:
        return Reply(BLANK, wanted(question), status=outcome.status)
    answered = f"You answered {_shown(question, response)}."
    if question.mode == "test":
        return Reply("", f"{answered} {AFTER_THE_TEST}")
    told = outcome.feedback
    if first and outcome.status != scoring.RIGHT and question.kind in ("multiple", "ordering"):
        answered = f"{answered} {_how_much(question, response)}"
        amiss = (f for f in told if question.kind == "ordering" or f.label.lower() not in question.key)
        told = tuple(islice(amiss, 1))
    reasons = tuple((_heading(question, outcome, response, f.label), f.text) for f in told)
    return Reply(
        VERDICTS[outcome.status],
        answered,
        reasons,
        status=outcome.status,
        credit=outcome.credit,
        lesson=_number_of(question),
    )


def _how_much(question: Question, response: Any) -> str:
    """How much of a choice of several, or of an order, is right, without saying what."""
    if question.kind == "ordering":
        placed = sum(a == b for a, b in zip(response, question.key, strict=True))
        return f"{placed} of {len(question.key)} in their place."
    hits = sum(letter in question.key for letter in response)
    wrong = len(response) - hits
    more = f"{wrong or 'no'} wrong {'ones' if wrong > 1 else 'one'}"
    return f"{hits} of {len(question.key)} right ones chosen, {more}."


def _heading(question: Question, outcome: scoring.Score, picked: Any, letter: str) -> str:
    """The words before one reason: whose it is, and how it stands to what was answered."""
    if question.kind == "ordering":
        return f"{letter}." if outcome.status == scoring.RIGHT else f"{letter}, out of place."
    if question.kind == "multiple":
        right, chosen = letter.lower() in question.key, letter.lower() in picked
        return f"{letter}, {'not right' if not right else 'right' if chosen else 'right but not chosen'}."
    return ""


def wanted(question: Question) -> str:
    """One sentence that says what an answer to this question is.

    >>> wanted(questions.question("02-destitute"))
    'Choose one of A, B, C, D.'
    """
    letters = _letters(question.options)
    return {
        "single": f"Choose one of {letters}.",
        "multiple": f"Choose every right one of {letters}.",
        "ordering": f"Put {letters} in order, each once, first to last.",
        "numeric": f"Give one number, in {question.unit}.",
    }[question.kind]


def _shown(question: Question, response: Any) -> str:
    if question.kind == "numeric":
        return f"{plain_number(response)} {question.unit}"
    return _letters(response)


def _letters(keys: Any) -> str:
    return ", ".join(key.upper() for key in keys)


# --- data for the script ------------------------------------------------------------------------------------


def payload(question: Question) -> dict[str, Any]:
    """What the script needs, fit for JSON. Of a test question it holds neither the key nor a reason.

    >>> payload(questions.question("02-destitute"))["kind"]
    'single'
    """
    found: dict[str, Any] = {
        "id": question.id,
        "kind": question.kind,
        "mode": question.mode,
        "stem": question.stem,
        "unit": question.unit,
        "wanted": wanted(question),
        "asksConfidence": question.mode == "test" or question.exit_ticket,
        "options": [{"letter": letter, "text": option.text} for letter, option in question.options.items()],
    }
    return found if question.mode == "test" else found | {"solution": _solution(question)}


def _solution(question: Question) -> dict[str, Any]:
    if question.kind != "numeric":
        reasons = {letter: option.reason for letter, option in question.options.items()}
        return {"key": list(question.key), "reasons": reasons}
    return {
        "value": question.value,
        "tolerance": question.tolerance,
        "reason": question.reason,
        "ranges": [
            {"low": span.low, "high": span.high, "says": _span(span, question.unit), "reason": span.reason}
            for span in question.ranges
        ],
        "otherwise": question.otherwise.reason if question.otherwise else None,
    }


def data_block(question: Question) -> str:
    """The payload as the ``<script type="application/json">`` that ``hydrate`` looks for on a page.

    >>> data_block(questions.question("02-destitute"))[:31]
    '<script type="application/json"'
    """
    data = json.dumps(payload(question), ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/json" class="nts-data" data-question="{question.id}">{data}</script>'


# --- the static block ---------------------------------------------------------------------------------------


def static_block(question: Question, how: str = "run this cell") -> str:
    """The question as plain HTML: case, stem, options, and one closed ``<details>`` with a reason for each.

    ``how`` completes "Answer first: ..." (a page without cells says something else). Every text is escaped. A
    test question has no details: its reasons come after the test.

    >>> static_block(questions.question("02-destitute")).count("<details>")
    1
    """
    lines = [_html.paragraph(question.case, "Case (invented).")] if question.case else []
    lines.append(_html.paragraph("", question.stem))
    options = question.options.items()
    if options:
        shown = [_html.paragraph(option.text, letter.upper(), "\N{EN SPACE}") for letter, option in options]
        lines.append(Markup('<div class="nts-options">{}</div>').format(_html.lines(shown)))
    if question.kind != "single":
        lines.append(_html.paragraph(wanted(question) + _tolerance(question)))
    test = question.mode == "test"
    lines.append(_html.paragraph(AFTER_THE_TEST) if test else _details(question, how))
    # JupyterLab typesets $...$ in HTML outputs; this class keeps a price in dollars from becoming a formula.
    start = Markup('<section class="nts-question mathjax_ignore" data-question="{}">').format(question.id)
    return str(_html.lines((start, *lines, Markup("</section>"))))


def _tolerance(question: Question) -> str:
    if not question.tolerance:
        return ""
    return f" A difference of {plain_number(question.tolerance)} or less counts as right."


def _details(question: Question, how: str) -> Markup:
    what = {"numeric": "the right number and typical slips", "ordering": "the right order, and why"}
    inside = what.get(question.kind, "a reason for each option")
    # The id tells one block from the next where a screen reader lists them.
    summary = f"Answer first: {how}. Then open this: {inside} ({question.id})."
    return _html.details(summary, _headed(explained(question), _number_of(question)))


def _headed(parts: Iterable[tuple[str, str]], lesson: str) -> Markup:
    """A paragraph for each (heading, text), with links to the places it points to."""
    return _html.lines(_html.paragraph(linked(text, lesson), head) for head, text in parts)


def _number_of(question: Question) -> str:
    return f"{question.lesson:02}"


def explained(question: Question) -> Iterator[tuple[str, str]]:
    """Every reason with the words that say what it belongs to.

    >>> [head for head, reason in explained(questions.question("02-destitute"))][:2]
    ['A, not right.', 'B, right.']
    """
    if question.kind == "numeric":
        yield f"{plain_number(question.value)} {question.unit}, right.", question.reason
        for span in question.ranges:
            yield f"{_span(span, question.unit)}, not right.", span.reason
        if question.otherwise:
            yield "Any other number, not right.", question.otherwise.reason
        return
    if question.kind == "ordering":
        yield "The right order:", f"{_letters(question.key)}."
        for letter in question.key:
            yield f"{letter.upper()}.", question.options[letter].reason
        return
    for letter, option in question.options.items():
        yield f"{letter.upper()}, {'right' if letter in question.key else 'not right'}.", option.reason


def _span(span: Span, unit: str) -> str:
    low, high = (None if bound is None else plain_number(bound) for bound in (span.low, span.high))
    if low == high:
        return f"{low} {unit}"
    if low and high:
        return f"{low} to {high} {unit}"
    return f"{low} {unit} or more" if low else f"{high} {unit} or less"
