"""The learner's own tools: where was I, what there is and is done of it, a fresh copy of a notebook."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import ClassVar

from markupsafe import Markup

from . import _html, lessons, questions, untouched
from ._reading import shown
from ._words import counted
from ._writing import FULL, elsewhere, write_first_free
from .course import course
from .questions import answers, review
from .questions.answers import Message
from .questions.progress import AFTER_TEST, TEST, Standing, latest_scored, standings
from .questions.records import Record
from .questions.retrieval import drawn
from .questions.shown import in_few_words
from .translation import say

# --- where was I --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A question where a lesson asks it."""

    question: str
    lesson: lessons.Notebook
    section: str


@dataclass(frozen=True, repr=False)
class Place(_html.Block):
    """Where a learner is: lines to read, and of each lesson (title, questions answered, questions asked)."""

    lines: tuple[str, ...]
    rows: tuple[tuple[str, int, int], ...] = ()
    translated: ClassVar[bool] = True

    def __repr__(self) -> str:
        return "\n".join((*self.lines, *(f"{title}: {_of(done, asked)}" for title, done, asked in self.rows)))

    def __html__(self) -> Markup:
        told = _html.paragraphs(self.lines)
        if not self.rows:
            return told
        rows = ((title, _of(done, asked)) for title, done, asked in self.rows)
        heads = (say("Lesson"), say("Answered"))
        return _html.lines((told, _html.table(say("Questions answered"), heads, rows)))


def _of(done: int, asked: int) -> str:
    return say("{done} of {all}", done=done, all=asked)


def where_was_i(route: str | None = None) -> Place:
    """Which question you answered last, where to go on, and how many questions of each lesson are answered.

    route: "Law", "Methods" or "Policy", if you take only its lessons. Raises ValueError for another name.

    >>> where_was_i("Law")
    No answers yet. Begin with the lesson “00 Start here”.
    Run its cells one after the other with Shift and Enter.
    """
    shelf = _shelf(route)
    asked = [found for book in shelf for found in _asked(book)]
    known = {found.question for found in asked}
    loaded = answers.load()
    unread = filter(None, [loaded.unread])
    given = [record.question for record in loaded.records if record.question in known]
    if not given:
        first = say("Begin with the lesson \u201c{title}\u201d.", title=shelf[0].title) if shelf else ""
        none = " ".join(filter(None, (say("No answers yet."), first)))
        begin = (none, say("Run its cells one after the other with Shift and Enter."))
        return Place((*unread, *begin))
    own = [found for found in asked if found.question.startswith(found.lesson.number)]  # none drawn again
    done = {book.title: [found.question for found in own if found.lesson is book] for book in shelf}
    rows = [(title, len({*given} & {*ids}), len({*ids})) for title, ids in done.items() if ids]
    return Place((*unread, *_where(asked, given)), tuple(rows))


def _shelf(route: str | None) -> list[lessons.Notebook]:
    """The lessons, or those of a route."""
    numbers = lessons.route(route) if route else None
    return [book for book in lessons.read_texts(course().lessons) if not numbers or book.number in numbers]


def _asked(book: lessons.Notebook) -> Iterator[Asked]:
    """The questions of a lesson in the order of its cells, those from earlier lessons included."""
    for cell in book.code():
        drawn_here = [question for number in cell.draws() for question in drawn(number)]
        yield from (Asked(question, book, cell.section) for question in (*drawn_here, *cell.asks()))


def _where(asked: list[Asked], given: list[str]) -> Iterator[str]:
    """The last question answered, and the first open one after the last that was new to the learner.

    A question that came back in a review does not lead back to its lesson.
    """
    last, new = (_at(asked, question) for question in (given[-1], [*dict.fromkeys(given)][-1]))
    known = questions.known_questions().get(asked[last].question)  # None while its file has a fault
    words = in_few_words(known) if known else asked[last].question
    yield say("Last answered: \u201c{words}\u201d, in {place}.", words=words, place=_quoted(asked[last]))
    open_ = next((found for found in asked[new + 1 :] if found.question not in given), None)
    if open_ is None:
        yield say("Nothing after it is open. The table shows where you left questions blank, if you did.")
    elif open_.lesson is asked[new].lesson:
        yield say("Go on in {place}.", place=_quoted(open_))
    else:
        yield say("Go on with the lesson {place}.", place=_quoted(open_))


def _at(asked: list[Asked], question: str) -> int:
    return next(index for index, found in enumerate(asked) if found.question == question)


def _quoted(found: Asked) -> str:
    title, section = found.lesson.title, found.section
    return say("\u201c{title}\u201d, section \u201c{section}\u201d", title=title, section=section)


