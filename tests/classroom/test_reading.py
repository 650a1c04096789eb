"""A class read from files: on one process or several, in parts, stopped, and written whole or not at all."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest

from notthesame import _writing, cli
from notthesame.classroom import counts_file, processes, progress, reading, reporting
from notthesame.classroom.reading import Stopped, class_tally
from notthesame.classroom.reporting import Wanted, make_report
from notthesame.questions.hand_in_file import HandIn, encode
from tests.classroom import a_class, work

LEARNERS = 24


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hand-ins of a class, one of them a copy and one cut short."""
    there = tmp_path_factory.mktemp("class")
    for number in range(LEARNERS):
        found = a_class.hand_in(number)
        (there / f"hand-in-{found.pseudonym}.json").write_bytes(encode(found))
    first = min(there.iterdir())
    (there / f"{first.stem} (1).json").write_bytes(first.read_bytes())
    (there / "short.json").write_bytes(first.read_bytes()[:-9])
    return there


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts so small that a class of a few has several."""
    monkeypatch.setattr(reading, "PART", 5)
    monkeypatch.setattr(reading, "WORTH", 5)


# --- processes


def test_parts_come_in_order_from_processes_that_end() -> None:
    found = [*processes.in_order(work.where, range(12), most=3, workers=2)]
    assert found == [(part, True) for part in range(12)]
    assert not active_children()


def test_where_a_process_is_ended_from_outside_the_rest_is_done_here() -> None:
    found = [*processes.in_order(work.dies_at_three, range(8), most=2, workers=2)]
    assert [part for part, _ in found] == [*range(8)] and not found[3][1] and not found[7][1]


def test_where_none_can_be_started_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: Any, **__: Any) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refuses)
    found = [*processes.in_order(work.where, range(4), most=2, workers=2)]
    assert found == [(part, False) for part in range(4)]


def test_an_error_of_the_work_is_one_here_too() -> None:
    with pytest.raises(ValueError, match="three"):
        [*processes.in_order(work.fails_at_three, range(5), most=2, workers=2)]
    assert not active_children()


def test_one_part_or_one_worker_needs_no_process() -> None:
    assert [*processes.in_order(work.where, [1], most=8)] == [(1, False)]
    assert [*processes.in_order(work.where, [1, 2], most=8, workers=1)] == [(1, False), (2, False)]


# --- reading


@pytest.mark.usefixtures("small")
def test_the_result_does_not_depend_on_processes(folder: Path) -> None:
    lines: list[str] = []
    alone = class_tally([folder], lines.append, workers=1)
    assert class_tally([folder], workers=2) == alone
    counts, asides = alone
    assert (counts.learners, counts.hand_ins) == (LEARNERS, LEARNERS)
    assert [one.why[:12] for one in asides] == ["the same as ", "not JSON, or"]
    assert lines[-1] == f"{LEARNERS + 2} of {LEARNERS + 2} hand-ins read" and len(lines) == 5


def test_counts_of_parts_are_the_report_of_the_whole(folder: Path, tmp_path: Path) -> None:
    """Ten shares by pseudonym, counted apart and added, give every file of the report to the byte."""
    names = sorted(path for path in folder.iterdir() if len(path.stem) == 24)
    shares = [[path for path in names if int(path.stem[8:10], 16) % 10 == at] for at in range(10)]
    counts = [tmp_path / f"{at}.json" for at in range(10)]
    for share, path in zip(shares, counts, strict=True):
        if share:
            make_report(share, Wanted(counts=path))
    there = [path for path in counts if path.exists()]
    assert len(there) > 5
    whole, parts = (Wanted(None, tmp_path / at, tmp_path / f"{at}.counts") for at in "ab")
    make_report(names, whole)
    make_report(there, parts)
    assert (tmp_path / "a.counts").read_bytes() == (tmp_path / "b.counts").read_bytes()
    tables = {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "b").iterdir()} == tables


def test_counts_given_twice_or_damaged_are_set_aside(folder: Path, tmp_path: Path) -> None:
    good, again, short, link = (tmp_path / f"{at}.json" for at in range(4))
    good.write_bytes(counts_file.encode(class_tally([folder])[0]))
    again.write_bytes(good.read_bytes())
    short.write_bytes(good.read_bytes()[:-9])
    link.symlink_to(good)
    counts, asides = class_tally([good, again, short, link])
    assert counts.learners == LEARNERS
    assert [one.why for one in asides] == [
        f"the same as another file: {good}",
        "not JSON, or cut short",
        "a link, which is not followed; name what it leads to",
    ]


def stops(after: int) -> Callable[[str], None]:
    """Ctrl+C at some line."""
    lines: list[str] = []

    def say(line: str) -> None:
        lines.append(line)
        if len(lines) == after:
            raise KeyboardInterrupt

    return say


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("workers", [1, 2])
def test_whoever_waits_can_stop_it(folder: Path, workers: int) -> None:
    with pytest.raises(Stopped, match=r"^Stopped after \d+ of 26 hand-ins\.$"):
        class_tally([folder], stops(2), workers)
    assert not active_children()


RUN = """
import sys
from notthesame.classroom import progress, reading
from notthesame.cli import main
if __name__ == "__main__":
    reading.PART = reading.WORTH = 10
    progress.SELDOM = 0
    sys.exit(main(["report", *sys.argv[1:], "--workers", "2"]))
