"""A widget whose script and style are held once for all of its kind.

anywidget gives each model its script, and a notebook that keeps widget state keeps each copy of it: sixteen
questions would store it sixteen times. Here one model holds both, and every control carries a loader of a few
lines that finds it, in a live kernel and in a notebook opened the next day without one.
"""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

import anywidget
import traitlets

from . import HERE


class Holder(anywidget.AnyWidget):
    """Holds a script, an ES module that exports ``render`` by default, and its style. It is never shown."""

    _esm = "export default {};"

    script = traitlets.Unicode().tag(sync=True)
    style = traitlets.Unicode().tag(sync=True)


class Widget(anywidget.AnyWidget):
    """A control that draws itself with ``script`` and ``style``, which all of its class share."""

    _esm = (HERE / "loader.js").read_text(encoding="utf-8")

    script: ClassVar[str]
    style: ClassVar[str]

    holder = traitlets.Unicode().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(holder=f"IPY_MODEL_{_held(self.script, self.style).model_id}", **traits)


def _held(script: str, style: str) -> Holder:
    """The model that holds these; a new one where the last was closed with all widgets."""
    if _holder(script, style).comm is None:
        _holder.cache_clear()
    return _holder(script, style)


@cache
def _holder(script: str, style: str) -> Holder:
    return Holder(script=script, style=style)
