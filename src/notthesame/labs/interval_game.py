"""The interval game: five figures to give an interval for, then the learner's own answers by confidence.

The questions are ``subject.quantities``, what is counted is ``statistics.calibration``. The script beside
this file draws the traits and writes the learner's choices into them. Nothing is kept on disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import traitlets
from markupsafe import Markup

from .. import _html, _reading, evidence
from .._loading import no_such
from .._plain import refusing_plainly
from .._reading import is_blank, shown
from .._words import capital, counted, plain_number
from ..evidence.facts import label_rows
from ..questions import answers
from ..questions.confidence import HEADS
from ..statistics import calibration
from ..statistics.calibration import Interval
from ..subject.quantities import Quantity, quantities
from . import BadValue, Lab, script, section, stylesheet
from .traits import Table

RATE = 0.9  # how sure a learner is asked to be of each interval
HALF = 0.5  # what it is compared with


def interval_game() -> IntervalGame:
    """The interval game on the course's quantities.

    As the last line of a cell it shows a static block, then the live game.

    >>> game = interval_game()
    >>> game.set(votes="50 to 150", poll=(20, 25))
    >>> game.rows["votes"]["figure"], game.message
    ('107 votes', '1 of your 2 intervals held the figure. 3 questions left.')
    """
    return IntervalGame()


class IntervalGame(Lab):
    """The game. Its state is its traits.

    intervals: the learner's interval by question, as (lower, upper), in any form that people write. opened:
    questions shown without one. A figure stands in ``rows`` once its question is in either, and its interval
    is settled then. typed: what stands in the boxes; raise ``asked`` by one to give what can be read, or
    ``skipped`` to have all other questions shown as well. said: what the count comes to; wrong: boxes that
    cannot be read. counts: raise it by one to count the learner's own answers by confidence, into levels,
    own, picture and alt. A bad value raises ValueError naming what is allowed, and changes nothing.
    """

    called = "interval game"
    script = script("interval_game.js")
    style = stylesheet("drawn.css", "interval_game.css")

    questions: traitlets.List[Any] = traitlets.List().tag(sync=True)
    typed = Table().tag(sync=True)
    intervals = Table().tag(sync=True)
    opened: traitlets.List[str] = traitlets.List().tag(sync=True)
    asked = traitlets.Int(0).tag(sync=True)
    skipped = traitlets.Int(0).tag(sync=True)

    wrong: traitlets.List[str] = traitlets.List().tag(sync=True)
    rows: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)
    said: traitlets.List[str] = traitlets.List().tag(sync=True)

    counts = traitlets.Int(0).tag(sync=True)
    heads: traitlets.List[str] = traitlets.List(list(HEADS)).tag(sync=True)
    levels: traitlets.List[Any] = traitlets.List().tag(sync=True)
    own: traitlets.List[str] = traitlets.List().tag(sync=True)
    picture = traitlets.Unicode().tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)

    def __init__(self) -> None:
        self._known = quantities()
        super().__init__(questions=[{"id": q.id, "ask": q.ask, "unit": q.unit} for q in self._known.values()])
        self._tell()
        self.observe(self._tell, ["typed", "intervals", "opened"])
        self.observe(self._give, ["asked", "skipped"])
        self.observe(self._count, "counts")

    @refusing_plainly
    def set(self, **given: Any) -> None:
        """Give intervals, as in ``game.set(votes="50 to 150", poll=(20, "30 %"))``; their figures are shown.

        Raises ValueError naming the question, the value found and what is allowed; then nothing is changed.
        """
        self.intervals = {**self.intervals, **given}

    def reset(self) -> None:
        """Begin the game again; what is counted of the learner's own answers stays."""
        with self.hold_sync():
            self.opened, self.intervals, self.typed = [], {}, {}

    def blank(self) -> dict[str, Any]:
        """The game as it was when it was shown, with nothing of the learner's own answers."""
        return {**super().blank(), "counts": 0, "levels": [], "own": [], "picture": "", "alt": ""}

    def _static(self) -> str:
        return static_block()

    # --- what may be set

    @traitlets.validate("intervals")
    def _sound_intervals(self, proposal: Any) -> dict[str, list[float]]:
        found = {}
        for name, given in proposal.value.items():
            self._check_name(name)
            found[name] = list(_interval(name, given))
            before = self.intervals.get(name)
            if name in self.opened or before not in (None, found[name]):
                raise BadValue(f"the figure of {name} is shown already; game.reset() begins again")
        return found

    @traitlets.validate("opened")
    def _known_names(self, proposal: Any) -> list[str]:
        for name in proposal.value:
            self._check_name(name)
        return [name for name in self._known if name in proposal.value and name not in self.intervals]

    @traitlets.validate("typed")
    def _two_texts(self, proposal: Any) -> dict[str, list[str]]:
        for name, ends in proposal.value.items():
            self._check_name(name)
            if not (isinstance(ends, list | tuple) and [type(end) for end in ends] == [str, str]):
                raise BadValue(f"typed: {name} is {shown(ends)}; what stands in its two boxes is wanted")
        return {name: list(ends) for name, ends in proposal.value.items()}

    def _check_name(self, name: str) -> None:
        if name not in self._known:
            raise BadValue(no_such("question", name, self._known))

    # --- what a change sets off

    def _give(self, change: Any) -> None:
        """Take every interval that can be read; what cannot stays as typed, unless all is to be shown."""
        read, amiss = self._read()
        with self.hold_sync():
            self.intervals = {**self.intervals, **read}
            if change.name == "skipped":
                self.opened = list(self._known)
            else:
                self._tell(amiss=[*amiss, *self._lacking()])

    def _read(self) -> tuple[dict[str, Interval], list[str]]:
        """Of the open questions: the intervals that can be read, and a line for each that cannot."""
        read: dict[str, Interval] = {}
        amiss, wrong = [], []
        for name, (low, high) in self.typed.items():
            if name in self.intervals or name in self.opened:
                continue
            try:
                found = _in_boxes(low, high)
            except ValueError as error:
                wrong.append(name)
                amiss.append(f"Question {self._number(name)}: {error}.")
            else:
                read |= {name: found} if found else {}
        self.wrong = wrong
        return read, amiss

    def _lacking(self) -> Iterator[str]:
        """Which open questions have one end only."""
        for name, (low, high) in self.typed.items():
            if name not in self.rows and name not in self.wrong and is_blank(low) != is_blank(high):
                end = "lower" if is_blank(low) else "upper"
                yield f"Question {self._number(name)}: the {end} end is missing."

    def _number(self, name: str) -> int:
        return list(self._known).index(name) + 1

    def _tell(self, change: Any = None, amiss: list[str] | None = None) -> None:
        """Bring the computed traits up to date."""
        names = [name for name in self._known if name in self.intervals or name in self.opened]
        with self.hold_sync():
            settled = {name: [*map(plain_number, ends)] for name, ends in self.intervals.items()}
            self.typed = {**self.typed, **settled}
            self.rows = {name: _row(self._known[name], self.intervals.get(name)) for name in names}
            figures = [self._known[name].figure for name in self.intervals]
            held, *self.said = verdict(list(self.intervals.values()), figures) if names else [self._begin()]
            left = len(self._known) - len(names)
            end = f"{counted(left, 'question')} left." if left else "All figures are shown."
            amiss = self._read()[1] if amiss is None else amiss
            self.message = " ".join([*amiss[:1], held, *([end] if names else [])])
            self.answered += 1

    def _begin(self) -> str:
        number = counted(len(self._known), "question")
        return (
            f"{number}. Give both ends of an interval that you are 90 per cent sure of, then show its figure."
        )

    def _count(self, change: Any) -> None:
        """Count the learner's own answers, on disk and in memory, by confidence."""
        from ..charts import own_answers

        found = own_answers.told(answers.load().records, recorded=not self.unrecorded)
        with self.hold_sync():
            self.own, self.levels = list(found.lines), [list(row) for row in found.rows]
            self.picture, self.alt = found.picture, found.alt
            self._tell()
            self.message += f" {counted(found.answered, 'answer')} of your own counted."


