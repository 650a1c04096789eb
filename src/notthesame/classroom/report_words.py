"""Counts, shares and intervals in words, and what each figure of a class report can and cannot tell."""

from __future__ import annotations

import math
from collections.abc import Mapping

from ..statistics.items import Estimate
from ..statistics.small_cells import LEAST, Cell

HIDDEN = "not told"
FEW = f"under {LEAST}"

# What a figure can tell, and what it cannot.
NOTES: Mapping[str, tuple[str, str]] = {
    "revisit": (
        "where first answers, given before any reason was read, went wrong most often.",
        "why they did. Where intervals overlap, the order of neighbours may be chance; and an outcome asked "
        "by few questions may be low because one of them is hard. A share that is a range has counts in it "
        "that are too small to be told.",
    ),
    "outcomes": (
        "how much of what was asked on an outcome was right at first. The interval keeps the answers of one "
        "learner together: a class of this size, drawn anew from people like these, would mostly land in it.",
        "how hard the questions are beside those of another outcome; nor what was learned, as first answers "
        "come at the beginning.",
    ),
    "completion": (
        "who answered a question that the lesson asks, and who answered all of them.",
        "who read the lesson. Who did not hand in is not in any count of this report.",
    ),
    "reliability": (
        "how far the questions of a lesson rank the same learners alike (KR-20, 0 to 1).",
        "whether they ask what matters. A lesson on several things may be low and good; only those who "
        "answered all of its questions count.",
    ),
    "difficulty": (
        "how many had a question right at first, with Wilson's interval, and how many in their latest one.",
        "whether a hard question is a bad one. The latest answer came after the reason was shown: that tells "
        "of reading it, not of what lasts.",
    ),
    "discrimination": (
        "whether those who had more of the lesson's other questions right had this one right too "
        "(correlation, -1 to 1). Below 0.1, read the question: it may be at fault rather than the class.",
        "much in one class of 30: look at the interval. There is none where very few were right, or wrong.",
    ),
    "beliefs": (
        "how many chose, at first, an answer that goes with a mistaken belief, once or more.",
        "that they hold it: a guess counts the same. Two questions with it say more than one.",
    ),
    "forms": (
        "how much of what was wrong before the course was right after it, of those who answered all of both.",
        "what the course did. There is no group without it; those who left are missing; who was very low "
        "before is likely to be higher after by chance alone. The two forms ask the same of other cases; "
        "they are parallel, and nobody has shown them equally hard.",
    ),
    "confidence": (
        "whether answers that learners were sure of were right as often as they said.",
        "how sure one learner is. Answers of the same learner hang together, so no interval is drawn.",
    ),
}


def people(cell: Cell) -> str:
    """A count as it may be told.

    >>> people(Cell(12, 12)), people(Cell(1, 4, few=True)), people(Cell(19, 22)), people(Cell(1, 10))
    ('12', 'under 5', '19 to 22', 'not told')
    """
    if cell.exact:
        return f"{cell.low:,}"
    if cell.few:
        return FEW
    return HIDDEN if cell.low <= 1 else f"{cell.low:,} to {cell.high:,}"


def per_cent(cell: Cell, whole: int) -> str:
    """A count as a share of those of whom it is one, in per cent, as it may be told.

    >>> per_cent(Cell(12, 12), 30), per_cent(Cell(1, 4, few=True), 30), per_cent(Cell(26, 29), 30)
    ('40', 'under 17', 'over 83')
    >>> per_cent(Cell(19, 22), 30), per_cent(Cell(1, 10), 12)
    ('63 to 74', 'not told')
    """
    if cell.exact:
        return f"{100 * cell.low / whole:.0f}"
    if cell.few:
        return f"under {math.ceil(100 * LEAST / whole)}"
    if cell.low <= 1:
        return HIDDEN
    if cell.high == whole - 1:
        return f"over {math.floor(100 * (cell.low - 1) / whole)}"
    return f"{math.floor(100 * cell.low / whole)} to {math.ceil(100 * cell.high / whole)}"


def share(cell: Cell, whole: int) -> str:
    """A share in words, with the counts behind it.

    >>> share(Cell(12, 12), 30), share(Cell(26, 29), 30), share(Cell(1, 10), 12)
    ('40 per cent (12 of 30)', 'over 83 per cent (26 to 29 of 30)', 'not told')
    """
    told = per_cent(cell, whole)
    return told if told == HIDDEN else f"{told} per cent ({people(cell)} of {whole:,})"


def ends(low: float | None, high: float | None, digits: int = 0) -> str:
    """The ends of an interval; empty where it has none.

    >>> ends(35, 47.2), ends(-0.104, 0.5, 2), ends(None, None)
    ('35 to 47', '−0.10 to 0.50', '')
    """
    if low is None or high is None:
        return ""
    return f"{number(low, digits)} to {number(high, digits)}"


def ends_per_cent(found: Estimate | None) -> str:
    """The interval of a share, in per cent.

    >>> ends_per_cent(Estimate(0.4, 0.352, 0.472, 30))
    '35 to 47'
    """
    if found is None or found.low is None or found.high is None:
        return ""
    return ends(100 * found.low, 100 * found.high)


def number(value: float, digits: int) -> str:
    """A number with a real minus; what rounds to zero has none.

    >>> number(-0.104, 2), number(-0.001, 2)
    ('−0.10', '0.00')
    """
    text = f"{value:.{digits}f}"
    return (text if float(text) else f"{0:.{digits}f}").replace("-", "\N{MINUS SIGN}")


def estimate(found: Estimate | None, digits: int = 2) -> str:
    """A figure with its interval behind it; a dash where there is none.

    >>> estimate(Estimate(0.3, 0.1, 0.5, 30)), estimate(None)
    ('0.30 (0.10 to 0.50)', '–')
    """
    if found is None:
        return "\N{EN DASH}"
    interval = ends(found.low, found.high, digits)
    return number(found.value, digits) + (f" ({interval})" if interval else "")
