"""What one learner answered, in whatever number of hand-ins: first and latest, scored by this bank."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from .. import questions
from .._words import counted, some
from ..course import read_once
from ..questions.hand_in_file import Answer, HandIn, Item, Refused, checksum, read
from ..questions.model import Question
from ..questions.scoring import RIGHT, ResponseError, landed, read_response, score
from .collected import Aside, Place, content, peek, why

FILES = 100  # of one learner; two of each lesson are 28
MARKS = 50_000  # that are kept at once
_UNKNOWN = "left out, of questions that are not in this course"
_NOT_ALLOWED = "left out that the question does not allow"
_NO_FIRST = "left out, without the first one to the same question"
_OTHERWISE = "scored otherwise in the file"


@dataclass(frozen=True, slots=True)
class Mark:
    """One answer as it is counted. Its score is reckoned here, whatever the file says of it.

    picks: the letters that were chosen; of an order the whole of it, as ("cabd",); of a number ("right",),
    ("range 2",) for the second range of its question, or ("otherwise",). credit: 0 to 1. beliefs: slugs of
    the misconceptions that it shows, each once.
    """

    picks: tuple[str, ...]
    right: bool
    credit: float
    beliefs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """The first answer to a question and the latest, how many there were, and the confidence of the first.

    sure: 0 to 100, in per cent, or None.
    """

    first: Mark
    latest: Mark
    tries: int = 1
    sure: float | None = None


@dataclass(frozen=True, slots=True)
class Learner:
    """Who handed in, without a name: what was given, by question; of how many files; whether with texts."""

    given: Mapping[str, Given] = field(default_factory=dict)
    hand_ins: int = 1
    texts: bool = False


def learner(places: Sequence[Place]) -> tuple[Learner | None, tuple[Aside, ...]]:
    """What one learner answered, from all files of one pseudonym, and what was set aside.

    The learner is None where no file could be read. Raises nothing for any content.

    >>> from pathlib import Path
    >>> learner([Place(Path("no such file"))])[0] is None
    True
    """
    joined = _Joined(len(places) > 1)
    for place in _in_turn(places, joined.asides):
        joined.add(place)
    return joined.learner(), tuple(joined.asides)


def _in_turn(places: Sequence[Place], asides: list[Aside]) -> Iterator[Place]:
    """By day, then by name, so that the result is the same in whatever order they were found."""
    if len(places) == 1:
        yield places[0]
        return
    dated = []
    for place in places:
        try:
            dated.append((peek(place)[1], str(place.path), place.inside, place))
        except (Refused, OSError, ValueError) as error:
            asides.append(Aside(place.name, why(error)))
    dated.sort(key=lambda found: found[:3])
    yield from (place for *_, place in dated[:FILES])
    for *_, place in dated[FILES:]:
        asides.append(Aside(place.name, f"more than {FILES} files of one pseudonym"))


class _Joined:
    """The files of a learner, one after the other; ``several`` where there may be more than one."""

    def __init__(self, several: bool) -> None:
        self.asides: list[Aside] = []
        self._several, self._pseudonym = several, ""
        self._hand_ins, self._texts = 0, False
        self._files: dict[str, str] = {}  # names, by what is in them
        self._answers: dict[tuple[str, int], Answer] = {}
        self._first: dict[str, tuple[Item, Mark]] = {}
        self._latest: dict[str, tuple[Item, Mark, str]] = {}  # with the file that it is from

    def add(self, place: Place) -> None:
        """Count what is in a file, or set it aside."""
        try:
            found = read(content(place))
            if self._several:
                self._compare(found, place.name)
        except (Refused, OSError, ValueError) as error:
            self.asides.append(Aside(place.name, why(error)))
            return
        self._hand_ins += 1
        self._texts = self._texts or bool(found.texts)
        self._count(found.items, place.name)

    def _compare(self, found: HandIn, name: str) -> None:
        """Raise Refused for what is there already, or does not fit what is."""
        if self._pseudonym not in ("", found.pseudonym):
            raise Refused("another pseudonym than when it was found: it was changed just now")
        same = checksum(found)
        if same in self._files:
            raise Refused(f"the same as {self._files[same]}")
        for item in found.items:
            if self._answers.get((item.question, item.rank), item.response) != item.response:
                raise Refused(
                    f"{item.question}: an earlier file of this learner has another answer {item.rank}"
                )
        self._pseudonym, self._files[same] = found.pseudonym, name
        self._answers |= {(item.question, item.rank): item.response for item in found.items}

    def _count(self, items: Sequence[Item], name: str) -> None:
        known, scored = questions.known_questions(), _scorer()
        left: dict[str, list[str]] = {}
        for item in items:
            found = scored(item.question, item.response) if item.question in known else None
            if found is None:
                reason = _NOT_ALLOWED if item.question in known else _UNKNOWN
                left.setdefault(reason, []).append(item.question)
                continue
            status, mark = found
            if status != item.status:
                left.setdefault(_OTHERWISE, []).append(item.question)
            if item.rank == 1:
                self._first[item.question] = item, mark
            if item.question not in self._latest or item.rank >= self._latest[item.question][0].rank:
                self._latest[item.question] = item, mark, name
        self._leave(name, left)

    def _leave(self, name: str, left: Mapping[str, Sequence[str]]) -> None:
        for reason, ids in left.items():
            which = some(list(dict.fromkeys(ids)))
            self.asides.append(Aside(name, f"{counted(len(ids), 'answer')} {reason}: {which}", whole=False))

    def learner(self) -> Learner | None:
        """What was given, by question in the order of ids."""
        if not self._hand_ins:
            return None
        given: dict[str, Given] = {}
        without: dict[str, list[str]] = {}
        for question, (item, latest, name) in sorted(self._latest.items()):
            if question in self._first:
                first, mark = self._first[question]
                sure = None if first.confidence is None else float(first.confidence)
                given[question] = Given(mark, latest, item.rank, sure)
            else:
                without.setdefault(name, []).append(question)
        for name, ids in without.items():
            self._leave(name, {_NO_FIRST: ids})
        return Learner(given, self._hand_ins, self._texts)


@read_once
def _scorer() -> Callable[[str, Answer], tuple[str, Mark] | None]:
    """What scores an answer to a question of the course in use; None for one that is not allowed."""
    known = questions.known_questions()

    @lru_cache(MARKS)
    def scored(question: str, response: Answer) -> tuple[str, Mark] | None:
        try:
            return _scored(known[question], response)
        except ResponseError:
            return None

    return scored


def _scored(question: Question, response: Answer) -> tuple[str, Mark] | None:
    typed = list(response) if isinstance(response, tuple) else response
    read_as, found = read_response(question, typed), score(question, typed)
    if found.credit is None:
        return None
    if isinstance(read_as, float):
        picks: tuple[str, ...] = (landed(question, read_as)[0],)
    else:
        picks = ("".join(read_as or ()),) if question.kind == "ordering" else tuple(read_as or ())
    beliefs = dict.fromkeys(told.misconception for told in found.feedback if told.misconception)
    return found.status, Mark(picks, found.status == RIGHT, found.credit, tuple(beliefs))
