"""The exercises in nbgrader: its own release, autograding and feedback of blank, solved and wrong copies."""

from __future__ import annotations

import ast
import html
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
import pytest

import notthesame as nts
from notthesame import lessons
from notthesame.classroom import exports, graded, items, nbgrader, typed
from notthesame.course import course
from notthesame.exercises import checks
from tests.classroom.nbgrader_tool import environment, fetched
from tests.learner.wrong_answers import SLIPS

BOOKS = {book.number: book for book in lessons.read_all(course().solutions)}
TASKS = {number: [*graded.of_solution(book)] for number, book in BOOKS.items()}
NUMBERS = os.environ.get("NOTTHESAME_NBGRADER_LESSONS", "02 03 07").split()  # by hand: all of them
WRONG = NUMBERS if len(NUMBERS) > 3 else NUMBERS[:2]  # where each typical wrong answer is handed in

FOLDER = os.environ.get("NOTTHESAME_NBGRADER")
HIDDEN = re.compile(r"### BEGIN SOLUTION\n.*?### END SOLUTION\n?", re.S)  # what nbgrader takes out


def cells(source: bytes | Path) -> list[Any]:
    text = source.decode("utf-8") if isinstance(source, bytes) else source.read_text("utf-8")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    return list(notebook.cells)


def told(cell: Any) -> dict[str, Any]:
    return dict(cell.metadata.get("nbgrader", {}))


# --- what is written


@pytest.fixture(scope="module")
def made() -> items.Export:
    return nbgrader.made(items.groups())


@pytest.fixture(scope="module")
def books(made: items.Export) -> Mapping[str, list[Any]]:
    """The cells of each assignment by the number of its lesson."""
    return {Path(name).name[:2]: cells(content) for name, content in made.files.items() if "ipynb" in name}


def test_every_task_of_every_lesson_is_there_and_no_name_stands_twice(books: Mapping[str, list[Any]]) -> None:
    assert [task.check.id for number in BOOKS for task in TASKS[number]] == [*checks()]
    for number, found in books.items():
        names = [told(cell)["grade_id"] for cell in found if told(cell)]
        assert len(names) == len({*names}) and len({cell.id for cell in found}) == len(found)
        assert {task.check.id for task in TASKS[number]} <= {*names}
    assert sorted(books) == sorted(BOOKS)


def test_a_task_is_graded_once_by_a_program_or_by_a_person(books: Mapping[str, list[Any]]) -> None:
    for number, found in books.items():
        by_name = {told(cell)["grade_id"]: told(cell) for cell in found if told(cell)}
        for task in TASKS[number]:
            cell = by_name[task.check.id]
            assert cell["schema_version"] == 3 and not cell["task"]
            if task.by_hand:
                assert (cell["solution"], cell["locked"]) == (True, False)
                assert cell["grade"] is bool(task.points) and cell.get("points", 0) == task.points
            else:
                assert (cell["grade"], cell["solution"], cell["locked"]) == (True, False, True)
                assert cell["points"] == task.points
                assert by_name[f"{task.check.id}-answer"]["solution"]


def test_optional_tasks_are_worth_nothing_and_texts_two_for_each_row_of_their_rubric() -> None:
    points = {task.check.id: task.points for found in TASKS.values() for task in found}
    assert points["02-palermo-act"] == points["02-story"] == 0 and points["02-bed-us"] == 4
    assert points["00-words"] == points["03-costs"] == 8


def test_nothing_that_students_get_holds_an_answer(books: Mapping[str, list[Any]]) -> None:
    """What nbgrader takes out lies between its two marks; outside them every value is dots."""
    for number, found in books.items():
        texts = "".join(cell.source for cell in found if cell.cell_type == "markdown")
        assert "Model answer" not in texts and "solution.ipynb" not in texts, number
        for cell in (one for one in found if told(one).get("solution")):
            left = ast.parse(HIDDEN.sub("", cell.source))
            given = [node for node in left.body if isinstance(node, ast.Assign)]
            assert given and all(set(leaves(node.value)) == {...} for node in given), cell.source
            # Dots come first, so that what nbgrader puts in the place of an answer by default does no harm.
            assert cell.source.index(" = ") < cell.source.index("### BEGIN"), cell.source


def leaves(node: ast.expr) -> Iterator[Any]:
    if isinstance(node, (ast.List, ast.Dict)):
        for inner in node.elts if isinstance(node, ast.List) else node.values:
            yield from leaves(inner)
    else:
        yield ast.literal_eval(node)


