"""Samples from a synthetic population with a known truth, and what each kind of sample can say.

Shares are numbers from 0 to 1. Samples are tables of pandas with a row for each person; they are synthetic,
as the population is. The interval of Wilson for a random sample is statsmodels' own
(``proportion_confint(count, n, method="wilson")``).
"""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from .._plain import refusing_plainly
from . import _inputs
from .networks import Population, draw_rds, simulate_population
from .respondent_driven import Bootstrap, bootstrap, rds_ii

if TYPE_CHECKING:
    import pandas as pd

    from .networks import Whole

__all__ = [
    "Bootstrap",
    "Population",
    "bootstrap",
    "break_even_ratio",
    "design_effect",
    "draw_opt_in",
    "draw_random",
    "draw_rds",
    "effective_n",
    "opt_in_bounds",
    "opt_in_share",
    "rds_ii",
    "selection_sensitivity",
    "simulate_population",
]

LEAST_RATIO, MOST_RATIO = 0.01, 100.0  # of response rates


# --- samples -----------------------------------------------------------------------------------------------


@refusing_plainly
def draw_random(population: Population, n: int, seed: int = 1) -> pd.DataFrame:
    """A simple random sample of ``n`` people, without replacement: a table of id, degree and outcome.

    id: the person's place in the population. Raises ValueError for an n that is not 1 to its size.

    >>> list(draw_random(simulate_population(), 100))
    ['id', 'degree', 'outcome']
    """
    n = _inputs.whole("n", n, 1, population.size)
    random = np.random.default_rng(_inputs.whole("seed", seed, 0))
    return _table(population, random.choice(population.size, n, replace=False))


@refusing_plainly
def draw_opt_in(population: Population, n: int, ratio: float, seed: int = 1) -> pd.DataFrame:
    """The first ``n`` people who answer an open call: a table of id, degree and outcome.

    ratio: how many times as often people with the outcome answer, 0.01 to 100; 1 makes it a random sample.
    How many people of each group there are sets how many can answer, so a high ratio needs a small n.
    Raises ValueError naming what is not allowed.

    >>> sample = draw_opt_in(simulate_population(100_000), 10_000, ratio=2)
    >>> round(float(sample["outcome"].mean()), 2)  # of whom 0.3 is true
    0.47
    """
    n = _inputs.whole("n", n, 1, population.size)
    ratio = _inputs.number("ratio", ratio, LEAST_RATIO, MOST_RATIO)
    random = np.random.default_rng(_inputs.whole("seed", seed, 0))
    rates = np.where(population.outcome, ratio, 1.0)
    most = int(rates.sum() / rates.max())  # there the keener group has answered to the last
    if n > most:
        raise ValueError(f"n is {n}; with ratio {ratio:g} allowed are 1 to {most}, or a larger population")
    # The sooner somebody answers the higher their rate; the first n are in.
    return _table(population, np.argpartition(random.random(population.size) / rates, n - 1)[:n])


def _table(population: Population, people: Whole) -> pd.DataFrame:
    import pandas as pd

    columns = {"id": people, "degree": population.degree[people], "outcome": population.outcome[people]}
    found = pd.DataFrame(columns)
    found.attrs["synthetic"] = True
    return found


# --- how much a sample is worth ----------------------------------------------------------------------------


@refusing_plainly
def design_effect(share: float, n: int, low: float, high: float, level: float = 0.95) -> float:
    """How many times larger the variance is than in a simple random sample of the same size (Kish).

    share: the estimate, between 0 and 1. n: people in the sample. low, high: ends of its interval at
    ``level``, whose width is taken for two normal quantiles of the standard error on each side. Raises
    ValueError naming what is not allowed.

    >>> round(design_effect(0.305, 1177, 0.247, 0.363), 1)
    4.9
    """
    share = _inputs.number("share", share, 0.0001, 0.9999)
    n = _inputs.whole("n", n, 2)
    low, high = (_inputs.number(name, end, -1, 2) for name, end in (("low", low), ("high", high)))
    if low >= high:
        raise ValueError(f"low is {low:g} and high is {high:g}; the lower end comes first")
    error = (high - low) / 2 / NormalDist().inv_cdf((1 + _inputs.number("level", level, 0.5, 0.999)) / 2)
    return error**2 / (share * (1 - share) / n)


