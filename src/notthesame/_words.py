"""Small things said in many places: a capital letter, a number with its noun."""

from __future__ import annotations


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
