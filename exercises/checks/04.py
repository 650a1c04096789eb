"""Checks of exercise 04. Orders come from the timeline, numbers from the roll calls; of a text only the form is checked."""

import re

from notthesame import evidence
from notthesame.exercise_forms import Fields, Order, Pick, Text
from notthesame.exercise_readers import letters, text
from notthesame.exercise_tests import (
    at,
    before,
    every,
    fewer_words,
    lacks,
    more_words,
    none_of,
    one_of,
    says,
    share_in_place,
    word_count,
)
from notthesame.exercises import Check, Slip
from notthesame.questions.scoring import order_credit

# --- task 1: clauses -------------------------------------------------------------------------------

CLAUSES = {  # letter: clause, and the fact that says what it does
    "a": ("18 U.S.C. 2421A(e)", "law-2421a-affirmative-defense"),
    "b": ("47 U.S.C. 230(e)(5)", "law-230-e5-three-carveouts"),
    "c": ("18 U.S.C. 1595(d)", "law-1595-civil"),
    "d": ("18 U.S.C. 2421A(a)", "law-2421a-base"),
    "e": ("47 U.S.C. 230(e)(1)", "law-230-federal-crimes-never-covered"),
    "f": ("18 U.S.C. 1591(e)(4)", "law-1591-venture"),
    "g": ("47 U.S.C. 230(c)(1)", "law-230-c1"),
    "h": ("18 U.S.C. 2421A(b)", "law-2421a-aggravated"),
}
JOBS = (  # what the exercise asks for, in its order
    "law-230-c1",
    "law-230-federal-crimes-never-covered",
    "law-230-e5-three-carveouts",
    "law-2421a-base",
    "law-2421a-aggravated",
    "law-2421a-affirmative-defense",
    "law-1591-venture",
    "law-1595-civil",
)
LETTER = {fact: letter for letter, (_, fact) in CLAUSES.items()}
MATCH = "".join(LETTER[fact] for fact in JOBS)

# --- task 2: five operators ------------------------------------------------------------------------

OPERATORS = (  # intent, persons, reckless disregard, promoting is legal where the site is aimed
    (False, 40, False, False),
    (True, 6, False, False),
    (True, 3, False, True),
    (True, 3, True, True),
    (True, 2, False, False),
)


NAMES = ("Imre", "Lotte", "Ravi", "Oksana", "Teun")
MARKS = {
    "N": "N: not met",
    "A": "A: base offence",
    "B": "B: aggravated form",
    "D": "D: met, but the defence is open",
}


def reached(intent: bool, persons: int, reckless: bool, lawful: bool) -> str:
    """N not met, D met but the defence is open, B aggravated, A base offence: by section 2421A."""
    if not intent:
        return "n"
    if reckless:
        return "b"  # (b)(2), to which the defence does not reach
    if lawful:
        return "d"
    return "b" if persons >= evidence.fact("law-2421a-aggravated")["persons"].value else "a"  # type: ignore[operator]


REACHED = "".join(reached(*operator) for operator in OPERATORS)

# --- task 3: the path ------------------------------------------------------------------------------

EVENTS = {  # letter: event in the words of the exercise, and its row in the timeline
    "a": ("FOSTA is signed", "fosta-signed"),
    "b": ("Craigslist takes its US personals offline", "craigslist-personals"),
    "c": ("The First Circuit rules against the plaintiffs in Doe v. Backpage", "doe-v-backpage"),
    "d": ("The owner of CityXGuide is indicted: the first charge under section 2421A", "cityxguide-indicted"),
    "e": ("The House passes H.R. 1865", "house-passes"),
    "f": ("Woodhull Freedom Foundation and others sue", "woodhull-filed"),
    "g": ("Organisations and survivors write to the Senate for the bill", "coalition-letter"),
    "h": ("Backpage closes its adult section in the United States", "psi-report"),
    "i": ("The Senate passes H.R. 1865", "senate-passes"),
    "j": ("Attorneys general ask Congress once more to amend section 230", "attorneys-general-2017"),
    "k": ("Federal authorities seize Backpage", "backpage-seized"),
    "l": ("H.R. 1865 is introduced", "house-bill-introduced"),
}
DATES = {row["id"]: row["date"] for row in evidence.rows("fosta_timeline")}
ORDER = "".join(sorted(EVENTS, key=lambda letter: DATES[EVENTS[letter][1]]))