"""


def interrupted(words: Sequence[str | Path]) -> tuple[subprocess.Popen[str], list[str]]:
    """A report that Ctrl+C stops while it reads, once it has ended, and its last words."""
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True, start_new_session=True) as run:
        assert run.stderr
        while "hand-ins read" not in run.stderr.readline():
            assert run.poll() is None
        os.killpg(run.pid, signal.SIGINT)  # as a terminal does, to all of them
        said = run.stderr.read().splitlines()  # ends when the last of them has closed it
    return run, said


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no groups of processes on this system")
def test_ctrl_c_ends_every_process_and_nothing_is_written(tmp_path: Path) -> None:
    there, script = tmp_path / "class", tmp_path / "run.py"
    there.mkdir()
    items = a_class.hand_in(0).items
    for number in range(1200):
        name = f"{number:016x}"
        (there / f"{name}.json").write_bytes(encode(HandIn(name, "2026-11-29", items)))
    script.write_text(RUN, "utf-8")
    words: list[str | Path] = [
        sys.executable,
        script,
        there,
        "-o",
        tmp_path / "report.html",
        "--csv",
        tmp_path / "tables",
    ]
    run, said = interrupted(words)
    if not run.returncode:  # lost once under load, as where Python is in a callback of its own: press again
        (tmp_path / "report.html").unlink()
        shutil.rmtree(tmp_path / "tables")
        run, said = interrupted(words)
    assert run.returncode == 130 and "Traceback" not in " ".join(said)
    assert said[-1].startswith("Stopped after ") and said[-1].endswith(" hand-ins. Nothing was written.")
    with pytest.raises(ProcessLookupError):
        for _ in range(100):  # the last of them may take a moment
            os.killpg(run.pid, 0)
            time.sleep(0.1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["class", "run.py"]


# --- how far


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_has_one_line_that_is_written_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "OFTEN", 0)
    with progress.told(stream := Terminal()) as say:
        say("1,000 files looked at")
        say("1 of 2 read")
    assert stream.getvalue() == (
        "\r1,000 files looked at" + "\r1 of 2 read".ljust(22) + "\r" + " " * 21 + "\r"
    )


def test_elsewhere_a_line_comes_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0, 1, 14, 16, 20, 40])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    with progress.told(stream := io.StringIO()) as say:
        for number in range(5):
            say(f"{number} read")
    assert stream.getvalue() == "2 read\n4 read\n"


# --- the verb


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Sequence[str], Sequence[str]]:
    code = cli.main(["report", *map(str, words)])
    told = capsys.readouterr()
    return code, told.out.splitlines(), told.err.splitlines()


def test_the_verb_writes_what_is_wanted_and_names_what_is_set_aside(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, tables, counts = tmp_path / "report.html", tmp_path / "new" / "tables", tmp_path / "counts.json"
    words = (folder, "-o", page, "--csv", tables, "--counts", counts)
    code, out, err = run(capsys, *words)
    assert code == 0 and out[0] == f"read: {LEARNERS} hand-ins of {LEARNERS} learners"
    assert {line.removeprefix("written: ") for line in out[1:]} == {
        str(page), str(counts), *(str(path) for path in tables.iterdir())
    }  # fmt: skip
    assert len(err) == 2 and all(line.startswith("set aside: ") for line in err)
    assert page.read_bytes().startswith(b"<!doctype html>")
    before = {path: path.read_bytes() for path in (counts, *tables.iterdir())}
    assert run(capsys, *words[:1], *words[3:])[0] == 0  # reports of ours give way
    assert {path: path.read_bytes() for path in before} == before
    reporting._check_free({page: page.read_bytes()}, force=False)


@pytest.mark.parametrize("option", ["--csv", "--counts"])
def test_a_file_that_is_no_report_stays(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    mine = tmp_path / "class.csv"
    mine.write_text("<!doctype html><title>Harvest of 1742</title>")
    words = (folder, option, tmp_path if option == "--csv" else mine)
    code, out, err = run(capsys, *words)
    assert (code, out) == (1, []) and err[-1].startswith(f"{mine} is there already and is no report")
    assert "Harvest" in mine.read_text() and [*tmp_path.iterdir()] == [mine]
    assert run(capsys, *words, "--force")[0] == 0 and "Harvest" not in mine.read_text()


def test_what_is_in_the_way_is_told_before_the_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "class_tally", lambda *_: pytest.fail("it was read"))
    with pytest.raises(ValueError, match="is a folder; name a file"):
        make_report([tmp_path], Wanted(page=tmp_path))


def test_where_no_hand_in_was_read_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(25):
        (tmp_path / f"{number:02}.json").write_text("{}")
    code, out, err = run(capsys, tmp_path, "-o", tmp_path / "report.html")
    assert (code, out) == (1, []) and len(err) == reporting.NAMED + 2
    assert err[-2:] == [
        "and 5 lines more; the page and --csv have all",
        "No hand-in was read. Nothing was written.",
    ]
    assert not (tmp_path / "report.html").exists()
    assert run(capsys, tmp_path)[2] == ["name what to write: a page, a folder of tables, or a file of counts"]


def test_where_one_file_cannot_be_written_none_is(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way of a folder")
    wanted = Wanted(None, tmp_path / "file" / "tables", tmp_path / "new" / "counts.json")
    with pytest.raises(ValueError, match=r"cannot be written .*\. Nothing was written\.$"):
        make_report([folder], wanted)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / "a", tmp_path / "new" / "b"
    first.write_bytes(b"old")
    write = _writing._write_part

    def full(part: Path, content: bytes) -> None:
        if content == b"2":
            raise OSError(28, "No space left on device")
        write(part, content)

    monkeypatch.setattr(_writing, "_write_part", full)
    with pytest.raises(OSError, match="No space"):
        _writing.write_over({first: b"1", second: b"2"})
    assert first.read_bytes() == b"old" and [*tmp_path.iterdir()] == [first]
