"""Rules about a lesson: its header, questions and terms, and when a learner predicts and checks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ... import questions
from ..._loading import no_such
from ...labs import LABS
from ...lessons import MORE, Notebook, plain
from ...questions import Question
from ...subject.glossary import meanings
from .. import prose
from ..faults import Fault
from . import giveaways
from .whole import Whole, cell_of

TERMS, GAP_WORDS, ASKED, IN_BANK = 7, 600, 5, 10
CHECKS = re.compile(rf"\b({'|'.join(('ask', 'retrieval', 'check', *LABS))})\(")


def faults(whole: Whole) -> Iterator[Fault]:
    """Every fault of a lesson."""
    for lesson in whole.lessons:
        yield from header_faults(lesson)
        yield from question_faults(lesson, whole.bank)
        yield from place_faults(lesson, whole.bank)
        yield from term_faults(lesson)
        yield from gap_faults(lesson)
        yield from position_faults(lesson)
        yield from giveaway_faults(lesson)
        yield from giveaways.faults(lesson)


def header_faults(lesson: Notebook) -> Iterator[Fault]:
    """The header holds minutes, what comes before, the content line, and two to four outcomes."""
    name = lesson.path.name
    if lesson.minutes is None or "**Content**" not in lesson.header or "**Before this**" not in lesson.header:
        words = "the header lacks minutes, what comes before, or the content line"
        yield Fault("header", name, words)
    if not 2 <= len(lesson.outcomes) <= 4:
        words = f"{len(lesson.outcomes)} outcomes; allowed are two to four, each as '1. verb ... (bloom)'"
        yield Fault("number of outcomes", name, words)
    for outcome in lesson.outcomes:
        if outcome.bloom not in questions.BLOOM:
            words = f"outcome {outcome.number} has the level {outcome.bloom!r}; allowed: "
            yield Fault("level of an outcome", name, words + ", ".join(questions.BLOOM))


def question_faults(lesson: Notebook, bank: Sequence[Question]) -> Iterator[Fault]:
    """It asks questions that exist, enough of its own, at least two for each outcome."""
    name, known = lesson.path.name, {question.id: question for question in bank}
    mine = practice(lesson, bank)
    for outcome in lesson.outcomes:
        if sum(question.outcome == outcome.number for question in mine) < 2:
            words = f"outcome {outcome.number} has fewer than two questions"
            yield Fault("outcome without questions", name, words)
    for question_id in lesson.asked():
        if question_id not in known:
            yield Fault("unknown question", name, f"it asks {no_such('question', question_id, known)}")
    own = [question.id for question in mine if question.id in lesson.asked()]
    if len(own) < ASKED or len(mine) < IN_BANK:
        words = f"{len(own)} questions of its own in the text and {len(mine)} in the bank"
        yield Fault("too few questions", name, f"{words}; at least {ASKED} and {IN_BANK} are wanted")


def practice(lesson: Notebook, bank: Sequence[Question]) -> list[Question]:
    """The questions of a lesson that are no test."""
    return [q for q in bank if f"{q.lesson:02d}" == lesson.number and q.mode == "practice"]


def place_faults(lesson: Notebook, bank: Sequence[Question]) -> Iterator[Fault]:
    """A question rests on a section and an outcome of its lesson, a test question on those it is about."""
    number = int(lesson.number)
    tests = [q for q in bank if q.mode == "test" and number == q.taught]
    for question in (*practice(lesson, bank), *tests):
        where = f"question {question.id}"
        if question.section and question.section not in lesson.sections:
            words = f"section {question.section!r} is no heading of {lesson.path.name}"
            yield Fault("unknown section", where, words)
        if question.outcome not in [outcome.number for outcome in lesson.outcomes]:
            yield Fault("unknown outcome", where, f"{lesson.path.name} has no outcome {question.outcome}")


def term_faults(lesson: Notebook) -> Iterator[Fault]:
    """At most seven new terms, each in the glossary."""
    name = lesson.path.name
    if len(lesson.terms) > TERMS:
        yield Fault("too many terms", name, f"{len(lesson.terms)} new terms; at most seven")
    for term in lesson.terms:
        if term not in meanings():
            yield Fault("term unexplained", name, f"the term {term!r} is not in the glossary")


def gap_faults(lesson: Notebook) -> Iterator[Fault]:
    """A check of understanding comes at most every 600 words, before the folded "More"."""
    words = 0
    for cell in lesson.cells:
        if cell.section == MORE:
            continue
        if cell.kind == "markdown":
            words += len(plain(cell.source).split())
        elif CHECKS.search(cell.source):
            words = 0
        if words > GAP_WORDS:
            found = f"{words} words since the last check of understanding"
            yield Fault("long way without a check", f"{lesson.path.name}, cell {cell.index + 1}", found)
            words = 0


def position_faults(lesson: Notebook) -> Iterator[Fault]:
    """Every position on a contested question has a primary source of its holders and a reply."""
    for position in prose.positions(lesson):
        where = f"{lesson.path.name}: position {position.name} in {position.section!r}"
        if not position.primary:
            words = "no link to a source of its holders that was read itself"
            yield Fault("position without source", where, words)
        if not position.replied:
            yield Fault("position without reply", where, "no reply; say what its opponents answer")


def giveaway_faults(lesson: Notebook) -> Iterator[Fault]:
    """An open evidence label right below a closed figure tells what the reader is still to predict."""
    for above, cell in pairwise(lesson.code()):
        if "label(" in cell.source and "after=" not in cell.source and "after=" in above.source:
            words = "the label gives away the figure above; close it too, with after="
            yield Fault("giveaway", cell_of(lesson, cell), words)
