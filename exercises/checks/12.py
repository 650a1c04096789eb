"""Checks of exercise 12. What must be answered is computed from the map; of writing only the form is checked."""

import re

from notthesame import evidence
from notthesame.exercise_forms import Pick, Text
from notthesame.exercise_readers import name, names, text
from notthesame.exercise_tests import every, fewer_words, more_words, none_of, one_of, says, word_count, words
from notthesame.exercises import Check, Slip
from notthesame.subject import argument_map, arguments

MAP = argument_map.course_map()
QUENTIN = "q2-proves-too-much"


def nodes_of(asked: str) -> dict[str, str]:
    """The nodes of one question, as the outline names them."""
    return {name: name for name, node in MAP.nodes.items() if node.question == asked}


def asked(claim: str, *reasons: str) -> set[str]:
    """What somebody who keeps the claim, and accepts these reasons alone, has to answer."""
    return {duty.node for duty in arguments.keeping(MAP, claim, reasons).answer}


def replies(claim: str, *reasons: str) -> set[str]:
    """Nodes that answer one of these attackers and are none themselves."""
    found = {reply for name in asked(claim, *reasons) for reply in MAP.attackers(name)}
    return found - asked(claim, *reasons) - {claim, *reasons}


# The premise that Pia needs and Quentin denies: what the map sets against his objection, on the same question.
PREMISES = {name for name in MAP.attackers(QUENTIN) if MAP.node(name).question == "Q2"}
CLAIMS = {found.id for found in MAP.nodes.values() if found.is_claim}
HOLDERS = {
    author.partition(",")[0]
    for found in MAP.nodes.values()
    for author in evidence.cite(found.source).authors
    if "," in author
}
HOLDERS |= {
    "Nussbaum",
    "MacKinnon",
    "National Survivor Network",
    "Special Rapporteur",
    "Working Group",
    "CATW",
    "English Collective of Prostitutes",
    "Global Network of Sex Work Projects",
    "Equality Model US",
    "Coalition Against Trafficking in Women",
    "Constitutional Court",
    "Woodhull Freedom Foundation",
    "National Center on Sexual Exploitation",
    "McNeill",
}
sneers = says(
    r"\b(so-called|naive|naively|pretends?|obviously|supposedly|allegedly|ideolog\w+|just want\w*|refuses? to see"
    r"|ignores?|do not care|does not care|hysteri\w+|lobby)\b"
)
counts_heads = says(r"\b(majority|minority|most of us|voted?|outvoted|compromise|halfway|the middle)\b")
PARTS = ("We hold:", "We part on:", "What would move us:", "Open:")


def keep_check(id: str, claim: str, reason: str, other: str, hints: tuple[str, str]) -> Check:
    """One half of task 2; both halves are built alike."""
    right = asked(claim, reason)
    direct = asked(claim)
    elsewhere = {a for name in MAP.supporters(claim) if name != reason for a in MAP.attackers(name)} - right
    supports = {*MAP.supporters(claim), claim}
    return Check(
        id=id,
        outcome=2,
        allowed='The answer is a list of nodes in brackets, such as ["q2-voids", "q2-stands"].',
        reads=names("node", MAP.nodes),
        form=Pick(nodes_of("Q3"), many=True),
        right=one_of(right),
        reason=f"These attack {claim} itself or {reason}, on which it leans here. Each can be rejected or answered; "
        f"none of them decides against {claim}.",
        slips=(
            Slip(
                one_of(direct),
                "reasons-cost-nothing",
                f"These attack {claim} itself. The reader also leans on {reason}, so what attacks that counts too.",
            ),
            Slip(
                lambda answer: bool(answer & supports),
                "part-on-everything",
                f"One of these is {claim} itself or a reason for it. What is asked for is what speaks against them.",
            ),
            Slip(
                lambda answer: bool(answer & replies(claim, reason)),
                "reply-is-refutation",
                "One of these is a reply that helps to keep the claim. It may be how to answer; it is not what has to "
                "be answered until the reader leans on it.",
            ),
            Slip(
                lambda answer: bool(answer & elsewhere),
                "reasons-cost-nothing",
                f"One of these attacks a reason for {claim} that the reader has not taken up. Only {reason} is accepted.",
            ),
        ),
        otherwise=f"Not yet the whole list: look for every node that attacks {claim}, then for every one that attacks "
        f"{reason}. {other}",
        hints=(*hints, "The list is: " + ", ".join(sorted(right)) + "."),
    )


def names_no_holder(value: str) -> bool:
    return not any(re.search(rf"\b{re.escape(name)}\b", value) for name in HOLDERS)


def lacks_a_part(value: str) -> bool:
    places = [value.find(part) for part in PARTS]
    return -1 in places or places != sorted(places)


def empty_part(value: str) -> bool:
    pieces = re.split("|".join(map(re.escape, PARTS)), value)[1:]
    return len(pieces) == len(PARTS) and any(word_count(piece) < 5 for piece in pieces)


