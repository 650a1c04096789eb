"""A class that never was: learners with abilities and beliefs, and their hand-ins as real files.

The same seed gives the same class, and the same number the same learner in a class of any size.
``python -m tests.classroom.a_class FOLDER 300`` writes one.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from notthesame import lessons, questions
from notthesame.classroom.learners import Given, Learner, Mark
from notthesame.classroom.tally import Tally, tally
from notthesame.course import course
from notthesame.questions import Question
from notthesame.questions.forms import AFTER, BEFORE
from notthesame.questions.hand_in_file import Answer, HandIn, Item, encode
from notthesame.questions.scoring import RIGHT, score

DAY = "2026-10-{:02}"


@dataclass(frozen=True)
class Person:
    """ability: as a standard deviation of the class. held: slugs. until: the last lesson that they reached.
    boast: per cent by which they are surer than right."""

    pseudonym: str
    ability: float
    held: frozenset[str]
    until: int
    boast: float


@cache
def asked() -> tuple[Question, ...]:
    """The questions that the lessons ask, in the order of their ids, as a hand-in has them."""
    found = {name for book in lessons.read_all(course().lessons) for name in book.asked()}
    return tuple(questions.question(name) for name in sorted(found))


@cache
def _hardness(name: str, seed: int) -> float:
    """Of a question or a belief: the same for everybody in the class."""
    return Random(f"{seed} {name}").gauss(-0.8, 0.9)


def person(number: int, seed: int = 15) -> Person:
    """The learner of this number, whatever the size of the class."""
    dice = Random(f"{seed} person {number}")
    ability = dice.gauss(0, 1)
    odds = {slug: _hardness(slug, seed) - 0.5 * ability - 0.3 for slug in questions.misconceptions()}
    held = frozenset(slug for slug, odd in odds.items() if dice.random() < _logistic(odd))
    until = 13 if dice.random() < 0.75 else dice.randrange(1, 13)
    return Person(f"{dice.getrandbits(64):016x}", ability, held, until, dice.gauss(12, 8))


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def hand_in(number: int, seed: int = 15, of: Sequence[Question] = ()) -> HandIn:
    """All that the learner of this number hands in; ``of``: the questions, else those that lessons ask."""
    who, dice = person(number, seed), Random(f"{seed} answers {number}")
    items = [item for question in of or asked() for item in _items(question, who, dice, seed)]
    return HandIn(who.pseudonym, DAY.format(30), tuple(items))


def parts(whole: HandIn) -> Iterator[HandIn]:
    """The same, handed in lesson by lesson."""
    for number in sorted({item.question[:2] for item in whole.items}):
        mine = tuple(item for item in whole.items if item.question[:2] == number)
        yield HandIn(whole.pseudonym, whole.day, mine)


def _items(question: Question, who: Person, dice: Random, seed: int) -> Iterator[Item]:
    if question.lesson > who.until or dice.random() < 0.01:
        return
    first = _answer(question, who, dice, seed)
    status = score(question, _plain(first)).status
    sure = None
    if question.mode == "test" or question.exit_ticket:
        sure = min(100.0, max(0.0, round(55 + 20 * (status == RIGHT) + who.boast + dice.gauss(0, 12))))
    day = DAY.format(1 + 2 * question.lesson)
    yield Item(question.id, 1, first, status, sure, day)
    if status != RIGHT and question.mode != "test" and dice.random() < 0.6:
        latest = _right(question) if dice.random() < 0.75 else _answer(question, who, dice, seed)
        status = score(question, _plain(latest)).status
        day = DAY.format(2 + 2 * question.lesson)
        yield Item(question.id, dice.choice((2, 2, 3)), latest, status, None, day)


def _plain(answer: Answer) -> str | list[str] | float:
    return [*answer] if isinstance(answer, tuple) else answer


def _answer(question: Question, who: Person, dice: Random, seed: int) -> Answer:
    # Both items of a pair are as hard as each other, the earlier one meets people before the course.
    name = question.id.replace(AFTER, BEFORE)
    gained = -0.5 * question.id.startswith(BEFORE) + 0.6 * question.id.startswith(AFTER)
    drawn = [wrong for wrong, slug in _wrong(question) if slug in who.held]
    lure = 0.55 - 0.3 * (gained > 0)
    if drawn and dice.random() < lure:
        return dice.choice(drawn)
    if dice.random() < _logistic(1.2 * (who.ability + gained - _hardness(name, seed))):
        return _right(question)
    return dice.choice([wrong for wrong, _ in _wrong(question)])


def _right(question: Question) -> Answer:
    if question.kind == "numeric":
        return question.value
    return question.key[0] if question.kind == "single" else tuple(question.key)


def _wrong(question: Question) -> tuple[tuple[Answer, str | None], ...]:
    """Wrong answers, each with the belief that it comes from."""
    return _WRONG.setdefault(question.id, tuple(_MADE[question.kind](question)))


def _of_single(question: Question) -> Iterator[tuple[Answer, str | None]]:
    for letter, option in question.options.items():
        if letter not in question.key:
            yield letter, option.misconception


def _of_multiple(question: Question) -> Iterator[tuple[Answer, str | None]]:
    for letter, option in question.options.items():
        if letter in question.key:
            yield tuple(key for key in question.key if key != letter) or (_other(question),), None
        else:
            yield tuple(sorted((*question.key, letter))), option.misconception


def _other(question: Question) -> str:
    return next(letter for letter in question.options if letter not in question.key)


def _of_ordering(question: Question) -> Iterator[tuple[Answer, str | None]]:
    for place in range(len(question.key) - 1):
        order = [*question.key]
        order[place : place + 2] = reversed(order[place : place + 2])
        yield tuple(order), question.options[order[place]].misconception


def _of_numeric(question: Question) -> Iterator[tuple[Answer, str | None]]:
    for span in question.ranges:
        ends = [end for end in (span.low, span.high) if end is not None]
        yield sum(ends) / len(ends), span.misconception
    far = question.value + 10 * (question.tolerance + 1) + 1_000
    yield far, question.otherwise.misconception if question.otherwise else None


_WRONG: dict[str, tuple[tuple[Answer, str | None], ...]] = {}
_MADE: dict[str, Callable[[Question], Iterator[tuple[Answer, str | None]]]] = {
    "single": _of_single,
    "multiple": _of_multiple,
    "ordering": _of_ordering,
    "numeric": _of_numeric,
}


def write(folder: Path, learners: int = 30, seed: int = 15, *, by_lesson: int = 0) -> list[Path]:
    """Write the hand-ins of a class into a folder, which is made; returns the files.

    by_lesson: every so many learners hand in lesson by lesson, so that one pseudonym has several files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number in range(learners):
        whole = hand_in(number, seed)
        files = [*parts(whole)] if by_lesson and number % by_lesson == 0 else [whole]
        for place, one in enumerate(files, 1):
            more = f"-{place}" if place > 1 else ""
            path = folder / f"hand-in-{one.pseudonym}{more}.json"
            path.write_bytes(encode(one))
            written.append(path)
    return written


