"""The browser lab in Firefox: a lesson runs to its end on Python in the browser; a question answers."""

from __future__ import annotations

import re

from notthesame import lessons
from notthesame.course import course
from tests.firefox import notebook
from tests.firefox.fox import Fox
from tests.jupyter import BROKEN

LESSON = next(path.name for path in lessons.files(course().lessons) if path.name.startswith("12"))


def test_a_lesson_runs_to_its_end_and_a_question_answers(fox: Fox, lab_address: str) -> None:
    fox.go(f"{lab_address}/lab/index.html?path=lessons/{LESSON}")
    fox.find(".jp-Notebook .jp-Cell", seconds=120)
    notebook.run_all(fox, seconds=240)
    assert not re.search(BROKEN, fox.text(fox.find(".jp-Notebook")))
    notebook.alive(fox, 5)
    notebook.answer(fox)
