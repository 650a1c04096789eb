"""Disks as a learner may have them: full, or not to be written to."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def no_more_than(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes: a write stops half-way, as on a full disk."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nothing can be written in a folder, by root neither; the test is skipped where that cannot be had."""
    mode, chattr = folder.stat().st_mode, shutil.which("chattr")
    folder.chmod(0o555)
    if marked := os.access(folder, os.W_OK) and chattr is not None:
        subprocess.run([chattr, "+i", folder], capture_output=True)
    try:
        if os.access(folder, os.W_OK):
            pytest.skip("no folder can be made read-only here")
        yield
    finally:
        if marked:
            subprocess.run([str(chattr), "-i", folder], capture_output=True)
        folder.chmod(mode)
