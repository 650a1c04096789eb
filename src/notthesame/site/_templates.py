"""The templates of the pages: every text that goes into one is escaped, unless it is HTML already."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from .. import _html
from ..translation import say


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"say": say, "lang": lambda book: _html.lang(book.language)}
    return made


def template(name: str, kind: str = "html") -> Template:
    """A template of the pages by its name.

    >>> template("entries").render(entries=["a"]).splitlines()[0]
    '<details class="entries"><summary>All 1 entries</summary>'
    """
    return _templates().get_template(f"{name}.{kind}.j2")
