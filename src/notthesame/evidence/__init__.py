"""Facts, tables, sources and the evidence label. Numbers live in ``data/`` and nowhere else."""

from .facts import READ, Fact, Value, fact, fact_faults, known_facts, load_facts
from .finding import Found, find
from .labels import label, ledger_link
from .sources import Source, cite, known_sources
from .tables import column_titles, descriptor, rows, table, table_names

__all__ = [
    "READ",
    "Fact",
    "Found",
    "Source",
    "Value",
    "cite",
    "column_titles",
    "descriptor",
    "fact",
    "fact_faults",
    "find",
    "known_facts",
    "known_sources",
    "label",
    "ledger_link",
    "load_facts",
    "rows",
    "table",
    "table_names",
]
