"""What may be told of a class: from its counts to figures in which nobody's answer can be worked out.

Page, pictures, their alt texts and tables are made of these figures and of nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

from .. import lessons, questions
from ..charts.class_report import LOW
from ..course import course
from ..questions import Question
from ..questions.forms import pairs
from ..questions.replies import number_of
from ..statistics import items as statistics
from ..statistics.items import Estimate
from ..statistics.small_cells import LEAST, Cell, pair, row, total
from .choices import Choice, choices, right_of
from .items import title_of
from .plan import the_plan
from .tally import Belief, Counts, Reached, Tally

ENOUGH = 10  # learners, for an interval, a discrimination and a reliability
MOST, CLEAR = 5, 0.8  # outcomes to revisit, at most, and the share right from which on there is no need to
TENS = range(0, 101, 10)


@dataclass(frozen=True)
class Item:
    """One question: who answered, who of them was right at first and in the latest answer, and what was
    chosen. hard: its difficulty, the share right with Wilson's interval; telling: its discrimination."""

    question: Question
    answered: Cell
    right: Cell
    latest: Cell
    choices: tuple[Choice, ...] = ()
    hard: Estimate | None = None
    telling: Estimate | None = None

    @property
    def enough(self) -> bool:
        """Whether enough answered to tell anything but that few did."""
        return self.answered.exact and self.answered.low >= LEAST

    @property
    def lure(self) -> Choice | None:
        """The wrong answer that was chosen most, where its count is told."""
        wrong = [one for one in self.choices if not one.right and one.people.exact and one.people.low]
        return max(wrong, key=lambda one: one.people.low, default=None)


@dataclass(frozen=True)
class Outcome:
    """One outcome over its questions: of how many answers how many were right, and the interval of the share.

    right: of ``answers``. low, high: ends of the interval, 0 to 1, or None.
    """

    name: str
    text: str
    lesson: str
    learners: int
    answers: int
    right: Cell
    items: tuple[Item, ...]
    low: float | None = None
    high: float | None = None

    @property
    def share(self) -> float:
        """The share right, 0 to 1; the middle of what is told of it."""
        return (self.right.low + self.right.high) / 2 / self.answers


@dataclass(frozen=True)
class Held:
    """One misconception: of how many who could show it how many did; twice is None where it is not told."""

    slug: str
    belief: str
    instead: str
    met: int
    shown: Cell
    twice: int | None
    lessons: tuple[str, ...]


@dataclass(frozen=True)
class Lesson:
    """One lesson: who began it and who answered all it asks, its outcomes, reliability and questions."""

    number: str
    title: str
    begun: Cell
    finished: Cell
    outcomes: tuple[Outcome, ...]
    items: tuple[Item, ...]
    alpha: Estimate | None = None
    alpha_items: int = 0


@dataclass(frozen=True)
class Forms:
    """The two forms, for those who answered all of both: means of ``items`` in per cent, told to the nearest
    ``step``; the gain; and how many items more were right."""

    learners: int
    items: int
    before: int
    after: int
    step: int
    gain: Estimate | None
    more: Estimate
    pairs: tuple[tuple[Item, Item], ...]


@dataclass(frozen=True)
class Band:
    """Answers at a confidence of ``low`` to ``high`` per cent, and how many of them were right."""

    low: int
    high: int
    answers: int
    sure: float  # the mean confidence, in per cent
    right: Cell

    @property
    def share(self) -> float:
        """The share right, 0 to 1; the middle of what is told of it."""
        return (self.right.low + self.right.high) / 2 / self.answers


