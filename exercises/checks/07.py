"""Checks of exercise 07. Numbers are computed from the ledger or by the statistics; of a text only the form is checked."""

from statsmodels.stats.proportion import proportion_confint

from notthesame.evidence import fact
from notthesame.exercise_readers import number, text
from notthesame.exercise_tests import every, near, none_of, says, words
from notthesame.exercises import Check, Slip
from notthesame.statistics import sampling

POLL = fact("surveys-poll-nyc-2025")
VOTERS = int(str(POLL["asked"].value))
LEGAL = round(VOTERS * float(str(POLL["legal"].value)) / 100)
LOW, HIGH = (100 * float(end) for end in proportion_confint(LEGAL, VOTERS, method="wilson"))
LOW_OF_44 = 100 * float(proportion_confint(round(100 * LEGAL / VOTERS), VOTERS, method="wilson")[0])
ERROR = 100 * (LEGAL / VOTERS * (1 - LEGAL / VOTERS) / VOTERS) ** 0.5  # the standard error, in points

FOR_STRIKE, ANSWERED, MEMBERS = 90, 150, 600  # invented, as the task says
LEAST, MOST = (100 * end for end in sampling.opt_in_bounds(FOR_STRIKE, ANSWERED, MEMBERS))

READERS, RATIO = float(str(fact("surveys-poll-uk-2008")["readers_legalise"].value)) / 100, 4
WANT = 100 * sampling.selection_sensitivity(READERS, RATIO)

VENDORS = 600  # invented, as the task says
EFFECT = sampling.design_effect(share=0.40, n=VENDORS, low=0.32, high=0.48)
WORTH = sampling.effective_n(VENDORS, EFFECT)

DEGREE, OUTCOME = [12, 10, 8, 4, 2, 2], [True, True, True, False, False, True]  # invented
WEIGHTED = 100 * sampling.rds_ii(OUTCOME, DEGREE)
PLAIN = 100 * sum(OUTCOME) / len(OUTCOME)
BY_DEGREE = 100 * sum(d for d, yes in zip(DEGREE, OUTCOME, strict=True) if yes) / sum(DEGREE)

# Each survey as a note may name it, and a count that belongs to it.
SURVEYS = {
    "coyote 2018": (says(r"coyote(?:-ri)?[^.]{0,25}2018"), says(r"\b(?:262|260)\b")),
    "coyote 2022": (says(r"coyote(?:-ri)?[^.]{0,25}2022"), says(r"\b248\b")),
    "erased": (says(r"\berased\b"), says(r"\b(?:98|38|136)\b")),
    "farley": (says(r"\bfarley\b"), says(r"\b854\b")),
    "thorn": (says(r"\bthorn\b"), says(r"\b260\b")),
    "yougov": (says(r"\byougov\b"), says(r"\b(?:how many|number)\b")),
}
NOT_SEEN = says(
    r"\bnot (?:been )?(?:seen|read|given|known|stated|printed)\b",
    r"\bunknown\b",
    r"\bcould not (?:see|read)\b",
)
CLAIMS = says(
    r"\bproves?\b",
    r"\bmost (?:sex workers|people in prostitution|survivors|britons)\b",
    r"\bmargins? of error\b",
    r"\bplus or minus\b",
    r"\brepresentative\b",
)
SCOLDS = says(
    r"\bworthless\b", r"\bnonsense\b", r"\bpropaganda\b", r"\bfake\b", r"\bliars?\b", r"\bmade up\b"
)


def named(answer: str) -> int:
    """How many of the surveys a note names."""
    return sum(names(answer) for names, _ in SURVEYS.values())


def names_two(answer: str) -> bool:
    """Whether a note names two surveys or more."""
    return named(answer) >= 2


def counts_each(answer: str) -> bool:
    """Whether each survey that a note names has a count of its own."""
    return all(count(answer) for names, count in SURVEYS.values() if names(answer))


