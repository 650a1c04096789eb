"""The grading sheet of a lesson, its key on a page apart, and both for an LMS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markupsafe import Markup

from ... import _html
from .. import exports, items, moodle, paper, qti
from ..grading.made import LESSONS, made
from ..grading.model import LEVELS, Grading
from . import sheets
from .sheets import Sheet

_NOTE = (
    "The people, places and writers are invented; what writers say, others hold, in the words of the course. "
    "Nothing here asks about you; leave out what you wish, and ask your instructor for another sheet."
)
_OWN = (
    "For you alone. The questions are made from a template and the seed {seed}: the same seed gives "
    "the same sheet, "
    "another one gives others. Whoever has the course can make this sheet too, so keep the seed to yourself. "
    "Answers come from the definition machine, the counts or the argument map; nobody has reviewed "
    "this sheet."
)
_WRITE = 18  # lines for the task


def grading(folder: Path, lesson: str, seed: int, size: str = "a4") -> list[str]:
    """Write the grading of a lesson into a folder: sheet, key, and files for an LMS; returns what to tell.

    size: a name of ``sheets.PAPERS``. The same seed gives the same bytes. Raises ValueError, and then nothing
    is written: for a lesson without a template, or something in the way.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as there:
    ...     grading(Path(there), "02", seed=7)[-1]
    'Only the sheet is for students. Keep the seed, 7, to yourself.'
    """
    of = made(lesson, seed)
    files = {sheet.name: sheet.content for sheet in of_lesson(of, size)}
    group = items.Group(f"{lesson}-grading", f"Grading of lesson {lesson}, seed {seed}", of.questions)
    for form, export in (("moodle.xml", moodle.made([group])), ("qti.zip", qti.made([group]))):
        (files[f"grading-{lesson}-{form}"],) = export.files.values()
    exports.written(folder, files)
    return [
        *(f"written: {folder / name}" for name in files),
        f"Only the sheet is for students. Keep the seed, {seed}, to yourself.",
    ]


def of_lesson(of: Grading, size: str, prefix: str = "") -> Iterator[Sheet]:
    """The sheet and the key of a lesson.

    >>> [sheet.name for sheet in of_lesson(made("02"), "a4")]
    ['grading-02-sheet.html', 'grading-02-key.html']
    """
    for name, what, copies, body in (
        ("sheet", "Grading sheet: four questions and a task", "25, on another day", _sheet(of)),
        ("key", f"* Key, model answer and marking scheme (seed {of.seed})", "1", _key(of)),
    ):
        page = sheets.page(f"Grading, lesson {of.lesson}", body, size)
        yield Sheet(f"{prefix}grading-{of.lesson}-{name}.html", what, copies, page)


def has_sheet(lesson: str) -> bool:
    """Whether a lesson has a template.

    >>> has_sheet("02"), has_sheet("09")
    (True, False)
    """
    return lesson in LESSONS


def _sheet(of: Grading) -> Markup:
    parts = [
        _html.heading(1, f"{items.COURSE}: lesson {of.lesson}, questions and a task"),
        _html.division("note", _html.paragraph(_NOTE)),
    ]
    for number, question in enumerate(of.questions, 1):
        parts.append(_html.division("kept", paper.asked(f"Question {number}", question)))
        parts.append(_html.paragraph("Your answer: ________   The words that decide it:"))
        parts.append(sheets.ruled(2))
    parts.append(_html.heading(2, "Task"))
    parts += [_html.paragraph(text) for text in of.task.ask]
    return _html.lines((*parts, sheets.ruled(_WRITE)))


def _key(of: Grading) -> Markup:
    heads = ("What is looked at", *(f"{level} points" for level in LEVELS))
    parts = [
        _html.heading(1, f"Key and scheme: lesson {of.lesson}, seed {of.seed}"),
        _html.division("note", _html.paragraph(_OWN.format(seed=of.seed))),
        *(paper.told(f"Question {n}", question) for n, question in enumerate(of.questions, 1)),
        _html.heading(2, "Task: a model answer"),
        *(_html.paragraph(text) for text in of.task.answer),
        _html.heading(2, "Task: marking scheme"),
        _html.paragraph(
            "Mark what stands on the page; what a student believes is not marked. At most 12 points."
        ),
        _html.table("", heads, of.task.scheme),
    ]
    return _html.lines(parts)
