"""Checks of exercise 06. Numbers are computed from the ledger, never typed in; of a text only the form is checked."""

import re
from collections.abc import Callable
from typing import Any

from notthesame.evidence import fact
from notthesame.exercises import Check, Slip
from notthesame.statistics.granularity import possible_bases


def value(fact_id: str, name: str) -> int:
    """A count of the ledger."""
    return int(str(fact(fact_id)[name].value))


POLICE = {year: value("prevalence-sf-investigations", f"opened_{year}") for year in ("2014", "2017", "2018")}
RISE = 100 * (POLICE["2018"] - POLICE["2014"]) / POLICE["2014"]

SURVEY = fact("surveys-erased-figures")
ONLINE, SMALLEST = (value("surveys-erased-figures", name) for name in ("online", "first_base"))
FITS = {
    share: set(possible_bases(str(SURVEY[share].value), SMALLEST, ONLINE))
    for share in ("more_client_violence", "more_instability")
}
BOTH = set.intersection(*FITS.values())

TRAIL = {
    "A": "prevalence-estes-weiner",
    "B": "prevalence-estes-weiner-press",
    "C": "prevalence-at-risk-retold",
}
SAYS = {letter: fact(name).statement for letter, name in TRAIL.items()}
STEPS = (
    next(letter for letter, words in SAYS.items() if "at risk" not in words),
    next(letter for letter, words in SAYS.items() if "every year" in words),
)

CLAIMS, SOUND = frozenset("abcdef"), frozenset("adf")
WORDS = range(40, 101)
# What a poster mentions, and the word for what was counted that it then needs.
NEEDS = (
    (r"\b(?:82|87|90|105,000|19,456)\b", r"\badvertis|\bads\b"),
    (r"\bchildren\b|\bminors\b|\b(?:244|300|325|326),000\b", r"\bat risk\b"),
    (r"\b(?:40|80|108|170)\b", r"\binvestigation|\bfiles?\b"),
    (r"\bviolen", r"\bodds\b|\bassociat|\bgo(?:es)? with\b|\bwent with\b"),
)
CAUSES = r"\b(?:because of|caus(?:ed?|es)|thanks to|due to|leads? to|led to|proves?|proved|triples?|tripled|shut down)\b"
FLOW = r"\b(?:every|each|per) year\b|\byearly\b"


def number(answer: Any) -> float:
    """The answer as one number; a percentage may come as text."""
    if isinstance(answer, str):
        answer = answer.replace("%", "").replace("per cent", "").strip()
    if isinstance(answer, bool) or not isinstance(answer, (int, float, str)):
        raise ValueError(f"{answer!r} is not a number")
    try:
        return float(answer)
    except ValueError:
        raise ValueError(f"{answer!r} is not a number") from None


def base(answer: Any) -> float:
    """The answer as one base; a list or a mapping of one base counts as that base."""
    if isinstance(answer, (list, tuple, set, dict)):
        if len(answer) != 1:
            raise ValueError(f"there are {len(answer)} bases here, and one is asked for")
        (answer,) = answer
    return number(answer)


def letters(answer: Any) -> tuple[str, ...]:
    """The answer as letters, from a list or a text; raises ValueError for any other letter."""
    parts = re.findall(r"\w+", answer) if isinstance(answer, str) else [str(part) for part in answer]
    if len(parts) == 1 and parts[0].lower() not in CLAIMS:
        parts = list(parts[0])
    found = tuple(part.strip().upper() for part in parts)
    if not found or any(part.lower() not in CLAIMS for part in found):
        raise ValueError(f"{answer!r} holds something that is not the letter of a row")
    return found


def pair(answer: Any) -> tuple[str, ...]:
    """Two letters of task 3."""
    found = letters(answer)
    if len(found) != 2 or not {*found} <= TRAIL.keys():
        raise ValueError(f"{answer!r} is not two letters from A to C")
    return found


def sound(answer: Any) -> frozenset[str]:
    return frozenset(letter.lower() for letter in letters(answer))


def text(answer: Any) -> str:
    if not isinstance(answer, str):
        raise ValueError(f"{answer!r} is not a text in quotation marks")
    return " ".join(answer.split())


