"""What differs in the tree of a text and in its HTML from what Sphinx makes of them."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx.writers.html5 import HTML5Translator

from .. import _html
from ..translation import say
from ._cells import FOLD


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
        more = _html.details(say("More, which no outcome of this lesson needs"), Markup("|"))
        start, end = str(more).split("|")
        around.insert(around.index(section), nodes.raw("", start, format="html"))
        around.append(nodes.raw("", end, format="html"))
        mark.parent.remove(mark)


class Writer(HTML5Translator):
    """Code in a line and links of a text have no classes, for ``_paper``; an empty corner heads nothing."""

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
        super().visit_entry(node)
        if not node.astext().strip():
            self.body[-1] = self.body[-1].replace("th", "td", 1)
            self.context[-1] = self.context[-1].replace("th", "td", 1)
