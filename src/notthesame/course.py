"""The course on disk: ``Course(root)`` is the one object that knows where its parts lie.

Everything that reads the course reads the one in use: the checkout's own files when there are any, else the
wheel's copy, or the folder that the environment variable NOTTHESAME_COURSE names. ``with
Course(root).in_use():`` puts another in its place, as an audit of a copy, a pack or a translation needs it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from ._loading import frozen

P = ParamSpec("P")
T = TypeVar("T")

FOLDER = "NOTTHESAME_COURSE"  # names the root of another course than the package's own
_PACKAGE = Path(__file__).parent


@dataclass(frozen=True, eq=False)
class Course:
    """A course below ``root``, and what was read from it so far.

    >>> course().data.name, course().checks.name
    ('data', 'checks')
    """

    root: Path
    _read: dict[Any, Any] = field(default_factory=dict, repr=False)

    @property
    def lessons(self) -> Path:
        """The folder of the lesson notebooks."""
        return self.root / "lessons"

    @property
    def exercises(self) -> Path:
        """The folder of the exercise notebooks."""
        return self.root / "exercises"

    @property
    def solutions(self) -> Path:
        """The folder of the solution notebooks."""
        return self.exercises / "solutions"

    @property
    def questions(self) -> Path:
        """The folder of the question files, one a lesson."""
        return self.exercises / "questions"

    @property
    def checks(self) -> Path:
        """The folder of the exercises' checks, one file a lesson."""
        return self.exercises / "checks"

    @property
    def data(self) -> Path:
        """The folder of facts, tables and sources."""
        return self.root / "data"

    @property
    def instructors(self) -> Path:
        """The folder of guide, notes and plans; a wheel has none."""
        return self.root / "instructors"

    @property
    def plans(self) -> Path:
        """The folder of plans for a class, one file a plan."""
        return self.instructors / "plans"

    @property
    def start(self) -> Path:
        """The page to begin from."""
        return self.root / "start.ipynb"

    @property
    def packaged(self) -> bool:
        """Whether this is the wheel's copy, in which nobody works."""
        return self.root.is_relative_to(_PACKAGE)

    @property
    def manifest(self) -> Path:
        """The list of the notebooks as shipped; ``start.py`` reads it too."""
        return (_PACKAGE if self.packaged else self.root / "src" / "notthesame") / "notebooks.json"

    def file(self, *parts: str) -> Path:
        """One of the course's files; raises FileNotFoundError naming what was looked for.

        >>> course().file("data", "glossary.yaml").name
        'glossary.yaml'
        """
        path = self.root.joinpath(*parts)
        if not path.exists():
            raise FileNotFoundError(f"The course has no {'/'.join(parts)} (looked in {self.root}).")
        return path

    def link_to(self, path: str) -> str:
        """Where a file of the course lies from the notebook that runs: "../data/ledger.md#x", or more up."""
        here = Path.cwd()
        depth = len(here.relative_to(self.root).parts) if here.is_relative_to(self.root) else 1
        return "../" * depth + path

    def link_to_data(self, path: str) -> str:
        """Where a file of ``data/`` lies from the notebook that runs.

        >>> course().link_to_data("ledger.md#law-signing")[-27:]
        'data/ledger.md#law-signing'
        """
        return self.link_to(f"data/{path}")

    def link_to_lesson(self, name: str, heading: str) -> str:
        """Where a heading of a lesson's notebook lies from the notebook that runs, as JupyterLab names it."""
        return self.link_to(f"lessons/{name}#{heading.replace(' ', '-')}")

    @contextmanager
    def in_use(self) -> Iterator[Course]:
        """Let everything inside the ``with`` block read this course."""
        token = _in_use.set(self)
        try:
            yield self
        finally:
            _in_use.reset(token)


_in_use: ContextVar[Course | None] = ContextVar("course in use", default=None)


def course() -> Course:
    """The course in use.

    >>> (course().root / "data").is_dir()
    True
    """
    return _in_use.get() or _installed()


@cache
def _installed() -> Course:
    checkout = _PACKAGE.parents[1]
    if named := os.environ.get(FOLDER):
        return Course(Path(named).expanduser().absolute())
    if (checkout / "data" / "facts").is_dir() and (checkout / "exercises").is_dir():
        return Course(checkout)
    return Course(_PACKAGE / "_course")


def read_once(load: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function makes of the course in use: it is read once a course, and anew for another.

    What is kept is frozen, for the next caller gets the same.

    >>> once = read_once(lambda: object())
    >>> once() is once()
    True
    """

    @wraps(load)
    def kept(*given: P.args, **named: P.kwargs) -> T:
        read, key = course()._read, (load, given, *named.items())
        if key not in read:
            read[key] = frozen(load(*given, **named))
        found: T = read[key]
        return found

    return kept
