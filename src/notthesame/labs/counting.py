"""The counting lab: one synthetic population of cases, counted under every instrument.

``count_cases`` is the rule: the verdicts of ``definitions.verdicts`` on the cases of
``counting_cases_synthetic``. The script beside this file only draws the traits and writes the learner's
choices into them. A static block shows four populations without a kernel. Nothing is kept on disk. No total
here says anything about the world.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import traitlets
from markupsafe import Markup

from .. import _html, _reading
from .._reading import several
from .._words import capital
from ..subject import definitions
from ..subject.counting import (
    GROUPS,
    IN,
    OUT,
    RANGE,
    RULES,
    Total,
    count_cases,
    left_out,
    percent_open,
    population,
)
from ..subject.definitions import ON_PAGE
from . import BadValue, Lab, checked, script, section, stylesheet
from .traits import Table, Whole

SHOWN = (*ON_PAGE, "us_2421A_a")
MOST, FEWEST = "most", "fewest"
BROAD, SEVERE = "us_sex_trafficking", "us_severe_sex"
OPENED = "A file is open when nobody has looked into the means or, for a minor, into who else had a part."
REASONS = 3  # reasons told one by one for cases of a group that drop out
STATIC: tuple[tuple[str, Mapping[str, int], int], ...] = (
    ("The whole file, as many cases of each kind", {}, 0),
    ("Minors, and adults with whom a means was used", {"third_party": 0, "self_directed": 0}, 0),
    ("Adults with whom no means was used", {"minor": 0, "adult_means": 0}, 0),
    ("The whole file, half of the files open", {}, 50),
)


def counting_lab(
    numbers: Mapping[str, int] | None = None,
    unknown: int = 0,
    depends: str = RANGE,
    instruments: Iterable[str] = SHOWN,
    predict: bool = True,
) -> CountingLab:
    """The counting lab, opened on a population as ``count_cases`` takes it.

    As the last line of a cell it shows a static block, then the live lab. depends: whether "depends" counts
    "out", "in", or as a "range". With ``predict`` the learner first says which instrument counts the most
    cases and which the fewest. Raises ValueError naming what is allowed.

    >>> counting_lab({"minor": 0}, predict=False).cases
    300
    """
    return CountingLab(numbers, unknown, depends, instruments, predict)


class CountingLab(Lab):
    """The lab. Its state is its traits; set them from Python as the controls do.

    numbers: cases by group. unknown: per cent of open files. depends: "out", "in" or "range". instruments:
    keys of those shown; ``every`` shows all. predictions: an instrument's key for "most" and for "fewest".
    revealed: whether the totals are shown. ``rows``, ``message`` and ``dropped``, the cases that each
    instrument leaves out, are computed from ``count_cases`` and ``left_out``. A bad value raises ValueError.
    """

    called = "counting lab"
    script = script("counting.js")
    style = stylesheet("counting.css")

    groups: traitlets.List[Any] = traitlets.List().tag(sync=True)
    rules: traitlets.List[Any] = traitlets.List().tag(sync=True)
    opened = traitlets.Unicode(OPENED).tag(sync=True)  # what an open file is

    numbers = Table().tag(sync=True)
    unknown = Whole(0).tag(sync=True)
    depends = traitlets.Unicode(RANGE).tag(sync=True)
    instruments = traitlets.List(traitlets.Unicode()).tag(sync=True)
    every = traitlets.Bool(False).tag(sync=True)
    predictions = Table().tag(sync=True)
    revealed = traitlets.Bool(False).tag(sync=True)

    rows: traitlets.List[Any] = traitlets.List().tag(sync=True)
    dropped: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(
        self,
        numbers: Mapping[str, int] | None = None,
        unknown: int = 0,
        depends: str = RANGE,
        instruments: Iterable[str] = SHOWN,
        predict: bool = True,
    ) -> None:
        chosen = several(instruments, "instruments", "instrument")
        self._chosen = [checked(definitions.instrument, key).key for key in chosen]
        super().__init__(
            groups=[{"key": key, "name": capital(name)} for key, name in GROUPS.items()],
            rules=[OUT, IN, RANGE],
            numbers=dict(numbers or {}),
            unknown=unknown,
            depends=depends,
            instruments=self._chosen,
            revealed=not predict,
        )
        self._tell()
        self.observe(self._tell, ["numbers", "unknown", "depends"])
        self.observe(self._pick, "instruments")
        self.observe(self._toggle_every, "every")
        self.observe(self._reveal, "revealed")

    @property
    def cases(self) -> int:
        """How many synthetic cases are in the population."""
        return sum(self.numbers.values())

    @property
    def totals(self) -> Mapping[str, Total]:
        """The total of each instrument shown, by its key."""
        found = {total.instrument: total for total in count_cases(self.numbers, self.unknown)}
        return {key: found[key] for key in self.instruments}

    def _static(self) -> str:
        return static_block(self._chosen)

    # --- what a change of a trait sets off

    @traitlets.validate("numbers")
    def _known_numbers(self, proposal: Any) -> dict[str, int]:
        return checked(population, proposal.value)

    @traitlets.validate("unknown")
    def _known_percent(self, proposal: Any) -> int:
        return checked(percent_open, proposal.value)

    @traitlets.validate("depends")
    def _known_rule(self, proposal: Any) -> str:
        return _rule(proposal.value)

    @traitlets.validate("instruments")
    def _known_instruments(self, proposal: Any) -> list[str]:
        return [checked(definitions.instrument, key).key for key in proposal.value]

    @traitlets.validate("predictions")
    def _known_predictions(self, proposal: Any) -> dict[str, str]:
        for end, key in proposal.value.items():
            if end not in (MOST, FEWEST):
                raise BadValue(f"there is no prediction for {_reading.shown(end)}; allowed: {MOST}, {FEWEST}")
            checked(definitions.instrument, key)
        return dict(proposal.value)

    def _pick(self, change: Any) -> None:
        self.every = set(self.instruments) == set(definitions.instruments())
        if not self.every:
            self._chosen = self.instruments
        self._tell()

    def _toggle_every(self, change: Any) -> None:
        self.instruments = list(definitions.instruments()) if self.every else self._chosen

    def _reveal(self, change: Any) -> None:
        ends = [end for end in (MOST, FEWEST) if end in self.predictions]
        said = "".join(f" {capital(end)}: {self._judged(end)}" for end in ends)
        self._tell(lead=f"Totals shown.{said} {self._spread()}" if self.revealed else "")

    # --- what is said

    def _tell(self, change: Any = None, lead: str = "") -> None:
        """Bring the computed traits up to date."""
        totals = self.totals
        with self.hold_sync():
            unseen = f"{self._population()} Predict first."
            self.message = lead or (self._spread() if self.revealed else unseen)
            self.rows = [self._row(total) for total in totals.values()]
            self.dropped = [self._drops(key) for key in totals] if self.revealed else []
            self.answered += 1

    def _population(self) -> str:
        opened = f", {self.unknown} per cent of the files open" if self.unknown else ""
        return f"{self.cases} synthetic cases{opened}."

    def _spread(self) -> str:
        """The lowest and the highest total of the instruments shown that do not define sex work."""
        ends = {
            definitions.instrument(key).short: total.bounds(self.depends)
            for key, total in self.totals.items()
            if not definitions.instrument(key).of_sex_work
        }
        if not ends or not self.cases:
            return f"{self._population()} There is nothing to count."
        low, high = min(ends, key=lambda name: ends[name][0]), max(ends, key=lambda name: ends[name][1])
        words = f"Totals run from {ends[low][0]} ({low}) to {ends[high][1]} ({high})."
        return f"{self._population()} {words}{self._ratio()} None of them is the number."

    def _ratio(self) -> str:
        """How the broad label's total stands to the severe form's, where both are shown."""
        if not {BROAD, SEVERE} <= set(self.instruments):
            return ""
        broad, severe = (self.totals[key].bounds(self.depends) for key in (BROAD, SEVERE))
        words = f" Broad label to severe form: {_span(*broad)} to {_span(*severe)}"
        one = broad[0] == broad[1] and severe[0] == severe[1]
        if not one or not severe[0]:
            return f"{words}, no one ratio."
        return f"{words}, a ratio of {broad[0] / severe[0]:.2f}."

    def _drops(self, key: str) -> list[Any]:
        """An instrument's name, and a sentence for each group of which it leaves cases out."""
        told = []
        for group, reasons in left_out(key, self.numbers, self.unknown).items():
            listed = [f"{count}: {why}" for why, count in [*reasons.items()][:REASONS]]
            rest = sum(reasons.values()) - sum([*reasons.values()][:REASONS])
            listed += [f"{rest}: other reasons."] if rest else []
            lead = f"{sum(reasons.values())} of {self.numbers[group]} {GROUPS[group]} drop out."
            told.append(" ".join([lead, *listed]))
        return [definitions.instrument(key).short, told]

    def _judged(self, end: str) -> str:
        """Whether a prediction is borne out; instruments that share the place are all right."""
        counts = {key: total.bounds(self.depends)[1] for key, total in self.totals.items()}
        wanted = (max if end == MOST else min)(counts.values())
        right = [definitions.instrument(key).short for key, count in counts.items() if count == wanted]
        said = definitions.instrument(self.predictions[end]).short
        agrees = "which agrees" if said in right else f"it is {' and '.join(right)}"
        return f"you said {said}, {agrees}."

    def _row(self, total: Total) -> dict[str, Any]:
        """One instrument for the script: its names and, once revealed, its total in words and as bars."""
        instrument = definitions.instrument(total.instrument)
        row: dict[str, Any] = {"key": instrument.key, "short": instrument.short, "name": instrument.name}
        row["sexWork"] = instrument.of_sex_work
        if not self.revealed:
            return row
        low, high = total.bounds(self.depends)
        return row | {
            "total": _span(low, high),
            "parts": [_span(*total.bounds(self.depends, group)) for group in GROUPS],
            "low": 100 * low / max(1, self.cases),
            "high": 100 * high / max(1, self.cases),
        }


