"""What the list lab says of one setting: asking directly beside a list, verdict, reasons, rows and alt text.

Shares are in per cent here, as on the page. Everything follows from a setting and a seed; nothing knows of
widgets. The engine is ``sensitive_questions``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from .. import _reading
from .._words import signed
from . import sensitive_questions as engine

if TYPE_CHECKING:
    import pandas as pd

    from .sensitive_questions import Shares

TABLE = "list_experiment_synthetic"  # the ready-made settings with their results
SURVEYS = 300  # synthetic surveys of a picture
EVEN = 0.05  # typical misses that differ by less than this share of them count as even
DIRECT, LIST = "direct", "list"
NAMES = {DIRECT: "Asking directly", LIST: "By list"}
RANGES: Mapping[str, tuple[int, int]] = {
    "n": (50, 5000),
    "share": (1, 99),
    "hides": (0, 100),
    "items": (1, 8),
}


@dataclass(frozen=True)
class Setting:
    """A survey of ``n`` people; ``share`` per cent of them have what is asked about.

    hides: per cent of those who deny it when asked directly. items: harmless items on the list, each of which
    holds for half of the people, one apart from the other. On the list nobody hides, and nobody claims what
    is not so. Raises ValueError naming what is out of range and what is allowed.
    """

    n: int = 600
    share: int = 20
    hides: int = 50
    items: int = engine.ITEMS

    def __post_init__(self) -> None:
        for name, (low, high) in RANGES.items():
            if not low <= getattr(self, name) <= high:
                per_cent = " (per cent)" if name in ("share", "hides") else ""
                found = _reading.shown(getattr(self, name))
                raise ValueError(f"{name} is {found}; allowed are {low:,} to {high:,}{per_cent}")

    @property
    def bias(self) -> Mapping[str, float]:
        """How far each way is off on average, in percentage points."""
        return {DIRECT: -self.share * self.hides / 100, LIST: 0.0}

    @property
    def spread(self) -> Mapping[str, float]:
        """Standard deviation of each way's estimate, from survey to survey, in percentage points."""
        return self.spread_with(self.n)

    def spread_with(self, n: int) -> Mapping[str, float]:
        """The same with another number of people."""
        asked = (self.share + self.bias[DIRECT]) / 100
        variance = {DIRECT: asked * (1 - asked), LIST: engine.list_variance(self.share / 100, self.items)}
        return {way: 100 * math.sqrt(found / n) for way, found in variance.items()}

    @property
    def miss(self) -> Mapping[str, float]:
        """Typical miss of each way: root mean square error, in percentage points."""
        return self.miss_with(self.n)

    def miss_with(self, n: int) -> Mapping[str, float]:
        """The same with another number of people.

        >>> {way: round(miss, 1) for way, miss in Setting().miss_with(324).items()}
        {'direct': 10.1, 'list': 10.1}
        """
        spread = self.spread_with(n)
        return {way: math.hypot(self.bias[way], spread[way]) for way in NAMES}

    @property
    def break_even(self) -> float:
        """People from which on the list is nearer to the truth; infinite where nobody hides."""
        return engine.break_even_n(self.share / 100, self.hides / 100, self.items)


# Ready-made settings, simplest first: what stands on the page without a kernel.
READY: Mapping[str, Setting] = {
    "600 people, one in five has it, half of them hide": Setting(),
    "The same, but 200 people": Setting(n=200),
    "600 people, and only a quarter hide": Setting(hides=25),
    "A quarter hide, but 2,000 people": Setting(n=2000, hides=25),
    "Nobody hides, 5,000 people": Setting(n=5000, hides=0),
    "600 people, half hide, eight items on the list": Setting(items=8),
    "2,000 people, one in a hundred has it, and all hide": Setting(n=2000, share=1, hides=100),
    "651 people, four in five have it, and one in five hides": Setting(n=651, share=80, hides=20),
}


