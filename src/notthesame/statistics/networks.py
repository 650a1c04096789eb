"""A synthetic population whose people know each other, and a sample that grows along their ties.

The names for a notebook are those of ``sampling``. Nobody in such a population is real.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from .._plain import refusing_plainly
from . import _inputs

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Whole: TypeAlias = NDArray[np.intp]  # what numpy counts and indexes by: 32 bits in a browser
    People: TypeAlias = NDArray[np.int32]
    Flags: TypeAlias = NDArray[np.bool_]

LEAST, MOST = 100, 1_000_000  # people
NOBODY = 0  # the recruiter of a seed


@dataclass(frozen=True, eq=False, repr=False)
class Population:
    """Synthetic people and their ties. Its arrays cannot be written to.

    outcome: for each person whether they have the outcome. degree: for each the number of ties. ties: one row
    of two people for each tie; people are numbered from 0, their places in outcome and degree.
    """

    outcome: Flags
    degree: Whole
    ties: People

    def __post_init__(self) -> None:
        for array in (self.outcome, self.degree, self.ties):
            array.flags.writeable = False

    @property
    def size(self) -> int:
        """How many people there are."""
        return len(self.outcome)

    @property
    def share(self) -> float:
        """The true share of people with the outcome, from 0 to 1."""
        return float(self.outcome.mean())

    @property
    def degree_ratio(self) -> float:
        """Differential activity: mean degree of people with the outcome over that of people without."""
        return float(self.degree[self.outcome].mean() / self.degree[~self.outcome].mean())

    @property
    def homophily(self) -> float:
        """How many times rarer ties between the two groups are than if outcomes did not matter; 1 is none."""
        ends = int(self.degree[self.outcome].sum()), int(self.degree[~self.outcome].sum())
        across = int((self.outcome[self.ties[:, 0]] != self.outcome[self.ties[:, 1]]).sum())
        return ends[0] * ends[1] / sum(ends) / across

    def neighbours(self, person: int) -> People:
        """The people whom this person knows."""
        starts, known = self._lists
        return known[starts[person] : starts[person + 1]]

    @cached_property
    def _lists(self) -> tuple[Whole, People]:
        """Everybody's neighbours in one row, and where those of each person begin in it."""
        both = np.concatenate([self.ties, self.ties[:, ::-1]])
        known = both[np.argsort(both[:, 0], kind="stable"), 1]
        known.flags.writeable = False
        return np.concatenate([[0], np.cumsum(self.degree)]), known

    def __repr__(self) -> str:
        return (
            f"Synthetic population of {self.size:,}: share with the outcome {self.share:.3f}, mean degree "
            f"{self.degree.mean():.1f}, degree ratio {self.degree_ratio:.2f}, homophily {self.homophily:.2f}"
        )


@refusing_plainly
def simulate_population(
    size: int = 10_000,
    share: float = 0.3,
    mean_degree: float = 8,
    degree_ratio: float = 1.8,
    homophily: float = 2,
    seed: int = 1,
) -> Population:
    """Synthetic people, some with an outcome, joined by ties at random. The same seed gives the same people.

    share: of people with the outcome, 0.01 to 0.99; exact to one person. mean_degree: ties a person, 2 to
    50. degree_ratio: mean degree of people with the outcome over that of people without ("differential
    activity"), 0.2 to 5. homophily: ties expected between the two groups, were ties blind to the outcome,
    over those that there are (the population homophily of Handcock, Gile and others' R package RDS); 1 is
    none, 5 the most. What was drawn comes near these three and is told by the population itself. Everybody
    has at least one tie. Raises ValueError naming what is out of range and what is allowed.

    >>> simulate_population(1000)
    Synthetic population of 1,000: share with the outcome 0.300, mean degree 7.9, degree ratio 1.71, \
homophily 1.99
    """
    size = _inputs.whole("size", size, LEAST, MOST)
    share = _inputs.number("share", share, 0.01, 0.99)
    mean_degree = _inputs.number("mean_degree", mean_degree, 2, 50)
    degree_ratio = _inputs.number("degree_ratio", degree_ratio, 0.2, 5)
    homophily = _inputs.number("homophily", homophily, 1, 5)
    random = np.random.default_rng(_inputs.whole("seed", seed, 0))
    outcome = random.permutation(np.arange(size) < round(size * share))
    without = mean_degree / (share * degree_ratio + 1 - share)
    if min(without, without * degree_ratio) < 1:
        raise ValueError(
            f"mean_degree {mean_degree:g} with degree_ratio {degree_ratio:g} leaves one group less than one "
            "tie a person; allowed is a higher mean_degree or a ratio nearer 1"
        )
    degree = 1 + random.poisson(np.where(outcome, without * degree_ratio, without) - 1).astype(np.intp)
    ties = _joined(outcome, degree, homophily, random)
    # People are at most MOST: four bytes hold each, and a town of 50,000 is kept by a lab.
    return Population(outcome, np.bincount(ties.ravel(), minlength=size), ties.astype(np.int32))


