"""``notthesame audit``: every promise about content that a program can test. Reads files, starts no kernel.

Faults (exit 1) are things a reader would be wronged by; notices (exit 0) are aims.
"""

from __future__ import annotations

import datetime
import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from .. import evidence, exercises, lessons, questions
from .._loading import FileFaults, no_such, read_yaml
from ..course import course_file
from ..figures import ALT_LENGTH
from . import claims, prose

REASON_WORDS = range(15, 61)
TERMS, CODE_LINES, GAP_WORDS, WORDS, CELLS = 7, 12, 600, range(1_400, 2_201), range(30, 46)
LONGEST_IS_KEY = 0.35
UNEVEN = 1.2  # a position with a fifth more words than a rival has more room
_IMAGE = re.compile(r"<img\b([^>]*)>")
_FIGURE = re.compile(r"<figure>(.*?)</figure>", re.S)


@dataclass(frozen=True)
class Report:
    """What an audit found. ``counts`` is what ``--json`` prints beside the findings."""

    faults: tuple[str, ...]
    notices: tuple[str, ...]
    counts: Mapping[str, Any] = field(default_factory=dict)

    def as_text(self) -> str:
        """The findings, a line each, and a line of counts."""
        lines = [f"fault: {fault}" for fault in self.faults]
        lines += [f"notice: {notice}" for notice in self.notices]
        kinds = ", ".join(f"{n} {kind}" for kind, n in self.counts["questions"].items())
        counts = (
            "{lessons} lessons, {exercises} exercises, {solutions} solutions, "
            "{facts_cited} of {facts} facts cited, {figures} figures"
        )
        lines.append(f"{counts.format_map(self.counts)}; questions: {kinds}")
        lines.append(f"{len(self.faults)} faults, {len(self.notices)} notices")
        return "\n".join(lines) + "\n"

    def as_json(self) -> str:
        """Counts and findings as JSON text."""
        return json.dumps({**self.counts, "faults": self.faults, "notices": self.notices}, indent=1) + "\n"


def audit(root: Path) -> Report:
    """Look at the whole course below ``root``."""
    faults = list(dict.fromkeys(_load_faults()))  # a file that others need is read more than once
    notebooks, unread = _notebooks(root)
    faults += unread
    if faults:  # nothing else can be judged while a file does not load
        return Report(tuple(faults), (), _counts(notebooks, ()))
    bank = tuple(questions.known_questions().values())
    faults += _bank_faults(bank)
    for kind, shelf in notebooks.items():
        for notebook in shelf:
            faults += _notebook_faults(notebook, executed=kind != "exercises")
    for lesson in notebooks["lessons"]:
        faults += _lesson_faults(lesson, bank)
    for page in sorted((root / "instructors").rglob("*.md")):
        faults += _text_faults(page.read_text(encoding="utf-8"), page)
    for page in sorted(root.glob("*.md")):
        faults += _link_faults(page.read_text(encoding="utf-8"), page, page.name)
    return Report(tuple(faults), tuple(_notices(notebooks["lessons"])), _counts(notebooks, bank))


_FOLDERS = {"lessons": "lessons", "exercises": "exercises", "solutions": "exercises/solutions"}


def _notebooks(root: Path) -> tuple[dict[str, list[lessons.Notebook]], list[str]]:
    """The notebooks of each folder, and a fault for each that cannot be read."""
    found: dict[str, list[lessons.Notebook]] = {name: [] for name in _FOLDERS}
    faults = []
    for name, folder in _FOLDERS.items():
        for path in lessons.files(root / folder):
            try:
                found[name].append(lessons.read(path))
            except ValueError as error:
                faults.append(f"{folder}: {error}")
    return found, faults


def _load_faults() -> Iterator[str]:
    for load in (
        evidence.known_facts,
        questions.misconceptions,
        questions.known_questions,
        exercises.checks,
        _glossary,
    ):
        try:
            load()
        except FileFaults as error:
            yield from (f"{error.path.name}: {fault}" for fault in error.faults)
        except (ValueError, KeyError, FileNotFoundError) as error:
            yield str(error.args[0] if error.args else error)


def _glossary() -> Mapping[str, Any]:
    terms: Mapping[str, Any] = read_yaml(course_file("data", "glossary.yaml"))["terms"]
    return terms


# --- questions -----------------------------------------------------------------------------------------


