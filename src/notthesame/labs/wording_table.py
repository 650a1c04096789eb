"""The wording table: real polls, with the words beside the answers, on either base, recoded or as printed.

Filters, bases and recoding are ``subject.polls``. The script beside this file draws the traits and writes the
learner's choices into them. Nothing is kept on disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import traitlets
from markupsafe import Markup

from .. import _html
from .._words import capital, counted
from ..subject import polls
from ..subject.polls import ALL, BASES, BUYERS, COUNTS, DECIDERS, MEANINGS, PRINTED, STANCES, WORDINGS, Poll
from . import InputLab, section
from .filtered import Choice, filtered_script, filtered_stylesheet, list_of

_FILTERS = ("place", "wording", "stance", "meaning", "survey")
_LABELS = {
    PRINTED: {"yes": "support", "no": "oppose", "unsure": "no side", "rest": "not reported"},
    BUYERS: {"yes": "legal", "no": "a crime", "unsure": "no side", "rest": "not reported"},
}
_RUNS = {PRINTED: "support", BUYERS: "legal to pay"}
SETTLES = (
    "Polls differ in many things at once: a gap between two of them cannot be put down to one thing alone."
)


def wording_table() -> WordingTable:
    """The wording table on every row of ``opinion_polls``.

    As the last line of a cell it shows a static block, then the live table.

    >>> table = wording_table()
    >>> table.set(place="UK (Scotland)", base="those who took a side")
    >>> [poll.sponsor for poll in table.polls]
    ['National Ugly Mugs', 'Ash Regan MSP', 'Ash Regan MSP']
    """
    return WordingTable()


class WordingTable(InputLab):
    """The table. Its state is its traits; set them from Python as the controls do.

    place, wording, stance, meaning, survey: keys of filters, "" for all. base: one of ``polls.BASES``.
    counts: one of ``polls.COUNTS``. ``rows`` and ``message`` are computed. A bad value raises ValueError
    naming what is allowed, and changes nothing.
    """

    called = "wording table"
    script = filtered_script("wording_table.js")
    style = filtered_stylesheet("wording_table.css")
    settable = (*_FILTERS, "base", "counts")

    filters: traitlets.List[Any] = traitlets.List().tag(sync=True)
    counting: traitlets.List[Any] = traitlets.List().tag(sync=True)

    place = Choice(polls.places).tag(sync=True)
    wording = Choice(lambda: WORDINGS).tag(sync=True)
    stance = Choice(lambda: STANCES).tag(sync=True)
    meaning = Choice(lambda: MEANINGS).tag(sync=True)
    survey = Choice(polls.surveys).tag(sync=True)
    base = Choice(lambda: BASES, ALL, all_too=False).tag(sync=True)
    counts = Choice(lambda: COUNTS, PRINTED, all_too=False).tag(sync=True)

    heads: traitlets.List[Any] = traitlets.List().tag(sync=True)
    rows: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(self) -> None:
        super().__init__(filters=list(_filters()), counting=list(_counting()))

    @property
    def polls(self) -> tuple[Poll, ...]:
        """The polls shown, in the order shown."""
        return polls.select(polls.polls(), **{name: getattr(self, name) for name in _FILTERS})

    def _static(self) -> str:
        return static_block()

    def _read(self, change: Any = None) -> None:
        """Bring the computed traits up to date."""
        found = self.polls
        with self.hold_sync():
            self.heads = list(heads(self.base))
            self.rows = [_row(poll, self.base, self.counts) for poll in found]
            self._tell(said_of(found, self.base, self.counts))


def _filters() -> Iterator[Mapping[str, Any]]:
    yield list_of("place", "Place", {place: place for place in polls.places()})
    yield list_of("wording", "The words name", {key: words for key, (words, _) in WORDINGS.items()})
    yield list_of("stance", "Sponsor", {key: words for key, (words, _) in STANCES.items()})
    yield list_of("meaning", "Support means", {key: words for key, (words, _) in MEANINGS.items()})
    yield list_of("survey", "Survey", {survey: survey for survey in polls.surveys()})


def _counting() -> Iterator[Mapping[str, Any]]:
    yield list_of("base", "Per cent of", {base: base for base in BASES}, every="")
    yield list_of("counts", "Answers as", {counts: counts for counts in COUNTS}, every="")


# --- words -------------------------------------------------------------------------------------------------


def heads(base: str) -> tuple[str, ...]:
    """The heads of the table.

    >>> heads(ALL)[2]
    'Answers, per cent of all answers'
    """
    return ("Poll, sponsor", "What was asked", f"Answers, per cent of {base}", "What that means")


def _row(poll: Poll, base: str, counts: str) -> dict[str, Any]:
    """One poll as the script takes it: texts, and the parts of its bar."""
    who, question, answers, support = cells(poll, base, counts)
    return {"texts": [who, question, support], "answers": answers, "parts": parts(poll, base, counts)}


def parts(poll: Poll, base: str, counts: str) -> list[list[Any]]:
    """The parts of a poll's bar: kind, label, per cent; none where they cannot be worked out.

    >>> parts(polls.polls()[0], ALL, PRINTED)
    [['yes', 'support', 56.0], ['no', 'oppose', 17.0], ['unsure', 'no side', 27.0]]
    """
    found = poll.answers(base, counts)
    if found is None:
        return []
    sizes = {"yes": found.yes, "no": found.no, "unsure": found.unsure, "rest": found.rest}
    return [[kind, _LABELS[counts][kind], size] for kind, size in sizes.items() if size and size >= 0.5]


def cells(poll: Poll, base: str = ALL, counts: str = PRINTED) -> tuple[str, str, str, str]:
    """One poll as the cells of a row.

    >>> cells(polls.select(polls.polls(), survey="ICM / BBC Politics Show")[0])[2]
    'oppose 52, not reported 48'
    """
    size = f", n {poll.n:,}" if poll.n else ""
    year = f" ({poll.year})" if poll.year and poll.year not in poll.survey else ""
    read = " As a secondary source reports." if poll.secondary else ""
    who = f"{poll.survey}{year}, {poll.population}{size}. For {poll.sponsor}: {poll.stance}.{read}"
    return who, capital(poll.asked), _answers(poll, base, counts), capital(poll.means)


def _answers(poll: Poll, base: str, counts: str) -> str:
    said = ", ".join(f"{label} {_whole(size)}" for _, label, size in parts(poll, base, counts))
    if not said:
        asks = counts == PRINTED or poll.asks_of_paying
        return "only one side is reported" if asks else "does not ask whether to pay is a crime"
    if poll.decided:
        said += "; neither was left out before"
    if counts == BUYERS and poll.meaning == "nordic":
        said += "; of the first, some may want both sides to be criminal"
    return said


def _whole(size: float) -> str:
    return f"{size:.0f}"


def said_of(found: Iterable[Poll], base: str, counts: str) -> str:
    """What the polls shown span, in what they differ, and what a base moves where it is not all answers.

    >>> said_of(polls.select(polls.polls(), survey="PPP 2021"), ALL, PRINTED)
    '2 rows of 1 survey; support runs from 7 to 42. The question differs, and nothing else listed here.'
    """
    found = tuple(found)
    if not found:
        return "No poll here. That the course has found none does not mean that nobody asked."
    sides = [answers.yes for poll in found if (answers := poll.answers(base, counts))]
    shares = [share for share in sides if share is not None]
    said = f"{counted(len(found), 'row')} of {counted(len({poll.survey for poll in found}), 'survey')}"
    if len(shares) > 1:
        said += f"; {_RUNS[counts]} runs from {min(shares):.0f} to {max(shares):.0f}"
    elif len(shares) < len(found):
        said += "; most of them cannot be counted so"
    return " ".join(filter(None, (f"{said}.", _of_difference(found), _of_base(found, base, counts))))


def _of_difference(found: tuple[Poll, ...]) -> str:
    names = polls.differ_in(found)
    if not names:
        return ""
    if len(names) == 1:
        return f"The {names[0]} differs, and nothing else listed here."
    listed = f"{', '.join(names[:-1])} and {names[-1]}"
    return (
        f"They differ in {listed} at once, so a gap between two of them cannot be put down to one of these."
    )


def _of_base(found: tuple[Poll, ...], base: str, counts: str) -> str:
    moves = [(polls.base_move(poll, counts), poll) for poll in found]
    move, poll = max(moves, key=lambda pair: pair[0])
    if base == ALL or not move:
        return ""
    return f"Leaving out who took no side moves a share by up to {move:.0f} points ({poll.survey})."


# --- without a kernel --------------------------------------------------------------------------------------


def static_block() -> str:
    """The table without a kernel: what to settle with it, three comparisons, and every row.

    >>> static_block().count("<details>")
    5
    """
    what = (
        "Wording table. It holds real polls from two countries with the words of their questions. Settle "
        "with it: which choice moves the number more, the words, the base or the sponsor? Run this cell to "
        "filter the polls, to leave out who took no side, and to recode. Without a kernel, predict and open."
    )
    found = polls.polls()
    one_survey = polls.select(found, survey="YouGov Britain 2024")
    scotland = polls.select(found, place="UK (Scotland)")
    blocks = [
        _block("Predict, then open: one survey, three questions", one_survey),
        _block("Predict, then open: two polls in Scotland, for two sponsors", scotland),
        _bases(found),
        *(_block(f"All polls from the {place}", polls.select(found, place=place)) for place in ("UK", "US")),
    ]
    return section("nts-wording-table", [what, SETTLES], blocks)


def _block(summary: str, found: tuple[Poll, ...]) -> Markup:
    table = _html.table(said_of(found, ALL, PRINTED), heads(ALL), map(cells, found))
    return _html.details(f"{summary} ({counted(len(found), 'row')})", table)


def _bases(found: Iterable[Poll]) -> Markup:
    """Every row whose share moves when who took no side leaves the base."""
    moved = [poll for poll in found if polls.base_move(poll)]
    rows = ((_short(poll), _answers(poll, ALL, PRINTED), _answers(poll, DECIDERS, PRINTED)) for poll in moved)
    table = _html.table("The same answers on two bases", ("Poll", *map(capital, BASES)), rows)
    return _html.details("Predict, then open: the same answers without those who took no side", table)


def _short(poll: Poll) -> str:
    read = "; secondary" if poll.secondary else ""
    return f"{poll.survey}, {poll.population}. {capital(poll.means)}{read}"
