"""The invented cases (``data/vignettes.yaml``): facts, whose conduct is judged, and features coded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from .. import _html
from .._loading import FileFaults, no_such, read_yaml, structure
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
    path = course().file("data", "vignettes.yaml")
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
    return tuple(vignette(name) for name in read_yaml(course().file("data", "vignettes.yaml"))[lesson])


@dataclass(frozen=True)
class _RawVignette:
    id: str
    title: str
    facts: str
    features_of: str
    features: tuple[str, ...] = ()
    features_open: tuple[str, ...] = ()
