"""What somebody gave, made plain: one value, one number in any of its usual forms, and a short echo of it.

Checks of exercises and questions read numbers here, so that "19 %", "0,6" and a value of the ledger mean the
same everywhere. The rule of the comma: commas that each stand before exactly three digits, behind a group of
one to three digits that does not begin with 0, part thousands ("1,234" is 1234); any other comma must be the
only one and is a decimal comma ("0,6" is 0.6, "0,500" is 0.5). The script of the page (questions/scoring.js)
has the same rules; a test holds the two together.
"""

from __future__ import annotations

import datetime
import math
import re
import reprlib
import sys
from collections.abc import Iterable
from decimal import Decimal
from itertools import islice
from numbers import Integral, Real
from typing import Any

ECHO = 80  # characters of what was given that a message repeats
MOST = 1000  # members of a list or an array that are looked at

# The words and the pattern stand in the script of the page too.
SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
# Words that change the number before them, so that none of them can be its unit.
_NO_UNIT = "|".join(
    (
        *SMALL,
        "hundred|thousand|million|billion|dozens?|half|halves|thirds?|quarters?|(?:fif|six|seven|eigh|nin|ten)ths?",
        "and|or|to|than|less|more|fewer|not|minus|plus|point",
    )
)
_UNIT = rf"(?!(?:{_NO_UNIT})\b)"
_NUMBER = re.compile(
    r"\s*(?:([+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?)"  # 1,234.5
    r"|([+-]?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)(?:e[+-]?[0-9]+)?)"  # 0.6 or 0,6
    rf"|({'|'.join(SMALL)}))"
    rf"(?:\s*%|\s*per ?cent|\s+{_UNIT}[a-z]{{3,}}(?:\s+{_UNIT}[a-z]+){{0,3}})?\.?\s*",
    re.IGNORECASE | re.ASCII,
)
# What may stand between two ends: "10 to 50", "10-50", "10; 50"; a hyphen only between digits, as in "-5-5".
_BETWEEN = re.compile(
    r"\s+(?:to|and)\s+|\s*(?:;|\u2013|\u2014|\u2026|\.{2,3})\s*|(?<=[0-9%])\s*-\s*(?=[0-9])|\s+-\s+|,\s+",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\s*(?:between|from)\s+", re.IGNORECASE)
_NARROW = {0xFF01 + place: 0x21 + place for place in range(94)}  # full-width characters
_NARROW |= {0x2212: ord("-")} | dict.fromkeys((0xA0, 0x2009, 0x202F, 0x3000), ord(" "))
_RUN_THROUGH: tuple[type[Any], ...] = (list, tuple, set, frozenset, type({}.keys()), type({}.values()))


class _Short(reprlib.Repr):
    def repr_int(self, x: int, level: int) -> str:
        # Python writes no whole number of more than 4300 digits, and each version of it says so otherwise.
        return repr(x) if abs(x) < 10**30 else f"a whole number of about {int(math.log10(abs(x))) + 1} digits"


_SHORT = _Short()
_SHORT.maxstring = _SHORT.maxother = ECHO
_SHORT.maxlist = _SHORT.maxtuple = _SHORT.maxset = _SHORT.maxfrozenset = _SHORT.maxdict = 20


def number(value: Any) -> float:
    """One number, out of a text, a number of any library, a list or array of one value, or a ledger value.

    A unit may follow the digits, and a number up to twenty may stand in words. Raises ValueError for
    anything else, for true and false, and for what is no finite number.

    >>> number("19 %"), number("0,6"), number("1,234"), number("25 votes"), number(["two"])
    (19.0, 0.6, 1234.0, 25.0, 2.0)
    >>> number("2 million")
    Traceback (most recent call last):
    ValueError: found '2 million'; one number is wanted, such as 12 or 0.6
    """
    found = only(value)
    if isinstance(found, str):
        read = _number_in(found)
    elif isinstance(found, (Real, Decimal)) and not isinstance(found, bool):
        try:
            read = float(found)
        except OverflowError:
            read = math.inf
        except ValueError:  # a Decimal may be a signalling nan
            read = math.nan
    else:
        read = math.nan
    if math.isinf(read):
        raise unreadable(value, "a number of everyday size is wanted")
    if math.isnan(read):
        raise unreadable(value, "one number is wanted, such as 12 or 0.6")
    return read


def _number_in(text: str) -> float:
    """The number that a text is, or nan."""
    match = _NUMBER.fullmatch(narrow(text))
    if not match:
        return math.nan
    grouped, plain, word = match.groups()
    if word:
        return float(SMALL.index(word.lower()))
    return float(grouped.replace(",", "") if grouped else plain.replace(",", "."))


def whole_number(value: Any) -> int:
    """One whole number, in every form of ``number``; raises ValueError for anything else and beyond 10**15.

    >>> whole_number("25 votes"), whole_number(25.0)
    (25, 25)
    """
    read = number(value)
    if not read.is_integer() or abs(read) > 10**15:  # a float counts further only in leaps
        raise unreadable(value, "a whole number is wanted")
    return int(read)


def per_cent(value: Any) -> float | None:
    """A number from 0 to 100, in every form of ``number``, or None for a blank; raises ValueError.

    >>> per_cent("70 %"), per_cent("")
    (70.0, None)
    """
    if is_blank(value):
        return None
    read = number(value)
    if not 0 <= read <= 100:
        raise unreadable(value, "a number from 0 to 100 is wanted")
    return read


def interval(value: Any) -> tuple[float, float]:
    """The ends of an interval, the lower first: two numbers in every form of ``number``, or one text.

    Raises ValueError for anything else, and for an upper end below the lower one.

    >>> interval("10 to 50"), interval("between 1,000 and 2,000"), interval(("20 %", 30))
    ((10.0, 50.0), (1000.0, 2000.0), (20.0, 30.0))
    """
    found = only(value)
    ends = (
        _BETWEEN.split(_OPENING.sub("", narrow(found), count=1)) if isinstance(found, str) else members(found)
    )
    try:
        low, high = (number(end) for end in ends or ())
    except ValueError:
        raise unreadable(value, "a lower and an upper end are wanted, such as 10 to 50") from None
    if high < low:
        raise unreadable(value, "the upper end lies below the lower one; the lower comes first")
    return low, high


def day(value: Any) -> datetime.date:
    """One day: a date or time stamp of any library, a ledger value, or a text such as "2018-04-06".

    Raises ValueError for anything else.

    >>> day(" 2018-04-06 ")
    datetime.date(2018, 4, 6)
    """
    found, numpy = only(value), sys.modules.get("numpy")
    if numpy and isinstance(found, numpy.datetime64):
        found = found.astype("datetime64[D]").item()
    try:
        if isinstance(found, datetime.date):
            return datetime.date(found.year, found.month, found.day)
        return datetime.date.fromisoformat(found.strip())
    except (ValueError, TypeError, AttributeError):  # pandas has a date that is none
        raise unreadable(value, "a day is wanted, such as 2018-04-06") from None


def only(value: Any) -> Any:
    """The one value in a list, set, array or column of just one, or in a ledger value; else ``value``.

    >>> only([[25]]), only([1, 2]), only("b")
    (25, [1, 2], 'b')
    """
    for _ in range(4):  # deep enough for a list of a ledger value, and never without end
        found = members(value)
        if found is not None and len(found) == 1:
            [value] = found
        elif found is None and hasattr(value, "what") and hasattr(value, "unit"):
            value = getattr(value, "value", None)
        else:
            break
    return value


def members(value: Any) -> list[Any] | None:
    """The members of a list, tuple, set, view of a dict, array or column; None for what may have no end.

    Of a very long one come ``MOST`` and one more.

    >>> members((1, 2)), members("ab"), members(n for n in "ab")
    ([1, 2], None, None)
    """
    if isinstance(value, _RUN_THROUGH):
        return list(islice(value, MOST + 1))
    # Where these libraries are not loaded nobody can have made such a value, so nothing is imported for it.
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    if pandas and isinstance(value, (pandas.Series, pandas.Index, pandas.DataFrame)):
        value = value.to_numpy()
    if numpy and isinstance(value, numpy.ndarray):
        return list(value.ravel()[: MOST + 1].tolist())
    return None


def parts(value: Any) -> list[Any]:
    """The members of ``value``, or itself alone; raises ValueError for more than ``MOST`` of them.

    >>> parts((1, 2)), parts("ab")
    ([1, 2], ['ab'])
    """
    found = members(value)
    if found is not None and len(found) > MOST:
        raise unreadable(value, "fewer values are wanted")
    return [value] if found is None else found


def signs(value: Any, allowed: tuple[str, ...], what: str = "letter") -> str:
    """The letters, or other signs, in a text or a list, as one word of small letters.

    Spaces, stops, brackets, quotation marks, capitals and "and" between letters do not matter. Raises
    ValueError for any sign that is not ``allowed``, which ``what`` names.

    >>> signs("B, (a) and c.", ("a", "b", "c")), signs([2, "?"], ("0", "1", "2", "?"), "mark")
    ('bac', '2?')
    """
    wanted = f"the {what}s are {', '.join(allowed)}"
    typed = narrow(" ".join(_sign(part, value, wanted) for part in parts(value))).lower()
    if not set("and") <= set(allowed):
        typed = re.sub(r"(?<=[\s,;])and(?=\s)", " ", typed)
    typed = "".join(sign for sign in typed if sign.isalnum() or sign in allowed)
    if not set(typed) <= set(allowed):
        raise unreadable(value, wanted)
    return typed


def _sign(part: Any, whole: Any, wanted: str) -> str:
    found = only(part)
    if isinstance(found, Integral) and not isinstance(found, bool) and 0 <= int(found) < 10**12:
        return str(int(found))  # marks may be typed as digits
    if not isinstance(found, str):
        raise unreadable(whole, wanted)
    return found


def several(value: Any, word: str, what: str) -> list[Any]:
    """The members of a collection of names, a generator too; ``word`` and ``what`` are for a message.

    Raises ValueError for one text, for what has no members, and for more than ``MOST``, as it may never end.

    >>> several(("force",), "true", "feature")
    ['force']
    """
    if isinstance(value, str):
        raise ValueError(
            f"{word} is the text {shown(value)}; give a list of {what}s, such as [{shown(value)}]"
        )
    found = members(value)
    if found is None and not isinstance(value, Iterable):
        raise ValueError(f"{word} is {shown(value)}; a list of {what}s is wanted")
    found = list(islice(value, MOST + 1)) if found is None else found
    if len(found) > MOST:
        raise ValueError(f"{word} is {shown(value)}; a list of at most {MOST} {what}s is wanted")
    return found


def is_blank(value: Any, depth: int = 3) -> bool:
    """Whether nothing was given: dots, None, an empty text, or a list or dict of nothing else.

    ``depth`` is how far inside others a list or dict is looked into.

    >>> is_blank("..."), is_blank([]), is_blank({"low": ..., "high": ""}), is_blank([0, ...])
    (True, True, True, False)
    """
    if isinstance(value, str):
        return value.strip(". \n\t") == ""
    if isinstance(value, (list, tuple, set, dict)):
        inside = value.values() if isinstance(value, dict) else value
        return depth > 0 and all(is_blank(one, depth - 1) for one in inside)
    return value is None or value is ...


def narrow(text: str) -> str:
    """A text with full-width characters, the minus sign and special spaces as a keyboard has them.

    >>> narrow("−１２．５")
    '-12.5'
    """
    return text.translate(_NARROW)


def unreadable(value: Any, wanted: str) -> ValueError:
    """The error for what cannot be read: what was found, and a clause that says what is wanted.

    >>> unreadable("abc", "two numbers are wanted")
    ValueError("found 'abc'; two numbers are wanted")
    """
    return ValueError(f"found {shown(value)}; {wanted}")


def shown(value: Any) -> str:
    """What was given, in one line of at most ``ECHO`` characters that is the same each time.

    >>> shown("b"), shown(10**400), len(shown(list("abc") * 99))
    ("'b'", 'a whole number of about 401 digits', 80)
    """
    text = re.sub(r" at 0x[0-9a-f]+", "", re.sub(r"\s*\n\s*", " ", _SHORT.repr(value)))
    return text if len(text) <= ECHO else f"{text[: ECHO - 3]}..."
