"""A class read from files into counts: in parts, on several processes where it is large, the same result.

Memory does not grow with the answers: what is read is counted and let go, part by part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from ..questions.strict_json import Refused
from .collected import Aside, Place, collected, harmless, opened, quiet, why
from .counts_file import MOST, decode, is_counts
from .learners import Learner, learner
from .processes import in_order
from .tally import Tally, added, tally

PART = 250  # learners that are counted at once
WORTH = 500  # learners to a process; for fewer, another takes longer to start than it saves


class Stopped(KeyboardInterrupt):
    """Whoever waited has stopped it; the message says how far it was."""


def class_tally(
    places: Sequence[Path], say: Callable[[str], None] = quiet, workers: int | None = None
) -> tuple[Tally, tuple[Aside, ...]]:
    """The counts of all hand-ins in files, folders and zips, and of files of counts, and what was set aside.

    say: is told how far it is. workers: processes, at most; as many as there are processors when none is
    given, and one where the class is small or no other can be started. The result does not depend on them.
    Raises Stopped for Ctrl+C, when every process has ended.

    >>> counts, asides = class_tally([Path("no such folder")])
    >>> counts.learners, asides[0].name
    (0, 'no such folder')
    """
    done = total = 0
    try:
        whole, said, others = _named_counts(places)
        found = collected(others, say)
        said += found.asides
        total = sum(map(len, found.groups))
        parts = [found.groups[at : at + PART] for at in range(0, len(found.groups), PART)]
        most = len(found.groups) // WORTH
        with closing(in_order(_read, parts, most, workers)) as results:
            for part, (counts, asides) in zip(parts, results, strict=True):
                whole, done = added(whole, counts), done + sum(map(len, part))
                said += asides
                say(f"{done:,} of {total:,} hand-ins read")
    except KeyboardInterrupt:
        far = f"after {done:,} of {total:,} hand-ins" if total else "before any hand-in was read"
        raise Stopped(f"Stopped {far}.") from None
    return whole, tuple(said)


def _read(groups: Sequence[Sequence[Place]]) -> tuple[Tally, list[Aside]]:
    """The counts of some learners, each from the files of one pseudonym."""
    asides: list[Aside] = []

    def learners() -> Iterator[Learner]:
        for places in groups:
            found, said = learner(places)
            asides.extend(said)
            if found:
                yield found

    return tally(learners()), asides


def _named_counts(places: Sequence[Path]) -> tuple[Tally, list[Aside], list[Path]]:
    """Files of counts among the places, added; those set aside; and the places that are none."""
    whole, asides, others = Tally(), list[Aside](), list[Path]()
    seen: dict[bytes, str] = {}
    for path in places:
        content = _counts_in(path)
        if content is None:
            others.append(path)
            continue
        name, same = harmless(str(path)), sha256(content).digest()
        try:
            if same in seen:
                raise Refused(f"the same as {seen[same]}")
            whole, seen[same] = added(whole, decode(content)), name
        except ValueError as error:
            asides.append(Aside(name, why(error)))
    return whole, asides, others


def _counts_in(path: Path) -> bytes | None:
    """What is in a file that calls itself counts, at most one byte too many; else None."""
    try:
        with opened(path) as file:
            first = file.read(100)
            return first + file.read(MOST + 1 - len(first)) if is_counts(first) else None
    except (Refused, OSError, ValueError):  # whoever gathers hand-ins says what it is
        return None
