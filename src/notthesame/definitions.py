"""Legal definitions as elements: which instruments a case meets, and the clause that decided.

The rule (``data/tables/definition_elements.csv``): an instrument is met when every ``required`` element is
true, one element of every ``one_of`` group is true and no ``excludes`` element is true; defences are applied
afterwards. With unknown features the rule is evaluated in three values: a verdict is "depends" when an
unknown decides it, when nobody read the deciding clause, or when a definition of sex work is silent on a
means that is present.
"""

from __future__ import annotations

import html
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from typing import Any

from . import evidence
from ._loading import FileFaults, no_such, read_yaml, structure
from .course import course_file

MET, NOT_MET, DEPENDS = "met", "not met", "depends"
ON_PAGE = ("us_sex_trafficking", "us_severe_sex", "us_1591_a1", "us_2421_mann", "un_palermo")
OUTCOMES = (MET, NOT_MET, DEPENDS)
_DECIDING_GROUPS = ("means_or_age", "means", "aggravation", "consent", "movement", "purpose")
AGES = frozenset({"under_14", "under_18"})
_BEYOND_DEFENCE = "reckless_disregard_contributed_to_trafficking"
_SHORT_INSTRUMENTS = {
    "us_sex_trafficking": "TVPA, broad label",
    "us_severe_sex": "TVPA, severe form (sex)",
    "us_severe_labour": "TVPA, severe form (labour)",
    "us_1591_a1": "18 U.S.C. 1591(a)(1)",
    "us_1591_a2": "18 U.S.C. 1591(a)(2)",
    "us_2421_mann": "Mann Act",
    "us_2421A_a": "18 U.S.C. 2421A(a)",
    "us_2421A_b": "18 U.S.C. 2421A(b)",
    "un_palermo": "Palermo Protocol",
    "un_1949_procure": "1949 Convention, procuring",
    "un_1949_exploit": "1949 Convention, exploiting",
    "coe_197": "Council of Europe Convention",
    "eu_2011_36": "EU Directive 2011/36",
    "ilo_c29": "ILO Convention 29",
    "sw_amnesty": "Sex work: Amnesty",
    "sw_unaids_who": "Sex work: UNAIDS / WHO",
}


@dataclass(frozen=True)
class Element:
    """One row of ``definition_elements``: what an instrument says of one feature, and where."""

    feature: str
    status: str
    group: str
    detail: str
    clause: str
    read: str

    @property
    def seen(self) -> bool:
        """Whether the text was read, by us or by a source we trust; a recalled row decides nothing."""
        return self.read != "recalled"

    @property
    def cited(self) -> str:
        """The pinpoint, with "secondary" or "recalled" where the text itself was not read."""
        return self.clause if self.read == "primary" else f"{self.clause}, {self.read}"


@dataclass(frozen=True)
class Need:
    """Something an instrument asks for: any one of these elements."""

    elements: tuple[Element, ...]


@dataclass(frozen=True)
class Instrument:
    """A legal definition, an offence, or a definition of sex work."""

    key: str
    name: str
    year: int
    jurisdiction: str
    elements: tuple[Element, ...]

    @property
    def short(self) -> str:
        """A name of two or three words: "Palermo Protocol"."""
        return _SHORT_INSTRUMENTS.get(self.key, self.name)

    @property
    def of_sex_work(self) -> bool:
        """Whether this defines sex work, and not trafficking or an offence."""
        return self.key.startswith("sw_")

    @property
    def needs(self) -> tuple[Need, ...]:
        """The required elements, one need each, and the one-of groups, in the order of the table."""
        found: dict[str, list[Element]] = {}
        for element in self.elements:
            if element.status == "required":
                found[element.feature] = [element]
            elif element.status == "one_of":
                found.setdefault(f"one of {element.group}", []).append(element)
        return tuple(Need(tuple(elements)) for elements in found.values())

    def having(self, *statuses: str) -> tuple[Element, ...]:
        """The elements with one of these statuses, in the order of the table."""
        return tuple(element for element in self.elements if element.status in statuses)


