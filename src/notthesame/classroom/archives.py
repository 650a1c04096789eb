"""Zips from anybody, as an LMS hands them out: which files are in one, and the bytes of each, in memory.

Nothing is ever unpacked onto a disk. What a zip says of itself is believed only as far as it holds: no more
is unpacked than it declares, and no more is declared than the bounds below.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from ..questions.hand_in_file import MOST, Refused

STARTS = (b"PK\x03\x04", b"PK\x05\x06")  # the second is an empty one
MEMBERS = 200_000
IN_SUM = 5_000_000_000  # bytes, unpacked
RATIO = 200  # unpacked to packed; a hand-in has about 10
LIST = 40_000_000  # bytes of the list of what is in a zip, names included
_LOCAL = struct.Struct("<4s22xHH")
_LOCKED = 0x1 | 0x20 | 0x40 | 0x2000  # bits of a member that is encrypted, or a patch of another
_DRIVE = re.compile("[A-Za-z]:")
# Whatever reading a spoilt list of members may raise, besides what Refused and OSError say.
_SPOILT = (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OverflowError, EOFError)


@dataclass(frozen=True, slots=True)
class Packed:
    """Where a member lies in its zip, its bytes packed and unpacked, its checksum, whether deflated."""

    at: int
    packed: int
    size: int
    crc: int
    deflated: bool


class _Listing:
    """A file of which no more is read at once than a list of members may take."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        found = self._file.read(size if 0 <= size <= LIST else LIST + 1)
        if len(found) > LIST:
            raise Refused(f"a list of more than {LIST:,} bytes of what is in it")
        if found.count(b"PK\x01\x02") > MEMBERS:  # so each entry begins
            raise Refused(f"more than {MEMBERS:,} files in it")
        return found


def members(file: IO[bytes], size: int) -> Iterator[tuple[str, Packed | str]]:
    """Each file in a zip of ``size`` bytes by name, with its place, or why it is not read; by name.

    Raises Refused, in one line, where the zip as a whole is not to be read.

    >>> import io
    >>> made = io.BytesIO()
    >>> with zipfile.ZipFile(made, "w") as file:
    ...     file.writestr("../up.json", b"{}")
    >>> list(members(made, len(made.getvalue())))
    [('../up.json', 'its name leads out of the zip')]
    """
    found = _listed(file)
    if sum(info.compress_size for info in found) > size:
        raise Refused("its files lie one over another")
    if (in_sum := sum(info.file_size for info in found)) > IN_SUM:
        raise Refused(f"{in_sum:,} bytes when unpacked; allowed: {IN_SUM:,}")
    if not any(map(is_file, found)):
        raise Refused("a zip with no file in it")
    names = Counter(info.orig_filename for info in found)
    told = set()
    for info in sorted(found, key=lambda info: (info.orig_filename, info.header_offset)):
        name = info.orig_filename
        if not is_file(info):
            continue
        if apart := hidden(name):
            if apart not in told:  # once for all that lies in it
                yield apart, "hidden"
            told.add(apart)
        else:
            yield name, _fault(info, names[name], size) or _place(info)


def _listed(file: IO[bytes]) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(_Listing(file)) as opened:
            return opened.infolist()
    except Refused:
        raise
    except _SPOILT:
        raise Refused("a zip that is damaged, or cut short") from None


def is_file(info: zipfile.ZipInfo) -> bool:
    """Whether a member is a file and no folder.

    >>> is_file(zipfile.ZipInfo("Ann/")), is_file(zipfile.ZipInfo("Ann/x.json"))
    (False, True)
    """
    return not info.orig_filename.endswith("/") or info.file_size > 0


def hidden(name: str) -> str:
    """The hidden file or folder in which a member lies, as macOS adds them; else an empty text.

    >>> hidden("Ann/.cache/x.json"), hidden("__MACOSX/._a.json"), hidden("../x")
    ('Ann/.cache', '__MACOSX', '')
    """
    parts = name.split("/")
    for place, part in enumerate(parts, 1):
        if (part.startswith(".") and part.strip(".")) or part == "__MACOSX":
            return "/".join(parts[:place])
    return ""


def _fault(info: zipfile.ZipInfo, named_so: int, end: int) -> str:
    name, kind = info.orig_filename, stat.S_IFMT(info.external_attr >> 16)
    parts = re.split(r"[/\\]", name)
    if not name or "\0" in name or not parts[0] or ".." in parts or _DRIVE.match(name):
        return "its name leads out of the zip"
    if named_so > 1:
        return f"{named_so} files of this name are in the zip"
    if kind not in (0, stat.S_IFREG):
        return "a link, which is not followed" if kind == stat.S_IFLNK else "not a plain file"
    if info.flag_bits & _LOCKED:
        return "encrypted"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "packed in a way that is not read here"
    if name.lower().endswith(".zip"):
        return "a zip within a zip; unpack it first"
    if info.file_size > MOST:
        return f"{info.file_size:,} bytes; allowed: at most {MOST:,}"
    if info.file_size > RATIO * info.compress_size:
        return f"packed more than {RATIO} to 1"
    return "" if 0 <= info.header_offset < end else str(_damaged())


def _place(info: zipfile.ZipInfo) -> Packed:
    deflated = info.compress_type == zipfile.ZIP_DEFLATED
    return Packed(info.header_offset, info.compress_size, info.file_size, info.CRC, deflated)


def start(file: IO[bytes], place: Packed, most: int) -> bytes:
    """The first bytes of a member, at most ``most`` of them; raises Refused for one that is damaged.

    >>> import io
    >>> made = io.BytesIO()
    >>> with zipfile.ZipFile(made, "w") as file:
    ...     file.writestr("a", b"nothing more")
    >>> [(_, place)] = members(made, len(made.getvalue()))
    >>> start(made, place, 7), unpacked(made, place)
    (b'nothing', b'nothing more')
    """
    packed = _packed(file, place, 5 * most)  # a deflated one begins with a table
    if not place.deflated:
        return packed[:most]
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most)
    except zlib.error:
        raise _damaged() from None


def unpacked(file: IO[bytes], place: Packed) -> bytes:
    """The bytes of a member; raises Refused where they are not those that its zip declares.

    >>> import io
    >>> unpacked(io.BytesIO(b"PK"), Packed(at=0, packed=9, size=9, crc=0, deflated=True))
    Traceback (most recent call last):
    notthesame.questions.strict_json.Refused: damaged in its zip
    """
    packed = _packed(file, place, place.packed)
    if not place.deflated:
        found, whole = packed, True
    else:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            found = unpacker.decompress(packed, place.size + 1)
        except zlib.error:
            raise _damaged() from None
        whole = unpacker.eof and not unpacker.unused_data
    if not whole or len(found) != place.size or zlib.crc32(found) != place.crc:
        raise _damaged()
    return found


def _packed(file: IO[bytes], place: Packed, most: int) -> bytes:
    file.seek(place.at)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(STARTS[0]):
        raise _damaged()
    _, name, extra = _LOCAL.unpack(head)
    file.seek(place.at + _LOCAL.size + name + extra)
    return file.read(min(most, place.packed))


def _damaged() -> Refused:
    return Refused("damaged in its zip")
