"""What was fetched once: a folder of the user's own, outside the course."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

_fetching: ContextVar[bool] = ContextVar("whether files may be fetched", default=True)


def cache_folder() -> Path:
    """Where fetched files stay from one time to the next.

    >>> cache_folder().name
    'browser'
    """
    from platformdirs import user_cache_path

    return user_cache_path("notthesame", appauthor=False) / "browser"


def keep(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder that is there whole or not at all, also where two processes do it at once.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as there:
    ...     keep(Path(there) / "new", {"a": b"1"})
    ...     (Path(there) / "new" / "a").read_bytes()
    b'1'
    """
    part = folder.with_name(f".{secrets.token_hex(8)}.part")
    part.mkdir(parents=True)
    try:
        for name, content in files.items():
            (part / name).write_bytes(content)
        try:
            os.rename(part, folder)
        except OSError:
            if not folder.is_dir():
                raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def nothing_fetched() -> Iterator[None]:
    """Let what is missing within be an OSError that says so; else it is fetched.

    >>> with nothing_fetched():
    ...     may_fetch("Pyodide")
    Traceback (most recent call last):
    FileNotFoundError: Pyodide is not on this machine yet.
    """
    token = _fetching.set(False)
    try:
        yield
    finally:
        _fetching.reset(token)


def may_fetch(what: str) -> None:
    """Raise FileNotFoundError where nothing is to be fetched.

    >>> may_fetch("Pyodide")
    """
    if not _fetching.get():
        raise FileNotFoundError(f"{what} is not on this machine yet.")
