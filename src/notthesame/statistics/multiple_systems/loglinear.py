"""Poisson log-linear models on the patterns of several lists, a whole batch of them fitted at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from .lists import Lists

if TYPE_CHECKING:
    from .lists import Bools, Floats

OK, NOT_IDENTIFIABLE, DOES_NOT_EXIST = "ok", "not identifiable", "does not exist"
STEPS = 60  # of Newton's method; a fit that exists takes 5 to 10
CLOSE = 1e-7  # a step that moves each log of a fitted count by less ends it
FAR = 30.0  # a log that lies so far down belongs to a fitted count of nought
LEAP = 3.0  # how far a log moves in one step at most
BATCH = 256  # models fitted at once: small enough for a cache, and for BLAS to keep to one thread


@dataclass(frozen=True, eq=False)
class Batch:
    """Fits of b models, each to counts of its own.

    beta: shape (b, parameters), 0 where a model lacks the term, minus infinity where its overlap is nought.
    likelihood: the log likelihood, its supremum where no estimate exists. settled: whether Newton's method
    came to rest at a finite estimate.
    """

    beta: Floats
    likelihood: Floats
    settled: Bools


def fit_batch(lists: Lists, counts: Floats, chosen: Bools) -> Batch:
    """Fit each model to its counts.

    counts: shape (b, patterns). chosen: shape (b, pairs), the terms of each model. A chosen term whose lists
    have nobody in common is at minus infinity: its patterns are left out of the fit.

    >>> lists = Lists(("A", "B"), np.array([240.0, 140.0, 60.0]))
    >>> fits = fit_batch(lists, lists.counts[None], np.array([[False]]))
    >>> float(np.exp(fits.beta[0, 0]).round(3)), fits.settled.tolist()
    (560.0, [True])
    """
    pieces = [
        _newton(lists, counts[at : at + BATCH], chosen[at : at + BATCH])
        for at in range(0, len(counts), BATCH)
    ]
    return Batch(
        *(
            np.concatenate([getattr(piece, name) for piece in pieces])
            for name in ("beta", "likelihood", "settled")
        )
    )


def _newton(lists: Lists, counts: Floats, chosen: Bools) -> Batch:
    design, mains = lists.design, 1 + len(lists.names)
    infinite = chosen & (lists.overlaps(counts) == 0)
    cells = ~(infinite @ lists.both)  # the patterns that are left
    active = np.ones((len(counts), design.shape[1]), dtype=bool)
    active[:, mains:] = chosen & ~infinite
    beta = _start(lists, counts, cells, active)
    settled = np.zeros(len(counts), dtype=bool)
    going = np.arange(len(counts))
    for _ in range(STEPS):
        now, left, on = beta[going], cells[going], active[going]
        eta = now @ design.T
        fitted = np.exp(np.minimum(eta, 50)) * left
        step = _solved(lists, fitted, (counts[going] - fitted) @ design, on)
        moved = np.abs(step @ design.T) * left
        near = (moved * (eta > -FAR)).max(axis=1)
        beta[going] = now + step * np.minimum(1, LEAP / np.maximum(near, 1e-300))[:, None]
        calm = near < CLOSE
        settled[going[calm]] = moved[calm].max(axis=1) < CLOSE
        going = going[~calm]
        if not len(going):
            break
    likelihood = _likelihood(design, counts, cells, beta)
    full = np.where(active, beta, 0)
    full[:, mains:][infinite] = -np.inf
    return Batch(full, likelihood, settled)


def _start(lists: Lists, counts: Floats, cells: Bools, active: Bools) -> Floats:
    """One weighted least-squares step from the counts themselves, as generalised linear models begin."""
    fitted = (counts + 0.2) * cells
    return _solved(lists, fitted, (fitted * np.log(counts + 0.2)) @ lists.design, active)


def _solved(lists: Lists, fitted: Floats, slope: Floats, active: Bools) -> Floats:
    """The Newton step: the information matrix of these fitted counts against the slope."""
    sums, places = lists.moments
    information = (fitted @ sums)[:, places]
    information *= active[:, :, None] & active[:, None, :]
    at = np.arange(len(places))
    information[:, at, at] += np.where(active, 1e-12 * (1 + information[:, at, at]), 1)
    solved: Floats = np.asarray(np.linalg.solve(information, (slope * active)[:, :, None]), dtype=float)
    return solved[:, :, 0]


def _likelihood(design: Floats, counts: Floats, cells: Bools, beta: Floats) -> Floats:
    """The Poisson log likelihood; patterns at nought with nobody in them add nothing."""
    from scipy.special import gammaln, xlogy

    fitted = np.exp(np.minimum(beta @ design.T, 50)) * cells
    with np.errstate(divide="ignore"):
        found: Floats = (xlogy(counts, fitted) - fitted - gammaln(counts + 1)).sum(axis=1)
    return found


def saturated(counts: Floats) -> Any:
    """The log likelihood of a model that fits these counts exactly; counts of shape (..., patterns).

    >>> round(float(saturated(np.array([1.0, 2.0]))), 3)
    -2.307
    """
    from scipy.special import gammaln, xlogy

    return (xlogy(counts, counts) - counts - gammaln(counts + 1)).sum(axis=-1)


# --- whether there is an estimate --------------------------------------------------------------------------


def status(lists: Lists, counts: Floats, chosen: Bools, settled: bool) -> str:
    """Whether the model has an estimate on these counts: "ok", "not identifiable" or "does not exist".

    Identifiable: the patterns that are left tell all parameters apart. An estimate exists where some set of
    fitted counts, all above nought, has the totals of the data (Fienberg and Rinaldo 2012); a fit that came
    to rest is such a set, and elsewhere a linear programme decides. Both depend on which patterns are empty
    and on nothing else.

    >>> lists = Lists(("A", "B"), np.array([240.0, 140.0, 60.0]))
    >>> status(lists, lists.counts, np.array([True]), settled=False)
    'not identifiable'
    """
    infinite = chosen & (lists.overlaps(counts) == 0)
    if not _identifiable(len(lists.names), tuple(chosen.tolist()), tuple(infinite.tolist())):
        return NOT_IDENTIFIABLE
    if settled or _exists(len(lists.names), tuple(chosen.tolist()), tuple((counts > 0).tolist())):
        return OK
    return DOES_NOT_EXIST


@lru_cache(maxsize=100_000)
def _blank(k: int) -> Lists:
    return Lists(tuple(map(str, range(k))), np.zeros(2**k - 1))


@lru_cache(maxsize=100_000)
def _identifiable(k: int, chosen: tuple[bool, ...], infinite: tuple[bool, ...]) -> bool:
    left = _left(k, chosen, infinite)
    return bool(np.linalg.matrix_rank(left) == left.shape[1])


def _left(k: int, chosen: tuple[bool, ...], infinite: tuple[bool, ...]) -> Floats:
    """The design without terms at minus infinity and their patterns."""
    lists = _blank(k)
    cells = ~(np.array(infinite) @ lists.both)
    finite = np.array(chosen) & ~np.array(infinite)
    found: Floats = lists.design[cells][:, np.concatenate([np.ones(1 + k, dtype=bool), finite])]
    return found


@lru_cache(maxsize=100_000)
def _exists(k: int, chosen: tuple[bool, ...], support: tuple[bool, ...]) -> bool:
    """The largest s such that fitted counts of at least s have the totals of the data is above nought."""
    from scipy.optimize import linprog

    lists, seen = _blank(k), np.array(support, dtype=float)
    infinite = np.array(chosen) & (lists.overlaps(seen) == 0)
    cells = ~(infinite @ lists.both)
    left = _left(k, chosen, tuple(infinite.tolist()))
    totals = seen[cells] @ left
    # Unknowns: how much each fitted count lies above s, and s itself.
    equal = np.column_stack([left.T, left.sum(axis=0)])
    cost = np.zeros(equal.shape[1])
    cost[-1] = -1
    solved = linprog(cost, A_eq=equal, b_eq=totals, bounds=(0, None), method="highs")
    return bool(solved.status == 0 and -solved.fun > 1e-7)
