"""The claims test: every numeral in prose that states a fact is a value of the ledger entry it links to.

A claim is written ``[156 of 260, or 60 per cent](../data/ledger.md#fact-id "short source, primary")``. Each numeral in
it, in digits or words, must be a figure, date, lookup or derivation of that entry. Numerals outside a link are faults,
save pinpoints, names of bills and cases, years of citations, lesson numbers, minutes, and counts of the page's own parts.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from . import evidence

LINK = re.compile(r"\[([^\]]*)\]\((?:\.\./)+data/ledger\.md#([^)\s\"]+)(?:\s+\"([^\"]*)\")?\)")

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_WORDS = {word: n for n, word in enumerate((_UNITS + " seventeen eighteen nineteen").split())}
_WORDS |= {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_PARTS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "thirds": 1 / 3, "quarters": 0.25}
_MONTHS = "January February March April May June July August September October November December".split()

_MONTH = "|".join(_MONTHS)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORD = "|".join([*_WORDS, *_SCALES])
_NUMERAL = re.compile(
    rf"(?P<day>\b\d{{1,2}} (?:{_MONTH})(?: \d{{4}})?)|(?P<iso>\b\d{{4}}-\d\d-\d\d\b)|(?P<month>\b(?:{_MONTH}) \d{{4}}\b)"
    rf"|(?P<digits>(?<![\w.])(?:{_DIGITS})(?: (?:{'|'.join(_SCALES)}))?(?![\w]))"
    rf"|(?P<part>\b(?:one[- ]|two[- ]|three[- ]|a )?(?:{'|'.join(_PARTS)})(?= of\b| the\b))"
    rf"|(?P<words>\b(?:{_WORD})(?:[- ](?:and )?(?:{_WORD}))*\b)",
    re.I,
)
_PER_CENT = re.compile(r"\s*(?:per cent|percent|%)", re.I)

_FREE = re.compile(
    r"`[^`]*`"  # code
    r"|(?m:^#+ \d\d )|(?m:^\s*\d+\.\s)|(?m:(?<=^)#+ .*\b(?:19|20)\d\d\b.*$)"  # numbers of lessons, lists, headings
    r"|\b[Tt]asks? \d+(?:(?:, | and | to )\d+)*\b|\b[Ee]xercise \d\d\b|\bPython \d\.\d+\b"
    r"|\b\d+ (?:U\.S\.C\.|USC|C\.F\.R\.)(?: §+)? ?\d+\w*(?:-\d+)?(?:\(\w+\))*(?:[-,] ?(?:and )?\(\w+\)(?:\(\w+\))*)*"
    r"|\b(?:Art(?:icle|icles|s|\.)?|[Ss]ections?|[Ss]ec\.|§+|[Pp]aragraphs?|[Cc]hapters?|[Tt]itles?|[Pp]art) ?\(?\d+\w*\)?"
    r"(?:\(\w+\))*(?:(?:, | and |-|, and )\(?\d*\w?\)?(?:\(\w+\))+)*"
    r"|\b\d+[A-Za-z]?(?:\(\w+\))+(?:(?:,| and|-) ?(?:\(\w+\))+)*"  # 7102(12)
    r"|\((?:\d{1,2}|[a-z])\)(?:\(\w+\))*"  # (12)
    r"|\b(?:7101|7102|7110|1589|1591|1592|1595|1952|2421A?)\b"  # sections of the US Code, as names
    r"|\b(?:H\.R\.|S\.|Pub\. L\.|Public Law|No\.|Doc\.|GAO|CETS|A/HRC)[ -]?[\d/-]+"
    r"|\b[Ll]essons? (?:\d\d)(?:(?:, | and | to |-)\d\d)*|\b\d\d [A-Z][a-z]+ [a-z]+ (?=\()"
    r"|\b\d+ (?:and \d+ )?minutes?\b"
    r"|\bDirective \(?(?:EU\) )?\d+/\d+(?:/EU)?|\bConvention (?:No\. )?\d+\b|\bC0?29\b|\bILO C\d+"
    r"|\b(?:1949|2005|1930) Convention\b|\b2019 blog post\b|\b(?:Protocol|Directive) of \d{4}\b"
    r"|(?<=[A-Za-z.)] )\(?(?:19|20)\d\d\)?(?=[;,)])"  # (Platt 2018), Platt (2018)
)
# Counts of the page's own parts state no fact about the world.
_OWN_PARTS = re.compile(
    r"\s+(?:\w+[- ]){0,3}?(?:lessons?|tasks?|questions?|vignettes?|instruments?|cells?|options?|steps?|columns?|rows?|"
    r"answers?|hints?|reasons?|verdicts?|switch(?:es)?|features?|headings?|figures?|definitions?|sentences?|words?|"
    r"sheets?|parts?|columns?|tables?|boxes|lines?|notebooks?|pages?|sides?|readers?|texts?|facts?|names?|things?|"
    r"readings?|positions?|at once|on the page|of (?:them|these|those)|or more)\b",
    re.I,
)


_FEW = 40


@dataclass(frozen=True)
class Numeral:
    """A numeral of a text: how it is written, and what it can be compared with."""

    text: str
    number: float | None
    date: tuple[int | None, int | None, int | None] | None
    per_cent: bool
    start: int
    end: int

    @property
    def same(self) -> tuple[object, ...]:
        return self.number, self.date, self.per_cent


@dataclass(frozen=True)
class Fault:
    """Something that fails the claims test."""

    where: str
    problem: str

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}"


def numerals(text: str) -> list[Numeral]:
    """The numerals of a text in reading order; a date is one numeral, and so is "two hundred million"."""
    found = []
    for match in _NUMERAL.finditer(text):
        kind, words = str(match.lastgroup), match.group()
        per_cent = _PER_CENT.match(text, match.end()) is not None
        date = _date(words) if kind in ("day", "iso", "month") else None
        number = None if date else _number(kind, words)
        found.append(Numeral(words, number, date, per_cent, match.start(), match.end()))
    return found


def check_prose(text: str, where: str, covered: set[tuple[object, ...]] | None = None) -> Iterator[Fault]:
    """Faults of one markdown text. ``covered`` holds numerals that a link of the same section has already carried."""
    covered = set() if covered is None else covered
    for words, fact_id, title in LINK.findall(text):
        yield from _check_link(words, fact_id, title, where)
        covered |= {numeral.same for numeral in numerals(_blank(words))}
    rest = LINK.sub(lambda found: " " * len(found.group()), text)
    for numeral in _loose(rest):
        if numeral.same not in covered:
            yield Fault(where, f"{numeral.text!r} is a number without a link to the ledger ({_around(rest, numeral)})")


def check_named(text: str, fact_ids: Iterable[str], where: str, free: str = "", tables: Iterable[str] = ()) -> Iterator[Fault]:
    """Faults of a text that names its facts beside it: a stem, a reason, a caption, an alt text.

    ``free`` is an invented case whose numerals the text may repeat; ``tables`` are tables whose cells it may print.
    """
    known = [evidence.fact(name) for name in fact_ids]
    for found in known:
        if found.read == "recalled":
            yield Fault(where, f"{found.id} is recalled, and a recalled fact is never printed")
    invented = {numeral.number for numeral in numerals(free)}
    cells = {cell for name in tables for row in evidence.rows(name) for cell in row.values()}
    for numeral in _loose(text):
        in_table = numeral.text in cells and not numeral.per_cent
        if numeral.number in invented or in_table or any(_is_value(numeral, found) for found in known):
            continue
        names = ", ".join(found.id for found in known) or "none"
        yield Fault(where, f"{numeral.text!r} is no value of the facts it names ({names}) ({_around(text, numeral)})")


def _check_link(words: str, fact_id: str, title: str, where: str) -> Iterator[Fault]:
    found = evidence.facts().get(fact_id)
    if found is None:
        yield Fault(where, evidence.unknown("fact", fact_id, evidence.facts()))
        return
    if found.read == "recalled":
        yield Fault(where, f"{fact_id} is recalled, and a recalled fact is never printed")
    if title != found.link_title:
        yield Fault(where, f"the link to {fact_id} has the title {title!r}; it should be {found.link_title!r}")
    for numeral in numerals(_blank(words)):
        if not _is_value(numeral, found) and not _is_pronoun(words, numeral):
            values = ", ".join(f"{v.name} {v.value} {v.unit}" for v in found.values.values()) or "none"
            yield Fault(where, f"{numeral.text!r} is no value of {fact_id} (it has: {values})")


def _loose(text: str) -> Iterator[Numeral]:
    """The numerals of a text that are not free of the rule."""
    blanked = _blank(text)
    for numeral in numerals(blanked):
        counted = numeral.number is not None and numeral.number.is_integer() and numeral.number <= _FEW
        own_part = counted and _OWN_PARTS.match(blanked, numeral.end)
        if not own_part and not _is_pronoun(blanked, numeral):
            yield numeral


def _blank(text: str) -> str:
    """The text with everything that is free of the rule blanked out, positions kept."""
    return _FREE.sub(lambda found: " " * len(found.group()), text)


def _is_pronoun(text: str, numeral: Numeral) -> bool:
    """ "one" as a word: no one, this one, one of the lists."""
    if numeral.text.lower() != "one" or numeral.per_cent:
        return False
    return not re.match(r" (?:of|in) \d", text[numeral.end :])


def _is_value(numeral: Numeral, found: evidence.Fact) -> bool:
    return any(_equal(numeral, value) for value in found.values.values())


def _equal(numeral: Numeral, value: evidence.Value) -> bool:
    if isinstance(value.value, datetime.date):
        year = (int(numeral.number), None, None) if numeral.number and numeral.number.is_integer() else None
        return _same_day(numeral.date or (None if numeral.per_cent else year), value.value)
    if numeral.date is not None:
        return False
    if numeral.per_cent != (value.unit in ("percent", "per cent", "%")):
        return False
    return numeral.number is not None and abs(numeral.number - value.value) <= 1e-9 * max(1.0, abs(value.value))


def _same_day(written: tuple[int | None, int | None, int | None] | None, day: datetime.date) -> bool:
    if written is None:
        return False
    return all(part is None or part == real for part, real in zip(written, (day.year, day.month, day.day), strict=True))


def _date(words: str) -> tuple[int | None, int | None, int | None]:
    if "-" in words:
        year, month, day = words.split("-")
        return int(year), int(month), int(day)
    parts = words.split()
    month_at = next(i for i, part in enumerate(parts) if part.capitalize() in _MONTHS)
    month = _MONTHS.index(parts[month_at].capitalize()) + 1
    return (int(parts[month_at + 1]) if month_at + 1 < len(parts) else None, month, int(parts[0]) if month_at else None)


def _number(kind: str, words: str) -> float:
    if kind == "part":
        *front, part = re.split(r"[- ]", words.lower())
        return (_WORDS.get(front[0], 1) if front else 1) * _PARTS[part]
    if kind == "digits":
        digits, _, scale = words.partition(" ")
        return float(digits.replace(",", "")) * _SCALES.get(scale.lower(), 1)
    total, current = 0, 0
    for word in re.split(r"[- ]", words.lower()):
        if word in _SCALES:
            current = max(current, 1) * _SCALES[word]
            if word != "hundred":
                total, current = total + current, 0
        elif word != "and":
            current += _WORDS[word]
    return float(total + current)


def _around(text: str, numeral: Numeral) -> str:
    return "..." + " ".join(text[max(0, numeral.start - 25) : numeral.end + 25].split()) + "..."
