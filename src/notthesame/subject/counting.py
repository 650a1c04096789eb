"""One population of synthetic cases, counted under every instrument: ``count_cases`` is the rule.

The cases are those of ``counting_cases_synthetic``, the verdicts those of ``definitions.verdicts``. No total
here says anything about the world.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from .. import evidence
from .._reading import shown, whole_number
from ..course import read_once
from . import definitions
from .comparison import open_in_words
from .definitions import DEPENDS, MET, NOT_MET, Verdict

TABLE = "counting_cases_synthetic"
GROUPS: Mapping[str, str] = {
    "minor": "minors",
    "adult_means": "adults, a means used",
    "third_party": "adults and a third party, no means",
    "self_directed": "adults by themselves, no means",
}
SIZE = 100  # cases in a group
OUT, IN, RANGE = RULES = ("out", "in", "range")


@dataclass(frozen=True)
class Total:
    """What one instrument counts in a population: cases by group that meet it, and that depend."""

    instrument: str
    met: Mapping[str, int]
    depends: Mapping[str, int]

    def bounds(self, rule: str = RANGE, group: str = "") -> tuple[int, int]:
        """The lowest and highest count, of one group or of all, with "depends" counted out, in, or both."""
        met, more = (part[group] if group else sum(part.values()) for part in (self.met, self.depends))
        return (met if rule != IN else met + more), (met if rule == OUT else met + more)


@dataclass(frozen=True)
class _Case:
    group: str
    place: int
    true: frozenset[str]
    open: frozenset[str]
    opens_at: int


def count_cases(numbers: Mapping[str, int] | None = None, unknown: int = 0) -> tuple[Total, ...]:
    """The total of every instrument on a synthetic population.

    numbers: cases of each group of ``GROUPS``, 0 to 100; a group that is not named has 100. unknown: per
    cent of the files that are open, 0 to 100. Raises ValueError naming the group or number that is not
    allowed.

    >>> totals = {total.instrument: total for total in count_cases({"minor": 0, "adult_means": 0})}
    >>> totals["us_sex_trafficking"].bounds(), totals["us_severe_sex"].bounds()
    ((178, 178), (0, 0))
    """
    met = {key: dict.fromkeys(GROUPS, 0) for key in definitions.instruments()}
    depends = {key: dict.fromkeys(GROUPS, 0) for key in definitions.instruments()}
    for (group, true, hidden), times in _patterns(numbers, unknown).items():
        for key, verdict in _verdicts(true, hidden).items():
            met[key][group] += times * (verdict.outcome == MET)
            depends[key][group] += times * (verdict.outcome == DEPENDS)
    return tuple(Total(key, met[key], depends[key]) for key in met)


def left_out(
    instrument_key: str, numbers: Mapping[str, int] | None = None, unknown: int = 0
) -> Mapping[str, Mapping[str, int]]:
    """The cases that an instrument does not count: how many by group and, within it, by what is missing.

    The commonest reason comes first. Takes a population as ``count_cases`` does; raises KeyError for an
    unknown instrument.

    >>> sum(left_out("us_severe_sex")["minor"].values())
    16
    """
    key = definitions.instrument(instrument_key).key
    found: dict[str, Counter[str]] = {group: Counter() for group in GROUPS}
    for (group, true, hidden), times in _patterns(numbers, unknown).items():
        verdict = _verdicts(true, hidden)[key]
        if verdict.outcome == NOT_MET:
            found[group][open_in_words(verdict)] += times
    return {group: dict(reasons.most_common()) for group, reasons in found.items() if reasons}


def _patterns(
    numbers: Mapping[str, int] | None, unknown: int
) -> Counter[tuple[str, frozenset[str], frozenset[str]]]:
    """The cases of a population by group, by the features that are true, and by those that are open."""
    wanted, unknown = population(numbers or {}), percent_open(unknown)
    patterns: Counter[tuple[str, frozenset[str], frozenset[str]]] = Counter()
    for case in _cases():
        if case.place <= wanted[case.group]:
            hidden = case.open if case.opens_at <= unknown else frozenset[str]()
            patterns[case.group, case.true - hidden, hidden] += 1
    return patterns


def population(given: Mapping[str, int]) -> dict[str, int]:
    """Cases of every group; a group that is not named is whole. Raises ValueError naming what is allowed.

    >>> population({"minor": 20})
    {'minor': 20, 'adult_means': 100, 'third_party': 100, 'self_directed': 100}
    """
    for group in given:
        if group not in GROUPS:
            raise ValueError(f"there is no group {shown(group)}; there are: {', '.join(GROUPS)}")
    return {group: _within(group, given.get(group, SIZE), SIZE, "numbers") for group in GROUPS}


def percent_open(given: int) -> int:
    """Whole per cent from 0 to 100; raises ValueError for anything else.

    >>> percent_open(50)
    50
    """
    return _within("unknown", given, 100, "per cent")


def _within(name: str, given: Any, most: int, what: str) -> int:
    with suppress(ValueError):
        if 0 <= (number := whole_number(given)) <= most:
            return number
    raise ValueError(f"{name} is {shown(given)}; allowed are whole {what} from 0 to {most}")


@read_once
def _cases() -> tuple[_Case, ...]:
    return tuple(
        _Case(
            row["group"],
            int(row["place"]),
            _features(row["true"]),
            _features(row["open"]),
            int(row["opens_at"]),
        )
        for row in evidence.rows(TABLE)
    )


def _features(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split("; ")))


@read_once
def _verdicts(true: frozenset[str], unknown: frozenset[str]) -> Mapping[str, Verdict]:
    """The verdict of every instrument; there are few different patterns, so each is judged once."""
    return {verdict.instrument: verdict for verdict in definitions.verdicts(true, unknown)}
