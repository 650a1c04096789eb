"""The evidence grid: filter the evaluations of laws, weigh outcomes, and read where each finding is weak.

Filters and weights are functions of ``regulation``. The script beside this file only draws the traits and
writes the learner's choices into them. A static block shows the same findings without a kernel. Nothing is
kept on disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import traitlets
from markupsafe import Markup

from .. import _html, _reading
from .._loading import no_such
from .._reading import whole_number
from .._words import capital, counted
from ..subject import regulation
from ..subject.regulation import DESIGNS, RUBRIC, STUDY_OUTCOMES, Finding
from . import BadValue, Lab, section
from .filtered import Choice, filtered_script, filtered_stylesheet, list_of
from .traits import Table

WEIGHTS = range(4)  # 0 comes last, 3 comes first
HEADS = ("Study", "Place and policy", "Outcome", "Design", "Found", "Weak where")
SETTLES = (
    "A weight says what you want to know first. It cannot make a weak design strong, it counts no votes, and "
    "it does not say which law is right."
)


def evidence_grid() -> EvidenceGrid:
    """The evidence grid on every finding of ``policy_evaluations``.

    As the last line of a cell it shows a static block, then the live grid. Set ``outcome``, ``design``,
    ``country``, ``weights`` and ``cited`` from Python as the controls do.

    >>> grid = evidence_grid()
    >>> grid.outcome = "trafficking"
    >>> len(grid.rows) == len(grid.findings)
    True
    """
    return EvidenceGrid()


class EvidenceGrid(Lab):
    """The grid. Its state is its traits.

    outcome, design, country: keys of filters, "" for all. weights: from 0 to 3 by kind of outcome, 1 where
    nothing is set. cited: whether to show for which policy a finding is often cited. ``rows`` and ``message``
    are computed. A bad value raises ValueError naming what is allowed, and changes nothing.
    """

    called = "evidence grid"
    script = filtered_script("evidence_grid.js")
    style = filtered_stylesheet("evidence_grid.css")

    filters: traitlets.List[Any] = traitlets.List().tag(sync=True)
    outcomes: traitlets.List[Any] = traitlets.List().tag(sync=True)

    outcome = Choice(lambda: STUDY_OUTCOMES).tag(sync=True)
    design = Choice(lambda: DESIGNS).tag(sync=True)
    country = Choice(regulation.countries).tag(sync=True)
    weights = Table().tag(sync=True)
    cited = traitlets.Bool(False).tag(sync=True)

    heads: traitlets.List[Any] = traitlets.List().tag(sync=True)
    rows: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(self) -> None:
        super().__init__(
            filters=[
                list_of("outcome", "Outcome", STUDY_OUTCOMES),
                list_of("design", "Design", DESIGNS),
                list_of("country", "Place", {place: place for place in regulation.countries()}),
            ],
            outcomes=[list(pair) for pair in STUDY_OUTCOMES.items()],
            weights=dict.fromkeys(STUDY_OUTCOMES, 1),
        )
        self._tell()
        self.observe(self._tell, ["outcome", "design", "country", "weights", "cited"])

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings shown, in the order shown."""
        chosen = regulation.select(regulation.findings(), self.outcome, self.design, self.country)
        return regulation.ranked(chosen, self.weights)

    def _static(self) -> str:
        return static_block()

    @traitlets.validate("weights")
    def _known_weights(self, proposal: Any) -> dict[str, int]:
        for kind in proposal.value:
            if kind not in STUDY_OUTCOMES:
                raise BadValue(no_such("kind of outcome", kind, STUDY_OUTCOMES))
        given = {kind: _weight(kind, value) for kind, value in proposal.value.items()}
        return dict.fromkeys(STUDY_OUTCOMES, 1) | given

    def _tell(self, change: Any = None) -> None:
        """Bring the computed traits up to date."""
        found = self.findings
        with self.hold_sync():
            self.heads = [*HEADS, *(["Often cited for"] if self.cited else [])]
            self.rows = [[*cells(row), *([row.cited_for] if self.cited else [])] for row in found]
            self.message = f"{shown(found)} {_order(found, self.weights)}{SETTLES}"
            self.answered += 1


