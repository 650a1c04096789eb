"""The pseudonym of a learner in hand-ins: random, made once, kept beside the answers, deleted with them."""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path

from .._writing import write_new
from .hand_in_file import Refused, check_pseudonym

FILE = "hand-in-pseudonym.txt"


def pseudonym_in(folder: Path) -> str:
    """The pseudonym kept in a folder, made and written where there is none yet.

    Raises OSError where it cannot be kept, and ValueError where the file holds something else.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pseudonym_in(Path(folder)) == pseudonym_in(Path(folder))
    True
    """
    path = folder / FILE
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):  # another kernel was faster: its pseudonym holds
            write_new(path, f"{secrets.token_hex(8)}\n".encode())
    with path.open("rb") as file:
        found = file.read(100).decode("ascii", "replace").strip()
    try:
        check_pseudonym(found)
    except Refused:
        raise ValueError(
            f"{FILE}, beside your answers, holds no pseudonym; delete it for a new one"
        ) from None
    return found
