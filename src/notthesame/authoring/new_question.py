"""``notthesame new question 02 short-name``: an entry with every field, which loads and is unfinished.

What is still to be written begins with TODO, and the audit names each such place until none is left.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

from .. import questions
from .._loading import FileFaults
from .._reading import shown
from ..course import Course
from ..lessons import files
from ..questions import KINDS
from ..questions.model import LETTERS

OPTIONS = 4
SECTION = "TODO a heading of the lesson, as it stands there"
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HEAD = """\
- id: {id}
  outcome: {outcome}  # TODO the number of the outcome of the lesson that it tests
  bloom: apply  # TODO one of: {bloom}
  kind: {kind}
  mode: practice
  exit_ticket: false
  section: {section}
  case: >-
    TODO {id}: an invented case in a few sentences, with a name of its own; or take this field out.
  stem: >-
    TODO what is asked of the case?
"""
_FOOT = """\
  facts: []  # TODO ids of the facts that it rests on
  author: TODO who wrote it
  reviewed: {day}
"""
_OPTION = """\
    {letter}:
      text: TODO what {capital} says, in the form and length of the others
      reason: >-
        TODO {id}, {capital}: say why this is {verdict}, in words that teach, and where to look it up,
        with the heading in quotation marks.
"""
_BELIEF = "misconception: {slug}  # TODO the belief behind it, a name in exercises/misconceptions.yaml\n"
_NUMBER = """\
  answer: 1  # TODO a number, or a fact's value as fact-id.name
  unit: TODO the unit
  tolerance: 0  # TODO how far off still counts as right, in the same unit
  reason: >-
    TODO {id}, right: say how the number comes about, in words that teach, and where to look it up,
    with the heading in quotation marks.
  ranges:
  - low: 2  # TODO the wrong numbers that one slip leads to, from here
    high: 3  # TODO to here
    reason: >-
      TODO {id}, range: say which slip leads here, in words that teach, and where to look it up,
      with the heading in quotation marks.
    {belief}\
  otherwise:
    reason: >-
      TODO {id}, otherwise: say how to begin, in words that teach, and where to look it up,
      with the heading in quotation marks.
    {belief}\
"""
# Letters of the key; where a key is a list, options outside it name a belief, and in an order all do.
_KEYS = {"single": "a", "multiple": "[a, c]", "ordering": "[b, d, a, c]"}


def entry(question_id: str, kind: str, belief: str, section: str = SECTION, outcome: int = 1) -> str:
    """The YAML text of an entry with every field; ``belief`` is the name of a misconception there is.

    >>> print(entry("02-x", "single", "need-is-coercion").splitlines()[0])
    - id: 02-x
    """
    belief = _BELIEF.format(slug=belief)
    bloom = ", ".join(questions.BLOOM)
    head = _HEAD.format(id=question_id, kind=kind, bloom=bloom, section=section, outcome=outcome)
    if kind == "numeric":
        middle = _NUMBER.format(id=question_id, belief=belief)
    else:
        options = "".join(_options(question_id, kind, belief))
        more = "" if kind == "ordering" else ", spread over the letters from question to question"
        middle = f"  options:\n{options}  answer: {_KEYS[kind]}  # TODO the key{more}\n"
    return head + middle + _FOOT.format(day=datetime.date.today().isoformat())


def _options(question_id: str, kind: str, belief: str) -> Iterator[str]:
    for letter in LETTERS[:OPTIONS]:
        right = kind != "ordering" and letter in _KEYS[kind]
        verdict = "where it is in the order" if kind == "ordering" else "right" if right else "not right"
        text = _OPTION.format(letter=letter, capital=letter.upper(), id=question_id, verdict=verdict)
        yield text if right else f"{text}      {belief}"


def new_question(of: Course, number: str, slug: str, kind: str) -> tuple[Path, str]:
    """Add an unfinished question at the end of its lesson's file; returns the file and the question's id.

    number: the lesson's, such as "02" or "2". Raises ValueError for a lesson that is not there, a slug that
    is none, a kind there is not, an id that is taken, and FileFaults while the file has faults.
    """
    number = number.zfill(2)
    named = slug_of(slug)
    if kind not in KINDS:
        raise ValueError(f"There is no kind {shown(kind)}; allowed: {', '.join(KINDS)}")
    path = of.questions / f"{number}.yaml"
    if not path.is_file():
        have = ", ".join(sorted(file.name[:2] for file in files(of.lessons)))
        raise ValueError(f"Lesson {shown(number)} has no file of questions; there are lessons {have}")
    with of.in_use():
        known = questions.load_bank(path).questions
        first = next(iter(questions.misconceptions()), "")
    question_id = f"{number}-{named}"
    if question_id in known:
        raise ValueError(f"There is a question {question_id} already; ids are unique and stable for ever")
    if not first:
        raise FileFaults("misconceptions.yaml", ["it holds no misconception that a wrong option could name"])
    text = path.read_text(encoding="utf-8").rstrip("\n")
    path.write_text(f"{text}\n\n{entry(question_id, kind, first)}", encoding="utf-8", newline="")
    return path, question_id


def slug_of(given: str) -> str:
    """A slug, such as "two-towns"; raises ValueError for what is none.

    >>> slug_of("two-towns")
    'two-towns'
    """
    if not SLUG.fullmatch(given):
        raise ValueError(f"The short name is {shown(given)}; allowed are small letters, digits and hyphens")
    return given
