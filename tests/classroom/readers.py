"""Readers of what is exported, written from the formats' own descriptions and not from our writers."""

from __future__ import annotations

import io
import json
import re
import subprocess
import xml.dom.minidom
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from notthesame import lessons
from notthesame.course import course
from notthesame.questions import Question

HEADINGS = {
    book.number: {heading.strip() for heading in book.headings} for book in lessons.read_all(course().lessons)
}
_POINTER = re.compile(r'(?i:\blesson (\d\d), )?"([^"]+)"(?i: in lesson (\d\d)\b)?')


@dataclass(frozen=True)
class Answer:
    """An option or a number, its reason, and what it earns in per cent (the place, in an order)."""

    text: str
    reason: str
    earns: str
    tolerance: str = ""


@dataclass(frozen=True)
class Read:
    """A question as a system has it after the import; texts are plain, a line each."""

    id: str
    group: str
    kind: str
    stem: str
    general: str
    answers: tuple[Answer, ...]


class _Plain(HTMLParser):
    """The text of a fragment, a line for each paragraph; an element that is not expected is a fault."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("p", "br", "strong") or attrs:
            raise AssertionError(f"an element from a text: {tag}")
        self.text += "\n" if tag != "strong" else ""

    def handle_data(self, data: str) -> None:
        self.text += data


def plain(html: str) -> str:
    reader = _Plain()
    reader.feed(html)
    reader.close()
    return "\n".join(line.strip() for line in reader.text.splitlines() if line.strip())


def named(text: str, number: str) -> str:
    """A reason as it is to read elsewhere: a heading of its own lesson has the lesson after it."""

    def pointer(found: re.Match[str]) -> str:
        own = not found[1] and not found[3] and found[2] in HEADINGS.get(number, ())
        return f"{found[0]} in lesson {number}" if own else found[0]

    return _POINTER.sub(pointer, text)


# --- Moodle XML ---------------------------------------------------------------------------------------------


def moodle(content: bytes) -> list[Read]:
    """By ElementTree."""
    found, group = [], ""
    for part in ElementTree.fromstring(content):
        if part.get("type") == "category":
            group = part.findtext("category/text", "")
            continue
        for text in part.iter("questiontext"):
            assert text.get("format") == "html"
        kind = part.get("type", "")
        if kind == "multichoice":
            kind = {"true": "single", "false": "multiple"}[part.findtext("single", "")]
        answers = tuple(
            Answer(
                plain(answer.findtext("text", "")),
                plain(answer.findtext("feedback/text", "")),
                answer.get("fraction", ""),
                answer.findtext("tolerance", ""),
            )
            for answer in part.findall("answer")
        )
        assert part.findtext("name/text") == part.findtext("idnumber")
        stem, general = (
            plain(part.findtext(f"{tag}/text", "")) for tag in ("questiontext", "generalfeedback")
        )
        found.append(Read(part.findtext("idnumber", ""), group, kind, stem, general, answers))
    return found


def moodle_again(content: bytes) -> list[Read]:
    """By minidom, walking from each question's own children."""
    found, group = [], ""
    (quiz,) = xml.dom.minidom.parseString(content).childNodes
    for part in _children(quiz, "question"):
        kind = part.getAttribute("type")
        if kind == "category":
            group = _deep(part, "category", "text")
            continue
        if kind == "multichoice":
            kind = "single" if _deep(part, "single") == "true" else "multiple"
        answers = [
            Answer(
                plain(_deep(answer, "text")),
                plain(_deep(answer, "feedback", "text")),
                answer.getAttribute("fraction"),
                _deep(answer, "tolerance"),
            )
            for answer in _children(part, "answer")
        ]
        stem, general = (plain(_deep(part, tag, "text")) for tag in ("questiontext", "generalfeedback"))
        found.append(Read(_deep(part, "idnumber"), group, kind, stem, general, tuple(answers)))
    return found


def _children(node: Any, tag: str) -> list[Any]:
    return [child for child in node.childNodes if child.nodeName == tag]


