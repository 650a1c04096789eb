"""Checks of exercise 05. Grades come from the rubric's table, limits from the statistics; neither is typed in."""

from collections.abc import Callable

from notthesame import evidence
from notthesame.exercise_forms import Fields, Number, Pick, Text
from notthesame.exercise_readers import letters, number, text
from notthesame.exercise_tests import at, every, fewer_words, more_words, none_of, one_of, says, words
from notthesame.exercises import Check, Slip, where_it_runs

ROWS = evidence.rows("rubric_fosta_sources")
QUESTIONS = list(dict.fromkeys(row["dimension"] for row in ROWS))
NAMES = list(dict.fromkeys(row["question"] for row in ROWS))
MARKS = {"2": "2, fully", "1": "1, in part", "0": "0, not", "?": "?, not seen"}
EVENT = QUESTIONS.index("event") + 1  # which mark is about it
STUDIES = ("gao", "zeng", "coyote", "thorn", "sponsor", "eichert")  # the last are optional
MANY = 2  # marks "?" that a graded source may have


# --- task 1 and what is optional beside it: one rubric


def ours(study: str) -> str:
    """Our marks for a source, as one text."""
    return "".join(row["grade"] or "?" for row in ROWS if row["study"] == study)


def far(study: str) -> Callable[[str], bool]:
    """Whether a mark lies two away from ours."""
    return lambda given: any(
        {one, other} == {"0", "2"} for one, other in zip(given, ours(study), strict=True)
    )


def firm(study: str) -> str:
    """The grades of ours that a reader can hardly put two away, with their reasons."""
    said = [
        f"{row['question'].lower()} {row['grade']}, {row['reason'][0].lower()}{row['reason'][1:]}"
        for row in ROWS
        if row["study"] == study and row["grade"] in ("0", "2")
    ]
    return "; ".join(said)


def grade_check(study: str) -> Check:
    """The checker for the marks of one source."""
    name = next(row["name"] for row in ROWS if row["study"] == study)
    return Check(
        id=f"05-grade-{study}",
        outcome=3,
        allowed='The answer is six marks in the order of the rubric, each 0, 1, 2 or ?, such as "2101?1".',
        reads=letters("012?", len(QUESTIONS), each_once=False, what="mark"),
        form=Fields(
            {name: f"{place}. {name}" for place, name in enumerate(NAMES, 1)}, Pick(MARKS), listed=True
        ),
        right=lambda given: (
            len(set(given)) > 1
            and not at(EVENT, "2")(given)
            and given.count("?") <= MANY
            and not far(study)(given)
        ),
        reason=f"No mark for {name} lies two away from ours. Where you differ by one, compare the reasons at the end.",
        slips=(
            Slip(
                lambda given: len(set(given)) == 1,
                "own-side-lighter",
                f"{name} has the same mark six times, which grades a name or a message. Take one question at a time "
                "and look for the line of the label that answers it.",
            ),
            Slip(
                at(EVENT, "2"),
                "two-causes-as-one",
                f"The fifth mark says that {name} can tell the seizure from the law. Nothing in its label parts the "
                'two; see "Which event did it?" in the lesson.',
            ),
            Slip(
                lambda given: given.count("?") > MANY,
                "silence-decides",
                f"There are many question marks for {name}. A question mark is for what you have not seen; where the "
                "label says that something is missing, that is an answer and earns a mark.",
            ),
            Slip(
                far(study),
                "label-is-proof",
                f"One mark for {name} lies two away from ours, which are firm here: {firm(study)}. Who published a "
                "thing does not set the other marks.",
            ),
        ),
        otherwise=f"These marks for {name} cannot be compared with ours.",
        hints=(
            "Go through the label from the top: who, whom and how answer the first three questions.",
            "When and missing answer the fourth and the fifth. Was anything measured before 6 April 2018?",
            f"Ours are {ours(study)}. A mark beside ours is as good if you can name the line it rests on.",
        ),
    )


# --- task 2: the lab


