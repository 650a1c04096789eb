"""Checks of exercise 06. Numbers are computed from the ledger, never typed in; of a text only the form is checked."""

from typing import Any

from notthesame.evidence import fact
from notthesame.exercise_readers import letter_set, letters, number, text, whole_number
from notthesame.exercise_tests import at, every, near, none_of, one_of, says, words
from notthesame.exercises import Check, Slip
from notthesame.statistics.granularity import possible_bases

OPENED = fact("prevalence-sf-investigations")
POLICE = {year: whole_number(OPENED[f"opened_{year}"]) for year in ("2014", "2017", "2018")}
RISE = 100 * (POLICE["2018"] - POLICE["2014"]) / POLICE["2014"]

SURVEY = fact("surveys-erased-figures")
ONLINE, SMALLEST = (whole_number(SURVEY[name]) for name in ("online", "first_base"))
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
STATED = {letter: fact(name).statement for letter, name in TRAIL.items()}
STEPS = (
    next(letter for letter, words in STATED.items() if "at risk" not in words),
    next(letter for letter, words in STATED.items() if "every year" in words),
)

CLAIMS, SOUND = frozenset("abcdef"), frozenset("adf")
# What a poster mentions, and the word for what was counted that it then needs.
NEEDS = (
    (says(r"\b(?:82|87|90|105,000|19,456)\b"), says(r"\badvertis|\bads\b")),
    (says(r"\bchildren\b|\bminors\b|\b(?:244|300|325|326),000\b"), says(r"\bat risk\b")),
    (says(r"\b(?:40|80|108|170)\b"), says(r"\binvestigation|\bfiles?\b")),
    (says(r"\bviolen"), says(r"\bodds\b|\bassociat|\bgo(?:es)? with\b|\bwent with\b")),
)
CAUSES = says(
    r"\b(?:because of|caus(?:ed?|es)|thanks to|due to|leads? to|led to|proves?|proved|triples?|tripled|shut down)\b"
)
FLOW = says(r"\b(?:every|each|per) year\b|\byearly\b")


def base(answer: Any) -> float:
    """The answer as one base; a mapping of one, as possible_bases gives it, counts as the base it holds."""
    return number(answer.keys() if isinstance(answer, dict) else answer)


def says_what_was_counted(answer: str) -> bool:
    """Whether something counted is named, and the word for it stands with every figure that needs one."""
    named = [counted(answer) for _, counted in NEEDS]
    return any(named) and all(counted(answer) or not mention(answer) for mention, counted in NEEDS)


CHECKS = (
    Check(
        id="06-rise",
        outcome=1,
        allowed="The answer is a number, the rise in per cent.",
        reads=number,
        right=near(RISE, within=0.51),
        reason="From that year the rise is far smaller than from 2017. Both are right; a headline that prints one of "
        "them has chosen where to begin. Whichever it is, it counts files that police opened.",
        slips=(
            Slip(
                near(100 * (POLICE["2018"] - POLICE["2017"]) / POLICE["2017"], within=0.51),
                "number-nearby",
                "This is the rise from 2017. Put the investigations of 2014 into the variable before and run the "
                "cell again.",
            ),
            Slip(
                near(100 * POLICE["2018"] / POLICE["2014"], within=0.51),
                "share-is-change",
                "This says how large the later count is as a share of the earlier one. For the rise take the earlier "
                "count away first: after - before.",
            ),
            Slip(
                near(100 * (POLICE["2018"] - POLICE["2014"]) / POLICE["2018"], within=0.51),
                "base-left-out",
                "The difference is right and the base is not. A rise is a share of what there was before, so the "
                "earlier count goes below the line.",
            ),
            Slip(
                near(POLICE["2018"] - POLICE["2014"], within=0.51),
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
        outcome=1,
        allowed="The answer is one number of people.",
        reads=base,
        right=one_of(*BOTH),
        reason="On that base both percentages are shares of whole people. That it can be so does not show that it was: "
        "the report's own table would.",
        slips=(
            Slip(
                one_of(ONLINE),
                "last-link-is-source",
                "That many people answered online, and neither percentage is a share of them. An item can have a "
                "smaller base than its survey.",
            ),
            Slip(
                one_of(*FITS["more_client_violence"]),
                "flaw-means-false",
                "This base fits the first percentage and not the second. Run possible_bases for 72.5 as well and look for "
                "what both lists hold.",
            ),
            Slip(
                one_of(*FITS["more_instability"]),
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
        outcome=2,
        allowed='The answer is two letters, such as ["A", "B"]: first for "at risk", then for "every year".',
        reads=letters("abc", 2, each_once=False),
        right=one_of("".join(STEPS).lower()),
        reason='The press story has "are" victims, and of these texts the website is the first with the year. Who first '
        "changed the verb is not settled, since the authors' own press conference had been announced as about exploited children.",
        slips=(
            Slip(
                at(1, "a"),
                "last-link-is-source",
                'Text A is the one that says "at risk". Look for the first text without it.',
            ),
            Slip(
                at(1, "c"),
                "same-number-same-claim",
                'Text C does not say "at risk", and it is not the first. A text before it has children who are victims, '
                "with nearly the same number.",
            ),
            Slip(
                at(2, "b"),
                "number-nearby",
                "Text B says how many are victims, at one time. A yearly flow is a claim of its own; look where it is made.",
            ),
            Slip(
                at(2, "a"),
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
        outcome=2,
        allowed='The answer is a list of letters, such as ["a", "b"].',
        reads=letter_set(sorted(CLAIMS)),
        right=one_of(SOUND),
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
        outcome=3,
        allowed="The answer is a text of 40 to 100 words in quotation marks. Only its form is checked here.",
        reads=text,
        right=every(words(40, 100), says_what_was_counted, none_of(CAUSES, FLOW)),
        reason="The form is right: each figure says what was counted, and nothing is said to have caused it. Now grade the "
        "content with the rubric, then read the model answers.",
        slips=(
            Slip(
                CAUSES,
                "after-means-because",
                'A cause is still there, in a word such as "caused", "shut down", "triples" or "because". No source here '
                "shows one; say what came before and what was counted.",
            ),
            Slip(
                FLOW,
                "same-number-same-claim",
                "The poster still has a number for each year. The report put minors at risk, once; nobody counted them "
                "year by year.",
            ),
            Slip(
                none_of(says_what_was_counted),
                "base-left-out",
                "For one figure at least the poster does not say what was counted. In A that is advertisements, and minors "
                "at risk; in B investigations, and odds or an association.",
            ),
            Slip(
                none_of(words(40, 100)),
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
