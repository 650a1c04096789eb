"""A control below words that stay: nothing comes of it before somebody presses it (``pressed.js``)."""

from __future__ import annotations

from pathlib import Path

from IPython.display import display
from markupsafe import Markup

from .. import _html, front
from ..course import ENGLISH, course
from ..front.widget import Widget, again
from ..translation import in_script, say


def on_press(module: Path) -> str:
    """The script beside a module, after what every script shares that shows something on a press.

    >>> "onPress" in on_press(Path(__file__).with_name("after_test.py"))
    True
    """
    return in_script(front.script(Path(__file__).with_suffix(".js"), module.with_suffix(".js")))


def offer(words: Markup, plain: str, control: Widget, name: str, translated: bool = False) -> None:
    """Show words, in their plain form too, and below them a control; ``name`` begins the control's class.

    translated: whether the words are in the language of the course in use, and not always English.

    Where a saved notebook has lost the control, a line in its place says what to run again.

    >>> from notthesame.my_change import MyChange
    >>> offer(Markup("<p>Press it.</p>"), "Press it.", MyChange(), "nts-some-again")
    Press it.
    Run this cell to see what has changed
    """
    style = again(name, say("{what} again", what=repr(control)))
    language = course().language if translated else ENGLISH
    display(_html.Shown(f"{_html.as_written(words, language)}\n{style}", plain))  # type: ignore[no-untyped-call]
    display(control)  # type: ignore[no-untyped-call]
