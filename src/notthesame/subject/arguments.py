"""What must be rejected or answered to keep a claim of the argument map, and where positions part.

Nothing is accepted at the start. Every function here starts from what a reader accepts and rejects, and says
what follows from that for the reader; none says which claims win, for what survives a computation depends on
which replies a map happens to hold. Support and attack both count.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from .._loading import no_such
from .._reading import several
from .argument_map import ATTACKS, OWN, ArgumentMap, Node

COMMON_GROUND = ("law", "empirical", "shared")  # camps of texts and evidence, which are nobody's position

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
    """What is accepted and rejected, checked. Raises ValueError for an unknown node or one that is both.

    >>> from notthesame.subject.argument_map import course_map
    >>> stance(course_map(), accepted=["q1-yes"])
    (frozenset({'q1-yes'}), frozenset())
    """
    accepted, rejected = several(accepted, "accepted", "node"), several(rejected, "rejected", "node")
    for name in (*accepted, *rejected):
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

    >>> from notthesame.subject.argument_map import course_map
    >>> [duty.node for duty in keeping(course_map(), "q2-voids").answer]
    ['q2-proves-too-much', 'q2-degrees', 'q2-stands']
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

    >>> from notthesame.subject.argument_map import course_map
    >>> tensions(course_map(), accepted=["q2-voids", "q2-stands"])[0].words
    'You accept q2-stands and q2-voids, and one of them denies the other.'
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
    accepted before the stop.
    """

    camp: str
    name: str
    path: tuple[str, ...]
    at: str | None
    agreed: int


def stops(
    tree: ArgumentMap, accepted: Collection[str] = (), rejected: Collection[str] = ()
) -> tuple[Stop, ...]:
    """For each position, the first node that the reader rejects. Camps of texts and evidence are left out.

    >>> from notthesame.subject.argument_map import course_map
    >>> {stop.at for stop in stops(course_map(), rejected=["q3-ban"])} - {None}
    {'q3-ban'}
    """
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
        found.append(Stop(camp, name, path, at, agreed))
    return tuple(found)


def _reasons_first(tree: ArgumentMap, question: str) -> list[Node]:
    return sorted(tree.on(question), key=lambda node: node.is_claim)
