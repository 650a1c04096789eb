"""Models of regulation without labels: five switches for each jurisdiction, and a grid of evaluations.

The data are ``policy_models`` and ``policy_evaluations``. What was coded from memory is shown as unverified,
and a result known from memory only is not shown at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from .. import _html, evidence
from .._loading import no_such
from ..course import read_once

ONE_TABLE = 6  # rows that one table of a switchboard may have
SWITCHES = {
    "seller": "Seller",
    "buyer": "Buyer",
    "third_party": "Third party",
    "premises": "Premises",
    "advertising": "Advertising",
}
CODES = {
    "no_crime": "○ not an offence",
    "partly": "◐ partly",
    "licence": "□ with a licence",
    "crime": "● an offence",
    "unknown": "? not known",
}


# --- five switches ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Switch:
    """One switch of one jurisdiction: its code, whether it was checked, and the fact that disputes it."""

    name: str
    code: str
    verified: bool = True
    disputed_in: str = ""

    @property
    def words(self) -> str:
        """The switch as a reader sees it, as in "● an offence (unverified)"."""
        doubts = [] if self.verified or self.code == "unknown" else ["unverified"]
        doubts += ["disputed"] if self.disputed_in else []
        return CODES[self.code] + (f" ({', '.join(doubts)})" if doubts else "")


@dataclass(frozen=True)
class Jurisdiction:
    """A place and a period with its five switches. ``label`` is the usual name of its model.

    ``also`` names the sources in which single switches were checked beside ``source``.
    """

    name: str
    period: str
    label: str
    switches: Mapping[str, Switch]
    note: str
    source: str
    read: str
    also: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the five switches, in the order of ``SWITCHES``."""
        return tuple(self.switches[name].code for name in SWITCHES)


@dataclass(frozen=True)
class Switchboard(_html.Block):
    """Some jurisdictions as a table, for the last line of a cell; closed when ``after`` is given."""

    jurisdictions: tuple[Jurisdiction, ...]
    after: str = ""

    def __repr__(self) -> str:
        return "\n".join(
            f"{place.name} ({place.period}). "
            + "; ".join(f"{SWITCHES[name]}: {switch.words}" for name, switch in place.switches.items())
            for place in self.jurisdictions
        )

    def __html__(self) -> Markup:
        """One table, or for a long board one in a closed block for each usual name of a model."""
        if len(self.jurisdictions) <= ONE_TABLE:
            return _html.closed(_board(self.jurisdictions), self.after)
        named = ((f"Usually called {place.label}", place) for place in self.jurisdictions)
        return _html.closed(_html.lines(_html.folded(named, _board)), self.after)


def _board(places: Iterable[Jurisdiction]) -> Markup:
    heads = ("Jurisdiction", *SWITCHES.values(), "Note", "Read in")
    caption = (
        "What the letter of the law makes an offence, for adults without known coercion. Unverified: "
        "coded from memory, not checked. Disputed: people read the cell otherwise."
    )
    return _html.table(caption, heads, map(_row, places))


def _row(place: Jurisdiction) -> tuple[str, ...]:
    read = f"{evidence.cite(place.source).short}, {place.read}"
    return (
        f"{place.name} ({place.period})",
        *(switch.words for switch in place.switches.values()),
        place.note,
        "; ".join([read, *(evidence.cite(key).short for key in place.also)]),
    )


def switches(*names: str, after: str = "") -> Switchboard:
    """The five switches of every jurisdiction, or of those named, as in ``switches("Canada", "Sweden")``.

    With ``after`` the table lies in a closed block with this line as its summary. Raises KeyError for a
    jurisdiction that the table does not have, naming the nearest.

    >>> switches("Canada").jurisdictions[0].codes
    ('partly', 'crime', 'crime', 'partly', 'partly')
    """
    known = {place.name: place for place in jurisdictions()}
    for name in names:
        if name not in known:
            raise KeyError(no_such("jurisdiction", name, known))
    return Switchboard(tuple(known[name] for name in names or known), after)


@read_once
def jurisdictions() -> tuple[Jurisdiction, ...]:
    """Every jurisdiction of ``policy_models`` in the order of the table.

    >>> [place.name for place in jurisdictions()][:2]
    ['Sweden', 'Norway']
    """
    return tuple(map(_jurisdiction, evidence.rows("policy_models")))


def _jurisdiction(row: Mapping[str, str]) -> Jurisdiction:
    since, until, unverified = row["year_in_force"], row["year_end"], row["unverified"].split("; ")
    period = f"{since} to {until}" if until else f"since {since}" if since else "no single year"
    disputes = {row["disputed"]: row["disputed_in"]}
    return Jurisdiction(
        name=row["jurisdiction"],
        period="first year unverified" if "year_in_force" in unverified else period,
        label=row["model"].replace("_", " "),
        switches={
            key: Switch(key, row[key], key not in unverified, disputes.get(key, "")) for key in SWITCHES
        },
        note="from memory, not shown" if row["read"] == "recalled" else row["note"],
        source=row["source"],
        read=row["read"],
        also=tuple(
            dict.fromkeys(
                key for key in re.findall(r"\w+", row["checked_in"]) if key in evidence.known_sources()
            )
        ),
    )


