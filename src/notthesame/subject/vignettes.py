"""The invented cases (``data/vignettes.yaml``): facts, whose conduct is judged, and features coded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import Markup

from .. import _html
from .._loading import FileFaults, name_of, no_such, read_yaml, structure
from ..course import course, read_once
from .definitions import Verdict, settled, verdicts


@dataclass(frozen=True)
class Vignette(_html.Block):
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

    def __html__(self) -> Markup:
        return _html.lines((_html.paragraph("(an invented case)", self.title), self.told()))

    def told(self) -> Markup:
        """What happened, and whose conduct is judged, as a page shows them."""
        whose = Markup("<em>Conduct judged:</em> {}").format(self.features_of)
        return _html.paragraphs((self.facts, whose))


@read_once
def vignettes() -> Mapping[str, Vignette]:
    """Every vignette by id; raises FileFaults when one is coded with an unknown feature.

    >>> vignettes()["w02-bed"].title
    'A bed for Tomasi'
    """
    return _file()[0]


@read_once
def _file() -> tuple[Mapping[str, Vignette], Mapping[str, tuple[str, ...]]]:
    return load_vignettes(course().file("data", "vignettes.yaml"))


def load_vignettes(path: Path) -> tuple[Mapping[str, Vignette], Mapping[str, tuple[str, ...]]]:
    """The vignettes of a file by id, and the ids that a lesson works through, by lesson.

    Raises FileFaults with every fault, its vignette and what is allowed.

    >>> load_vignettes(course().file("data", "vignettes.yaml"))[1]["lesson_02"][0]
    'v03-promised'
    """
    raw, faults = structure(read_yaml(path), _RawFile)
    if raw is None:
        raise FileFaults(path, faults)
    found: dict[str, Vignette] = {}
    for index, entry in enumerate(raw.vignettes, 1):
        case, wrong = _vignette(entry)
        name = name_of(entry, index)
        wrong += [f"the id {name} stands twice"] if name in found else []
        faults += [f"vignette {name}: {fault}" for fault in wrong]
        if case:
            found[case.id] = case
    faults += [
        f"lesson_02: {no_such('vignette', name, found)}" for name in raw.lesson_02 if name not in found
    ]
    if faults:
        raise FileFaults(path, faults)
    return found, {"lesson_02": raw.lesson_02}


def _vignette(entry: Any) -> tuple[Vignette | None, list[str]]:
    read, wrong = structure(entry, _RawVignette)
    if read is None:
        return None, wrong
    try:
        settled(read.features, read.features_open)
    except ValueError as error:
        wrong.append(str(error))
    names = [name for name in Vignette.__dataclass_fields__ if name != "more"]
    more = {name: value for name, value in entry.items() if name not in names}
    return Vignette(**{name: getattr(read, name) for name in names}, more=more), wrong


def vignette(vignette_id: str) -> Vignette:
    """One vignette; raises KeyError naming the nearest ids.

    >>> vignette("w02-bed").features_of
    'Conrad'
    """
    if vignette_id not in vignettes():
        raise KeyError(no_such("vignette", vignette_id, vignettes()))
    return vignettes()[vignette_id]


@read_once
def lesson_vignettes(lesson: str = "lesson_02") -> tuple[Vignette, ...]:
    """The vignettes a lesson works through, in its order.

    >>> lesson_vignettes()[0].title
    'Chidi is told something else'
    """
    return tuple(vignette(name) for name in _file()[1][lesson])


@dataclass(frozen=True)
class _View:
    view: str
    verdict: str
    why: str


@dataclass(frozen=True)
class _Added:
    add: tuple[str, ...]


@dataclass(frozen=True)
class _RawVignette:
    id: str
    title: str
    facts: str
    features_of: str
    features: tuple[str, ...] = ()
    features_open: tuple[str, ...] = ()
    sector: str = ""
    fictional: bool = True
    elements: dict[str, Any] = field(default_factory=dict)
    teaching_note: str = ""
    views: tuple[_View, ...] = ()
    questions: tuple[str, ...] = ()
    flip: _Added | None = None
    features_before_and_after: tuple[str, ...] = ()
    second_order: _Added | None = None


@dataclass(frozen=True)
class _RawFile:
    title: str
    vignettes: tuple[Any, ...]
    lesson_02: tuple[str, ...]
    notes: tuple[str, ...] = ()
    status_values: tuple[str, ...] = ()
    consent_toolkit: dict[str, str] = field(default_factory=dict)
    ilo_indicators_order: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
