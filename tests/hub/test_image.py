"""Both images, built and run as README.md says; by hand, with NOTTHESAME_ENGINE=podman.

docker takes the same words. Some minutes, port 8000, and root: students' folders are closed to others.
"""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import course_hub
import pytest

from tests.house import checkout
from tests.hub import a_hub
from tests.hub.a_hub import Hub, Student
from tests.hub.test_files import VALUES

ENGINE = os.environ.get("NOTTHESAME_ENGINE", "")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not ENGINE, reason="by hand: NOTTHESAME_ENGINE=podman or docker; some minutes"),
]
COURSE = "/srv/not-the-same"
VOLUME = "/srv/not-the-same-hub"
MADE_BY_HAND = ["lessons/my 06.ipynb", "lessons/answers-1.jsonl", "exercises/mine.json", ".venv/bin/python"]
STUDENT = VALUES["singleuser"]
# What the chart does for each student: a container with the hub's variables, the student's folder as its
# home, and a limit of memory.
SPAWNER = f"""
import os
c.CourseSpawner.apart = False
c.CourseSpawner.memory = 2**40  # the container has the limit
c.Spawner.environment = dict(os.environ)
variables = r"$(env | sed -n 's/^\\(JUPYTERHUB_[A-Z_]*\\)=.*/-e \\1/p')"
run = f"chown {STUDENT["uid"]} . && exec {ENGINE} run --rm --network=host --memory=2g {{variables}}"
c.Spawner.cmd = ["sh", "-c", run + ' -v "$PWD:{STUDENT["storage"]["homeMountPath"]}" "$0" "$@"', "IMAGE"]
c.Spawner.cmd += [{STUDENT["cmd"]!r}]
"""


def engine(*words: object) -> str:
    """What the engine prints; an error of its own with all that it said where it fails."""
    done = subprocess.run(
        [ENGINE, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert not done.returncode, done.stdout[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout in which somebody has worked, and that nobody but its owner may read."""
    folder = checkout.copy_to(tmp_path_factory.mktemp("context"))
    for name in MADE_BY_HAND:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("{}", "utf-8")
    for path in folder.rglob("*"):
        path.chmod(path.stat().st_mode & stat.S_IRWXU)
    return folder


def built(context: Path, name: str, *words: str) -> str:
    """An image's name, once it is built; how long that took and how large it is."""
    begun = time.monotonic()
    engine("build", "-f", context / "deploy/hub/Dockerfile", *words, "-t", name, context)
    size = int(engine("image", "inspect", "--format", "{{.Size}}", name)) / 1e6
    print(f"{name}: {size:.0f} MB, built in {time.monotonic() - begun:.0f} s")
    return name


@pytest.fixture(scope="module")
def student(context: Path) -> str:
    return built(context, "not-the-same-student-tried", "--target", "student")


@pytest.fixture(scope="module")
def whole(context: Path, student: str) -> str:
    return built(context, "not-the-same-tried")


def test_a_student_may_read_all_of_the_course_and_write_to_none_of_it(student: str) -> None:
    def found(*words: str) -> list[str]:
        return engine("run", "--rm", student, "find", COURSE, *words).splitlines()

    assert found("!", "-readable", "-o", "-type", "d", "!", "-executable") == []
    assert found("-writable", "!", "-type", "l") == []


def test_nothing_of_the_build_and_of_its_maker_is_left(student: str) -> None:
    listed = engine("run", "--rm", student, "find", COURSE, "-not", "-path", "*/.venv/*").splitlines()
    names = {line.removeprefix(f"{COURSE}/") for line in listed}
    assert {"start.ipynb", ".gitignore", ".untouched", ".venv", "deploy/hub/course_hub.py"} <= names
    assert not names & {*MADE_BY_HAND, ".git", ".venv.log", ".venv.lock"}
    find = "find /tmp ~root/.cache /var/lib/apt/lists -type f 2>/dev/null || true"
    assert engine("run", "--rm", "--user=0", student, "sh", "-c", find) == ""


def test_the_chart_finds_what_it_names(student: str) -> None:
    said = engine(
        "run", "--rm", student, "sh", "-c", f"id -u; echo $HOME; command -v {STUDENT['cmd']}"
    ).split()
    assert said == [
        str(STUDENT["uid"]),
        STUDENT["storage"]["homeMountPath"],
        f"{COURSE}/.venv/bin/{STUDENT['cmd']}",
    ]


def tried(student: Student, link: str) -> None:
    """A student's server has the course's settings, fetches the course and runs a lesson."""
    student.open_server()
    for name, settings in json.loads(
        (a_hub.HUB / "student/settings/overrides.json").read_text("utf-8")
    ).items():
        told = student.session.get(f"{student.server}/lab/api/settings/{name}", timeout=30).json()
        defaults = {key: each.get("default") for key, each in told["schema"]["properties"].items()}
        assert {key: defaults[key] for key in settings} == settings
    assert student.pull(link)[-1]["phase"] == "finished"
    lesson = student.run_lesson("02")
    assert lesson.cells and lesson.errors == []


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Where a folder's repositories can be cloned from, on loopback, the last commit alone if asked."""
    (port,) = a_hub.free_ports(1)
    words = ["--listen=127.0.0.1", f"--port={port}", "--export-all", f"--base-path={folder}"]
    with subprocess.Popen(["git", "daemon", *words], process_group=0) as process:
        yield f"git://127.0.0.1:{port}"
        os.killpg(process.pid, signal.SIGTERM)


def test_the_students_image_is_a_server_of_a_hub(
    student: str, tmp_path: Path, packages: Path, proxy: Path
) -> None:
    with a_hub.running(tmp_path, packages, proxy, SPAWNER.replace("IMAGE", student)) as hub:
        ana = Student(hub, "ana")
        assert ana.sign_in(hub.password("ana")) == 302
        with served(tmp_path) as place:
            tried(ana, course_hub.pull_link(f"{place}/course.git"))
        ana.leave()


@pytest.fixture
def hub(whole: str, tmp_path: Path) -> Iterator[Hub]:
    """A hub as README.md has it started."""
    words = ["run", "--rm", "--name", whole, "-p", "127.0.0.1:8000:8000", "-v", f"{tmp_path}:{VOLUME}"]
    with (tmp_path / "hub.log").open("wb") as log:
        process = subprocess.Popen([ENGINE, *words, whole], stdout=log, stderr=log)
    hub = Hub("http://127.0.0.1:8000", tmp_path, process)
    try:
        a_hub.wait_until_up(hub)
        yield hub
    finally:
        engine("stop", whole)
        process.wait(30)


def test_the_whole_image_is_a_hub(hub: Hub, whole: str) -> None:
    slips = engine("exec", whole, "python", f"{COURSE}/deploy/hub/course_hub.py", "seat", "2").splitlines()
    name, password = slips[0].split()
    ana = Student(hub, name)
    assert ana.sign_in(password.swapcase()[::-1]) == 403 and ana.sign_in(password) == 302
    tried(ana, course_hub.pull_link(f"file://{VOLUME}/course.git"))
    assert ana.home.stat().st_uid == course_hub.FIRST
    ana.stop_server()
    assert zombies(whole) == 0
    ana.leave()


def zombies(name: str) -> int:
    """How many processes of a container have ended unnoticed, some seconds after a server was stopped."""
    time.sleep(5)  # a kernel looks once a second whether its server is still there
    return engine("exec", name, "sh", "-c", "cat /proc/[0-9]*/status").count("State:\tZ")
