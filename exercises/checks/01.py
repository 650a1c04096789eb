"""Checks of exercise 01. Lists are computed from the table of terms; of a text only the form is checked."""

import re
from collections.abc import Callable

from notthesame.exercise_forms import Pick, Text
from notthesame.exercise_readers import names, text
from notthesame.exercise_tests import every, lacks, none_of, says, words
from notthesame.exercises import Check, Slip
from notthesame.subject.terms import terms

TABLE = {entry.term: entry for entry in terms().terms}
OPEN = frozenset(name for name, entry in TABLE.items() if "left open" in entry.claims)
BINDEL = frozenset(name for name, entry in TABLE.items() if "Bindel" in entry.objector)
UMBRELLAS = {"commercial sexual exploitation", "modern slavery"}
JUDGING = UMBRELLAS | {"pimp", "prostituted person", "victim"}
LIST_FORM = 'The answer is a list of terms, such as ["victim", "client"]; nts.terms() shows all of them.'
TEXT_FORM = "The answer is a text of 15 to 45 words in quotation marks. Only its form is checked here."
SAYS = r"\b(say|says|said|calls?|called|spoke|speaks|told|tells?|according to|charged?|writes?|wrote)\b"
QUOTED = re.compile(r"[\"“][^\"”]*[\"”]|(?<!\w)['‘][^'’]*['’](?!\w)")


def outside_quotes(test: Callable[[str], bool]) -> Callable[[str], bool]:
    """What a test says of a text without what stands in quotation marks."""
    return lambda answer: test(QUOTED.sub(" ", answer))


def holds(*wanted: str) -> Callable[[str], bool]:
    """Whether a text has one of these words outside quotation marks."""
    return outside_quotes(says(rf"\b(?:{'|'.join(wanted)})\b"))


def quotes(answer: str) -> bool:
    """Whether something stands in quotation marks."""
    return bool(QUOTED.search(answer))


has_owner = outside_quotes(says(SAYS))  # whether somebody is said to say something


def rewrite(
    check_id: str,
    loaded: tuple[str, ...],
    people: tuple[str, ...],
    example: str,
    more: tuple[Slip, ...],
    hint: str,
) -> Check:
    """A check of the form of a rewritten headline: length, loaded words, owners, and who must appear."""
    slips = (
        Slip(
            holds(*loaded),
            "label-is-proof",
            f"A loaded word of the headline still stands as the paper's own, such as {example}. Strike it, "
            "or put it in "
            "quotation marks and name who said it.",
        ),
        Slip(
            lambda answer: says("so-called")(answer) or (quotes(answer) and not has_owner(answer)),
            "attributing-is-style",
            'Something stands in quotation marks, or behind "so-called", and nobody is said to say it. '
            "Name the owner: "
            "Open Doors says, the court says, she says.",
        ),
        *more,
        Slip(
            lacks(*people),
            "attributing-is-style",
            f'Somebody who speaks in "Known" is missing: {", ".join(people)}. To leave a voice out is not '
            "to be "
            "neutral; say what each says.",
        ),
        Slip(
            none_of(words(15, 45)),
            "words-do-not-count",
            "The text has fewer than 15 or more than 45 words. A headline and one or two sentences will do.",
        ),
    )
    return Check(
        id=check_id,
        outcome=2,
        allowed=TEXT_FORM,
        reads=text,
        form=Text(15, 45),
        right=every(has_owner, none_of(*(slip.when for slip in slips))),
        reason="The form is right: the names are there, and no loaded word stands as the paper's own. Whether a "
        "quotation is what somebody said, only you can see. Grade it with the rubric, then read the model answer.",
        slips=slips,
        otherwise="No word has an owner yet. Say who says what: the campaign says, the union says, the court "
        "found.",
        hints=(
            "List what is known in short sentences first, and forget the headline.",
            'Keep a loaded word only if somebody in "Known" said it. Then quotation marks and the name go '
            "together.",
            hint,
        ),
    )


