"""Checks of exercise 02. What is right is computed with the definitions, never typed in."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from notthesame._reading import is_blank, members, unreadable
from notthesame.exercise_forms import Pick, Table, Text
from notthesame.exercise_readers import mapping, name, names, text
from notthesame.exercise_tests import every, fewer_words, more_words, none_of, one_of, says, words
from notthesame.exercises import Check, Slip
from notthesame.subject import own_instrument
from notthesame.subject.definitions import (
    DEPENDS,
    NOT_MET,
    ON_PAGE,
    VERDICT_OUTCOMES,
    features,
    instrument,
    smallest_changes,
    verdicts,
)
from notthesame.subject.vignettes import lesson_vignettes, vignette


def met(features: Collection[str]) -> set[str]:
    """The instruments of the page that these features meet."""
    return {v.instrument for v in verdicts(features) if v.instrument in ON_PAGE and v.outcome == "met"}


IN_WORDS = {found.key: found.short for found in features().values()}  # as the tables print them


def in_words(keys: Collection[str]) -> str:
    return "; ".join(sorted(IN_WORDS[key] for key in keys))


SPOKEN_OF = {element.feature for key in ON_PAGE for element in instrument(key).elements}  # as in the machine

one_feature = name("feature", IN_WORDS, also=IN_WORDS)
some_features = names("feature", IN_WORDS, also=IN_WORDS)


def feature_list(value: Any) -> frozenset[str]:
    """The answer as a set of features; raises ValueError for unknown or impossible ones."""
    found = some_features(value)
    met(found)
    return found


def without(case: str, removed: str) -> set[str]:
    """What the case still meets when one of its features is taken out."""
    return met(set(vignette(case).features) - {removed})


PALERMO_ACTS = {
    name
    for change in smallest_changes(vignette("w03-buyer").features, "un_palermo", "met")
    for name in change
}
US_MEANS = {
    name
    for change in smallest_changes(vignette("w02-bed").features, "us_severe_sex", "met")
    for name in change
}
FORM = 'The answer is the name of one feature in quotation marks, such as "act_advertise", or its words in the table.'
ONE_TO_DROP = {
    name for name in vignette("w05-line").features if without("w05-line", name) == {"us_sex_trafficking"}
}


# Words that give the verdict away instead of the facts.
GIVES_AWAY = says(r"\b(?:trafficking|trafficked|trafficker|victim|palermo|exploitation)\b")


# --- task 1: twelve cases, five texts

CASES = {case.id: case for case in lesson_vignettes()}
TITLES = {name: case.title for name, case in CASES.items()}
TEXTS = {key: instrument(key).short for key in ON_PAGE}
ENOUGH = 6  # cases to be right; whoever leaves out the three with minors has nine to choose from
one_case = name("case", TITLES, also=TITLES)
one_verdict = name("verdict", VERDICT_OUTCOMES)
one_row = mapping("instrument", TEXTS, one_verdict)

Rows = dict[str, tuple[str, ...]]


def outcomes(case: str) -> tuple[str, ...]:
    """What the five texts say of a case as coded."""
    found = {v.instrument: v.outcome for v in CASES[case].verdicts()}
    return tuple(found[key] for key in ON_PAGE)


def row_of(value: Any) -> tuple[str, ...]:
    """The five verdicts on one case, by instrument or in the order of the table."""
    found = value if isinstance(value, Mapping) else members(value)
    if found is None or len(found) != len(TEXTS):
        raise unreadable(value, f"{len(TEXTS)} verdicts on each case are wanted")
    return tuple(one_row(found).values()) if isinstance(found, Mapping) else tuple(map(one_verdict, found))


def case_rows(value: Any) -> Rows:
    """The verdicts by case, but for empty rows; raises ValueError for unknown cases, instruments or verdicts."""
    if not isinstance(value, Mapping):
        raise unreadable(value, "a row of verdicts for each case is wanted")
    return {one_case(case): row_of(row) for case, row in value.items() if not is_blank(row)}


def right_rows(rows: Rows) -> int:
    return sum(row == outcomes(case) for case, row in rows.items())


def row_score(rows: Rows) -> str:
    """How many rows are right, and which to look at again."""
    wrong = [TITLES[case] for case, row in rows.items() if row != outcomes(case)]
    return f"{right_rows(rows)} of {len(rows)} rows right" + (
        f"; not yet: {'; '.join(wrong)}." if wrong else "."
    )


def says_of(text: str, given: str, where: Callable[[str], bool]) -> Callable[[Rows], bool]:
    """Whether a text is given this verdict on one of these cases, against what is coded."""
    place = ON_PAGE.index(text)
    return lambda rows: any(
        row[place] == given != outcomes(case)[place] for case, row in rows.items() if where(case)
    )


def minor(case: str) -> bool:
    return "under_18" in CASES[case].features


def lacking(text: str, feature: str) -> Callable[[str], bool]:
    """Whether a text is not met by a case, and this feature would fill something that is missing."""
    place = {case: next(v for v in found.verdicts() if v.instrument == text) for case, found in CASES.items()}
    return lambda case: (
        place[case].outcome == NOT_MET and feature in {name for need in place[case].missing for name in need}
    )


def settles_what_is_open(rows: Rows) -> bool:
    return any(
        DEPENDS == coded != given
        for case, row in rows.items()
        for given, coded in zip(row, outcomes(case), strict=True)
    )


CHECKS = (
    Check(
        id="02-twelve",
        outcome=2,
        allowed='The answer has five verdicts, "met", "not met" or "depends", for each case.',
        reads=case_rows,
        form=Table(
            "Verdicts on the cases of the lesson",
            "Case",
            TITLES,
            TEXTS,
            Pick({outcome: outcome for outcome in VERDICT_OUTCOMES}),
            part=True,
            notes={case.id: f"{case.facts} Conduct judged: {case.features_of}." for case in CASES.values()},
        ),
        right=lambda rows: len(rows) == right_rows(rows) >= ENOUGH,
        credit=lambda rows: right_rows(rows) / max(ENOUGH, len(rows)),
        score=row_score,
        reason="Each row follows from its facts. The broad label is met most often, since it asks for an act and an exchange "
        "alone; what each other text adds is what keeps it out.",
        slips=(
            Slip(
                lambda rows: len(rows) >= 3 and all(len(set(row)) == 1 for row in rows.values()),
                "same-answer-everywhere",
                "Each row has one verdict five times. The five texts ask for different things: take a row and go through the "
                "act, the means or the age, and the purpose of each.",
            ),
            Slip(
                says_of("us_severe_sex", "not met", minor),
                "minors-need-means",
                "For a person under 18 the severe form asks for no force, fraud or coercion. An act and a commercial sex act "
                "are enough there.",
            ),
            Slip(
                says_of("us_severe_sex", "met", lacking("us_severe_sex", "force")),
                "need-is-coercion",
                "The severe form was given as met for an adult whose facts show no force, fraud or coercion. Need, rank or a "
                "journey are not on its list.",
            ),
            Slip(
                lambda rows: any(
                    says_of(key, "met", lacking(key, "commercial_sex_act"))(rows) for key in ON_PAGE
                ),
                "servitude-is-sex-limb",
                "A US text of sex trafficking was given as met for a case without a commercial sex act. Work alone, however "
                "forced, is no purpose of those texts.",
            ),
            Slip(
                settles_what_is_open,
                "silence-decides",
                "A verdict was settled where the facts leave it open. Where what is not told would decide, the verdict is "
                "depends.",
            ),
        ),
        otherwise=f"Go on until {ENOUGH} rows or more are filled in and right. A case that is named as not yet right has at least "
        "one verdict that its facts do not carry.",
        hints=(
            "Take one case and look for three things in its facts: an act, a means or an age, and a purpose.",
            "The broad label needs no means. The severe form and the crime need one from the US list, or an age; Palermo has a "
            "list of its own; the Mann Act needs a border and an intent.",
            "Cases with something open, and how many of their verdicts depend on it: "
            + "; ".join(f"{TITLES[case]} ({n})" for case in CASES if (n := outcomes(case).count(DEPENDS)))
            + ".",
        ),
    ),
    Check(
        id="02-bed-us",
        outcome=3,
        allowed=FORM,
        reads=one_feature,
        form=Pick(IN_WORDS),
        right=one_of(*US_MEANS),
        reason="With that means the sex limb has all it asks for: an act, a commercial sex act and force, fraud or "
        "coercion. Palermo was met before and still is.",
        slips=(
            Slip(
                one_of("abuse_of_vulnerability", "abuse_of_power", "payment_to_controller", "abduction"),
                "need-is-coercion",
                "This is a means in the Palermo Protocol. The US list has force, fraud and coercion only, so adding it "
                "changes nothing there. Look at 22 U.S.C. 7102(3) and (11)(A).",
            ),
            Slip(
                one_of("act_transport", "cross_border_or_interstate_movement", "act_transfer_receive"),
                "movement-is-needed",
                "He is already recruited and housed, so an act is there. Moving him adds a second act, not the means "
                "that the severe form still lacks.",
            ),
            Slip(
                one_of("under_18", "under_14"),
                "age-settles-all",
                "Age would replace the means, but the person in this case is an adult who agreed: two features would "
                "have to change, and the task asks for the smallest change.",
            ),
            Slip(
                one_of("knowledge_or_reckless_disregard"),
                "broad-label-decides",
                "Knowledge is an element of the crime in section 1591. The severe form does not ask for it; what it "
                "lacks here is a means.",
            ),
        ),
        otherwise="With that feature added the severe form is still not met. Ask which of act, means and purpose it lacks.",
        hints=(
            "Read the last column of the table above for the severe form.",
            "The act is there, and so is the commercial sex act. What is missing is a means from the US list.",
            f"Choose one of: {in_words(US_MEANS)}.",
        ),
    ),
    Check(
        id="02-palermo-act",
        outcome=1,
        allowed=FORM,
        reads=one_feature,
        form=Pick(IN_WORDS),
        right=one_of(*PALERMO_ACTS),
        reason="That is an act on the Protocol's list. Age replaces the means and the purpose was there, so the act was "
        "all that was missing.",
        slips=(
            Slip(
                one_of("act_advertise", "act_maintain", "act_provide_obtain", "act_benefit_from_venture"),
                "same-answer-everywhere",
                "This is an act in US texts, not in the Protocol: the lists of acts differ. Read Article 3(a) again.",
            ),
            Slip(
                one_of(
                    "force",
                    "fraud_deception",
                    "coercion_serious_harm",
                    "coercion_legal_process",
                    "abuse_of_power",
                    "abuse_of_vulnerability",
                    "abduction",
                    "payment_to_controller",
                ),
                "minors-need-means",
                "This is a means, and for a minor the Protocol needs none. What it lacks is an act of its own list.",
            ),
            Slip(
                one_of(
                    "exploitation_prostitution_of_others", "forced_labour_slavery_servitude", "organ_removal"
                ),
                "age-settles-all",
                "A purpose is already there. Age replaces the means, and the purpose is coded; the act is missing.",
            ),
            Slip(
                one_of("cross_border_or_interstate_movement", "organised_crime_group"),
                "movement-is-needed",
                "Article 3 asks neither for a border nor for an organised group. It asks for recruiting, moving, "
                "handing over, housing or receiving.",
            ),
        ),
        otherwise="With that feature added the Protocol is still not met. Which of act, means and purpose does it lack?",
        hints=(
            "Read the last column of the table above for the Protocol.",
            "Buying is no act in Article 3(a). Which acts are?",
            f"Choose one of: {in_words(PALERMO_ACTS)}.",
        ),
    ),
    Check(
        id="02-mann-off",
        outcome=1,
        allowed=FORM,
        reads=one_feature,
        form=Pick({key: IN_WORDS[key] for key in vignette("w05-line").features}),
        right=one_of(*ONE_TO_DROP),
        reason="Without it the Mann Act lacks an element, while the broad label keeps its act and its commercial sex act.",
        slips=(
            Slip(
                one_of("act_transport"),
                "broad-label-decides",
                "Without the drive the Mann Act falls, but so does the broad label: transport was its only act here. Find a "
                "feature that only the Mann Act needs.",
            ),
            Slip(
                one_of("adult_consents"),
                "agreed-means-free",
                "Her agreement is no element of either text, so taking it out changes no verdict on the page.",
            ),
            Slip(
                one_of("commercial_sex_act"),
                "same-answer-everywhere",
                "It is the other way round: the broad label falls and the Mann Act, which looks at intent and journey, stays.",
            ),
            Slip(
                one_of("money_or_goods_received"),
                "unlawful-is-trafficked",
                "Payment to her matters for definitions of sex work. None of the five instruments asks for it by that name.",
            ),
        ),
        otherwise="That feature is not one that only the Mann Act needs here. Compare the table of elements with the features of the case.",
        hints=(
            "Compare in the table above what the Mann Act and the broad label ask for.",
            "The Mann Act asks for a border and an intent. Does the broad label?",
            f"Choose one of: {in_words(ONE_TO_DROP)}.",
        ),
    ),
    Check(
        id="02-exactly-two",
        outcome=2,
        allowed='The answer is a list of features in brackets, such as ["act_harbour", "under_18"].',
        reads=feature_list,
        form=Pick({key: words for key, words in IN_WORDS.items() if key in SPOKEN_OF}, many=True),
        right=lambda answer: len(met(answer)) == 2,
        reason="Exactly two of the five instruments are met. Say in a sentence which element keeps each of the others out.",
        slips=(
            Slip(
                lambda answer: met(answer) == {"us_sex_trafficking"},
                "helper-is-trafficker",
                "Only the broad label is met. It asks for an act and a commercial sex act alone; a second instrument "
                "needs a border and an intent, or a means, or an age.",
            ),
            Slip(
                lambda answer: len(met(answer)) >= 3,
                "same-answer-everywhere",
                "Three or more are met. A US means, or an age under 18, would bring in the severe form and often the crime and "
                "Palermo with it; a border and an intent, the Mann Act. Take one element out.",
            ),
            Slip(
                lambda answer: (
                    not met(answer)
                    and bool({"force", "fraud_deception", "coercion_serious_harm"} & set(answer))
                ),
                "only-violence-coerces",
                "A means alone meets nothing. Each instrument also needs an act from its list and a purpose.",
            ),
            Slip(
                lambda answer: len(met(answer)) == 1,
                "broad-label-decides",
                "One instrument is met. Look in the machine at what the nearest other one lacks, and add that.",
            ),
        ),
        otherwise="None of the five is met yet. Start with an act and a commercial sex act, then look in the machine.",
        hints=(
            "Start with transporting and a commercial sex act, which meet the broad label, and see in the machine what the others lack.",
            "Which instrument needs a journey, and what else? Or: which means is on Palermo's list and not on the US list?",
            "Two ways: the broad label with the Mann Act, or the broad label with Palermo. The cases of Dale and of Tomasi are models.",
        ),
    ),
    Check(
        id="02-story",
        outcome=1,
        allowed="The answer is a text of 40 to 90 words in quotation marks. Only its form is checked here.",
        reads=text,
        form=Text(40, 90),
        right=every(words(40, 90), none_of(says("_"), GIVES_AWAY)),
        reason="The form is right. Now grade the content yourself with the rubric, then read the model answer.",
        slips=(
            Slip(
                says("_"),
                "same-answer-everywhere",
                "These are names of features. Write facts that a reader could see or hear, and let the features follow.",
            ),
            Slip(
                GIVES_AWAY,
                "unlawful-is-trafficked",
                "The text gives the verdict away. Write what happened, who did it and how; a reader must find the "
                "verdict alone.",
            ),
            Slip(
                fewer_words(40),
                "silence-decides",
                "There are fewer than 40 words, so a reader must guess an element. Say who acts, what they do, how, and "
                "what for.",
            ),
            Slip(
                more_words(90),
                "same-answer-everywhere",
                "There are more than 90 words. Leave out what no instrument asks for.",
            ),
        ),
        otherwise="The form is not right yet.",
        hints=(
            "One sentence for each: who acts, what they do, how they bring it about, what for, what is absent.",
            "Say plainly that nobody threatens or lies, if that is what keeps the severe form out.",
            "Take the facts of the case of Dale or of Tomasi as a pattern and change the person, the place and the trade.",
        ),
    ),
    Check(
        id="02-own-law",
        outcome=2,
        allowed="The answer is what nts.own_instrument takes, as a dict. Only its form is checked here.",
        reads=own_instrument.answered,
        form=own_instrument.form(),
        right=lambda law: not [*law.faults()] and law.asks() > 1 and not law.all_unsure(),
        reason='The form is right: acts, means and purposes each have an answer. What stands at "no", an age too, counts as '
        "no. Whether you read the text as its courts do is not checked here.",
        slips=(
            Slip(
                lambda law: law.none("means") and bool(law.named["age"]),
                "age-settles-all",
                "An age is named, and no means is asked for. An age takes the place of the means, so here it changes nothing: "
                "look again for a means, or take the age out.",
            ),
            Slip(
                lambda law: law.all_unsure(),
                "silence-decides",
                "Every part is unsure, so every verdict depends and no case can tell you anything. Find one part that the text "
                "does settle.",
            ),
            Slip(
                lambda law: law.asks() < 2,
                "helper-is-trafficker",
                "One thing alone is asked for, so that whoever gives a lift, or threatens somebody over rent, is inside. Look "
                "again for the other parts; the text may be of another offence.",
            ),
        ),
        otherwise="The description is not whole yet. The line under the lab says what is missing.",
        hints=(
            "Look for three lists in the text: what somebody does, how, and what for. Then for a sentence on children.",
            "Where a list says 'any means' or 'in particular', mark what it names and set the rest to unsure.",
            "To see a description that is whole, fill in the Palermo Protocol, then change one mark and read which case turns. "
            "The button Undo brings your own marks back.",
        ),
    ),
)
