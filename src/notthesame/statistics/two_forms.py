"""Two forms of a test: by how much they differ where nothing has changed but luck.

The chances are the binomial ones of ``calibration``.
"""

from __future__ import annotations

import math
from itertools import accumulate

from .._reading import shown
from .calibration import chances

LEVEL = 0.95


def usual_difference(n: int, rate: float, level: float = LEVEL) -> int:
    """The least d so that two forms of ``n`` questions differ by at most d in ``level`` of all cases or more.

    rate: the chance, 0 to 1, that a question is answered right, the same for all questions of both forms and
    each by itself. Where some are known and some guessed, forms differ less. Raises ValueError naming what
    was found and what is allowed.

    >>> usual_difference(15, 0.5), usual_difference(15, 0.9)
    (5, 3)
    """
    if isinstance(n, bool) or not isinstance(n, int) or n < 1:
        raise ValueError(f"n is {shown(n)}; a whole number from 1 is wanted")
    for name, share in (("the rate", rate), ("level", level)):
        if not 0 <= share <= 1:
            raise ValueError(f"{name} is {shown(share)}; a share from 0 to 1 is wanted")
    form = chances(n, rate)
    apart = (math.fsum(map(math.prod, zip(form, form[d:], strict=False))) for d in range(n))
    within = accumulate(chance * (2 if d else 1) for d, chance in enumerate(apart))  # either may be ahead
    return next((d for d, chance in enumerate(within) if chance >= level), n)
