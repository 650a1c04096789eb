"""``data/ledger.md``: one level-2 heading a fact, its id, so that a link can point at it."""

from __future__ import annotations

import datetime

from .. import evidence
from .._live import as_markdown
from ..evidence.facts import Fact, Number, label_rows


def ledger() -> str:
    """``data/ledger.md``: one level-2 heading a fact, its id, so that a link can point at it."""
    head = (
        "# The ledger\n\n"
        "Every number and date in this course links to an entry here: what is claimed, the values that\n"
        "a lesson may print, the source, how far it was checked, and what to be careful about. Made from\n"
        "`data/facts/` by `make data`; do not edit by hand.\n"
    )
    return head + "".join(entry(found) for found in evidence.known_facts().values())


def entry(found: Fact) -> str:
    """The ledger's entry of one fact, as markdown.

    >>> entry(evidence.fact("law-signing")).splitlines()[1]
    '## law-signing'
    """
    if found.read == "recalled":
        words = "From memory and not checked, so it is not printed here and no lesson may use it."
        return f"\n## {found.id}\n\n{words}\n"
    values = [
        f"| {v.name} | {_plain(v.value)} | {as_markdown(v.unit)} | {as_markdown(v.what)} |"
        for v in found.values.values()
    ]
    head = ["", "| name | value | unit | what |", "| --- | --- | --- | --- |"]
    lines = [f"\n## {found.id}\n", as_markdown(found.statement), *(head + values if values else ()), ""]
    lines += [
        f"- **{name}**: {as_markdown(text)}" for name, text in label_rows(found)[1:] if name != "Values"
    ]
    return "\n".join(lines) + "\n"


def _plain(value: Number | datetime.date) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else f"{value:,}"
