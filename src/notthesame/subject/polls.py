"""Opinion polls: who asked what in which words, and the answers on either base, recoded or as printed.

The data are ``opinion_polls``. Polls differ in many things at once, so nothing here says why two differ.
Groups of wordings, sponsors and meanings are looked for in the table's own words by the patterns below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .. import evidence
from ..course import read_once

TABLE = "opinion_polls"
ALL, DECIDERS = BASES = ("all answers", "those who took a side")
PRINTED, BUYERS = COUNTS = ("support and oppose", "legal or a crime to pay")
YES, NO, UNSURE, REST = "yes", "no", "unsure", "rest"

# Key, words on screen, and what is looked for in the table's coding.
WORDINGS = {
    "crime": ("crime or illegal", r"\bcrime|\billegal"),
    "legal": ("legal", r"\blegal"),
    "paying": ("paying, or buyers alone", r"\bpay|asymmetric"),
    "consent": ("consent", r"\bconsent|\bconsensual"),
    "place": ("a place", r"brothel|street|private|public"),
    "added": ("a reason or reassurance", r"reassurance|tactics|benefit|status quo"),
    "neither": ("neither, in or out", r"neither|all answers"),
}
STANCES = {
    "decriminalise": ("for decriminalising", r"pro-decriminalisation|against criminalisation"),
    "criminalise": ("for criminalising buyers", r"pro-criminalising"),
    "other": ("no side stated", r"."),
}
MEANINGS = {
    "nordic": ("buying a crime, selling not", r"Nordic"),
    "legal": ("legal, or legalise", r"legal"),
    "keep": ("not to make it a crime", r"oppose column|no to"),
    "decriminalise": ("decriminalise, or stop policing", r"."),
}


@dataclass(frozen=True)
class Answers:
    """The answers of one row in per cent of a base; None for what was not reported or has no place on it.

    rest: what the reported answers leave to 100.
    """

    yes: float | None
    no: float | None
    unsure: float | None

    @property
    def rest(self) -> float:
        """What is left to 100; never below nought, as printed shares are rounded."""
        return max(0.0, 100 - sum(filter(None, (self.yes, self.no, self.unsure))))


@dataclass(frozen=True)
class Poll:
    """One row of ``opinion_polls``: one question, put to one group of people.

    question: with "as above" filled in. support: what the first share is for. secondary: whether only a
    secondary source was read. decided: whether the unsure were taken out before it was printed.
    """

    survey: str
    country: str
    year: str
    sponsor: str
    stance: str
    population: str
    n: int | None
    question: str
    wording: str
    support: str
    printed: Answers
    secondary: bool

    @property
    def asked(self) -> str:
        """The question without what the table says of its base."""
        return self.question.partition(": all answers")[0]

    @property
    def means(self) -> str:
        """What support means, and what opposing means where the table says so."""
        said = self.support.replace("oppose column =", "oppose:")
        return said if said.startswith("oppose:") else f"support: {said}"

    @property
    def wordings(self) -> frozenset[str]:
        """The keys of ``WORDINGS`` that fit."""
        return frozenset(key for key, (_, found) in WORDINGS.items() if re.search(found, self.wording))

    @property
    def side(self) -> str:
        """The key of ``STANCES`` of its sponsor."""
        return next(key for key, (_, found) in STANCES.items() if re.search(found, self.stance))

    @property
    def meaning(self) -> str:
        """The key of ``MEANINGS`` of what support means."""
        return next(key for key, (_, found) in MEANINGS.items() if re.match(found, self.support))

    @property
    def decided(self) -> bool:
        """Whether those without a side were left out before the shares were printed."""
        return "excludes" in self.wording

    @property
    def asks_of_paying(self) -> bool:
        """Whether the answers can be read as: paying legal, or a crime."""
        return self.meaning in ("nordic", "keep") or "paying" in self.wordings

    def answers(self, base: str = ALL, counts: str = PRINTED) -> Answers | None:
        """The answers on a base, recoded where ``counts`` asks for it; None where that cannot be worked out.

        base: one of ``BASES``. Those who took a side are those for and those against; both must be reported.
        counts: one of ``COUNTS``. Recoded, yes is for paying to be legal and no for it to be a crime, which
        only some questions ask. Who opposes "selling legal, buying illegal" is then counted as yes, although
        some of them may want both to be crimes.

        >>> asked = next(poll for poll in polls() if "all answers" in poll.question)
        >>> asked.printed, asked.answers(DECIDERS)
        (Answers(yes=21.0, no=43.0, unsure=36.0), Answers(yes=32.8125, no=67.1875, unsure=None))
        """
        found = self.printed
        if counts == BUYERS:
            if not self.asks_of_paying:
                return None
            if self.meaning == "nordic":
                found = Answers(found.no, found.yes, found.unsure)
        if base == DECIDERS:
            if found.yes is None or found.no is None:
                return None
            both = found.yes + found.no
            found = Answers(100 * found.yes / both, 100 * found.no / both, None)
        return found


@read_once
def polls() -> tuple[Poll, ...]:
    """Every row of ``opinion_polls`` in the order of the table, but none that is from memory.

    >>> [poll.survey for poll in polls()][:2]
    ['Data for Progress spring 2019', 'Data for Progress spring 2019']
    """
    found: list[Poll] = []
    for row in evidence.rows(TABLE):
        found += [_poll(row, found[-1].question if found else "")]
    recalled = [row["read"] == "recalled" for row in evidence.rows(TABLE)]
    return tuple(poll for poll, out in zip(found, recalled, strict=True) if not out)


def _poll(row: Mapping[str, str], above: str) -> Poll:
    year = re.search(r"\b(?:19|20)\d\d\b", row["field_dates"])
    return Poll(
        survey=row["poll"],
        country=row["country"],
        year=year[0] if year else "",
        sponsor=row["sponsor"],
        stance=row["sponsor_stance"],
        population=row["population"],
        n=int(row["n"]) if row["n"] else None,
        question=re.sub(r"^as above\b", lambda _: above, row["question_or_paraphrase"]),
        wording=row["wording_feature"],
        support=row["what_support_means"],
        printed=Answers(*(float(row[name]) if row[name] else None for name in _SHARES)),
        secondary=row["read"] == "secondary",
    )


_SHARES = ("support_change_or_legal_pct", "oppose_pct", "neutral_or_unsure_pct")


def places() -> tuple[str, ...]:
    """The places of the polls, the larger before its parts.

    >>> places()
    ('UK', 'UK (Great Britain)', 'UK (Scotland)', 'US', 'US (New York City)')
    """
    return tuple(sorted({poll.country for poll in polls()}))


def surveys() -> tuple[str, ...]:
    """The surveys by name, in the order of the table.

    >>> len(surveys())
    14
    """
    return tuple(dict.fromkeys(poll.survey for poll in polls()))


def select(
    found: Iterable[Poll],
    place: str = "",
    wording: str = "",
    stance: str = "",
    meaning: str = "",
    survey: str = "",
) -> tuple[Poll, ...]:
    """The polls that fit every key given; an empty one fits all, and a place holds its parts.

    >>> len(select(polls(), place="UK (Scotland)")), len(select(polls(), place="UK", stance="criminalise"))
    (3, 2)
    """
    return tuple(
        poll
        for poll in found
        if poll.country.startswith(place)
        and (not wording or wording in poll.wordings)
        and stance in ("", poll.side)
        and meaning in ("", poll.meaning)
        and survey in ("", poll.survey)
    )


def differ_in(found: Iterable[Poll]) -> tuple[str, ...]:
    """In what some polls differ, of: question, base, people asked, sponsor, survey.

    >>> differ_in(select(polls(), survey="YouGov Britain 2024"))
    ('question',)
    """
    found = tuple(found)
    seen: Mapping[str, set[object]] = {
        "question": {poll.asked for poll in found},
        "base": {poll.decided for poll in found},
        "people asked": {(poll.country, poll.population) for poll in found},
        "sponsor": {poll.sponsor for poll in found},
        "survey": {poll.survey for poll in found},
    }
    return tuple(name for name, values in seen.items() if len(values) > 1)


def base_move(poll: Poll, counts: str = PRINTED) -> float:
    """By how many points a share of a poll moves when the unsure leave its base; 0 where that is not known.

    >>> [round(base_move(poll)) for poll in select(polls(), place="UK (Scotland)")]
    [12, 24, 0]
    """
    before, after = (poll.answers(base, counts) for base in BASES)
    if before is None or after is None:
        return 0.0
    pairs = ((before.yes, after.yes), (before.no, after.no))
    return max(abs(now - once) for once, now in pairs if once is not None and now is not None)
