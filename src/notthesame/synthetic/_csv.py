"""Rows as the text of a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any


def written(rows: Iterable[Mapping[str, Any]]) -> str:
    """The text of a CSV file with these rows, the same on every system; nothing for None, true for True.

    >>> written([{"setting": "a", "held": None, "synthetic": True}])
    'setting,held,synthetic\\na,,true\\n'
    """
    found, text = list(rows), io.StringIO()
    writer = csv.DictWriter(text, found[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in found)
    return text.getvalue()


def _cell(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value
