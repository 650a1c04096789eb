"""Tasks in forms: nothing has to be typed, the right answer goes through, drafts and results are kept."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import notthesame as nts
from notthesame import exercise_forms, exercises, lessons, tasks
from notthesame.authoring.rules.minutes import minutes_to_do
from notthesame.course import course
from notthesame.exercise_forms import Cell, Fields, Number, Order, Pick, Table, Text
from notthesame.exercise_forms.in_lab import InLab
from notthesame.exercises import Check, checks
from notthesame.questions import answers
from notthesame.tasks.form import Block, Control, payload

NO_PYTHON = ("00", "01", "02", "03", "04", "05", "11", "12", "13")
IN_FORMS = [task for task in checks().values() if task.form]
SHARE, COSTS, PATH, TWELVE = (checks()[name] for name in ("03-share", "03-costs", "04-path", "02-twelve"))


def name_of(task: Check) -> str:
    return task.id


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[answers.Store]:
    """A folder of answers for each test."""
    fresh = answers.Store(tmp_path / "answers")
    for name in ("record", "latest", "load", "do_not_record"):
        monkeypatch.setattr(answers, name, getattr(fresh, name))
    yield fresh


def records(store: answers.Store) -> list[tuple[str, Any, str | None]]:
    return [(found.question, found.response, found.status) for found in store.load().records]


def pressed(control: Control, given: list[str]) -> Mapping[str, str]:
    """What the form says when this stands in the boxes and Check is pressed."""
    control.given = given
    control.checked += 1
    said: Mapping[str, str] = control.reply
    return said


# --- nothing has to be typed ------------------------------------------------------------------------


@pytest.mark.parametrize("lesson", NO_PYTHON)
def test_no_cell_of_the_exercise_has_to_be_edited(lesson: str) -> None:
    [exercise] = [path for path in lessons.files(course().exercises) if path.name.startswith(lesson)]
    notebook = lessons.read(exercise)
    asked = []
    for cell in notebook.code():
        code = ast.parse(cell.source)
        assert not any(isinstance(node, ast.Constant) and node.value is ... for node in ast.walk(code))
        calls = [node for node in ast.walk(code) if isinstance(node, ast.Call)]
        names = [ast.unparse(call.func) for call in calls]
        assert not {"nts.check", "nts.hint", "nts.answer"} & set(names), cell.source
        asked += [ast.literal_eval(c.args[0]) for c in calls if ast.unparse(c.func) == "nts.task"]
        assert "answer" not in [word.arg for call in calls for word in call.keywords]
    assert asked == [name for name in checks() if name.startswith(f"{lesson}-")]
    prose = " ".join(cell.source for cell in notebook.markdown())
    for words in ("in place of the dots", "Double-click", "nts.hint", "square brackets", "in braces"):
        assert words not in prose


@pytest.mark.parametrize("task", IN_FORMS, ids=name_of)
def test_no_hint_and_no_reason_asks_for_code(task: Check) -> None:
    texts = [*task.hints, task.reason, task.otherwise, *(slip.reason for slip in task.slips)]
    if task.id != "00-line":  # its reason names the typed call, for those who like it
        assert not [text for text in texts if re.search(r"\bnts\.", text)]


def test_every_task_of_these_lessons_has_a_form_and_every_kind_occurs() -> None:
    assert {task.id[:2] for task in IN_FORMS} == set(NO_PYTHON)
    assert not [name for name, task in checks().items() if name[:2] in NO_PYTHON and not task.form]
    assert {type(task.form) for task in IN_FORMS} == {Text, Number, Pick, Order, Fields, Table, InLab}


def test_a_task_in_python_says_how_it_is_answered() -> None:
    with pytest.raises(ValueError, match=r"06-rise has no form; it is answered by nts\.check"):
        nts.task("06-rise")
    with pytest.raises(KeyError, match="There is no exercise '03-shares'"):
        nts.task("03-shares")


# --- what a form gives ------------------------------------------------------------------------------


@pytest.mark.parametrize("task", IN_FORMS, ids=name_of)
def test_the_model_answer_goes_through_the_form_and_is_right(task: Check) -> None:
    form, model = tasks.form_of(task), tasks.model_answers()[task.id]
    given = form.given(model)
    assert form.fits(given) and json.loads(json.dumps(given)) == given
    assert tasks.reply(task, given) == nts.check(task.id, form.value(given))
    assert tasks.reply(task, given).status == nts.check(task.id, model).status == "right"
    assert form.given(form.value(given)) == given
    assert all(words for _, words in form.told(given))


@pytest.mark.parametrize("task", IN_FORMS, ids=name_of)
def test_an_empty_form_is_not_attempted(task: Check, store: answers.Store) -> None:
    control = Control(task.id)
    boxes = len(tasks.form_of(task).given(tasks.model_answers()[task.id]))
    many = isinstance(task.form, Pick)
    for given in ([], [] if many else [""] * boxes, [] if many else [" "] * boxes):
        if given or many:
            said = pressed(control, given)
            assert (said["status"], said["verdict"]) == ("not attempted", "Not attempted yet.")
            assert said["text"] == tasks.form_of(task).wanted
    assert not control.tried
    assert not [status for _, _, status in records(store) if status]


def test_a_form_half_filled_says_what_is_missing_and_is_no_try(store: answers.Store) -> None:
    said = pressed(control := Control("03-range"), ["83", ""])
    assert said["text"] == "Nothing yet for: Highest. Fill in both fields."
    said = pressed(control, ["83", "many"])
    assert said["status"] == "not attempted" and said["text"].startswith("This cannot be read: found 'many'")
    assert not control.tried and [status for *_, status in records(store)] == [None, None]
    placed = [""] * 11 + ["a"]
    assert pressed(Control("04-path"), placed)["text"].startswith("No place yet for: b: Craigslist")


@pytest.mark.parametrize("typed", ["19 %", "19", "19 per cent", "nineteen", "18,97", "\uff11\uff19"])
def test_a_number_is_read_leniently(typed: str) -> None:
    assert pressed(Control("03-share"), [typed])["status"] == "right"


def test_the_table_keeps_a_running_score() -> None:
    right = tasks.form_of(TWELVE).given(tasks.model_answers()[TWELVE.id])
    control = Control(TWELVE.id)
    said = pressed(control, right[:5] + [""] * 55)
    assert said["verdict"] == "Partly right. 1 of 1 rows right."
    said = pressed(control, right[:5] + ["met", "met", "met", "met", "met"] + [""] * 50)
    assert said["verdict"] == "Partly right. 1 of 2 rows right; not yet: Amal sets her own terms."
    said = pressed(control, right[:10] + right[10:12] + [""] * 48)
    assert said["text"].startswith("Not finished, so not counted: Marek and the booker. ")
    assert said["verdict"] == "Partly right. 2 of 2 rows right."
    said = pressed(control, [*right[:40], "met", *[""] * 19])
    assert said["verdict"] == "Right. 8 of 8 rows right." and "Dale drives Xiomara" in said["text"]
    said = pressed(control, ["met", *[" "] * 59])
    assert said["verdict"] == "Not attempted yet."
    assert said["text"].startswith("Nothing yet for: Chidi is told something else, US severe form (sex); ")
    minors = [place for place, case in enumerate(nts.lesson_vignettes()) if "under_18" in case.features]
    around = [t if place // 5 not in minors else "" for place, t in enumerate(right)]
    assert len(minors) == 3 and pressed(control, around)["verdict"] == "Right. 9 of 9 rows right."


def test_the_cases_lie_in_the_table_that_asks_for_them() -> None:
    data = tasks.form_of(TWELVE).data()
    for case, title, note in zip(nts.lesson_vignettes(), data["rows"], data["notes"], strict=True):
        assert case.title == title and note.startswith(case.facts)


@pytest.mark.parametrize(
    ("form", "given"),
    [
        (Text(1, 2), []),
        (Number(), ["1", "2"]),
        (Pick({"a": "A", "b": "B"}), ["a", "b"]),
        (Pick({"a": "A"}, many=True), ["c"]),
        (Order({"a": "A"}), ["b"]),
        (Fields({"x": "X"}, Pick({"a": "A"})), ["c"]),
        (Table("T", "R", {"r": "R"}, {"c": "C"}, Number()), ["1", "2"]),
        (InLab("lab", {"x": "X"}, {"a": "A"}), ["b"]),
    ],
)
def test_what_fits_no_form_is_noticed(form: exercise_forms.Form, given: list[str]) -> None:
    assert not form.fits(given)


def test_an_answer_that_the_form_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match=r"04-operators: the form has no place for 'N B D B X'"):
        nts.task("04-operators", answer="N B D B X")


# --- what is kept -----------------------------------------------------------------------------------


def test_a_draft_comes_back_and_is_scored_by_nobody(store: answers.Store) -> None:
    control = Control(COSTS.id)
    control.given = ["My purpose is"]
    control.drafted += 1
    assert control.saved == "Draft kept." and records(store) == [(COSTS.id, ["My purpose is"], None)]
    control.drafted += 1
    assert len(records(store)) == 1
    again = Control(COSTS.id)
    assert (again.given, again.saved, again.tried, again.reply) == (
        ["My purpose is"],
        "This is your draft.",
        False,
        {},
    )


def test_drafts_that_something_followed_are_not_counted_as_answers(store: answers.Store) -> None:
    for draft in ("My purpose", "My purpose is"):
        store.record(COSTS.id, [draft], status=None, credit=None)
    assert repr(store.show()).startswith("1 answer, 0 of them in memory only.")
    store.record(COSTS.id, ["My purpose is reach"], status="wrong", credit=0.0)
    assert repr(store.show()).startswith("1 answer,")


def test_a_result_is_kept_once_and_comes_back(store: answers.Store) -> None:
    control = Control(SHARE.id)
    for typed in ("81", "81", "19"):
        pressed(control, [typed])
    assert control.saved == "Saved."
    assert records(store) == [(SHARE.id, ["81"], "wrong"), (SHARE.id, ["19"], "right")]
    again = Control(SHARE.id)
    assert again.tried and again.saved == "This is your earlier answer."
    assert again.reply["status"] == "right" and again.given == ["19"]


def test_an_answer_that_fits_no_longer_is_left_where_it_is(store: answers.Store) -> None:
    store.record(PATH.id, ["z"] * 12, status="wrong", credit=0.0)
    control = Control(PATH.id)
    assert (control.given, control.reply, control.tried) == ([], {}, True)


def test_do_not_record_is_honoured(store: answers.Store) -> None:
    store.do_not_record()
    control = Control(SHARE.id)
    control.given = ["19"]
    control.drafted += 1
    assert control.saved.startswith("Recording is off")
    assert pressed(control, ["19"])["status"] == "right" and control.saved.startswith("Recording is off")
    assert not store.folder.exists()
    assert Control(SHARE.id).given == ["19"]  # until the kernel stops


def test_a_text_too_long_to_keep_says_so(store: answers.Store) -> None:
    assert pressed(control := Control(COSTS.id), ["word " * 20_000])["status"] == "wrong"
    assert control.saved.startswith("This is too long to be kept") and not records(store)


# --- hints and the solution -------------------------------------------------------------------------


@pytest.mark.parametrize("task", IN_FORMS, ids=name_of)
def test_the_solution_comes_after_a_try_and_not_before(task: Check) -> None:
    control = Control(task.id)
    form = tasks.form_of(task)
    told = [list(part) for part in form.told(form.given(tasks.model_answers()[task.id]))]
    control.wanted += 1
    assert not control.solution and not control.tried and control.answered == 1
    if isinstance(task.form, Text):  # what the form holds beforehand gives nothing away
        assert told[0][1] not in json.dumps(control.get_state(), default=str)
    pressed(control, form.given(tasks.model_answers()[task.id]))
    control.wanted += 1
    assert control.tried and control.solution == told


def test_without_a_solution_notebook_the_last_hint_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "model_answers", dict)
    assert tasks.solution(SHARE) == [("", SHARE.hints[-1])]


# --- what stands there without a kernel --------------------------------------------------------------


@pytest.mark.parametrize("task", IN_FORMS, ids=name_of)
def test_the_static_form_reads_whole(task: Check) -> None:
    block = Block(task)
    html = block._repr_html_()
    assert repr(block) == f"Not attempted yet. {tasks.form_of(task).wanted}"
    assert html.count("<details><summary>Hint ") == 3 and "<details open" not in html
    assert f'data-task="{task.id}"' in html and "<strong>Not attempted yet.</strong>" in html
    for label, _ in tasks.form_of(task).offered():
        assert f"<strong>{label}</strong>" in html
    assert "<input" not in html and len(html) < 3000
    assert repr(Control(task.id)) == "Run this cell to answer here"
    assert json.loads(json.dumps(payload(task))) == payload(task)


@pytest.fixture
def shell() -> Iterator[None]:
    """IPython's shell, and none after the test: what others display is printed again."""
    InteractiveShell.instance()
    yield
    InteractiveShell.clear_instance()


