"""A widget whose script and style are held once for all of its kind.

anywidget gives each model its script, and a notebook that keeps widget state keeps each copy of it: sixteen
questions would store it sixteen times. Here one model holds both, and every control carries a loader of a few
lines that finds it, in a live kernel and in a notebook opened the next day without one.

Where a learner asked not to be recorded, the loader also keeps what they gave out of the saved notebook.
"""

from __future__ import annotations

import re
import secrets
from functools import cache
from typing import Any, ClassVar
from weakref import WeakSet

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
    theirs: ClassVar[tuple[str, ...]] = ()  # the traits that hold, or tell, what a learner gave
    unrecorded: ClassVar[bool] = False  # whether the learner asked that nothing be kept

    holder = traitlets.Unicode().tag(sync=True)
    itself = traitlets.Unicode().tag(sync=True)  # its own model, which the script does not get otherwise
    instead: Any = traitlets.Dict().tag(sync=True)  # what a saved notebook holds in place of these traits

    def __init__(self, **traits: Any) -> None:
        own = secrets.token_hex(16)
        held = f"IPY_MODEL_{_held(self.script, self.style).model_id}"
        super().__init__(model_id=own, itself=f"IPY_MODEL_{own}", holder=held, **traits)
        _made.add(self)
        self.keep_out()

    def keep_out(self) -> None:
        """Say what a saved notebook holds: the traits as they are, or the learner's blank."""
        self.instead = self.blank() if self.unrecorded else {}

    def blank(self) -> dict[str, Any]:
        """The traits that a learner changes, as they are before."""
        return {name: self.traits()[name].default(self) for name in self.theirs}


_made: WeakSet[Widget] = WeakSet()


def keep_out_of_notebooks(on: bool) -> None:
    """From now on let saved notebooks hold nothing that a learner gives to a control, or all of it.

    >>> keep_out_of_notebooks(False)
    """
    Widget.unrecorded = on
    for made in list(_made):
        made.keep_out()


def _held(script: str, style: str) -> Holder:
    """The model that holds these; a new one where the last was closed with all widgets."""
    if _holder(script, style).comm is None:
        _holder.cache_clear()
    return _holder(script, style)


@cache
def _holder(script: str, style: str) -> Holder:
    return Holder(script=script, style=style)
