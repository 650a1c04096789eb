"""What writes each synthetic table. No number in them says anything about the world."""

from __future__ import annotations

from collections.abc import Iterator


def tables() -> Iterator[tuple[str, str]]:
    """The synthetic tables that the course makes itself, as (name, text of the CSV file).

    >>> [name for name, text in tables()]
    ['counting_cases_synthetic', 'list_experiment_synthetic', 'town_synthetic', 'two_events_synthetic']
    """
    from ..statistics import list_experiment as of_lists
    from ..statistics import town as of_samples
    from ..statistics import two_events as of_events
    from ..subject import counting
    from . import counting_cases, list_experiment, town, two_events

    yield counting.TABLE, counting_cases.as_csv()
    yield of_lists.TABLE, list_experiment.as_csv()
    yield of_samples.TABLE, town.as_csv()
    yield of_events.TABLE, two_events.as_csv()
