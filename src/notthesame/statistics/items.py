"""Items of a test: how hard, how telling, how reliable together, and what was gained between two forms.

Everything is reckoned from sums that add up: those of two parts of a class, added field by field, are those
of the whole. Sources: Wilson (1927); the item-rest correlation of classical test theory; Kuder and Richardson
(1937), formula 20, which is Cronbach's alpha (1951) of right and wrong; Feldt (1965) for its interval; Hake
(1998) for the normalised gain; Fieller (1954) for the interval of a ratio of means.
"""

from __future__ import annotations

from dataclasses import dataclass


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
