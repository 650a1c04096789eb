"""The files of Pyodide, which is Python for a browser: where they are, and whether they are the right ones.

They come (1) from the folder or archive that NOTTHESAME_PYODIDE names, which may be the publisher's full one
with numpy and the rest; (2) from npm's package in NOTTHESAME_NODE_TOOLS; (3) from npm, once, into the cache.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from .cache import cache_folder, keep, may_fetch
from .pins import is_damaged, pinned, sha256

GIVEN = "NOTTHESAME_PYODIDE"
NODE_TOOLS = "NOTTHESAME_NODE_TOOLS"
LOCK = "pyodide-lock.json"
SCRIPT = "pyodide.mjs"
_VERSION = re.compile(rb'"(\d+\.\d+\.\d+)"')  # as the script has it, which each release has had so far
FETCH_SECONDS = 600


@dataclass(frozen=True)
class Core:
    """Pyodide's own files, each checked. ``folder`` has them, and the publisher's packages if any."""

    folder: Path
    files: Mapping[str, bytes] = field(repr=False)

    @cached_property
    def lock(self) -> Mapping[str, Any]:
        """The publisher's list of packages."""
        found: Mapping[str, Any] = json.loads(self.files[LOCK])
        return found

    def package(self, name: str) -> tuple[Mapping[str, Any], bytes] | None:
        """The entry and the file of a package of the publisher's, or None where only the core was given.

        Raises ValueError for a file that is not the publisher's.
        """
        entry = self.lock["packages"].get(name)
        path = self.folder / entry["file_name"] if entry else self.folder
        if not entry or not path.is_file():
            return None
        content = path.read_bytes()
        if is_damaged(content, entry["sha256"]):
            raise ValueError(f"{path}: not the file that Pyodide {pinned().pyodide} lists; get it again.")
        return entry, content


def core(given: Path | None = None) -> Core:
    """Pyodide's files from the folder or archive given, else from the first place that has them.

    Raises ValueError for files of another version, and OSError where npm cannot bring them.

    >>> core(Path("nowhere"))
    Traceback (most recent call last):
    ValueError: There is nothing at nowhere; a folder or an archive of Pyodide is wanted.
    """
    named = os.environ.get(GIVEN)
    if given or named:
        return _read(_unpacked(given or Path(named or "").expanduser()))
    if (tools := os.environ.get(NODE_TOOLS)) and (folder := Path(tools, "node_modules", "pyodide")).is_dir():
        return _read(folder)
    return _read(_fetched())


def _read(folder: Path) -> Core:
    script = folder / SCRIPT
    named = _VERSION.search(script.read_bytes()) if script.is_file() else None
    if named and (version := named[1].decode()) != pinned().pyodide:
        raise ValueError(f"{folder} holds Pyodide {version}; {pinned().pyodide} is wanted there.")
    files = {}
    for name, wanted in pinned().core.items():
        path = folder / name
        if not path.is_file():
            raise ValueError(f"{folder} has no {name}; Pyodide {pinned().pyodide} is wanted there.")
        files[name] = path.read_bytes()
        if is_damaged(files[name], wanted):
            raise ValueError(f"{path}: not the file of Pyodide {pinned().pyodide}; get it again.")
    return Core(folder, files)


def _unpacked(given: Path) -> Path:
    """The folder that is given, or one in the cache with what an archive holds."""
    if given.is_dir():
        return next((part for part in (given, given / "pyodide") if (part / LOCK).is_file()), given)
    if not given.is_file():
        raise ValueError(f"There is nothing at {given}; a folder or an archive of Pyodide is wanted.")
    return _once(f"pyodide-{sha256(given.read_bytes())[:16]}", given)


def _fetched() -> Path:
    """The folder in the cache with npm's package, fetched where it is not there yet."""
    return _once(f"pyodide-{pinned().pyodide}", None)


def _once(name: str, archive: Path | None) -> Path:
    folder = cache_folder() / name
    if not folder.is_dir():
        with tempfile.TemporaryDirectory() as there:
            keep(folder, dict(_members(archive or _packed(Path(there)))))
    return folder


def _members(archive: Path) -> Iterator[tuple[str, bytes]]:
    """The files of an archive by their name alone: a publisher's lie in one folder."""
    try:
        with tarfile.open(archive) as tar:
            for member in tar:
                if member.isfile() and (content := tar.extractfile(member)):
                    yield member.name.rpartition("/")[2], content.read()
    except (tarfile.TarError, EOFError) as error:
        raise ValueError(f"{archive} cannot be read as an archive of Pyodide: {error}") from None


def _packed(folder: Path) -> Path:
    """Npm's package of Pyodide, as it comes."""
    wanted = f"pyodide@{pinned().pyodide}"
    may_fetch(wanted)
    if not (npm := shutil.which("npm")):
        raise FileNotFoundError(
            f"Pyodide is not here, and there is no npm to fetch it: install Node.js, or let {GIVEN} name a "
            f"folder with Pyodide {pinned().pyodide}."
        )
    command = [npm, "pack", "--silent", "--pack-destination", str(folder), wanted]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=FETCH_SECONDS)
        said = done.stderr
    except subprocess.TimeoutExpired:
        said = "no answer"
    found = next(folder.glob("*.tgz"), None)
    if not found:
        last = " ".join(said.split())[-200:] or "it said nothing"
        raise ConnectionError(f"npm could not fetch {wanted} (is there a network?): {last}")
    return found
