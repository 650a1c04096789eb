"""Legal definitions as elements: which instruments a case meets, and the clause that decided.

The rule (``data/tables/definition_elements.csv``): an instrument is met when every ``required`` element is
true, one element of every ``one_of`` group is true and no ``excludes`` element is true; defences are applied
afterwards. With unknown features the rule is evaluated in three values: a verdict is "depends" when an
unknown decides it, when nobody read the deciding clause or is sure of it, or when a definition of sex work
is silent on a means that is present.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from .. import evidence
from .._loading import no_such
from .._reading import several, shown
from .._words import capital
from ..course import read_once

MET, NOT_MET, DEPENDS = "met", "not met", "depends"
ON_PAGE = ("us_sex_trafficking", "us_severe_sex", "us_1591_a1", "us_2421_mann", "un_palermo")
_LABOUR_LIMB, _OF_LABOUR = "us_severe_labour", {"labour_or_services", "forced_labour_slavery_servitude"}
VERDICT_OUTCOMES = (MET, NOT_MET, DEPENDS)
_DECIDING_GROUPS = ("means_or_age", "means", "aggravation", "consent", "movement", "purpose")
AGES = frozenset({"under_14", "under_18"})
OWN, UNSURE = "own", "unsure"  # how a reader knows the text that she or he describes
_BEYOND_DEFENCE = "reckless_disregard_contributed_to_trafficking"


@dataclass(frozen=True)
class Element:
    """One row of ``definition_elements``: what an instrument says of one feature, and where.

    In a text that a reader describes, ``read`` is "own" or "unsure". Without a feature it stands for
    something that the text may ask for as well (see ``own_instrument``).
    """

    feature: str
    status: str
    group: str
    detail: str
    clause: str
    read: str

    @property
    def seen(self) -> bool:
        """Whether somebody read the text; a row that is recalled or unsure decides nothing."""
        return self.read not in ("recalled", UNSURE)

    @property
    def cited(self) -> str:
        """The pinpoint, with "secondary", "recalled" or "unsure" where that is so."""
        return self.clause if self.read in ("primary", OWN) else f"{self.clause}, {self.read}"

    @property
    def doubt(self) -> str:
        """Why a row decides nothing that is not seen."""
        if self.read == UNSURE:
            return self.detail
        return f"{self.clause} ({feature(self.feature).short}) was not read"


@dataclass(frozen=True)
class Need:
    """Something an instrument asks for: any one of these elements."""

    elements: tuple[Element, ...]


@dataclass(frozen=True)
class Instrument:
    """A legal definition, an offence, or a definition of sex work.

    short: a name of two or three words, as "Palermo Protocol", the same in prose, tables, charts and labs.
    """

    key: str
    name: str
    short: str
    elements: tuple[Element, ...]

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


def on_page(features: Collection[str]) -> tuple[str, ...]:
    """The instruments a page holds a case against; one of labour against the labour limb too.

    >>> on_page(["labour_or_services"])[1:3]
    ('us_severe_sex', 'us_severe_labour')
    """
    if not _OF_LABOUR & {*features}:
        return ON_PAGE
    place = ON_PAGE.index("us_severe_sex") + 1
    return (*ON_PAGE[:place], _LABOUR_LIMB, *ON_PAGE[place:])


@dataclass(frozen=True)
class Verdict:
    """One instrument's answer on a case; ``text`` is the instrument itself.

    ``clause`` is the pinpoint that decided. ``missing`` holds, for each need that is not met, the features of
    which any one would meet it (for "depends": those that are open). ``notes`` says what else stands in the
    way: an exclusion, a defence, silence, a clause nobody read. ``remarks`` explain and decide nothing.
    """

    instrument: str
    outcome: str
    clause: str
    text: Instrument = field(repr=False)
    missing: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The full name of the instrument."""
        return self.text.name


@dataclass(frozen=True)
class Feature:
    """A feature of a case, as a question one can ask of it."""

    key: str
    family: str
    short: str
    question: str


def verdicts(
    true: Collection[str],
    unknown: Collection[str] = (),
    instruments: Iterable[str | Instrument] | None = None,
) -> tuple[Verdict, ...]:
    """Every instrument's verdict on a case with these features true and these unknown; all others are false.

    instruments: those to ask, by key, or as ``own_instrument`` makes them. Raises ValueError for features
    that cannot be, as ``settled`` does, and KeyError for an instrument that does not exist.

    >>> case = ["under_18", "act_harbour", "exploitation_prostitution_of_others"]
    >>> [verdict.outcome for verdict in verdicts(case) if verdict.instrument == "un_palermo"]
    ['met']
    """
    true, unknown = settled(true, unknown)
    return tuple(_verdict(instrument, true, unknown) for instrument in _asked(instruments))


def _asked(given: Iterable[str | Instrument] | None) -> Iterable[Instrument]:
    if given is None:
        return instruments().values()
    return [instrument(each) for each in several(given, "instruments", "instrument")]


