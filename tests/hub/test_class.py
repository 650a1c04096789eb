"""Five students on a real hub: lessons to their end, answers and servers apart, and what it all takes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests
from jupyter_client.manager import start_new_kernel

from notthesame.course import course
from tests.hub import a_hub
from tests.hub.a_hub import Hub, Student

pytestmark = pytest.mark.slow

# The Python of a test may lie where other accounts cannot go; test_parts.py holds accounts apart.
AS_ONE = "c.CourseSpawner.apart = False\nc.Spawner.args = ['--allow-root']"
LESSONS = {"ana": "02", "ben": "05", "cai": "11"}  # the others answer a question and no more
NAMES = [*LESSONS, "dov", "eva"]
QUESTION = "02-destitute"
OVERRIDES = a_hub.HUB / "student/settings/overrides.json"
# Times the imports of a lesson that its kernel may take; measured: 1.07 to 1.10 (capacity.md), and a busy
# machine gives back less at once.
MOST = 1.15
MODULES = "import sys; print(*sorted(sys.modules))"


def for_all(students: list[Student], act: Callable[[Student], Any]) -> list[Any]:
    """What comes of an act that all do at once."""
    with ThreadPoolExecutor(len(students)) as threads:
        return [*threads.map(act, students)]


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, packages: Path, proxy: Path) -> Iterator[Hub]:
    with a_hub.running(tmp_path_factory.mktemp("hub"), packages, proxy, AS_ONE) as hub:
        yield hub


@pytest.fixture(scope="module")
def students(hub: Hub, request: pytest.FixtureRequest) -> list[Student]:
    """All five, signed in at once, each with a server and a copy of the course."""
    students = [Student(hub, name) for name in NAMES]
    request.addfinalizer(lambda: for_all(students, Student.leave))
    assert for_all(students, lambda student: student.sign_in(hub.password(student.name))) == [302] * 5
    for_all(students, Student.open_server)
    pulled = for_all(students, Student.pull)
    assert [reports[-1]["phase"] for reports in pulled] == ["finished"] * 5, pulled
    return students


def test_lessons_run_to_their_end_side_by_side(students: list[Student]) -> None:
    readers = [student for student in students if student.name in LESSONS]
    ran = for_all(readers, lambda student: student.run_lesson(LESSONS[student.name]))
    assert [lesson.errors for lesson in ran] == [[], [], []]
    for number, lesson in zip(LESSONS.values(), ran, strict=True):
        taken, imported, without = beside_it(lesson, lesson.kernel.run(MODULES).text.split())
        print(f"lesson {number}: {taken:.0f} MB, without a hub {without:.0f}, imports {imported:.0f}")
        assert taken <= 1.1 * without  # the hub itself adds nothing
        assert taken <= MOST * imported, number  # nor does a lesson hold much beside its imports


def beside_it(lesson: a_hub.Lesson, modules: list[str]) -> tuple[float, float, float]:
    """Megabytes of a lesson's kernel, and of one that no hub started: its imports alone, and the cells run.

    Both are there as they are measured, so that what they share counts in the same parts for each.
    """
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(course().lessons))
    number = getattr(manager.provisioner, "pid", 0)
    first = f"import importlib, contextlib\nfor name in {modules!r}:\n"
    first += "    with contextlib.suppress(Exception): importlib.import_module(name)"
    try:
        client.execute_interactive(first, timeout=120, output_hook=lambda _: None)
        taken, imported = a_hub.pss(lesson.kernel.process), a_hub.pss(number)
        for cell in lesson.cells:
            client.execute_interactive(cell, timeout=120, output_hook=lambda _: None)
        return taken, imported, a_hub.pss(number)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_answers_stay_with_who_gave_them(hub: Hub, students: list[Student]) -> None:
    def answer(student: Student) -> str:
        letter = "abcd"[NAMES.index(student.name) % 4]
        kernel = student.notebook("not-the-same/lessons/answers.ipynb")
        ran = kernel.run(f"import notthesame as nts\nnts.answer({QUESTION!r}, {letter!r})")
        assert not ran.errors
        return letter

    letters = for_all(students, answer)
    for student, letter in zip(students, letters, strict=True):
        (file,) = student.home.glob("**/answers*.jsonl")
        records = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        assert [(record["question"], record["response"]) for record in records] == [(QUESTION, letter)]


def test_nobody_gets_into_a_server_of_somebody_else(hub: Hub, students: list[Student]) -> None:
    ana, ben = students[:2]
    for page in ("lab", "api/contents/not-the-same", "api/kernels"):
        assert ben.session.get(f"{ana.server}/{page}", timeout=30).status_code == 403, page
        assert ben.session.get(f"{ben.server}/{page}", timeout=30).status_code == 200, page
    stranger = requests.get(f"{ana.server}/lab", timeout=30)
    assert "/hub/login" in stranger.url
    assert Student(hub, "ana").sign_in(hub.password("ben")) == 403
    assert Student(hub, "../ana").sign_in(hub.password("../ana")) == 403


def test_a_server_has_the_settings_of_a_learner(students: list[Student]) -> None:
    ana = students[0]
    for plugin, values in json.loads(OVERRIDES.read_text("utf-8")).items():
        answered = ana.session.get(f"{ana.server}/lab/api/settings/{plugin}", timeout=30).json()
        known = answered["schema"]["properties"]
        assert {name: known[name]["default"] for name in values} == values, plugin
    page = ana.session.get(f"{ana.server}/lab", timeout=30).text
    assert '"name": "notthesame"' in page and '"news": {"disabled": true}' in page


def test_nothing_grows_that_need_not(hub: Hub, students: list[Student]) -> None:
    taken = hub.memory()
    print({kind: [round(each) for each in sizes] for kind, sizes in taken.items()})
    assert len(taken["server"]) == 5 and max(taken["server"]) < 160
    assert taken["hub"][0] < 160 and taken["proxy"][0] < 100
