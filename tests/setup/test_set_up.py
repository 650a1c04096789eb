"""Setting up: from nothing, again, after changes, damage and interruptions, in folders not as expected."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.setup.conftest import Folder

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="signals and links of POSIX")]
OFFLINE = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "UV_OFFLINE": "1", "PIP_RETRIES": "0"}


def site(folder: Folder) -> Path:
    (found,) = folder.path.glob(".venv/lib/python3*/site-packages")
    return found


# --- from nothing ---


def current_tools(folder: Folder) -> bool:
    """Whether pip is one without known flaws, and no old setuptools is about."""
    versions = {path.name.split("-")[0]: path.name.split("-")[1] for path in site(folder).glob("*.dist-info")}
    return int(versions["pip"].split(".")[0]) >= 26 and "setuptools" not in versions


def test_the_first_call_installs_by_uv_and_leaves_current_tools(first: Folder) -> None:
    assert first.sees("tinydep") and not first.sees("tinytool")
    assert "Prepared" in (first.path / ".venv.log").read_text("utf-8")  # uv's word, not pip's
    assert current_tools(first)
    assert [*site(first).glob("tinydep/deep/__pycache__/part.*.pyc")]
    assert first.names() == {".venv"}


def test_no_other_account_may_write_into_what_was_made(first: Folder) -> None:
    made = [path for path in (first.path / ".venv").rglob("*") if not path.is_symlink()]
    assert [path for path in made if path.stat().st_mode & 0o002] == []


def test_the_second_call_needs_no_network_and_changes_nothing(ready: Folder) -> None:
    before = (ready.path / ".venv/notthesame.json").stat().st_mtime_ns
    assert ready.start(**OFFLINE).startswith("Ready")
    assert (ready.path / ".venv/notthesame.json").stat().st_mtime_ns == before


def test_without_uv_pip_installs(folder: Folder, shelf: Path, tmp_path: Path) -> None:
    shelf = Path(shutil.copytree(shelf, tmp_path / "shelf", ignore=shutil.ignore_patterns("uv*", "store")))
    folder.start(PIP_INDEX_URL=(shelf / "simple").as_uri())
    assert folder.sees("tinydep") and not [*site(folder).glob("uv*")]
    moved = Folder(folder.path.rename(tmp_path / "moved"), folder.environment)
    moved.start(**OFFLINE)
    done = subprocess.run([moved.path / ".venv/bin/tinydep"], capture_output=True)
    assert moved.sees("tinydep") and done.returncode == 0


def test_where_the_python_at_hand_has_no_pip_its_own_copy_is_unpacked(folder: Folder) -> None:
    folder.change('"-m", "pip", "--python"', '"-m", "no_such_pip", "--python"', "start.py")
    folder.start()
    assert folder.sees("tinydep") and current_tools(folder)


@pytest.mark.parametrize("only_pip", [False, True])
def test_settings_that_lead_installs_elsewhere_do_not_count(
    folder: Folder, shelf: Path, tmp_path: Path, only_pip: bool
) -> None:
    elsewhere = tmp_path / "elsewhere"
    settings = tmp_path / "pip.conf"
    settings.write_text(settings.read_text() + f"[install]\nuser = true\ntarget = {elsewhere}\n")
    pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(shelf)} if only_pip else {}
    folder.start(PIP_USER="1", PIP_PREFIX=str(elsewhere), PIP_TARGET=str(elsewhere), **pip)
    assert folder.sees("tinydep") and not elsewhere.exists()
    assert only_pip == ("Prepared" not in (folder.path / ".venv.log").read_text("utf-8"))


def test_without_a_network_the_message_says_so_and_the_next_call_works(folder: Folder) -> None:
    assert "No network?" in folder.fails(**OFFLINE)
    folder.start()
    assert folder.sees("tinydep") and folder.names() == {".venv"}


def test_a_second_call_says_that_it_waits(folder: Folder) -> None:
    one = folder.begin()
    assert one.stdout and "Making" in one.stdout.readline()
    two = folder.begin()
    assert two.stdout and "waiting" in two.stdout.readline()
    assert one.poll() is None
    assert two.communicate()[0].startswith("Ready") and not two.returncode
    assert "Ready" in one.communicate()[0] and not one.returncode


# --- a .venv that is not ours ---


def a_folder(folder: Folder, other: Path) -> None:
    (folder.path / ".venv").mkdir()
    (folder.path / ".venv/mine.txt").write_text("mine")


def a_file(folder: Folder, other: Path) -> None:
    (folder.path / ".venv").write_text("mine")


def a_link(folder: Folder, other: Path) -> None:
    (folder.path / ".venv").symlink_to(other)


def a_link_to_one_of_ours(folder: Folder, other: Path) -> None:
    (other / "notthesame.json").write_text('{"place": ""}')
    a_link(folder, other)


def a_link_to_nowhere(folder: Folder, other: Path) -> None:
    (folder.path / ".venv").symlink_to(other / "gone")


@pytest.mark.parametrize("make", [a_folder, a_file, a_link, a_link_to_one_of_ours, a_link_to_nowhere])
def test_a_venv_of_somebody_else_is_kept_and_said_so(
    ready: Folder, tmp_path: Path, make: Callable[[Folder, Path], None]
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("mine")
    shutil.rmtree(ready.path / ".venv")
    (ready.path / ".venv-kept-1").mkdir()
    make(ready, other)
    kept = ready.path / ".venv-kept-2"
    assert ".venv-kept-2" in ready.start()
    assert ready.sees("tinydep") and (other / "mine.txt").read_text() == "mine"
    assert kept.is_symlink() == ("link" in make.__name__)
    assert kept.is_symlink() or (kept if kept.is_file() else kept / "mine.txt").read_text() == "mine"


# --- moves and changes ---


def test_a_renamed_folder_starts_without_a_network(ready: Folder, tmp_path: Path) -> None:
    moved = Folder(ready.path.rename(tmp_path / "a new name"), ready.environment)
    assert moved.start(**OFFLINE).startswith("Ready") and moved.sees("tinydep")
    script = (
        f'. "{moved.path}/.venv/bin/activate" && tinydep && python -c "import tiny; print(tiny.__file__)"'
    )
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True)
    assert str(moved.path / "src") in done.stdout, done.stderr


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('version = "1"', 'version = "2"\ndescription = "new"'),
        (">=1,<2", ">=1.2,<3"),
        ("[build", "# x\n[build"),
    ],
)
def test_a_change_that_needs_nothing_new_needs_no_network(ready: Folder, old: str, new: str) -> None:
    ready.change(old, new)
    assert ready.start(**OFFLINE).startswith("Ready") and ready.sees("tinydep")
    assert ready.start(**OFFLINE).startswith("Ready")


def test_what_is_new_is_installed_and_what_was_there_stays_until_it_is(ready: Folder) -> None:
    ready.change(">=1,<2", ">=2,<3")
    assert "No network?" in ready.fails(**OFFLINE)
    assert ready.sees("tinydep") and ready.names() == {".venv"}
    ready.start()
    assert "2.0" in next(site(ready).glob("tinydep-*")).name and ready.names() == {".venv"}
    ready.start("setup", "--test")
    assert ready.sees("tinydep", "tinytool")
    ready.start()
    assert ready.sees("tinydep", "tinytool")
    ready.change('test = ["tinytool"]', "")
    assert ready.start(**OFFLINE).startswith("Ready")


def test_a_pyproject_that_cannot_be_read_is_named(ready: Folder) -> None:
    ready.change("[project]", "<<<<<<< HEAD\n[project]")
    assert "pyproject.toml" in ready.fails()


# --- damage ---


def gone(folder: Path) -> None:
    (folder / "tinydep/deep/part.py").unlink()


def cut_short(folder: Path) -> None:
    (folder / "tinydep/deep/part.py").write_text("")


def forgotten(folder: Path) -> None:
    shutil.rmtree(next(folder.glob("tinydep-*.dist-info")))


def empty_record(folder: Path) -> None:
    (next(folder.glob("tinydep-*.dist-info")) / "RECORD").write_bytes(b"")


def garbled_record(folder: Path) -> None:
    (next(folder.glob("tinydep-*.dist-info")) / "RECORD").write_bytes(b"\xff\x00" * 99)


def no_python(folder: Path) -> None:
    (folder.parents[2] / "bin/python").unlink()


@pytest.mark.parametrize("harm", [gone, cut_short, forgotten, empty_record, garbled_record, no_python])
def test_damage_anywhere_is_noticed_and_healed(ready: Folder, harm: Callable[[Path], None]) -> None:
    harm(site(ready))
    ready.start()
    assert ready.sees("tinydep.deep.part") and "x = 1" in (site(ready) / "tinydep/deep/part.py").read_text()
    assert ready.names() == {".venv"} and ready.start().startswith("Ready")


def test_damage_that_cannot_be_healed_now_is_named(ready: Folder) -> None:
    gone(site(ready))
    message = ready.fails(**OFFLINE)
    assert "tinydep/deep/part.py" in message and "No network?" in message
    assert ready.names() == {".venv"} and ready.sees("tinydep")


# --- interruptions ---


def left_running(folder: Folder) -> list[str]:
    """Commands of processes that still work in the folder."""
    commands = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]
    return [command.decode() for command in commands if os.fsencode(folder.path) in command]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_an_end_of_start_ends_the_installer_too(folder: Folder, number: signal.Signals) -> None:
    process = folder.begin()
    assert process.stdout and "Making" in process.stdout.readline()
    while not left_running(folder):
        time.sleep(0.02)
    process.send_signal(number)
    _, err = process.communicate()
    assert number == signal.SIGKILL or err == "\nStopped. The same command goes on from here.\n"
    until = time.monotonic() + 10
    while left_running(folder) and time.monotonic() < until:
        time.sleep(0.05)
    assert not left_running(folder)


ENDS = [signal.SIGINT, signal.SIGTERM, signal.SIGKILL]
MOMENTS = int(os.environ.get("NOTTHESAME_INTERRUPTIONS", "12"))


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_after_an_interruption_at_any_moment_one_call_works(
    first: Folder, moment: int, request: pytest.FixtureRequest
) -> None:
    """First set-ups, fresh ones and ones for a new requirement, stopped by each signal."""
    kind, number = ("first", "fresh", "changed")[moment % 3], ENDS[moment // 3 % 3]
    folder: Folder = request.getfixturevalue("folder" if kind == "first" else "ready")
    if kind == "changed":
        folder.change(">=1,<2", ">=2,<3")
    process = folder.begin("setup", *(["--fresh"] if kind == "fresh" else []))
    try:
        # 0.6, for the first set-up of all, which was timed, has nothing stored yet and takes longer
        process.wait(random.Random(moment).uniform(0, 0.6) * first.seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, number)  # as a terminal does
    _, err = process.communicate()
    assert 'start.py", line' not in err  # a traceback of ours; Python has one of its own while it starts
    folder.start()
    assert folder.sees("tinydep") and folder.names() == {".venv"}
    wanted = "tinydep-2" if kind == "changed" else "tinydep-1.5"
    assert [path.name.startswith(wanted) for path in site(folder).glob("tinydep-*")] == [True]


def test_a_console_that_lacks_a_letter_of_the_folders_name(first: Folder, tmp_path: Path) -> None:
    shutil.copytree(first.path, tmp_path / "Zajęcia", symlinks=True)
    folder = Folder(tmp_path / "Zajęcia", first.environment)
    starting = folder.begin("setup", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    out, said = starting.communicate(timeout=120)
    assert starting.returncode == 0 and "Ready: " in out and "Zaj?cia" in out, said


# --- on a stick ---


def lay_on_a_stick(folder: Folder, shelf: Path, *names: str) -> None:
    """Packages beside the course, as a stick has them."""
    (folder.path.parent / "CHECKSUMS.txt").write_text("")
    (folder.path.parent / "wheels").mkdir()
    for name in names:
        for path in shelf.glob(f"{name}-*.whl"):
            shutil.copy(path, folder.path.parent / "wheels")


def test_on_a_stick_packages_come_from_beside_the_course_and_nobody_is_asked(
    folder: Folder, shelf: Path
) -> None:
    lay_on_a_stick(folder, shelf, "pip", "tinydep")
    assert folder.start(**OFFLINE, HTTPS_PROXY="http://nowhere.invalid:1").endswith(f"{folder.path}/.venv\n")
    assert folder.sees("tinydep") and current_tools(folder) and not [*site(folder).glob("uv*")]
    assert folder.names() == {".venv"}


def test_what_a_stick_lacks_comes_from_the_index_or_is_explained(folder: Folder, shelf: Path) -> None:
    lay_on_a_stick(folder, shelf, "pip")
    (folder.path.parent / "wheels/any-1-cp39-cp39-any.whl").touch()
    assert "It brings packages for Python 3.9; this is 3." in folder.fails(**OFFLINE)
    folder.start()
    assert folder.sees("tinydep")
