"""Which questions each lesson asks, as its cells say."""

from __future__ import annotations

from collections.abc import Mapping

from .. import lessons
from ..course import course, read_once


@read_once
def asked() -> Mapping[str, tuple[str, ...]]:
    """The questions that each lesson asks, by its number.

    >>> "02-destitute" in asked()["02"]
    True
    """
    return {book.number: book.asked() for book in lessons.read_texts(course().lessons)}
