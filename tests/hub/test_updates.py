"""A new version comes by nbgitpuller to students who have worked: what arrives, and what stays theirs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import course_hub
import nbformat
import pytest
from nbclient import NotebookClient

from tests.house.checkout import ROOT, WHO, git, tracked

pytestmark = pytest.mark.slow
LESSON = "lessons/02_what_the_law_calls_trafficking.ipynb"
OTHER = "lessons/04_fosta_text_and_path.ipynb"
EXERCISE = "exercises/06_exercise_where_a_number_comes_from.ipynb"
Cells = list[dict[str, Any]]


@dataclass(frozen=True)
class Class:
    """The course as its teacher has it, what the hub publishes of it, and one student's copy."""

    course: Path
    mine: Path
    pulled_by: Path  # nbgitpuller's folder

    def publish(self) -> Path:
        return course_hub.publish(self.course.parent, self.course)

    def git(self, *words: str) -> None:
        """Do something to what is published, behind the back of those who have it."""
        git("--git-dir", self.course.parent / "course.git", "--work-tree", self.course, *WHO, *words)

    def pull(self) -> str:
        """Press the link: CalledProcessError with what it said where it ends in an error."""
        done = subprocess.run(
            [sys.executable, "-m", "nbgitpuller.pull", self.publish().as_uri(), "main", str(self.mine)],
            env={**os.environ, "PYTHONPATH": str(self.pulled_by)},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    def refused(self) -> str:
        with pytest.raises(subprocess.CalledProcessError) as refused:
            self.pull()
        return str(refused.value.stdout + refused.value.stderr)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, packages: Path) -> Class:
    """A class whose student has opened the course once; tests copy it and leave it alone."""
    folder = tmp_path_factory.mktemp("first")
    first = Class(folder / "course", folder / "mine", packages)
    for name in tracked():
        if name.startswith(tuple(course_hub.HANDED)) and (ROOT / name).is_file():
            (first.course / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, first.course / name)
    first.pull()
    return first


@pytest.fixture
def room(tmp_path: Path, first: Class) -> Class:
    """Such a class; its student keeps a file of their own beside a lesson."""
    shutil.copytree(first.course.parent, tmp_path, dirs_exist_ok=True)
    room = Class(tmp_path / "course", tmp_path / "mine", first.pulled_by)
    git("remote", "set-url", "origin", room.publish().as_uri(), cwd=room.mine)
    (room.mine / "lessons/my answers.json").write_text("mine", "utf-8")
    return room


