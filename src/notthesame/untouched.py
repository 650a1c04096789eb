"""The notebooks as they were shipped: which ones a learner has not changed, and the copy kept of each.

``notebooks.json`` holds a digest of every notebook, written by ``notthesame run`` and ``data``. With it
``start.py`` keeps a copy of what is still as shipped, so that a notebook somebody has worked in never passes
for the original, whenever .venv is made again and however the course was updated.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

from . import lessons
from .course import Course, course

KEPT = ".untouched"  # below the course's folder; start.py writes it
SHELVES = {"lesson": "lessons", "exercise": "exercises", "solution": "exercises/solutions"}


def digest(content: bytes) -> str:
    r"""The SHA-256 of a notebook's bytes; line endings, which git may change, do not count.

    >>> digest(b"one\r\n") == digest(b"one\n")
    True
    """
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def manifest(of: Course) -> str:
    """The text of ``notebooks.json`` for the notebooks below ``root``: path and digest of each.

    >>> "lessons/00_start_here.ipynb" in manifest(course())
    True
    """
    found = {
        f"{shelf}/{path.name}": digest(path.read_bytes())
        for shelf in SHELVES.values()
        for path in lessons.files(of.root / shelf)
    }
    return json.dumps(found, indent=1) + "\n"


def write_manifest(of: Course) -> bool:
    """Bring ``notebooks.json`` of a course up to date; says whether it had to be written."""
    text = manifest(of)
    if of.manifest.exists() and of.manifest.read_text(encoding="utf-8") == text:
        return False
    of.manifest.write_text(text, encoding="utf-8")
    return True


def shipped() -> Mapping[str, str]:
    """The digest of each notebook as shipped, by its path below the course; empty when none was noted.

    >>> "lessons/00_start_here.ipynb" in shipped()
    True
    """
    path = course().manifest
    found: Mapping[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def find(name: str) -> bytes | None:
    """The notebook ``name`` ("lessons/02_x.ipynb") as shipped, or None where no such copy can be had.

    An own notebook that nobody has changed is as good as the copy kept. A copy of an earlier version of the
    course is no copy of this one.

    >>> find("lessons/99_no_such_lesson.ipynb") is None
    True
    """
    return next((content for content in _candidates(name) if digest(content) == shipped().get(name)), None)


def _candidates(name: str) -> Iterator[bytes]:
    for path in (course().home / KEPT / name, course().home / name):
        if path.is_file():
            yield path.read_bytes()