@dataclass(frozen=True)
class ClassReport:
    """All that is told of a class."""

    learners: Cell
    hand_ins: int
    lessons: tuple[Lesson, ...]
    beliefs: tuple[Held, ...]
    forms: Forms | None
    bands: tuple[Band, ...]
    with_texts: Cell

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Those of all lessons."""
        return tuple(outcome for lesson in self.lessons for outcome in lesson.outcomes)

    @property
    def items(self) -> tuple[Item, ...]:
        """Those of all lessons."""
        return tuple(item for lesson in self.lessons for item in lesson.items)

    def revisit(self) -> tuple[Outcome, ...]:
        """The outcomes with the lowest share right, the lowest first, without those that need no visit."""
        low = (outcome for outcome in self.outcomes if outcome.share < CLEAR)
        return tuple(sorted(low, key=lambda outcome: (outcome.share, outcome.name))[:MOST])

    def doubtful(self) -> tuple[Item, ...]:
        """Questions in which those who know more did hardly better: the question may be at fault."""
        found = (item for item in self.items if item.telling and item.telling.value < LOW)
        return tuple(sorted(found, key=lambda item: item.telling.value if item.telling else 0))


def class_report(tally: Tally) -> ClassReport:
    """The figures of a class of any size; of one under five learners only how many began what.

    >>> class_report(Tally(learners=3, hand_ins=3)).learners
    Cell(low=1, high=4, few=True)
    """
    everyone = total(tally.learners)
    if not everyone.exact or not tally.learners:
        return ClassReport(everyone, 0, (), (), None, (), total(0))
    known = questions.known_questions()
    items = {
        name: _item(known[name], counts, tally) for name, counts in tally.questions.items() if name in known
    }
    return ClassReport(
        everyone,
        tally.hand_ins,
        tuple(_lessons(tally, items)),
        tuple(_beliefs(tally, items)),
        _forms(tally, items),
        tuple(_bands([counts for name, counts in tally.questions.items() if name in known])),
        pair(tally.with_texts, tally.learners),
    )


# --- questions ---------------------------------------------------------------------------------------------


def _item(question: Question, counts: Counts, tally: Tally) -> Item:
    answered = total(counts.answered)
    if not answered.exact or not counts.answered:
        return Item(question, answered, Cell(0, answered.high), Cell(0, answered.high))
    found = choices(question, counts)
    item = Item(
        question,
        answered,
        right_of(question, counts, found),
        pair(counts.latest_right, counts.answered),
        found,
    )
    if not item.right.exact or counts.answered < ENOUGH:
        return item
    hard = statistics.share(counts.right, counts.answered)
    return replace(item, hard=hard, telling=_telling(question, tally))


def _telling(question: Question, tally: Tally) -> Estimate | None:
    test = f"{number_of(question)}-test"
    scale = tally.scales.get(test if question.mode == "test" else number_of(question))
    if not scale or question.id not in scale.items or scale.complete < ENOUGH:
        return None
    hits = scale.both[scale.items.index(question.id)][scale.items.index(question.id)]
    if min(hits, scale.complete - hits) < LEAST:
        return None
    return statistics.discrimination(scale, question.id)


# --- lessons and outcomes ----------------------------------------------------------------------------------


def _lessons(tally: Tally, items: Mapping[str, Item]) -> Iterator[Lesson]:
    for book in lessons.read_all(course().lessons):
        mine = [item for item in items.values() if number_of(item.question) == book.number]
        if not mine and book.number not in tally.lessons:
            continue
        begun, finished = _reached(tally.lessons.get(book.number, Reached()), tally.learners)
        scale = tally.scales.get(book.number)
        enough = scale is not None and scale.complete >= ENOUGH
        yield Lesson(
            book.number,
            title_of(book.title),
            begun,
            finished,
            tuple(_outcomes(book, tally, items)),
            tuple(sorted(mine, key=lambda item: item.question.id)),
            statistics.alpha(scale) if scale and enough else None,
            len(scale.items) if scale else 0,
        )


def _reached(reached: Reached, everyone: int) -> tuple[Cell, Cell]:
    """Who began and who finished, from a row into which the whole class is divided."""
    parts = (reached.finished, reached.begun - reached.finished, everyone - reached.begun)
    finished, _, none = row(parts)
    return Cell(everyone - none.high, everyone - none.low), finished


def _outcomes(book: lessons.Notebook, tally: Tally, items: Mapping[str, Item]) -> Iterator[Outcome]:
    plan = the_plan()
    for found in book.outcomes:
        name = f"{book.number}-{found.number}"
        ids = (plan.ids[place] for place in plan.outcomes.get(name, ()))
        mine = [items[one] for one in ids if one in items and items[one].enough]
        shares = tally.outcomes.get(name)
        if not mine or not shares or shares.learners < LEAST:
            continue
        answers = sum(item.answered.low for item in mine)
        right = reduce(add, (item.right for item in mine))
        yield Outcome(
            name,
            found.text,
            book.number,
            shares.learners,
            answers,
            right,
            tuple(mine),
            *_interval(statistics.clustered(shares), right, answers),
        )


def _interval(found: Estimate, right: Cell, answers: int) -> tuple[float | None, float | None]:
    """The interval of an outcome, around what is told of its share: wider where a question's is hidden."""
    if found.low is None or found.high is None or found.n < ENOUGH:
        return None, None
    low = right.low / answers - (found.value - found.low)
    high = right.high / answers + (found.high - found.value)
    return max(0.0, low), min(1.0, high)


