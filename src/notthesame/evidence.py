"""Facts, tables, sources: loading, citing, the ledger, the evidence label. Numbers live in ``data/`` only."""

from __future__ import annotations

import ast
import csv
import datetime
import difflib
import html
import json
import operator
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._course import course_file
from ._yaml import FileFaults, read_yaml, structure

if TYPE_CHECKING:
    import pandas as pd

READ = {
    "primary": "read in the source itself",
    "secondary": "as a reliable source reports it",
    "recalled": "from memory, not checked: not printed as a fact",
}
TOPICS = ("law", "surveys", "prevalence", "debate")
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
class Source:
    """One entry of ``data/sources.bib``."""

    key: str
    type: str
    title: str
    authors: tuple[str, ...] = ()
    year: str = ""
    container: str = ""
    publisher: str = ""
    doi: str = ""
    url: str = ""
    note: str = ""
    shorthand: str = ""

    @property
    def short(self) -> str:
        """As a link title names it: "22 U.S.C. 7102", "Platt 2018"."""
        if self.shorthand:
            return self.shorthand
        names = [author.split(",")[0] for author in self.authors]
        who = names[0] if len(names) == 1 else f"{names[0]} and {names[1]}" if len(names) == 2 else ""
        who = who or (f"{names[0]} et al." if names else self.title)
        return f"{who} {self.year}".strip()

    def __str__(self) -> str:
        where = f"https://doi.org/{self.doi}" if self.doi else self.url
        parts = [", ".join(self.authors), f"{self.title} ({self.year})" if self.year else self.title]
        parts += [self.container, self.publisher, where]
        return ". ".join(part.rstrip(".") for part in parts if part) + "."


@dataclass(frozen=True)
class Fact:
    """A fact of the ledger. ``fact["respondents"]`` is one of its values; a cell shows its evidence label."""

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

    def __getitem__(self, name: str) -> Value:
        if name not in self.values:
            raise KeyError(f"{self.id}: {unknown('value', name, self.values)}")
        return self.values[name]

    @property
    def link_title(self) -> str:
        """The title of a link to this fact: short source, sampling if there is any, how far it was read."""
        name = cite(self.source).short + (f" via {cite(self.via).short}" if self.via else "")
        return ", ".join(part for part in (name, self.about.get("sampling", ""), self.read) if part)

    def __repr__(self) -> str:
        return "\n".join(f"{name}: {text}" for name, text in _label_rows(self))

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><th scope="row" style="text-align:left">{html.escape(name)}</th>'
            f'<td style="text-align:left">{html.escape(text)}</td></tr>'
            for name, text in _label_rows(self)
        )
        return (
            f"<table><caption>Evidence label: {html.escape(self.id)}</caption><tbody>{rows}</tbody></table>"
        )


def fact(fact_id: str) -> Fact:
    """One fact of the ledger; raises KeyError naming the nearest ids."""
    found = facts().get(fact_id)
    if found is None:
        raise KeyError(unknown("fact", fact_id, facts()))
    return found


@dataclass(frozen=True, repr=False)
class EvidenceLabel:
    """The evidence label of a fact as a page shows it; with ``after``, in a closed block of that name."""

    fact: Fact
    after: str = ""

    def __repr__(self) -> str:
        return repr(self.fact)

    def _repr_html_(self) -> str:
        table = self.fact._repr_html_()
        return (
            f"<details><summary>{html.escape(self.after)}</summary>{table}</details>" if self.after else table
        )


def label(fact_id: str, after: str = "") -> EvidenceLabel:
    """The evidence label of a fact, for the last line of a cell.

    With ``after`` it lies in a closed block with this line as its summary (predict before reveal).
    """
    return EvidenceLabel(fact(fact_id), after)


@cache
def facts() -> Mapping[str, Fact]:
    """Every fact by id, in the order of the files; raises FileFaults with every fault of a file at once."""
    found: dict[str, Fact] = {}
    for topic in TOPICS:
        found |= load_facts(course_file("data", "facts", f"{topic}.yaml"))
    return found


