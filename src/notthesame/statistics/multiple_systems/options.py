"""Options that the calls share."""

from __future__ import annotations

from typing import Any

from ..._reading import shown

INDIVIDUALS, CELLS = BIC_N = ("individuals", "cells")
CRITERIA = ("aic", "bic")


def reach(level: Any) -> float:
    """How many standard errors a normal interval of this level reaches to either side.

    >>> round(reach(0.95), 2)
    1.96
    """
    from scipy.special import ndtri

    if isinstance(level, bool) or not isinstance(level, int | float) or not 0 < level < 1:
        raise ValueError(f"level is {shown(level)}; a share between 0 and 1 is wanted, such as 0.95")
    return float(ndtri((1 + level) / 2))
