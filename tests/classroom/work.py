"""Work for processes of tests: found by its name, and light to import."""

from __future__ import annotations

import os
from multiprocessing import parent_process


def elsewhere() -> bool:
    """Whether this is a process that another one started for work."""
    return parent_process() is not None


def where(part: int) -> tuple[int, bool]:
    return part, elsewhere()


def dies_at_three(part: int) -> tuple[int, bool]:
    """As if somebody had ended the process from outside."""
    if part == 3 and elsewhere():
        os._exit(9)
    return part, elsewhere()


def fails_at_three(part: int) -> int:
    if part == 3:
        raise ValueError("three")
    return part
