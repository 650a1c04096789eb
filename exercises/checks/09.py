"""Checks of exercise 09. Numbers come from the ledger or from the engine; of a text only the form is checked."""

from functools import cache

from notthesame.evidence import Fact, fact, table
from notthesame.exercise_readers import number, text
from notthesame.exercise_tests import every, near, none_of, one_of, says, words
from notthesame.exercises import Check, Slip

UK, SIZES, PAIRS = (fact(f"prevalence-mse-uk-{name}") for name in ("2013", "table", "pairs"))
RESAMPLED, TOWN, CITY = (
    fact(f"prevalence-{name}")
    for name in ("mse-uk-resamples", "two-list-bulawayo", "mse-new-orleans-discrepancy")
)


def people(where: Fact, name: str) -> float:
    """A figure of a fact, as a number."""
    return float(str(where[name].value))


POLICE, GOVERNMENT = people(SIZES, "pf"), people(SIZES, "go")
SHARED = people(PAIRS, "police_government_both")
PLAIN, CHAPMAN = people(PAIRS, "police_government"), people(PAIRS, "police_government_chapman")
FIRST, SECOND, BOTH = (people(TOWN, name) for name in ("first", "second", "both"))
LOST = people(TOWN, "one_in_five_lost")
ABOVE, INSIDE = people(RESAMPLED, "above"), people(RESAMPLED, "in_headline")
DRAWN = people(RESAMPLED, "resamples")
ONE_TERM, OTHER_RELEASE = people(CITY, "estimate_first"), people(CITY, "estimate_second")
IN_CITY = people(CITY, "n_first")
NO_TERM = people(fact("prevalence-mse-new-orleans"), "main_effects")
FIRST_TEN = 10


@cache
def in_range(criterion: str, first: int | None = FIRST_TEN) -> int:
    """How many of the first models by this criterion, or of all, lie in the published range."""
    from notthesame.statistics import multiple_systems

    models = multiple_systems.model_space(table("mse_uk_five_lists"), criterion)
    low, high = people(UK, "low"), people(UK, "high")
    return int(models["estimate"].head(first or len(models)).between(low, high).sum())


# Two numbers that are joined, as "11,000 to 40,000" or "between 11,000 and 40,000".
RANGE = says(
    r"\d[\d,. ]*\s*(?:to|-|\N{EN DASH}|and|up to)\s*(?:about |around |roughly |some )?\d",
    r"\bfrom (?:about |around )?\d.*?\bto\b.*?\d",
)
POTENTIAL = says(r"\bpotential\b|\bmay have been\b|\bmight have been\b|\bpossible\b|\bpresumed\b")
YEAR = says(r"\b2013\b|\b(?:week|month|year|season|may|june|july|august)\b")
SUPPOSES = says(r"\bsuppos|\bassum|\bif\b|\bprovided\b|\bas long as\b|\brests? on\b|\bholds? only\b")
SEEN = says(r"\bseen\b|\blist(?:s|ed)?\b|\bnames?\b|\bsigned\b|\brecorded\b|\bknown\b")
HIKERS = says(r"\bhikers?\b")
SEX_ONLY = says(r"\bsex(?:ual)?[ -]+(?:trafficking|exploitation|slavery)\b")
CERTAIN = says(r"\bproves?\b|\bproven\b|\bexactly\b|\bthe true number\b|\bcertainly\b")


def whom(answer: str) -> bool:
    """Whether the text says whom the figure counts, and when."""
    return YEAR(answer) and (POTENTIAL(answer) or HIKERS(answer))


