"""Intervals of one model: the standard error of the log of the unseen count, and the profile of the total."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from . import loglinear
from .lists import Lists

if TYPE_CHECKING:
    from .lists import Bools, Floats


def error_of_log_unseen(lists: Lists, beta: Floats, finite: Bools) -> float:
    """The standard error of the log of the unseen count.

    The information matrix gives that of its mean; the count itself varies around the mean as a Poisson number
    does. Without the second part an interval of 95 per cent held 91 times of 100 where a quarter were unseen.

    >>> from notthesame.statistics.multiple_systems.lists import Lists
    >>> lists = Lists(("A", "B"), np.array([240.0, 140.0, 60.0]))
    >>> beta = np.log([560.0, 240 / 560, 140 / 560, 1.0])
    >>> round(error_of_log_unseen(lists, np.append(beta[:3], 0), np.array([False])), 3)
    0.173
    """
    on = np.concatenate([np.ones(1 + len(lists.names), dtype=bool), finite])
    gone = np.isneginf(beta[1 + len(lists.names) :]) @ lists.both
    left = lists.design[~gone][:, on]
    fitted = np.exp(left @ beta[on])
    information = left.T @ (left * fitted[:, None])
    return math.sqrt(float(np.linalg.inv(information)[0, 0]) + math.exp(-beta[0]))


def profile_ends(lists: Lists, chosen: Bools, unseen: float, reach: float) -> tuple[float, float]:
    """Where the multinomial likelihood of the total, with all else at its best, falls by reach**2 / 2.

    >>> from notthesame.statistics.multiple_systems.lists import Lists
    >>> lists = Lists(("A", "B"), np.array([240.0, 140.0, 60.0]))
    >>> [round(end) for end in profile_ends(lists, np.array([False]), 560.0, 1.96)]
    [836, 1222]
    """
    from scipy.optimize import brentq, minimize_scalar

    profile = _profile_of(lists, chosen)
    start = math.log(unseen)
    best = minimize_scalar(lambda log: -profile(math.exp(log)), bracket=(start, start + 0.1))
    least = -float(best.fun) - reach**2 / 2

    def above(log: float) -> float:
        return profile(math.exp(log)) - least

    down = up = best.x
    while above(down) > 0 and down > best.x - 60:
        down -= 1
    while above(up) > 0 and up < best.x + 60:
        up += 1
    low = math.exp(brentq(above, down, best.x)) if above(down) < 0 else 0.0
    high = math.exp(brentq(above, best.x, up)) if above(up) < 0 else math.inf
    return lists.n + low, lists.n + high


def _profile_of(lists: Lists, chosen: Bools) -> Callable[[float], float]:
    """The profile log likelihood by the unseen count: that pattern is fitted like the others."""
    from scipy.special import gammaln

    infinite = chosen & (lists.overlaps(lists.counts) == 0)
    cells = ~(infinite @ lists.both)
    on = np.concatenate([np.ones(1 + len(lists.names), dtype=bool), chosen & ~infinite])
    design: Floats = np.vstack([np.eye(1, len(on))[:, on], lists.design[cells][:, on]])

    def profile(unseen: float) -> float:
        counts = np.concatenate([[unseen], lists.counts[cells]])
        beta = _fitted(design, counts)
        total = counts.sum()
        eta = design @ beta
        shares = np.exp(eta - eta.max())
        logs = np.log(shares / shares.sum())
        ways = gammaln(total + 1) - gammaln(unseen + 1)
        return float(ways + (counts * logs).sum())

    return profile


def _fitted(design: Floats, counts: Floats) -> Floats:
    """Poisson regression of a few counts by Newton's method."""
    weights = counts + 0.2
    root = np.sqrt(weights)
    beta: Floats = np.linalg.lstsq(design * root[:, None], np.log(weights) * root, rcond=None)[0]
    for _ in range(loglinear.STEPS):
        fitted = np.exp(np.minimum(design @ beta, 50))
        information = design.T @ (design * fitted[:, None])
        step = np.linalg.lstsq(information, design.T @ (counts - fitted), rcond=None)[0]
        moved = float(np.abs(design @ step).max())
        beta = beta + step * min(1, 2 / max(moved, 1e-300))
        if moved < 1e-9:
            break
    return beta
