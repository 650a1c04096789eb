"""A hand-in: a learner sees what would be in the file, and a press writes it. Nothing is sent.

What a file holds, and how one is read, is in ``questions.hand_in_file``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, TypeVar

import traitlets
from markupsafe import Markup

from . import _html, exercises, questions
from ._reading import shown
from ._words import counted
from ._writing import FULL, elsewhere, write_new
from .front.widget import Widget
from .questions import answers, records, view
from .questions.answers import Message
from .questions.hand_in_file import MOST, STATUSES, HandIn, Item, Refused, Text, encode, read
from .questions.pressed import offer, on_press
from .questions.records import Record
from .questions.shown import HEADS, told

T = TypeVar("T")
_HELD = (
    "Of each question: your first and your latest answer, how many there were, how each was scored, how sure "
    "you were, and the day. No name, no time of day, no place on your disk, nothing of this machine. A "
    "random pseudonym stands for you, the same in all your hand-ins until you delete your answers."
)
_BESIDE = (
    'All your answers for yourself: nts.export_answers("mine.json"). To delete them and the pseudonym: '
    "nts.delete_answers(). A file that you handed in stays where it is."
)
_OFF = "Recording is off in this session, so there is nothing to hand in."


def hand_in(
    lesson: str | int | None = None,
    *,
    texts: bool = False,
    folder: str | Path = ".",
    write: bool = False,
) -> Message | None:
    """Show what a hand-in would hold, and offer a button that writes it; ``write=True`` writes it at once.

    The file is named after a random pseudonym and never replaces another. It holds your answers to the
    questions of one lesson, such as "02", or of all; with ``texts=True`` also what you typed in tasks,
    word for word. folder: where to write, else the notebook's own. Raises ValueError for any other value.

    >>> hand_in("02")
    No answers of lesson 02 to hand in yet.
    """
    for name, value in (("texts", texts), ("write", write)):
        if not isinstance(value, bool):
            raise ValueError(f"{name} is {shown(value)}; allowed: True or False")
    if not isinstance(folder, str | os.PathLike) or not str(folder):
        raise ValueError(f'folder is {shown(folder)}; the name of a folder is wanted, such as "~"')
    number = _number(lesson)
    if Widget.unrecorded:
        return Message(_OFF)
    found = gathered(number, texts)
    if not found.size:
        return Message(found.nothing())
    if write:
        return Message(written(found, folder))
    offer(found.__html__(), repr(found), HandInButton(found, folder), "nts-hand-in-again")
    return None


def _number(lesson: str | int | None) -> str | None:
    if lesson is None:
        return None
    known = sorted({f"{question.lesson:02}" for question in questions.known_questions().values()})
    wanted = str(lesson).zfill(2) if isinstance(lesson, str | int) else ""
    if wanted not in known or isinstance(lesson, bool):
        raise ValueError(f"There is no lesson {shown(lesson)}; allowed: None for all, or {', '.join(known)}")
    return wanted


# --- what would be in it


@dataclass(frozen=True, repr=False)
class Gathered(_html.Block):
    """What a hand-in would hold, each answer with its record, and what stays out; shown in words."""

    lesson: str | None
    items: tuple[tuple[Item, Record], ...]
    texts: tuple[tuple[Text, Record], ...]
    every: tuple[Record, ...]  # all answers, which say whether a test is over
    without: int = 0  # tasks whose texts were not asked for
    unfit: int = 0  # answers to what this version does not ask, or not so
    damaged: int = 0

    @property
    def size(self) -> int:
        """How many answers it holds."""
        return len(self.items) + len(self.texts)

    def summary(self) -> str:
        """How much it holds, in words."""
        asked = counted(len({item.question for item, _ in self.items}), "question")
        tasks = f", and what you typed in {counted(len(self.texts), 'task')}" if self.texts else ""
        return f"{counted(len(self.items), 'answer')} to {asked}{tasks}"

    def nothing(self) -> str:
        """A line for a hand-in that would be empty."""
        of = f" of lesson {self.lesson}" if self.lesson else ""
        tasks = f" {self._tasks()}" if self.without else ""
        return f"No answers{of} to hand in yet.{tasks}"

    def _tasks(self) -> str:
        which = f'"{self.lesson}", ' if self.lesson else ""
        return (
            f"What you typed in {counted(self.without, 'task')} is not in it; "
            f"nts.hand_in({which}texts=True) adds it, word for word."
        )

    def _lines(self) -> Iterator[str]:
        yield f"Nothing is written yet. The file would hold {self.summary()}."
        yield _HELD
        if self.texts:
            yield (
                "It also holds what you typed in tasks, word for word: look below that it names nobody and "
                "tells nothing that you would not say in class."
            )
        if self.without:
            yield self._tasks()
        if self.unfit:
            yield f"Left out: {counted(self.unfit, 'answer')} to what this version does not ask."
        if self.damaged:
            yield f"Left out: {counted(self.damaged, 'line')} of your answers that cannot be read."
        yield _BESIDE

    def _rows(self) -> list[tuple[str, ...]]:
        """Lesson, question, answer, which try, result, how sure, day."""
        rows = told([record for _, record in self.items], self.every)
        ranks = [str(item.rank) for item, _ in self.items]
        return [(*row[:3], rank, *row[3:]) for row, rank in zip(rows, ranks, strict=True)]

    def _typed(self) -> list[tuple[str, ...]]:
        """Task, what stands in its boxes, which try, result, day."""
        rows = told([record for _, record in self.texts], self.every)
        return [
            (text.task, "; ".join(filter(None, text.response)), str(text.rank), row[3], row[5])
            for (text, _), row in zip(self.texts, rows, strict=True)
        ]

    def __repr__(self) -> str:
        rows = ("; ".join(filter(None, row)) for row in (*self._rows(), *self._typed()))
        return "\n".join((*self._lines(), *rows))

    def __html__(self) -> Markup:
        rows = self._rows()
        parts = [_html.paragraphs(self._lines())]
        if self.lesson and rows:
            parts.append(_html.table(rows[0][0], _QUESTION_HEADS, (row[1:] for row in rows)))
        else:
            parts.extend(_html.folded(((row[0], row[1:]) for row in rows), _questions_table))
        if typed := self._typed():
            parts.append(_html.details(f"Tasks ({len(typed)})", _html.table("", _TASK_HEADS, typed)))
        return _html.lines(parts)


_QUESTION_HEADS = (HEADS[1], HEADS[2], "Try", *HEADS[3:])
_TASK_HEADS = ("Task", "What you typed", "Try", HEADS[3], HEADS[5])


def _questions_table(rows: list[tuple[str, ...]]) -> Markup:
    return _html.table("", _QUESTION_HEADS, rows)


def gathered(lesson: str | None, texts: bool) -> Gathered:
    """What a hand-in would hold now, of one lesson, such as "02", or of all; ``texts`` adds the tasks.

    >>> gathered("02", False).size
    0
    """
    found = answers.load(private=False)
    tries: dict[str, list[Record]] = {}
    for record in found.records:
        if record.status in STATUSES and lesson in (None, record.question[:2]):
            tries.setdefault(record.question, []).append(record)
    asked = [name for name in sorted(tries) if name in questions.known_questions()]
    tasks = _tasks_among(sorted({*tries} - {*asked}))
    items = [_fit(_item, rank, record) for name in asked for rank, record in _first_and_last(tries[name])]
    typed = [_fit(_text, len(tries[name]), tries[name][-1]) for name in tasks] if texts else []
    return Gathered(
        lesson,
        tuple(item for item in items if item),
        tuple(text for text in typed if text),
        found.records,
        without=0 if texts else len(tasks),
        unfit=len(tries) - len(asked) - len(tasks) + items.count(None) + typed.count(None),
        damaged=len(found.damaged),
    )


def _tasks_among(names: list[str]) -> list[str]:
    """Those that are tasks; no file of checks is loaded where there is nothing to look up."""
    return [name for name in names if name in exercises.checks()]


def _first_and_last(tries: list[Record]) -> list[tuple[int, Record]]:
    """The first answer and the latest, each with its rank; the days of those between tell nobody anything."""
    return [(1, tries[0]), (len(tries), tries[-1])][: len(tries)]


def _fit(make: Callable[[int, Record], T], rank: int, record: Record) -> tuple[T, Record] | None:
    """An entry of a hand-in with its record, or None where a file may not hold it."""
    try:
        return make(rank, record), record
    except Refused:
        return None


def _item(rank: int, r: Record) -> Item:
    response: Any = tuple(r.response) if isinstance(r.response, list) else r.response
    return Item(r.question, rank, response, str(r.status), r.confidence, r.day)


def _text(rank: int, r: Record) -> Text:
    response: Any = tuple(r.response) if isinstance(r.response, list) else r.response
    return Text(r.question, rank, response, str(r.status), r.day)


# --- writing it


def written(found: Gathered, folder: str | Path = ".") -> str:
    """Write the file, and say where; the same a second time is not written again.

    >>> written(gathered("02", False), "no such folder").endswith("Nothing was written.")
    True
    """
    try:
        target = Path(os.path.expanduser(folder))
        os.scandir(target).close()  # where there is no such folder, no pseudonym is made either
        whole = HandIn(_pseudonym(), records.today().isoformat(), *_contents(found))
        name, new = _first_free(target, whole)
    except OSError as error:
        other = "" if error.errno in FULL else elsewhere()
        way = f'; name a folder that is there, as in nts.hand_in(folder="{other}")' if other else ""
        return f"The hand-in cannot be written ({error.strerror or error}){way}. Nothing was written."
    except Refused as error:
        return f'This would be {error}. Hand in one lesson, as in nts.hand_in("02"). Nothing was written.'
    except ValueError as error:
        return f"The hand-in cannot be written: {error}. Nothing was written."
    place = Path(folder) / name
    if not new:
        return f"{place} is there already and holds just this."
    beside = " beside this notebook" if str(folder) == "." else ""
    return (
        f"Written{beside}: {place}. It holds {found.summary()}. Nothing was sent: give the file to your "
        "instructor in the way that they ask for."
    )


def _pseudonym() -> str:
    try:
        return answers.pseudonym()
    except OSError as error:
        raise ValueError(
            f"a pseudonym cannot be kept beside your answers ({error.strerror or error})"
        ) from error


def _contents(found: Gathered) -> tuple[tuple[Item, ...], tuple[Text, ...]]:
    return tuple(item for item, _ in found.items), tuple(text for text, _ in found.texts)


def _first_free(folder: Path, whole: HandIn) -> tuple[str, bool]:
    """The name of the file, and whether it is new; where the name is taken, a number follows."""
    content = encode(whole)
    number, path = 1, folder / f"hand-in-{whole.pseudonym}.json"
    while os.path.lexists(path):
        if _holds(path, whole):
            return path.name, False
        number += 1
        path = folder / f"hand-in-{whole.pseudonym}-{number}.json"
    write_new(path, content)
    with suppress(OSError):  # the time that a file was written goes along when it is copied or packed
        noon = datetime.combine(records.today(), time(12), UTC).timestamp()
        os.utime(path, (noon, noon))
    return path.name, True


def _holds(path: Path, whole: HandIn) -> bool:
    with suppress(OSError, Refused):
        if path.is_file() and path.stat().st_size <= MOST:
            return read(path.read_bytes()) == whole
    return False


class HandInButton(Widget):
    """The button below what a hand-in would hold. Raise ``pressed`` by one to write just that.

    ``told`` is raised by one when ``message`` says what came of it. A saved notebook holds neither.
    """

    script = on_press(Path(__file__))
    style = view.stylesheet()
    theirs = ("pressed", "told", "message")

    pressed = traitlets.Int(0).tag(sync=True)
    told = traitlets.Int(0).tag(sync=True)
    message = traitlets.Unicode("").tag(sync=True)

    def __init__(self, found: Gathered, folder: str | Path = ".") -> None:
        self._found, self._folder = found, folder
        super().__init__()
        self.observe(self._write, "pressed")

    def keep_out(self) -> None:
        """A saved notebook, which may have its writer's name, never tells the pseudonym."""
        self.instead = self.blank()

    def _write(self, change: Any) -> None:
        if self.unrecorded:
            self.message = f"{_OFF} Nothing was written."
        elif _contents(gathered(self._found.lesson, bool(self._found.texts))) != _contents(self._found):
            self.message = "Your answers have changed. Run this cell again to see what would be in the file."
        else:
            self.message = written(self._found, self._folder)
        self.told += 1

    def __repr__(self) -> str:
        return "Run this cell to write a hand-in"