def _interval(name: str, given: Any) -> Interval:
    try:
        return _reading.interval(given)
    except ValueError as error:
        raise BadValue(f"{name}: {error}") from None


def _in_boxes(low: str, high: str) -> Interval | None:
    """What two boxes hold, or one of them alone; None while an end is missing. Raises ValueError."""
    ends = [text.strip() for text in (low, high) if not is_blank(text)]
    if len(ends) == 1:
        try:
            _reading.number(ends[0])
        except ValueError:
            return _reading.interval(ends[0])
    return _reading.interval(" to ".join(ends)) if len(ends) == 2 else None


# --- words -------------------------------------------------------------------------------------------------


def verdict(intervals: list[Interval], figures: list[float]) -> Iterator[str]:
    """How many intervals held, how likely that is at 90 per cent, and how little a few can tell.

    >>> next(verdict([(10, 50)], [20.0]))
    'Your one interval held the figure.'
    """
    n = len(intervals)
    if not n:
        yield "No interval was given, so there is nothing to count."
        return
    hits = sum(calibration.held(intervals, figures))
    yield _held_in_words(hits, n)
    exactly = _games(calibration.chance_exactly(hits, n, RATE))
    fewer = _games(calibration.chance_at_most(hits, n, RATE))
    below = f", and {hits} or fewer in {fewer}" if 0 < hits < n else ""
    yield (
        f"If each held with a chance of 90 per cent, whatever the others do, {hits} of {n} would hold in "
        f"{exactly} of 100 games{below}."
    )
    least = calibration.usual(n, RATE)
    if least:
        sure, even = (_games(_at_least(least, n, rate)) for rate in (RATE, HALF))
        span = f"{least} to {n}" if least < n else f"All {n}"
        yield (
            f"{span} of {n} hold in {sure} of 100 games at 90 per cent, and still in {even} of 100 if "
            "intervals hold only half of the time. So one game says little about anybody."
        )