def near(wanted: float) -> Callable[[float], bool]:
    """Whether a number is this one, to the nearest whole number or closer."""
    return lambda answer: abs(answer - wanted) < 0.51


def has(pattern: str) -> Callable[[str], bool]:
    return lambda answer: bool(re.search(pattern, answer, re.I))


def says_what_was_counted(answer: str) -> bool:
    """Whether something counted is named, and the word for it stands with every figure that needs one."""
    named = [has(wanted)(answer) for _, wanted in NEEDS]
    return any(named) and all(
        there or not has(mention)(answer) for there, (mention, _) in zip(named, NEEDS, strict=True)
    )


CHECKS = (
    Check(
        id="06-rise",
        allowed="The answer is a number, the rise in per cent.",
        reads=number,
        right=near(RISE),
        reason="From that year the rise is far smaller than from 2017. Both are right; a headline that prints one of "
        "them has chosen where to begin. Whichever it is, it counts files that police opened.",
        slips=(
            Slip(
                near(100 * (POLICE["2018"] - POLICE["2017"]) / POLICE["2017"]),
                "number-nearby",
                "This is the rise from 2017. Put the investigations of 2014 into the variable before and run the "
                "cell again.",
            ),
            Slip(
                near(100 * POLICE["2018"] / POLICE["2014"]),
                "share-is-change",
                "This says how large the later count is as a share of the earlier one. For the rise take the earlier "
                "count away first: after - before.",
            ),
            Slip(
                near(100 * (POLICE["2018"] - POLICE["2014"]) / POLICE["2018"]),
                "base-left-out",
                "The difference is right and the base is not. A rise is a share of what there was before, so the "
                "earlier count goes below the line.",
            ),
            Slip(
                near(POLICE["2018"] - POLICE["2014"]),
                "base-left-out",
                "This is how many more investigations there were. To say it in per cent, divide by the earlier count "
                "and take it times 100.",
            ),
        ),
        otherwise="That is not the rise from 2014 to 2018. Change one variable in the cell above and leave the line below as it is.",
        hints=(
            "Only the count before has changed. The line that computes the rise stays the same.",
            "The earlier count stands in the sentence above the cell and in the ledger, under opened_2014.",
            f"Write before = {POLICE['2014']} and run the cell.",
        ),
    ),
    Check(
        id="06-both-bases",
        allowed="The answer is one number of people.",
        reads=base,
        right=lambda answer: answer in BOTH,
        reason="On that base both percentages are shares of whole people. That it can be so does not show that it was: "
        "the report's own table would.",
        slips=(
            Slip(
                lambda answer: answer == ONLINE,
                "last-link-is-source",
                "That many people answered online, and neither percentage is a share of them. An item can have a "
                "smaller base than its survey.",
            ),
            Slip(
                lambda answer: answer in FITS["more_client_violence"],
                "flaw-means-false",
                "This base fits the first percentage and not the second. Run possible_bases for 72.5 as well and look for "
                "what both lists hold.",
            ),
            Slip(
                lambda answer: answer in FITS["more_instability"],
                "flaw-means-false",
                "This base fits 72.5 per cent and not the other share. Compare it with the list in the cell above the "
                "answer.",
            ),
        ),
        otherwise="Neither percentage is a share of that many people, or it lies outside the range. Let the function list the bases.",
        hints=(
            'Run nts.possible_bases("72.5", 60, 98) in a cell of its own.',
            "Compare the numbers before the colons in both results.",
            "One number stands in both: " + ", ".join(map(str, sorted(BOTH))) + ".",
        ),
    ),
    Check(
        id="06-third-trail",
        allowed='The answer is two letters, such as ["A", "B"]: first for "at risk", then for "every year".',
        reads=pair,
        right=lambda answer: answer == STEPS,
        reason='The press story has "are" victims, and the website adds the year. Who first changed the verb is not '
        "settled, since the authors' own press conference had been announced as about exploited children.",
        slips=(
            Slip(
                lambda answer: answer[0] == "A",
                "last-link-is-source",
                'Text A is the one that says "at risk". Look for the first text without it.',
            ),
            Slip(
                lambda answer: answer[0] == "C",
                "same-number-same-claim",
                'Text C does not say "at risk", and it is not the first. A text before it has children who are victims, '
                "with nearly the same number.",
            ),
            Slip(
                lambda answer: answer[1] == "B",
                "number-nearby",
                "Text B says how many are victims, at one time. A yearly flow is a claim of its own; look where it is made.",
            ),
            Slip(
                lambda answer: answer[1] == "A",
                "number-nearby",
                "The report counts minors at risk at one time and says nothing of each year. Read on along the trail.",
            ),
        ),
        otherwise="Take one text after the other and note two things of each: at risk or not, yearly or not.",
        hints=(
            "Read the third column only, from the top.",
            'The first change came within a day. The second needs the words "every year".',
            f'Write the list ["{STEPS[0]}", "{STEPS[1]}"] as your answer.',
        ),
    ),
    Check(
        id="06-judge",
        allowed='The answer is a list of letters, such as ["a", "b"].',
        reads=sound,
        right=lambda answer: answer == SOUND,
        reason="Each of these says what was counted, of whom or of what, and stops there. They serve different sides, and "
        "so do those that are not sound.",
        slips=(
            Slip(
                lambda answer: "b" in answer,
                "one-count-for-all",
                "Claim b makes one count a part of another, and sets sex trafficking beside all forms. Read the caution in "
                "its entry.",
            ),
            Slip(
                lambda answer: "c" in answer,
                "odds-are-risks",
                "Claim c takes an odds ratio for a ratio of risks, and an association for a cause. Its entry shows what it "
                "means at one baseline.",
            ),
            Slip(
                lambda answer: "e" in answer,
                "base-left-out",
                "Claim e speaks of people in prostitution, and its entry of those who were interviewed, found in different "
                "ways from country to country.",
            ),
            Slip(
                lambda answer: answer < SOUND,
                "flaw-means-false",
                "These are sound, and another is too. A volunteer survey or a count of advertisements may be printed as what "
                "it is; look for claims that stop there.",
            ),
        ),
        otherwise="That is not the list of the sound ones. Put each claim beside its entry, slot by slot.",
        hints=(
            "Three are sound. Begin with the base of each: of whom, or of what?",
            'Look for a cause ("makes"), for a part of another count, and for everybody in place of those asked.',
            "Those are c, b and e. Which are left?",
        ),
    ),
    Check(
        id="06-poster",
        allowed="The answer is a text of 40 to 100 words in quotation marks. Only its form is checked here.",
        reads=text,
        right=lambda answer: (
            len(answer.split()) in WORDS
            and says_what_was_counted(answer)
            and not has(CAUSES)(answer)
            and not has(FLOW)(answer)
        ),
        reason="The form is right: each figure says what was counted, and nothing is said to have caused it. Now grade the "
        "content with the rubric, then read the model answers.",
        slips=(
            Slip(
                has(CAUSES),
                "after-means-because",
                'A cause is still there, in a word such as "caused", "shut down", "triples" or "because". No source here '
                "shows one; say what came before and what was counted.",
            ),
            Slip(
                has(FLOW),
                "same-number-same-claim",
                "The poster still has a number for each year. The report put minors at risk, once; nobody counted them "
                "year by year.",
            ),
            Slip(
                lambda answer: not says_what_was_counted(answer),
                "base-left-out",
                "For one figure at least the poster does not say what was counted. In A that is advertisements, and minors "
                "at risk; in B investigations, and odds or an association.",
            ),
            Slip(
                lambda answer: len(answer.split()) not in WORDS,
                "words-do-not-count",
                "The text has fewer than 40 or more than 100 words. A poster is short; what was counted still has to be "
                "on it.",
            ),
        ),
        otherwise="The form is not right yet.",
        hints=(
            "Write each figure as: who counted what, when, and how many.",
            'Put your aim into a sentence of its own: "We think that ...". It needs no figure.',
            "Take the model sentence of the lesson as a pattern: the base first, the limit last.",
        ),
    ),
)
