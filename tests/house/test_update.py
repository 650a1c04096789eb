"""A new version beside a course in which somebody worked, as README says: nothing is overwritten."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from notthesame import untouched
from tests.house.checkout import ROOT, WHO, commit, copy_to, git, needs_git

pytestmark = needs_git
LESSON = "lessons/02_what_the_law_calls_trafficking.ipynb"
EXERCISE = "exercises/06_exercise_where_a_number_comes_from.ipynb"


def type_into(notebook: Path, words: str) -> None:
    """Answer in a notebook and save it, as JupyterLab does."""
    raw = json.loads(notebook.read_text("utf-8"))
    raw["cells"].append({"cell_type": "markdown", "id": "own", "metadata": {}, "source": [words]})
    notebook.write_text(json.dumps(raw, indent=1, ensure_ascii=False) + "\n", "utf-8")


def python(of: Path, code: str) -> str:
    """Run code in a course's own package, in its folder of lessons, with this learner's answers."""
    env = {**os.environ, "PYTHONPATH": str(of / "src"), "NOTTHESAME_ANSWERS": str(of.parent / "user folder")}
    done = subprocess.run(
        [sys.executable, "-c", f"import notthesame as nts\n{code}"],
        cwd=of / "lessons", env=env, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return done.stdout


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a course with its bytes, without git's own and Python's."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not {".git", "__pycache__"} & {*path.relative_to(folder).parts}
    }


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """Where the course is published: a repository."""
    (tmp_path / "published").mkdir()
    commit(copy_to(tmp_path / "published"))
    return tmp_path / "published"


@pytest.fixture
def worked_in(original: Path, tmp_path: Path) -> Path:
    """A clone in which a learner has answered, filled an exercise, made a fresh copy and exported."""
    mine = tmp_path / "mine"
    git("clone", "-q", original, mine)
    said = python(
        mine,
        "from notthesame.questions import answers\n"
        "answers.record('02-destitute', 'b', status='right', credit=1.0)\n"
        "print(nts.fresh_copy('03'), nts.export_answers('my answers.json'))",
    )
    assert "03 lesson (fresh)" in said and "my answers.json" in said
    type_into(mine / LESSON, "What I typed into the lesson.")
    type_into(mine / EXERCISE, "What I typed into the exercise.")
    return mine


@pytest.fixture
def new_version(original: Path, worked_in: Path) -> Path:
    """The course was published anew, with other words in two notebooks and a new file."""
    for name in (LESSON, "lessons/04_fosta_text_and_path.ipynb"):
        type_into(original / name, "New in this version.")
    (original / "lessons" / "07_new.ipynb").write_text('{"cells": []}\n', "utf-8")
    digests = original / "src" / "notthesame" / "notebooks.json"
    shown = json.loads(digests.read_text("utf-8"))
    shown[LESSON] = untouched.digest((original / LESSON).read_bytes())
    digests.write_text(json.dumps(shown, indent=1) + "\n", "utf-8")
    commit(original)
    return original


def test_readme_and_lesson_00_say_how() -> None:
    readme = (ROOT / "README.md").read_text("utf-8").partition("## A new version")[2].partition("\n## ")[0]
    assert "folder of its own, beside the old one" in readme and "Never unpack a new version over" in readme
    assert "A new version of the course goes into a new folder" in (
        ROOT / "lessons/00_start_here.ipynb"
    ).read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("way", ["download", "clone"])
def test_a_new_folder_brings_the_answers_and_leaves_the_old_one(
    way: str, worked_in: Path, new_version: Path, tmp_path: Path
) -> None:
    before, new = contents(worked_in), tmp_path / "not the same 2"
    if way == "download":
        git("archive", "--format=zip", "-o", tmp_path / "new.zip", "HEAD", cwd=new_version)
        shutil.unpack_archive(tmp_path / "new.zip", new)
    else:
        git("clone", "-q", new_version, new)
    shutil.copy(worked_in / EXERCISE, new / "exercises" / "my 06.ipynb")  # to go on in it
    assert "what Pavel does" in python(new, "print(nts.my_answers())")
    assert "Last answered" in python(new, "print(nts.where_was_i())")
    assert "02 lesson (fresh)" in python(new, "print(nts.fresh_copy('02'))")
    fresh = (new / "lessons" / "02 lesson (fresh).ipynb").read_text("utf-8")
    assert "New in this version." in fresh and "What I typed" not in fresh
    assert "What I typed into the exercise." in (new / "exercises" / "my 06.ipynb").read_text("utf-8")
    assert contents(worked_in) == before


@pytest.mark.slow
def test_git_pull_overwrites_nothing(worked_in: Path, new_version: Path) -> None:
    before = contents(worked_in)
    with pytest.raises(subprocess.CalledProcessError) as refused:
        git(*WHO, "pull", "-q", cwd=worked_in)
    assert LESSON in refused.value.stderr and contents(worked_in) == before


@pytest.mark.slow
def test_git_pull_brings_the_new_and_keeps_what_was_typed(worked_in: Path, new_version: Path) -> None:
    git("checkout", "-q", "--", LESSON, cwd=worked_in)  # nothing was typed into what changes
    before = contents(worked_in)
    git(*WHO, "pull", "-q", cwd=worked_in)
    after = contents(worked_in)
    assert "New in this version." in after[LESSON].decode() and "lessons/07_new.ipynb" in after
    kept = (EXERCISE, "lessons/03 lesson (fresh).ipynb", "lessons/my answers.json")
    assert all(after[name] == before[name] for name in kept)
    assert "What I typed into the exercise." in after[EXERCISE].decode()