def test_each_link_leads_to_an_entry_beside_the_notebook(made: items.Export) -> None:
    for name, content in made.files.items():
        if name.endswith(".ipynb"):
            beside = made.files.get(f"{name.rpartition('/')[0]}/ledger.md", b"").decode()
            texts = "".join(cell.source for cell in cells(content) if cell.cell_type == "markdown")
            targets = [target for _, target, _ in lessons.links(texts)]
            assert all(target.startswith("ledger.md#") for target in targets), name
            entries = {*re.findall(r"^## (.*)$", beside, re.M)}
            assert {target.partition("#")[2] for target in targets} == entries


def test_what_may_be_typed_is_said_with_its_keys(books: Mapping[str, list[Any]]) -> None:
    for number, found in books.items():
        texts = "".join(cell.source for cell in found if cell.cell_type == "markdown")
        for task in TASKS[number]:
            assert not task.check.form or task.check.allowed in texts
            for _, words in typed.keys(task.check.form) if task.check.form else ():
                assert all(f"`{key}`" in texts for key in words), task.check.id


def test_a_starter_counts_as_nothing_given() -> None:
    for found in TASKS.values():
        for task in found:
            last = ast.parse(task.starter).body[-1]
            assert isinstance(last, ast.Assign) and ast.unparse(last.targets[0]) == task.variable
            assert f"{task.variable} = " in task.model


