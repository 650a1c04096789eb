"""What differs from Sphinx in the tree of a text and in its HTML: an extension, which ``_sphinx`` loads."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import quote

from docutils import nodes
from markupsafe import Markup
from sphinx.writers.html5 import HTML5Translator

from .. import _html
from ..translation import say
from ._cells import FOLD

_AS_IS = "!$&'()*+,;=:@/?"  # in a fragment
_PLACE = re.compile(r'(?<= href="#)[^"]*')


def setup(app: Any) -> dict[str, bool]:
    """What Sphinx calls, before the theme makes its own writer of ours."""
    from myst_nb.sphinx_ import HideCodeCellNode

    app.connect("doctree-read", ready, priority=1)  # before Sphinx notes outlines and titles
    app.set_translator("html", Writer, override=True)
    app.add_node(HideCodeCellNode, override=True, html=(_hide, _shown))
    return {"parallel_read_safe": False}


def ready(_: Any, tree: nodes.document) -> None:
    """Anchors as JupyterLab has them, row headings where a table's corner is empty, and the end folded."""
    _anchor(tree)
    for group in tree.findall(nodes.tgroup):
        heads = [row for head in group.findall(nodes.thead) for row in head]
        if heads and not heads[0][0].astext().strip():
            group[0]["stub"] = 1
    _fold(tree)


def _anchor(tree: nodes.document) -> None:
    """For links that serve both."""
    taken: set[str] = set()
    for section in tree.findall(nodes.section):
        name = start = re.sub(r"\s", "-", section[0].astext())
        number = 1
        while name in taken:
            number += 1
            name = f"{start}-{number}"
        taken.add(name)
        section["ids"] = [name]


def _fold(tree: nodes.document) -> None:
    """Put the section after the mark, and what follows it beside it, into a closed block."""
    for mark in [raw for raw in tree.findall(nodes.raw) if raw.astext().strip() == FOLD]:
        section = mark.next_node(nodes.section, siblings=True, ascend=True)
        around = section.parent
        start, end = _block(say("More, which no outcome of this lesson needs"))
        around.insert(around.index(section), nodes.raw("", start, format="html"))
        around.append(nodes.raw("", end, format="html"))
        mark.parent.remove(mark)


def _block(summary: str) -> tuple[str, str]:
    """The start and the end of a closed block."""
    start, _, end = str(_html.details(summary, Markup("\0"))).partition("\0")
    return start, end


def _hide(writer: HTML5Translator, _: nodes.Element) -> None:
    """Begin the block of a cell's code."""
    start, end = _block(say("Code of this cell"))
    writer.body.append(start.replace(">", ' class="hide">', 1))
    writer.context.append(end)


def _shown(writer: HTML5Translator, _: nodes.Element) -> None:
    writer.body.append(writer.context.pop())


def with_places(outline: str) -> str:
    """An outline whose links are addresses, whatever stands in a heading.

    >>> with_places('<a href="#Who-says-&quot;no&quot;">Who</a>')
    '<a href="#Who-says-%22no%22">Who</a>'
    """
    return _PLACE.sub(lambda place: quote(html.unescape(place[0]), safe=_AS_IS), outline)


class Writer(HTML5Translator):
    """Code in a line and links of a text have no classes, for ``_paper``; headings of tables say of what."""

    def visit_literal(self, node: nodes.Element) -> None:
        self.body.append(f"<code>{self.encode(node.astext())}</code>")
        raise nodes.SkipNode

    def visit_reference(self, node: nodes.Element) -> None:
        if node.get("internal") or "refuri" not in node:  # of the theme's lists
            super().visit_reference(node)
            return
        title = node.get("reftitle") or node.get("title")
        said = f' title="{self.attval(title)}"' if title else ""
        self.body.append(f'<a href="{self.attval(node["refuri"])}"{said}>')

    def visit_entry(self, node: nodes.Element) -> None:
        if not node.astext().strip():
            node.clear()
        super().visit_entry(node)
        if not len(node):  # an empty corner heads nothing
            self.body[-1] = self.body[-1].replace("th", "td", 1)
            self.context[-1] = self.context[-1].replace("th", "td", 1)
        elif self.body[-1].startswith("<th"):
            scope = "col" if isinstance(node.parent.parent, nodes.thead) else "row"
            self.body[-1] = self.body[-1].replace(" class", f' scope="{scope}" class', 1)
