"""Picture of the interval game: how often a learner's own answers were right, at each confidence stated."""

from __future__ import annotations

from collections.abc import Iterable

from matplotlib import rc_context
from matplotlib.figure import Figure

from .. import figures
from ..figures import BLUE, GREY
from ..statistics.calibration import Level

LAB_SIZE = (4.0, 2.1)  # inches; the lab's sheet shows it at 400 px


def draw(levels: Iterable[Level], fig: Figure | None = None) -> Figure:
    """Share right against confidence with Wilson intervals and counts; on ``fig`` if one is given.

    Where there are too few answers there is no point, only their number. Dashed: as often right as stated.

    >>> from notthesame.statistics.calibration import by_confidence
    >>> fig = draw(by_confidence([(80, True)] * 6))
    >>> len(fig.axes)
    1
    """
    levels = tuple(levels)
    with figures.style():
        fig = fig or Figure(figsize=LAB_SIZE, dpi=figures.SHARPER * figures.PX_PER_INCH)
        fig.clear()
        with rc_context({"figure.constrained_layout.use": False}):
            fig.set_layout_engine(None)
        axes = fig.subplots()
        fig.subplots_adjust(left=0.15, right=0.98, bottom=0.23, top=0.86)
        axes.plot([0, 100], [0, 100], "--", color=GREY, linewidth=1.2, label="as stated")
        for found in levels:
            if found.low is None or found.high is None:
                continue
            axes.plot([found.confidence] * 2, [100 * found.low, 100 * found.high], color=BLUE, linewidth=2)
            axes.plot([found.confidence], [100 * found.share], "o", color=BLUE, markersize=7)
        for found in levels:
            axes.annotate(
                str(found.answered),
                (found.confidence, 3),
                ha="center",
                fontsize=9,
                color=BLUE if found.enough else GREY,
            )
        low = min((found.confidence for found in levels), default=50)
        axes.set(xlim=(min(low, 50) - 6, 106), ylim=(0, 103))
        axes.set(xlabel="how sure you were, per cent", ylabel="right, %")
        key = "dashed: right as often as stated; below: answers"
        axes.set_title(key, loc="left", fontsize=9)
    return fig
