"""Counts of a class as a file, so that parts of a class read on several machines add up to the whole.

It holds what a ``Tally`` holds: sums, no pseudonym and no single answer; a small class may still be told by
them, so it is for those who may see the hand-ins. Whoever reads one trusts nothing of it: what does not have
exactly this form, or cannot be the counts of any class, is refused in one line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from .. import questions
from .._words import counted
from ..course import read_once
from ..questions.asked import asked
from ..questions.model import Question
from ..questions.strict_json import Refused, fields, parsed, refused
from ..statistics.items import Scale, Shares, Two
from .plan import FORM_A, FORM_B, Plan, the_plan
from .tally import Belief, Counts, Reached, Tally

FORMAT, SCHEMA = "notthesame counts", 1
MOST = 4_000_000  # bytes; those of the whole course are 150,000
PEOPLE = 10**9
_TOP = ("learners", "hand_ins", "with_texts", "questions", "beliefs", "lessons", "outcomes", "scales", "two")
KEYS = ("format", "schema", "bank", *_TOP, "check")


def encode(tally: Tally) -> bytes:
    """The file of some counts.

    >>> decode(encode(Tally(learners=7, hand_ins=9))).hand_ins
    9
    """
    body = json.loads(json.dumps(asdict(tally)))  # as a reader will see it: names are texts
    head = {"format": FORMAT, "schema": SCHEMA, "bank": dict(_bank())}
    lines = (
        f"{json.dumps(name)}: {json.dumps(value, sort_keys=True)}" for name, value in (head | body).items()
    )
    return ("{" + ",\n ".join((*lines, f'"check": "{_checksum(body)}"')) + "}\n").encode()


def is_counts(content: bytes) -> bool:
    """Whether bytes begin as a file of counts does.

    >>> is_counts(encode(Tally())), is_counts(b"PK")
    (True, False)
    """
    return content.startswith(b'{"format": "notthesame counts"')


def decode(content: bytes) -> Tally:
    """The counts in some bytes, which anybody may have made; raises Refused, in one line, for any other.

    >>> decode(b"{}")
    Traceback (most recent call last):
    notthesame.questions.strict_json.Refused: not counts of this course
    """
    found = fields("the file", parsed(content, MOST, FORMAT, SCHEMA, "not counts of this course"), KEYS)
    _check_bank(found["bank"])
    body = {name: found[name] for name in _TOP}
    if found["check"] != _checksum(body):
        raise Refused("changed since it was written: its checksum does not fit")
    return _Reader(body, the_plan(), questions.known_questions()).tally()


def _checksum(body: Mapping[str, Any]) -> str:
    return sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


# --- the questions that were counted -----------------------------------------------------------------------


@read_once
def _bank() -> Mapping[str, str]:
    """Of each lesson, a short sum over what counts depend on: not the words of its questions."""
    found: dict[str, list[Any]] = {number: [*own] for number, own in asked().items()}
    for question in sorted(questions.known_questions().values(), key=lambda known: known.id):
        found.setdefault(f"{question.lesson:02}", []).append(_scored_by(question))
    return {
        number: sha256(json.dumps(parts).encode()).hexdigest()[:16] for number, parts in sorted(found.items())
    }


def _scored_by(question: Question) -> list[Any]:
    beliefs = [(label, belief) for label, _, belief in question.reasons()]
    ranges = [(span.low, span.high) for span in question.ranges]
    number = (question.value, question.tolerance, ranges)
    place = (question.kind, question.mode, question.taught, question.outcome)
    return [question.id, *place, question.key, *number, beliefs]


def _check_bank(found: Any) -> None:
    own = _bank()
    if not isinstance(found, dict):
        raise refused("bank", found, "a sum for each lesson")
    if other := [number for number in sorted({*own, *found}) if own.get(number) != found.get(number)]:
        known = [number for number in other if number in own] or ["others"]
        raise Refused(
            f"counted with other questions than this course has ({counted(len(other), 'lesson')}: "
            f"{', '.join(known)}); use one version of the course for all parts"
        )


# --- what may stand there ----------------------------------------------------------------------------------


class _Reader:
    """Reads each part against the questions there are, and against how many learners there were."""

    def __init__(self, body: Mapping[str, Any], plan: Plan, known: Mapping[str, Question]) -> None:
        self.body, self.plan, self.known = body, plan, known
        self.learners = _whole("learners", body["learners"], 0, PEOPLE)

    def tally(self) -> Tally:
        n, body, plan = self.learners, self.body, self.plan
        return Tally(
            learners=n,
            hand_ins=_whole("hand_ins", body["hand_ins"], n, PEOPLE),
            with_texts=_whole("with_texts", body["with_texts"], 0, n),
            questions={name: self.counts(name, part) for name, part in self.each("questions", self.known)},
            beliefs={name: self.belief(name, part) for name, part in self.each("beliefs", plan.beliefs)},
            lessons={name: self.reached(name, part) for name, part in self.each("lessons", plan.lessons)},
            outcomes={name: self.shares(name, part) for name, part in self.each("outcomes", plan.outcomes)},
            scales={name: self.scale(name, part) for name, part in self.each("scales", plan.scales)},
            two=None if body["two"] is None else self.two(body["two"]),
        )

    def each(self, what: str, known: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """The parts of a group, in order of name; each name has to be one that there is."""
        found = self.body[what]
        if not isinstance(found, dict):
            raise refused(what, found, "an object")
        for name in sorted(found):
            if name not in known:
                raise refused(f"{what}: a name", name, "those that the course has")
            yield name, found[name]

    def counts(self, name: str, found: Any) -> Counts:
        part = fields(name, found, tuple(Counts.__dataclass_fields__))
        answered = _whole(f"{name}: answered", part["answered"], 1, self.learners)
        right = _whole(f"{name}: right", part["right"], 0, answered)
        return Counts(
            answered,
            right,
            _whole(f"{name}: partly", part["partly"], 0, answered - right),
            _whole(f"{name}: again", part["again"], 0, answered),
            _whole(f"{name}: latest_right", part["latest_right"], 0, answered),
            _picks(self.known[name], part["picks"], answered),
            _sure(name, part["sure"], answered, right),
        )

    def belief(self, name: str, found: Any) -> Belief:
        part = fields(name, found, tuple(Belief.__dataclass_fields__))
        met = _whole(f"{name}: met", part["met"], 1, self.learners)
        shown = _whole(f"{name}: shown", part["shown"], 0, met)
        return Belief(met, shown, _whole(f"{name}: twice", part["twice"], 0, shown))

    def reached(self, name: str, found: Any) -> Reached:
        part = fields(f"lesson {name}", found, tuple(Reached.__dataclass_fields__))
        begun = _whole(f"lesson {name}: begun", part["begun"], 1, self.learners)
        return Reached(begun, _whole(f"lesson {name}: finished", part["finished"], 0, begun))

    def shares(self, name: str, found: Any) -> Shares:
        """Of what each answered (m, at least 1, at most k) and had right (r, at most m)."""
        part = fields(f"outcome {name}", found, tuple(Shares.__dataclass_fields__))
        k = len(self.plan.outcomes[name])
        n = _whole(f"outcome {name}: learners", part["learners"], 1, self.learners)
        m = _whole(f"outcome {name}: m", part["m"], n, n * k)
        r = _whole(f"outcome {name}: r", part["r"], 0, m)
        mm = _whole(f"outcome {name}: mm", part["mm"], m, m * k)
        rr = _whole(f"outcome {name}: rr", part["rr"], r, r * k)
        mr = _whole(f"outcome {name}: mr", part["mr"], rr, min(mm, r * k))
        _squares(f"outcome {name}", n, m, r, mm, rr, mr)
        return Shares(n, m, r, mm, rr, mr)

    def scale(self, name: str, found: Any) -> Scale:
        part = fields(f"scale {name}", found, tuple(Scale.__dataclass_fields__))
        items = [self.plan.ids[place] for place in self.plan.scales[name]]
        if part["items"] != items:
            raise refused(f"scale {name}: items", part["items"], "those that the course has")
        complete = _whole(f"scale {name}: complete", part["complete"], 1, self.learners)
        both = _table(f"scale {name}: both", part["both"], len(items), complete)
        return Scale(tuple(items), complete, both)

    def two(self, found: Any) -> Two:
        part = fields("two", found, tuple(Two.__dataclass_fields__))
        k = len(self.plan.scales.get(FORM_A, ()))
        _whole("two: items", part["items"], k, len(self.plan.scales.get(FORM_B, ())))
        n = _whole("two: learners", part["learners"], 1, self.learners)
        x, y = (_whole(f"two: {name}", part[name], 0, n * k) for name in "xy")
        xx, yy = _whole("two: xx", part["xx"], x, x * k), _whole("two: yy", part["yy"], y, y * k)
        xy = _whole("two: xy", part["xy"], 0, k * min(x, y))
        _squares("two", n, x, y, xx, yy, xy)
        return Two(k, n, x, y, xx, yy, xy)


def _whole(where: str, found: Any, low: int, high: int) -> int:
    if type(found) is not int or not low <= found <= high:
        raise refused(where, found, f"{low:,} to {high:,}")
    return found


def _squares(where: str, n: int, x: int, y: int, xx: int, yy: int, xy: int) -> None:
    """Raise Refused for sums that no n pairs of numbers have."""
    var_x, var_y, both = n * xx - x * x, n * yy - y * y, n * xy - x * y
    if var_x < 0 or var_y < 0 or both * both > var_x * var_y:
        raise Refused(f"{where}: no numbers have these sums of squares and products")


def _picks(question: Question, found: Any, answered: int) -> Mapping[str, int]:
    where = f"{question.id}: picks"
    if not isinstance(found, dict):
        raise refused(where, found, "an object")
    for pick in found:
        if not _can_be_picked(question, pick):
            raise refused(f"{where}: a name", pick, "what the question has to choose from")
    picks = {pick: _whole(f"{where}: {pick}", found[pick], 1, answered) for pick in sorted(found)}
    of = sum(picks.values())
    if of < answered or (question.kind != "multiple" and of > answered):
        raise refused(f"{where}, in sum", of, f"{answered:,}, who answered")
    return picks


def _can_be_picked(question: Question, pick: str) -> bool:
    if question.kind == "ordering":
        return sorted(pick) == sorted(question.options)
    if question.kind == "numeric":
        return pick in ("right", "otherwise", *(f"range {at + 1}" for at in range(len(question.ranges))))
    return pick in question.options


def _sure(name: str, found: Any, answered: int, right: int) -> Mapping[int, tuple[int, int]]:
    where = f"{name}: sure"
    if not isinstance(found, dict):
        raise refused(where, found, "an object")
    sure: dict[int, tuple[int, int]] = {}
    for ten in range(0, 101, 10):
        if (pair := found.get(str(ten))) is not None:
            if not (isinstance(pair, list) and len(pair) == 2):
                raise refused(f"{where}: {ten}", pair, "who gave it, and who of them was right")
            of = _whole(f"{where}: {ten}", pair[0], 1, answered)
            sure[ten] = of, _whole(f"{where}: {ten}, right", pair[1], 0, min(of, right))
    if len(sure) < len(found):
        raise refused(f"{where}: names", sorted(found), "0 to 100 by tens")
    for at, most in ((0, answered), (1, right)):
        _whole(f"{where}, in sum", sum(pair[at] for pair in sure.values()), 0, most)
    return sure


def _table(where: str, found: Any, k: int, most: int) -> tuple[tuple[int, ...], ...]:
    """Who was right in both of two items: the same on both sides, and no more than in either."""
    square = isinstance(found, list) and len(found) == k
    if not (square and all(isinstance(row, list) and len(row) == k for row in found)):
        raise refused(where, found, f"{k} rows of {k} numbers")
    own = [_whole(where, found[at][at], 0, most) for at in range(k)]
    for at in range(k):
        for other in range(at):
            least = max(0, own[at] + own[other] - most)
            _whole(where, found[at][other], least, min(own[at], own[other]))
            _whole(where, found[other][at], found[at][other], found[at][other])
    return tuple(map(tuple, found))
