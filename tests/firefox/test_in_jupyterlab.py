"""Lessons in JupyterLab, in Firefox: run, used, saved, and there again the next day."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator

import pytest

from notthesame import lessons
from tests.firefox import notebook
from tests.firefox.fox import Fox
from tests.jupyter import BROKEN, PROJECT, Lab, start_lab

# A lesson and an exercise in each run; by hand the others too, by their numbers.
NUMBERS = os.environ.get("NOTTHESAME_FIREFOX_LESSONS", "02").split()
NAMES = [path.name for path in lessons.files(PROJECT / "lessons") if path.name[:2] in NUMBERS]
EXERCISE = next((PROJECT / "exercises").glob("02_*.ipynb")).name
ERRORS = "[data-mime-type='application/vnd.jupyter.stderr']"
ARROW_UP = "\ue013"  # as WebDriver writes it
# All that a lab says, its pictures' words included.
SAYS = """(lab => lab.textContent + [...lab.querySelectorAll('img')].map(image => image.alt))
  (document.querySelector('section.nts-lab'))"""


@pytest.fixture(scope="module")
def clone(started: Fox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab on a copy of the course that nobody has trusted yet."""
    with start_lab(tmp_path_factory.mktemp("fox")) as lab:
        for folder in ("lessons", "data", "exercises"):
            shutil.copytree(PROJECT / folder, lab.work / folder)
        yield lab


def whole(fox: Fox) -> str:
    return fox.text(fox.find(".jp-Notebook"))


def use_lab(fox: Fox) -> None:
    """Tick the lab's first box or go one up in its first number: the lab says what came of it."""
    lab = fox.find("section.nts-lab")
    for skip in fox.all("button", lab):
        if fox.text(skip) == "Skip the prediction":
            fox.click(skip)
            break
    before = fox.run(f"return {SAYS}")
    if boxes := fox.all("input[type=checkbox]:enabled", lab):
        fox.click(boxes[0])
    else:
        fox.run("arguments[0].focus()", fox.find("input[type=number]:enabled", lab))
        fox.press(ARROW_UP)
    fox.until(f"{SAYS} !== arguments[0]", before)


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_runs_to_its_end_and_lives_the_next_day(name: str, clone: Lab, fox: Fox) -> None:
    path = f"lessons/{name}"
    notebook.open_notebook(fox, clone, path)
    assert not re.search(BROKEN, whole(fox))
    notebook.run_all(fox)
    assert not fox.all(ERRORS) and not re.search(BROKEN, whole(fox))
    alive = notebook.alive(fox, len(lessons.read(PROJECT / path).asked()))
    use_lab(fox)
    notebook.save(fox)
    clone.stop_kernels()
    notebook.open_notebook(fox, clone, path)  # the next day: nothing is run
    assert notebook.alive(fox, alive) == alive and not re.search(BROKEN, whole(fox))
    notebook.answer(fox)


def test_a_task_checks(clone: Lab, fox: Fox) -> None:
    notebook.open_notebook(fox, clone, f"exercises/{EXERCISE}")
    notebook.run_all(fox)
    form = fox.find("form.nts-form:has(input[type=radio])")
    fox.click(fox.find("input[type=radio]", form))
    fox.click(fox.find("button[type=submit]", form))
    fox.until("/^(Right|Not)/.test(arguments[0].querySelector('.nts-reply').textContent)", form)
    fox.until("arguments[0].querySelector('.nts-note').textContent === 'Saved.'", form)
