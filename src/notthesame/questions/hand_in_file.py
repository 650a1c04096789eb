"""A hand-in as a file: what it may hold, how it is written, and how one from anybody is read.

A file is one JSON document in UTF-8, at most ``MOST`` bytes. It holds a random pseudonym, the day it was
made, the first and the latest answer to each question, and what was typed in tasks if its writer chose that;
no name, no path, no time of day, and no order of the questions but that of their ids. A reader trusts nothing
of it: what is not exactly this is refused in one line. Nothing here knows which questions there are.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from operator import attrgetter
from typing import Any

from .model import LETTERS
from .records import check_id, is_day, is_text, within
from .scoring import PARTLY, RIGHT, WRONG
from .strict_json import Refused as Refused
from .strict_json import fields, listed, parsed, refused

FORMAT, SCHEMA = "notthesame hand-in", 1
MOST = 1_000_000  # bytes of a file
STATUSES = (WRONG, PARTLY, RIGHT)  # what was not attempted is not handed in
KEYS = ("format", "schema", "pseudonym", "day", "items", "texts", "check")
ITEM = ("question", "rank", "response", "status", "confidence", "day")
TEXT = ("task", "rank", "response", "status", "day")
_of_item, _of_text = attrgetter(*ITEM), attrgetter(*TEXT)
RANKS = 1_000_000
LONGEST = 80  # signs of an id
BOXES = 200  # of a task
HEAD = 200  # bytes that hold the head of a file as it is written here
_PSEUDONYM = re.compile("[0-9a-f]{16}")
_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?"  # an editor's mark
    + re.escape(json.dumps({"format": FORMAT, "schema": SCHEMA})[:-1].encode())
    + rb', "pseudonym": "([0-9a-f]{16})", "day": "([0-9]{4}-[0-9]{2}-[0-9]{2})", '
)
_LETTER = frozenset(LETTERS)

Answer = str | tuple[str, ...] | float


@dataclass(frozen=True, slots=True)
class Item:
    """One answer to a question; the answers to one question are told apart by ``rank``.

    rank: 1 for the first answer, else how many there were up to this one. response: a letter, letters, or a
    number. status: "wrong", "partly right" or "right". confidence: 0 to 100, in per cent, or None. day: one
    such as "2026-11-29", or None. Raises Refused for any other value.
    """

    question: str
    rank: int
    response: Answer
    status: str
    confidence: float | None = None
    day: str | None = None

    def __post_init__(self) -> None:
        _check_head("question", self.question, self.rank, self.status, self.day)
        if not _is_answer(self.response):
            raise refused("response", self.response, f"letters from a to {LETTERS[-1]}, or a finite number")
        if not (self.confidence is None or within(0, self.confidence, 100)):
            raise refused("confidence", self.confidence, "none or 0 to 100")


@dataclass(frozen=True, slots=True)
class Text:
    """What stood in the boxes of a task when it was checked last; ``rank`` is the number of tries.

    Other values are as those of Item. Raises Refused.
    """

    task: str
    rank: int
    response: tuple[str, ...]
    status: str
    day: str | None = None

    def __post_init__(self) -> None:
        _check_head("task", self.task, self.rank, self.status, self.day)
        filled = isinstance(self.response, tuple) and 0 < len(self.response) <= BOXES
        if not (filled and all(map(is_text, self.response))):
            raise refused("response", self.response, f"a list of 1 to {BOXES} texts")


@dataclass(frozen=True, slots=True)
class HandIn:
    """What a learner hands in. ``pseudonym``: 16 signs of 0-9 and a-f; ``day``: when it was made.

    Items come in the order of (question, rank), each once, and so do texts by task. Raises Refused.
    """

    pseudonym: str
    day: str
    items: tuple[Item, ...] = ()
    texts: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        check_pseudonym(self.pseudonym)
        if not is_day(self.day):
            raise refused("day", self.day, 'a day such as "2026-11-29"')
        _check_order("items", [(item.question, item.rank) for item in self.items])
        _check_order("texts", [(text.task,) for text in self.texts])


def check_pseudonym(value: object) -> None:
    """Raise Refused for what is no pseudonym.

    >>> check_pseudonym("0123456789abcdef")
    """
    if not (isinstance(value, str) and _PSEUDONYM.fullmatch(value)):
        raise refused("pseudonym", value, "16 signs of 0-9 and a-f")


def _check_head(name: str, question: object, rank: object, status: object, day: object) -> None:
    try:
        check_id(question)
    except ValueError as error:
        raise Refused(str(error).replace("question", name, 1)) from None
    if len(str(question)) > LONGEST:
        raise refused(name, question, f"at most {LONGEST} signs")
    if type(rank) is not int or not 1 <= rank <= RANKS:
        raise refused("rank", rank, f"1 to {RANKS:,}")
    if not isinstance(status, str) or status not in STATUSES:
        raise refused("status", status, f"one of {STATUSES}")
    if not (day is None or is_day(day)):
        raise refused("day", day, 'none or a day such as "2026-11-29"')


def _check_order(what: str, places: Sequence[tuple[Any, ...]]) -> None:
    for before, after in pairwise(places):
        if before == after:
            raise Refused(f"{what}: {after[0]} is there twice")
        if before > after:
            raise Refused(f"{what}: {after[0]} is not in its place; allowed: the order of the ids")


def _is_answer(value: object) -> bool:
    if isinstance(value, str):
        return value in _LETTER
    if isinstance(value, tuple):
        every = all(isinstance(letter, str) and letter in _LETTER for letter in value)
        return every and 0 < len(value) == len({*value})
    return within(-sys.float_info.max, value, sys.float_info.max)


# --- writing


def encode(found: HandIn) -> bytes:
    """The file of a hand-in; raises Refused when it would be too large.

    >>> read(encode(HandIn("0123456789abcdef", "2026-11-29"))).day
    '2026-11-29'
    """
    start = {"format": FORMAT, "schema": SCHEMA, "pseudonym": found.pseudonym, "day": found.day}
    parts = {
        "items": [dict(zip(ITEM, _of_item(item), strict=True)) for item in found.items],
        "texts": [dict(zip(TEXT, _of_text(text), strict=True)) for text in found.texts],
    }
    lists = (f'"{name}": [{_lines(entries)}]' for name, entries in parts.items())
    text = f'{json.dumps(start)[:-1]}, {", ".join(lists)}, "check": "{checksum(found)}"}}\n'
    content = text.encode()
    if len(content) > MOST:
        raise Refused(f"a hand-in of {len(content):,} bytes; allowed: at most {MOST:,}")
    return content


def _lines(entries: Sequence[object]) -> str:
    """One entry a line, so that whoever opens the file can read it."""
    return "".join(f"\n {json.dumps(entry, ensure_ascii=False)}," for entry in entries)[:-1]


def checksum(found: HandIn) -> str:
    """Of the values, not of the bytes: a mail program may change the ends of lines.

    >>> checksum(HandIn("0123456789abcdef", "2026-11-29"))[:8]
    '3eac6f85'
    """
    items, texts = [*map(_of_item, found.items)], [*map(_of_text, found.texts)]
    values = json.dumps([SCHEMA, found.pseudonym, found.day, items, texts])
    return sha256(values.encode()).hexdigest()


# --- reading


def read(content: bytes) -> HandIn:
    """The hand-in in some bytes, which anybody may have made; raises Refused, in one line, for any other.

    >>> read(b"PK")
    Traceback (most recent call last):
    notthesame.questions.strict_json.Refused: not JSON, or cut short
    """
    known = parsed(content, MOST, FORMAT, SCHEMA, "not a hand-in of this course")
    found = fields("the file", known, KEYS)
    items = tuple(_item(place, entry) for place, entry in enumerate(listed("items", found["items"]), 1))
    texts = tuple(_text(place, entry) for place, entry in enumerate(listed("texts", found["texts"]), 1))
    whole = HandIn(found["pseudonym"], found["day"], items, texts)
    if found["check"] != checksum(whole):
        raise Refused("changed since it was written: its checksum does not fit")
    return whole


def head(content: bytes) -> tuple[str, str] | None:
    """Pseudonym and day from the first ``HEAD`` bytes of a file as ``encode`` writes it, else None.

    They are those of the whole file, if ``read`` takes that: a key that is there twice is refused.

    >>> head(encode(HandIn("0123456789abcdef", "2026-11-29"))[:HEAD])
    ('0123456789abcdef', '2026-11-29')
    """
    found = _HEAD.match(content)
    return (found[1].decode(), found[2].decode()) if found else None


def _item(place: int, entry: object) -> Item:
    try:
        found = fields("an item", entry, ITEM)
        return Item(
            found["question"],
            found["rank"],
            _frozen(found["response"]),
            found["status"],
            found["confidence"],
            found["day"],
        )
    except Refused as error:
        raise Refused(f"item {place}: {error}") from None


def _text(place: int, entry: object) -> Text:
    try:
        found = fields("a text", entry, TEXT)
        return Text(found["task"], found["rank"], _frozen(found["response"]), found["status"], found["day"])
    except Refused as error:
        raise Refused(f"text {place}: {error}") from None


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