# --- what there is ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Chapter:
    """A lesson in the list of contents: its own place, its exercise's, its minutes, and what is answered."""

    title: str
    lesson: str
    exercise: str
    minutes: int
    answered: int
    asked: int


@dataclass(frozen=True, repr=False)
class Contents(_html.Block):
    """The lessons of the course with their minutes, what is answered of each, and where to go on."""

    chapters: tuple[Chapter, ...]
    place: tuple[str, ...]

    HEADS = ("Lesson", "Minutes", "Questions answered", "Then")

    def __repr__(self) -> str:
        done = (f"{c.title}: {c.minutes} minutes, {c.answered} of {c.asked} answered" for c in self.chapters)
        return "\n".join((*self.place, *done))

    def __html__(self) -> Markup:
        rows = (
            (
                _html.link(course().link_to(chapter.lesson), chapter.title),
                str(chapter.minutes or ""),
                f"{chapter.answered} of {chapter.asked}",
                _html.link(course().link_to(chapter.exercise), "exercise") if chapter.exercise else "",
            )
            for chapter in self.chapters
        )
        return _html.lines((_html.paragraphs(self.place), _html.table("The lessons", self.HEADS, rows)))


def contents(route: str | None = None) -> Contents:
    """The lessons, with their minutes, how many of their questions you have answered, and where to go on.

    route: "Law", "Methods" or "Policy", if you take only its lessons. Raises ValueError for another name.

    >>> contents("Law").chapters[0].title
    '00 Start here'
    """
    given = {record.question for record in answers.load().records}
    exercises = {path.name[:2]: f"exercises/{path.name}" for path in lessons.files(course().exercises)}
    return Contents(
        tuple(_chapter(book, given, exercises.get(book.number, "")) for book in _shelf(route)),
        where_was_i(route).lines,
    )


def _chapter(book: lessons.Notebook, given: set[str], exercise: str) -> Chapter:
    own = {question for question in book.asked() if question.startswith(book.number)}
    minutes = book.minutes[0] if book.minutes else 0
    return Chapter(book.title, f"lessons/{book.path.name}", exercise, minutes, len(own & given), len(own))


# --- how far ------------------------------------------------------------------------------------------------


BEFORE_ANY = (
    "No answers yet. Each lesson that you begin will stand here: for each outcome, how many questions you "
    "have answered, and which to look at again; above them, what is due today and where to go on."
)


@dataclass(frozen=True)
class Begun:
    """A lesson in which something was answered: its place, its outcomes, its tasks, and how many are due."""

    title: str
    lesson: str
    standings: tuple[Standing, ...]
    tasks: int
    tried: int
    due: int

    @property
    def summary(self) -> str:
        """The lesson in a line."""
        asked, answered = sum(s.asked for s in self.standings), sum(s.answered for s in self.standings)
        tasks = f", {self.tried} of {counted(self.tasks, 'task')} tried" if self.tasks else ""
        due = f", {counted(self.due, 'question')} due today" if self.due else ""
        return f"{self.title}: {answered} of {counted(asked, 'question')} answered{tasks}{due}"


@dataclass(frozen=True, repr=False)
class Progress(_html.Block):
    """What a learner has done: where to go on, what is due, and each lesson begun by its outcomes."""

    lines: tuple[str, ...]
    lessons: tuple[Begun, ...] = ()

    HEADS = ("After this lesson you can", "Questions answered", "Latest answers")

    def __repr__(self) -> str:
        return "\n".join((*self.lines, *(line for begun in self.lessons for line in self._told(begun))))

    def _told(self, begun: Begun) -> Iterator[str]:
        yield begun.summary
        for found in begun.standings:
            again = "; ".join(map(in_few_words, found.again))
            words = f", to look at again: {again}" if again else ""
            yield f"  {found.text}: {found.answered} of {found.asked} answered{words}"

    def __html__(self) -> Markup:
        told = _html.paragraphs(self.lines)
        return _html.lines(
            (told, *(_html.details(begun.summary, self._table(begun)) for begun in self.lessons))
        )

    def _table(self, begun: Begun) -> Markup:
        rows = (
            (found.text, f"{found.answered} of {found.asked}", _latest(found, begun.lesson))
            for found in begun.standings
        )
        return _html.table("", self.HEADS, rows)


def _latest(found: Standing, lesson: str) -> Markup | str:
    """In words: right, or the questions to look at again, each linked to where its lesson teaches it."""
    if not found.again:
        return "" if not found.answered else "right" if found.text != TEST else AFTER_TEST
    links = [
        _html.link(course().link_to_lesson(lesson, question.section), in_few_words(question))
        for question in found.again
    ]
    return Markup("to look at again: {}").format(Markup("; ").join(links))


