"""nbgrader in a folder of its own, with what it wants beside our environment, into which it puts nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from notthesame.course import course

PINNED = ["nbgrader==0.9.6", "alembic==1.20.1", "sqlalchemy==2.1.9", "mako==1.4.3", "rapidfuzz==3.14.6"]
PINNED += ["greenlet==3.5.6", "setuptools==84.2.1"]  # the last it needs and does not say so


def fetched(folder: Path) -> Path:
    """The folder, filled from the package index when it is empty; CalledProcessError where that fails."""
    if not (folder / "nbgrader").exists():
        call = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder), *PINNED]
        subprocess.run(call, check=True)
    return folder


def environment(folder: Path) -> dict[str, str]:
    """What a process needs to find nbgrader there, and our package."""
    paths = [str(course().root / "src"), *os.environ.get("PYTHONPATH", "").split(os.pathsep), str(folder)]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",  # it calls alembic by name
    }