@dataclass(frozen=True)
class Reading:
    """One setting, and the synthetic surveys that a seed draws from it."""

    setting: Setting
    seed: int = 1

    @cached_property
    def estimates(self) -> Mapping[str, Shares]:
        """What each of ``SURVEYS`` synthetic surveys finds, by way of asking, in per cent; unclipped."""
        made = self.setting
        drawn = engine.draw_surveys(
            made.n, made.share / 100, made.hides / 100, made.items, SURVEYS, self.seed
        )
        return {way: 100 * found for way, found in zip(NAMES, drawn, strict=True)}

    @property
    def list_nearer(self) -> int:
        """In how many of the surveys the list came nearer to the truth than asking did."""
        direct, by_list = (abs(self.estimates[way] - self.setting.share) for way in NAMES)
        return int((by_list < direct).sum())

    @property
    def below_nought(self) -> int:
        """How many of the surveys by list come out below 0 per cent or above 100."""
        found = self.estimates[LIST]
        return int(((found < 0) | (found > 100)).sum())

    @property
    def verdict(self) -> str:
        """One sentence on the setting, with the typical miss of each way."""
        direct, by_list = (self.setting.miss[way] for way in NAMES)
        misses = f"a list misses by {by_list:.1f} points, asking by {direct:.1f}"
        if abs(by_list - direct) < EVEN * max(direct, by_list):
            return f"Here a list and asking are even: typically {misses}."
        beats = "a list beats asking" if by_list < direct else "asking beats a list"
        return f"Here {beats}: typically {misses}."

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, and what the comparison takes for granted."""
        return tuple(filter(None, (self._of_bias(), self._of_spread(), self._of_point(), _GRANTED)))

    def _of_bias(self) -> str:
        low = -self.setting.bias[DIRECT]
        if not low:
            return "Nobody hides, so asking is right on average and a list has no bias to beat."
        return f"Asking comes out {low:.1f} points too low on average, and more people do not mend that."

    def _of_spread(self) -> str:
        spread = self.setting.spread
        widely = (
            f"{spread[LIST] / spread[DIRECT]:.1f} times as widely as asking"
            if spread[DIRECT]
            else "more widely than asking"
        )
        said = f"A list is right on average, but from survey to survey it spreads {widely}."
        if self.below_nought:
            said += (
                f" {self.below_nought} of {SURVEYS} lists give a share that cannot be, below 0 or above 100."
            )
        return said

    def _of_point(self) -> str:
        near, miss = self.list_nearer, self.setting.miss
        said = f"In {near} of the {SURVEYS} surveys the list came nearer."
        if near > SURVEYS / 2 and miss[LIST] > miss[DIRECT]:
            said = f"{said[:-1]}, but where it misses it misses by more, and the typical miss counts that."
        if math.isinf(point := self.setting.break_even):
            return said
        return f"{said} By its typical miss a list is ahead from about {_rounded(point):,} people on."

    @property
    def rows(self) -> tuple[Mapping[str, str], ...]:
        """For each way, in words: its average, its bias, its spread and its typical miss."""
        made = self.setting
        return tuple(
            {
                "way": name,
                "average": f"{made.share + made.bias[way]:.1f}",
                "bias": signed(made.bias[way]),
                "spread": f"{made.spread[way]:.1f}",
                "miss": f"{made.miss[way]:.1f}",
            }
            for way, name in NAMES.items()
        )

    @property
    def alt(self) -> str:
        """The picture in words, 60 to 300 characters."""
        made = self.setting
        each = (
            f"{name.lower()} about {made.share + made.bias[way]:.0f} per cent, "
            f"give or take {made.spread[way]:.1f}"
            for way, name in NAMES.items()
        )
        return (
            f"Synthetic surveys of {made.n:,} people; the truth is {made.share} per cent. "
            f"{'; '.join(each).capitalize()}. {self.verdict}"
        )

    def table(self) -> pd.DataFrame:
        """The surveys as a table: synthetic estimates in per cent, asked directly and by list."""
        import pandas as pd

        return pd.DataFrame({f"synthetic_{way}": self.estimates[way] for way in NAMES})


_GRANTED = (
    "Granted here: on a list nobody hides, and each item holds for half of the people, one apart from the "
    "other. A real list can fail in both."
)


def _rounded(number: float) -> int:
    """To two figures, as "about" has it.

    >>> _rounded(1278), _rounded(324)
    (1300, 320)
    """
    return int(float(f"{number:.2g}"))