@dataclass(frozen=True)
class Verdict:
    """One instrument's answer on a case.

    ``clause`` is the pinpoint that decided. ``missing`` holds, for each need that is not met, the features of
    which any one would meet it (for "depends": those that are open). ``notes`` says what else stands in the
    way: an exclusion, a defence, silence, a clause nobody read. ``remarks`` explain and decide nothing.
    """

    instrument: str
    outcome: str
    clause: str
    missing: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The full name of the instrument."""
        return instruments()[self.instrument].name


@dataclass(frozen=True)
class Feature:
    """A feature of a case, as a question one can ask of it."""

    key: str
    family: str
    short: str
    question: str


@dataclass(frozen=True)
class Vignette:
    """An invented case: its facts, whose conduct is coded, the features that are true and those left open."""

    id: str
    title: str
    facts: str
    features_of: str
    features: tuple[str, ...] = ()
    features_open: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def verdicts(self) -> tuple[Verdict, ...]:
        """Every instrument's verdict on the case as coded."""
        return verdicts(self.features, self.features_open)

    def __repr__(self) -> str:
        return f"{self.title} (invented). {self.facts} Conduct judged: {self.features_of}."

    def _repr_html_(self) -> str:
        title, facts, whose = (html.escape(text) for text in (self.title, self.facts, self.features_of))
        head = f"<p><strong>{title}</strong> (an invented case)</p>"
        return f"{head}<p>{facts}</p><p><em>Conduct judged:</em> {whose}</p>"


def verdicts(true: Collection[str], unknown: Collection[str] = ()) -> tuple[Verdict, ...]:
    """Every instrument's verdict on a case with these features true and these unknown; all others are false.

    Raises ValueError for features that cannot be, as ``settled`` does.
    """
    true, unknown = settled(true, unknown)
    return tuple(_verdict(instrument, true, unknown) for instrument in instruments().values())


def settled(true: Collection[str], unknown: Collection[str] = ()) -> tuple[frozenset[str], frozenset[str]]:
    """The features true and unknown, checked, with what age and consent say of each other.

    Somebody under 18 is not a consenting adult, a consenting adult is not under 18, and who may be under 14
    may be under 18. Raises ValueError for a feature that does not exist, that is both true and unknown, or
    for a person who is at once under 18 and a consenting adult.
    """
    for names, word in ((true, "true"), (unknown, "unknown")):
        if isinstance(names, str):
            raise ValueError(f"{word} is the text {names!r}; give a list of features, such as ['{names}']")
        for name in names:
            if name not in features():
                raise ValueError(no_such("feature", name, features()))
    both = set(true) & set(unknown)
    if both:
        raise ValueError(f"{', '.join(sorted(both))} cannot be both true and unknown")
    true = frozenset(true) | ({"under_18"} if "under_14" in true else set())
    if not _possible(true):
        raise ValueError("a person cannot be both under_18 and adult_consents; take one of the two out")
    unknown = frozenset(unknown) | ({"under_18"} if "under_14" in unknown else set())
    unknown -= true | ({"adult_consents"} if "under_18" in true else set())
    return true, unknown - AGES if "adult_consents" in true else unknown


@dataclass(frozen=True)
class Comparison:
    """Verdicts side by side, for the last line of a cell, below the facts of the case if one was given."""

    verdicts: tuple[Verdict, ...]
    after: str = ""
    case: Vignette | None = None

    def __repr__(self) -> str:
        lines = [f"{v.name}: {'; '.join((f'{v.outcome} ({v.clause})', *v.notes))}" for v in self.verdicts]
        return "\n".join([repr(self.case), *lines] if self.case else lines)

    def _repr_html_(self) -> str:
        of_law = [v for v in self.verdicts if not instruments()[v.instrument].of_sex_work]
        of_work = [v for v in self.verdicts if instruments()[v.instrument].of_sex_work]
        tables = [_table(of_law, "Definitions of trafficking and related offences")] if of_law else []
        shown = "".join(tables + ([_table(of_work, "Definitions of sex work")] if of_work else []))
        if self.after:
            shown = f"<details><summary>{html.escape(self.after)}</summary>{shown}</details>"
        return self.case._repr_html_() + shown if self.case else shown


