"""What a student holds: cases, votes and exit ticket with space to write, and no answer; the empty grid."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from ... import _html
from ...plans import Session
from ...subject.definitions import ON_PAGE, instrument
from ...subject.vignettes import vignette
from .. import items, paper
from . import sheets

NOTE = "Yours to keep. Put no name on it; nobody collects it. The people in its cases are invented."
_VOTED = "First vote: ____   Second vote: ____   The words that decide it:"
_SURE = "Your answer: ________   How sure are you, from 0 to 100 per cent? ______"
_RULES = (
    "You may leave any case out and take another from this sheet, or go out for a while, without a reason."
)


def packet(session: Session, minors: bool = True) -> Markup:
    """The packet of a session; without ``minors`` no case and no question in it speaks of one.

    Where a question has another in its place, both packets call it by the same number.

    >>> from notthesame.plans import plan
    >>> packet(plan("90-minutes").sessions[0])[:17]
    Markup('<h1>Not the Same:')
    """
    parts = [
        _html.heading(1, f"{items.COURSE}: {session.name}"),
        _html.division("note", _html.paragraph(NOTE)),
    ]
    parts += [
        *_cases(session, minors),
        *_written(session, minors),
        *_votes(session, minors),
        *_exit(session, minors),
    ]
    return _html.lines(parts)


def differs(session: Session) -> bool:
    """Whether a session speaks of minors, so that it has a second packet.

    >>> from notthesame.plans import plan
    >>> differs(plan("90-minutes").sessions[0])
    True
    """
    asked = (
        *(vote.question for vote in session.votes),
        *session.exit,
        *(q for b in session.blocks for q in b.ask),
    )
    every, without = ([*sheets.labelled(session, "", asked, minors)] for minors in (True, False))
    return every != without or sheets.cases(session) != sheets.cases(session, minors=False)


def _cases(session: Session, minors: bool) -> Iterator[Markup]:
    if found := sheets.cases(session, minors):
        yield _html.heading(2, "The cases")
        yield _html.paragraph(_RULES)
        yield _html.division("columns", _html.lines(map(sheets.case, found)))


def _written(session: Session, minors: bool) -> Iterator[Markup]:
    """Each thing to write down with space for it, and each question without a vote."""
    kept = {case.title for case in sheets.cases(session, minors)}
    gone = {case.title for case in sheets.cases(session)} - kept
    for block in session.blocks:
        for label, question in sheets.labelled(session, f"{block.name},", block.ask, minors):
            shown = paper.asked(label, question)
            yield _html.division("asked", _html.lines((shown, _html.paragraph(_SURE))))
        for asked in block.write:
            if any(title in asked for title in gone):
                continue
            drawn = "sketch" in asked.lower()
            below = sheets.space() if drawn else sheets.ruled(2)
            yield _html.division(
                "kept", _html.lines((_html.heading(2, block.name), _html.paragraph(asked), below))
            )


def _votes(session: Session, minors: bool) -> Iterator[Markup]:
    names = [vote.question for vote in session.votes]
    for label, question in sheets.labelled(session, "Vote", names, minors):
        below = (_html.paragraph(_VOTED), sheets.ruled(1))
        yield _html.division("asked", _html.lines((paper.asked(label, question), *below)))


def _exit(session: Session, minors: bool) -> Iterator[Markup]:
    for label, question in sheets.labelled(session, "Exit ticket,", session.exit, minors):
        shown = paper.asked(label, question)
        yield _html.division("asked", _html.lines((shown, _html.paragraph(_SURE))))


def grid(session: Session, minors: bool = True) -> Markup:
    """The grid to fill in, for a small group: a row a case, a column a text, and what decided.

    >>> from notthesame.plans import plan
    >>> grid(plan("90-minutes").sessions[0])[:17]
    Markup('<h1>The grid</h1>')
    """
    found = [vignette(name) for name in session.grid]
    shown = [case for case in found if minors or not sheets.has_minor(case.facts)]
    shown += [] if minors else [case for case in map(vignette, session.around) if case not in shown]
    heads = ("Case", *(instrument(key).short for key in ON_PAGE), "Decided by")
    rows = [(case.title, *[""] * (len(heads) - 1)) for case in shown]
    note = "Write met, not met or depends, and in the last column the element that decided."
    table = _html.division("grid", _html.table("", heads, rows))
    return _html.lines((_html.heading(1, "The grid"), _html.division("note", _html.paragraph(note)), table))
