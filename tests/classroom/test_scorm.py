"""The SCORM package: its manifest by two readers, what is in it, and what its pages say."""

from __future__ import annotations

import io
import json
import posixpath
import re
import zipfile
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from notthesame import lessons, questions
from notthesame.classroom import items, scorm
from notthesame.course import Course, course
from notthesame.questions import Question
from notthesame.site import pages
from tests.classroom import packages, readers
from tests.site.test_pages import write_course

MOST = 4096  # signs of cmi.suspend_data
TITLE = lessons.read_all(course().lessons)[0].title.partition(" ")[2]
BOOKS = {book.number: book for book in lessons.read_all(course().lessons)}


@pytest.fixture(scope="module")
def archive() -> zipfile.ZipFile:
    return readers.scorm(packages.content(packages.whole()))[2]


@pytest.fixture(scope="module")
def parts() -> Mapping[str, str]:
    """The page of each part, as text, by the number of its lesson."""
    _, found, archive = readers.scorm(packages.content(packages.whole()))
    return {part.page[8:10]: archive.read(part.page).decode("utf-8") for part in found}


class Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [str(value) for name, value in attrs if name in ("href", "src")]


def asked(text: str) -> set[str]:
    return {*re.findall(r'<section [^>]*data-question="([^"$]+)"', text)}


def test_each_lesson_is_a_part_with_every_file() -> None:
    content = packages.content(packages.whole())
    title, parts, archive = readers.scorm(content)
    wanted = [
        (f"Lesson {n}: {book.title.partition(' ')[2]}", f"lessons/{book.path.stem}.html")
        for n, book in BOOKS.items()
    ]
    assert title == "Not the Same" and len(wanted) == 14
    assert (
        [(part.title, part.page) for part in parts]
        == wanted
        == readers.scorm_again(packages.content(packages.whole()))
    )
    others = {*archive.namelist()} - {page for _, page in wanted} - {"imsmanifest.xml"}
    assert {"data/ledger.html", "_static/pages.css", "_static/pages.js", "search.html", "index.html"} < others
    for part in parts:
        assert part.files == others | {part.page}
    assert list(packages.whole().files) == ["not-the-same-scorm.zip"]
    assert len(content) < 4_000_000


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<schemaversion>", b"<version/><schemaversion>"),
        (b'identifier="page-02"', b'identifier="page-03"'),
        (b'identifier="page-02"', b'identifier="02"'),
        (b'scormtype="sco"', b'scormType="sco"'),
        (b'<file href="_static/pages.css" />', b""),
        (b'default="course"', b'default="another"'),
    ],
)
def test_the_reader_refuses_what_a_platform_would(old: bytes, new: bytes) -> None:
    whole = zipfile.ZipFile(io.BytesIO(packages.content(packages.whole())))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as planted:
        for name in whole.namelist():
            text = whole.read(name) if name == "imsmanifest.xml" else b""
            planted.writestr(name, text.replace(old, new, 1))
    with pytest.raises((AssertionError, ValueError, KeyError)):
        readers.scorm(made.getvalue())


def test_every_link_of_every_page_leads_to_a_file_of_the_package(archive: zipfile.ZipFile) -> None:
    names = {*archive.namelist()}
    seen = 0
    for page in sorted(name for name in names if name.endswith(".html")):
        for written in Links(archive.read(page).decode("utf-8")).found:
            link = urlsplit(written)
            if link.scheme or not link.path:
                assert link.scheme in ("", "https", "http", "data", "mailto"), written
                continue
            seen += 1
            assert posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(link.path))) in names
    assert seen > 1_000


def test_only_parts_talk_to_a_platform_and_they_say_so(
    archive: zipfile.ZipFile, parts: Mapping[str, str]
) -> None:
    script = Path(scorm.__file__).with_suffix(".js").read_text(encoding="utf-8")
    usual = pages.Host().promise
    for name in archive.namelist():
        text = archive.read(name).decode("utf-8")
        part = f"lessons/{name[8:]}" == name and name[8:10] in parts
        assert (script in text, "LMSInitialize" in text) == (part, part), name
        if name.endswith(".html"):
            assert (usual in text, scorm.PROMISE in text, scorm.NOTE in text) == (not part, part, part)
    for text in parts.values():
        assert 'rel="next"' not in text and 'aria-label="Routes"' not in text
    assert 'rel="next"' in archive.read("exercises/02_exercise_what_the_law_calls_trafficking.html").decode()


def test_what_is_held_is_what_the_pages_ask(parts: Mapping[str, str]) -> None:
    made = packages.whole()
    ((what, absent),) = made.lacks
    on_pages = set().union(*map(asked, parts.values()))
    assert what == scorm.ABSENT and not on_pages & {*absent}
    assert on_pages | {*absent} == {*questions.known_questions()} and made.held == len(on_pages)


def longest(question: Question) -> object:
    """An answer that takes as many signs as any: every letter, or a number with all its digits."""
    letters = list(question.options)
    return {"single": letters[:1], "numeric": -1.2345678901234567e-100}.get(question.kind, letters)


def test_the_longest_answers_fit_what_a_platform_keeps(parts: Mapping[str, str]) -> None:
    for number, text in parts.items():
        given = {name: [longest(questions.question(name))] * 2 for name in asked(text)}
        assert given and len(json.dumps(given, separators=(",", ":"))) < MOST, number


# --- a small course


def test_a_course_of_one_lesson_is_a_package_of_one_part(tmp_path: Path) -> None:
    made = packages.small(tmp_path)
    _, (part,), archive = readers.scorm(packages.content(made))
    assert (part.title, part.page) == (f"Lesson 00: {TITLE}", "lessons/00_start.html")
    assert asked(archive.read(part.page).decode("utf-8")) == {packages.ASKED.id} and made.held == 1


def test_a_page_with_a_fault_stops_it(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"cell 2: the link to gone\.md leads (.|\n)*Nothing was written"):
        packages.small(tmp_path, "[w](gone.md)")


def test_a_lesson_that_is_not_there_is_named(tmp_path: Path) -> None:
    groups = items.groups(["00", "02"])
    with (
        Course(write_course(tmp_path)).in_use(),
        pytest.raises(ValueError, match="Lesson 02 has no notebook, so it has no page"),
    ):
        scorm.made(groups)
