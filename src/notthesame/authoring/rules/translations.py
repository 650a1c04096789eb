"""Rules about a translation: current, whole, with the English numbers, links and code, and runnable."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from ... import questions, translation
from ..._loading import no_such
from ...course import ENGLISH, HEAD, Course
from ...lessons import Notebook, links, read_all
from ...questions import Question, beliefs, load_misconceptions, translated
from ...translation import TranslatedQuestion
from .. import translated as notebooks_of
from ..faults import Fault
from . import notebooks
from .whole import Whole, cell_of, name_of

_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_CODE = re.compile(r"`[^`\n]*`|\bnts\.\w+(?:\([^)]*\))?")
_PLACE = re.compile(r"\{\w+\}")
_SAID = re.compile(r'\b(?:say|later)\(\s*"((?:[^"\\]|\\.)*)"')
_PACKAGE = Path(notebooks_of.__file__).parents[1]


def faults(whole: Whole) -> Iterator[Fault]:
    """Every fault of a translation."""
    base = whole.course.base
    if base is None:
        return
    with base.in_use():
        english = {question.id: question for question in questions.known_questions().values()}
        lessons = {book.number: book for book in read_all(base.lessons)}
    if translation.unfinished(translation.head() or ()):
        yield Fault("unfinished", HEAD, "its name or its notice is still to be translated")
    yield from cell_faults(whole.course, lessons)
    yield from question_faults(whole, english)
    yield from belief_faults(whole, base)
    yield from message_faults()
    yield from stored_faults(whole)


def _entry(where: str, of: str, mark: str, entry: object) -> Iterator[Fault]:
    """Faults of one entry: unfinished, or made from another English."""
    if translation.unfinished(entry):
        yield Fault("unfinished", where, "still to be translated")
    if of != mark:
        words = f'its English has changed since {of}; bring it up to date, then write of: "{mark}"'
        yield Fault("stale translation", where, words)


def _same(english: Iterable[str], own: Iterable[str], where: str) -> Iterator[Fault]:
    """Numerals and code of two texts are the same; their order may differ."""
    one, other = " ".join(english), " ".join(own)
    kinds: dict[str, Callable[[str], list[str]]] = {"numeral": _NUMERAL.findall, "code": _CODE.findall}
    for kind, found in kinds.items():
        first, second = Counter(found(_bare(one))), Counter(found(_bare(other)))
        for text in (first - second) | (second - first):
            lacks = "lacks" if first[text] > second[text] else "has"
            yield Fault(f"other {kind}", where, f"it {lacks} the {kind} {text}, unlike the English")


def _bare(text: str) -> str:
    """A text without the targets and titles of its links, which are compared for themselves."""
    return re.sub(r"\]\([^)]*\)", "]", text)


def cell_faults(of: Course, lessons: Mapping[str, Notebook]) -> Iterator[Fault]:
    """The texts of a lesson's cells: each is there, current, and has the English numbers, links and code."""
    for number in notebooks_of.numbers(of):
        entries, where = dict(translation.cells(number)), f"strings/lessons/{number}.yaml"
        if number not in lessons:
            yield Fault("unknown lesson", where, f"there is no lesson {number}")
            continue
        raw = json.loads(lessons[number].path.read_bytes())["cells"]
        for kept, cell in zip(raw, lessons[number].cells, strict=True):
            entry, place = entries.pop(kept["id"], None), f"{where}, {kept['id']}"
            if entry is None:
                if cell.kind == "markdown":
                    yield Fault("not translated", place, "the cell has no entry")
                continue
            yield from _entry(place, entry.of, translation.mark(cell.source), entry)
            if translation.unfinished(entry):
                continue
            yield from _same([cell.source], [entry.text], place)
            if cell.kind == "code" and not notebooks_of.same_code(entry.text, cell.source):
                yield Fault("other code", place, "it changes code; only remarks may differ")
            if Counter(_led(cell.source)) != Counter(_led(entry.text)):
                yield Fault("other links", place, "its links, or their titles, are not those of the English")
            if _levels(cell.source) != _levels(entry.text):
                yield Fault("other headings", place, "its headings are not as many, or not of the same level")
        for name in entries:
            yield Fault("unknown cell", f"{where}, {name}", "the English lesson has no such cell")


def _led(text: str) -> list[tuple[str, str]]:
    return [(target, title) for _, target, title in links(text)]


def _levels(text: str) -> list[str]:
    return re.findall(r"^#+(?= )", text, re.M)


