"""The labs: explorers where two or more inputs interact. Each is a view over a tested function.

What they share stands here, in ``lab.js`` and in ``lab.css``. The script beside a lab only draws its traits
and writes the learner's choices into them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import traitlets
from IPython.display import display
from markupsafe import Markup

from .. import _html, front
from .._loading import no_such
from .._plain import refusing_plainly, show_one_line
from ..front.widget import Widget, again

HERE = Path(__file__).parent
T = TypeVar("T")
_PARAGRAPH = re.compile("<p>(.*?)</p>")
_TASK = re.compile(r"Settle with it: ([^?]+\?)")


class BadValue(traitlets.TraitError, ValueError):
    """A value that a lab does not allow; the message says what is allowed, and is all that a cell shows."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        show_one_line(self)


def script(*names: str) -> str:
    """The script of a lab, in one file or more, after what all share.

    >>> "export default" in script("counting.js")
    True
    """
    return front.script(HERE / "lab.js", *(HERE / name for name in names))


def stylesheet(*names: str) -> str:
    """The style of a lab, in one file or more, after what all share.

    >>> ".nts-lab" in stylesheet("counting.css")
    True
    """
    return front.stylesheet(HERE / "lab.css", *(HERE / name for name in names))


# Every lab: the call that a notebook makes, and the module here that answers it. The tests of what all labs
# promise, and the audit, go through this list.
LABS: Mapping[str, str] = {
    "argument_map": "argument_map",
    "counting_lab": "counting",
    "definition_machine": "definition_machine",
    "evidence_grid": "evidence_grid",
    "list_lab": "list_experiment",
    "town": "town",
    "interval_game": "interval_game",
    "pooling_lab": "pooling",
    "two_events": "two_events",
    "wording_table": "wording_table",
    "unseen_lab": "unseen",
    "brief_chart": "brief_chart",
}


class Lab(Widget):
    """A lab: as the last line of a cell it shows a static block, then the live view.

    task: what to settle with it, from the static block. message: what the status line says. answered: raised
    by one when the computed traits are up to date; the script takes it as a sign that the kernel is there.
    """

    called: ClassVar[str]
    _began: Mapping[str, Any] = {}

    task = traitlets.Unicode().tag(sync=True)
    message = traitlets.Unicode().tag(sync=True)
    answered = traitlets.Int(0).tag(sync=True)

    def blank(self) -> dict[str, Any]:
        """The lab as it was when it was shown."""
        return dict(self._began)

    def _static(self) -> str:
        """The static block: the lab without a kernel, as HTML."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"Run this cell to use the {self.called}"

    def _ipython_display_(self) -> None:
        # Two outputs: one that holds a view reads "model not found" the next day, whatever stands beside it.
        static, instead = self._static(), again(f"nts-{type(self).__name__}", f"{self!r} again")
        self.task = "".join(map(html.unescape, _TASK.findall(static)[:1]))
        shared = Widget.class_trait_names(sync=True)
        self._began = {n: getattr(self, n) for n in self.keys if n not in shared and not n.startswith("_")}
        self.keep_out()
        told = "\n".join(re.sub("<[^>]+>", "", html.unescape(found)) for found in _PARAGRAPH.findall(static))
        display(_html.Shown(f"{static}\n{instead}", told))  # type: ignore[no-untyped-call]
        display(self._repr_mimebundle_()[0], raw=True)  # type: ignore[no-untyped-call,index]


class InputLab(Lab):
    """A lab whose answer follows from inputs. ``set`` and ``reset`` do from Python what the controls do.

    start: the inputs as the lab opened. The computed traits are worked out by ``_read``, which a lab of its
    own writes.
    """

    settable: ClassVar[tuple[str, ...]]  # the inputs by name

    start: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)

    def __init__(self, **values: Any) -> None:
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

    def _tell(self, message: str) -> None:
        with self.hold_sync():
            self.message = message
            self.answered += 1


def section(classes: str, paragraphs: Iterable[str], blocks: Iterable[Markup | _html.Block]) -> str:
    r"""The shell of a static block: paragraphs, then blocks.

    >>> section("nts-x", ["1 < 2"], [Markup("<b>so</b>")])
    '<section class="nts-x mathjax_ignore">\n<p>1 &lt; 2</p>\n<b>so</b>\n</section>'
    """
    start = Markup('<section class="{} mathjax_ignore">').format(classes)
    return str(_html.lines((start, _html.paragraphs(paragraphs), *blocks, Markup("</section>"))))


def checked(read: Callable[..., T], *given: Any) -> T:
    """What ``read`` makes of these values; raises BadValue with its message where it refuses them.

    >>> checked(int, "12")
    12
    """
    try:
        return read(*given)
    except (KeyError, ValueError) as error:
        raise BadValue(error.args[0]) from None
