"""The hub's files agree with each other, with the rest of the house and with the chart that reads them."""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import course_hub
import jsonschema
import pytest
import yaml

from notthesame import lessons
from notthesame.course import course
from tests.hub import a_hub

ROOT = course().root
VALUES = yaml.safe_load((a_hub.HUB / "values.yaml").read_text("utf-8"))
PAGES = [*a_hub.HUB.glob("*.md")]
SCHEMA = "shared/research/doors/z2jh_values.schema.json"


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def pinned() -> dict[str, str]:
    """The version of each package that a hub gets."""
    lines = (line for line in a_hub.PINNED.read_text("utf-8").splitlines() if not line.startswith("#"))
    return dict(line.split("==") for line in lines)


# --- what is said twice


def test_one_version_of_each_tool() -> None:
    versions = {"jupyterhub", "nbgitpuller", "jupyterhub-idle-culler", "jupyterhub-ltiauthenticator"}
    assert versions <= pinned().keys()
    for name in ("deploy/hub/Dockerfile", "deploy/hub/README.md", ".ci/run"):
        assert re.findall(r"configurable-http-proxy@[0-9.]+", text(name)) == [a_hub.PROXY], name


def test_a_student_has_the_settings_of_start_py_and_one_more() -> None:
    found = json.loads(text("deploy/hub/student/settings/overrides.json"))
    assert found.pop("@jupyterlab/notebook-extension:tracker") == {"kernelShutdown": True}
    assert found == runpy.run_path(str(ROOT / "start.py"))["LAB_SETTINGS"]
    server = text("deploy/hub/student/jupyter_server_config.py")
    start = runpy.run_path(str(ROOT / "start.py"))
    for option, value in start["LAB_SERVER"].items():
        assert f"c.LabApp.{option} = {value if value is None else json.dumps(value)}\n" in server
    assert "c.LabApp.extra_labextensions_path = " in server
    assert any(option.startswith("--LabApp.extra_labextensions_path=") for option in start["LAB_OPTIONS"])


def test_the_image_has_what_a_server_on_one_machine_has(tmp_path: Path) -> None:
    (tmp_path / "course.git").mkdir()
    image = text("deploy/hub/Dockerfile")
    wanted = dict(course_hub.environment(tmp_path, tmp_path / "course.git"))
    assert wanted.pop("GIT_CONFIG_SYSTEM")  # for a repository on the same disk, which a container has not
    assert wanted.pop("JUPYTER_CONFIG_PATH").endswith("deploy/hub/student")
    assert "JUPYTER_CONFIG_PATH=/srv/not-the-same/deploy/hub/student" in image
    assert all(f"{name}={value}" in image for name, value in wanted.items())
    for path in re.findall(r"/srv/not-the-same/(deploy\S+?)[\s\",]", image):
        assert (ROOT / path).exists(), path


def for_docker(line: str) -> str:
    """A line of .gitignore in Docker's words: a name without a folder means one at the top there."""
    pattern = line.removeprefix("!").rstrip("/")
    return "!" * line.startswith("!") + (pattern.removeprefix("/") if "/" in pattern else f"**/{pattern}")


def test_an_image_leaves_out_what_git_leaves_out() -> None:
    ignored, left_out = (
        [line for line in text(name).splitlines() if line and not line.startswith("#")]
        for name in (".gitignore", "deploy/hub/Dockerfile.dockerignore")
    )
    assert left_out == [".git", *map(for_docker, ignored)]


