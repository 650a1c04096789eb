"""Counts of a class. Those of two parts add up to those of the whole, so that a class may be read in parts.

A part holds whole learners: all files of one pseudonym belong to the same part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from ..statistics.calibration import nearest_ten
from ..statistics.items import Scale, Shares, Two
from .learners import Learner, Mark
from .plan import FORM_A, FORM_B, Plan, the_plan

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grid: TypeAlias = NDArray[np.int64]  # a row a learner, a column a question; 0 or 1
    Flags: TypeAlias = NDArray[np.bool_]

CHUNK = 500  # learners that are held at once


@dataclass(frozen=True)
class Counts:
    """Of one question, in learners. What has no word of the latest answer is of the first.

    picks: how many chose each of ``Mark.picks``. again: who answered more than once. latest_right: right in
    the latest answer, of all who answered. sure: by confidence in tens of per cent, (who gave it, who of them
    was right).
    """

    answered: int = 0
    right: int = 0
    partly: int = 0
    again: int = 0
    latest_right: int = 0
    picks: Mapping[str, int] = field(default_factory=dict)
    sure: Mapping[int, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Belief:
    """Of one misconception, in learners: who met a question whose first answer could show it, who showed it
    at least once, and who showed it in two questions or more."""

    met: int = 0
    shown: int = 0
    twice: int = 0


@dataclass(frozen=True)
class Reached:
    """Of one lesson, in learners: who answered a question that it asks, and who answered all of them."""

    begun: int = 0
    finished: int = 0


@dataclass(frozen=True)
class Tally:
    """What a class handed in, counted. Counts of questions that nobody answered are left out.

    questions: by id. beliefs: by slug. lessons: by number, as "02". outcomes: by lesson and number, as
    "02-1"; practice and form B count, form A does not, for it comes before the course. scales: by name,
    "02" for what a lesson asks, "00-test" and "13-test" for the two forms.
    """

    learners: int = 0
    hand_ins: int = 0
    with_texts: int = 0
    questions: Mapping[str, Counts] = field(default_factory=dict)
    beliefs: Mapping[str, Belief] = field(default_factory=dict)
    lessons: Mapping[str, Reached] = field(default_factory=dict)
    outcomes: Mapping[str, Shares] = field(default_factory=dict)
    scales: Mapping[str, Scale] = field(default_factory=dict)
    two: Two | None = None


# --- adding ------------------------------------------------------------------------------------------------


def added(one: Tally, other: Tally) -> Tally:
    """The counts of two parts of a class together; raises ValueError where their questions are not the same.

    >>> added(Tally(learners=3), Tally(learners=4)).learners
    7
    """
    for name in one.scales.keys() & other.scales.keys():
        if one.scales[name].items != other.scales[name].items:
            raise ValueError(f"counts of other questions: the scale {name} is not the same in both")
    if one.two and other.two and one.two.items != other.two.items:
        raise ValueError("counts of other questions: the two forms are not as long in both")
    found: Tally = _sum(one, other)
    return found


def _sum(one: Any, other: Any) -> Any:
    """Numbers added, wherever they stand; what only one of two has is taken as it is."""
    if one is None or other is None:
        return other if one is None else one
    if isinstance(one, int):
        return one + other
    if isinstance(one, tuple):
        return tuple(map(_sum, one, other))
    if isinstance(one, Mapping):
        return {name: _sum(one.get(name), other.get(name)) for name in sorted(one.keys() | other.keys())}
    if isinstance(one, Scale):
        return Scale(one.items, one.complete + other.complete, _sum(one.both, other.both))
    parts = {part: _sum(getattr(one, part), getattr(other, part)) for part in one.__dataclass_fields__}
    return type(one)(**(parts | ({"items": one.items} if isinstance(one, Two) else {})))


# --- counting ----------------------------------------------------------------------------------------------


def tally(learners: Iterable[Learner]) -> Tally:
    """The counts of learners, each of whom comes once. An answer to a question of no bank does not count.

    >>> from notthesame.classroom.learners import Given, Mark
    >>> wrong, right = Mark(("a",), False, 0.0), Mark(("b",), True, 1.0)
    >>> found = tally([Learner({"02-destitute": Given(wrong, right, tries=2, sure=80)})])
    >>> found.learners, found.questions["02-destitute"].latest_right, found.lessons["02"]
    (1, 1, Reached(begun=1, finished=0))
    """
    coming, whole = iter(learners), Tally()
    while part := [*islice(coming, CHUNK)]:
        whole = added(whole, _counted(part, the_plan()))
    return whole


def _counted(learners: Sequence[Learner], plan: Plan) -> Tally:
    """The counts of a few learners."""
    found = _Answers(learners, plan.ids)
    answered, right = found.grid(), found.grid(found.right)
    return Tally(
        learners=len(learners),
        hand_ins=sum(learner.hand_ins for learner in learners),
        with_texts=sum(learner.texts for learner in learners),
        questions=_questions(found, plan.ids),
        beliefs=dict(_beliefs(found, answered, plan)),
        lessons=dict(_lessons(answered, plan)),
        outcomes=dict(_outcomes(answered, right, plan)),
        scales=dict(_scales(answered, right, plan)),
        two=_two(answered, right, plan),
    )


class _Answers:
    """The answers of some learners, one after the other.

    cells: of each its place in a grid with a row a learner and a column a question, read row by row. marks:
    the marks of first answers, each once, and ``first`` which of them an answer has: there are far fewer
    marks than answers, and what is looked up is looked up once a mark.
    """

    def __init__(self, learners: Sequence[Learner], ids: Sequence[str]) -> None:
        import numpy as np

        self.shape, self.width = (len(learners), len(ids)), len(ids)
        at = {name: place for place, name in enumerate(ids)}
        cells, given = [], []
        for row, learner in enumerate(learners):
            for name, one in learner.given.items():
                if name in at:
                    cells.append(row * self.width + at[name])
                    given.append(one)
        self.cells = np.array(cells, dtype=np.int64)
        firsts = [one.first for one in given]
        once = {id(mark): mark for mark in firsts}  # an object is compared faster than what is in it
        number: dict[Mark, int] = {}
        numbers = {name: number.setdefault(mark, len(number)) for name, mark in once.items()}
        self.first = np.array([numbers[id(mark)] for mark in firsts], dtype=np.int64)
        self.marks = [*number]
        self.right = self.of_marks(mark.right for mark in self.marks)
        self.partly = self.of_marks(not mark.right and mark.credit > 0 for mark in self.marks)
        self.again = np.array([one.tries > 1 for one in given], dtype=bool)
        self.latest_right = np.array([one.latest.right for one in given], dtype=bool)
        self.sure = [one.sure for one in given]

    def of_marks(self, which: Iterable[bool]) -> Flags:
        """Of each answer, what holds of its mark."""
        import numpy as np

        found: Flags = np.array([*which], dtype=bool)[self.first]
        return found

    def grid(self, which: Any = slice(None)) -> Grid:
        """A grid with 1 where one of these answers is."""
        import numpy as np

        found = np.zeros(self.shape, dtype=np.int64)
        found.reshape(-1)[self.cells[which]] = 1
        return found

    def by_question(self, which: Any = slice(None)) -> list[int]:
        """How many of these answers each question has."""
        import numpy as np

        found: list[int] = np.bincount(self.cells[which] % self.width, minlength=self.width).tolist()
        return found


def _questions(found: _Answers, ids: Sequence[str]) -> Mapping[str, Counts]:
    answered, right, partly, again, latest_right = (
        found.by_question(which)
        for which in (slice(None), found.right, found.partly, found.again, found.latest_right)
    )
    picks, sure = _picks(found), _sure(found)
    return {
        ids[at]: Counts(
            answered[at], right[at], partly[at], again[at], latest_right[at], picks[at], sure.get(at, {})
        )
        for at in range(len(ids))
        if answered[at]
    }


def _picks(found: _Answers) -> Mapping[int, Mapping[str, int]]:
    """By question, how many chose what."""
    import numpy as np

    pairs, times = np.unique(found.first * found.width + found.cells % found.width, return_counts=True)
    counts: dict[int, Counter[str]] = {}
    for pair, count in zip(pairs.tolist(), times.tolist(), strict=True):
        own = counts.setdefault(pair % found.width, Counter())
        own.update(dict.fromkeys(found.marks[pair // found.width].picks, count))
    return {place: dict(sorted(own.items())) for place, own in counts.items()}


def _sure(found: _Answers) -> Mapping[int, Mapping[int, tuple[int, int]]]:
    """By question and confidence, how many gave it and how many of them were right."""
    ten = lru_cache(1_000)(nearest_ten)
    given = zip((found.cells % found.width).tolist(), found.sure, found.right.tolist(), strict=True)
    counts = Counter((place, ten(sure), right) for place, sure, right in given if sure is not None)
    pairs: dict[int, dict[int, tuple[int, int]]] = {}
    for (place, at, right), count in sorted(counts.items()):
        of, hits = pairs.setdefault(place, {}).get(at, (0, 0))
        pairs[place][at] = of + count, hits + count * right
    return pairs


def _beliefs(found: _Answers, answered: Grid, plan: Plan) -> Iterator[tuple[str, Belief]]:
    import numpy as np

    telling = found.of_marks(bool(mark.beliefs) for mark in found.marks)
    rows, first = found.cells[telling] // found.width, found.first[telling]
    for belief, places in plan.beliefs.items():
        if met := int(answered[:, places].any(axis=1).sum()):
            shows = np.array([belief in mark.beliefs for mark in found.marks], dtype=bool)[first]
            times = np.bincount(rows[shows], minlength=len(answered))
            yield belief, Belief(met, int((times > 0).sum()), int((times > 1).sum()))


def _lessons(answered: Grid, plan: Plan) -> Iterator[tuple[str, Reached]]:
    for number, places in plan.lessons.items():
        own = answered[:, places]
        if begun := int(own.any(axis=1).sum()):
            yield number, Reached(begun, int(own.all(axis=1).sum()))


def _outcomes(answered: Grid, right: Grid, plan: Plan) -> Iterator[tuple[str, Shares]]:
    for name, places in plan.outcomes.items():
        m, r = answered[:, places].sum(axis=1), right[:, places].sum(axis=1)
        if begun := int((m > 0).sum()):
            sums = (m.sum(), r.sum(), m @ m, r @ r, m @ r)
            yield name, Shares(begun, *map(int, sums))


def _scales(answered: Grid, right: Grid, plan: Plan) -> Iterator[tuple[str, Scale]]:
    for name, places in plan.scales.items():
        whole = right[answered[:, places].all(axis=1)][:, places]
        if len(whole):
            both = (whole.T @ whole).tolist()
            yield name, Scale(tuple(plan.ids[place] for place in places), len(whole), tuple(map(tuple, both)))


def _two(answered: Grid, right: Grid, plan: Plan) -> Two | None:
    before, after = plan.scales.get(FORM_A, ()), plan.scales.get(FORM_B, ())
    whole = right[answered[:, [*before, *after]].all(axis=1)]
    if not before or not len(whole):
        return None
    x, y = whole[:, before].sum(axis=1), whole[:, after].sum(axis=1)
    return Two(len(before), len(whole), *map(int, (x.sum(), y.sum(), x @ x, y @ y, x @ y)))
