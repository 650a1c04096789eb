"""One answer as it is kept: a record, and its line in a file.

A record holds what was answered, how it was scored, and on which day: no name, no time of day, no machine, no
path. The day serves to say when a question is due again. Order comes from ``seq``, a logical clock: one more
than the largest number seen when the answer was given. So an answer comes after every answer that its machine
knew of, on whichever machine that was given, and whatever day it had there.
"""

from __future__ import annotations

import datetime
import json
import re
import sys
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

from .._reading import shown
from .scoring import NOT_ATTEMPTED, PARTLY, RIGHT, WRONG, Response

SCHEMA = 4
MAX_LINE = 64 * 1024  # bytes, without the newline
STATUSES = (None, NOT_ATTEMPTED, WRONG, PARTLY, RIGHT)  # None: nobody scored it, as with free text
FIELDS = ("seq", "question", "response", "status", "credit", "confidence", "day")
KEYS = {"schema", "check", *FIELDS}
_ID = re.compile(r"[0-9]{2}-[a-z0-9-]+")
_HALF = re.compile("[\ud800-\udfff]")  # half a character fits into no file
_LARGEST = sys.float_info.max
_NUMBER = (int, float)
_SHORT = 100  # signs; whether such a text is an id or a day is remembered, for many answers have the same
_values = itemgetter(*FIELDS)
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Record:
    """One answer; `credit` lies in 0..1, `confidence` in 0..100, `day` is one such as "2026-11-29".

    A record of an earlier schema has no day. ValueError names a value not allowed.
    """

    seq: int
    question: str
    response: Response
    status: str | None
    credit: float | None
    confidence: float | None = None
    day: str | None = None

    def __post_init__(self) -> None:
        if type(self.seq) is not int or self.seq < 1:
            raise _refused("seq", self.seq, "a whole number from 1")
        check_id(self.question)
        if not _is_response(self.response):
            raise _refused("response", self.response, "None, a text, a list of texts or a finite number")
        if self.status not in STATUSES:
            raise _refused("status", self.status, f"one of {STATUSES}")
        if not (self.credit is None or within(0, self.credit, 1)):
            raise _refused("credit", self.credit, "None or 0 to 1")
        if not (self.confidence is None or within(0, self.confidence, 100)):
            raise _refused("confidence", self.confidence, "None or 0 to 100")
        if not (self.day is None or is_day(self.day)):
            raise _refused("day", self.day, 'None or a day such as "2026-11-29"')


@dataclass(frozen=True)
class Damaged:
    """A line that could not be read and stays untouched in its file; line 0 stands for the whole file."""

    file: str
    line_number: int
    problem: str
    text: str


def _refused(what: str, found: object, allowed: str) -> ValueError:
    return ValueError(f"{what}: found {shown(found)}; allowed: {allowed}")


def check_id(question: object) -> None:
    """Raise ValueError for what cannot be the id of a question.

    >>> check_id("02-destitute")
    """
    if not (isinstance(question, str) and (_is_id if len(question) < _SHORT else _ID.fullmatch)(question)):
        allowed = 'two digits, a hyphen, then a-z, 0-9 or hyphens, as in "02-destitute"'
        raise _refused("question", question, allowed)


@lru_cache(1_000)
def _is_id(question: str) -> bool:
    return _ID.fullmatch(question) is not None


def within(low: float, value: object, high: float) -> bool:
    """Whether a value is a number between two others, or one of them.

    >>> within(0, 0.5, 1), within(0, True, 1)
    (True, False)
    """
    return isinstance(value, _NUMBER) and not isinstance(value, bool) and low <= value <= high


def is_text(value: object) -> bool:
    r"""Whether a value is a text that a file can hold.

    >>> is_text("é"), is_text("\ud800")
    (True, False)
    """
    return isinstance(value, str) and (value.isascii() or _HALF.search(value) is None)


def is_day(value: object) -> bool:
    """Whether a value is a day as records write it.

    >>> is_day("2026-11-29"), is_day("20261129")
    (True, False)
    """
    return isinstance(value, str) and len(value) < _SHORT and _is_day(value)


@lru_cache(1_000)
def _is_day(value: str) -> bool:
    if not _DAY.fullmatch(value):  # Python reads weeks and 20261129 too
        return False
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def today() -> datetime.date:
    """The day that it is where this machine is.

    >>> today().year > 2025
    True
    """
    return datetime.date.today()


def _is_response(value: object) -> bool:
    if isinstance(value, list):
        return all(map(is_text, value))
    return value is None or is_text(value) or within(-_LARGEST, value, _LARGEST)


# A line


def _checksum(values: tuple[object, ...]) -> str:
    """Of the values, not of the bytes: an editor may change spaces or the ends of lines."""
    return f"{zlib.crc32(ascii(values).encode()):08x}"


def _from_1(old: dict[str, Any]) -> dict[str, Any]:
    """Schema 1 called the response "answer" and did not keep the score."""
    new = {"status": None, "credit": None, "confidence": None, **old, "schema": 2}
    return {"response" if key == "answer" else key: value for key, value in new.items()}


def _from_2(old: dict[str, Any]) -> dict[str, Any]:
    """Schema 2 had no checksum."""
    return {"check": None, **old, "schema": 3}


def _from_3(old: dict[str, Any]) -> dict[str, Any]:
    """Schema 3 had no day."""
    return {"day": None, **old, "schema": 4}


# From each schema to the next.
UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _from_1, 2: _from_2, 3: _from_3}


def decode(line: bytes) -> Record:
    """Read one line; ValueError says in plain words what is wrong with it.

    >>> decode(encode(Record(1, "02-destitute", "b", "right", 1.0))).response
    'b'
    """
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
    values = _values(found)
    sealed = values if schema == SCHEMA else values[:-1]  # what the checksum of schema 3 is of
    if found["check"] is not None and found["check"] != _checksum(sealed):
        raise ValueError("changed since it was written: its checksum does not fit")
    return Record(*values)


def encode(record: Record) -> bytes:
    """A record as its line; ValueError when that would be longer than ``MAX_LINE``.

    >>> encode(Record(1, "02-destitute", "b", "right", 1.0))[:27]
    b'{"schema": 4, "seq": 1, "qu'
    """
    fields = json.dumps(asdict(record), ensure_ascii=False)
    check = _checksum(
        _values(json.loads(fields))
    )  # as a reader will see them: a number may be one of numpy's
    line = f'{{"schema": {SCHEMA}, {fields[1:-1]}, "check": "{check}"}}'.encode()
    if len(line) > MAX_LINE:
        raise _refused("response", record.response, f"a record of at most {MAX_LINE} bytes")
    return line + b"\n"
