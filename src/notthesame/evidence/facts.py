"""Facts: what the course may claim, read from ``data/facts`` with every fault of a file at once."""

from __future__ import annotations

import ast
import datetime
import operator
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from .. import _html
from .._loading import FileFaults, name_of, named, no_such, read_yaml, structure, unusable
from .._plain import refusing_plainly
from .._reading import shown
from .._words import EXACT
from ..course import course, read_once
from .sources import cite, known_sources, sources_named
from .tables import rows

READ = {
    "primary": "read in the source itself",
    "secondary": "as a reliable source reports it",
    "recalled": "from memory, not checked: not printed as a fact",
}
TOPICS = ("law", "surveys", "prevalence", "debate")
MOST_DIGITS = 12  # after the point
LONGEST_FORMULA = 200  # characters
Number = int | float


@dataclass(frozen=True)
class Value:
    """One value of a fact: a number with its unit, or a date."""

    name: str
    value: Number | datetime.date
    unit: str
    what: str


@dataclass(frozen=True)
class Label:
    """The evidence label: who counted, whom, how, when, on what base, and what is missing."""

    who: str
    whom: str
    how: str
    when: str
    base: str
    missing: str


@dataclass(frozen=True)
class Fact(_html.Block):
    """A fact of the ledger. ``fact["respondents"]`` is one of its values; a cell shows its evidence label.

    ``must_say`` are words that a lesson which links the fact owes its reader; ``term`` are its holder's
    own nouns for people.
    """

    id: str
    statement: str
    source: str
    read: str
    locator: str
    checked: datetime.date
    values: Mapping[str, Value] = field(default_factory=dict)
    via: str = ""
    caution: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
    label: Label | None = None
    must_say: tuple[str, ...] = ()
    term: tuple[str, ...] = ()

    @refusing_plainly
    def __getitem__(self, name: str) -> Value:
        if name not in self.values:
            raise KeyError(f"{self.id}: {no_such('value', name, self.values)}")
        return self.values[name]

    @property
    def link_title(self) -> str:
        """The title of a link to this fact: short source, sampling if there is any, how far it was read."""
        name = cite(self.source).short + (f" via {cite(self.via).short}" if self.via else "")
        return ", ".join(part for part in (name, self.about.get("sampling", ""), self.read) if part)

    def __repr__(self) -> str:
        return "\n".join(f"{name}: {text}" for name, text in label_rows(self))

    def __html__(self) -> Markup:
        return _html.table(f"Evidence label: {self.id}", (), label_rows(self))


def fact(fact_id: str) -> Fact:
    """One fact of the ledger; raises KeyError naming the nearest ids.

    >>> fact("law-palermo-elements")["elements"].value
    3
    """
    found = known_facts().get(fact_id)
    if found is None:
        raise KeyError(unusable("fact", fact_id, fact_faults()) or no_such("fact", fact_id, known_facts()))
    return found


def known_facts() -> Mapping[str, Fact]:
    """Every fact by id, in the order of the files, less those with a fault; ``fact_faults`` tells of these.

    >>> "law-palermo-elements" in known_facts()
    True
    """
    return _every_file()[0]


def fact_faults() -> tuple[FileFaults, ...]:
    """The faults of every file of facts, all at once.

    >>> fact_faults()
    ()
    """
    return _every_file()[1]


@read_once
def _every_file() -> tuple[Mapping[str, Fact], tuple[FileFaults, ...]]:
    found: dict[str, Fact] = {}
    broken = []
    for topic in TOPICS:
        path = course().file("data", "facts", f"{topic}.yaml")
        try:
            sound, faults = _sound_facts(path)
        except FileFaults as error:
            broken.append(error)
            continue
        found |= sound
        broken += [FileFaults(path, faults)] if faults else []
    return found, tuple(broken)


def load_facts(path: Path) -> dict[str, Fact]:
    """The facts of one file, by id. Raises FileFaults with every fault, its fact and what is allowed.

    >>> "law-palermo-elements" in load_facts(course().file("data", "facts", "law.yaml"))
    True
    """
    found, faults = _sound_facts(path)
    if faults:
        raise FileFaults(path, faults)
    return found


