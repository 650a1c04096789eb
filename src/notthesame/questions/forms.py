"""The two forms of the test, A in the first lesson and B in the last: each item of A has a parallel one in B.

Both ask the same of other cases, so the reasons of one would answer the other. They are released when every
item of form B has been answered, or when the learner asks for them all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .. import questions
from .confidence import first_scored
from .model import Question
from .records import Record

BEFORE, AFTER = "00-pre-", "13-post-"  # form A and form B; what follows is the same in both items of a pair


@dataclass(frozen=True)
class Pair:
    """An item of form A, its parallel in form B, the first scored answer to each, None while it is open."""

    before: Question
    after: Question
    first: Record | None = None
    second: Record | None = None


def pairs(records: Iterable[Record] = ()) -> tuple[Pair, ...]:
    """Every pair, in the order of form A, with what was answered first to either item.

    records: in the order given.

    >>> pairs()[0].before.id, pairs()[0].after.id
    ('00-pre-four-groups', '13-post-four-groups')
    """
    known, given = questions.known_questions(), first_scored(records)
    both = (
        (question, known[AFTER + name[len(BEFORE) :]])
        for name, question in known.items()
        if name.startswith(BEFORE) and AFTER + name[len(BEFORE) :] in known
    )
    return tuple(Pair(a, b, given.get(a.id), given.get(b.id)) for a, b in both)


def still_open(records: Iterable[Record]) -> int:
    """How many items of form B have no answer yet; with none open, the reasons of both forms are released.

    >>> still_open([]) == len(pairs())
    True
    """
    given = first_scored(records)
    return sum(name.startswith(AFTER) and name not in given for name in questions.known_questions())