CHECKS = (
    Check(
        id="12-parting",
        outcome=2,
        allowed='The answer is the name of one node in quotation marks, such as "q2-intersect".',
        reads=name("node", MAP.nodes),
        form=Pick(nodes_of("Q2")),
        right=one_of(*PREMISES),
        reason="Pia needs it: without a premise that sets sex apart, her verdicts on like cases do not fit together. "
        "Quentin denies just this. Both can accept everything else that the case says.",
        slips=(
            Slip(
                one_of(*CLAIMS),
                "part-on-everything",
                "That is a conclusion. They do part there as well; the question is which premise sends them to it.",
            ),
            Slip(
                one_of(QUENTIN),
                "milder-thesis",
                "That is what Quentin says. Look for the premise that Pia needs in order to answer him, and that he denies.",
            ),
            Slip(
                one_of(*MAP.supporters("q2-voids")),
                "no-reason-needed",
                "That is a reason why need voids consent, and it would hold on the farm too. Pia needs one that stops there.",
            ),
            Slip(
                one_of(*(reply for premise in PREMISES for reply in MAP.attackers(premise))),
                "reply-is-refutation",
                "That is an answer to the premise asked for. Go one step back on the map.",
            ),
        ),
        otherwise="Neither of them uses that node. Ask what makes the difference between the farm and the agency for Pia.",
        hints=(
            "Quentin's own step is q2-proves-too-much. Find it in the outline of Q2.",
            "What stands under it, marked as against it?",
            "The node is " + ", ".join(sorted(PREMISES)) + ".",
        ),
    ),
    keep_check(
        "12-keep-ban",
        "q3-ban",
        "q3-endanger",
        "The outline of Q3 has both.",
        (
            "Find q3-ban in the outline of Q3, and read the lines one step below it that say against.",
            "Then find q3-endanger among its reasons, and read what stands against it.",
        ),
    ),
    keep_check(
        "12-keep-no-ban",
        "q3-no-ban",
        "q3-safety-evidence",
        "The map of the lesson lists them as well.",
        (
            "Find q3-no-ban in the outline of Q3, and read the lines one step below it that say against.",
            "Then find q3-safety-evidence among its reasons, and read what stands against it.",
        ),
    ),
    Check(
        id="12-steelman",
        outcome=1,
        allowed="The answer is a text of 60 to 120 words in quotation marks. Only its form is checked here.",
        reads=text,
        form=Text(60, 120),
        right=every(words(60, 120), none_of(names_no_holder, sneers)),
        reason="The form is right. Grade the content with the rubric, then read the model for the side you chose.",
        slips=(
            Slip(
                fewer_words(60),
                "milder-thesis",
                "There are fewer than 60 words. A position in its strongest form has a premise, a reason for it and what "
                "follows; say all three.",
            ),
            Slip(
                more_words(120),
                "one-camp-one-reason",
                "There are more than 120 words. Choose one road to the conclusion, the strongest, and leave the others.",
            ),
            Slip(
                names_no_holder,
                "holders-do-not-matter",
                "No holder is named. Say whose position it is, with a name that the lesson or the map cites, such as an "
                "author or an organisation.",
            ),
            Slip(
                sneers,
                "own-side-lighter",
                "A word in it speaks about the holders and not for them, such as so-called, ignore or naive. Put it as they "
                "would.",
            ),
        ),
        otherwise="The form is not right yet.",
        hints=(
            "Begin with the premise, in a sentence that its holder might have written.",
            "Go on with the reason that its critics find hardest to answer, and name who gives it.",
            "End with what follows for law or for judging a case, without a word about the other side.",
        ),
    ),
    Check(
        id="12-joint",
        outcome=3,
        allowed="The answer is a text of 80 to 200 words in quotation marks, with the four headings of the task. Only its "
        "form is checked.",
        reads=text,
        form=Text(80, 200),
        right=every(words(80, 200), none_of(lacks_a_part, empty_part, counts_heads, sneers)),
        reason="The form is right. Now ask of every sentence whether each side would sign it, and use the rubric.",
        slips=(
            Slip(
                lacks_a_part,
                "part-on-everything",
                "One of the headings is missing, or they stand in another order: We hold, We part on, What would move us, "
                "Open, each with its colon.",
            ),
            Slip(
                empty_part,
                "no-reason-needed",
                "One part is nearly empty. Each needs at least a sentence that somebody could sign or refuse.",
            ),
            Slip(
                counts_heads,
                "joint-is-compromise",
                "It counts heads or splits the difference. A joint statement holds what each can sign, and names the rest "
                "as the place where they part.",
            ),
            Slip(
                sneers,
                "milder-thesis",
                "A word in it would keep one side from signing, such as ignore or so-called. Say what they hold.",
            ),
            Slip(
                none_of(words(80, 200)),
                "milder-thesis",
                "It has fewer than 80 or more than 200 words. Four parts of a few sentences each fit in between.",
            ),
        ),
        otherwise="The form of the statement is not right yet.",
        hints=(
            "Start with what both hold about people who sell sex, and about coercion.",
            "For the second part take one premise from the map on which the sides attack each other, and write it with whether.",
            "For the third part name one finding that would move one of you, and say which of you.",
        ),
    ),
)
