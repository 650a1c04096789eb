"""What writes each synthetic table. No number in them says anything about the world."""

from __future__ import annotations

from collections.abc import Iterator


def tables() -> Iterator[tuple[str, str]]:
    """The synthetic tables that the course makes itself, as (name, text of the CSV file).

    >>> [name for name, text in tables()]
    ['counting_cases_synthetic', 'town_synthetic', 'two_events_synthetic']
    """
    from ..statistics import town as samples
    from ..statistics import two_events as events
    from ..subject import counting
    from . import counting_cases, town, two_events

    yield counting.TABLE, counting_cases.as_csv()
    yield samples.TABLE, town.as_csv()
    yield events.TABLE, two_events.as_csv()