def _bank_faults(bank: Iterable[questions.Question]) -> Iterator[str]:
    reasons: dict[str, str] = {}
    used: Counter[str] = Counter()
    bank = tuple(bank)
    sections = {question.section for question in bank}
    for question in bank:
        yield from map(str, _question_claims(question, sections))
        for label, reason, misconception in question.reasons():
            where = f"question {question.id}, {label}"
            if len(reason.split()) not in REASON_WORDS:
                yield f"{where}: the reason has {len(reason.split())} words; allowed are 15 to 60"
            if reason in reasons:
                yield f"{where}: this reason stands already at {reasons[reason]}; each option has its own"
            reasons[reason] = where
            used.update([misconception] if misconception else [])
        if any(
            re.search(r"\b(all|none) of the (above|others)\b", o.text, re.I)
            for o in question.options.values()
        ):
            yield f"question {question.id}: an option says all or none of the others; name what is meant"
    for name in questions.misconceptions():
        if used[name] < 2:
            yield f"misconceptions.yaml: {name} is used {used[name]} times; each is used at least twice"
    yield from _cue_faults([q for q in bank if q.kind == "single"])


def _question_claims(question: questions.Question, sections: Iterable[str]) -> Iterator[claims.Fault]:
    """Numbers in a question must be values of the facts it names.

    Its invented case may hold any, and a heading that is named in quotation marks is free.
    """
    named = re.compile("|".join(f'"{re.escape(section)}"' for section in sections if section) or "(?!)")
    texts = {"stem": question.stem}
    texts |= {f"option {key}": option.text for key, option in question.options.items()}
    texts |= {f"reason {label}": text for label, text, _ in question.reasons()}
    for part, text in texts.items():
        where = f"question {question.id}, {part}"
        yield from claims.check_named(named.sub(" ", text), question.facts, where, free=question.case)


def _cue_faults(single: list[questions.Question]) -> Iterator[str]:
    """A learner must not find the key by its place or its length."""
    if len(single) < 8:
        return
    longest = sum(max(q.options, key=lambda k: len(q.options[k].text)) in q.key for q in single) / len(single)
    if longest >= LONGEST_IS_KEY:
        yield f"bank: the right option is the longest in {longest:.0%} of choices; allowed is under 35%"
    four = [q for q in single if len(q.options) == 4]
    for letter in "abcd":
        share = sum(letter in q.key for q in four) / max(1, len(four))
        if len(four) >= 8 and not 0.1 <= share <= 0.4:
            yield f"bank: {letter} is right in {share:.0%} of choices; aim at a quarter, allowed 10% to 40%"


# --- notebooks -----------------------------------------------------------------------------------------


def _notebook_faults(notebook: lessons.Notebook, executed: bool) -> Iterator[str]:
    name = f"{notebook.path.parent.name}/{notebook.path.name}"
    if "widgets" in notebook.metadata:
        yield f"{name}: it stores widget state; run it again with make run"
    covered: dict[str, set[tuple[object, ...]]] = {}
    for cell in notebook.cells:
        where = f"{name}, cell {cell.index + 1}"
        if cell.kind == "markdown":
            if "fiction" not in cell.tags:
                yield from map(
                    str, claims.check_prose(cell.source, where, covered.setdefault(cell.section, set()))
                )
            yield from _link_faults(cell.source, notebook.path, where)
            yield from (
                f"{where}: an image without alt text"
                for alt in re.findall(r"!\[(.*?)\]\(", cell.source)
                if not alt
            )
        elif cell.source.strip():
            yield from _output_faults(cell, where, executed)


def _output_faults(cell: lessons.Cell, where: str, executed: bool) -> Iterator[str]:
    if executed and cell.count is None:
        yield f"{where}: not executed, so nothing is compared; run make run"
    for output in cell.outputs:
        data = output.get("data", {})
        if output.get("output_type") == "error" and "raises-exception" not in cell.tags:
            yield f"{where}: its stored output is an error, {output.get('ename')}"
        if "application/vnd.jupyter.widget-view+json" in data:
            yield f"{where}: a widget view is stored, which reads as an error the next day; run make run"
        if "image/png" in data or "image/svg+xml" in data:
            yield f"{where}: a picture without alt text; show it with nts.figure"
    yield from _figure_faults(cell.html, where)


def _figure_faults(page: str, where: str) -> Iterator[str]:
    for attributes in _IMAGE.findall(page):
        alt = html.unescape((re.search(r'alt="([^"]*)"', attributes) or [None, ""])[1] or "")
        if len(alt) not in ALT_LENGTH:
            yield f"{where}: alt text has {len(alt)} characters; allowed are 60 to 300"
    for figure in _FIGURE.findall(page):
        facts = re.findall(r"data/ledger\.md#([a-z0-9-]+)", figure)
        tables = re.findall(r"data/tables/([\w-]+)\.csv", figure)
        if not facts and not tables:
            yield f"{where}: a figure names no source"
        alt = (re.search(r'alt="([^"]*)"', figure) or [None, ""])[1] or ""
        caption = re.sub(
            r"<[^>]+>", "", (re.search(r"<figcaption>(.*?) Source: ", figure, re.S) or [None, ""])[1] or ""
        )
        for text, part in ((alt, "alt text"), (caption, "caption")):
            yield from map(
                str, claims.check_named(html.unescape(text or ""), facts, f"{where}, {part}", tables=tables)
            )