def load_facts(path: Path) -> dict[str, Fact]:
    """The facts of one file, by id. Raises FileFaults with every fault, its fact and what is allowed."""
    raw = read_yaml(path)
    if (
        not isinstance(raw, dict)
        or set(raw) != {"topic", "checked", "facts"}
        or not isinstance(raw["facts"], list)
    ):
        raise FileFaults(path, ["the file must hold 'topic', 'checked' (a date) and 'facts' (a list)"])
    if not isinstance(raw["checked"], datetime.date):
        raise FileFaults(path, [f"checked is {raw['checked']!r}; allowed is a date such as 2026-11-22"])
    found: dict[str, Fact] = {}
    faults: list[str] = []
    ids = Counter(str(entry.get("id")) for entry in raw["facts"] if isinstance(entry, dict) and "id" in entry)
    for index, entry in enumerate(raw["facts"], 1):
        name = str(entry.get("id", f"number {index}")) if isinstance(entry, dict) else f"number {index}"
        read, wrong = structure(entry, _RawFact)
        wrong += _name_faults(entry) if isinstance(entry, dict) else []
        wrong += [f"this id is used {ids[name]} times"] if ids[name] > 1 else []
        values = _values(read, wrong) if read else {}
        if read and not wrong:
            found[name] = _fact(read, values, raw["checked"])
        faults += [f"fact {name}: {fault}" for fault in wrong]
    if faults:
        raise FileFaults(path, faults)
    return found


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a table as text, by column; raises KeyError naming the nearest tables."""
    path = Path(course_file("data", "tables")) / f"{name}.csv"
    if name not in table_names():
        raise KeyError(unknown("table", name, table_names()))
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def table(name: str) -> pd.DataFrame:
    """A table of ``data/tables`` as a pandas DataFrame, typed as its descriptor says (dates as dates)."""
    import pandas as pd

    if name not in table_names():
        raise KeyError(unknown("table", name, table_names()))
    fields = descriptor(name)["schema"]["fields"]
    kinds = {f["name"]: _PANDAS[f["type"]] for f in fields if f["type"] in _PANDAS}
    dates = [f["name"] for f in fields if f["type"] == "date"]
    path = course_file("data", "tables", f"{name}.csv")
    return pd.read_csv(path, dtype=kinds, parse_dates=dates, keep_default_na=False, na_values=[""])


@cache
def table_names() -> tuple[str, ...]:
    """The names of the tables."""
    return tuple(sorted(path.stem for path in Path(course_file("data", "tables")).glob("*.csv")))


@cache
def _package() -> Mapping[str, Any]:
    package: Mapping[str, Any] = json.loads(
        course_file("data", "datapackage.json").read_text(encoding="utf-8")
    )
    return package


def descriptor(name: str) -> Mapping[str, Any]:
    """What the Data Package says of a table: schema, units, source, licence, and what it cannot tell you."""
    found: dict[str, Mapping[str, Any]] = {Path(r["path"]).stem: r for r in _package()["resources"]}
    if name not in found:
        raise KeyError(f"data/datapackage.json does not describe the table {name!r}; run make data")
    return found[name]


@cache
def sources() -> Mapping[str, Source]:
    """Every source by its key."""
    raw = json.loads(course_file("data", "sources.json").read_text(encoding="utf-8"))
    return {
        key: Source(key=key, **{**entry, "authors": tuple(entry.get("authors", ()))})
        for key, entry in raw.items()
    }


def cite(key: str) -> Source:
    """A source; printed in full, or ``.short``. Raises KeyError naming the nearest keys."""
    found = sources().get(key)
    if found is None:
        raise KeyError(unknown("source", key, sources()))
    return found


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """A message for an unknown name, with the nearest known ones."""
    known = list(known)
    near = difflib.get_close_matches(str(name), known, n=4)
    near = near or difflib.get_close_matches(str(name), known, n=2, cutoff=0.4)
    return f"There is no {what} {name!r}." + (f" Nearest: {', '.join(near)}." if near else "")


def ledger() -> str:
    """``data/ledger.md``: one level-2 heading a fact, its id, so that a link can point at it."""
    head = (
        "# The ledger\n\n"
        "Every number and date in this course links to an entry here: what is claimed, the values that\n"
        "a lesson may print, the source, how far it was checked, and what to be careful about. Made from\n"
        "`data/facts/` by `make data`; do not edit by hand.\n"
    )
    return head + "".join(_entry(found) for found in facts().values())


def _entry(found: Fact) -> str:
    if found.read == "recalled":
        words = "From memory and not checked, so it is not printed here and no lesson may use it."
        return f"\n## {found.id}\n\n{words}\n"
    values = [f"| {v.name} | {_plain(v.value)} | {v.unit} | {v.what} |" for v in found.values.values()]
    head = ["", "| name | value | unit | what |", "| --- | --- | --- | --- |"]
    lines = [f"\n## {found.id}\n", found.statement, *(head + values if values else ()), ""]
    lines += [f"- **{name}**: {text}" for name, text in _label_rows(found)[1:] if name != "Values"]
    return "\n".join(lines) + "\n"


def _label_rows(found: Fact) -> list[tuple[str, str]]:
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
    return [*rows_, ("Last checked", found.checked.isoformat())]


def _plain(value: Number | datetime.date) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else f"{value:,}"


# --- reading the files --------------------------------------------------------------------------------


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


_ABOUT = ("population", "n", "field_dates", "sampling", "instrument")
_PANDAS = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}


def _name_faults(entry: Mapping[str, Any]) -> list[str]:
    """Faults of the names in an entry: its id, how it was read, its sources."""
    faults = []
    if isinstance(entry.get("id"), str) and not re.fullmatch(r"[a-z0-9-]+", entry["id"]):
        faults.append(f"id is {entry['id']!r}; allowed are small letters, digits and hyphens")
    if isinstance(entry.get("read"), str) and entry["read"] not in READ:
        faults.append(f"read is {entry['read']!r}; allowed: {', '.join(READ)}")
    for key in (entry.get("source"), entry.get("via")):
        if isinstance(key, str) and key and key not in sources():
            faults.append(unknown("source", key, sources()))
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
    faults += [f"the name {name} stands for {n} values" for name, n in names.items() if n > 1]
    faults += [
        f"the name {name!r} of a value; allowed are small letters, digits and underscores, a letter first"
        for name in names
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name)
    ]
    for name, make in recipes:
        try:
            found[name] = make()
        except (ValueError, KeyError, TypeError, ZeroDivisionError) as error:
            faults.append(f"{name}: {error.args[0]}")
    return found


def _look_up(name: str, look: _RawLookup) -> Value:
    hits = [row for row in rows(look.table) if all(row.get(c) == str(v) for c, v in look.where.items())]
    if len(hits) != 1:
        raise ValueError(f"the lookup {look.where} finds {len(hits)} rows of {look.table}; it must find one")
    text = hits[0].get(look.column) or ""
    if not re.fullmatch(r"-?\d+(\.\d+)?", text):
        raise ValueError(
            f"the lookup finds {text!r} in the column {look.column!r} of {look.table}; a number is wanted"
        )
    return Value(name, float(text) if "." in text else int(text), look.unit, look.what)


def _derive(name: str, recipe: Mapping[str, Any], known: Mapping[str, Value]) -> Value:
    raw, faults = structure({("from_" if k == "from" else k): v for k, v in recipe.items()}, _RawDerivation)
    if raw is None:
        raise ValueError("; ".join(faults).replace("from_", "from"))
    missing = [source for source in raw.from_ if source not in known]
    if missing:
        raise ValueError(f"it starts from {', '.join(missing)}; known: {', '.join(known)}")
    try:
        formula = ast.parse(raw.formula, mode="eval").body
    except SyntaxError:
        raise ValueError(f"{raw.formula!r} is no formula; allowed are names, numbers and + - * /") from None
    value = _arithmetic(formula, {source: known[source].value for source in raw.from_})
    if not isinstance(value, (int, float)):
        raise ValueError(f"{raw.formula!r} gives {value}; a number is wanted")
    return Value(name, _rounded(value, raw.digits), raw.unit, raw.what or f"{raw.formula}, rounded")


def _rounded(value: Number, digits: int) -> Number:
    """Rounded as readers do it, a half away from zero; a whole number when there are no digits."""
    exact = Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
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
        f"a formula may hold names ({', '.join(names)}), numbers and + - * /; found {ast.unparse(node)}"
    )
