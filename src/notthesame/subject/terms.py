"""Terms of the debate: who uses each, what it claims, who objects and why (``data/tables/terms.csv``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from .. import _html, evidence
from .._loading import no_such
from ..course import read_once

_HEADINGS = ("Term", "Who uses it", "What it claims", "Who objects, and why", "Read in")


@dataclass(frozen=True)
class Term:
    """One term. ``fact`` and ``objection_fact`` are ledger ids of a holder's text and of the objection."""

    term: str
    forms: str
    names: str
    used_by: str
    claims: str
    objector: str
    objection: str
    fact: str
    objection_fact: str

    @property
    def sources(self) -> tuple[evidence.Fact, evidence.Fact]:
        """The ledger entries of a holder and of the objection."""
        return evidence.fact(self.fact), evidence.fact(self.objection_fact)

    def __repr__(self) -> str:
        read = "; ".join(found.link_title for found in self.sources)
        head = f"{self.term}. Used by: {self.used_by}. Claims: {self.claims}"
        return f"{head} Objection, from {self.objector}: {self.objection} ({read})"


@dataclass(frozen=True)
class Terms(_html.Block):
    """Some terms as a table, for the last line of a cell; in a closed block when ``after`` is given."""

    terms: tuple[Term, ...]
    after: str = ""

    def __repr__(self) -> str:
        return "\n".join(map(repr, self.terms))

    def __html__(self) -> Markup:
        caption = "What each term claims; the wording of claims and objections is ours"
        return _html.closed(_html.table(caption, _HEADINGS, map(_row, self.terms)), self.after)


def terms(*names: str, after: str = "") -> Terms:
    """The table of terms, or of those named, as in ``terms("client", "sex buyer")``.

    With ``after`` the table lies in a closed block with this line as its summary (sort before you open).
    Raises KeyError for a term that the table does not have, naming the nearest.

    >>> [term.term for term in terms("client", "sex buyer").terms]
    ['client', 'sex buyer']
    """
    known = _all()
    for name in names:
        if str(name) not in known:
            raise KeyError(no_such("term", name, known))
    return Terms(tuple(known[name] for name in names or known), after)


@read_once
def _all() -> Mapping[str, Term]:
    columns = Term.__dataclass_fields__
    return {row["term"]: Term(**{name: row[name] for name in columns}) for row in evidence.rows("terms")}


def _row(term: Term) -> tuple[str, ...]:
    also = Markup("<br>also: {}").format(term.forms) if term.forms else Markup()
    read = Markup("; ").join(map(evidence.ledger_link, (term.fact, term.objection_fact)))
    objects = f"{term.objector}: {term.objection}"
    return escape(term.term) + also, term.used_by, term.claims, objects, read
