"""Checks of exercise 03. What is right is counted from the facts and the synthetic cases, never typed in."""

from collections.abc import Mapping
from typing import Any

from notthesame import evidence
from notthesame.exercise_forms import Fields, Number, Table, Text
from notthesame.exercise_readers import mapping, number, pair, text, whole_number
from notthesame.exercise_tests import (
    every,
    fewer_words,
    lacks,
    more_words,
    near,
    none_of,
    one_of,
    says,
    share_in_place,
    words,
)
from notthesame.exercises import Check, Slip
from notthesame.subject.counting import GROUPS, IN, OUT, SIZE, Total, count_cases, population

CHARGED = evidence.fact("prevalence-bjs-definition")
BROAD, SEVERE, NARROW, PALERMO = "us_sex_trafficking", "us_severe_sex", "us_1591_a1", "un_palermo"
WANTED = ("minor", "adult_means")  # whom the purpose of task 3 wants to reach
CELLS = tuple(f"{name}, false {kind}" for name in ("broad", "narrow") for kind in ("positives", "negatives"))
OPEN = 40  # per cent of the files in task 4
ENOUGH, CLOSE, APART = 10, 0.1, 0.4  # cases counted, and how near the ratios and how far the shares must be
FEWEST, MOST = 120, 200  # words in task 5
HOLDERS = (
    "Chapman-Schmidt",
    "MacKinnon",
    "Watson",
    "Hartley",
    "Dempsey",
    "Butler",
    "Alsalem",
    "Rapporteur",
    "CATW",
    "National Survivor Network",
    "Freedom Network",
    "COYOTE-RI",
    "Justice Department",
    "blog post",
    "survivors",
)


def total(key: str, numbers: Mapping[str, int] | None = None, unknown: int = 0) -> Total:
    return next(found for found in count_cases(numbers, unknown) if found.instrument == key)


def percent(name: str) -> float:
    """A part of the people charged, in per cent of all."""
    return 100 * number(CHARGED[name]) / number(CHARGED["charged"])


CHAPTER = percent("trafficking_chapter")


# --- task 2


GROUP_NUMBERS = mapping("group", GROUPS, whole_number, missing=SIZE)


def people(value: Any) -> dict[str, int]:
    """One population; raises ValueError naming the group or the number that is not allowed."""
    return population(GROUP_NUMBERS(value))


def ratio(numbers: Mapping[str, int]) -> float:
    """How many times the severe form's total the broad label counts; 0 where the severe form counts too few."""
    severe = sum(total(SEVERE, numbers).met.values())
    return sum(total(BROAD, numbers).met.values()) / severe if severe >= ENOUGH else 0.0


def alone(numbers: Mapping[str, int]) -> float:
    """The share of adults by themselves."""
    return numbers["self_directed"] / max(1, sum(numbers.values()))


def ratios_agree(found: tuple[dict[str, int], dict[str, int]]) -> bool:
    one, other = map(ratio, found)
    return abs(one - other) <= CLOSE * max(one, other)


def shares_differ(found: tuple[dict[str, int], dict[str, int]]) -> bool:
    one, other = map(alone, found)
    return abs(one - other) >= APART


# --- task 3


FOUR_NUMBERS = mapping("cell", CELLS, whole_number)


def cells(value: Any) -> tuple[int, ...]:
    """The answer as four whole numbers in the order of CELLS; raises ValueError for another form."""
    return tuple(FOUR_NUMBERS(value).values())


def right_cells() -> tuple[int, ...]:
    found = []
    for key in (BROAD, NARROW):
        met = total(key).met
        found += [sum(n for group, n in met.items() if group not in WANTED)]
        found += [100 * len(WANTED) - sum(met[group] for group in WANTED)]
    return tuple(found)


RIGHT_CELLS = right_cells()
COUNTED = [sum(total(key).met.values()) for key in (BROAD, NARROW)]
NOT_COUNTED = [100 * len(GROUPS) - n for n in COUNTED]


# --- task 4


OPENED = total(SEVERE, unknown=OPEN)
LOW, HIGH = OPENED.bounds(OUT)[0], OPENED.bounds(IN)[1]


# --- task 5


DEFINITIONS, MISTAKES = ("broad", "narrow"), ("false positive", "false negative")


def names_two_holders(answer: str) -> bool:
    return sum(says(name)(answer) for name in HOLDERS) >= 2


