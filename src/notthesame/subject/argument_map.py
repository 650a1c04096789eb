"""The argument map of the consent debate as data: nodes, edges, questions, camps, and reading its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from .. import evidence
from .._loading import FileFaults, name_of, named, no_such, read_yaml, structure
from .._reading import shown
from ..course import course, read_once

SUPPORTS, ATTACKS = "supports", "attacks"
CLAIM = "claim"
OWN = "own"  # the camp, and the reading, of an objection that a reader adds
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
            raise ValueError(f"there is a node {shown(name)} already; give the objection another name")
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


@read_once
def course_map() -> ArgumentMap:
    """The course's map (``data/argument_map.yaml``).

    >>> course_map().attackers("q2-voids")
    ('q2-proves-too-much', 'q2-degrees', 'q2-stands')
    """
    return load_map(course().file("data", "argument_map.yaml"))


def load_map(path: Path) -> ArgumentMap:
    """A map from its file. Raises FileFaults with every fault, where it is and what is allowed.

    >>> list(load_map(course().file("data", "argument_map.yaml")).questions)
    ['Q1', 'Q2', 'Q3', 'Q4']
    """
    raw, faults = structure(read_yaml(path), _RawMap)
    if raw is None:
        raise FileFaults(path, faults)
    nodes: dict[str, Node] = {}
    for number, entry in enumerate(raw.nodes, 1):
        name = name_of(entry, number)
        read, wrong = structure(entry, _RawNode)
        if read:
            wrong += _node_faults(read, raw)
            wrong += [f"the id {name} stands twice"] if name in nodes else []
            nodes[name] = Node(**{key: getattr(read, key) for key in _RawNode.__dataclass_fields__})
        faults += [f"node {name}: {fault}" for fault in wrong]
    edges = []
    for number, entry in enumerate(raw.edges, 1):
        link, wrong = structure(_renamed(entry), _RawEdge)
        if link:
            wrong += _edge_faults(link, nodes)
            edges.append(Edge(link.from_, link.to, link.relation))
        faults += [f"edge {number}: {fault.replace('from_', 'from')}" for fault in wrong]
    ends = Counter((edge.start, edge.end) for edge in edges)
    faults += [f"the edge from {a} to {b} stands {n} times" for (a, b), n in ends.items() if n > 1]
    joined = {end for pair in ends for end in pair}
    faults += [f"node {name}: no edge leads to it or from it" for name in nodes if name not in joined]
    if faults:
        raise FileFaults(path, faults)
    return ArgumentMap(raw.questions, raw.camps, nodes, tuple(edges))


def _renamed(entry: Any) -> Any:
    """An entry whose field "from", a word of Python's, has the name of the class's."""
    if not isinstance(entry, dict):
        return entry
    return {("from_" if key == "from" else key): value for key, value in entry.items()}


def _node_faults(node: _RawNode, raw: _RawMap) -> list[str]:
    """Faults of one node: names that are not declared, and a reading that its facts do not bear out."""
    allowed: tuple[tuple[str, Collection[str]], ...] = (
        ("question", raw.questions),
        ("camp", raw.camps),
        ("kind", raw.kinds),
        ("read", evidence.READ),
    )
    faults = [
        f"{name} is {shown(getattr(node, name))}; allowed: {', '.join(names)}"
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
        faults.append(f"read is {named(node.read)}, but it names no fact; without one it is recalled")
    return faults


def _edge_faults(edge: _RawEdge, nodes: Mapping[str, Node]) -> list[str]:
    faults = [no_such("node", end, nodes) for end in (edge.from_, edge.to) if end not in nodes]
    if edge.relation not in (SUPPORTS, ATTACKS):
        faults.append(f"relation is {shown(edge.relation)}; allowed: {SUPPORTS}, {ATTACKS}")
    if edge.from_ == edge.to:
        faults.append(f"{edge.to} points at itself")
    return faults
