"""What writes each synthetic table. No number in them says anything about the world."""

from __future__ import annotations

from collections.abc import Iterator


def tables() -> Iterator[tuple[str, str]]:
    """The synthetic tables that the course makes itself, as (name, text of the CSV file).

    >>> [name for name, text in tables()]
    ['counting_cases_synthetic', 'two_events_synthetic']
    """
    from ..statistics.two_events import TABLE
    from ..subject import counting
    from . import counting_cases, two_events

    yield counting.TABLE, counting_cases.as_csv()
    yield TABLE, two_events.as_csv()
