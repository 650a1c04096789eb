"""The argument map of the consent debate, and what must be rejected or answered to keep a claim on it.

Nothing is accepted at the start. Every function here starts from what a reader accepts and rejects, and says
what follows from that for the reader; none says which claims win, for what survives a computation depends on
which replies a map happens to hold. Support and attack both count.
"""

from __future__ import annotations

import html
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from . import definitions, evidence
from ._loading import FileFaults, no_such, read_yaml, structure
from .course import course_file, data_link

SUPPORTS, ATTACKS = "supports", "attacks"
CLAIM = "claim"
MUTUAL = "Against it, and denied by it in turn:"
OWN = "own"  # the camp, and the reading, of an objection that a reader adds
COMMON_GROUND = ("law", "empirical", "shared")  # camps of texts and evidence, which are nobody's position
READINGS = {
    "primary": "found in the source",
    "secondary": "as a secondary source reports",
    "recalled": "from memory, source not read",
    OWN: "your own words",
}


@dataclass(frozen=True)
class Node:
    """One thought of the debate, as its holder would accept it, in our words.

    ``read`` says how far the thought was found in its source; ``facts`` are ledger entries to check it by.
    """

    id: str
    question: str
    kind: str
    camp: str
    text: str
    source: str
    read: str
    facts: tuple[str, ...] = ()
    caution: str = ""

    @property
    def is_claim(self) -> bool:
        """Whether it answers its question, and is not a reason or an objection."""
        return self.kind == CLAIM

    @property
    def recalled(self) -> bool:
        """Whether the thought is put from memory: a paraphrase of a position, not a fact about a source."""
        return self.read == "recalled"

    @property
    def cited(self) -> str:
        """Source and reading, as in "Khader 2020; found in the source"."""
        source = f"{evidence.cite(self.source).short}; " if self.source else ""
        return f"{source}{READINGS[self.read]}"


@dataclass(frozen=True)
class Edge:
    """``start`` supports or attacks ``end``."""

    start: str
    end: str
    relation: str
    note: str = ""