def compare(
    true: Collection[str] | Vignette,
    unknown: Collection[str] = (),
    instruments: Iterable[str] = ON_PAGE,
    after: str = "",
) -> Comparison:
    """The verdicts of some instruments on one case, as a table. Give a Vignette, or features.

    With ``after`` the table lies in a closed block with this line as its summary (predict before reveal).
    Raises KeyError for an instrument that does not exist, ValueError as ``verdicts`` does.
    """
    case: Vignette | None = None
    if isinstance(true, Vignette):
        case = true
        true, unknown = case.features, case.features_open
    wanted = tuple(instruments)
    for key in wanted:
        instrument(key)
    found = {verdict.instrument: verdict for verdict in verdicts(true, unknown)}
    return Comparison(tuple(found[key] for key in wanted), after, case)


@dataclass(frozen=True)
class Elements:
    """What some instruments ask for, for the last line of a cell."""

    instruments: tuple[Instrument, ...]

    def __repr__(self) -> str:
        return "\n".join(f"{name}: {asks} ({clause})" for name, asks, clause in self._rows())

    def _repr_html_(self) -> str:
        return _html_table(
            "What each instrument asks for", ("Instrument", "Asks for", "Clause"), self._rows()
        )

    def _rows(self) -> Iterator[tuple[str, str, str]]:
        for found in self.instruments:
            for need in found.needs:
                words = [features()[e.feature].short for e in need.elements if e.seen]
                asks = f"any one of: {', '.join(words)}" if len(words) > 1 else "".join(words)
                yield found.short, asks, need.elements[0].cited


def elements(*instrument_keys: str) -> Elements:
    """What some instruments ask for, as a table; every instrument of the lesson's page when none is named."""
    return Elements(tuple(instrument(key) for key in instrument_keys or ON_PAGE))


def smallest_changes(
    true: Collection[str], instrument_key: str, outcome: str, most: int = 2
) -> tuple[frozenset[str], ...]:
    """The smallest sets of features to switch (on or off) that turn an instrument's verdict into ``outcome``.

    One empty set when the verdict is that already; no set when ``most`` switches are not enough. Raises
    KeyError for an unknown instrument, ValueError for an unknown outcome and as ``verdicts`` does.
    """
    if outcome not in OUTCOMES:
        raise ValueError(f"outcome is {outcome!r}; allowed: {', '.join(OUTCOMES)}")
    true, target = settled(true, ())[0], instrument(instrument_key)
    relevant = sorted({element.feature for element in target.elements} | (AGES & true) | {"adult_consents"})

    def reaches(change: frozenset[str]) -> bool:
        case = true ^ change
        return _possible(case) and _verdict(target, case, frozenset()).outcome == outcome

    for size in range(most + 1):
        hits = tuple(filter(reaches, map(frozenset, combinations(relevant, size))))
        if hits:
            return hits
    return ()


@cache
def instruments() -> Mapping[str, Instrument]:
    """Every instrument by key, in the order of the table."""
    grouped: dict[str, list[Mapping[str, str]]] = {}
    for row in evidence.rows("definition_elements"):
        grouped.setdefault(row["instrument"], []).append(row)
    return {key: _instrument(key, rows) for key, rows in grouped.items()}


def instrument(key: str) -> Instrument:
    """One instrument; raises KeyError naming the nearest keys."""
    if key not in instruments():
        raise KeyError(no_such("instrument", key, instruments()))
    return instruments()[key]


@cache
def features() -> Mapping[str, Feature]:
    """Every feature by key."""
    columns = ("feature", "family", "short", "question_to_ask_of_a_vignette")
    return {
        row["feature"]: Feature(*(row[name] for name in columns))
        for row in evidence.rows("definition_features")
    }


def feature(key: str) -> Feature:
    """One feature; raises KeyError naming the nearest keys."""
    if key not in features():
        raise KeyError(no_such("feature", key, features()))
    return features()[key]


