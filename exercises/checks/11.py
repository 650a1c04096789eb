"""Checks of exercise 11. What is right is computed from the tables, never typed in."""

from collections.abc import Callable

from notthesame import evidence
from notthesame.exercise_forms import Fields, Number, Pick, Text
from notthesame.exercise_readers import mapping, name, number, pair, text
from notthesame.exercise_tests import every, near, none_of, says, words
from notthesame.exercises import Check, Slip
from notthesame.subject.regulation import CODES, SWITCHES, jurisdictions

CANADA = next(place for place in jurisdictions() if place.name == "Canada")
RIGHT = dict(zip(SWITCHES, CANADA.codes, strict=True))

BEFORE, AFTER = (int(row["days"]) for row in evidence.rows("debate_ni_periods"))
REPORTED = int(evidence.rows("debate_ni_periods")[1]["reported_change_percent"])
LONGER = AFTER / BEFORE
GROWTH = 1 + REPORTED / 100
DAILY = GROWTH / LONGER
LOWEST, HIGHEST = ((1 + (REPORTED + end) / 100) / LONGER for end in (-0.5, 0.5))

SURVEY, REGISTER = (float(row["german_citizens_percent"]) for row in evidence.rows("debate_germany_sample"))
GERMAN, OTHERS = 70, 40  # the invented answers of task 4


def overall(share: float) -> float:
    """The invented answer overall, in per cent, where so many per cent are German citizens."""
    return (share * GERMAN + (100 - share) * OTHERS) / 100


EXACT = 0.0006  # how near a factor with three decimals lies


def both(first: float, second: float) -> Callable[[tuple[float, float]], bool]:
    """Whether two numbers are these, in this order."""
    return lambda ends: near(first, within=EXACT)(ends[0]) and near(second, within=EXACT)(ends[1])


CAUSAL = says(
    r"\b(because|cause[sd]?|causing|led to|leads to|thanks to|due to|fail(s|ed|ure)?|works|worked|success(ful)?"
    r"|drives?|drove|cuts?|boosts?|pushe[sd]|no effect|makes?|made)\b"
)
SIGN = says(
    r"\b(rise[sn]?|rose|rising|up|more|fall(s|en|ing)?|fell|down|fewer|less|drop(s|ped)?|grow(s|n)?|grew)\b"
)
COUNTED = says(r"\b(advert(s|isement|isements|ising)?|ads?)\b")
TIME = says(r"\b(a|per|each|every) day\b|\bdaily\b|\bdays\b")
PLACE = says(r"\bnorthern ireland\b|\bnorthern irish\b|\bN\. ?Ireland\b")


