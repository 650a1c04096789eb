"""Checks of exercise 10. Numbers are computed from the tables by the course's functions; of a text only the form is checked."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from notthesame import evidence
from notthesame.exercise_readers import letter_set, number, text
from notthesame.exercise_tests import every, near, none_of, one_of, says, words
from notthesame.exercises import Check, Slip
from notthesame.statistics import pooling

SUMS = evidence.fact("surveys-odds-and-risk")
RATIO, COMMON = (number(SUMS[name]) for name in ("odds_ratio", "baseline"))
ASKED = 20  # per cent of those not exposed, as task 1 assumes
RISK = {base: 100 * pooling.risk_from_odds(RATIO, base / 100) for base in (ASKED, COMMON)}
ODDS = 100 * RATIO * ASKED / (100 - ASKED)

LOGS, ERRORS = (0.60, 1.05, 0.80), (0.24, 0.14, 0.40)  # the three invented rows of tasks 2 and 3
FIRST, SECOND, THIRD = range(3)
FEW = "hartung-knapp"


def pooled(*left_out: int, interval: str = FEW) -> pooling.Pooled:
    """The pool of the invented rows without these."""
    kept = [place for place in range(3) if place not in left_out]
    return pooling.pool([LOGS[place] for place in kept], [ERRORS[place] for place in kept], interval=interval)


def ratio(log: float | None) -> float:
    """What the logarithm stands for."""
    return math.exp(log or 0)


ALL, NORMAL = pooled(), pooled(interval="normal")
WITHOUT = {place: pooled(place) for place in range(3)}
GROUPS = frozenset("abcdef")

# What a sentence denies, or leaves open, up to the end of the clause.
DENIED = re.compile(r"\b(?:not|no|nor|nothing|never|cannot|whether|without)\b[^.,;:]*|n't\b[^.,;:]*", re.I)


def claims(*patterns: str) -> Callable[[str], bool]:
    """Whether a text says one of these without denying it."""
    said = says(*patterns)
    return lambda answer: said(DENIED.sub(" ", answer))


CAUSES = claims(
    r"\b(?:because of|caus(?:ed?|es|ing)|due to|leads? to|led to|proves?|proved|makes?|increases?|increased|raises?|lowers?)\b"
)
CHANCES = claims(
    r"\btimes (?:as|more) (?:likely|common)\b",
    r"\btimes (?:the|as high a|a higher|higher) (?:chance|risk)\b",
    r"\b(?:higher|greater|bigger|more) (?:chance|risk)\b",
    r"\btripl(?:es?|ed)\b",
)
LAWS = claims(
    r"\bcountr(?:y|ies)\b", r"\blegal(?:is|iz)\w*\b", r"\billegal\b", r"\bcriminali[sz]\w*\b", r"\bmodel\b"
)
MEASURE = says(r"\bodds\b")
PEOPLE = says(r"\bpolic(?:e|ing|ed)\b", r"\barrest")


CHECKS = (
    Check(
        id="10-how-many-times",
        outcome=2,
        allowed="The answer is a number: how many times as large the one risk is as the other.",
        reads=number,
        right=near(RISK[ASKED] / ASKED, within=0.06),
        reason="So many times as large is the risk, at this baseline. It lies under the odds ratio, and at a higher baseline "
        "it lies further under.",
        slips=(
            Slip(
                near(RATIO, number(SUMS["times"]), within=0.05),
                "odds-are-risks",
                "This is the ratio of the odds. Divide the two risks by each other: that of those exposed by the baseline.",
            ),
            Slip(
                near(RISK[ASKED], RISK[ASKED] / 100, within=0.03),
                "base-left-out",
                "This is the risk of those exposed. How many times as large it is, you find when you divide it by the baseline.",
            ),
            Slip(
                near(ODDS / ASKED, within=0.01),
                "odds-are-risks",
                "This divides the odds of those exposed by the baseline. Let the function turn odds into a risk first.",
            ),
            Slip(
                near(RISK[ASKED] - ASKED, (RISK[ASKED] - ASKED) / 100, within=0.03),
                "share-is-change",
                "This is the difference of the two risks. How many times as large is a question for division.",
            ),
            Slip(
                near(ASKED / RISK[ASKED], within=0.02),
                "base-left-out",
                "The division is the wrong way round: the baseline goes below the line, as what is compared with.",
            ),
            Slip(
                near(RISK[COMMON] / COMMON, within=0.03),
                "number-nearby",
                "This is the ratio at the baseline of the lesson. Take both numbers at the baseline of the task.",
            ),
        ),
        otherwise="Divide the risk of those exposed by the baseline, both as shares or both in per cent.",
        hints=(
            "Two risks are compared here, and no odds.",
            "The function gives the risk of those exposed; the other risk is the baseline that you give it.",
            "Put 0.20 for the baseline in the brackets, and write / 0.20 after the bracket.",
        ),
    ),
    Check(
        id="10-few-rows",
        outcome=3,
        allowed="The answer is a number: the lower end as an odds ratio.",
        reads=number,
        right=near(ratio(ALL.low), within=0.02),
        reason="With three rows allowed for, the average may be as near to no difference as this. The normal interval starts "
        "higher, for it takes the scatter between the rows for known.",
        slips=(
            Slip(
                near(ratio(NORMAL.low), within=0.02),
                "margin-covers-all",
                'This is the lower end of the normal interval. Ask for the other one, with interval="hartung-knapp" in the '
                "brackets.",
            ),
            Slip(
                near(ALL.low, NORMAL.low, within=0.01),
                "number-nearby",
                "This is still a logarithm. math.exp turns it back into a ratio, as in the cell above.",
            ),
            Slip(
                near(ratio(ALL.high), ratio(NORMAL.high), within=0.05),
                "number-nearby",
                "This is the upper end. The part with the lower end is named after the dot: low, not high.",
            ),
            Slip(
                near(ratio(ALL.estimate), within=0.03),
                "exact-is-better",
                "This is the average itself, the middle of the interval. The task asks where its interval begins.",
            ),
            Slip(
                near(ratio(ALL.prediction_low), within=0.02),
                "average-is-next",
                "This is how low a further place may lie. The task asks for the average, whose part is low.",
            ),
        ),
        otherwise="That is no end of this pool. Check that both lists hold three numbers and that the result went through math.exp.",
        hints=(
            "Two things change in the cell above: the interval that is asked for, and the part after the dot.",
            'In the brackets of the function stands interval="hartung-knapp"; after the dot stands low.',
            'First few = nts.pooling.pool(logs, errors, interval="hartung-knapp"), then lower = math.exp(few.low).',
        ),
    ),
    Check(
        id="10-leave-one",
        outcome=3,
        allowed="The answer is a number: the lower end as an odds ratio.",
        reads=number,
        right=near(ratio(WITHOUT[SECOND].low), within=0.02),
        reason="Without this row the interval begins below one, so the claim of a difference hangs on it, or on there being three "
        "rows at all. The average moves far less.",
        slips=(
            Slip(
                near(*(ratio(WITHOUT[place].low) for place in (FIRST, THIRD)), within=0.02),
                "number-nearby",
                "Another row was left out. The second goes, in both lists; the first and the third stay.",
            ),
            Slip(
                near(ratio(ALL.low), within=0.02),
                "number-nearby",
                "This is the lower end with all three rows, of the pool in task 2. Pool again, with the two shorter lists.",
            ),
            Slip(
                near(ratio(pooled(SECOND, interval="normal").low), within=0.02),
                "margin-covers-all",
                'This is the normal interval of the two rows. Keep interval="hartung-knapp" in the brackets.',
            ),
            Slip(
                near(WITHOUT[SECOND].low, within=0.01),
                "number-nearby",
                "This is a logarithm, and one below zero stands for a ratio below one. Take math.exp of it.",
            ),
        ),
        otherwise="That is not the lower end without the second row. Both lists lose their second number; then pool again, and take low of the new pool.",
        hints=(
            "A list keeps its order: the same place in both lists is the same study.",
            "Take 1.05 out of the first list and 0.14 out of the second.",
            'Pool the lists [0.60, 0.80] and [0.24, 0.40] with interval="hartung-knapp", then take math.exp of low.',
        ),
    ),
    Check(
        id="10-same-group",
        outcome=4,
        allowed='The answer is a list of letters, such as ["a", "b"].',
        reads=letter_set(sorted(GROUPS)),
        right=one_of(frozenset("be")),
        reason="Same school district, same years, the same two names, and a number that is smaller by those who left: b and e are "
        "most likely one group. Only one of them goes into an average.",
        slips=(
            Slip(
                lambda answer: answer == frozenset("ac"),
                "same-number-same-claim",
                "a and c have the same number of pupils and nothing else in common. A number alone makes no group.",
            ),
            Slip(
                lambda answer: answer == frozenset("bd"),
                "number-nearby",
                "b and d share the district and a name; teachers and pupils are different people. Look for who was asked.",
            ),
            Slip(
                lambda answer: len(answer) != 2,
                "paper-is-new-people",
                "Two rows are asked for: those in which people, years, place and names go together.",
            ),
            Slip(
                lambda answer: "f" in answer,
                "paper-is-new-people",
                "f has its own years: its pupils were not at school yet when the others were asked. Compare the columns with the years.",
            ),
        ),
        otherwise="In these two rows not enough goes together. Compare who was asked, where, when and by whom, row by row.",
        hints=(
            "Cross out every row whose people cannot be those of another one.",
            "Pupils, the years from 2016 and the names Ode and Park stand in two rows.",
            "One of the two is b. Which row follows the same pupils, one year on?",
        ),
    ),
    Check(
        id="10-sentence",
        outcome=3,
        allowed="The answer is a text of 25 to 70 words in quotation marks. Only its form is checked here.",
        reads=text,
        right=every(words(25, 70), MEASURE, PEOPLE, none_of(CAUSES, CHANCES, LAWS)),
        reason="The form is right: it says odds, it names policing, and neither a cause nor a law is in it. Now grade it with "
        "the rubric, then read the model answer.",
        slips=(
            Slip(
                LAWS,
                "same-number-same-claim",
                "A country, a law or a model is in the sentence. The rows compare persons whom police dealt with and others; name "
                "these.",
            ),
            Slip(
                CHANCES,
                "odds-are-risks",
                "It speaks of a chance, a risk or how likely something is. The review gives odds, and no baseline that would "
                "turn them into a risk.",
            ),
            Slip(
                CAUSES,
                "after-means-because",
                'A verb of cause is in it, such as "makes", "raises" or "causes". These studies show what goes together: write '
                '"goes with" or "is associated with".',
            ),
            Slip(
                none_of(MEASURE),
                "odds-are-risks",
                "The measure is missing. Say that it is odds which are compared.",
            ),
        ),
        otherwise="The form is not right yet: 25 to 70 words, with odds, with the policing, without a cause and without a law.",
        hints=(
            "Begin with whom the rows compare: people who sell sex and had met such policing, and those who had not.",
            'Then the measure: "their odds of violence from clients or others were ... times as high".',
            "End with a limit in the same sentence or the next: on average, over many places, and what came first is open.",
        ),
    ),
)
