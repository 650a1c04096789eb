"""The counts of several lists that overlap, read and checked, and the terms of a model on them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from ..._reading import shown

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Bools: TypeAlias = NDArray[np.bool_]

COUNT = "count"
MOST_LISTS = 12  # 4,095 patterns
Terms: TypeAlias = "str | Iterable[str | Sequence[str]]"


@dataclass(frozen=True, eq=False)
class Lists:
    """The counts of k lists: how many people are on each combination of them.

    names: of the lists. counts: shape (2**k - 1,), people in each pattern; the pattern at place i has the
    list j where bit j of i + 1 is set. Patterns that were not given are 0.
    """

    names: tuple[str, ...]
    counts: Floats

    @property
    def n(self) -> int:
        """People on one list or more."""
        return int(self.counts.sum())

    @cached_property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """The pairs of lists, by place, in the order of the terms."""
        return tuple(combinations(range(len(self.names)), 2))

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The two-list terms, such as "A:B"."""
        return tuple(f"{self.names[i]}:{self.names[j]}" for i, j in self.pairs)

    @cached_property
    def design(self) -> Floats:
        """Shape (2**k - 1, 1 + k + k(k - 1)/2): a one, the lists of a pattern, its pairs of lists."""
        on = (np.arange(1, 2 ** len(self.names))[:, None] >> np.arange(len(self.names))) & 1
        pairs = [on[:, i] * on[:, j] for i, j in self.pairs]
        return np.column_stack([np.ones(len(on)), on, *pairs]).astype(float)

    @cached_property
    def moments(self) -> tuple[Floats, NDArray[np.intp]]:
        """What the information matrix of a model is made of: sums of fitted counts over who is on some lists.

        The first part, shape (2**k - 1, sums), says which patterns each sum takes. The second, shape
        (parameters, parameters), which sum stands at each place of the matrix; many places share one, as the
        design is all 0 and 1.
        """
        lists = [1 << place for place in range(len(self.names))]
        codes = np.array([0, *lists, *(lists[i] | lists[j] for i, j in self.pairs)])
        sets, places = np.unique(codes[:, None] | codes, return_inverse=True)
        patterns = np.arange(1, 2 ** len(self.names))
        holds = (patterns[:, None] & sets) == sets
        return holds.astype(float), places.reshape(len(codes), len(codes))

    @cached_property
    def both(self) -> Bools:
        """Shape (pairs, patterns): where both lists of a pair are."""
        return self.design[:, 1 + len(self.names) :].T.astype(bool)

    def overlaps(self, counts: Floats) -> Floats:
        """How many people are on both lists of each pair; counts of shape (..., patterns)."""
        found: Floats = counts @ self.both.T
        return found

    def chosen(self, terms: Terms) -> Bools:
        """Which two-list terms are meant, shape (pairs,).

        terms: "A:B" texts, pairs of names, or one text with spaces between; "none", "" and [] are none.
        Raises ValueError naming a term that is none of these lists', or that comes twice.
        """
        place = {frozenset(pair): at for at, pair in enumerate(combinations(self.names, 2))}
        meant = np.zeros(len(self.pairs), dtype=bool)
        for term in _several(terms):
            names = term.split(":") if isinstance(term, str) else tuple(map(str, term))
            at = place.get(frozenset(names)) if len(names) == 2 else None
            if at is None:
                raise ValueError(
                    f"terms holds {shown(term)}; allowed are pairs of {', '.join(self.names)}, such as "
                    f"{self.terms[0]!r}"
                )
            if meant[at]:
                raise ValueError(f"terms holds {self.terms[at]} twice; each is wanted once")
            meant[at] = True
        return meant


def _several(terms: Any) -> list[Any]:
    if isinstance(terms, str):
        return [] if terms.strip() == "none" else terms.split()
    try:
        return list(terms)
    except TypeError:
        raise ValueError(f"terms is {shown(terms)}; a list such as ['A:B', 'B:C'] is wanted") from None


def read_lists(counts: pd.DataFrame | Lists) -> Lists:
    """Read a table with a column of 0 and 1 for each list and a column ``count``.

    Patterns may come in any order; those that nobody has may be absent or 0. Columns of words are taken for
    notes. Raises ValueError, naming what was found and what is allowed, for a count that is negative, not
    whole or missing, a pattern that comes twice, a row on no list, fewer than two lists, and a list with
    nobody on it.

    >>> import pandas as pd
    >>> read_lists(pd.DataFrame({"A": [1, 0, 1], "B": [0, 1, 1], "count": [30, 20, 6]})).counts.tolist()
    [30.0, 20.0, 6.0]
    """
    if isinstance(counts, Lists):
        return counts
    if not hasattr(counts, "columns") or COUNT not in counts.columns:
        raise ValueError(f"counts is no table with a column {COUNT!r} and a column of 0 and 1 for each list")
    names = tuple(str(name) for name in counts.columns if name != COUNT and not _notes(counts[name]))
    if not 2 <= len(names) <= MOST_LISTS:
        raise ValueError(f"counts has {len(names)} lists; allowed are 2 to {MOST_LISTS}")
    if doubtful := [name for name in names if ":" in name or " " in name or names.count(name) > 1]:
        raise ValueError(
            f"a list is called {shown(doubtful[0])}; names without : or space are wanted, each once"
        )
    on = np.column_stack([_column(counts, name, "0 and 1", (0, 1)) for name in names])
    people = _column(counts, COUNT, "whole numbers from 0")
    patterns = (on @ (1 << np.arange(len(names)))).astype(int)
    for row, pattern in enumerate(patterns, 1):
        if not pattern:
            raise ValueError(
                f"row {row} of counts is on no list; those whom no list has are what is estimated"
            )
    found, times = np.unique(patterns, return_counts=True)
    if (times > 1).any():
        twice = found[times > 1][0]
        listed = " and ".join(name for place, name in enumerate(names) if twice >> place & 1)
        raise ValueError(f"counts has the pattern on {listed} alone twice; one row each is wanted")
    full = np.zeros(2 ** len(names) - 1)
    full[patterns - 1] = people
    for place, name in enumerate(names):
        if not people[on[:, place] == 1].sum():
            raise ValueError(f"the list {name} has nobody on it; leave it out")
    return Lists(names, full)


def _notes(column: Any) -> bool:
    """Whether a column holds words, or the same yes or no throughout: notes on the rows and no list."""
    if column.dtype == bool:
        return bool(column.nunique() < 2)
    read = [str(value).strip() for value in column]
    return bool(read) and not any(_is_number(text) for text in read)


def _is_number(text: str) -> bool:
    try:
        return not math.isinf(float(text))  # a missing number is one that is wrong, not a note
    except ValueError:
        return False


def _column(table: Any, name: str, wanted: str, allowed: tuple[int, ...] | None = None) -> Floats:
    values = []
    for row, value in enumerate(table[name], 1):
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = math.nan
        good = number in allowed if allowed else number >= 0 and number.is_integer()
        if not good:
            raise ValueError(f"{name} is {shown(value)} in row {row}; {wanted} are allowed")
        values.append(number)
    return np.array(values)