def _link_faults(text: str, path: Path, where: str) -> Iterator[str]:
    for words, target, _ in lessons.links(re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.S)):
        if re.match(r"[a-z]+:", target) or target.startswith("#"):
            continue
        file = target.partition("#")[0]
        if not (path.parent / file).exists():
            yield f"{where}: the link [{words}]({target}) leads nowhere"


def _text_faults(text: str, path: Path) -> Iterator[str]:
    yield from map(str, claims.check_prose(text, path.name))
    yield from _link_faults(text, path, path.name)


def _lesson_faults(lesson: lessons.Notebook, bank: Iterable[questions.Question]) -> Iterator[str]:
    name = lesson.path.name
    bank = tuple(bank)
    mine = {q.id: q for q in bank if f"{q.lesson:02d}" == lesson.number and q.mode == "practice"}
    if lesson.minutes is None or "**Content**" not in lesson.header or "**Before this**" not in lesson.header:
        yield f"{name}: the header lacks minutes, what comes before, or the content line"
    if not 2 <= len(lesson.outcomes) <= 4:
        found = len(lesson.outcomes)
        yield f"{name}: {found} outcomes; allowed are two to four, each as '1. verb ... (bloom)'"
    for outcome in lesson.outcomes:
        if outcome.bloom not in questions.BLOOM:
            allowed = ", ".join(questions.BLOOM)
            yield f"{name}: outcome {outcome.number} has the level {outcome.bloom!r}; allowed: {allowed}"
        if sum(q.outcome == outcome.number for q in mine.values()) < 2:
            yield f"{name}: outcome {outcome.number} has fewer than two questions"
    asked = lesson.asked()
    for question_id in asked:
        if question_id not in questions.known_questions():
            yield f"{name}: it asks {no_such('question', question_id, questions.known_questions())}"
    if len([i for i in asked if i in mine]) < 5 or len(mine) < 10:
        asks = f"{len(asked)} questions in the text and {len(mine)} in the bank"
        yield f"{name}: {asks}; at least 5 and 10 are wanted"
    tests = [
        q
        for q in bank
        if q.mode == "test" and lesson.number == f"{q.lesson if q.about is None else q.about:02d}"
    ]
    for question in (*mine.values(), *tests):
        if question.section and question.section not in lesson.sections:
            yield f"question {question.id}: section {question.section!r} is no heading of {name}"
        if question.outcome not in [outcome.number for outcome in lesson.outcomes]:
            yield f"question {question.id}: {name} has no outcome {question.outcome}"
    if len(lesson.terms) > TERMS:
        yield f"{name}: {len(lesson.terms)} new terms; at most seven"
    yield from (
        f"{name}: the term {term!r} is not in the glossary"
        for term in lesson.terms
        if term not in _glossary()
    )
    yield from _gap_faults(lesson)
    yield from _position_faults(lesson)
    yield from _giveaway_faults(lesson)


def _giveaway_faults(lesson: lessons.Notebook) -> Iterator[str]:
    """An open evidence label right below a closed figure tells what the reader is still to predict."""
    cells = list(lesson.code())
    for above, cell in pairwise(cells):
        if "label(" in cell.source and "after=" not in cell.source and "after=" in above.source:
            where = f"{lesson.path.name}, cell {cell.index + 1}"
            yield f"{where}: the label gives away the figure above; close it too, with after="


def _position_faults(lesson: lessons.Notebook) -> Iterator[str]:
    """Every position on a contested question has a primary source of its holders and a reply."""
    for position in prose.positions(lesson):
        where = f"{lesson.path.name}: position {position.name} in {position.section!r}"
        if not position.primary:
            yield f"{where}: no link to a source of its holders that was read itself"
        if not position.replied:
            yield f"{where}: no reply; say what its opponents answer"


@cache
def _checks() -> re.Pattern[str]:
    """A call that lets readers check what they understand: a question, a task or a lab."""
    from ..labs import LABS  # late, as anywidget comes with it

    return re.compile(rf"\b({'|'.join(('ask', 'retrieval', 'check', *LABS))})\(")


