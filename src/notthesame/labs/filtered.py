"""What labs share that filter a table: lists of choices, and rows of which a few stand there at first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import traitlets

from .. import _reading
from . import BadValue, script, stylesheet


def filtered_script(name: str) -> str:
    """The script of such a lab after what all of them share.

    >>> "function filterPart(" in filtered_script("evidence_grid.js")
    True
    """
    return script("filtered.js", name)


def filtered_stylesheet(name: str) -> str:
    """The style of such a lab after what all of them share.

    >>> ".nts-filtered" in filtered_stylesheet("evidence_grid.css")
    True
    """
    return stylesheet("filtered.css", name)


class Choice(traitlets.Unicode):  # type: ignore[type-arg]
    """One of some words, or "" for all where ``all_too``; ``allowed`` is asked when a value is set."""

    def __init__(self, allowed: Callable[[], Iterable[str]], start: str = "", all_too: bool = True) -> None:
        super().__init__(start)
        self.allowed, self.all_too = allowed, all_too

    def validate(self, obj: Any, value: Any) -> str:
        """The word; raises BadValue naming what is allowed."""
        allowed = tuple(self.allowed())
        if not isinstance(value, str) or value not in (*allowed, *([""] if self.all_too else [])):
            all_too = ", or an empty text for all" if self.all_too else ""
            found = _reading.shown(value)
            raise BadValue(f"{self.name} is {found}; allowed: {', '.join(allowed)}{all_too}")
        return value


def list_of(name: str, label: str, choices: Mapping[str, str], every: str = "all") -> dict[str, Any]:
    """A filter as the script takes it: the trait, its label, and each value with its words; "" comes first.

    ``every`` are the words for the empty value; without words there is none.

    >>> list_of("design", "Design", {"mixed": "Official mixed methods"})["choices"]
    [['', 'all'], ['mixed', 'Official mixed methods']]
    """
    first = [["", every]] if every else []
    return {"name": name, "label": label, "choices": [*first, *map(list, choices.items())]}
