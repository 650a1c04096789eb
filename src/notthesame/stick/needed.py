"""Which packages a computer needs that is not this one: requirements followed by its own markers.

pip cannot be asked: whatever platform it downloads for, it reads "only on Windows" as a question about the
machine it runs on.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

Ask = Callable[[Collection[str]], Mapping[str, Iterable[str]]]


@dataclass(frozen=True)
class Kind:
    """A kind of computer. tags: its platforms as wheels name them, what runs everywhere first."""

    system: str
    called: str
    tags: tuple[str, ...]
    machine: str
    marks: tuple[str, str, str]  # sys_platform, platform_system, os_name


_MANYLINUX = ("manylinux2014", *(f"manylinux_2_{minor}" for minor in range(17, 29)))
KINDS = (
    Kind("windows", "Windows", ("win_amd64",), "AMD64", ("win32", "Windows", "nt")),
    Kind("macos", "macOS (Apple)", ("macosx_12_0_arm64",), "arm64", ("darwin", "Darwin", "posix")),
    Kind("macos", "macOS (Intel)", ("macosx_12_0_x86_64",), "x86_64", ("darwin", "Darwin", "posix")),
    Kind(
        "linux",
        "Linux",
        tuple(f"{tag}_x86_64" for tag in _MANYLINUX),
        "x86_64",
        ("linux", "Linux", "posix"),
    ),
)
SYSTEMS = tuple(dict.fromkeys(kind.system for kind in KINDS))


@dataclass(frozen=True)
class Target:
    """A kind of computer with a Python, such as "3.12", for which wheels are wanted."""

    kind: Kind
    python: str

    @property
    def called(self) -> str:
        """How messages and the page name it.

        >>> Target(KINDS[0], "3.12").called
        'Python 3.12 on Windows'
        """
        return f"Python {self.python} on {self.kind.called}"

    def marks(self) -> Mapping[str, str]:
        """What the markers of a requirement are read against."""
        sys_platform, platform_system, os_name = self.kind.marks
        return {
            "sys_platform": sys_platform,
            "platform_system": platform_system,
            "os_name": os_name,
            "platform_machine": self.kind.machine,
            "python_version": self.python,
            "python_full_version": f"{self.python}.0",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
        }


def targets(pythons: Iterable[str], systems: Collection[str]) -> list[Target]:
    """Every kind of computer of these systems with each of these Pythons; ValueError names what is none.

    >>> [target.called for target in targets(["3.12"], ["windows", "linux"])]
    ['Python 3.12 on Windows', 'Python 3.12 on Linux']
    """
    for system in systems:
        if system not in SYSTEMS:
            raise ValueError(f"No system {system!r}. Allowed: {', '.join(SYSTEMS)}.")
    found = []
    for python in pythons:
        if not re.fullmatch(r"3\.\d{1,2}", python) or int(python[2:]) < 11:
            raise ValueError(f"No Python {python!r} for the course. Allowed: 3.11 or newer, such as 3.12.")
        found += [Target(kind, python) for kind in KINDS if kind.system in systems]
    return found


def this_python() -> str:
    """The Python that runs this, as targets take it.

    >>> this_python().split(".")[0]
    '3'
    """
    return ".".join(map(str, sys.version_info[:2]))


def needed(lines: Iterable[str], target: Target, ask: Ask, loose: Collection[str] = ()) -> list[str]:
    """These requirements and all that they need on a computer, each as "name==version" or as a range.

    Versions are those that run here; what does not run here, as it is for another system, keeps its range,
    as do those that are ``loose``. ask: gives the requirements of such packages, by name.

    >>> needed(["tzdata>=2020"], Target(KINDS[0], "3.12"), lambda lines: {})[0][:6]
    'tzdata'
    """
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    marks = target.marks()
    todo = _wanted(lines, {""}, marks)
    while todo:
        unknown: dict[NormalizedName, Requirement] = {}
        while todo:
            one = todo.pop()
            name = canonicalize_name(one.name)
            new = {(name, extra) for extra in ("", *one.extras)} - seen
            seen |= new
            if not new:
                continue
            if version := "" if name in loose else _version(one):
                found[name] = f"{name}=={version}"
                todo += _wanted(metadata.requires(name) or (), {extra for _, extra in new}, marks)
            else:
                found.setdefault(name, f"{name}{one.specifier}")
                unknown[name] = one
        if unknown:
            for called, requires in ask([found[name] for name in unknown]).items():
                todo += _wanted(requires, {"", *unknown[canonicalize_name(called)].extras}, marks)
    return sorted(found.values())


def _version(one: Requirement) -> str:
    """The version that runs here, if it is one that is asked for; else an empty text."""
    try:
        version = metadata.version(one.name)
    except metadata.PackageNotFoundError:
        return ""
    return version if one.specifier.contains(version, prereleases=True) else ""


def _wanted(lines: Iterable[str], extras: Collection[str], marks: Mapping[str, str]) -> list[Requirement]:
    every = map(Requirement, lines)
    return [
        one
        for one in every
        if not one.marker or any(one.marker.evaluate({**marks, "extra": extra}) for extra in extras)
    ]
