"""What was drawn: the values of lines and bars, in types that can be compared."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle


def xs(line: Line2D) -> list[Any]:
    """The x values of a line."""
    return list(np.asarray(line.get_xdata()))


def ys(line: Line2D) -> list[Any]:
    """The y values of a line."""
    return list(np.asarray(line.get_ydata()))


def bars(axes: Axes) -> list[Rectangle]:
    """The patches of a panel, which are bars or squares, all of them."""
    found = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    assert len(found) == len(axes.patches)
    return found
