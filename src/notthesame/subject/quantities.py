"""The figures of the interval game (``data/interval_game.yaml``): a plain question each, and its fact."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import evidence
from .._loading import FileFaults, name_of, no_such, read_yaml, structure
from .._reading import shown
from .._words import counted, plain_number
from ..course import course, read_once
from ..evidence import Fact

FEWEST, MOST = 3, 10  # questions of a game: what a page holds


@dataclass(frozen=True)
class Quantity:
    """A question whose answer is one figure of a fact. fact, value: the fact's id, and the name in it."""

    id: str
    fact: str
    value: str
    unit: str
    ask: str

    @property
    def known(self) -> Fact:
        """The fact that holds the figure."""
        return evidence.fact(self.fact)

    @property
    def figure(self) -> float:
        """The figure, in ``unit``."""
        found = self.known[self.value].value
        if isinstance(found, datetime.date):
            raise ValueError(f"{self.fact}: {self.value} is a date; a number is wanted")
        return float(found)

    @property
    def in_words(self) -> str:
        """The figure with its unit."""
        return f"{plain_number(self.figure)} {self.unit}"


@read_once
def quantities() -> Mapping[str, Quantity]:
    """The course's quantities by id, in the order of the file; raises FileFaults with every fault.

    >>> quantities()["votes"].in_words
    '107 votes'
    """
    return load_quantities(course().file("data", "interval_game.yaml"))


@dataclass(frozen=True)
class _RawFile:
    quantities: tuple[Quantity, ...]


def load_quantities(path: Path) -> dict[str, Quantity]:
    """The quantities of one file, by id. Raises FileFaults with every fault and what is allowed.

    >>> len(load_quantities(course().file("data", "interval_game.yaml")))
    5
    """
    raw = read_yaml(path)
    found, faults = structure(raw, _RawFile)
    if found is None:
        raise FileFaults(path, faults)
    ids = Counter(each.id for each in found.quantities)
    for index, each in enumerate(found.quantities, 1):
        wrong = [f"this id is used {ids[each.id]} times"] if ids[each.id] > 1 else []
        name = name_of({"id": each.id}, index)
        faults += [f"quantity {name}: {fault}" for fault in (*wrong, *_faults(each))]
    if not FEWEST <= len(found.quantities) <= MOST:
        number = counted(len(found.quantities), "question")
        faults.append(f"quantities: found {number}; allowed are {FEWEST} to {MOST}")
    if faults:
        raise FileFaults(path, faults)
    return {each.id: each for each in found.quantities}


def _faults(given: Quantity) -> list[str]:
    """What is wrong with one entry, against the ledger."""
    faults = []
    if not re.fullmatch(r"[a-z]+", given.id):  # Python takes it as the name of a value to set
        faults.append(f"id is {shown(given.id)}; allowed are small letters")
    if not given.unit.strip():
        faults.append("unit is empty; words are wanted, such as people")
    if not given.ask.strip().endswith("?"):
        faults.append(f"ask is {shown(given.ask)}; a question is wanted")
    return faults + _fact_faults(given)


def _fact_faults(given: Quantity) -> list[str]:
    fact = evidence.known_facts().get(given.fact)
    if fact is None:
        return [no_such("fact", given.fact, evidence.known_facts())]
    if fact.read != "primary":
        return [f"the fact {given.fact} is {fact.read}; only what was read in its source may be asked"]
    if given.value not in fact.values:
        return [f"{given.fact}: {no_such('value', given.value, fact.values)}"]
    if isinstance(fact.values[given.value].value, datetime.date):
        return [f"{given.fact}: {given.value} is a date; a number is wanted"]
    if re.search(rf"(?<![\d,.]){re.escape(plain_number(given.figure))}(?![\d,.]*\d)", given.ask):
        return [f"ask holds the figure, {plain_number(given.figure)}"]
    return []
