"""Items of a test: how hard, how telling, how reliable together, and what was gained between two forms.

Everything is reckoned from sums that add up: those of two parts of a class, added field by field, are those
of the whole. Sources: Wilson (1927); the item-rest correlation of classical test theory; Kuder and Richardson
(1937), formula 20, which is Cronbach's alpha (1951) of right and wrong; Feldt (1965) for its interval; Hake
(1998) for the normalised gain; Fieller (1954) for the interval of a ratio of means.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from . import _inputs

ROUNDING = 1e-12  # what lies so near to its limit is there


@dataclass(frozen=True)
class Estimate:
    """A figure with its interval; ``low`` and ``high`` are None where it has none. n: learners behind it."""

    value: float
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True)
class Scale:
    """Sums over learners who answered each of ``items``, scored 0 or 1.

    items: ids, k of them. complete: learners. both: k x k counts of learners right in both items; its
    diagonal holds those right in each.
    """

    items: tuple[str, ...]
    complete: int
    both: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Two:
    """Sums over learners who answered all of both forms of n items: of the items right before (x) and after
    (y), of their squares and of their product. All whole numbers.
    """

    items: int
    learners: int = 0
    x: int = 0
    y: int = 0
    xx: int = 0
    yy: int = 0
    xy: int = 0


@dataclass(frozen=True)
class Shares:
    """Sums over learners of what each answered (m) and had right (r), for a share of answers that keeps a
    learner's answers together. All whole numbers.
    """

    learners: int = 0
    m: int = 0
    r: int = 0
    mm: int = 0
    rr: int = 0
    mr: int = 0


# --- an item -----------------------------------------------------------------------------------------------


def share(right: int, answered: int, level: float = 0.95) -> Estimate:
    """How many of those who answered were right, 0 to 1, with Wilson's interval (statsmodels').

    Raises ValueError where nobody answered, and for counts or levels that cannot be.

    >>> found = share(3, 12)
    >>> found.value, round(found.low, 3), round(found.high, 3)
    (0.25, 0.089, 0.532)
    """
    of = _inputs.whole("answered", answered, 1)
    hits = _inputs.whole("right", right, 0, of)
    alpha = 1 - _inputs.level(level)
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(hits, of, alpha=alpha, method="wilson")
    return _of_one(hits / of, float(low), float(high), of)


def discrimination(scale: Scale, item: str, level: float = 0.95) -> Estimate | None:
    """The correlation of an item with how many of the others are right, -1 to 1; None where one of them does
    not vary. Its interval is Fisher's z, for four learners or more; it has none at -1 and 1.

    Raises ValueError for an item that is not of this scale.

    >>> scale = Scale(("a", "b", "c"), 6, ((4, 3, 2), (3, 3, 2), (2, 2, 2)))
    >>> found = discrimination(scale, "b")
    >>> round(found.value, 3), round(found.low, 3), round(found.high, 3)
    (0.816, 0.015, 0.979)
    """
    reach = _normal(_inputs.level(level))
    at = scale.items.index(_inputs.one_of("item", item, scale.items))
    both, n = scale.both, scale.complete
    hits, rest = both[at][at], sum(row[place] for place, row in enumerate(both)) - both[at][at]
    with_rest = sum(both[at]) - hits
    rest_squared = sum(map(sum, both)) - 2 * with_rest - hits
    spread = (n * hits - hits * hits) * (n * rest_squared - rest * rest)
    if n < 2 or spread <= 0:
        return None
    r = (n * with_rest - hits * rest) / math.sqrt(spread)
    if n < 4 or not abs(r) < 1 - ROUNDING:
        return Estimate(max(-1.0, min(r, 1.0)), None, None, n)
    z, width = math.atanh(r), reach / math.sqrt(n - 3)
    return Estimate(r, math.tanh(z - width), math.tanh(z + width), n)


# --- a scale -----------------------------------------------------------------------------------------------


def alpha(scale: Scale, level: float = 0.95) -> Estimate | None:
    """Kuder and Richardson's formula 20, which is Cronbach's alpha; at most 1, and below 0 where items run
    against each other. None for fewer than two items or two learners, and where the sums do not vary.

    The interval is Feldt's: exact for normal scores, near enough for sums of right and wrong.

    >>> found = alpha(Scale(("a", "b", "c"), 6, ((4, 3, 2), (3, 3, 2), (2, 2, 2))))
    >>> round(found.value, 3), round(found.low, 3), round(found.high, 3)
    (0.842, 0.331, 0.976)
    """
    tail = (1 - _inputs.level(level)) / 2
    n, k, both = scale.complete, len(scale.items), scale.both
    total = sum(row[place] for place, row in enumerate(both))
    spread = n * sum(map(sum, both)) - total * total
    if k < 2 or n < 2 or spread <= 0:
        return None
    own = sum(n * row[place] - row[place] ** 2 for place, row in enumerate(both))
    value = k / (k - 1) * (1 - own / spread)
    from scipy.special import fdtri

    low, high = (1 - (1 - value) * float(fdtri(n - 1, (n - 1) * (k - 1), at)) for at in (1 - tail, tail))
    return Estimate(value, low, high, n)


# --- shares of many answers --------------------------------------------------------------------------------


def clustered(shares: Shares, level: float = 0.95) -> Estimate:
    """The share of answers that were right, 0 to 1, with an interval that takes each learner's as a cluster.

    A ratio of sums; its variance is linearised, times N/(N - 1), and the quantile is t's with N - 1 degrees
    of freedom, N the learners. No interval for one learner, nor where all have the same share, which says
    nothing of their spread. Raises ValueError where nobody answered.

    >>> found = clustered(Shares(learners=4, m=14, r=9, mm=50, rr=25, mr=33))
    >>> round(found.value, 3), round(found.low, 3), round(found.high, 3)
    (0.643, 0.171, 1.0)
    """
    tail = (1 - _inputs.level(level)) / 2
    n, m, r = _inputs.whole("learners", shares.learners, 1), shares.m, shares.r
    if m < 1:
        raise ValueError(f"m is {m}; one answer or more is wanted")
    spread = shares.rr * m * m - 2 * r * m * shares.mr + r * r * shares.mm  # of r - share * m, times m²
    if n < 2 or spread <= 0:
        return Estimate(r / m, None, None, n)
    width = _students(1 - tail, n - 1) * math.sqrt(spread * n / (n - 1)) / (m * m)
    return _of_one(r / m, r / m - width, r / m + width, n)


# --- two forms ---------------------------------------------------------------------------------------------


def mean_difference(two: Two, level: float = 0.95) -> Estimate:
    """How many items more were right after than before, on average, with the paired t interval.

    From -items to items. No interval for one learner, nor where all gained the same. Raises ValueError where
    nobody answered both.

    >>> found = mean_difference(Two(items=15, learners=4, x=20, y=34, xx=110, yy=294, xy=175))
    >>> round(found.value, 3), round(found.low, 3), round(found.high, 3)
    (3.5, 1.446, 5.554)
    """
    tail = (1 - _inputs.level(level)) / 2
    n = _inputs.whole("learners", two.learners, 1)
    away = two.y - two.x
    squares = n * (two.xx - 2 * two.xy + two.yy) - away * away
    if n < 2 or squares <= 0:
        return Estimate(away / n, None, None, n)
    width = _students(1 - tail, n - 1) * math.sqrt(squares / (n - 1)) / n
    return Estimate(away / n, away / n - width, away / n + width, n)


def normalised_gain(two: Two, level: float = 0.95) -> Estimate | None:
    """Of what the class had wrong before, the share that it gained: (y - x)/(items - x), of class means.

    1 where nothing is wrong after; below 0 where more is. None where nobody answered both, or nothing was
    wrong before. The interval is Fieller's: 1 less the gain is a ratio of two paired means, of what is wrong
    after and before, with t's quantile. It has none for one learner, nor where all gained the same share,
    nor where what was wrong before is too near to nothing for the ratio to have bounds.

    >>> found = normalised_gain(Two(items=15, learners=4, x=20, y=34, xx=110, yy=294, xy=175))
    >>> round(found.value, 3), round(found.low, 3), round(found.high, 3)
    (0.35, 0.177, 0.495)
    """
    tail = (1 - _inputs.level(level)) / 2
    n, of = two.learners, two.items
    before, after = n * of - two.x, n * of - two.y  # wrong, in sum
    if n < 1 or before <= 0:
        return None
    if n < 2:
        return Estimate(1 - after / before, None, None, n)
    # Times n squared: squared t, the variances of the two means and their covariance.
    factor = _students(1 - tail, n - 1) ** 2 / (n - 1)
    var_before = factor * (n * two.xx - two.x**2)
    var_after = factor * (n * two.yy - two.y**2)
    covariance = factor * (n * two.xy - two.x * two.y)
    lead, middle, last = before**2 - var_before, before * after - covariance, after**2 - var_after
    inner = middle * middle - lead * last
    if lead <= 0 or inner <= ROUNDING * middle * middle:
        return Estimate(1 - after / before, None, None, n)
    width = math.sqrt(inner)
    return Estimate(1 - after / before, 1 - (middle + width) / lead, 1 - (middle - width) / lead, n)


# --- shared ------------------------------------------------------------------------------------------------


def _of_one(value: float, low: float, high: float, n: int) -> Estimate:
    """A share, whose interval ends at 0 and at 1."""
    return Estimate(value, max(low, 0.0), min(high, 1.0), n)


def _normal(level: float) -> float:
    """How many standard errors a normal interval of this level reaches to either side."""
    from scipy.special import ndtri

    return float(ndtri((1 + level) / 2))


def _students(at: float, df: int) -> float:
    from scipy.special import stdtrit  # what scipy.stats calls, and far less to load

    return float(stdtrit(df, at))