def test_what_a_build_leaves_goes_and_all_the_rest_can_be_read_and_not_written(tmp_path: Path) -> None:
    """However closed the folder was checked out, and whatever tools leave in it."""
    (tidying,) = re.findall(r"&& (rm -rf ~/\.cache.+?[^\\])\n", text("deploy/hub/Dockerfile"), re.DOTALL)
    kept, gone = ["start.py", "lessons/01.ipynb", ".venv/.lock"], [".venv.log", ".venv.lock", ".cache/pip/a"]
    for number, name in enumerate([*kept, *gone]):
        (tmp_path / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        (tmp_path / name).touch(mode=0o600)
        (tmp_path / name).chmod((0o600, 0o700, 0o666)[number % 3])
    env = {**os.environ, "HOME": str(tmp_path)}
    subprocess.run(["sh", "-c", tidying], cwd=tmp_path, env=env, check=True)
    modes = {str(path.relative_to(tmp_path)): path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    assert modes.pop("lessons") == modes.pop(".venv") == 0o755
    assert modes == dict(zip(kept, (0o644, 0o755, 0o644), strict=True))


def test_the_images_own_words_are_installed_in_it() -> None:
    image = text("deploy/hub/Dockerfile")
    (entry,) = re.findall(r"^ENTRYPOINT (.+)$", image, re.MULTILINE)
    (installed,) = re.findall(r"apt-get install -y --no-install-recommends (.+) \\$", image, re.MULTILINE)
    assert {json.loads(entry)[0], "git"} <= {*installed.split()}  # nbgitpuller needs git
    commands = [json.loads(line) for line in re.findall(r"^CMD (.+)$", image, re.MULTILINE)]
    assert [words[0] for words in commands] == [VALUES["singleuser"]["cmd"], "jupyterhub"]
    assert "jupyterhub" in pinned()


def test_the_pages_lead_somewhere_and_show_the_link_that_the_hub_opens() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)\s#]+)", page.read_text("utf-8")):
            assert target.startswith("https://") or (page.parent / target).exists(), f"{page.name}: {target}"
    (shown,) = re.findall(r"user-redirect(/git-pull\S+)", text("deploy/hub/README.md"))
    lesson = "lessons/05_fosta_what_changed.ipynb"
    assert shown == course_hub.pull_link("file:///srv/not-the-same-hub/course.git", lesson)
    assert (ROOT / lesson).exists()


def test_no_link_of_a_lesson_leads_out_of_what_a_student_gets() -> None:
    for name in course_hub.HANDED:
        assert (ROOT / name).exists(), name
    for shelf in ("lessons", "exercises", "exercises/solutions"):
        for book in lessons.read_all(ROOT / shelf):
            prose = "\n".join(cell.source for cell in book.cells if cell.kind == "markdown")
            for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)\s#]+)", prose):
                place = Path(os.path.normpath(os.path.join(shelf, target)))
                named = {str(each) for each in (place, *place.parents)}
                assert named & {*course_hub.HANDED}, f"{shelf}: {target}"


# --- Kubernetes


def partial(schema: Any) -> Any:
    """A schema for values that the chart's own defaults complete: nothing is required."""
    if isinstance(schema, list):
        return [partial(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: partial(each) for name, each in schema.items() if name != "required" or isinstance(each, dict)
    }


def chart_schema() -> Any:
    """The chart's own schema, beside this folder or one above it."""
    found = next((root / SCHEMA for root in ROOT.parents if (root / SCHEMA).exists()), None)
    if not found:
        pytest.skip("the chart's schema is not here; the values were not checked against it")
    return partial(json.loads(found.read_text("utf-8")))


def test_the_chart_accepts_the_values_and_would_not_accept_a_slip() -> None:
    check = jsonschema.Draft7Validator(chart_schema())
    assert [error.message for error in check.iter_errors(VALUES)] == []
    for wrong in ({"memory": {"limits": "2G"}}, {"storage": {"capacity": 1}}, {"startTimeout": "soon"}):
        assert [*check.iter_errors({"singleuser": wrong})], wrong


def test_the_values_are_of_the_sizes_and_names_that_the_pages_give() -> None:
    student = VALUES["singleuser"]
    link = urlsplit(student["defaultUrl"])
    own = urlsplit(course_hub.pull_link("https://GIT-HOST/YOUR-COURSE"))
    assert (link.path, parse_qs(link.query)) == (own.path, parse_qs(own.query))
    image = text("deploy/hub/Dockerfile")
    assert f"--uid {student['uid']} jovyan" in image and "/home/jovyan" in student["storage"]["homeMountPath"]
    sizes = text("deploy/hub/capacity.md")
    assert f"`{student['memory']['guarantee']}`" in sizes and f"`{student['memory']['limit']}`" in sizes
    timeout = f"--timeout={VALUES['cull']['timeout']}"
    assert timeout in text("deploy/hub/jupyterhub_config.py")
