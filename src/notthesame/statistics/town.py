"""What the town lab says: three samples of a synthetic town with a known truth, and how often each is right.

Everything here follows from a setting and a seed; nothing knows of widgets. Shares are numbers from 0 to 1;
sentences give them in per cent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import count
from typing import TYPE_CHECKING

from .. import _reading
from . import sampling
from .respondent_driven import SALGANIK

if TYPE_CHECKING:
    import pandas as pd

TABLE = "town_synthetic"  # the ready-made settings with their results
SIZE, TRUTH = 50_000, 0.3  # people in the town, and the share of them who would say yes
TRIES = 100  # samples of each kind in a trial
RESAMPLES = 200
RANDOM, OPT_IN, RDS = SAMPLERS = ("random", "opt-in", "respondent-driven")
WITHOUT, WITH = REPLACEMENTS = ("without", "with")
RANGES: Mapping[str, tuple[float, float]] = {
    "random_n": (20, 1000),
    "opt_in_n": (100, 10_000),
    "ratio": (1, 5),
    "rds_n": (20, 300),
    "seeds": (1, 10),
    "coupons": (1, 6),
    "homophily": (1, 5),
}


@dataclass(frozen=True)
class Setting:
    """How the three samples are drawn. Raises ValueError naming what is out of range and what is allowed.

    random_n, opt_in_n, rds_n: people in each sample. ratio: how many times as often people who would say yes
    answer the open call. seeds, coupons, replacement ("with", "without"), homophily: of the respondent-driven
    sample, as ``sampling.draw_rds`` and ``sampling.simulate_population`` have them.
    """

    random_n: int = 100
    opt_in_n: int = 10_000
    ratio: float = 2
    rds_n: int = 200
    seeds: int = 4
    coupons: int = 3
    replacement: str = WITHOUT
    homophily: float = 2

    def __post_init__(self) -> None:
        for name, (low, high) in RANGES.items():
            if not low <= getattr(self, name) <= high:
                found = _reading.shown(getattr(self, name))
                raise ValueError(f"{name} is {found}; allowed are {low:,g} to {high:,g}")
        if self.replacement not in REPLACEMENTS:
            found = _reading.shown(self.replacement)
            raise ValueError(f"replacement is {found}; allowed: {', '.join(REPLACEMENTS)}")

    @property
    def sizes(self) -> Mapping[str, int]:
        """People in each sample, by its kind."""
        return dict(zip(SAMPLERS, (self.random_n, self.opt_in_n, self.rds_n), strict=True))

    @property
    def expected_opt_in(self) -> float:
        """The share that opt-in samples of any size find on average."""
        return sampling.opt_in_share(TRUTH, self.ratio)

    @property
    def errors(self) -> Mapping[str, float]:
        """Typical error (root mean squared) of the random and the opt-in sample: bias and chance together."""
        found = self.expected_opt_in
        chance = {RANDOM: TRUTH * (1 - TRUTH) / self.random_n, OPT_IN: found * (1 - found) / self.opt_in_n}
        return {RANDOM: chance[RANDOM] ** 0.5, OPT_IN: ((found - TRUTH) ** 2 + chance[OPT_IN]) ** 0.5}


# Ready-made settings: what stands on the page without a kernel. The kind of sample that each is about.
READY: Mapping[str, tuple[str, Setting]] = {
    "Random, 100 people": (RANDOM, Setting()),
    "Opt-in, 10,000 people, ratio 1.1": (OPT_IN, Setting(ratio=1.1)),
    "Opt-in, 10,000 people, ratio 1.5": (OPT_IN, Setting(ratio=1.5)),
    "Opt-in, 10,000 people, ratio 2": (OPT_IN, Setting()),
    "Opt-in, 100 people, ratio 2": (OPT_IN, Setting(opt_in_n=100)),
    "Respondent-driven, ties blind to the answer": (RDS, Setting(homophily=1)),
    "Respondent-driven, homophily 3": (RDS, Setting(homophily=3)),
    "Respondent-driven, homophily 3, up to 6 coupons": (RDS, Setting(homophily=3, coupons=6)),
}


@dataclass(frozen=True)
class Found:
    """What a sample says: an estimate, and an interval around it. ``kept``: at its stated rate, by design."""

    estimate: float
    low: float
    high: float
    kept: bool

    @property
    def holds(self) -> bool:
        """Whether the interval holds the truth."""
        return self.low <= TRUTH <= self.high


@lru_cache(maxsize=4)
def people(homophily: float) -> sampling.Population:
    """The town. Its truth is the same at each homophily.

    >>> people(2).size, people(2).share
    (50000, 0.3)
    """
    return sampling.simulate_population(SIZE, TRUTH, homophily=homophily)


# --- one draw of each kind ---------------------------------------------------------------------------------


def of_random(setting: Setting, seed: int) -> Found:
    """What one random sample says, with Wilson's 95 per cent interval.

    >>> of_random(Setting(), seed=1).holds
    True
    """
    drawn = sampling.draw_random(people(setting.homophily), setting.random_n, seed)
    return _wilson(int(drawn["outcome"].sum()), setting.random_n, kept=True)


def of_opt_in(setting: Setting, seed: int) -> Found:
    """What one opt-in sample says, with the interval that a random sample would have.

    >>> of_opt_in(Setting(), seed=1).holds
    False
    """
    drawn = sampling.draw_opt_in(people(setting.homophily), setting.opt_in_n, setting.ratio, seed)
    return _wilson(int(drawn["outcome"].sum()), setting.opt_in_n, kept=setting.ratio == 1)


def of_rds(setting: Setting, seed: int) -> Found:
    """What one respondent-driven sample says, with Salganik's bootstrap.

    >>> of_rds(Setting(), seed=1).kept
    False
    """
    return _of_rds(_only_rds(setting), seed)


@lru_cache(maxsize=8)
def _of_rds(setting: Setting, seed: int) -> Found:
    found = sampling.bootstrap(_chains(setting, seed), SALGANIK, RESAMPLES, seed=seed)
    return Found(found.estimate, found.low, found.high, kept=False)


def _only_rds(setting: Setting) -> Setting:
    """The setting less what the respondent-driven sample does not turn on."""
    return replace(setting, random_n=Setting.random_n, opt_in_n=Setting.opt_in_n, ratio=Setting.ratio)


def chains(setting: Setting, seed: int) -> pd.DataFrame:
    """One respondent-driven sample, as ``sampling.draw_rds`` gives it.

    >>> len(chains(Setting(), seed=1))
    200
    """
    return _chains(_only_rds(setting), seed).copy()


@lru_cache(maxsize=8)
def _chains(setting: Setting, seed: int) -> pd.DataFrame:
    town, again = people(setting.homophily), setting.replacement == WITH
    return sampling.draw_rds(town, setting.rds_n, setting.seeds, setting.coupons, again, seed)


KINDS = {RANDOM: of_random, OPT_IN: of_opt_in, RDS: of_rds}


def _wilson(yes: int, n: int, kept: bool) -> Found:
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(yes, n, method="wilson")
    return Found(yes / n, float(low), float(high), kept)


def trials(
    setting: Setting, seed: int = 1, samplers: tuple[str, ...] = SAMPLERS
) -> Iterator[Mapping[str, Found]]:
    """New samples without end: what one of each kind says.

    >>> next(trials(Setting(), samplers=("random",)))["random"].holds
    True
    """
    for number in count(1000 * seed + 1):
        yield {sampler: KINDS[sampler](setting, number) for sampler in samplers}


# --- what is shown -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Samples:
    """The three samples of a setting, drawn once."""

    setting: Setting
    seed: int = 1

    @cached_property
    def found(self) -> Mapping[str, Found]:
        """What each says, by its kind."""
        return {sampler: KINDS[sampler](self.setting, self.seed) for sampler in SAMPLERS}

    @cached_property
    def chains(self) -> pd.DataFrame:
        """The respondent-driven sample."""
        return chains(self.setting, self.seed)

    @cached_property
    def last(self) -> int:
        """Its last wave."""
        return int(self.chains["wave"].max())


@lru_cache(maxsize=16)
def samples(setting: Setting, seed: int = 1) -> Samples:
    """The samples of a setting; the same object again while it is remembered.

    >>> samples(Setting()) is samples(Setting(ratio=2.0))
    True
    """
    return Samples(setting, seed)


@dataclass(frozen=True)
class Reading:
    """What the lab shows: three samples, one of them looked at, the respondent-driven one up to a wave."""

    setting: Setting
    sampler: str = OPT_IN
    wave: int = 1000
    seed: int = 1

    @property
    def samples(self) -> Samples:
        """The three samples."""
        return samples(self.setting, self.seed)

    @property
    def waves(self) -> int:
        """The wave up to which the respondent-driven sample is shown."""
        return min(self.wave, self.samples.last)

    @property
    def grown(self) -> pd.DataFrame:
        """The respondent-driven sample up to that wave."""
        chains = self.samples.chains
        return chains[chains["wave"] <= self.waves]

    @property
    def whole(self) -> bool:
        """Whether that is all of it."""
        return self.waves == self.samples.last

    @property
    def found(self) -> Mapping[str, Found]:
        """What each sample says; the respondent-driven one, while it grows, an estimate alone."""
        if self.whole:
            return self.samples.found
        share = sampling.rds_ii(self.grown["outcome"], self.grown["degree"])
        return {**self.samples.found, RDS: Found(share, share, share, kept=False)}

    @property
    def verdict(self) -> str:
        """One sentence: which errs more, the opt-in or the random sample."""
        errors, sizes = self.setting.errors, self.setting.sizes
        worse = "more" if errors[OPT_IN] > errors[RANDOM] else "less"
        return (
            f"{sizes[OPT_IN]:,} who opt in err {worse} than a random {sizes[RANDOM]:,}: typically by "
            f"{points(errors[OPT_IN])} points, against {points(errors[RANDOM])}."
        )

    @property
    def reasons(self) -> tuple[str, ...]:
        """What to see in the sample looked at: whether its interval keeps its rate, and why."""
        return _WHY[self.sampler](self)

    @property
    def so_far(self) -> str:
        """How far the respondent-driven sample has grown, in words."""
        share = points(self.found[RDS].estimate)
        wave = f"Wave {self.waves} of {self.samples.last}"
        return f"{wave}: {self.asked(RDS)} people, estimate {share} per cent."

    def asked(self, sampler: str) -> str:
        """How many people a sample has: "10,000", and while it grows "34 of 200"."""
        n = f"{self.setting.sizes[sampler]:,}"
        return n if self.whole or sampler != RDS else f"{len(self.grown)} of {n}"

    @property
    def alt(self) -> str:
        """The picture in words, 60 to 300 characters."""
        said = "; ".join(f"{sampler} {self._in_words(sampler)}" for sampler in SAMPLERS)
        return f"Synthetic town where {points(TRUTH, 0)} per cent would say yes, and its samples: {said}."

    def _in_words(self, sampler: str) -> str:
        found, ends = self.found[sampler], ""
        if self.whole or sampler != RDS:
            note = "" if found.kept else ", rate not kept" if sampler == OPT_IN else ", rate not promised"
            ends = f" ({points(found.low)} to {points(found.high)}{note})"
        return f"{self.asked(sampler)} people, {points(found.estimate)}{ends}"


# --- words -------------------------------------------------------------------------------------------------


def points(share: float, digits: int = 1) -> str:
    """A share in per cent, or an error in points.

    >>> points(0.3), points(0.3, 0)
    ('30.0', '30')
    """
    return f"{100 * share:.{digits}f}"


def _random_words(reading: Reading) -> tuple[str, ...]:
    return ("It holds the truth 95 times in 100. Only chance moves it, and four times the people halve it.",)


def _opt_in_words(reading: Reading) -> tuple[str, ...]:
    setting = reading.setting
    if setting.ratio == 1:
        return ("It holds the truth 95 times in 100, since all answer equally often. Who could know that?",)
    return (
        f"It will not hold the truth 95 times in 100: more people shrink it around "
        f"{points(setting.expected_opt_in)}, which such calls find on average, "
        f"not around {points(TRUTH, 0)}.",
    )


def _rds_words(reading: Reading) -> tuple[str, ...]:
    raw = float(reading.grown["outcome"].mean())
    return (
        f"Of those asked {points(raw)} per cent say yes. Who knows many is asked more often, so each counts "
        "one over their ties.",
        "That it holds the truth 95 times in 100 is not promised. Draw many to see how often it does.",
    )


_WHY = {RANDOM: _random_words, OPT_IN: _opt_in_words, RDS: _rds_words}
