"""Checks of exercise 00. What the course knows comes from the question bank and the ledger, never typed in."""

from collections.abc import Callable
from typing import Any

from notthesame import evidence
from notthesame.exercise_forms import Fields, Number, Order, Pick, Text
from notthesame.exercise_readers import letters, number, pair, text, word
from notthesame.exercise_tests import at, before, every, fewer_words, more_words, none_of, one_of, says, words
from notthesame.exercises import Check, Slip
from notthesame.questions import question

SENATE = evidence.fact("law-senate-vote")
STEPS = {
    "a": "delete all answers, with nts.delete_answers()",
    "b": "run the first cell, which gets the tools ready",
    "c": "delete her copy of the notebook, which keeps what she typed",
    "d": "take a copy away, with nts.export_answers",
}
ORDER = ("b", "d", "a", "c")
NAMES = ("00-blank", "00-next-day", "00-title")
LETTERS = {
    letter: f"{letter.upper()}: {option.text}" for letter, option in question("00-blank").options.items()
}


def is_(name: str) -> Callable[[Any], bool]:
    """Whether an answer is this value of the ledger entry."""
    return one_of(SENATE[name].value)


CHECKS = (
    Check(
        id="00-line",
        outcome=1,
        allowed='The answer is two words in brackets, such as ["02-destitute", "c"].',
        reads=pair(word, "two words"),
        form=Fields(
            {"name": "Name of the question", "letter": "Your answer"},
            {"name": Pick({name: name for name in NAMES}), "letter": Pick(LETTERS)},
            listed=True,
        ),
        right=lambda answer: answer[0] == "00-blank" and answer[1] in question("00-blank").key,
        reason="First the name of the question, then the answer: a blank is never counted. Whoever likes to type may put "
        "both, in quotation marks, between the brackets of nts.answer.",
        slips=(
            Slip(
                lambda answer: answer[1] == "00-blank",
                "any-act-answers",
                "These are the right parts in the wrong order. The name of the question comes first, then "
                "your answer.",
            ),
            Slip(
                one_of(("00-blank", "a"), ("00-blank", "b")),
                "blank-is-wrong",
                "The form is right, the letter is not. A blank is never counted, neither as wrong nor as "
                "an answer. Read "
                '"Leave, skip and come back" in lesson 00.',
            ),
            Slip(
                one_of(("00-blank", "d")),
                "what-stays-where",
                "The form is right, the letter is not. Nobody is told anything, because nothing leaves the "
                "machine. Read "
                '"Where your answers are" in lesson 00.',
            ),
            Slip(
                lambda answer: answer[0] == "00-blank" and len(answer[1]) > 1,
                "any-act-answers",
                "Type the letter of the answer and not its words: the course compares letters.",
            ),
        ),
        otherwise="The first word has to be the name of the question as it stands in the task, with its "
        "hyphen.",
        hints=(
            "The name stands in quotation marks in the code of the cell above, after the word ask.",
            "The name is 00-blank. The answer is one of A, B, C, D.",
            "Is anything stored when you leave a question open? Choose the letter that says so.",
        ),
    ),
    Check(
        id="00-order",
        outcome=2,
        allowed='The answer is all letters in your order, such as "abcd".',
        reads=letters(STEPS, len(STEPS)),
        form=Order({letter: f"{letter}: {step}" for letter, step in STEPS.items()}),
        right=lambda answer: tuple(answer) == ORDER,
        reason="Get the tools ready, take a copy, delete what is on the machine, and last the notebook in which all this is typed.",
        slips=(
            Slip(
                before("c", "a"),
                "what-stays-where",
                "The notebook is gone before the answers are. They lie in a file of their own, and the call that deletes them "
                "is typed in a notebook.",
            ),
            Slip(
                before("a", "d"),
                "what-stays-where",
                "The answers are deleted for good before a copy is taken, so there is nothing left to take home.",
            ),
            Slip(
                none_of(at(1, "b")),
                "what-stays-where",
                "A call needs the tools of the course, and they are gone since the kernel stopped. What gets them ready?",
            ),
        ),
        otherwise="Say to yourself what each step needs: the tools, answers that are still there, a notebook to type in.",
        hints=(
            "Which step can be taken in a notebook just opened?",
            "A copy can be taken only of what is not deleted yet, and calls are typed in a notebook.",
            "b comes first and c last.",
        ),
    ),
    Check(
        id="00-senate",
        outcome=3,
        allowed="The answer is one number, without quotation marks.",
        reads=number,
        form=Number("votes"),
        right=is_("nay"),
        reason='The entry has it as the value "nay", in a row of its own with its unit. Its statement even '
        "names the senators.",
        slips=(
            Slip(
                is_("yea"),
                "number-nearby",
                "That is the number of votes for the bill. Read the name of a value before its number.",
            ),
            Slip(
                is_("not_voting"),
                "number-nearby",
                "That is the number of senators who did not vote, which is not the same as voting against.",
            ),
            Slip(
                one_of(evidence.fact("law-house-vote")["nay"].value),
                "number-nearby",
                "That is the vote in the House, from the question in lesson 00. The Senate has an entry of "
                "its own.",
            ),
            Slip(
                is_("yea_percent"),
                "number-nearby",
                "That is a share in per cent, of the votes for the bill. The task asks for a number of "
                "votes against.",
            ),
        ),
        otherwise="The entry does not have this number for the votes against. Look for the row called nay.",
        hints=(
            "The link is in the text of the task. It opens the ledger at the entry.",
            'In the table of values, the first column has the names. You want "nay".',
            f"The row reads: nay, {SENATE['nay'].value} votes.",
        ),
    ),
    Check(
        id="00-words",
        outcome=3,
        allowed="The answer is a text of 20 to 60 words in quotation marks. Only its form is checked here.",
        reads=text,
        form=Text(20, 60),
        right=every(words(20, 60), says("sex worker"), says("prostitution"), says("vale")),
        reason="The form is right: all three words or names are there. Now compare with the rubric and the "
        "model answer.",
        slips=(
            Slip(
                fewer_words(20),
                "silence-decides",
                "There are fewer than 20 words. Write one sentence on the person, one on the statute and "
                "one on the argument; "
                "each may be short.",
            ),
            Slip(
                more_words(60),
                "same-number-same-claim",
                "There are more than 60 words. Three sentences are enough, one for each speaker.",
            ),
            Slip(
                none_of(says("sex worker")),
                "one-word-is-neutral",
                "Imani's own word does not appear. A person is called what that person calls herself.",
            ),
            Slip(
                none_of(says("prostitution")),
                "holders-do-not-matter",
                "The statute's word does not appear. Where you state what a law forbids, use its own term, "
                "so that a reader "
                "can find it there.",
            ),
            Slip(
                none_of(says("vale")),
                "holders-do-not-matter",
                "The reader cannot tell whose argument it is. Name Ms Vale beside the word that is hers.",
            ),
        ),
        otherwise="The form is not right yet.",
        hints=(
            "One sentence each: what Imani says, what the statute forbids, what Ms Vale argues.",
            "Keep each word in the sentence of the one who uses it.",
            'Begin: "Imani, who calls herself a sex worker, ..."',
        ),
    ),
)
