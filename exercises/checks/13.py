"""Checks of exercise 13: of a brief the form, of a review the levels that the words of the rubric give."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from notthesame.exercise_forms import Fields, Pick, Table, Text
from notthesame.exercise_readers import mapping, name, text, whole_number
from notthesame.exercise_tests import every, fewer_words, more_words, none_of, says, word_count
from notthesame.exercises import Check, Slip
from notthesame.subject import brief_tasks as parts
from notthesame.subject import briefs

ONLY_FORM = "Only its form is checked."
FORM = "Form complete."
AN_ID = "Ids stand in square brackets, such as [prevalence-hotline-scope]; the search of task 2 shows them."
empty_phrase = says(r"\b(?:further|more) (?:research|stud(?:y|ies)|work) (?:is|are|would|will|may)\b")


class Line(NamedTuple):
    """One line of a review: a score, and the words on which it rests."""

    score: int
    words: str


# The levels that the words of the rubric give the invented brief of task 8, criterion by criterion.
LEVELS: Mapping[str, tuple[int, ...]] = {
    "question": (4,),
    "evidence": (2,),
    "range": (3,),
    "limit": (2,),
    "positions": (1, 2),
}
CRITERIA = {
    "question": "Question",
    "evidence": "Evidence",
    "range": "Range and chart",
    "limit": "Limit",
    "positions": "Positions",
}
LEAST_WORDS = 3


def read_line(value: Any) -> Line:
    """One line, from a dict with score and words; ValueError where the score is no level."""
    if not isinstance(value, Mapping) or set(value) != {"score", "words"}:
        raise ValueError("each line has a score and words")
    score = whole_number(value["score"])
    if score not in range(1, 5):
        raise ValueError(f"{score} is no level; the levels are 1 to 4")
    return Line(score, text(value["words"]))


def agrees(review: Mapping[str, Line]) -> float:
    """The share of criteria on which the score is one that the rubric's words allow."""
    return sum(review[name].score in levels for name, levels in LEVELS.items()) / len(LEVELS)


def scored(criterion: str, *levels: int) -> Callable[[Mapping[str, Line]], bool]:
    """Whether a review gives one of these levels to a criterion."""
    return lambda review: review[criterion].score in levels


def bare(review: Mapping[str, Line]) -> bool:
    """Whether some score rests on hardly a word."""
    return any(word_count(line.words) < LEAST_WORDS for line in review.values())


def all_alike(review: Mapping[str, Line]) -> bool:
    """Whether one level stands everywhere."""
    return len({line.score for line in review.values()}) == 1


# What may be done with each of the four in task 9, and what a table of them says.
USES = {
    "as counted": "use it, and say what it counts",
    "coarser": "use it with rows or months joined",
    "leave": "leave it out",
}
DATA = {
    "adverts": "400 scraped adverts, with photographs and telephone numbers",
    "small": "a table of helped people by town, age and language; one cell has 3",
    "yearly": "a published count of adverts a month on one website",
    "released": "synthetic records that a charity published in place of its files",
}
MAY = {"adverts": "leave", "small": "coarser", "yearly": "as counted", "released": "as counted"}


def in_place(uses: Mapping[str, str]) -> float:
    """The share of the data for which the use is one that the lesson's reasons allow."""
    return sum(uses[name] == MAY[name] for name in MAY) / len(MAY)


def used(name: str, *uses: str) -> Callable[[Mapping[str, str]], bool]:
    """Whether one of these uses is given to the data of that name."""
    return lambda answer: answer[name] in uses


