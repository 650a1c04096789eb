"""The table ``town_synthetic``: each ready-made setting of the town lab with its results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from itertools import islice
from typing import Any

from ..statistics.town import READY, TRIES, TRUTH, points, trials
from ._csv import written


@cache
def as_csv(tries: int = TRIES) -> str:
    """The text of ``town_synthetic.csv``.

    >>> as_csv(tries=2).partition(",")[0]
    'setting'
    """
    return written(ready_made(tries))


def ready_made(tries: int = TRIES) -> Iterator[dict[str, Any]]:
    """The rows of the table: each ready-made setting, and what ``tries`` samples say; shares in per cent.

    synthetic_error: root of the mean squared distance from the truth, in points. synthetic_held: how often
    the interval held the truth.

    >>> row = next(ready_made(tries=10))
    >>> row["setting"], row["sampler"], row["synthetic_tries"]
    ('Random, 100 people', 'random', 10)
    """
    for name, (sampler, setting) in READY.items():
        found = [trial[sampler] for trial in islice(trials(setting, samplers=(sampler,)), tries)]
        errors = [one.estimate - TRUTH for one in found]
        yield {"setting": name, "sampler": sampler, **asdict(setting), "synthetic": True} | {
            "synthetic_truth": points(TRUTH, 0),
            "synthetic_mean": points(TRUTH + sum(errors) / tries),
            "synthetic_error": points((sum(error**2 for error in errors) / tries) ** 0.5),
            "synthetic_held": sum(one.holds for one in found),
            "synthetic_tries": tries,
        }
