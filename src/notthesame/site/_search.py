"""The page that searches the others: Sphinx's script and index, loaded by this page alone."""

from __future__ import annotations

from ..translation import say
from . import _sphinx
from ._frame import SEARCH
from ._page import Page
from ._templates import template


def page() -> Page:
    """The page, with its field and its scripts."""
    source = SEARCH.removesuffix(".html") + ".md"
    scripts = [*(f"_static/{name}" for name in _sphinx.SEARCH), _sphinx.INDEX]
    return Page(source, say("Search"), template("search").render(scripts=scripts))
