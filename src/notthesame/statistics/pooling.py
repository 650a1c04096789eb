"""Pooling studies: one estimate from several, its interval, and what the next place may look like.

Effects are taken on the scale on which they are given and on which they are near normal: ratios as logs, by
``log_from_ratio``. The model is the random-effects model: each place has a true effect of its own, the
estimate is their average, and ``tau2`` is the variance between places. The pooling itself is statsmodels';
it loads with the first call.

Three intervals answer three questions. *normal* and *hartung-knapp* are for the average, the second allowing
for a tau2 that few studies tell badly; *prediction* is for the true effect in one further place.

The plain Hartung-Knapp interval multiplies the standard error by the root of q = Q/(k - 1), and takes its
quantile from t with k - 1 degrees of freedom. It is narrower than the normal interval only where q lies under
(1.96/t) squared. This Q has the weights of the random-effects model, 1/(se squared + tau2): it is ``hk_q``
here, and equals ``q/df`` only where tau2 is 0. With tau2 by Paule and Mandel it is 1 wherever tau2 is above
0. The modified interval takes 1 where q is less, and so is never narrower than the normal one.

Sources: DerSimonian and Laird (1986); Paule and Mandel (1982); Viechtbauer (2005) for REML; Hartung and Knapp
(2001); Roever, Knapp and Friede (2015) for the modified interval; Higgins, Thompson and Spiegelhalter (2009)
for prediction.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from .. import _reading
from .._plain import refusing_plainly
from ._inputs import one_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[np.float64]

METHODS: Mapping[str, str] = {"dl": "DerSimonian-Laird", "pm": "Paule-Mandel", "reml": "REML"}
NORMAL, PLAIN, MODIFIED = INTERVALS = ("normal", "hartung-knapp", "modified-hartung-knapp")
SMALLEST, LARGEST = 1e-50, 1e50  # sizes that can be squared and divided by one another
STEPS = 4  # trial values of tau2 for each tenfold, among which REML begins


@dataclass(frozen=True)
class Pooled:
    """What a pool of studies says, on the scale of the effects.

    estimate, se, low, high: the average, its standard error and its interval. df: k - 1. k: studies. tau2:
    variance between places, never below 0; tau2_raw: the same before it was cut off there (only "dl" goes
    below). i2: share of the spread that is not chance, max(0, (q - df)/q), the same by each method (metafor's
    follows tau2). q, q_p: Cochran's Q with the weights 1/se squared, and its p-value. hk_q: Hartung and
    Knapp's q. weights: one for each study, in sum 1. prediction_low, prediction_high: the interval for the
    true effect in one further place, from t with k - 2 degrees of freedom and the standard error of the
    normal interval. None stands for what so few studies cannot say; ``note`` tells in words.
    """

    estimate: float
    se: float
    low: float
    high: float
    df: int
    k: int
    tau2: float | None
    tau2_raw: float | None
    i2: float | None
    q: float
    q_p: float | None
    hk_q: float | None
    weights: tuple[float, ...]
    prediction_low: float | None
    prediction_high: float | None

    @property
    def note(self) -> str:
        """What the studies are too few for, or nothing.

        >>> pool([0.1, 0.5], [0.2, 0.2]).note
        'Two studies give no prediction interval: it needs three or more.'
        """
        if self.k == 1:
            return "One study: its own interval. It says nothing of how places differ."
        return "Two studies give no prediction interval: it needs three or more." if self.k == 2 else ""


# --- what is called ----------------------------------------------------------------------------------------


@refusing_plainly
def pool(
    effects: Iterable[Any],
    standard_errors: Iterable[Any],
    method: str = "dl",
    interval: str = NORMAL,
    level: float = 0.95,
) -> Pooled:
    """Pool studies by the random-effects model.

    effects, standard_errors: a number for each study, ratios as logs (``log_from_ratio``). method: how tau2
    is estimated, "dl" (DerSimonian-Laird), "pm" (Paule-Mandel) or "reml". interval: "normal",
    "hartung-knapp" or "modified-hartung-knapp". level: of the intervals, such as 0.95. Raises ValueError for
    lists of different lengths, for what is no finite number, for a standard error that is not above 0, and
    for a Hartung-Knapp interval of one study.

    >>> pooled = pool([0.095, 0.277, 0.367, 0.664], [0.18, 0.18, 0.22, 0.11])
    >>> print(f"{pooled.estimate:.2f} ({pooled.low:.2f} to {pooled.high:.2f}), tau2 {pooled.tau2:.3f}")
    0.37 (0.09 to 0.65), tau2 0.052
    """
    found, errors = _studies(effects, standard_errors)
    one_of("method", method, tuple(METHODS))
    one_of("interval", interval, INTERVALS)
    reach = _reach(level)
    if len(found) == 1:
        return _alone(found[0], errors[0], interval, reach)
    return _pooled(found, errors, method, interval, reach)


@refusing_plainly
def leave_one_out(
    effects: Iterable[Any],
    standard_errors: Iterable[Any],
    names: Iterable[str] | None = None,
    method: str = "dl",
    interval: str = NORMAL,
    level: float = 0.95,
) -> pd.DataFrame:
    """The pool without each study in turn: a row for each, with the columns of ``Pooled`` that fit a table.

    names: of the studies, else "study 1" and so on. Raises ValueError as ``pool`` does, for one study, and
    for names that are not one for each study.

    >>> without = leave_one_out([0.1, 0.2, 0.9], [0.2, 0.2, 0.2], ["A", "B", "C"])
    >>> without[["left_out", "k", "estimate"]].round(2).values.tolist()
    [['A', 2, 0.55], ['B', 2, 0.5], ['C', 2, 0.15]]
    """
    import pandas as pd

    found, errors = _studies(effects, standard_errors)
    if len(found) == 1:
        raise ValueError("effects holds 1 study; two or more are wanted, so that one can be left out")
    listed = [f"study {place + 1}" for place in range(len(found))] if names is None else _names(names, found)
    columns = ("k", "estimate", "se", "low", "high", "tau2", "i2", "q", "q_p")
    rows = []
    for place, name in enumerate(listed):
        kept = np.arange(len(found)) != place
        pooled = pool(found[kept].tolist(), errors[kept].tolist(), method, interval, level)
        rows.append({"left_out": name, **{column: getattr(pooled, column) for column in columns}})
    return pd.DataFrame(rows)


@refusing_plainly
def log_from_ratio(ratio: Any, low: Any, high: Any, level: float = 0.95) -> tuple[float, float]:
    """The log of a ratio, and its standard error as the interval of a paper tells it.

    The interval is taken to be even on the log scale: its width there is 2 x 1.96 standard errors at a level
    of 0.95. Raises ValueError unless 0 < low < high and the ratio lies between them.

    >>> log, se = log_from_ratio(2.99, 1.96, 4.57)
    >>> round(log, 3), round(se, 3)
    (1.095, 0.216)
    """
    read = {"ratio": ratio, "low": low, "high": high}
    ratio, low, high = (_number(value, name) for name, value in read.items())
    if not SMALLEST < low < high < LARGEST or not low <= ratio <= high:
        raise ValueError(
            f"ratio, low and high are {ratio:g}, {low:g} and {high:g}; ends above 0 are wanted, the lower "
            "first, with the ratio between them"
        )
    return math.log(ratio), (math.log(high) - math.log(low)) / (2 * _reach(level))


@refusing_plainly
def risk_from_odds(ratio: Any, baseline: Any) -> float:
    """The risk of the exposed, from an odds ratio and the risk of the unexposed.

    ratio: of the odds of the exposed to the odds of the unexposed. baseline: the risk of the *unexposed*, a
    share from 0 to 1. The ratio of the two risks lies between 1 and the odds ratio, the nearer to 1 the more
    common the outcome. Raises ValueError for a ratio that is not above 0 and a baseline outside 0 to 1.

    >>> round(risk_from_odds(2.99, 0.30), 2)  # not three times 0.30
    0.56
    """
    odds, share = _number(ratio, "ratio"), _number(baseline, "baseline")
    if not odds > 0:
        raise ValueError(f"ratio is {odds:g}; an odds ratio above 0 is wanted")
    if not 0 <= share <= 1:
        raise ValueError(
            f"baseline is {share:g}; the risk of the unexposed as a share from 0 to 1 is wanted, such as 0.3"
        )
    return 1 / (1 + (1 - share) / (share * odds)) if share else 0.0


# --- the pool ----------------------------------------------------------------------------------------------


def _pooled(effects: Array, errors: Array, method: str, interval: str, reach: float) -> Pooled:
    from scipy.special import chdtrc, stdtrit  # what scipy.stats calls, and far less to load

    # In units of the smallest standard error, from the middle: nothing is lost to size.
    unit, middle = float(errors.min()), float(np.median(effects))
    away, variances = (effects - middle) / unit, (errors / unit) ** 2
    k, df = len(effects), len(effects) - 1
    fixed = _at(0, away, variances)
    q = float(fixed.scale_hksj_fe) * df
    raw = _TAU2[method](away, variances, q)
    tau2 = max(raw, 0.0)
    random = _at(tau2, away, variances)
    hk_q = float(random.scale_hksj_fe)
    mean, plain = float(random.mean_effect_fe), float(random.sd_eff_w_fe)
    rate = _rate(reach)
    factor = {NORMAL: 1.0, PLAIN: math.sqrt(hk_q), MODIFIED: max(1.0, math.sqrt(hk_q))}[interval]
    width = plain * factor * (reach if interval == NORMAL else float(stdtrit(df, rate)))
    ahead = float(stdtrit(k - 2, rate)) * math.sqrt(tau2 + plain**2) if k > 2 else None

    def back(value: float) -> float:
        return middle + unit * value

    return Pooled(
        estimate=back(mean),
        se=unit * plain * factor,
        low=back(mean - width),
        high=back(mean + width),
        df=df,
        k=k,
        tau2=unit**2 * tau2,
        tau2_raw=unit**2 * raw,
        i2=max(0.0, (q - df) / q) if q else 0.0,
        q=q,
        q_p=float(chdtrc(df, q)),
        hk_q=hk_q,
        weights=tuple(random.weights_rel_fe.tolist()),
        prediction_low=None if ahead is None else back(mean - ahead),
        prediction_high=None if ahead is None else back(mean + ahead),
    )


def _alone(effect: float, error: float, interval: str, reach: float) -> Pooled:
    """One study is its own estimate."""
    if interval != NORMAL:
        raise ValueError(
            f"interval is {interval!r}; one study has only a normal one, others need two or more"
        )
    ends = {"low": float(effect - reach * error), "high": float(effect + reach * error)}
    none = dict.fromkeys(("tau2", "tau2_raw", "i2", "q_p", "hk_q", "prediction_low", "prediction_high"))
    return Pooled(float(effect), float(error), df=0, k=1, q=0.0, weights=(1.0,), **ends, **none)  # type: ignore[arg-type]


def _at(tau2: float, effects: Array, variances: Array) -> Any:
    """What statsmodels makes of the studies where tau2 is known: a pool with that added to each variance."""
    from statsmodels.stats.meta_analysis import combine_effects

    with np.errstate(all="ignore"):  # it also works out what is not asked for, roots of negative numbers too
        return combine_effects(effects, variances + tau2, method_re="dl")


def _dersimonian_laird(effects: Array, variances: Array, q: float) -> float:
    """The moment estimate, below 0 where the studies differ by less than chance.

    statsmodels has it, with a divisor that is a difference of two sums: where one study outweighs the others
    a millionfold no digit of that is right. Here each study's others are summed.
    """
    weights = 1 / variances
    others = (1 - np.eye(len(weights))) @ weights
    return float((q - (len(weights) - 1)) / (weights @ others / weights.sum()))


def _paule_mandel(effects: Array, variances: Array, q: float) -> float:
    """The tau2 at which Q equals its degrees of freedom.

    Q falls as tau2 grows, so a bracketed root is always found. statsmodels' own iteration stops after 50
    steps, which is too soon where the effects differ by far more than the standard errors.
    """
    from scipy.optimize import brentq

    df = len(effects) - 1
    if q <= df:
        return 0.0
    most = 2 * float(effects.var(ddof=1))  # there Q is at most half of df

    def excess(tau2: float) -> float:
        return float(_at(tau2, effects, variances).scale_hksj_fe) - 1

    return float(brentq(excess, 0, most, xtol=1e-12, rtol=1e-12, maxiter=10_000))


def _reml(effects: Array, variances: Array, q: float) -> float:
    """The tau2 of the highest restricted likelihood, found among trial values and refined around the best."""
    from scipy.optimize import minimize_scalar

    def misfit(tau2: float) -> float:
        weights = 1 / (variances + tau2)
        total = weights.sum()
        away = effects - weights @ effects / total
        return float(np.log(total) - np.log(weights).sum() + weights @ away**2)

    most = 2 * float(np.ptp(effects)) ** 2 + 2 * float(variances.max())  # beyond it the likelihood only falls
    least = 1e-6  # of the smallest variance
    trials = np.linspace(math.log(least), math.log(most), STEPS * math.ceil(math.log10(most / least)))
    best = int(np.argmin([misfit(math.exp(trial)) for trial in trials]))
    ends = trials[max(best - 1, 0)], trials[min(best + 1, len(trials) - 1)]
    found = minimize_scalar(
        lambda trial: misfit(math.exp(trial)), bounds=ends, method="bounded", options={"xatol": 1e-10}
    )
    tau2 = math.exp(found.x)
    return tau2 if misfit(tau2) < misfit(0) else 0.0


_TAU2: Mapping[str, Callable[[Array, Array, float], float]] = {
    "dl": _dersimonian_laird,
    "pm": _paule_mandel,
    "reml": _reml,
}


# --- what is given -----------------------------------------------------------------------------------------


def _studies(effects: Any, errors: Any) -> tuple[Array, Array]:
    """Effects and standard errors as arrays; raises ValueError naming the first study that is wrong."""
    found, spread = _numbers(effects, "effects"), _numbers(errors, "standard_errors")
    if len(found) != len(spread):
        raise ValueError(
            f"effects holds {len(found)} and standard_errors {len(spread)}; one of each a study is wanted"
        )
    if not found:
        raise ValueError("effects is empty; at least one study is wanted")
    for place, error in enumerate(spread, 1):
        if not error > 0:
            raise ValueError(f"standard_errors is {error:g} for study {place}; numbers above 0 are wanted")
    for place, pair in enumerate(zip(found, spread, strict=True), 1):
        if not (abs(pair[0]) < LARGEST and SMALLEST < pair[1] < LARGEST):
            raise ValueError(f"study {place} is {pair[0]:g} with {pair[1]:g}; everyday sizes are wanted")
    return np.array(found), np.array(spread)


def _numbers(value: Any, word: str) -> list[float]:
    return [
        _number(item, f"{word}, study {place},")
        for place, item in enumerate(_reading.several(value, word, "number"), 1)
    ]


def _number(value: Any, word: str) -> float:
    try:
        return _reading.number(value)
    except ValueError:
        raise ValueError(f"{word} is {_reading.shown(value)}; a finite number is wanted") from None


def _names(names: Any, found: Array) -> list[str]:
    listed = [str(name) for name in _reading.several(names, "names", "name")]
    if len(listed) != len(found):
        raise ValueError(f"names holds {len(listed)} for {len(found)} studies; one for each is wanted")
    return listed


def _reach(level: Any) -> float:
    """How many standard errors a normal interval of this level reaches to either side."""
    from scipy.special import ndtri

    share = _number(level, "level")
    if not 0 < share < 1:
        raise ValueError(f"level is {share:g}; a share between 0 and 1 is wanted, such as 0.95")
    return float(ndtri((1 + share) / 2))


def _rate(reach: float) -> float:
    """The share of a normal distribution below ``reach``."""
    from scipy.special import ndtr

    return float(ndtr(reach))
