"""How far a long run is: one line that is written anew on a terminal, a few lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

OFTEN, SELDOM = 0.1, 15.0  # seconds between two lines, on a terminal and elsewhere


@contextmanager
def told(stream: TextIO) -> Iterator[Callable[[str], None]]:
    """What tells how far it is on a stream, and clears away its last line at the end.

    >>> import io
    >>> with told(io.StringIO()) as say:
    ...     say("1 of 2 read")
    """
    here = stream.isatty()
    last, width = time.monotonic(), 0

    def say(line: str) -> None:
        nonlocal last, width
        now = time.monotonic()
        if now - last < (OFTEN if here else SELDOM):
            return
        stream.write(f"\r{line.ljust(width)}" if here else f"{line}\n")
        stream.flush()
        last, width = now, max(width, len(line))

    try:
        yield say
    finally:
        if here and width:
            stream.write(f"\r{' ' * width}\r")
            stream.flush()
