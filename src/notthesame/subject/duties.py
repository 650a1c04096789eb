"""What keeping a claim asks, in words, and how far a reader goes along with each position."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from . import arguments
from .argument_map import ArgumentMap
from .arguments import Duty


def in_words(
    tree: ArgumentMap, kept: arguments.Keeping
) -> Iterator[tuple[str, tuple[tuple[str, str, str], ...]]]:
    """What keeping a claim asks: headings, each with (node, why it stands here, text of the node).

    >>> from notthesame.subject.argument_map import course_map
    >>> kept = arguments.keeping(course_map(), "q2-voids")
    >>> [heading for heading, items in in_words(course_map(), kept) if items]
    ['Answer or reject', 'Reasons on the map that you have not taken up']
    """

    def items(duties: Collection[Duty], words: Any) -> tuple[tuple[str, str, str], ...]:
        return tuple((duty.node, words(duty), tree.nodes[duty.node].text) for duty in duties)

    def named(names: Collection[str], why: str) -> tuple[tuple[str, str, str], ...]:
        return tuple((name, why, tree.nodes[name].text) for name in names)

    yield (
        "Reject one or the other",
        items(kept.reject, lambda duty: f"You accept it. It {_attack(duty)}."),
    )
    yield "Answer or reject", items(kept.answer, lambda duty: f"It {_attack(duty)}. {_replies(duty)}")
    yield "Settled by your marks", items(kept.settled, lambda duty: f"It {_attack(duty)}. {_settled(duty)}")
    yield "You lean on", named(kept.relied[1:], "You accept it, so attacks on it count.")
    open_reasons = named(kept.open_reasons, "If you accept it, attacks on it count as well.")
    yield "Reasons on the map that you have not taken up", open_reasons
    yield "Reasons that you have given up", named(kept.lost_reasons, "You reject it.")


def _attack(duty: Duty) -> str:
    way = f", by way of {' and '.join(duty.path[1:-1])}" if len(duty.path) > 2 else ""
    first, *more = duty.against
    led = f", on which {duty.path[0]} leans{way}" if len(duty.path) > 1 else ""
    return f"attacks {first}{led}" + (f", and {', '.join(more)}" if more else "")


def _replies(duty: Duty) -> str:
    if duty.given:
        given = ", ".join(duty.given)
        return f"You reply with {given}, which it denies in turn: reject it, or answer it another way."
    if duty.replies:
        return f"A reply on the map: {', '.join(duty.replies)}."
    return "No reply on the map but a denial in return: the answer is yours to give."


def _settled(duty: Duty) -> str:
    if duty.given:
        return f"You answer it with {', '.join(duty.given)}."
    return "You reject it; the reason is yours to give."


def parting(
    tree: ArgumentMap, accepted: Collection[str], rejected: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    """For each position: its name, how far the reader goes along, and where they stop.

    >>> from notthesame.subject.argument_map import course_map
    >>> next(parting(course_map(), [], []))[2]
    'You have rejected nothing of it.'
    """
    for stop in arguments.stops(tree, accepted, rejected):
        agreed = f"{stop.agreed} of its {len(stop.path)} nodes accepted{' before it' if stop.at else ''}"
        where = f"{stop.at}: {tree.nodes[stop.at].text}" if stop.at else "You have rejected nothing of it."
        yield stop.name, agreed, where
