"""A pack for a class: every sheet of a plan, its slides, and a page that says what to print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from markupsafe import Markup

from ... import _html
from ...plans import Plan, Session, plan
from .. import exports, items
from ..grading.made import made as made_for
from . import cards, grading, handout, packet, run_card, sheets, slides, slips
from .sheets import Sheet

INDEX = "index.html"
_HOW = (
    "Open a page in a browser and print it. Everything is black on white. The slides need no network: open "
    "them, and go on with the arrow keys or a presenter.",
    "Pages marked with a star are yours: they hold keys, reasons or words to say. Nobody else needs them.",
)


def workshop(
    folder: Path,
    name: str,
    lesson: str | None = None,
    paper: str = "a4",
    start: str = "14:00",
    seed: int = 1,
) -> list[str]:
    """Write the pack of a plan into a folder; returns what to tell, line by line.

    name: of the plan, as "90-minutes"; lesson: its sessions on this lesson only. paper: a name of
    ``sheets.PAPERS``. start: when the first session begins. seed: of the grading
    sheets. The same course gives the same bytes. Raises
    ValueError, and then nothing is written: for what is not there, or something in the way.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as there:
    ...     workshop(Path(there), "90-minutes")[-1]
    'Open index.html first: it says what to print, and how many.'
    """
    if paper not in sheets.PAPERS:
        raise ValueError(f"There is no paper {paper}; allowed: {', '.join(sheets.PAPERS)}.")
    made = [*pack(plan(name, lesson), paper, run_card.started(start), seed)]
    files = {sheet.name: sheet.content for sheet in made}
    exports.written(folder, files)
    return [
        *(f"written: {folder / name}" for name in files),
        f"Open {INDEX} first: it says what to print, and how many.",
    ]


def pack(of: Plan, paper: str, start: int, seed: int = 1) -> Iterator[Sheet]:
    """The sheets of a plan, the page that says what to print first.

    >>> from notthesame.plans import plan
    >>> [sheet.name for sheet in pack(plan("90-minutes"), "a4", 14 * 60)][:2]
    ['index.html', 'run-card.html']
    """
    made = []
    at, day = start, of.sessions[0].day
    for number, session in enumerate(of.sessions, 1):
        at = start if session.day != day else at + session.rest
        prefix = f"{number}-{session.lesson}-" if len(of.sessions) > 1 else ""
        made += [*_of_session(session, paper, at, prefix)]
        if grading.has_sheet(session.lesson):
            made += [*grading.of_lesson(made_for(session.lesson, seed), paper, prefix)]
        at, day = at + session.minutes, session.day
    made += [*_of_all(paper)]
    yield Sheet(INDEX, "", "", _index(of, made, paper))
    yield from made


def _of_session(session: Session, paper: str, start: int, prefix: str) -> Iterator[Sheet]:
    def sheet(name: str, what: str, copies: str, body: Markup, kind: str = "") -> Sheet:
        return Sheet(f"{prefix}{name}.html", what, copies, sheets.page(what, body, paper, kind))

    yield sheet(
        "run-card",
        "* Run card: clock, votes, what to cut, words to say",
        "1",
        run_card.run_card(session, start),
    )
    yield Sheet(f"{prefix}slides.html", "* Slides", "on the screen", slides.slides(session, paper))
    yield sheet("packet", "Packet: cases, votes, exit ticket", "25", packet.packet(session))
    if packet.differs(session):
        without = slides.slides(session, paper, minors=False)
        yield Sheet(
            f"{prefix}slides-without-minors.html", "* Slides without minors", "on the screen", without
        )
        body = packet.packet(session, minors=False)
        yield sheet("packet-without-minors", "Packet without minors, for whoever takes it", "10", body)
    yield sheet("handout", "Handout, one page", "25", handout.handout(session), _density(session))
    if session.grid:
        yield sheet("grid", "Grid, for a small group", "8", packet.grid(session), "wide")
    if session.cases:
        yield sheet("case-cards", "Case cards, one a sheet", "1", cards.cases(session))
    if cards.positions(session.lesson):
        yield sheet(
            "position-sheets", "Position sheets, one a sheet", "2", cards.position_sheets(session.lesson)
        )
    if session.votes:
        yield sheet("tally-card", "* Tally card", "1", slips.tally(session))
    if session.exit:
        yield sheet("exit-slips", "Exit slips, two a sheet, no name", "13", slips.exit_slip(session))


def _density(session: Session) -> str:
    """The texts of law fill their page."""
    return "handout dense" if session.grid else "handout"


def _of_all(paper: str) -> Iterator[Sheet]:
    for name, what, copies, body in (
        (
            "letter-cards",
            "Letter cards A to D, one a sheet",
            "25, or fingers held to the chest",
            cards.letters(),
        ),
        ("help-list", "List of help, to fill in and to check", "25, and some by the door", slips.help_list()),
    ):
        yield Sheet(f"{name}.html", what, copies, sheets.page(what, body, paper))


def _index(of: Plan, made: Sequence[Sheet], paper: str) -> bytes:
    heads = ("Open", "What it is", "Copies for 25")
    rows = [(_html.link(sheet.name, sheet.name), sheet.what, sheet.copies) for sheet in made]
    head = f"{items.COURSE}: {of.title}"
    body = _html.lines((_html.heading(1, head), _html.paragraphs(_HOW), _html.table("", heads, rows)))
    return sheets.page(head, body, paper)