def settled(true: Collection[str], unknown: Collection[str] = ()) -> tuple[frozenset[str], frozenset[str]]:
    """The features true and unknown, checked, with what age and consent say of each other.

    Somebody under 18 is not a consenting adult, a consenting adult is not under 18, and who may be under 14
    may be under 18. Raises ValueError for a feature that does not exist, that is both true and unknown, or
    for a person who is at once under 18 and a consenting adult.

    >>> true, unknown = settled(["under_14"], unknown=["adult_consents"])
    >>> sorted(true), sorted(unknown)
    (['under_14', 'under_18'], [])
    """
    true, unknown = several(true, "true", "feature"), several(unknown, "unknown", "feature")
    for name in (*true, *unknown):
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


def smallest_changes(
    true: Collection[str], instrument_key: str, outcome: str, most: int = 2
) -> tuple[frozenset[str], ...]:
    """The smallest sets of features to switch (on or off) that turn an instrument's verdict into ``outcome``.

    One empty set when the verdict is that already; no set when ``most`` switches are not enough. Raises
    KeyError for an unknown instrument, ValueError for an unknown outcome and as ``verdicts`` does.

    >>> case = ["act_recruit_entice", "exploitation_prostitution_of_others"]
    >>> [sorted(change) for change in smallest_changes(case, "un_palermo", "met")][:2]
    [['abduction'], ['abuse_of_power']]
    """
    if outcome not in VERDICT_OUTCOMES:
        raise ValueError(f"outcome is {shown(outcome)}; allowed: {', '.join(VERDICT_OUTCOMES)}")
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


@read_once
def instruments() -> Mapping[str, Instrument]:
    """Every instrument by key, in the order of the table.

    >>> list(instruments())[:3]
    ['us_sex_trafficking', 'us_severe_sex', 'us_severe_labour']
    """
    grouped: dict[str, list[Mapping[str, str]]] = {}
    for row in evidence.rows("definition_elements"):
        grouped.setdefault(row["instrument"], []).append(row)
    return {key: _instrument(key, rows) for key, rows in grouped.items()}


def instrument(key: str | Instrument) -> Instrument:
    """One instrument, by its key or as it is; raises KeyError naming the nearest keys.

    >>> instrument("un_palermo").short
    'Palermo Protocol'
    """
    if isinstance(key, Instrument):
        return key
    if key not in instruments():
        raise KeyError(no_such("instrument", key, instruments()))
    return instruments()[key]


@read_once
def features() -> Mapping[str, Feature]:
    """Every feature by key.

    >>> features()["under_18"].question
    'Is the person under 18?'
    """
    columns = ("feature", "family", "short", "question_to_ask_of_a_vignette")
    return {
        row["feature"]: Feature(*(row[name] for name in columns))
        for row in evidence.rows("definition_features")
    }


def feature(key: str) -> Feature:
    """One feature; raises KeyError naming the nearest keys.

    >>> feature("adult_consents").short
    'an adult who agreed'
    """
    if key not in features():
        raise KeyError(no_such("feature", key, features()))
    return features()[key]


def _instrument(key: str, rows: list[Mapping[str, str]]) -> Instrument:
    first = rows[0]
    elements = tuple(
        Element(*(row[name] for name in ("element", "status", "group", "detail", "pinpoint", "read")))
        for row in rows
    )
    return Instrument(key, first["instrument_name"], first["instrument_short"], elements)


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
        """True, False, or None for not settled: unknown, or true under a row that decides nothing."""
        if not element.feature:
            return None
        if element.feature in self.true:
            return True if element.seen else None
        return None if element.feature in self.unknown else False

    def exclusions(self, instrument: Instrument) -> Iterator[_Obstacle]:
        for element in instrument.having("excludes"):
            state, name = self.state(element), feature(element.feature).short
            if state is not False:
                words = f"{name} rules it out" if state else f"{name} is open and would rule it out"
                yield _Obstacle(bool(state), element.cited, note=words if element.seen else element.doubt)

    def needs(self, instrument: Instrument) -> Iterator[_Obstacle]:
        for need in instrument.needs:
            states = {element: self.state(element) for element in need.elements}
            if True in states.values():
                continue
            hanging = [element for element, state in states.items() if state is None]
            unread = [e for e in hanging if e.feature in self.true or not e.feature]
            note = "; ".join(element.doubt for element in unread)
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
        return Verdict(instrument.key, MET, clause, instrument, remarks=_remarks(instrument, MET, true))
    outcome, clause = NOT_MET if deciding[0].certain else DEPENDS, deciding[0].clause
    missing = tuple(obstacle.missing for obstacle in deciding if obstacle.missing)
    notes = tuple(obstacle.note for obstacle in deciding if obstacle.note)
    remarks = _remarks(instrument, outcome, true)
    return Verdict(instrument.key, outcome, clause, instrument, missing, notes, remarks)


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
        f"{capital(feature(e.feature).short)}: {e.detail[0].lower()}{e.detail[1:]}"
        for e in omitted
        if e.feature in true
    )
