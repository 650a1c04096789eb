"""The list lab: one question asked directly and by a list, in many synthetic surveys.

What it says of a setting is ``statistics.list_experiment``; the engine is ``statistics.sensitive_questions``.
The script beside this file draws the traits and writes the learner's choices into them. Nothing is kept on
disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets
from markupsafe import Markup

from .. import _html, evidence, figures
from ..charts.list_experiment import Surveys
from ..statistics.list_experiment import RANGES, READY, TABLE, Reading, Setting
from . import checked, section
from .drawn import DrawnLab, drawn_script, drawn_stylesheet, still
from .traits import Whole

_INPUTS = tuple(RANGES)
_HEADS = ("Way", "Average", "Bias", "Spread", "Typical miss")
_MEANING = (
    "Bias: how far the average is off. Spread: the standard deviation from survey to survey. Typical miss: "
    "both together, the root mean square error. The average is in per cent, all three in points of it."
)


def list_lab() -> ListLab:
    """The list lab. It begins with 600 people, of whom one in five has what is asked about and half hide it.

    As the last line of a cell it shows a static block, then the live lab. All its surveys are synthetic.

    >>> lab = list_lab()
    >>> lab.set(n=200)
    >>> lab.verdict
    'Here asking beats a list: typically a list misses by 12.9 points, asking by 10.2.'
    """
    return ListLab()


class ListLab(DrawnLab):
    """The lab. Its state is its traits; set them from Python as the controls do.

    n, share, hides, items: those of ``statistics.list_experiment.Setting``, shares in per cent. seed: which
    surveys are drawn. A bad value raises ValueError and changes nothing. verdict, reasons, rows, picture and
    alt are computed.
    """

    called = "list lab"
    script = drawn_script("list_experiment.js")
    style = drawn_stylesheet()
    settable = (*_INPUTS, "seed")
    kind = Surveys

    n = Whole(Setting.n).tag(sync=True)
    share = Whole(Setting.share).tag(sync=True)
    hides = Whole(Setting.hides).tag(sync=True)
    items = Whole(Setting.items).tag(sync=True)
    seed = Whole(1, min=0).tag(sync=True)

    heads: traitlets.List[str] = traitlets.List(list(_HEADS)).tag(sync=True)
    rows: traitlets.List[Any] = traitlets.List().tag(sync=True)

    _reading: Reading

    def __init__(self) -> None:
        super().__init__(ranges={name: list(ends) for name, ends in RANGES.items()})

    @property
    def reading(self) -> Reading:
        """The surveys as they are set now."""
        return self._reading

    def _static(self) -> str:
        return static_block()

    @traitlets.validate(*_INPUTS)
    def _allowed(self, proposal: Any) -> Any:
        checked(lambda: Setting(**{**self._inputs(), proposal.trait.name: proposal.value}))
        return proposal.value

    def _inputs(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _INPUTS}

    def _read(self, change: Any = None) -> None:
        """Draw the surveys anew and read them."""
        reading = Reading(Setting(**self._inputs()), self.seed)
        if change and reading == self._reading:  # several inputs were set at once, and the first has led here
            return
        self._reading = reading
        with self.hold_sync():
            self.verdict, self.reasons = reading.verdict, list(reading.reasons)
            self.rows = [list(row.values()) for row in reading.rows]
            self._paint(reading)
            self.alt = reading.alt
            self._tell(reading.verdict)


# --- without a kernel --------------------------------------------------------------------------------------


def static_block() -> str:
    """The lab without a kernel: what to settle with it, and ready-made settings with their results.

    >>> static_block().count("<table>") == len(READY)
    True
    """
    what = (
        "List lab. The same question is asked of synthetic people directly, where some hide, and by a list, "
        "where nobody has to. Settle with it: when does a list beat asking? Run this cell to set the number "
        "of people, the true share, the share that hides and the items. Without a kernel, predict for each "
        "setting below which way is nearer to the truth, then open it."
    )
    reading = Reading(Setting())
    shown = figures.figure(
        Surveys().show(reading),
        alt=reading.alt,
        caption="Synthetic surveys: 600 people each, 20 per cent have it, half of them hide when asked.",
        source=TABLE,
        after="Open for a picture of the first setting",
    )
    ready = map(_ready_block, evidence.rows(TABLE))
    return section("nts-drawn-static", [what, _MEANING], (*ready, still(shown)))


def _ready_block(row: Mapping[str, str]) -> Markup:
    """One ready-made setting, closed: predict first."""
    reading = Reading(READY[row["setting"]])
    why = " ".join((reading.verdict, *reading.reasons))
    table = _html.table(
        "Synthetic surveys, per cent", _HEADS, (tuple(found.values()) for found in reading.rows)
    )
    return _html.details(f"Predict, then open: {row['setting']}", _html.lines((_html.paragraph(why), table)))
