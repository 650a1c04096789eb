"""What ``import notthesame`` costs, and the first fact."""

from __future__ import annotations

import statistics
import subprocess
import sys
from functools import partial

from measuring import ROOT, Result, in_turn, ratio, seconds

FACT = (
    "import time, notthesame as nts; begun = time.perf_counter(); nts.fact('law-tvpa-coercion');"
    "print(time.perf_counter() - begun)"
)
AIM = 0.15


def measure(rounds: int) -> Result:
    """Import time beyond a bare interpreter, against two quiz packages, and the first fact."""
    tried = rounds * 3
    names = ("notthesame", "jupyterquiz", "ipyquizjb")
    ways = {"bare": partial(seconds, ["-c", "pass"])}
    ways |= {name: partial(seconds, ["-c", f"import {name}"]) for name in names}
    times = in_turn(ways, tried)
    fact = statistics.median(first_fact() for _ in range(tried))
    extra = {name: times[name] - times["bare"] for name in names}
    rows = [("what", "seconds", "ours to it", "aim")]
    rows += [
        ("import notthesame, beyond a bare interpreter", f"{extra['notthesame']:.3f}", "", f"{AIM} s at most")
    ]
    rows += [
        (f"import {name}, beyond it", f"{extra[name]:.3f}", ratio(extra["notthesame"], extra[name]), "")
        for name in names[1:]
    ]
    rows += [("a bare interpreter", f"{times['bare']:.3f}", "", "")]
    rows += [("first nts.fact in a process (reads every fact)", f"{fact:.3f}", "", "")]
    how = f"Fresh processes, {tried} of each. The ratio says what a cell waits for, no more."
    return Result("Import and the first fact", how, rows, "python bench/run.py --only imports")


def first_fact() -> float:
    done = subprocess.run([sys.executable, "-c", FACT], cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout)
