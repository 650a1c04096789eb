"""The run card: clock times, what to do when it is late, votes and their branches, and words to say."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from ... import _html, questions
from ..._words import capital, counted
from ...plans import Session, Vote
from ...plans.notes import concept, moments, said
from ...subject.vignettes import vignette
from . import slips
from .sheets import told

DAY = 24 * 60
CLASS = 25
_RULE = (
    "Look at the clock when a block starts. Take the first column whose time has not passed, and its minutes "
    "(in brackets) from there on: then you end in time."
)
_BRANCHES = ("Explain, then vote again.", "Pairs, then vote again.", "Go on.")
_QUOTED = "\N{LEFT DOUBLE QUOTATION MARK}{}\N{RIGHT DOUBLE QUOTATION MARK}"
REMARK = "If somebody makes a hostile remark"
TOLD = "If somebody tells something of their own"


def clock(start: int, minutes: int) -> str:
    """The time of day so many minutes after a start, itself in minutes after midnight.

    >>> clock(14 * 60, 45), clock(23 * 60 + 50, 15)
    ('14:45', '00:05')
    """
    hours, rest = divmod((start + minutes) % DAY, 60)
    return f"{hours:02}:{rest:02}"


def started(text: str) -> int:
    """A time such as "14:00" in minutes after midnight; raises ValueError for anything else.

    >>> started("9:05")
    545
    """
    hours, _, rest = text.partition(":")
    if hours.isdecimal() and rest.isdecimal() and len(rest) == 2 and int(hours) < 24 and int(rest) < 60:
        return int(hours) * 60 + int(rest)
    raise ValueError(f"start is {text!r}; allowed is a time such as 14:00.")


def run_card(session: Session, start: int) -> Markup:
    """The card of a session that begins at ``start``, in minutes after midnight.

    >>> from notthesame.plans import plan
    >>> "at 40 minutes and late, do this" in run_card(plan("90-minutes").sessions[0], 14 * 60)
    True
    """
    head = f"Run card: {session.name}, {clock(start, 0)} to {clock(start, session.minutes)}"
    parts = [_html.heading(1, head), _plan(session, start), *_late(session, start), *_votes(session)]
    return _html.division("run", _html.lines((*parts, *_groups(session), *_words(session))))


def _plan(session: Session, start: int) -> Markup:
    heads = ("Start", "Min.", "Block", "What you do", "Say")
    rows = [
        (
            clock(start, at),
            str(block.minutes),
            block.name,
            told(session, block.do),
            _html.paragraphs(_QUOTED.format(words) for words in block.say),
        )
        for block, at in session.starts()
    ]
    return _html.division("plan", _html.table("", heads, rows))


# --- late -----------------------------------------------------------------------------------------------


def _late(session: Session, start: int) -> Iterator[Markup]:
    """For each cut the latest start of each block, and what to do where one looks at the clock."""
    if not session.late:
        return
    cuts = range(len(session.late) + 1)
    heads = ["Block", "In full", *(f"{less} late" for less in session.late), "What goes"]
    rows = [
        (
            block.name,
            *(f"{clock(start, session.latest(place, cut))} ({block.left(cut)})" for cut in cuts),
            told(session, block.goes) or "nothing",
        )
        for place, block in enumerate(session.blocks)
    ]
    head, rule = _html.heading(2, "Late?"), _html.paragraph(_RULE)
    yield _html.division("late", _html.lines((head, rule, _html.table("", heads, rows))))
    yield from (_now(session, start, place) for place, block in enumerate(session.blocks) if block.decide)


def _now(session: Session, start: int, place: int) -> Markup:
    """What to do where a block that decides starts late: which blocks give, in order, and how much."""
    at = sum(block.minutes for block in session.blocks[:place])
    block, rest = session.blocks[place], session.blocks[place:]
    steps: list[str] = []
    saved = 0
    for cut in range(1, len(session.late) + 1):
        given = [(b, b.left(cut - 1) - b.left(cut)) for b in rest if b.left(cut) < b.left(cut - 1)]
        if given:
            saved += sum(minutes for _, minutes in given)
            names = "; ".join(f"{b.name} {b.left(cut - 1)} to {b.left(cut)} min." for b, _ in given)
            steps.append(f"By {clock(start, at + saved)} ({saved} late): {'and ' if steps else ''}{names}")
    head = f"{block.name}, {clock(start, at)}: at {at} minutes and late, do this"
    steps.append("Later still: go to the last block, and give out the sheets for home.")
    return _html.division("now", _html.lines((_html.heading(3, head), _html.listed(steps))))


# --- votes ----------------------------------------------------------------------------------------------


def _votes(session: Session) -> Iterator[Markup]:
    if not session.votes:
        return
    yield _html.heading(2, "Votes")
    yield _html.division("kept", slips.counts())
    for number, vote in enumerate(session.votes, 1):
        yield _html.division("kept", _html.lines(_vote(session, number, vote)))


def _vote(session: Session, number: int, vote: Vote) -> Iterator[Markup]:
    found = concept(vote.question)
    right = "".join(questions.question(vote.question).key).upper()
    yield _html.heading(3, f"Vote {number}: {right} is right ({vote.question})")
    told_each = zip(slips.branches(CLASS), vote.minutes, found.branches if found else _BRANCHES, strict=True)
    rows = [
        (f"{few} to {many} of {CLASS}", counted(minutes, "minute"), capital(told(session, text)))
        for (few, many), minutes, text in told_each
    ]
    table = _html.table("", ("Right", "From the count on", "What you do"), rows)
    yield _html.division("branches", table)


def _groups(session: Session) -> Iterator[Markup]:
    if session.groups:
        pairs = (" and ".join(vignette(name).title for name in group) for group in session.groups)
        around = " and ".join(vignette(name).title for name in session.around)
        yield _html.heading(2, "Groups")
        yield _html.listed(pairs)
        yield (
            _html.paragraph(f"Around the others, for anybody, at any step: {around}.") if around else Markup()
        )


def _words(session: Session) -> Iterator[Markup]:
    """The room rules and what to say in hard moments, from the guide and the notes."""
    yield _html.heading(2, "Words to say")
    rows = [("At the start", *said("guide.md", "Room rules")[:1])]
    rows += [(moment.begins, " ".join(moment.say)) for moment in moments(session.lesson)]
    rows += [("Somebody tells something, to all", text) for text in said("guide.md", TOLD)[1:2]]
    rows += [("A hostile remark", text) for text in said("guide.md", REMARK)[:1]]
    yield _html.table("", ("When", "Say"), [row for row in rows if len(row) == 2])
