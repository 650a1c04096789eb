"""The questions in formats that other systems read: written whole or not at all, and told what is held."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from .._words import counted
from .._writing import write_all_new
from . import gift, items, moodle, paper, qti, scorm

FORMATS: Mapping[str, Callable[[Sequence[items.Group]], items.Export]] = {
    "moodle": moodle.made,
    "gift": gift.made,
    "qti": qti.made,
    "print": paper.made,
    "scorm": scorm.made,
}
OF_PAGES = {"scorm"}  # these hold what the lessons' pages do, which is a test where a lesson has one


def export(form: str, folder: Path, numbers: Sequence[str] = (), tests: bool = False) -> list[str]:
    """Write the questions of some lessons, or of all, into a folder; returns what to tell, line by line.

    form: a name of ``FORMATS``. numbers: of lessons, as in "02". tests: whether the questions of the two
    tests come too. Files that are there with the same content stay. Raises ValueError, and then nothing is
    written: for another format, a lesson without questions, a file with faults, something in the way.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as there:
    ...     export("print", Path(there), ["02"])[0][-17:]
    'questions-02.html'
    """
    if form not in FORMATS:
        raise ValueError(f"There is no export to {form}; allowed: {', '.join(FORMATS)}.")
    tests = tests or form in OF_PAGES
    groups = items.groups(numbers, tests)
    made = FORMATS[form](groups)
    written(folder, made.files)
    places = [f"written: {folder / name}" for name in made.files]
    told = f"{counted(made.held, 'question')} of {len(items.every(groups))}"
    return [*places, told, *_lacking(form, made), *_left_out(numbers, tests)]


def written(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, all or none; raises ValueError saying what is in the way.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as there:
    ...     written(Path(there) / "new", {"a.txt": b"a"})
    ...     (Path(there) / "new" / "a.txt").read_bytes()
    b'a'
    """
    try:
        write_all_new(folder, files)
    except FileExistsError as error:
        raise ValueError(_in_the_way(error, folder)) from None
    except OSError as error:
        raise ValueError(
            f"{folder} cannot be written to ({error.strerror or error}). Nothing was written."
        ) from None


def _in_the_way(error: FileExistsError, folder: Path) -> str:
    path = Path(os.fsdecode(error.filename2 or error.filename or folder))
    if path == folder:
        return f"{folder} is a file; name a folder. Nothing was written."
    return (
        f"{path} is there already with another content, and stays; "
        "name another folder, or move it away. Nothing was written."
    )


def _lacking(form: str, made: items.Export) -> Iterator[str]:
    for what, ids in made.lacks:
        yield f"not held by {form}: {what}: {', '.join(ids)}"


def _left_out(numbers: Sequence[str], tests: bool) -> Iterator[str]:
    if tests:
        return
    count = len(items.every(items.groups(numbers, tests=True))) - len(items.every(items.groups(numbers)))
    if count:
        yield f"left out: {counted(count, 'question')} of the tests; --tests takes them along"
