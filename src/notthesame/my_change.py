"""What has changed from form A of the test to form B, and how sure a learner was: for their own eyes.

Nothing is on the page before a button is pressed, and a saved notebook never holds what it showed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import traitlets

from . import _html
from ._words import counted
from .front.widget import Widget
from .questions import answers, forms, view
from .questions.confidence import HEADS
from .questions.forms import Pair
from .questions.pressed import offer, on_press
from .questions.records import Record
from .questions.scoring import RIGHT
from .questions.shown import RESULTS, in_few_words, of_which_case
from .statistics.two_forms import usual_difference

PAIR_HEADS = ("Lesson", "Question, as form B asks it", "Form A", "Form B")
_SURE = "Right at each confidence, in per cent, with 95 per cent intervals"
_GAME = "The game of lesson 07, in which you guess ranges, keeps nothing, so it does not count here."
_OPEN = "Few answers leave much open: any share within the 95 per cent interval fits with yours."
_WHAT = (
    "What has changed from form A of the test to form B, and how sure you were. It is for your own eyes: "
    "press the button to see it; it is not sent, and not saved with this page."
)


def my_change() -> None:
    """Offer what has changed for you from the first test to the second: a button shows it.

    Pairs of parallel questions, right before and after, by your first answers; what so few can tell; and how
    often you were right at each confidence that you gave. Neither a saved notebook nor a file holds it.

    >>> my_change()
    What has changed from form A of the test to form B, and how sure you were. ...
    """
    offer(_html.paragraph(_WHAT), _WHAT, MyChange(), "nts-change-again")


class MyChange(Widget):
    """The button and, once it is pressed, two parts: pairs, and confidences. Raise ``pressed`` by one.

    A part holds a head, lines, a table (caption, heads, rows) and a picture with its alt; what it lacks is
    empty. ``told`` is raised by one when they are there.
    """

    script = on_press(Path(__file__))
    style = f"{view.stylesheet()}\n{Path(__file__).with_suffix('.css').read_text(encoding='utf-8')}"
    theirs = ("pressed", "told", "message", "parts")

    pressed = traitlets.Int(0).tag(sync=True)
    told = traitlets.Int(0).tag(sync=True)
    message = traitlets.Unicode("").tag(sync=True)
    parts: Any = traitlets.List().tag(sync=True)

    def __init__(self) -> None:
        super().__init__()
        self.observe(self._tell, "pressed")

    def keep_out(self) -> None:
        """A saved notebook never holds what was shown, whether or not answers are recorded."""
        self.instead = self.blank()

    def _tell(self, change: Any) -> None:
        found = answers.load()
        pairs = forms.pairs(found.records)
        self.message = summary(pairs)
        lines = (*compared(pairs), *filter(None, [found.unread]))
        rows = [list(_row(pair)) for pair in pairs if pair.first or pair.second]
        self.parts = [
            _part("Before and after", lines, ("Pair by pair", PAIR_HEADS, rows)),
            self._sureness(found.records),
        ]
        self.told += 1

    def _sureness(self, records: Sequence[Record]) -> dict[str, Any]:
        from .charts import own_answers

        found = own_answers.told(records, recorded=not self.unrecorded)
        rows = [list(row) for row in found.rows]
        lines = (*found.lines, *([_OPEN, _GAME] if rows else []))
        return _part("How sure you were", lines, (_SURE, HEADS, rows), found.picture, found.alt)

    def __repr__(self) -> str:
        return "Run this cell to see what has changed"


def _part(
    head: str,
    lines: Sequence[str],
    table: tuple[str, Sequence[str], list[list[str]]],
    picture: str = "",
    alt: str = "",
) -> dict[str, Any]:
    caption, heads, rows = table
    shown = {"caption": caption, "heads": list(heads), "rows": rows}
    return {"head": head, "lines": list(lines), **shown, "picture": picture, "alt": alt}


def _row(pair: Pair) -> Iterator[str]:
    """A pair in words; while one of its items is open, nothing is told of the other."""
    yield f"{pair.after.about:02}"
    yield " ".join(filter(None, (of_which_case(pair.after), in_few_words(pair.after))))
    for record in (pair.first, pair.second):
        told = RESULTS[str(record.status)] if record and pair.first and pair.second else "Answered"
        yield told if record else "Open"


# --- words -------------------------------------------------------------------------------------------------


def _both(pairs: Sequence[Pair]) -> list[tuple[bool, bool]]:
    """Of the pairs answered in both forms: whether right before, and after. Partly right is not right."""
    answered = ((pair.first, pair.second) for pair in pairs)
    return [(a.status == RIGHT, b.status == RIGHT) for a, b in answered if a and b]


def summary(pairs: Sequence[Pair]) -> str:
    """How many were right before and after, of those pairs that were answered in both forms.

    >>> summary(forms.pairs())
    'None of the 15 pairs is answered in both forms yet.'
    """
    both = _both(pairs)
    if not both:
        return f"None of the {counted(len(pairs), 'pair')} is answered in both forms yet."
    before, after = (sum(form) for form in zip(*both, strict=True))
    answered = counted(len(both), "pair")
    return f"Of {answered} answered in both forms: {before} right before, {after} right after."


def compared(pairs: Sequence[Pair]) -> Iterator[str]:
    """How the pairs turned out one by one, and by how much luck alone sets two forms apart.

    >>> [*compared(forms.pairs())]
    ['Answered so far: 0 of form A (lesson 00), 0 of form B (lesson 13).']
    """
    both = _both(pairs)
    if not both:
        first, second = sum(bool(pair.first) for pair in pairs), sum(bool(pair.second) for pair in pairs)
        yield f"Answered so far: {first} of form A (lesson 00), {second} of form B (lesson 13)."
        return
    yield "Each question counts by your first answer; partly right is not right."
    yield (
        f"Not right before, right after: {both.count((False, True))}. The other way: "
        f"{both.count((True, False))}. Right both times: {both.count((True, True))}. Neither time: "
        f"{both.count((False, False))}."
    )
    yield from _by_luck(both)


def _by_luck(both: Sequence[tuple[bool, bool]]) -> Iterator[str]:
    n, right = len(both), sum(map(sum, both))
    usual = usual_difference(n, (right + 1) / (2 * n + 2))  # by Laplace's rule: all right is no certainty
    yield (
        "Luck alone sets two forms apart. Somebody who is right about as often as you, and knows no more the "
        f"second time, differs by up to {usual} on two forms of {counted(n, 'question')} in 95 of 100 cases."
    )
    change = sum(after - before for before, after in both)
    if not change:
        yield "You do not differ, which does not show that nothing has changed."
    elif abs(change) <= usual:
        yield f"You differ by {abs(change)}, which may be luck."
    else:
        yield f"You differ by {abs(change)}: more than luck usually makes."
    yield "Nobody has measured whether form B is as hard as form A."
