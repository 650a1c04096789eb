"""A synthetic daily series with two interruptions of known effect, a fit, and what the fit can bear.

Days are counted from the first event, which is day 0; the second follows ``gap`` days later. The fit is a
segmented regression: level, drift, and one sharp step at each event, with noise that may carry over from day
to day. All counts are synthetic, per day. statsmodels loads with the first fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, repeat
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from .. import _reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[np.float64]
    Fit: TypeAlias = Callable[[Array], Mapping[str, tuple[float, float, float]]]

LEVEL, DRIFT = 100.0, -0.05  # synthetic count on day 0 without any event, and its change a day
RATE = 0.95  # of the bands
LATE = 3  # days from the second event to a record that begins after both
FIRST, SECOND, TOGETHER = "first", "second", "together"
BEFORE, BETWEEN, AFTER = BEGINS = ("before both", "between them", "after both")
NO_BEFORE, SAME_DAY, BLURRED, NOISE = "no before", "same day", "blurred", "noise"
CARRIES = tuple(step / 10 for step in range(-3, 10))  # carry-overs that the fit weighs against each other
RANGES: Mapping[str, tuple[float, float]] = {
    "gap": (0, 90),
    "first_effect": (-60, 60),
    "second_effect": (-60, 60),
    "lag": (0, 60),
    "anticipation": (0, 60),
    "noise": (0.5, 40),
    "carry": (0, 0.6),
    "window": (30, 120),
}


@dataclass(frozen=True)
class Setting:
    """What is true of a synthetic series, and which of its days are recorded.

    gap: days between the events. first_effect, second_effect: lasting change, in counts per day. lag: days
    over which each effect spreads after its event. anticipation: days by which the second effect begins
    before its event. noise: standard deviation of a day. carry: correlation of a day's noise with the next.
    window: days recorded on each side. begins: where the record begins, one of ``BEGINS``. Raises ValueError
    naming what is out of range and what is allowed.
    """

    gap: int = 5
    first_effect: float = -20
    second_effect: float = -10
    lag: int = 0
    anticipation: int = 0
    noise: float = 3
    carry: float = 0
    window: int = 60
    begins: str = BEFORE

    def __post_init__(self) -> None:
        for name, (low, high) in RANGES.items():
            if not low <= getattr(self, name) <= high:
                raise ValueError(
                    f"{name} is {_reading.shown(getattr(self, name))}; allowed are {low:g} to {high:g}"
                )
        if self.begins not in BEGINS:
            raise ValueError(f"begins is {_reading.shown(self.begins)}; allowed: {', '.join(BEGINS)}")

    @cached_property
    def days(self) -> Array:
        """The days recorded."""
        start = {BEFORE: -self.window, BETWEEN: 0, AFTER: self.gap + LATE}[self.begins]
        return np.arange(start, self.gap + self.window, dtype=float)

    @property
    def effects(self) -> Mapping[str, float]:
        """The true lasting changes: each, and both together."""
        both = self.first_effect + self.second_effect
        return {FIRST: self.first_effect, SECOND: self.second_effect, TOGETHER: both}

    @property
    def whole(self) -> float:
        """What there is to share out: the size of both changes, their signs aside."""
        return abs(self.first_effect) + abs(self.second_effect)

    @property
    def estimable(self) -> tuple[str, ...]:
        """The changes of which the record holds days before and days after."""
        if self.begins == AFTER or (self.begins == BETWEEN and not self.gap):
            return ()
        if self.begins == BETWEEN:
            return (SECOND,)
        return (FIRST, SECOND, TOGETHER) if self.gap else (TOGETHER,)

    @property
    def blurred(self) -> bool:
        """Whether a change is other than the sharp step that the fit takes it for."""
        second = self.second_effect != 0 and self.lag + self.anticipation > 0
        return second or (self.first_effect != 0 and self.lag > 0)


@dataclass(frozen=True)
class Estimate:
    """An estimated change in counts per day. The band is None where its stated rate would be false."""

    value: float
    band: tuple[float, float] | None


# --- the synthetic series ----------------------------------------------------------------------------------


def undisturbed(setting: Setting) -> Array:
    """The expected count of each recorded day, had neither event happened.

    >>> undisturbed(Setting())[[0, 60]].tolist()  # 60 days before the first event, and on its day
    [103.0, 100.0]
    """
    return LEVEL + DRIFT * setting.days


def expected(setting: Setting) -> Array:
    """The expected count of each recorded day: the truth without noise.

    >>> before, after = expected(Setting())[[59, 60]]
    >>> round(float(after - before), 2)  # the first effect of -20, and a day's drift
    -20.05
    """
    first, second = _shapes(setting)
    return undisturbed(setting) + setting.first_effect * first + setting.second_effect * second


def draw(setting: Setting, seed: int = 0) -> Array:
    """One synthetic series: a count for each recorded day. The same seed gives the same series.

    >>> draw(Setting(), seed=1)[:3].round(1).tolist()
    [104.0, 105.4, 103.9]
    """
    return expected(setting) + _noise(setting, np.random.default_rng(seed))


def _noise(setting: Setting, random: np.random.Generator) -> Array:
    fresh = random.normal(scale=setting.noise, size=len(setting.days))
    fresh[1:] *= np.sqrt(1 - setting.carry**2)
    carried = accumulate(fresh.tolist(), lambda before, now: now + setting.carry * before)
    return np.fromiter(carried, dtype=float, count=len(fresh))


def _shapes(setting: Setting) -> tuple[Array, Array]:
    """For each event, the share of its effect that is in place on each recorded day."""
    early = setting.anticipation
    return (
        _ramp(setting.days, 0, setting.lag),
        _ramp(setting.days, setting.gap - early, setting.lag + early),
    )


def _ramp(days: Array, start: int, length: int) -> Array:
    """From nothing before ``start`` to all of it ``length`` days later: a sharp step where length is 0."""
    return np.clip((days - start + 1) / (length + 1), 0, 1)


# --- the fit -----------------------------------------------------------------------------------------------


def fit(setting: Setting, counts: Array) -> Mapping[str, Estimate]:
    """What segmented regression makes of a series: each change that the record allows it to estimate.

    A band is given only where the changes are the sharp steps that the fit takes them for. There it holds the
    true change in 95 of 100 series.

    >>> found = fit(Setting(), draw(Setting(), seed=1))
    >>> [round(estimate.value) for estimate in found.values()]  # true are -20, -10 and -30
    [-21, -9, -30]
    """
    return {
        name: Estimate(value, None if setting.blurred else (low, high))
        for name, (value, low, high) in _sharp_fit(setting)(counts).items()
    }


def trials(setting: Setting, seed: int = 0) -> Iterator[Mapping[str, bool]]:
    """New series without end: for each, whether a band made as if steps were sharp holds the true change.

    >>> next(trials(Setting(), seed=1))
    {'first': True, 'second': True, 'together': True}
    """
    random, truth, bands_of = np.random.default_rng(seed), expected(setting), _sharp_fit(setting)
    for _ in repeat(None):
        bands = bands_of(truth + _noise(setting, random))
        yield {name: low <= setting.effects[name] <= high for name, (_, low, high) in bands.items()}


def breaks(setting: Setting) -> tuple[str, ...]:
    """Why the two events cannot be told apart: some of no before, same day, blurred, noise; or nothing.

    It looks at the design alone, never at a drawn series: else the bands shown would be a selection and would
    not keep their rate.

    >>> breaks(Setting()), breaks(Setting(noise=20)), breaks(Setting(gap=0, lag=3))
    ((), ('noise',), ('same day', 'blurred'))
    """
    found = [
        (NO_BEFORE, setting.begins != BEFORE),
        (SAME_DAY, setting.begins == BEFORE and not setting.gap),
        (BLURRED, bool(setting.estimable) and setting.blurred),
        (NOISE, FIRST in setting.estimable and not setting.blurred and _too_wide(setting)),
    ]
    return tuple(kind for kind, holds in found if holds)


def _too_wide(setting: Setting) -> bool:
    """Whether a band around the truth reaches "none of it" or "all of it", where the truth is neither.

    An event's change lies its own size away from none and the other's size away from all. Where one event
    changes nothing, no honest band excludes what is true of it, so only the other's size counts.

    >>> _too_wide(Setting(noise=20, gap=30)), _too_wide(Setting(second_effect=0))
    (True, False)
    """
    wide = widths(setting)
    sizes = [size for size in (abs(setting.first_effect), abs(setting.second_effect)) if size]
    return not sizes or max(wide[FIRST], wide[SECOND]) / 2 >= min(sizes)


def noiseless(setting: Setting) -> Mapping[str, float]:
    """What the sharp-step fit would say without noise: the truth, or how far the design misses it.

    >>> {name: round(value, 1) for name, value in noiseless(Setting(lag=7)).items()}  # true are -20 and -10
    {'first': -6.4, 'second': -20.7, 'together': -27.1}
    """
    matrix, contrasts = _design(setting)
    found = np.linalg.lstsq(matrix, expected(setting), rcond=None)[0]
    return {name: float(contrast @ found) for name, contrast in contrasts.items()}


def widths(setting: Setting) -> Mapping[str, float]:
    """Expected width of each band for someone who knows the noise and the exact shape of both effects.

    >>> {name: round(width, 1) for name, width in widths(Setting()).items()}
    {'first': 5.9, 'second': 5.9, 'together': 4.6}
    """
    covariance, contrasts, free = _covariance(setting, known_shape=True)
    reach = 2 * _quantile(free) * setting.noise * np.sqrt(1 - setting.carry**2)
    return {name: float(reach * np.sqrt(c @ covariance @ c)) for name, c in contrasts.items()}


def correlation(setting: Setting) -> float:
    """Correlation of the two estimates: near -1 they trade one for the other.

    Raises ValueError where the record does not hold both steps.

    >>> round(correlation(Setting(gap=5)), 2), round(correlation(Setting(gap=30)), 2)
    (-0.69, 0.19)
    """
    if FIRST not in setting.estimable:
        raise ValueError(f"a record that begins {setting.begins}, gap {setting.gap}, does not hold two steps")
    covariance, contrasts, _ = _covariance(setting)
    pair = np.array([contrasts[FIRST], contrasts[SECOND]])
    both = pair @ covariance @ pair.T
    return float(both[0, 1] / np.sqrt(both[0, 0] * both[1, 1]))


def _covariance(setting: Setting, known_shape: bool = False) -> tuple[Array, Mapping[str, Array], int]:
    """Covariance of the coefficients in units of the fresh noise of a day, contrasts, degrees of freedom."""
    matrix, contrasts = _design(setting, known_shape)
    white = _whiten(matrix, setting.carry)
    covariance = np.linalg.pinv(white.T @ white).astype(np.float64)
    return covariance, contrasts, len(matrix) - matrix.shape[1]


def _design(setting: Setting, known_shape: bool = False) -> tuple[Array, Mapping[str, Array]]:
    """The columns of the regression (level, drift, steps), and for each change how to read it off them."""
    sharp = _ramp(setting.days, 0, 0), _ramp(setting.days, setting.gap, 0)
    first, second = _shapes(setting) if known_shape else sharp
    steps = {
        (FIRST, SECOND, TOGETHER): [first, second],
        (SECOND,): [second],
        (TOGETHER,): [first],
        (): [],
    }[setting.estimable]
    reading = [(1, 0), (0, 1), (1, 1)] if len(steps) == 2 else [(1,)]
    matrix = np.column_stack([np.ones_like(setting.days), setting.days / len(setting.days), *steps])
    contrasts = zip(setting.estimable, reading, strict=bool(steps))
    return matrix, {name: np.array([0.0, 0.0, *weights]) for name, weights in contrasts}


def _sharp_fit(setting: Setting) -> Fit:
    """The fit for series of this setting: of a series it gives, for each change, value and ends of the band.

    How far noise carries over is not known to the fit. It is made for each of ``CARRIES``, and the fits are
    averaged by how well they explain the series (restricted likelihood), so that the bands allow for the
    doubt. Bands from the best of them alone would hold the truth too seldom.
    """
    from statsmodels.regression.linear_model import OLS

    matrix, contrasts = _design(setting)
    if not contrasts:
        return lambda counts: {}
    wanted, free = np.array(list(contrasts.values())), len(matrix) - matrix.shape[1]
    # All series of a setting share their designs, so statsmodels takes each design apart once, and a series
    # costs two products of matrices. Fitting each anew says the same, as a test shows, but takes many times
    # as long, and a learner waits for it who tries the band on hundreds of series.
    carries = np.array(CARRIES)
    designs = [OLS(setting.days, _whiten(matrix, carry)) for carry in CARRIES]
    units = np.array([design.fit().normalized_cov_params for design in designs])
    solvers, columns = (np.array([getattr(d, name) for d in designs]) for name in ("pinv_wexog", "wexog"))
    spreads = np.array([np.diag(wanted @ unit @ wanted.T) for unit in units])
    fixed = np.log(1 - carries**2) + np.linalg.slogdet(units)[1]

    def bands(counts: Array) -> Mapping[str, tuple[float, float, float]]:
        white = _whiten(counts[:, None], carries).T[:, :, None]
        found = solvers @ white
        misfit = ((white - columns @ found) ** 2).sum(axis=(1, 2))
        support = (fixed - free * np.log(misfit)) / 2
        weights = np.exp(support - max(support))
        weights /= weights.sum()
        values, variances = (wanted @ found)[:, :, 0], misfit[:, None] / free * spreads
        value = weights @ values
        reach = _quantile(free) * np.sqrt(weights @ (variances + (values - value) ** 2))
        ends = zip(contrasts, value, value - reach, value + reach, strict=True)
        return {name: (float(middle), float(low), float(high)) for name, middle, low, high in ends}

    return bands


def _whiten(data: Array, carry: float | Array) -> Array:
    """Days made independent of the day before (Prais and Winsten); for several carries, a column each."""
    return np.concatenate([np.sqrt(1 - carry**2) * data[:1], data[1:] - carry * data[:-1]])


@cache
def _quantile(free: int) -> float:
    from scipy.special import stdtrit  # what scipy.stats.t.ppf calls, and far less to load

    return float(stdtrit(free, (1 + RATE) / 2))
