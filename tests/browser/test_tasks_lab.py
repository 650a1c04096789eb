"""Tasks in forms, in a real JupyterLab: by keyboard alone, for a screen reader, for axe, the next day."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Browser, BrowserContext, Locator, expect

from notthesame import tasks
from notthesame.exercises import checks
from tests.browser.harness import (
    Lab,
    Notebook,
    axe,
    execute_as_published,
    new_context,
    open_notebook,
    write_notebook,
)

SETUP = "import notthesame as nts"
# One of each kind, and two of those that a test changes further.
KINDS = {
    "text": "03-costs",
    "number": "03-share",
    "pick": "02-mann-off",
    "many": "02-exactly-two",
    "select": "02-bed-us",
    "order": "00-order",
    "fields": "03-range",
    "table": "03-same-ratio-mixes",
    "rows": "02-twelve",
}
CELL = {kind: number for number, kind in enumerate(KINDS, 1)}


def ask(kind: str) -> str:
    return f'nts.task("{KINDS[kind]}")'


@pytest.fixture(scope="module")
def live(browser: Browser, lab: Lab) -> Iterator[Notebook]:
    """A notebook with a task of each kind, run; the module's tests share it."""
    write_notebook(lab.work / "tasks.ipynb", SETUP, *map(ask, KINDS), "1 + 1")
    with new_context(browser) as context, open_notebook(context, lab, "tasks.ipynb") as notebook:
        notebook.run_all()
        expect(form_in(notebook, "rows")).to_be_visible()
        yield notebook


def form_in(notebook: Notebook, kind: str, cell: int | None = None) -> Locator:
    return notebook.cells.nth(cell or CELL[kind]).locator("form.nts-form")


def status(form: Locator) -> Locator:
    return form.locator(".nts-reply")


def note(form: Locator) -> Locator:
    return form.locator(".nts-note")


def told(form: Locator) -> Locator:
    return form.locator(".nts-told")


def button(form: Locator, name: str) -> Locator:
    return form.get_by_role("button", name=name)


def recorded(lab: Lab, task: str) -> list[tuple[Any, str | None]]:
    return [(record["response"], record["status"]) for record in lab.recorded() if record["question"] == task]


def enter(live: Notebook, kind: str) -> tuple[Locator, tuple[list[int], int]]:
    """Select the cell, then Tab into its form; returns the form, and what must not change."""
    for cell in (len(CELL) + 1, CELL[kind]):  # from another cell, wherever the last test left the focus
        live.cells.nth(cell).locator(".jp-InputArea-prompt").click()
    live.page.keyboard.press("Escape")
    form = form_in(live, kind)
    live.press_until("Tab", form.locator("input, select, textarea, .nts-pane").first)
    return form, (live.selected(), live.cells.count())


def press(live: Notebook, *keys: str) -> None:
    for key in keys:
        live.page.keyboard.press(key)


# --- by keyboard alone


def test_a_text_by_keyboard(live: Notebook, lab: Lab) -> None:
    form, before = enter(live, "text")
    live.page.keyboard.type("My purpose is dd bb x")  # JupyterLab's own keys cut and add cells
    expect(form.locator(".nts-count")).to_have_text("6 words; 120 to 200 wanted")
    expect(button(form, "Solution")).to_have_count(0)
    live.press_until("Tab", button(form, "Check your answer"))
    press(live, "Enter")
    expect(status(form)).to_contain_text("Not right yet. There are fewer than 120 words.")
    expect(note(form)).to_have_text("Saved.")
    expect(button(form, "Check your answer")).to_be_focused()
    assert (live.selected(), live.cells.count()) == before
    assert recorded(lab, "03-costs")[-1] == (["My purpose is dd bb x"], "wrong")


def test_hints_one_a_press_and_the_solution_after_a_try(live: Notebook) -> None:
    form, _ = enter(live, "number")
    task = checks()["03-share"]
    expect(button(form, "Solution")).to_have_count(0)
    live.press_until("Tab", button(form, "Hint"))
    for rung in (1, 2, 3):
        expect(told(form)).not_to_contain_text(f"Hint {rung} of 3")
        press(live, "Space")
        expect(told(form)).to_contain_text(f"Hint {rung} of 3. {task.hints[rung - 1]}")
    press(live, "Space")
    expect(told(form).locator("p")).to_have_count(3)
    expect(button(form, "Hint")).to_be_focused()
    live.press_until("Shift+Tab", form.get_by_role("textbox", name="Number (per cent)"))
    live.page.keyboard.type("81 %")
    press(live, "Enter")
    expect(status(form)).to_contain_text(task.slips[0].reason)
    live.press_until("Tab", button(form, "Solution"))
    press(live, "Enter")
    expect(told(form)).to_contain_text(re.compile(r"One right answer:\s*18\.97 per cent"))
    expect(button(form, "Solution")).to_be_focused()


