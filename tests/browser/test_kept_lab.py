"""What becomes of answers in a real JupyterLab: the kernel goes mid-question; nothing is to be recorded."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import BrowserContext, Locator, expect

from notthesame import exercises, questions
from notthesame.exercise_forms import Text
from notthesame.questions.records import Record, encode
from tests.browser.harness import Lab, Notebook, control, open_notebook, write_notebook

ASKED = [question for question in questions.known_questions().values() if question.kind == "single"]
PRACTICE = [question.id for question in ASKED if question.mode == "practice"]
TEST = next(question.id for question in ASKED if question.mode == "test")
TASK = next(task.id for task in exercises.checks().values() if isinstance(task.form, Text))
SETUP = "import notthesame as nts"


@pytest.fixture(scope="module")
def lab(own_lab: Lab) -> Lab:
    """A JupyterLab of its own, as these tests read which answers were kept."""
    return own_lab


def check(notebook: Notebook, cell: int, letter: str) -> Locator:
    """Choose an option and press Check; returns the line that says what became of the answer."""
    form = control(notebook, cell)
    form.locator(f"input[value={letter}]").check()
    form.get_by_role("button", name="Check").click()
    return form.locator(".nts-note")


def restart(notebook: Notebook) -> None:
    notebook.restart_kernel()


def die(notebook: Notebook) -> None:
    """The kernel dies, as when memory runs out, and JupyterLab begins another."""
    notebook.run_cell(4)
    dialog = notebook.page.locator(".jp-Dialog")
    expect(dialog).to_contain_text("It will restart automatically")
    dialog.locator(".jp-mod-accept").click()
    notebook.wait_for_kernel()


@pytest.mark.parametrize(("go", "first", "last"), [(restart, "a", "b"), (die, "c", "d")])
def test_a_question_outlives_its_kernel(
    context: BrowserContext, lab: Lab, go: Callable[[Notebook], None], first: str, last: str
) -> None:
    """Answers that no kernel took are said not to be kept, and are handed over when one is back."""
    asked, path, before = [PRACTICE[0], TEST, PRACTICE[1]], f"{go.__name__}.ipynb", len(lab.recorded())
    cells = [f"nts.ask({name!r}, earlier=False)" for name in asked]
    write_notebook(lab.work / path, SETUP, *cells, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    with open_notebook(context, lab, path) as notebook:
        notebook.wait_for_kernel()
        for cell in range(4):
            notebook.run_cell(cell)
        expect(control(notebook, 3)).to_be_visible()
        go(notebook)
        for cell in (1, 2):
            expect(check(notebook, cell, first)).to_contain_text("This answer is not kept yet")
        assert len(lab.recorded()) == before
        old = notebook.cells.nth(3).locator("form.nts-control").element_handle()
        for cell in (0, 3):
            notebook.run_cell(cell)
        assert old
        notebook.page.wait_for_function("form => !form.isConnected", arg=old)
        expect(check(notebook, 3, last)).to_have_text("Saved.")
        expect(control(notebook, 1).locator(".nts-note")).to_have_text("Saved.")
        expect(control(notebook, 2).locator(".nts-note")).to_have_text("Recorded.")
        expect(check(notebook, 3, first)).to_have_text("Saved.")  # and nothing is handed in twice
        found = [(record["question"], record["response"]) for record in lab.recorded()[before:]]
        assert sorted(found) == sorted(zip([*asked, asked[2]], [first, first, last, first], strict=True))


@pytest.mark.parametrize("recorded", [True, False])
def test_what_is_not_recorded_is_not_in_the_saved_notebook(
    context: BrowserContext, lab: Lab, recorded: bool
) -> None:
    path, words = f"kept-{recorded}.ipynb", "Words of the learner alone"
    cells = [SETUP, f"nts.ask({PRACTICE[2]!r}, earlier=False)", f"nts.task({TASK!r})", "nts.argument_map()"]
    write_notebook(lab.work / path, *cells, *([] if recorded else ["nts.do_not_record()"]))
    with open_notebook(context, lab, path) as notebook:
        notebook.run_all()
        expect(notebook.cells.nth(3).locator("section.nts-lab")).to_be_visible()
        letter = "a" if recorded else "b"
        expect(check(notebook, 1, letter)).to_contain_text("Saved" if recorded else "Recording is off")
        form = control(notebook, 2)
        form.get_by_role("textbox").fill(words)
        form.get_by_role("button", name="Check").click()
        expect(form.locator(".nts-reply")).not_to_have_text("")
        mark = notebook.cells.nth(3).locator("select:has(option[value=accept])").first
        mark.select_option("accept")
        expect(mark).to_have_value("accept")
        notebook.page.wait_for_timeout(500)
        notebook.save()
        notebook.page.wait_for_timeout(1000)
    states = [model["state"] for model in lab.widget_state(path).values()]
    [question] = [state for state in states if "response" in state]
    [task] = [state for state in states if "given" in state]
    [argued] = [state for state in states if "accepted" in state]
    assert question["response"] == (letter if recorded else None) and question["checked"] == recorded
    assert task["given"] == ([words] if recorded else []) and bool(task["reply"]) == recorded
    assert len(argued["accepted"]) == recorded
    assert (words in json.dumps(states)) == recorded


def test_a_review_asks_anew_and_goes_on_when_its_cell_is_run_again(context: BrowserContext, lab: Lab) -> None:
    asked = PRACTICE[-3:]  # other tests here answer the first ones
    lab.answers.mkdir(exist_ok=True)
    given = [Record(seq, name, "a", "right", 1.0, day="2026-01-01") for seq, name in enumerate(asked, 1)]
    (lab.answers / f"answers-{'f' * 16}.jsonl").write_bytes(b"".join(map(encode, given)))
    write_notebook(lab.work / "review.ipynb", f"{SETUP}\nnts.review(60)")
    with open_notebook(context, lab, "review.ipynb") as notebook:
        notebook.run_all()
        forms = notebook.cells.nth(0).locator("form.nts-control")
        expect(notebook.cells.nth(0)).to_contain_text(f"{len(asked)} questions due today")
        expect(forms).to_have_count(len(asked))
        expect(forms.locator("input:checked")).to_have_count(0)
        forms.first.locator("input[value=a]").check()
        forms.first.get_by_role("button", name="Check").click()
        expect(forms.first.locator(".nts-note")).to_have_text("Saved.")
        last = lab.recorded()[-1]
        assert last["question"] in asked and last["day"] > "2026-01-01"
        notebook.run_cell(0)
        expect(notebook.cells.nth(0)).to_contain_text(f"{len(asked) - 1} questions due today")
        expect(forms).to_have_count(len(asked) - 1)
