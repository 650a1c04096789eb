"""Rules about the lines of a header that are written: they are what the course makes them."""

from __future__ import annotations

from collections.abc import Iterator

from ...lessons import files
from .. import headers
from ..faults import Fault
from .whole import Whole


def faults(whole: Whole) -> Iterator[Fault]:
    """Headers whose lines on what a lesson assumes, and on where routes part, are not current."""
    books = {lesson.number: lesson for lesson in whole.lessons}
    if len(books) < len(files(whole.course.lessons)):
        return  # while a lesson cannot be read, nobody can say what the others assume of it
    for lesson in whole.lessons:
        wanted = headers.lines(lesson, books)
        if headers.with_lines(lesson.header, wanted) != lesson.header:
            words = "what its header says of terms assumed and of routes is not current; run make data"
            yield Fault("written header", lesson.path.name, words)
