"""Rules about the day of a check: a reader finds it of every fact that the course cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ... import evidence
from .. import claims
from ..faults import Fault
from .whole import Whole, cell_of
from .wording import cited

_LABEL = re.compile(r"""\blabel\(\s*["']([a-z0-9-]+)["']""")
_ENTRY = re.compile(r"^## (\S+)\n(.*?)(?=^## |\Z)", re.M | re.S)


def faults(whole: Whole) -> Iterator[Fault]:
    """Facts that are cited and whose entry in the ledger, or whose label, has no day of its check."""
    ledger = (whole.course.data / "ledger.md").read_text(encoding="utf-8")
    entries = dict(_ENTRY.findall(ledger))
    for name, where in _cited(whole).items():
        found = evidence.known_facts()[name]
        if found.read != "recalled" and f"- **Last checked**: {found.checked}\n" not in entries.get(name, ""):
            words = f"the ledger has no day {found.checked} on which {name} was checked; run make data"
            yield Fault("fact without check date", where, words)
    for notebook in whole.executed:
        for cell in notebook.code():
            for name in _LABEL.findall(cell.source):
                known = evidence.known_facts().get(name)
                if known and known.label and str(known.checked) not in cell.html:
                    words = f"the label of {name} shows no day {known.checked}; run make run"
                    yield Fault("fact without check date", cell_of(notebook, cell), words)


def _cited(whole: Whole) -> Mapping[str, str]:
    """Every fact that the course cites, with the first place that does."""
    links = (
        (cell_of(notebook, cell), name)
        for notebook in whole.notebooks
        for cell in notebook.markdown()
        for _, name, _ in claims.LINK.findall(cell.source)
    )
    asked = ((f"question {question.id}", name) for question in whole.bank for name in question.facts)
    found: dict[str, str] = {}
    for where, name in (*links, *asked, *cited(whole)):
        if name in evidence.known_facts():
            found.setdefault(name, where)
    return found