def _held_in_words(hits: int, n: int) -> str:
    if n == 1:
        return f"Your one interval {'held' if hits else 'did not hold'} the figure."
    return f"{hits or 'None'} of your {n} intervals held the figure."


def _at_least(hits: int, n: int, rate: float) -> float:
    return 1 - calibration.chance_at_most(hits - 1, n, rate)


def _games(chance: float) -> str:
    """A chance as games of 100.

    >>> _games(0.59049), _games(0.00001), _games(0.99999)
    ('about 59', 'fewer than 1', 'more than 99')
    """
    if chance < 0.005:
        return "fewer than 1"
    return "more than 99" if chance > 0.995 else f"about {100 * chance:.0f}"


def _row(asked: Quantity, ends: Interval | None) -> dict[str, str]:
    """What is shown of one question: its figure, whether the interval held, and where the figure is from."""
    outcome = "no interval given"
    if ends:
        [hit] = calibration.held([tuple(ends)], [asked.figure])  # type: ignore[list-item]
        outcome = "inside your interval" if hit else "outside your interval"
    source = evidence.cite(asked.known.source).short
    return {"figure": asked.in_words, "outcome": outcome, "source": f"Source: {source}."}


# --- without a kernel --------------------------------------------------------------------------------------


def static_block() -> str:
    """The game without a kernel: the questions, and closed blocks with their figures and ledger entries.

    >>> static_block().count("<details>") == len(quantities()) + 1
    True
    """
    asked = list(quantities().values())
    what = (
        "Interval game. For each question give a lower and an upper end between which, you are 90 per cent "
        f"sure, the figure lies. Settle with it: of {len(asked)} intervals that you are each 90 per cent "
        "sure of, how many hold the figure? Run this cell to play, and to see how often your own recorded "
        "answers were right. Without a kernel, write your intervals down, then open each block."
    )
    blocks = (_closed(number, each) for number, each in enumerate(asked, 1))
    return section("nts-interval-game-static", [what], (*blocks, _chances(len(asked))))


def _closed(number: int, asked: Quantity) -> Markup:
    known = asked.known
    link = evidence.ledger_link(known.id)
    label = dict(label_rows(known))  # which has the names of sources where a fact has their keys
    caution = [f"Caution: {label['Caution']}"] if "Caution" in label else []
    told = _html.paragraphs((f"{capital(asked.in_words)}. {label['Claim']}", *caution))
    where = Markup("<p>Ledger: {}</p>").format(link)
    return _html.details(f"{number}. {asked.ask} (in {asked.unit})", _html.lines((told, where)))


def _chances(n: int) -> Markup:
    rows = (
        (f"{hits} of {n}", *(_games(calibration.chance_exactly(hits, n, rate)) for rate in (RATE, HALF)))
        for hits in range(n, -1, -1)
    )
    heads = ("Intervals that hold", "each at 90 per cent", "each at 50 per cent")
    table = _html.table(f"Of 100 games with {n} intervals (binomial)", heads, rows)
    return _html.details("Count yours, then open: how many hold by chance", table)
