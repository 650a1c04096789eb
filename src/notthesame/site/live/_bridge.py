"""What the course's Python finds in a page in place of Jupyter: widgets whose traits speak with the page.

The page loads this file into Pyodide beside the course's wheel; nothing here imports another module of this
room. ``start`` puts the least that the labs ask of anywidget and of IPython into their places, which saves
5 MB; ``run`` runs a cell of a lesson and shows its lab; ``receive`` takes what the page sends. Messages are
JSON: ``opened`` with a model and its whole state, ``update`` with some of it, ``shown`` for a lab to draw.
"""

from __future__ import annotations

import ast
import datetime
import hashlib
import json
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import traitlets

DAY = "$day"  # marks a day in what was read before
VIEW = "application/vnd.jupyter.widget-view+json"
KEEPS_NOTHING = "This page keeps nothing of it."
WRITES_NOTHING = "A page writes no file. The notebook of this lesson does."

_post: Callable[[str], None] = print
_widgets: dict[str, AnyWidget] = {}


class _Link:
    """What joins a widget to its model in the page; apart, as the names in a widget are its own."""

    def __init__(self) -> None:
        self.opened = False  # the page hears nothing of a widget until a lab is shown
        self.set: dict[str, Any] = {}  # what the page has just set; it is not told so again
        self.held: set[str] | None = None  # what is to be sent at once, later
        self.called: list[Callable[..., Any]] = []

    def knows(self, name: str, value: Any) -> bool:
        known = name in self.set and _plain(value) == self.set[name]
        if known and self.held is not None:
            self.held.discard(name)
        return known

    def sending(self, state: Mapping[str, Any]) -> None:
        self.set |= {name: _plain(state[name]) for name in state.keys() & self.set.keys()}


class AnyWidget(traitlets.HasTraits):
    """What labs ask of ``anywidget.AnyWidget``; what is sent, and when, is as in ipywidgets 8."""

    _esm: Any = ""

    def __init__(self, model_id: str = "", **given: Any) -> None:
        self.model_id = model_id or secrets.token_hex(16)
        self.comm = self._link = _Link()
        super().__init__(**given)
        _widgets[self.model_id] = self

    @property
    def keys(self) -> list[str]:
        """The names of the traits that the page knows."""
        return [*self.traits(sync=True)]

    @contextmanager
    def hold_sync(self) -> Iterator[None]:
        """Send in one message, at the end, what changes within."""
        link = self._link
        if link.held is not None:
            yield
            return
        held = link.held = set[str]()
        try:
            yield
        finally:
            link.held = None
            self._send(held)

    def notify_change(self, change: Any) -> None:
        """Tell the page first, then whoever observes."""
        name, link = change["name"], self._link
        if self.trait_metadata(name, "sync") and not link.knows(name, getattr(self, name)):
            if link.held is None:
                self._send([name])
            else:
                link.held.add(name)
        super().notify_change(change)

    def on_msg(self, called: Callable[..., Any]) -> None:
        """Call this with what a script sends that is no trait."""
        self._link.called.append(called)

    def _repr_mimebundle_(self) -> tuple[dict[str, Any], dict[str, Any]]:
        return {VIEW: {"model_id": self.model_id}}, {}

    def _send(self, names: Iterable[str]) -> None:
        state = {name: getattr(self, name) for name in sorted(names)}
        if self._link.opened and state:
            self._link.sending(state)
            _tell(kind="update", id=self.model_id, state=state)


def start(post: Callable[[str], None], read: str = "{}") -> None:
    """Take the places of anywidget and IPython, and send messages by ``post`` from now on.

    read: what the course's YAML files hold, by the hash of the file, as JSON.
    """
    global _post
    _post = post
    anywidget, ipython, shown = map(ModuleType, ("anywidget", "IPython", "IPython.display"))
    vars(anywidget)["AnyWidget"] = AnyWidget
    # matplotlib asks IPython, before it makes a figure, whether a shell is there that draws in windows.
    vars(ipython).update(display=shown, get_ipython=lambda: None, version_info=(9, 0))
    vars(shown)["display"] = display
    sys.modules |= {"anywidget": anywidget, "IPython": ipython, "IPython.display": shown}
    _know(json.loads(read, object_hook=_day))


def _know(read: dict[str, Any]) -> None:
    """Let these files not be read anew."""
    from notthesame import _yaml
    from notthesame.questions import drafts

    anew = _yaml.values

    def values(content: bytes) -> Any:
        known = hashlib.sha256(content).hexdigest()
        return read.pop(known) if known in read else anew(content)

    vars(_yaml)["values"] = values
    vars(drafts)["keep"] = lambda *given, **named: KEEPS_NOTHING


def _day(found: dict[str, Any]) -> Any:
    return datetime.date.fromisoformat(found[DAY]) if [*found] == [DAY] else found


def display(shown: Any, raw: bool = False) -> None:
    """Show the view of a widget; everything else stands on the page already."""
    if raw and VIEW in shown:
        for widget in _widgets.values():
            _open(widget)
        _tell(kind="shown", id=shown[VIEW]["model_id"])


def _open(widget: AnyWidget) -> None:
    """Let the page know a widget, once."""
    if not widget._link.opened:
        widget._link.opened = True
        state = {name: getattr(widget, name) for name in widget.keys}
        _tell(kind="opened", id=widget.model_id, state={**state, "_esm": widget._esm})


def run(code: str) -> None:
    """Run the code of a cell and show the lab that is its last line."""
    import notthesame

    *before, last = ast.parse(code).body
    if not isinstance(last, ast.Expr):
        raise ValueError("The last line of this cell shows no lab.")
    names = {"nts": notthesame}
    exec(compile(ast.Module(before, []), "cell", "exec"), names)
    lab: Any = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
    lab._ipython_display_()


def receive(model_id: str, message: str) -> None:
    """Take a message of the page: ``state`` sets traits, ``content`` is for the lab itself."""
    widget, given = _widgets[model_id], json.loads(message)
    try:
        _take(widget, given)
    except OSError:
        _say(widget, WRITES_NOTHING)
    except Exception as error:
        from notthesame._plain import in_one_line

        _say(widget, in_one_line(error))


def _take(widget: AnyWidget, given: Mapping[str, Any]) -> None:
    for called in widget._link.called if "content" in given else ():
        called(widget, given["content"], [])
    state = widget._link.set = dict(given.get("state", {}))
    try:
        with widget.hold_trait_notifications():
            for name in [name for name in state if name in widget.keys]:
                widget.set_trait(name, state[name])
    finally:
        widget._link.set = {}


def _say(widget: Any, words: str) -> None:
    """Say something in the status line of a lab, as the lab itself does."""
    with widget.hold_sync():
        widget.message = words
        widget.answered += 1


def _tell(**message: Any) -> None:
    _post(json.dumps(message))


def _plain(value: Any) -> Any:
    """A value as it comes back from the page: a tuple is a list there."""
    return json.loads(json.dumps(value))
