"""Two lists by hand: Chapman's estimate."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..._plain import refusing_plainly
from ..._reading import shown
from .options import reach


@dataclass(frozen=True)
class TwoLists:
    """Chapman's estimate from two lists. low, high: log-normal interval; never below who was seen."""

    estimate: float
    unseen: float
    se: float
    low: float
    high: float


@refusing_plainly
def chapman(n1: int, n2: int, both: int, level: float = 0.95) -> TwoLists:
    """Chapman's estimate of a closed population from two independent lists (Chapman 1951; Seber 1970).

    n1, n2: people on each list, both: on both. The interval takes the log of the unseen count to be normal,
    so it stays above the n1 + n2 - both people who were seen. Raises ValueError for counts that are not
    whole, negative, or larger in common than alone.

    >>> found = chapman(1381, 1469, 521)
    >>> round(found.estimate), round(found.se)
    (3891, 108)
    """
    reached = reach(level)
    sizes = {"n1": n1, "n2": n2, "both": both}
    for name, size in sizes.items():
        if isinstance(size, bool) or not math.isfinite(size) or size != int(size) or size < 0:
            raise ValueError(f"{name} is {shown(size)}; a whole number from 0 is wanted")
    if both > min(n1, n2):
        raise ValueError(f"both is {both}, more than the {min(n1, n2)} on the shorter list")
    estimate = (n1 + 1) * (n2 + 1) / (both + 1) - 1
    seen = n1 + n2 - both
    unseen = estimate - seen
    variance = (n1 + 1) * (n2 + 1) * (n1 - both) * (n2 - both) / ((both + 1) ** 2 * (both + 2))
    factor = math.exp(reached * math.sqrt(math.log1p(variance / unseen**2))) if unseen > 0 else 1.0
    low, high = seen + unseen / factor, seen + unseen * factor
    return TwoLists(estimate, unseen, math.sqrt(variance), low, high)
