"""Exercises are made from solutions, and notebooks are stored without anything that does not last."""

from __future__ import annotations

import ast
import copy
import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from notthesame import lessons
from notthesame.authoring import execute, starter
from notthesame.course import course

ROOT = course().root
SOLUTIONS = lessons.files(ROOT / "exercises" / "solutions")
DOTS = "...  # your answer in place of the dots"


def notebook(*cells: Any) -> Any:
    return nbformat.v4.new_notebook(
        cells=list(cells), metadata={"kernelspec": {"name": "other", "display_name": "Other"}}
    )


def code(source: str, *tags: str, outputs: Any = ()) -> Any:
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)} if tags else {})
    cell.outputs, cell.execution_count = [nbformat.from_dict(o) for o in outputs], 3
    return cell


def shown(**data: str) -> dict[str, Any]:
    return {"output_type": "execute_result", "data": data, "metadata": {"x": 1}, "execution_count": 3}


# --- blank() ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "blanked"),
    [
        ("x = 3\ncheck(x)", f"x = {DOTS}\ncheck(x)"),
        ("x = [\n    1,\n    2,\n]\ncheck(x)", f"x = {DOTS}\ncheck(x)"),
        ("x = (\n    1\n)\ncheck(x)", f"x = {DOTS}\ncheck(x)"),
        ("x = (1)", f"x = {DOTS}"),
        ('x = """one\ntwo"""\ny = 2\ncheck(x, y)', f"x = {DOTS}\ny = {DOTS}\ncheck(x, y)"),
        ("x: int = 3", f"x = {DOTS}"),
        ("x = y = 3", f"x = y = {DOTS}"),
        ("a, b = 1, 2", f"(a, b) = {DOTS}"),
        ("été = 'é'", f"été = {DOTS}"),
        ("# a comment\nx = 3  # the answer", f"# a comment\nx = {DOTS}"),
        ("check(3)", "check(3)"),
        ("nts.task('03-share', answer=18.97)", 'nts.task("03-share")'),
        ('nts.task("03-costs", answer="""one\ntwo""")', 'nts.task("03-costs")'),
        ('nts.task("03-share")', 'nts.task("03-share")'),
        ("for i in range(3):\n    x = i", "for i in range(3):\n    x = i"),
    ],
)
def test_each_value_assigned_becomes_dots(source: str, blanked: str) -> None:
    found = starter.blank(source)
    assert found == blanked
    ast.parse(found)


def test_of_a_brief_made_from_answers_the_call_stays_without_them() -> None:
    assert starter.blank("nts.brief(answers=parts)") == "nts.brief()"


# --- starter() --------------------------------------------------------------------------------------


def solution() -> Any:
    page = nbformat.v4.new_markdown_cell("## Task", metadata={"tags": ["fiction"]})
    model = nbformat.v4.new_markdown_cell("The model.", metadata={"tags": ["model-answer"]})
    output = shown(**{"text/plain": "Right."})
    return notebook(
        page, code("given = 7", outputs=[output]), code("x = 3\ncheck(x)", "answer", outputs=[output]), model
    )


def test_a_starter_loses_the_answers_and_keeps_everything_else() -> None:
    made = starter.starter(solution())
    page, given, answer, model = made.cells
    assert page.source == "## Task" and page.metadata.tags == ["fiction"]
    assert given.source == "given = 7" and given.outputs == [] and given.execution_count is None
    assert (
        answer.source == f"x = {DOTS}\ncheck(x)"
        and answer.metadata.tags == ["answer"]
        and answer.outputs == []
    )
    assert "Your text" in model.source and "The model." not in json.dumps(made)


def test_where_tasks_are_forms_nothing_is_left_to_write_in() -> None:
    book = solution()
    book.cells[2].source = 'nts.task("03-share", answer=19)'
    *_, answer, model = starter.starter(book).cells
    assert answer.source == 'nts.task("03-share")' and model.source == starter.POINTER


def test_making_a_starter_leaves_the_solution_as_it_was() -> None:
    before = solution()
    kept = copy.deepcopy(before)
    starter.starter(before)
    assert before == kept


def test_an_exercise_lies_one_folder_above_its_solution() -> None:
    assert starter.exercise_of(Path("exercises/solutions/02_solution_x.ipynb")) == Path(
        "exercises/02_exercise_x.ipynb"
    )


def test_there_are_solutions() -> None:
    assert SOLUTIONS


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.name)
def test_the_exercise_is_the_one_its_solution_makes(path: Path) -> None:
    target = starter.exercise_of(path)
    assert target.exists(), f"{target.name} has not been made: run make run"
    wanted = starter.starter(nbformat.read(path, as_version=4))
    shipped = nbformat.read(target, as_version=4)
    parts = [
        [(cell.cell_type, cell.id, cell.source, cell.metadata.get("tags", [])) for cell in book.cells]
        for book in (shipped, wanted)
    ]
    assert parts[0] == parts[1], f"{target.name} is not what its solution makes: run make run"


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.name)
def test_no_answer_of_a_solution_stands_in_its_exercise(path: Path) -> None:
    answers = [cell for cell in lessons.read(path).code() if "answer" in cell.tags]
    assert answers
    for cell in answers:
        assert starter.blank(cell.source) != cell.source, (
            f"cell {cell.index} assigns nothing: its answer would be shipped"
        )


