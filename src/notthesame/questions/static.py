"""A question without a kernel: as plain HTML, and as the data that the script of a page checks it with."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from .. import _html
from ..course import course
from ..translation import later, say
from . import Question
from .replies import AFTER_THE_TEST, INVENTED, explained, headed, number_of, span_in_words, tolerated, wanted

RUN = later("run this cell")
_INSIDE = {
    "single": later("a reason for each option"),
    "numeric": later("the right number and typical slips"),
    "ordering": later("the right order, and why"),
}


def payload(question: Question) -> dict[str, Any]:
    """What the script needs, fit for JSON. Of a test question it holds neither the key nor a reason.

    >>> from notthesame.questions import question
    >>> payload(question("02-destitute"))["kind"]
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
    found |= {"lang": question.language} if course().base else {}
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
            {
                "low": span.low,
                "high": span.high,
                "says": span_in_words(span, question.unit),
                "reason": span.reason,
            }
            for span in question.ranges
        ],
        "otherwise": question.otherwise.reason if question.otherwise else None,
    }


def data_block(question: Question) -> str:
    """The payload as the ``<script type="application/json">`` that ``hydrate`` looks for on a page.

    >>> from notthesame.questions import question
    >>> data_block(question("02-destitute"))[:31]
    '<script type="application/json"'
    """
    data = json.dumps(payload(question), ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/json" class="nts-data" data-question="{question.id}">{data}</script>'


def in_text(question: Question) -> str:
    """The question where a front end shows text only: case, stem, options, and how to answer by typing.

    >>> from notthesame.questions import question
    >>> in_text(question("02-destitute")).splitlines()[-1]
    'Choose one of A, B, C, D. To answer, type nts.answer("02-destitute", "a") with your answer.'
    """
    case = [f"{say(INVENTED)} {question.case}"] if question.case else []
    options = [f"{letter.upper()} {option.text}" for letter, option in question.options.items()]
    every = "".join(question.options)
    sample = {"single": '"a"', "multiple": '"a, b"', "ordering": f'"{every}"', "numeric": "12"}[question.kind]
    typed = f'nts.answer("{question.id}", {sample})'
    how = say("To answer, type {typed} with your answer.", typed=typed)
    how = f"{wanted(question)}{tolerated(question)} {how}"
    return "\n".join((*case, question.stem, *options, how))


def static_block(question: Question, how: str = RUN) -> str:
    """The question as plain HTML: case, stem, options, and one closed ``<details>`` with a reason for each.

    ``how`` completes "Answer first: ..." (a page without cells says something else). Every text is escaped. A
    test question has no details: its reasons come after the test.

    >>> from notthesame.questions import question
    >>> static_block(question("02-destitute")).count("<details>")
    1
    """
    lines = [_html.paragraph(question.case, say(INVENTED))] if question.case else []
    lines.append(_html.paragraph("", question.stem))
    options = question.options.items()
    if options:
        shown = [_html.paragraph(option.text, letter.upper(), "\N{EN SPACE}") for letter, option in options]
        lines.append(Markup('<div class="nts-options">{}</div>').format(_html.lines(shown)))
    if question.kind != "single":
        lines.append(_html.paragraph(wanted(question) + tolerated(question)))
    test = question.mode == "test"
    lines.append(_html.paragraph(say(AFTER_THE_TEST)) if test else _details(question, how))
    # JupyterLab typesets $...$ in HTML outputs; this class keeps a price in dollars from becoming a formula.
    start = Markup('<section class="nts-question mathjax_ignore" data-question="{}"{}>')
    start = start.format(question.id, _html.lang(question.language))
    return str(_html.lines((start, *lines, Markup("</section>"))))


def _details(question: Question, how: str) -> Markup:
    # The id tells one block from the next where a screen reader lists them.
    inside = say(_INSIDE.get(question.kind, _INSIDE["single"]))
    summary = say(
        "Answer first: {how}. Then open this: {what} ({id}).", how=say(how), what=inside, id=question.id
    )
    return _html.details(summary, headed(explained(question), number_of(question)))
