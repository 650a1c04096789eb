"""The files of all sessions, read at little cost and merged into one order.

A session is known by the token in the name of its file. A copy that a synchronised folder made of the file
("... (1).jsonl", "...-LAPTOP.jsonl") keeps the token, and within a session no two answers share a number:
what is there twice counts once.
"""

from __future__ import annotations

import codecs
import errno
import json
import os
import re
import stat
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from .._reading import shown
from .._words import counted
from .records import MAX_LINE, Damaged, Record, decode

S = TypeVar("S")
T = TypeVar("T")
# A number may exceed the count of lines: answers kept in memory only, or deleted, had numbers too.
UNSEEN = 10_000
PATIENCE = 0.01  # seconds of waiting for one file after the other, before all others are asked for at once
THREADS = 100
_SESSION = re.compile(r"answers-[0-9a-f]{16}(?![0-9a-f])")


@dataclass(frozen=True)
class Answers:
    """Every answer in the order given, and every line that was set aside."""

    records: tuple[Record, ...]
    damaged: tuple[Damaged, ...]

    @property
    def unread(self) -> str:
        """That some lines could not be read, and what shows them; "" where all could.

        >>> Answers((), (Damaged("answers-1.jsonl", 1, "cut short", ""),)).unread
        '1 line of your answers cannot be read and does not count: nts.my_answers() shows it.'
        """
        if not self.damaged:
            return ""
        does, them = ("does", "it") if len(self.damaged) == 1 else ("do", "them")
        lines = counted(len(self.damaged), "line")
        return f"{lines} of your answers cannot be read and {does} not count: nts.my_answers() shows {them}."


@dataclass(frozen=True)
class File:
    """What one file holds: its records, the number of the line of each, and what is damaged."""

    name: str
    records: tuple[Record, ...] = ()
    lines: tuple[int, ...] = ()  # none for answers that are in memory only
    damaged: tuple[Damaged, ...] = ()

    @property
    def session(self) -> str:
        """The part of the name that a copy of the file keeps."""
        found = _SESSION.match(self.name)
        return found[0] if found else self.name


def listed(folder: Path) -> list[Path]:
    """The files of answers in a folder; OSError when it cannot be listed.

    >>> listed(Path(__file__).parent)
    []
    """
    return [folder / name for name in sorted(os.listdir(folder)) if re.fullmatch(r"answers-.*\.jsonl", name)]


def parsed(name: str, content: bytes) -> File:
    r"""The lines of a file, each either a record or set aside.

    >>> [damaged.problem for damaged in parsed("answers-1.jsonl", b"{\n").damaged]
    ['cut short, or not JSON']
    """
    records, lines, damaged = [], [], []
    for number, line in enumerate(_utf8(content).split(b"\n"), 1):
        line = line.removeprefix(codecs.BOM_UTF8)
        if not line or line.isspace():
            continue
        try:
            records.append(decode(line))
            lines.append(number)
        except ValueError as error:
            text = line[:MAX_LINE].decode("utf-8", "replace")
            damaged.append(Damaged(name, number, str(error), text))
    return File(name, tuple(records), tuple(lines), tuple(damaged))


