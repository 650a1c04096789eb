"""The lab of unseen people: every model of the UK's five lists, one of them picked, and live resamples.

What it says is ``statistics.unseen``, the engine ``statistics.multiple_systems``, the picture
``charts.model_space``. The script beside this file draws the traits and writes the learner's choices into
them. Nothing is kept on disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import traitlets

from .. import _html, _reading, figures
from ..charts.model_space import Space
from ..statistics.multiple_systems import Bootstrap
from ..statistics.unseen import (
    CHARGES,
    INFINITE,
    NEAR,
    PUBLISHED,
    RESELECT,
    TABLE,
    TRIES,
    Choice,
    Reading,
    lists,
    resampled,
)
from . import checked, section
from .drawn import TriedLab, drawn_script, drawn_stylesheet, still

CHUNK = 25  # resamples between two looks at the Stop button
REDRAWN = 100  # resamples between two pictures
_INPUTS = ("charge", "infinite", "terms", "reselect")


def unseen_lab() -> UnseenLab:
    """The lab of unseen people. It opens on BIC with people as n, and on the model without two-list terms.

    As the last line of a cell it shows a static block, then the live lab.

    >>> lab = unseen_lab()
    >>> lab.set(terms=["LA:NG", "LA:PFNCA", "NG:GP", "PFNCA:GP", "GO:GP"])
    >>> lab.reasons[0][:41]
    'Your model (5 terms): 12,262, 1.0 above t'
    """
    return UnseenLab()


class Terms(traitlets.List):  # type: ignore[type-arg]
    """Two-list terms such as "LA:NG", in any list; kept in the order of the lists."""

    def validate(self, obj: Any, value: Any) -> Any:
        """The terms, each once."""
        given = checked(_reading.several, value, self.name, "term")
        chosen = checked(lists().chosen, [str(term) for term in given])
        return super().validate(obj, [term for term, on in zip(lists().terms, chosen, strict=True) if on])


class UnseenLab(TriedLab):
    """The lab. Its state is its traits; set them from Python as the controls do.

    charge: how a criterion charges for terms, one of ``CHARGES``. infinite: whether terms at minus infinity
    are charged. terms: of one's own model. reselect: what the resamples do. A bad value raises ValueError and
    changes nothing. testing: whether resamples are being drawn. verdict, reasons, picture and alt are
    computed.
    """

    called = "lab of unseen people"
    script = drawn_script("unseen.js")
    style = drawn_stylesheet("unseen.css")
    settable = _INPUTS
    kind = Space

    tries = traitlets.Int(TRIES).tag(sync=True)
    listed: traitlets.List[Any] = traitlets.List().tag(sync=True)
    choices: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)
    charge = traitlets.Unicode(Choice.charge).tag(sync=True)
    infinite = traitlets.Unicode(Choice.infinite).tag(sync=True)
    terms = Terms().tag(sync=True)
    reselect = traitlets.Unicode(Choice.reselect).tag(sync=True)

    _reading: Reading

    def __init__(self) -> None:
        choices = {"charge": list(CHARGES), "infinite": list(INFINITE), "reselect": list(RESELECT)}
        super().__init__(listed=list(lists().terms), choices=choices)

    @property
    def reading(self) -> Reading:
        """What the choice comes to."""
        return self._reading

    def _static(self) -> str:
        return static_block()

    # --- what a change of a trait sets off

    @traitlets.validate("charge", "infinite", "reselect")
    def _allowed(self, proposal: Any) -> Any:
        checked(lambda: self._choice(**{proposal.trait.name: proposal.value}))
        return proposal.value

    def _choice(self, **changed: Any) -> Choice:
        values = {name: getattr(self, name) for name in _INPUTS} | changed
        return Choice(**values | {"terms": tuple(values["terms"])})

    def _read(self, change: Any = None) -> None:
        """Read the choice anew. Resamples that were drawn for another have lost their meaning."""
        reading = Reading(self._choice())
        if change and reading == self._reading:  # several inputs were set at once, and the first has led here
            return
        self._reading = reading
        with self.hold_sync():
            self.testing, self.tally = False, {}
            self.verdict, self.reasons = reading.verdict, list(reading.reasons)
            self._show()
            self._tell(reading.verdict)

    def _show(self, estimates: Any = (), found: Bootstrap | None = None) -> None:
        self._paint(self._reading, estimates, found)
        self.alt = self._reading.alt

    def _steps(self) -> Iterator[None]:
        """The resamples a few at a time, for as long as they are wanted and the choice stays the same."""
        reading = self._reading
        resamples = reading.choice.resamples(self.tries)
        for done in resamples.drawing(CHUNK):
            if not self.testing or self._reading is not reading:
                break
            self.tally = {"done": done, "of": self.tries}
            if not done % REDRAWN:
                self._show(resamples.estimates)
            yield
        if self._reading is reading:
            self._finish(reading, resamples.result())

    def _finish(self, reading: Reading, found: Bootstrap) -> None:
        said = resampled(found)
        with self.hold_sync():
            self.testing = False
            self.reasons = [*reading.reasons, said]
            self._show(found.estimates, found)
            self._tell(f"{said.partition('. ')[0]}.")  # the rest stands below the picture


# --- without a kernel --------------------------------------------------------------------------------------


def static_block() -> str:
    """The lab without a kernel: what to settle with it, and what each way to charge makes of the models.

    >>> static_block().count("<table>")
    1
    """
    what = (
        "Lab of unseen people. Five lists of potential victims in the United Kingdom in 2013, and every "
        "model of how two of them may share people. "
        "Settle with it: what is the shortest range that you would defend, and before whom? "
        "Run this cell to pick the terms of a model, to choose how terms are charged, and to draw resamples. "
        "Without a kernel, predict how far apart the best models lie by each way to charge, then open the "
        "table."
    )
    reading = Reading(Choice())
    shown = figures.figure(
        Space().show(reading),
        alt=reading.alt,
        caption="Every model of the five lists. Ringed: the one without two-list terms.",
        source=(TABLE, PUBLISHED, "prevalence-mse-uk-conventions"),
        after="Open for the picture",
    )
    heads = (
        "Charged by",
        "Terms for lists that share nobody",
        "Best model says",
        f"Models within {NEAR} of it",
        "They say",
    )
    rows = (_row(charge, infinite) for charge in CHARGES for infinite in INFINITE)
    table = _html.table("Estimates, in people", heads, rows)
    return section(
        "nts-drawn-static",
        [what],
        (_html.details("Predict, then open: each way to charge", table), still(shown)),
    )


def _row(charge: str, infinite: str) -> tuple[str, ...]:
    reading = Reading(Choice(charge, infinite))
    near = reading.near
    span = f"{near.min():,.0f} to {near.max():,.0f}"
    return (charge, infinite, f"{reading.best:,.0f}", str(len(near)), span)
