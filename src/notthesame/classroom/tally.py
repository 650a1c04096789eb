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
from .learners import Learner
from .plan import FORM_A, FORM_B, Plan, the_plan

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grid: TypeAlias = NDArray[np.int64]  # a row a learner, a column a question; 0 or 1

GRIDS = ("answered", "right", "partly", "again", "latest_right")
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


@dataclass(frozen=True)
class _Found:
    """What some learners gave: places in a grid, a row a learner and a column a question, row by row."""

    answered: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    partly: list[int] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    latest_right: list[int] = field(default_factory=list)
    picks: Counter[tuple[int, str]] = field(default_factory=Counter)  # by question
    sure: Counter[tuple[int, int, bool]] = field(default_factory=Counter)  # by question, and whether right
    shown: list[Mapping[str, int]] = field(default_factory=list)  # of each learner, beliefs and how often

    def grids(self, width: int) -> Mapping[str, Grid]:
        """One of each of the first five, which the fields of Counts are sums of."""
        import numpy as np

        found = {}
        for name in GRIDS:
            found[name] = np.zeros((len(self.shown), width), dtype=np.int64)
            found[name].reshape(-1)[getattr(self, name)] = 1
        return found


def _found(learners: Sequence[Learner], ids: Sequence[str]) -> _Found:
    """One pass over every answer: with two hundred each, this is where the time goes."""
    found, at = _Found(), {name: place for place, name in enumerate(ids)}
    ten = lru_cache(1_000)(nearest_ten)
    for row, learner in enumerate(learners):
        beliefs: Counter[str] = Counter()
        for name, given in learner.given.items():
            place = at.get(name)
            if place is None:
                continue
            cell, first = row * len(ids) + place, given.first
            found.answered.append(cell)
            if first.right:
                found.right.append(cell)
            elif first.credit > 0:
                found.partly.append(cell)
            if given.tries > 1:
                found.again.append(cell)
            if given.latest.right:
                found.latest_right.append(cell)
            for pick in first.picks:
                found.picks[place, pick] += 1
            if first.beliefs:
                beliefs.update(first.beliefs)
            if given.sure is not None:
                found.sure[place, ten(given.sure), first.right] += 1
        found.shown.append(beliefs)
    return found


def _counted(learners: Sequence[Learner], plan: Plan) -> Tally:
    """The counts of a few learners."""
    found = _found(learners, plan.ids)
    grids = found.grids(len(plan.ids))
    answered, right = grids["answered"], grids["right"]
    return Tally(
        learners=len(learners),
        hand_ins=sum(learner.hand_ins for learner in learners),
        with_texts=sum(learner.texts for learner in learners),
        questions=_questions(found, grids, plan.ids),
        beliefs=dict(_beliefs(found, answered, plan)),
        lessons=dict(_lessons(answered, plan)),
        outcomes=dict(_outcomes(answered, right, plan)),
        scales=dict(_scales(answered, right, plan)),
        two=_two(answered, right, plan),
    )


def _questions(found: _Found, grids: Mapping[str, Grid], ids: Sequence[str]) -> Mapping[str, Counts]:
    sums = {name: grid.sum(axis=0).tolist() for name, grid in grids.items()}
    picks: dict[int, dict[str, int]] = {}
    for (place, pick), count in sorted(found.picks.items()):
        picks.setdefault(place, {})[pick] = count
    sure: dict[int, dict[int, tuple[int, int]]] = {}
    for (place, ten, right), count in sorted(found.sure.items()):
        of, hits = sure.setdefault(place, {}).get(ten, (0, 0))
        sure[place][ten] = of + count, hits + count * right
    return {
        ids[place]: Counts(
            **{name: sums[name][place] for name in sums},
            picks=picks.get(place, {}),
            sure=sure.get(place, {}),
        )
        for place, answered in enumerate(sums["answered"])
        if answered
    }


def _beliefs(found: _Found, answered: Grid, plan: Plan) -> Iterator[tuple[str, Belief]]:
    once, twice = Counter[str](), Counter[str]()
    for shown in found.shown:
        once.update(shown.keys())
        twice.update(belief for belief, times in shown.items() if times > 1)
    for belief, places in plan.beliefs.items():
        if met := int(answered[:, places].any(axis=1).sum()):
            yield belief, Belief(met, once[belief], twice[belief])


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
