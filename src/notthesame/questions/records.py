"""One answer as it is kept: a record, its line in a file, and the files of all sessions merged on reading.

A record holds what was answered and how it was scored: no name, no clock, no machine, no path. Order comes
from ``seq``, a logical clock: one more than the largest number seen when the answer was given.
"""

from __future__ import annotations

import errno
import json
import re
import stat
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .scoring import NOT_ATTEMPTED, PARTLY, RIGHT, WRONG, Response

SCHEMA = 2
MAX_LINE = 64 * 1024  # bytes, without the newline
MAX_SEQ = 10**12  # beyond any real count: a spoilt number on disk must not push the clock out of range
STATUSES = (None, NOT_ATTEMPTED, WRONG, PARTLY, RIGHT)  # None: nobody scored it, as with free text
KEYS = {"schema", "seq", "question", "response", "status", "credit", "confidence"}


@dataclass(frozen=True)
class Record:
    """One answer; `credit` lies in 0..1, `confidence` in 0..100. ValueError names a value not allowed."""

    seq: int
    question: str
    response: Response
    status: str | None
    credit: float | None
    confidence: float | None = None

    def __post_init__(self) -> None:
        _check("seq", self.seq, type(self.seq) is int and 1 <= self.seq <= MAX_SEQ, f"1 to {MAX_SEQ}")
        check_id(self.question)
        allowed = "None, a text, a list of texts or a finite number"
        _check("response", self.response, _is_response(self.response), allowed)
        _check("status", self.status, self.status in STATUSES, f"one of {STATUSES}")
        _check("credit", self.credit, self.credit is None or _within(0, self.credit, 1), "None or 0 to 1")
        fits = self.confidence is None or _within(0, self.confidence, 100)
        _check("confidence", self.confidence, fits, "None or 0 to 100")


@dataclass(frozen=True)
class Damaged:
    """A line that could not be read and stays untouched in its file; line 0 stands for the whole file."""

    file: str
    line_number: int
    problem: str
    text: str


@dataclass(frozen=True)
class Answers:
    """Every answer in the order given, and every line that was set aside."""

    records: tuple[Record, ...]
    damaged: tuple[Damaged, ...]


def _check(what: str, found: object, fits: bool, allowed: str) -> None:
    if not fits:
        raise ValueError(f"{what}: found {ascii(found)[:80]}; allowed: {allowed}")


def check_id(question: object) -> None:
    """Raise ValueError for what cannot be the id of a question.

    >>> check_id("02-destitute")
    """
    fits = isinstance(question, str) and re.fullmatch(r"[0-9]{2}-[a-z0-9-]+", question) is not None
    _check("question", question, fits, 'two digits, a hyphen, then a-z, 0-9 or hyphens, as in "02-destitute"')


def _within(low: float, value: object, high: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def _is_response(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(item, str) and _is_response(item) for item in value)
    if isinstance(value, str):
        return re.search("[\ud800-\udfff]", value) is None  # half a character fits into no file
    return value is None or _within(-sys.float_info.max, value, sys.float_info.max)


# Reading


def _from_1(old: dict[str, Any]) -> dict[str, Any]:
    """Schema 1 called the response "answer" and did not keep the score."""
    new = {"status": None, "credit": None, "confidence": None, **old, "schema": 2}
    return {"response" if key == "answer" else key: value for key, value in new.items()}


UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _from_1}  # from this schema to the next


def _parse(line: bytes) -> Record:
    """Read one line; ValueError says in plain words what is wrong with it."""
    if len(line) > MAX_LINE:
        raise ValueError(f"longer than {MAX_LINE} bytes")
    try:
        found = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise ValueError("not UTF-8 text") from None
    except (ValueError, RecursionError):
        raise ValueError("cut short, or not JSON") from None
    schema = found.get("schema") if isinstance(found, dict) else None
    if type(schema) is not int or schema < 1:
        raise ValueError("not a record with a schema number")
    if schema > SCHEMA:
        raise ValueError(f"from a newer version of the course: schema {schema}, known up to {SCHEMA}")
    for step in range(schema, SCHEMA):
        found = UPGRADES[step](found)
    if found.keys() != KEYS:
        raise ValueError(f"keys missing or unknown: {ascii(sorted(found.keys() ^ KEYS))[:200]}")
    del found["schema"]
    return Record(**found)


def merge(paths: Iterable[Path]) -> Answers:
    """Bring files, listed in any order, into one order: by seq, then file name, then line.

    >>> merge([])
    Answers(records=(), damaged=())
    """
    found: list[tuple[int, str, int, Record]] = []
    damaged: list[Damaged] = []
    for path in paths:
        try:
            if not stat.S_ISREG(path.stat().st_mode):  # reading a pipe or a device might never end
                raise OSError(errno.EINVAL, "not an ordinary file")
            lines = path.read_bytes().split(b"\n")
        except FileNotFoundError:  # deleted since it was listed
            continue
        except OSError as error:
            damaged.append(Damaged(path.name, 0, f"cannot be read: {error.strerror}", ""))
            continue
        for number, line in enumerate(lines, 1):
            try:
                if line.strip():
                    record = _parse(line)
                    found.append((record.seq, path.name, number, record))
            except ValueError as error:
                text = line[:MAX_LINE].decode("utf-8", "replace")
                damaged.append(Damaged(path.name, number, str(error), text))
    found.sort(key=lambda item: item[:3])
    damaged.sort(key=lambda item: (item.file, item.line_number))
    return Answers(tuple(item[3] for item in found), tuple(damaged))


def encode(record: Record) -> bytes:
    """A record as its line; ValueError when that would be longer than ``MAX_LINE``.

    >>> encode(Record(1, "02-destitute", "b", "right", 1.0))[:27]
    b'{"schema": 2, "seq": 1, "qu'
    """
    line = json.dumps({"schema": SCHEMA, **asdict(record)}, ensure_ascii=False).encode("utf-8")
    _check("response", record.response, len(line) <= MAX_LINE, f"a record of at most {MAX_LINE} bytes")
    return line + b"\n"
