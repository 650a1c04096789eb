"""The lab of your own law: describe a definition, and see where it parts from two texts of the course.

What is described is a reader's own reading and no fact of the course. ``subject.own_instrument`` turns it
into elements, and ``definitions.verdicts`` is the rule. The script beside this file draws the traits and
writes the learner's choices into them. What was described last is kept, as the answer to a task.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import traitlets
from markupsafe import Markup

from .. import _html
from .._words import capital, counted
from ..course import read_once
from ..questions import answers, drafts
from ..subject import own_instrument as own
from ..subject.comparison import SIGNS, open_in_words
from ..subject.definitions import Instrument, Verdict, feature, instrument, verdicts
from ..subject.own_instrument import ASKED, LONGEST, NONE, PARTS, Description, Part
from ..subject.vignettes import Vignette, lesson_vignettes
from . import InputLab, checked, script, section, stylesheet

TASK = "02-own-law"  # the task that has what is described here as its answer
MOST_NAMED = 3  # cases named one by one in a message
BESIDE = ("un_palermo", "us_severe_sex")
NOTE = (
    "A reading aid, not legal advice: a court reads the whole text, its exceptions and earlier judgments. "
    "What you describe is your own reading, and nobody has checked it."
)
ASKS = {"any": "any one of these", NONE: "none asked for", "unsure": "silent, or I am not sure"}
AGES = "The cases tell only whether somebody is under 18 or under 14. For another age, choose unsure."


def own_law(**described: Any) -> OwnLaw:
    """The lab of your own law, as you left it, or opened with what ``own_instrument`` takes.

    As the last line of a cell it shows a static block, then the live lab. Raises ValueError for names that do
    not exist.

    >>> lab = own_law(name="Freedonia", acts="act_harbour", means="force", purposes="none")
    >>> lab.message
    'Freedonia: 6 of 12 cases part from the Palermo Protocol. Age stands at "no": a means is ...'
    """
    return OwnLaw(**described)


class _Name(traitlets.Unicode):  # type: ignore[type-arg]
    """The name of a text."""

    def validate(self, obj: Any, value: Any) -> Any:
        return super().validate(obj, checked(own.read_name, value))


class _Named(traitlets.List):  # type: ignore[type-arg]
    """What one part names, or what is unsure."""

    def validate(self, obj: Any, value: Any) -> Any:
        return super().validate(obj, list(checked(own.read_part, self.name, value)))


class OwnLaw(InputLab):
    """The lab. Its state is its traits; set them from Python as the controls do.

    name, acts, means, age, purposes, requires, excludes, unsure: as ``own_instrument`` takes them. ``rows``,
    ``parting`` and ``message`` are computed; a description that is not whole yet has no verdicts. A bad value
    raises ValueError naming what is allowed. A change is kept as a draft of the answer to the task.
    """

    called = "lab of your own law"
    script = script("own_law.js")
    style = stylesheet("own_law.css")
    settable = ("name", *PARTS, "unsure")
    _kept = ""  # what became of the draft
    _turned = ""  # which verdicts the last change has turned
    _was: Mapping[str, Any] = {}  # what was described when the rows were worked out

    parts: traitlets.List[Any] = traitlets.List().tag(sync=True)
    models: traitlets.List[Any] = traitlets.List().tag(sync=True)
    longest = traitlets.Int(LONGEST).tag(sync=True)
    note = traitlets.Unicode(NOTE).tag(sync=True)

    name = _Name(own.NAME).tag(sync=True)
    acts = _Named().tag(sync=True)
    means = _Named().tag(sync=True)
    age = _Named().tag(sync=True)
    purposes = _Named().tag(sync=True)
    requires = _Named().tag(sync=True)
    excludes = _Named().tag(sync=True)
    unsure = _Named().tag(sync=True)

    heads: traitlets.List[str] = traitlets.List().tag(sync=True)
    rows: traitlets.List[Any] = traitlets.List().tag(sync=True)
    parting: traitlets.List[str] = traitlets.List().tag(sync=True)

    def __init__(self, **described: Any) -> None:
        for name in described:
            checked(own.read, {name: ()})
        super().__init__(
            parts=[_part_data(part) for part in PARTS.values()],
            models=[_model_data(key) for key in own.MODELS],
            **(described or _earlier()),
        )

    @property
    def description(self) -> Description:
        """What is described now."""
        return own.read({name: getattr(self, name) for name in self.settable})

    def blank(self) -> dict[str, Any]:
        """The lab with nothing described."""
        empty = {name: self.traits()[name].default(self) for name in self.settable}
        return {**super().blank(), **empty, "start": empty, "heads": [], "rows": [], "parting": []}

    def _static(self) -> str:
        return static_block()

    def _read(self, change: Any = None) -> None:
        """Bring the computed traits up to date, and keep what a change has made of the description."""
        wanting = _wanting(self.description)
        text = None if wanting else self.description.instrument()
        rows = [_row(case, text) for case in lesson_vignettes()]
        with self.hold_sync():
            self.heads = ["Case", self.name, *(instrument(key).short for key in BESIDE)]
            if self._described() != self._was:  # several at once come one by one, and the first has them all
                self._turned = _turned(self.rows, rows)
                self._was = self._described()
            self.rows = rows
            self.parting = list(_parting(text)) if text else []
            if change:
                self._kept = drafts.keep(TASK, own.form().given(self._described())) or self._kept
            told = (wanting,) if wanting else (self._said(), self._turned, _age_left(self.description))
            self._tell(" ".join(filter(None, (*told, self._kept))))

    def _described(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.settable}

    def _said(self) -> str:
        apart = [row["case"] for row in self.rows if row["apart"]]
        of = f"{len(apart) or 'none'} of {len(self.rows)} cases {'part' if len(apart) > 1 else 'parts'}"
        names = f": {'; '.join(apart)}" if 0 < len(apart) <= MOST_NAMED else ""
        return f"{self.name}: {of} from the Palermo Protocol{names}."


def _earlier() -> Mapping[str, Any]:
    """What was described last, in this session or an earlier one."""
    last, form = answers.latest(TASK), own.form()
    if last is None or not isinstance(last.response, list) or not form.fits(last.response):
        return {}
    return form.parts(last.response)


# --- words, and data for the script ------------------------------------------------------------------------


def _wanting(description: Description) -> str:
    """What a description lacks, in the words of the page; "" where it is whole."""
    if blanks := description.blanks():
        marks = f'Mark what the text names, or choose "{ASKS[NONE]}" or "{ASKS["unsure"]}".'
        return f"Nothing yet for: {', '.join(PARTS[key].label for key in blanks)}. {marks}"
    fault = next(description.faults(), "")
    return f"Not whole yet. {capital(fault)}." if fault else ""


def _age_left(description: Description) -> str:
    """What an age that nobody marked comes to where a means is asked for."""
    marked = description.named["age"] or {*PARTS["age"].choices} & {*description.unsure}
    means = {*description.named["means"]} - {NONE, "means", *description.unsure}
    return "" if marked or not means else 'Age stands at "no": a means is asked for of children too.'


def _turned(before: list[Any], after: list[Any]) -> str:
    """The cases whose verdict has turned, where both descriptions were whole."""
    pairs = [
        (old["cells"][0]["outcome"], new["cells"][0]["outcome"], new["case"])
        for old, new in zip(before, after, strict=False)
    ]
    found = [f"{case}, now {now}" for was, now, case in pairs if was and now and was != now]
    few = len(found) <= MOST_NAMED
    return f"Turned: {'; '.join(found) if few else counted(len(found), 'case')}." if found else ""


def _part_data(part: Part) -> dict[str, Any]:
    known = map(feature, part.choices)
    switches = [{"key": each.key, "short": each.short, "question": each.question} for each in known]
    asks = [*map(list, ASKS.items())] if part.asked else []
    named = {"key": part.key, "label": part.label, "look": part.look, "folded": part.key == "requires"}
    return {**named, "asks": asks, "switches": switches}


def _model_data(key: str) -> dict[str, Any]:
    described = own.described(key)
    return {"key": key, "short": described.pop("name"), "values": described}


@read_once
def _beside() -> tuple[Instrument, ...]:
    """The two texts, each as its own elements in the parts of a description, so that a part decides."""
    return tuple(own.own_instrument(**own.described(key)) for key in BESIDE)


def _row(case: Vignette, text: Instrument | None) -> dict[str, Any]:
    """A case with what each text says of it; where the description is not whole, it says nothing."""
    found = verdicts(case.features, case.features_open, [*([text] if text else []), *_beside()])
    empty = [] if text else [{"outcome": "", "sign": "not yet", "part": "", "open": ""}]
    apart = bool(text) and found[0].outcome != found[1].outcome
    cells = [*empty, *map(_cell, found)]
    return {"case": case.title, "facts": case.facts, "cells": cells, "apart": apart}


def _cell(verdict: Verdict) -> dict[str, str]:
    return {
        "outcome": verdict.outcome,
        "sign": SIGNS[verdict.outcome],
        "part": verdict.clause,
        "open": open_in_words(verdict),
    }


def _parting(text: Instrument) -> Iterator[str]:
    found = own.parting(text)
    yield from found or (f"{text.short} names what the Palermo Protocol names.",)


# --- without a kernel --------------------------------------------------------------------------------------


def static_block() -> str:
    """The lab without a kernel: a sheet to fill in by hand, and what two texts say of each case.

    >>> static_block().count("<details>")
    2
    """
    what = (
        "Lab of your own law. You describe a definition of trafficking, your own country's or one that you "
        "make up, and hold it against the cases of lesson 02. Settle with it: on which case does your law "
        "part from the Palermo Protocol, and which part of the text decides it? Run this cell to begin. "
        "Without a kernel, copy the sheet below, mark on it what your text names, and work through the cases."
    )
    return section("nts-own-law-static", [what, NOTE, AGES], (_sheet(), _known()))


def _sheet() -> Markup:
    rows = ((part.label, part.look, _offered(part)) for part in PARTS.values())
    heads = ("Part", "Ask of the text", "Mark what it names, what it does not, and what is unsure")
    return _html.details("The sheet", _html.table("What a definition may name", heads, rows))


def _offered(part: Part) -> str:
    words = "; ".join(feature(key).short for key in part.choices)
    return f"{words}. Or: none asked for; silent, or unsure" if part.key in ASKED else words


def _known() -> Markup:
    rows = ((case.title, *_known_of(case)) for case in lesson_vignettes())
    heads = ("Case", *(instrument(key).short for key in BESIDE))
    table = _html.table("Two texts on the cases of lesson 02 (all invented)", heads, rows)
    return _html.details("Work yours first, then open: two texts on each case", table)


def _known_of(case: Vignette) -> Iterator[str]:
    found = verdicts(case.features, case.features_open, BESIDE)
    return (f"{SIGNS[verdict.outcome]} ({verdict.clause})" for verdict in found)
