"""The notebooks of a course as pages take them: by shelf, each with its source and its language."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from .. import lessons
from ..course import TRANSLATIONS, Course
from ..translation import later

HOME = "README.md"
NOTES = {
    "lessons": later(
        "This is the lesson as a page. What the cells of its notebook show is here already: where the "
        "text says to run a cell, read on."
    ),
    "exercises": later("This is the exercise as a page, with its hints. The notebook checks your answers."),
    "exercises/solutions": later(
        "This is the solution as a page: one good answer to each task, with its reason."
    ),
}


def folder_of(of: Course, shelf: str) -> Path:
    """The folder of a shelf, such as "exercises/solutions"."""
    return of.lessons if shelf == "lessons" else of.home / shelf


def owner(of: Course, source: str) -> Course:
    """The course whose language a page speaks: of a translation what it lacks speaks English."""
    own = source == HOME or source.startswith(f"{TRANSLATIONS}/")
    return of if own or of.base is None else of.base


def shelf_of(source: str) -> str:
    """The shelf on which a source lies, in whichever language.

    >>> shelf_of("translations/es/lessons/00_start_here.ipynb")
    'lessons'
    """
    return re.sub(rf"^{TRANSLATIONS}/[^/]+/", "", posixpath.dirname(source))


def notebooks(of: Course) -> dict[str, lessons.Notebook]:
    """Every notebook by its source, in reading order: a lesson, its exercise, its solution, the next one."""
    found = [book for shelf in NOTES for book in lessons.read_all(folder_of(of, shelf))]
    found.sort(key=lambda book: book.number)  # stable: within a number the shelves keep their order
    return {book.path.relative_to(of.home).as_posix(): book for book in found}
