"""The folder of the pages: what was written into it, so that what is no longer made can go."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

LIST = ".pages.json"  # what an earlier call wrote
PACKED, TOP = "not-the-same-pages.zip", "not-the-same"  # one file with every page; the folder it unpacks to


def replace(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files, by their path below the folder, and remove those that an earlier call wrote beside them.

    Nothing else in the folder is touched.
    """
    for name in _written(folder) - {*files}:
        (folder / name).unlink(missing_ok=True)
    for name, content in {**files, LIST: _list(files)}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _list(files: Mapping[str, bytes]) -> bytes:
    return (json.dumps(sorted(files), indent=1) + "\n").encode("utf-8")


def _written(folder: Path) -> set[str]:
    """What the list names, where it is one of ours; a path that leads out of the folder is none."""
    try:
        names = json.loads((folder / LIST).read_text("utf-8"))
    except (OSError, ValueError):
        return set()
    paths = (
        [PurePosixPath(name) for name in names if isinstance(name, str)] if isinstance(names, list) else []
    )
    return {path.as_posix() for path in paths if not path.is_absolute() and ".." not in path.parts}
