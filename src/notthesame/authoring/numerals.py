"""Numerals of English prose: digits, words, shares and dates, each with what it can be compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

Day = tuple[int | None, int | None, int | None]  # year, month, day; None where the text does not say

_ONES = [
    *(
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
SCALES = {"thousand": 1_000, "million": 10**6, "billion": 10**9, "k": 1_000, "m": 10**6, "bn": 10**9}
_TIMES = {"dozen": 12, "hundred": 100, **SCALES}
_PARTS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
_MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]

_MONTH = "|".join(_MONTHS)
_SCALE = "thousand|million|billion"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<!\.)\.\d+"
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?|(?:{'|'.join(_ONES)}))\b"
_REST = rf"(?: (?:and )?{_SMALL}(?! hundred))?"  # "and five" in "two hundred and five"
_BELOW = rf"(?:(?:{_SMALL} |a )?(?:hundred|dozen)\b{_REST}|{_SMALL})"
WRITTEN = rf"(?:(?:half a |a |{_BELOW}[- ])(?:{_SCALE})\b(?:{_REST}(?! (?:{_SCALE})))|{_BELOW})"
_COUNT = "|".join(_ONES[1:10])
_SAID = "of|the|were|was|are|is|had|have|has|said|say|reported|report|did|do|as|again"  # follows "a third"
_IDIOM = "an?|days?|hours?|term|way|right|true|hearted|known|heard|sentences?"  # "half" before it is no share
_NUMERAL = re.compile(
    rf"(?P<day>\b\d{{1,2}} (?:{_MONTH})\b(?: \d{{4}}\b)?)|(?P<iso>\b\d{{4}}-\d\d-\d\d\b)"
    rf"|(?P<month>\b(?:{_MONTH}) \d{{4}}\b)"
    rf"|(?P<ratio>\b(?:one|1) in (?:{_BELOW}|\d{{1,3}})\b(?!,)|\b(?:{_COUNT}) in ten\b)"
    rf"|(?P<digits>(?<!\w)(?<!\d\.)(?:{_DIGITS})(?:[- ](?:{_SCALE})\b|(?:k|m|bn)\b)?(?!\w))"
    rf"|(?P<part>\b(?:{_COUNT})[- ](?:{'|'.join(_PARTS)})s?\b"
    rf"|\ba (?:third|quarter|fifth|tenth)(?= (?:{_SAID})\b)|(?:(?<=\bthan )|(?<=\bby ))a (?:third|quarter)\b"
    rf"|(?<!\ba )(?<!first )(?<!second )(?<!other )\bhalf\b(?![- ](?:{_IDIOM})\b))"
    rf"|(?P<twice>\btwice(?= (?:as|the)\b))"
    rf"|(?P<words>\b{WRITTEN}\b)",
    re.I,
)
_PER_CENT = re.compile(r"[\s-]*(?:per[ -]?cent\b|%)", re.I)
_JOINT = re.compile(r"\s*(to|and|or|-|–|,)\s*")


@dataclass(frozen=True)
class Numeral:
    """A numeral of a text: how it is written, and what it can be compared with.

    ``kind`` is "digits", "words", "part" ("two thirds"), "ratio" ("one in six"), "twice", or a form of date.
    """

    text: str
    number: float | None
    date: Day | None
    per_cent: bool
    start: int
    end: int
    kind: str = "digits"

    @property
    def same(self) -> tuple[object, ...]:
        """What makes two numerals say the same."""
        return self.number, self.date, self.per_cent

    @property
    def repeats(self) -> set[tuple[object, ...]]:
        """What may be said again once this numeral is linked: itself, and of a day its month and its year."""
        year, month, day = self.date or (None, None, None)
        shorter = {(None, (year, month, None), False), (None, (None, month, day), False)} if month else set()
        return {self.same, *shorter, *({(float(year), None, False)} if year else ())}


def numerals(text: str) -> list[Numeral]:
    """The numerals of a text in reading order; a date is one numeral, and so is "two hundred million"."""
    text = even(text)
    found: list[Numeral] = []
    for match in reversed(list(_NUMERAL.finditer(text))):
        kind, words = str(match.lastgroup), match.group()
        date = _date(words) if kind in ("day", "iso", "month") else None
        number = None if date else _number(kind, words.lower())
        per_cent = _PER_CENT.match(text, match.end()) is not None
        numeral = Numeral(words, number, date, per_cent, match.start(), match.end(), kind)
        found.append(_in_range(numeral, found[-1], text) if found else numeral)
    return found[::-1]


def even(text: str) -> str:
    """The text with emphasis and line breaks as spaces, positions kept; the end of a paragraph stays."""
    text = re.sub(r"[*\u00a0\u202f\t]|(?<!\w)_|_(?!\w)|(?<!\n)\n(?!\s*\n|\n)", " ", text)
    return text.replace("\N{NON-BREAKING HYPHEN}", "-")


def _in_range(first: Numeral, second: Numeral, text: str) -> Numeral:
    """The first of "6 to 10 per cent", "20 to 27 million", "22 to 23 March 2018", as both are meant."""
    joint = _JOINT.fullmatch(text, first.end, second.start)
    if joint is None:
        return first
    if first.date is not None and second.date is not None and first.date[0] is None:
        return replace(first, date=(second.date[0], *first.date[1:]))
    if first.date is not None or first.number is None or first.per_cent:
        return first
    if second.date is not None and second.date[2] and first.number <= 31 and joint[1] != ",":
        return replace(first, number=None, date=(*second.date[:2], int(first.number)))
    in_list = (
        _PER_CENT.match(text, second.end) is None
    )  # it has its own from a third: "43, 21 and 36 per cent"
    if second.per_cent and first.number <= 100 and (joint[1] != "," or in_list):
        return replace(first, per_cent=True)
    scale = SCALES.get(re.split(r"[- ]", second.text.lower())[-1], 1)
    between = joint[1] in ("to", "-", "–") or text[: first.start].lower().endswith("between ")
    if scale > 1 and first.number < 1_000 and between:
        return replace(first, number=first.number * scale)
    return first


def _date(words: str) -> Day:
    if "-" in words:
        year, month, day = words.split("-")
        return int(year), int(month), int(day)
    found = re.fullmatch(r"(\d+)? ?([A-Za-z]+) ?(\d+)?", words)
    if found is None:
        raise ValueError(f"{words!r} is not a date")
    before, name, after = found.groups()
    return (
        int(after) if after else None,
        _MONTHS.index(name.capitalize()) + 1,
        int(before) if before else None,
    )


def _number(kind: str, words: str) -> float:
    if kind == "twice":
        return 2.0
    if kind == "ratio":
        first, second = (float(w) if w.isdigit() else _number("words", w) for w in words.split(" in "))
        return first / second
    if kind == "part":
        *count, part = re.split(r"[- ]", words)
        return (_WORDS.get(count[0], 1) if count else 1) * _PARTS[part.rstrip("s")]
    if kind == "digits":
        digits = re.sub(r"[^\d.]", "", words)
        return round(float(digits) * SCALES.get(words.lstrip("0123456789.,- "), 1), 6)
    total, current = 0.0, 0.0
    for word in re.split(r"[- ]", words):
        if word in SCALES:
            total, current = total + (current or 1) * SCALES[word], 0
        elif word in _TIMES:
            current = (current or 1) * _TIMES[word]
        elif word not in ("and", "a"):
            current += 0.5 if word == "half" else _WORDS[word]
    return total + current
