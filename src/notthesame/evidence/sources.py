"""Sources: the bibliography as ``data/sources.json`` has it, and citing from it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .._loading import no_such
from ..course import course, read_once

_KEY = re.compile(r"\b[a-z]+(?:\d{4}|_)\w*")


@dataclass(frozen=True)
class Source:
    """One entry of ``data/sources.bib``."""

    key: str
    type: str
    title: str
    authors: tuple[str, ...] = ()
    year: str = ""
    container: str = ""
    publisher: str = ""
    doi: str = ""
    url: str = ""
    note: str = ""
    shorthand: str = ""

    @property
    def short(self) -> str:
        """As a link title names it: "22 U.S.C. 7102", "Platt 2018"."""
        if self.shorthand:
            return self.shorthand
        names = [author.split(",")[0] for author in self.authors]
        who = names[0] if len(names) == 1 else f"{names[0]} and {names[1]}" if len(names) == 2 else ""
        who = who or (f"{names[0]} et al." if names else self.title)
        return f"{who} {self.year}".strip()

    def __str__(self) -> str:
        where = f"https://doi.org/{self.doi}" if self.doi else self.url
        parts = [", ".join(self.authors), f"{self.title} ({self.year})" if self.year else self.title]
        parts += [self.container, self.publisher, where]
        return ". ".join(part.rstrip(".") for part in parts if part) + "."


class _Sources(Mapping[str, Source]):
    """Sources by their keys, kept as JSON and made when asked for: a lesson cites few of hundreds."""

    def __init__(self, text: str) -> None:
        self._held: Mapping[str, str] = json.loads(text, object_hook=_in_json)

    def __getitem__(self, key: str) -> Source:
        entry = json.loads(self._held[key])
        return Source(key=key, **{**entry, "authors": tuple(entry.get("authors", ()))})

    def __contains__(self, key: object) -> bool:
        return key in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


def _in_json(part: dict[str, Any]) -> Any:
    """An entry as JSON again; the whole, whose parts are that already, as it is."""
    return json.dumps(part, ensure_ascii=False) if "title" in part else part


@read_once
def known_sources() -> Mapping[str, Source]:
    """Every source by its key.

    >>> "platt2018" in known_sources()
    True
    """
    return _Sources(course().file("data", "sources.json").read_text(encoding="utf-8-sig"))


def cite(key: str) -> Source:
    """A source; printed in full, or ``.short``. Raises KeyError naming the nearest keys.

    >>> cite("platt2018").short
    'Platt et al. 2018'
    """
    found = known_sources().get(key)
    if found is None:
        raise KeyError(no_such("source", key, known_sources()))
    return found


def sources_named(text: str) -> str:
    """The text with the short names of sources where it has their keys.

    >>> sources_named("From platt2018.")
    'From Platt et al. 2018.'
    """
    known = known_sources()
    return _KEY.sub(lambda key: known[key[0]].short if key[0] in known else key[0], text)
