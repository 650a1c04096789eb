"""The argument map as text, by question: claims, what is for each, what is against that, and so on."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass

from ..course import data_link
from .argument_map import ArgumentMap, Node, course_map

MUTUAL = "Against it, and denied by it in turn:"


@dataclass(frozen=True)
class Line:
    """One line of the outline. ``again`` marks a node whose text stands elsewhere in the outline."""

    depth: int
    role: str
    node: Node
    again: bool = False


@dataclass(frozen=True)
class Outline:
    """The map as text, by question: claims, what is for each, what is against that, and so on."""

    tree: ArgumentMap
    chosen: tuple[str, ...]
    after: str = ""

    def __repr__(self) -> str:
        return "\n".join(line for question in self.chosen for line in self._lines(question))

    def _repr_html_(self) -> str:
        return "\n".join(question_html(self.tree, question, self.after) for question in self.chosen)

    def _lines(self, question: str) -> Iterator[str]:
        yield f"{question}. {self.tree.questions[question]}"
        for line in lines(self.tree, question):
            node = line.node
            text = f"{node.text} [{self.tree.camps[node.camp]}: {node.cited}]"
            text = f"{_ELSEWHERE} {node.question})" if line.again else text
            yield f"{'  ' * (line.depth + 1)}{line.role} {node.id}: {text}"


def outline(*questions: str, after: str = "") -> Outline:
    """The whole map as text, or its part on some questions, as in ``outline("Q2")``.

    With ``after`` each question lies in a closed block with this line as its summary. Raises KeyError for a
    question that the map does not have.

    >>> repr(outline("Q1")).splitlines()[0]
    'Q1. Is there any ethical way in which sex work could be carried out?'
    """
    tree = course_map()
    for question in questions:
        tree.on(question)
    return Outline(tree, questions or tuple(tree.questions), after)


def lines(tree: ArgumentMap, question: str) -> Iterator[Line]:
    """The outline of one question. Each of its nodes stands in full once; a node met again is only named.

    >>> first = next(lines(course_map(), "Q2"))
    >>> first.role, first.node.id, first.depth
    ('Claim', 'q2-voids', 0)
    """
    shown: set[str] = set()

    def walk(name: str, role: str, depth: int, parent: str = "") -> Iterator[Line]:
        node = tree.nodes[name]
        rival = node.is_claim and depth > 0
        if name in shown or rival or node.question != question:
            yield Line(depth, role, node, again=True)
            return
        shown.add(name)
        yield Line(depth, role, node)
        for other in tree.supporters(name):
            yield from walk(other, "For it:", depth + 1, name)
        for other in tree.attackers(name):
            if other != parent:
                mutual = other in tree.attacked_by(name)
                yield from walk(other, MUTUAL if mutual else "Against it:", depth + 1, name)

    for node in tree.on(question):
        if node.is_claim or node.id not in shown:
            yield from walk(node.id, "Claim" if node.is_claim else "Also:", 0)


_ELSEWHERE = "(its text stands under"
GREY = "#767676"  # 4.5 to 1 against white and against black


def question_html(tree: ArgumentMap, question: str, after: str = "") -> str:
    """One question of the outline as nested lists; closed when ``after`` is given.

    >>> question_html(course_map(), "Q2", after="Predict first").partition(" Q2")[0]
    '<details><summary>Predict first:'
    """
    words = html.escape(f"{question}. {tree.questions[question]}")
    parts, depth = [], -1
    for line in lines(tree, question):
        if line.depth > depth:
            parts.append("<ul>" * (line.depth - depth))
        else:
            parts.append("</li>" + "</ul></li>" * (depth - line.depth))
        parts.append(f"<li>{_line_html(line, tree.camps[line.node.camp])}")
        depth = line.depth
    parts.append("</li></ul>" * (depth + 1))
    body = "".join(parts)
    if not after:
        return f"<p><strong>{words}</strong></p>{body}"
    return f"<details><summary>{html.escape(after)}: {words}</summary>{body}</details>"


def _line_html(line: Line, camp: str) -> str:
    node = line.node
    role = f"{line.role} <code>{html.escape(node.id)}</code>"
    if line.again:
        return f"{role} {_ELSEWHERE} {node.question})"
    text = html.escape(node.text)
    caution = f" {html.escape(node.caution)}" if node.caution else ""
    read = html.escape(f"{camp}: {node.cited}")
    entries = ", ".join(f'<a href="{data_link(f"ledger.md#{name}")}">{name}</a>' for name in node.facts)
    checked = f"; check: {entries}" if entries else ""
    if node.recalled:
        text = f'<span style="color: {GREY}">{text}</span>'
    return f"{role} {text} <em>[{read}{checked}]</em>{caution}"
