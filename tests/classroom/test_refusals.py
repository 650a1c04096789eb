"""``notthesame export``: what it says, and that it writes everything or nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from notthesame import _writing, cli
from notthesame.classroom import exports
from notthesame.course import Course


def call(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    status = cli.main(["export", *map(str, words)])
    told = capsys.readouterr()
    return status, told.out, told.err


def refused(capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    """The one line that says why not."""
    status, out, err = call(capsys, *words)
    assert (status, out, err.count("\n")) == (1, "", 1), (out, err)
    assert "Nothing was written." in err or "lesson" in err
    return err


def test_the_questions_of_one_lesson_for_each_system(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for form in exports.FORMATS:
        status, out, _ = call(capsys, form, tmp_path / "new" / "folder", "--lesson", "02")
        first, count, *lacks = out.splitlines()
        assert status == 0 and first.startswith("written: ") and Path(first[9:]).is_file()
        held = {"moodle": 20, "print": 20, "scorm": 10}.get(form, 17)
        assert count == f"{held} questions of 20"
        if form in ("gift", "qti"):
            assert lacks[0].endswith("(left out): 02-questions-in-turn, 02-narrowing, 02-few-to-many")
    names = ["gift.txt", "moodle.xml", "qti.zip", "scorm-02.zip"]
    found = sorted(os.listdir(tmp_path / "new" / "folder"))
    assert found == [*(f"not-the-same-{name}" for name in names), "questions-02.html"]


def test_the_parser_knows_every_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["export", "word", str(tmp_path)])
    said = capsys.readouterr().err
    assert all(form in said for form in exports.FORMATS)
    for form in exports.FORMATS:
        assert cli.main(["export", form, str(tmp_path), "--lesson", "0", "12"]) == 0
    with pytest.raises(ValueError, match="no export to word; allowed: moodle, gift, qti, print, scorm"):
        exports.export("word", tmp_path)


def test_tests_are_told_of_and_come_when_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = call(capsys, "print", tmp_path, "--lesson", "13")[1]
    assert out.endswith("left out: 15 questions of the tests; --tests takes them along\n")
    out = call(capsys, "print", tmp_path, "--lesson", "13", "--tests")[1]
    assert "questions-13-test.html" in out and "left out" not in out


@pytest.mark.parametrize("lesson", ["15", "two", "", "-1", "٢٢", "02.yaml"])
def test_an_unknown_lesson_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], lesson: str) -> None:
    said = refused(capsys, "moodle", tmp_path / "new", f"--lesson={lesson}")
    assert said.startswith(f"There is no lesson {lesson!r} with") and "allowed: 00 to 13" in said
    assert not (tmp_path / "new").exists()


def test_a_file_in_the_place_of_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "there").write_text("mine")
    assert "is a file; name a folder" in refused(capsys, "gift", tmp_path / "there", "--lesson", "02")
    assert "cannot be written to" in refused(capsys, "gift", tmp_path / "there" / "in", "--lesson", "02")
    assert "cannot be written to" in refused(capsys, "gift", tmp_path / ("x" * 300), "--lesson", "02")
    assert os.listdir(tmp_path) == ["there"] and (tmp_path / "there").read_text() == "mine"


def test_a_file_in_the_way_stays_and_none_is_written_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "questions-03.html").write_text("mine")
    (tmp_path / "questions-04.html").mkdir()
    said = refused(capsys, "print", tmp_path, "--lesson", "02", "03")
    assert "questions-03.html is there already with another content, and stays" in said
    assert "questions-04.html is there" in refused(capsys, "print", tmp_path, "--lesson", "02", "04")
    assert sorted(os.listdir(tmp_path)) == ["questions-03.html", "questions-04.html"]
    assert (tmp_path / "questions-03.html").read_text() == "mine"


def test_what_is_there_already_as_it_would_be_written_is_no_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert call(capsys, "qti", tmp_path, "--lesson", "02")[0] == 0
    assert os.listdir(tmp_path) == ["not-the-same-qti.zip"]


@pytest.mark.parametrize("stop", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_disk_that_fills_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException
) -> None:
    written: list[Path] = []
    write = _writing.write_new

    def fill(path: Path, content: bytes) -> None:
        if len(written) == 2:
            raise stop
        written.append(path)
        write(path, content)

    monkeypatch.setattr(_writing, "write_new", fill)
    with pytest.raises(ValueError if isinstance(stop, OSError) else KeyboardInterrupt) as told:
        exports.export("print", tmp_path / "a" / "b", ["02", "03", "04"])
    assert len(written) == 2 and os.listdir(tmp_path) == []
    if isinstance(stop, OSError):
        assert "No space left on device" in str(told.value) and "Nothing was written" in str(told.value)


def test_a_file_of_questions_with_faults_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], copy_course: Callable[[Path], Course]
) -> None:
    copy = copy_course(tmp_path / "course")
    broken = copy.questions / "02.yaml"
    broken.write_text(broken.read_text("utf-8").replace("kind: single", "kind: singel", 1), "utf-8")
    with copy.in_use():
        said = refused(capsys, "moodle", tmp_path / "new", "--lesson", "01", "02")
        assert said.startswith("02.yaml has 1 fault; notthesame audit names")
        assert call(capsys, "moodle", tmp_path / "new", "--lesson", "01")[0] == 0