@cache
def vignettes() -> Mapping[str, Vignette]:
    """Every vignette by id; raises FileFaults when one is coded with an unknown feature."""
    path = course_file("data", "vignettes.yaml")
    found: dict[str, Vignette] = {}
    faults = []
    for raw in read_yaml(path)["vignettes"]:
        names = ("id", "title", "facts", "features_of", "features", "features_open")
        part, wrong = structure({name: raw[name] for name in names if name in raw}, _RawVignette)
        faults += [f"vignette {raw.get('id')}: {fault}" for fault in wrong]
        if part is None:
            continue
        try:
            settled(part.features, part.features_open)
        except ValueError as error:
            faults.append(f"vignette {part.id}: {error}")
        more = {name: value for name, value in raw.items() if name not in names}
        found[part.id] = Vignette(**vars(part), more=more)
    if faults:
        raise FileFaults(path, faults)
    return found


def vignette(vignette_id: str) -> Vignette:
    """One vignette; raises KeyError naming the nearest ids."""
    if vignette_id not in vignettes():
        raise KeyError(no_such("vignette", vignette_id, vignettes()))
    return vignettes()[vignette_id]


@cache
def lesson_vignettes(lesson: str = "lesson_02") -> tuple[Vignette, ...]:
    """The vignettes a lesson works through, in its order."""
    return tuple(vignette(name) for name in read_yaml(course_file("data", "vignettes.yaml"))[lesson])


@dataclass(frozen=True)
class _RawVignette:
    id: str
    title: str
    facts: str
    features_of: str
    features: tuple[str, ...] = ()
    features_open: tuple[str, ...] = ()


def _instrument(key: str, rows: list[Mapping[str, str]]) -> Instrument:
    first = rows[0]
    elements = tuple(
        Element(*(row[name] for name in ("element", "status", "group", "detail", "pinpoint", "read")))
        for row in rows
    )
    return Instrument(key, first["instrument_name"], int(first["year"]), first["jurisdiction"], elements)


def _possible(true: Collection[str]) -> bool:
    ages = AGES & set(true)
    return not (ages and "adult_consents" in true) and ages != {"under_14"}


@dataclass(frozen=True)
class _Obstacle:
    """Something that keeps an instrument from being met: certainly, or only perhaps."""

    certain: bool
    clause: str
    missing: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class _Case:
    """Features true and unknown, and what they come to under one instrument."""

    true: frozenset[str]
    unknown: frozenset[str]

    def state(self, element: Element) -> bool | None:
        """True, False, or None for not settled: unknown, or true under a row whose text nobody has read."""
        if element.feature in self.true:
            return True if element.seen else None
        return None if element.feature in self.unknown else False

    def exclusions(self, instrument: Instrument) -> Iterator[_Obstacle]:
        for element in instrument.having("excludes"):
            state, name = self.state(element), feature(element.feature).short
            if state is not False:
                words = f"{name} rules it out" if state else f"{name} is open and would rule it out"
                yield _Obstacle(bool(state), element.cited, note=words)

    def needs(self, instrument: Instrument) -> Iterator[_Obstacle]:
        for need in instrument.needs:
            states = {element: self.state(element) for element in need.elements}
            if True in states.values():
                continue
            hanging = [element for element, state in states.items() if state is None]
            unread = [element for element in hanging if element.feature in self.true]
            note = "; ".join(f"{e.clause} ({feature(e.feature).short}) was not read" for e in unread)
            lacking = hanging or need.elements
            missing = tuple(element.feature for element in lacking if element not in unread)
            yield _Obstacle(not hanging, lacking[0].cited, missing, note)

    def defences(self, instrument: Instrument) -> Iterator[_Obstacle]:
        for element in instrument.having("defence", "defence_partial"):
            # The partial defence answers 2421A(b)(1) only: it does not help whoever also falls under (b)(2).
            beyond = _BEYOND_DEFENCE if element.status == "defence_partial" else ""
            if element.feature not in self.true | self.unknown or beyond in self.true:
                continue
            certain = element.feature in self.true and beyond not in self.unknown
            words = f"defence{'' if certain else ' that is open'}: {feature(element.feature).short}"
            yield _Obstacle(certain, element.cited, note=words)

    def silences(self, instrument: Instrument) -> Iterator[_Obstacle]:
        """A definition of sex work that is silent on a means that is, or may be, present is not just met."""
        named = {element.feature for element in instrument.elements}
        means = [name for name, found in features().items() if found.family == "means" and name not in named]
        silent = [feature(name).short for name in means if name in self.true | self.unknown]
        if instrument.of_sex_work and silent:
            clause = {element.feature: element.cited for element in instrument.elements}["adult_consents"]
            yield _Obstacle(False, clause, note=f"the definition is silent on {', '.join(silent)}")


