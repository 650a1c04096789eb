"""Folders that take long to make: each is made once, by the first of all workers that wants it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from notthesame.course import course
from notthesame.site import pages

SECONDS = 600


def site(factory: pytest.TempPathFactory) -> Path:
    """The pages of the course; the folder's name has a space, as folders of students have."""
    return once(factory, "the site", lambda folder: pages.write_site(course(), folder))


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of this name, which is nobody's to change; the others wait while it is being made."""
    own = factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, begun, failed = (shared / f"{name}{end}" for end in ("", ".begun", ".failed"))
    try:
        begun.mkdir()
    except FileExistsError:
        end = time.monotonic() + SECONDS
        while not folder.exists() and not failed.exists() and time.monotonic() < end:
            time.sleep(0.5)
        if not folder.exists():
            raise RuntimeError(f"another worker could not make {name}") from None
        return folder
    try:
        make(begun / name)
        (begun / name).rename(folder)
    except BaseException:
        failed.touch()
        raise
    return folder