@pytest.mark.parametrize("number", BOOKS)
def test_in_every_lesson_dots_earn_nothing_and_the_models_everything(
    books: Mapping[str, list[Any]], number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cells of each lesson run here, without nbgrader, which is tried on some of them below."""
    monkeypatch.chdir(course().exercises)
    blank, solved = (earned(books[number], hidden) for hidden in (True, False))
    for task in TASKS[number]:
        if task.by_hand:
            assert (blank[task.check.id], solved[task.check.id]) == ("not attempted", "right"), task.check.id
        else:
            assert (blank[task.check.id], solved[task.check.id]) == (0, task.points), task.check.id


def earned(found: Sequence[Any], hidden: bool) -> Mapping[str, Any]:
    """What each graded cell ends in, with the models or without."""
    names: dict[str, Any] = {"display": lambda *shown: None}
    ends = {}
    for cell in (one for one in found if one.cell_type == "code"):
        source = HIDDEN.sub("", cell.source) if hidden else cell.source
        code = ast.parse(source)
        last = code.body.pop() if code.body and isinstance(code.body[-1], ast.Expr) else None
        exec(compile(code, cell.id, "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), cell.id, "eval"), names)
            ends[told(cell)["grade_id"]] = getattr(value, "status", value)
    return ends


def test_those_that_a_person_grades_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = exports.export("nbgrader", tmp_path / "new", ["03"])
    folder = tmp_path / "new" / "source" / "exercise_03"
    assert lines[-2:] == [
        "5 tasks",
        "not held by nbgrader: points from a program (graded by hand): 03-costs",
    ]
    assert sorted(os.listdir(folder)) == ["03_exercise_two_things_one_name.ipynb", "ledger.md"]
    about = (tmp_path / "new" / "ABOUT.md").read_text("utf-8")
    assert "$" not in about and "- 03-costs (8)" in about and nbgrader.STUB in about
    assert exports.export("nbgrader", tmp_path / "new", ["03"]) == lines  # the same once more is no fault


# --- what nbgrader makes of it


@pytest.fixture(scope="module")
def tool() -> Path:
    """nbgrader in the folder that NOTTHESAME_NBGRADER names, which is filled when it is empty."""
    if not FOLDER:
        pytest.skip("NOTTHESAME_NBGRADER names no folder for nbgrader, which is then put into it")
    return fetched(Path(FOLDER))


def run(verb: str, folder: Path, tool: Path) -> str:
    """One call of nbgrader on a course, in a process of its own."""
    call = [sys.executable, str(Path(__file__).with_name("with_nbgrader.py")), verb]
    done = subprocess.run(call, cwd=folder, env=environment(tool), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    return done.stdout


Scores = Mapping[str, Mapping[str, Mapping[str, tuple[float | None, float, bool]]]]


@pytest.fixture(scope="module")
def graded_course(tool: Path) -> Iterator[tuple[Path, Scores]]:
    """A course with all its copies handed in and graded, and what nbgrader holds of them, by lesson."""
    with tempfile.TemporaryDirectory(prefix="notthesame-") as name:
        folder = Path(name)
        exports.export("nbgrader", folder, NUMBERS)
        run("generate", folder, tool)
        for number in NUMBERS:
            hand_in(folder, number)
        lines = map(json.loads, run("grade", folder, tool).splitlines())
        yield folder, {assignment[-2:]: scores for assignment, scores in lines}


def hand_in(folder: Path, number: str) -> None:
    """A copy as it was released, one that is solved, and one for each round of typical wrong answers."""
    [released] = folder.glob(f"release/exercise_{number}/*.ipynb")
    [source] = folder.glob(f"source/exercise_{number}/*.ipynb")
    models = {str(told(cell).get("grade_id")): str(cell.source) for cell in cells(source)}
    copies: dict[str, Mapping[str, str]] = {"starter": {}, "solved": models}
    if number in WRONG:
        most = max(len(SLIPS[task.check.id]) for task in TASKS[number])
        copies |= {f"wrong_{n}": wrong(TASKS[number], n) for n in range(most)}
    for student, answers in copies.items():
        notebook = nbformat.read(released, as_version=4)
        for cell in notebook.cells:
            if told(cell).get("solution"):
                cell.source = answers.get(told(cell)["grade_id"], cell.source)
        target = folder / "submitted" / student / source.parent.name / source.name
        target.parent.mkdir(parents=True)
        nbformat.write(notebook, target)


def wrong(tasks: Sequence[graded.Task], n: int) -> Mapping[str, str]:
    """The n-th typical wrong answer to each task that has so many, as its cell."""
    found = {}
    for task in (one for one in tasks if n < len(SLIPS[one.check.id])):
        line, name = f"{task.variable} = {SLIPS[task.check.id][n]!r}", task.check.id
        if task.by_hand:
            found[name] = f'{line}\nnts.check("{name}", {task.variable})'
        else:
            found[f"{name}-answer"] = line
    return found


def page(folder: Path, number: str, student: str) -> str:
    """The words of the feedback that a student gets."""
    [path] = folder.glob(f"feedback/{student}/exercise_{number}/*.html")
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", "", path.read_text("utf-8"), flags=re.S)
    return " ".join(html.unescape(text).split())


@pytest.mark.slow
@pytest.mark.parametrize("number", NUMBERS)
def test_a_blank_copy_earns_nothing_and_is_told_so(graded_course: tuple[Path, Scores], number: str) -> None:
    folder, scores = graded_course
    assert all((auto, by_hand) == (0, False) for auto, _, by_hand in scores[number]["starter"].values())
    [released] = folder.glob(f"release/exercise_{number}/*.ipynb")
    assert "SOLUTION" not in released.read_text("utf-8")
    said = page(folder, number, "starter")
    assert said.count("Not attempted yet.") == len(TASKS[number])
    assert "Traceback" not in said and "Error" not in said


@pytest.mark.slow
@pytest.mark.parametrize("number", NUMBERS)
def test_a_solved_copy_earns_everything_that_a_program_can_give(
    graded_course: tuple[Path, Scores], number: str
) -> None:
    folder, scores = graded_course
    held, said = scores[number]["solved"], page(folder, number, "solved")
    assert {*held} == {task.check.id for task in TASKS[number] if task.points or not task.by_hand}
    for task in TASKS[number]:
        assert " ".join(task.check.reason.split()) in said, task.check.id
        if task.check.id in held:
            expected = (None, task.points, True) if task.by_hand else (task.points, task.points, False)
            assert tuple(held[task.check.id]) == expected, task.check.id


@pytest.mark.slow
@pytest.mark.parametrize("number", WRONG)
def test_each_typical_wrong_answer_gets_its_own_reason(
    graded_course: tuple[Path, Scores], number: str
) -> None:
    folder, scores = graded_course
    for n in range(max(len(task.check.slips) for task in TASKS[number])):
        said = page(folder, number, f"wrong_{n}")
        for task in (one for one in TASKS[number] if n < len(one.check.slips)):
            assert task.check.slips[n].reason in said, (n, task.check.id)
            if not task.by_hand:
                earned = nts.check(task.check.id, SLIPS[task.check.id][n]).earned(task.points)
                assert tuple(scores[number][f"wrong_{n}"][task.check.id]) == (earned, task.points, False)