# --- run() ------------------------------------------------------------------------------------------

CELLS = (
    "import notthesame as nts",
    "fig, _ = nts.charts.penalties()\n"
    'nts.figure(fig, alt="A word. " * 9, caption="Bars.", source="us_penalties")',
    'nts.table("us_penalties")',
    "from matplotlib import pyplot\npyplot.plot([1, 2])",
    "import decimal\ndecimal.Decimal(1) / 3",
    'nts.label("surveys-coyote2018-60-count")',
)


def stored(folder: Path) -> list[Any]:
    """What ``run`` stores of these cells."""
    path = folder / "x.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS]), path)
    execute.run(path)
    return [re.sub(" at 0x[0-9a-f]+", "", repr(cell.outputs)) for cell in nbformat.read(path, 4).cells]


@pytest.mark.slow
def test_a_profile_of_ones_own_changes_nothing_that_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = stored(tmp_path)
    startup = tmp_path / "profile_default" / "startup"
    startup.mkdir(parents=True)
    spoilt = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\nfrom tests.house import hostile; hostile.spoil()\n"
    )
    (startup / "00.py").write_text(spoilt, encoding="utf-8")
    (startup.parent / "ipython_config.py").write_text(
        'get_config().InteractiveShell.ast_node_interactivity = "all"\n', encoding="utf-8"
    )
    (tmp_path / "matplotlibrc").write_text("axes.facecolor: red\nfont.size: 40\n", encoding="utf-8")
    (tmp_path / "python.py").write_text(spoilt, encoding="utf-8")
    for name in ("IPYTHONDIR", "MPLCONFIGDIR"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "python.py"))
    monkeypatch.setenv("MPLBACKEND", "svg")
    monkeypatch.setenv("PYTHONWARNINGS", "error")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert stored(tmp_path / "profile_default") == clean
    assert "image/png" in clean[3] and "0.33333" in clean[4]


# --- tidy() -----------------------------------------------------------------------------------------


def test_tidy_removes_what_does_not_last() -> None:
    view = {"application/vnd.jupyter.widget-view+json": '{"model_id": "1"}', "text/plain": "Run this cell"}
    book = notebook(code("ask()", "answer", outputs=[shown(**view)]), code("x"))
    book.metadata["widgets"] = {"state": {}}
    book.cells[0].metadata["execution"] = {"iopub.execute_input": "2026-01-01T00:00:00Z"}
    book.cells[1].metadata["collapsed"] = True
    tidy = execute.tidy(book)
    [output] = tidy.cells[0].outputs
    assert dict(output.data) == {"text/plain": "Run this cell"} and output.metadata == {}
    assert tidy.cells[0].metadata == {"tags": ["answer"]} and tidy.cells[1].metadata == {}
    assert tidy.metadata == execute.KERNEL
    nbformat.validate(tidy)


def test_tidy_keeps_a_folded_heading_and_no_other_fold() -> None:
    more = nbformat.v4.new_markdown_cell("## More", metadata={execute.FOLDED: True, "collapsed": True})
    open_ = nbformat.v4.new_markdown_cell("## Here", metadata={execute.FOLDED: False})
    ran = code("x")
    ran.metadata[execute.FOLDED] = True
    tidy = execute.tidy(notebook(more, open_, ran))
    assert [cell.metadata for cell in tidy.cells] == [{execute.FOLDED: True}, {}, {}]


def test_tidy_keeps_the_rest_and_may_be_repeated() -> None:
    book = notebook(
        code(
            "x",
            outputs=[
                shown(**{"text/html": "<p>x</p>"}),
                {"output_type": "stream", "name": "stdout", "text": "x"},
            ],
        )
    )
    book.metadata["notthesame"] = {"a": 1}
    once = execute.tidy(copy.deepcopy(book))
    assert once.cells[0].outputs[0].data == {"text/html": "<p>x</p>"} and once.cells[0].outputs[1].text == "x"
    assert once.metadata["notthesame"] == {"a": 1}
    assert execute.tidy(copy.deepcopy(once)) == once


def test_the_notebooks_are_stored_tidily() -> None:
    paths = [
        p for folder in ("lessons", "exercises", "exercises/solutions") for p in lessons.files(ROOT / folder)
    ]
    assert paths
    for path in paths:
        stored = nbformat.read(path, as_version=4)
        assert execute.tidy(copy.deepcopy(stored)) == stored, f"{path.name} is not as make run stores it"
