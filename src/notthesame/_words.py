"""Small things said in many places: a capital letter, a number with its noun or its sign."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal

# Other code may have set another rounding for its decimals, and another language for its dates.
EXACT = Context(prec=400, rounding=ROUND_HALF_EVEN, Emin=-999_999, Emax=999_999, traps=[])
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def capital(words: str) -> str:
    """The words with a capital letter first; the rest stays as it is.

    >>> capital("the Mann Act")
    'The Mann Act'
    """
    return words[:1].upper() + words[1:]


def bare(text: str) -> str:
    """A text as a search compares it: small letters, without accents.

    >>> bare("Málaga")
    'malaga'
    """
    letters = (sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return "".join(letters).casefold()


def counted(number: int, noun: str) -> str:
    """A number with its noun, in the plural where there is not just one.

    >>> counted(1, "fault"), counted(0, "fault")
    ('1 fault', '0 faults')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def some(names: Sequence[str]) -> str:
    """Some names, and how many more there are.

    >>> some(["a", "b"]), some("abcdef")
    ('a; b', 'a; b; c; d; and 2 more')
    """
    more = f"; and {len(names) - 4} more" if len(names) > 4 else ""
    return "; ".join(names[:4]) + more


def plain_number(value: float) -> str:
    """A number as people write it, never with an exponent.

    >>> plain_number(388.0), plain_number(0.25), plain_number(1.2e6)
    ('388', '0.25', '1,200,000')
    """
    return f"{Decimal(repr(float(value))).normalize(EXACT):,f}"


def day_and_month(date: datetime.date, letters: int | None = None) -> str:
    """A day of the year in English, whatever language the process speaks; ``letters`` shortens the month.

    >>> day_and_month(datetime.date(2018, 4, 11)), day_and_month(datetime.date(2018, 4, 6), 3)
    ('11 April', '6 Apr')
    """
    return f"{date.day} {MONTHS[date.month - 1][:letters]}"


def signed(number: float, digits: int = 1) -> str:
    """A change with its sign, "\N{MINUS SIGN}20.3"; what rounds to zero has none.

    >>> signed(-20.3), signed(3, digits=0), signed(-0.04)
    ('−20.3', '+3', '0.0')
    """
    text = f"{number:+.{digits}f}".replace("-", "\N{MINUS SIGN}")
    return text if float(f"{number:.{digits}f}") else f"{0:.{digits}f}"
