"""Notices: aims that a lesson may miss for a reason."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from ... import evidence
from ...lessons import Notebook
from .. import prose
from .whole import Whole, cell_of

LEVELS, SENTENCE = (8, 10), 18  # Flesch-Kincaid grades; words a sentence on average
WORDS, CELLS, CODE_LINES = range(1_100, 1_801), range(30, 46), 12
UNEVEN = 1.2  # a position with a fifth more words than a rival has more room


def notices(whole: Whole) -> Iterator[str]:
    """Every notice, lesson by lesson, then those of the evidence."""
    for lesson in whole.lessons:
        yield from length_notices(lesson)
        yield from room_notices(lesson)
    yield from age_notices()


def length_notices(lesson: Notebook) -> Iterator[str]:
    """Reading level, words, cells, and long code."""
    name, (level, mean) = lesson.path.name, prose.readability(lesson)
    if not LEVELS[0] <= level <= LEVELS[1] or mean > SENTENCE:
        found = f"Flesch-Kincaid {level:.1f} (aim 8 to 10), {mean:.1f} words a sentence (aim 18 at most)"
        yield f"{name}: {found}"
    if lesson.words() not in WORDS:
        yield f"{name}: {lesson.words()} words (aim {WORDS.start:,} to {WORDS.stop - 1:,})"
    if len(lesson.cells) not in CELLS:
        yield f"{name}: {len(lesson.cells)} cells (aim 30 to 45)"
    for cell in lesson.code():
        if (lines := len(cell.source.splitlines())) > CODE_LINES:
            yield f"{cell_of(lesson, cell)}: {lines} lines of code (aim 12)"


def room_notices(lesson: Notebook) -> Iterator[str]:
    """How much room each position has beside its rivals: those of one section."""
    for section, rivals in _by_section(lesson).items():
        room = "; ".join(f"{p.name} {p.words} words, {p.sources} sources" for p in rivals)
        uneven = max(p.words for p in rivals) > UNEVEN * min(p.words for p in rivals)
        yield f"{lesson.path.name}: positions in {section!r}: {room}{' (uneven room)' if uneven else ''}"


def _by_section(lesson: Notebook) -> Mapping[str, list[prose.Position]]:
    found: dict[str, list[prose.Position]] = {}
    for position in prose.positions(lesson):
        found.setdefault(position.section, []).append(position)
    return found


def age_notices() -> Iterator[str]:
    """Facts that nobody has checked for a year."""
    year_ago = datetime.date.today() - datetime.timedelta(days=365)
    old = [found.id for found in evidence.known_facts().values() if found.checked < year_ago]
    if old:
        yield f"{len(old)} facts were last checked more than a year ago, first {old[0]}"
