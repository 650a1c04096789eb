"""Questions for lesson 12 from the argument map: a claim, two reasons for it, and a reply by somebody else.

Where the two part follows from the edges of the map. The four options are the same for every reply, and the
right one is drawn first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from random import Random

from ...questions import Question, misconceptions
from ...subject.argument_map import Node, course_map
from .model import Place, Task, single

FIRST, SECOND, CLAIM, NOTHING = "first", "second", "claim", "nothing"
PLACES = (FIRST, SECOND, CLAIM, NOTHING)
SECTIONS: Mapping[str, str] = {
    "Q1": "Is there an ethical way?",
    "Q2": "Does constraint void consent?",
    "Q3": "Does punishment follow?",
    "Q4": "Does the line matter to a prohibitionist?",
}
_TEXTS: Mapping[str, str] = {
    FIRST: "On the first reason",
    SECOND: "On the second reason",
    CLAIM: "On the claim, with both reasons left alone",
    NOTHING: "On nothing said here, for one can hold both",
}
_BELIEFS: Mapping[tuple[bool, str], str] = {
    # whether the right place is a reason, and where the reader sees the parting
    (True, FIRST): "part-on-everything",
    (True, SECOND): "part-on-everything",
    (True, CLAIM): "reasons-cost-nothing",
    (True, NOTHING): "milder-thesis",
    (False, FIRST): "part-on-everything",
    (False, SECOND): "part-on-everything",
    (False, CLAIM): "one-camp-one-reason",
    (False, NOTHING): "milder-thesis",
}
_NOTE = "The edges are those of the course's map; whoever argues well for another one is to be heard."


@dataclass(frozen=True)
class Exchange:
    """A claim with two reasons, and a reply: ids of the map."""

    claim: str
    first: str
    second: str
    reply: str

    @property
    def parts(self) -> str:
        """Where the two part, by the edges of the map."""
        attacked = course_map().attacked_by(self.reply)
        places = ((self.first, FIRST), (self.second, SECOND), (self.claim, CLAIM))
        return next((place for name, place in places if name in attacked), NOTHING)

    def texts(self) -> tuple[str, str]:
        """The two voices as they are read out."""
        claim, first, second, reply = (
            course_map().node(name).text for name in (self.claim, self.first, self.second, self.reply)
        )
        one = f"The first writer claims: {claim} First reason: {first} Second reason: {second}"
        return one, f"The second writer says: {reply}"


@cache
def exchanges() -> Mapping[str, tuple[Exchange, ...]]:
    """Every exchange that the map gives, by where its two writers part.

    Thoughts put from memory are left out, and so is a reply that touches more than one place.

    >>> [place for place, found in exchanges().items() if len(found) > 5]
    ['first', 'second', 'claim', 'nothing']
    """
    found = [*_every()]
    return {place: tuple(each for each in found if each.parts == place) for place in PLACES}


def _every() -> Iterator[Exchange]:
    known = course_map()
    for claim in filter(_usable, known.nodes.values()):
        if not claim.is_claim:
            continue
        reasons = [n for n in known.supporters(claim.id) if _usable(known.node(n)) and _is_of(n, claim)]
        for one, other in combinations(reasons, 2):
            replies = (n for n in known.nodes.values() if _usable(n) and n.question == claim.question)
            for reply in replies:
                if _plain(reply.id, (claim.id, one, other)):
                    yield Exchange(claim.id, one, other, reply.id)
                    yield Exchange(claim.id, other, one, reply.id)


def _usable(node: Node) -> bool:
    return not node.recalled


def _is_of(name: str, claim: Node) -> bool:
    node = course_map().node(name)
    return node.question == claim.question and not node.is_claim and _takes_a_side(name)


def _takes_a_side(name: str) -> bool:
    """Whether a thought is a reason for one claim at most; some are said to fit rival ones."""
    known = course_map()
    return sum(known.node(end).is_claim for end in known.supported_by(name)) < 2


def _plain(reply: str, said: tuple[str, str, str]) -> bool:
    """Whether a reply touches one of these by the map, or is a third reason that no thought here denies."""
    known = course_map()
    attacked = set(known.attacked_by(reply)) & set(said)
    against = set(known.attackers(reply)) & set(said)
    supported = set(known.supported_by(reply)) & set(said)
    if reply in said or len(attacked) > 1 or against - attacked or not _takes_a_side(reply):
        return False
    return not supported if attacked else supported == {said[0]}


def question(name: str, rng: Random) -> tuple[Question, Exchange]:
    """A question on where two writers part, and the exchange behind it.

    >>> made, exchange = question("g12-1-1", Random(1))
    >>> made.options[made.key[0]].text == _TEXTS[exchange.parts]
    True
    """
    exchange = rng.choice(exchanges()[rng.choice(PLACES)])
    right = exchange.parts
    options = [(_TEXTS[place], *_told(exchange, place, right)) for place in PLACES]
    section = SECTIONS[course_map().node(exchange.claim).question]
    # No case: the writers are invented, and their thoughts are not.
    stem = " ".join((*exchange.texts(), "On which thought do the two part?"))
    return single(Place(name, 12, 2, section), "", stem, options), exchange


def _told(exchange: Exchange, place: str, right: str) -> tuple[str, str | None]:
    said = {
        FIRST: "The reply denies the first reason, and neither the second nor the claim.",
        SECOND: "The reply denies the second reason, and neither the first nor the claim.",
        CLAIM: "The reply goes against the claim, and says nothing of either reason.",
        NOTHING: "The reply is one more reason for the same claim, and denies neither of the two.",
    }[right]
    if place == right:
        return f"{said} {_NOTE}", None
    slug = _BELIEFS[right in (FIRST, SECOND), place]
    return f"{said} {misconceptions()[slug].instead}", slug


# --- the task -----------------------------------------------------------------------------------------------


def task(rng: Random) -> Task:
    """Two writers to bring to a joint statement, a model answer, and the scheme.

    >>> len(task(Random(1)).scheme)
    4
    """
    exchange = rng.choice(exchanges()[rng.choice((FIRST, SECOND))])
    denied = exchange.first if exchange.parts == FIRST else exchange.second
    other = exchange.second if exchange.parts == FIRST else exchange.first
    known = course_map()
    ask = (
        *exchange.texts(),
        "Write a joint statement of the two, about 250 words: (1) each position in a sentence that "
        "its holder "
        "would sign; (2) the premise on which they part; (3) something that both can hold; (4) for "
        "each writer, "
        "what would count against her or his own view.",
        "Which of them you agree with is not asked, and is not marked. Nothing about yourself is asked for.",
    )
    answer = (
        f"They part on this: {known.node(denied).text} The second writer denies it: "
        f"{known.node(exchange.reply).text}",
        f"Nothing that the second writer says touches the other reason: {known.node(other).text} Both "
        f"may hold "
        "it; whether the claim stands on it alone is a question of its own.",
        "Against the first writer counts whatever shows that the premise fails where it is needed; "
        "against the "
        "second, whatever shows that it holds there. Each may be a fact or a further reason, and a "
        "good answer "
        "says which.",
        _NOTE,
    )
    return Task(ask, answer, _SCHEME)


_SCHEME = (
    (
        "Positions",
        "both could be signed by their holders: nothing milder, nothing cruder",
        "one could be; the other has one word that its holder would strike out",
        "both have such a word",
        "a position is left out or mocked",
    ),
    (
        "Where they part",
        "the one premise is named, in a sentence that one affirms and the other denies",
        "the right premise is named, with another that is not in dispute",
        "only the conclusions are set against each other",
        "no premise",
    ),
    (
        "What both can hold",
        "a sentence that follows from neither conclusion and that the texts leave untouched",
        "such a sentence, but one text speaks against a part of it",
        "a compromise halfway, in place of something shared",
        "nothing",
    ),
    (
        "What would count against it",
        "for each writer something that can be looked up or argued, and that bears on the premise",
        "for one writer so; for the other it bears on the conclusion only",
        "more facts are called for, without saying which",
        "nothing",
    ),
)
