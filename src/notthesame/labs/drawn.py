"""What labs share whose inputs are numbers, days and choices, and whose answer is a picture.

Their scripts draw the inputs and the answer with ``drawn.js``; ``drawn.css`` lays them out.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterator
from typing import Any, ClassVar

import traitlets
from markupsafe import Markup
from matplotlib.figure import Figure

from .. import figures
from ..charts.moving import Picture
from . import InputLab, script, stylesheet


def drawn_script(name: str) -> str:
    """The script of such a lab after what all of them share.

    >>> "function inputBoard(" in drawn_script("two_events.js")
    True
    """
    return script("drawn.js", name)


def drawn_stylesheet(*names: str) -> str:
    """The style of such a lab after what all of them share.

    >>> ".nts-drawn" in drawn_stylesheet()
    True
    """
    return stylesheet("drawn.css", *names)


def still(shown: figures.ShownFigure) -> Markup:
    """A figure in a static block: without a style of its own, as the lab's sheet darkens it too.

    >>> alt = "A picture without anything. " * 3
    >>> shown = figures.figure(Figure(), alt=alt, caption="Empty.", source="us_penalties")
    >>> figures.DARK_STYLE in shown.__html__(), figures.DARK_STYLE in still(shown)
    (True, False)
    """
    return shown.__html__().replace(figures.DARK_STYLE, "")


class DrawnLab(InputLab):
    """A lab of inputs and a picture.

    ranges: the least and the largest value of each number. verdict, reasons, picture (a PNG as base64 text)
    and alt are computed.
    """

    kind: ClassVar[type[Picture]]  # of picture

    ranges: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)
    verdict = traitlets.Unicode().tag(sync=True)
    reasons: traitlets.List[str] = traitlets.List().tag(sync=True)
    picture = traitlets.Unicode().tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)

    def __init__(self, **values: Any) -> None:
        dpi = figures.SHARPER * figures.PX_PER_INCH
        with figures.style():  # a figure has its ground from where it is made
            figure = Figure(figsize=self.kind.size, dpi=dpi)
        self._drawn = self.kind(figure)
        super().__init__(**values)

    def _paint(self, *shown: Any) -> None:
        """Move what the picture shows to this: drawing it anew takes several times as long."""
        self.picture = base64.b64encode(self._drawn.png(*shown)).decode("ascii")


class TriedLab(DrawnLab):
    """A lab of inputs and a picture that can be tried on many new draws, with progress and a way to stop.

    tries: how many. testing: whether that is going on; ``tally`` says how far it is. ``_steps``, which a lab
    of its own writes, does it in small steps for as long as ``testing`` is on.
    """

    tries = traitlets.Int().tag(sync=True)
    testing = traitlets.Bool(False).tag(sync=True)
    tally: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.observe(self._test, "testing")

    def _steps(self) -> Iterator[None]:
        """The trial in small steps."""
        raise NotImplementedError

    def _test(self, change: Any) -> None:
        """Try it: in a kernel a little at a time, so that Stop is heard; elsewhere at one go."""
        if not self.testing:
            return
        steps = self._steps()
        try:
            self._task = asyncio.get_running_loop().create_task(_in_turns(steps))
        except RuntimeError:  # no loop: a plain Python
            for _ in steps:
                pass


async def _in_turns(steps: Iterator[None]) -> None:
    for _ in steps:
        await asyncio.sleep(0.005)
