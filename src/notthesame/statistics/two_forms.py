"""Two forms of a test: by how much they differ where nothing has changed but luck.

The chances are those of scipy's binomial distribution.
"""

from __future__ import annotations

from .._reading import shown

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
    import numpy as np
    from scipy.stats import binom

    form = binom.pmf(range(n + 1), n, rate)
    chances = np.correlate(form, form, "full")  # of each difference, -n to n
    within = (chances[n - d : n + d + 1].sum() for d in range(n))
    return next((d for d, chance in enumerate(within) if chance >= level), n)
