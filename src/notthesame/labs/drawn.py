"""What labs share whose inputs are numbers, days and choices, and whose answer is a picture.

Their scripts draw the inputs and the answer with ``drawn.js``; ``drawn.css`` lays them out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import traitlets
from matplotlib.figure import Figure

from .. import figures
from .._loading import no_such
from .._plain import refusing_plainly
from . import BadValue, Lab, script, stylesheet


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


class DrawnLab(Lab):
    """A lab of inputs and a picture. ``set`` and ``reset`` do from Python what the controls do.

    ranges: the least and the largest value of each number. start: the inputs as the lab opened. verdict,
    reasons, picture (a PNG as base64 text) and alt are computed by ``_read``, which a lab of its own writes.
    """

    settable: ClassVar[tuple[str, ...]]  # the inputs by name
    size: ClassVar[tuple[float, float]]  # of the picture, in inches

    ranges: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)
    start: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)
    verdict = traitlets.Unicode().tag(sync=True)
    reasons: traitlets.List[str] = traitlets.List().tag(sync=True)
    picture = traitlets.Unicode().tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)

    def __init__(self, **values: Any) -> None:
        self._figure = Figure(figsize=self.size, dpi=figures.SHARPER * figures.PX_PER_INCH)
        super().__init__(**values)
        self.start = {name: getattr(self, name) for name in self.settable}
        self._read()
        self.observe(self._read, self.settable)

    @refusing_plainly
    def set(self, **values: Any) -> None:
        """Set several inputs at once, as in ``lab.set(second="2018-05-06", noise=20)``.

        Raises ValueError naming the input, the value found and what is allowed; then nothing is changed.
        """
        for name in values:
            if name not in self.settable:
                raise BadValue(no_such("input", name, self.settable))
        with self.hold_sync(), self.hold_trait_notifications():
            for name, value in values.items():
                setattr(self, name, value)

    def reset(self) -> None:
        """Go back to where the lab began."""
        self.set(**self.start)

    def _read(self, change: Any = None) -> None:
        """Work out all computed traits from the inputs."""
        raise NotImplementedError

    def _paint(self, draw: Callable[[Figure], Figure]) -> str:
        """What ``draw`` makes of the lab's one figure: making a figure costs more than drawing on it."""
        return figures.in_base64(draw(self._figure))

    def _tell(self, message: str) -> None:
        with self.hold_sync():
            self.message = message
            self.answered += 1


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
