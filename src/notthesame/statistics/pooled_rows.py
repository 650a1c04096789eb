"""What the pooling lab says of the rows on violence: verdict, reasons, alt text, and what the picture shows.

The rows are built from single abstracts (``platt_forest``). Everything here follows from the rows that are
pooled, an interval, an estimator and a baseline; nothing knows of widgets.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from .. import _reading, evidence
from .._words import capital
from . import pooling
from .pooling import NORMAL, PLAIN, Pooled

TABLE = "platt_forest"
COHORT = ("Elmes", "Walker")  # two papers on one cohort
AVERAGE, FEW, NEXT = (
    "the average (normal)",
    "few rows allowed for (Hartung-Knapp)",
    "the next place (prediction)",
)
INTERVALS: Mapping[str, str] = {  # as each is called
    AVERAGE: "normal interval",
    FEW: "Hartung-Knapp interval",
    NEXT: "prediction interval",
}
ESTIMATORS: Mapping[str, str] = {name: key for key, name in pooling.METHODS.items()}
LOWEST, HIGHEST = 1, 90  # baseline, per cent
LEVEL = 0.95
# Ready-made pools: what stands on the page without a kernel.
READY: Mapping[str, tuple[str, ...]] = {
    "All four places": ("Shannon", "Muldoon", "Lyons", "Elmes"),
    "Without Vancouver": ("Muldoon", "Lyons", "Elmes"),
    "Without Gulu": ("Shannon", "Lyons", "Elmes"),
    "Without Abidjan": ("Shannon", "Muldoon", "Elmes"),
    "Without London": ("Shannon", "Muldoon", "Lyons"),
    "All four, and the second London paper": ("Shannon", "Muldoon", "Lyons", "Elmes", "Walker"),
}


@dataclass(frozen=True)
class Row:
    """One row: the study, its place, its odds ratio with the interval of the abstract, who counts as exposed.

    again: whether its people stand in another row too.
    """

    name: str
    year: str
    place: str
    exposure: str
    ratio: float
    low: float
    high: float
    again: bool

    @property
    def label(self) -> str:
        """The study in a few words.

        >>> rows()["Elmes"].label, rows()["Walker"].label
        ('London (Elmes 2021)', 'London (Walker 2024), a second paper')
        """
        return f"{self.place} ({self.name} {self.year}){', a second paper' * self.again}"

    @property
    def logs(self) -> tuple[float, float]:
        """The log of the ratio and its standard error."""
        return pooling.log_from_ratio(self.ratio, self.low, self.high, LEVEL)


@cache
def rows() -> Mapping[str, Row]:
    """The rows on violence that can be pooled, by name: four places, and the second paper on one of them.

    >>> list(rows())
    ['Shannon', 'Muldoon', 'Lyons', 'Elmes', 'Walker']
    """
    found = {}
    for row in evidence.rows(TABLE):
        again = row["pool_reason"] == "same cohort"
        if row["outcome_group"] == "violence" and (again or row["use_in_pool"] == "true"):
            name = row["study"].split()[0]
            ratio, low, high = (float(row[column]) for column in ("effect", "ci_low", "ci_high"))
            words = name, row["year"], row["city_or_region"], row["exposure"]
            found[name] = Row(*words, ratio, low, high, again)
    return found


@dataclass(frozen=True)
class Choice:
    """What is pooled and how.

    studies: names of the rows, at least one. interval: one of ``INTERVALS``. estimator: one of
    ``ESTIMATORS``. baseline: risk of those not exposed, in per cent. Raises ValueError naming what is wrong
    and what is allowed.
    """

    studies: tuple[str, ...] = READY["All four places"]
    interval: str = FEW
    estimator: str = "DerSimonian-Laird"
    baseline: int = 30

    def __post_init__(self) -> None:
        known = ", ".join(rows())
        for name in self.studies:
            if not isinstance(name, str) or name not in rows():
                raise ValueError(f"studies has {_reading.shown(name)}; allowed: {known}")
        if not self.studies:
            raise ValueError(f"studies is empty; at least one of these is wanted: {known}")
        for word, value, allowed in (
            ("interval", self.interval, INTERVALS),
            ("estimator", self.estimator, ESTIMATORS),
        ):
            if value not in allowed:
                raise ValueError(f"{word} is {_reading.shown(value)}; allowed: {', '.join(allowed)}")
        if not LOWEST <= self.baseline <= HIGHEST:
            raise ValueError(f"baseline is {self.baseline}; allowed are {LOWEST} to {HIGHEST} per cent")

    @property
    def picked(self) -> tuple[Row, ...]:
        """The rows that are pooled, in the order of the table."""
        return tuple(row for name, row in rows().items() if name in self.studies)


@dataclass(frozen=True)
class Reading:
    """A choice and what the pool makes of it. Ratios are odds ratios, risks per cent."""

    choice: Choice

    @cached_property
    def pooled(self) -> Pooled:
        """The pool, in logs. With one study its interval is its own."""
        few = self.choice.interval == FEW and len(self.choice.picked) > 1
        effects, errors = zip(*(row.logs for row in self.choice.picked), strict=True)
        method = ESTIMATORS[self.choice.estimator]
        return pooling.pool(effects, errors, method, PLAIN if few else NORMAL, LEVEL)

    @property
    def ratio(self) -> float:
        """The pooled odds ratio."""
        return math.exp(self.pooled.estimate)

    @property
    def ends(self) -> tuple[float, float] | None:
        """The interval that was asked for, or None where so few studies have none."""
        pooled, wanted = self.pooled, self.choice.interval
        low, high = pooled.low, pooled.high
        if wanted == NEXT:
            if pooled.prediction_low is None or pooled.prediction_high is None:
                return None
            low, high = pooled.prediction_low, pooled.prediction_high
        elif wanted == FEW and pooled.k == 1:
            return None
        return math.exp(low), math.exp(high)

    @property
    def weights(self) -> Mapping[str, float]:
        """How much each row counts, by name; a row that is left out counts nothing."""
        counts = zip((row.name for row in self.choice.picked), self.pooled.weights, strict=True)
        return dict.fromkeys(rows(), 0.0) | dict(counts)

    @property
    def twice(self) -> bool:
        """Whether one cohort is counted twice."""
        return set(COHORT) <= set(self.choice.studies)

    def risk(self, ratio: float) -> float:
        """The risk of the exposed, in per cent, if their odds are ``ratio`` times those of the others."""
        return 100 * pooling.risk_from_odds(ratio, self.choice.baseline / 100)

    # --- words

    @property
    def verdict(self) -> str:
        """One sentence on the average and the interval."""
        which = "Odds ratio of the one study" if self.pooled.k == 1 else "Average odds ratio"
        called = INTERVALS[self.choice.interval]
        if not self.ends:
            return f"{which} {brief(self.ratio)}. There is no {called}."
        low, high = self.ends
        lies = "it crosses 1" if low <= 1 <= high else "all of it above 1"
        return f"{which} {brief(self.ratio)}. {capital(called)} {span(low, high)}: {lies}."

    @property
    def reasons(self) -> tuple[str, ...]:
        """What the interval is worth, what the odds mean as risks, and what was counted."""
        return (self._rate, self._risks, self._counted)

    @property
    def _rate(self) -> str:
        k, wanted = self.pooled.k, self.choice.interval
        start = f"Does this interval hold the truth {LEVEL * 100:.0f} times in 100?"
        if not self.ends:
            return self.pooled.note
        if self.twice:
            return f"{start} Not if {' and '.join(COHORT)} have asked the same women, who then count twice."
        if k == 1:
            return self.pooled.note
        if wanted == AVERAGE:
            return f"{start} No. It takes the spread between places for known, but {k} studies tell it badly."
        if wanted == NEXT:
            return f"{start} No. It rests on the spread between places, and {k} studies tell that badly."
        return f"{start} Nearly, if these places stood for all."

    @property
    def _risks(self) -> str:
        base, risk = self.choice.baseline, self.risk(self.ratio)
        interval = (
            f" (interval {' to '.join(f'{self.risk(end):.0f}' for end in self.ends)})" if self.ends else ""
        )
        return (
            f"Odds are not risks: if {base} of 100 not exposed meet violence, it is {risk:.0f} of 100 "
            f"exposed{interval}. That is {risk / base:.1f} times as many, not {brief(self.ratio)} times."
        )

    @property
    def _counted(self) -> str:
        exposures = "; ".join(dict.fromkeys(row.exposure for row in self.choice.picked))
        return f"Exposed to: {exposures}. That is policing of persons, not a law."

    @property
    def alt(self) -> str:
        """The picture in words, 60 to 300 characters."""
        each = ", ".join(f"{row.name} {brief(row.ratio)}" for row in self.choice.picked)
        interval = f", interval {span(*self.ends)}" if self.ends else ", no interval"
        return (
            f"Forest plot of odds ratios, with {each}. Average {brief(self.ratio)}{interval}. Risk "
            f"{self.choice.baseline} per cent not exposed, {self.risk(self.ratio):.0f} per cent exposed."
        )


def brief(ratio: float) -> str:
    """A ratio in three digits or so.

    >>> brief(0.544), brief(12.33), brief(2578.8), brief(0.001)
    ('0.54', '12.3', '2,579', 'under 0.01')
    """
    if ratio < 0.005:
        return "under 0.01"
    return f"{ratio:,.{2 if ratio < 9.995 else 1 if ratio < 99.95 else 0}f}"


def span(low: float, high: float) -> str:
    """An interval of ratios in words.

    >>> span(1.356, 4.951)
    '1.36 to 4.95'
    """
    return f"{brief(low)} to {brief(high)}"