@refusing_plainly
def effective_n(n: int, design_effect: float) -> float:
    """The size of a simple random sample that would say as much: n over the design effect.

    Raises ValueError for an n below 1 and a design effect that is not above 0.

    >>> round(effective_n(1177, 4.9))
    240
    """
    return _inputs.whole("n", n, 1) / _inputs.number("design_effect", design_effect, 0.001)


# --- what an opt-in sample can say -------------------------------------------------------------------------


@refusing_plainly
def opt_in_bounds(yes: int, answered: int, population: int) -> tuple[float, float]:
    """The least and the greatest share of a population, if nothing is known of those who did not answer.

    yes: people who said yes, of ``answered`` who answered, of ``population`` in all. The ends are what
    would be true if everybody else would have said no, or yes (Manski's worst-case bounds). Raises
    ValueError where a part exceeds its whole.

    >>> opt_in_bounds(156, 260, 2000)
    (0.078, 0.948)
    """
    population = _inputs.whole("population", population, 1)
    answered = _inputs.whole("answered", answered, 1, population, ": no more than there are")
    yes = _inputs.whole("yes", yes, 0, answered, ": no more than answered")
    return yes / population, (yes + population - answered) / population


@refusing_plainly
def selection_sensitivity(share: float, ratio: float) -> float:
    """The true share behind an opt-in share, if people who would say yes answer ``ratio`` times as often.

    With p the share seen and k the ratio it is p / (p + k(1 - p)). Raises ValueError for a share that is
    not 0 to 1 and a ratio that is not above 0.

    >>> round(selection_sensitivity(0.6, 2), 4), round(selection_sensitivity(0.6, 3), 4)
    (0.4286, 0.3333)
    """
    share = _inputs.number("share", share, 0, 1)
    ratio = _inputs.number("ratio", ratio, LEAST_RATIO, MOST_RATIO)
    return share / (share + ratio * (1 - share))


@refusing_plainly
def opt_in_share(truth: float, ratio: float) -> float:
    """The share that an opt-in sample finds where ``truth`` is true; ``selection_sensitivity`` undoes it.

    >>> round(opt_in_share(0.3, 2), 4)
    0.4615
    """
    truth = _inputs.number("truth", truth, 0, 1)
    ratio = _inputs.number("ratio", ratio, LEAST_RATIO, MOST_RATIO)
    return truth * ratio / (truth * ratio + 1 - truth)


@refusing_plainly
def break_even_ratio(truth: float, opt_in_n: int, random_n: int) -> float:
    """The selection ratio from which on an opt-in sample is worse than a random one.

    Worse means a larger root mean squared error: bias and chance together, in samples that are small beside
    the population. truth: the true share. opt_in_n, random_n: people in the two samples. It is infinite
    where even an opt-in sample in which everybody says yes errs less. Raises ValueError naming what is not
    allowed, and where the opt-in sample is the smaller one: then it is worse from the start.

    >>> round(break_even_ratio(0.3, 10_000, 100), 2)
    1.23
    """
    truth = _inputs.number("truth", truth, 0.01, 0.99)
    random_n = _inputs.whole("random_n", random_n, 2)
    opt_in_n = _inputs.whole("opt_in_n", opt_in_n, random_n, note=": no smaller than random_n")
    # Of the share s found: (s - truth)^2 + s(1 - s) / opt_in_n = truth(1 - truth) / random_n
    square, linear = 1 - 1 / opt_in_n, 1 / opt_in_n - 2 * truth
    rest = truth**2 - truth * (1 - truth) / random_n
    found = (-linear + (linear**2 - 4 * square * rest) ** 0.5) / (2 * square)
    return found * (1 - truth) / (truth * (1 - found)) if found < 1 else float("inf")
