"""Questions on paper: a page a lesson, its key and reasons on a sheet of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from .. import _html, front
from ..questions import Question
from ..questions.pointers import in_words
from ..questions.replies import explained, number_of, tolerated, wanted
from . import items

_LINE = "_" * 30  # to write on


def made(groups: Sequence[items.Group]) -> items.Export:
    """The pages of these groups; paper holds every kind.

    >>> list(made(items.groups(["02"])).files)
    ['questions-02.html']
    """
    style = front.paper(Path(__file__).with_suffix(".css"))
    pages = {f"questions-{group.name}.html": _page(group, style).encode("utf-8") for group in groups}
    return items.Export(pages, len(items.every(groups)))


def _page(group: items.Group, style: str) -> str:
    numbered = [*enumerate(group.questions, 1)]
    questions = _html.lines(asked(f"Question {number}", question) for number, question in numbered)
    reasons = _html.lines(told(f"Question {n} ({found.id})", found) for n, found in numbered)
    head = _html.heading(1, f"{items.COURSE}: {group.title}")
    # A heading of the same level begins a new sheet.
    key = _html.lines((_html.heading(1, f"Key and reasons. {group.title}"), reasons))
    return items.writable(str(_html.document(group.title, style, _html.lines((head, questions, key)))))


def asked(label: str, question: Question) -> Markup:
    """A question under a label, with its case and lettered options, and nothing of its key.

    >>> asked("Vote 1", items.every(items.groups(["02"]))[0])[:15]
    Markup('<h2>Vote 1</h2>')
    """
    lines = [_html.heading(2, label)]
    if question.case:
        lines.append(_html.paragraph(_html.as_typed(question.case), "Case (invented)."))
    lines.append(_html.paragraph(_html.as_typed(question.stem)))
    for letter, option in question.options.items():
        lines.append(_html.paragraph(_html.as_typed(option.text), letter.upper(), "\N{EN SPACE}"))
    lines.append(_html.paragraph(wanted(question) + tolerated(question)))
    if question.kind in ("numeric", "ordering"):
        lines.append(_html.paragraph(_LINE))
    return _html.lines(lines)


def told(label: str, question: Question) -> Markup:
    """The key of a question and its reasons, under a label.

    >>> told("Question 1", items.every(items.groups(["02"]))[0])[:19]
    Markup('<h2>Question 1</h2>')
    """
    own = number_of(question)
    reasons = (
        _html.paragraph(_html.as_typed(in_words(text, own)), head) for head, text in explained(question)
    )
    return _html.lines((_html.heading(2, label), *reasons))
