"""Hand-ins as they are gathered: in folders, in the zips of an LMS, under any name; by learner.

Every file is untrusted. None is run, none is written, no link is followed, and of each only the head is read
here, so that a hundred thousand fit into memory. Whatever is no hand-in is set aside by name, in one line.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO

from ..questions.hand_in_file import HEAD, MOST, Refused, head, read
from . import archives
from .archives import Packed

DEPTH = 12  # folders within folders
ENTRIES = 1_000_000  # files and folders in all
NAME = 160  # signs of a name that are shown
REASON = 400  # and of a reason
EVERY = 1000  # files between two lines on progress
# A link or a pipe that takes the place of a file just before it is opened leads nowhere and holds nothing up.
_SAFELY = ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_NOCTTY")
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in _SAFELY)
_JUNCTION = 0xA0000003  # what Windows calls a folder that leads elsewhere


@dataclass(frozen=True, slots=True)
class Place:
    """A file, or a member of a zip: its name ``inside``, and where it lies in there."""

    path: Path
    inside: str = ""
    packed: Packed | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """Its name in one harmless line.

        >>> Place(Path("class.zip"), "Ann/hand-in.json").name
        'class.zip: Ann/hand-in.json'
        """
        return harmless(f"{self.path}: {self.inside}" if self.inside else str(self.path))


@dataclass(frozen=True)
class Aside:
    """What is not counted, and why, a line each. ``whole`` is False where the rest of the file counts."""

    name: str
    why: str
    whole: bool = True


@dataclass(frozen=True)
class Collected:
    """The places of what look like hand-ins, those of one learner together, and what was set aside."""

    groups: tuple[tuple[Place, ...], ...]
    asides: tuple[Aside, ...]


def quiet(line: str) -> None:
    """Say nothing.

    >>> quiet("1,000 files looked at")
    """


def harmless(name: str, most: int = NAME) -> str:
    r"""A text in one line of at most ``most`` signs, without any that are not seen or turn others round.

    >>> harmless("a\u202eb\n.json"), harmless("a" * 99, 9)
    ('a\ufffdb\ufffd.json', 'aaaa…aaaa')
    """
    if len(name) > most:
        name = f"{name[: most // 2]}…{name[-(most - most // 2 - 1) :]}"
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name)


def collected(places: Sequence[Path], say: Callable[[str], None] = quiet) -> Collected:
    """Find the hand-ins in files, folders and zips, by learner, in the order of pseudonyms.

    say: is told now and then how many files were looked at. Raises nothing for any content of any file.

    >>> collected([Path("no such folder")]).asides
    (Aside(name='no such folder', why='cannot be read (No such file or directory)', whole=True),)
    """
    found = _Gathering(say)
    try:
        for path in places:
            found.look(Path(path))
    except _Enough as end:
        why = f"more than {ENTRIES:,} files and folders; what comes from here on is not read"
        found.asides.append(Aside(harmless(str(end)), why))
    return Collected(tuple(tuple(found.groups[name]) for name in sorted(found.groups)), tuple(found.asides))


def content(place: Place) -> bytes:
    """The bytes of a file; of one that is too large, so many that it is refused. Raises Refused and OSError.

    >>> content(Place(Path(__file__)))[:15]
    b'\"\"\"Hand-ins as '
    """
    with opened(place.path) as file:
        return archives.unpacked(file, place.packed) if place.packed else file.read(MOST + 1)


def peek(place: Place) -> tuple[str, str]:
    """Pseudonym and day of a hand-in, mostly from its first bytes. Raises Refused and OSError.

    >>> peek(Place(Path(__file__)))
    Traceback (most recent call last):
    notthesame.questions.strict_json.Refused: not JSON, or cut short
    """
    with opened(place.path) as file:
        first = archives.start(file, place.packed, HEAD) if place.packed else file.read(HEAD)
    if found := head(first):
        return found
    if place.packed and first.startswith(archives.STARTS):
        raise Refused("a zip within a zip; unpack it first")
    whole = read(content(place))
    return whole.pseudonym, whole.day


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """A plain file, open to be read. Raises OSError, also for a link, and Refused for a pipe or a device.

    >>> with opened(Path(__file__)) as file:
    ...     file.read(3)
    b'\"\"\"'
    """
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise Refused("not a plain file")
        yield file


class _Enough(Exception):
    """More files than are looked at."""


class _Gathering:
    """What was found so far."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say, self.seen = say, 0
        self.groups: dict[str, list[Place]] = {}
        self.asides: list[Aside] = []

    def look(self, path: Path, depth: int = 0) -> None:
        """Look at a file, a folder or whatever has this name."""
        self._count(path)
        try:
            found = os.lstat(path)
            if depth and path.name.startswith("."):
                raise Refused("hidden")
            if stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) == _JUNCTION:
                raise Refused("a link, which is not followed; name what it leads to")
            if stat.S_ISDIR(found.st_mode):
                self._folder(path, depth)
            elif not stat.S_ISREG(found.st_mode):
                raise Refused("not a plain file")
            elif not self._zip(path, found.st_size):
                self._add(Place(path), found.st_size)
        except (Refused, OSError, ValueError) as error:  # the last of a name with a NUL
            self._aside(Place(path), error)

    def _folder(self, path: Path, depth: int) -> None:
        if depth >= DEPTH:
            raise Refused(f"folders more than {DEPTH} deep")
        with os.scandir(path) as entries:
            names = sorted(entry.name for entry in islice(entries, ENTRIES + 1))
        if len(names) > ENTRIES:  # which of them come first would be left to the disk
            raise Refused(f"more than {ENTRIES:,} files and folders in it")
        for name in names:
            self.look(path / name, depth + 1)

    def _zip(self, path: Path, size: int) -> bool:
        """Whether this is a zip, which then has been looked at."""
        with opened(path) as file:
            if file.read(4) not in archives.STARTS:
                return False
            if path.suffix.lower() != ".zip":
                raise Refused("a zip under another name, which is not opened")
            listed = list(archives.members(file, size))
        for name, found in listed:
            place = Place(path, name, None if isinstance(found, str) else found)
            self._count(path)
            if isinstance(found, str):
                self.asides.append(Aside(place.name, found))
            else:
                try:
                    self._add(place, found.size)
                except (Refused, OSError) as error:
                    self._aside(place, error)
        return True

    def _add(self, place: Place, size: int) -> None:
        if size > MOST:
            raise Refused(f"{size:,} bytes; allowed: at most {MOST:,}")
        self.groups.setdefault(peek(place)[0], []).append(place)

    def _aside(self, place: Place, error: Exception) -> None:
        self.asides.append(Aside(place.name, why(error)))

    def _count(self, path: Path) -> None:
        if self.seen >= ENTRIES:
            raise _Enough(str(path))
        self.seen += 1
        if not self.seen % EVERY:
            self.say(f"{self.seen:,} files looked at")


def why(error: Exception) -> str:
    """An error on the way to a file, in one line.

    >>> why(OSError(13, "Permission denied"))
    'cannot be read (Permission denied)'
    """
    if isinstance(error, Refused):
        return harmless(str(error), REASON)
    return harmless(f"cannot be read ({getattr(error, 'strerror', None) or error})", REASON)
