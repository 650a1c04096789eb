"""Figures of reliability as pingouin gives them, for a fixture: ``python -m tests.statistics.item_figures``.

It runs where pingouin is installed, which the course does not need; the fixture names its version.
"""

from __future__ import annotations

import json
import random
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

FIXTURE = Path(__file__).parents[1] / "fixtures" / "item_figures.json"
SIZES = ((12, 5), (30, 10), (45, 15), (300, 12), (8, 2))  # learners and items


def answers(learners: int, items: int, seed: int) -> list[list[int]]:
    """Right (1) and wrong (0) of learners whose abilities differ, a row each."""
    drawn = random.Random(seed)
    found = []
    for _ in range(learners):
        ability = drawn.gauss(0, 1.2)
        found.append([int(drawn.gauss(0, 1) < ability + (item - items / 2) / items) for item in range(items)])
    return found


def main() -> None:
    pingouin, pandas = import_module("pingouin"), import_module("pandas")
    figures = []
    for seed, size in enumerate(SIZES):
        rows = answers(*size, seed)
        for level in (0.95, 0.8):
            with patch("numpy.round", lambda ends, _: ends):  # it gives three digits, and all are wanted
                value, ends = pingouin.cronbach_alpha(pandas.DataFrame(rows), ci=level)
            figures.append(
                {
                    "rows": ["".join(map(str, row)) for row in rows],
                    "level": level,
                    "alpha": float(value),
                    "ends": [float(end) for end in ends],
                }
            )
    content = {"made by": f"pingouin {pingouin.__version__}, cronbach_alpha", "figures": figures}
    FIXTURE.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
