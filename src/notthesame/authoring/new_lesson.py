"""``notthesame new lesson 14 slug "Title"``: a lesson with all that belongs to one, unfinished, yet it runs.

What is still to be written begins with TODO, and the audit names each such place until none is left.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .. import questions
from .._reading import shown
from .._writing import write_all_new
from ..course import Course
from ..lessons import files
from .execute import KERNEL
from .new_question import entry, slug_of
from .starter import starter

# What a lesson needs: these ask in the text, and the rest comes back in later lessons.
ASKED, KEPT = (
    ("single", "multiple", "single", "ordering", "single"),
    ("single", "single", "numeric", "single", "single"),
)
SECTIONS = ("The puzzle", "The case", "The second look", "The rule", "The limit")
IMPORT = "import notthesame as nts"
_HEADER = """\
# {number} {title}

**Time**: 45 minutes alone, 50 minutes in class. **Before this**: TODO the lessons that it needs.

**After this lesson you can**

1. TODO a verb and its object, at the level in brackets (apply);
2. TODO a verb and its object, at the level in brackets (explain).

**Content**: TODO what it holds that somebody may want to go around, where, and what stands in its place.

[Exercise](../exercises/{number}_exercise_{name}.ipynb), \
[solution](../exercises/solutions/{number}_solution_{name}.ipynb)"""
_SECTION = (
    "## {section}\n\nTODO one point, which the next question asks for; no more than ninety words or so."
)
_LAST = """\
## Key points

- TODO the answer to the puzzle, by name.

## What comes next

**What we still do not know**: TODO what no source settles.

**Next**: [the exercise](../exercises/{number}_exercise_{name}.ipynb)."""
_MORE = """\
## More

*In JupyterLab the rest is folded: press "cells hidden" below.*

TODO what no outcome needs, or nothing."""
_TASK_HEADER = """\
# Exercise {number}: {title}

[Lesson {number}](../../lessons/{number}_{name}.ipynb), \
[solution](../../exercises/solutions/{number}_solution_{name}.ipynb)

**Time**: 15 minutes. **Before this**: lesson {number}. **Content**: TODO what it holds.

Run the cell of a task and answer in its form; Check, Hint and, after a try, Solution stand below it."""
_CHECKS = '''\
"""Checks of exercise {number}. What the course knows comes from its data, never typed in."""

from notthesame.exercise_forms import Pick
from notthesame.exercise_tests import one_of
from notthesame.exercises import Check, Slip

CHOICES = {{
    "a": "TODO what choice A says",
    "b": "TODO what choice B says",
    "c": "TODO what choice C says",
    "d": "TODO what choice D says",
}}

CHECKS = (
    Check(
        id="{number}-first",  # TODO an id of its own: ids never change
        outcome=1,
        allowed='The answer is one letter, such as "a".',
        form=Pick(CHOICES),
        right=one_of("b"),
        reason="TODO why B is right, in words that teach.",
        slips=(
            Slip(one_of("a"), "{belief}", "TODO why A is not right; and put the belief behind it."),
            Slip(one_of("c"), "{belief}", "TODO why C is not right; and put the belief behind it."),
            Slip(one_of("d"), "{belief}", "TODO why D is not right; and put the belief behind it."),
        ),
        otherwise="TODO how to begin.",
        hints=(
            "TODO the first hint: where to look.",
            "TODO the second hint: what to ask of it.",
            "TODO the third hint: nearly the answer.",
        ),
    ),
)
'''
_PLAN = (("Opening", 5), ("Puzzle", 10), ("Case", 15), ("Rule", 15), ("Close", 5))
_NOTES = """\
# Notes on lesson {number}: {title}

For {minutes} minutes. The [guide](../guide.md) has the room rules, and what to say after a disclosure or a
hostile remark. Minutes are estimates; nobody has taught from this plan yet.

## Aim

TODO what people leave with, and what they are not asked to believe.

## Minute plan ({minutes} minutes)

| Minutes | Block | What happens | On the screen |
| --- | --- | --- | --- |
{plan}

## Concept questions

TODO two or three questions of the lesson to vote on; of each what a wrong letter shows, and what to do then.

## Hard moments

TODO what may be said that hurts or stops the room, and words to answer it.

## Route around

TODO what a person does who would rather not read a part, and what stands in its place.

## Cut list

Opening and close are never cut.

| Block | `{minutes}` | `40` (`-10`) | `30` (`-20`) | `20` (`-30`) | What goes |
| --- | --- | --- | --- | --- | --- |
{cuts}

## What each audience gets

TODO what law, social science and policy each take from it.

## Board

