"""Slips, folders and the course that a hub hands out, without a hub."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import course_hub as hub
import pytest

from tests.house.checkout import git
from tests.hub import a_hub

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can run a server under another number")


# --- slips


def test_a_slip_opens_its_own_name_only() -> None:
    key, other = b"one secret", b"another"
    assert hub.fits(key, "seat-07", hub.password(key, "seat-07"))
    assert hub.fits(key, "seat-07", f" {hub.password(key, 'seat-07').upper()}\n")
    for given in (hub.password(key, "seat-08"), hub.password(other, "seat-07"), "", "é"):
        assert not hub.fits(key, "seat-07", given)


def test_slips_are_as_many_as_asked_for_and_all_differ() -> None:
    lines = [*hub.slips(b"one secret", "seat", 30)]
    assert [line.split()[0] for line in lines] == [f"seat-{number:02}" for number in range(1, 31)]
    assert len({line.split()[1] for line in lines}) == 30
    assert {len(line.split()[1]) for line in lines} == {19}


def test_the_secret_is_drawn_once_and_nobody_elses_to_read(tmp_path: Path) -> None:
    drawn = hub.secret(tmp_path / "hub")
    assert hub.secret(tmp_path / "hub") == drawn and len(drawn) == 32
    assert hub.secret(tmp_path / "other") != drawn
    assert (tmp_path / "hub/secret").stat().st_mode & 0o777 == 0o600
    assert [*(tmp_path / "hub").iterdir()] == [tmp_path / "hub/secret"]


@pytest.mark.parametrize("words", [[], ["seat"], ["seat", "many"], ["../up", "3"], ["seat", "-1"]])
def test_words_that_make_no_slips_get_one_line(words: list[str], tmp_path: Path) -> None:
    env = {**os.environ, "NOTTHESAME_HUB_FOLDER": str(tmp_path / "hub")}
    call = [sys.executable, str(a_hub.HUB / "course_hub.py"), *words]
    done = subprocess.run(call, env=env, capture_output=True, text=True)
    assert done.returncode == 1 and not done.stdout and done.stderr.count("\n") == 1
    assert "course_hub.py seat 30" in done.stderr and not (tmp_path / "hub").exists()


# --- folders


@as_root
def test_each_folder_has_a_number_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    homes = tmp_path / "homes"
    numbers = [hub.own_folder(homes / name, apart=True) for name in ("ana", "ben", "ana")]
    assert numbers == [hub.FIRST, hub.FIRST + 1, hub.FIRST]
    assert homes.stat().st_mode & 0o777 == 0o711 and (homes / "ana").stat().st_mode & 0o777 == 0o700


def test_where_the_hub_is_not_root_no_number_is_taken(tmp_path: Path) -> None:
    assert hub.own_folder(tmp_path / "homes/ana", apart=False) is None
    assert (tmp_path / "homes/ana").stat().st_uid == os.geteuid()


def tried(first: Callable[[], None], act: Callable[[], object]) -> str:
    """The name of the error that an act ends with in a process that began so; "" where it has none."""
    read, write = os.pipe()
    if not (child := os.fork()):
        try:
            first()
            act()
            name = ""
        except BaseException as error:
            name = type(error).__name__
        os.write(write, name.encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(write)
    with open(read, "rb") as said:
        return said.read().decode()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account can reach; pytest's own are root's alone."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@as_root
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_students_process_reaches_its_own_folder_and_nobody_elses(open_folder: Path) -> None:
    key, homes = hub.secret(open_folder), open_folder / "homes"
    ana, ben = (hub.own_folder(homes / name, apart=True) for name in ("ana", "ben"))
    (homes / "ben/answers").write_text("ben's own", "utf-8")
    (open_folder / "course").mkdir()
    first = hub.begin(homes / "ana", ana, memory=2**30, processes=64)
    assert tried(first, lambda: Path("mine").write_text("x", "utf-8")) == ""
    closed: list[Callable[[], object]] = [
        lambda: (homes / "ben/answers").read_text("utf-8"),
        lambda: [*homes.iterdir()],
        lambda: hub.secret(open_folder) == key,
        lambda: (open_folder / "course/lesson").write_text("x", "utf-8"),
        lambda: os.setuid(0),
        lambda: os.kill(os.getppid(), 0),
    ]
    assert [tried(first, act) for act in closed] == ["PermissionError"] * len(closed)
    assert tried(first, lambda: bytearray(2**31)) == "MemoryError"
    assert (homes / "ana/mine").stat().st_uid == ana != ben
    assert (homes / "ana/mine").stat().st_mode & 0o777 == 0o600


# --- the course


@pytest.fixture
def a_course(tmp_path: Path) -> Path:
    """A small course with what a student gets and what they do not."""
    root = tmp_path / "course"
    for name in (
        "start.ipynb",
        "lessons/01_x.ipynb",
        "lessons/02_x.ipynb",
        "src/code.py",
        "instructors/key.md",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"{name}\n", "utf-8")
    (root / ".gitignore").write_text("*.jsonl\n", "utf-8")
    (root / "lessons/mine.jsonl").write_text("an answer\n", "utf-8")
    return root


def test_what_is_handed_out_grows_by_one_commit_where_something_changed(
    a_course: Path, tmp_path: Path
) -> None:
    repository = hub.publish(tmp_path / "hub", a_course)
    assert hub.publish(tmp_path / "hub", a_course) == repository
    listed = git("--git-dir", repository, "ls-tree", "-r", "--name-only", "main").split()
    assert listed == ["lessons/01_x.ipynb", "lessons/02_x.ipynb", "start.ipynb"]
    (a_course / "lessons/01_x.ipynb").write_text("new words\n", "utf-8")
    (a_course / "lessons/02_x.ipynb").unlink()
    hub.publish(tmp_path / "hub", a_course)
    assert git("--git-dir", repository, "rev-list", "--count", "main").strip() == "2"
    listed = git("--git-dir", repository, "ls-tree", "-r", "--name-only", "main").split()
    assert listed == ["lessons/01_x.ipynb", "start.ipynb"]


def test_what_git_cannot_do_is_told_in_its_own_words(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="git: fatal: not a git repository"):
        hub.git("--git-dir", str(tmp_path), "log")


def test_a_copy_follows_and_keeps_what_a_student_wrote(
    a_course: Path, tmp_path: Path, packages: Path
) -> None:
    repository = hub.publish(tmp_path / "hub", a_course)
    copy, env = tmp_path / "home/not-the-same", a_hub.environment(packages, tmp_path / "hub")
    env |= hub.environment(tmp_path / "hub", repository)
    call = [sys.executable, str(packages / "bin/gitpuller"), f"file://{repository}", "main", str(copy)]

    def pull() -> None:
        subprocess.run(call, env={**env, "HOME": str(tmp_path)}, capture_output=True, check=True)

    pull()
    (copy / "lessons/01_x.ipynb").write_text("what I wrote\n", "utf-8")
    for name in ("lessons/01_x.ipynb", "start.ipynb"):
        (a_course / name).write_text("a new version\n", "utf-8")
    hub.publish(tmp_path / "hub", a_course)
    pull()
    assert (copy / "lessons/01_x.ipynb").read_text("utf-8") == "what I wrote\n"
    assert (copy / "start.ipynb").read_text("utf-8") == "a new version\n"
