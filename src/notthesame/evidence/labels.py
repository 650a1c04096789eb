"""A fact on the page: its evidence label (who counted, whom, how, when, what is missing), a link to it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from .. import _html
from ..course import course
from .facts import Fact, fact


@dataclass(frozen=True, repr=False)
class EvidenceLabel(_html.Block):
    """The evidence label of a fact as a page shows it; with ``after``, in a closed block of that name."""

    fact: Fact
    after: str = ""

    def __repr__(self) -> str:
        return repr(self.fact)

    def __html__(self) -> Markup:
        return _html.closed(self.fact, self.after)


def label(fact_id: str, after: str = "") -> EvidenceLabel:
    """The evidence label of a fact, for the last line of a cell.

    With ``after`` it lies in a closed block with this line as its summary (predict before reveal).

    >>> label("surveys-coyote2018-60-count", after="Who was asked?").after
    'Who was asked?'
    """
    return EvidenceLabel(fact(fact_id), after)


def ledger_link(fact_id: str, words: str = "") -> Markup:
    """A link to a fact's entry in the ledger, in these words or else in the usual title of such a link.

    >>> ledger_link("law-signing", "signed").endswith('data/ledger.md#law-signing">signed</a>')
    True
    """
    return _html.link(course().link_to_data(f"ledger.md#{fact_id}"), words or fact(fact_id).link_title)
