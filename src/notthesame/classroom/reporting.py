"""The class report, made: from places of hand-ins to its files, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .._words import counted
from .._writing import write_over
from ..questions import records
from . import counts_file, report_csv, report_page
from .collected import Aside, quiet
from .reading import class_tally
from .tally import Tally

NAMED = 20  # of what was set aside, as many are told in lines
START = 4000  # bytes of a file that tell whether it is one of ours


@dataclass(frozen=True)
class Wanted:
    """Where to write the page, the folder of tables and the counts, each only if it is wanted; whether also
    in the place of files that are not reports."""

    page: Path | None = None
    tables: Path | None = None
    counts: Path | None = None
    force: bool = False


def make_report(
    places: Sequence[Path], wanted: Wanted, say: Callable[[str], None] = quiet, workers: int | None = None
) -> tuple[list[str], list[str]]:
    """Read hand-ins and write what is wanted of them; returns what to tell, and what was set aside, in lines.

    say, workers: as in ``class_tally``. Raises ValueError where nothing was counted or something is in the
    way, and Stopped for Ctrl+C; then nothing is written.

    >>> make_report([Path("no such folder")], Wanted())
    Traceback (most recent call last):
    ValueError: name what to write: a page, a folder of tables, or a file of counts
    """
    if not (wanted.page or wanted.tables or wanted.counts):
        raise ValueError("name what to write: a page, a folder of tables, or a file of counts")
    _check_free(_made(wanted, Tally(), ()), wanted.force)  # before a wait, not after it
    tally, asides = class_tally(places, say, workers)
    aside = _aside(asides)
    if not tally.learners:
        raise ValueError("\n".join((*aside, "No hand-in was read. Nothing was written.")))
    files = _made(wanted, tally, asides)
    _check_free(files, wanted.force)
    try:
        write_over(files)
    except OSError as error:
        where = error.filename2 or error.filename or "it"
        raise ValueError(f"{where} cannot be written ({error.strerror}). Nothing was written.") from None
    read = f"{tally.hand_ins:,} hand-ins of {tally.learners:,} learners"
    return [f"read: {read}", *(f"written: {path}" for path in files)], aside


def _made(wanted: Wanted, tally: Tally, asides: Sequence[Aside]) -> Mapping[Path, bytes]:
    """The files, by where they go."""
    files: dict[Path, bytes] = {}
    if wanted.page:
        files[wanted.page] = report_page.report(tally, asides, records.today()).encode()
    if wanted.tables:
        tables = report_csv.tables(tally, asides)
        files |= {wanted.tables / name: content for name, content in tables.items()}
    if wanted.counts:
        files[wanted.counts] = counts_file.encode(tally)
    return files


def _check_free(files: Mapping[Path, bytes], force: bool) -> None:
    """Raise ValueError for a file that is there and is none of ours."""
    for path, content in files.items():
        if path.is_dir():
            raise ValueError(f"{path} is a folder; name a file. Nothing was written.")
        if os.path.lexists(path) and not force and not _begins_as(path, content):
            raise ValueError(
                f"{path} is there already and is no report; name another file, or say --force. "
                "Nothing was written."
            )


def _begins_as(path: Path, content: bytes) -> bool:
    """Whether a file begins as what would take its place: a page up to its title, a table with its heads."""
    end = next((content.index(mark) for mark in (b"</title>", b'"schema"', b"\n") if mark in content), 0)
    with path.open("rb") as file:
        return file.read(START).startswith(content[:end])


def _aside(asides: Sequence[Aside]) -> list[str]:
    """The first of what was set aside, a line each, and how much more there is."""
    lines = [f"{'set aside' if one.whole else 'in part'}: {one.name}: {one.why}" for one in asides[:NAMED]]
    more = len(asides) - NAMED
    return [*lines, f"and {counted(more, 'line')} more; the page and --csv have all"] if more > 0 else lines