def of_lab() -> tuple[Check, ...]:
    """The tasks whose expected values are the lab's own."""
    from notthesame.statistics.interrupted_series import FIRST, SECOND, Setting, breaks, noiseless

    def credits_second(lag: int) -> bool:
        """Whether the sharp-step fit gives the second event the larger change."""
        said = noiseless(Setting(lag=lag))
        return abs(said[SECOND]) > abs(said[FIRST])

    start = Setting()
    noise_limit = next(noise for noise in range(1, 41) if breaks(Setting(noise=noise)))
    lag_limit = next(lag for lag in range(61) if credits_second(lag))
    return (
        Check(
            id="05-noise-limit",
            outcome=2,
            allowed="The answer is one whole number, such as 4.",
            reads=number,
            form=Number("counts a day"),
            right=one_of(noise_limit),
            reason="From here on a band around the truth reaches none or all of the change. The bands still keep their rate; "
            "they have only stopped answering the question.",
            slips=(
                Slip(
                    one_of(start.whole),
                    "number-nearby",
                    "This is the size of the whole change. The bands become too wide much earlier, since few days lie "
                    "between the events.",
                ),
                Slip(
                    one_of(start.gap),
                    "number-nearby",
                    "This is the gap in days. The noise is in counts per day, and with this much the lab still says that "
                    "the events can be told apart.",
                ),
                Slip(
                    lambda given: given > noise_limit,
                    "exact-is-better",
                    "With this much noise the events cannot be told apart, and with less they cannot either. Go down until "
                    "the verdict turns.",
                ),
                Slip(
                    lambda given: given < noise_limit,
                    "margin-covers-all",
                    "With this much noise each band still excludes both none and all of the change. Go up, one at a time, until "
                    "the verdict turns.",
                ),
            ),
            otherwise="Set only the noise, leave all else as it was at the start, and read the verdict.",
            hints=(
                'In the lab, press "Back to the start". Change nothing but the noise.',
                "The verdict under the picture turns from can to cannot. Halve the steps: 10, then 20, then between.",
                f"It lies between {noise_limit - 2} and {noise_limit + 2}.",
            ),
        ),
        Check(
            id="05-lag-credit",
            outcome=2,
            allowed="The answer is one whole number of days, such as 12.",
            reads=number,
            form=Number("days"),
            right=one_of(lag_limit),
            reason="With that lag the fit already gives the larger change to the second event, although the first is twice "
            "as large in truth. The lag need not be longer than the gap.",
            slips=(
                Slip(
                    one_of(0),
                    "margin-covers-all",
                    "Without a lag the fit gives each event its own change. The sharing goes wrong as soon as effects are "
                    "slow; go up a day at a time.",
                ),
                Slip(
                    one_of(start.gap),
                    "number-nearby",
                    "This is the gap. Try shorter lags as well, and read what the fit would say without noise.",
                ),
                Slip(
                    lambda given: given > lag_limit,
                    "exact-is-better",
                    "With this lag the second event has the larger share, and with a shorter one it has it too. Go down "
                    "until it does not.",
                ),
                Slip(
                    lambda given: 0 < given < lag_limit,
                    "after-means-because",
                    "With this lag the first event still has the larger share, though less than its own. Go up by a day "
                    "and read the text under the verdict.",
                ),
            ),
            otherwise="A lag is a whole number of days, zero or more.",
            hints=(
                'Go back to the start, set the lag, and read what the fit "would say" without noise.',
                "Compare the two numbers without their signs. At the start the first is larger.",
                f"It lies between {lag_limit - 1} and {lag_limit + 1}.",
            ),
        ),
    )


# --- writing


SEIZURE = says(r"\bseiz", r"backpage")
LAW = says(r"fosta", r"sesta", r"\blaws?\b", r"\bact\b")
OLDER = says(r"\bolder\b", r"\balready\b", r"existing", r"\bworse", r"heighten", r"\bearlier\b")
STRONG = says(r"\bonly\b", r"confirm", r"\bprove", r"\bshow(s|ed)? that")
CAUSE = says(r"\bprove", r"because of (fosta|the law)", r"\b(fosta|the law) caused", r"thanks to")
LIMIT = says(r"\bbefore\b", r"compar", r"cannot", r"not known", r"no one can", r"missing", r"\bapart\b")
KINDS = {
    "government": says(r"\bgao\b", r"sponsor", r"wagner"),
    "academic": says(r"\bzeng\b", r"eichert"),
    "community": says(r"coyote", r"\bthorn\b"),
}


