"""Numbers in every form in which a learner may give one, and what is none: for every reader of the course."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from notthesame.evidence import Value

MINUS = "\N{MINUS SIGN}"

NUMBERS: list[tuple[Any, float]] = [
    ("19 %", 19),
    ("19%", 19),
    ("19 per cent", 19),
    ("19 percent", 19),
    ("19 Per Cent.", 19),
    ("35 per cent of files", 35),
    ("0,6", 0.6),
    ("0.6", 0.6),
    (",6", 0.6),
    (".6", 0.6),
    ("5.", 5),
    ("1,234", 1234),
    ("1,234,567.5", 1234567.5),
    ("0,500", 0.5),
    ("00,500", 0.5),
    ("12,34", 12.34),
    ("1234,567", 1234.567),
    (f"{MINUS}2,5", -2.5),
    ("-2.5", -2.5),
    ("+2.5", 2.5),
    ("1e3", 1000),
    ("1.5E-2", 0.015),
    ("１９\uff05", 19),
    ("－１，２３４．５", -1234.5),
    ("25 votes", 25),
    ("25 votes against", 25),
    ("3 counts per day.", 3),
    ("25\u00a0votes", 25),
    ("\u200925 \n", 25),
    ("two", 2),
    ("Twenty", 20),
    ("three days", 3),
    (25, 25),
    (25.5, 25.5),
    (np.int64(25), 25),
    (np.uint8(25), 25),
    (np.float32(0.5), 0.5),
    (np.float64(25.5), 25.5),
    (np.array(25), 25),
    (np.array([25.0]), 25),
    (np.array([["25 %"]]), 25),
    (np.str_("25 %"), 25),
    (pd.Series([25]), 25),
    (pd.Series([25], index=["x"], name="value", dtype="Int64"), 25),
    (pd.Index([25]), 25),
    (pd.DataFrame({"x": [25]}), 25),
    (pd.DataFrame({"x": [25]})["x"].sum(), 25),
    (Fraction(1, 4), 0.25),
    (Decimal("0.6"), 0.6),
    ([25], 25),
    ((25,), 25),
    ({25}, 25),
    (frozenset({"25 votes"}), 25),
    ({25: "x"}.keys(), 25),
    ({"x": 25}.values(), 25),
    ([[np.array([25])]], 25),
    (Value("nay", 25, "votes", "votes against"), 25),
    ([Value("share", 0.6, "per cent", "a share")], 0.6),
]
NO_NUMBERS: list[Any] = [
    *("", "  ", ".", ",", "-", "abc", "about 25", "25 or 26", "25 to 30", "1 000", "1_000", "0x10", "--1"),
    *("١٥", "½", "5²", "1,2,3", "1.234,5", "1,", "1e", "1e999", "nan", "inf", "5k", "5 k", "2 dozen"),
    *("2 million", "2 thousand", "two thirds", "one half", "twenty-five", "twenty five", "one hundred"),
    *("25 5", "25 votes of 30", "12 more than before", "25 votes in each of the chambers"),
    "9" * 400,
    *(True, False, np.True_, [True], np.array([False]), pd.Series([True])),
    *(float("nan"), float("inf"), -np.inf, Decimal("nan"), Decimal("snan"), Decimal("1e999"), pd.NA, pd.NaT),
    *(10**400, -(10**5000), [10**5000], Fraction(10**400)),
    *(1j, np.complex128(1), b"25", bytearray(b"25"), None, ..., object(), int, range(25, 26), {"x": 25}),
    *([], [25, 26], {25, 26}, np.array([]), np.arange(3), pd.Series([1, 2]), pd.DataFrame({"x": [1, 2]})),
    *([[[[[[25]]]]]], np.ma.masked, np.datetime64("2018-04-11"), pd.Timestamp("2018-04-11"), pd.Timedelta(5)),
    Value("signed", datetime.date(2018, 4, 11), "date", "the day of the signature"),
]