CHECKS = (
    Check(
        id="09-one-pair",
        outcome=1,
        allowed="The answer is a number of people.",
        reads=number,
        right=near(PLAIN, CHAPMAN, within=1),
        reason="From this pair alone the estimate lies inside the published range. Other pairs of the same people lie far below "
        "and far above it, so that a pair in the range is no proof of the range.",
        slips=(
            Slip(
                near(POLICE + GOVERNMENT - SHARED, within=1),
                "seen-is-all",
                "So many are on at least one of these two lists, each counted once. The rule uses the shared names to reach "
                "those on neither: multiply, then divide.",
            ),
            Slip(
                near(POLICE + GOVERNMENT, within=1),
                "seen-is-all",
                "This adds the two lists. Those on both are in it twice, and those on neither are not in it. Multiply the "
                "counts and divide by the shared names.",
            ),
            Slip(
                near(SHARED * POLICE / GOVERNMENT, SHARED * GOVERNMENT / POLICE, within=1),
                "overlap-counts-double",
                "The shared names have gone above the line. They belong below it: the more of them, the smaller the whole.",
            ),
            Slip(
                near(PLAIN - POLICE - GOVERNMENT + SHARED, CHAPMAN - POLICE - GOVERNMENT + SHARED, within=1),
                "number-nearby",
                "Those are the people on neither list. The task asks for all, seen and unseen.",
            ),
            Slip(
                near(POLICE * GOVERNMENT / people(UK, "recorded"), within=1),
                "number-nearby",
                "This divides by everybody on any list. Below the line belong the people whom this pair shares.",
            ),
            Slip(
                near(POLICE, within=1),
                "seen-is-all",
                "That is the size of the first list alone. Multiply it by the size of the other, and divide by the shared names.",
            ),
        ),
        otherwise="That is not what this pair gives. Take first times second, divided by both, as with the beads.",
        hints=(
            "Three numbers stand above the cell: two sizes of lists, and how many are on both.",
            "Multiply the two sizes, and divide by the number on both.",
            f"Write {POLICE:.0f} * {GOVERNMENT:.0f} / ... with the shared names in place of the dots.",
        ),
    ),
    Check(
        id="09-lost-matches",
        outcome=2,
        allowed="The answer is a number of people.",
        reads=number,
        right=near(LOST, within=1),
        reason="The estimate rises by a quarter, since dividing by 0.8 is multiplying by 1.25, and nobody came to town. "
        "Whoever prints such a figure should say how names were matched.",
        slips=(
            Slip(
                near(0.8 * FIRST * SECOND / BOTH, within=1),
                "overlap-counts-double",
                "This mends a list whose matches were missed: 521 / 0.8 is larger than 521. In the task 521 is complete, and "
                "0.8 of it would have been noticed, so that the number below the line gets smaller.",
            ),
            Slip(
                near(1.2 * FIRST * SECOND / BOTH, within=1),
                "number-nearby",
                "The direction is right. But a fifth less below the line is more than a fifth more above it: divide by 0.8 times "
                "the overlap.",
            ),
            Slip(
                near(FIRST * SECOND / BOTH, within=1),
                "lists-meet-by-chance",
                "This takes all matches for made. Put 0.8 times the overlap below the line.",
            ),
            Slip(
                near(FIRST * SECOND / (0.2 * BOTH), within=1),
                "number-nearby",
                "This keeps the fifth that was missed and drops the rest. Noticed are 0.8 of the matches.",
            ),
        ),
        otherwise="That is not it. Only the number below the line changes: 0.8 times the complete 521.",
        hints=(
            "Which of the three numbers changes when matches are missed?",
            "The overlap becomes smaller. Does that make the estimate smaller or larger?",
            "Write 0.8 * 521 in brackets below the line.",
        ),
    ),
    Check(
        id="09-first-ten",
        outcome=3,
        allowed="The answer is a number of models, from 0 to 10.",
        reads=number,
        right=lambda answer: answer == in_range("aic"),
        reason="By AIC nearly all of the first ten lie in the published range, by BIC half of them. The data are the same; "
        "the charge decides which models come first.",
        slips=(
            Slip(
                lambda answer: answer == in_range("bic"),
                "best-fit-is-right",
                'That is the count by BIC, from the cell above. Write criterion="aic" where the models are ranked.',
            ),
            Slip(
                lambda answer: answer == in_range("aic", None),
                "base-left-out",
                "That counts all models and not the first ten. Keep head(10) before between.",
            ),
            Slip(
                lambda answer: near(in_range("aic") / FIRST_TEN, within=0.001)(answer),
                "base-left-out",
                "That is a share. The task asks how many of the ten: sum counts them.",
            ),
            Slip(
                one_of(FIRST_TEN),
                "best-fit-is-right",
                "Not quite all: one of the ten lies outside. Print them with head(10), and look.",
            ),
        ),
        otherwise="That is not the count. Copy the cell above and change the criterion alone.",
        hints=(
            "Copy both lines of the cell above the question.",
            'In the line that ranks the models, change "bic" to "aic".',
            'The count is models["estimate"].head(10).between(10000, 13000).sum(), after ranking by "aic".',
        ),
    ),
    Check(
        id="09-second-hump",
        outcome=3,
        allowed="The answer is a share in per cent.",
        reads=number,
        right=near(ABOVE, within=0.11),
        reason="As many resamples lie in the second hump as in the published range. An interval that knows one of the humps only "
        "would leave out two resamples in five.",
        slips=(
            Slip(
                near(ABOVE / 100, within=0.0011),
                "share-is-change",
                "That is the share as a fraction of one. In per cent it is a hundred times as much.",
            ),
            Slip(
                near(INSIDE, within=0.11),
                "number-nearby",
                "That is the share in the published range, from the cell above. Ask for estimates above the number in the task.",
            ),
            Slip(
                near(100 - ABOVE, within=0.11),
                "number-nearby",
                "That is the share of the others, which lie at or below it. Turn the sign: > asks for more than.",
            ),
            Slip(
                near(ABOVE * DRAWN / 100, within=1.1),
                "base-left-out",
                "That is how many resamples it is. Divide by their number, or take the mean in place of the sum.",
            ),
        ),
        otherwise='That is not the share. Take 100 times the mean of resamples["estimate"] > 18000.',
        hints=(
            "In the cell above the question only the part with between has to change.",
            'resamples["estimate"] > 18000 is yes or no for each; put it in brackets before .mean().',
            'Write 100 * (resamples["estimate"] > 18000).mean()',
        ),
    ),
    Check(
        id="09-one-term",
        outcome=2,
        allowed="The answer is a number of people.",
        reads=number,
        right=near(ONE_TERM, within=1),
        reason="It rises: D and E share more people than chance would bring, which had pulled the estimate down. With the "
        "term the model no longer takes that for chance.",
        slips=(
            Slip(
                near(NO_TERM, within=1),
                "lists-meet-by-chance",
                'That is the model without a term, which takes all overlaps for chance. Write ["D:E"] in place of the empty '
                "brackets.",
            ),
            Slip(
                near(ONE_TERM - IN_CITY, within=1),
                "number-nearby",
                "Those are the people on no list, the unseen of this model. The task asks for the estimate of all.",
            ),
            Slip(
                near(OTHER_RELEASE, within=1),
                "number-nearby",
                "That belongs to another release of the data, with one person more. Fit the table of this course.",
            ),
            Slip(
                near(NO_TERM - IN_CITY, within=1),
                "number-nearby",
                "Those are the people on no list, and by the model without a term. Add the term, and ask for the estimate.",
            ),
        ),
        otherwise='That is not the estimate of the model with the term. Write nts.multiple_systems.fit(city, ["D:E"]).estimate',
        hints=(
            "Only the brackets change: they list the pairs that may depend.",
            'A term is two lists with a colon between, in quotation marks: "D:E".',
            'Write nts.multiple_systems.fit(city, ["D:E"]) and take .estimate from it.',
        ),
    ),
    Check(
        id="09-range",
        outcome=3,
        allowed="The answer is a text of 40 to 110 words in quotation marks. Only its form is checked here.",
        reads=text,
        right=every(words(40, 110), whom, RANGE, SEEN, SUPPOSES, none_of(SEX_ONLY, CERTAIN)),
        reason="The form is right: whom and when, a range, those seen, and something that it supposes. Now grade the content with "
        "the rubric, and read the model.",
        slips=(
            Slip(
                SEX_ONLY,
                "part-stands-for-whole",
                "The British lists are for all forms of exploitation together. Sex trafficking is a part of them, and the "
                "table does not say which.",
            ),
            Slip(
                CERTAIN,
                "best-fit-is-right",
                "A word such as proves, exactly or certainly claims more than a model can give. Say what the range supposes instead.",
            ),
            Slip(
                none_of(RANGE),
                "exact-is-better",
                'There is no range yet. Write two numbers with "to" between them, and say where they come from.',
            ),
            Slip(
                none_of(SUPPOSES),
                "unseen-like-seen",
                "Say what the range supposes: that only pairs depend, that matches were right, or that anybody could be listed.",
            ),
            Slip(
                none_of(whom),
                "base-left-out",
                "Whom does it count, and when? On these lists are potential victims of all forms of exploitation, in one year.",
            ),
            Slip(
                none_of(SEEN),
                "seen-is-all",
                "Say how many were seen, apart from those estimated. A committee should know which part was met by somebody.",
            ),
            Slip(
                none_of(words(40, 110)),
                "words-do-not-count",
                "The text has fewer than 40 or more than 110 words. A committee reads one paragraph; the suppositions still "
                "have to be in it.",
            ),
        ),
        otherwise="The form is not right yet.",
        hints=(
            "Write four short sentences: whom and when; how many were seen; the range; what it supposes.",
            "For the range take the resamples of the lesson, or what your lab shows with the model chosen anew.",
            "Take the model sentence of the lesson as a pattern, and add what the committee should do at either end.",
        ),
    ),
)