# --- reading what is given ---------------------------------------------------------------------------------


def _rule(given: str) -> str:
    if given not in RULES:
        raise BadValue(f"depends is {_reading.shown(given)}; allowed: {', '.join(RULES)}")
    return given


# --- words and the static block ----------------------------------------------------------------------------


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"


def static_block(instruments: Collection[str] = SHOWN) -> str:
    """The lab without a kernel: what to settle with it, and one closed block a population.

    >>> static_block().count("<details>") == len(STATIC)
    True
    """
    what = (
        "Counting lab. One synthetic population of cases is counted under several legal definitions at once. "
        "Every case is made up, and no total says anything about the world. Settle with it: which cases does "
        "one definition count and another leave out, and does a ratio of two totals tell you who is in the "
        f"population? {OPENED} Run this cell to set the population. Without a kernel, predict which "
        "definition counts the most and which the fewest, then open the blocks below."
    )
    blocks = (_block(title, numbers, unknown, instruments) for title, numbers, unknown in STATIC)
    return section("nts-counting-lab", [what], blocks)


def _block(title: str, numbers: Mapping[str, int], unknown: int, instruments: Collection[str]) -> Markup:
    found = {total.instrument: total for total in count_cases(numbers, unknown)}
    heads = ("Instrument", "Total", *map(capital, GROUPS.values()))
    rows = (_cells(definitions.instrument(key).short, found[key]) for key in instruments)
    caption = f"Synthetic cases counted, of {sum(population(numbers).values())}"
    return _html.details(f"Predict first, then open: {title}", _html.table(caption, heads, rows))


def _cells(name: str, total: Total) -> Iterator[str]:
    yield name
    yield _span(*total.bounds())
    yield from (_span(*total.bounds(RANGE, group)) for group in GROUPS)
