"""Checks of exercise 08. Numbers come from the ledger, its tables and the course's functions, or from the notebook."""

from notthesame.evidence import fact
from notthesame.exercise_readers import letter_set, letters, number, text, whole_number
from notthesame.exercise_tests import every, near, none_of, one_of, says, words
from notthesame.exercises import Check, Slip, where_it_runs
from notthesame.statistics.granularity import possible_bases

# Task 1: the lists of the notebook, as sums over ten people each.
WITHOUT, WITH_IT, PEOPLE, STATEMENTS = 15, 19, 10, 3
MEANS = WITHOUT / PEOPLE, WITH_IT / PEOPLE
SHARE = 100 * (MEANS[1] - MEANS[0])

RUGG = fact("surveys-wording-forbid")
YES, NO, UNDECIDED = (float(str(RUGG[name].value)) for name in ("forbid", "not_forbid", "undecided_forbid"))
DECIDED = 100 * YES / (YES + NO)

LONDON = fact("surveys-london-faults")
LOWEST, HIGHEST = (whole_number(LONDON[name]) for name in ("smallest", "largest"))
COUNTS = {
    letter: (whole_number(LONDON[name]), str(LONDON[f"{name}_share"].value))
    for letter, name in zip("abcde", ("first", "second", "third", "fourth", "fifth"), strict=True)
}
MISFITS = [
    letter
    for letter, (count, share) in COUNTS.items()
    if not any(count in counts for counts in possible_bases(share, LOWEST, HIGHEST).values())
]

# Task 4: the rows of the notebook's table, and those in which "oppose" holds people who want buying to be unlawful.
POLLS, BUYING = frozenset("abcdef"), frozenset("bcdf")

POLL = fact("surveys-poll-scotland-pair")
FOR, AGAINST, NEITHER = (str(POLL[name].value) for name in ("for_2025", "against_2025", "neither_2025"))
LEGAL, NOT_LEGAL = str(POLL["legal_2024"].value), str(POLL["not_legal_2024"].value)
BASE = says(
    rf"\bof all\b|\ball (?:who|those|answers)\b|\bneither\b|\bfor or against\b|\b(?:{NEITHER}|1,?088)\b|\bthe rest\b"
)
ASKED = says(r"\blegal\b|\bcrime\b|\bcriminal\b|\bworded|\bwording\b")
SPONSOR = says(r"\bYouGov\b|\bNational Ugly Mugs\b|\bFind Out Now\b|\bRegan\b|\bMSP\b|\bcharity\b")
EVERYBODY = says(
    r"\bScots (?:think|want|reject|back|say|agree|believe)\b|\bScotland (?:thinks|wants|rejects)\b|\bmajority of Scots\b"
)
FIGURE = says(rf"\b(?:{FOR}|67|{LEGAL})\b")


def of_formula() -> tuple[Check, ...]:
    """The task whose expected values come from the formula of the lesson."""
    from notthesame.statistics.sensitive_questions import break_even_n

    enough, half = (break_even_n(share=0.2, hides=share) for share in (0.25, 0.5))
    return (
        Check(
            id="08-how-many",
            outcome=2,
            allowed="The answer is one number of people.",
            reads=number,
            right=near(enough, within=0.5),
            reason="Half as many who hide halves the error of asking. The error of a list falls with the root of the number of "
            "people, so that it takes about four times as many to halve it too.",
            slips=(
                Slip(
                    near(half, within=0.5),
                    "number-nearby",
                    "This is the number for half of them hiding. Change hides in the cell to a quarter and run it again.",
                ),
                Slip(
                    near(4 * half, within=2),
                    "exact-is-better",
                    "A good prediction: about four times. Now let the function say it for a quarter, in place of your own sum.",
                ),
                Slip(
                    near(2 * half, within=2),
                    "bigger-sample-fixes",
                    "This doubles the number. The spread of a list falls with the root of the number of people, so that doubling it "
                    "is not enough. Let the function say.",
                ),
                Slip(
                    near(half / 2, within=2),
                    "bigger-sample-fixes",
                    "This halves the number. With fewer who hide, asking directly gets better, so that a list needs more people "
                    "to beat it and not fewer.",
                ),
                Slip(
                    near(break_even_n(share=0.2, hides=0.75), within=0.5),
                    "number-nearby",
                    "Here three quarters hide. The task has one quarter who hide, which is 0.25.",
                ),
            ),
            otherwise="That is not it. Change one input of the call in the cell above, and nothing else.",
            hints=(
                "Only hides changes. share stays as it is.",
                "A quarter is written 0.25.",
                "Write nts.sensitive_questions.break_even_n(share=0.2, hides=...) with a quarter in place of the dots.",
            ),
        ),
    )