def _sound_facts(path: Path) -> tuple[dict[str, Fact], list[str]]:
    """The facts of one file that are sound, by id, and the faults of the others."""
    raw = read_yaml(path)
    if (
        not isinstance(raw, dict)
        or set(raw) != {"topic", "checked", "facts"}
        or not isinstance(raw["facts"], list)
    ):
        raise FileFaults(path, ["the file must hold 'topic', 'checked' (a date) and 'facts' (a list)"])
    head, wrong = structure({"topic": raw["topic"], "checked": raw["checked"]}, _RawHead)
    faults, found = [*wrong], {}
    names = [name_of(entry, index) for index, entry in enumerate(raw["facts"], 1)]
    ids = Counter(names)
    for name, entry in zip(names, raw["facts"], strict=True):
        read, wrong = structure(_listed(entry), _RawFact)
        wrong += _name_faults(entry) if isinstance(entry, dict) else []
        wrong += [f"this id is used {ids[name]} times"] if ids[name] > 1 else []
        values = _values(read, wrong) if read else {}
        if read and not wrong and head:
            found[name] = _fact(read, values, raw["checked"])
        faults += [f"fact {name}: {fault}" for fault in wrong]
    return found, faults


def label_rows(found: Fact) -> list[tuple[str, str]]:
    """The rows of an evidence label, as (name, text); of a recalled fact only that it is not printed.

    >>> [name for name, _ in label_rows(fact("law-palermo-elements"))][:2]
    ['Claim', 'Source']
    """
    if found.read == "recalled":
        return [("Claim", READ["recalled"])]
    rows_ = [("Claim", found.statement)]
    if found.label:
        names = {"who": "Who counted", "whom": "Whom", "how": "How", "when": "When", "base": "Base"}
        rows_ += [(title, getattr(found.label, name)) for name, title in names.items()]
        rows_.append(("Missing", found.label.missing))
    rows_ += [(name.replace("_", " ").capitalize(), text) for name, text in found.about.items()]
    via = f" Seen in: {cite(found.via)}" if found.via else ""
    rows_ += [("Source", f"{cite(found.source)} {found.locator}.{via}"), ("Read", READ[found.read])]
    rows_ += [("Caution", found.caution)] if found.caution else []
    rows_.append(("Last checked", found.checked.isoformat()))
    return [(name, sources_named(text)) for name, text in rows_]


# --- reading the files --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _RawHead:
    topic: str
    checked: datetime.date


@dataclass(frozen=True)
class _RawValue:
    value: int | float
    unit: str
    what: str


@dataclass(frozen=True)
class _RawLookup:
    table: str
    where: dict[str, str | int | float]
    column: str
    unit: str
    what: str = ""


@dataclass(frozen=True)
class _RawDerivation:
    formula: str
    unit: str
    digits: int = 0
    what: str = ""
    from_: tuple[str, ...] = ()


@dataclass(frozen=True)
class _RawFact:
    id: str
    statement: str
    source: str
    read: str
    locator: str
    figures: dict[str, _RawValue] = field(default_factory=dict)
    dates: dict[str, datetime.date] = field(default_factory=dict)
    lookups: dict[str, _RawLookup] = field(default_factory=dict)
    derivations: dict[str, dict[str, Any]] = field(default_factory=dict)
    via: str = ""
    caution: str = ""
    population: str = ""
    n: int | str = ""
    field_dates: str = ""
    sampling: str = ""
    instrument: str = ""
    label: Label | None = None
    checked: datetime.date | None = None
    must_say: tuple[str, ...] = ()
    term: tuple[str, ...] = ()


def _listed(entry: Any) -> Any:
    """An entry whose must_say and term are lists, also where the file gives one text."""
    if not isinstance(entry, dict):
        return entry
    one = {name: [entry[name]] for name in ("must_say", "term") if isinstance(entry.get(name), str)}
    return {**entry, **one}


_ABOUT = ("population", "n", "field_dates", "sampling", "instrument")


def _name_faults(entry: Mapping[str, Any]) -> list[str]:
    """Faults of the names in an entry: its id, how it was read, its sources."""
    faults = []
    if isinstance(entry.get("id"), str) and not re.fullmatch(r"[a-z0-9-]+", entry["id"]):
        faults.append(f"id is {shown(entry['id'])}; allowed are small letters, digits and hyphens")
    if isinstance(entry.get("read"), str) and entry["read"] not in READ:
        faults.append(f"read is {shown(entry['read'])}; allowed: {', '.join(READ)}")
    for key in (entry.get("source"), entry.get("via") or None):
        if isinstance(key, str) and key not in known_sources():
            faults.append(no_such("source", key, known_sources()))
    return faults


