"""The pages for instructors: a folder of their own in the site. A class gets those that its pages link to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from pathlib import Path

FOLDER = "instructors"
LIST = f"{FOLDER}/README.md"
_LINKED = re.compile(r"(?:\.\./)+(instructors/[\w/]+\.md)")


def sources(root: Path) -> tuple[str, ...]:
    """Every text for instructors below a course: guide, plans, sheets and all notes.

    >>> from notthesame.course import course
    >>> "instructors/notes/09.md" in sources(course().root)
    True
    """
    return tuple(sorted(path.relative_to(root).as_posix() for path in (root / FOLDER).rglob("*.md")))


def apart(texts: Iterable[str], read: Iterable[str]) -> frozenset[str]:
    """Those of the texts that a class does not get: no notebook that it reads leads to them.

    >>> guide, moot = "instructors/guide.md", "instructors/moot.md"
    >>> apart([guide, moot], ["[the moot](../instructors/moot.md#Rules)"]) == {guide}
    True
    """
    given = {posixpath.normpath(found) for text in read for found in _LINKED.findall(text)}
    return frozenset(texts) - given