def _utf8(content: bytes) -> bytes:
    """An editor may have saved it in UTF-16, which its first two bytes say; so may damage begin."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        with suppress(UnicodeError):
            text = content.decode("utf-16")
            return text.encode() if '"schema"' in text else content
    return content


def merge(files: Iterable[File]) -> Answers:
    """Bring files, listed in any order, into one order: by number, then session, then line.

    The order is the same on every machine, whichever copy of a file it has.

    >>> merge([])
    Answers(records=(), damaged=())
    """
    files = sorted(files, key=attrgetter("session", "name"))
    limit = sum(len(file.records) + len(file.damaged) for file in files) + UNSEEN
    records: list[Record] = []
    damaged: list[Damaged] = []
    for _, copies in groupby(files, key=attrgetter("session")):
        plausible = [_plausible(file, limit) for file in copies]
        records += _records_once(plausible)
        damaged += _damage_once(plausible)
    records.sort(key=attrgetter("seq"))  # stable: equal numbers stay in the order of their sessions
    return Answers(tuple(records), tuple(sorted(damaged, key=attrgetter("file", "line_number"))))


def _plausible(file: File, limit: int) -> File:
    """The file with numbers set aside that no clock can have reached; they would beat every true answer."""
    if not file.lines or max(record.seq for record in file.records) <= limit:
        return file
    placed = list(zip(file.records, file.lines, strict=True))
    beyond = [_set_aside(file.name, *each, limit) for each in placed if each[0].seq > limit]
    placed = [each for each in placed if each[0].seq <= limit]
    return File(
        file.name,
        tuple(record for record, _ in placed),
        tuple(line for _, line in placed),
        (*file.damaged, *beyond),
    )


def _set_aside(name: str, record: Record, line: int, limit: int) -> Damaged:
    problem = f"seq: found {shown(record.seq)}; allowed here: 1 to {limit}"
    return Damaged(name, line, problem, json.dumps(asdict(record), ensure_ascii=False))


def _records_once(copies: Sequence[File]) -> Iterable[Record]:
    """The answers of one session, each once, from copies of its file or from a line written again."""
    if len(copies) == 1 and len({record.seq for record in copies[0].records}) == len(copies[0].records):
        return copies[0].records
    kept: dict[int, list[Record]] = {}
    for record in (record for file in copies for record in file.records):
        same = kept.setdefault(record.seq, [])
        if record not in same:
            same.append(record)
    return [record for same in kept.values() for record in same]


def _damage_once(copies: Sequence[File]) -> Iterable[Damaged]:
    """What is damaged in one session; a copy of a damaged line is not told again."""
    told: set[str] = set()
    for file in copies:
        yield from (damaged for damaged in file.damaged if not damaged.text or damaged.text not in told)
        told.update(damaged.text for damaged in file.damaged)


# Reading a folder


_Signature = tuple[int, ...]


class Reader:
    """Reads the files of a folder, each again only when it has changed."""

    def __init__(self) -> None:
        self._kept: dict[Path, tuple[_Signature, File]] = {}
        self._merged: tuple[list[File], Answers] = ([], Answers((), ()))

    def read(self, folder: Path, *more: File) -> Answers:
        """The answers in a folder, and in files beyond it; OSError when the folder cannot be listed."""
        paths = listed(folder)
        found = zip(paths, _each(self._fetch, paths), strict=True)
        self._kept = {path: _understood(path, *fetched) for path, fetched in found if fetched}
        files = [*(file for _, file in self._kept.values()), *more]
        before, answers = self._merged
        if len(files) != len(before) or any(new is not old for new, old in zip(files, before, strict=True)):
            answers = merge(files)
            self._merged = (files, answers)
        return answers

    def _fetch(self, path: Path) -> tuple[_Signature, File | bytes] | None:
        """A file as it was read before, or its bytes; None when it has gone since it was listed."""
        try:
            info = os.stat(path)  # before reading: what is appended meanwhile is read the next time
            if not stat.S_ISREG(info.st_mode):  # reading a pipe or a device might never end
                raise OSError(errno.EINVAL, "not an ordinary file")
            signature = (info.st_mtime_ns, info.st_size, info.st_ino)
            kept = self._kept.get(path)
            return kept if kept and kept[0] == signature else (signature, path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            problem = Damaged(path.name, 0, f"cannot be read: {error.strerror}", "")
            return (), File(path.name, damaged=(problem,))


def _understood(path: Path, signature: _Signature, found: File | bytes) -> tuple[_Signature, File]:
    return signature, found if isinstance(found, File) else parsed(path.name, found)


def _each(do: Callable[[S], T], items: Sequence[S]) -> list[T]:
    """What `do` makes of each; where each waits for a slow disk, they wait all at once."""
    done: list[T] = []
    begun = time.monotonic()
    for at, item in enumerate(items):
        if time.monotonic() - begun > PATIENCE:
            return done + _at_once(do, items[at:])
        done.append(do(item))
    return done


def _at_once(do: Callable[[S], T], items: Sequence[S]) -> list[T]:
    from concurrent.futures import ThreadPoolExecutor

    try:
        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(do, items))
    except RuntimeError:  # no threads, as in a browser, or no more of them
        return [do(item) for item in items]