@pytest.mark.usefixtures("shell")
def test_a_task_shows_two_outputs_and_its_answer_one() -> None:
    with capture_output() as shown:
        nts.task("03-share")
    assert [repr(out.data["text/plain"]) for out in shown.outputs] == [
        "'Not attempted yet. One number (per cent).'",
        "'Run this cell to answer here'",
    ]
    with capture_output() as shown:
        nts.task("03-share", answer=19)
    [out] = shown.outputs
    assert "<strong>Right.</strong>" in out.data["text/html"] and "19 per cent" in out.data["text/html"]


def test_typed_answers_have_one_home() -> None:
    assert exercises.task_of("03-share") is SHARE


# --- boxes that hold a short text -------------------------------------------------------------------


def test_boxes_of_a_form_may_hold_short_texts_each_column_its_own() -> None:
    cells: dict[str, Cell] = {"who": Text(1, 3), "count": Number()}
    columns = {"who": "Who", "count": "How many"}
    form = Table("T", "R", {"a": "A", "b": "B"}, columns, cells, listed=True, part=True)
    assert [cell["kind"] for cell in form.data()["cells"]] == ["text", "number"]
    assert form.value(["a union", "3", "", ""]) == [{"who": "a union", "count": "3"}]
    assert form.given([{"who": "a union", "count": 3}]) == ["a union", "3", "", ""]
    assert form.told(["a union", "3", "", ""])[0] == ("A.", "Who: a union; How many: 3")
    assert form.offered() == [("Rows:", "A; B."), ("Columns:", "Who; How many.")]
    fields = Fields(columns, cells)
    assert fields.value(["a union", "3"]) == {"who": "a union", "count": "3"}
    assert minutes_to_do(Fields(columns, {**cells, "who": Text(20, 40)})) > minutes_to_do(fields)
