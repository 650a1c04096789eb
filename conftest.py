"""For every run of pytest, those of the notebooks included: nobody's own answers are read or written."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator

import pytest

collect_ignore = ["tests/classroom/with_nbgrader.py"]  # runs where nbgrader is, in a process of its own
_folder = pytest.StashKey[tempfile.TemporaryDirectory[str]]()


def ignore_proxies() -> None:
    """Let no proxy stand between a test and the servers that it starts on this machine."""
    for name in ("no_proxy", "NO_PROXY"):
        given = os.environ.get(name, "")
        os.environ[name] = ",".join(filter(None, (given, "localhost,127.0.0.1,::1")))


def pytest_configure(config: pytest.Config) -> None:
    """Give this process, and the kernels it starts, an empty answers folder of its own."""
    ignore_proxies()
    config.stash[_folder] = tempfile.TemporaryDirectory(prefix="notthesame-")
    os.environ["NOTTHESAME_ANSWERS"] = config.stash[_folder].name


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove it."""
    config.stash[_folder].cleanup()


@pytest.fixture(autouse=True)
def no_figure_left_open() -> Iterator[None]:
    """Close the figures of pyplot after each test: it warns of many open ones, and warnings are errors."""
    yield
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")