CHECKS = (
    Check(
        id="03-share",
        outcome=1,
        allowed="The answer is a number, such as 50.",
        reads=number,
        form=Number("per cent"),
        right=near(CHAPTER, within=0.5),
        reason="About one in five of those whom the total calls charged with human trafficking. The name of the total is wider than "
        "the name of the chapter, and both are correct for what they count.",
        slips=(
            Slip(
                near(100 - CHAPTER, within=0.5),
                "gap-shows-who",
                "That is the share of everyone else in the total: people charged under other statutes. The question asks for those "
                "under the chapter.",
            ),
            Slip(
                near(percent("exploitation_of_children"), within=0.5),
                "number-nearby",
                "That is the share charged with sexual exploitation or abuse of children, another bar in the figure. Take the bar of "
                "the chapter.",
            ),
            Slip(
                near(CHAPTER / 100, within=0.005),
                "number-nearby",
                "That is the share as a part of one. In per cent it is a hundred times as much.",
            ),
            Slip(
                near(100 / CHAPTER, within=0.1),
                "one-count-for-all",
                "You divided the total by the part, which gives how many times as large the total is. Divide the part by the total.",
            ),
        ),
        otherwise="Divide the part by the total and multiply by a hundred. Both numbers stand in the text of the task.",
        hints=(
            "Which of the two numbers is the part, and which is the whole?",
            "The part goes above the line: 100 * part / total.",
            f"Work out 100 * {CHARGED['trafficking_chapter'].value} / {CHARGED['charged'].value}, to half a per cent.",
        ),
    ),
    Check(
        id="03-same-ratio-mixes",
        outcome=1,
        allowed="The answer is two populations, each with a number from 0 to 100 for minor, adult_means, third_party and self_directed.",
        reads=pair(people, "two populations"),
        form=Table(
            "Cases in each group, from 0 to 100",
            "Population",
            {"one": "First population", "other": "Second population"},
            dict(GROUPS),
            Number(),
            listed=True,
        ),
        right=lambda found: min(map(ratio, found)) > 0 and ratios_agree(found) and shares_differ(found),
        reason="The ratio of the totals is about the same, and the people are not. Whoever knows only the two totals cannot tell your "
        "populations apart.",
        slips=(
            Slip(
                lambda found: min(map(ratio, found)) == 0,
                "exact-is-better",
                f"In one of them the severe form counts fewer than {ENOUGH} cases, and a ratio to almost nothing says little. Put in more "
                "minors, or adults with whom a means was used.",
            ),
            Slip(
                lambda found: found[0] == found[1],
                "gap-shows-who",
                "These are one population twice. The point is that different people can stand behind one ratio: change who is in the "
                "second.",
            ),
            Slip(
                lambda found: ratios_agree(found) and not shares_differ(found),
                "gap-shows-who",
                "The ratios agree, and so do the people, nearly. Move at least 40 in a hundred of one population from adults by "
                "themselves to another group.",
            ),
            Slip(
                lambda found: shares_differ(found) and not ratios_agree(found),
                "gap-shows-who",
                "The people differ, but so do the ratios, by more than a tenth. Adults with a third party fill up the broad label as well "
                "as adults by themselves do: exchange the one for the other.",
            ),
        ),
        otherwise="Neither the ratios agree nor the people differ enough yet. Keep minors and adults with a means as they are, and exchange "
        "the last two groups.",
        hints=(
            "Leave the first two groups alike in both populations; then the severe form counts the same.",
            "The broad label counts adults by themselves, and most of those with a third party. Fill one population with the one, the other "
            "with the other.",
            "Try 20, 20, 0, 80 for one and 20, 20, 100, 0 for the other.",
        ),
    ),
    Check(
        id="03-four-cells",
        outcome=3,
        allowed="The answer is a table in braces with a whole number for each of the four cells.",
        reads=cells,
        form=Fields({cell: cell.capitalize() for cell in CELLS}, Number()),
        right=one_of(RIGHT_CELLS),
        credit=share_in_place(RIGHT_CELLS),
        reason="The broad definition pays with false positives, the narrow one with false negatives, and the broad one misses some as "
        "well. With another purpose every cell would change.",
        slips=(
            Slip(
                one_of((RIGHT_CELLS[1], RIGHT_CELLS[0], RIGHT_CELLS[3], RIGHT_CELLS[2])),
                "costs-on-one-side",
                "You have exchanged the kinds. A false positive is counted and not wanted; a false negative is wanted and not counted.",
            ),
            Slip(
                one_of((*RIGHT_CELLS[2:], *RIGHT_CELLS[:2])),
                "broad-label-decides",
                "You have exchanged the definitions. The broad one is 7102(12), without a means; the narrow one is the crime.",
            ),
            Slip(
                lambda found: (found[0], found[2]) == tuple(COUNTED),
                "number-nearby",
                "You gave everybody counted as a false positive. Take away those whom you wanted to reach: the first two columns.",
            ),
            Slip(
                lambda found: (found[1], found[3]) == tuple(NOT_COUNTED),
                "one-count-for-all",
                "You gave everybody not counted as a false negative. Most of them you did not want; look at the first two columns only.",
            ),
            Slip(
                lambda found: found[1] == 0 and RIGHT_CELLS[1] > 0,
                "costs-on-one-side",
                "The broad definition misses some as well: an advert alone, or keeping somebody in it, is no act on its list. Compare its "
                "first two columns with a hundred each.",
            ),
        ),
        otherwise="Take the definitions one after the other: which of the wanted are missing in the first two columns, and how many stand in "
        "the last two?",
        hints=(
            "Read the row of the broad label by columns. The first two hold whom you want, the last two whom you do not.",
            "False positives: add the last two columns. False negatives: a hundred less the first column, plus a hundred less the second.",
            "In the order of the cells: " + ", ".join(map(str, RIGHT_CELLS)) + ".",
        ),
    ),
    Check(
        id="03-range",
        outcome=1,
        allowed="The answer is two whole numbers in brackets, such as [10, 20].",
        reads=pair(whole_number, "two whole numbers"),
        form=Fields({"low": "Lowest", "high": "Highest"}, Number(), listed=True),
        right=one_of((LOW, HIGH)),
        reason="The lower end counts what is shown, the upper end adds what is open. The range says what the files can bear; it is no "
        "statistical interval.",
        slips=(
            Slip(
                one_of((HIGH, LOW)),
                "number-nearby",
                "Those are the ends in the wrong order. First the lowest, then the highest.",
            ),
            Slip(
                one_of((LOW, LOW)),
                "silence-decides",
                "You counted the open files out at both ends. At the upper end each of them might meet the form.",
            ),
            Slip(
                one_of((HIGH, HIGH)),
                "costs-on-one-side",
                "You counted the open files in at both ends. At the lower end none of them has been shown to meet the form.",
            ),
            Slip(
                one_of(total(SEVERE).bounds()),
                "exact-is-better",
                "That is the total with every file closed. Set the open files to the percentage of the task.",
            ),
            Slip(
                one_of(total(PALERMO, unknown=OPEN).bounds()),
                "same-answer-everywhere",
                "That is the range of the Palermo Protocol. Read the row of the severe form.",
            ),
        ),
        otherwise="Set all groups to 100, the open files as the task says and \u201cdepends\u201d to a range, and read the row of the severe form.",
        hints=(
            "In the lab: all groups as they are at the start, then the control for open files.",
            "Read the column Total in the row \u201cUS severe form (sex)\u201d.",
            f"The ends are {LOW} and {HIGH}.",
        ),
    ),
    Check(
        id="03-costs",
        outcome=3,
        allowed=f"The answer is a text of {FEWEST} to {MOST} words in quotation marks. Only its form is checked here.",
        reads=text,
        form=Text(FEWEST, MOST),
        right=every(words(FEWEST, MOST), none_of(lacks(*DEFINITIONS), lacks(*MISTAKES)), names_two_holders),
        reason="The form is right. Now grade the content with the rubric, then read the model answer. Whether a cost is worth paying is "
        "yours to judge.",
        slips=(
            Slip(
                fewer_words(FEWEST),
                "same-answer-everywhere",
                f"There are fewer than {FEWEST} words. Four cells want a sentence or two each.",
            ),
            Slip(
                more_words(MOST),
                "exact-is-better",
                f"There are more than {MOST} words. Keep who pays, and leave out what everybody knows.",
            ),
            Slip(
                lacks(*DEFINITIONS),
                "costs-on-one-side",
                "The text speaks of one definition only. Name the broad one and the narrow one, and say what each costs.",
            ),
            Slip(
                lacks(*MISTAKES),
                "costs-on-one-side",
                "One kind of mistake is missing by name. Say false positive and false negative, and who bears each.",
            ),
            Slip(
                none_of(names_two_holders),
                "label-is-proof",
                "Fewer than two holders of a view are named. Costs that are only asserted need somebody who asserts them: name a person or "
                "body of lesson 03 for each side.",
            ),
        ),
        otherwise="The form is not right yet.",
        hints=(
            "Begin with your purpose in one sentence. Then go through the four cells.",
            "For each cell: who is it, what happens to them, and who in lesson 03 says so?",
            "Take the table in \u201cWho pays, who gains\u201d and choose two rows whose holders disagree.",
        ),
    ),
)