def learner(whole: HandIn) -> Learner:
    """What a hand-in says, scored: by another way than the one that reads files."""
    given = {}
    for name in dict.fromkeys(item.question for item in whole.items):
        mine = [item for item in whole.items if item.question == name]
        first, latest = _mark(mine[0]), _mark(mine[-1])
        given[name] = Given(first, latest, mine[-1].rank, mine[0].confidence)
    return Learner(given)


def _mark(item: Item) -> Mark:
    question = questions.question(item.question)
    found = score(question, _plain(item.response))
    beliefs = dict.fromkeys(told.misconception for told in found.feedback if told.misconception)
    credit = found.credit or 0.0
    return Mark(_picks(question, item.response), found.status == RIGHT, credit, tuple(beliefs))


def _picks(question: Question, answer: Answer) -> tuple[str, ...]:
    if question.kind != "numeric":
        return ("".join(answer),) if question.kind == "ordering" else tuple(answer)  # type: ignore[arg-type]
    value = float(answer)  # type: ignore[arg-type]
    if abs(value - question.value) <= question.tolerance:
        return ("right",)
    spans = (place for place, span in enumerate(question.ranges, 1) if span.holds(value))
    place = next(spans, 0)
    return (f"range {place}",) if place else ("otherwise",)


def class_tally(learners: int = 30, seed: int = 15, of: Sequence[Question] = ()) -> Tally:
    """The counts of a class."""
    return tally(learner(hand_in(number, seed, of)) for number in range(learners))


if __name__ == "__main__":
    print(len(write(Path(sys.argv[1]), int(sys.argv[2]))), "files written")
