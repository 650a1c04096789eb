"""Answers that are not typed at once: drafts are kept among the answers, and come back."""

from __future__ import annotations

from collections.abc import Sequence

from . import answers


def keep(name: str, given: Sequence[str], status: str | None = None, credit: float | None = None) -> str:
    """Keep what was filled in: a draft, or an answer with its status; the same twice once.

    Returns a sentence for the learner: that it is kept, or why not.

    >>> keep("03-share", [])
    ''
    """
    last = answers.latest(name)
    if last and last.response == list(given) and status in (None, last.status):
        return "Saved." if status else ""
    if not status and not last and not any(given):
        return ""
    try:
        saved = answers.record(name, list(given), status=status, credit=credit)
    except ValueError as error:
        return f"This is too long to be kept: {error}"
    return saved.why or ("Saved." if status else "Draft kept.")
