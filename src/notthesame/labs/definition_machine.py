"""The definition machine: switch the features of a case on, off or unknown, and read every verdict at once.

The rule is ``definitions.verdicts``. The script beside this file only draws the traits and writes the
learner's choices into them. A static block shows the same cases and verdicts without a kernel. Nothing is
kept on disk.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import traitlets
from markupsafe import Markup

from .. import _html, _reading
from .._loading import no_such
from .._plain import refusing_plainly
from .._reading import several
from .._words import capital
from ..subject import comparison, definitions
from ..subject.definitions import AGES, ON_PAGE, Feature, Verdict
from ..subject.vignettes import Vignette, lesson_vignettes, vignette
from . import BadValue, Lab, checked, script, section, stylesheet

Features = frozenset[str]
State = tuple[Features, Features]  # the features that are true and those that are unknown
ADULT: Features = frozenset({"adult_consents"})
MOST_NAMED = 4  # changes named one by one in a message
FITS = 60  # characters of what is missing or open that a row shows without being asked


def definition_machine(
    vignettes: Iterable[str | Vignette] | None = None,
    instruments: Iterable[str] | None = None,
    predict: bool = True,
) -> DefinitionMachine:
    """The definition machine on some vignettes (default: the twelve of lesson 02) and instruments.

    By default it holds a case against the instruments of the page, one of labour against the labour limb too.

    As the last line of a cell it shows a static block, then the live machine. With ``predict`` the learner
    first says what each instrument makes of a case. Raises ValueError naming the nearest vignettes or
    instruments.

    >>> machine = definition_machine(["w02-bed"], instruments=["un_palermo"])
    >>> machine.verdicts[0].outcome
    'met'
    """
    return DefinitionMachine(vignettes, instruments, predict)


class DefinitionMachine(Lab):
    """The machine. Its state is its traits; set them from Python as the controls do.

    vignette: the id of a case, or "" for none. true, unknown: keys of features, the others being false.
    instruments: keys of those shown; ``every`` shows all. predictions: outcome by instrument key, for this
    case. revealed: whether the verdicts are shown. turns: how many verdicts each feature turns if it
    alone is switched. It, ``rows`` and ``message`` are computed from ``definitions.verdicts``. A bad name
    raises ValueError with the nearest ones.
    """

    called = "definition machine"
    script = script("definition_machine.js")
    style = stylesheet("definition_machine.css")

    cases: traitlets.List[Any] = traitlets.List().tag(sync=True)
    switches: traitlets.List[Any] = traitlets.List().tag(sync=True)

    vignette = traitlets.Unicode().tag(sync=True)
    true = traitlets.List(traitlets.Unicode()).tag(sync=True)
    unknown = traitlets.List(traitlets.Unicode()).tag(sync=True)
    instruments = traitlets.List(traitlets.Unicode()).tag(sync=True)
    every = traitlets.Bool(False).tag(sync=True)
    predictions = traitlets.Dict().tag(sync=True)
    revealed = traitlets.Bool(False).tag(sync=True)

    offered: traitlets.List[Any] = traitlets.List().tag(sync=True)
    turns: traitlets.Dict[str, int] = traitlets.Dict().tag(sync=True)
    rows: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(
        self,
        vignettes: Iterable[str | Vignette] | None = None,
        instruments: Iterable[str] | None = None,
        predict: bool = True,
    ) -> None:
        given = lesson_vignettes() if vignettes is None else several(vignettes, "vignettes", "vignette")
        cases = [v if isinstance(v, Vignette) else checked(vignette, v) for v in given]
        self._cases = {case.id: case for case in cases}
        self._predict = predict
        self._asked: dict[str, tuple[dict[str, str], bool]] = {}
        self._features: State = (frozenset(), frozenset())
        self._told: tuple[State, tuple[Verdict, ...]] = (self._features, ())
        named = ON_PAGE if instruments is None else several(instruments, "instruments", "instrument")
        self._chosen = [checked(definitions.instrument, key).key for key in named]
        self._named = instruments is not None
        super().__init__(
            cases=[_case_data(case) for case in cases],
            switches=[_switch_data(feature) for feature in definitions.features().values()],
            vignette=cases[0].id if cases else "",
            instruments=self._chosen,
        )
        self._choose()
        self.observe(self._choose, "vignette")
        self.observe(self._switch, ["true", "unknown"])
        self.observe(self._pick, "instruments")
        self.observe(self._toggle_every, "every")
        self.observe(self._predicted, "predictions")
        self.observe(self._reveal, "revealed")

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdict of each instrument shown, on the features as they are switched now."""
        return self._judge(*self._features)

    @refusing_plainly
    def set(self, true: Collection[str] = (), unknown: Collection[str] = ()) -> None:
        """Switch exactly these features on and these to unknown, all others off.

        Raises ValueError for features that do not exist or cannot be true together.
        """
        self._place(*definitions.settled(true, unknown))
        self._tell()

    def reset(self) -> None:
        """Go back to the case as coded."""
        self.set(*self._coded)

    def _static(self) -> str:
        return static_block(self._cases.values(), self._chosen if self._named else None)

    # --- what a change of a trait sets off

    @traitlets.validate("true", "unknown")
    def _known_features(self, proposal: Any) -> list[str]:
        return _in_order({checked(definitions.feature, name).key for name in proposal.value})

    @traitlets.validate("instruments")
    def _known_instruments(self, proposal: Any) -> list[str]:
        return [checked(definitions.instrument, key).key for key in proposal.value]

    @traitlets.validate("vignette")
    def _known_vignette(self, proposal: Any) -> str:
        if proposal.value and proposal.value not in self._cases:
            raise BadValue(no_such("vignette", proposal.value, self._cases))
        return str(proposal.value)

    @traitlets.validate("predictions")
    def _known_predictions(self, proposal: Any) -> dict[str, str]:
        for key, outcome in proposal.value.items():
            checked(definitions.instrument, key)
            if outcome not in definitions.VERDICT_OUTCOMES:
                allowed = ", ".join(definitions.VERDICT_OUTCOMES)
                raise BadValue(f"the prediction for {key} is {_reading.shown(outcome)}; allowed: {allowed}")
        return dict(proposal.value)

    def _choose(self, change: Any = None) -> None:
        """Another case: its features as coded, and what was said of it earlier in this session."""
        said, shown = self._asked.get(self.vignette, ({}, not self._predict or not self.vignette))
        case = self._cases.get(self.vignette)
        title = f"{case.title}." if case else "No case: every feature is off."
        with self.hold_sync():
            self._place(*definitions.settled(*self._coded))
            self._hold_against(case)
            with self.hold_trait_notifications():
                self.predictions, self.revealed = said, shown
            self._tell(
                title if not case else f"{title} {'Verdicts as coded.' if shown else 'Predict first.'}"
            )

    def _hold_against(self, case: Vignette | None) -> None:
        """The instruments of the page for this case, unless others were named."""
        if not self._named:
            self._chosen = list(definitions.on_page(case.features if case else ()))
            self.instruments = list(definitions.instruments()) if self.every else self._chosen

    def _switch(self, change: Any) -> None:
        """A switch was moved: what contradicts it gives way."""
        now = frozenset(self.true), frozenset(self.unknown)
        if now == self._features:
            return
        try:
            settled = definitions.settled(*_newest_wins(*now, *self._features))
        except ValueError as error:
            self._place(*self._features)
            raise BadValue(str(error)) from None
        with self.hold_sync():
            self._place(*settled)
            self._tell()

    def _pick(self, change: Any) -> None:
        self.every = set(self.instruments) == set(definitions.instruments())
        if not self.every and self.instruments != self._chosen:
            self._chosen, self._named = self.instruments, True
        self._tell(f"{len(self.instruments)} instruments shown.")

    def _toggle_every(self, change: Any) -> None:
        self.instruments = list(definitions.instruments()) if self.every else self._chosen

    def _predicted(self, change: Any) -> None:
        self._asked[self.vignette] = (self.predictions, self.revealed)
        if self.revealed:
            self._tell()

    def _reveal(self, change: Any) -> None:
        self._asked[self.vignette] = (self.predictions, self.revealed)
        agree = sum(self._coded_outcomes[key] == said for key, said in self.predictions.items())
        said = f" {agree} of your {len(self.predictions)} predictions agree." if self.predictions else ""
        self._tell(f"Verdicts shown.{said}" if self.revealed else "Verdicts hidden.")

    # --- state

    @property
    def _coded(self) -> tuple[Collection[str], Collection[str]]:
        case = self._cases.get(self.vignette)
        return (case.features, case.features_open) if case else ((), ())

    @property
    def _coded_outcomes(self) -> dict[str, str]:
        return {verdict.instrument: verdict.outcome for verdict in definitions.verdicts(*self._coded)}

    def _judge(self, true: Features, unknown: Features) -> tuple[Verdict, ...]:
        found = {verdict.instrument: verdict for verdict in definitions.verdicts(true, unknown)}
        return tuple(found[key] for key in self.instruments)

    def _place(self, true: Features, unknown: Features) -> None:
        """Move the switches; ``_features`` comes first, so that ``_switch`` has nothing left to do."""
        self._features = (true, unknown)
        with self.hold_trait_notifications():
            self.true, self.unknown = _in_order(true), _in_order(unknown)

    def _tell(self, lead: str = "") -> None:
        """Bring the computed traits up to date; without a lead the message says what has changed."""
        verdicts = self.verdicts
        with self.hold_sync():
            self.message = lead or self._changes(verdicts)
            self.offered = self._offer()
            self.turns = self._turning(verdicts) if self.revealed else {}
            self.rows = [self._row(verdict) for verdict in verdicts]
            self.answered += 1
        self._told = (self._features, verdicts)

    def _changes(self, verdicts: tuple[Verdict, ...]) -> str:
        """What has changed: switches first, then verdicts with the clause that decided."""
        old, old_verdicts = self._told
        switched = [
            name for name in definitions.features() if _state(name, old) != _state(name, self._features)
        ]
        words = [
            f"{definitions.feature(name).short}: now {_state(name, self._features)}." for name in switched
        ]
        words = words if len(words) <= MOST_NAMED else [f"{len(words)} features switched."]
        if switched and self._features == definitions.settled(*self._coded):
            words.append("This is the case as coded.")
        if AGES & set(switched) and ADULT & set(switched):
            words.append("Nobody is both under 18 and a consenting adult.")
        was = {verdict.instrument: verdict.outcome for verdict in old_verdicts}
        turned = [v for v in verdicts if self.revealed and was.get(v.instrument, v.outcome) != v.outcome]
        for verdict in turned:
            name = definitions.instrument(verdict.instrument).short
            words.append(f"{name}: {was[verdict.instrument]}, now {verdict.outcome} ({verdict.clause}).")
        if self.revealed and not turned:
            words.append("No verdict changes.")
        return " ".join(map(capital, words))

    def _offer(self) -> list[str]:
        """The features that an instrument shown or the case speaks of, and those that are switched."""
        mentioned = {e.feature for key in self.instruments for e in definitions.instrument(key).elements}
        return _in_order(mentioned.union(*self._coded, *self._features))

    def _turning(self, verdicts: tuple[Verdict, ...]) -> dict[str, int]:
        """How many of these verdicts each feature turns, switched on or off with all others as they are.

        What contradicts it gives way, as it does on the board.
        """
        was = [verdict.outcome for verdict in verdicts]
        found: dict[str, int] = {}
        for name in self.offered:
            for state in {"yes", "no"} - {_state(name, self._features)}:
                now = self._judge(*_switched(name, state, *self._features))
                turned = sum(verdict.outcome != old for verdict, old in zip(now, was, strict=True))
                found[name] = max(turned, found.get(name, 0))
        return {name: turned for name, turned in found.items() if turned}

    def _row(self, verdict: Verdict) -> dict[str, Any]:
        """One instrument for the script: its names and, once revealed, its verdict in words."""
        instrument = definitions.instrument(verdict.instrument)
        row: dict[str, Any] = {"key": instrument.key, "short": instrument.short, "name": instrument.name}
        row["sexWork"] = instrument.of_sex_work
        if not self.revealed:
            return row
        return row | {
            "outcome": verdict.outcome,
            "sign": comparison.SIGNS[verdict.outcome],
            "clause": verdict.clause,
            "open": comparison.open_in_words(verdict),
            "fold": _fold(verdict),
            "said": self._said(instrument.key),
        }

    def _said(self, instrument_key: str) -> str:
        """The prediction for an instrument; made of the case as coded, it agrees or differs only there."""
        said = self.predictions.get(instrument_key, "")
        if not said:
            return ""
        if [*map(set, (self.true, self.unknown))] != [*map(set, self._coded)]:
            return f"{said}, of the case as coded"
        return f"{said} ({'agrees' if said == self._coded_outcomes[instrument_key] else 'differs'})"


