"""What Binder makes of this repository: repo2docker takes environment.yml, then runs postBuild."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.setup.loaded import load_start

ROOT = Path(__file__).resolve().parents[2]
LESSON = "lessons/00_start_here.ipynb"


def test_nothing_stands_in_the_way_of_environment_yml() -> None:
    """Where one of these lies, repo2docker looks for its files in it alone, or takes it for the recipe."""
    assert [name for name in ("binder", ".binder", "Dockerfile", "start") if (ROOT / name).exists()] == []


@pytest.mark.skipif(os.name == "nt", reason="Binder runs Linux")
def test_post_build_does_what_start_py_would(tmp_path: Path) -> None:
    course, env = tmp_path / "home", tmp_path / "env"
    for name in ("postBuild", "start.py", "src/notthesame/notebooks.json", LESSON):
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, course / name)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", env], check=True)
    path = f"{env / 'bin'}{os.pathsep}{os.environ['PATH']}"
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(["./postBuild"], cwd=course, env={**inherited, "PATH": path}, check=True)
    start = load_start()
    written = {name: (env / name).read_text("utf-8") for name in start.settings()}
    assert written == start.settings()
    assert json.loads(written["share/jupyter/lab/settings/overrides.json"]) == start.LAB_SETTINGS
    assert (course / ".untouched" / LESSON).read_bytes() == (ROOT / LESSON).read_bytes()
    assert {path.name for path in course.iterdir()} <= {
        "postBuild",
        "start.py",
        "src",
        "lessons",
        ".untouched",
    }
