"""Statistics where numpy counts and indexes by 32 bits, as in a browser: the same numbers, and no error.

No such machine is at hand, so ``Narrow`` does as numpy does there: what it counts or finds is a number of
32 bits, which wraps around in silence where it is multiplied too far, and no wider count is taken.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest

from notthesame import evidence, statistics
from notthesame.statistics import multiple_systems, sampling
from notthesame.statistics import sensitive_questions as sensitive


class Narrow:
    """Numpy, but for what a machine of 32 bits does otherwise."""

    intp = np.int32

    def __getattr__(self, name: str) -> Any:
        return getattr(np, name)

    def arange(self, *given: Any, **named: Any) -> Any:
        return np.arange(*given, **named) if "dtype" in named else self._narrow(np.arange(*given))

    def argsort(self, *given: Any, **named: Any) -> Any:
        return self._narrow(np.argsort(*given, **named))

    def flatnonzero(self, given: Any) -> Any:
        return self._narrow(np.flatnonzero(given))

    def searchsorted(self, *given: Any, **named: Any) -> Any:
        return self._narrow(np.searchsorted(*given, **named))

    def bincount(self, counted: Any, *given: Any, **named: Any) -> Any:
        return self._narrow(np.bincount(self._taken(counted), *given, **named))

    def repeat(self, repeated: Any, times: Any, **named: Any) -> Any:
        return np.repeat(repeated, self._taken(times), **named)

    def _narrow(self, found: Any) -> Any:
        return found.astype(np.int32) if found.dtype.kind == "i" else found

    def _taken(self, counts: Any) -> Any:
        wide = isinstance(counts, np.ndarray)  # of a list numpy makes what it counts by, there as here
        return np.asarray(counts).astype(np.int32, casting="safe" if wide else "same_kind")


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From a call on, all modules of statistics have such a numpy."""

    def begin() -> None:
        for found in pkgutil.walk_packages(statistics.__path__, f"{statistics.__name__}."):
            module = importlib.import_module(found.name)
            if getattr(module, "np", None) is np:
                monkeypatch.setattr(module, "np", Narrow())

    return begin


def grown(again: bool) -> list[Any]:
    """A town with more pairs of people than 32 bits can count, and what a sample of it says."""
    town = sampling.simulate_population(50_000)
    sample = sampling.draw_rds(town, 300, seeds=5, coupons=3, with_replacement=again)
    found = [sampling.bootstrap(sample, method, resamples=50).estimates for method in ("salganik", "tree")]
    return [town.ties, town.degree, town.homophily, sample, sampling.draw_random(town, 50), *found]


def unseen() -> list[Any]:
    lists = evidence.table("mse_uk_five_lists")
    found = multiple_systems.bootstrap(lists, n=20)
    return [multiple_systems.model_space(lists).drop(columns="terms"), found.estimates, found.bca]


def asked() -> list[Any]:
    found = sensitive.list_experiment(*sensitive.draw_list(100_000, 0.2), items=4)
    return [found.share, found.low, found.high]


@pytest.mark.parametrize("made", [partial(grown, True), partial(grown, False), unseen, asked])
def test_numbers_are_the_same_where_a_count_has_32_bits(
    made: Callable[[], list[Any]], narrow: Callable[[], None]
) -> None:
    wide = made()
    narrow()
    for one, other in zip(made(), wide, strict=True):
        np.testing.assert_array_equal(np.asarray(one), np.asarray(other))
