"""Rules about a linked sentence: the caution it owes its reader, and its holder's own noun for people.

A fact's ``must_say`` holds short words, each with alternatives behind ``|``. Every lesson that links the
fact says them in a sentence with such a link, or shows the fact's evidence label, where the caution stands.
A fact's ``term`` holds the holder's own nouns for the people it speaks of; a sentence that links it uses no
rival noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ... import evidence
from ...evidence import Fact
from ...lessons import Notebook
from .. import claims
from ..faults import Fault
from .whole import Whole, cell_of, name_of
from .wording import without_quotations

_SOMEONE = r"(?:people|persons?|individuals?|wom[ae]n|men|those)"
# Rival nouns for the same people, group by group: who uses which is a position, not a matter of style.
NOUNS: Mapping[str, Mapping[str, str]] = {
    "who sells": {
        "sex workers": r"sex[ -]workers?",
        "prostitutes": r"(?<!Collective of )prostitutes?",  # an organisation has the name it has
        "prostituted people": rf"prostituted {_SOMEONE}",
        "people in prostitution": rf"{_SOMEONE} in prostitution",
        "people who sell sex": rf"{_SOMEONE} (?:who sells?|selling) sex\w*|sex sellers?",
    },
    "who buys": {
        "clients": r"clients?",
        "buyers": r"(?:sex[ -])?buyers?",
        "customers": r"customers?",
        "punters": r"punters?",
        "johns": r"johns",
    },
    "who gains": {
        "pimps": r"pimps?",
        "managers": r"managers?",
        "third parties": r"third part(?:y|ies)",
        "facilitators": r"facilitators?",
    },
}
_LINKED = re.compile(r"\x00([^\x00]+)\x00")


@dataclass(frozen=True)
class Sentence:
    """A sentence with links to the ledger: its words without their addresses, and the facts it links."""

    words: str
    facts: tuple[str, ...]


def faults(whole: Whole) -> Iterator[Fault]:
    """Every fault of a slot."""
    for found in evidence.known_facts().values():
        yield from term_faults(found)
    for lesson in whole.lessons:
        yield from caution_faults(lesson)
    for notebook in whole.notebooks:
        for cell in notebook.markdown():
            yield from noun_faults(cell.source, cell_of(notebook, cell))
    for name, text in whole.text_pages():
        yield from noun_faults(text, name)


def term_faults(found: Fact) -> Iterator[Fault]:
    """A fact's terms are nouns that this rule knows."""
    known = [noun for nouns in NOUNS.values() for noun in nouns]
    for term in found.term:
        if not _nouns(term):
            words = f"term {term!r} is no known noun for people; allowed: {', '.join(known)}"
            yield Fault("unknown term", f"fact {found.id}", words)


def caution_faults(lesson: Notebook) -> Iterator[Fault]:
    """What a linked fact must say is said in the lesson, in a sentence that links it or in its label."""
    said: dict[str, list[str]] = {}
    for cell in lesson.markdown():
        for sentence in sentences(cell.source):
            for fact_id in sentence.facts:
                said.setdefault(fact_id, []).append(sentence.words.lower())
    for fact_id, texts in said.items():
        found = evidence.known_facts().get(fact_id)
        if found is None or any(f'label("{fact_id}"' in cell.source for cell in lesson.code()):
            continue
        for owed in found.must_say:
            if not any(word.strip().lower() in text for word in owed.split("|") for text in texts):
                words = f"it links {fact_id}, and no sentence that does says {owed!r}, nor is its label shown"
                yield Fault("caution left out", name_of(lesson), words)


def noun_faults(text: str, where: str) -> Iterator[Fault]:
    """A sentence that links what somebody holds uses that holder's own noun for people."""
    for sentence in sentences(text):
        linked = [evidence.known_facts()[name] for name in sentence.facts if name in evidence.known_facts()]
        own = {noun for found in linked for term in found.term for noun in _nouns(term)}
        bound = {group for group, _ in own}
        for group, noun in sorted(_nouns(without_quotations(sentence.words)) - own):
            if group in bound:
                names = ", ".join(name for of, name in sorted(own) if of == group)
                held = ", ".join(found.id for found in linked if found.term)
                words = f"it speaks of {noun} and links {held}, whose holder says {names}"
                yield Fault("another's noun", where, words)


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a markdown text that link to the ledger."""
    marked = claims.LINK.sub(lambda link: f"{link[1]}\x00{link[2]}\x00", text)
    for block in re.split(r"\n\s*\n|\n(?=[-*|]|\d+\. )", marked):
        for words in re.split(r"(?<=[.?])[\"”’)]*\s+(?=[A-Z\"“(\[])", block):
            if facts := tuple(_LINKED.findall(words)):
                yield Sentence(" ".join(_LINKED.sub("", words).split()), facts)


def _nouns(text: str) -> set[tuple[str, str]]:
    """The nouns for people in a text, as (group, noun)."""
    return {
        (group, noun)
        for group, nouns in NOUNS.items()
        for noun, pattern in nouns.items()
        if re.search(rf"\b(?:{pattern})\b", text, re.I)
    }
