"""When a question is due again: a learner's answers as cards of py-fsrs, a library for spaced repetition.

Nothing here reads a disk or a clock. The library reckons in whole days here, and without chance, so that the
same answers have the same day on every machine.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from .records import Record
from .scoring import PARTLY, RIGHT, WRONG

if TYPE_CHECKING:
    import fsrs

RATINGS = {WRONG: 1, PARTLY: 2, RIGHT: 3}  # the library's Again, Hard and Good
AHEAD = datetime.timedelta(days=1)  # how far east another machine may have been
Due = Mapping[str, datetime.date | None]


def schedule(records: Iterable[Record], today: datetime.date) -> Due:
    """Each question that was answered and scored, with the day on which it is due, longest answered first.

    records: in the order given. The day is None where nobody knows when the latest answer was given: it has
    no day, or one that has not come yet, from a clock that was wrong.

    >>> given = Record(1, "02-destitute", "b", "right", 1.0, day="2026-11-29")
    >>> schedule([given], datetime.date(2026, 11, 30))
    {'02-destitute': datetime.date(2026, 12, 1)}
    """
    histories: dict[str, list[Record]] = {}
    for record in records:
        if record.status in RATINGS:
            history = histories.pop(record.question, [])
            history.append(record)
            histories[record.question] = history  # last, as its answer is
    scheduler = _scheduler()
    return {question: _due(scheduler, history, today) for question, history in histories.items()}


def due(scheduled: Due, today: datetime.date) -> list[str]:
    """The questions that are due, most overdue first; those of an unknown day come before all others.

    >>> day = datetime.date(2026, 11, 30)
    >>> due({"02-a": day, "02-b": None, "02-c": day + AHEAD}, day)
    ['02-b', '02-a']
    """
    late = {question: day or datetime.date.min for question, day in scheduled.items()}
    return sorted((question for question, day in late.items() if day <= today), key=late.__getitem__)


def _due(scheduler: fsrs.Scheduler, history: Iterable[Record], today: datetime.date) -> datetime.date | None:
    from fsrs import Card, Rating

    card = Card(card_id=0, due=_moment(today))  # else it takes a number and a day from the clock
    known = False
    for record in history:
        day = datetime.date.fromisoformat(record.day) if record.day else None
        known = day is not None and day - today <= AHEAD
        if day and known:
            card, _ = scheduler.review_card(card, Rating(RATINGS[str(record.status)]), _moment(day))
    return card.due.date() if known else None


def _moment(day: datetime.date) -> datetime.datetime:
    """A day as the library wants it: whole days lie between any two."""
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


def _scheduler() -> fsrs.Scheduler:
    """No steps of minutes, and no chance."""
    from fsrs import Scheduler

    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
