"""Where a learner's answers lie."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

NAMED = "NOTTHESAME_ANSWERS"  # the folder that the environment may name
DRIVE = Path("/drive")  # in a browser, what the list of files shows: each notebook has a Python of its own


def default_folder() -> Path:
    """NOTTHESAME_ANSWERS if set; else in a browser among the reader's files, and elsewhere in the user data.

    Raises FileNotFoundError where that lies in a home folder, and the system knows of none.

    >>> default_folder().is_absolute()
    True
    """
    if chosen := os.environ.get(NAMED):
        found = Path(os.path.expanduser(chosen))
    elif sys.platform == "emscripten":
        found = (DRIVE if Path.cwd().is_relative_to(DRIVE) else Path()) / "answers"
    else:
        found = _user_data()
    if found.parts[:1] and found.parts[0].startswith("~"):  # nothing took its place
        raise FileNotFoundError(errno.ENOENT, "no home folder")
    return found


def _user_data() -> Path:
    from platformdirs import user_data_path

    try:
        return user_data_path("notthesame", appauthor=False) / "answers"
    except (RuntimeError, KeyError):
        raise FileNotFoundError(errno.ENOENT, "no home folder") from None