def test_a_choice_by_keyboard(live: Notebook) -> None:
    form, before = enter(live, "pick")
    press(live, "Space", "ArrowDown", "ArrowDown", "ArrowDown", "Enter")
    expect(status(form)).to_contain_text("Right. Without it the Mann Act lacks an element")
    expect(form.get_by_role("radio").nth(3)).to_be_focused()
    assert (live.selected(), live.cells.count()) == before


def test_several_choices_by_keyboard(live: Notebook) -> None:
    form, before = enter(live, "many")
    boxes = form.get_by_role("checkbox")
    keys = list(tasks.form_of(checks()["02-exactly-two"]).choices)  # type: ignore[attr-defined]
    for key in sorted(("act_transport", "commercial_sex_act"), key=keys.index):
        if not boxes.nth(keys.index(key)).evaluate("node => node === document.activeElement"):
            live.press_until("Tab", boxes.nth(keys.index(key)))
        press(live, "Space")
    press(live, "Enter")
    expect(status(form)).to_contain_text("Only the broad label is met.")
    assert (live.selected(), live.cells.count()) == before


def test_a_long_list_by_keyboard(live: Notebook) -> None:
    form, _ = enter(live, "select")
    select = form.get_by_role("combobox", name="Your choice")
    live.page.keyboard.type("under")
    live.press_until("Tab", button(form, "Check your answer"))
    press(live, "Enter")
    expect(status(form)).to_contain_text(re.compile("Not right yet|Right"))
    expect(select).not_to_have_value("")


def test_an_order_by_keyboard(live: Notebook) -> None:
    form, before = enter(live, "order")
    for letter in "bdac":
        live.page.keyboard.type(letter)
        press(live, "Tab")
    press(live, "Enter")
    expect(status(form)).to_contain_text("Right. Get the tools ready")
    assert (live.selected(), live.cells.count()) == before


def test_fields_by_keyboard(live: Notebook) -> None:
    form, before = enter(live, "fields")
    live.page.keyboard.type("83")
    press(live, "Enter")
    expect(status(form)).to_have_text("Not attempted yet. Nothing yet for: Highest. Fill in both fields.")
    expect(button(form, "Solution")).to_have_count(0)
    press(live, "Tab")
    live.page.keyboard.type("223")
    press(live, "Enter")
    expect(status(form)).to_contain_text("Right.")
    expect(form.get_by_role("textbox", name="Highest")).to_be_focused()
    assert (live.selected(), live.cells.count()) == before


def test_a_table_by_keyboard(live: Notebook) -> None:
    form, before = enter(live, "table")
    for number in (20, 20, 0, 80, 20, 20, 100, 0):
        press(live, "Tab")
        live.page.keyboard.type(str(number))
    press(live, "Enter")
    expect(status(form)).to_contain_text("Right. The ratio of the totals is about the same")
    assert (live.selected(), live.cells.count()) == before


def test_the_score_runs_and_a_row_may_wait(live: Notebook) -> None:
    form, _ = enter(live, "rows")
    press(live, "Tab")
    press(live, "Enter")
    expect(form.get_by_text("They tell him that police deport people")).to_be_visible()
    for letter in ("m", "n", "n", "n", "m"):
        press(live, "Tab")
        live.page.keyboard.type(letter)
    button(form, "Check your answer").click()
    expect(status(form)).to_contain_text("0 of 1 rows right; not yet: Chidi is told something else.")
    first = form.get_by_role("combobox", name="Chidi is told something else, US broad label")
    first.select_option("not met")
    button(form, "Check your answer").click()
    expect(status(form)).to_contain_text("Partly right. 1 of 1 rows right.")


def test_shift_and_enter_go_on_with_the_draft_kept(live: Notebook) -> None:
    form, (selected, _) = enter(live, "text")
    live.page.keyboard.press("End")
    live.page.keyboard.type(" and more")
    written = form.get_by_role("textbox").input_value()
    press(live, "Shift+Enter")
    expect(live.cells.nth(selected[0] + 1)).to_have_class(re.compile("jp-mod-selected"))
    expect(form_in(live, "text").get_by_role("textbox")).to_have_value(written)
    assert "\n" not in written and written.endswith("and more")


# --- what a screen reader and axe find


def test_the_static_block_goes_while_the_form_is_there(live: Notebook) -> None:
    for kind, cell in CELL.items():
        block = live.cells.nth(cell).locator("section.nts-task")
        expect(block).to_have_count(1)
        expect(block).to_be_hidden()
        expect(form_in(live, kind)).to_be_visible()


