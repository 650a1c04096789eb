"""What a learner said of their own answers: each with its confidence, and whether it was right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .records import Record
from .scoring import NOT_ATTEMPTED, RIGHT

HEADS = ("Sure", "Answers", "Right", "95 per cent interval")  # of a table of answers by confidence


def first_scored(records: Iterable[Record]) -> Mapping[str, Record]:
    """The first scored answer to each question; later ones follow the reasons, so they say something else.

    records: in the order given.

    >>> draft, first = Record(1, "02-a", "a", None, None), Record(2, "02-a", "b", "right", 1.0)
    >>> first_scored([draft, first, Record(3, "02-a", "a", "wrong", 0.0)])["02-a"].seq
    2
    """
    found: dict[str, Record] = {}
    for record in records:
        if record.status not in (None, NOT_ATTEMPTED):
            found.setdefault(record.question, record)
    return found


def stated(records: Iterable[Record]) -> Iterator[tuple[float, bool]]:
    """For each question, its first scored answer as (confidence in per cent, whether wholly right).

    A first answer without a confidence leaves its question out.

    >>> first = Record(1, "02-means", "a", "wrong", 0.0, confidence=90)
    >>> list(stated([first, Record(2, "02-means", "b", "right", 1.0, confidence=100)]))
    [(90, False)]
    """
    for record in first_scored(records).values():
        if record.confidence is not None:
            yield record.confidence, record.status == RIGHT
