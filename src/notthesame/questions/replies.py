"""What a learner reads after checking: a verdict, what was answered, and reasons; and every reason there is.

The script says the same, word for word (``scoring.js``); a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, ClassVar

from markupsafe import Markup

from .. import _html
from .._words import plain_number
from ..translation import later, say
from . import Option, Question, Span, scoring
from .pointers import linked

VERDICTS = {
    scoring.RIGHT: later("Right."),
    scoring.PARTLY: later("Partly right."),
    scoring.WRONG: later("Not right."),
}
BLANK, UNREADABLE = later("Nothing chosen yet."), later("Not read.")
AFTER_THE_TEST = later("Reasons come after the test.")
INVENTED = later("Case (invented).")


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
    translated: ClassVar[bool] = True

    def __repr__(self) -> str:
        head = " ".join(filter(None, (self.verdict, self.answered)))
        body = (" ".join(filter(None, reason)) for reason in self.reasons)
        return "\n".join(filter(None, (head, *body, self.note)))

    def __html__(self) -> Markup:
        note = (("", self.note),) if self.note else ()
        return headed(((self.verdict, self.answered), *self.reasons, *note), self.lesson)


def reply(question: Question, response: scoring.Response, *, first: bool = False) -> Reply:
    """The words for a response; in a test no verdict and no reason. Raises scoring.ResponseError.

    With ``first`` a wrong choice of several, or order, gets a second try: how much is right, and one reason.

    >>> from notthesame.questions import question
    >>> reply(question("02-destitute"), "b").answered
    'You answered B.'
    """
    outcome = scoring.score(question, response)
    response = scoring.read_response(question, response)
    if response is None:
        return Reply(say(BLANK), wanted(question), status=outcome.status)
    answered = say("You answered {answer}.", answer=_shown(question, response))
    if question.mode == "test":
        return Reply("", f"{answered} {say(AFTER_THE_TEST)}")
    told = outcome.feedback
    if first and outcome.status != scoring.RIGHT and question.kind in ("multiple", "ordering"):
        answered = f"{answered} {_how_much(question, response)}"
        amiss = (f for f in told if question.kind == "ordering" or f.label.lower() not in question.key)
        told = tuple(islice(amiss, 1))
    reasons = tuple((_heading(question, outcome, response, f.label), f.text) for f in told)
    return Reply(
        say(VERDICTS[outcome.status]),
        answered,
        reasons,
        status=outcome.status,
        credit=outcome.credit,
        lesson=number_of(question),
    )


def _how_much(question: Question, response: Any) -> str:
    """How much of a choice of several, or of an order, is right, without saying what."""
    if question.kind == "ordering":
        placed = sum(a == b for a, b in zip(response, question.key, strict=True))
        return say("{placed} of {all} in their place.", placed=placed, all=len(question.key))
    hits = sum(letter in question.key for letter in response)
    wrong = len(response) - hits
    more = say("no wrong one") if not wrong else say("1 wrong one") if wrong == 1 else ""
    more = more or say("{wrong} wrong ones", wrong=wrong)
    return say("{hits} of {all} right ones chosen, {more}.", hits=hits, all=len(question.key), more=more)


def _heading(question: Question, outcome: scoring.Score, picked: Any, letter: str) -> str:
    """The words before one reason: whose it is, and how it stands to what was answered."""
    if question.kind == "ordering":
        return f"{letter}." if outcome.status == scoring.RIGHT else say("{what}, out of place.", what=letter)
    if question.kind == "multiple":
        if letter.lower() in question.key and letter.lower() not in picked:
            return say("{what}, right but not chosen.", what=letter)
        return _judged(letter, letter.lower() in question.key)
    return ""


def _judged(what: str, right: bool) -> str:
    return say("{what}, right.", what=what) if right else say("{what}, not right.", what=what)


def wanted(question: Question) -> str:
    """One sentence that says what an answer to this question is.

    >>> from notthesame.questions import question
    >>> wanted(question("02-destitute"))
    'Choose one of A, B, C, D.'
    """
    letters = _letters(question.options)
    return {
        "single": lambda: say("Choose one of {letters}.", letters=letters),
        "multiple": lambda: say("Choose every right one of {letters}.", letters=letters),
        "ordering": lambda: say("Put {letters} in order, each once, first to last.", letters=letters),
        "numeric": lambda: say("Give one number, in {unit}.", unit=question.unit),
    }[question.kind]()


def tolerated(question: Question) -> str:
    """A sentence that says how far off a number may be, with a blank before it; empty where it may not.

    >>> from notthesame.questions import question
    >>> tolerated(question("02-destitute"))
    ''
    """
    if not question.tolerance:
        return ""
    most = plain_number(question.tolerance)
    return " " + say("A difference of {number} or less counts as right.", number=most)


def _shown(question: Question, response: Any) -> str:
    if question.kind == "numeric":
        return f"{plain_number(response)} {question.unit}"
    return _letters(response)


def _letters(keys: Any) -> str:
    return ", ".join(key.upper() for key in keys)


def headed(parts: Iterable[tuple[str, str]], lesson: str) -> Markup:
    """A paragraph for each (heading, text), with links to the places it points to.

    >>> headed([("B.", "So it is.")], "02")
    Markup('<p><strong>B.</strong> So it is.</p>')
    """
    return _html.lines(_html.paragraph(linked(text, lesson), head) for head, text in parts)


def number_of(question: Question) -> str:
    """The number of a question's lesson, as pointers and file names have it.

    >>> from notthesame.questions import question
    >>> number_of(question("02-destitute"))
    '02'
    """
    return f"{question.lesson:02}"


def explained(question: Question, *, away: bool = False) -> Iterator[tuple[str, str]]:
    """Every reason with the words that say what it belongs to.

    away: whether the question stands elsewhere, so that an option's own words are wanted too.

    >>> from notthesame.questions import question
    >>> [head for head, reason in explained(question("02-destitute"))][:2]
    ['A, not right.', 'B, right.']
    >>> next(explained(question("13-may-stand"), away=True))[0]
    'A, not right: Half of the traders, give or take a margin, skipped meals after the hall was shut.'
    """
    if question.kind == "numeric":
        yield _judged(f"{plain_number(question.value)} {question.unit}", True), question.reason
        for span in question.ranges:
            yield _judged(span_in_words(span, question.unit), False), span.reason
        if question.otherwise:
            yield say("Any other number, not right."), question.otherwise.reason
        return
    if question.kind == "ordering":
        yield say("The right order:"), f"{_letters(question.key)}."
        for letter in question.key:
            yield (
                _of_option(f"{letter.upper()}.", question.options[letter], away),
                question.options[letter].reason,
            )
        return
    for letter, option in question.options.items():
        head = _judged(letter.upper(), letter in question.key)
        yield _of_option(head, option, away), option.reason


def _of_option(head: str, option: Option, away: bool) -> str:
    return f"{head.rstrip('.')}: {option.text.rstrip('.')}." if away else head


def span_in_words(span: Span, unit: str) -> str:
    """A range of numbers in words.

    >>> span_in_words(Span("", "", low=5, high=10), "years"), span_in_words(Span("", "", low=5), "years")
    ('5 to 10 years', '5 years or more')
    """
    low, high = (None if bound is None else plain_number(bound) for bound in (span.low, span.high))
    if low == high:
        return f"{low} {unit}"
    if low and high:
        return say("{low} to {high} {unit}", low=low, high=high, unit=unit)
    if low:
        return say("{low} {unit} or more", low=low, unit=unit)
    return say("{high} {unit} or less", high=high, unit=unit)
