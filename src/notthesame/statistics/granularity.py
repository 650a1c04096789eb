"""Granularity: which counts on a base can yield a stated percentage.

A share of whole people moves in steps of one person, so most percentages cannot come from a small base at
all. The check is the one that Nicholas Brown and James Heathers named GRIM, for granularity-related
inconsistency of means (2017, doi 10.1177/1948550616673876), put to percentages. It is exact: no floats. It
holds for counts of whole people or things, not for weighted shares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from .._reading import shown

NEAREST, HALF_UP, HALF_EVEN, CUT = "nearest", "half up", "half even", "cut"
_HALF = Fraction(1, 2)
# What a share, in units of the last stated digit, may be printed as.
_RULES: Mapping[str, Callable[[Fraction], set[int]]] = {
    NEAREST: lambda share: {ceil(share - _HALF), floor(share + _HALF)},
    HALF_UP: lambda share: {floor(share + _HALF)},
    HALF_EVEN: lambda share: {round(share)},
    CUT: lambda share: {floor(share)},
}
_NUMBER = r"(\d+)(?:\.(\d+))?"
_STATED = re.compile(rf"{_NUMBER}(?:\s*(?:to|-|–)\s*{_NUMBER})?(?:\s*(?:%|per cent))?")


def possible_counts(percent: str | float | Decimal, base: int, rounding: str = NEAREST) -> tuple[int, ...]:
    """The counts out of ``base`` that give ``percent`` when rounded as it is stated; () where none does.

    percent: as stated, such as 33.8, or text where the last digits matter: "60.0" says more than "60". A
    range such as "6 to 10" gives the counts of every percentage in it. base: people or things, 1 or more.
    rounding: "nearest" (a half may go either way), "half up", "half even", or "cut", which drops digits.
    Raises ValueError naming what was found and what is allowed.

    >>> possible_counts("33.8", 98), possible_counts("33.8", 80)
    ((), (27,))
    """
    low, high, unit = _stated(percent)
    rule = _rule(rounding)
    _check_base("base", base)
    first, last = floor((low - 1) * unit * base / 100), ceil((high + 1) * unit * base / 100)
    near = range(max(0, first), min(base, last) + 1)
    return tuple(
        count
        for count in near
        if any(low <= printed <= high for printed in rule(Fraction(100 * count, base) / unit))
    )


def possible_bases(
    percent: str | float | Decimal, first: int, last: int, rounding: str = NEAREST
) -> dict[int, tuple[int, ...]]:
    """Each base from ``first`` to ``last`` on which some count gives ``percent``, with those counts.

    Raises ValueError as ``possible_counts`` does, and where ``last`` is below ``first``.

    >>> possible_bases("33.8", 75, 80)
    {77: (26,), 80: (27,)}
    """
    _check_base("first", first)
    _check_base("last", last)
    if last < first:
        raise ValueError(f"last is {last}, below first, {first}; the smaller base comes first")
    found = {base: possible_counts(percent, base, rounding) for base in range(first, last + 1)}
    return {base: counts for base, counts in found.items() if counts}


def _stated(percent: str | float | Decimal) -> tuple[int, int, Fraction]:
    """Both ends of a stated percentage in units of its last digit, and that unit in per cent."""
    match = _STATED.fullmatch(str(percent).strip())
    if match is None:
        raise ValueError(f'percent is {shown(percent)}; allowed are forms such as 60, "33.8" and "6 to 10"')
    whole, part, whole_high, part_high = match.groups()
    if whole_high is None:
        whole_high, part_high = whole, part
    places = len(part or "")
    if len(part_high or "") != places:
        raise ValueError(
            f"percent is {shown(percent)}; both ends of a range have the same number of decimals"
        )
    low, high = int(whole + (part or "")), int(whole_high + (part_high or ""))
    if not low <= high <= 100 * 10**places:
        raise ValueError(f"percent is {shown(percent)}; allowed are 0 to 100, the lower end first")
    return low, high, Fraction(1, 10**places)


def _rule(rounding: str) -> Callable[[Fraction], set[int]]:
    if rounding not in _RULES:
        raise ValueError(f"rounding is {shown(rounding)}; allowed: {', '.join(_RULES)}")
    return _RULES[rounding]


def _check_base(name: str, base: int) -> None:
    if not isinstance(base, int) or isinstance(base, bool) or base < 1:
        raise ValueError(f"{name} is {shown(base)}; allowed is a whole number from 1")