TODO what to draw, and when.
"""
_CUTS = {"Puzzle": (5, 5, 5), "Case": (15, 15, 5), "Rule": (10, 0, 0)}


def new_lesson(of: Course, number: str, slug: str, title: str) -> tuple[str, ...]:
    """Write a lesson, its questions, solution, exercise, checks and notes; returns their names in the course.

    number: two digits, of no lesson there is. slug: "what-then" or "what_then", in the files' names. Raises
    ValueError for what is neither, and OSError, with nothing written, where a file cannot be.
    """
    name = slug_of(slug.replace("_", "-")).replace("-", "_")
    taken = sorted(file.name[:2] for file in files(of.lessons))
    if not (len(number) == 2 and number.isascii() and number.isdigit()) or number in taken:
        raise ValueError(f"The number is {shown(number)}; allowed are two digits, not {', '.join(taken)}")
    if not title.strip() or "\n" in title:
        raise ValueError(f"The title is {shown(title)}; allowed is a line of text")
    with of.in_use():
        belief = next(iter(questions.misconceptions()))
    made = _files(number, name, title.strip(), belief)
    write_all_new(of.root, {file: text.encode() for file, text in made.items()})
    return tuple(made)


def _files(number: str, name: str, title: str, belief: str) -> Mapping[str, str]:
    words = {"number": number, "name": name, "title": title, "belief": belief}
    solution = _notebook(_solution_cells(words), f"s{number}")
    exercise = json.loads(json.dumps(starter(_node(solution))))
    return {
        f"lessons/{number}_{name}.ipynb": _text(_notebook(_lesson_cells(words), f"l{number}")),
        f"exercises/solutions/{number}_solution_{name}.ipynb": _text(solution),
        f"exercises/{number}_exercise_{name}.ipynb": _text(exercise),
        f"exercises/questions/{number}.yaml": _bank(number, belief),
        f"exercises/checks/{number}.py": _CHECKS.format_map(words),
        f"instructors/notes/{number}.md": _notes(words),
    }


def _bank(number: str, belief: str) -> str:
    """Ten questions, so that each outcome has its two and the text its five."""
    told = "# TODO give each its own short name before anybody answers it: ids never change"
    text = f"lesson: {int(number)}\nquestions:\n{told}\n"
    for place, kind in enumerate((*ASKED, *KEPT)):
        name, section = f"{number}-question-{place + 1}", SECTIONS[place % len(SECTIONS)]
        text += "\n" + entry(name, kind, belief, section, 1 + place % 2)
    return text


def _lesson_cells(words: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    yield _prose(_HEADER.format_map(words))
    yield _code(IMPORT)
    for place, section in enumerate(SECTIONS):
        yield _prose(_SECTION.format(section=section), f"outcome-{1 + place % 2}")
        yield _code(f'nts.ask("{words["number"]}-question-{place + 1}")')
    yield _prose(_LAST.format_map(words))
    yield _prose(_MORE) | {"metadata": {"jp-MarkdownHeadingCollapsed": True}}


def _solution_cells(words: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    yield _prose(_TASK_HEADER.format_map(words))
    yield _code(IMPORT)
    yield _prose("## Task 1: TODO its name\n\nTODO what is asked.")
    yield _code(f'nts.task("{words["number"]}-first", answer="b")', "answer")
    yield _prose(
        "**Model answer, and why.** TODO one good answer, and what a critic may say of it.", "model-answer"
    )
    yield _prose("**Next**: [the list of lessons](../../start.ipynb).")


def _notes(words: Mapping[str, str]) -> str:
    start, plan, cuts = 0, [], []
    for block, minutes in _PLAN:
        plan.append(f"| `{start}-{start + minutes}` | {block} | TODO what happens. | TODO a heading |")
        left = _CUTS.get(block, (minutes,) * 3)
        gone = "nothing" if left[-1] == minutes else "TODO what goes"
        cuts.append(f"| {' | '.join([block, *(f'`{n}`' for n in (minutes, *left)), gone])} |")
        start += minutes
    return _NOTES.format(minutes=start, plan="\n".join(plan), cuts="\n".join(cuts), **words)


# --- notebooks


def _prose(source: str, *tags: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {"tags": [*tags]} if tags else {}, "source": source}


def _code(source: str, *tags: str) -> dict[str, Any]:
    return {**_prose(source, *tags), "cell_type": "code", "execution_count": None, "outputs": []}


def _notebook(cells: Iterator[dict[str, Any]], prefix: str) -> dict[str, Any]:
    named = [{"id": f"{prefix}-{place:02}", **cell} for place, cell in enumerate(cells, 1)]
    return {"cells": named, "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5}


def _node(notebook: dict[str, Any]) -> Any:
    import nbformat

    return nbformat.from_dict(notebook)  # type: ignore[no-untyped-call]


def _text(notebook: dict[str, Any]) -> str:
    import nbformat

    return str(nbformat.writes(_node(notebook))) + "\n"  # type: ignore[no-untyped-call]
