"""What can be measured of a lesson's prose: reading level, and how much room each position has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .. import evidence, lessons
from . import claims

_REPLY = re.compile(r"\brepl(?:y|ies)\b", re.I)
_BEGINS = re.compile(r"^(?=\*\*|\| \*\*)", re.M)  # a position in a cell that holds several
_ENDS = re.compile(r"\n\s*\n(?!\*\*)")  # a paragraph that begins in no bold is nobody's
_HEAD = re.compile(r"^\|.*(?=\n\| ?:?-)", re.M)


@dataclass(frozen=True)
class Position:
    """A position on a contested question, from the cells tagged "position-NAME" of one section.

    A cell with several such tags holds as many positions, in their order: each begins a line in bold, as a
    paragraph or as a row of a table (which then has the table's head too).

    ``sources`` counts its links to the ledger, ``primary`` those whose source was read itself.
    """

    name: str
    section: str
    words: int
    sources: int
    primary: int
    replied: bool


def positions(lesson: lessons.Notebook) -> tuple[Position, ...]:
    """The positions of a lesson, in order; rivals stand in one section."""
    texts: dict[tuple[str, str], list[str]] = {}
    for cell in lesson.markdown():
        names = [tag.removeprefix("position-") for tag in cell.tags if tag.startswith("position-")]
        for name, text in zip(names, _shares(cell.source, len(names)), strict=True):
            texts.setdefault((cell.section, name), []).append(text)
    return tuple(_position(*place, "\n\n".join(parts)) for place, parts in texts.items())


def _shares(text: str, positions: int) -> list[str]:
    """The share of each position in the text of a cell; an empty one where the text has too few."""
    if positions < 2:
        return [text] * positions
    found = [_ENDS.split(part)[0] for part in _BEGINS.split(text)[1:]]
    head = _HEAD.search(text)
    found = [f"{head[0]}\n{part}" if head and part.startswith("|") else part for part in found]
    return (found + [""] * positions)[:positions]


def _position(section: str, name: str, text: str) -> Position:
    cited = [evidence.known_facts().get(fact_id) for _, fact_id, _ in claims.LINK.findall(text)]
    primary = sum(fact is not None and fact.read == "primary" for fact in cited)
    words = len(lessons.plain(text).split())
    return Position(name, section, words, len(cited), primary, bool(_REPLY.search(text)))


def readability(lesson: lessons.Notebook) -> tuple[float, float]:
    """Flesch-Kincaid grade (Kincaid et al. 1975) of the prose paragraphs, and mean words a sentence."""
    text = " ".join(
        lessons.plain(block)
        for cell in lesson.markdown()
        for block in re.split(r"\n\s*\n", cell.source)
        if not block.lstrip().startswith(("#", "|", "-", "*", "1.", "```"))
    )
    sentences = [s for s in re.split(r"(?<=[.?:])\s+(?=[A-Z\"'])", text) if len(s.split()) > 1]
    words = re.findall(r"[A-Za-z][A-Za-z'-]*", text)
    if not sentences or not words:
        return 0.0, 0.0
    mean = len(words) / len(sentences)
    return 0.39 * mean + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59, mean


def _syllables(word: str) -> int:
    """Vowel groups less a silent final e: an estimate, good enough for a notice."""
    lower = re.sub(r"[^a-z]", "", word.lower())
    silent = lower.endswith("e") and not lower.endswith(("le", "ee"))
    return max(1, len(re.findall(r"[aeiouy]+", lower)) - silent)
