"""Questions from earlier lessons asked again: drawn by rule, and the same three for everybody."""

from __future__ import annotations

from .. import lessons, questions
from .answers import Message
from .asked import asked


def retrieval(number: str | int) -> None:
    """Ask three questions from lessons that lie before this one on every route, as in ``retrieval("02")``.

    They are asked anew: an earlier answer is not shown, so that it has to be recalled.

    >>> retrieval("00")
    No earlier lesson has questions to come back to.
    """
    from IPython.display import display

    from .view import ask

    found = drawn(number)
    for question in found:
        ask(question, earlier=False)
    if not found:
        display(Message("No earlier lesson has questions to come back to."))  # type: ignore[no-untyped-call]


def drawn(number: str | int) -> tuple[str, ...]:
    """Their ids: from the nearest of the earlier lessons, the middle one, and the last of the first third.

    Never a question of a test, of an exit ticket or of a folded "More", and one that its own lesson does not
    ask before one that it does. The same lesson always gets the same; the next lesson gets others. With few
    earlier lessons one lesson gives more than one question. Raises ValueError for a lesson that is on no
    route.

    >>> len(drawn("05")), drawn("00")
    (3, ())
    """
    wanted = str(number).zfill(2)
    pools = {earlier: pool for earlier in lessons.before(wanted) if (pool := _pool(earlier, int(wanted)))}
    shelf = list(pools)
    found: list[str] = []
    for place in (len(shelf) - 1, len(shelf) // 2, (len(shelf) + 2) // 3 - 1) if shelf else ():
        found += [question for question in pools[shelf[place]] if question not in found][:1]
    return tuple(found)


def _pool(number: str, turn: int) -> list[str]:
    """The questions of a lesson that may come back, best first; ``turn`` says with which to begin."""
    own = asked().get(number, ())
    mine = questions.of_lesson(number).values()
    taught = [q for q in mine if q.section != lessons.MORE]  # what is folded away may not have been read
    fit = [q.id for q in taught if q.mode == "practice" and not q.exit_ticket]
    new, seen = [i for i in fit if i not in own], [i for i in fit if i in own]
    return [*_turned(new, turn), *_turned(seen, turn)]


def _turned(items: list[str], turn: int) -> list[str]:
    at = turn % len(items) if items else 0
    return items[at:] + items[:at]