def _joined(outcome: Flags, degree: Whole, homophily: float, random: np.random.Generator) -> Whole:
    """Ties at random, given how many each person is to have (a configuration model in two blocks)."""
    people = np.arange(len(outcome))
    having, other = (random.permutation(np.repeat(people[g], degree[g])) for g in (outcome, ~outcome))
    across = round(len(having) * len(other) / (len(having) + len(other)) / homophily)
    within = [ends[across : len(ends) - (len(ends) - across) % 2].reshape(-1, 2) for ends in (having, other)]
    ties = _simple(
        np.concatenate([np.column_stack([having[:across], other[:across]]), *within]), len(outcome)
    )
    alone = np.bincount(ties.ravel(), minlength=len(outcome)) == 0
    # A tie of a person with themselves was taken out; who had no other gets one with somebody of their group.
    for group in (outcome, ~outcome):
        lonely = people[group & alone]
        known = random.choice(people[group & ~alone], len(lonely))
        ties = np.concatenate([ties, np.column_stack([lonely, known])])
    return ties


def _simple(pairs: Whole, size: int) -> Whole:
    """The pairs of two different people, each once."""
    low, high = pairs.min(axis=1), pairs.max(axis=1)
    found = np.unique((low.astype(np.int64) * size + high)[low != high])  # beyond 32 bits in a large town
    return np.column_stack([found // size, found % size]).astype(np.intp)


# --- respondent-driven sampling ----------------------------------------------------------------------------


@dataclass
class _Chains:
    """A respondent-driven sample while it grows: who takes part, by whom, from which seed, in which wave."""

    person: list[int] = field(default_factory=list)
    recruiter: list[int] = field(default_factory=list)
    seed: list[int] = field(default_factory=list)
    wave: list[int] = field(default_factory=list)

    def start(self, person: int) -> None:
        self._join(person, NOBODY, len(self.person) + 1, 0)

    def recruit(self, row: int, person: int) -> None:
        self._join(person, row + 1, self.seed[row], self.wave[row] + 1)

    def _join(self, person: int, recruiter: int, seed: int, wave: int) -> None:
        self.person.append(person)
        self.recruiter.append(recruiter)
        self.seed.append(seed)
        self.wave.append(wave)


@refusing_plainly
def draw_rds(
    population: Population, n: int, seeds: int, coupons: int, with_replacement: bool, seed: int = 1
) -> pd.DataFrame:
    """A respondent-driven sample of ``n``: people who take part recruit people whom they know.

    It begins with ``seeds`` people, chosen with chances in proportion to their degree. Each participant in
    turn recruits one to ``coupons`` people, equally likely, at random among their ties; with one coupon the
    sample is a random walk. with_replacement: whether somebody may take part again; without, coupons go to
    people who have not taken part yet. Where nobody is left to recruit, a further seed is drawn.

    One row for each participation: id (1 to n, in order), recruiter (an id; 0 for a seed), seed (the id of
    the seed it goes back to), wave (0 for a seed), degree, outcome (True or False), person (their place in
    the population). Raises ValueError naming what is out of range and what is allowed.

    >>> sample = draw_rds(simulate_population(1000), 5, seeds=2, coupons=2, with_replacement=False)
    >>> sample[["id", "recruiter", "wave"]]
       id  recruiter  wave
    0   1          0     0
    1   2          0     0
    2   3          1     1
    3   4          2     1
    4   5          3     2
    """
    import pandas as pd

    most = MOST if with_replacement else population.size
    n = _inputs.whole("n", n, 1, most)
    seeds = _inputs.whole("seeds", seeds, 1, n)
    coupons = _inputs.whole("coupons", coupons, 1, 20)
    random = np.random.default_rng(_inputs.whole("seed", seed, 0))
    grown = _grown(population, (n, seeds, coupons), bool(with_replacement), random)
    person = np.array(grown.person)
    table = {"id": np.arange(1, n + 1), "recruiter": grown.recruiter, "seed": grown.seed, "wave": grown.wave}
    rows = {"degree": population.degree[person], "outcome": population.outcome[person], "person": person}
    found = pd.DataFrame(table | rows)
    found.attrs["synthetic"] = True
    return found


def _grown(
    population: Population, sizes: tuple[int, int, int], again: bool, random: np.random.Generator
) -> _Chains:
    n, seeds, coupons = sizes
    grown, taken = _Chains(), np.zeros(population.size, dtype=bool)
    for person in _by_degree(population, ~taken, seeds, random):
        grown.start(int(person))
    taken[grown.person] = not again
    for row in range(n):
        if row == len(grown.person):  # nobody was left to recruit
            [person] = _by_degree(population, ~taken, 1, random)
            grown.start(int(person))
            taken[person] = not again
        if len(grown.person) >= n:
            break
        known, used = population.neighbours(grown.person[row]), int(random.integers(1, coupons + 1))
        for person in _recruits(known, used, taken, again, random)[: n - len(grown.person)]:
            grown.recruit(row, int(person))
            taken[person] = not again
    return grown


def _by_degree(population: Population, free: Flags, count: int, random: np.random.Generator) -> Whole:
    chances = population.degree * free
    return random.choice(population.size, count, replace=False, p=chances / chances.sum())


def _recruits(known: People, coupons: int, taken: Flags, again: bool, random: np.random.Generator) -> People:
    """Whom a participant recruits of those they know."""
    if again:
        return known[random.integers(len(known), size=coupons)]
    free = known[~taken[known]]
    return free[random.permutation(len(free))[:coupons]]
