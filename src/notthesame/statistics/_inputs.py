"""What a function of statistics was given, read as the whole course reads numbers, and its range."""

from __future__ import annotations

import math
from typing import Any

from .. import _reading


def number(name: str, value: Any, low: float, high: float = math.inf, note: str = "") -> float:
    """A number from ``low`` to ``high``; raises ValueError with its name, what was found, what is allowed.

    >>> number("share", "0,3", 0, 1)
    0.3
    >>> number("share", 30, 0, 1)
    Traceback (most recent call last):
    ValueError: share is 30; allowed are 0 to 1
    """
    return _within(name, value, _read(name, value, _reading.number), low, high, note)


def whole(name: str, value: Any, low: int, high: float = math.inf, note: str = "") -> int:
    """A whole number from ``low`` to ``high``; raises ValueError as ``number`` does.

    >>> whole("n", 100.0, 1)
    100
    """
    return int(_within(name, value, _read(name, value, _reading.whole_number), low, high, note))


def level(value: Any) -> float:
    """The level of an interval, a share between 0 and 1; raises ValueError as ``number`` does.

    >>> level(0.95)
    0.95
    >>> level(95)
    Traceback (most recent call last):
    ValueError: level is 95; a share between 0 and 1 is wanted, such as 0.95
    """
    share = _read("level", value, _reading.number)
    if 0 < share < 1:
        return share
    raise ValueError(f"level is {_reading.shown(value)}; a share between 0 and 1 is wanted, such as 0.95")


def one_of(name: str, value: Any, allowed: tuple[str, ...]) -> str:
    """One of some words; raises ValueError as ``number`` does.

    >>> one_of("method", "tree", ("salganik", "tree"))
    'tree'
    """
    if not isinstance(value, str) or value not in allowed:
        raise ValueError(f"{name} is {_reading.shown(value)}; allowed: {', '.join(allowed)}")
    return value


def _read(name: str, value: Any, read: Any) -> float:
    try:
        return float(read(value))
    except ValueError:
        kind = "a whole number" if read is _reading.whole_number else "a number"
        raise ValueError(f"{name} is {_reading.shown(value)}; {kind} is wanted") from None


def _within(name: str, value: Any, read: float, low: float, high: float, note: str) -> float:
    if low <= read <= high:
        return read
    ends = f"{low:,.10g} to {high:,.10g}" if math.isfinite(high) else f"{low:,.10g} and more"
    raise ValueError(f"{name} is {_reading.shown(value)}; allowed are {ends}{note}")
