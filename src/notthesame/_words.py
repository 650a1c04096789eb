"""Small things said in many places: a capital letter, a number with its noun."""

from __future__ import annotations

from decimal import Decimal


def capital(words: str) -> str:
    """The words with a capital letter first; the rest stays as it is.

    >>> capital("the Mann Act")
    'The Mann Act'
    """
    return words[:1].upper() + words[1:]


def counted(number: int, noun: str) -> str:
    """A number with its noun, in the plural where there is not just one.

    >>> counted(1, "fault"), counted(0, "fault")
    ('1 fault', '0 faults')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def plain_number(value: float) -> str:
    """A number as people write it, never with an exponent.

    >>> plain_number(388.0), plain_number(0.25), plain_number(1.2e6)
    ('388', '0.25', '1,200,000')
    """
    return f"{Decimal(repr(float(value))).normalize():,f}"
