"""Pictures of which only a part changes: what stays is drawn once, which is most of the work."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from .. import figures


class Moving:
    """A figure with the artists that change; all else is drawn once and kept.

    Writing the words of a chart takes most of the time of drawing it, and most of them never change. The
    artists are drawn in the order in which they are given, over all that stays. What stays must not be
    changed later.

    >>> fig = Figure(figsize=(2, 1))
    >>> line = fig.subplots().plot([0, 1])[0]
    >>> Moving(fig, [line]).png()[1:4]
    b'PNG'
    """

    def __init__(self, fig: Figure, artists: Iterable[Artist]) -> None:
        self._artists = tuple(artists)
        for artist in self._artists:
            artist.set_animated(True)  # left out as the rest is drawn, but drawn where the figure is saved
        self._canvas: Any = FigureCanvasAgg(fig)
        self._still: Any = None

    def png(self) -> bytes:
        """The figure as it is now, at its own resolution."""
        from PIL import Image

        with figures.style():
            if self._still is None:
                self._canvas.draw()
                self._still = self._canvas.copy_from_bbox(self._canvas.figure.bbox)
            self._canvas.restore_region(self._still)
            for artist in self._artists:
                artist.draw(self._canvas.get_renderer())
        file = io.BytesIO()
        Image.fromarray(np.asarray(self._canvas.buffer_rgba())).save(file, "png", compress_level=1)
        return file.getvalue()
