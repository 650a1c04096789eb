"""The table ``two_events_synthetic``: each ready-made setting of the two-events lab with its results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from ..statistics import interrupted_series as series
from ..statistics.interrupted_series import Setting
from ..statistics.two_events import NAMES, READY, TRIES, Reading, known_dates
from ._csv import written


def as_csv(tries: int = TRIES) -> str:
    """The text of ``two_events_synthetic.csv``.

    >>> as_csv(tries=0).partition(",")[0]
    'setting'
    """
    return written(ready_made(tries))


def ready_made(tries: int = TRIES) -> Iterator[dict[str, Any]]:
    """The rows of the table ``two_events_synthetic``: each ready-made setting with its results.

    >>> row = next(ready_made(tries=10))
    >>> row["setting"], row["told_apart"], row["synthetic_first"], row["synthetic_tries"]
    ('Sharp steps, little noise', True, -20.7, 10)
    """
    first, _ = known_dates()
    for name, setting in READY.items():
        reading = Reading(setting, first)
        held = held_in(setting, tries)
        row = {"setting": name, **{key: getattr(setting, key) for key in series.RANGES}}
        row |= {"begins": setting.begins, "told_apart": reading.told_apart, "synthetic": True}
        for change in NAMES:
            found = reading.estimates.get(change)
            low, high = found.band if found and found.band else (None, None)
            row |= {
                f"synthetic_{change}": _rounded(found.value if found else None),
                f"synthetic_{change}_low": _rounded(low),
                f"synthetic_{change}_high": _rounded(high),
                f"synthetic_{change}_held": held.get(change),
            }
        yield row | {"synthetic_tries": tries}


def held_in(setting: Setting, tries: int, seed: int = 1) -> Counter[str]:
    """In how many new series a band made as if steps were sharp holds the true change, by change.

    >>> held_in(Setting(), 100)
    Counter({'second': 97, 'first': 96, 'together': 92})
    """
    held = Counter(dict.fromkeys(setting.estimable, 0))
    for trial in islice(series.trials(setting, seed), tries):
        held.update(name for name, holds in trial.items() if holds)
    return held


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 1)
