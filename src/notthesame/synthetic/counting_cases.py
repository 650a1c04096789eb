"""A synthetic population of cases for the counting lab, coded in the features of ``definition_features``.

Every case is made up: no person, place or file stands behind it, and no share in it is an estimate of
anything. The groups are of equal size on purpose, because nobody knows the real mix.
``data/tables/counting_cases_synthetic.csv`` is exactly what ``as_csv`` returns.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from ..subject.counting import SIZE

SEED = 3
COLUMNS = ("case", "group", "place", "true", "open", "opens_at", "synthetic")

Roll = Mapping[tuple[str, ...], int]  # the features that may be true together, with their weights

_PROFIT = "exploitation_prostitution_of_others"
_INTENT = "intent_promote_prostitution"
_KNOWS = "knowledge_or_reckless_disregard"
_SITE = ("interactive_computer_service", _INTENT, "act_advertise", _PROFIT)
_OVER_THE_LINE = ("act_transport", "cross_border_or_interstate_movement", _INTENT, _PROFIT)
_MEANS = ("force", "fraud_deception", "coercion_serious_harm", "coercion_legal_process", "abuse_of_power")
MEANS = (*_MEANS, "abuse_of_vulnerability")

# What is drawn for each case of a group, one alternative of each roll.
ROLLS: Mapping[str, tuple[Roll, ...]] = {
    "minor": (
        {("under_18", "commercial_sex_act"): 1},
        {
            ("act_patronize_solicit",): 30,
            ("act_recruit_entice", _PROFIT): 25,
            ("act_harbour", _PROFIT): 20,
            _SITE: 15,
            _OVER_THE_LINE: 10,
        },
        {(): 60, ("force",): 10, ("fraud_deception",): 15, ("coercion_serious_harm",): 15},
        {(_KNOWS,): 85, (): 15},
    ),
    "adult_means": (
        {("commercial_sex_act",): 1},
        {
            ("act_recruit_entice", _PROFIT): 30,
            ("act_harbour", _PROFIT): 25,
            ("act_maintain", _PROFIT): 15,
            ("act_patronize_solicit",): 10,
            _SITE: 10,
            _OVER_THE_LINE: 10,
        },
        dict(zip(((name,) for name in MEANS), (18, 24, 20, 10, 8, 20), strict=True)),
        {("adult_consents",): 40, (): 60},
        {(_KNOWS,): 85, (): 15},
        {("money_or_goods_received",): 60, (): 40},
    ),
    "third_party": (
        {("commercial_sex_act", "adult_consents"): 1},
        {
            ("act_recruit_entice", _PROFIT): 25,
            ("act_harbour", _PROFIT): 20,
            ("act_transport",): 15,
            ("act_advertise", _PROFIT): 10,
            _SITE: 20,
            _OVER_THE_LINE: 10,
        },
        {("money_or_goods_received",): 90, (): 10},
    ),
    "self_directed": (
        {("commercial_sex_act", "adult_consents", "act_patronize_solicit", "money_or_goods_received"): 1},
        {(): 80, ("cross_border_or_interstate_movement",): 20},
    ),
}


@dataclass(frozen=True)
class SyntheticCase:
    """What one invented person does to or with another.

    true: the features that hold. open: those nobody has looked into once the file is open. place: 1 to
    ``SIZE`` in its group; a population takes the first so many. opens_at: the percentage of open files from
    which this is one.
    """

    case: str
    group: str
    place: int
    true: tuple[str, ...]
    open: tuple[str, ...]
    opens_at: int


def generate(seed: int = SEED) -> Iterator[SyntheticCase]:
    """The synthetic cases of every group, in order; the same seed gives the same cases on every machine.

    >>> next(generate()).case, next(generate()).group
    ('s001', 'minor')
    """
    draw = random.Random(seed).random  # of the generator's methods this one is promised to stay the same
    for number, (group, rolls) in enumerate(ROLLS.items()):
        for place in range(1, SIZE + 1):
            true = tuple(feature for roll in rolls for feature in _pick(roll, draw()))
            # Steps of 61 visit each percentage once and spread open files over any first so many places.
            opens_at = 61 * place % SIZE + 1
            name = f"s{number * SIZE + place:03}"
            yield SyntheticCase(name, group, place, true, _open(group, true), opens_at)


def as_csv(seed: int = SEED) -> str:
    """The text of ``counting_cases_synthetic.csv``.

    >>> as_csv().splitlines()[0]
    'case,group,place,true,open,opens_at,synthetic'
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for case in generate(seed):
        features = ("; ".join(case.true), "; ".join(case.open))
        writer.writerow([case.case, case.group, case.place, *features, case.opens_at, "true"])
    return text.getvalue()


def _pick(roll: Roll, at: float) -> tuple[str, ...]:
    """The alternative at a point between 0 and 1 of a roll."""
    ends = accumulate(weight / sum(roll.values()) for weight in roll.values())
    return next((features for features, end in zip(roll, ends, strict=True) if at < end), list(roll)[-1])


def _open(group: str, true: tuple[str, ...]) -> tuple[str, ...]:
    """What an open file leaves out: who had a part (a minor), the means and the agreement (an adult)."""
    if group == "minor":
        return (*(name for name in true if name.startswith("act_")), _KNOWS)
    return (*MEANS, "adult_consents", _KNOWS)
