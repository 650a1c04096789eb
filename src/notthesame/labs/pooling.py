"""The pooling lab: a forest plot of rows on violence, from which studies can be left out.

What it says is ``statistics.pooled_rows``, the pool ``statistics.pooling``, the picture ``charts.pooling``.
The script beside this file draws the traits and writes the learner's choices into them. Nothing is kept on
disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import traitlets
from markupsafe import Markup

from .. import _html, _reading, figures
from ..charts.pooling import Forest
from ..statistics.pooled_rows import (
    ESTIMATORS,
    HIGHEST,
    INTERVALS,
    LOWEST,
    READY,
    TABLE,
    Choice,
    Reading,
    brief,
    rows,
    span,
)
from . import checked, section
from .drawn import DrawnLab, drawn_script, drawn_stylesheet, still
from .traits import Whole

BASELINES = (5, 10, 30, 50)  # per cent, in the static block
POOL = "surveys-pool-four"  # the fact that holds what the first pool gives


def pooling_lab() -> PoolingLab:
    """The pooling lab. It opens on the four independent rows and the Hartung-Knapp interval.

    As the last line of a cell it shows a static block, then the live lab. Its rows are built from single
    abstracts and are not the extraction of the review by Platt and others.

    >>> lab = pooling_lab()
    >>> lab.set(interval="the next place (prediction)")
    >>> lab.verdict
    'Average odds ratio 2.59. Prediction interval 0.54 to 12.3: it crosses 1.'
    """
    return PoolingLab()


class Studies(traitlets.List):  # type: ignore[type-arg]
    """Names of rows, in any list; kept in the order of the table."""

    def validate(self, obj: Any, value: Any) -> Any:
        """The names, each once."""
        names = checked(_reading.several, value, self.name, "study name")
        return super().validate(obj, [name for name in rows() if name in names] + _others(names))


def _others(names: Iterable[Any]) -> list[Any]:
    """What is the name of no row: ``Choice`` refuses it in words."""
    return [name for name in names if not isinstance(name, str) or name not in rows()]


class PoolingLab(DrawnLab):
    """The lab. Its state is its traits; set them from Python as the controls do.

    studies: names of the rows that are pooled. interval: what it is for, one of ``INTERVALS``. estimator: of
    the spread between places, one of ``ESTIMATORS``. baseline: risk of those not exposed, in per cent. A bad
    value raises ValueError and changes nothing. verdict, reasons, picture and alt are computed.
    """

    called = "pooling lab"
    script = drawn_script("pooling.js")
    style = drawn_stylesheet("pooling.css")
    settable = ("studies", "interval", "estimator", "baseline")
    kind = Forest

    listed: traitlets.List[Any] = traitlets.List().tag(sync=True)
    choices: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)
    studies = Studies(list(Choice.studies)).tag(sync=True)
    interval = traitlets.Unicode(Choice.interval).tag(sync=True)
    estimator = traitlets.Unicode(Choice.estimator).tag(sync=True)
    baseline = Whole(Choice.baseline).tag(sync=True)

    _reading: Reading

    def __init__(self) -> None:
        super().__init__(
            ranges={"baseline": [LOWEST, HIGHEST]},
            listed=[[row.name, row.label] for row in rows().values()],
            choices={"interval": list(INTERVALS), "estimator": list(ESTIMATORS)},
        )

    @property
    def reading(self) -> Reading:
        """The pool as it is chosen now."""
        return self._reading

    def _static(self) -> str:
        return static_block()

    # --- what a change of a trait sets off

    @traitlets.validate("studies", "interval", "estimator", "baseline")
    def _allowed(self, proposal: Any) -> Any:
        checked(lambda: self._choice(**{proposal.trait.name: proposal.value}))
        return proposal.value

    def _choice(self, **changed: Any) -> Choice:
        values = {name: getattr(self, name) for name in self.settable} | changed
        return Choice(**values | {"studies": tuple(values["studies"])})

    def _read(self, change: Any = None) -> None:
        reading = Reading(self._choice())
        if change and reading == self._reading:  # several inputs were set at once, and the first has led here
            return
        self._reading = reading
        with self.hold_sync():
            self.verdict, self.reasons = reading.verdict, list(reading.reasons)
            self._paint(reading)
            self.alt = reading.alt
            self._tell(reading.verdict)


# --- without a kernel --------------------------------------------------------------------------------------


def static_block() -> str:
    """The lab without a kernel: what to settle with it, and ready-made pools with their intervals.

    >>> static_block().count("<table>")
    7
    """
    what = (
        "Pooling lab. Four studies, in four places, of policing and violence against people who sell sex, "
        "and a second paper from London. Built from single abstracts; not the list of the review by "
        "Platt and others. "
        "Settle with it: does one study decide whether the Hartung-Knapp interval crosses 1? "
        "Run this cell to leave studies out, to choose the interval, and to turn odds into risks. "
        "Without a kernel, predict for each pool below which of its "
        "three intervals cross 1, then open it."
    )
    start = Reading(Choice())
    shown = figures.figure(
        Forest().show(start),
        alt=start.alt,
        caption="Odds ratios with the intervals of the abstracts; below, their average.",
        source=(TABLE, POOL),
        after="Open for a picture of the first pool",
    )
    ready = (_ready_block(title, studies) for title, studies in READY.items())
    return section("nts-drawn-static", [what], (*ready, _risk_block(start), still(shown)))


def _ready_block(title: str, studies: tuple[str, ...]) -> Markup:
    """One ready-made pool, closed: predict first."""
    body = _html.table("Pooled odds ratio", ("Interval for", "Odds ratio", "Interval"), _ready_rows(studies))
    return _html.details(f"Predict, then open: {title}", body)


def _ready_rows(studies: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for interval in INTERVALS:
        reading = Reading(Choice(studies, interval))
        yield interval, brief(reading.ratio), span(*reading.ends) if reading.ends else "none"


def _risk_block(reading: Reading) -> Markup:
    """What the average of all four makes of some baselines, closed."""
    made = [(base, Reading(Choice(baseline=base)).risk(reading.ratio)) for base in BASELINES]
    rows_of_it = [(f"{base}", f"{risk:.0f}", f"{risk / base:.1f}") for base, risk in made]
    heads = ("Of 100 not exposed", "Of 100 exposed", "Times as many")
    body = _html.table(f"An odds ratio of {brief(reading.ratio)} as risks of violence", heads, rows_of_it)
    return _html.details("Predict, then open: is that odds ratio that many times the risk?", body)
