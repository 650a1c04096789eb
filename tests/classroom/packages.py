"""SCORM packages: of the whole course, made once, and of a course with one short lesson."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from notthesame import questions
from notthesame.classroom import items, scorm
from notthesame.classroom.items import Export
from notthesame.course import Course, course
from notthesame.questions import static
from tests.site.test_pages import code, write_course

ASKED = questions.question("00-title")


@cache
def whole() -> Export:
    return scorm.made(items.groups(tests=True))


def small(root: Path, *cells: object) -> Export:
    """Of a course whose one lesson, 00, holds these cells, or asks a question."""
    groups = items.groups(["00"])
    asks = code(f'nts.ask("{ASKED.id}")', text_html=static.static_block(ASKED))
    small = Course(write_course(root, *(cells or (asks,))))
    shutil.copytree(course().questions, small.questions)
    shutil.copy(course().exercises / "misconceptions.yaml", small.exercises)
    pages = shutil.ignore_patterns("*.md")  # they link to lessons that are not here
    shutil.copytree(course().data, small.data, ignore=pages, dirs_exist_ok=True)
    with small.in_use():
        return scorm.made(groups)


def content(package: Export) -> bytes:
    (made,) = package.files.values()
    return made
