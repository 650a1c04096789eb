"""A widget whose script and style are held once for all of its kind.

anywidget gives each model its script, and a notebook that keeps widget state keeps each copy of it: sixteen
questions would store it sixteen times. Here one model holds both, and every control carries a loader of a few
lines that finds it, in a live kernel and in a notebook opened the next day without one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, ClassVar

import anywidget
import traitlets
from markupsafe import Markup

from . import HERE

# Where JupyterLab finds no state for a control it writes an error into an element without children.
_AGAIN = Markup(
    "<style class={kind}>.jp-OutputArea-child:has(style.{kind})+*>.jupyter-widgets:not(:has(*))"
    '{{visibility:hidden;font-size:0;&::after{{content:"{text}";visibility:visible;'
    "font-size:var(--jp-content-font-size1)}}}}</style>"
)


def again(kind: str, text: str) -> Markup:
    """A style that shows ``text`` in place of JupyterLab's error below it, in a notebook that kept no state.

    It works in a learner's own notebook, which is trusted; elsewhere it is stripped. kind: a class name, one
    for each text.

    >>> "Run this cell" in again("nts-x", "Run this cell")
    True
    """
    return _AGAIN.format(kind=kind, text=text)


class Holder(anywidget.AnyWidget):
    """Holds a script, an ES module that exports ``render`` by default, and its style. It is never shown."""

    _esm = "export default {};"

    script = traitlets.Unicode().tag(sync=True)
    style = traitlets.Unicode().tag(sync=True)


class Widget(anywidget.AnyWidget):
    """A control that draws itself with ``script`` and ``style``, which all of its class share."""

    # Each control that a notebook keeps has its own copy, so the remarks are left out.
    _esm = re.sub(r"^ *(//|/\*\*).*\n", "", (HERE / "loader.js").read_text(encoding="utf-8"), flags=re.M)

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
