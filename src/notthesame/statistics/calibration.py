"""Calibration: how often intervals hold, and how often answers are right, beside what somebody said of them.

The chances are exact sums of a few terms, which a browser without scipy has as well; the interval of a share
is statsmodels' Wilson interval.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .._reading import shown
from .._words import EXACT

ENOUGH = 5  # answers below which a share says too little to be shown
STEP = 10  # per cent: confidences are counted at the nearest ten
Interval = tuple[float, float]


def held(intervals: Sequence[Interval], figures: Sequence[float]) -> tuple[bool, ...]:
    """Whether each interval, as (lower, upper), holds its figure; an end belongs to its interval.

    Raises ValueError where there are not as many figures as intervals, an end is no number, or an upper end
    lies below its lower one.

    >>> held([(10, 50), (0, 1)], [50, 2])
    (True, False)
    """
    if len(intervals) != len(figures):
        raise ValueError(f"{len(intervals)} intervals and {len(figures)} figures; as many are wanted")
    for low, high in intervals:
        if not low <= high:  # also where one of them is nan
            raise ValueError(f"found {shown((low, high))}; two numbers are wanted, the lower end first")
    return tuple(low <= figure <= high for (low, high), figure in zip(intervals, figures, strict=True))


def coverage(intervals: Sequence[Interval], figures: Sequence[float]) -> float:
    """The share of intervals, 0 to 1, that hold their figure. Raises ValueError as ``held``, and for none.

    >>> coverage([(10, 50), (0, 1)], [50, 2])
    0.5
    """
    found = held(intervals, figures)
    if not found:
        raise ValueError("no interval; at least one is wanted")
    return sum(found) / len(found)


def chances(n: int, rate: float) -> tuple[float, ...]:
    """The binomial chances that 0, 1 ... n of ``n`` hold when each does at ``rate``, 0 to 1, by itself.

    >>> chances(2, 0.5)
    (0.25, 0.5, 0.25)
    """
    return tuple(math.comb(n, hits) * rate**hits * (1 - rate) ** (n - hits) for hits in range(n + 1))


def chance_exactly(hits: int, n: int, rate: float) -> float:
    """The binomial chance that exactly ``hits`` of ``n`` hold when each does at ``rate``, 0 to 1, by itself.

    Raises ValueError naming what was found and what is allowed.

    >>> round(chance_exactly(5, 5, 0.9), 5)
    0.59049
    """
    _check(hits, n, rate)
    return chances(n, rate)[hits]


def chance_at_most(hits: int, n: int, rate: float) -> float:
    """The binomial chance that ``hits`` or fewer of ``n`` hold when each does at ``rate``; as the one above.

    >>> round(chance_at_most(2, 5, 0.9), 5)
    0.00856
    """
    _check(hits, n, rate)
    return math.fsum(chances(n, rate)[: hits + 1])


def usual(n: int, rate: float, share: float = 0.95) -> int:
    """The largest count that ``n`` such intervals reach or pass in at least ``share`` of all games.

    Raises ValueError for an ``n`` that is no whole number from 1, and rates outside 0 to 1.

    >>> usual(5, 0.9), usual(5, 0.5)
    (3, 1)
    """
    _check(0, n, rate)
    _check(0, n, share)
    each = chances(n, rate)
    return max(hits for hits in range(n + 1) if hits == 0 or math.fsum(each[hits:]) >= share)


def _check(hits: int, n: int, rate: float) -> None:
    if isinstance(n, bool) or not isinstance(n, int) or n < 1:
        raise ValueError(f"n is {shown(n)}; a whole number from 1 is wanted")
    if isinstance(hits, bool) or not isinstance(hits, int) or not 0 <= hits <= n:
        raise ValueError(f"hits is {shown(hits)}; a whole number from 0 to {n} is wanted")
    if not 0 <= rate <= 1:
        raise ValueError(f"the rate is {shown(rate)}; a share from 0 to 1 is wanted")


@dataclass(frozen=True)
class Level:
    """Answers given at one confidence, in per cent: how many, and how many of them were right.

    low, high: ends of the Wilson interval of the share right, 0 to 1; None below ``ENOUGH`` answers.
    """

    confidence: int
    answered: int
    right: int
    low: float | None = None
    high: float | None = None

    @property
    def enough(self) -> bool:
        """Whether there are enough answers to show a share."""
        return self.answered >= ENOUGH

    @property
    def share(self) -> float:
        """The share right, 0 to 1."""
        return self.right / self.answered


def by_confidence(answers: Iterable[tuple[float, bool]], level: float = 0.95) -> tuple[Level, ...]:
    """Answers as (confidence in per cent, whether right), counted at each confidence, the lowest first.

    A confidence counts at the nearest ten, a five upwards. level: of the intervals, between 0 and 1. Raises
    ValueError for a confidence outside 0 to 100 or a level that is none.

    >>> by_confidence([(70, True), (72, False), (90, True)])
    (Level(confidence=70, answered=2, right=1, ...), Level(confidence=90, answered=1, right=1, ...))
    >>> found = by_confidence([(80, True)] * 8 + [(80, False)] * 2)[0]
    >>> found.share, round(found.low, 3), round(found.high, 3)
    (0.8, 0.49, 0.943)
    """
    if not 0 < level < 1:
        raise ValueError(f"level is {shown(level)}; a share between 0 and 1 is wanted")
    found: defaultdict[int, list[bool]] = defaultdict(list)
    for confidence, right in answers:
        found[nearest_ten(confidence)].append(right)
    return tuple(_level(stated, marks, level) for stated, marks in sorted(found.items()))


def _level(confidence: int, marks: Sequence[bool], level: float) -> Level:
    right, answered = sum(marks), len(marks)
    if answered < ENOUGH:
        return Level(confidence, answered, right)
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(right, answered, alpha=1 - level, method="wilson")
    return Level(confidence, answered, right, float(low), float(high))


def nearest_ten(confidence: float) -> int:
    """The ten at which a confidence in per cent counts, a five upwards; ValueError for one outside 0 to 100.

    >>> nearest_ten(72), nearest_ten(75), nearest_ten(100)
    (70, 80, 100)
    """
    if math.isnan(confidence) or not 0 <= confidence <= 100:
        raise ValueError(f"a confidence is {shown(confidence)}; 0 to 100 per cent are allowed")
    tens = EXACT.divide(Decimal(repr(float(confidence))), Decimal(STEP))
    return STEP * int(tens.quantize(Decimal(1), ROUND_HALF_UP, EXACT))
