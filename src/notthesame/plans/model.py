"""A plan as every part of the kit uses it: sessions of blocks with minutes, and what goes when it is late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

LOW, HIGH = 35, 70  # per cent right after the first vote, between which pairs talk
SHARES = (f"Under `{LOW} %`", f"From `{LOW} %` to `{HIGH} %`", f"Over `{HIGH} %`")  # as the notes say it


REVEALS = ("verdicts", "views", "grid")


@dataclass(frozen=True)
class Vote:
    """A concept question, and the minutes that it takes from the count on, in each of its three branches.

    under, between, over: where less than ``LOW`` per cent are right, up to ``HIGH``, and more.
    """

    question: str
    under: int
    between: int
    over: int

    @property
    def minutes(self) -> tuple[int, int, int]:
        """The minutes of the branches, fewest right first."""
        return self.under, self.between, self.over


@dataclass(frozen=True)
class Block:
    """A part of a session.

    do: what the instructor does. screen: what is to be seen; laptops: what else where people have some. say:
    sentences to say aloud. write: what people write on their sheet, with space for it. cases, votes, ask: ids
    of vignettes, votes, and ids of questions asked without a vote. reveal: what slides show after each case,
    "verdicts", "views" or both, and "grid" for that of the session. votes_first: whether its votes come
    before its cases. shorter: the minutes for each lateness of the session, none where nothing goes. goes:
    what is left out for that. decide: whether one looks here at what must go.
    """

    name: str
    minutes: int
    do: str
    screen: str = ""
    laptops: str = ""
    say: tuple[str, ...] = ()
    write: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    votes: tuple[Vote, ...] = ()
    ask: tuple[str, ...] = ()
    reveal: tuple[str, ...] = ("verdicts",)
    votes_first: bool = False
    shorter: tuple[int, ...] = ()
    goes: str = ""
    decide: bool = False

    def left(self, cut: int) -> int:
        """Its minutes after so many cuts of the session; 0 cuts are none.

        >>> Block("Age", 12, "", shorter=(8, 8)).left(1)
        8
        """
        return self.shorter[cut - 1] if cut and self.shorter else self.minutes


@dataclass(frozen=True)
class Session:
    """Blocks without a longer rest between them, on one lesson.

    late: by how many minutes the whole is shorter after each cut. groups: ids of cases that a small group
    works on. grid: ids of the cases of the grid. around: ids of cases for whoever goes around the others.
    exit: ids of the questions of the exit ticket. without_minors: by id of a question, which one takes its
    place where a minor is spoken of. handout: sections of the lesson whose lists and tables stand on the
    handout. day: 1 for the first. rest: minutes of rest before it on its day.
    """

    name: str
    lesson: str
    blocks: tuple[Block, ...]
    late: tuple[int, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    grid: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    exit: tuple[str, ...] = ()
    without_minors: Mapping[str, str] = field(default_factory=dict)
    handout: tuple[str, ...] = ()
    day: int = 1
    rest: int = 0

    @property
    def minutes(self) -> int:
        """How long it takes when nothing goes."""
        return sum(block.minutes for block in self.blocks)

    @property
    def votes(self) -> tuple[Vote, ...]:
        """Its votes, in order."""
        return tuple(vote for block in self.blocks for vote in block.votes)

    @property
    def cases(self) -> tuple[str, ...]:
        """The ids of every case that somebody may have in hand: of the blocks, the grid, the route around."""
        named = (name for block in self.blocks for name in block.cases)
        return tuple(dict.fromkeys((*self.grid, *named, *self.around)))

    def starts(self) -> Iterator[tuple[Block, int]]:
        """Each block with the minute at which it starts.

        >>> [at for _, at in Session("", "02", (Block("A", 8, ""), Block("B", 7, ""))).starts()]
        [0, 8]
        """
        return zip(self.blocks, accumulate((block.minutes for block in self.blocks), initial=0), strict=False)

    def latest(self, place: int, cut: int) -> int:
        """The minute by which a block must start so that the whole ends in time after so many cuts.

        >>> Session("", "02", (Block("A", 8, ""), Block("B", 7, "", shorter=(5,))), late=(2,)).latest(1, 1)
        10
        """
        return self.minutes - sum(block.left(cut) for block in self.blocks[place:])


@dataclass(frozen=True)
class Plan:
    """A plan: ``name`` is its file's, as "90-minutes"; ``page``, of ``instructors``, has its tables."""

    name: str
    title: str
    sessions: tuple[Session, ...]
    page: str = ""
