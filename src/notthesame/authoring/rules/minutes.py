"""How long a lesson takes: a model of a learner who reads, thinks, guesses and answers, beside its minutes.

What the model rests on stands in the constants here, and for a question in its room. Tables, figures, labs
and guesses have fixed minutes, and none of their words is counted again. What lies under "More", and an
optional task, is left out: nobody needs it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser

from ... import exercises, questions
from ...exercise_forms import Fields, Form, Order, Table, Text
from ...lessons import MORE, Cell, Notebook, plain
from ...questions.minutes import THINK, WORDS_A_MINUTE, minutes_of
from ...questions.retrieval import drawn
from ..faults import Fault
from .whole import Whole

TABLE = FIGURE = 1.0
GUESS = 0.5  # before a closed block is opened
LABS = {
    "definition_machine": 8.0,
    "counting_lab": 6.0,
    "two_events": 8.0,
    "town": 8.0,
    "unseen_lab": 10.0,
    "evidence_grid": 6.0,
    "interval_game": 6.0,
    "pooling_lab": 8.0,
    "list_lab": 8.0,
    "own_law": 10.0,
    "wording_table": 6.0,
    "argument_map": 10.0,
    "brief_chart": 8.0,
}
LOOKED_UP = {"outline": 3.0}  # read to find something, not from top to bottom
WORDS_WRITTEN = 20  # a minute, in a task that asks for a text: the fewest words that it takes
BOX = 0.3  # minutes for a box to fill in, a choice to make, an item to put in its place
CODE = 2.0  # where a task is answered in a line of Python
AGAIN = 0.5  # of a lab's minutes, in an exercise: the lesson has taught it
SLACK = 1.1  # the model may exceed what a lesson says by a tenth

Minutes = dict[str, float]  # by what they are spent on


def faults(whole: Whole) -> Iterator[Fault]:
    """Lessons and exercises that their own minutes cannot hold."""
    for exercise in whole.exercises:
        yield from _over(exercise, "minutes", exercise.task_minutes, needed(exercise))
    for lesson in whole.lessons:
        spent, test = needed(lesson), pre_test(lesson)
        yield from _over(lesson, "minutes", lesson.minutes and lesson.minutes[0], spent)
        yield from _over(lesson, "minutes of its test", lesson.test_minutes, test)


def _over(notebook: Notebook, name: str, said: int | None, found: Minutes) -> Iterator[Fault]:
    total = sum(found.values())
    if said is not None and total > SLACK * said:
        by_size = sorted(found.items(), key=lambda part: -part[1])
        most = ", ".join(f"{what} {n:.0f}" for what, n in by_size[:3])
        words = f"it says {said} {name}, and the model gives {total:.0f} ({most}); cut, or say more"
        yield Fault("minutes", notebook.path.name, words)


def needed(notebook: Notebook) -> Minutes:
    """The minutes of a lesson without its test, or of an exercise, by what they are spent on."""
    spent = _spent(notebook, test=False)
    if notebook.task_minutes is not None and "labs" in spent:
        spent["labs"] *= AGAIN
    return spent


def pre_test(lesson: Notebook) -> Minutes:
    """The minutes of the questions in test mode that a lesson asks; empty when there are none."""
    return _spent(lesson, test=True)


def _spent(lesson: Notebook, test: bool) -> Minutes:
    spent: defaultdict[str, float] = defaultdict(float)
    for cell in lesson.cells:
        if cell.section == MORE or re.search(r"\boptional\b", cell.section, re.I):
            continue
        known = exercises.checks()
        if tasks := [known[name] for name in cell.tasks() if name in known]:
            spent["tasks"] += sum(minutes_to_do(task.form) for task in tasks)
            continue
        asked = [questions.known_questions().get(name) for name in _asked(cell)]
        for question in filter(None, asked):
            if (question.mode == "test") == test:
                spent["questions"] += minutes_of(question)
        if not test and not asked:
            for what, minutes in (_of_text if cell.kind == "markdown" else _of_output)(cell).items():
                spent[what] += minutes
    return dict(spent)


def _asked(cell: Cell) -> list[str]:
    return [*cell.asks(), *(name for number in cell.draws() for name in drawn(number))]


def minutes_to_do(form: Form | None) -> float:
    """Thinking about a task, and answering it; reading what it asks is text, and counted as such.

    >>> minutes_to_do(Text(40, 80)), round(minutes_to_do(Order({"a": "Signed", "b": "Passed"})), 1)
    (3.0, 1.6)
    """
    match form:
        case None:
            return THINK + CODE
        case Text():
            return THINK + form.low / WORDS_WRITTEN
        case Table():  # where a part is enough, half of it
            return THINK + len(form.rows) * sum(map(_box, form.cells)) / (1 + form.part)
        case Fields():
            return THINK + sum(map(_box, form.cells))
        case Order():
            return THINK + BOX * len(form.items)
        case _:
            return THINK + BOX


def _box(cell: Form) -> float:
    """Filling in one box of several."""
    return max(BOX, cell.low / WORDS_WRITTEN) if isinstance(cell, Text) else BOX


def _of_text(cell: Cell) -> Minutes:
    tables = len(re.findall(r"^\|[ :|-]+\|\s*$", cell.source, re.M))
    words = plain(re.sub(r"^\|.*$", "", cell.source, flags=re.M)).split()
    closed = len(re.findall(r"<details\b", cell.source))
    return {
        "text": len(words) / WORDS_A_MINUTE,
        "tables and figures": tables * TABLE,
        "guesses": closed * GUESS,
    }


def _of_output(cell: Cell) -> Minutes:
    for what, declared in (("labs", LABS), ("text", LOOKED_UP)):
        for name, minutes in declared.items():
            if re.search(rf"\b{name}\(", cell.source):
                return {what: minutes}
    seen = _Seen()
    seen.feed(cell.html)
    return {
        "text": seen.words / WORDS_A_MINUTE,
        "tables and figures": seen.shown,
        "guesses": GUESS if "after=" in cell.source else 0.0,
    }


class _Seen(HTMLParser):
    """Tables and figures of an output, and the words outside them."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.shown, self._inside = 0, 0.0, 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("table", "figure"):
            self.shown += 0 if self._inside else TABLE if tag == "table" else FIGURE
            self._inside += 1

    def handle_endtag(self, tag: str) -> None:
        self._inside -= tag in ("table", "figure")

    def handle_data(self, data: str) -> None:
        self.words += 0 if self._inside else len(data.split())
