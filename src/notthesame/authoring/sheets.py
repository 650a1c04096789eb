"""``instructors/sheets.md``: the rubrics of the course and the sheet of a peer's review, to be filled in.

They are the tables that learners grade themselves by, found in lessons and solutions by their heads, so that
no sheet has another measure than the course.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import lessons
from ..course import course
from ..lessons import LINK, Notebook

PAGE = "sheets.md"
HEAD = """# Sheets: rubrics, and a review of a peer

To print, one sheet for each piece. [The grading proposal](grading_proposal.md) says how levels become marks,
and [the plan of five weeks](five_weeks.md) when each piece is due. A sheet has no name on it, and no line on
what a text is for or against. Made from the lessons and solutions by `make data`; do not edit by hand.
"""
LEVELS, WORDS = "| | not yet | in part | fully |", "level, and the words on which it rests"
ROOM, LINE = "____ " + "_" * 24, "_" * 50  # to write a level and some words; to write more
SOURCES = "| question | `2` | `0` |"
CRITERIA, REVIEW = "| | `1` | `2` | `3` | `4` |", "| Sheet | To fill in |"


def sheets() -> str:
    """The whole page: the review first, then a rubric for each piece of writing, by lesson.

    >>> "## Lesson 12, task 4: a joint statement" in sheets()
    True
    """
    books = lessons.read_all(course().lessons)
    parts = [part for sheet in (_review, _sources) for book in books for part in sheet(book)]
    parts += [part for book in lessons.read_all(course().solutions) for part in _rubrics(book)]
    return "\n".join([HEAD, *parts])


def table(text: str, head: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the table with this head, without the head, links and bold type as plain words.

    Empty where the text has no such table.

    >>> table("| Sheet | To fill in |\\n| --- | --- |\\n| a | **b** |\\n\\nMore.", "| Sheet | To fill in |")
    (('a', 'b'),)
    """
    _, found, rest = text.partition(f"{head}\n")
    lines = rest.split("\n\n", 1)[0].splitlines()[1:] if found else []
    plain = (LINK.sub(r"\1", line).replace("**", "") for line in lines)
    return tuple(tuple(cell.strip() for cell in line.strip("|").split("|")) for line in plain)


def _found(book: Notebook, head: str) -> tuple[tuple[str, ...], ...]:
    """The first table of a notebook with this head."""
    return next((rows for cell in book.markdown() if (rows := table(cell.source, head))), ())


def _review(book: Notebook) -> Iterator[str]:
    """The sheet on one brief, in the lesson that has it: what to fill in, then a score for each criterion."""
    if asked := _found(book, REVIEW):
        yield f"## A review of a peer (lesson {book.number})\n\nNumber of the brief: ______\n"
        for name, what in asked:
            if "criterion" not in name:  # each has its row below
                yield _filled(f"| {name} | {what} |", [("", LINE)] * 4)
        criteria = _found(book, CRITERIA)
        yield _filled(f"{CRITERIA} {WORDS} |", [(*row, ROOM) for row in criteria])


def _sources(book: Notebook) -> Iterator[str]:
    """The sheet for sources side by side, in the lesson that has questions for them."""
    if rows := _found(book, SOURCES):
        yield f"## Evidence on one question (lesson {book.number})\n"
        yield "`2` fully, `0` not, `1` between, `?` where it was not seen.\n"
        heads = f"{SOURCES} source 1 | source 2 | source 3 | source 4 |"
        yield _filled(heads, [(*row, *[""] * 4) for row in rows])


def _rubrics(solution: Notebook) -> Iterator[str]:
    """Each rubric with three levels in a solution, those of optional tasks left out."""
    for cell in solution.markdown():
        title = cell.source.partition("\n")[0].lstrip("# ")
        if (rows := table(cell.source, LEVELS)) and "ptional" not in title:
            name = title[0].lower() + title[1:]
            yield f"## Lesson {solution.number}, {name}\n"
            yield _filled(f"{LEVELS} {WORDS} |", [(*row, ROOM) for row in rows])


def _filled(head: str, rows: list[tuple[str, ...]]) -> str:
    """A table of markdown under its head."""
    ruler = "|" + " --- |" * (head.count("|") - 1)
    return "\n".join([head, ruler, *(f"| {' | '.join(row)} |" for row in rows), ""])
