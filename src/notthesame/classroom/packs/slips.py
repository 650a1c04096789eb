"""Small paper: the card to count votes on, the exit slip without a name, and the list of help to fill in."""

from __future__ import annotations

from markupsafe import Markup

from ... import _html, evidence
from ..._words import capital
from ...plans import Session
from ...plans.model import HIGH, LOW, SHARES
from ...plans.notes import in_words
from ...questions import question
from ...questions.model import LETTERS
from . import sheets

SIZES = (10, 15, 20, 25, 30, 40)
_OTHERS = (
    "an emergency number",
    "counselling at your university or college",
    "an organisation run by survivors of trafficking",
    "legal advice on migration",
    "legal advice on work and wages",
    "help with housing or money, without conditions",
    "something else near you",
)
_HELP = (
    "Take this with you if you like.",
    "You may ask what a service passes on, and to whom, before you give a name.",
)
_CHECK = (
    "For whoever fills it in: more than one kind; call or open each one in the week of the class, and "
    "write the day. Leave out what you could not check. Take this line off before you copy the sheet."
)


def branches(people: int) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
    """How many right of so many people lead to each branch, fewest and most.

    >>> branches(25)
    ((0, 8), (9, 17), (18, 25))
    """
    low = -(-people * LOW // 100)  # the fewest that are LOW per cent or more
    high = people * HIGH // 100
    return (0, low - 1), (low, high), (high + 1, people)


def counts() -> Markup:
    """For classes of several sizes, which count of right answers leads to which branch.

    >>> "9 to 17" in counts()
    True
    """
    heads = ("People who voted", *(in_words(share) for share in SHARES))
    rows = [(str(size), *(f"{low} to {high}" for low, high in branches(size))) for size in SIZES]
    return _html.table("How many are right after the first vote", heads, rows, right=(1, 2, 3))


def tally(session: Session) -> Markup:
    """The card on which an instructor counts: letters only, never a name.

    >>> from notthesame.plans import plan
    >>> tally(plan("90-minutes").sessions[0])[:14]
    Markup('<h1>Tally card')
    """
    asked = [question(vote.question) for vote in session.votes]
    most = max((len(found.options) for found in asked), default=4)
    heads = ("Vote", "Right", *(letter.upper() for letter in LETTERS[:most]), "Right, of how many")
    rows = [
        (f"{number}, {time}", _right(vote.question), *[""] * (most + 1))
        for number, vote in enumerate(session.votes, 1)
        for time in ("first", "second")
    ]
    note = "Count cards, not people. Write no name. Show no count before the second vote."
    parts = (
        _html.heading(1, f"Tally card: {session.name}"),
        _html.division("note", _html.paragraph(note)),
        _html.division("grid", _html.table("", heads, rows)),
        counts(),
    )
    return _html.lines(parts)


def _right(name: str) -> str:
    return "".join(question(name).key).upper()


def exit_slip(session: Session) -> Markup:
    """Slips to tear off, two a sheet, the same on both halves.

    >>> from notthesame.plans import plan
    >>> exit_slip(plan("90-minutes").sessions[0]).count("No name.")
    2
    """
    asked = [
        _html.paragraph(f"{number}.  Answer: __________   Sure, from 0 to 100 per cent: ______")
        for number, _ in enumerate(session.exit, 1)
    ]
    slip = _html.lines(
        (
            _html.heading(2, f"Exit slip: {session.name}"),
            _html.paragraph("No name. Keep it, or leave it in the box by the door; nobody will ask which."),
            *asked,
            _html.paragraph("One thing that is clearer now:"),
            sheets.ruled(2),
            _html.paragraph("One thing that is not clear:"),
            sheets.ruled(2),
        )
    )
    return _html.lines(_html.division("slip", slip, "section") for _ in range(2))


def help_list() -> Markup:
    """A list of help for any country: kinds of service to fill in, and no number.

    >>> help_list()[:27]
    Markup('<h1>Where to find help</h1>')
    """
    table = evidence.rows("debate_support_resources")
    kinds = dict.fromkeys((_OTHERS[0], *(row["who_for"].partition(";")[0] for row in table), *_OTHERS[1:]))
    heads = ("For", "Name", "Number or page", "Hours, languages", "Checked on")
    rows = [(capital(kind), *[""] * 4) for kind in kinds]
    parts = (
        _html.heading(1, "Where to find help"),
        _html.paragraphs(_HELP),
        _html.division("grid", _html.table("", heads, rows)),
        _html.division("note", _html.paragraph(_CHECK)),
    )
    return _html.lines(parts)
