"""The SCORM package of the whole course, made once."""

from __future__ import annotations

from functools import cache

from notthesame.classroom import items, scorm
from notthesame.classroom.items import Export


@cache
def whole() -> Export:
    return scorm.made(items.groups(tests=True))


def content() -> bytes:
    (made,) = whole().files.values()
    return made
