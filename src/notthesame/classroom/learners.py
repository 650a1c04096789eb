"""What one learner answered, in whatever number of hand-ins: first and latest, scored by this bank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mark:
    """One answer as it is counted. Its score is reckoned here, whatever the file says of it.

    picks: the letters that were chosen; of an order the whole of it, as ("cabd",); of a number ("right",),
    ("range 2",) for the second range of its question, or ("otherwise",). credit: 0 to 1. beliefs: slugs of
    the misconceptions that it shows, each once.
    """

    picks: tuple[str, ...]
    right: bool
    credit: float
    beliefs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """The first answer to a question and the latest, how many there were, and the confidence of the first.

    sure: 0 to 100, in per cent, or None.
    """

    first: Mark
    latest: Mark
    tries: int = 1
    sure: float | None = None


@dataclass(frozen=True, slots=True)
class Learner:
    """Who handed in, without a name: what was given, by question; of how many files; whether with texts."""

    given: Mapping[str, Given] = field(default_factory=dict)
    hand_ins: int = 1
    texts: bool = False
