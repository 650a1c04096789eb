"""GIFT, a text that Moodle and several other systems read (https://docs.moodle.org/en/GIFT_format).

Each text is HTML, its signs that mean something to GIFT behind a backslash, on one line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..questions import Question
from . import items, xml
from .moodle import OPEN, general, has_open_range

FILE = "not-the-same-gift.txt"
ORDER = "an order (left out)"
ONE = "a choice of several with one right or one wrong option (left out; a share has two digits)"
_MEANT = re.compile(r"[\\~=#{}:]")


def made(groups: Sequence[items.Group]) -> items.Export:
    """The file of these groups, and what GIFT does not hold.

    >>> list(made(items.groups(["02"])).files)
    ['not-the-same-gift.txt']
    """
    parts, every = [], items.every(groups)
    for group in groups:
        title = xml.plain(group.title).replace("/", "//")
        parts.append(f"$CATEGORY: $course$/top/{items.COURSE}/{title}")
        parts += [_question(question) for question in group.questions if _holds(question)]
    lacks = items.listed(every, (ORDER, items.is_order), (ONE, _uneven), (OPEN, has_open_range))
    content = ("\n\n".join(parts) + "\n").encode("utf-8")
    return items.Export({FILE: content}, sum(map(_holds, every)), lacks)


def _holds(question: Question) -> bool:
    return not items.is_order(question) and not _uneven(question)


def _uneven(question: Question) -> bool:
    return question.kind == "multiple" and bool({"100", "-100"} & {*items.shares(question).values()})


def escaped(html: str) -> str:
    """A fragment of HTML as GIFT holds it: one line, and nothing in it means anything to GIFT.

    >>> escaped("<p>a = {b}: 50 %</p>")
    '<p>a \\\\= \\\\{b\\\\}\\\\: 50 %</p>'
    """
    line = re.sub(r"\s*\n\s*", " ", html.strip())
    if line[:1] in "%[":  # there it would begin a share or a format
        line = f"&#{ord(line[0])};{line[1:]}" if line else ""
    return _MEANT.sub(lambda found: f"\\{found[0]}", line)


def _question(question: Question) -> str:
    answers = _numeric(question) if question.kind == "numeric" else _choice(question)
    lines = [f"// [id:{question.id}] [tag:lesson {question.taught:02}]"]
    lines.append(f"::{escaped(question.id)}::[html]{escaped(items.stem(question))}{{")
    lines[-1] += "#" if question.kind == "numeric" else ""
    return "\n".join([*lines, *answers, f"####{escaped(general(question))}", "}"])


def _choice(question: Question) -> list[str]:
    shares = items.shares(question)
    marks = {"100": "=", "0": "~"}
    return [
        f"{marks.get(shares[letter]) or f'~%{shares[letter]}%'}{escaped(items.option(option.text))}"
        f"#{escaped(items.reason(question, option.reason))}"
        for letter, option in question.options.items()
    ]


def _numeric(question: Question) -> list[str]:
    """The right number, then each range of wrong ones, then any other."""
    values = [(f"={items.digits(question.value)}:{items.digits(question.tolerance)}", question.reason)]
    for span in items.closed(question)[0]:
        centre, reach = items.middle(span.low or 0, span.high or 0)
        values.append((f"=%0%{centre}:{reach}", span.reason))
    if question.otherwise:
        values.append(("~", question.otherwise.reason))
    return [f"{number}#{escaped(items.reason(question, reason))}" for number, reason in values]
