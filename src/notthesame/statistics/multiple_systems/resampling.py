"""The bootstrap that chooses a model anew in each resample, and the search that makes it affordable."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ..._plain import refusing_plainly
from ..._reading import shown
from .._inputs import one_of
from . import loglinear
from .lists import Lists, Terms, read_lists
from .loglinear import OK, fit_batch
from .models import charge, every_model, terms_text
from .options import BIC_N, CRITERIA, INDIVIDUALS, reach

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from .lists import Bools, Floats

CHUNK = 50  # resamples between two reports of progress
AHEAD = 12  # models, the best on the data, that are fitted to each resample first


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """What the resamples say. Intervals are of the level asked for.

    estimate, terms: of the data. estimates: one a resample, and winners: the terms of the model chosen there.
    failed: resamples in which no model has an estimate; they are left out. percentile, bca: intervals.
    reselected: whether the model was chosen anew each time.
    """

    estimate: float
    terms: str
    estimates: Floats
    winners: tuple[str, ...]
    failed: int
    percentile: tuple[float, float]
    bca: tuple[float, float]
    reselected: bool

    @property
    def n(self) -> int:
        """Resamples with an estimate."""
        return len(self.estimates)

    @cached_property
    def chosen(self) -> Counter[str]:
        """How often each model was chosen."""
        return Counter(self.winners)


@refusing_plainly
def bootstrap(
    counts: pd.DataFrame | Lists,
    n: int = 1000,
    criterion: str = "bic",
    reselect: bool = True,
    *,
    terms: Terms | None = None,
    seed: int = 1,
    level: float = 0.95,
    bic_n: str = INDIVIDUALS,
    count_infinite: bool = True,
    progress: Callable[[int, int], object] | None = None,
    workers: int | None = None,
) -> Bootstrap:
    """Percentile and BCa intervals (Efron 1987) from ``n`` resamples of the people who were seen.

    reselect: whether the best of all models with two-list terms is chosen in each resample, or the model of
    the data kept. terms: that model, if not the best by the criterion; only without re-selection. progress:
    called as progress(done, n); if it returns False the bootstrap ends there, with what it has. workers:
    threads, one a processor if not given. Other options and errors as in ``model_space``; ValueError also
    where the data themselves have no estimate.

    >>> import pandas as pd
    >>> counts = pd.DataFrame({"A": [1, 0, 0, 1, 1], "B": [0, 1, 0, 1, 0], "C": [0, 0, 1, 0, 1],
    ...                        "count": [90, 80, 70, 30, 20]})
    >>> found = bootstrap(counts, n=20)
    >>> found.n, found.percentile[0] < found.estimate < found.percentile[1]
    (20, True)
    """
    resamples = Resamples(
        counts,
        n,
        criterion,
        reselect,
        terms=terms,
        seed=seed,
        bic_n=bic_n,
        count_infinite=count_infinite,
    )
    reach(level)
    for done in resamples.drawing(workers=workers):
        if progress is not None and progress(done, resamples.n) is False:
            break
    return resamples.result(level)


class Resamples:
    """A bootstrap a chunk at a time: draw for as long as is wanted, then take the result.

    Arguments and errors as in ``bootstrap``. estimates: what was drawn so far.
    """

    def __init__(
        self,
        counts: pd.DataFrame | Lists,
        n: int,
        criterion: str = "bic",
        reselect: bool = True,
        *,
        terms: Terms | None = None,
        seed: int = 1,
        bic_n: str = INDIVIDUALS,
        count_infinite: bool = True,
    ) -> None:
        self.lists = lists = read_lists(counts)
        one_of("criterion", criterion, CRITERIA)
        one_of("bic_n", bic_n, BIC_N)
        if isinstance(n, bool) or not isinstance(n, int | float) or n != int(n) or n < 1:
            raise ValueError(f"n is {shown(n)}; a whole number of resamples from 1 is wanted")
        if terms is not None and reselect:
            raise ValueError("terms names one model and reselect asks to choose anew; give one of the two")
        self.n, self.reselected = int(n), bool(reselect)
        one = None if terms is None else lists.chosen(terms)
        self._search = Search(lists, criterion, bic_n, count_infinite, one)
        best = self._search.best(lists.counts[None])
        if best.model[0] < 0:
            raise ValueError("no model has an estimate on these counts")
        self.estimate, chosen = float(best.estimate[0]), self._search.models[best.model[0]]
        self.terms = terms_text(lists, chosen)
        if not reselect:
            self._search = Search(lists, criterion, bic_n, count_infinite, chosen)
        self._drawn = _drawn(lists, self.n, seed)
        self._found: list[Best] = []

    def drawing(self, chunk: int = CHUNK, workers: int | None = None) -> Iterator[int]:
        """Work through the resamples; yields after each chunk how many are done."""
        chunks = [self._drawn[at : at + chunk] for at in range(0, self.n, chunk)]
        threads = 1 if sys.platform == "emscripten" else workers or min(8, os.cpu_count() or 1)
        done = 0
        for best in _each(self._search, chunks, threads):
            self._found.append(best)
            done += len(best.model)
            yield done

    @property
    def estimates(self) -> Floats:
        """The estimates so far, of resamples that have one."""
        return np.concatenate([best.estimate[best.model >= 0] for best in self._found] or [np.zeros(0)])

    def result(self, level: float = 0.95) -> Bootstrap:
        """The intervals from what was drawn."""
        models = np.concatenate([best.model for best in self._found] or [np.zeros(0, dtype=int)])
        jackknife, weights = _jackknife(self.lists, self._search)
        return Bootstrap(
            estimate=self.estimate,
            terms=self.terms,
            estimates=self.estimates,
            winners=tuple(
                terms_text(self.lists, self._search.models[model]) for model in models if model >= 0
            ),
            failed=int((models < 0).sum()),
            percentile=_ends(self.estimates, (1 - level) / 2, (1 + level) / 2),
            bca=_bca(self.estimate, self.estimates, jackknife, weights, level),
            reselected=self.reselected,
        )


def _drawn(lists: Lists, n: int, seed: int) -> Floats:
    found: Floats = (
        np.random.default_rng(seed).multinomial(lists.n, lists.counts / lists.n, size=n).astype(float)
    )
    return found


# --- the best of all models --------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Best:
    """For each set of counts the place of the best model, -1 where none has an estimate, and its estimate."""

    model: NDArray[np.int64]
    estimate: Floats


class Search:
    """Finds the best of all models for many sets of counts at once, without fitting all of them.

    A model cannot fit better than one that has all its terms and more. So the likelihood of each model that
    was fitted bounds those below it, and a model whose bound, with what it is charged, does not beat the best
    so far need not be fitted. The result is that of fitting all (branch and bound).
    """

    def __init__(
        self, lists: Lists, criterion: str, bic_n: str, count_infinite: bool, one: Bools | None = None
    ) -> None:
        """one: the terms of a model, if there is nothing to search."""
        self.lists = lists
        self.models = every_model(lists) if one is None else one[None]
        self.charge = float(charge(criterion, 1, lists, bic_n))
        self.count_infinite = count_infinite
        self.sizes = self.models.sum(axis=1)
        self.first = np.arange(min(1, len(self.models)))
        if len(self.models) > AHEAD:
            score = self._all_scores(lists.counts)
            self.first = np.argsort(score)[:AHEAD]

    def best(self, counts: Floats) -> Best:
        """The best model of each row of counts, shape (b, patterns)."""
        state = _State(self, counts)
        largest = int(self.sizes.max())
        for place in self.first:
            state.fit(np.full(len(counts), True)[:, None] & (np.arange(len(self.models)) == place))
        if len(self.models) > 1:
            state.fit(np.broadcast_to(self.sizes >= largest - 1, state.fitted.shape))
            for size in range(largest - 2, -1, -1):
                state.fit(state.promising(size))
        return Best(state.model, state.estimate)

    def _all_scores(self, counts: Floats) -> Floats:
        batch = fit_batch(self.lists, np.broadcast_to(counts, (len(self.models), len(counts))), self.models)
        found: Floats = self.charge * self.sizes - 2 * batch.likelihood
        return found


class _State:
    """What is known of each model on each row of counts, while the search goes on."""

    def __init__(self, search: Search, counts: Floats) -> None:
        self.search, self.counts = search, counts
        self.bound = np.repeat(loglinear.saturated(counts)[:, None], len(search.models), axis=1)
        self.fitted = np.zeros(self.bound.shape, dtype=bool)
        self.score = np.full(len(counts), np.inf)
        self.model = np.full(len(counts), -1)
        self.estimate = np.full(len(counts), np.nan)
        empty = search.lists.overlaps(counts) == 0
        self.charged = search.sizes - (0 if search.count_infinite else 1) * (
            empty.astype(int) @ search.models.T
        )

    def promising(self, size: int) -> Bools:
        """The models of this size that may still beat the best, after bounds came down from those above."""
        at = np.flatnonzero(self.search.sizes == size)
        pairs = self.search.models.shape[1]
        above = [np.where(at >> term & 1, at, at | 1 << term) for term in range(pairs)]
        for larger in above:
            self.bound[:, at] = np.minimum(self.bound[:, at], self.bound[:, larger])
        found = np.zeros(self.fitted.shape, dtype=bool)
        reached = self.search.charge * self.charged[:, at] - 2 * self.bound[:, at]
        found[:, at] = reached < self.score[:, None] + 1e-6
        return found

    def fit(self, wanted: Bools) -> None:
        """Fit these models, where they were not yet, and keep what beats the best so far."""
        rows, models = np.nonzero(wanted & ~self.fitted)
        if not len(rows):
            return
        batch = fit_batch(self.search.lists, self.counts[rows], self.search.models[models])
        self.fitted[rows, models] = True
        self.bound[rows, models] = batch.likelihood + 1e-6
        score = self.search.charge * self.charged[rows, models] - 2 * batch.likelihood
        for at in np.lexsort((models, score)):  # of equals the first in the order of models
            row, model = rows[at], models[at]
            if (score[at], model) < (self.score[row], self.model[row]) and self._has_estimate(
                batch, at, row, model
            ):
                self.score[row], self.model[row] = score[at], model
                self.estimate[row] = self.counts[row].sum() + np.exp(batch.beta[at, 0])

    def _has_estimate(self, batch: loglinear.Batch, at: int, row: int, model: int) -> bool:
        chosen = self.search.models[model]
        return loglinear.status(self.search.lists, self.counts[row], chosen, bool(batch.settled[at])) == OK


# --- many resamples ----------------------------------------------------------------------------------------


def _each(search: Search, chunks: list[Floats], threads: int) -> Iterator[Best]:
    if threads == 1:
        yield from map(search.best, chunks)
        return
    with ThreadPoolExecutor(threads) as pool:
        waiting = [pool.submit(search.best, chunk) for chunk in chunks]
        try:
            for future in waiting:
                yield future.result()
        finally:
            for future in waiting:
                future.cancel()


# --- intervals ---------------------------------------------------------------------------------------------


def _ends(estimates: Floats, low: float, high: float) -> tuple[float, float]:
    if not len(estimates):
        return (np.nan, np.nan)
    ends = np.quantile(estimates, [low, high])
    return float(ends[0]), float(ends[1])


def _jackknife(lists: Lists, search: Search) -> tuple[Floats, Floats]:
    """The estimate without one person of each pattern, and how many people that stands for."""
    seen = np.flatnonzero(lists.counts)
    without = np.repeat(lists.counts[None], len(seen), axis=0)
    without[np.arange(len(seen)), seen] -= 1
    found = search.best(without)
    kept = found.model >= 0
    return found.estimate[kept], lists.counts[seen][kept]


def _bca(
    estimate: float, estimates: Floats, jackknife: Floats, weights: Floats, level: float
) -> tuple[float, float]:
    """Bias-corrected and accelerated. nan where all resamples lie on one side of the estimate."""
    from scipy.special import ndtr, ndtri

    below = (np.sum(estimates < estimate) + np.sum(estimates == estimate) / 2) / max(len(estimates), 1)
    if not 0 < below < 1 or not len(jackknife):
        return (np.nan, np.nan)
    shift = ndtri(below)
    away = np.average(jackknife, weights=weights) - jackknife
    spread = (weights @ away**2) ** 1.5
    bend = (weights @ away**3) / (6 * spread) if spread else 0.0
    ends = [shift + ndtri(share) for share in ((1 - level) / 2, (1 + level) / 2)]
    shares = [float(ndtr(shift + end / (1 - bend * end))) for end in ends]
    return _ends(estimates, *shares)
