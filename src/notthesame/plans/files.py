"""Reading plans: every fault of a file at once, and the plan that a name and a lesson mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .. import questions
from .._loading import FileFaults, no_such, read_yaml, structure
from .._reading import shown
from .._words import counted
from ..course import course, read_once
from ..lessons import read_shelf
from ..subject import vignettes
from .model import REVEALS, Block, Plan, Session

_UNREAD = Block("", 0, "")


@dataclass(frozen=True)
class _RawPlan:
    title: str
    sessions: tuple[Any, ...]
    page: str = ""


def plan(name: str, lesson: str | None = None) -> Plan:
    """A plan by its name, with its sessions on one lesson if one is named.

    A plan that has none on it stands for its sister: "90-minutes" on lesson 05 is "90-minutes-05". Raises
    ValueError naming what is allowed, FileFaults for a plan with faults, FileNotFoundError without plans.

    >>> plan("90-minutes").sessions[0].lesson, plan("90-minutes", "02").name
    ('02', '90-minutes')
    """
    if not course().plans.is_dir():
        raise FileNotFoundError(f"There are no plans below {course().root}; a checkout has them.")
    for broken in plan_faults():
        if broken.path.stem in (name, f"{name}-{lesson}"):
            raise broken
    if name not in plans():
        raise ValueError(f"{no_such('plan', name, plans())} Allowed: {', '.join(plans())}.")
    if lesson is None:
        return plans()[name]
    number = lesson.zfill(2)
    if kept := tuple(session for session in plans()[name].sessions if session.lesson == number):
        return replace(plans()[name], sessions=kept)
    if f"{name}-{number}" in plans():
        return plans()[f"{name}-{number}"]
    of_family = [found for key, found in plans().items() if key == name or key.startswith(f"{name}-")]
    allowed = sorted({session.lesson for found in of_family for session in found.sessions})
    raise ValueError(f"The plan {name} has no lesson {shown(lesson)}; allowed: {', '.join(allowed)}.")


def plans() -> Mapping[str, Plan]:
    """Every plan by name; a file with a fault takes only its own plan away, and ``plan_faults`` tells of it.

    >>> "90-minutes" in plans()
    True
    """
    return _every_file()[0]


def plan_faults() -> tuple[FileFaults, ...]:
    """The faults of every file of a plan.

    >>> plan_faults()
    ()
    """
    return _every_file()[1]


@read_once
def _every_file() -> tuple[Mapping[str, Plan], tuple[FileFaults, ...]]:
    found: dict[str, Plan] = {}
    broken = []
    for path in sorted(course().plans.glob("*.yaml")):
        try:
            found[path.stem] = load_plan(path)
        except FileFaults as error:
            broken.append(error)
    return found, tuple(broken)


def load_plan(path: Path) -> Plan:
    """The plan of one file. Raises FileFaults with every fault, where it stands and what is allowed.

    >>> load_plan(course().plans / "90-minutes.yaml").sessions[0].minutes
    90
    """
    raw, faults = structure(read_yaml(path), _RawPlan)
    if raw is None:
        raise FileFaults(path, faults)
    sessions = []
    for number, entry in enumerate(raw.sessions, 1):
        session, wrong = _session(entry)
        faults += [f"session {number}: {fault}" for fault in wrong]
        if session:
            sessions.append(session)
    if raw.page and not (course().instructors / raw.page).is_file():
        faults.append(f"page is {shown(raw.page)}; allowed is a page of the folder instructors")
    if not raw.sessions:
        faults.append("sessions is empty; a plan has one or more")
    if faults:
        raise FileFaults(path, faults)
    return Plan(path.stem, raw.title, tuple(sessions), raw.page)


def _session(entry: Any) -> tuple[Session | None, list[str]]:
    """A session, each of whose blocks is read by itself, so that no fault hides another."""
    given = entry.get("blocks") if isinstance(entry, dict) else None
    blocks, faults = [], []
    for number, part in enumerate(given if isinstance(given, list) else (), 1):
        block, wrong = structure(part, Block)
        called = block.name if block else f"number {number}"
        faults += [f"block {called}: {fault}" for fault in (*wrong, *(_block_faults(block) if block else ()))]
        blocks.append(block or _UNREAD)
    if isinstance(given, list) and isinstance(entry, dict):
        entry = {**entry, "blocks": []}
    session, wrong = structure(entry, Session)
    if session is None:
        return None, [*wrong, *faults]
    session = replace(session, blocks=tuple(blocks))
    return session, [*faults, *_session_faults(session), *_minute_faults(session)]


def _block_faults(block: Block) -> Iterator[str]:
    if block.minutes < 1:
        yield f"minutes is {block.minutes}; allowed is 1 or more"
    for vote in block.votes:
        yield from _question_faults("votes", (vote.question,))
        found = questions.known_questions().get(vote.question)
        if found and found.kind != "single":
            yield f"votes: {vote.question} is of the kind {found.kind}; people vote on a single choice"
        if min(vote.minutes) < 1:
            yield f"votes: {vote.question} has a branch of {min(vote.minutes)} minutes; allowed is 1 or more"
    if wrong := [name for name in block.reveal if name not in REVEALS]:
        yield f"reveal is {shown(wrong[0])}; allowed: {', '.join(REVEALS)}"
    yield from _question_faults("ask", block.ask)
    yield from _case_faults("cases", block.cases)


def _session_faults(session: Session) -> Iterator[str]:
    home = (course().base or course()).lessons  # a plan speaks of the English lessons
    there = {path.name[:2] for path in home.glob("[0-9][0-9]_*.ipynb")}
    # The bank's lessons too: that a notebook is missing is told elsewhere, and once.
    there |= {f"{question.lesson:02}" for question in questions.known_questions().values()}
    if session.lesson not in there:
        yield f"lesson is {shown(session.lesson)}; allowed: {', '.join(sorted(there))}"
    for book in read_shelf(home)[0]:  # a damaged one is told by itself
        sections = dict.fromkeys(cell.section for cell in book.cells if cell.section)
        for name in session.handout if book.number == session.lesson else ():
            if name not in sections:
                yield f"handout: {no_such('section of the lesson', name, sections)}"
    if not session.blocks:
        yield "blocks is empty; a session has one or more"
    if session.day < 1 or session.rest < 0:
        yield f"day is {session.day} and rest is {session.rest}; allowed are 1 or more, and 0 or more"
    yield from _case_faults("groups", tuple(name for group in session.groups for name in group))
    yield from _case_faults("grid", session.grid)
    yield from _case_faults("around", session.around)
    yield from _question_faults("exit", session.exit)
    yield from _question_faults("without_minors", (*session.without_minors, *session.without_minors.values()))


def _minute_faults(session: Session) -> Iterator[str]:
    """What is wrong with the cuts: each has its minutes, none grows, and each says what goes."""
    if _UNREAD in session.blocks:
        return  # what is not read cannot be added up
    if list(session.late) != sorted({*session.late}) or min(session.late, default=1) < 1:
        allowed = "minutes from 1, each more than the one before"
        yield f"late is {shown(list(session.late))}; allowed are {allowed}"
    for block in session.blocks:
        every = [block.minutes, *block.shorter]
        if block.shorter and len(block.shorter) != len(session.late):
            many = counted(len(session.late), "number")
            yield f"block {block.name}: shorter has {len(block.shorter)}; allowed is {many}, as late has"
        if every != sorted(every, reverse=True) or min(every) < 0:
            found = shown(list(block.shorter))
            yield f"block {block.name}: shorter is {found}; minutes never grow with a cut"
        if bool(block.goes) != (every[0] > every[-1]):
            yield f"block {block.name}: goes says what is left out exactly where shorter has fewer minutes"
    if any(block.shorter and len(block.shorter) != len(session.late) for block in session.blocks):
        return
    for cut, less in enumerate(session.late, 1):
        left, wanted = sum(block.left(cut) for block in session.blocks), session.minutes - less
        if left != wanted:
            yield f"late by {less}: the blocks have {left} minutes together; allowed is {wanted}"


def _question_faults(where: str, names: tuple[str, ...]) -> Iterator[str]:
    known = questions.known_questions()
    if not questions.bank_faults():  # else it may be a question of the file with the faults
        yield from (f"{where}: {no_such('question', name, known)}" for name in names if name not in known)


def _case_faults(where: str, names: tuple[str, ...]) -> Iterator[str]:
    try:
        known = vignettes.vignettes()
    except FileFaults:
        return  # they are told with their own file
    yield from (f"{where}: {no_such('vignette', name, known)}" for name in names if name not in known)
