"""The tasks that ask for an evidence brief: their forms, and the readers and tests of their checks.

How ``exercises/checks/13.py`` uses them, with hints and reasons of its own::

    from notthesame.subject import brief_tasks as parts

    Check(
        id="13-evidence",
        form=parts.FORMS["13-evidence"],
        reads=parts.read_evidence,
        right=parts.no_fault("13-evidence"),
        slips=(Slip(parts.cites_too_few, ...), Slip(fewer_words(120), ...), Slip(more_words(250), ...)),
        ...
    )

=============  ====================  ===============  ======================================================
task           reader                what it gives    tests for slips, each of what the reader gives
=============  ====================  ===============  ======================================================
13-question    ``read_question``     ``Asked``        ``no_question_mark``, ``question_too_long``,
                                                      ``question_too_short``, ``no_reader``
13-evidence    ``read_evidence``     a text           ``cites_nothing``, ``cites_too_few``; words of
                                                      ``exercise_tests``
13-range       ``read_range``        ``Range``        ``one_number``, ``ends_swapped``, ``range_uncited``,
                                                      ``no_finding``
13-limit       ``read_limit``        a text           ``no_change_named``; words of ``exercise_tests``
13-positions   ``read_positions``    ``Position``s    ``one_holder``, ``position_uncited``,
                                                      ``not_its_holders``, ``one_source``
=============  ====================  ===============  ======================================================

``id_faults`` is the ``objects`` of every check with ids: it names one that is not in the ledger with the
nearest, an entry that was written from memory, and an id of a text outside square brackets.
``no_fault(task)`` is the test of ``right``: nothing that ``briefs.form_faults`` would say of this part. The
chart is chosen in the chart lab, which keeps the choice as the answer of 13-chart; it needs no Check.

``nts.brief(answers={...})`` takes by these ids what the readers take: a dict for a question and for a range,
a text, a list of dicts for the positions, and of the chart a dict with series, draw, title and rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from .._reading import is_blank, number, shown
from ..exercise_forms import Fields, Form, Number, Table, Text
from ..exercise_readers import text
from . import briefs
from .brief_charts import read_chart
from .briefs import Brief, Position, Range

QUESTION, EVIDENCE, RANGE, LIMIT, POSITIONS, CHART = (
    "13-question",
    "13-evidence",
    "13-range",
    "13-limit",
    "13-positions",
    "13-chart",
)
TASKS = (QUESTION, EVIDENCE, RANGE, LIMIT, POSITIONS, CHART)
_OF_RANGE = ("low", "high", "of", "cites", "finding")
_PLACES = ("First", "Second", "Third", "Fourth")

FORMS: Mapping[str, Form] = MappingProxyType(
    {
        QUESTION: Fields(
            {"question": "The question, in one line", "reader": "Who the brief is for"},
            {"question": Text(1, briefs.ASKED[1]), "reader": Text(*briefs.FOR_WHOM)},
        ),
        EVIDENCE: Text(*briefs.EVIDENCE),
        RANGE: Fields(
            {
                "low": "Lowest",
                "high": "Highest",
                "of": "What these numbers count, with the unit",
                "cites": "Id of the ledger entry, or two",
                "finding": "The finding: what follows for your reader, in one sentence",
            },
            {
                "low": Number(),
                "high": Number(),
                "of": Text(*briefs.OF),
                "cites": Text(1, 3),
                "finding": Text(*briefs.FINDING),
            },
        ),
        LIMIT: Text(*briefs.LIMIT),
        POSITIONS: Table(
            "Positions, each from a source of its holder",
            "Position",
            {place.lower(): place for place in _PLACES},
            {"holder": "Who holds it", "holds": "What they hold", "cites": "Id of the ledger entry"},
            {"holder": Text(1, 3), "holds": Text(1, briefs.HOLDS[1]), "cites": Text(1, 3)},
            listed=True,
            part=True,
        ),
    }
)


@dataclass(frozen=True)
class Asked:
    """The question of a brief, and who it is for."""

    question: str
    reader: str


# --- readers: what a check reads an answer with -------------------------------------------------------------


def read_question(value: Any) -> Asked:
    """The question and its reader, from a dict or a list of the two.

    >>> read_question({"question": "Did calls rise?", "reader": "A council"}).reader
    'A council'
    """
    found = _named(value, "question", "reader")
    return Asked(text(found["question"]), text(found["reader"]))


def read_evidence(value: Any) -> str:
    """The evidence, or a limit: a text.

    >>> read_evidence("It  was signed [law-signing].")
    'It was signed [law-signing].'
    """
    return text(value)


def read_range(value: Any) -> Range:
    """The range, from a dict or a list of its five parts; ValueError for an end that is no number.

    >>> str(read_range({"low": "10 %", "high": "20", "of": "per cent", "cites": "law-signing"}))
    'From 10 to 20: per cent'
    """
    found = _range(value)
    for end in [*_named(value, *_OF_RANGE).values()][:2]:
        number(end)  # which says what is wanted where this is none
    return found


read_limit = read_evidence


def read_positions(value: Any) -> tuple[Position, ...]:
    """The positions, from a list or a dict of rows with holder, holds and cites.

    >>> read_positions([{"holder": "Moen", "holds": "It can be chosen.", "cites": "debate-moen"}])[0].cites
    ('debate-moen',)
    """
    return _positions(value)


def _named(value: Any, *names: str) -> dict[str, Any]:
    """The values by name, of a mapping or of a list in this order; a blank one is an empty text."""
    if not isinstance(value, Mapping):
        if not isinstance(value, list | tuple) or len(value) != len(names):
            raise ValueError(f"found {shown(value)}; wanted are {', '.join(names)}, by these names")
        value = dict(zip(names, value, strict=True))
    if unknown := set(value) - set(names):
        raise ValueError(f"found {shown(sorted(map(str, unknown))[0])}; the names are {', '.join(names)}")
    return {name: "" if is_blank(value.get(name)) else value[name] for name in names}


def _range(value: Any) -> Range:
    found = _named(value, *_OF_RANGE)
    low, high, cites = _end(found["low"]), _end(found["high"]), _ids(found["cites"])
    return Range(low, high, text(found["of"]), cites, text(found["finding"]))


def _end(typed: Any) -> float | None:
    try:
        return number(typed)
    except ValueError:
        return None


def _positions(value: Any) -> tuple[Position, ...]:
    lines = list(value.values()) if isinstance(value, Mapping) else value
    if not isinstance(lines, list | tuple) or len(lines) > briefs.MOST_POSITIONS:
        wanted = f"a list of at most {briefs.MOST_POSITIONS} positions is wanted"
        raise ValueError(f"found {shown(value)}; {wanted}, each with holder, holds and cites")
    rows = (_named(line, "holder", "holds", "cites") for line in lines)
    return tuple(Position(text(r["holder"]), text(r["holds"]), _ids(r["cites"])) for r in rows)


def _ids(typed: Any) -> tuple[str, ...]:
    return briefs.ids(" ".join(map(str, typed)) if isinstance(typed, list | tuple) else text(typed))


# --- tests: for `right`, and for the `when` of a Slip -------------------------------------------------------

_FAULTS: Mapping[str, Callable[[Any], Iterator[str]]] = {
    QUESTION: lambda asked: briefs.question_faults(asked.question, asked.reader),
    EVIDENCE: briefs.evidence_faults,
    RANGE: briefs.range_faults,
    LIMIT: briefs.limit_faults,
    POSITIONS: briefs.positions_faults,
}


def no_fault(task: str) -> Callable[[Any], bool]:
    """Whether the form of what a task's reader gives is right.

    >>> no_fault("13-limit")("A random sample would tell.")
    False
    """
    return lambda found: not any(_FAULTS[task](found))


def id_faults(found: str | Range | tuple[Position, ...]) -> str:
    """What is wrong with the ids of a part, in sentences; "" where each can be cited.

    >>> id_faults("It was signed [law-sining].")
    'One id is not in the ledger: law-sining. Nearest: law-signing.'
    """
    if isinstance(found, str):
        return " ".join(briefs.id_faults(found))
    parts = [found] if isinstance(found, Range) else found
    faults = briefs.unresolved(dict.fromkeys(name for part in parts for name in part.cites))
    said = found.finding if isinstance(found, Range) else ""
    return " ".join((*faults, *briefs.id_faults(said)))


def no_question_mark(asked: Asked) -> bool:
    """Whether the question ends in no question mark.

    >>> no_question_mark(Asked("Calls rose", "A council"))
    True
    """
    return not asked.question.endswith("?")


def question_too_long(asked: Asked) -> bool:
    """Whether the question has more words than fit on a line or two.

    >>> question_too_long(Asked("Why? " * 31, "A council"))
    True
    """
    return len(asked.question.split()) > briefs.ASKED[1]


def question_too_short(asked: Asked) -> bool:
    """Whether the question has too few words to say what is asked of whom.

    >>> question_too_short(Asked("Is it bad?", "A council"))
    True
    """
    return len(asked.question.split()) < briefs.ASKED[0]


def no_reader(asked: Asked) -> bool:
    """Whether nobody is named whom the brief is for.

    >>> no_reader(Asked("Did calls rise?", ""))
    True
    """
    return not asked.reader


def cites_nothing(found: str) -> bool:
    """Whether a text has no id in square brackets.

    >>> cites_nothing("Calls rose.")
    True
    """
    return not briefs.citations(found)


def cites_too_few(found: str) -> bool:
    """Whether a text rests on one entry of the ledger alone, or on none.

    >>> cites_too_few("Signed [law-signing].")
    True
    """
    return len(briefs.citations(found)) < briefs.LEAST_SOURCES


def one_number(found: Range) -> bool:
    """Whether both ends are the same.

    >>> one_number(Range(10, 10, "per cent"))
    True
    """
    return found.low == found.high


def ends_swapped(found: Range) -> bool:
    """Whether the lowest is above the highest.

    >>> ends_swapped(Range(20, 10, "per cent"))
    True
    """
    return found.low is not None and found.high is not None and found.low > found.high


def range_uncited(found: Range) -> bool:
    """Whether a range says not where it is from.

    >>> range_uncited(Range(10, 20, "per cent"))
    True
    """
    return not found.cites


def no_finding(found: Range) -> bool:
    """Whether no sentence of a fitting length says what follows from a range.

    >>> no_finding(Range(10, 20, "per cent", ("law-signing",), "It is so."))
    True
    """
    low, high = briefs.FINDING
    return not low <= len(found.finding.split()) <= high


def no_change_named(found: str) -> bool:
    """Whether a limit does not say what would change it.

    >>> no_change_named("The sample is small.")
    True
    """
    return not briefs.says_what_would_change(found)


def one_holder(found: tuple[Position, ...]) -> bool:
    """Whether there are not two different holders.

    >>> one_holder((Position("Moen", "This."), Position("moen", "That.")))
    True
    """
    return len({position.holder.casefold() for position in found}) < briefs.LEAST_POSITIONS


def position_uncited(found: tuple[Position, ...]) -> bool:
    """Whether a position has no entry of the ledger.

    >>> position_uncited((Position("Moen", "This."),))
    True
    """
    return not all(position.cites for position in found)


def not_its_holders(found: tuple[Position, ...]) -> bool:
    """Whether a position is cited from sources of others alone.

    >>> not_its_holders((Position("CATW", "It harms.", ("debate-moen",)),))
    True
    """
    return not all(map(briefs.is_its_holders, found))


def one_source(found: tuple[Position, ...]) -> bool:
    """Whether one entry is to speak for two holders.

    >>> one_source((Position("A", "This.", ("debate-moen",)), Position("B", "That.", ("debate-moen",))))
    True
    """
    cited = [name for position in found for name in position.cites]
    return len(set(cited)) < len(cited)


# --- a brief from answers -----------------------------------------------------------------------------------


def brief_of(answers: Mapping[str, Any]) -> tuple[Brief, tuple[str, ...]]:
    """The brief that answers by the ids of the tasks make, and a sentence for each that cannot be read.

    An id that does not resolve stays in it: ``form_faults`` tells of these.

    >>> brief_of({"13-limit": "It is small."})[0].limit
    'It is small.'
    """
    faults: list[str] = []

    def read(task: str, reader: Callable[[Any], Any], otherwise: Any) -> Any:
        value = answers.get(task)
        if is_blank(value):
            return otherwise
        try:
            return reader(value)
        except ValueError as error:
            faults.append(f"{task} cannot be read: {error}.")
            return otherwise

    asked = read(QUESTION, read_question, Asked("", ""))
    brief = Brief(
        asked.question,
        asked.reader,
        read(EVIDENCE, text, ""),
        read(RANGE, _range, None),
        read(LIMIT, text, ""),
        read(POSITIONS, _positions, ()),
        read(CHART, read_chart, None),
    )
    return brief, tuple(faults)