CHECKS = (
    Check(
        id="08-mean-share",
        outcome=2,
        allowed="The answer is a number, the share in per cent.",
        reads=number,
        right=near(SHARE, within=0.51),
        reason="The second group has as many more true statements a person as there are people who have copied. With ten "
        "students in a group chance alone could have done it, so nobody should be accused of anything.",
        slips=(
            Slip(
                near(SHARE / 100, within=0.006),
                "number-nearby",
                "This is the share as a part of one. The question wants it in per cent: take it times 100.",
            ),
            Slip(
                near(100 * (MEANS[1] / MEANS[0] - 1), within=0.51),
                "list-mean-is-share",
                "This says by how much the mean has grown, relative to the harmless statements. The difference itself is the "
                "share; it needs no division by the first mean.",
            ),
            Slip(
                near(100 * MEANS[1] / (STATEMENTS + 1), within=0.51),
                "list-mean-is-share",
                "This shares the longer list's mean out over its statements, the harmless ones among them. Take the other "
                "group's mean away first.",
            ),
            Slip(
                near(SHARE / 2, within=0.51),
                "list-mean-is-share",
                "The difference has been halved. Each mean is for one person already, so nothing is left to divide by two.",
            ),
            Slip(
                near(-SHARE, within=0.51),
                "number-nearby",
                "The sign is turned round. Begin with the group that has the added statement and take the other mean from it.",
            ),
        ),
        otherwise="That is not the difference in means, in per cent. Work out both means first and look at them.",
        hints=(
            "A mean is what sum gives, divided by what len gives.",
            "Take the mean of without from the mean of with_it.",
            "Write share = 100 * (sum(with_it) / len(with_it) - ...) and put the other mean in place of the dots.",
        ),
    ),
    *where_it_runs(of_formula, "08-how-many"),
    Check(
        id="08-rebuild",
        outcome=3,
        allowed="The answer is a number, a share in per cent.",
        reads=number,
        right=near(DECIDED, within=0.2),
        reason="It rounds to the figure of the column, so the undecided were probably left out there. That a figure can be "
        "rebuilt in this way shows where it may come from, and no more.",
        slips=(
            Slip(
                near(YES, within=0.05),
                "base-left-out",
                "This is the share of all who were asked. Leave the undecided out of the base: divide by those who said yes or "
                "no.",
            ),
            Slip(
                near(100 * YES / (YES + UNDECIDED), within=0.5),
                "number-nearby",
                "The base here is those who said yes and the undecided. It should be those who said yes and those who said no.",
            ),
            Slip(
                near(100 * NO / (YES + NO), within=0.069),
                "number-nearby",
                "This is the share who would not forbid, of those who decided. Put the other number above the line.",
            ),
            Slip(
                near(YES / NO, 100 * YES / NO, within=0.5),
                "odds-are-risks",
                "This divides yes by no, which gives odds. For a share the base holds both, so add them below the line.",
            ),
            Slip(
                near(YES + UNDECIDED, YES + UNDECIDED / 2, within=0.2),
                "neither-is-nobody",
                "This counts the undecided, or half of them, as if they had said yes. Leave them out of the base instead.",
            ),
        ),
        otherwise="That is not the share among those who decided. What is the base, and what stands above the line?",
        hints=(
            "The base is everybody who said yes or no.",
            "Add both shares, and divide the first by their sum.",
            "Write 100 * forbid / (forbid + ...) with the other variable in place of the dots.",
        ),
    ),
    Check(
        id="08-recode-rows",
        outcome=3,
        allowed='The answer is a list of letters, such as ["a", "b"].',
        reads=letter_set(sorted(POLLS)),
        right=one_of(BUYING),
        reason="In these rows the column holds, by the question alone, people who want paying or buying to be against the law. In the others it "
        "holds those who are against a change for the trade as a whole, sellers among them.",
        slips=(
            Slip(
                lambda answer: "a" in answer,
                "same-number-same-claim",
                "Row a asks about prostitution as such. Whoever wants it illegal may mean buyers, sellers or both; the row does "
                "not say. It stays apart.",
            ),
            Slip(
                lambda answer: "e" in answer,
                "label-is-proof",
                "Row e holds people who are against decriminalising both sides. That is not the same as wanting buyers alone "
                "to be punished.",
            ),
            Slip(
                lambda answer: "d" not in answer,
                "words-do-not-count",
                "Row d is easy to miss: the question asks whether it is a good idea to criminalise the user, and its yes is what "
                "the table files under oppose.",
            ),
            Slip(
                lambda answer: "c" not in answer,
                "words-do-not-count",
                "Row c has no word for crime in it. But whoever says that paying should not be legal wants the buyer's act to "
                "be unlawful.",
            ),
            Slip(
                lambda answer: answer < BUYING,
                "label-is-proof",
                "These belong in the list, and another does too. Ask of each row whose act would be unlawful, the buyer's or that "
                "of both.",
            ),
        ),
        otherwise="That is not the list. Read the last two columns together, row by row.",
        hints=(
            "Whose act would be against the law if the people in the last column had their way?",
            "Four rows speak of paying, buying or the user. The others speak of the trade as a whole.",
            "Rows a and e are about the trade as a whole. Which are left?",
        ),
    ),
    Check(
        id="08-misfit",
        outcome=3,
        allowed='The answer is one letter, such as "a".',
        reads=letters("abcde", 1),
        right=one_of(*MISFITS),
        reason="No base in that range turns its count into its share: of 104 people 20 are 19.2 per cent, and of 105 they are "
        "19.0. A misprint is likely. The check says that something is off, and not what.",
        slips=(
            Slip(
                one_of("c"),
                "base-left-out",
                "This row fits a base of 78, smaller than those of the other rows. An item may have a base of its own, when "
                "fewer people answer it.",
            ),
            Slip(
                one_of("d"),
                "exact-is-better",
                "A share that ends in nought is not suspicious for that. 65 of 100 is one way to get it.",
            ),
            Slip(
                one_of("a", "b"),
                "number-nearby",
                "For this row the function lists a base beside the count that is printed. Look for the row for which it lists "
                "other counts only.",
            ),
        ),
        otherwise="Run the function for the share of each row, and look for its count behind the bases.",
        hints=(
            'Put the other shares into the call, one after the other: nts.possible_bases("22.3", 75, 110).',
            "Behind each base stands the count that gives the share. Compare it with the count in the task.",
            "For one share the counts listed are 17, 18 and 21. Which row has that share?",
        ),
    ),
    Check(
        id="08-headline",
        outcome=3,
        allowed="The answer is a text of 25 to 70 words in quotation marks. Only its form is checked here.",
        reads=text,
        right=every(words(25, 70), FIGURE, BASE, ASKED, SPONSOR, none_of(EVERYBODY)),
        reason="The form is right: a figure, its base, what was asked, and by whom. Now grade the content with the rubric, "
        "then read the model answers.",
        slips=(
            Slip(
                EVERYBODY,
                "base-left-out",
                "The headline still says what Scots think or want. Say whose share it is: of all who answered, or of those for "
                "or against.",
            ),
            Slip(
                none_of(FIGURE),
                "exact-is-better",
                f"There is no figure of the poll in it. Keep one ({FOR}, 67 or {LEGAL} per cent) and give it its base.",
            ),
            Slip(
                none_of(BASE),
                "neither-is-nobody",
                "It does not say whose share the figure is, nor what became of those in the middle. Name the base.",
            ),
            Slip(
                none_of(ASKED),
                "words-do-not-count",
                "It does not say what people answered: whether paying should be legal, or a crime. If the wording is not known, "
                "say so.",
            ),
            Slip(
                none_of(SPONSOR),
                "label-is-proof",
                "It does not say who asked. Name the pollster, and for whom the poll was made.",
            ),
            Slip(
                none_of(words(25, 70)),
                "words-do-not-count",
                "The text has fewer than 25 or more than 70 words. A short notice has room for base, question and sponsor.",
            ),
        ),
        otherwise="The form is not right yet.",
        hints=(
            "Begin with who asked: In a ... poll for ...",
            "Then the figure with its base: ... per cent of all who answered, or of those for or against.",
            "End with the question, or with the remark that its wording was not reported.",
        ),
    ),
)
