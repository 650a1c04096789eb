"""The bank: loading the questions of a file, of the course, with all faults at once and what is allowed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .._loading import FileFaults, name_of, no_such, read_yaml, structure
from .._reading import shown
from .._words import counted
from .._yaml import Unread
from ..course import course, read_once
from .beliefs import misconception_faults
from .entries import read_entry
from .model import Question
from .translated import in_language


@dataclass(frozen=True)
class Bank:
    """The questions of one file, in order, by id."""

    lesson: int
    questions: Mapping[str, Question]


@dataclass(frozen=True)
class _RawHead:
    lesson: int


def load_bank(path: Path) -> Bank:
    """The bank of one file. Raises FileFaults with every fault, its question and what is allowed.

    >>> load_bank(course().file("exercises", "questions", "02.yaml")).lesson
    2
    """
    raw = read_yaml(path)
    if (
        not isinstance(raw, dict)
        or set(raw) != {"lesson", "questions"}
        or not isinstance(raw["questions"], list)
    ):
        raise FileFaults(
            path, ["the file must hold two fields, 'lesson' (a number) and 'questions' (a list)"]
        )
    lesson, faults = _lesson_of(raw["lesson"], path)
    questions = {}
    names = [name_of(entry, index) for index, entry in enumerate(raw["questions"], 1)]
    ids = Counter(names)
    for name, entry in zip(names, raw["questions"], strict=True):
        question, wrong = read_entry(entry, lesson)
        if ids[name] > 1:
            wrong.append(f"this id is used {ids[name]} times; ids are unique and stable for ever")
        faults += [f"question {name}: {fault}" for fault in wrong]
        if question:
            questions[question.id] = question
    if faults:
        raise FileFaults(path, faults)
    return Bank(lesson, questions)


def _lesson_of(given: Any, path: Path) -> tuple[int, list[str]]:
    """The number of a file's lesson, and what is wrong with it."""
    named = int(path.stem) if re.fullmatch("[0-9]{2}", path.stem) else None
    found, wrong = structure({"lesson": given}, _RawHead)
    if found and found.lesson in ([named] if named is not None else range(100)):
        return found.lesson, []
    was = f"lesson is {shown(given)}" if found or not isinstance(given, Unread) else wrong[0]
    return named or 0, [f"{was}; allowed is a whole number, the one in the file's name"]


def known_questions() -> Mapping[str, Question]:
    """Every question of the course, by id, from ``exercises/questions``.

    A file with a fault takes only its own lesson's questions away; ``bank_faults`` tells of it.

    >>> known_questions()["02-destitute"].kind
    'single'
    """
    return _every_file()[0]


def bank_faults() -> tuple[FileFaults, ...]:
    """The faults of every file of questions and of the misconceptions, all at once.

    >>> bank_faults()
    ()
    """
    return (*misconception_faults(), *_every_file()[1])


@read_once
def _every_file() -> tuple[Mapping[str, Question], tuple[FileFaults, ...]]:
    tried = [_one_file(path.stem) for path in sorted(course().questions.glob("[0-9][0-9].yaml"))]
    found = {name: question for questions, _ in tried for name, question in questions.items()}
    return found, tuple(error for _, error in tried if error)


@read_once
def _one_file(lesson: str) -> tuple[Mapping[str, Question], FileFaults | None]:
    path = course().questions / f"{lesson}.yaml"
    if not re.fullmatch("[0-9]{2}", lesson) or not path.is_file():
        return {}, None
    try:
        return {name: in_language(it) for name, it in load_bank(path).questions.items()}, None
    except FileFaults as error:
        return {}, error


def of_lesson(number: str) -> Mapping[str, Question]:
    """The questions of one lesson by id, from its file alone; none while it has a fault.

    >>> "02-destitute" in of_lesson("02"), len(of_lesson("99"))
    (True, 0)
    """
    return _one_file(number)[0]


def question(question_id: str) -> Question:
    """One question; raises KeyError naming the nearest ids.

    >>> list(question("02-destitute").options)
    ['a', 'b', 'c', 'd']
    """
    found = of_lesson(str(question_id)[:2]).get(question_id)
    if found is None:
        raise KeyError(_not_there(question_id))
    return found


def _not_there(question_id: str) -> str:
    """Why there is no such question: its file has faults, or it has no question of this name."""
    for broken in _every_file()[1]:
        if question_id.startswith(f"{broken.path.stem}-"):
            told = f"its file {broken.path.name} has {counted(len(broken.faults), 'fault')}"
            return f"The question {question_id} cannot be used, for {told}: {broken.faults[0]}"
    return no_such("question", question_id, known_questions())
