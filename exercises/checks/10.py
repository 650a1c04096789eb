"""Checks of exercise 10. Numbers are computed from the tables by the course's functions; of a text only the form is checked."""

from __future__ import annotations

import math

from notthesame import evidence
from notthesame.exercise_readers import letter_set, number, text
from notthesame.exercise_tests import every, near, none_of, one_of, says, words
from notthesame.exercises import Check, Slip
from notthesame.statistics import pooling

SUMS = evidence.fact("surveys-odds-and-risk")
RATIO, RARE, COMMON = (number(SUMS[name]) for name in ("odds_ratio", "low_baseline", "baseline"))
RISK = {base: 100 * pooling.risk_from_odds(RATIO, base / 100) for base in (RARE, COMMON)}
ODDS = 100 * RATIO * RARE / (100 - RARE)

ROWS = [
    row
    for row in evidence.rows("platt_forest")
    if row["outcome_group"] == "hiv_sti" and row["use_in_pool"] == "true"
]
LOGS = [
    pooling.log_from_ratio(*(float(row[name]) for name in ("effect", "ci_low", "ci_high"))) for row in ROWS
]
KARNATAKA, ANDHRA, MEXICO = range(3)
FEW = "hartung-knapp"


def pooled(*left_out: int, interval: str = FEW) -> pooling.Pooled:
    """The pool of the rows on infections without these."""
    kept = [pair for place, pair in enumerate(LOGS) if place not in left_out]
    return pooling.pool([log for log, _ in kept], [error for _, error in kept], interval=interval)


def ratio(log: float | None) -> float:
    """What the logarithm stands for."""
    return math.exp(log or 0)


ALL, NORMAL = pooled(), pooled(interval="normal")
WITHOUT = {place: pooled(place) for place in range(3)}
GROUPS = frozenset("abcdef")

CAUSES = says(
    r"\b(?:because of|caus(?:ed?|es|ing)|due to|leads? to|led to|proves?|proved|makes?|increases?|increased|raises?|lowers?)\b"
)
CHANCES = says(
    r"\btimes (?:as|more) (?:likely|common)\b",
    r"\btimes (?:the|as high a|a higher|higher) (?:chance|risk)\b",
    r"\b(?:higher|greater|bigger|more) (?:chance|risk)\b",
    r"\btripl(?:es?|ed)\b",
)
LAWS = says(
    r"\bcountr(?:y|ies)\b", r"\blegal(?:is|iz)\w*\b", r"\billegal\b", r"\bcriminali[sz]\w*\b", r"\bmodel\b"
)
MEASURE = says(r"\bodds\b")
PEOPLE = says(r"\bpolic(?:e|ing|ed)\b", r"\barrest")


def percent(value: object) -> float:
    """A number in per cent; a share from 0 to 1 counts as the per cent it is."""
    found = number(value)
    return 100 * found if 0 < found <= 1 else found


