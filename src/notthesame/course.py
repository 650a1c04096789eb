"""Where the course's files lie: the checkout's own when there is one, else the wheel's copy."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent


@cache
def course_folder() -> Path:
    """The folder that holds ``data/`` and ``exercises/``.

    >>> (course_folder() / "data").is_dir()
    True
    """
    checkout = _PACKAGE.parents[1]
    if (checkout / "data" / "facts").is_dir() and (checkout / "exercises").is_dir():
        return checkout
    return _PACKAGE / "_course"


def data_link(path: str) -> str:
    """Where a file of ``data/`` lies from the notebook that runs: "../data/ledger.md#x", one or more up.

    >>> data_link("ledger.md#law-palermo-elements")  # in a notebook of lessons/
    '../data/ledger.md#law-palermo-elements'
    """
    here, root = Path.cwd(), course_folder()
    depth = len(here.relative_to(root).parts) if here.is_relative_to(root) else 1
    return "../" * max(1, depth) + f"data/{path}"


def course_file(*parts: str) -> Path:
    """The path of one of the course's files; raises FileNotFoundError naming what was looked for.

    >>> course_file("data", "sources.bib").name
    'sources.bib'
    """
    path = course_folder().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"The course has no {'/'.join(parts)} (looked in {course_folder()}).")
    return path
