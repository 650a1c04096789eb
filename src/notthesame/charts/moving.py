"""Pictures of which only a part changes: what stays is drawn once, which is most of the work."""

from __future__ import annotations

import io
import zlib
from collections.abc import Hashable, Iterable
from math import ceil, floor, log10
from typing import Any, ClassVar

import numpy as np
from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from .. import figures


class Picture:
    """The picture of a lab on one figure, which it keeps: what it shows next moves what is there.

    Writing the words of a chart takes most of the time of drawing it, and most of them never change. So what
    stays is drawn once for each set of limits, and what moves is drawn over it. A picture of its own writes
    ``_build``, which draws on ``fig`` all that there is to be and returns what moves, from the back to the
    front, and ``show``, which moves it. Of what stays, ``show`` may change only the limits of axes, and
    whether they are to be seen; limits that follow what is shown are ``rounded``, so that they seldom change.
    """

    size: ClassVar[tuple[float, float]]  # inches

    def __init__(self, fig: Figure | None = None) -> None:
        with figures.style(), rc_context({"figure.constrained_layout.use": False}):
            self.fig = fig or Figure(figsize=self.size)
            self.fig.set_layout_engine(None)  # measuring the margins anew takes longer than drawing
            self._moving = tuple(self._build())
        for artist in self._moving:
            artist.set_animated(True)  # left out as the rest is drawn, but drawn where the figure is saved
        self._still: tuple[Hashable, bytes] = (None, b"")  # the limits, and what stays within them

    def _build(self) -> Iterable[Artist]:
        raise NotImplementedError

    def show(self, *shown: Any, **how: Any) -> Figure:
        """The figure with this on it."""
        raise NotImplementedError

    def png(self, *shown: Any) -> bytes:
        """The figure with this on it, at its own resolution: the same bytes whatever it showed before."""
        from PIL import Image

        file = io.BytesIO()
        with figures.style():
            self.show(*shown)
            canvas: Any = FigureCanvasAgg(self.fig)  # a new one each time: a lab at rest holds no pixels
            limits = tuple((axes.get_visible(), *axes.get_xlim(), *axes.get_ylim()) for axes in self.fig.axes)
            if self._still[0] != limits:
                canvas.draw()
                self._still = limits, zlib.compress(canvas.buffer_rgba(), 1)
            renderer = canvas.get_renderer()
            pixels = np.asarray(renderer.buffer_rgba())
            pixels[...] = np.frombuffer(zlib.decompress(self._still[1]), np.uint8).reshape(pixels.shape)
            for artist in self._moving:
                if artist.axes is None or artist.axes.get_visible():
                    artist.draw(renderer)
            Image.fromarray(pixels).save(file, "png", compress_level=1)
            figures.wipe(self.fig)
        return file.getvalue()


def rounded(low: float, high: float, parts: int = 10) -> tuple[float, float]:
    """Limits a little beyond these, in coarse steps, so that a small change leaves them where they are.

    They lie half a step off the round numbers, so that no tick and its number stand at the very end. A step
    is at least one of ``parts`` of the whole: fewer where every change shifts what is shown.

    >>> rounded(62, 104), rounded(61, 105), rounded(0, 0)
    ((57.5, 107.5), (57.5, 107.5), (-0.45, 0.45))
    """
    room = 0.05 * (high - low) or 0.4
    low, high = low - room, high + room
    ten = 10.0 ** floor(log10((high - low) / parts))
    step = next(factor * ten for factor in (1, 2, 5, 10) if parts * factor * ten >= high - low)
    return (floor(low / step - 0.5) + 0.5) * step, (ceil(high / step + 0.5) - 0.5) * step