# --- parts -----------------------------------------------------------------------------------------------


def _newest_wins(true: Features, unknown: Features, was: Features, was_unknown: Features) -> State:
    """The features, where they contradict each other, in favour of the switches moved last."""
    on, opened = true - was, unknown - was_unknown
    true, unknown = true - opened, unknown - on
    for mine, theirs in ((AGES, ADULT), (ADULT, AGES)):
        if mine & on and not theirs & on:
            true, unknown = true - theirs, unknown - theirs
        elif mine & opened:
            true, unknown = true - theirs, unknown | (true & theirs)
    return true, unknown


def _switched(name: str, state: str, true: Features, unknown: Features) -> State:
    """The features with one of them switched on or off."""
    others, unknown_others = true - {name}, unknown - {name}
    on = others | {name} if state == "yes" else others
    return definitions.settled(*_newest_wins(on, unknown_others, true, unknown))


def _fold(verdict: Verdict) -> str:
    """The line that stands for what is missing or open where that is long; "" where it is short."""
    if len(comparison.open_in_words(verdict)) <= FITS:
        return ""
    needs = len(verdict.missing)
    if not needs:
        return "Why"
    return f"{needs} open" if verdict.outcome == definitions.DEPENDS else f"{needs} missing"


def _state(name: str, state: State) -> str:
    return "yes" if name in state[0] else "unknown" if name in state[1] else "no"