def _deep(node: Any, *tags: str) -> str:
    for tag in tags:
        children = _children(node, tag)
        if not children:
            return ""
        node = children[0]
    return "".join(child.data for child in node.childNodes if child.nodeType == child.TEXT_NODE)


# --- GIFT ---------------------------------------------------------------------------------------------------

_PARSE = """
const { parse } = require(process.argv[1]);
const chunks = [];
process.stdin.on('data', chunk => chunks.push(chunk)).on('end', () => {
  const texts = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  process.stdout.write(JSON.stringify(texts.map(text => parse(text))));
});
"""


def gift_trees(texts: Iterable[str], node: str, library: Path) -> list[list[dict[str, Any]]]:
    """What gift-pegjs makes of each text."""
    done = subprocess.run(
        [node, "-e", _PARSE, str(library)],
        input=json.dumps(list(texts)),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: list[list[dict[str, Any]]] = json.loads(done.stdout)
    return found


def gift(tree: Iterable[dict[str, Any]]) -> list[Read]:
    found, group = [], ""
    for part in tree:
        if part["type"] == "Category":
            group = part["title"]
            continue
        assert part["title"] == part["id"] and part["stem"]["format"] == "html"
        if part["type"] == "Numerical":
            kind, answers = "numerical", [*map(_gift_number, part["choices"])]
        else:
            assert part["type"] == "MC"
            kind = "single" if any(choice["isCorrect"] for choice in part["choices"]) else "multiple"
            answers = [*map(_gift_choice, part["choices"])]
        stem, general = plain(part["stem"]["text"]), plain(part["globalFeedback"]["text"])
        found.append(Read(part["id"], group, kind, stem, general, tuple(answers)))
    return found


def _gift_choice(choice: dict[str, Any]) -> Answer:
    assert choice["text"]["format"] == choice["feedback"]["format"] == "html"
    earns = 100 if choice["isCorrect"] else choice["weight"] or 0
    return Answer(plain(choice["text"]["text"]), plain(choice["feedback"]["text"]), f"{earns:.7g}")


def _gift_number(choice: dict[str, Any]) -> Answer:
    reason, value = plain(choice["feedback"]["text"]), choice["text"]
    if value.get("text") == "*":
        return Answer("*", reason, "0", "0")
    earns = "100" if choice["weight"] is None else f"{choice['weight']:g}"
    return Answer(_digits(value["number"]), reason, earns, _digits(value["range"]))


def _digits(number: float) -> str:
    return f"{Decimal(repr(float(number))).normalize():f}"


# --- QTI 1.2 ------------------------------------------------------------------------------------------------

_IN_QTI = {"q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}
_IN_PACKAGE = {"p": "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"}


@dataclass(frozen=True)
class Item:
    """An item that can be answered: ``answer`` follows its conditions in order, as QTI says."""

    id: str
    group: str
    type: str
    stem: str
    options: dict[str, str]
    comments: dict[str, str]
    node: Any

    def answer(self, *given: str) -> tuple[float, list[str]]:
        """What a response earns, of 100, and the comments it shows."""
        earned, shown = 0.0, []
        for condition in self.node.iterfind("q:resprocessing/q:respcondition", _IN_QTI):
            holds = condition.find("q:conditionvar", _IN_QTI)
            if not all(_holds(test, given) for test in holds):
                continue
            for value in condition.iterfind("q:setvar", _IN_QTI):
                assert value.attrib == {"action": "Set", "varname": "SCORE"}
                earned = float(value.text or "")
            for comment in condition.iterfind("q:displayfeedback", _IN_QTI):
                shown.append(self.comments[comment.get("linkrefid", "")])
            if condition.get("continue") == "No":
                break
        return earned, shown


def _holds(test: Any, given: tuple[str, ...]) -> bool:
    name, want = test.tag.partition("}")[2], (test.text or "").strip()
    inside = [_holds(part, given) for part in test]
    if name in ("and", "or", "not"):
        return {"and": all(inside), "or": any(inside), "not": not all(inside)}[name]
    if name == "other":
        return True  # Canvas takes it for whatever was answered
    assert test.get("respident") == "response1"
    if name == "varequal":
        return want in given
    value = Decimal(given[0])
    return {"vargte": value >= Decimal(want), "varlte": value <= Decimal(want)}[name]


def package(content: bytes) -> tuple[dict[str, list[str]], zipfile.ZipFile]:
    """The files of each resource of a manifest, and the zip; each file is named once, and each is there."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    manifest = ElementTree.fromstring(archive.read("imsmanifest.xml"))
    resources = {
        part.get("identifier", ""): part for part in manifest.iterfind("p:resources/p:resource", _IN_PACKAGE)
    }
    files = {
        name: [file.get("href", "") for file in part.iterfind("p:file", _IN_PACKAGE)]
        for name, part in resources.items()
    }
    for part in resources.values():
        for needed in part.iterfind("p:dependency", _IN_PACKAGE):
            assert needed.get("identifierref") in resources
    named_files = sorted(["imsmanifest.xml", *(name for found in files.values() for name in found)])
    assert named_files == sorted(archive.namelist())
    quizzes = {n: f for n, f in files.items() if resources[n].get("type") == "imsqti_xmlv1p2"}
    return quizzes, archive


def qti(content: bytes) -> Iterator[Item]:
    quizzes, archive = package(content)
    for files in quizzes.values():
        (assessment,) = ElementTree.fromstring(archive.read(files[0]))
        for item in assessment.iterfind("q:section/q:item", _IN_QTI):
            yield _item(item, assessment.get("title", ""))


def _item(item: Any, group: str) -> Item:
    fields = {
        field.findtext("q:fieldlabel", "", _IN_QTI): field.findtext("q:fieldentry", "", _IN_QTI)
        for field in item.iterfind("q:itemmetadata/q:qtimetadata/q:qtimetadatafield", _IN_QTI)
    }
    shown = item.find("q:presentation", _IN_QTI)
    options = {
        label.get("ident"): plain(label.findtext("q:material/q:mattext", "", _IN_QTI))
        for label in shown.iterfind("q:response_lid/q:render_choice/q:response_label", _IN_QTI)
    }
    assert fields.get("original_answer_ids", "") == ",".join(options)
    comments = {
        comment.get("ident"): plain(comment.findtext("q:flow_mat/q:material/q:mattext", "", _IN_QTI))
        for comment in item.iterfind("q:itemfeedback", _IN_QTI)
    }
    stem = plain(shown.findtext("q:material/q:mattext", "", _IN_QTI))
    return Item(item.get("ident"), group, fields["question_type"], stem, options, comments, item)


def qti_texts_again(content: bytes) -> list[str]:
    """Every text of every quiz in order, by minidom."""
    quizzes, archive = package(content)
    return [
        plain("".join(child.nodeValue or "" for child in text.childNodes))
        for files in quizzes.values()
        for text in xml.dom.minidom.parseString(archive.read(files[0])).getElementsByTagName("mattext")
    ]


# --- SCORM 1.2 ----------------------------------------------------------------------------------------------

_IN_SCORM = {"p": "http://www.imsproject.org/xsd/imscp_rootv1p1p2"}
_RUN_TIME = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
# What imscp_rootv1p1p2.xsd wants inside an element, in this order, and which attributes it must have.
_SCORM = {
    "manifest": ("metadata organizations resources", "identifier"),
    "metadata": ("schema schemaversion", ""),
    "organizations": ("organization", "default"),
    "organization": ("title item", "identifier"),
    "item": ("title", "identifier identifierref"),
    "resources": ("resource", ""),
    "resource": ("file dependency", f"identifier type {_RUN_TIME}scormtype"),
    "file": ("", "href"),
    "dependency": ("", "identifierref"),
}


@dataclass(frozen=True)
class Part:
    """What a learning platform lists and follows: its name there, the page it opens, every file it needs."""

    title: str
    page: str
    files: frozenset[str]


def scorm(content: bytes) -> tuple[str, list[Part], zipfile.ZipFile]:
    """By ElementTree: the package's title, its parts in order, and the zip; what the format asks is held."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    root = ElementTree.fromstring(archive.read("imsmanifest.xml"))
    assert root.tag == f"{{{_IN_SCORM['p']}}}manifest"
    for node in root.iter():
        tag = node.tag.partition("}")[2]
        if tag in _SCORM:
            _assert_shape(node, *(words.split() for words in _SCORM[tag]))
    assert [root.findtext(f"p:metadata/p:{tag}", "", _IN_SCORM) for tag in ("schema", "schemaversion")] == [
        "ADL SCORM",
        "1.2",
    ]
    names = [node.get("identifier") for node in root.iter() if node.get("identifier")]
    assert len(names) == len({*names}) and all(re.fullmatch(r"[A-Za-z_][\w.-]*", str(name)) for name in names)
    resources = {part.get("identifier"): part for part in root.iterfind("p:resources/p:resource", _IN_SCORM)}
    named = [file.get("href", "") for file in root.iterfind("p:resources/p:resource/p:file", _IN_SCORM)]
    assert sorted([*named, "imsmanifest.xml"]) == sorted(archive.namelist())
    (course,) = root.iterfind("p:organizations/p:organization", _IN_SCORM)
    assert root.find("p:organizations", _IN_SCORM).get("default") == course.get("identifier")  # type: ignore[union-attr]
    parts = [_part(item, resources) for item in course.iterfind("p:item", _IN_SCORM)]
    return course.findtext("p:title", "", _IN_SCORM), parts, archive


def _assert_shape(node: Any, inside: list[str], needed: list[str]) -> None:
    places = [inside.index(child.tag.partition("}")[2]) for child in node]
    assert places == sorted(places), node.tag
    assert all(node.get(name) for name in needed), node.tag


def _part(item: Any, resources: Mapping[str | None, Any]) -> Part:
    found = resources[item.get("identifierref")]
    assert found.get(f"{_RUN_TIME}scormtype") == "sco" and found.get("type") == "webcontent"
    needed = [found, *(resources[n.get("identifierref")] for n in found.iterfind("p:dependency", _IN_SCORM))]
    files = frozenset(f.get("href", "") for part in needed for f in part.iterfind("p:file", _IN_SCORM))
    assert found.get("href") in files
    return Part(item.findtext("p:title", "", _IN_SCORM), found.get("href", ""), files)


def scorm_again(content: bytes) -> list[tuple[str, str]]:
    """Titles and pages of the parts, by minidom."""
    (manifest,) = xml.dom.minidom.parseString(
        zipfile.ZipFile(io.BytesIO(content)).read("imsmanifest.xml")
    ).childNodes
    pages = {
        part.getAttribute("identifier"): part.getAttribute("href")
        for part in _children(_children(manifest, "resources")[0], "resource")
        if part.getAttribute("adlcp:scormtype") == "sco"
    }
    (course,) = _children(_children(manifest, "organizations")[0], "organization")
    return [
        (_deep(item, "title"), pages[item.getAttribute("identifierref")])
        for item in _children(course, "item")
    ]


# --- what is expected ---------------------------------------------------------------------------------------


def stem_of(question: Question) -> str:
    """Case, stem and what is asked for, in lines."""
    lines = [f"Case (invented). {question.case}"] if question.case else []
    lines.append(question.stem)
    if question.kind == "multiple":
        lines.append("Choose every right one.")
    if question.kind == "ordering":
        lines.append("Put them in order, first to last.")
    if question.kind == "numeric":
        line = f"Give one number, in {question.unit}."
        if question.tolerance:
            line += f" A difference of {question.tolerance:g} or less counts as right."
        lines.append(line)
    return "\n".join(lines)


def place_of(question: Question) -> str:
    lesson = question.lesson if question.about is None else question.about
    section = f', "{question.section}"' if question.section else ""
    return f"From the course Not the Same, lesson {lesson:02}{section}."
