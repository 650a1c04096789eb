"""The packages of a stick: fetched by pip for each kind of computer, each held against its hash."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from packaging.utils import canonicalize_name

from ..browser.pins import is_damaged
from .needed import Target, needed

SECONDS = 1800


@dataclass(frozen=True)
class Wheel:
    """A wheel as pip reports it. file: its name. requires: the lines of what it needs."""

    name: str
    file: str
    sha256: str
    requires: tuple[str, ...]


class Lacking(ConnectionError):
    """pip found no wheel of a package in the version asked for."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.name = name


def resolved(lines: Iterable[str], target: Target) -> list[Wheel]:
    """The wheels that these requirements need on a computer, as pip's index has them; nothing is fetched.

    Versions are those that run here or, where one has no wheel for that computer, the newest that has.
    Raises OSError where there is none, which it names.

    >>> from unittest.mock import patch
    >>> from .needed import targets
    >>> [linux] = targets(["3.12"], ["linux"])
    >>> with patch("notthesame.stick.wheels._reported", return_value=[]):
    ...     resolved(["numpy"], linux)
    []
    """

    def ask(ranges: Collection[str]) -> Mapping[str, Iterable[str]]:
        return {wheel.name: wheel.requires for wheel in _reported(ranges, target)}

    loose: set[str] = set()
    while True:
        try:
            return _reported(needed(lines, target, ask, loose), target)
        except Lacking as lacking:
            if lacking.name in loose:
                raise
            loose.add(lacking.name)


def fetch(folder: Path, wheels: Collection[Wheel], target: Target) -> None:
    """Bring these wheels into a folder; raises ValueError for one that is not the one reported.

    >>> from unittest.mock import patch
    >>> from .needed import targets
    >>> [linux] = targets(["3.12"], ["linux"])
    >>> with tempfile.TemporaryDirectory() as there, patch("notthesame.stick.wheels._pip"):
    ...     fetch(Path(there), [Wheel("a", "a-1-py3-none-any.whl", "0", ())], linux)
    Traceback (most recent call last):
    ValueError: a-1-py3-none-any.whl: pip brought another file than the one it reported. Try again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    exact = [f"{wheel.name}=={wheel.file.split('-')[1]}" for wheel in wheels]
    _pip(target, ["download", "--dest", str(folder), *exact])
    for wheel in wheels:
        path = folder / wheel.file
        if not path.is_file() or is_damaged(path.read_bytes(), wheel.sha256):
            raise ValueError(f"{wheel.file}: pip brought another file than the one it reported. Try again.")


def _reported(lines: Collection[str], target: Target) -> list[Wheel]:
    with tempfile.TemporaryDirectory() as there:
        report = Path(there, "report.json")
        words = ["install", "--dry-run", "--ignore-installed", "--target", str(Path(there, "none"))]
        _pip(target, [*words, "--report", str(report), *lines])
        items = json.loads(report.read_text("utf-8"))["install"]
    found = [
        Wheel(
            item["metadata"]["name"],
            unquote(urlsplit(item["download_info"]["url"]).path.rpartition("/")[2]),
            item["download_info"].get("archive_info", {}).get("hashes", {}).get("sha256", ""),
            tuple(item["metadata"].get("requires_dist", ())),
        )
        for item in items
    ]
    return sorted(found, key=lambda wheel: wheel.file.lower())


def _pip(target: Target, words: Collection[str]) -> None:
    """Let pip do something as if it ran on another computer."""
    minor = target.python.replace(".", "")
    verb, *rest = words
    kind = [f"--platform={tag}" for tag in target.kind.tags]
    kind += [f"--python-version={target.python}", "--implementation=cp"]
    kind += [f"--abi={abi}" for abi in (f"cp{minor}", "abi3", "none")]
    command = [sys.executable, "-m", "pip", verb, "--quiet", "--no-deps", "--only-binary=:all:", *kind, *rest]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise ConnectionError(f"pip gave no answer in {SECONDS} s ({target.called}).") from None
    if done.returncode:
        wrong = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        last = " ".join((wrong or ["it said nothing"])[-1].split())[-300:]
        named = re.search(r"No matching distribution found for ([\w.-]+)", last)
        told = f"{target.called}: pip found no wheel (is there a network?): {last}"
        raise Lacking(told, canonicalize_name(named[1])) if named else ConnectionError(told)
