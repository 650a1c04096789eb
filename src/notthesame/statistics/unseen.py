"""What the lab of unseen people says of the UK's five lists: every model, one of them picked, and resamples.

The counts are the table ``mse_uk_five_lists``; the engine is ``statistics.multiple_systems``. Nothing here
knows of widgets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from .. import evidence
from .._reading import shown
from . import multiple_systems as systems
from .multiple_systems import Bootstrap, Fit

if TYPE_CHECKING:
    import pandas as pd

TABLE = "mse_uk_five_lists"
PUBLISHED = "mse_published_results"
CHARGES: Mapping[str, tuple[str, str]] = {  # what a criterion adds for the terms of a model, and its n
    "BIC, n = people": ("bic", "individuals"),
    "BIC, n = combinations": ("bic", "cells"),
    "AIC": ("aic", "individuals"),
}
INFINITE: Mapping[str, bool] = {"charged": True, "not charged": False}
ANEW, KEPT = "chosen anew", "yours, kept whatever the charge"
RESELECT = (ANEW, KEPT)
NEAR = 2  # a distance from the best that a criterion hardly tells from none
TRIES = 1000
HUMPS = 18_000  # the second hump of the resamples lies above


@cache
def lists() -> systems.Lists:
    """The five lists.

    >>> lists().n, len(lists().terms)
    (2744, 10)
    """
    return systems.read_lists(evidence.table(TABLE))


@cache
def band() -> tuple[int, int]:
    """The published range, in people.

    >>> band()
    (10000, 13000)
    """
    return _published("rounded published range")


@cache
def space(charge: str, infinite: str) -> pd.DataFrame:
    """Every model, the best first, by one way to charge for terms.

    >>> len(space("AIC", "charged"))
    1024
    """
    criterion, n = CHARGES[charge]
    return systems.model_space(lists(), criterion, bic_n=n, count_infinite=INFINITE[infinite])


@dataclass(frozen=True)
class Choice:
    """What is chosen in the lab: how terms are charged, the terms of one's own model, and how to resample.

    Raises ValueError naming the choice, the value found and what is allowed.
    """

    charge: str = "BIC, n = people"
    infinite: str = "charged"
    terms: tuple[str, ...] = ()
    reselect: str = ANEW

    def __post_init__(self) -> None:
        allowed = {"charge": CHARGES, "infinite": INFINITE, "reselect": RESELECT}
        for name, values in allowed.items():
            if getattr(self, name) not in values:
                raise ValueError(f"{name} is {shown(getattr(self, name))}; allowed: {', '.join(values)}")
        lists().chosen(self.terms)

    def resamples(self, n: int = TRIES, seed: int = 1) -> systems.Resamples:
        """The bootstrap that belongs to this choice."""
        criterion, bic_n = CHARGES[self.charge]
        return systems.Resamples(
            lists(),
            n,
            criterion,
            self.reselect == ANEW,
            terms=None if self.reselect == ANEW else self.terms,
            seed=seed,
            bic_n=bic_n,
            count_infinite=INFINITE[self.infinite],
        )


@dataclass(frozen=True)
class Reading:
    """What a choice comes to."""

    choice: Choice

    @property
    def space(self) -> pd.DataFrame:
        """Every model, the best first."""
        return space(self.choice.charge, self.choice.infinite)

    @cached_property
    def mine(self) -> Fit:
        """The model whose terms were picked."""
        return systems.fit(lists(), self.choice.terms)

    @cached_property
    def distance(self) -> float:
        """How far the picked model lies above the best."""
        picked = self.space[self.space["terms"] == (" ".join(self.mine.terms) or "none")]
        return float(picked["distance"].iloc[0])

    @property
    def best(self) -> float:
        """The estimate of the best model."""
        return float(self.space["estimate"].iloc[0])

    @property
    def near(self) -> pd.Series[float]:
        """The estimates of the models that a criterion hardly tells from the best."""
        return self.space[self.space["distance"] <= NEAR]["estimate"]

    @property
    def verdict(self) -> str:
        """The picked model in short, then the best ones."""
        people = self.mine.estimate
        return f"Your model: {'no estimate' if people is None else f'{people:,.0f}'}. {self._best}"

    @property
    def _best(self) -> str:
        near = self.near
        charge = self.choice.charge
        if len(near) == 1:
            return f"Best by {charge}: {self.best:,.0f} people. No other model lies within {NEAR} of it."
        return (
            f"Best by {charge}: {self.best:,.0f} people. The {len(near)} models within {NEAR} of it say "
            f"{near.min():,.0f} to {near.max():,.0f}."
        )

    @property
    def reasons(self) -> tuple[str, ...]:
        """Where the picked model lies, and what its own interval takes for granted."""
        mine = self.mine
        called = f"{len(mine.terms)} term{'s' * (len(mine.terms) != 1)}" if mine.terms else "no terms"
        if mine.estimate is None or mine.low is None or mine.high is None:
            return (f"Your model ({called}) has no estimate on these lists: {mine.status}.",)
        where = "and is the best" if not self.distance else f"{self.distance:.1f} above the best"
        text = (
            f"Your model ({called}): {mine.estimate:,.0f}, {where}. Its own interval, {mine.low:,.0f} to "
            f"{mine.high:,.0f}, takes the model as known."
        )
        if mine.infinite:
            text += f" Terms whose pair shares nobody: {', '.join(mine.infinite)}."
        return (text,)

    @property
    def alt(self) -> str:
        """The picture in words, 60 to 300 characters."""
        return (
            f"Dots for 1,024 models of the UK's five lists, by estimate and distance from the best by "
            f"{self.choice.charge}. {self._best} Your model is ringed; {lists().n:,} were seen."
        )


def resampled(found: Bootstrap) -> str:
    """What the resamples say, and how often such intervals held the truth in a published simulation.

    >>> resampled(Choice().resamples(n=1).result())[:12]
    '0 resamples,'
    """
    if found.n < 2:
        return f"{found.n} resamples, too few for an interval."
    low, high = found.percentile
    inside = sum(band()[0] <= estimate <= band()[1] for estimate in found.estimates)
    above = sum(estimate > HUMPS for estimate in found.estimates)
    how = f"{len(found.chosen)} models won at least once" if found.reselected else "one model, kept"
    bca = f"; by BCa {found.bca[0]:,.0f} to {found.bca[1]:,.0f}" if found.bca[0] == found.bca[0] else ""
    return (
        f"{found.n:,} resamples, {how}: {low:,.0f} to {high:,.0f} (95 per cent, the same share cut off "
        f"at each end){bca}. Of {found.n:,} resamples {inside:,} fall into the published range and {above:,} "
        f"lie above {HUMPS:,}. In a published simulation intervals meant to be 95 per cent held the truth "
        f"{_held('BCa'):.0f} times of 100 where terms were chosen one by one, and anew in each resample, and "
        f"{_held('conditional'):.0f} where the choice by BIC was taken as known."
    )


def _published(method: str) -> tuple[int, int]:
    row = next(row for row in evidence.rows(PUBLISHED) if row["ci_method"] == method)
    return int(row["ci_low"]), int(row["ci_high"])


@cache
def _held(kind: str) -> float:
    rows = [row for row in evidence.rows(PUBLISHED) if row["method"].startswith("coverage")]
    return float(next(row["coverage_percent"] for row in rows if kind in row["method"]))
