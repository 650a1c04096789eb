"""What a respondent-driven sample says: the estimate of Volz and Heckathorn, and two bootstraps of it.

The names for a notebook are those of ``sampling``.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .._plain import refusing_plainly
from .._reading import shown
from . import _inputs
from .networks import NOBODY

if TYPE_CHECKING:
    import pandas as pd

    from .networks import Flags, Floats, Whole

SALGANIK, TREE = METHODS = ("salganik", "tree")
COLUMNS = ("id", "recruiter", "degree", "outcome")  # that a bootstrap reads


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """An estimate with an interval from resampling, and the estimate of each resample; shares from 0 to 1.

    level: what the interval aims at; whether it reaches it is another matter.
    """

    estimate: float
    low: float
    high: float
    estimates: Floats
    method: str
    level: float


@refusing_plainly
def rds_ii(outcome: Any, degree: Any) -> float:
    """The share of a population with an outcome, from a respondent-driven sample (Volz and Heckathorn 2008).

    Each participant counts one over their degree, since who knows many is recruited more often: the sum of
    outcome / degree over the sum of 1 / degree. outcome: true or false, or 1 or 0, for each participant.
    degree: for each the people they know, 1 or more. Raises ValueError where lengths differ or a value is not
    allowed.

    >>> rds_ii([True, False], [4, 2])  # the first is twice as easy to recruit
    0.3333333333333333
    """
    having, weights = _read(outcome, degree)
    return float((having * weights).sum() / weights.sum())


@refusing_plainly
def bootstrap(
    sample: pd.DataFrame, method: str = SALGANIK, resamples: int = 1000, level: float = 0.95, seed: int = 1
) -> Bootstrap:
    """An interval for ``rds_ii`` of a respondent-driven sample, by resampling it.

    sample: a table as ``draw_rds`` gives it; the columns id, recruiter, degree and outcome are read. method:
    "salganik" (Salganik 2006) draws a chain as long as the sample, each time from those whom people like the
    last one had recruited; its interval is the estimate and, on each side, normal quantiles of the resamples'
    standard deviation (the default of the R package RDS). "tree" (Baraff, McCormick and Raftery 2016)
    resamples the seeds, then the recruits of each, and so on down; its interval lies between percentiles.
    level: what the interval aims at. In simulations Salganik's fell short of that, far (McCreesh 2012) or a
    little (Spiller 2017). Raises ValueError naming what is not allowed.

    >>> from notthesame.statistics.networks import draw_rds, simulate_population
    >>> sample = draw_rds(simulate_population(), 300, seeds=6, coupons=3, with_replacement=False)
    >>> found = bootstrap(sample)
    >>> round(found.low, 2), round(found.high, 2)
    (0.24, 0.41)
    """
    method = _inputs.one_of("method", method, METHODS)
    resamples = _inputs.whole("resamples", resamples, 10, 100_000)
    level = _inputs.number("level", level, 0.5, 0.999)
    random = np.random.default_rng(_inputs.whole("seed", seed, 0))
    rows = _rows(sample)
    estimates = (_salganik if method == SALGANIK else _tree)(rows, resamples, random)
    estimates.flags.writeable = False
    estimate = float((rows.outcome * rows.weight).sum() / rows.weight.sum())
    if method == TREE:
        low, high = np.quantile(estimates, [(1 - level) / 2, (1 + level) / 2]).tolist()
    else:  # its chains settle around what recruitment would lead to, which is not the estimate
        reach = NormalDist().inv_cdf((1 + level) / 2) * float(estimates.std())
        low, high = max(0.0, estimate - reach), min(1.0, estimate + reach)
    return Bootstrap(estimate, low, high, estimates, method, level)


# --- resampling --------------------------------------------------------------------------------------------


class _Rows(NamedTuple):
    """A sample by place: outcome, weight, and the place of the recruiter, -1 for a seed."""

    outcome: Flags
    weight: Floats
    recruiter: Whole


def _salganik(rows: _Rows, resamples: int, random: np.random.Generator) -> Floats:
    """Chains in which the outcome of one participant decides from whom the next is drawn; all at once."""
    recruits = np.flatnonzero(rows.recruiter >= 0)
    if not len(recruits):
        raise ValueError("the sample has seeds only; Salganik's bootstrap draws from recruits")
    by_recruiter = rows.outcome[rows.recruiter[recruits]]
    pools = [recruits[by_recruiter == kind] for kind in (False, True)]
    pools = [pool if len(pool) else recruits for pool in pools]  # where one group has recruited nobody
    drawn, counts = np.concatenate(pools), np.array([len(pool) for pool in pools])
    starts = np.array([0, counts[0]])
    having, total = np.zeros(resamples), np.zeros(resamples)
    last = rows.outcome[random.integers(len(rows.outcome), size=resamples)].astype(np.intp)
    for chances in random.random((len(rows.outcome), resamples)):
        now = drawn[starts[last] + (chances * counts[last]).astype(np.intp)]
        last = rows.outcome[now].astype(np.intp)
        having += last * rows.weight[now]
        total += rows.weight[now]
    return having / total


def _tree(rows: _Rows, resamples: int, random: np.random.Generator) -> Floats:
    """Trees resampled from the seeds down, a wave of all resamples at a time."""
    order = np.argsort(rows.recruiter, kind="stable")  # the recruits of one participant side by side
    recruited = rows.recruiter[order]
    first = np.searchsorted(recruited, np.arange(len(order)))
    counts = np.searchsorted(recruited, np.arange(len(order)), side="right") - first
    seeds = np.flatnonzero(rows.recruiter < 0)
    if len(seeds) == 1 and counts.max(initial=0) < 2:
        raise ValueError(
            "the sample is one chain of single recruits; the tree bootstrap needs a fork or two seeds"
        )
    owner = np.repeat(np.arange(resamples), len(seeds))  # which resample each belongs to
    now = random.choice(seeds, len(owner))
    having, total = np.zeros(resamples), np.zeros(resamples)
    while len(now):
        having += np.bincount(owner, rows.weight[now] * rows.outcome[now], resamples)
        total += np.bincount(owner, rows.weight[now], resamples)
        owner, above = np.repeat(owner, counts[now]), np.repeat(now, counts[now])
        now = order[first[above] + (random.random(len(above)) * counts[above]).astype(np.intp)]
    return having / total


# --- reading -----------------------------------------------------------------------------------------------


def _read(outcome: Any, degree: Any) -> tuple[Flags, Floats]:
    """Outcomes as true and false, and the weight of each participant."""
    having, ties = (_column(name, given) for name, given in (("outcome", outcome), ("degree", degree)))
    if not len(having) == len(ties) > 0:
        raise ValueError(
            f"there are {len(having)} outcomes and {len(ties)} degrees; one of each is wanted for everybody"
        )
    wrong = having[~np.isin(having, (0, 1))]
    if len(wrong):
        raise ValueError(f"outcome holds {wrong[0]:g}; allowed are true and false, or 1 and 0")
    wrong = ties[~(ties >= 1) | np.isinf(ties)]
    if len(wrong):
        raise ValueError(f"degree holds {wrong[0]:g}; allowed are numbers of people, 1 and more")
    return having == 1, 1 / ties


def _column(name: str, given: Any) -> Floats:
    try:
        found = np.asarray(given, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {shown(given)}; a column of numbers is wanted") from None
    if found.ndim != 1:
        raise ValueError(f"{name} is {shown(given)}; a column of numbers is wanted, one for each participant")
    return found


def _rows(sample: Any) -> _Rows:
    missing = [name for name in COLUMNS if name not in getattr(sample, "columns", ())]
    if missing:
        raise ValueError(f"sample has no {', '.join(missing)}; a table as draw_rds gives it is wanted")
    outcome, weight = _read(sample["outcome"], sample["degree"])
    names, recruiters = (_column(name, sample[name]).tolist() for name in ("id", "recruiter"))
    places = {name: place for place, name in enumerate(names)} | {NOBODY: -1}
    unknown = [name for name in recruiters if name not in places]
    if unknown or len(places) != len(names) + 1:
        what = (
            f"recruiter holds {unknown[0]:g}, which is no id"
            if unknown
            else "an id stands there twice, or is 0"
        )
        raise ValueError(f"{what}; every recruiter is the id of one participant, or {NOBODY} for a seed")
    recruiter = np.array([places[name] for name in recruiters])
    if not (recruiter < np.arange(len(names))).all():
        raise ValueError("somebody stands before their recruiter; recruiters come first, as in draw_rds")
    return _Rows(outcome, weight, recruiter)
