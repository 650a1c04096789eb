"""Plans: every fault told at once, minutes that add up, and pages whose tables are those of the plan."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from notthesame import plans
from notthesame._loading import FileFaults
from notthesame.authoring import audit, generated
from notthesame.course import Course, course
from notthesame.plans.files import load_plan

FILES = sorted(course().plans.glob("*.yaml"))
WORKSHOP = course().plans / "90-minutes.yaml"

# What is typed in place of what, and the fault that this is.
PLANTED = {
    "a question that is not there": (
        "{question: 02-destitute,",
        "{question: 02-destitut,",
        "session 1: block Means: votes: There is no question '02-destitut'. Nearest: 02-destitute",
    ),
    "a case that is not there": (
        "cases: [w05-line]",
        "cases: [w05-lien]",
        "session 1: block Movement: cases: There is no vignette 'w05-lien'. Nearest: w05-line",
    ),
    "a vote on what is no single choice": (
        "{question: 02-bakery,",
        "{question: 02-narrowing,",
        "session 1: block Age: votes: 02-narrowing is of the kind ordering; people vote on a single choice",
    ),
    "a branch without minutes": (
        "02-bakery, under: 7",
        "02-bakery, under: 0",
        "session 1: block Age: votes: 02-bakery has a branch of 0 minutes; allowed is 1 or more",
    ),
    "minutes in words": (
        "minutes: 12\n    do: >-\n      Act, means",
        "minutes: twelve\n    do: >-\n      Act, means",
        "session 1: block number 3: minutes: found 'twelve', but a whole number is wanted",
    ),
    "a field that there is not": (
        "goes: the talk after",
        "gone: the talk after",
        "session 1: block number 2: unknown field gone; allowed: ",
    ),
    "a cut that is not enough": (
        "shorter: [9, 1, 1]",
        "shorter: [9, 2, 1]",
        "session 1: late by 20: the blocks have 71 minutes together; allowed is 70",
    ),
    "a cut that grows": (
        "shorter: [9, 1, 1]",
        "shorter: [1, 9, 1]",
        "session 1: block Movement: shorter is [1, 9, 1]; minutes never grow with a cut",
    ),
    "a cut too many": (
        "shorter: [9, 1, 1]",
        "shorter: [9, 1, 1, 1]",
        "session 1: block Movement: shorter has 4; allowed is 3 numbers, as late has",
    ),
    "a cut without words": (
        "goes: the talk after the verdicts",
        'goes: ""',
        "session 1: block First look: goes says what is left out exactly where shorter has fewer minutes",
    ),
    "a lateness that falls": (
        "late: [10, 20, 30]",
        "late: [20, 10, 30]",
        "session 1: late is [20, 10, 30]; allowed are minutes from 1, each more than the one before",
    ),
    "a lesson that is not there": (
        'lesson: "02"',
        'lesson: "44"',
        "session 1: lesson is '44'; allowed: 00, 01",
    ),
    "an exit ticket that is not there": (
        "exit: [02-consent-rule,",
        "exit: [02-consent,",
        "session 1: exit: There is no question '02-consent'. Nearest: 02-consent-rule",
    ),
    "a case of the grid that is not there": (
        "grid: [v03-promised,",
        "grid: [v03,",
        "session 1: grid: There",
    ),
    "a group's case that is not there": (
        "- [v05-loan,",
        "- [v05,",
        "session 1: groups: There",
    ),
    "nobody's way around": (
        "around: [v03-promised,",
        "around: [v03,",
        "session 1: around: There",
    ),
    "no question in its place": (
        "02-bakery: 02-visa-call",
        "02-bakery: 02-visa",
        "session 1: without_minors: There is no question '02-visa'",
    ),
    "a page that is not there": (
        "page: workshop_90",
        "page: workshop_80",
        "page is 'workshop_80",
    ),
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_plan_of_the_course_has_no_fault(path: Path) -> None:
    assert load_plan(path).sessions


@pytest.mark.parametrize(("old", "new", "fault"), PLANTED.values(), ids=list(PLANTED))
def test_a_planted_fault_is_told(tmp_path: Path, old: str, new: str, fault: str) -> None:
    text = WORKSHOP.read_text(encoding="utf-8")
    assert text.count(old) == 1
    broken = tmp_path / "broken.yaml"
    broken.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FileFaults) as raised:
        load_plan(broken)
    assert [told for told in raised.value.faults if told.startswith(fault)], raised.value.faults


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    text = WORKSHOP.read_text(encoding="utf-8")
    apart = (
        "a question that is not there",
        "minutes in words",
        "a lesson that is not there",
        "a page that is not there",
    )
    for old, new, _ in (PLANTED.get(name) or PLANTED[f"{name} that is not there"] for name in apart):
        text = text.replace(old, new)
    broken = tmp_path / "broken.yaml"
    broken.write_text(text, encoding="utf-8")
    with pytest.raises(FileFaults) as raised:
        load_plan(broken)
    assert len(raised.value.faults) == len(apart), raised.value.faults


@pytest.mark.slow
def test_the_audit_names_a_fault_of_a_plan(tmp_path: Path, copy_course: Callable[[Path], Course]) -> None:
    of = copy_course(tmp_path)
    path = of.plans / "90-minutes.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("[w05-line]", "[w05-lien]"), encoding="utf-8")
    (fault,) = audit.audit(of).faults
    assert str(fault).startswith("90-minutes.yaml: session 1: block Movement: cases: There is no vignette")


def test_a_broken_plan_is_refused_with_its_faults_and_the_others_stay(tmp_path: Path) -> None:
    (tmp_path / "instructors" / "plans").mkdir(parents=True)
    (tmp_path / "instructors" / "plans" / "bad.yaml").write_text("title: x\nsessions: []\n", encoding="utf-8")
    with Course(tmp_path).in_use(), pytest.raises(FileFaults, match="sessions is empty"):
        plans.plan("bad")


def test_a_plan_or_a_lesson_that_is_not_there_is_told_with_what_is_allowed() -> None:
    with pytest.raises(ValueError, match=r"There is no plan '90-minuts'. Nearest: 90-minutes.*Allowed: "):
        plans.plan("90-minuts")
    with pytest.raises(ValueError, match="The plan 90-minutes has no lesson '09'; allowed: 02"):
        plans.plan("90-minutes", "09")


def test_without_a_checkout_there_are_no_plans(tmp_path: Path) -> None:
    with Course(tmp_path).in_use(), pytest.raises(FileNotFoundError, match="There are no plans below"):
        plans.plan("90-minutes")


@pytest.mark.parametrize("name", plans.plans())
def test_a_plan_takes_what_its_name_says_and_never_cuts_its_ends(name: str) -> None:
    for session in plans.plans()[name].sessions:
        if minutes := re.match(r"(\d+)-minutes", name):
            assert session.minutes == int(minutes[1])
        for block in session.blocks:
            if block.name in ("Opening", "Pause", "Close"):
                assert not block.shorter, f"{name}: {block.name}"


@pytest.mark.parametrize("name", plans.plans())
def test_what_takes_the_place_of_a_question_with_a_minor_is_of_the_session(name: str) -> None:
    for session in plans.plans()[name].sessions:
        asked = {*session.exit, *(vote.question for vote in session.votes)}
        assert session.without_minors.keys() <= asked


def test_tables_between_marks_are_written_and_nothing_else() -> None:
    page = "a\n<!-- cut list: written by make data -->old<!-- end of cut list -->\nb\n"
    found = generated.with_plan(page, plans.plan("90-minutes"))
    assert found.startswith("a\n<!-- cut list") and found.endswith("<!-- end of cut list -->\nb\n")
    assert "old" not in found and "| Close | `10` |" in found
    assert generated.with_plan(found, plans.plan("90-minutes")) == found


def test_a_mark_without_its_end_stays_as_it_is() -> None:
    page = "a\n<!-- cut list: written by make data -->\n\nb\n"
    assert generated.with_plan(page, plans.plan("90-minutes")) == page
