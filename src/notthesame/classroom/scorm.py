"""The course's pages as a SCORM 1.2 package: each lesson reports completion, a score and the answers.

Every page is in the package, so that links within the course lead somewhere; a learning platform follows
the lessons that were asked for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from .. import lessons
from .._zip import packed
from ..course import course
from . import items, xml
from .xml import Element, child

FILE, MANIFEST = "not-the-same-scorm", "imsmanifest.xml"
ABSENT = "on no page of these lessons"
NOTE = (
    "Opened from a learning platform, the page hands your answers and your score to the platform. "
    "Links open in new tabs, where no answer is kept: go to the next lesson in the platform."
)
PROMISE = (
    "Your answers and your score go to the learning platform that opens this page, and nowhere else. "
    "Without one they are not kept."
)
_PACKAGE = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_RUN_TIME = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_ASKED = re.compile(r'<section class="nts-question\b[^>]*data-question="([^"]+)"')


def made(groups: Sequence[items.Group]) -> items.Export:
    """The package of the lessons of these groups, and which of their questions no page asks.

    Raises ValueError for a lesson without a notebook, and with a line for each fault of a page;
    FileNotFoundError where the course is no checkout.
    """
    from ..site import pages

    titles = {group.name[:2]: group.title for group in reversed(groups)}  # a test comes after its lesson
    parts = {number: _page_of(number) for number in sorted(titles)}
    host = pages.Host(_script(), NOTE, PROMISE, leads_on=False)
    files, faults = pages.site(course(), {f"{part}.ipynb": host for part in parts.values()})
    if faults:
        raise ValueError("\n".join([*faults, "Nothing was written."]))
    found = {number: f"{part}.html" for number, part in parts.items()}
    asked = {name for page in found.values() for name in _ASKED.findall(files[page].decode("utf-8"))}
    every = items.every(groups)
    lacks = items.listed(every, (ABSENT, lambda question: question.id not in asked))
    files[MANIFEST] = _manifest(titles, found, files)
    held = sum(question.id in asked for question in every)
    return items.Export({f"{_name(titles)}.zip": packed(files)}, held, lacks)


def _page_of(number: str) -> str:
    """Where the page of a lesson lies, without what its name ends in."""
    name = next((book.stem for book in lessons.files(course().lessons) if book.name[:2] == number), None)
    if name is None:
        raise ValueError(f"Lesson {number} has no notebook, so it has no page. Nothing was written.")
    return f"lessons/{name}"


def _name(numbers: Collection[str]) -> str:
    """A name for each choice of lessons, so that several packages lie side by side."""
    every = {path.name[:2] for path in lessons.files(course().lessons)}
    return FILE if every == {*numbers} else "-".join((FILE, *sorted(numbers)))


def _script() -> str:
    return Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def _manifest(titles: Mapping[str, str], parts: Mapping[str, str], files: Collection[str]) -> bytes:
    """What is in the package: an item for each part, the files of its page, and all others that it needs.

    parts: pages by number of lesson.
    """
    about = {"identifier": _name(titles), "version": "1.2", "xmlns": _PACKAGE, "xmlns:adlcp": _RUN_TIME}
    root = Element("manifest", about)
    metadata = child(root, "metadata")
    child(metadata, "schema", "ADL SCORM")
    child(metadata, "schemaversion", "1.2")
    course_ = child(child(root, "organizations", default="course"), "organization", identifier="course")
    child(course_, "title", items.COURSE)
    resources = child(root, "resources")
    for number, page in parts.items():
        name = f"page-{number}"
        item = child(course_, "item", identifier=f"lesson-{number}", identifierref=name)
        child(item, "title", xml.plain(titles[number]))
        resource = _resource(resources, name, "sco", [page], href=page)
        child(resource, "dependency", identifierref="shared")
    _resource(resources, "shared", "asset", sorted({*files} - {*parts.values()}))
    return xml.written(root)


def _resource(resources: Element, name: str, kind: str, files: Sequence[str], **where: str) -> Element:
    about = {"identifier": name, "type": "webcontent", "adlcp:scormtype": kind}
    resource = child(resources, "resource", **about, **where)
    for file in files:
        child(resource, "file", href=file)
    return resource
