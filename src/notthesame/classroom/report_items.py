"""Outcomes and questions of a lesson as a report shows them: two tables, and a block for each question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from .. import _html
from ..questions import Question
from ..questions.pointers import in_words
from ..questions.replies import explained, number_of
from ..questions.shown import in_few_words
from .choices import Choice
from .class_report import Item, Outcome
from .report_words import FEW, ends, ends_per_cent, estimate, people, per_cent, share

NONE = "\N{EN DASH}"


def outcomes_table(outcomes: Sequence[Outcome]) -> Markup:
    """The outcomes of a lesson, a row each."""
    heads = ("Outcome", "Right at first, per cent", "95 per cent interval", "Questions", "Learners")
    rows = (
        (
            outcome.text,
            per_cent(outcome.right, outcome.answers),
            ends(*_hundreds(outcome)) or NONE,
            str(len(outcome.items)),
            str(outcome.learners),
        )
        for outcome in outcomes
    )
    return _html.division("wide", _html.table("", heads, rows))


def _hundreds(outcome: Outcome) -> tuple[float | None, float | None]:
    if outcome.low is None or outcome.high is None:
        return None, None
    return 100 * outcome.low, 100 * outcome.high


def items_table(items: Sequence[Item]) -> Markup:
    """The questions of a lesson, a row each, with links to their blocks."""
    heads = (
        "Question",
        "It asks",
        "Answered",
        "Right at first, per cent",
        "95 per cent interval",
        "Right in the latest, per cent",
        "Discrimination (interval)",
    )
    return _html.division("wide", _html.table("", heads, map(_row, items)))


def _row(item: Item) -> Sequence[str]:
    name = item.question.id
    head = (_html.link(f"#{name}", name), in_few_words(item.question), people(item.answered))
    if not item.enough:
        return (*head, NONE, NONE, NONE, NONE)
    whole = item.answered.low
    rest = per_cent(item.right, whole), ends_per_cent(item.hard) or NONE, per_cent(item.latest, whole)
    return (*head, *rest, estimate(item.telling))


def block(item: Item) -> Markup:
    """One question, closed: its stem, and each option with who chose it and its reason."""
    question = item.question
    told = f"{share(item.right, item.answered.low)} right" if item.enough else f"answered by {FEW}"
    summary = Markup("{} “{}” {}").format(
        Markup("<strong>{}</strong>").format(question.id), in_few_words(question), told
    )
    return _html.division("question", _named(question.id, _html.details(summary, _html.lines(_inside(item)))))


def _named(name: str, body: Markup) -> Markup:
    return Markup('<div id="{}">{}</div>').format(name, body)


def _inside(item: Item) -> Iterator[Markup]:
    question = item.question
    if question.case:
        yield _html.paragraph(_html.as_typed(question.case), "Case (invented).")
    yield _html.paragraph(_html.as_typed(question.stem), "Question.")
    if not item.enough:
        yield _html.paragraph(f"Answered by {FEW} learners, so nothing is told of their answers.")
        return
    yield from (_choice(one, item.answered.low, question) for one in item.choices)
    if question.kind == "multiple":
        yield _html.paragraph("Several may be chosen; right is who chose just the right ones.")
    if question.kind == "ordering":
        for head, reason in explained(question, away=True):
            yield _html.paragraph(in_words(reason, number_of(question)), head)


def _choice(one: Choice, whole: int, question: Question) -> Markup:
    """An option, who chose it as a bar and in words, and its reason; the right one says so."""
    low, high = (one.people.low / whole, one.people.high / whole)
    label = one.label if len(one.label) > 1 else f"{one.label}, {'right' if one.right else 'not right'}"
    mark = "\N{HEAVY CHECK MARK} " if one.right else ""
    parts = [
        _html.paragraph(_html.as_typed(one.text), f"{mark}{label}:"),
        _html.bar(low, high),
        _html.paragraph(_by(one, whole)),
    ]
    if one.reason:
        parts.append(_html.division("reason", _html.paragraph(in_words(one.reason, number_of(question)))))
    return _html.division("choice key" if one.right else "choice", _html.lines(parts))


def _by(one: Choice, whole: int) -> str:
    return "nobody" if one.people.exact and not one.people.low else share(one.people, whole)
