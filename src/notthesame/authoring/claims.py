"""The claims test: every numeral in prose that states a fact is a value of the ledger entry it links to.

A claim is written ``[156 of 260, or 60 per cent](../data/ledger.md#fact-id "short source, primary")``. Each
numeral in it, in digits or words, must be a figure, date, lookup or derivation of that entry. Numerals
outside a link are faults, save pinpoints, names of bills and cases, years of citations, lesson numbers,
minutes, and counts of the page's own parts.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from .. import evidence
from .._loading import no_such
from ..course import read_once
from .faults import Fault
from .numerals import SCALES, WRITTEN, Day, Numeral, even, numerals

__all__ = ["LINK", "UNLINKED", "Numeral", "check_named", "check_prose", "numerals", "stated"]

UNLINKED = "unlinked number"

LINK = re.compile(r"\[([^\]]*)\]\((?:\.\./)*data/ledger\.md#([^)\s\"]+)(?:\s+\"([^\"]*)\")?\)")

_PIN = r"\((?:\d{1,2}|[A-Za-z]{1,4})\)"  # (a), (11), (iii)
_PINS = rf"(?:{_PIN})*(?:(?:-|–|, and | and | or |, ){_PIN}+)*"
_ITEM = rf"\d+(?:\.\d+)?[A-Za-z]?{_PINS}"
_ACT = "Act|Convention|Protocol|Directive|Recommendation"
_FREE = re.compile(
    "|".join(
        (
            r"```.*?```|`[^`]*`",  # code
            r"\]\([^)]*\)|https?://\S+|\b10\.\d{4,}/\S+",  # where a link leads
            r"^[ \t]*\d{1,2}[.)](?=\s)|^#+ \d\d(?= )",  # numbers of a list, number of a lesson
            rf"\b\d+ (?:U\.S\.C\.|USC|C\.F\.R\.|Stat\.|F\.[34]?d?\w*)(?: §+)? ?\d+\w*(?:-\d+)?{_PINS}",
            r"\b(?:Art(?:icle|\.)?|[Ss]ection|[Ss]ec\.|[Pp]aragraph|[Pp]ara\.|[Cc]hapter|[Tt]itle|[Cc]lause|Part"
            rf"|[Pp]age|p\.) ?{_ITEM}",
            r"(?:\b(?:Articles|Arts\.|[Ss]ections|[Pp]aragraphs|[Cc]hapters|[Tt]itles|[Cc]lauses|Parts|[Pp]ages|pp\.)"
            rf"|§+) ?{_ITEM}(?:(?:, | and |, and | or | to |-|–){_ITEM})*",
            rf"(?<![\w'’])ss?\.? {_ITEM}",  # s 16
            rf"\b\d+[A-Za-z]?{_PIN}{_PINS}|{_PIN}{_PIN}{_PINS}",  # 7102(12), (11)(A)
            # Sections of the US Code that serve as names.
            r"(?<![\d.,])(?:7101|7102|7110|1589|1591|1592|1595|1952|2421A?)"
            r"(?!\w|[.,]\d| (?:people|persons|women|cases)\b)",
            r"\b(?:H\. ?R\.|Pub\. ?L\.|P\.L\.|Public Law|Nos?\.|Doc\.) ?\d[\d/-]*|(?<![\w.])S\. ?\d+",
            r"\b[A-Z]+(?:/[A-Z]+)*[-/]\d[\d/-]*",  # A/HRC/56/48, GAO-21-385, COVID-19
            r"\bLaw \d{4}-\d+|\((?:19|20)\d\d:\d+\)",  # how France and Sweden name their laws
            rf"\b(?:{_ACT})(?: of)? \(?(?:EU\) )?\d+(?:/\d+)?(?:/EU)?\b",
            rf"\b(?:19|20)\d\d (?:{_ACT}|blog post)\b",
            r"\b(?:[Ll]esson|[Ee]xercise|[Tt]ask|[Qq]uestion|[Ss]tep|[Hh]int|[Cc]ell|[Ff]igure|[Tt]able|[Ww]eek"
            r"|[Ss]ession)s? \d\d?(?:(?:, | and | to | or |-|–)\d\d?)*(?![\d,.]*\d| ?%| per cent)",
            r"\b(?:Python|[Vv]ersion|CC BY(?:-SA)?) \d+(?:\.\d+)*|\b\d+(?:\.\d+)? ?(?:kB|MB|GB|px)\b",
            r"\b(?:90|95|99)(?:%|[ -]per[ -]cent) (?:CI|(?:confidence |credible )?intervals?|confidence)\b",
            r"\b[Ff]ive weeks\b",  # the name of a plan
            r"\bin (?:two|three) sentences\b|\b(?:pre|post)-test takes \d+ more\b",
        )
    ),
    re.M | re.S,
)
# The minutes of a plan, in a table whose head says "minutes".
_PLAN = re.compile(r"^\|[^\n]*\bminutes\b[^\n]*\n\|[ :|-]+\n(?:\|[^\n]*\n?)+", re.I | re.M)
_YEAR = re.compile(r"(?<![\w.,-])(?:19|20)\d\d(?![\d,.]*\d)(?=[a-z]?\b)")

# Counts of the page's own parts state no fact about the world: many of the first, any number of words and
# minutes, and very few of things so general that a larger number would be a finding.
_OWN_PARTS = re.compile(
    rf"(?:[- ](?:to|or|and)[- ](?:{WRITTEN}|\d+))?(?: of (?:the|these|those) (?:{WRITTEN}|\d+))?"
    r"(?: |-(?=minute|word|page))"
    r"(?:(?:more|other|further|new|short|first|last|invented|different|open|worked|same) )?"
    r"(?:lessons?|exercises?|tasks?|questions?|vignettes?|instruments?|cells?|options?|steps?|columns?|rows?"
    r"|hints?|verdicts?|switch(?:es)?|features?|headings?|figures?|definitions?|tables?|box(?:es)?|notebooks?"
    r"|pages?|levels?|criteria|texts?|readings?|terms?|outcomes?|checks?|commands?|doors?|(?P<any>words?|minutes?)|(?P<general>ways?"
    r"|kinds?|things?|sides?|parts?|names?|answers?|points?|categories|readers?|facts?|lists?|ideas?))\b",
    re.I,
)
_MANY, _VERY_FEW = 40, 5
# "the two" means both, "all five" the instruments counted before: nothing is counted anew.
_AGAIN = re.compile(r"\b(?:the|these|those|between|all|all the) $", re.I)
_STANDS_ALONE = re.compile(
    r"(?=[.,;:?)|]|\s*$| (?:apart|together|for|in|on|under|at|by|are|were|is|was|be|do|did|have|has|must|can"
    r"|may|differ|and|or|but|as|from|to|with)\b)"
)


def check_prose(text: str, where: str, covered: set[tuple[object, ...]] | None = None) -> Iterator[Fault]:
    """Faults of one markdown text. ``covered`` holds numerals that a link of the section carries already."""
    covered = set() if covered is None else covered
    for words, fact_id, title in LINK.findall(text):
        yield from _check_link(words, fact_id, title, where)
        for numeral in numerals(_blank(words)):
            covered |= numeral.repeats
    rest = LINK.sub(_spaces, text)
    for numeral in _loose(rest):
        if numeral.same not in covered:
            words = f"{numeral.text!r} is a number without a link to the ledger ({_around(rest, numeral)})"
            yield Fault(UNLINKED, where, words)


def check_named(
    text: str, fact_ids: Iterable[str], where: str, free: str = "", tables: Iterable[str] = ()
) -> Iterator[Fault]:
    """Faults of a text that names its facts beside it: a stem, a reason, a caption, an alt text.

    ``free`` is an invented case whose numerals the text may repeat; ``tables`` are tables whose cells it may
    print, and whose rows it may count.
    """
    known, tables = [evidence.fact(name) for name in fact_ids], list(tables)
    for found in known:
        if found.read == "recalled":
            yield Fault(
                "recalled fact", where, f"{found.id} is recalled, and a recalled fact is never printed"
            )
    invented = {numeral.same for numeral in numerals(free)}
    values = [value for found in known for value in found.values.values()]
    values += [value for name in tables for value in _cells(name)]
    for numeral in _loose(text):
        if numeral.same in invented or any(_equal(numeral, value) for value in values):
            continue
        names = ", ".join([*(found.id for found in known), *tables]) or "none"
        words = f"{numeral.text!r} is no value of the facts it names ({names}) ({_around(text, numeral)})"
        yield Fault("number of no fact", where, words)


def _check_link(words: str, fact_id: str, title: str, where: str) -> Iterator[Fault]:
    found = evidence.known_facts().get(fact_id)
    if found is None:
        yield Fault("unknown fact", where, no_such("fact", fact_id, evidence.known_facts()))
        return
    if found.read == "recalled":
        yield Fault("recalled fact", where, f"{fact_id} is recalled, and a recalled fact is never printed")
    if title != found.link_title:
        is_not = f"has the title {title!r}; it should be {found.link_title!r}"
        yield Fault("title of a link", where, f"the link to {fact_id} {is_not}")
    blanked = _blank(words)
    for numeral in numerals(blanked):
        if _is_pronoun(blanked, numeral) or any(_equal(numeral, value) for value in found.values.values()):
            continue
        values = ", ".join(f"{v.name} {v.value} {v.unit}" for v in found.values.values()) or "none"
        yield Fault("wrong number", where, f"{numeral.text!r} is no value of {fact_id} (it has: {values})")


def stated(text: str) -> list[Numeral]:
    """The numerals of a text that are neither free of the rule nor counts of the page's own parts."""
    return list(_loose(text))