def test_every_control_has_a_name_and_its_size(live: Notebook) -> None:
    for kind, task in KINDS.items():
        form = form_in(live, kind)
        tree = form.aria_snapshot()
        assert f'group "Your answer to task {task}. ' in tree
        controls = form.locator("input, select, textarea, button:visible")
        names = re.findall(r"- (?:textbox|combobox|radio|checkbox|button) \"[^\"]+\"", tree)
        assert len(names) >= controls.count() > 2, (kind, tree)
        sizes = controls.evaluate_all(
            "all => all.map(n => n.getBoundingClientRect()).map(b => [b.width, b.height])"
        )
        assert all(width >= 24 and height >= 24 for width, height in sizes), (kind, sizes)


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing(live: Notebook, theme: str) -> None:
    live.theme(theme)
    try:
        for kind in KINDS:
            button(form_in(live, kind), "Hint").click()
            button(form_in(live, kind), "Check your answer").click()
            expect(status(form_in(live, kind))).not_to_have_text("")
        assert not axe(live.page, ".nts-form")
    finally:
        live.theme("JupyterLab Light")


def test_nothing_is_cut_off_on_a_narrow_page(live: Notebook) -> None:
    live.page.set_viewport_size({"width": 800, "height": 900})
    try:
        for kind in KINDS:
            form = form_in(live, kind)
            fits = "f => f.scrollWidth <= f.clientWidth + 1 && f.getBoundingClientRect().right <= 800"
            # The page is laid out anew a moment after the window has changed.
            live.page.wait_for_function(fits, arg=form.element_handle(), timeout=10_000)
    finally:
        live.page.set_viewport_size({"width": 1100, "height": 900})


# --- a reload, the next day, no kernel


def test_a_draft_survives_reload_and_restart(context: BrowserContext, lab: Lab) -> None:
    write_notebook(lab.work / "draft.ipynb", SETUP, 'nts.task("12-steelman")', 'nts.task("00-senate")')
    with open_notebook(context, lab, "draft.ipynb") as notebook:
        notebook.run_all()
        box = form_in(notebook, "", 1).get_by_role("textbox")
        box.fill("A draft of mine")
        expect(note(form_in(notebook, "", 1))).to_have_text("Draft kept.")
        notebook.save()
    with open_notebook(context, lab, "draft.ipynb") as notebook:  # a reload: the kernel is still there
        expect(form_in(notebook, "", 1).get_by_role("textbox")).to_have_value("A draft of mine")
    lab.stop_kernels("draft.ipynb")
    with open_notebook(context, lab, "draft.ipynb") as notebook:
        notebook.run_all()
        form = form_in(notebook, "", 1)
        expect(form.get_by_role("textbox")).to_have_value("A draft of mine")
        expect(note(form)).to_have_text("This is your draft.")
    assert recorded(lab, "12-steelman") == [(["A draft of mine"], None)]


def test_without_a_kernel_the_form_says_so_and_keeps_the_draft(context: BrowserContext, lab: Lab) -> None:
    write_notebook(lab.work / "gone.ipynb", SETUP, 'nts.task("04-votes-sentence")')
    with open_notebook(context, lab, "gone.ipynb") as notebook:
        notebook.run_all()
        form = form_in(notebook, "", 1)
        expect(form).to_be_visible()
        lab.stop_kernels("gone.ipynb")
        form.get_by_role("textbox").fill("Some words")
        button(form, "Check your answer").click()
        expect(note(form)).to_contain_text(
            "The kernel does not answer, so nothing was checked.", timeout=8_000
        )
        expect(form.get_by_role("textbox")).to_have_value("Some words")


def test_a_fresh_clone_reads_without_trust(lab: Lab, context: BrowserContext, tmp_path: Path) -> None:
    book = write_notebook(tmp_path / "t.ipynb", SETUP, *map(ask, KINDS))
    stored = execute_as_published(book, tmp_path / "author")
    (lab.work / "clone").mkdir()
    shutil.copy(stored, lab.work / "clone" / "t.ipynb")
    with open_notebook(context, lab, "clone/t.ipynb") as notebook:
        for kind, cell in CELL.items():
            task, where = checks()[KINDS[kind]], notebook.cells.nth(cell)
            expect(where).to_contain_text(f"Not attempted yet. {tasks.form_of(task).wanted}")
            expect(where).to_contain_text("Run this cell to answer here")
            expect(where).not_to_contain_text("Error displaying widget")
            where.locator("summary").last.click()
            expect(where.get_by_text(task.hints[2])).to_be_visible()
