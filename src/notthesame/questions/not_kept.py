"""What a learner reads where an answer is not on disk: why, how long it is kept, and where it could go."""

from __future__ import annotations

import errno

from .._writing import FULL, elsewhere
from ..translation import later, say
from .place import NAMED

REASONS = {
    **dict.fromkeys(FULL, later("the disk is full")),
    **dict.fromkeys(
        (errno.EACCES, errno.EPERM, errno.EROFS), later("the answers folder cannot be written to")
    ),
    **dict.fromkeys((errno.ENOTDIR, errno.EEXIST, errno.ENOENT), later("the answers folder cannot be made")),
}
SAID = later("This answer is not on disk; it is kept until the kernel stops.")


def why(error: OSError) -> str:
    """Why an answer is not on disk, and how long it is kept.

    >>> why(OSError(errno.ENOSPC, "full"))[:58]
    'This answer is not on disk, because the disk is full. It i'
    """
    known = REASONS.get(error.errno or 0)
    reason = say(known) if known else say("the system reports: {words}", words=error.strerror)
    return say(
        "This answer is not on disk, because {reason}. "
        "It is kept until the kernel stops, and written together with the next answer that the disk takes.",
        reason=reason,
    )


def way_out(error: OSError) -> str:
    """How to have answers kept elsewhere, where that helps: a full disk is often the only one.

    >>> way_out(OSError(errno.ENOSPC, "full"))
    ''
    """
    place = "" if error.errno in FULL else elsewhere()
    call = f"%env {NAMED}={place}/answers"
    return " " + say("To keep your answers, run {call} and go on.", call=call) if place else ""


IN_MEMORY = later("Recording is off: this answer is kept until the kernel stops.")
