"""What of a class is counted together: the questions of a lesson, of an outcome, of a scale, of a belief."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from .. import questions
from ..course import read_once
from ..questions import forms
from ..questions.asked import asked

FORM_A, FORM_B = "00-test", "13-test"  # the scales of the two forms
Places = Mapping[
    str, tuple[int, ...]
]  # of questions in the order of their ids, by the name of what holds them


@dataclass(frozen=True)
class Plan:
    """The ids of all questions, in order, and which of them count together; names are those of a Tally.

    beliefs: the questions whose first answer could show it. lessons: what a lesson asks. outcomes: practice
    and form B. scales: of a lesson the practice questions that it asks, and the two forms item by item.
    """

    ids: tuple[str, ...]
    beliefs: Places
    lessons: Places
    outcomes: Places
    scales: Places


@read_once
def the_plan() -> Plan:
    """The plan of the course in use.

    >>> [the_plan().ids[place] for place in the_plan().scales["00-test"]][0]
    '00-pre-four-groups'
    """
    known, pairs = questions.known_questions(), forms.pairs()
    ids = sorted(known)
    at = {name: place for place, name in enumerate(ids)}
    beliefs, outcomes = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for place, name in enumerate(ids):
        question = known[name]
        for belief in {belief for _, _, belief in question.reasons() if belief}:
            beliefs[belief].append(place)
        if not name.startswith(forms.BEFORE):
            outcomes[f"{question.taught:02}-{question.outcome}"].append(place)
    lessons = {
        number: [at[name] for name in dict.fromkeys(own) if name in at] for number, own in asked().items()
    }
    scales = {
        number: [place for place in own if known[ids[place]].mode == "practice"]
        for number, own in lessons.items()
    }
    scales[FORM_A] = [at[pair.before.id] for pair in pairs]
    scales[FORM_B] = [at[pair.after.id] for pair in pairs]
    return Plan(tuple(ids), *map(_named, (beliefs, lessons, outcomes, scales)))


def _named(found: Mapping[str, list[int]]) -> Places:
    """In order of name, without what has no question."""
    return {name: tuple(places) for name, places in sorted(found.items()) if places}
