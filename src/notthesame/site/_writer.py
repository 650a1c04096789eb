"""How the tree of a text becomes the HTML of a page: lean, with the anchors that JupyterLab gives."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

_BOXES = {"cell": '<div class="cell">\n', "cell_input": '<div class="code">\n'}


def anchor(_: Any, tree: nodes.document) -> None:
    """Give each heading the anchor that JupyterLab gives it, for links that serve both."""
    taken: set[str] = set()
    for section in tree.findall(nodes.section):
        name = start = re.sub(r"\s", "-", section[0].astext())
        number = 1
        while name in taken:
            number += 1
            name = f"{start}-{number}"
        taken.add(name)
        section["ids"] = [name]


def enter_box(writer: HTML5Translator, node: nodes.Element) -> None:
    """Begin the box of a cell or of its code; other containers are none."""
    start = next((_BOXES[name] for name in node["classes"] if name in _BOXES), "")
    writer.body.append(start)
    writer.context.append("</div>\n" if start else "")


def leave_box(writer: HTML5Translator, _: nodes.Element) -> None:
    """End it."""
    writer.body.append(writer.context.pop())


class Writer(HTML5Translator):
    """Headings carry their anchors, lists and tables no paragraphs, code and links no classes."""

    def visit_section(self, node: nodes.Element) -> None:
        self.section_level += 1

    def depart_section(self, node: nodes.Element) -> None:
        self.section_level -= 1

    def visit_title(self, node: nodes.Element) -> None:
        if isinstance(node.parent, nodes.section):
            level = f"h{min(self.section_level, 6)}"
            name = self.attval(node.parent["ids"][0])
            self.body.append(f'<{level} id="{name}">')
            self.context.append(f"</{level}>\n")
        else:
            super().visit_title(node)

    def visit_raw(self, node: nodes.Element) -> None:
        self.body.append(node.astext())
        if not isinstance(node.parent, nodes.TextElement):
            self.body.append("\n")
        raise nodes.SkipNode

    def visit_paragraph(self, node: nodes.Element) -> None:
        self.context.append("" if _bare(node) else "</p>\n")
        self.body.append("" if _bare(node) else "<p>")

    def depart_paragraph(self, node: nodes.Element) -> None:
        self.body.append(self.context.pop())

    def visit_bullet_list(self, node: nodes.Element) -> None:
        self.body.append("<ul>\n")

    def depart_bullet_list(self, node: nodes.Element) -> None:
        self.body.append("</ul>\n")

    def visit_enumerated_list(self, node: nodes.Element) -> None:
        start = f' start="{node["start"]}"' if node.get("start", 1) != 1 else ""
        self.body.append(f"<ol{start}>\n")

    def depart_enumerated_list(self, node: nodes.Element) -> None:
        self.body.append("</ol>\n")

    def visit_list_item(self, node: nodes.Element) -> None:
        self.body.append("<li>")

    def visit_literal(self, node: nodes.Element) -> None:
        self.body.append(f"<code>{self.encode(node.astext())}</code>")
        raise nodes.SkipNode

    def visit_reference(self, node: nodes.Element) -> None:
        where = node["refuri"] if "refuri" in node else f"#{node.get('refid', '')}"
        title = node.get("reftitle") or node.get("title")
        said = f' title="{self.attval(title)}"' if title else ""
        self.body.append(f'<a href="{self.attval(where)}"{said}>')

    def depart_reference(self, node: nodes.Element) -> None:
        self.body.append("</a>")

    def visit_literal_block(self, node: nodes.Element) -> None:
        language = node.get("language", "text")
        lexer = language if re.fullmatch(r"[\w+-]+", language or "") else "text"
        shown = self.highlighter.highlight_block(node.rawsource or node.astext(), lexer, opts={}, force=True)
        self.body.append(shown)
        raise nodes.SkipNode

    # --- tables: the first column heads the rows where the corner is empty

    def _begin(self, part: str) -> None:
        self.body.append(f"<{part}>\n")

    def visit_table(self, node: nodes.Element) -> None:
        self._begin("table")

    def depart_table(self, node: nodes.Element) -> None:
        self.body.append("</table>\n")

    def visit_colspec(self, node: nodes.Element) -> None:
        raise nodes.SkipNode

    def visit_tgroup(self, node: nodes.Element) -> None:
        heads = [row for head in node.findall(nodes.thead) for row in head]
        node["headed"] = bool(heads) and not heads[0][0].astext().strip()

    def depart_tgroup(self, node: nodes.Element) -> None:
        pass

    def visit_thead(self, node: nodes.Element) -> None:
        self._begin("thead")

    def visit_tbody(self, node: nodes.Element) -> None:
        self._begin("tbody")

    def visit_row(self, node: nodes.Element) -> None:
        self._begin("tr")

    def visit_entry(self, node: nodes.Element) -> None:
        row = node.parent
        head = isinstance(row.parent, nodes.thead)
        first = row.index(node) == 0 and row.parent.parent.get("headed")
        scope = "col" if head and node.astext().strip() else "row" if first and not head else ""
        tag, scoped = ("th", f' scope="{scope}"') if scope else ("td", "")
        side = next((name[5:] for name in node["classes"] if name.startswith("text-")), "")
        style = f' style="text-align:{side}"' if side else ""
        self.body.append(f"  <{tag}{scoped}{style}>")
        self.context.append(f"</{tag}>\n")


def _bare(node: nodes.Element) -> bool:
    """Whether a paragraph is all the text of a cell of a table or of an item of a list."""
    parent = node.parent
    if isinstance(parent, nodes.entry):
        return len(parent) == 1
    lists = (nodes.bullet_list, nodes.enumerated_list)
    others = parent.children[1:] if isinstance(parent, nodes.list_item) else [node]
    return parent.children[:1] == [node] and all(isinstance(other, lists) for other in others)
