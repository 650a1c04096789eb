"""Where the course's files lie: the checkout's own when there is one, else the wheel's copy."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent


@cache
def course_folder() -> Path:
    """The folder that holds ``data/`` and ``exercises/``."""
    checkout = _PACKAGE.parents[1]
    if (checkout / "data" / "facts").is_dir() and (checkout / "exercises").is_dir():
        return checkout
    return _PACKAGE / "_course"


def course_file(*parts: str) -> Path:
    """The path of one of the course's files; raises FileNotFoundError naming what was looked for."""
    path = course_folder().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"The course has no {'/'.join(parts)} (looked in {course_folder()}).")
    return path