@dataclass(frozen=True)
class ArgumentMap:
    """Nodes and directed edges on a few questions. Orders are those of the file."""

    questions: Mapping[str, str]
    camps: Mapping[str, str]
    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]

    @cached_property
    def _into(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        return _gathered(((edge.end, edge.relation), edge.start) for edge in self.edges)

    @cached_property
    def _out_of(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        return _gathered(((edge.start, edge.relation), edge.end) for edge in self.edges)

    def node(self, name: str) -> Node:
        """One node; raises KeyError naming the nearest."""
        if name not in self.nodes:
            raise KeyError(no_such("node", name, self.nodes))
        return self.nodes[name]

    def attackers(self, name: str) -> tuple[str, ...]:
        """The nodes that attack this one."""
        return self._into.get((name, ATTACKS), ())

    def supporters(self, name: str) -> tuple[str, ...]:
        """The nodes that support this one."""
        return self._into.get((name, SUPPORTS), ())

    def attacked_by(self, name: str) -> tuple[str, ...]:
        """The nodes that this one attacks."""
        return self._out_of.get((name, ATTACKS), ())

    def supported_by(self, name: str) -> tuple[str, ...]:
        """The nodes that this one supports."""
        return self._out_of.get((name, SUPPORTS), ())

    def on(self, question: str) -> tuple[Node, ...]:
        """The nodes on one question, claims first; raises KeyError for a question there is not."""
        if question not in self.questions:
            raise KeyError(no_such("question of the map", question, self.questions))
        found = [node for node in self.nodes.values() if node.question == question]
        return tuple(sorted(found, key=lambda node: not node.is_claim))

    def with_objection(self, text: str, against: str, name: str = "own-1") -> ArgumentMap:
        """This map with one more objection, a reader's own.

        Raises ValueError when it says nothing or its name is taken, KeyError when there is nothing to attack.
        """
        if not text.strip():
            raise ValueError("an objection needs words: say what is wrong with the thought, or with its step")
        if name in self.nodes:
            raise ValueError(f"there is a node {name!r} already; give the objection another name")
        target = self.node(against)
        node = Node(name, target.question, "objection", OWN, text.strip(), "", OWN)
        return replace(
            self,
            camps={**self.camps, OWN: "your own"},
            nodes={**self.nodes, name: node},
            edges=(*self.edges, Edge(name, against, ATTACKS)),
        )


def _gathered(pairs: Iterable[tuple[Any, str]]) -> dict[Any, tuple[str, ...]]:
    found: dict[Any, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


# --- keeping a claim ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Duty:
    """A node that attacks what a reader relies on.

    ``against`` are the relied nodes that it attacks; ``path`` leads from the claim to the first of them.
    ``replies`` are other nodes that attack it, ``given`` the accepted nodes that answer one of its attacks. A
    node under attack is no reply to that attack.
    """

    node: str
    against: tuple[str, ...]
    path: tuple[str, ...]
    replies: tuple[str, ...] = ()
    given: tuple[str, ...] = ()


@dataclass(frozen=True)
class Keeping:
    """What a reader who keeps ``claim`` takes on.

    relied: the claim, then the accepted nodes it leans on, as supports or as replies to attacks.
    reject: attackers of these that the reader holds as well; one or the other must go.
    answer: attackers that the reader has neither rejected nor answered yet.
    settled: attackers that the reader has rejected, or answered by a reply that they accept.
    open_reasons, lost_reasons: direct supports not accepted yet, and those rejected.
    """

    claim: str
    relied: tuple[str, ...]
    reject: tuple[Duty, ...]
    answer: tuple[Duty, ...]
    settled: tuple[Duty, ...]
    open_reasons: tuple[str, ...]
    lost_reasons: tuple[str, ...]


def stance(
    tree: ArgumentMap, accepted: Collection[str] = (), rejected: Collection[str] = ()
) -> tuple[frozenset[str], frozenset[str]]:
    """What is accepted and rejected, checked. Raises ValueError for an unknown node or one that is both."""
    for names, word in ((accepted, "accepted"), (rejected, "rejected")):
        if isinstance(names, str):
            raise ValueError(f"{word} is the text {names!r}; give a list of nodes, such as ['{names}']")
        for name in names:
            if name not in tree.nodes:
                raise ValueError(no_such("node", name, tree.nodes))
    both = sorted({*accepted} & {*rejected})
    if both:
        raise ValueError(f"{', '.join(both)} cannot be both accepted and rejected")
    return frozenset(accepted), frozenset(rejected)


def keeping(
    tree: ArgumentMap, claim: str, accepted: Collection[str] = (), rejected: Collection[str] = ()
) -> Keeping:
    """What keeping ``claim`` asks of somebody who accepts and rejects these nodes.

    Attacks count on the claim and on everything accepted that it leans on, step by step; each node is visited
    once. A denial in return is no answer: of two nodes that attack each other, neither settles the other.
    Raises ValueError for a node that is not on the map, or a claim that the reader rejects.
    """
    yes, no = stance(tree, accepted, rejected)
    yes, no = stance(tree, yes | {claim}, no)
    before = _relied(tree, claim, yes)
    found: dict[str, list[str]] = {}
    for name in before:
        for attacker in tree.attackers(name):
            found.setdefault(attacker, []).append(name)
    duties: dict[str, list[Duty]] = {"reject": [], "answer": [], "settled": []}
    for attacker, against in found.items():
        replies = tuple(name for name in tree.attackers(attacker) if name not in against)
        given = tuple(n for n in tree.attackers(attacker) if n in yes - {claim} and {*against} - {n})
        duty = Duty(attacker, tuple(against), _path(before, against[0]), replies, given)
        answered = all({*given} - {target} for target in against)
        kind = "reject" if attacker in yes else "settled" if attacker in no or answered else "answer"
        duties[kind].append(duty)
    reasons = tree.supporters(claim)
    return Keeping(
        claim,
        tuple(before),
        reject=tuple(duties["reject"]),
        answer=tuple(duties["answer"]),
        settled=tuple(duties["settled"]),
        open_reasons=tuple(name for name in reasons if name not in yes | no),
        lost_reasons=tuple(name for name in reasons if name in no),
    )


def _relied(tree: ArgumentMap, claim: str, accepted: Collection[str]) -> dict[str, str]:
    """The claim and the accepted nodes it leans on, nearest first, each with the node that led to it."""
    before = {claim: ""}
    queue = deque([claim])
    while queue:
        name = queue.popleft()
        replies = (r for attacker in tree.attackers(name) for r in tree.attackers(attacker) if r != name)
        for other in (*tree.supporters(name), *replies):
            if other in accepted and other not in before:
                before[other] = name
                queue.append(other)
    return before


def _path(before: Mapping[str, str], name: str) -> tuple[str, ...]:
    steps = [name]
    while before[steps[-1]]:
        steps.append(before[steps[-1]])
    return tuple(reversed(steps))


# --- does it hold together, and where does it part from others ------------------------------------------


@dataclass(frozen=True)
class Tension:
    """Marks that pull against each other, and why. ``kind`` is one of the three of ``tensions``."""

    kind: str
    nodes: tuple[str, ...]
    words: str


BOTH, BARE, UNUSED = "both sides", "no reason left", "reasons without the claim"


def tensions(
    tree: ArgumentMap, accepted: Collection[str] = (), rejected: Collection[str] = ()
) -> tuple[Tension, ...]:
    """Where marks pull against each other.

    "both sides": two accepted nodes, one of which attacks the other. "no reason left": an accepted claim all
    of whose reasons on the map are rejected. "reasons without the claim": a rejected claim with an accepted
    reason, and nothing accepted against it. Only the first cannot stand as it is.
    """
    yes, no = stance(tree, accepted, rejected)
    pairs = {tuple(sorted((e.start, e.end))) for e in tree.edges if e.relation == ATTACKS}
    found = [
        Tension(BOTH, (one, two), f"You accept {one} and {two}, and one of them denies the other.")
        for one, two in sorted(pairs)
        if {one, two} <= yes
    ]
    for node in tree.nodes.values():
        reasons = {*tree.supporters(node.id)}
        if node.is_claim and node.id in yes and reasons and reasons <= no:
            words = f"You accept {node.id} and reject every reason the map has for it: give one of your own."
            found.append(Tension(BARE, (node.id,), words))
        kept = tuple(name for name in tree.supporters(node.id) if name in yes)
        if node.is_claim and node.id in no and kept and not yes & {*tree.attackers(node.id)}:
            words = f"You reject {node.id} and accept {', '.join(kept)} in its favour: say what outweighs it."
            found.append(Tension(UNUSED, (node.id, *kept), words))
    return tuple(found)


@dataclass(frozen=True)
class Stop:
    """Where a reader who follows a position stops: ``at`` is the first node that they reject, or None.

    ``path`` is the position in the order of the questions, reasons before claims. ``agreed`` counts the nodes
    accepted before the stop, ``unmarked`` those before it that are neither accepted nor rejected.
    """

    camp: str
    name: str
    path: tuple[str, ...]
    at: str | None
    agreed: int
    unmarked: int


def stops(
    tree: ArgumentMap, accepted: Collection[str] = (), rejected: Collection[str] = ()
) -> tuple[Stop, ...]:
    """For each position, the first node that the reader rejects. Camps of texts and evidence are left out."""
    yes, no = stance(tree, accepted, rejected)
    found = []
    for camp, name in tree.camps.items():
        if camp in (*COMMON_GROUND, OWN):
            continue
        mine = [node for question in tree.questions for node in _reasons_first(tree, question)]
        path = tuple(node.id for node in mine if node.camp == camp)
        at = next((name for name in path if name in no), None)
        before = path[: path.index(at)] if at else path
        agreed = sum(name in yes for name in before)
        found.append(Stop(camp, name, path, at, agreed, len(before) - agreed))
    return tuple(found)


def _reasons_first(tree: ArgumentMap, question: str) -> list[Node]:
    return sorted(tree.on(question), key=lambda node: node.is_claim)


# --- the outline ----------------------------------------------------------------------------------------


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
    """
    tree = argument_map()
    for question in questions:
        tree.on(question)
    return Outline(tree, questions or tuple(tree.questions), after)


def lines(tree: ArgumentMap, question: str) -> Iterator[Line]:
    """The outline of one question. Each of its nodes stands in full once; a node met again is only named."""
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
    """One question of the outline as nested lists; closed when ``after`` is given."""
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


# --- theories on the invented cases ---------------------------------------------------------------------


@dataclass(frozen=True)
class Views:
    """What theories say of some invented cases, a theory to each verdict; closed when ``after`` is given."""

    cases: tuple[definitions.Vignette, ...]
    after: str = ""

    def __repr__(self) -> str:
        return "\n".join(": ".join(row[:2]) + f". {row[2]} {row[3]}" for row in self._rows())

    def _rows(self) -> Iterator[tuple[str, str, str, str]]:
        for case in self.cases:
            for view in case.more["views"]:
                verdict = str(view["verdict"])
                said = f"{verdict[:1].upper()}{verdict[1:]}."
                yield case.title, str(view["view"]), said, str(view["why"])

    def _repr_html_(self) -> str:
        left = ' style="text-align:left"'
        heads = ("Case", "Theory", "What it says", "Why")
        head = "".join(f'<th scope="col"{left}>{name}</th>' for name in heads)
        body = "".join(
            f'<tr><th scope="row"{left}>{html.escape(first)}</th>'
            + "".join(f"<td{left}>{html.escape(cell)}</td>" for cell in rest)
            + "</tr>"
            for first, *rest in self._rows()
        )
        caption = "<caption>Invented cases; what each theory says of them is put in our words</caption>"
        table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        summary = html.escape(self.after)
        return f"<details><summary>{summary}</summary>{table}</details>" if self.after else table


def views(*cases: str, after: str = "") -> Views:
    """What theories say of these cases, as in ``views("v03-promised")``.

    Raises KeyError naming the nearest for a case there is not, ValueError for one on which no theory speaks.
    """
    found = tuple(map(definitions.vignette, cases))
    for case in found:
        if "views" not in case.more:
            raise ValueError(f"no theory speaks on {case.id}; cases v01 to v14 have views")
    return Views(found, after)


# --- reading the file -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _RawNode:
    id: str
    question: str
    kind: str
    camp: str
    text: str
    source: str
    read: str
    facts: tuple[str, ...] = ()
    caution: str = ""


@dataclass(frozen=True)
class _RawEdge:
    from_: str
    to: str
    relation: str
    note: str = ""


@dataclass(frozen=True)
class _RawMap:
    title: str
    questions: dict[str, str]
    camps: dict[str, str]
    kinds: tuple[str, ...]
    notes: str = ""
    reading: str = ""
    nodes: tuple[Any, ...] = field(default_factory=tuple)
    edges: tuple[Any, ...] = field(default_factory=tuple)


@cache
def argument_map() -> ArgumentMap:
    """The course's map (``data/argument_map.yaml``)."""
    return load_map(course_file("data", "argument_map.yaml"))


def load_map(path: Path) -> ArgumentMap:
    """A map from its file. Raises FileFaults with every fault, where it is and what is allowed."""
    raw, faults = structure(read_yaml(path), _RawMap)
    if raw is None:
        raise FileFaults(path, faults)
    nodes: dict[str, Node] = {}
    for number, entry in enumerate(raw.nodes, 1):
        name = str(entry.get("id", f"number {number}")) if isinstance(entry, dict) else f"number {number}"
        read, wrong = structure(entry, _RawNode)
        if read:
            wrong += _node_faults(read, raw)
            wrong += [f"the id {name} stands twice"] if name in nodes else []
            nodes[name] = Node(**{key: getattr(read, key) for key in _RawNode.__dataclass_fields__})
        faults += [f"node {name}: {fault}" for fault in wrong]
    edges = []
    for number, entry in enumerate(raw.edges, 1):
        renamed = {("from_" if key == "from" else key): value for key, value in dict(entry).items()}
        link, wrong = structure(renamed, _RawEdge)
        if link:
            wrong += _edge_faults(link, nodes)
            edges.append(Edge(link.from_, link.to, link.relation, link.note))
        faults += [f"edge {number}: {fault.replace('from_', 'from')}" for fault in wrong]
    ends = Counter((edge.start, edge.end) for edge in edges)
    faults += [f"the edge from {a} to {b} stands {n} times" for (a, b), n in ends.items() if n > 1]
    joined = {end for pair in ends for end in pair}
    faults += [f"node {name}: no edge leads to it or from it" for name in nodes if name not in joined]
    if faults:
        raise FileFaults(path, faults)
    return ArgumentMap(raw.questions, raw.camps, nodes, tuple(edges))


def _node_faults(node: _RawNode, raw: _RawMap) -> list[str]:
    """Faults of one node: names that are not declared, and a reading that its facts do not bear out."""
    allowed: tuple[tuple[str, Collection[str]], ...] = (
        ("question", raw.questions),
        ("camp", raw.camps),
        ("kind", raw.kinds),
        ("read", evidence.READ),
    )
    faults = [
        f"{name} is {getattr(node, name)!r}; allowed: {', '.join(names)}"
        for name, names in allowed
        if getattr(node, name) not in names
    ]
    if not node.text.strip():
        faults.append("text is empty")
    if node.source not in evidence.known_sources():
        faults.append(no_such("source", node.source, evidence.known_sources()))
    known = evidence.known_facts()
    faults += [no_such("fact", name, known) for name in node.facts if name not in known]
    reads = {known[name].read for name in node.facts if name in known}
    if "recalled" in reads:
        faults.append("a recalled fact is never printed; name another or none")
    if node.read == "primary" and "primary" not in reads:
        faults.append("read is primary, but no fact it names was read in the source")
    if not node.facts and node.read != "recalled":
        faults.append(f"read is {node.read}, but it names no fact; without one it is recalled")
    return faults


def _edge_faults(edge: _RawEdge, nodes: Mapping[str, Node]) -> list[str]:
    faults = [no_such("node", end, nodes) for end in (edge.from_, edge.to) if end not in nodes]
    if edge.relation not in (SUPPORTS, ATTACKS):
        faults.append(f"relation is {edge.relation!r}; allowed: {SUPPORTS}, {ATTACKS}")
    if edge.from_ == edge.to:
        faults.append(f"{edge.to} points at itself")
    return faults
