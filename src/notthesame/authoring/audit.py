"""``notthesame audit``: every promise about content that a program can test. Reads files, starts no kernel.

The rules stand in ``rules``, one module a subject. Faults (exit 1) are things a reader would be wronged by;
notices (exit 0) are aims.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from .. import evidence, exercises, plans, questions
from .._loading import FileFaults
from ..course import Course
from ..lessons import damage, read, read_shelf
from ..subject import argument_map, glossary, quantities, vignettes
from . import claims, prose, stored_html
from .faults import Fault
from .rules import bank, dates, headers, lessons, minutes, notebooks, notices, outcomes, slots, terms, wording
from .rules.whole import Whole

RULES = (
    bank.faults,
    notebooks.faults,
    lessons.faults,
    outcomes.faults,
    headers.faults,
    minutes.faults,
    wording.faults,
    slots.faults,
    terms.faults,
    dates.faults,
)
_FAULTS = (evidence.fact_faults, questions.bank_faults, plans.plan_faults)
_LOADS = (glossary.meanings, vignettes.vignettes, argument_map.course_map, quantities.quantities)


@dataclass(frozen=True)
class Report:
    """What an audit found. ``counts`` is what ``--json`` prints beside the findings."""

    faults: tuple[Fault, ...]
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
        faults = [{**asdict(fault), "text": str(fault)} for fault in self.faults]
        return json.dumps({**self.counts, "faults": faults, "notices": self.notices}, indent=1) + "\n"


def audit(of: Course) -> Report:
    """Look at the whole of a course, and at nothing beside it."""
    with of.in_use():
        damaged = [*damaged_notebooks(of)]
        faults = [*dict.fromkeys(load_faults(of))]  # a file that others need is read more than once
        whole = read_whole(of, bank=not faults)
        if faults:  # nothing else can be judged while a file does not load
            return Report((*damaged, *faults), (), _counts(whole, ()))
        found = (*damaged, *dict.fromkeys(fault for rule in RULES for fault in rule(whole)))
        return Report(found, tuple(notices.notices(whole)), _counts(whole, found))


def read_whole(of: Course, bank: bool = True) -> Whole:
    """The notebooks of a course that can be read and, if asked for, its bank."""
    shelves = [read_shelf(folder)[0] for folder in (of.lessons, of.exercises, of.solutions)]
    asked = tuple(questions.known_questions().values()) if bank else ()
    start = [read(path) for path in (of.start,) if path.exists() and not damage(path)]
    return Whole(of, shelves[0], shelves[1], shelves[2], asked, tuple(start))


def damaged_notebooks(of: Course) -> Iterator[Fault]:
    """The notebooks that cannot be read; the others are judged all the same."""
    for folder in (of.lessons, of.exercises, of.solutions):
        for path, words in read_shelf(folder)[1].items():
            yield Fault("unreadable notebook", path.parent.name, words)
    if of.start.exists() and (words := damage(of.start)):
        yield Fault("unreadable notebook", "", words)


def load_faults(of: Course) -> Iterator[Fault]:
    """Files that cannot be read, each with all its faults at once."""
    for broken in (error for faults in _FAULTS for error in faults()):
        yield from _of_file(broken)
    for words in exercises.check_faults().values():
        yield Fault("unreadable file", "", words)
    for load in _LOADS:
        try:
            load()
        except FileFaults as error:
            yield from _of_file(error)
        except (ValueError, KeyError, FileNotFoundError) as error:
            yield Fault("unreadable file", "", str(error.args[0] if error.args else error))


def _of_file(error: FileFaults) -> Iterator[Fault]:
    return (Fault("unreadable file", error.path.name, fault) for fault in error.faults)


def _counts(whole: Whole, faults: tuple[Fault, ...]) -> dict[str, Any]:
    kinds = Counter(fault.kind for fault in faults)
    cells = [cell for notebook in whole.notebooks for cell in notebook.cells]
    images = [image for cell in cells for image in stored_html.read(cell.html).images]
    cited = {name for cell in cells for _, name, _ in claims.LINK.findall(cell.source)}
    cited |= {name for question in whole.bank for name in question.facts}
    facts = evidence.known_facts() if whole.bank else {}
    return {
        "lessons": len(whole.lessons),
        "exercises": len(whole.exercises),
        "solutions": len(whole.solutions),
        "questions": dict(Counter(question.kind for question in whole.bank)),
        "misconceptions": len(questions.misconceptions()) if whole.bank else 0,
        "facts": len(facts),
        "facts_cited": len(cited & set(facts)),
        "unlinked_numbers": kinds[claims.UNLINKED],
        "figures": len(images),
        "figures_without_alt": sum(not image.alt for image in images),
        "unexecuted_cells": kinds["unexecuted cell"],
        "per_lesson": {
            lesson.path.name: {
                "words": lesson.words(),
                "cells": len(lesson.cells),
                "minutes": lesson.minutes,
                "flesch_kincaid": round(prose.readability(lesson)[0], 1),
                "words_a_sentence": round(prose.readability(lesson)[1], 1),
                "questions_in_text": len(lesson.asked()),
                "positions": [asdict(position) for position in prose.positions(lesson)] if whole.bank else [],
            }
            for lesson in whole.lessons
        },
    }
