"""The files of the course as they go onto a stick: what git tracks or, without git, what it would track."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from .. import untouched
from ..course import Course

IGNORED = ".gitignore"


def course_files(of: Course) -> Mapping[str, bytes]:
    """Every file of the course by its path, the notebooks as shipped where a copy of them is kept.

    Raises ValueError for a course that is installed without its checkout.

    >>> from notthesame.course import course
    >>> "start.py" in course_files(course())
    True
    """
    root = of.home
    if not (root / "start.py").is_file() or not (root / IGNORED).is_file():
        raise ValueError(
            f"No start.py in {root}. A stick is made from a copy of the course, not from the package."
        )
    shipped = untouched.shipped()
    found = {}
    for name in sorted(_tracked(root)):
        kept = untouched.find(name) if name in shipped else None
        found[name] = kept or (root / name).read_bytes()
    return found


def _tracked(root: Path) -> Iterator[str]:
    """The names of git's files that are there; of those that it would take, where this is no repository."""
    try:
        ask = ["git", "-C", str(root), "ls-files", "-z"]
        done = subprocess.run(ask, capture_output=True, check=True) if (root / ".git").exists() else None
    except (OSError, subprocess.CalledProcessError):
        done = None
    if done is None:
        rules = [line for line in (root / IGNORED).read_text("utf-8").splitlines() if line.strip()]
        yield from _walked(root, root, [rule for rule in rules if not rule.startswith("#")])
        return
    yield from (name for name in done.stdout.decode().split("\0") if name and (root / name).is_file())


def _walked(root: Path, folder: Path, rules: Sequence[str]) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        name = path.relative_to(root).as_posix()
        if path.name == ".git" or is_ignored(name, path.is_dir(), rules):
            continue
        if path.is_dir():
            yield from _walked(root, path, rules)
        elif path.is_file():
            yield name


def is_ignored(name: str, is_folder: bool, rules: Sequence[str]) -> bool:
    """Whether a path is ignored by rules such as our .gitignore has: the last that fits it decides.

    >>> rules = ["*.pyc", "/data/*.json", "!/data/kept.json"]
    >>> [is_ignored(name, False, rules) for name in ("a/b.pyc", "data/x.json", "data/kept.json")]
    [True, True, False]
    """
    ignored = False
    for rule in rules:
        kept, plain = rule.startswith("!"), rule.removeprefix("!")
        if plain.endswith("/") and not is_folder:
            continue
        if _fits(name, plain.rstrip("/")):
            ignored = not kept
    return ignored


def _fits(name: str, rule: str) -> bool:
    """A rule with a slash means the path from the root, part by part; one without any name."""
    path = PurePosixPath(name)
    if "/" not in rule:
        return fnmatchcase(path.name, rule)
    parts = rule.strip("/").split("/")
    return len(parts) == len(path.parts) and all(map(fnmatchcase, path.parts, parts))
