"""Rules about what is still to be written: each place that says TODO, one by one, comments included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..faults import Fault
from .whole import Whole, cell_of

TODO = re.compile(r"\bTODO\b[ :]*(.*)")
_ID = re.compile(r"""^\s*(?:-\s+)?id\s*[:=]\s*["']?([\w-]+)""")


def faults(whole: Whole) -> Iterator[Fault]:
    """Every TODO in notebooks, questions, checks, data and instructors' pages, with the entry around it."""
    for notebook in whole.executed:  # an exercise is made from its solution
        for cell in notebook.cells:
            for line in cell.source.splitlines():
                yield from _unfinished(line, cell_of(notebook, cell))
    for path in _files(whole):
        name = path.relative_to(whole.course.home).as_posix()
        entry = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            entry = f" ({found[1]})" if (found := _ID.match(line)) else entry
            yield from _unfinished(line, f"{name}, line {number}{entry}")


def _files(whole: Whole) -> Iterator[Path]:
    of = whole.course
    for folder, names in ((of.exercises, "*.yaml"), (of.checks, "*.py"), (of.data, "*.yaml")):
        yield from sorted(folder.rglob(names))
    yield from sorted(of.instructors.rglob("*.md"))


def _unfinished(line: str, where: str) -> Iterator[Fault]:
    if found := TODO.search(line):
        what = found[1].strip(' *|#)",') or "this line"
        yield Fault("unfinished", where, f"still to be written: {what}")
