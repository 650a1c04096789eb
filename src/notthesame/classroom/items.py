"""Questions as every export takes them: which, in which group, and each text as a fragment of HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from .. import _html, lessons, questions
from .._reading import shown
from .._words import EXACT, counted, plain_number, some
from ..course import course, read_once
from ..questions import Question, Span
from ..questions.pointers import in_words
from ..questions.replies import number_of, span_in_words, tolerated, wanted

COURSE = "Not the Same"
# What XML 1.0 cannot hold, not even escaped.
_UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Lacks = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Group:
    """The questions that go into one category, quiz or page. ``name`` fits a file: "02", "00-test"."""

    name: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Export:
    """What a format makes of groups: files by name, how many questions are in them, and what it cannot hold,
    as (what, ids of questions)."""

    files: Mapping[str, bytes]
    held: int
    lacks: Lacks = ()


def groups(numbers: Sequence[str] = (), tests: bool = False) -> tuple[Group, ...]:
    """The questions of these lessons, or of all, a group a lesson; those of a test, if wanted, by themselves.

    Raises ValueError for a lesson that has no questions, and for a file of questions with faults.

    >>> [group.title for group in groups(["2"])]
    ['Lesson 02: What the law calls trafficking']
    """
    held = sorted(path.stem for path in course().questions.glob("[0-9][0-9].yaml"))
    asked = sorted({number.zfill(2) if number.isdecimal() else number for number in numbers}) or held
    if unknown := [number for number in asked if number not in held]:
        allowed = f"{held[0]} to {held[-1]}" if held else "none, for the course has no questions here"
        named = some([*map(shown, unknown)])
        raise ValueError(f"There is no lesson {named} with questions; allowed: {allowed}.")
    for fault in questions.bank_faults():
        if fault.path.stem in asked or not fault.path.stem.isdigit():
            many = counted(len(fault.faults), "fault")
            raise ValueError(
                f"{fault.path.name} has {many}; notthesame audit names them. Nothing was written."
            )
    return tuple(group for number in asked for group in _of_lesson(number, tests) if group.questions)


def every(of: Sequence[Group]) -> list[Question]:
    """The questions of groups, in order.

    >>> every(groups(["02"]))[0].id
    '02-destitute'
    """
    return [question for group in of for question in group.questions]


def listed(of: Sequence[Question], *lacks: tuple[str, Callable[[Question], bool]]) -> Lacks:
    """What is not held, each with the ids of the questions that it is true of, if there are any.

    >>> listed(every(groups(["02"])), ("an order", lambda question: question.kind == "ordering"))[0][1][0]
    '02-questions-in-turn'
    """
    found = ((what, tuple(question.id for question in of if holds(question))) for what, holds in lacks)
    return tuple((what, ids) for what, ids in found if ids)


def is_order(question: Question) -> bool:
    """Whether things are to be put in order.

    >>> is_order(questions.question("02-narrowing"))
    True
    """
    return question.kind == "ordering"


def _of_lesson(number: str, tests: bool) -> Iterator[Group]:
    every = [found for found in questions.known_questions().values() if number_of(found) == number]
    title = f"Lesson {number}{_titles().get(number, '')}"
    yield Group(number, title, tuple(found for found in every if found.mode != "test"))
    if tests:
        chosen = tuple(found for found in every if found.mode == "test")
        yield Group(f"{number}-test", f"Test of lesson {number}", chosen)


@read_once
def _titles() -> Mapping[str, str]:
    return {book.number: f": {title_of(book.title)}" for book in lessons.read_all(course().lessons)}


def title_of(title: str) -> str:
    """A lesson's title without its number.

    >>> title_of("02 What the law calls trafficking")
    'What the law calls trafficking'
    """
    return re.sub(r"^\d+\W+", "", title)


# --- texts --------------------------------------------------------------------------------------------------


def fragment(html: Markup) -> str:
    """HTML that is ready as a text that a file may hold: without what XML refuses, quotation marks plain.

    >>> fragment(Markup("<p>{}</p>").format("\\"a\\" < b" + chr(11)))
    '<p>"a" &lt; b\N{REPLACEMENT CHARACTER}</p>'
    """
    # The marks are escaped for attributes, of which these fragments have none.
    return writable(str(html).replace("&#34;", '"').replace("&#39;", "'"))


def writable(text: str) -> str:
    """A text in which another sign stands for each that XML cannot hold.

    >>> writable("a" + chr(11))
    'a\N{REPLACEMENT CHARACTER}'
    """
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def option(text: str) -> str:
    """An option's text as HTML within a line.

    >>> option("x < 5")
    'x &lt; 5'
    """
    return fragment(_html.as_typed(text))


def stem(question: Question) -> str:
    """Case, stem, and what an answer is where the kind does not show it, as HTML.

    >>> stem(questions.question("02-destitute"))[:47]
    '<p><strong>Case (invented).</strong> Ruta, 30, '
    """
    parts = [_html.paragraph(_html.as_typed(question.case), "Case (invented).")] if question.case else []
    parts.append(_html.paragraph(_html.as_typed(question.stem)))
    told = {"multiple": "Choose every right one.", "ordering": "Put them in order, first to last."}
    if question.kind == "numeric":
        told["numeric"] = wanted(question) + tolerated(question)
    if how := told.get(question.kind):
        parts.append(_html.paragraph(how))
    return fragment(_html.lines(parts))


def reason(question: Question, text: str) -> str:
    """One reason as HTML; where it points to a section of the course, the lesson is named.

    >>> reason(questions.question("02-destitute"), 'See "Means: what counts".')
    '<p>See "Means: what counts" in lesson 02.</p>'
    """
    return fragment(_html.paragraph(_html.as_typed(in_words(text, number_of(question)))))


def place(question: Question) -> str:
    """Where in the course the question belongs, as HTML.

    >>> place(questions.question("02-destitute"))
    '<p>From the course Not the Same, lesson 02, "Means: what counts".</p>'
    """
    where = f', "{question.section}"' if question.section else ""
    return fragment(_html.paragraph(f"From the course {COURSE}, lesson {question.taught:02}{where}."))


def headed(question: Question, parts: Sequence[tuple[str, str]]) -> str:
    """Several reasons, each after what it belongs to, as HTML.

    >>> headed(questions.question("02-destitute"), [("14 years:", "That is an age.")])
    '<p><strong>14 years:</strong> That is an age.</p>'
    """
    own = number_of(question)
    return fragment(
        _html.lines(_html.paragraph(_html.as_typed(in_words(text, own)), head) for head, text in parts)
    )


def in_order(question: Question) -> str:
    """The reasons of an order, in the right one, each after its item, as HTML.

    >>> in_order(questions.question("02-narrowing")).count("<strong>")
    4
    """
    items = (question.options[letter] for letter in question.key)
    return headed(question, [(f"{n}. {item.text}:", item.reason) for n, item in enumerate(items, 1)])


def told_apart(question: Question, spans: Sequence[Span]) -> list[tuple[str, str]]:
    """The reasons of ranges of numbers, each after its range in words.

    >>> told_apart(questions.question("02-count-vera"), [Span("Too many.", "", low=5)])
    [('5 instruments or more:', 'Too many.')]
    """
    return [(f"{span_in_words(span, question.unit)}:", span.reason) for span in spans]


# --- numbers ------------------------------------------------------------------------------------------------


def digits(number: float) -> str:
    """A number in digits, with a point and nothing between thousands.

    >>> digits(1200.5), digits(-10.0)
    ('1200.5', '-10')
    """
    return plain_number(number).replace(",", "")


def ends(number: float, tolerance: float) -> tuple[str, str]:
    """The least and the greatest number that is right, in digits.

    >>> ends(26.8, 0.2)
    ('26.6', '27')
    """
    value, reach = Decimal(repr(float(number))), Decimal(repr(float(tolerance)))
    low, high = EXACT.subtract(value, reach), EXACT.add(value, reach)
    return f"{low.normalize(EXACT):f}", f"{high.normalize(EXACT):f}"


def middle(low: float, high: float) -> tuple[str, str]:
    """A range as its middle and what lies on either side, in digits.

    >>> middle(37.6, 38), middle(4, 4)
    (('37.8', '0.2'), ('4', '0'))
    """
    first, last = Decimal(repr(float(low))), Decimal(repr(float(high)))
    parts = EXACT.add(first, last), EXACT.subtract(last, first)
    centre, reach = (EXACT.divide(part, Decimal(2)).normalize(EXACT) for part in parts)
    return f"{centre:f}", f"{reach:f}"


def shares(question: Question) -> dict[str, str]:
    """What each option of a choice earns, in per cent, as Moodle's list of grades has it.

    A single choice has one of 100. Of several, the right ones share 100 and the wrong ones share -100, so
    that ticking all of them earns nothing.

    >>> shares(questions.question("02-debt"))
    {'a': '-50', 'b': '50', 'c': '-50', 'd': '50'}
    """
    right = set(question.key)
    if question.kind == "single":
        return {letter: "100" if letter in right else "0" for letter in question.options}
    gain, loss = _share(len(right)), _share(len(question.options) - len(right))
    return {letter: gain if letter in right else f"-{loss}" for letter in question.options}


def _share(parts: int) -> str:
    return f"{100 / parts:.5f}".rstrip("0").rstrip(".")


def closed(question: Question) -> tuple[list[Span], list[Span]]:
    """The ranges of wrong numbers that have both ends, and the others.

    >>> [len(spans) for spans in closed(questions.question("02-count-vera"))]
    [3, 0]
    """
    both = [span for span in question.ranges if span.low is not None and span.high is not None]
    return both, [span for span in question.ranges if span not in both]
