"""The glossary: each term of the course, its meaning, and its lesson (``data/glossary.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .._loading import FileFaults, read_yaml, structure
from ..course import course, read_once


@dataclass(frozen=True)
class Meaning:
    """What a term of the glossary means, from which facts, and the lesson that introduces it."""

    text: str
    facts: tuple[str, ...]
    lesson: int


@dataclass(frozen=True)
class _RawGlossary:
    terms: dict[str, Meaning]


@read_once
def glossary() -> Mapping[str, Meaning]:
    """The terms of ``data/glossary.yaml``; raises FileFaults with every fault."""
    return load_glossary(course().file("data", "glossary.yaml"))


def load_glossary(path: Path) -> Mapping[str, Meaning]:
    """The terms of one file; raises FileFaults with every fault.

    >>> load_glossary(course().file("data", "glossary.yaml"))["act"].lesson
    2
    """
    found, faults = structure(read_yaml(path), _RawGlossary)
    if found is None:
        raise FileFaults(path, faults)
    return found.terms
