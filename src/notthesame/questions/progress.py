"""How a learner stands with each outcome of a lesson: what is answered, and what to look at again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .. import questions
from ..lessons import Notebook
from .model import Question
from .records import Record
from .schedule import RATINGS
from .scoring import RIGHT

TEST, AFTER_TEST = "The questions of its test", "after the test: nts.my_change()"


@dataclass(frozen=True)
class Standing:
    """Of an outcome, or of a test: its text, how many questions, how many of them answered, and which again.

    Those ``again`` are the ones whose latest answer was not wholly right; of a test nothing is given away.
    """

    text: str
    asked: int
    answered: int
    again: tuple[Question, ...] = ()


def latest_scored(records: Iterable[Record]) -> Mapping[str, Record]:
    """The latest scored answer to each question, and try of each task.

    records: in the order given.

    >>> [*latest_scored([Record(1, "02-a", "b", "right", 1.0), Record(2, "02-b", ["draft"], None, None)])]
    ['02-a']
    """
    return {record.question: record for record in records if record.status in RATINGS}


def standings(book: Notebook, latest: Mapping[str, Record]) -> tuple[Standing, ...]:
    """One for each outcome of a lesson that has questions, in order, then one for its test if it has one.

    A practice question counts where its lesson asks it, and where another lesson has asked it again.

    >>> from notthesame.course import course
    >>> from notthesame.lessons import read
    >>> [found.answered for found in standings(read(course().file("lessons", "00_start_here.ipynb")), {})]
    [0, 0, 0, 0]
    """
    asked = {*book.asked(), *latest}
    fit = [found for found in questions.of_lesson(book.number).values() if found.id in asked]
    practice = [question for question in fit if question.mode == "practice"]
    found = [
        _standing(outcome.text, [q for q in practice if q.outcome == outcome.number], latest)
        for outcome in book.outcomes
    ]
    test = [question for question in fit if question.mode == "test"]
    return tuple(standing for standing in (*found, _standing(TEST, test, latest)) if standing.asked)


def _standing(text: str, fit: list[Question], latest: Mapping[str, Record]) -> Standing:
    done = [question for question in fit if question.id in latest]
    again = [q for q in done if q.mode == "practice" and latest[q.id].status != RIGHT]
    return Standing(text, len(fit), len(done), tuple(again))
