"""What Python in a browser is made of: each file by name and hash, as ``pinned.json`` has it.

``core`` are the files of Pyodide itself, as its publisher packs them for npm. ``wheels`` are the packages
that run on it and need no compiler. No address stands there: npm and pip know where to ask.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PINNED = Path(__file__).with_name("pinned.json")


@dataclass(frozen=True)
class Wheel:
    """A package of the index. ``pure`` names the folder whose Python half is taken of a compiled one."""

    name: str
    file: str
    sha256: str
    depends: tuple[str, ...]
    imports: tuple[str, ...]
    pure: str = ""

    @property
    def version(self) -> str:
        """Its version, from the name of its file."""
        return self.file.split("-")[1]


@dataclass(frozen=True)
class Pinned:
    """The version of Pyodide, the hash of each of its files, and the wheels by name."""

    pyodide: str
    core: Mapping[str, str]
    wheels: Mapping[str, Wheel]


@cache
def pinned() -> Pinned:
    """All that is pinned.

    >>> pinned().pyodide, pinned().wheels["cattrs"].depends
    ('314.0.7', ('attrs', 'typing-extensions'))
    """
    from .._loading import frozen

    raw = json.loads(PINNED.read_text(encoding="utf-8"))
    wheels = {name: Wheel(name=name, **frozen(fields)) for name, fields in raw["wheels"].items()}
    return Pinned(raw["pyodide"], frozen(raw["core"]), frozen(wheels))


def sha256(content: bytes) -> str:
    """The hash of a file's bytes.

    >>> sha256(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(content).hexdigest()


def is_damaged(content: bytes, wanted: str) -> bool:
    """Whether these bytes are other ones than those whose hash is wanted.

    >>> is_damaged(b"", sha256(b""))
    False
    """
    return sha256(content) != wanted
