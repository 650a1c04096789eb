"""The two-events lab: a synthetic daily series, two events, and a fit that shares the change out.

What it says of a series is ``statistics.two_events``; series and fit are ``statistics.interrupted_series``.
The script beside this file draws the traits and writes the learner's choices into them. Nothing is kept on
disk.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import traitlets
from markupsafe import Markup

from .. import _html, evidence, figures
from .._words import signed
from ..charts.two_events import Events
from ..statistics import interrupted_series as series
from ..statistics.interrupted_series import Setting
from ..statistics.two_events import DATES, NAMES, READY, TABLE, TRIES, Reading, known_dates
from . import BadValue, section
from .drawn import TriedLab, drawn_script, drawn_stylesheet, still
from .traits import Day, Number, Whole

CHUNK = 10  # new series between two looks at the Stop button
_INPUTS = ("first", "second", *(name for name in series.RANGES if name != "gap"), "begins")
_SETTABLE = (*_INPUTS, "seed")


def two_events() -> TwoEvents:
    """The two-events lab. It begins with the days on which Backpage was seized and FOSTA was signed.

    As the last line of a cell it shows a static block, then the live lab. All its counts are synthetic.

    >>> lab = two_events()
    >>> lab.set(noise=20)
    >>> lab.verdict
    'This design cannot tell the events apart.'
    """
    return TwoEvents()


class TwoEvents(TriedLab):
    """The lab. Its state is its traits; set them from Python as the controls do.

    first, second: days of the events, such as "2018-04-06". seed: which noise is drawn. Other inputs are
    those of ``interrupted_series.Setting``. A bad value raises ValueError and changes nothing. testing:
    whether bands are being tried on new series; ``tally`` says how far that is and how often each held.
    verdict, reasons, rows, picture and alt are computed.
    """

    called = "two-events lab"
    script = drawn_script("two_events.js")
    style = drawn_stylesheet()
    settable = _SETTABLE
    kind = Events

    tries = traitlets.Int(TRIES).tag(sync=True)
    first = Day().tag(sync=True)
    second = Day().tag(sync=True)
    first_effect = Number(Setting.first_effect).tag(sync=True)
    second_effect = Number(Setting.second_effect).tag(sync=True)
    lag = Whole(Setting.lag).tag(sync=True)
    anticipation = Whole(Setting.anticipation).tag(sync=True)
    noise = Number(Setting.noise).tag(sync=True)
    carry = Number(Setting.carry).tag(sync=True)
    window = Whole(Setting.window).tag(sync=True)
    begins = traitlets.Unicode(Setting.begins).tag(sync=True)
    seed = Whole(1, min=0).tag(sync=True)

    rows: traitlets.List[Any] = traitlets.List().tag(sync=True)

    _reading: Reading

    def __init__(self) -> None:
        first, second = known_dates()
        dates = {"first": first.isoformat(), "second": second.isoformat()}
        super().__init__(ranges={name: list(ends) for name, ends in series.RANGES.items()}, **dates)

    @property
    def reading(self) -> Reading:
        """The series as it is set now, and what the fit makes of it."""
        return self._reading

    def _static(self) -> str:
        return static_block()

    # --- what a change of a trait sets off

    @traitlets.validate(*_INPUTS)
    def _allowed(self, proposal: Any) -> Any:
        _placed({**self._inputs(), proposal.trait.name: proposal.value})
        return proposal.value

    def _inputs(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _INPUTS}

    def _read(self, change: Any = None) -> None:
        """Draw the series anew and read it. A trial of the bands that is going on has lost its meaning."""
        reading = Reading(*_placed(self._inputs()), self.seed)
        if change and reading == self._reading:  # several inputs were set at once, and the first has led here
            return
        self._reading = reading
        with self.hold_sync():
            self.testing, self.tally = False, {}
            self.verdict, self.reasons = reading.verdict, list(reading.reasons)
            self.rows = [dict(row) for row in reading.rows]
            self._paint(reading)
            self.alt = reading.alt
            self._tell(reading.verdict)

    def _steps(self) -> Iterator[None]:
        """The trial in small steps, for as long as it is wanted and the series stays the same."""
        reading = self._reading
        held, done = Counter(dict.fromkeys(reading.setting.estimable, 0)), 0
        trials = series.trials(reading.setting, self.seed)
        while held and done < TRIES and self.testing and self._reading is reading:
            for trial in islice(trials, CHUNK):
                held.update(name for name, holds in trial.items() if holds)
            done += CHUNK
            self.tally = {"done": done, "of": TRIES, "held": dict(held)}
            yield
        if self._reading is reading:
            self.testing = False
            self._tell(_tallied(reading.setting, held, done))


def _placed(values: Mapping[str, Any]) -> tuple[Setting, datetime.date]:
    """The setting and the day of its first event; raises BadValue naming what is allowed."""
    first, second = (datetime.date.fromisoformat(values[name]) for name in ("first", "second"))
    try:
        return Setting(gap=(second - first).days, **{name: values[name] for name in _INPUTS[2:]}), first
    except ValueError as error:
        days = f" (days from {first} to {second})" if str(error).startswith("gap") else ""
        raise BadValue(f"{error}{days}") from None


def _tallied(setting: Setting, held: Mapping[str, int], done: int) -> str:
    """What a trial of the bands showed."""
    if not held:
        return "There is no band to try: nothing can be estimated."
    each = ", ".join(f"{NAMES[name].lower()} {count}" for name, count in held.items())
    note = "A band made as if the steps were sharp" if setting.blurred else "The band"
    return f"{done} new series. {note} held the true change this often: {each}."


# --- without a kernel --------------------------------------------------------------------------------------


def static_block() -> str:
    """The lab without a kernel: what to settle with it, and ready-made settings with their results.

    >>> static_block().count("<table>")
    8
    """
    what = (
        "Two-events lab. A synthetic daily series changes at two events, and a fit shares the change out. "
        "Settle with it: which event did it, and at which setting does that question stop having an answer? "
        "Run this cell to set dates, sizes, lag, anticipation, noise and window. Without a kernel, predict "
        "for each setting below whether the two events can be told apart, then open it."
    )
    reading = Reading(Setting(), known_dates()[0])
    shown = figures.figure(
        Events().show(reading),
        alt=reading.alt,
        caption="Synthetic series, sharp steps, little noise. Dashed: its course without either event.",
        source=(DATES, TABLE),
        after="Open for a picture of the first setting",
    )
    ready = map(_ready_block, evidence.rows(TABLE))
    return section("nts-drawn-static", [what], (*ready, still(shown)))


def _ready_block(row: Mapping[str, str]) -> Markup:
    """One ready-made setting, closed: predict first."""
    reading = Reading(READY[row["setting"]], known_dates()[0])
    why = " ".join((reading.verdict, *reading.reasons))
    heads = ("Change", "True", "The fit says", "95 per cent band", "How often a band held the truth")
    rows = (_ready_row(row, change, reading.setting) for change in NAMES)
    body = _html.lines((_html.paragraph(why), _html.table("Synthetic results", heads, rows)))
    return _html.details(f"Predict, then open: {row['setting']}", body)


def _ready_row(row: Mapping[str, str], change: str, setting: Setting) -> tuple[str, ...]:
    value, low, high, held = (row[f"synthetic_{change}{end}"] for end in ("", "_low", "_high", "_held"))
    return (
        NAMES[change],
        signed(setting.effects[change], 0),
        signed(float(value)) if value else "cannot be estimated",
        f"{signed(float(low))} to {signed(float(high))}" if low else "none",
        f"{held} of {row['synthetic_tries']} new series" if held else "none to try",
    )
