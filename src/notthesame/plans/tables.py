"""The tables of a plan's page, as markdown: minutes, cuts, and the grid to fill in."""

from __future__ import annotations

from collections.abc import Sequence

from ..subject.definitions import ON_PAGE, instrument
from ..subject.vignettes import vignette
from .model import Session

_HEADS = ("Minutes", "Block", "What you do", "On the screen", "With laptops")


def minute_plan(session: Session) -> str:
    """A row a block: minutes, what you do, what is to be seen; columns that nobody fills are left out.

    >>> from notthesame.plans import plan
    >>> minute_plan(plan("90-minutes").sessions[0]).splitlines()[2][:23]
    '| `0-8` | Opening | Roo'
    """
    rows = [
        (f"`{at}-{at + block.minutes}`", block.name, block.do, block.screen, block.laptops)
        for block, at in session.starts()
    ]
    return _table([_HEADS, *rows])


def cut_list(session: Session) -> str:
    """The minutes of each block, in full and after each cut, and what goes.

    >>> from notthesame.plans import plan
    >>> cut_list(plan("90-minutes").sessions[0]).splitlines()[0]
    '| Block | `90` | `80` (`-10`) | `70` (`-20`) | `60` (`-30`) | What goes |'
    """
    whole = session.minutes
    heads = ["Block", f"`{whole}`", *(f"`{whole - less}` (`-{less}`)" for less in session.late), "What goes"]
    cuts = range(len(session.late) + 1)
    rows = [
        (block.name, *(f"`{block.left(cut)}`" for cut in cuts), block.goes or "nothing")
        for block in session.blocks
    ]
    return _table([heads, *rows])


def grid(session: Session) -> str:
    """A row a case of the grid, with an empty cell for each instrument of the page.

    >>> from notthesame.plans import plan
    >>> grid(plan("90-minutes").sessions[0]).splitlines()[2][:47]
    '| `v03-promised` Chidi is told something else |'
    """
    heads = ("Case", *(instrument(key).short for key in ON_PAGE), "Decided by")
    rows = [(f"`{name}` {vignette(name).title}", *[""] * (len(heads) - 1)) for name in session.grid]
    return _table([heads, *rows])


TABLES = {"minute plan": minute_plan, "cut list": cut_list, "grid": grid}  # by the name of their marks


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a table of markdown, the first its head; a column of ``_HEADS`` that is empty is left out."""
    heads, *body = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    kept = [n for n, head in enumerate(heads) if head not in _HEADS or any(row[n] for row in body)]
    cells = [heads, ["---"] * len(heads), *body]
    return "\n".join("|" + "|".join(f" {row[n]} " if row[n] else " " for n in kept) + "|" for row in cells)
