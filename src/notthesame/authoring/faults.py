"""What is wrong, and where: the one form in which every rule about content reports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """Something a reader would be wronged by.

    kind: the rule it breaks, in two or three words. where: the file and cell, or the question. what: what is
    wrong, what was found and what is allowed.
    """

    kind: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what