def _gap_faults(lesson: lessons.Notebook) -> Iterator[str]:
    words = 0
    for cell in lesson.cells:
        if cell.kind == "markdown":
            words += len(lessons.plain(cell.source).split())
        elif _checks().search(cell.source):
            words = 0
        if words > GAP_WORDS:
            where = f"{lesson.path.name}, cell {cell.index + 1}"
            yield f"{where}: {words} words since the last check of understanding"
            words = 0


# --- notices and counts --------------------------------------------------------------------------------


def _notices(shelf: Iterable[lessons.Notebook]) -> Iterator[str]:
    for lesson in shelf:
        level, mean = prose.readability(lesson)
        if not 8 <= level <= 10 or mean > 18:
            found = f"Flesch-Kincaid {level:.1f} (aim 8 to 10), {mean:.1f} words a sentence (aim 18 at most)"
            yield f"{lesson.path.name}: {found}"
        if lesson.words() not in WORDS:
            yield f"{lesson.path.name}: {lesson.words()} words (aim 1,400 to 2,200)"
        if len(lesson.cells) not in CELLS:
            yield f"{lesson.path.name}: {len(lesson.cells)} cells (aim 30 to 45)"
        for cell in lesson.code():
            if len(cell.source.splitlines()) > CODE_LINES:
                where = f"{lesson.path.name}, cell {cell.index + 1}"
                yield f"{where}: {len(cell.source.splitlines())} lines of code (aim 12)"
        for section, rivals in _by_section(lesson).items():
            room = "; ".join(f"{p.name} {p.words} words, {p.sources} sources" for p in rivals)
            uneven = max(p.words for p in rivals) > UNEVEN * min(p.words for p in rivals)
            yield f"{lesson.path.name}: positions in {section!r}: {room}{' (uneven room)' if uneven else ''}"
    year_ago = datetime.date.today() - datetime.timedelta(days=365)
    old = [found.id for found in evidence.known_facts().values() if found.checked < year_ago]
    if old:
        yield f"{len(old)} facts were last checked more than a year ago, first {old[0]}"


def _by_section(lesson: lessons.Notebook) -> Mapping[str, list[prose.Position]]:
    """The positions of a lesson with their rivals: those of one section."""
    found: dict[str, list[prose.Position]] = {}
    for position in prose.positions(lesson):
        found.setdefault(position.section, []).append(position)
    return found


def _counts(
    shelves: Mapping[str, list[lessons.Notebook]], bank: tuple[questions.Question, ...]
) -> dict[str, Any]:
    everything = [notebook for shelf in shelves.values() for notebook in shelf]
    reasons = [(q.id, part) for q in bank for part in q.reasons()]
    cells = [cell for notebook in everything for cell in notebook.cells]
    cited = {name for cell in cells for _, name, _ in claims.LINK.findall(cell.source)}
    cited |= {name for question in bank for name in question.facts}
    images = [attributes for cell in cells for attributes in _IMAGE.findall(cell.html)]
    loose = (
        [f for n in everything for f in _notebook_faults(n, False) if "number without a link" in f]
        if bank
        else []
    )
    ran = [cell for name in ("lessons", "solutions") for n in shelves[name] for cell in n.code()]
    return {
        **{name: len(shelf) for name, shelf in shelves.items()},
        "questions": dict(Counter(q.kind for q in bank)),
        "options_without_reason": sum(not reason.strip() for _, (_, reason, _) in reasons),
        "wrong_options_without_misconception": sum(
            misconception is None and label.lower() not in (*questions.known_questions()[name].key, "right")
            for name, (label, _, misconception) in reasons
        ),
        "misconceptions": len(questions.misconceptions()) if bank else 0,
        "facts": len(evidence.known_facts()) if bank else 0,
        "facts_cited": len(cited & set(evidence.known_facts())) if bank else 0,
        "unlinked_numbers": len(loose),
        "figures": len(images),
        "figures_without_alt": sum(
            'alt="' not in attributes or 'alt=""' in attributes for attributes in images
        ),
        "unexecuted_cells": sum(cell.count is None for cell in ran),
        "per_lesson": {
            lesson.path.name: {
                "words": lesson.words(),
                "cells": len(lesson.cells),
                "minutes": lesson.minutes,
                "flesch_kincaid": round(prose.readability(lesson)[0], 1),
                "words_a_sentence": round(prose.readability(lesson)[1], 1),
                "questions_in_text": len(lesson.asked()),
                "positions": [asdict(position) for position in prose.positions(lesson)] if bank else [],
            }
            for lesson in shelves["lessons"]
        },
    }
