"""A task whose answer is made in a lab, which keeps it: the form only checks what stands there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .._words import some
from . import Form, Given


@dataclass(frozen=True)
class InLab(Form):
    """Named parts, each with some keys or a text of one's own.

    ``called`` says which lab. ``labels`` gives the words of each part, ``words`` those of each key. The parts
    ``free`` hold a text. The value is a dict by part; ``lacks`` names what such a dict has nothing for yet.

    >>> cup = InLab("kitchen", {"size": "Size", "name": "Name"}, {"s": "small"}, {"name"})
    >>> cup.given({"size": ["s"], "name": "Mine"}), cup.value(["s", ""])
    (['s', 'Mine'], {'size': ['s'], 'name': ''})
    """

    called: str
    labels: Mapping[str, str]
    words: Mapping[str, str]
    free: Collection[str] = ()
    lacks: Callable[[Mapping[str, Any]], Sequence[str]] = lambda value: ()

    @property
    def wanted(self) -> str:
        """Where the answer is made."""
        return f"Your answer is what stands in the {self.called}. Make it there, then check it here."

    def data(self) -> dict[str, Any]:
        """The kind alone: there is nothing to fill in."""
        return {"kind": "lab"}

    def fits(self, given: Given) -> bool:
        """Whether there is a text for each part, and each key is known."""
        if len(given) != len(self.labels):
            return False
        return all(
            part in self.free or {*text.split()} <= {*self.words}
            for part, text in zip(self.labels, given, strict=True)
        )

    def value(self, given: Given) -> Any:
        """The parts as a dict; ValueError says what is missing."""
        if not any(text.strip() for text in given):
            return ...
        value = self.parts(given)
        if missing := self.lacks(value):
            raise ValueError(f"Nothing yet for: {some(missing)}")
        return value

    def parts(self, given: Given) -> dict[str, Any]:
        """What each part holds, whether or not anything is missing."""
        named = zip(self.labels, given, strict=True)
        return {part: text if part in self.free else text.split() for part, text in named}

    def given(self, value: Any) -> list[str]:
        """A text for each part: what is free as it is, keys with spaces between them."""
        parts = [value.get(part, "") for part in self.labels]
        return [part if isinstance(part, str) else " ".join(part) for part in parts]

    def told(self, given: Given) -> list[tuple[str, str]]:
        """Each part in words."""
        return [
            (f"{label}:", (text if part in self.free else self._told(text)) or "nothing")
            for (part, label), text in zip(self.labels.items(), given, strict=True)
        ]

    def _told(self, keys: str) -> str:
        return "; ".join(self.words[key] for key in keys.split())

    def offered(self) -> list[tuple[str, str]]:
        """The parts."""
        return [("Parts:", "; ".join(self.labels.values()) + ".")]
