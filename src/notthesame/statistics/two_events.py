"""What the two-events lab says of one synthetic series: verdict, reasons, rows, alt text and picture.

Everything here follows from a setting, a date and a seed; nothing knows of widgets.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from .. import evidence
from .._words import day_and_month, signed
from . import interrupted_series as series
from .interrupted_series import FIRST, SECOND, TOGETHER, Estimate, Setting

if TYPE_CHECKING:
    import pandas as pd

DATES = "law-backpage-seized-before-law"
TABLE = "two_events_synthetic"  # the ready-made settings with their results
TRIES = 400  # new series on which a band is tried
NAMES = {FIRST: "First event", SECOND: "Second event", TOGETHER: "Both together"}
# Ready-made settings, simplest first: what stands on the page without a kernel.
READY: Mapping[str, Setting] = {
    "Sharp steps, little noise": Setting(),
    "The same, but noise carries over from day to day": Setting(carry=0.6),
    "Sharp steps, much noise": Setting(noise=20),
    "Sharp steps, much noise, a month apart": Setting(noise=20, gap=30),
    "Effects take a week to arrive": Setting(lag=7),
    "The second event is expected three weeks ahead": Setting(anticipation=21),
    "Both events on one day": Setting(gap=0),
    "A survey that begins after both": Setting(begins=series.AFTER),
}


def known_dates() -> tuple[datetime.date, datetime.date]:
    """The two days of the case, from the ledger: seizure and signature.

    >>> [date.isoformat() for date in known_dates()]
    ['2018-04-06', '2018-04-11']
    """
    known = evidence.fact(DATES)
    first, second = known["seized"].value, known["signed"].value
    if not isinstance(first, datetime.date) or not isinstance(second, datetime.date):
        raise ValueError(f"the fact {DATES} gives no two dates")
    return first, second


@dataclass(frozen=True)
class Reading:
    """One synthetic series, with the day of its first event, and what the fit makes of it."""

    setting: Setting
    first: datetime.date
    seed: int = 1

    @cached_property
    def counts(self) -> series.Array:
        """The synthetic count of each recorded day."""
        return series.draw(self.setting, self.seed)

    @cached_property
    def estimates(self) -> Mapping[str, Estimate]:
        """The changes that can be estimated, by name."""
        return series.fit(self.setting, self.counts)

    @property
    def second(self) -> datetime.date:
        """The day of the second event."""
        return self.first + datetime.timedelta(days=self.setting.gap)

    @property
    def told_apart(self) -> bool:
        """Whether the design can tell the events apart."""
        return not series.breaks(self.setting)

    @property
    def verdict(self) -> str:
        """One sentence on the design."""
        return f"This design {'can' if self.told_apart else 'cannot'} tell the events apart."

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why: one text, or one for each place where the design breaks."""
        return tuple(_WHY[kind](self.setting) for kind in series.breaks(self.setting)) or (_HOLDS,)

    @property
    def rows(self) -> tuple[Mapping[str, str], ...]:
        """For each change, in words: its true size, what the fit says, and the band."""
        return tuple(self._row(name) for name in NAMES)

    def _row(self, name: str) -> Mapping[str, str]:
        found = self.estimates.get(name)
        return {
            "change": NAMES[name],
            "true": signed(self.setting.effects[name], 0),
            "fit": signed(found.value) if found else "cannot be estimated",
            "band": in_words(found) if found else "none",
        }

    @property
    def alt(self) -> str:
        """The picture in words, 60 to 300 characters."""
        said = [f"{NAMES[name].lower()} {signed(self.estimates[name].value)}" for name in _each(self.setting)]
        bands = [f"({in_words(self.estimates[name])})" for name in _each(self.setting)]
        fit = ", ".join(map(" ".join, zip(said, bands, strict=True))) or "nothing, for want of days before"
        dates = f"Synthetic daily counts, events on {day(self.first)} and {day(self.second)}."
        return f"{dates} The fit says: {fit}. {self.verdict}"

    def table(self) -> pd.DataFrame:
        """The series as a table: date, synthetic count, and the course expected without either event."""
        import pandas as pd

        dates = [self.first + datetime.timedelta(days=int(number)) for number in self.setting.days]
        return pd.DataFrame(
            {
                "date": pd.to_datetime(dates),
                "synthetic_count": self.counts,
                "synthetic_without_events": series.undisturbed(self.setting),
            }
        )


# --- words -------------------------------------------------------------------------------------------------


def day(date: datetime.date) -> str:
    """A date as prose has it: "6 April 2018".

    >>> day(datetime.date(2018, 4, 6))
    '6 April 2018'
    """
    return f"{day_and_month(date)} {date.year}"


def in_words(found: Estimate) -> str:
    """The band of an estimate, or that it has none.

    >>> in_words(Estimate(-20, (-23.2, -17.4))), in_words(Estimate(-20, None))
    ('−23.2 to −17.4', 'no band')
    """
    return f"{signed(found.band[0])} to {signed(found.band[1])}" if found.band else "no band"


_NONE, _ALL = "\u201cnone of it\u201d", "\u201call of it\u201d"
_HOLDS = (
    f"A band around the true change reaches neither {_NONE} nor {_ALL}, unless that is the truth. The "
    "changes are the sharp steps that the fit takes them for, so the bands keep their rate."
)


def _no_before(setting: Setting) -> str:
    if setting.estimable:
        return "No day before the first event: its change cannot be estimated, only that of the second."
    return (
        "No day before: the record begins after the events. The level before them has to be remembered or "
        "guessed, and more respondents do not change that."
    )


def _same_day(setting: Setting) -> str:
    return "Both events fall on one day. Their steps are the same; only the two together can be estimated."


def _blurred(setting: Setting) -> str:
    late = f"the effects take {_days(setting.lag)} to arrive" if setting.lag else ""
    early = f"the second begins {_days(setting.anticipation)} early" if setting.anticipation else ""
    blur = " and ".join(filter(None, (late, early)))
    found = series.noiseless(setting)
    said = " and ".join(signed(found[name]) for name in _each(setting))
    true = " and ".join(signed(setting.effects[name], 0) for name in _each(setting))
    width = max(series.widths(setting).values())
    return (
        f"The fit takes the changes for sharp steps, but {blur}. Without any noise it would say {said} in "
        f"place of {true}. A band would not hold the truth at its stated rate, so none is shown. Whoever "
        f"knew the exact shape would get a band about {width:.0f} wide for a whole change of "
        f"{setting.whole:.0f}; with real data the shape is not known."
    )


def _noise(setting: Setting) -> str:
    wide = series.widths(setting)
    width = max(wide[FIRST], wide[SECOND])
    if not setting.whole:
        return f"Neither event changes anything. The bands keep their rate and are about {width:.0f} wide."
    return (
        f"Too much noise for a gap of {_days(setting.gap)}: only the days between the events tell them "
        "apart. "
        f"The bands keep their rate, but each is about {width:.0f} wide for a whole change of "
        f"{setting.whole:.0f}, so around the truth it reaches "
        f"{_NONE} or {_ALL}. What one estimate gains the other loses "
        f"(correlation {signed(series.correlation(setting))})."
    )


_WHY = {
    series.NO_BEFORE: _no_before,
    series.SAME_DAY: _same_day,
    series.BLURRED: _blurred,
    series.NOISE: _noise,
}


def _days(number: int) -> str:
    return f"{number} day{'s' * (number != 1)}"


def _each(setting: Setting) -> tuple[str, ...]:
    """The changes that the fit gives one by one; the two together where it cannot."""
    return tuple(name for name in setting.estimable if name != TOGETHER) or setting.estimable