both = every(SEIZURE, LAW)  # whether a text names both events
every_kind = every(*KINDS.values())  # and a source of each kind


CHECKS = (
    *map(grade_check, STUDIES),
    *where_it_runs(of_lab, "05-noise-limit", "05-lag-credit"),
    Check(
        id="05-mend-gao",
        outcome=1,
        allowed="The answer is a text of 20 to 60 words in quotation marks. Only its form is checked here.",
        reads=text,
        form=Text(20, 60),
        right=every(words(20, 60), both, OLDER, none_of(STRONG)),
        reason="The form is right: both events and older difficulties are named, without a word that is stronger than the "
        "page. Now use the rubric, then read the model.",
        slips=(
            Slip(
                none_of(both),
                "two-causes-as-one",
                "One of the two events is not named. GAO's page names the seizure and the law together, so the "
                "sentence needs both.",
            ),
            Slip(
                STRONG,
                "label-is-proof",
                "A word here is stronger than the page: only, confirm, prove or show. Say what GAO says or reports.",
            ),
            Slip(
                none_of(OLDER),
                "after-means-because",
                "It reads as if the difficulties began in 2018. GAO presents older difficulties that became worse; say "
                "so in a word or two.",
            ),
            Slip(
                fewer_words(20),
                "part-stands-for-whole",
                "In fewer than 20 words something is left out. Say who says it, which events, and what happened to "
                "what.",
            ),
            Slip(
                more_words(60),
                "exact-is-better",
                "More than 60 words is more than a sentence of a release. Keep the events and the older difficulties.",
            ),
        ),
        otherwise="The form is not right yet.",
        hints=(
            'Begin with "GAO reports that", and name the two events before anything else.',
            "The page ties one thing to Backpage alone: the break-up of the market. The rest goes to both.",
            "Model: GAO reports that two events, the seizure and the law, led operators abroad, which made ... harder "
            "than they already were.",
        ),
    ),
    Check(
        id="05-verdict",
        outcome=3,
        allowed="The answer is a text of 70 to 140 words in quotation marks. Only its form is checked here.",
        reads=text,
        form=Text(70, 140),
        right=every(words(70, 140), both, every_kind, LIMIT, none_of(CAUSE)),
        reason="The form is right: sources of all kinds, both events and a limit are named. Grade the rest with the "
        "rubric, then read the model and its critic.",
        slips=(
            Slip(
                none_of(every_kind),
                "own-side-lighter",
                "A kind of source is missing: name at least one from government, one from academics and one from an "
                "organisation, also where you trust it less.",
            ),
            Slip(
                none_of(both),
                "two-causes-as-one",
                "The paragraph names one event. Whatever you conclude, a reader must learn that there were two, five days "
                "apart.",
            ),
            Slip(
                CAUSE,
                "after-means-because",
                "A word claims a cause that none of the six designs can carry. Say what was found, by whom, and when.",
            ),
            Slip(
                none_of(LIMIT),
                "null-is-zero",
                "No limit is stated. Say what was not measured, or which comparison nobody made.",
            ),
            Slip(
                fewer_words(70),
                "part-stands-for-whole",
                "Fewer than 70 words cannot hold three kinds of source and a limit. Give each source half a sentence.",
            ),
            Slip(
                more_words(140),
                "exact-is-better",
                "More than 140 words. Leave out what no decision would turn on.",
            ),
        ),
        otherwise="The form is not right yet.",
        hints=(
            "One sentence each: what is on record, what is reported, what is missing.",
            "Put the null result beside the reports of harm, and say what each could see.",
            "Close with the comparison that would be needed: a before, and someone reached by one event alone.",
        ),
    ),
)
