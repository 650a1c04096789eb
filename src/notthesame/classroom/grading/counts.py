"""Questions for lesson 05: invented counts before and after a rule, in which one comparison is missing.

The four options name the four things that a claim about a rule needs, always in the same words; a report
lacks one of them, which is drawn first, and has the other three.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from ...questions import Diagnosis, Question, Span, misconceptions
from .model import Place, Task, numeric, single

SECTION = "The missing comparison"
BEFORE, ELSEWHERE, APART, SAME = "before", "elsewhere", "apart", "same"
LACKS = (BEFORE, ELSEWHERE, APART, SAME)
_BELIEFS: Mapping[str, str] = {
    BEFORE: "after-only-is-enough",
    ELSEWHERE: "after-means-because",
    APART: "two-causes-as-one",
    SAME: "same-number-same-claim",
}
TOWNS = (
    "Aldmoor",
    "Birkwell",
    "Corrance",
    "Dunmere",
    "Elsing",
    "Farlow",
    "Garside",
    "Hexby",
    "Inverlow",
    "Kelsick",
)
# What is counted, the rule, and another event of the same week.
RULES = (
    ("adverts for rooms", "a fee for each advert", "a website for rooms closed"),
    ("adverts for second-hand bicycles", "a register of sellers", "a bicycle market shut for repairs"),
    ("street stalls", "a permit for stalls", "the main square was dug up"),
    ("adverts for home tutors", "a register of tutors", "a large school closed for good"),
    ("parked caravans", "a limit of two nights", "the coast road closed"),
    ("adverts for casual kitchen work", "a rule that adverts name the wage", "two large hotels shut"),
)
_OWN_FALL, _OTHER_FALL = (30, 35, 40, 45, 50), (4, 6, 8, 10, 12)


@dataclass(frozen=True)
class Report:
    """What a council reports. counts: here before, here after, there before, there after."""

    here: str
    there: str
    thing: str
    rule: str
    event: str
    counts: tuple[int, int, int, int]
    lacks: str

    def told(self) -> str:
        """The report; it has all but what it lacks."""
        before, after, there_before, there_after = self.counts
        lines = [f"{self.here} brings in {self.rule} in April."]
        ways = "One office counts {} in the same way each time."
        if self.lacks == SAME:
            ways = (
                f"In March the office in {self.here} counts {{}} from every source that it knows, in "
                f"May from one "
                "source only."
            )
        lines.append(ways.format(self.thing))
        if self.lacks == BEFORE:
            lines.append(f"It begins in {self.here} in May, with {after}.")
        else:
            lines.append(f"In {self.here} it finds {before} in March and {after} in May.")
        if self.lacks != ELSEWHERE:
            lines.append(
                f"In {self.there}, a town much like it that has no such rule, it finds {there_before} "
                f"in March and "
                f"{there_after} in May."
            )
        other = f"In the same week {self.event}, in {self.here} alone."
        lines.append(
            other if self.lacks == APART else f"No other event that bears on it is known from {self.here}."
        )
        lines.append(f'The council writes: "The rule has cut {self.thing}."')
        return " ".join(lines)

    def needs(self) -> Mapping[str, str]:
        """What a claim about the rule needs, in words, by what it is."""
        return {
            BEFORE: f"A count from {self.here} before the rule",
            ELSEWHERE: "Counts from a place without the rule",
            APART: "Counts that part the rule from what came with it",
            SAME: "Counts made alike before and after",
        }


def report(rng: Random, lacks: str, towns: Sequence[str] = TOWNS[:2]) -> Report:
    """A report from two towns that lacks one thing, or nothing.

    >>> report(Random(1), BEFORE).lacks
    'before'
    """
    here, there = towns
    thing, rule, event = rng.choice(RULES)
    before, there_before = (100 * rng.randint(2, 9) for _ in range(2))
    after = before * (100 - rng.choice(_OWN_FALL)) // 100
    there_after = there_before * (100 - rng.choice(_OTHER_FALL)) // 100
    return Report(here, there, thing, rule, event, (before, after, there_before, there_after), lacks)


def question(name: str, rng: Random, towns: Sequence[str] = TOWNS[:2]) -> tuple[Question, Report]:
    """A question on what a report lacks, and the report behind it.

    >>> made, found = question("g05-1-1", Random(1))
    >>> made.options[made.key[0]].text == found.needs()[found.lacks]
    True
    """
    found = report(rng, rng.choice(LACKS), towns)
    needs = found.needs()
    options = [(needs[lack], *_told(found, lack)) for lack in LACKS]
    return single(
        Place(name, 5, 1, SECTION), found.told(), "What must be there before the claim?", options
    ), found


def _told(found: Report, lack: str) -> tuple[str, str | None]:
    if lack == found.lacks:
        return f"{_WHY[lack]} The report has the other three.", None
    slug = _BELIEFS[found.lacks]
    return f"That much the report has. {_WHY[found.lacks]} {misconceptions()[slug].instead}", slug


_WHY: Mapping[str, str] = {
    BEFORE: "The place with the rule was counted after it only, so there is no change to explain.",
    ELSEWHERE: (
        "Without a place that the rule did not reach, a fall that came everywhere would look the same."
    ),
    APART: (
        "Two events reached the place in one week, and nothing in the counts tells the one from the other."
    ),
    SAME: "The way of counting changed with the rule, so the two counts are not of one thing.",
}


def fall(name: str, rng: Random, towns: Sequence[str] = TOWNS[:2]) -> tuple[Question, Report]:
    """A question on how much further one town fell than another, and the report behind it.

    >>> made, found = fall("g05-1-2", Random(1))
    >>> 0 < made.value < 50
    True
    """
    found = report(rng, "", towns)
    before, after, there_before, there_after = found.counts
    here, there = 100 - 100 * after // before, 100 - 100 * there_after // there_before
    stem = (
        f"By how many percentage points is the fall in {found.here}, in per cent of its own March, "
        f"larger than the "
        f"fall in {found.there}?"
    )
    reason = (
        f"{found.here} falls by {here} per cent and {found.there} by {there}. The difference is "
        f"{here - there} "
        "points; the rest came without the rule as well."
    )
    ranges = (
        Span(f"That is the whole fall in {found.here}. {_because()}", "after-means-because", here, here),
        Span(f"That is the fall in {found.there} alone. {_nearby()}", "number-nearby", there, there),
    )
    otherwise = Diagnosis(
        f"Take each fall in per cent of its own March, then the difference. {_nearby()}", "number-nearby"
    )
    place = Place(name, 5, 2, SECTION)
    return (
        numeric(
            place,
            found.told(),
            stem,
            value=float(here - there),
            unit="percentage points",
            reason=reason,
            ranges=ranges,
            otherwise=otherwise,
        ),
        found,
    )


def _because() -> str:
    return misconceptions()["after-means-because"].instead


def _nearby() -> str:
    return misconceptions()["number-nearby"].instead


# --- the task -----------------------------------------------------------------------------------------------


def task(rng: Random, towns: Sequence[str] = TOWNS[:2]) -> Task:
    """A report to answer, a model answer, and the scheme.

    >>> len(task(Random(1)).scheme)
    4
    """
    found = report(rng, rng.choice((ELSEWHERE, APART)), towns)
    before, after, *_ = found.counts
    ask = (
        f"Report (invented). {found.told()}",
        "Write to the council, about 200 words: (1) what its counts show, in a sentence that nobody "
        "could dispute; "
        "(2) what else could have made them; (3) one comparison that would tell these apart, and "
        "what each outcome "
        "of it would mean; (4) the council's sentence, rewritten so that the counts carry it.",
        "Nothing about yourself is asked for.",
    )
    percent = 100 - 100 * after // before
    other = (
        f"that week {found.event}, in {found.here} alone, and this could have done it without the rule"
        if found.lacks == APART
        else f"{found.thing} may have fallen everywhere that spring, by season for instance"
    )
    test = (
        "A town that only one of the two reached, counted in March and May. If the count falls where "
        "only the rule "
        "came, this speaks for the rule; if it falls where only the other event came, for that."
        if found.lacks == APART
        else "A like town without the rule, counted in March and May. If it falls by as much, the "
        "rule is not needed "
        "to explain the fall; if it stays, this speaks for the rule."
    )
    answer = (
        f"1. Those who counted in {found.here} found {before} in March and {after} in May, {percent} "
        f"per cent fewer.",
        f"2. The rule came between, but {other}.",
        f"3. {test}",
        f'4. "After {found.rule} came in, {found.thing} counted in {found.here} were {percent} per '
        f"cent fewer than in "
        'March; whether the rule is the reason, these counts cannot tell."',
    )
    return Task(ask, answer, _SCHEME)


_SCHEME = (
    (
        "What the counts show",
        "thing counted, place, months and size of the change, and no cause",
        "one of these is missing, and no cause",
        "a cause slips in",
        "the council's claim again",
    ),
    (
        "Another explanation",
        "one that fits every count and that the report leaves open",
        "one that the report leaves open, without saying how it would make these counts",
        "one that the report rules out",
        "none",
    ),
    (
        "The comparison",
        "where and when to count, and what each outcome would mean",
        "where and when to count, and what one outcome would mean",
        '"more data", a larger count or a later one',
        "none",
    ),
    (
        "The sentence",
        "the counts carry each word of it",
        "one word goes beyond them",
        'the cause is still in it, weakened by a "may"',
        "as before, or about another thing",
    ),
)