CHECKS = (
    Check(
        id="07-poll-low",
        outcome=2,
        allowed="The answer is one number, the lower end in per cent: [0] behind the brackets takes it.",
        reads=number,
        right=near(LOW, within=0.35),
        reason="Had the voters been drawn at random, the rule would put the lower end there. Polls of this kind draw from "
        "panels or lists and miss people too, so the interval answers for one arrow of the map.",
        slips=(
            Slip(
                near(LOW / 100, within=0.01),
                "number-nearby",
                "As a proportion this is right. The task asks for per cent, so take it times 100.",
            ),
            Slip(
                near(HIGH, within=0.35),
                "number-nearby",
                "This is the upper end. The function returns both, the lower one first: [0] takes it.",
            ),
            Slip(
                near(LOW_OF_44, within=0.35),
                "base-left-out",
                "That gives 44 to count, which is per cent. count takes people: those who were for it.",
            ),
            Slip(
                near(100 - HIGH, within=0.35),
                "base-left-out",
                "This is the interval of those who did not want it. Give the function the count of those who did.",
            ),
            Slip(
                near(100 * LEGAL / VOTERS - ERROR, within=0.35),
                "interval-holds-people",
                "That is the share less one standard error. An interval of 95 per cent reaches about twice as far; the "
                "function does it for you.",
            ),
            Slip(
                near(100 * LEGAL / VOTERS, within=0.35),
                "margin-covers-all",
                "This is the share itself. The interval begins below it, by as much as chance may do.",
            ),
        ),
        otherwise="That is not the lower end. Check which number went to count and which to nobs.",
        hints=(
            "count is how many wanted it, nobs how many were asked.",
            "Both numbers stand in the task. The [0] behind the brackets takes the lower end.",
            f'Write low = 100 * proportion_confint(count={LEGAL}, nobs={VOTERS}, method="wilson")[0].',
        ),
    ),
    Check(
        id="07-upper-bound",
        outcome=3,
        allowed="The answer is one number, a share of all members in per cent: [1] behind the brackets takes the upper end.",
        reads=number,
        right=near(MOST, within=0.6),
        reason="It is reached if every silent member is for the strike. The lower bound is far below a half, so the poster "
        "alone settles nothing; a count of those for it still stands.",
        slips=(
            Slip(
                near(MOST / 100, within=0.01),
                "number-nearby",
                "As a proportion this is right. The task asks for per cent, so take it times 100.",
            ),
            Slip(
                near(LEAST, within=0.6),
                "number-nearby",
                "This is the lower bound, at which every silent member is against. [1] takes the other end.",
            ),
            Slip(
                near(100 * FOR_STRIKE / ANSWERED, within=0.6),
                "base-left-out",
                "This is the share among those who answered. The base is all members, silent ones included.",
            ),
            Slip(
                near(100 * (MEMBERS - ANSWERED) / MEMBERS, within=0.6),
                "base-left-out",
                "This is the share who were silent. Add those who answered and are for the strike.",
            ),
            Slip(
                near(
                    *(100 * float(end) for end in proportion_confint(FOR_STRIKE, ANSWERED, method="wilson")),
                    within=0.6,
                ),
                "margin-covers-all",
                "That is an interval for chance among those who answered. Nobody drew them; use the bounds.",
            ),
        ),
        otherwise="Suppose that every silent member is for the strike, and divide by all members.",
        hints=(
            "How many members said nothing? At the upper end they are all for it.",
            "nts.sampling.opt_in_bounds(yes=..., answered=..., population=...) gives both ends.",
            f"Write high = 100 * nts.sampling.opt_in_bounds(yes={FOR_STRIKE}, answered={ANSWERED}, "
            f"population={MEMBERS})[1].",
        ),
    ),
    Check(
        id="07-readers",
        outcome=3,
        allowed="The answer is a number, a share in per cent.",
        reads=number,
        right=near(WANT, within=0.7),
        reason="At that ratio a large majority of the answers comes from a minority of the readers. Whether the ratio was so "
        "nobody knows; the sum says what one would have to believe.",
        slips=(
            Slip(
                near(WANT / 100, within=0.01),
                "number-nearby",
                "As a proportion this is right. The task asks for per cent, so take it times 100.",
            ),
            Slip(
                near(100 * READERS / RATIO, within=0.7),
                "base-left-out",
                "This divides the share by the ratio and forgets that the whole shrinks too. Divide the yes answers, then "
                "take the share of what is left, or use the function.",
            ),
            Slip(
                near(100 * sampling.opt_in_share(READERS, RATIO), within=0.7),
                "number-nearby",
                "This goes the other way: what a call would find if the share seen were the truth. Here the call is known and "
                "the truth is wanted.",
            ),
            Slip(
                near(100 * READERS / RATIO / (1 - READERS), within=0.7),
                "odds-are-risks",
                "This sets yes against no, which gives odds. A share has yes and no together below the line.",
            ),
            Slip(
                near(100 - WANT, within=0.7),
                "number-nearby",
                "This is the share of the others. What is left of the whole is the share that the task asks for.",
            ),
        ),
        otherwise="Use nts.sampling.selection_sensitivity with the share seen, as a proportion, and the ratio.",
        hints=(
            "The function takes the share that was seen, as a proportion, and the ratio.",
            "nts.sampling.selection_sensitivity(share=..., ratio=...) is the call.",
            f"Write share = 100 * nts.sampling.selection_sensitivity(share={READERS:g}, ratio={RATIO}).",
        ),
    ),
    Check(
        id="07-worth",
        outcome=2,
        allowed="The answer is a number of people.",
        reads=number,
        right=near(WORTH, within=2),
        reason="The chain of vendors says about as much as a random sample of that size, if the interval keeps its promise. "
        "This counts chance alone; who is outside every chain it cannot know.",
        slips=(
            Slip(
                near(VENDORS / EFFECT**0.5, within=4),
                "root-forgotten",
                "This divides by the root. The root is for margins; a number of people goes with the variance, so divide by the "
                "design effect itself.",
            ),
            Slip(
                near(VENDORS * EFFECT, within=20),
                "root-forgotten",
                "This multiplies. Friends resemble each other, so a chain is worth fewer people, not more: divide.",
            ),
            Slip(
                near(VENDORS, within=0.5),
                "bigger-sample-fixes",
                "That many were asked. The interval is wider than such a number would give by lot; divide by the design "
                "effect.",
            ),
            Slip(
                near(EFFECT, within=0.1),
                "number-nearby",
                "This is the design effect. Divide the number of people by it.",
            ),
        ),
        otherwise="Divide the number of people in the chain by the design effect in the cell above.",
        hints=(
            "A design effect of 2 would halve the number of people.",
            "The design effect is the number under the cell above. Divide 600 by it, or by the call that computes it.",
            f"Write worth = {VENDORS} / nts.sampling.design_effect(share=0.40, n={VENDORS}, low=0.32, high=0.48).",
        ),
    ),
    Check(
        id="07-weighted",
        outcome=2,
        allowed="The answer is a number, a share in per cent.",
        reads=number,
        right=near(WEIGHTED, within=0.6),
        reason="People of whom it is true have more contacts here, so the plain share is too high and the weights bring it "
        "down. With six people it is arithmetic; in a real chain the contacts are what people remember.",
        slips=(
            Slip(
                near(WEIGHTED / 100, within=0.006),
                "number-nearby",
                "As a proportion this is right. The task asks for per cent, so take it times 100.",
            ),
            Slip(
                near(PLAIN, within=0.6),
                "weights-mend-all",
                "This is the plain share, in which somebody with many contacts counts as much as somebody with few. Use "
                "rds_ii with both columns.",
            ),
            Slip(
                near(BY_DEGREE, within=0.6),
                "weights-mend-all",
                "This counts people with many contacts for more. A chain has favoured them already, so they count for less.",
            ),
            Slip(
                near(100 - WEIGHTED, within=0.6),
                "base-left-out",
                "This is the weighted share of those of whom it is not true. Use the column outcome as it stands.",
            ),
        ),
        otherwise="Give nts.sampling.rds_ii the two columns of the table, outcome and degree.",
        hints=(
            "Each person counts one over the number of people they could have brought.",
            'nts.sampling.rds_ii(outcome=..., degree=...) takes two lists, or the columns chain["outcome"] and chain["degree"].',
            'Write weighted = 100 * nts.sampling.rds_ii(outcome=chain["outcome"], degree=chain["degree"]).',
        ),
    ),
    Check(
        id="07-note",
        outcome=3,
        allowed="The answer is a text of 60 to 130 words in quotation marks. Only its form is checked here.",
        reads=text,
        right=every(words(60, 130), names_two, counts_each, NOT_SEEN, none_of(CLAIMS, SCOLDS)),
        reason="The form is right: two surveys, a count for each, and what was not seen. Now grade the content with the "
        "rubric; the test is whether the names could be swapped.",
        slips=(
            Slip(
                SCOLDS,
                "own-side-lighter",
                "One of the surveys is scolded. Say of it what you say of the other: who answered, how they were found, what was "
                "not seen.",
            ),
            Slip(
                CLAIMS,
                "margin-covers-all",
                "The note claims more than volunteers can carry, or gives them a margin. Print what these people report.",
            ),
            Slip(
                none_of(names_two),
                "own-side-lighter",
                "The note names fewer than two of the surveys. COYOTE-RI needs its year, 2018 or 2022.",
            ),
            Slip(
                none_of(counts_each),
                "base-left-out",
                "A survey that you name has no count of its own yet: how many answered. The ledger has it; for the "
                "poll write that how many answered was not seen.",
            ),
            Slip(
                none_of(NOT_SEEN),
                "not-seen-is-absent",
                'The note does not say what was not seen. Name it for both, in words such as "not seen".',
            ),
            Slip(
                none_of(words(60, 130)),
                "words-do-not-count",
                "The text has fewer than 60 or more than 130 words. A desk reads no more, and needs no less.",
            ),
        ),
        otherwise="The form is not right yet.",
        hints=(
            "Write of each: how many answered, how they were found, what was not seen, print it as what.",
            "Use the same four sentences for both, and change only what the ledger says.",
            "Begin as the model does: the name, a count, then how they were reached. Then do the same for the other.",
        ),
    ),
)