def _verdict(instrument: Instrument, true: frozenset[str], unknown: frozenset[str]) -> Verdict:
    case = _Case(true, unknown)
    obstacles = [*case.exclusions(instrument), *case.needs(instrument)]
    if not any(obstacle.certain for obstacle in obstacles):
        obstacles += [*case.defences(instrument), *case.silences(instrument)]
    deciding = [obstacle for obstacle in obstacles if obstacle.certain] or obstacles
    if not deciding:
        clause = _met_by(instrument, true)
        return Verdict(instrument.key, MET, clause, remarks=_remarks(instrument, MET, true))
    outcome, clause = NOT_MET if deciding[0].certain else DEPENDS, deciding[0].clause
    missing = tuple(obstacle.missing for obstacle in deciding if obstacle.missing)
    notes = tuple(obstacle.note for obstacle in deciding if obstacle.note)
    return Verdict(instrument.key, outcome, clause, missing, notes, _remarks(instrument, outcome, true))


def _met_by(instrument: Instrument, true: frozenset[str]) -> str:
    """The clause that carried a verdict of met: the means or the age before anything else."""
    present = [e for need in instrument.needs for e in need.elements if e.feature in true and e.seen]
    rank = {group: place for place, group in enumerate(_DECIDING_GROUPS)}
    return min(present, key=lambda element: rank.get(element.group, len(rank))).cited


def _remarks(instrument: Instrument, outcome: str, true: frozenset[str]) -> tuple[str, ...]:
    """What the text says of present features that decide nothing: consent when met, else what it omits."""
    if outcome == MET:
        consent = (element for element in instrument.elements if element.group == "consent")
        return tuple(e.detail for e in consent if e.status != "required" and e.feature in true)
    omitted = instrument.having("not_listed", "not_a_substitute", "separate_offence")
    return tuple(
        f"{_capital(feature(e.feature).short)}: {e.detail[0].lower()}{e.detail[1:]}"
        for e in omitted
        if e.feature in true
    )


SIGNS = {MET: "\N{CHECK MARK} met", NOT_MET: "\N{MULTIPLICATION X} not met", DEPENDS: "? depends"}


def _table(shown: Iterable[Verdict], caption: str) -> str:
    columns = ("Instrument", "Verdict", "Clause that decided", "What is missing or open")
    rows = ((v.name, SIGNS[v.outcome], v.clause, open_in_words(v)) for v in shown)
    return _html_table(caption, columns, rows)


def _html_table(caption: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A plain HTML table; the first cell of a row is its heading. Every text is escaped."""
    left = ' style="text-align:left"'
    head = "".join(f'<th scope="col"{left}>{html.escape(name)}</th>' for name in columns)
    body = ""
    for first, *rest in rows:
        cells = "".join(f"<td{left}>{html.escape(cell)}</td>" for cell in rest)
        body += f'<tr><th scope="row"{left}>{html.escape(first)}</th>{cells}</tr>'
    caption = f"<caption>{html.escape(caption)}</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def missing_in_words(verdict: Verdict) -> str:
    """What a verdict still asks for: each need as its feature or as "one of: ...", then the notes."""
    return "; ".join([*_needs_in_words(verdict), *verdict.notes]) or "nothing"


def open_in_words(verdict: Verdict) -> str:
    """Sentences for a table: what is missing or open, the notes and the remarks."""
    kind = "Open: " if verdict.outcome == DEPENDS else "Missing: "
    needs = "; ".join(_needs_in_words(verdict))
    sentences = [kind + needs] if needs else [] if verdict.notes else ["Nothing"]
    sentences += map(_capital, verdict.notes)
    return " ".join([*(f"{sentence}." for sentence in sentences), *verdict.remarks])


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _needs_in_words(verdict: Verdict) -> list[str]:
    needs = [[feature(name).short for name in need] for need in verdict.missing]
    return [names[0] if len(names) == 1 else f"one of: {', '.join(names)}" for names in needs]