def question_faults(whole: Whole, english: Mapping[str, Question]) -> Iterator[Fault]:
    """The words of questions: those that a translated lesson asks are there, current, and fit the English."""
    of, given = whole.course, dict[str, TranslatedQuestion]()
    for path in sorted((of.root / translation.STRINGS / "questions").glob("*.yaml")):
        given |= dict(translation.questions(path.stem))
    for name, entry in given.items():
        where = f"question {name}"
        if name not in english:
            yield Fault("unknown question", where, no_such("question", name, english))
            continue
        yield from _entry(where, entry.of, translated.mark_of(english[name]), entry)
        if translation.unfinished(entry):
            continue
        for misfit in translated.misfits(english[name], entry):
            yield Fault("other question", where, misfit)
        own = [entry.case, entry.stem, entry.unit, entry.reason, entry.otherwise, *entry.ranges]
        own += [text for option in entry.options.values() for text in (option.text, option.reason)]
        yield from _same(translated.strings(english[name]), own, where)
    for lesson in whole.lessons:
        for name in lesson.asked():
            if name in english and name not in given:
                yield Fault("not translated", f"question {name}", f"{lesson.path.name} asks it in English")


def belief_faults(whole: Whole, base: Course) -> Iterator[Fault]:
    """The misconceptions that translated questions name are translated, and current."""
    given = translation.beliefs()
    known = load_misconceptions(base.file("exercises", "misconceptions.yaml"))
    for slug, entry in given.items():
        where = f"misconception {slug}"
        if slug not in known:
            yield Fault("unknown misconception", where, no_such("misconception", slug, known))
            continue
        yield from _entry(where, entry.of, beliefs.mark_of(known[slug]), entry)
        english = (known[slug].belief, known[slug].instead)
        yield from _same(english, (entry.belief, entry.instead), where)
    for question in whole.bank:
        named = {name for _, _, name in question.reasons() if name} if question.language != ENGLISH else set()
        for slug in sorted(named - set(given)):
            yield Fault("not translated", f"misconception {slug}", f"{question.id} names it")


def message_faults() -> Iterator[Fault]:
    """The catalogue has each message of the package, no other, and each with the places of the English."""
    known, given = said(), translation.catalogue()
    for english in sorted(known - set(given)):
        yield Fault("not translated", "strings/messages.yaml", f"no words for {english!r}")
    for english, own in given.items():
        if english not in known:
            yield Fault("unknown message", "strings/messages.yaml", f"nothing says {english!r}")
        if Counter(_PLACE.findall(english)) != Counter(_PLACE.findall(own)):
            words = f"{own!r} has other places in braces than {english!r}"
            yield Fault("other places", "strings/messages.yaml", words)
        if translation.unfinished(own):
            yield Fault("unfinished", "strings/messages.yaml", f"still to be translated: {english!r}")


@cache
def said() -> frozenset[str]:
    """Every message of the package, found where it is said: in its modules, scripts and templates.

    >>> "Nothing chosen yet." in said()
    True
    """
    found: set[str] = set()
    for path in _PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("say", "later") and node.args:
                first = node.args[0]
                found |= {str(first.value)} if isinstance(first, ast.Constant) else set()
    for path in (found_in for kind in ("*.js", "*.j2", "*.html") for found_in in _PACKAGE.rglob(kind)):
        texts = _SAID.findall(path.read_text(encoding="utf-8"))
        found |= {str(json.loads(f'"{text}"')) for text in texts}
    return frozenset(found - {""})


def stored_faults(whole: Whole) -> Iterator[Fault]:
    """The made notebooks are as they should be, were run, and hold what any notebook may hold."""
    wanted = {english.path.name: text["cells"] for english, text in notebooks_of.wanted(whole.course)}
    own = {lesson.path.name: lesson for lesson in whole.lessons}
    for name in sorted({*wanted} ^ {*own}):
        words = "it is to be made" if name in wanted else "no file of strings makes it"
        yield Fault("made notebook", f"lessons/{name}", f"{words}; run notthesame run --course")
    for name, lesson in own.items():
        sources = ["".join(cell["source"]) for cell in wanted.get(name, ())]
        if name in wanted and sources != [cell.source for cell in lesson.cells]:
            words = "its cells are not what strings and the English make; run notthesame run --course"
            yield Fault("made notebook", name_of(lesson), words)
        yield from notebooks.state_faults(lesson)
        yield from notebooks.execution_faults(lesson)
        for cell in lesson.cells:
            where = cell_of(lesson, cell)
            if cell.kind == "markdown":
                yield from notebooks.link_faults(cell.source, lesson.path, where)
            else:
                yield from notebooks.output_faults(cell, where)