CHECKS = (
    Check(
        id="10-one-in-ten",
        allowed="The answer is a number: a share from 0 to 1, or per cent.",
        reads=percent,
        right=near(RISK[RARE], within=0.3),
        reason="A little less than a quarter. At this baseline the odds ratio is nearer to a ratio of risks than at a higher one, "
        "and still not the same.",
        slips=(
            Slip(
                near(number(SUMS["times"]) * RARE, RATIO * RARE, within=0.15),
                "odds-are-risks",
                "This multiplies the share by the ratio. The ratio multiplies odds; give the function the share and let it take "
                "the steps.",
            ),
            Slip(
                near(ODDS, within=0.3),
                "odds-are-risks",
                "These are the odds of those exposed, read as a share. Divide them by one more than themselves, as the "
                "function does.",
            ),
            Slip(
                near(RISK[COMMON], within=0.3),
                "number-nearby",
                "This is the result at the baseline of the lesson. Put the rarer share into the brackets and run the cell again.",
            ),
            Slip(
                near(RARE + RATIO, within=0.1),
                "number-nearby",
                "This adds the ratio to the share. A ratio multiplies, and what it multiplies are odds.",
            ),
        ),
        otherwise="That is not the risk of those exposed. The function needs the ratio and the baseline as a share: 10 of 100 is 0.10.",
        hints=(
            "Only the baseline changes; the ratio of the review stays.",
            "A baseline of 10 in 100 is a share of 0.10.",
            "Write nts.pooling.risk_from_odds(ratio=..., baseline=0.10), with the ratio from the text above.",
        ),
    ),
    Check(
        id="10-how-many-times",
        allowed="The answer is a number: how many times as large the one risk is as the other.",
        reads=number,
        right=near(RISK[RARE] / RARE, within=0.06),
        reason="So many times as large is the risk, at this baseline. It lies under the odds ratio, and at a higher baseline "
        "it lies further under.",
        slips=(
            Slip(
                near(RATIO, number(SUMS["times"]), within=0.05),
                "odds-are-risks",
                "This is the ratio of the odds. Divide the two risks by each other: that of those exposed by the baseline.",
            ),
            Slip(
                near(RISK[RARE] - RARE, (RISK[RARE] - RARE) / 100, within=0.06),
                "share-is-change",
                "This is the difference of the two risks. How many times as large is a question for division.",
            ),
            Slip(
                near(RARE / RISK[RARE], within=0.02),
                "base-left-out",
                "The division is the wrong way round: the baseline goes below the line, as what is compared with.",
            ),
            Slip(
                near(RISK[COMMON] / COMMON, within=0.03),
                "number-nearby",
                "This is the ratio at the baseline of the lesson. Take both numbers at the rarer one.",
            ),
        ),
        otherwise="Divide the risk of those exposed by the baseline, both as shares or both in per cent.",
        hints=(
            "Two risks are compared here, and no odds.",
            "The risk of those exposed is the result of task 1; the other is the baseline you gave.",
            "Write exposed / 0.10, where exposed is the result of task 1.",
        ),
    ),
    Check(
        id="10-few-rows",
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
            'Write math.exp(nts.pooling.pool(logs, errors, interval="hartung-knapp").low) after the equals sign.',
        ),
    ),
    Check(
        id="10-leave-one",
        allowed="The answer is a number: the lower end as an odds ratio.",
        reads=number,
        right=near(ratio(WITHOUT[ANDHRA].low), within=0.02),
        reason="Without this row the interval begins below one, so the claim of a difference hangs on it, or on there being three "
        "rows at all. The average moves far less.",
        slips=(
            Slip(
                near(*(ratio(WITHOUT[place].low) for place in (KARNATAKA, MEXICO)), within=0.02),
                "number-nearby",
                "Another row was left out. Andhra Pradesh is the second in both lists; the first and the third stay.",
            ),
            Slip(
                near(ratio(ALL.low), within=0.02),
                "number-nearby",
                "This is the lower end with all three rows. Take the second number out of both lists and run the cell again.",
            ),
            Slip(
                near(ratio(pooled(ANDHRA, interval="normal").low), within=0.02),
                "margin-covers-all",
                'This is the normal interval of the two rows. Keep interval="hartung-knapp" in the brackets.',
            ),
            Slip(
                near(WITHOUT[ANDHRA].low, within=0.01),
                "number-nearby",
                "This is a logarithm, and one below zero stands for a ratio below one. Take math.exp of it.",
            ),
        ),
        otherwise="That is not the lower end without Andhra Pradesh. Both lists lose their second number, and nothing else changes.",
        hints=(
            "A list keeps its order: the same place in both lists is the same study.",
            "Take 1.089 out of logs and 0.137 out of errors.",
            "Write logs = [0.647, 0.932] and errors = [0.25, 0.422]; the line with lower stays as in task 3.",
        ),
    ),
    Check(
        id="10-same-group",
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
                'A cause is in it, in a word such as "makes" or "increases". These studies show what goes together: write "goes with" '
                'or "is associated with".',
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
