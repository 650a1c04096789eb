"""What to revisit first, in words that can be acted upon in the next class; and the mistaken beliefs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from markupsafe import Markup

from .. import _html
from .._words import counted
from ..questions.pointers import in_words
from ..questions.replies import number_of
from ..questions.shown import in_few_words
from .choices import Choice
from .class_report import CLEAR, ClassReport, Held, Item, Outcome
from .report_words import ends, people, per_cent, share

BELIEFS = 12  # that the page names; the CSV has all
_SECTIONS = 3


def revisit(found: ClassReport) -> Markup:
    """The outcomes with the lowest share right: how many, where to go back to, what to do tomorrow.

    >>> from notthesame.statistics.small_cells import total
    >>> str(revisit(ClassReport(total(9), 9, (), (), None, (), total(0))))[:16]
    '<p>No outcome of'
    """
    chosen = found.revisit()
    if not chosen:
        none = f"No outcome of which enough learners answered lies below {100 * CLEAR:.0f} per cent right."
        return _html.paragraph(none)
    cards = (_card(place, outcome, found.beliefs) for place, outcome in enumerate(chosen, 1))
    return _html.lines((*cards, *_order(chosen)))


def _order(chosen: tuple[Outcome, ...]) -> Iterator[Markup]:
    first, last = chosen[0], chosen[-1]
    if first is not last and first.high is not None and last.low is not None and first.high > last.low:
        yield _html.paragraph(
            "The intervals of the first and the last of these overlap: which is the weaker is not certain."
        )


def _card(place: int, outcome: Outcome, beliefs: tuple[Held, ...]) -> Markup:
    parts = [
        _html.heading(3, f"{place}. Lesson {outcome.lesson}: {outcome.text}"),
        _html.paragraph(f"{told(outcome)}."),
    ]
    if thread := _thread(outcome):
        parts += [_tomorrow(*thread), *_believed(thread[1], beliefs)]
    parts += _back_to(outcome)
    return _html.division("card", _html.lines(parts))


def told(outcome: Outcome) -> str:
    """An outcome's share right with its interval, in words without a full stop."""
    per = per_cent(outcome.right, outcome.answers)
    interval = ends(_hundred(outcome.low), _hundred(outcome.high))
    between = f"95 per cent interval {interval}; " if interval else "too few learners for an interval; "
    asked = counted(len(outcome.items), "question")
    return f"{per} per cent of first answers right ({between}{outcome.learners} learners, {asked})"


def _hundred(value: float | None) -> float | None:
    return None if value is None else 100 * value


def _back_to(outcome: Outcome) -> Iterator[Markup]:
    """The sections that its hardest questions are about."""
    sections = [f"“{item.question.section}”" for item in _hardest(outcome) if item.question.section]
    if named := [*dict.fromkeys(sections)][:_SECTIONS]:
        yield _html.paragraph(f"{', '.join(named)} in lesson {outcome.lesson}.", "Go back to:")


def _hardest(outcome: Outcome) -> list[Item]:
    return sorted(outcome.items, key=lambda item: (_middle(item), item.question.id))


def _middle(item: Item) -> float:
    return (item.right.low + item.right.high) / 2 / item.answered.low


def _thread(outcome: Outcome) -> tuple[Item, Choice] | None:
    """A question to put up again, not one of a test, and its wrong answer: one that goes with the belief that
    drew most wrong answers in this outcome, where it can be told."""
    fit = [item for item in _hardest(outcome) if item.question.mode == "practice" and item.lure]
    drew = Counter[str | None]()
    for item in fit:
        for one in _wrong(item):
            drew[one.slug] += one.people.low
    for slug, _ in drew.most_common(1):
        for item in fit:
            for one in _wrong(item):
                if one.slug == slug:
                    return item, one
    return None


def _wrong(item: Item) -> list[Choice]:
    """Its wrong answers that enough people gave, most frequent first."""
    told = (one for one in item.choices if not one.right and one.people.exact and one.people.low)
    return sorted(told, key=lambda one: -one.people.low)


def _tomorrow(item: Item, lure: Choice) -> Markup:
    """What to do in the next class."""
    question, whole = item.question, item.answered.low
    text = Markup(
        "Put question {} (“{}”) up again and let the class vote. At first {} had it right, and {} took {}. "
        "Ask for the best case for that answer, then close with its reason: {}"
    ).format(
        _html.link(f"#{question.id}", question.id),
        in_few_words(question),
        share(item.right, whole),
        people(lure.people),
        f"{lure.label}, “{lure.text}”" if len(lure.label) == 1 else f"“{lure.text}”",
        in_words(lure.reason, number_of(question)),
    )
    return _html.paragraph(text, "Tomorrow:")


def _believed(lure: Choice, found: tuple[Held, ...]) -> Iterator[Markup]:
    """The belief that an answer goes with, and what is the case instead."""
    for held in (held for held in found if held.slug == lure.slug):
        often = f" {people(held.shown)} of {held.met} learners answered so at least once, in any lesson."
        told = often if held.shown.exact else ""
        yield _html.paragraph(f"{held.belief}{told}", "The belief behind it:")
        yield _html.paragraph(held.instead, "What is the case:")


def beliefs(found: ClassReport) -> Markup:
    """A table of the beliefs that were shown most.

    >>> from notthesame.statistics.small_cells import total
    >>> str(beliefs(ClassReport(total(9), 9, (), (), None, (), total(0))))
    '<p>No belief was shown by enough learners to be told.</p>'
    """
    rows = [
        (held.belief, held.instead, share(held.shown, held.met), _twice(held), ", ".join(held.lessons))
        for held in found.beliefs
        if held.shown.exact and held.shown.low
    ][:BELIEFS]
    if not rows:
        return _html.paragraph("No belief was shown by enough learners to be told.")
    heads = ("Belief", "What is the case", "Shown at least once", "In two questions or more", "Lessons")
    return _html.division("wide", _html.table("", heads, rows))


def _twice(held: Held) -> str:
    return "\N{EN DASH}" if held.twice is None else f"{held.twice}"