# --- tasks 4 and 5: texts --------------------------------------------------------------------------

VOTES = {
    (row["chamber"], row["question"].split()[0]): (int(row["yea"]), int(row["nay"]))
    for row in evidence.rows("rollcall")
    if row["party"] == "all"
}
MERGER = set(VOTES["House", "Walters"])
PASSAGE = (set(VOTES["House", "On"]), set(VOTES["Senate", "On"]))
COUNTS = {int(row[side]) for row in evidence.rows("rollcall") for side in ("yea", "nay", "not_voting")}


def longest_sentence(answer: str) -> int:
    return max(word_count(sentence) for sentence in re.split(r"[.?!:;]\s", answer))


def numbers(answer: str) -> set[int]:
    """The numbers of a sentence, less those of the bill's name and of dates."""
    bare = re.sub(r"H\.? ?R\.? ?\d+|\b\d\d? (?:February|March)\b|\b20\d\d\b|\bsection \d+", " ", answer)
    return {int(number) for number in re.findall(r"\d+", bare)}


def turned_round(answer: str) -> bool:
    """Whether the noes of a vote stand before its ayes, as in "25 to 388"."""
    return any(re.search(rf"\b{no}\D{{1,12}}{yes}\b", answer) for yes, no in VOTES.values())


NEIGHBOUR = (
    Slip(
        says(r"\b\d+ U\.S\.C\.|\((?:\w{1,2})\)\("),
        "label-is-proof",
        "There is a pinpoint in it. A pinpoint lets a lawyer check; to a neighbour it explains nothing. Say what the "
        "clause does, and who may use it.",
    ),
    Slip(
        lacks(r"\bfederal\b"),
        "shield-all-or-nothing",
        "The word federal is missing, and with it what section 230 never covered. Say that federal prosecutors could "
        "act before, or your reader will think that nobody could.",
    ),
    Slip(
        lacks(r"\bstates?\b", r"\bsue[sd]?\b|\bsuits?\b|\blawsuits?\b"),
        "shield-all-or-nothing",
        "One of those who may act now is missing. Name both: whoever sues, and the states that may bring charges. "
        "Without them the exceptions have no edge.",
    ),
    Slip(
        more_words(120),
        "words-do-not-count",
        "There are more than 120 words. Strike what is true of every law, and what only praises or blames this one.",
    ),
    Slip(
        fewer_words(80),
        "silence-decides",
        "There are fewer than 80 words. Something is left for the reader to guess: before, now, or what has not "
        "changed.",
    ),
    Slip(
        lambda answer: longest_sentence(answer) > 30,
        "exact-is-better",
        "A sentence has more than 30 words. The exceptions of a statute do not all belong into one breath; make two "
        "sentences of it.",
    ),
)
HEADLINE = (
    Slip(
        says("unanim"),
        "part-stands-for-whole",
        "The word unanimous is back. It sums up one question and hides another; give the numbers and let readers "
        "judge.",
    ),
    Slip(
        lambda answer: not numbers(answer) <= COUNTS,
        "number-nearby",
        "A number here stands in no roll call on this bill. Run the table again and copy the counts of yes and no "
        "from the rows for all parties.",
    ),
    Slip(
        turned_round,
        "number-nearby",
        "The counts of a vote stand the wrong way round. Yes comes before no, as in the table of the roll calls.",
    ),
    Slip(
        lambda answer: not numbers(answer) >= MERGER,
        "part-stands-for-whole",
        "The vote on merging is missing, or one of its numbers is. It is the vote that the word nearly unanimous "
        "hides; see the row on the Walters amendment.",
    ),
    Slip(
        lambda answer: not any(numbers(answer) >= vote for vote in PASSAGE),
        "part-stands-for-whole",
        "No vote on final passage is given in full. To leave it out is to hide how large the final majority was; be "
        "fair to that number too.",
    ),
    Slip(
        lacks(r"merg|amend|Walters|combin|SESTA"),
        "number-nearby",
        "The numbers are there, but a reader cannot tell which question the first of them answers. Say what was to "
        "be merged with what.",
    ),
    Slip(
        more_words(45),
        "words-do-not-count",
        "There are more than 45 words. One sentence, the numbers, and what each vote decided; no comment.",
    ),
)


