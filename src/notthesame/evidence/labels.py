"""The evidence label of a fact, as a page shows it: who counted, whom, how, when, and what is missing."""

from __future__ import annotations

import html
from dataclasses import dataclass

from .facts import Fact, fact


@dataclass(frozen=True, repr=False)
class EvidenceLabel:
    """The evidence label of a fact as a page shows it; with ``after``, in a closed block of that name."""

    fact: Fact
    after: str = ""

    def __repr__(self) -> str:
        return repr(self.fact)

    def _repr_html_(self) -> str:
        table = self.fact._repr_html_()
        return (
            f"<details><summary>{html.escape(self.after)}</summary>{table}</details>" if self.after else table
        )


def label(fact_id: str, after: str = "") -> EvidenceLabel:
    """The evidence label of a fact, for the last line of a cell.

    With ``after`` it lies in a closed block with this line as its summary (predict before reveal).

    >>> label("surveys-coyote2018-60-count", after="Who was asked?").after
    'Who was asked?'
    """
    return EvidenceLabel(fact(fact_id), after)
