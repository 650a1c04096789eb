"""The glossary of misconceptions: the beliefs that wrong options and typical wrong answers share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import translation
from .._loading import FileFaults, read_yaml, structure
from ..course import course, read_once


@dataclass(frozen=True)
class Misconception:
    """A mistaken belief that wrong options share, and what is the case instead."""

    belief: str
    instead: str


def misconceptions() -> Mapping[str, Misconception]:
    """The glossary of misconceptions, by slug; empty while its file has a fault.

    >>> "unlawful-is-trafficked" in misconceptions()
    True
    """
    return _read()[0]


@read_once
def _read() -> tuple[Mapping[str, Misconception], tuple[FileFaults, ...]]:
    try:
        found = load_misconceptions(course().file("exercises", "misconceptions.yaml"))
    except FileFaults as error:
        return {}, (error,)
    own = {
        slug: Misconception(entry.belief, entry.instead)
        for slug, entry in translation.beliefs().items()
        if slug in found and entry.of == mark_of(found[slug]) and not translation.unfinished(entry)
    }
    return {**found, **own}, ()


def mark_of(belief: Misconception) -> str:
    """The mark of a misconception, by which a translation is seen to be current.

    >>> len(mark_of(Misconception("It is so.", "It is not so.")))
    8
    """
    return translation.mark(belief.belief, belief.instead)


def load_misconceptions(path: Path) -> Mapping[str, Misconception]:
    """The misconceptions of a file, by slug. Raises FileFaults with every fault.

    >>> len(load_misconceptions(course().file("exercises", "misconceptions.yaml"))) > 40
    True
    """
    found, faults = structure(read_yaml(path), dict[str, Misconception])
    if found is None:
        raise FileFaults(path, faults)
    return found


def misconception_faults() -> tuple[FileFaults, ...]:
    """The faults of the glossary; while there are any, nobody can say that a name is not in it.

    >>> misconception_faults()
    ()
    """
    return _read()[1]
