"""Files for a learner to keep: written whole or not at all, and where else they could go."""

from __future__ import annotations

import errno
import os
import secrets
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

FULL = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", -1))


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, whole or not at all; OSError says why not.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_new(Path(folder) / "mine", b"abc")
    ...     (Path(folder) / "mine").read_bytes()
    b'abc'
    """
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        _write_part(part, content)
        _put_in_place(part, path)
    finally:
        with suppress(OSError):
            part.unlink()


def write_first_free(folder: Path, names: Iterable[str], content: bytes) -> str:
    """Write to the first of these names that is not taken in a folder, and return it; OSError says why not.

    names: as many as it may take, such as without end.

    >>> with tempfile.TemporaryDirectory() as there:
    ...     write_new(Path(there) / "mine", b"abc")
    ...     write_first_free(Path(there), ["mine", "mine 2"], b"abc")
    'mine 2'
    """
    for name in names:
        with suppress(FileExistsError):
            write_new(folder / name, content)
            return name
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))


def write_all_new(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, all of them or none; the folder is made where it is not there.

    A file that is there already with the same content stays as it is. Raises FileExistsError for one with
    another content, and OSError for what cannot be written; both say which.

    >>> with tempfile.TemporaryDirectory() as there:
    ...     write_all_new(Path(there) / "new", {"mine": b"abc"})
    ...     (Path(there) / "new" / "mine").read_bytes()
    b'abc'
    """
    made = [part for part in (folder, *folder.parents) if not os.path.lexists(part)]
    wanted = {folder / name: content for name, content in files.items()}
    new = {path: content for path, content in wanted.items() if not _holds(path, content)}
    done: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in new.items():
            write_new(path, content)
            done.append(path)
    except BaseException:  # a key that stops it too
        for path in done:
            with suppress(OSError):
                path.unlink()
        for part in made:
            with suppress(OSError):
                part.rmdir()
        raise


def write_over(files: Mapping[Path, bytes]) -> None:
    """Write files, in the place of those there are; all are whole on the disk before one gets its place.

    Their folders are made where they are not there. OSError says what cannot be written; then none is.

    >>> with tempfile.TemporaryDirectory() as there:
    ...     write_over({Path(there) / "mine": b"abc"})
    ...     write_over({Path(there) / "mine": b"abcd"})
    ...     (Path(there) / "mine").read_bytes()
    b'abcd'
    """
    folders = {folder for path in files for folder in path.parents if not os.path.lexists(folder)}
    parts = {path: path.with_name(f".{secrets.token_hex(8)}.part") for path in files}
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_part(parts[path], content)
        for path, part in parts.items():
            os.replace(part, path)
    except BaseException:
        for part in parts.values():
            with suppress(OSError):
                part.unlink()
        for folder in sorted(folders, reverse=True):
            with suppress(OSError):
                folder.rmdir()
        raise


def _write_part(part: Path, content: bytes) -> None:
    with part.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _holds(path: Path, content: bytes) -> bool:
    """Whether the file is there with this content; raises FileExistsError where it is with another."""
    if not os.path.lexists(path):
        return False
    if path.is_file() and path.read_bytes() == content:
        return True
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def _put_in_place(part: Path, path: Path) -> None:
    try:
        os.link(part, path)  # on every system this refuses to overwrite
    except FileExistsError:
        raise
    except (OSError, AttributeError):  # a disk or system without hard links
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        os.replace(part, path)


def elsewhere() -> str:
    """A folder that can be written to, in a form that names no home folder; an empty text if there is none.

    >>> elsewhere() in (".", "~", tempfile.gettempdir())
    True
    """
    folders = [".", "~"]
    with suppress(OSError):  # not even a temporary folder
        folders.append(tempfile.gettempdir())
    return next((f for f in folders if os.access(os.path.expanduser(f), os.W_OK | os.X_OK)), "")