# --- evaluations -----------------------------------------------------------------------------------------

STUDY_OUTCOMES = {
    "safety": "Violence and other crime",
    "trafficking": "Trafficking and exploitation",
    "health": "Health",
    "conditions": "Rights and living conditions",
    "market": "Size of the trade, or demand",
    "neighbours": "Neighbourhood",
    "practice": "The law in practice",
}
DESIGNS = {
    "comparison": "Before and after, with a comparison",
    "before_after": "Before and after, one place",
    "compared_once": "Places compared once",
    "survey_once": "Survey, asked once",
    "accounts": "Interviews, hearings, documents",
    "mixed": "Official mixed methods",
    "review": "Review of other studies",
}
RUBRIC = {
    "before_after": "before and after",
    "comparison": "a comparison",
    "direct_measure": "the thing itself measured",
    "not_self_selected": "nobody chose to be counted",
    "law_itself": "the law itself, alone",
}
_DIRECTIONS = {
    "higher": "higher",
    "lower": "lower",
    "none": "no change found",
    "mixed": "mixed",
    "level": "a level, not a change",
    "qualitative": "described, not counted",
}
NOT_SHOWN = "not shown: from memory, not checked"


@dataclass(frozen=True)
class Finding:
    """One finding of one evaluation. ``answers``: yes, partly, no or unknown, by question of the rubric."""

    study: str
    place: str
    country: str
    policy: str
    outcome: str
    kind: str
    design: str
    found: str
    answers: Mapping[str, str]
    limitation: str
    cited_for: str
    source: str
    read: str

    @property
    def strengths(self) -> int:
        """How many questions of the rubric are answered with yes."""
        return sum(answer == "yes" for answer in self.answers.values())

    @property
    def weak(self) -> str:
        """The questions that are not answered with yes, in words."""
        return "; ".join(
            f"{RUBRIC[name]}: {answer}" for name, answer in self.answers.items() if answer != "yes"
        )


@read_once
def findings() -> tuple[Finding, ...]:
    """Every finding of ``policy_evaluations``, in the order of the table.

    >>> findings()[0].study
    'Cunningham & Shah 2018'
    """
    return tuple(_finding(row) for row in evidence.rows("policy_evaluations"))


def select(
    rows: Iterable[Finding], outcome: str = "", design: str = "", country: str = ""
) -> tuple[Finding, ...]:
    """The findings of one kind of outcome, kind of design and country; an empty text lets all through.

    >>> sorted({finding.country for finding in select(findings(), outcome="health", design="comparison")})
    ['Indonesia', 'United States']
    """
    return tuple(
        row
        for row in rows
        if outcome in ("", row.kind) and design in ("", row.design) and country in ("", row.country)
    )


def ranked(rows: Iterable[Finding], weights: Mapping[str, int]) -> tuple[Finding, ...]:
    """The findings by the weight of their outcome, then by rubric questions answered with yes.

    An outcome without a weight counts 1. Nothing is added up and nothing is left out: a weight says what a
    reader wants to know first, not how good a finding is and not what a law does.

    >>> ranked(findings(), {"health": 3})[0].kind
    'health'
    """
    return tuple(sorted(rows, key=lambda row: (-weights.get(row.kind, 1), -row.strengths)))


def countries() -> tuple[str, ...]:
    """The countries of the findings, by name.

    >>> "Sweden" in countries()
    True
    """
    return tuple(sorted({row.country for row in findings()}))


def _finding(row: Mapping[str, str]) -> Finding:
    return Finding(
        study=f"{row['study']} {row['year']}",
        place=row["place"],
        country=row["country"],
        policy=row["policy"],
        outcome=row["outcome"],
        kind=row["outcome_group"],
        design=row["design_group"],
        found=NOT_SHOWN if row["read"] == "recalled" else _found(row),
        answers={name: row[name] for name in RUBRIC},
        limitation="" if row["read"] == "recalled" else row["limitation"],
        cited_for=row["position_often_cited_by"],
        source=row["source"],
        read=row["read"],
    )


def _found(row: Mapping[str, str]) -> str:
    """The result in words, with its unit and its range where the source gives one."""
    word, effect, unit = _DIRECTIONS[row["direction"]], row["effect"].lstrip("-"), row["unit"]
    if not effect:
        return f"{word} ({unit})" if unit else word
    if unit == "percent":
        return f"{effect} per cent {word}"
    interval = f" ({row['ci_low']} to {row['ci_high']})" if row["ci_low"] else ""
    if unit == "odds ratio":
        return f"{word}: odds ratio {effect}{interval}"
    return f"{float(effect):,g} {unit.replace('percent', 'per cent')}{interval}"
