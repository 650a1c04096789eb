"""One model, every model, and a stepwise path."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..._plain import refusing_plainly
from .._inputs import one_of
from . import loglinear
from .intervals import error_of_log_unseen, profile_ends
from .lists import Lists, Terms, read_lists
from .loglinear import OK, fit_batch
from .options import BIC_N, CRITERIA, INDIVIDUALS, reach

if TYPE_CHECKING:
    import pandas as pd

    from .lists import Bools

MOST_PAIRS = 15  # of lists, in a table of every model: 32,768 of them


@dataclass(frozen=True)
class Fit:
    """One log-linear model fitted to the counts of several lists.

    estimate: people in all; unseen: of them on no list. None, as all else below, unless status is "ok"; it
    can be "not identifiable" or "does not exist". terms: the two-list terms; infinite: those of them that
    are at minus infinity, as nobody is on both lists. parameters, parameters_finite: with and without these.
    low, high: log-normal interval of the estimate (the log of the unseen count is taken to be normal);
    profile_low, profile_high: from the multinomial likelihood of the total. aic, bic: smaller is better.
    """

    status: str
    terms: tuple[str, ...]
    infinite: tuple[str, ...]
    parameters: int
    parameters_finite: int
    estimate: float | None = None
    unseen: float | None = None
    low: float | None = None
    high: float | None = None
    profile_low: float | None = None
    profile_high: float | None = None
    aic: float | None = None
    bic: float | None = None
    deviance: float | None = None


@refusing_plainly
def fit(
    counts: pd.DataFrame | Lists,
    terms: Terms = (),
    *,
    level: float = 0.95,
    bic_n: str = INDIVIDUALS,
    count_infinite: bool = True,
) -> Fit:
    """Fit the Poisson log-linear model with these two-list terms to all 2**k - 1 patterns, zeros included.

    counts: a table of 0/1 columns, one for each list, and ``count``. terms: such as ["A:B"]; none means that
    the lists are independent. level: of the intervals. bic_n: the n in BIC, "individuals" (people seen) or
    "cells" (patterns). count_infinite: whether AIC and BIC charge for terms at minus infinity. An estimate
    that does not exist or is not identifiable is said to be so in ``status``. Raises ValueError for counts,
    terms or options that are not allowed, naming what was found.

    >>> import pandas as pd
    >>> counts = pd.DataFrame({"A": [1, 0, 1], "B": [0, 1, 1], "count": [240, 140, 60]})
    >>> found = fit(counts)
    >>> round(found.estimate), found.status, fit(counts, ["A:B"]).status
    (1000, 'ok', 'not identifiable')
    """
    lists = read_lists(counts)
    chosen, reached = lists.chosen(terms), reach(level)
    one_of("bic_n", bic_n, BIC_N)
    batch = fit_batch(lists, lists.counts[None], chosen[None])
    infinite = np.isneginf(batch.beta[0, 1 + len(lists.names) :])
    named: dict[str, Any] = {
        "terms": tuple(name for name, on in zip(lists.terms, chosen, strict=True) if on),
        "infinite": tuple(name for name, on in zip(lists.terms, infinite, strict=True) if on),
        "parameters": 1 + len(lists.names) + int(chosen.sum()),
        "parameters_finite": 1 + len(lists.names) + int(chosen.sum() - infinite.sum()),
    }
    status = loglinear.status(lists, lists.counts, chosen, bool(batch.settled[0]))
    if status != OK:
        return Fit(status=status, **named)
    unseen, likelihood = math.exp(batch.beta[0, 0]), float(batch.likelihood[0])
    spread = math.exp(reached * error_of_log_unseen(lists, batch.beta[0], chosen & ~infinite))
    profile_low, profile_high = profile_ends(lists, chosen, unseen, reached)
    charged = named["parameters" if count_infinite else "parameters_finite"]
    return Fit(
        status=OK,
        **named,
        estimate=lists.n + unseen,
        unseen=unseen,
        low=lists.n + unseen / spread,
        high=lists.n + unseen * spread,
        profile_low=profile_low,
        profile_high=profile_high,
        aic=charge("aic", charged, lists, bic_n) - 2 * likelihood,
        bic=charge("bic", charged, lists, bic_n) - 2 * likelihood,
        deviance=2 * (float(loglinear.saturated(lists.counts)) - likelihood),
    )


@refusing_plainly
def model_space(
    counts: pd.DataFrame | Lists,
    criterion: str = "bic",
    *,
    bic_n: str = INDIVIDUALS,
    count_infinite: bool = True,
) -> pd.DataFrame:
    """Every model with two-list terms, the best by the criterion first.

    Columns: rank, terms (as one text; "none"), estimate, unseen, status, parameters, parameters_finite, aic,
    bic, and distance, by how much the criterion is above the best. Models without an estimate come last.
    Options and errors as in ``fit``; at most six lists.

    >>> import pandas as pd
    >>> lists = {"A": [1, 0, 0, 1, 1], "B": [0, 1, 0, 1, 0], "C": [0, 0, 1, 0, 1]}
    >>> table = model_space(pd.DataFrame({**lists, "count": [90, 80, 70, 30, 20]}))
    >>> table["terms"][0], round(table["estimate"][0]), len(table)
    ('B:C', 560, 8)
    """
    import pandas as pd

    lists = read_lists(counts)
    one_of("criterion", criterion, CRITERIA)
    one_of("bic_n", bic_n, BIC_N)
    chosen = every_model(lists)
    batch = fit_batch(lists, np.broadcast_to(lists.counts, (len(chosen), len(lists.counts))), chosen)
    settled = batch.settled.tolist()
    statuses = [loglinear.status(lists, lists.counts, model, settled[at]) for at, model in enumerate(chosen)]
    ok = np.array([status == OK for status in statuses])
    mains = 1 + len(lists.names)
    parameters = mains + chosen.sum(axis=1)
    finite = parameters - np.isneginf(batch.beta[:, mains:]).sum(axis=1)
    charged = parameters if count_infinite else finite
    unseen = np.where(ok, np.exp(np.minimum(batch.beta[:, 0], 700)), np.nan)
    ends = {
        name: np.where(ok, charge(name, charged, lists, bic_n) - 2 * batch.likelihood, np.nan)
        for name in CRITERIA
    }
    table = pd.DataFrame(
        {
            "terms": [terms_text(lists, model) for model in chosen],
            "estimate": lists.n + unseen,
            "unseen": unseen,
            "status": statuses,
            "parameters": parameters,
            "parameters_finite": finite,
            **ends,
            "distance": ends[criterion] - (np.nanmin(ends[criterion]) if ok.any() else np.nan),
        }
    ).sort_values([criterion, "parameters"], kind="stable", ignore_index=True)
    table.insert(0, "rank", np.arange(1, len(table) + 1))
    return table


@refusing_plainly
def stepwise(
    counts: pd.DataFrame | Lists,
    criterion: str = "aic",
    *,
    bic_n: str = INDIVIDUALS,
    count_infinite: bool = True,
) -> pd.DataFrame:
    """The forward path: from independent lists, each time the term that lowers the criterion most.

    Columns: step, term_added ("start" first), estimate, low, high, aic, bic, status. It ends where no term
    lowers the criterion; a greedy search can stop short of the best model. Options and errors as in ``fit``.

    >>> import pandas as pd
    >>> lists = {"A": [1, 0, 0, 1, 1], "B": [0, 1, 0, 1, 0], "C": [0, 0, 1, 0, 1]}
    >>> stepwise(pd.DataFrame({**lists, "count": [90, 80, 70, 30, 20]}))["term_added"].tolist()
    ['start', 'B:C']
    """
    import pandas as pd

    lists = read_lists(counts)
    one_of("criterion", criterion, CRITERIA)
    options: dict[str, Any] = {"bic_n": bic_n, "count_infinite": count_infinite}
    path = [("start", fit(lists, (), **options))]
    while True:
        now = path[-1][1]
        tried = [
            (term, fit(lists, (*now.terms, term), **options)) for term in lists.terms if term not in now.terms
        ]
        better = [step for step in tried if _score(step[1], criterion) < _score(now, criterion)]
        if not better:
            break
        path.append(min(better, key=lambda step: _score(step[1], criterion)))
    rows = [
        {"step": step, "term_added": term}
        | {name: getattr(found, name) for name in ("estimate", "low", "high", "aic", "bic", "status")}
        for step, (term, found) in enumerate(path)
    ]
    return pd.DataFrame(rows)


# --- what they share ---------------------------------------------------------------------------------------


def every_model(lists: Lists) -> Bools:
    """The terms of each model with two-list terms, shape (2**pairs, pairs), none first.

    >>> every_model(Lists(("A", "B"), np.zeros(3))).tolist()
    [[False], [True]]
    """
    pairs = len(lists.pairs)
    if pairs > MOST_PAIRS:
        raise ValueError(
            f"{len(lists.names)} lists have 2**{pairs} models; at most six lists are allowed here"
        )
    found: Bools = ((np.arange(2**pairs)[:, None] >> np.arange(pairs)) & 1).astype(bool)
    return found


def terms_text(lists: Lists, chosen: Bools) -> str:
    """The terms of a model as one text.

    >>> terms_text(Lists(("A", "B"), np.zeros(3)), np.array([True]))
    'A:B'
    """
    return " ".join(name for name, on in zip(lists.terms, chosen, strict=True) if on) or "none"


def charge(criterion: str, parameters: Any, lists: Lists, bic_n: str) -> Any:
    """What a criterion adds for the parameters of a model.

    >>> charge("aic", 4, Lists(("A", "B"), np.array([240.0, 140.0, 60.0])), INDIVIDUALS)
    8
    """
    n = lists.n if bic_n == INDIVIDUALS else len(lists.counts)
    return parameters * (2 if criterion == "aic" else math.log(n))


def _score(found: Fit, criterion: str) -> float:
    value = getattr(found, criterion)
    return math.inf if value is None else float(value)