@pytest.fixture(scope="module")
def worked_in(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A lesson that ran to its end and was saved as JupyterLab saves it, with the state of its controls."""
    notebook = nbformat.read(ROOT / LESSON, 4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NOTTHESAME_ANSWERS", str(tmp_path_factory.mktemp("answers")))
        folder = {"metadata": {"path": str(ROOT / "lessons")}}
        NotebookClient(notebook, timeout=120, store_widget_state=True, resources=folder).execute()
    return f"{nbformat.writes(notebook)}\n".encode()


def change(of: Path, name: str, act: Callable[[Cells], object]) -> None:
    """Change the cells of a notebook, and save it as JupyterLab does."""
    notebook = nbformat.read(of / name, 4)
    act(notebook.cells)
    nbformat.write(notebook, of / name)


def say(at: int, words: str) -> Callable[[Cells], object]:
    """Other words in a cell."""
    return lambda cells: cells[at].update(source=words)


def new_cell(at: int, words: str) -> Callable[[Cells], object]:
    cell = nbformat.v4.new_markdown_cell(words, id="new")
    return lambda cells: cells.insert(at, cell)


def sources(of: Path, name: str = LESSON) -> list[str]:
    """The text of each cell of a notebook, which must be a sound one."""
    notebook = json.loads((of / name).read_text("utf-8"))
    nbformat.validate(notebook)
    return ["".join(cell["source"]) for cell in notebook["cells"]]


# --- nbgitpuller's six cases, on our notebooks --------------------------------------------------------------


def test_the_students_words_stay_where_the_teacher_changed_the_same_cell(room: Class) -> None:
    change(room.mine, LESSON, say(4, "What I think."))
    change(room.course, LESSON, say(4, "Put better."))
    change(room.course, OTHER, say(4, "Put better."))
    room.pull()
    assert sources(room.mine)[4] == "What I think." and sources(room.mine, OTHER)[4] == "Put better."
    assert (room.mine / "lessons/my answers.json").read_text("utf-8") == "mine"


def test_a_notebook_that_was_deleted_comes_back(room: Class) -> None:
    (room.mine / LESSON).unlink()
    change(room.course, OTHER, say(4, "Put better."))
    room.pull()
    assert (room.mine / LESSON).read_bytes() == (room.course / LESSON).read_bytes()


def test_a_file_of_the_students_own_makes_room_for_one_of_that_name(room: Class) -> None:
    (room.mine / "exercises/my 06.ipynb").write_text("my own", "utf-8")
    shutil.copy(room.course / EXERCISE, room.course / "exercises/my 06.ipynb")
    room.pull()
    (kept,) = (room.mine / "exercises").glob("my 06__*.ipynb")
    assert kept.read_text("utf-8") == "my own"
    assert (room.mine / "exercises/my 06.ipynb").read_bytes() == (room.course / EXERCISE).read_bytes()


@pytest.mark.parametrize("at", [0, 2, 5])
def test_a_new_cell_comes_into_a_notebook_in_which_a_cell_was_changed(room: Class, at: int) -> None:
    """Also right before it, right behind it, and at the head."""
    change(room.mine, LESSON, say(3, "nts.show_verdicts()  # mine"))
    change(room.course, LESSON, new_cell(at, "New in this version."))
    room.pull()
    found = sources(room.mine)
    assert found[at] == "New in this version." and found.count("nts.show_verdicts()  # mine") == 1


def test_a_rewritten_last_commit_is_pulled_but_what_it_takes_back_stays(room: Class) -> None:
    """Whoever had the slip keeps it, as if it were their own; a new commit would have mended it."""
    change(room.course, OTHER, say(4, "A slip."))
    room.pull()
    change(room.mine, LESSON, say(4, "What I think."))
    change(room.course, OTHER, say(4, "Put better."))
    change(room.course, OTHER, say(9, "Put better."))
    room.publish()
    room.git("reset", "-q", "--soft", "HEAD~2")
    room.git("commit", "-q", "-m", "the slip was never there")
    room.pull()
    assert sources(room.mine)[4] == "What I think."
    assert (found := sources(room.mine, OTHER))[4] == "A slip." and found[9] == "Put better."


# --- what our notebooks add ---------------------------------------------------------------------------------


def test_new_words_come_into_a_lesson_that_ran_and_nothing_that_ran_is_lost(
    room: Class, worked_in: bytes
) -> None:
    (room.mine / LESSON).write_bytes(worked_in)
    change(room.course, LESSON, say(2, "Put better."))
    change(room.course, LESSON, new_cell(20, "New in this version."))
    room.pull()
    wanted = nbformat.reads(worked_in, 4)
    wanted.cells[2].source = "Put better."
    wanted.cells.insert(20, nbformat.v4.new_markdown_cell("New in this version.", id="new"))
    assert "widgets" in wanted.metadata
    assert json.loads((room.mine / LESSON).read_bytes()) == json.loads(nbformat.writes(wanted))


@pytest.mark.parametrize("mine", range(8, 12))
def test_changes_in_neighbouring_cells_leave_a_sound_notebook(
    room: Class, worked_in: bytes, mine: int
) -> None:
    """Where they touch, the student's version stands."""
    (room.mine / LESSON).write_bytes(worked_in)
    change(room.mine, LESSON, say(mine, "What I think."))
    change(room.course, LESSON, say(mine + 1, "Put better."))
    change(room.course, LESSON, say(mine - 1, "Put better."))
    room.pull()
    assert sources(room.mine)[mine] == "What I think."


def test_cells_at_the_end_of_both_are_the_students(room: Class) -> None:
    """So a teacher's new cell belongs into a lesson and not at its end, where students put theirs."""
    change(room.mine, LESSON, lambda cells: cells.append(nbformat.v4.new_markdown_cell("What I think.")))
    change(room.course, LESSON, lambda cells: cells.append(nbformat.v4.new_markdown_cell("Too late.")))
    room.pull()
    assert sources(room.mine)[-1] == "What I think." and "Too late." not in sources(room.mine)


@pytest.mark.filterwarnings("ignore:Non-unique cell id")
def test_a_cell_that_the_teacher_moved_stands_twice_where_the_student_changed_it(room: Class) -> None:
    change(room.mine, LESSON, say(8, "What I think."))
    old = sources(room.course)[8]
    change(room.course, LESSON, lambda cells: cells.insert(20, cells.pop(8)))
    room.pull()
    found = sources(room.mine)
    assert "What I think." in found and old in found and len(found) == len(sources(room.course)) + 1


def test_a_renamed_notebook_takes_the_students_words_along(room: Class) -> None:
    change(room.mine, LESSON, say(4, "What I think."))
    (room.course / LESSON).rename(room.course / "lessons/02_another_name.ipynb")
    room.pull()
    assert sources(room.mine, "lessons/02_another_name.ipynb")[4] == "What I think."


def test_a_notebook_that_the_teacher_took_away_stays_where_a_student_worked_in_it(room: Class) -> None:
    change(room.mine, LESSON, say(4, "What I think."))
    for name in (LESSON, OTHER):
        (room.course / name).unlink()
    room.pull()
    assert sources(room.mine)[4] == "What I think." and not (room.mine / OTHER).exists()


def notebooks(of: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in of.glob("*/*.ipynb")}


def test_a_repository_that_begins_anew_is_refused_and_a_new_copy_is_the_way(room: Class) -> None:
    change(room.mine, LESSON, say(4, "What I think."))
    shutil.rmtree(room.publish())
    change(room.course, OTHER, say(4, "Put better."))
    before = notebooks(room.mine)
    assert "refusing to merge unrelated histories" in room.refused()
    assert notebooks(room.mine) == before
    room.mine.rename(room.mine.with_name("mine as it was"))
    room.pull()
    assert sources(room.mine, OTHER)[4] == "Put better."


def test_the_commit_that_a_copy_began_with_cannot_be_taken_back(room: Class) -> None:
    """The copy knows no commit before it (nbgitpuller fetches one deep), so there is nothing to merge by."""
    change(room.course, OTHER, say(4, "A slip."))
    shutil.rmtree(room.mine)
    room.pull()
    change(room.mine, LESSON, say(4, "What I think."))
    before = notebooks(room.mine)
    room.git("commit", "-q", "--amend", "-m", "the slip was never there")
    assert "refusing to merge unrelated histories" in room.refused()
    assert notebooks(room.mine) == before
