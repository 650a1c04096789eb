"""A learner's answers in a learner's words: lesson, question, answer, how it was scored, on which day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import ClassVar

from markupsafe import Markup

from .. import _html, lessons, questions
from .._reading import shown
from .._words import counted, plain_number
from ..course import course
from ..translation import later, say
from .files import Answers
from .forms import still_open
from .model import Question
from .records import Damaged, Record
from .scoring import NOT_ATTEMPTED, PARTLY, RIGHT, WRONG

HEADS = (
    later("Lesson"),
    later("Question"),
    later("Your answer"),
    later("Result"),
    later("How sure"),
    later("Day"),
)
RESULTS = {RIGHT: later("Right"), PARTLY: later("Partly right"), WRONG: later("Not right")}
WORDS = 9  # of a question, to know it by
LONGEST = 120  # characters of an answer
ROWS = 200  # of a page: the latest answers are what one looks for
TOLD = 20  # damaged lines that are told one by one


@dataclass(frozen=True, repr=False)
class AnswersTable(_html.Block):
    """Answers as a notebook shows them: lines of text, or a table."""

    answers: Answers
    folder: Path | None  # None where the system knows of no home folder
    in_memory: int
    recording: bool
    page: int = 1  # of several, the first has the latest answers
    translated: ClassVar[bool] = True

    def __post_init__(self) -> None:
        pages = max(1, -(-len(self._shown) // ROWS))
        if type(self.page) is not int or not 1 <= self.page <= pages:
            raise ValueError(f"page: found {shown(self.page)}; allowed: 1 to {pages}")

    def _lines(self) -> list[str]:
        damaged = self.answers.damaged
        return [
            self._how_many(),
            self._where(),
            *self._which(),
            *([] if self.recording else [say("Recording is off in this session.")]),
            *([f"{counted(len(damaged), 'line')} set aside as unreadable."] if damaged else []),
            *(
                f"{d.file}, line {d.line_number}, {d.problem}: {printable(d.text, 80)}"
                for d in damaged[:TOLD]
            ),
            *([f"And {counted(len(damaged) - TOLD, 'line')} more."] if len(damaged) > TOLD else []),
        ]

    def _how_many(self) -> str:
        count, held = len(self._shown), self.in_memory
        if count == 1:
            return say("1 answer, {held} of them in memory only.", held=held)
        return say("{count} answers, {held} of them in memory only.", count=count, held=held)

    def _where(self) -> str:
        if self.folder is None or 0 < self.in_memory == len(self.answers.records):
            return say("No file holds them, and they go when the kernel stops. Nothing leaves this machine.")
        place = str(self.folder)
        # A notebook stores this text, and the name of a home folder often is its owner's.
        with suppress(ValueError, RuntimeError):
            place = (Path("~") / self.folder.relative_to(Path.home())).as_posix()
        return say(
            "They lie in {place}, in files named answers-….jsonl. Nothing leaves this machine.", place=place
        )

    def _which(self) -> Iterator[str]:
        """Which answers this page has, and how to see the others."""
        end = len(self._shown) - (self.page - 1) * ROWS
        start = max(0, end - ROWS)
        if start or self.page > 1:
            yield f"Shown are answers {start + 1:,} to {end:,}, oldest first."
        if start:
            yield f'Older ones: nts.my_answers(page={self.page + 1}). All: nts.export_answers("mine.json").'

    @cached_property
    def _shown(self) -> list[Record]:
        """All but drafts that something followed: nobody scored them."""
        last = {record.question: record for record in self.answers.records}
        return [r for r in self.answers.records if r.status is not None or r is last[r.question]]

    def _on_page(self) -> list[Record]:
        end = len(self._shown) - (self.page - 1) * ROWS
        return self._shown[max(0, end - ROWS) : end]

    def _rows(self) -> Iterator[tuple[str, ...]]:
        return told(self._on_page(), self.answers.records)

    def __repr__(self) -> str:
        rows = ("; ".join(filter(None, row)) for row in self._rows())
        return "\n".join([*self._lines(), *rows])

    def __html__(self) -> Markup:
        told = _html.paragraphs(self._lines())
        if not self.answers.records:
            return told
        return _html.lines(
            (told, _html.table(say("Your answers, oldest first"), map(say, HEADS), self._rows()))
        )


def _told_damage(found: Damaged) -> str:
    return f"{found.file}, line {found.line_number}, {found.problem}: {printable(found.text, 80)}"


def told(records: Iterable[Record], among: Iterable[Record]) -> Iterator[tuple[str, ...]]:
    """Records in the words of ``HEADS``; ``among`` are all answers, which say whether a test is over.

    >>> [*told([Record(1, "00-title", "b", "right", 1.0)], [])][0][3]
    'Right'
    """
    known: Mapping[str, Question] = {}
    released = False
    with suppress(ValueError, OSError):  # a broken question file must not keep anybody from their answers
        known, released = questions.known_questions(), not still_open(among)
    named = partial(_lesson, {book.number: book.title for book in lessons.read_texts(course().lessons)})
    for record in records:
        yield (named(record.question), *_told(record, known.get(record.question), released))


def _lesson(titles: Mapping[str, str], question_id: str) -> str:
    return titles.get(question_id[:2], f"{question_id[:2]}, a lesson that is not here")


def _told(record: Record, question: Question | None, released: bool) -> Iterator[str]:
    """A record in words; of a test nothing is given away until its reasons are released."""
    yield in_few_words(question) if question else f"{record.question} (not in this version)"
    yield _answer(record, question)
    test = question is not None and question.mode == "test" and not released
    blank = record.status in (None, NOT_ATTEMPTED)
    yield say("after the test") if test else "" if blank else say(RESULTS[str(record.status)])
    sure = "" if record.confidence is None else plain_number(record.confidence)
    yield say("{value} per cent", value=sure) if sure else ""
    yield record.day or ""


def in_few_words(question: Question) -> str:
    """The first words of a question, enough to know it by.

    >>> in_few_words(questions.question("00-title"))
    'Which conclusion does the title bear out?'
    """
    return _first_words(question.stem)


def of_which_case(question: Question) -> str:
    """The first words of a question's case; "" where it has none.

    >>> of_which_case(questions.question("13-may-stand"))
    'A leaflet: "Since the market hall closed, half of …'
    """
    return _first_words(question.case)


def _first_words(text: str) -> str:
    words = text.split()
    return " ".join(words[:WORDS]) + (" …" if len(words) > WORDS else "")


def _answer(record: Record, question: Question | None) -> str:
    response = record.response
    if isinstance(response, int | float) and not isinstance(response, bool):
        return f"{plain_number(response)} {question.unit if question else ''}".strip()
    if question is None or not isinstance(response, str | list):
        return printable(response)
    letters = [response] if isinstance(response, str) else response
    if question.kind == "single" and letters[0] in question.options:
        return printable(f"{letters[0].upper()}: {question.options[letters[0]].text}")
    return printable(", ".join(letter.upper() for letter in letters))


def printable(value: object, limit: int = LONGEST) -> str:
    """One line of printable text, cut where it is long.

    >>> printable(None), printable(["a", "c"]), printable("two\\nlines")
    ('(blank)', 'a, c', 'two lines')
    """
    text = "(blank)" if value is None else ", ".join(value) if isinstance(value, list) else str(value)
    text = "".join(char if char.isprintable() else " " if char.isspace() else "\ufffd" for char in text)
    return text if len(text) <= limit else text[:limit] + "…"