CHECKS = (
    Check(
        id="04-pinpoints",
        outcome=1,
        allowed='The answer is eight letters in the order of the jobs, such as "a b c d e f g h", each used once.',
        reads=letters(CLAUSES, len(JOBS)),
        form=Fields(
            {str(job): f"Job {job}" for job in range(1, len(JOBS) + 1)},
            Pick({letter: clause for letter, (clause, _) in CLAUSES.items()}),
            listed=True,
        ),
        right=one_of(MATCH),
        credit=share_in_place(MATCH),
        reason="Each job has its clause. With these addresses you can check most sentences that are written about FOSTA.",
        slips=(
            Slip(
                at(2, LETTER["law-230-e5-three-carveouts"], LETTER["law-230-c1"]),
                "shield-all-or-nothing",
                "Job 2, leaving federal crimes alone, is older than FOSTA and stands in the same subsection as its list. "
                "Look for the clause that has been there all along.",
            ),
            Slip(
                at(4, LETTER["law-1591-venture"], LETTER["law-230-e5-three-carveouts"]),
                "fosta-one-subject",
                "Job 4 makes a new crime about promoting prostitution. The clause you chose belongs to the trafficking "
                "statute or to section 230; the new crime has a section of its own.",
            ),
            Slip(
                at(6, LETTER["law-2421a-aggravated"], LETTER["law-2421a-base"]),
                "prosecution-proves-all",
                "Job 6 gives the accused something to prove. You chose a clause whose elements the prosecution proves. "
                "Look further down in the same section.",
            ),
        ),
        otherwise="Some letters stand at the wrong job. Read the table of clauses once more, column by column.",
        hints=(
            "Sort the clauses by statute first: section 230, section 2421A, and the trafficking statutes.",
            "Within section 230: (c) is the protection, (e) is what it does not touch, and within (e) the first is oldest.",
            f"From the first job to the last: {' '.join(MATCH)}.",
        ),
    ),
    Check(
        id="04-operators",
        outcome=1,
        allowed='The answer is five letters of N, A, B and D, one for each operator in turn, such as "N A B D A".',
        reads=letters("nabd", len(OPERATORS), each_once=False),
        form=Fields({name: name for name in NAMES}, Pick(MARKS), listed=True),
        right=one_of(REACHED),
        credit=share_in_place(REACHED),
        reason="Intent first, then reckless disregard, then the place, then the number of persons. That order decides "
        "every case under section 2421A.",
        slips=(
            Slip(
                at(1, "a", "b"),
                "knowing-is-enough",
                "Imre knows what some users do, and section 2421A asks for an intent to promote or facilitate it. "
                "However many they are, knowing is not intending.",
            ),
            Slip(
                at(4, "d"),
                "part-stands-for-whole",
                "Oksana disregarded that her conduct contributed to sex trafficking. That is (b)(2), and the defence in "
                "(e) covers (a) and (b)(1) only.",
            ),
            Slip(
                at(3, "n", "a"),
                "prosecution-proves-all",
                "With Ravi the elements are there, so the answer is not N. But he can prove that promoting is legal where "
                "the site is aimed, so it is not A either.",
            ),
            Slip(
                at(2, "a"),
                "number-nearby",
                "Count the persons for Lotte, and compare with the threshold of (b)(1) in the table of clauses.",
            ),
            Slip(
                at(5, "n"),
                "fosta-one-subject",
                "Nobody is forced on Teun's site, and no element asks for that. He operates it with the intent; that is "
                "the base offence.",
            ),
        ),
        otherwise="At least one letter does not follow from the text. Ask four questions of each operator: intent, "
        "reckless disregard, place, persons.",
        hints=(
            "Begin with the intent. Where it is missing, nothing else in section 2421A matters.",
            "The defence needs a place where promoting is legal, and it is lost under (b)(2).",
            f"From the first operator to the last: {' '.join(REACHED.upper())}.",
        ),
    ),
    Check(
        id="04-path",
        outcome=3,
        allowed='The answer is twelve letters from the first event to the last, such as "a b c d e f g h i j k l".',
        reads=letters(EVENTS, len(EVENTS)),
        form=Order({letter: f"{letter}: {event}" for letter, (event, _) in EVENTS.items()}),
        right=one_of(ORDER),
        credit=lambda answer: order_credit(ORDER, answer),
        reason="That is the path. Look at how many of the events lie before the signature, and at how long after it the "
        "first charge under the new section comes.",
        slips=(
            Slip(
                before("a", "k"),
                "law-closed-sites",
                "You have the signature before the seizure of Backpage. The site was seized days before, under older "
                "statutes: see the figure in the lesson.",
            ),
            Slip(
                before("a", "b"),
                "law-bites-at-signature",
                "You have the signature before Craigslist. The company took its personals offline right after the Senate's "
                "vote, naming the risk to come.",
            ),
            Slip(
                before("e", "h"),
                "after-means-because",
                "You have the adult section of Backpage closing after the House's vote. It closed more than a year "
                "earlier, on the day of a Senate report.",
            ),
            Slip(
                before("i", "e"),
                "part-stands-for-whole",
                "You have the Senate voting first. H.R. stands for the House of Representatives: the bill began there, "
                "and the merged text went to the Senate.",
            ),
            Slip(
                before("d", "f"),
                "law-closed-sites",
                "You have the first charge before the first challenge. The challenge came within weeks of the signature, "
                "the charge more than two years after it.",
            ),
        ),
        otherwise="Some pairs stand the wrong way round. The credit is Kendall's: all pairs in order give 1, half of "
        "them give 0. Begin with what lies before the bill.",
        hints=(
            "Lay out the bill first: introduced, through the House, through the Senate, signed. Hang the others on it.",
            "Before the bill: a ruling and a closing. Between the Senate and the signature: a company and a seizure.",
            f"From the first event to the last: {' '.join(ORDER)}.",
        ),
    ),
    Check(
        id="04-neighbour",
        outcome=2,
        allowed="The answer is a text of 80 to 120 words in quotation marks. Only its form is checked here.",
        reads=text,
        form=Text(80, 120),
        right=every(says("230"), none_of(*(slip.when for slip in NEIGHBOUR))),
        reason="The form is right. Now read it to somebody who has never seen a statute, grade it with the rubric, and "
        "then open the model answer.",
        slips=NEIGHBOUR,
        otherwise="Section 230 is not named. Your reader will meet the number in the news; say it once.",
        hints=(
            "Three parts: what a website could count on before; who can do what now; what has not changed.",
            "Begin with a picture: a website carries what other people write.",
            "Use these words once each: federal, state, sue. Leave out: good, bad, finally, alas.",
        ),
    ),
    Check(
        id="04-votes-sentence",
        outcome=3,
        allowed="The answer is one sentence of at most 45 words in quotation marks, with its numbers in digits.",
        reads=text,
        form=Text(1, 45),
        right=none_of(*(slip.when for slip in HEADLINE)),
        reason="The form is right: the numbers are those of the roll calls, and the vote on merging is among them. Read it "
        "once more: each number has to stand with the question it answers.",
        slips=HEADLINE,
        otherwise="The form is not right yet.",
        hints=(
            "Which votes were there, and what did each decide? Write the questions before the numbers.",
            "The vote on merging came first, on the same day as the vote on the bill in the House.",
            "The pattern: the House put one text into the other by ... to ..., and passed the bill by ... to ...",
        ),
    ),
)