# --- misconceptions ----------------------------------------------------------------------------------------


def _beliefs(tally: Tally, items: Mapping[str, Item]) -> Iterator[Held]:
    """Those that enough people could show, most shown first."""
    known = questions.misconceptions()
    fit = [
        _held(slug, found, items)
        for slug, found in tally.beliefs.items()
        if slug in known and found.met >= LEAST
    ]
    yield from sorted(fit, key=lambda held: (-(held.shown.low + held.shown.high) / held.met, held.slug))


def _held(slug: str, found: Belief, items: Mapping[str, Item]) -> Held:
    known = questions.misconceptions()[slug]
    plan = the_plan()
    ids = (plan.ids[place] for place in plan.beliefs.get(slug, ()))
    asked = [items[one] for one in ids if one in items]
    cells = [one.people for item in asked for one in item.choices if one.slug == slug]
    # Where one question alone can show it, its own row decides what is told.
    alone = len(asked) == 1 and len(cells) == 1
    parts = row((found.met - found.shown, found.shown - found.twice, found.twice))
    told = all(cell.exact for cell in parts) and not alone
    where = tuple(sorted({f"{item.question.taught:02}" for item in asked}))
    shown = cells[0] if alone else pair(found.shown, found.met)
    return Held(slug, known.belief, known.instead, found.met, shown, found.twice if told else None, where)


# --- two forms, confidence ---------------------------------------------------------------------------------


def _forms(tally: Tally, items: Mapping[str, Item]) -> Forms | None:
    two = tally.two
    if not two or two.learners < ENOUGH:
        return None
    step = _step(two.learners * two.items)
    before, after = (step * round(100 * hits / two.learners / two.items / step) for hits in (two.x, two.y))
    both = ((items.get(pair.before.id), items.get(pair.after.id)) for pair in pairs())
    return Forms(
        two.learners,
        two.items,
        before,
        after,
        step,
        statistics.normalised_gain(two),
        statistics.mean_difference(two),
        tuple((a, b) for a, b in both if a and b),
    )


def _step(answers: int) -> int:
    """The finest step, in per cent, that still stands for five answers: then a mean tells no single one."""
    return next(step for step in (1, 2, 5, 10) if step == 10 or step * answers >= 100 * LEAST)


def _bands(every: Sequence[Counts]) -> Iterator[Band]:
    """Confidences in tens, joined until some one question shows that enough people stand behind each band."""
    enough = [counts for counts in every if counts.answered >= LEAST]
    bands: list[list[int]] = []
    held: list[int] = []
    for ten in TENS:
        held.append(ten)
        if _people(enough, held) >= LEAST:
            bands.append(held)
            held = []
    if bands and held:
        bands[-1] = [*bands[-1], *held]
    return (_band(enough, band) for band in bands)


def _people(every: Iterable[Counts], tens: Sequence[int]) -> int:
    """At least so many people gave these confidences: all who did so in one question."""
    return max((sum(counts.sure.get(ten, (0, 0))[0] for ten in tens) for counts in every), default=0)


def _band(every: Sequence[Counts], tens: Sequence[int]) -> Band:
    given = {ten: sum(counts.sure.get(ten, (0, 0))[0] for counts in every) for ten in tens}
    right = sum(counts.sure.get(ten, (0, 0))[1] for counts in every for ten in tens)
    answers = sum(given.values())
    used = [ten for ten in tens if given[ten]]
    sure = sum(ten * count for ten, count in given.items()) / answers
    return Band(used[0], used[-1], answers, sure, pair(right, answers))