CHECKS = (
    Check(
        id=parts.QUESTION,
        outcome=1,
        allowed='The answer is a dict with "question" and "reader", each a text. ' + ONLY_FORM,
        reads=parts.read_question,
        form=parts.FORMS[parts.QUESTION],
        right=parts.no_fault(parts.QUESTION),
        said=FORM,
        reason="Ask of it whether the reader you name could do one thing or another after your answer.",
        slips=(
            Slip(
                parts.question_too_short,
                "base-left-out",
                f"It has fewer than {briefs.ASKED[0]} words. A question says what is asked of whom, where and when; a topic "
                "does not.",
            ),
            Slip(
                parts.question_too_long,
                "part-on-everything",
                f"It has more than {briefs.ASKED[1]} words, and so probably more than one question. Keep the one on which "
                "your reader decides.",
            ),
            Slip(
                parts.no_question_mark,
                "verdict-means-policy",
                "It ends in no question mark. A statement has been decided already; put it so that the evidence could still "
                "answer no.",
            ),
        ),
        otherwise="The form of the question is not right yet: one line that ends in a question mark, and in a few words who "
        "it is for.",
        hints=(
            "Think of somebody who will do one thing or another next month: a committee, a council, an editor.",
            "Write what they will do as a question, with a place and a year in it.",
            "A pattern: Should [who] [do what] on the ground of [which numbers], in [where] in [year]?",
        ),
    ),
    Check(
        id=parts.EVIDENCE,
        outcome=1,
        allowed=f"The answer is a text of {briefs.EVIDENCE[0]} to {briefs.EVIDENCE[1]} words. {AN_ID} {ONLY_FORM}",
        reads=parts.read_evidence,
        form=parts.FORMS[parts.EVIDENCE],
        objects=parts.id_faults,
        right=parts.no_fault(parts.EVIDENCE),
        said=FORM,
        reason="Your sources are there. Now open each entry and see whether it bears your sentence.",
        slips=(
            Slip(
                parts.cites_nothing,
                "label-is-proof",
                "No entry of the ledger is cited in square brackets. A claim may sound like one that was checked; a reader "
                "wants to look it up.",
            ),
            Slip(
                parts.cites_too_few,
                "last-link-is-source",
                f"It rests on one entry. At least {briefs.LEAST_SOURCES} are wanted, best from different counts, so that "
                "one can be held against the other.",
            ),
            Slip(
                fewer_words(briefs.EVIDENCE[0]),
                "base-left-out",
                f"There are fewer than {briefs.EVIDENCE[0]} words. Say of each number what was counted, by whom and when.",
            ),
            Slip(
                more_words(briefs.EVIDENCE[1]),
                "bigger-sample-fixes",
                f"There are more than {briefs.EVIDENCE[1]} words. More text is not more evidence; keep what bears on the "
                "question.",
            ),
        ),
        otherwise="The form of the evidence is not right yet.",
        hints=(
            "Search the ledger for what your question counts, and read the cautions of what you find.",
            "Take two counts that were made by different people, and give each a sentence with its base, verb and year.",
            "A pattern: [Who] counted [how many of what] in [year] [id]. By [another count] it was [number] [id]. The two "
            "differ because [unit, place or time].",
        ),
    ),
    Check(
        id=parts.RANGE,
        outcome=1,
        allowed='The answer is a dict with "low", "high", "of", "cites" and "finding". ' + ONLY_FORM,
        reads=parts.read_range,
        form=parts.FORMS[parts.RANGE],
        objects=parts.id_faults,
        right=parts.no_fault(parts.RANGE),
        said=FORM,
        reason="No program can tell whether both ends count one thing at one time, in one unit. A before and an after are a "
        "change, not a range.",
        slips=(
            Slip(
                parts.one_number,
                "exact-is-better",
                "Both ends are the same. One number hides what is not known; look for a second count of the same thing, or "
                "for an interval.",
            ),
            Slip(
                parts.ends_swapped,
                "number-nearby",
                "The lowest number is above the highest. Perhaps they are not two ends of one thing; if they are, the "
                "lower one comes first.",
            ),
            Slip(
                parts.range_uncited,
                "last-link-is-source",
                "It does not say where it is from. Give the id of the entry that has both ends, or of two entries.",
            ),
            Slip(
                parts.no_finding,
                "number-nearby",
                f"The finding is not one sentence of {briefs.FINDING[0]} to {briefs.FINDING[1]} words yet. Say what your reader "
                "can take from the lowest and the highest number, and what not.",
            ),
        ),
        otherwise="The form of the range is not right yet: two numbers, what they count with the unit in at most "
        f"{briefs.OF[1]} words, one id or two, and the finding in one sentence.",
        hints=(
            "A range needs one thing that was counted or estimated more than once, or once with an interval.",
            "The search of task 2 shows entries with several totals for one year, and estimates with intervals.",
            "The four totals of the hotline for one year are such a range: open prevalence-hotline-scope in the ledger. A pattern "
            "for the finding: In [year] [who] counted from [low] to [high] [what], so [your reader] can say [this], but not [that].",
        ),
    ),
    Check(
        id=parts.LIMIT,
        outcome=1,
        allowed=f"The answer is a text of {briefs.LIMIT[0]} to {briefs.LIMIT[1]} words. {ONLY_FORM}",
        reads=parts.read_limit,
        form=parts.FORMS[parts.LIMIT],
        objects=parts.id_faults,
        right=every(parts.no_fault(parts.LIMIT), none_of(empty_phrase)),
        said=FORM,
        reason="Check that it would not fit any other brief, and that it says which way the finding bends.",
        slips=(
            Slip(
                empty_phrase,
                "limit-weakens",
                "It asks for more research. Say which finding would change your answer, and which way; that is what a reader "
                "can use.",
            ),
            Slip(
                parts.no_change_named,
                "limit-weakens",
                "It does not say what would change it. Add what one would have to see, with would, if or unless.",
            ),
            Slip(
                fewer_words(briefs.LIMIT[0]),
                "limit-weakens",
                f"There are fewer than {briefs.LIMIT[0]} words. Name what could be otherwise, in which direction it bends "
                "your finding, and what would show it.",
            ),
            Slip(
                more_words(briefs.LIMIT[1]),
                "part-on-everything",
                f"There are more than {briefs.LIMIT[1]} words. One limit is wanted, the one that matters most for the "
                "decision.",
            ),
        ),
        otherwise="The form of the limit is not right yet.",
        hints=(
            "Read the cautions of the entries that you cite: one of them is probably your limit.",
            "Say whom your numbers leave out, and whether that makes them too high or too low.",
            "A pattern: [These counts] leave out [whom], so [number] may be too [low]. [What finding] would change this.",
        ),
    ),
    Check(
        id=parts.POSITIONS,
        outcome=1,
        allowed=f"The answer is a list of {briefs.LEAST_POSITIONS} to {briefs.MOST_POSITIONS} dicts, each with "
        f'"holder", "holds" and "cites". {ONLY_FORM}',
        reads=parts.read_positions,
        form=parts.FORMS[parts.POSITIONS],
        objects=parts.id_faults,
        right=every(parts.no_fault(parts.POSITIONS), none_of(parts.one_source)),
        said=FORM,
        reason="Read each as its holder would, and ask whether they would sign it.",
        slips=(
            Slip(
                parts.one_holder,
                "one-camp-one-reason",
                "There is only one holder. Look for somebody who answers your question otherwise, or for another reason.",
            ),
            Slip(
                parts.position_uncited,
                "holders-do-not-matter",
                "One position has no entry. Without one a reader cannot see who says so.",
            ),
            Slip(
                parts.not_its_holders,
                "milder-thesis",
                "One position is cited from a source that is not its holder's. What critics or reporters say of a position "
                "is seldom what a holder would sign.",
            ),
            Slip(
                parts.one_source,
                "one-group-one-word",
                "One entry is to speak for more than one holder. Each has a source of their own.",
            ),
        ),
        otherwise=f"The form of the positions is not right yet: each has a holder, what they hold in {briefs.HOLDS[0]} to "
        f"{briefs.HOLDS[1]} words, and the id of an entry from their own source.",
        hints=(
            "Who has a stake in the decision? Search the ledger for their names.",
            "Take entries that say of their source that it was read itself, and whose author is the holder.",
            "A pattern: [Holder] wants [what], because [reason that the entry gives], with that entry's id.",
        ),
    ),
    Check(
        id="13-review",
        outcome=2,
        allowed="The answer is a dict with a line for each of "
        + ", ".join(CRITERIA)
        + ', and each line is a dict with "score" (1 to 4) and "words".',
        reads=mapping("criterion", CRITERIA, read_line),
        form=Table(
            "The sheet: five scores, each with the words on which it rests",
            "Criterion",
            CRITERIA,
            {"score": "Level", "words": "It rests on these words"},
            {"score": Pick({str(level): str(level) for level in range(1, 5)}), "words": Text(1, 30)},
        ),
        right=lambda review: agrees(review) == 1 and not bare(review),
        credit=agrees,
        reason="These are the levels that the words of the rubric give. On the positions both the first and the second can be "
        "argued for: there are two, and each is a caricature.",
        slips=(
            Slip(
                all_alike,
                "review-is-agreement",
                "One level stands everywhere, which looks like a verdict on the whole. The criteria are separate, and this brief is "
                "good at one of them.",
            ),
            Slip(
                scored("evidence", 3, 4),
                "form-is-truth",
                "The evidence stands too high. Its id looks well, but what was found there has nothing on assaults; compare level 2.",
            ),
            Slip(
                scored("limit", 3, 4),
                "limit-weakens",
                "The limit stands too high. Would its sentence fit a brief on any other subject?",
            ),
            Slip(
                scored("positions", 3, 4),
                "balance-is-halves",
                "The positions stand too high. There are two of the same length, and neither holder has said what it says of them.",
            ),
            Slip(
                scored("range", 4),
                "base-left-out",
                "The range and its chart stand too high. From 12 to 30 of what? Nothing says what was counted.",
            ),
            Slip(
                scored("range", 1, 2),
                "own-side-lighter",
                "The range stands too low. It has two ends that may go together, both a year, and bars from zero; what it does "
                "not say is what they count, which is level 3.",
            ),
            Slip(
                scored("question", 1, 2, 3),
                "review-is-agreement",
                "The question stands too low. It names what is to be decided and who decides it, whatever one thinks of lamps.",
            ),
            Slip(
                bare,
                "review-is-agreement",
                f"The levels are right. One of them rests on fewer than {LEAST_WORDS} words; copy those on the page that earn it.",
            ),
        ),
        otherwise="One of the levels is not what the rubric's words give. Read each line of the rubric aloud beside the brief.",
        hints=(
            "Take one criterion at a time, and begin with level 4: what does it ask for that the page does not have?",
            "Read what was found under the id before you score the evidence, and ask of the range what was counted.",
            "One criterion is at the highest level, one just below; the others are at level 2, or at 1 for the positions.",
        ),
    ),
    Check(
        id="13-data",
        outcome=3,
        allowed="The answer is a dict with a use for each of "
        + ", ".join(DATA)
        + "; uses are "
        + ", ".join(USES)
        + ".",
        reads=mapping("data", DATA, name("use", USES)),
        form=Fields(DATA, Pick(USES)),
        right=lambda answer: in_place(answer) == 1,
        credit=in_place,
        reason="Only the first is left out: joining rows does not take faces and numbers away, nor the fact that nobody asked. "
        "The three count something, and two of them already hide whom.",
        slips=(
            Slip(
                used("adverts", "as counted"),
                "public-is-free",
                "The scraped adverts can be seen by anybody, which is no leave to use them. Their writers wanted clients, were not "
                "asked, and can be found again by a photograph or a number.",
            ),
            Slip(
                used("adverts", "coarser"),
                "no-names-no-harm",
                "To join rows of scraped adverts hides some people and keeps the copying: somebody still holds photographs that "
                "nobody gave. A published count of adverts would do for most questions.",
            ),
            Slip(
                used("small", "as counted"),
                "no-names-no-harm",
                "In the table a town, an age and a language may be enough for a neighbour to know who the 3 are. Join rows until "
                "no cell is small.",
            ),
            Slip(
                used("yearly", "leave", "coarser"),
                "public-is-free",
                "The monthly count has no person in it. It may stand as what it is, a count of adverts on one website; months "
                "joined would only say less.",
            ),
            Slip(
                used("released", "leave", "coarser"),
                "no-names-no-harm",
                "The synthetic records were made so that they can be published. They may be used, with the warning that small "
                "cells in them are noise.",
            ),
            Slip(
                used("small", "leave"),
                "limit-weakens",
                "To leave the whole table out loses what it could tell a council. What can hurt is the small cell; larger rows "
                "say most of it.",
            ),
        ),
        otherwise="Ask of each: who could recognise whom in it, with what consequences, and would a coarser table do?",
        hints=(
            "Ask first whether there is a person behind a row who did not hand it over.",
            "Then look for small cells; joining rows helps against those, and against nothing else.",
            "One is left out, one is joined, and two may stand as what they count.",
        ),
    ),
)
