"""Linked claims drawn by lot, each with what its ledger entry says: what a fact-checker goes through."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .. import evidence, lessons
from ..course import Course
from ..evidence.facts import label_rows
from .claims import LINK, numerals

_LEDGER = re.compile(r"\]\((?:\.\./)*data/ledger\.md#([a-z0-9-]+)[^)]*\)")


@dataclass(frozen=True)
class Claim:
    """A claim of a lesson: the words that carry the link, the entry they lead to, and their paragraph."""

    lesson: str
    cell: int
    fact: str
    words: str
    paragraph: str


def claims(of: Course) -> tuple[Claim, ...]:
    """Every linked claim of the lessons, in reading order; a cell is counted from 1.

    >>> from notthesame.course import course
    >>> claims(course())[0].lesson
    '00'
    """
    with of.in_use():
        return tuple(claim for book in lessons.read_all(of.lessons) for claim in _claims(book))


def _claims(book: lessons.Notebook) -> Iterator[Claim]:
    for cell in book.markdown():
        for paragraph in re.split(r"\n\s*\n", cell.source):
            plain = _LEDGER.sub(r"]{\1}", paragraph).strip()
            for words, fact, _ in LINK.findall(paragraph):
                yield Claim(book.number, cell.index + 1, fact, words, plain)


def sample(of: Course, size: int, seed: int, figures: bool = False) -> str:
    """``size`` of the claims, drawn without return and the same for the same seed, as a text in Markdown.

    figures: only claims whose own words hold a number or a date. Raises ValueError when size is not between
    1 and the number of claims.

    >>> from notthesame.course import course
    >>> sample(course(), 2, 1) == sample(course(), 2, 1)
    True
    """
    known = [claim for claim in claims(of) if not figures or any(numerals(claim.words))]
    if not 1 <= size <= len(known):
        raise ValueError(f"the size is {size}; allowed: 1 to {len(known)}, the number of linked claims")
    with of.in_use():
        drawn = random.Random(seed).sample(known, size)
        parts = [_told(number, claim) for number, claim in enumerate(drawn, 1)]
    return "\n".join((f"# {size} of {len(known)} linked claims, seed {seed}\n", *parts))


def _told(number: int, claim: Claim) -> str:
    rows = "\n".join(f"- {name}: {text}" for name, text in label_rows(evidence.fact(claim.fact)))
    head = f"## {number}. Lesson {claim.lesson}, cell {claim.cell}, {claim.fact}"
    return f"{head}\n\nWords: {claim.words}\n\nParagraph: {claim.paragraph}\n\n{rows}\n"