# --- free or not ---------------------------------------------------------------------------------------


def _loose(text: str) -> Iterator[Numeral]:
    """The numerals of a text that are not free of the rule."""
    blanked = even(_blank(text))
    found = numerals(blanked)
    own = [numeral for numeral in found if _is_own_part(blanked, numeral)]
    counted = {2.0, *(numeral.number for numeral in own)}
    for numeral in found:
        again = numeral.number in counted and _AGAIN.search(blanked[: numeral.start])
        if again and not numeral.per_cent and _STANDS_ALONE.match(blanked, numeral.end):
            continue
        if numeral not in own and not _is_pronoun(blanked, numeral):
            yield numeral


def _blank(text: str) -> str:
    """The text with everything that is free of the rule blanked out, positions kept."""
    text = _PLAN.sub(lambda plan: re.sub(r"\| *\d+(?: to \d+)? *(?=\|)", _spaces, plan.group()), text)
    text = _FREE.sub(_spaces, text)
    return _YEAR.sub(lambda year: _spaces(year) if _is_cited(year, text) else year.group(), text)


def _spaces(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _is_cited(year: re.Match[str], text: str) -> bool:
    """Whether a year belongs to a citation: (Platt 2018), Platt (2018), or (2018) after its author's name."""
    names = _cited_names().get(year.group(), ())
    sentence = re.split(r"[.?!]\s+(?=[A-Z])|\n\s*\n", text[: year.start()])[-1]
    before = re.sub(r"(?: et al\.)?,? \(?$", "", even(sentence))
    if any(before.endswith(name) for name in names):
        return True
    alone = sentence.endswith("(") and text[year.end() :].lstrip("abc").startswith(")")
    return alone and any(name in sentence for name in names)


@read_once
def _cited_names() -> dict[str, tuple[str, ...]]:
    """The names under which the sources of each year are cited: authors' family names, and the short form."""
    found: dict[str, set[str]] = {}
    for source in evidence.known_sources().values():
        short = source.short.partition(f" {source.year}")[0].rstrip("( ")
        families = {author.partition(",")[0] for author in source.authors} - {"others"}
        found.setdefault(source.year, set()).update(families | {short})
    return {year: tuple(names) for year, names in found.items()}


def _is_own_part(text: str, numeral: Numeral) -> bool:
    if numeral.number is None or not numeral.number.is_integer() or numeral.per_cent:
        return False
    match = _OWN_PARTS.match(text, numeral.end)
    if match is None:
        return False
    return bool(match["any"]) or numeral.number <= (_VERY_FEW if match["general"] else _MANY)


def _is_pronoun(text: str, numeral: Numeral) -> bool:
    """Whether "one" counts nothing: no one, one of ten acts. In "one count of 86" it does."""
    if numeral.text.lower() != "one" or numeral.per_cent:
        return False
    return not re.match(r"(?: \w+)? (?:of|in) \d", text[numeral.end :])


def _around(text: str, numeral: Numeral) -> str:
    return "..." + " ".join(text[max(0, numeral.start - 25) : numeral.end + 25].split()) + "..."


# --- the same or not -----------------------------------------------------------------------------------


def _equal(numeral: Numeral, value: evidence.Value) -> bool:
    """Whether a numeral says a value of the evidence, in its unit: per cent is per cent, a share a share."""
    if isinstance(value.value, datetime.date):
        year = (int(numeral.text), None, None) if re.fullmatch(r"[12]\d{3}", numeral.text) else None
        return _same_day(numeral.date or (None if numeral.per_cent else year), value.value)
    if numeral.number is None:
        return False
    percent = value.unit.split(",")[0] in ("percent", "per cent", "%")
    # A unit may begin with a scale ("million people"); words say the sign of a fall ("28 per cent fewer").
    wanted = float(abs(value.value)) * SCALES.get(value.unit.partition(" ")[0], 1)
    if numeral.kind in ("part", "ratio"):  # "two thirds" may be said of 66.7 per cent and of 0.67
        if value.unit == "one in":
            return abs(numeral.number * wanted - 1) < 1e-9
        return abs(numeral.number * (100 if percent else 1) - wanted) <= 0.5 * 10.0 ** -_places(value.value)
    return numeral.per_cent == percent and abs(numeral.number - wanted) <= 1e-9 * max(1.0, wanted)


def _places(value: float) -> int:
    """Decimal places of a number as the facts write it."""
    return len(str(value).partition(".")[2]) if isinstance(value, float) else 0


def _same_day(written: Day | None, day: datetime.date) -> bool:
    if written is None:
        return False
    real = (day.year, day.month, day.day)
    return all(part is None or part == other for part, other in zip(written, real, strict=True))


@read_once
def _cells(table: str) -> tuple[evidence.Value, ...]:
    """The numbers and dates of a table with their units, those in its words, and the number of its rows."""
    rows = evidence.rows(table)
    found = [evidence.Value("rows", len(rows), "rows", "")]
    for column in evidence.descriptor(table)["schema"]["fields"]:
        for text in {row[column["name"]] for row in rows}:
            if re.fullmatch(r"-?\d+(\.\d+)?", text):
                number = float(text) if "." in text else int(text)
                found.append(evidence.Value(column["name"], number, column.get("unit", ""), ""))
            elif re.fullmatch(r"\d{4}-\d\d-\d\d", text):
                found.append(evidence.Value(column["name"], datetime.date.fromisoformat(text), "date", ""))
            else:  # the words of a row, which a chart names it by
                numbers = (numeral.number for numeral in numerals(text))
                found += [evidence.Value(column["name"], n, "", "") for n in numbers if n is not None]
    return tuple(found)
