"""The grading of a lesson for a seed: four questions and a task, the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random

from ..._reading import shown
from ...questions import Question
from . import cases, counts, debate
from .model import Grading, Task

COUNT = 4  # questions of a sheet
_TRIES = 200


def made(lesson: str, seed: int = 1) -> Grading:
    """What is graded in a lesson; another seed gives another sheet.

    Raises ValueError for a lesson that has no template.

    >>> [question.id for question in made("02", seed=7).questions]
    ['g02-7-1', 'g02-7-2', 'g02-7-3', 'g02-7-4']
    """
    if lesson not in LESSONS:
        allowed = ", ".join(LESSONS)
        raise ValueError(
            f"There is no grading sheet for lesson {shown(lesson)}; allowed: {allowed}. The others have no "
            "template yet."
        )
    rng = Random(f"{lesson}-{seed}")  # a text, so that its bytes alone count
    questions, task = LESSONS[lesson](rng, [f"g{lesson}-{seed}-{number}" for number in range(1, COUNT + 1)])
    return Grading(lesson, seed, tuple(questions), task)


def _cases(rng: Random, names: Sequence[str]) -> tuple[Sequence[Question], Task]:
    people = _in_twos(rng.sample(cases.NAMES, 2 * COUNT + 2))
    pairs = rng.sample(cases.PAIRS, COUNT)
    found = [
        cases.question(name, pair, rng, next(people))[0] for name, pair in zip(names, pairs, strict=True)
    ]
    return found, cases.task(rng, next(people))


def _counts(rng: Random, names: Sequence[str]) -> tuple[Sequence[Question], Task]:
    towns = _in_twos(rng.sample(counts.TOWNS, 2 * COUNT + 2))
    found = [counts.question(name, rng, next(towns))[0] for name in names[:-1]]
    return [*found, counts.fall(names[-1], rng, next(towns))[0]], counts.task(rng, next(towns))


def _debate(rng: Random, names: Sequence[str]) -> tuple[Sequence[Question], Task]:
    """Questions on one claim each."""
    found: list[Question] = []
    claims: set[str] = set()
    for name in names:
        for _ in range(_TRIES):
            question, exchange = debate.question(name, rng)
            if exchange.claim not in claims:
                break
        claims.add(exchange.claim)
        found.append(question)
    return found, debate.task(rng)


def _in_twos(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[at : at + 2] for at in range(0, len(names), 2))


LESSONS: Mapping[str, Callable[[Random, Sequence[str]], tuple[Sequence[Question], Task]]] = {
    "02": _cases,
    "05": _counts,
    "12": _debate,
}
