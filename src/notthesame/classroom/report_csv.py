"""The tables of a class report as CSV, for a spreadsheet: with what the page tells, and nothing more."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..questions.replies import number_of
from ..statistics.items import Estimate
from .class_report import ClassReport, Item, class_report
from .collected import Aside
from .report_words import HIDDEN, people, per_cent
from .tally import Tally

FORMULA = "=+-@"  # begin what a spreadsheet takes for a formula; so do a tab and the end of a line (OWASP)
DIGITS = 6

_Cell = str | int | float | None
_Row = Sequence[_Cell]


def tables(tally: Tally, asides: Sequence[Aside]) -> Mapping[str, bytes]:
    """Files by name, each a table; counts and shares as on the page, the statistics with six digits.

    Texts that a spreadsheet would take for a formula have an apostrophe before them. Shares are in per cent;
    where one is a range it is given as text.

    >>> sorted(tables(Tally(learners=3), []))
    ['class.csv', 'set_aside.csv']
    """
    found = class_report(tally)
    made: dict[str, Iterable[_Row]] = {"class": _class(found)}
    if found.learners.exact and found.learners.low:
        made |= {
            "lessons": _lessons(found),
            "outcomes": _outcomes(found),
            "questions": _questions(found),
            "options": _options(found),
            "misconceptions": _beliefs(found),
            "confidence": _bands(found),
        }
    aside = [("name", "why"), *((one.name, one.why) for one in asides)]
    return {f"{name}.csv": _written(rows) for name, rows in (made | {"set_aside": aside}).items()}


def guarded(value: _Cell) -> str:
    """A cell as it is written; what begins like a formula and is no number of ours gets an apostrophe.

    >>> guarded("=1+1"), guarded(-0.25), guarded("a"), guarded(None)
    ("'=1+1", '-0.25', 'a', '')
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return f"{round(value, DIGITS):g}" if isinstance(value, float) else str(value)
    # Some programs drop blanks and invisible signs before a cell, and take full-width signs for the same.
    bare = unicodedata.normalize("NFKC", value).lstrip(" \N{ZERO WIDTH NO-BREAK SPACE}\N{ZERO WIDTH SPACE}")
    return f"'{value}" if bare.startswith((*FORMULA, "\t", "\r", "\n")) else value


def _written(rows: Iterable[_Row]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")  # a spreadsheet takes UTF-8 for something else without it


# --- the tables --------------------------------------------------------------------------------------------


def _class(found: ClassReport) -> Iterator[_Row]:
    yield "what", "value"
    yield "learners", people(found.learners)
    if not found.learners.exact or not found.learners.low:
        return
    yield "hand-ins", found.hand_ins
    yield "learners with texts of tasks", people(found.with_texts)
    if forms := found.forms:
        yield "learners who answered all of both tests", forms.learners
        yield f"form A, per cent right, to the nearest {forms.step}", forms.before
        yield f"form B, per cent right, to the nearest {forms.step}", forms.after
        for name, value in zip(("", ", low", ", high"), _three(forms.gain), strict=True):
            yield f"normalised gain{name}", value
        for name, value in zip(("", ", low", ", high"), _three(forms.more), strict=True):
            yield f"questions more right{name}", value


def _three(found: Estimate | None) -> tuple[float | None, float | None, float | None]:
    return (found.value, found.low, found.high) if found else (None, None, None)


def _lessons(found: ClassReport) -> Iterator[_Row]:
    yield "lesson", "title", "began", "answered_all", "reliability", "reliability_low", "reliability_high"
    for one in found.lessons:
        yield one.number, one.title, people(one.begun), people(one.finished), *_three(one.alpha)


def _outcomes(found: ClassReport) -> Iterator[_Row]:
    yield "outcome", "text", "learners", "questions", "right_per_cent", "low_per_cent", "high_per_cent"
    for one in found.outcomes:
        ends = (None if end is None else round(100 * end) for end in (one.low, one.high))
        yield one.name, one.text, one.learners, len(one.items), per_cent(one.right, one.answers), *ends


_QUESTIONS = (
    "question", "lesson", "taught_in", "outcome", "kind", "stem", "answered", "right", "right_per_cent",
    "low_per_cent", "high_per_cent", "discrimination", "discrimination_low", "discrimination_high",
    "latest_right_per_cent",
)  # fmt: skip


def _questions(found: ClassReport) -> Iterator[_Row]:
    yield _QUESTIONS
    for item in found.items:
        asked = item.question
        head = asked.id, number_of(asked), f"{asked.taught:02}", asked.outcome, asked.kind, asked.stem
        yield *head, people(item.answered), *_shares(item)


def _shares(item: Item) -> Iterator[_Cell]:
    if not item.enough:
        yield from (HIDDEN, HIDDEN, *[None] * (len(_QUESTIONS) - 9))
        return
    whole = item.answered.low
    yield people(item.right)
    yield per_cent(item.right, whole)
    yield from (None if end is None else 100 * end for end in _three(item.hard)[1:])
    yield from _three(item.telling)
    yield per_cent(item.latest, whole)


def _options(found: ClassReport) -> Iterator[_Row]:
    yield "question", "option", "right", "text", "misconception", "chosen", "chosen_per_cent", "reason"
    for item in found.items:
        for one in item.choices:
            told = people(one.people), per_cent(one.people, item.answered.low)
            right = "yes" if one.right else "no"
            yield item.question.id, one.label, right, one.text, one.slug, *told, one.reason


def _beliefs(found: ClassReport) -> Iterator[_Row]:
    yield "misconception", "belief", "instead", "could_show", "shown", "shown_per_cent", "twice", "lessons"
    for held in found.beliefs:
        told = people(held.shown), per_cent(held.shown, held.met), held.twice
        yield held.slug, held.belief, held.instead, held.met, *told, " ".join(held.lessons)


def _bands(found: ClassReport) -> Iterator[_Row]:
    yield "sure_from", "sure_to", "answers", "right_per_cent"
    for band in found.bands:
        yield band.low, band.high, band.answers, per_cent(band.right, band.answers)
