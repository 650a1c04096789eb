"""Multiple-systems estimation: every model, and the bootstrap that chooses anew, beside statsmodels."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial

import numpy as np
from measuring import ROOT, Result, in_turn, ratio

from notthesame import evidence
from notthesame.statistics import multiple_systems as systems
from notthesame.statistics.multiple_systems.lists import Lists, read_lists
from notthesame.statistics.multiple_systems.models import every_model

TABLE = "mse_uk_five_lists"
EACH = 16  # statsmodels fits one model in so many, and the time is taken that often
RESAMPLES = (250, 500, 1000)
MEMORY = """
import resource
from notthesame import evidence
from notthesame.statistics import multiple_systems
multiple_systems.bootstrap(evidence.table("mse_uk_five_lists"), n=1000)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def measure(rounds: int) -> Result:
    """All models and the bootstrap of the five UK lists; how time grows with lists and with resamples."""
    lists = read_lists(evidence.table(TABLE))
    ours = partial(timed, systems.model_space, lists)
    found = in_turn({"ours": ours, "loop": partial(timed, loop, lists)}, rounds)
    loop_of_all = EACH * found["loop"]
    rows = [("what", "seconds", "ours to it", "aim")]
    rows += [("every model of five lists (1,024), ours", f"{found['ours']:.3f}", "", "0.1 s at most")]
    rows += [
        (
            "the same in a loop over statsmodels' GLM",
            f"{loop_of_all:.1f}",
            ratio(found["ours"], loop_of_all),
            "",
        )
    ]
    for names in range(3, 7):
        taken = in_turn({"": partial(timed, systems.model_space, some_lists(names))}, rounds)[""]
        models = 2 ** (names * (names - 1) // 2)
        rows += [(f"every model of {names} lists ({models:,})", f"{taken:.3f}", "", "")]
    for n in RESAMPLES:
        taken = in_turn({"": partial(timed, systems.bootstrap, lists, n)}, min(rounds, 3))[""]
        aim = "20 s at most" if n == RESAMPLES[-1] else ""
        rows += [(f"bootstrap with re-selection among all models, {n:,} resamples", f"{taken:.2f}", "", aim)]
    rows += [("memory of a process with 1,000 resamples, megabytes", f"{memory():.0f}", "", "1,000 at most")]
    how = (
        f"The loop fits one model in {EACH} and is counted {EACH} times. The bootstrap bounds models by "
        "those above them and fits about one in seven; a test holds that it finds what fitting all finds. "
        "Lists of other numbers are synthetic, of 2,000 people seen."
    )
    return Result("Counting the unseen", how, rows, "python bench/run.py --only unseen")


def timed(call: Callable[..., object], *given: object) -> float:
    begun = time.perf_counter()
    call(*given)
    return time.perf_counter() - begun


def loop(lists: Lists) -> None:
    """One model in so many, by statsmodels."""
    import statsmodels.api as sm

    for chosen in every_model(lists)[::EACH]:
        infinite = chosen & (lists.overlaps(lists.counts) == 0)
        cells = ~(infinite @ lists.both)
        on = np.concatenate([np.ones(1 + len(lists.names), dtype=bool), chosen & ~infinite])
        sm.GLM(lists.counts[cells], lists.design[cells][:, on], family=sm.families.Poisson()).fit()


def some_lists(k: int) -> Lists:
    """Synthetic counts of independent lists."""
    lists = Lists(tuple("ABCDEF"[:k]), np.zeros(2**k - 1))
    logs = lists.design[:, 1 : 1 + k] @ np.full(k, -1.5)
    random = np.random.default_rng(1)
    return Lists(lists.names, random.multinomial(2000, np.exp(logs) / np.exp(logs).sum()).astype(float))


def memory() -> float:
    """The most memory that a process of its own takes, in megabytes."""
    done = subprocess.run(
        [sys.executable, "-c", MEMORY], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(done.stdout)
