"""Counts of few people: what a table may show so that nobody's answer can be worked out from it.

A row divides people into cells: each of them is in one. A cell of 1 to 4 people is not told. Nor is anything
from which it follows: where what is hidden together would give it away, a second cell is hidden as well. Of a
row whose filled cells hold fewer than five people on average, or that has fewer than five, nothing is told.
What else is hidden is told as the range that follows from the rest of the row, so that a range says nothing
new (complementary suppression, after Willenborg and de Waal, Elements of Statistical Disclosure Control,
2001, chapter 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .._reading import shown

LEAST = 5  # people from which on a cell is told
_SPREAD = 3  # values, of 1 to 4, that a hidden cell may have at least


@dataclass(frozen=True, slots=True)
class Cell:
    """A count of people as it may be told: ``low`` to ``high``, the same where it is told as it is.

    few: whether it may be said that it is under five.

    >>> Cell(3, 3).exact, Cell(1, 4, few=True).exact
    (True, False)
    """

    low: int
    high: int
    few: bool = False

    @property
    def exact(self) -> bool:
        """Whether the count itself is told."""
        return self.low == self.high

    def __add__(self, other: Cell) -> Cell:
        return Cell(self.low + other.low, self.high + other.high)


def total(count: int) -> Cell:
    """A count that stands alone, such as that of all who answered.

    >>> total(30), total(3)
    (Cell(low=30, high=30, few=False), Cell(low=1, high=4, few=True))
    """
    _check([count])
    return Cell(1, LEAST - 1, few=True) if 0 < count < LEAST else Cell(count, count)


def row(counts: Sequence[int]) -> tuple[Cell, ...]:
    """The cells of a row into which all people of a known number are divided.

    Raises ValueError for a count that is no whole number from 0.

    >>> [(cell.low, cell.high) for cell in row([18, 7, 3, 2])]
    [(18, 18), (7, 7), (1, 4), (1, 4)]
    >>> [(cell.low, cell.high) for cell in row([20, 7, 3, 0])]
    [(19, 22), (7, 7), (1, 4), (0, 0)]
    """
    _check(counts)
    small = [place for place, count in enumerate(counts) if 0 < count < LEAST]
    if not small:
        return tuple(Cell(count, count) for count in counts)
    everyone = sum(counts)
    if everyone < LEAST:
        return tuple(Cell(0, LEAST - 1) for _ in counts)
    filled = [place for place, count in enumerate(counts) if count]
    if everyone < LEAST * len(filled):
        return tuple(Cell(0, everyone) for _ in counts)
    # The first ones, whatever their size: a choice by size would tell something of it.
    large = [place for place in filled if counts[place] >= LEAST]
    hidden = [*small]
    while not _safe(sum(counts[place] for place in hidden), len(small), len(hidden) - len(small)):
        hidden.append(large[len(hidden) - len(small)])
    return tuple(_told(counts, place, hidden, len(small)) for place in range(len(counts)))


def pair(part: int, whole: int) -> Cell:
    """The cell of some people out of a known number, of whom the rest are told by subtraction.

    >>> pair(27, 30), pair(12, 30)
    (Cell(low=26, high=29, few=False), Cell(low=12, high=12, few=False))
    """
    return row([part, whole - part])[0]


def led(part: int, others: Sequence[int]) -> tuple[Cell, ...]:
    """The cells of a row of which the first matters most, such as who was right: it is hidden only where it
    or all others together are few, and the others are then a row of their own.

    >>> [(cell.low, cell.high) for cell in led(20, [7, 3, 0])]
    [(20, 20), (6, 9), (1, 4), (0, 0)]
    """
    rest = sum(others)
    if 0 < part < LEAST or (0 < rest < LEAST and part + rest < 2 * LEAST):
        return row([part, *others])
    return pair(part, part + rest), *row(others)


def _check(counts: Iterable[int]) -> None:
    for count in counts:
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise ValueError(f"a count is {shown(count)}; a whole number from 0 is wanted")


def _safe(together: int, small: int, large: int) -> bool:
    """Whether a small cell keeps enough possible values where what is hidden adds up to ``together``."""
    low, high = _ends(together, small, large)
    return together >= LEAST and high - low + 1 >= _SPREAD


def _ends(together: int, small: int, large: int) -> tuple[int, int]:
    """The least and the greatest that one small cell can be."""
    most = LEAST - 1
    low = 1 if large else together - most * (small - 1)
    return max(1, low), min(most, together - (small - 1) - LEAST * large)


def _told(counts: Sequence[int], place: int, hidden: Sequence[int], small: int) -> Cell:
    if place not in hidden:
        return Cell(counts[place], counts[place])
    if counts[place] < LEAST:
        return Cell(1, LEAST - 1, few=True)
    together, others = sum(counts[one] for one in hidden), len(hidden) - small - 1
    low = LEAST if others else together - (LEAST - 1) * small
    return Cell(max(LEAST, low), together - small - LEAST * others)
