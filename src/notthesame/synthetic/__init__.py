"""What writes each synthetic table. No number in them says anything about the world."""

from __future__ import annotations

from collections.abc import Iterator


def tables() -> Iterator[tuple[str, str]]:
    """The synthetic tables that the course makes itself, as (name, text of the CSV file)."""
    from . import counting_cases, two_events

    for module in (counting_cases, two_events):
        yield module.TABLE, module.as_csv()