def _weight(kind: str, given: Any) -> int:
    """One weight; raises BadValue naming what is allowed."""
    with suppress(ValueError):
        if (weight := whole_number(given)) in WEIGHTS:
            return weight
    raise BadValue(f"the weight of {kind} is {_reading.shown(given)}; allowed are 0, 1, 2 and 3")


# --- words -----------------------------------------------------------------------------------------------


def cells(row: Finding) -> tuple[str, ...]:
    """One finding as the cells of a row, in the order of ``HEADS``.

    >>> len(cells(regulation.findings()[0])) == len(HEADS)
    True
    """
    limits = f" Also: {row.limitation}." if row.limitation else ""
    read = ", as a secondary source reports" if row.read == "secondary" else ""
    return (
        row.study,
        f"{row.place}: {row.policy}",
        f"{STUDY_OUTCOMES[row.kind]}: {row.outcome}",
        DESIGNS[row.design],
        row.found + read,
        f"{capital(row.weak)}.{limits}",
    )


def shown(found: Iterable[Finding]) -> str:
    """How many findings there are, how many compare, and that none is whole.

    >>> shown(())
    'No finding here. That the course has found none is not a finding of no effect.'
    """
    found = tuple(found)
    if not found:
        return "No finding here. That the course has found none is not a finding of no effect."
    compare = sum(row.answers["comparison"] == "yes" for row in found)
    whole = sum(row.strengths == len(RUBRIC) for row in found)
    number = counted(len(found), "finding")
    return f"{number}; {compare} with a full comparison; {whole} without a weak spot."


def _order(found: Iterable[Finding], weights: Mapping[str, int]) -> str:
    """What stands first, among the kinds of outcome that are shown."""
    kinds = {row.kind: weights[row.kind] for row in found}
    if len(kinds) < 2:
        return ""
    if len(set(kinds.values())) == 1:
        return "All these outcomes weigh the same, so the order follows the rubric. "
    first = [STUDY_OUTCOMES[kind] for kind in STUDY_OUTCOMES if kinds.get(kind) == max(kinds.values())]
    return f"First comes what you weighed most: {', '.join(first).lower()}. "


# --- without a kernel --------------------------------------------------------------------------------------


def static_block() -> str:
    """The grid without a kernel: what to settle with it, and one closed table a kind of outcome.

    >>> static_block().count("<details>") == len(STUDY_OUTCOMES) + 1
    True
    """
    what = (
        "Evidence grid. It holds findings on laws against one rubric. Settle with it: for the outcome that "
        "matters most to you, is there a finding with a full comparison, and what is weak in it? Run this "
        "cell to filter, and to weigh outcomes yourself. Without a kernel, open the tables below."
    )
    ask = ", ".join(RUBRIC.values())
    rubric = f"The rubric asks of every finding: {ask}. A yes is not listed; the last column holds the rest."
    everything = regulation.ranked(regulation.findings(), {})
    blocks = [
        _block(name, tuple(row for row in everything if row.kind == kind))
        for kind, name in STUDY_OUTCOMES.items()
    ]
    pairs = ((f"{row.study}, {row.place}", row.outcome, row.cited_for) for row in everything)
    table = _html.table("For which policy each is often cited", ("Study", "Outcome", "Cited for"), pairs)
    cited = _html.details("Grade first, then open: for which policy each finding is often cited", table)
    return section("nts-evidence-grid", [what, rubric, SETTLES], [*blocks, cited])


def _block(name: str, rows: tuple[Finding, ...]) -> Markup:
    table = _html.table(f"{name}. {shown(rows)}", HEADS, map(cells, rows))
    return _html.details(f"{name} ({len(rows)})", table)
