"""The table ``list_experiment_synthetic``: each ready-made setting of the list lab with its results."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from ..statistics.list_experiment import NAMES, RANGES, READY, SURVEYS, Reading
from ._csv import written


def as_csv() -> str:
    """The text of ``list_experiment_synthetic.csv``.

    >>> as_csv().partition(",")[0]
    'setting'
    """
    return written(ready_made())


def ready_made() -> Iterator[dict[str, Any]]:
    """The rows of the table ``list_experiment_synthetic``: each ready-made setting with its results.

    Averages, spreads and misses are what is expected of many surveys, in per cent or percentage points; in
    how many surveys the list came nearer is counted in those that the lab draws.

    >>> row = next(ready_made())
    >>> row["n"], row["break_even"], row["synthetic_direct_miss"], row["synthetic_list_miss"]
    (600, 324, 10.1, 7.4)
    """
    for name, setting in READY.items():
        point = setting.break_even
        row = {"setting": name, **{key: getattr(setting, key) for key in RANGES}}
        row |= {"break_even": None if math.isinf(point) else point, "synthetic": True}
        for way in NAMES:
            row |= {
                f"synthetic_{way}_average": setting.share + setting.bias[way],
                f"synthetic_{way}_spread": round(setting.spread[way], 1),
                f"synthetic_{way}_miss": round(setting.miss[way], 1),
            }
        yield row | {"synthetic_list_nearer": Reading(setting).list_nearer, "synthetic_surveys": SURVEYS}
