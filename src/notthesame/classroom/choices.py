"""What was chosen in one question, as it may be told: every option, range or order with its own reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .._words import plain_number
from ..questions import Question
from ..questions.replies import span_in_words
from ..statistics.small_cells import LEAST, Cell, led, pair
from .tally import Counts

OTHER = "Any other order"


@dataclass(frozen=True)
class Choice:
    """One option, range of numbers or order: its label and text, its reason and belief, who chose it."""

    label: str
    text: str
    reason: str
    slug: str | None
    right: bool
    people: Cell


def choices(question: Question, counts: Counts) -> tuple[Choice, ...]:
    """What was chosen in first answers; of a question that five people or more answered.

    Of several options that may go together each is a count of its own, of the others each answer is in one.

    >>> from notthesame.questions import question
    >>> found = choices(question("02-destitute"), Counts(answered=25, right=18, picks={"b": 18, "a": 7}))
    >>> [(one.label, one.people.low) for one in found]
    [('A', 7), ('B', 18), ('C', 0), ('D', 0)]
    """
    made = {"numeric": _numbers, "ordering": _orders}.get(question.kind, _options)
    parts = list(made(question, counts))
    if question.kind == "multiple":
        cells = tuple(pair(count, counts.answered) for _, count in parts)
    else:
        lead = next(place for place, (one, _) in enumerate(parts) if one.right)
        others = [count for place, (_, count) in enumerate(parts) if place != lead]
        first, *rest = led(parts[lead][1], others)
        cells = (*rest[:lead], first, *rest[lead:])
    return tuple(
        Choice(one.label, one.text, one.reason, one.slug, one.right, cell)
        for (one, _), cell in zip(parts, cells, strict=True)
    )


def right_of(question: Question, counts: Counts, found: tuple[Choice, ...]) -> Cell:
    """Who was right at first: the cell of the right answer, so that both are told alike.

    >>> from notthesame.questions import question
    >>> asked, counts = question("02-destitute"), Counts(answered=25, right=23, picks={"b": 23, "a": 2})
    >>> right_of(asked, counts, choices(asked, counts))
    Cell(low=21, high=24, few=False)
    """
    if question.kind == "multiple":
        wrong = counts.answered - counts.right - counts.partly
        return led(counts.right, (counts.partly, wrong))[0]
    return next((one.people for one in found if one.right), Cell(0, 0))


_Part = tuple[Choice, int]
_NOBODY = Cell(0, 0)


def _options(question: Question, counts: Counts) -> Iterator[_Part]:
    for letter, option in question.options.items():
        right = letter in question.key
        slug = option.misconception
        yield (
            Choice(letter.upper(), option.text, option.reason, slug, right, _NOBODY),
            counts.picks.get(letter, 0),
        )


def _numbers(question: Question, counts: Counts) -> Iterator[_Part]:
    picks = counts.picks
    value = f"{plain_number(question.value)} {question.unit}"
    yield Choice("Right", value, question.reason, None, True, _NOBODY), picks.get("right", 0)
    for place, span in enumerate(question.ranges, 1):
        told = span_in_words(span, question.unit)
        yield (
            Choice("Wrong", told, span.reason, span.misconception, False, _NOBODY),
            picks.get(f"range {place}", 0),
        )
    other = question.otherwise
    reason, slug = (other.reason, other.misconception) if other else ("", None)
    yield Choice("Wrong", "Any other number", reason, slug, False, _NOBODY), picks.get("otherwise", 0)


def _orders(question: Question, counts: Counts) -> Iterator[_Part]:
    """The right order, each other one that enough people gave, and the rest together."""
    key = "".join(question.key)
    yield Choice("Right", _order(key), "", None, True, _NOBODY), counts.picks.get(key, 0)
    wrong = {order: count for order, count in counts.picks.items() if order != key}
    often = sorted((o for o in wrong if wrong[o] >= LEAST), key=lambda order: (-wrong[order], order))
    for order in often:
        yield Choice("Wrong", _order(order), "", None, False, _NOBODY), wrong[order]
    rest = sum(count for order, count in wrong.items() if order not in often)
    yield Choice("Wrong", OTHER, "", None, False, _NOBODY), rest


def _order(letters: str) -> str:
    return ", ".join(letters.upper())
