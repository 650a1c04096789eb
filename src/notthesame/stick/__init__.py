"""The course on a stick: one folder for computers without a network, of three systems.

``write_stick(folder, targets, tell)`` writes the pages, the browser lab, the course with the packages that it
needs, a page to read first, and a list of checksums.
"""

from __future__ import annotations

import runpy
import shutil
import tomllib
from collections.abc import Callable, Collection
from pathlib import Path

from ..browser.pins import sha256
from ..course import course
from .copied import course_files
from .needed import SYSTEMS as SYSTEMS
from .needed import Target
from .needed import targets as targets
from .needed import this_python as this_python
from .page import PAGE, Part, read_me
from .wheels import fetch, resolved

SUMS = "CHECKSUMS.txt"  # start.py takes packages from beside the course where this is
# What hatchling asks for beside itself when it installs a folder in place.
IN_PLACE = "editables~=0.3"
PARTS = ("site", "lab", "wheels")  # what a stick may go without


def write_stick(
    folder: Path,
    targets: Collection[Target],
    tell: Callable[[str], None],
    without: Collection[str] = (),
) -> None:
    """Write a stick into a new folder, whole or not at all.

    without: parts to leave out, of PARTS. Raises FileExistsError where something is there already, ValueError
    and OSError for what cannot be made, and each says what.

    >>> write_stick(Path("lessons"), [], print, ["pages"])
    Traceback (most recent call last):
    ValueError: No part 'pages' of a stick. Allowed: site, lab, wheels.
    """
    for name in without:
        if name not in PARTS:
            raise ValueError(f"No part {name!r} of a stick. Allowed: {', '.join(PARTS)}.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} is there already and not empty. Name a new folder.")
    files = course_files(course())
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        _fill(part, targets, files.items(), tell, [name for name in PARTS if name not in without])
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    tell(f"written: {folder / PAGE} (begin there)")


def requirements() -> list[str]:
    """What ``start.py`` asks pip for when it installs the course, line by line.

    >>> any(line.startswith("jupyterlab") for line in requirements())
    True
    """
    home = course().home
    project = tomllib.loads((home / "pyproject.toml").read_text("utf-8"))
    pip: str = runpy.run_path(str(home / "start.py"))["PIP"]
    return [*project["project"]["dependencies"], *project["build-system"]["requires"], IN_PLACE, pip]


def _fill(
    part: Path,
    targets: Collection[Target],
    files: Collection[tuple[str, bytes]],
    tell: Callable[[str], None],
    wanted: Collection[str],
) -> None:
    """Write everything below a folder, what takes longest last."""
    part.mkdir(parents=True)
    parts: list[Part] = []
    if "lab" in wanted:
        _lab(part / "lab")
        shutil.copyfile(Path(__file__).with_name("serve.py"), part / "serve.py")
        tell("lab: written")
    if "site" in wanted:
        _site(part / "site", tell)
        tell("site: written")
    for name, content in files:
        path = part / "course" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    tell(f"course: {len(files)} files")
    if "wheels" in wanted:
        parts = _wheels(part / "wheels", targets, tell)
    sizes = {name: _size(part / name) for name in ("course", *wanted)}
    (part / PAGE).write_bytes(read_me(sizes, parts))
    (part / SUMS).write_text(_sums(part), encoding="utf-8", newline="\n")


def _wheels(folder: Path, targets: Collection[Target], tell: Callable[[str], None]) -> list[Part]:
    """Fetch what every target needs; gives how much each needs."""
    lines, parts = requirements(), []
    for target in targets:
        wheels = resolved(lines, target)
        fetch(folder, wheels, target)
        size = sum((folder / wheel.file).stat().st_size for wheel in wheels)
        parts.append(Part(target, len(wheels), size))
        tell(f"wheels: {len(wheels)} for {target.called}, {size / 1e6:.0f} MB")
    return parts


def _lab(folder: Path) -> None:
    from ..browser import lite

    lite.write_lite(folder)


def _site(folder: Path, tell: Callable[[str], None]) -> None:
    from ..site import live, pages

    lacks = live.missing(fetch=True)
    pages.write_site(course(), folder)
    if lacks:
        tell(f"site: its labs are to read only: {lacks}")


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _sums(folder: Path) -> str:
    """The SHA-256 of each file, as ``sha256sum -c`` reads it."""
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return "".join(f"{sha256(paths[name].read_bytes())}  {name}\n" for name in sorted(paths))
