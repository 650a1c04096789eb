"""Moodle XML: every kind, with its reasons, in one file with a category for each lesson.

The format is Moodle's own (https://docs.moodle.org/en/Moodle_XML_format); orders need Moodle 4.4 or newer, or
the plugin qtype_ordering.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..questions import Question
from . import items, xml
from .xml import Element, child

FILE = "not-the-same-moodle.xml"
TYPES = {"single": "multichoice", "multiple": "multichoice", "numeric": "numerical", "ordering": "ordering"}
OPEN = "a range of wrong numbers without an end (its reason stands in the general feedback)"
LETTER = "the reason for one item of an order (Moodle shows them together, as general feedback)"


def made(groups: Sequence[items.Group]) -> items.Export:
    """The file of these groups, and what Moodle does not hold.

    >>> list(made(items.groups(["02"])).files)
    ['not-the-same-moodle.xml']
    """
    root, every = Element("quiz"), items.every(groups)
    for group in groups:
        category = child(root, "question", type="category")
        # A slash would begin a category within it; two are one sign.
        title = xml.plain(group.title).replace("/", "//")
        _text(category, "category", f"$course$/top/{items.COURSE}/{title}", "")
        child(category, "idnumber", f"nts-lesson-{group.name}")
        for question in group.questions:
            _question(root, question)
    lacks = items.listed(every, (OPEN, has_open_range), (LETTER, items.is_order))
    return items.Export({FILE: xml.written(root)}, len(every), lacks)


def has_open_range(question: Question) -> bool:
    """Whether the reason for a range of wrong numbers has no place of its own.

    >>> from notthesame.questions import question
    >>> has_open_range(question("02-count-vera"))
    False
    """
    return bool(items.closed(question)[1])


def _question(root: Element, question: Question) -> None:
    part = child(root, "question", type=TYPES[question.kind])
    _text(part, "name", question.id, "")
    _text(part, "questiontext", items.stem(question))
    _text(part, "generalfeedback", general(question))
    for tag, text in {
        "defaultgrade": "1",
        "penalty": "0.3333333",
        "hidden": "0",
        "idnumber": question.id,
    }.items():
        child(part, tag, text)
    {"numeric": _numeric, "ordering": _ordering}.get(question.kind, _choice)(part, question)
    tags = child(part, "tags")
    for tag in (f"lesson {question.taught:02}", f"outcome {question.outcome}", question.bloom):
        child(child(tags, "tag"), "text", tag)


def general(question: Question) -> str:
    """The feedback that everybody sees: where the question belongs, and reasons that fit no answer.

    >>> from notthesame.questions import question
    >>> general(question("02-destitute"))
    '<p>From the course Not the Same, lesson 02, "Means: what counts".</p>'
    """
    parts = [items.place(question)]
    if question.kind == "ordering":
        parts.insert(0, items.in_order(question))
    if left := items.closed(question)[1]:
        parts.insert(0, items.headed(question, items.told_apart(question, left)))
    return "\n".join(parts)


def _choice(part: Element, question: Question) -> None:
    child(part, "single", "true" if question.kind == "single" else "false")
    child(part, "shuffleanswers", "false")  # a class can speak of B
    child(part, "answernumbering", "ABCD")
    child(part, "showstandardinstruction", "0")
    for tag in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        _text(part, tag, "")
    child(part, "shownumcorrect")
    shares = items.shares(question)
    for letter, option in question.options.items():
        _answer(part, shares[letter], items.option(option.text), items.reason(question, option.reason))


def _ordering(part: Element, question: Question) -> None:
    # Pairs in the right order count, as in the course.
    settings = {
        "layouttype": "VERTICAL",
        "selecttype": "ALL",
        "selectcount": "0",
        "gradingtype": "RELATIVE_ALL_PREVIOUS_AND_NEXT",
        "showgrading": "SHOW",
        "numberingstyle": "none",
    }
    for tag, text in settings.items():
        child(part, tag, text)
    for tag in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        _text(part, tag, "")
    child(part, "shownumcorrect")  # without it the import stops
    for place, letter in enumerate(question.key, 1):
        option = question.options[letter]
        _answer(part, str(place), items.option(option.text), items.reason(question, option.reason))


def _numeric(part: Element, question: Question) -> None:
    """The right number, then each range of wrong ones, then any other: Moodle takes the first that fits."""
    reach = items.digits(question.tolerance)
    _answer(part, "100", items.digits(question.value), items.reason(question, question.reason), reach)
    for span in items.closed(question)[0]:
        centre, reach = items.middle(span.low or 0, span.high or 0)
        _answer(part, "0", centre, items.reason(question, span.reason), reach)
    if question.otherwise:
        _answer(part, "0", "*", items.reason(question, question.otherwise.reason), "0")
    for tag, text in {
        "unitgradingtype": "0",
        "unitpenalty": "0.1",
        "showunits": "3",
        "unitsleft": "0",
    }.items():
        child(part, tag, text)


def _answer(part: Element, fraction: str, text: str, feedback: str, tolerance: str = "") -> None:
    """One answer; the text of a number has no format."""
    made = child(part, "answer", fraction=fraction, format="moodle_auto_format" if tolerance else "html")
    child(made, "text", text)
    _text(made, "feedback", feedback)
    if tolerance:
        child(made, "tolerance", tolerance)


def _text(part: Element, tag: str, text: str, form: str = "html") -> None:
    attributes = {"format": form} if form else {}
    child(child(part, tag, **attributes), "text", text)
