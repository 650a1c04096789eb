"""The stick: what another computer needs, which files go along, the page to read first, the lab's server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from notthesame import stick
from notthesame.course import Course, course
from notthesame.stick import copied, needed, page, serve, wheels
from notthesame.stick.needed import KINDS, Target

ROOT = course().home
WINDOWS, APPLE, LINUX = (Target(KINDS[place], "3.12") for place in (0, 1, 3))


def nothing(lines: Collection[str]) -> Mapping[str, Iterable[str]]:
    """A pip that knows no package more."""
    return {}


# --- what another computer needs ---


def names(target: Target) -> set[str]:
    found = needed.needed(stick.requirements(), target, nothing)
    return {re.split(r"[=<>~!]", line)[0] for line in found}


def test_each_system_gets_what_its_own_markers_ask_for() -> None:
    windows, apple, linux = map(names, (WINDOWS, APPLE, LINUX))
    assert {"colorama", "pywinpty"} <= windows and not {"pexpect", "ptyprocess"} & windows
    assert "appnope" in apple and "pywinpty" not in apple
    assert {"pexpect", "ptyprocess"} <= linux and not {"colorama", "pywinpty", "appnope"} & linux
    assert {"numpy", "jupyterlab", "hatchling", "editables", "pip"} <= windows & apple & linux


def test_an_older_python_gets_its_own_too() -> None:
    asked = ["stick-of-ours>=1; python_version < '3.13'", "other-of-ours"]
    lines = [needed.needed(asked, Target(KINDS[0], python), nothing) for python in ("3.12", "3.13")]
    assert lines == [["other-of-ours", "stick-of-ours>=1"], ["other-of-ours"]]


def test_what_runs_here_is_pinned_and_what_does_not_is_asked_for_by_its_range() -> None:
    asked: list[str] = []

    def ask(lines: Collection[str]) -> Mapping[str, Iterable[str]]:
        asked.extend(lines)
        requires = ["PyYAML>=6", "left-out; extra == 'more'", "other; sys_platform == 'win32'"]
        return {"Only_There": requires} if len(asked) == 1 else {}

    found = needed.needed(["only-there>=2,<3", "numpy"], WINDOWS, ask)
    assert asked[0] == "only-there<3,>=2" and any(line.startswith("pyyaml==") for line in found)
    assert any(line.startswith("numpy==") for line in found) and "other" in found and "left-out" not in found


@pytest.mark.parametrize(
    ("pythons", "systems", "words"),
    [
        (["3.12"], ["beos"], "No system 'beos'. Allowed: windows, macos, linux."),
        (["2.7"], ["linux"], "No Python '2.7' for the course. Allowed: 3.11 or newer, such as 3.12."),
        (["3.10"], ["linux"], "No Python '3.10'"),
        (["3"], ["linux"], "No Python '3'"),
    ],
)
def test_no_such_computer(pythons: list[str], systems: list[str], words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        stick.targets(pythons, systems)


# --- pip, on a shelf of wheels made here ---


def put(shelf: Path, name: str, version: str, tag: str, requires: str = "") -> Path:
    info = f"{name}-{version}.dist-info"
    path = shelf / f"{name}-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        needs = f"Requires-Dist: {requires}\n" if requires else ""
        archive.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}"
        )
        archive.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", folder.as_uri())
    return folder


@pytest.mark.slow
def test_the_wheels_of_another_system_are_found_fetched_and_held_against_their_hash(
    shelf: Path, tmp_path: Path
) -> None:
    built = put(shelf, "ours_a", "1.0", "cp312-cp312-win_amd64", "ours-b; sys_platform == 'win32'")
    put(shelf, "ours_a", "1.0", "cp312-cp312-manylinux2014_x86_64")
    put(shelf, "ours_b", "2.0", "py3-none-any")
    found = wheels.resolved(["ours-a"], WINDOWS)
    assert [wheel.file for wheel in found] == [built.name, "ours_b-2.0-py3-none-any.whl"]
    wheels.fetch(tmp_path / "wheels", found, WINDOWS)
    assert (tmp_path / "wheels" / built.name).read_bytes() == built.read_bytes()
    [linux] = wheels.resolved(["ours-a"], LINUX)
    put(shelf, "ours_a", "1.0", "cp312-cp312-manylinux2014_x86_64", "something-else")
    with pytest.raises(ValueError, match=f"{linux.file}: pip brought another file"):
        wheels.fetch(tmp_path / "others", [linux], LINUX)


@pytest.mark.slow
def test_a_version_without_a_wheel_there_gives_way_to_the_newest_that_has_one(shelf: Path) -> None:
    """PyYAML runs here in some version; for the other system there is another one."""
    put(shelf, "pyyaml", "6.0.99", "cp312-cp312-win_amd64")
    [found] = wheels.resolved(["PyYAML>=6,<7"], WINDOWS)
    assert found.file.startswith("pyyaml-6.0.99")


def test_what_has_no_wheel_at_all_is_named_in_one_line(shelf: Path) -> None:
    with pytest.raises(OSError, match=r"^Python 3.12 on Windows: pip found no wheel .*nowhere-of-ours$"):
        wheels.resolved(["nowhere-of-ours"], WINDOWS)


# --- the files of the course ---


def test_without_git_the_same_files_go_along_and_nothing_of_a_learners_own(tmp_path: Path) -> None:
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("no repository here to compare with")
    files = copied.course_files(course())
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    for name in ("answers-1.jsonl", "mine.json", "lessons/my 02.ipynb", ".venv/x", "data/a.txt", "src/a.pyc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("mine")
    again = copied.course_files(Course(tmp_path))
    assert again == files and "start.py" in files and not any(name.startswith(".git/") for name in files)


def test_a_notebook_worked_in_goes_along_as_shipped(tmp_path: Path) -> None:
    name = next(path for path in copied.course_files(course()) if path.startswith("lessons/02"))
    for part in (name, f".untouched/{name}", "src/notthesame/notebooks.json", "start.py", ".gitignore"):
        (tmp_path / part).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / part.removeprefix(".untouched/"), tmp_path / part)
    with (tmp_path / name).open("a") as notebook:
        notebook.write(" ")
    with Course(tmp_path).in_use():
        assert copied.course_files(Course(tmp_path))[name] == (ROOT / name).read_bytes()


# --- the whole folder ---


@pytest.mark.parametrize(
    ("without", "words"),
    [(["sites"], "No part 'sites' of a stick. Allowed: site, lab, wheels."), ([], "is there already")],
)
def test_what_cannot_be_written_is_refused_before_anything_is(
    tmp_path: Path, without: list[str], words: str
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises((ValueError, OSError), match=words):
        stick.write_stick(tmp_path, [], print, without)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_installed_course_makes_no_stick(tmp_path: Path) -> None:
    with (
        Course(tmp_path / "none").in_use(),
        pytest.raises(ValueError, match="made from a copy of the course"),
    ):
        stick.write_stick(tmp_path / "stick", [], print, ["lab", "site"])
    assert not any(tmp_path.iterdir())


def test_the_same_bytes_twice_and_checksums_that_hold(tmp_path: Path) -> None:
    for name in ("one", "two"):
        stick.write_stick(tmp_path / name, [], lambda line: None, ["lab", "site", "wheels"])
    assert not [path for path in tmp_path.iterdir() if path.name not in ("one", "two")]
    sums = [(tmp_path / name / stick.SUMS).read_bytes() for name in ("one", "two")]
    assert sums[0] == sums[1] and len(sums[0].splitlines()) > 700
    if shutil.which("sha256sum"):
        check = ["sha256sum", "--quiet", "-c", stick.SUMS]
        assert subprocess.run(check, cwd=tmp_path / "one").returncode == 0


# --- the page to read first ---


def test_the_page_says_three_steps_for_each_system_that_is_there_and_links_to_what_is() -> None:
    sizes = {"course": 12_000_000, "lab": 1, "site": 1, "wheels": 1}
    parts = [page.Part(target, 120, 158_000_000) for target in (WINDOWS, APPLE)]
    html = page.read_me(sizes, parts).decode()
    assert html.count("<ol>") == 2 and html.count("<li>") == 6
    assert "<h3>Windows</h3>" in html and "<h3>Linux</h3>" not in html
    assert "Python 3.12 on macOS (Apple)" in html and "158\xa0MB" in html
    assert "<script" not in html and "http" not in html
    bare = page.read_me({"course": 1}, []).decode()
    assert "site/index.html" not in bare and "serve.py" not in bare and bare.count("<ol>") == 3


# --- the server of the browser lab ---


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address that serve.py says, on a stick of three files."""
    for name in ("lab/index.html", "lab/a.mjs", "lab/a.wasm", "mine.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<p>here")
    shutil.copy(str(serve.__file__), tmp_path / "serve.py")
    command = [sys.executable, "serve.py", "--no-browser"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    yield process.stdout.readline().removeprefix("Open: ").strip()
    process.terminate()
    process.communicate()


def test_the_server_gives_types_a_browser_insists_on_to_this_computer_alone(served: str) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:87(3[1-9]|40)/lab/index\.html", served)
    for name, kind in {"a.mjs": "text/javascript", "a.wasm": "application/wasm"}.items():
        with urllib.request.urlopen(served.replace("index.html", name)) as answer:
            assert answer.headers["Content-Type"] == kind
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(served.replace("lab/index.html", "none.html"))
    refused.value.close()  # Python 3.14 says so where nobody does


def test_a_word_that_the_server_does_not_know_is_named() -> None:
    with pytest.raises(SystemExit, match=r"Allowed: python serve\.py"):
        serve.main(["labs"])


# --- made and set up ---


@pytest.mark.slow
@pytest.mark.skipif("NOTTHESAME_STICK" not in os.environ, reason="by hand: NOTTHESAME_STICK=1; some minutes")
def test_a_stick_sets_itself_up_without_a_network_and_a_lesson_runs(tmp_path: Path) -> None:
    target = next(kind for kind in KINDS if kind.marks[0] == sys.platform)
    here = tmp_path / "a stick"
    stick.write_stick(here, [Target(target, stick.this_python())], print, ["lab", "site"])
    dropped = ("PIP_", "UV_", "PYTHON", "JUPYTER", "VIRTUAL_ENV", "NOTTHESAME")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    nowhere = {"HTTPS_PROXY": "http://nowhere.invalid:1", "HTTP_PROXY": "http://nowhere.invalid:1"}
    offline = {**clean, **nowhere, "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "UV_OFFLINE": "1"}
    offline |= {"HOME": str(tmp_path), "PIP_CACHE_DIR": str(tmp_path / "empty")}
    base = getattr(sys, "_base_executable", sys.executable)
    setting = subprocess.run(
        [base, "start.py", "setup"], cwd=here / "course", env=offline, capture_output=True, text=True
    )
    assert setting.returncode == 0 and "Ready: " in setting.stdout, setting.stdout + setting.stderr
    (lesson,) = (here / "course/lessons").glob("12_*.ipynb")
    run = ["-m", "nbconvert", "--to", "notebook", "--execute", "--stdout", str(lesson)]
    ran = subprocess.run(
        [str(here / "course/.venv/bin/python"), *run], cwd=here, env=offline, capture_output=True, text=True
    )
    assert ran.returncode == 0 and "nts.argument_map" in ran.stdout, ran.stderr[-2000:]
