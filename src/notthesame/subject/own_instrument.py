"""A definition that a reader describes, of a country's own law or of one made up, under the same rule.

What is described here is a reader's own reading and no fact of the course: it is held against the cases by
``definitions.verdicts``, beside the texts of ``definition_elements``. Where the reader is not sure, or the
text is silent, the verdict is "depends".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .._reading import is_blank, only, unreadable
from ..exercise_forms.in_lab import InLab
from ..exercise_readers import names
from .definitions import OWN, UNSURE, Element, Instrument, feature, features, instrument

NAME, LONGEST = "Your law", 40  # the name of a text that has none; characters that a name may have
NONE = "none"  # of a part: the text does not ask for it
MODELS = ("un_palermo", "coe_197", "eu_2011_36", "us_severe_sex")  # texts to begin a description with


@dataclass(frozen=True)
class Part:
    """One thing to look for in a text. ``asked``: the text asks for any one of these, for none, or is unsure.

    families: of the features that it may name. group, status: of the elements that come of it.
    """

    key: str
    label: str
    look: str
    families: tuple[str, ...]
    group: str
    status: str = "one_of"
    asked: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """The features that the part may name, in the order of the table."""
        return tuple(key for key, found in features().items() if self._holds(key, found.family))

    def _holds(self, key: str, family: str) -> bool:
        # "Not offered voluntarily" is of the family of consent too, and no agreement.
        return family in self.families and (family != "consent" or key == "adult_consents")


PARTS: Mapping[str, Part] = {
    part.key: part
    for part in (
        Part("acts", "Acts", "any one is enough", ("act",), "act", asked=True),
        Part("means", "Means", "any one, against an adult", ("means",), "means_or_age", asked=True),
        Part("age", "Age", "below it no means is needed", ("age",), "means_or_age"),
        Part("purposes", "Purposes", "any one is enough", ("purpose",), "purpose", asked=True),
        Part(
            "requires",
            "Also asked for",
            "each has to be there",
            ("movement", "context", "mental_state", "exchange"),
            "also",
            "required",
        ),
        Part("excludes", "Ruled out", "by any of these", ("consent",), "out", "excludes"),
    )
}
ASKED = tuple(part.key for part in PARTS.values() if part.asked)


def own_instrument(
    name: str = NAME,
    acts: Any = (),
    means: Any = (),
    age: Any = (),
    purposes: Any = (),
    requires: Any = (),
    excludes: Any = (),
    unsure: Any = (),
) -> Instrument:
    """A definition of your own law, or of one made up, to hold against cases by ``verdicts`` or ``compare``.

    acts, means, purposes: features of which any one is enough, or "none" where the text asks for none. age:
    "under_18" or "under_14", where no means is asked for. requires: what else has to be there, each of it.
    excludes: "adult_consents" where that puts a case outside. unsure: features, or "acts", "means" and
    "purposes", of which the text is silent or you are not sure; these give "depends". Raises ValueError for
    names that do not exist and for a part of which nothing is said.

    >>> law = own_instrument("Freedonia", acts="act_harbour", means="force, abduction", purposes="none")
    >>> from notthesame.subject.comparison import compare
    >>> compare(["act_harbour"], unknown=["force"], instruments=[law])
    Freedonia: depends (means)
    """
    return read(
        {
            "name": name,
            "acts": acts,
            "means": means,
            "age": age,
            "purposes": purposes,
            "requires": requires,
            "excludes": excludes,
            "unsure": unsure,
        }
    ).instrument()


# --- a description, as it is kept ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Description:
    """What a reader says of a text: for each part the features named, or ``NONE``; and what is unsure.

    Of a feature that is both named and unsure the verdict depends.
    """

    name: str
    named: Mapping[str, tuple[str, ...]]
    unsure: tuple[str, ...] = ()

    def blanks(self) -> list[str]:
        """The parts of which nothing is said, though every text has something or nothing to say of them."""
        return [key for key in ASKED if not self.named[key] and not self._open(PARTS[key])]

    def faults(self) -> Iterator[str]:
        """What keeps this from being a definition, in a clause each."""
        for key in self.blanks():
            yield f'{key}: nothing yet; name at least one, or "none", or put {key} under unsure'
        for key in ASKED:
            open_ones = {*PARTS[key].choices} & {*self.unsure}
            if self.none(key) and open_ones:
                yield f"{key}: none is asked for, so {', '.join(sorted(open_ones))} cannot be unsure"
        if self.none("means") and self._names("age"):
            yield "age: where no means is asked for, no age can take its place"
        if not self.blanks() and all(self.none(key) for key in ASKED) and not self._names("requires"):
            yield "the text as described asks for nothing, so every case would meet it"

    def none(self, key: str) -> bool:
        """Whether the text asks for nothing in this part, for sure."""
        return self.named[key] == (NONE,) and key not in self.unsure

    def asks(self) -> int:
        """Of how many of acts, means, purposes and the rest the text asks something, or may."""
        return sum(not self.none(key) for key in ASKED) + bool(self._names("requires"))

    def all_unsure(self) -> bool:
        """Whether acts, means and purposes each have nothing that is sure."""
        return not any(self.none(key) or {*self.named[key]} - {*self.unsure, NONE} for key in ASKED)

    def _names(self, key: str) -> set[str]:
        return {*self.named[key], *({*PARTS[key].choices} & {*self.unsure})}

    def _open(self, part: Part) -> bool:
        return part.key in self.unsure or bool({*part.choices} & {*self.unsure})

    def instrument(self) -> Instrument:
        """The definition; raises ValueError with the first fault."""
        for fault in self.faults():
            raise ValueError(fault)
        elements = tuple(element for part in PARTS.values() for element in self._elements(part))
        return Instrument("own", f"{self.name}, as you describe it", self.name, elements)

    def _elements(self, part: Part) -> Iterator[Element]:
        """The elements of one part. Each need of an unsure one has an element without a feature: it may ask
        for something else, or for nothing."""
        for key in part.choices:
            sure, unsure = key in self.named[part.key], key in self.unsure
            if unsure and part.status == "required":  # there it is met; where it is missing nobody can say
                group = f"{part.group}: {key}"
                yield Element(key, "one_of", group, "", part.label.lower(), OWN)
                yield _open(group, part, f"it is unsure whether it has to be there: {feature(key).short}")
            elif unsure:
                detail = f"it is unsure what this changes: {feature(key).short}"
                yield Element(key, part.status, part.group, detail, part.label.lower(), UNSURE)
            elif sure:
                yield Element(key, part.status, part.group, "", part.label.lower(), OWN)
        if part.key in self.unsure:
            yield _open(part.group, part, f"the text is silent on its {part.key}, or you are not sure")


def _open(group: str, part: Part, why: str) -> Element:
    return Element("", "one_of", group, why, part.label.lower(), UNSURE)


def read(given: Any) -> Description:
    """A description out of a dict as ``own_instrument`` takes it; raises ValueError for what does not exist.

    >>> read({"acts": "houses or hides", "means": "none", "unsure": ["purposes"]}).named["acts"]
    ('act_harbour',)
    """
    if not isinstance(given, Mapping):
        raise unreadable(given, f"a dict is wanted, with {', '.join(('name', *PARTS, 'unsure'))}")
    for key in given:
        if key not in ("name", *PARTS, "unsure"):
            raise unreadable(key, f"the parts are {', '.join(('name', *PARTS, 'unsure'))}")
    named = {key: read_part(key, given.get(key, ())) for key in PARTS}
    return Description(read_name(given.get("name", "")), named, read_part("unsure", given.get("unsure", ())))


def read_name(given: Any) -> str:
    """The name of a text, on one line; raises ValueError for a long one, and for what is no text.

    >>> read_name(" "), read_name("Penal  Code")
    ('Your law', 'Penal Code')
    """
    found = " ".join(only(given).split()) if isinstance(only(given), str) else given
    if is_blank(found):
        return NAME
    if not isinstance(found, str) or len(found) > LONGEST:
        raise ValueError(f"name: {unreadable(given, f'a text of at most {LONGEST} characters is wanted')}")
    return found


def read_part(key: str, given: Any) -> tuple[str, ...]:
    """What a part names, in the order of the table; names come in the forms of ``exercise_readers.names``.

    Raises ValueError naming the part, and the nearest where a name does not exist.

    >>> read_part("age", "under 18"), read_part("means", "none")
    (('under_18',), ('none',))
    """
    if is_blank(given):
        return ()
    known = _allowed(key)
    everything = {name: found.short for name, found in features().items()}
    try:
        found = names("feature", [*_every(), *ASKED, NONE], also=everything)(given)
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from None
    if elsewhere := [name for name in found if name not in known]:
        raise ValueError(f"{key}: {min(elsewhere)} does not belong here; allowed: {', '.join(known)}")
    if NONE in found and len(found) > 1:
        raise ValueError(f'{key}: "none" stands alone, or not at all')
    return tuple(name for name in known if name in found)


def _allowed(key: str) -> list[str]:
    if key not in PARTS:
        return [*_every(), *ASKED]
    return [*PARTS[key].choices, *([NONE] if PARTS[key].asked else [])]


def _every() -> Iterator[str]:
    return (name for part in PARTS.values() for name in part.choices)


# --- beside other texts -------------------------------------------------------------------------------------


def described(key: str) -> dict[str, Any]:
    """What ``own_instrument`` has to be given so that it says what an instrument of the table says.

    Raises KeyError for an instrument that does not exist.

    >>> described("us_severe_sex")["purposes"]
    ['commercial_sex_act']
    """
    found = instrument(key)
    given: dict[str, Any] = {"name": found.short}
    for part in PARTS.values():
        named = [*_asked(found, part)]
        given[part.key] = named or ([NONE] if part.asked else [])
    return given | {"unsure": []}


def _asked(found: Instrument, part: Part) -> Iterator[str]:
    """The features that a text names in one part, sure or not."""
    statuses = {"excludes"} if part.status == "excludes" else {"one_of", "required"}
    here = {element.feature for element in found.having(*statuses)}
    return (key for key in part.choices if key in here)


def parting(own: Instrument, key: str = "un_palermo") -> tuple[str, ...]:
    """Where a text parts from another, part by part, in sentences; none where they name the same.

    >>> law = own_instrument(**{**described("un_palermo"), "name": "Freedonia", "age": ()})
    >>> parting(law)
    ('Age: Freedonia leaves out under 18.',)
    """
    other = instrument(key)
    return tuple(sentence for part in PARTS.values() if (sentence := _part_parting(own, other, part)))


def _part_parting(own: Instrument, other: Instrument, part: Part) -> str:
    mine, theirs = [*_asked(own, part)], [*_asked(other, part)]
    open_too = any(not e.feature and e.clause == part.label.lower() for e in own.elements)
    if theirs and part.asked and not mine:
        said = [] if open_too else ["asks for none"]
    else:
        said = [*_listed("adds", mine, theirs, own), *_listed("leaves out", theirs, mine, own)]
    said += ["is silent or unsure"] if open_too else []
    return f"{part.label}: {own.short} {', and '.join(said)}." if said else ""


def _listed(verb: str, here: list[str], there: list[str], own: Instrument) -> Iterator[str]:
    unsure = {element.feature for element in own.elements if not element.seen}
    words = [f"{feature(key).short}{' (unsure)' * (key in unsure)}" for key in here if key not in there]
    if words:
        yield f"{verb} {'; '.join(words)}"


# --- as the answer to a task --------------------------------------------------------------------------------


def form() -> InLab:
    """The form of the task that asks for a description.

    >>> form().told(form().given(described("us_severe_sex")))[3]
    ('Age:', 'under 18')
    """
    labels = {"name": "Name", **{key: part.label for key, part in PARTS.items()}, "unsure": "Unsure"}
    words = {name: feature(name).short for name in _every()}
    words |= {NONE: "none asked for", **{key: f"all {PARTS[key].label.lower()}" for key in ASKED}}
    return InLab("lab of your own law", labels, words, {"name"}, lacking)


def lacking(given: Any) -> list[str]:
    """The labels of the parts of which a description says nothing yet; raises ValueError as ``read`` does.

    >>> lacking({"acts": "none", "unsure": "means"})
    ['Purposes']
    """
    return [PARTS[key].label for key in read(given).blanks()]


def answered(given: Any) -> Description:
    """A description that says something of every part; raises ValueError where it does not.

    >>> answered({"acts": "none", "unsure": "means"})
    Traceback (most recent call last):
    ValueError: nothing yet for Purposes
    """
    if missing := lacking(given):
        raise ValueError(f"nothing yet for {', '.join(missing)}")
    return read(given)
