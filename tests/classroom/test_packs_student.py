"""The pack for students: every byte is searched, in zips and wheel too, for reasons, hints and solutions."""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from notthesame import exercises, lessons, questions
from notthesame.classroom.packs import student
from notthesame.cli import main
from notthesame.course import Course, course

pytestmark = pytest.mark.slow
PICTURE = re.compile(rb"(?:[A-Za-z0-9+/]|\\n){400,}={0,2}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    there = tmp_path_factory.mktemp("student")
    assert main(["pack", "student", str(there)]) == 0
    return there


def within(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Every file in a file, those in zips and wheels too."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.namelist():
                yield from within(f"{name}/{entry}", archive.read(entry))
    else:
        yield name, content


def letters(text: str) -> str:
    """Small letters and digits of a text, in whatever way it was escaped or wrapped."""
    unescaped = html.unescape(text.replace("\\n", " ").replace('\\"', '"'))
    return "".join(re.findall(r"[a-z0-9]+", unescaped.lower()))


@pytest.fixture(scope="module")
def everything(folder: Path) -> dict[str, str]:
    """The letters of each file, once where it is there twice; pictures left out."""
    files = [pair for path in sorted(folder.iterdir()) for pair in within(path.name, path.read_bytes())]
    once = {hashlib.sha256(content).digest(): (name, content) for name, content in files}
    return {name: letters(PICTURE.sub(b"", c).decode("utf-8", "ignore")) for name, c in once.values()}


def end_of(text: str) -> str:
    return letters(text)[-60:]


def secrets() -> dict[str, str]:
    """The last letters of what a student must not find, by a name."""
    found = {}
    for question in questions.known_questions().values():
        for label, reason, _ in question.reasons():
            found[f"{question.id} {label}"] = end_of(reason)
    for task in exercises.checks().values():
        told = [task.reason, task.otherwise, *task.hints, *(slip.reason for slip in task.slips)]
        found |= {f"{task.id} {n}": end_of(text) for n, text in enumerate(told) if len(letters(text)) > 40}
    public = "".join(
        letters(cell.source)
        for shelf in (course().lessons, course().exercises)
        for book in lessons.read_all(shelf)
        for cell in book.cells
    )
    public += "".join(
        letters(path.read_text("utf-8")) for path in course().data.rglob("*.*") if path.is_file()
    )
    for book in lessons.read_all(course().solutions):
        for cell in book.cells[1:]:
            if len(letters(cell.source)) > 40 and end_of(cell.source) not in public:
                found[f"{book.path.name}, cell {cell.index + 1}"] = end_of(cell.source)
    return found


def test_no_byte_of_it_holds_a_reason_a_hint_or_a_solution(everything: dict[str, str]) -> None:
    wanted = secrets()
    assert len(wanted) > 1500 and sum("solution" in name for name in wanted) > 50
    whole = "\n".join(everything.values())
    assert [name for name, end in wanted.items() if end in whole] == []


def test_no_file_of_questions_checks_or_solutions_and_no_instructors_page_is_in_it(
    everything: dict[str, str],
) -> None:
    paths = [
        name
        for name in everything
        if re.search(r"/(?:solutions|questions/\d\d|checks|instructors)(?:/|\.)", name)
    ]
    assert paths == []
    assert sum(name.endswith(".ipynb") for name in everything) >= 28


def test_the_search_would_find_a_reason_in_a_wheel_in_a_zip(tmp_path: Path) -> None:
    reason = questions.question("02-destitute").options["a"].reason
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("x.ipynb", json.dumps({"a": [html.escape(reason), "\n"]}))
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("x.whl", inner.getvalue())
    [(_, content)] = within("x.zip", outer.getvalue())
    text = letters(content.decode("utf-8"))
    assert end_of(reason) in text


def test_questions_stand_as_text_and_tasks_have_room(everything: dict[str, str]) -> None:
    (lesson,) = (text for name, text in everything.items() if re.search(r"/lessons/02_.*ipynb", name))
    (exercise,) = (text for name, text in everything.items() if re.search(r"/exercises/09_.*ipynb", name))
    question = questions.question("02-destitute")
    assert letters(question.stem) in lesson and letters(question.options["b"].text) in lesson
    assert letters(student.ANSWER) in exercise and "ntscheck0" not in exercise


def test_the_wheel_runs_and_says_that_there_is_no_question(folder: Path, tmp_path: Path) -> None:
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
        (record,) = (name for name in archive.namelist() if name.endswith("/RECORD"))
        listed = {line.split(",")[0] for line in archive.read(record).decode("utf-8").splitlines()}
        assert listed == set(archive.namelist())
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "import notthesame as nts; print(nts.vignette('w02-bed').verdicts()[0].outcome)\n"
        "try:\n nts.ask('02-destitute')\nexcept KeyError as error:\n print(error.args[0])\n"
    )
    said = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "met\nThere is no question '02-destitute'.\n"


def test_the_same_course_gives_the_same_bytes(folder: Path) -> None:
    assert main(["pack", "student", str(folder)]) == 0  # what is there with another content would be refused


def test_without_a_checkout_there_is_no_pack_for_students(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Course(tmp_path).in_use():
        assert main(["pack", "student", str(tmp_path / "a")]) == 1
    assert capsys.readouterr().err.startswith("There is no checkout at")
