"""The page to read first: what is on a stick, three steps for each system, and what needs no Python."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from .. import _html
from .needed import Target

PAGE = "READ ME FIRST.html"
_TITLE = "Not the Same, on a stick"
# Folder by folder: what it is, and what it needs.
_ROWS = {
    "site": ("The course as pages; its questions check themselves", "a browser"),
    "lab": ("JupyterLab in the browser; questions, tasks and most labs answer", "a browser and any Python"),
    "course": ("The whole course, for JupyterLab on the computer", "Python, see below"),
    "wheels": ("What the course installs", ""),
}
# How a terminal is opened in a folder, and what Python is called there.
_SYSTEMS = {
    "windows": ("Windows", "click into the line that shows where you are, type cmd and press Enter", "py"),
    "macos": ("macOS", "press it with the control key held and choose New Terminal at Folder", "python3"),
    "linux": ("Linux", "press the right mouse button in it and choose Open in Terminal", "python3"),
}
_WELCOME = "A university course on sex work and sex trafficking, for computers without a network."
_COPY = (
    "First copy this whole folder from the stick to the computer: a stick is slow, and many cannot hold what "
    "is installed. Nothing here asks a network for anything."
)
_PAGES = Markup("Open {}. Read every lesson and answer its questions, each with its reasons.")
_LAB = Markup(
    "Open a terminal in this folder, as shown below for the folder course, and type {} (on Windows {}). Any "
    "Python from 3.8 on will do. Answers stay in that browser on that computer. With the word site after it, "
    "the pages open so that their labs answer too."
)
_ONE = Markup("Which Python has this computer? In a terminal, {} says it. Packages are here for these:")
_START = Markup("Type {} and press Enter. The first time it sets itself up for some minutes.")


@dataclass(frozen=True)
class Part:
    """What wheels there are for one kind of computer. size: in bytes."""

    target: Target
    count: int
    size: int


def read_me(sizes: Mapping[str, int], parts: Collection[Part]) -> bytes:
    """The page, for the folders that are there with their sizes in bytes.

    >>> b"site/index.html" in read_me({"site": 1, "course": 1}, [])
    True
    """
    body = [_html.heading(1, _TITLE), *map(_html.paragraph, (_WELCOME, _COPY))]
    rows = [(name, *_ROWS[name], in_megabytes(size)) for name, size in sorted(sizes.items())]
    body += [_html.table("What is here", ("Folder", "What it is", "What it needs", "Size"), rows, right=(3,))]
    body += _by_pages(sizes)
    body += _by_jupyterlab(parts)
    style = Path(__file__).with_name("read_me.css").read_text("utf-8")
    return str(_html.document(_TITLE, style, _html.lines(body))).encode("utf-8")


def in_megabytes(size: int) -> str:
    """A size in bytes, as a person reads it.

    >>> in_megabytes(1_234_000_000), in_megabytes(40_000)
    ('1,234\xa0MB', '1\xa0MB')
    """
    return f"{max(1, round(size / 1e6)):,}\N{NO-BREAK SPACE}MB"


def _by_pages(sizes: Mapping[str, int]) -> Iterator[Markup]:
    """The ways that install nothing."""
    if "site" in sizes:
        yield _html.heading(2, "Without Python")
        yield _html.paragraph(_PAGES.format(_html.link("site/index.html", "the pages")))
    if "lab" in sizes:
        yield _html.heading(2, "With Python, nothing installed")
        typed = _html.code("python3 serve.py"), _html.code("py serve.py")
        yield _html.paragraph(_LAB.format(*typed))


def _by_jupyterlab(parts: Collection[Part]) -> Iterator[Markup]:
    """Three steps for each system, and for which Pythons the packages are."""
    yield _html.heading(2, "With everything: JupyterLab")
    if parts:
        yield _html.paragraph(_ONE.format(_html.code("python3 --version")))
        rows = [(part.target.called, str(part.count), in_megabytes(part.size)) for part in parts]
        heads = ("Python and system", "Packages", "Size")
        yield _html.table("Packages on this stick", heads, rows, right=(1, 2))
    systems = {part.target.kind.system for part in parts} or _SYSTEMS.keys()
    for name in (name for name in _SYSTEMS if name in systems):
        called, how, python = _SYSTEMS[name]
        yield _html.heading(3, called)
        yield _html.numbered(
            [
                "Copy this folder to the computer, and go to its folder course.",
                f"Open a terminal there: {how}.",
                _START.format(_html.code(f"{python} start.py")),
            ]
        )
    yield _html.paragraph(
        "Later calls take seconds. Once it has opened, the folder wheels can go. Another Python than these? "
        "Then the first call needs a network, and after it none."
    )
