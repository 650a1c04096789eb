"""What a learner said of their own answers: each with its confidence, and whether it was right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .records import Record
from .scoring import NOT_ATTEMPTED, RIGHT

HEADS = ("Sure", "Answers", "Right", "Wilson interval")  # of a table of answers by confidence


def stated(records: Iterable[Record]) -> Iterator[tuple[float, bool]]:
    """For each question, its first scored answer as (confidence in per cent, whether wholly right).

    Later answers follow the reasons, so they do not count; nor does a first answer without a confidence.

    >>> first = Record(1, "02-means", "a", "wrong", 0.0, confidence=90)
    >>> list(stated([first, Record(2, "02-means", "b", "right", 1.0, confidence=100)]))
    [(90, False)]
    """
    seen: set[str] = set()
    for record in records:
        if record.status in (None, NOT_ATTEMPTED) or record.question in seen:
            continue
        seen.add(record.question)
        if record.confidence is not None:
            yield record.confidence, record.status == RIGHT
