"""The argument map as text, by question: claims, what is for each, what is against that, and so on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from .. import _html, evidence
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
class Outline(_html.Block):
    """The map as text, by question: claims, what is for each, what is against that, and so on."""

    tree: ArgumentMap
    chosen: tuple[str, ...]
    after: str = ""

    def __repr__(self) -> str:
        return "\n".join(line for question in self.chosen for line in self._lines(question))

    def __html__(self) -> Markup:
        return _html.lines(question_html(self.tree, question, self.after) for question in self.chosen)

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
RECALLED = Markup("<i>{}</i>")  # as the lab shows it; no grey keeps its contrast on every ground


def question_html(tree: ArgumentMap, question: str, after: str = "") -> Markup:
    """One question of the outline as nested lists; closed when ``after`` is given.

    >>> str(question_html(course_map(), "Q2", after="Predict first")).partition(" Q2")[0]
    '<details><summary>Predict first:'
    """
    words = f"{question}. {tree.questions[question]}"
    parts, depth = [], -1
    for line in lines(tree, question):
        if line.depth > depth:
            parts.append(Markup("<ul>") * (line.depth - depth))
        else:
            parts.append(Markup("</li>") + Markup("</ul></li>") * (depth - line.depth))
        parts.append(Markup("<li>{}").format(_line_html(line, tree.camps[line.node.camp])))
        depth = line.depth
    parts.append(Markup("</li></ul>") * (depth + 1))
    body = Markup().join(parts)
    return _html.details(f"{after}: {words}", body) if after else _html.paragraph("", words) + body


def _line_html(line: Line, camp: str) -> Markup:
    node = line.node
    role = Markup("{} <code>{}</code>").format(line.role, node.id)
    if line.again:
        return Markup("{} {} {})").format(role, _ELSEWHERE, node.question)
    text = node.text
    if node.recalled:
        text = RECALLED.format(text)
    entries = Markup(", ").join(evidence.ledger_link(name, name) for name in node.facts)
    checked = Markup("; check: {}").format(entries) if entries else ""
    caution = f" {node.caution}" if node.caution else ""
    return Markup("{} {} <em>[{}: {}{}]</em>{}").format(role, text, camp, node.cited, checked, caution)
