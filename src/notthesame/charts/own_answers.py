"""A learner's own answers by confidence: how often right at each one stated, as rows, words and a picture.

Matplotlib and statsmodels are loaded when there is something to draw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..questions.confidence import stated
from ..questions.records import Record
from ..statistics.calibration import ENOUGH, Level, by_confidence
from ..stored import lacking

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LAB_SIZE = (4.0, 2.1)  # inches; the lab's sheet shows it at 400 px
TOP = 113  # where the numbers of answers stand, in per cent: above every interval
NOTHING = "No answer with a confidence is recorded yet. Tests and exit tickets ask how sure you are."
UNRECORDED = (
    "Recording is off: what you answered in this session counts here until the kernel stops, and is written "
    "nowhere."
)
WITHOUT = "Counting them needs {what}, which Python in this browser does not have."
RULE = (
    "Each question counts once, by your first answer if that had a confidence; partly right is not right. "
    f"Fewer than {ENOUGH} answers at one confidence are too few to say."
)


@dataclass(frozen=True)
class OwnAnswers:
    """Lines to read, a row of ``confidence.HEADS`` for each confidence, a picture (PNG, base64) and its alt.

    Where all are too few the picture and its alt are empty.
    """

    lines: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    answered: int
    picture: str = ""
    alt: str = ""


def told(records: Iterable[Record], *, recorded: bool = True) -> OwnAnswers:
    """Count answers by the confidence stated with them, the lowest first.

    records: in the order given. recorded: whether this session writes answers to disk.

    >>> told([]).lines
    ('No answer with a confidence is recorded yet. Tests and exit tickets ask how sure you are.',)
    >>> told([Record(1, "02-means", "a", "wrong", 0.0, confidence=90)]).rows
    (('90', '1', 'too few to say', ''),)
    """
    records = tuple(records)
    try:
        found = by_confidence(stated(records))
        drawn = (_paint(found), _alt(found)) if any(level.enough for level in found) else ("", "")
    except ModuleNotFoundError as error:
        if not (what := lacking(error)):
            raise
        return OwnAnswers((WITHOUT.format(what=what),), (), len([*stated(records)]))
    lines = (*(() if recorded else (UNRECORDED,)), RULE if found else NOTHING)
    rows = tuple(tuple(_cells(level)) for level in found)
    return OwnAnswers(lines, rows, sum(level.answered for level in found), *drawn)


def _cells(level: Level) -> Iterator[str]:
    yield str(level.confidence)
    yield str(level.answered)
    if level.low is None or level.high is None:
        yield "too few to say"
        yield ""
    else:
        yield f"{100 * level.share:.0f} ({level.right} of {level.answered})"
        yield f"{100 * level.low:.0f} to {100 * level.high:.0f}"


def _paint(found: Iterable[Level]) -> str:
    from .. import figures

    return figures.in_base64(draw(found))


def _alt(found: Iterable[Level]) -> str:
    """The picture in words, 60 to 300 characters."""
    each = [f"{level.confidence}: {100 * level.share:.0f}" for level in found if level.enough]
    said = "; ".join(each)
    return f"Your own answers: per cent right at each stated confidence, with 95 per cent intervals. {said}."


def draw(levels: Iterable[Level], fig: Figure | None = None) -> Figure:
    """Share right against confidence with Wilson intervals and counts; on ``fig`` if one is given.

    Where there are too few answers there is no point, only their number. Dashed: as often right as stated.

    >>> fig = draw(by_confidence([(80, True)] * 6))
    >>> len(fig.axes)
    1
    """
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    from .. import figures
    from ..figures import BLUE, GREY

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
                (found.confidence, TOP),
                ha="center",
                va="center",
                fontsize=9,
                color=BLUE if found.enough else GREY,
            )
        low = min((found.confidence for found in levels), default=50)
        axes.set(xlim=(min(low, 50) - 6, 106), ylim=(0, TOP + 6), yticks=range(0, 101, 25))
        axes.set(xlabel="how sure you were, per cent", ylabel="right, %")
        key = "dashed: right as often as stated; on top: answers"
        axes.set_title(key, loc="left", fontsize=9)
    return fig