CHECKS = (
    Check(
        id="01-open-words",
        outcome=1,
        allowed=LIST_FORM,
        reads=names("term", TABLE),
        form=Pick({term: term for term in TABLE}, many=True),
        right=lambda answer: len(answer) == 2 and answer <= OPEN,
        reason="Both say that somebody takes part and leave open how. They are still disputed: one for the "
        "word trade, the "
        "other for hiding a pimp.",
        slips=(
            Slip(
                lambda answer: bool(answer & {"sex work", "client", "survival sex"}),
                "one-word-is-neutral",
                "This term sounds calm and still claims something: that it is labour, a service bought, or "
                "need that drives "
                "it. Read the column of claims again.",
            ),
            Slip(
                lambda answer: bool(answer & JUDGING),
                "words-do-not-count",
                "This term settles what is asked: it says that a wrong was done, or by whom. Look for lines "
                "whose claim "
                "ends in something left open.",
            ),
            Slip(
                lambda answer: bool(answer & {"prostitution", "sex trafficking"}),
                "law-word-fits-person",
                "This is a word of law. Whether it fits is settled by the elements of a text, so it does not "
                "leave the "
                "question open.",
            ),
            Slip(
                lambda answer: answer < OPEN,
                "all-words-loaded",
                "Right so far, and there is another: one term names a person, one names somebody else.",
            ),
        ),
        otherwise="At least one of these terms settles whether it was free or forced. Read what each claims.",
        hints=(
            'Read the column "What it claims" of the table, and no other.',
            "Two lines say in so many words that something is left open.",
            "Choose: " + ", ".join(sorted(OPEN)) + ".",
        ),
    ),
    Check(
        id="01-one-critic",
        outcome=1,
        allowed=LIST_FORM,
        reads=names("term", TABLE),
        form=Pick({term: term for term in TABLE}, many=True),
        right=lambda answer: answer == BINDEL,
        reason="Both are soft words to her, for somebody who profits and for somebody who pays. Others find "
        "the hard words "
        "loaded; both objections have a source.",
        slips=(
            Slip(
                lambda answer: "pimp" in answer,
                "holders-do-not-matter",
                "This is a word that she uses herself. The objection to it comes from a sex worker and "
                "writer; read who "
                "stands in the column of objections.",
            ),
            Slip(
                lambda answer: "sex buyer" in answer,
                "one-group-one-word",
                "The objection to this term comes from a campaign that shares much with her. People of like "
                "views need not "
                "reject the same words.",
            ),
            Slip(
                lambda answer: answer < BINDEL,
                "all-words-loaded",
                "Right, and one more line of the table names her. She objects to a word for somebody who "
                "arranges and to a "
                "word for somebody who pays.",
            ),
        ),
        otherwise="At least one of these terms is objected to by somebody else. Compare the column of "
        "objections.",
        hints=(
            'Read the column "Who objects, and why" and look for the name.',
            "She finds both words too soft.",
            "Choose: " + ", ".join(sorted(BINDEL)) + ".",
        ),
    ),
    rewrite(
        "01-rewrite-hotel",
        ("pimps?", "paradise", "prostituted", "rescued?", "rescues", "hell", "slaves?", "victims?"),
        ("Open Doors", "Vida"),
        '"rescued" or "prostituted"',
        (
            Slip(
                holds("sex workers?", "prostitutes?"),
                "one-group-one-word",
                'Nobody in "Known" uses this noun of herself. Vida says that she works there; of the '
                "others no word is "
                "known. Say what they do, or quote her.",
            ),
        ),
        "Begin: Police search hotel in Ardle; no arrests. Then: Open Doors says that ...; Vida says: ...",
    ),
    rewrite(
        "01-rewrite-street",
        ("prudes?", "crush(?:es|ed)?", "steals?", "stole", "livelihoods?", "punters?", "johns?"),
        ("Union", "residents"),
        '"crush" or "steals"',
        (
            Slip(
                holds(r"vice", r"prostitut\w*", r"sleaz\w*"),
                "holders-do-not-matter",
                "This puts the other side's word in place of this one's. The union calls itself one of sex "
                "workers, and of "
                "everybody else you know only what they do.",
            ),
        ),
        "Begin: Ardle closes street to cars at night. Then: the Union says that ...; residents say that ...",
    ),
    rewrite(
        "01-rewrite-court",
        ("madams?", "caged", "sex slaves?", "slaves?", "slavery", "vice", "brothel", "pimps?"),
        ("Voss", "prosecutor", "women"),
        '"madam", or the offence without its quotation marks',
        (
            Slip(
                lacks("keeping a brothel"),
                "attributing-is-style",
                "The offence is missing. Its name is the statute's word and a fact: the sentence was for "
                '"keeping a '
                'brothel".',
            ),
            Slip(
                says(r"\b(of|for) (sex )?trafficking"),
                "unlawful-is-trafficked",
                "She was not charged with trafficking. Keeping a brothel is another offence, and the "
                "prosecutor's phrase is "
                "no verdict.",
            ),
        ),
        'Begin: Edda Voss, 58, gets a year for "keeping a brothel". Then the prosecutor\'s phrase, and what '
        "the women said.",
    ),
)
