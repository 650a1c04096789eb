"""What a learner may have forgotten by today, asked again: from their own answers, for a few minutes."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .. import _html, questions
from .._reading import number, shown
from .._words import counted, day_and_month
from . import answers, records
from .minutes import minutes_of
from .schedule import due, schedule

LONGEST = 60  # minutes of one review
NOTHING_YET = "Nothing to ask again yet. What you answer in the lessons is asked here again after some days."


@dataclass(frozen=True)
class Waiting:
    """The questions that are due, most overdue first, with their minutes; else the day of the next one."""

    minutes: Mapping[str, float]
    following: datetime.date | None = None

    def within(self, minutes: float) -> list[str]:
        """As many as the minutes hold, in their order; one that is too long for the rest is left out.

        >>> Waiting({"02-a": 2.0, "02-b": 3.0, "02-c": 1.0}).within(4)
        ['02-a', '02-c']
        """
        found, left = [], minutes
        for question, needed in self.minutes.items():
            if needed <= left:
                found.append(question)
                left -= needed
        return found


def review(minutes: Any = 10) -> None:
    """Ask again what you may have forgotten by today, for ten minutes at most, as in ``review(5)``.

    minutes: 1 to 60. The questions are practice ones that you have answered. They are asked anew, and each
    answer settles when its question comes again: later after a right one, sooner after a wrong one. Raises
    ValueError for minutes that are not allowed.

    >>> review("soon")
    Traceback (most recent call last):
    ValueError: minutes: found 'soon'; one number is wanted, such as 12 or 0.6, from 1 to 60
    """
    from IPython.display import display

    from .view import ask

    most, found = _minutes(minutes), waiting()
    fit = found.within(most)
    said = " ".join(filter(None, (*_sentences(found, fit), answers.load().unread)))
    display(_html.Shown(_html.as_written(_html.paragraph(said)), said))  # type: ignore[no-untyped-call]
    for question in fit:
        ask(question, earlier=False)


def waiting() -> Waiting:
    """What is due today of what was answered; a test, a task, and what is no longer asked are never due.

    >>> type(waiting()).__name__
    'Waiting'
    """
    today, known = records.today(), questions.known_questions()
    scheduled = {
        question: day
        for question, day in schedule(answers.load().records, today).items()
        if question in known and known[question].mode == "practice"
    }
    now = {question: minutes_of(known[question]) for question in due(scheduled, today)}
    return Waiting(now, min((day for day in scheduled.values() if day and day > today), default=None))


def _minutes(given: Any) -> float:
    try:
        read = number(given)
    except ValueError as error:
        raise ValueError(f"minutes: {error}, from 1 to {LONGEST}") from None
    if not 1 <= read <= LONGEST:
        raise ValueError(f"minutes: found {shown(given)}; allowed: 1 to {LONGEST}")
    return read


def _sentences(found: Waiting, fit: list[str]) -> Iterator[str]:
    """What is due, and what of it is asked here."""
    if not found.minutes:
        yield when_next(found.following)
    elif not fit:
        least = math.ceil(min(found.minutes.values()))
        yield f"{in_words(found)}. The shortest takes about {least} minutes: nts.review({least})."
    elif len(fit) == len(found.minutes):
        yield f"{in_words(found)}, {_about(fit, found)}."
    else:
        yield f"{in_words(found)}. Here: {len(fit)} of them, {_about(fit, found)}."
        yield "For more, answer these and run this cell again."


def in_words(found: Waiting) -> str:
    """How many questions are due.

    >>> in_words(Waiting({"02-a": 2.0, "02-b": 1.4}))
    '2 questions due today'
    """
    return f"{counted(len(found.minutes), 'question')} due today"


def when_next(day: datetime.date | None) -> str:
    """That nothing is due, and when something will be.

    >>> when_next(records.today().replace(month=12, day=3))
    'Nothing is due today. The next question is due on 3 December.'
    """
    if day is None:
        return NOTHING_YET
    year = "" if day.year == records.today().year else f" {day.year}"
    return f"Nothing is due today. The next question is due on {day_and_month(day)}{year}."


def _about(chosen: list[str], found: Waiting) -> str:
    return f"about {counted(round(sum(found.minutes[question] for question in chosen)), 'minute')}"