def progress(route: str | None = None) -> Progress:
    """What you have answered and tried, lesson by lesson, what is due today, and where to go on.

    For your own eyes: no score, and nobody is told. route: "Law", "Methods" or "Policy", if you take only its
    lessons. Raises ValueError for another name.

    >>> progress("Law")
    No answers yet. Each lesson that you begin will stand here: for each outcome, how many questions ...
    """
    found, loaded = review.waiting(), answers.load()
    latest = latest_scored(loaded.records)
    tasks = {book.number: _tasks(book) for book in lessons.read_texts(course().exercises)}
    tried = (_begun(book, tasks.get(book.number, set()), latest, found) for book in _shelf(route))
    begun = tuple(filter(None, tried))
    lines = (*_standing_now(where_was_i(route), found, begun), loaded.unread)
    return Progress(tuple(filter(None, lines)), begun)


def _standing_now(place: Place, due: review.Waiting, begun: tuple[Begun, ...]) -> Iterator[str]:
    """What is due, and where to go on."""
    if not begun:
        yield BEFORE_ANY
    if due.minutes:
        yield f"{review.in_words(due)}: nts.review() asks them, ten minutes at a time."
    elif begun:
        yield review.when_next(due.following)
    if place.rows:  # else no lesson asks what was answered
        yield place.lines[-1]


def _tasks(exercise: lessons.Notebook) -> set[str]:
    return {task for cell in exercise.code() for task in cell.tasks()}


def _begun(
    book: lessons.Notebook, tasks: set[str], latest: Mapping[str, Record], due: review.Waiting
) -> Begun | None:
    """How a lesson stands; None where nothing of it was answered or tried."""
    found, tried = standings(book, latest), len(tasks & {*latest})
    if not tried and not any(standing.answered for standing in found):
        return None
    waiting = sum(question.startswith(book.number) for question in due.minutes)
    return Begun(book.title, book.path.name, found, len(tasks), tried, waiting)


# --- a fresh copy -------------------------------------------------------------------------------------------


def fresh_copy(number: str | int, kind: str = "lesson", *, folder: str | Path | None = None) -> Message:
    """Write an untouched copy of a notebook beside your own, as in ``fresh_copy("02", "exercise")``.

    kind: "lesson", "exercise" or "solution". folder: where to write instead. Nothing is ever overwritten: the
    copy is called "02 exercise (fresh)", the next one "02 exercise (fresh 2)", short enough for a tab.
    Raises ValueError naming what there is when there is no such notebook.
    """
    if kind not in untouched.SHELVES:
        raise ValueError(f"kind is {shown(kind)}; allowed: {', '.join(untouched.SHELVES)}")
    shelf, wanted = untouched.SHELVES[kind], str(number).zfill(2)
    names = {
        name[len(shelf) + 1 :][:2]: name for name in untouched.shipped() if name.rpartition("/")[0] == shelf
    }
    if wanted not in names:
        raise ValueError(f"There is no {kind} {shown(number)}; there are: {', '.join(names) or 'none'}.")
    name = names[wanted]
    content = untouched.find(name)
    if content is None:
        return Message(
            f"No untouched copy of {name} is kept on this machine, and your own has been changed. To get "
            "one, unpack the course again into another folder. Nothing was written."
        )
    try:
        place = _write_beside(name, kind, content, folder)
    except OSError as error:
        return Message(f"{_not_there(error, wanted, kind)}. Nothing was written.")
    return Message(f"The fresh copy is {place}. Your own is as you left it.")


def _write_beside(name: str, kind: str, content: bytes, chosen: str | Path | None) -> str:
    """Write to the first free name, and return it with its folder, below the course unless one was chosen.

    In an installed package, and where the course is only to be read, as on a hub, the learner's own lie in
    the folder they work in.
    """
    shelf, _, file = name.rpartition("/")
    if chosen:
        place, where = f"{chosen}/", Path(os.path.expanduser(chosen))
    elif course().packaged or not os.access(course().home / shelf, os.W_OK):
        place, where = "", Path.cwd()
    else:
        place, where = f"{shelf}/", course().home / shelf
    names = (f"{file[:2]} {kind} (fresh{f' {n}' if n > 1 else ''}).ipynb" for n in count(1))
    return place + write_first_free(where, names, content)


def _not_there(error: OSError, number: str, kind: str) -> str:
    """Why there is no fresh copy, and where one could be."""
    problem = f"The fresh copy cannot be written there ({error.strerror or error})"
    place = "" if error.errno in FULL else elsewhere()
    return f'{problem}; type nts.fresh_copy("{number}", "{kind}", folder="{place}")' if place else problem