CHECKS = (
    Check(
        id="11-code",
        outcome=1,
        allowed=f"The answer has a setting for each of {', '.join(SWITCHES)}: {', '.join(CODES)}.",
        reads=mapping("switch", SWITCHES, name("setting", CODES, also=CODES)),
        form=Fields(SWITCHES, Pick(CODES)),
        right=lambda answer: answer == RIGHT,
        reason="Each setting has its words in the summary. Three are partly: own services near a school, "
        "premises through material benefit, adverts for others. That is a long way from one label.",
        slips=(
            Slip(
                lambda answer: answer["seller"] == "no_crime",
                "model-name-is-law",
                "Laws of this kind are said to leave sellers alone. This Act keeps one offence for them: communicating "
                "next to a school ground, playground or daycare centre. That makes the setting partly.",
            ),
            Slip(
                lambda answer: answer["seller"] == "crime",
                "part-stands-for-whole",
                "One offence near schools was taken for the whole. Sellers have immunity for selling their own services, "
                "so the setting is partly.",
            ),
            Slip(
                lambda answer: answer["premises"] in ("no_crime", "unknown"),
                "silence-decides",
                "There is no separate offence, but the summary is not silent: a commercial enterprise falls under "
                "material benefit. An offence in some forms is partly.",
            ),
            Slip(
                lambda answer: answer["advertising"] in ("crime", "no_crime"),
                "part-stands-for-whole",
                "Advertising others is punished and advertising oneself is not. Where one form is an offence and another "
                "is not, the setting is partly.",
            ),
        ),
        otherwise="One switch is still off. Read the summary again with a finger on each of buying, third parties and "
        "premises.",
        hints=(
            "Take the switches one by one, and find the words of the summary for each.",
            "Partly stands for an offence in some places or forms. It fits more than one switch here.",
            "Buying and procuring are offences as such. The other three are partly: say for each which part.",
        ),
    ),
    Check(
        id="11-daily",
        outcome=2,
        allowed="The answer is a number such as 1.2, computed from the days and the growth.",
        reads=number,
        form=Number(),
        right=near(DAILY, within=EXACT),  # one, for whoever rounds, is as near as anybody can say
        reason="Growth of the adverts over growth of the days: the factor is one, as nearly as anybody can say. The "
        "reported growth was the growth of the period.",
        slips=(
            Slip(
                near(GROWTH, float(REPORTED), GROWTH - 1, within=0.0002),
                "base-left-out",
                "This is the growth of the total, as reported. The second period is longer; divide by the growth of the days.",
            ),
            Slip(
                near(LONGER, within=0.0002),
                "number-nearby",
                "This is the growth of the days. Divide the growth of the adverts by it.",
            ),
            Slip(
                near(GROWTH * LONGER, within=EXACT),
                "base-left-out",
                "Here the growth of the days was multiplied, so the longer period counts twice. More days mean fewer adverts "
                "a day for one total: divide.",
            ),
            Slip(
                near(1 / LONGER, within=EXACT),
                "number-nearby",
                "This turns the days round and leaves the adverts out. Start with the factor of the adverts.",
            ),
        ),
        otherwise="Write the growth of the adverts as a factor, and divide it by days after / days before.",
        hints=(
            "Growth by some per cent is a factor a little above one. What is it here?",
            "The days grew as well: by the factor days after / days before.",
            "daily = (factor of the adverts) / (days after / days before).",
        ),
    ),
    Check(
        id="11-range",
        outcome=2,
        allowed="The answer is a list of two numbers, lowest first.",
        reads=pair(number, "two numbers"),
        form=Fields({"low": "Lowest factor", "high": "Highest factor"}, Number(), listed=True),
        right=both(LOWEST, HIGHEST),
        reason="The range holds one, so the figures as reported do not tell whether adverts a day rose or fell. It is a "
        "range of rounding, not a margin of error.",
        slips=(
            Slip(
                both(HIGHEST, LOWEST),
                "exact-is-better",
                "Both ends are right and stand in the wrong order. Put the lowest first.",
            ),
            Slip(
                both(LOWEST * LONGER, HIGHEST * LONGER),
                "base-left-out",
                "These are the ends for the total. Divide each of them by the growth of the days.",
            ),
            Slip(
                both(DAILY, DAILY),
                "exact-is-better",
                "This gives the rounded figure twice. Rounded to whole per cents, it may stand for half a per cent less or more.",
            ),
            Slip(
                both(GROWTH * 0.99 / LONGER, GROWTH * 1.01 / LONGER),
                "number-nearby",
                "That is one per cent to each side. Rounding to whole per cents moves a figure by half of that at most.",
            ),
        ),
        otherwise="Take the smallest and the largest growth that would be rounded to the reported one, and divide each by "
        "days after / days before.",
        hints=(
            "Which growth, in per cent, is the smallest that rounds to the reported one?",
            "Half a per cent less and half a per cent more. Write both as factors.",
            "Divide each factor by days after / days before, as in task 2.",
        ),
    ),
    Check(
        id="11-register",
        outcome=2,
        allowed="The answer is a number in per cent, computed from the shares of the register and the invented answers.",
        reads=number,
        form=Number("per cent"),
        right=near(overall(REGISTER), within=0.15),
        reason="Each group counts with its share in the register. The result lies nearer the answer of the others, since "
        "they are most of the register. The answers were invented; the shares are real.",
        slips=(
            Slip(
                near(overall(SURVEY), within=0.06),
                "bigger-sample-fixes",
                "This keeps the shares of the survey, so nothing was re-weighted. Put the share of the register in its place.",
            ),
            Slip(
                near((GERMAN + OTHERS) / 2, within=0.06),
                "one-count-for-all",
                "This is the plain mean, as if both groups were of one size. Weight each answer by its share.",
            ),
            Slip(
                near(overall(100 - REGISTER), within=0.06),
                "number-nearby",
                "The shares have changed places: German citizens are the smaller group in the register.",
            ),
            Slip(
                near(overall(REGISTER) / 100, within=0.0015),
                "number-nearby",
                "That is the share as a part of one. In per cent it is a hundred times as much.",
            ),
            Slip(
                near(100 * overall(REGISTER), within=6),
                "number-nearby",
                "The sum is right and a hundred times too large: the shares are in per cent, so divide by 100 at the end.",
            ),
        ),
        otherwise="Multiply each group's answer by its share in the register, add, and divide by 100.",
        hints=(
            "Two groups, two products: an answer times a share.",
            "The share of the others in the register is what is left of 100.",
            "overall = (share of Germans * their answer + share of others * their answer) / 100.",
        ),
    ),
    Check(
        id="11-headline",
        outcome=2,
        allowed="The answer is a headline of 6 to 20 words in quotation marks. Only its form is checked here.",
        reads=text,
        form=Text(6, 20),
        right=every(words(6, 20), COUNTED, TIME, PLACE, none_of(CAUSAL, SIGN)),
        reason="The form is right. Now grade the content yourself with the rubric, then read the model answer.",
        slips=(
            Slip(
                CAUSAL,
                "after-means-because",
                "The headline says or denies an effect of the law. One place was counted before and after, so the count "
                "cannot carry that, in either direction. Say what was counted.",
            ),
            Slip(
                none_of(COUNTED),
                "ads-are-people",
                "The headline does not say what was counted. It was adverts, which are neither people nor meetings.",
            ),
            Slip(
                none_of(TIME),
                "base-left-out",
                "The periods are of different length. Say adverts a day, or say that the days differ.",
            ),
            Slip(
                SIGN,
                "exact-is-better",
                "The headline claims a rise or a fall. With the rounding of task 3 the sign is open; find words for level.",
            ),
            Slip(
                none_of(PLACE),
                "part-stands-for-whole",
                "No place is named, so the headline speaks of every ban. Name Northern Ireland.",
            ),
            Slip(
                none_of(words(6, 20)),
                "number-nearby",
                "The headline is shorter than 6 or longer than 20 words. Keep unit, place and what is open.",
            ),
        ),
        otherwise="The form is not right yet.",
        hints=(
            "Start with the place and the unit: adverts a day.",
            "Say that they are level, or that the sign is open. Leave words like failed and works to others.",
            "Pattern: PLACE: adverts a day about level before and after the law, as far as one site shows.",
        ),
    ),
)
