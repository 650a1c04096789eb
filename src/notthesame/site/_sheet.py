"""The style of the pages in one file: what they use of the theme's, then our own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from ..questions import view
from . import _paper

STYLE, SCRIPT = "_static/pages.css", "_static/pages.js"
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_NAME = re.compile(r"[.#]((?:[\w-]|\\.)+)")
_BRACE = re.compile("[{}]")
_WORD = re.compile(r"[\w-]+")


def sheet(theme: str, pages: Mapping[str, str], scripts: Mapping[str, bytes]) -> bytes:
    """The style of a site of these pages and scripts; of the theme's those rules that it can use."""
    own = (_read("pages.css"), view.stylesheet(), _paper.stylesheet())
    said = [*pages.values(), *(script.decode("utf-8") for script in scripts.values())]
    words = {word for text in said for word in _WORD.findall(text)}
    return "\n".join((used(theme, words), *own)).encode("utf-8")


def script() -> bytes:
    """The script that every page loads in its head."""
    return _read("pages.js").encode("utf-8")


def _read(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def used(style: str, words: set[str]) -> str:
    """The rules of a style whose selectors name no class and no id but these words.

    >>> used("a{x:1}.b,.c d{x:2}@media print{.e{x:3}}@font-face{src:url(f)}", {"c"})
    'a{x:1}.c d{x:2}'
    """
    return "".join(_kept(_COMMENT.sub("", style), words))


def _kept(style: str, words: set[str]) -> list[str]:
    kept: list[str] = []
    at = 0
    while (start := style.find("{", at)) >= 0:
        end = _end(style, start)
        head, body = style[at:start].rpartition(";")[2].strip(), style[start + 1 : end]
        at = end + 1
        if head.startswith(("@media", "@supports", "@layer", "@container")):
            inner = "".join(_kept(body, words))
        elif head.startswith("@"):
            inner = ""
        else:
            head = ",".join(one for one in _selectors(head) if {*_NAME.findall(one)} <= words)
            inner = body.strip() if head else ""
        if inner:
            kept.append(f"{head}{{{inner}}}")
    return kept


def _end(style: str, start: int) -> int:
    depth = 0
    for place in _BRACE.finditer(style, start):
        depth += 1 if place[0] == "{" else -1
        if not depth:
            return place.start()
    return len(style)


def _selectors(head: str) -> list[str]:
    """The selectors of a rule: parted by commas that stand in no brackets."""
    return re.split(r",(?![^(\[]*[)\]])", head)