def _fact(raw: _RawFact, values: Mapping[str, Value], checked: datetime.date) -> Fact:
    return Fact(
        raw.id,
        raw.statement,
        raw.source,
        raw.read,
        raw.locator,
        raw.checked or checked,
        values,
        raw.via,
        raw.caution,
        {name: str(getattr(raw, name)) for name in _ABOUT if getattr(raw, name) != ""},
        raw.label,
        raw.must_say,
        raw.term,
    )


def _values(raw: _RawFact, faults: list[str]) -> dict[str, Value]:
    """The values of a fact by name; what is wrong with one is added to ``faults``."""
    found = {name: Value(name, v.value, v.unit, v.what) for name, v in raw.figures.items()}
    found |= {name: Value(name, day, "date", name.replace("_", " ")) for name, day in raw.dates.items()}
    recipes: list[tuple[str, Callable[[], Value]]] = [
        *((name, partial(_look_up, name, look)) for name, look in raw.lookups.items()),
        *((name, partial(_derive, name, recipe, found)) for name, recipe in raw.derivations.items()),
    ]
    names = Counter([*raw.figures, *raw.dates, *raw.lookups, *raw.derivations])
    faults += [f"the name {named(name)} stands for {n} values" for name, n in names.items() if n > 1]
    faults += [
        f"the name {shown(name)} of a value; allowed are small letters, digits and _, a letter first"
        for name in names
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name)
    ]
    for name, make in recipes:
        try:
            found[name] = make()
        except (ValueError, KeyError, TypeError) as error:
            faults.append(f"{name}: {error.args[0]}")
        except ArithmeticError:  # a division by zero, or more digits than a number has
            faults.append(f"{name}: the formula gives no number, or more digits than {MOST_DIGITS}")
    return found


def _look_up(name: str, look: _RawLookup) -> Value:
    hits = [row for row in rows(look.table) if all(row.get(c) == str(v) for c, v in look.where.items())]
    if len(hits) != 1:
        raise ValueError(
            f"the lookup {shown(look.where)} finds {len(hits)} rows of {look.table}; it must find one"
        )
    text = hits[0].get(look.column) or ""
    if not re.fullmatch(r"-?\d+(\.\d+)?", text):
        raise ValueError(
            f"the lookup finds {shown(text)} in the column {shown(look.column)} of {look.table}; "
            "a number is wanted"
        )
    return Value(name, float(text) if "." in text else int(text), look.unit, look.what)


def _derive(name: str, recipe: Mapping[str, Any], known: Mapping[str, Value]) -> Value:
    raw, faults = structure({("from_" if k == "from" else k): v for k, v in recipe.items()}, _RawDerivation)
    if raw is None:
        raise ValueError("; ".join(faults).replace("from_", "from"))
    missing = [source for source in raw.from_ if source not in known]
    if missing:
        raise ValueError(f"it starts from {', '.join(missing)}; known: {', '.join(known)}")
    if raw.digits not in range(MOST_DIGITS + 1):
        raise ValueError(f"digits is {shown(raw.digits)}; allowed are 0 to {MOST_DIGITS}")
    try:
        formula = ast.parse(raw.formula[:LONGEST_FORMULA].strip(), mode="eval").body
    except (SyntaxError, ValueError):
        words = "is no formula; allowed are names, numbers and + - * /"
        raise ValueError(f"{shown(raw.formula)} {words}") from None
    value = _arithmetic(formula, {source: known[source].value for source in raw.from_})
    if not isinstance(value, (int, float)):
        raise ValueError(f"{shown(raw.formula)} gives {value}; a number is wanted")
    return Value(name, _rounded(value, raw.digits), raw.unit, raw.what or f"{raw.formula}, rounded")


def _rounded(value: Number, digits: int) -> Number:
    """Rounded as readers do it, a half away from zero; a whole number when there are no digits."""
    exact = Decimal(repr(value)).quantize(Decimal((0, (1,), -digits)), ROUND_HALF_UP, EXACT)
    return float(exact) if digits else int(exact)


_OPERATORS: Mapping[type, Any] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def _arithmetic(node: ast.expr, names: Mapping[str, Any]) -> Any:
    """A formula of names, numbers and + - * /; dates may be subtracted, which gives days."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value
    if isinstance(node, ast.Name) and node.id in names:
        return names[node.id]
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        result = _OPERATORS[type(node.op)](_arithmetic(node.left, names), _arithmetic(node.right, names))
        return result.days if isinstance(result, datetime.timedelta) else result
    raise ValueError(
        f"a formula may hold names ({', '.join(names)}), numbers and + - * /; "
        f"found {named(ast.unparse(node))}"
    )
