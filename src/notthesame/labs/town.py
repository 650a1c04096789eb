"""The town lab: a synthetic town with a known truth, and three samples of it.

What it says of the samples is ``statistics.town``; drawing them is ``statistics.sampling``. The script beside
this file draws the traits and writes the learner's choices into them. Nothing is kept on disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from math import hypot, sqrt
from typing import Any

import traitlets
from markupsafe import Markup

from .. import _html, _reading, evidence, figures
from ..charts.town import Samples
from ..statistics import town as samples
from ..statistics.town import OPT_IN, RANDOM, RDS, SAMPLERS, TABLE, TRIES, TRUTH, Reading, Setting, points
from . import BadValue, checked, section
from .drawn import TriedLab, drawn_script, drawn_stylesheet, still
from .traits import Number, Whole

CHUNK = 4  # samples of each kind between two looks at the Stop button
ALL = 1000  # waves: more than any sample has
_INPUTS = (*samples.RANGES, "replacement")
_SETTABLE = (*_INPUTS, "sampler", "wave", "seed")


def town() -> Town:
    """The town lab: in a synthetic town the truth is known, and three kinds of samples look for it.

    As the last line of a cell it shows a static block, then the live lab.

    >>> lab = town()
    >>> lab.set(ratio=1.1)
    >>> lab.verdict
    '10,000 who opt in err less than a random 100: typically by 2.1 points, against 4.6.'
    """
    return Town()


class Town(TriedLab):
    """The lab. Its state is its traits; set them from Python as the controls do.

    sampler: the sample to look at, "random", "opt-in" or "respondent-driven". wave: up to which wave the
    respondent-driven one is shown; 0 shows its seeds. seed: which samples are drawn. Other inputs are those
    of ``statistics.town.Setting``. A bad value raises ValueError and changes nothing. testing: whether many
    samples are being drawn; ``tally`` says how far that is and how often each interval held the truth.
    verdict, reasons, waves, picture and alt are computed.
    """

    called = "town lab"
    script = drawn_script("town.js")
    style = drawn_stylesheet("town.css")
    settable = _SETTABLE
    kind = Samples

    tries = traitlets.Int(TRIES).tag(sync=True)
    waves = traitlets.Int(0).tag(sync=True)
    sampler = traitlets.Unicode(OPT_IN).tag(sync=True)
    random_n = Whole(Setting.random_n).tag(sync=True)
    opt_in_n = Whole(Setting.opt_in_n).tag(sync=True)
    ratio = Number(Setting.ratio).tag(sync=True)
    rds_n = Whole(Setting.rds_n).tag(sync=True)
    seeds = Whole(Setting.seeds).tag(sync=True)
    coupons = Whole(Setting.coupons).tag(sync=True)
    replacement = traitlets.Unicode(Setting.replacement).tag(sync=True)
    homophily = Number(Setting.homophily).tag(sync=True)
    wave = Whole(ALL).tag(sync=True)
    seed = Whole(1, min=0).tag(sync=True)

    _reading: Reading
    _tried: Mapping[str, list[float]] = {}

    def __init__(self) -> None:
        super().__init__(ranges={name: list(ends) for name, ends in samples.RANGES.items()})

    @property
    def reading(self) -> Reading:
        """The samples as they are set now, and what each says."""
        return self._reading

    def _static(self) -> str:
        return static_block()

    # --- what a change of a trait sets off

    @traitlets.validate(*_INPUTS)
    def _allowed(self, proposal: Any) -> Any:
        checked(lambda: Setting(**{**self._inputs(), proposal.trait.name: proposal.value}))
        return proposal.value

    @traitlets.validate("sampler")
    def _one_of_three(self, proposal: Any) -> Any:
        if proposal.value not in SAMPLERS:
            found = _reading.shown(proposal.value)
            raise BadValue(f"sampler is {found}; allowed: {', '.join(SAMPLERS)}")
        return proposal.value

    @traitlets.validate("wave")
    def _from_nought(self, proposal: Any) -> Any:
        if proposal.value < 0:
            raise BadValue(f"wave is {proposal.value}; allowed are 0 and more")
        return proposal.value

    def _inputs(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _INPUTS}

    def _read(self, change: Any = None) -> None:
        """Draw the samples and read them. A trial that is going on loses its meaning if they change."""
        before, now = getattr(self, "_reading", None), samples.samples(Setting(**self._inputs()), self.seed)
        stays_whole = before is not None and before.whole and self.wave == before.wave
        self.wave = now.last if stays_whole else min(self.wave, now.last)
        reading = Reading(now.setting, self.sampler, self.wave, self.seed)
        if reading == before:  # several inputs were set at once, and the first has led here
            return
        self._reading = reading
        with self.hold_sync():
            if not before or before.samples != now:
                self.testing, self.tally, self._tried = False, {}, {}
            self.waves = now.last
            self.verdict, self.reasons = reading.verdict, list(reading.reasons)
            self._show(reading)
            self._tell(reading.so_far if self.sampler == RDS else reading.verdict)

    def _show(self, reading: Reading) -> None:
        self._paint(reading, self._tried)
        self.alt = reading.alt

    def _steps(self) -> Iterator[None]:
        """The trial in small steps, for as long as it is wanted and the setting stays the same."""
        drawn, done = self._reading.samples, 0
        held = dict.fromkeys(SAMPLERS, 0)
        shares: dict[str, list[float]] = {sampler: [] for sampler in SAMPLERS}
        trials = samples.trials(drawn.setting, drawn.seed)

        while done < TRIES and self.testing and self._reading.samples == drawn:
            for trial in islice(trials, CHUNK):
                for sampler, found in trial.items():
                    held[sampler] += found.holds
                    shares[sampler].append(found.estimate)
            done += CHUNK
            self.tally = {"done": done, "of": TRIES, "held": dict(held)}
            yield
        if self._reading.samples == drawn:
            with self.hold_sync():
                self.testing, self._tried = False, shares if done else {}
                self._show(self._reading)
                self._tell(_tallied(held, shares, done))


def _tallied(held: Mapping[str, int], shares: Mapping[str, list[float]], done: int) -> str:
    """What a trial showed."""
    each = ", ".join(f"{sampler} {count}" for sampler, count in held.items())
    errors = ", ".join(points(_error(found)) for found in shares.values())
    return (
        f"{done} new samples of each. The interval held the truth: {each}. Typical error in points: {errors}."
    )


def _error(shares: list[float]) -> float:
    return hypot(*(share - TRUTH for share in shares)) / sqrt(max(len(shares), 1))


# --- without a kernel --------------------------------------------------------------------------------------

QUESTIONS = {
    RANDOM: "how often does the interval of a random sample of 100 hold the truth?",
    OPT_IN: "which opt-in samples err more than a random 100, and what does their size do?",
    RDS: "how often does the interval of a respondent-driven sample hold the truth?",
}


def static_block() -> str:
    """The lab without a kernel: what to settle with it, and ready-made settings with their results.

    >>> static_block().count("<table>")
    3
    """
    what = (
        f"Town lab. In a synthetic town {points(TRUTH, 0)} of 100 people would say yes, and three samples "
        "look for that number: a random one, an opt-in one, and one that grows from person to person. Settle "
        "with it: when is an opt-in sample of 10,000 worse than a random one of 100? Run this cell to set "
        "sizes, the network, and the selection ratio: how many times as often people who would say yes "
        "answer. Without a kernel, predict each answer below, then open it."
    )
    reading = Reading(Setting(), RDS, ALL)
    shown = figures.figure(
        Samples().show(reading),
        alt=f"Synthetic town where {points(TRUTH, 0)} per cent would say yes. Left, a chain grows ring by "
        "ring. Right, the interval of the random sample is wide and holds the truth; that of the opt-in "
        "one is narrow and lies far above it.",
        caption="Synthetic. Left: a respondent-driven sample, its seeds in the middle, each wave on a ring.",
        source=TABLE,
        after="Open for a picture of three samples",
    )
    return section("nts-drawn-static", [what], (*map(_ready_block, SAMPLERS), still(shown)))


def _ready_block(sampler: str) -> Markup:
    """The ready-made settings of one kind of sample, closed: predict first."""
    heads = ("Setting", "Truth", "Found on average", "Typical error", "Interval held the truth")
    rows = (_ready_row(row) for row in evidence.rows(TABLE) if row["sampler"] == sampler)
    body = _html.table("Synthetic results", heads, rows)
    return _html.details(f"Predict, then open: {QUESTIONS[sampler]}", body)


def _ready_row(row: Mapping[str, str]) -> tuple[str, ...]:
    return (
        row["setting"],
        f"{row['synthetic_truth']} per cent",
        f"{row['synthetic_mean']} per cent",
        f"{row['synthetic_error']} points",
        f"{row['synthetic_held']} of {row['synthetic_tries']} samples",
    )
