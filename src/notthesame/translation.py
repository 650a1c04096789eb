"""The course in another language: a second folder beside the first, which holds strings and nothing else.

``translations/es/`` is a course: ``Course(root)`` takes facts, tables, checks and every lesson that it lacks
from the English one, two folders up. ``translation.yaml`` makes it one, and says who has reviewed it. Below
``strings/`` lie texts under the ids of what they translate: a cell, a question, a misconception. No file
there has a place for a key, a number of a fact, a rule or code, so none of these can part from the English.
Each entry carries the mark of the English that it was made from (``of``). Where the English has changed, or
words still begin with TODO, the entry does not count: the English is shown, and the audit names it.

The notebooks in ``translations/es/lessons/`` are made: cells of text from ``strings/lessons/NN.yaml``, all
others and all links from the English, outputs by running them (``notthesame run --course translations/es``).

The catalogue: words that the package itself says are written in English where they are said, as
``say("Choose one of {letters}.", letters=...)``; ``strings/messages.yaml`` maps the English to the other
language. There is no second list: what no message has is said in English. Scripts and templates say by the
same catalogue.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from ._loading import FileFaults, read_yaml, structure
from .course import HEAD, course, read_once

T = TypeVar("T")
STRINGS, TODO = "strings", "TODO"


@dataclass(frozen=True)
class Head:
    """What ``translation.yaml`` says: the language's own name, a notice for its pages, and who reviewed it.

    reviewed_by: people who speak the language natively; while it is empty, ``notice`` stands on each page.
    """

    name: str
    notice: str
    reviewed_by: str = ""


@dataclass(frozen=True)
class Translated:
    """One text in the other language; ``of`` is the mark of the English that it was made from."""

    of: str
    text: str


@dataclass(frozen=True)
class TranslatedBelief:
    """A misconception in the other language."""

    of: str
    belief: str
    instead: str


@dataclass(frozen=True)
class TranslatedOption:
    """The words of an option in the other language."""

    text: str
    reason: str


@dataclass(frozen=True)
class TranslatedQuestion:
    """The words of a question in the other language; ``ranges`` holds the reasons, in the English order."""

    of: str
    stem: str
    case: str = ""
    options: dict[str, TranslatedOption] = field(default_factory=dict)
    unit: str = ""
    reason: str = ""
    ranges: tuple[str, ...] = ()
    otherwise: str = ""


def mark(*texts: str) -> str:
    """Eight signs that stand for these texts: they change when one of them does.

    >>> mark("a", "b") == mark("a", "b"), mark("a", "b") == mark("a", "c")
    (True, False)
    """
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:8]


# --- the words of the package -------------------------------------------------------------------------------


def say(english: str, **values: object) -> str:
    """Words of the package in the language of the course in use, with values in the places that they name.

    >>> say("You answered {answer}.", answer="B")
    'You answered B.'
    """
    found = messages().get(english, english)
    return found.format(**values) if values else found


def later(english: str) -> str:
    """Words that are said later, by ``say``: a mark for what looks for every message.

    >>> later("Right.")
    'Right.'
    """
    return english


def messages() -> Mapping[str, str]:
    """The catalogue of the course in use: words of the package, as English to its language; empty in English.

    >>> dict(messages())
    {}
    """
    return _finished()


@read_once
def _finished() -> Mapping[str, str]:
    return {english: own for english, own in catalogue().items() if not unfinished(own)}


def catalogue() -> Mapping[str, str]:
    """What the file of messages holds, the unfinished ones too.

    >>> dict(catalogue())
    {}
    """
    return _read("messages.yaml", dict[str, str])[0] or {}


def in_script(script: str) -> str:
    """A script with the catalogue in the place that ``front/base.js`` keeps for it.

    >>> in_script("const WORDS = {};")
    'const WORDS = {};'
    """
    if not messages():
        return script
    words = json.dumps(dict(messages()), ensure_ascii=False).replace("<", "\\u003c")
    return script.replace("const WORDS = {};", f"const WORDS = {words};", 1)


# --- the texts of the course --------------------------------------------------------------------------------


def head() -> Head | None:
    """What the translation in use says of itself; None in English, and while the file has a fault.

    >>> head()
    """
    return _read(HEAD, Head)[0]


def notice() -> str:
    """The notice for the pages of the translation in use; "" in English, and once somebody has reviewed it.

    >>> notice()
    ''
    """
    found = head()
    return found.notice if found and not found.reviewed_by else ""


def cells(number: str) -> Mapping[str, Translated]:
    """The texts of a lesson's cells, by the cell's id; empty where there are none.

    >>> dict(cells("00"))
    {}
    """
    return _read(f"lessons/{number}.yaml", dict[str, Translated])[0] or {}


def beliefs() -> Mapping[str, TranslatedBelief]:
    """The misconceptions in the other language, by slug.

    >>> dict(beliefs())
    {}
    """
    return _read("misconceptions.yaml", dict[str, TranslatedBelief])[0] or {}


def questions(number: str) -> Mapping[str, TranslatedQuestion]:
    """The questions of a lesson in the other language, by id.

    >>> dict(questions("00"))
    {}
    """
    return _read(f"questions/{number}.yaml", dict[str, TranslatedQuestion])[0] or {}


def unfinished(entry: Any) -> bool:
    """Whether a text of an entry still begins with TODO.

    >>> unfinished(Translated("", "TODO One.")), unfinished(Translated("", "Uno."))
    (True, False)
    """
    if isinstance(entry, str):
        return entry.startswith(TODO)
    parts = entry.values() if isinstance(entry, Mapping) else entry
    return any(map(unfinished, vars(entry).values() if hasattr(entry, "__dict__") else parts))


def string_faults() -> tuple[FileFaults, ...]:
    """The faults of every file of the translation in use, all at once; none in English.

    >>> string_faults()
    ()
    """
    if course().base is None:
        return ()
    shelf = course().root / STRINGS
    kinds: dict[str, Any] = {"lessons": dict[str, Translated], "questions": dict[str, TranslatedQuestion]}
    named: dict[str, Any] = {
        HEAD: Head,
        "messages.yaml": dict[str, str],
        "misconceptions.yaml": dict[str, TranslatedBelief],
    }
    for kind, shape in kinds.items():
        named |= {f"{kind}/{path.name}": shape for path in sorted((shelf / kind).glob("*.yaml"))}
    return tuple(fault for name, shape in named.items() for fault in _read(name, shape)[1])


@read_once
def _read(name: str, shape: type[T]) -> tuple[T | None, tuple[FileFaults, ...]]:
    """What a file holds, and its faults; nothing in English, and where a translation lacks the file."""
    path = _path(name)
    if course().base is None or not path.is_file():
        return None, ()
    try:
        found, faults = structure(read_yaml(path), shape)
    except FileFaults as error:
        return None, (error,)
    return found, (FileFaults(path, faults),) if faults else ()


def _path(name: str) -> Path:
    return course().root / name if name == HEAD else course().root / STRINGS / name