def _in_order(names: Collection[str]) -> list[str]:
    return [name for name in definitions.features() if name in names]


# --- data for the script and the static block ---------------------------------------------------------------


def _case_data(case: Vignette) -> dict[str, Any]:
    return {
        "id": case.id,
        "title": case.title,
        "facts": case.facts,
        "whose": case.features_of,
        "true": _in_order(case.features),
        "unknown": _in_order(case.features_open),
    }


def _switch_data(feature: Feature) -> dict[str, str]:
    family = feature.family.replace("_", " ").capitalize()
    return {"key": feature.key, "family": family, "short": feature.short, "question": feature.question}


def static_block(cases: Iterable[Vignette], instruments: Iterable[str] | None = None) -> str:
    """The machine without a kernel: what to settle with it, and one closed block a case.

    >>> static_block([vignette("w02-bed")]).count("<table>")
    1
    """
    named = None if instruments is None else tuple(instruments)
    what = (
        "Definition machine. It holds one invented case against several legal definitions at once. Settle "
        "with it: which single feature of a case turns a verdict, and which clause is behind it? Run this "
        "cell to switch features. Without a kernel, open the cases below."
    )
    blocks = (_case_block(case, named or definitions.on_page(case.features)) for case in cases)
    # JupyterLab typesets $...$ in HTML outputs; this class keeps a price in dollars from becoming a formula.
    return section("nts-definition-machine", [what], blocks)


def _case_block(case: Vignette, instruments: tuple[str, ...]) -> Markup:
    """The facts in one closed block and, closed again inside it, the features and verdicts: predict first."""
    found = {verdict.instrument: verdict for verdict in case.verdicts()}
    table = comparison.Comparison(tuple(found[key] for key in instruments))
    answers = [(name, "yes") for name in _in_order(case.features)]
    answers += [(name, "unknown") for name in _in_order(case.features_open)]
    items = [f"{definitions.feature(name).question} {answer.capitalize()}." for name, answer in answers]
    listed = Markup().join(map(Markup("<li>{}</li>").format, [*items, "Every other feature: no."]))
    inside = _html.lines((Markup("<ul>{}</ul>").format(listed), table))
    closed = _html.details(f"Predict first, then open: {case.title}", inside)
    return _html.details(case.title, _html.lines((case.told(), closed)))
