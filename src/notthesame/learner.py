"""The learner's own tools: where was I, a fresh copy of a notebook, earlier questions again, help lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import count
from pathlib import Path

from . import lessons, untouched
from .course import course_folder
from .questions import answers
from .questions.answers import Message
from .questions.retrieval import drawn

# --- where was I --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A question where a lesson asks it."""

    question: str
    lesson: lessons.Notebook
    section: str


@dataclass(frozen=True, repr=False)
class Place:
    """Where a learner is: lines to read, and of each lesson (title, questions answered, questions asked)."""

    lines: tuple[str, ...]
    rows: tuple[tuple[str, int, int], ...] = ()

    def __repr__(self) -> str:
        return "\n".join((*self.lines, *(f"{title}: {done} of {asked}" for title, done, asked in self.rows)))

    def _repr_html_(self) -> str:
        rows = [(title, f"{done} of {asked}") for title, done, asked in self.rows]
        return _paragraphs(self.lines) + _table("Questions answered", ("Lesson", "Answered"), rows)


def where_was_i(route: str | None = None) -> Place:
    """Which question you answered last, where to go on, and how many questions of each lesson are answered.

    route: "Law", "Methods" or "Policy", if you take only its lessons. Raises ValueError for another name.

    >>> where_was_i("Law")
    No answers yet. Begin with the lesson “00 Start here”.
    Run its cells one after the other with Shift and Enter.
    """
    numbers = lessons.route(route) if route else None
    shelf = [
        book
        for book in lessons.read_all(course_folder() / "lessons")
        if not numbers or book.number in numbers
    ]
    asked = [found for book in shelf for found in _asked(book)]
    known = {found.question for found in asked}
    given = [record.question for record in answers.load().records if record.question in known]
    if not given:
        first = f" Begin with the lesson \u201c{shelf[0].title}\u201d." if shelf else ""
        return Place((f"No answers yet.{first}", "Run its cells one after the other with Shift and Enter."))
    own = [found for found in asked if found.question.startswith(found.lesson.number)]  # none drawn again
    done = {book.title: [found.question for found in own if found.lesson is book] for book in shelf}
    rows = [(title, len({*given} & {*ids}), len({*ids})) for title, ids in done.items() if ids]
    return Place(tuple(_where(asked, given)), tuple(rows))


def _asked(book: lessons.Notebook) -> Iterator[Asked]:
    """The questions of a lesson in the order of its cells, those from earlier lessons included."""
    for cell in book.code():
        drawn_here = [question for number in cell.draws() for question in drawn(number)]
        yield from (Asked(question, book, cell.section) for question in (*drawn_here, *cell.asks()))


def _where(asked: list[Asked], given: list[str]) -> Iterator[str]:
    """The last question answered, and the first one after it that is not."""
    at = next(index for index, found in enumerate(asked) if found.question == given[-1])
    last, rest = asked[at], asked[at + 1 :]
    yield f"Last answered: {last.question}, in {_quoted(last)}."
    open_ = next((found for found in rest if found.question not in given), None)
    if open_ is None:
        yield "Nothing after it is open. The table shows where you left questions blank, if you did."
    elif open_.lesson is last.lesson:
        yield f"Go on in {_quoted(open_)}."
    else:
        yield f"Go on with the lesson {_quoted(open_)}."


def _quoted(found: Asked) -> str:
    return f"\u201c{found.lesson.title}\u201d, section \u201c{found.section}\u201d"


# --- a fresh copy -------------------------------------------------------------------------------------------


def fresh_copy(number: str | int, kind: str = "lesson") -> Message:
    """Write an untouched copy of a notebook beside your own, as in ``fresh_copy("02", "exercise")``.

    kind: "lesson", "exercise" or "solution". Nothing is ever overwritten: the copy has "fresh" in its name,
    then "fresh 2". Raises ValueError naming what there is when there is no such notebook.
    """
    if kind not in untouched.SHELVES:
        raise ValueError(f"kind is {kind!r}; allowed: {', '.join(untouched.SHELVES)}")
    shelf, wanted = untouched.SHELVES[kind], str(number).zfill(2)
    names = {
        name[len(shelf) + 1 :][:2]: name for name in untouched.shipped() if name.rpartition("/")[0] == shelf
    }
    if wanted not in names:
        raise ValueError(f"There is no {kind} {number!r}; there are: {', '.join(names) or 'none'}.")
    name = names[wanted]
    content = untouched.find(name)
    if content is None:
        return Message(
            f"No untouched copy of {name} is kept on this machine, and your own has been changed. To get "
            "one, unpack the course again into another folder. Nothing was written."
        )
    return Message(f"The fresh copy is {_write_beside(name, kind, content)}. Your own is as you left it.")


def _write_beside(name: str, kind: str, content: bytes) -> str:
    """Write to the first free name, and return it with its folder below the course.

    In an installed package the learner's own lie in the folder they work in, and one folder holds every kind.
    """
    own = course_folder() / name
    if course_folder().is_relative_to(Path(__file__).parent):
        own = Path.cwd() / (own.name if kind == "lesson" else f"{own.stem} {kind}.ipynb")
        name = own.name
    for number in count(1):
        target = own.with_name(f"{own.stem} fresh{f' {number}' if number > 1 else ''}.ipynb")
        try:
            with target.open("xb") as file:
                file.write(content)
        except FileExistsError:
            continue
        break
    return name.replace(own.name, target.name)


# --- HTML ---------------------------------------------------------------------------------------------------


def _paragraphs(lines: Iterable[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>\n" for line in lines)


def _table(caption: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table whose first column names its rows; empty where there are none."""
    rows = [tuple(row) for row in rows]
    if not rows:
        return ""
    left = ' style="text-align:left"'
    head = "".join(f'<th scope="col"{left}>{escape(name)}</th>' for name in columns)
    body = ""
    for first, *rest in rows:
        cells = "".join(f"<td{left}>{escape(cell)}</td>" for cell in rest)
        body += f'<tr><th scope="row"{left}>{escape(first)}</th>{cells}</tr>\n'
    return (
        f"<table><caption>{escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}</tbody></table>\n"
    )
