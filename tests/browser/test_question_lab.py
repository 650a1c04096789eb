"""The question in a real JupyterLab and a real Chromium: unread, by mouse, by keyboard, the next day."""

from __future__ import annotations

import itertools
import json
import re
import runpy
import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Browser, BrowserContext, Locator, expect

from notthesame import questions
from notthesame.course import course
from notthesame.questions import Question, hand_in_file, replies, static, view
from tests.browser.harness import (
    PROJECT,
    Lab,
    Notebook,
    Settings,
    axe,
    control,
    execute_as_published,
    new_context,
    open_notebook,
    start_lab,
    write_notebook,
)

BANK_FILE = PROJECT / "tests" / "fixtures" / "questions" / "bank.py"
FIXTURES: dict[str, Question] = runpy.run_path(str(BANK_FILE))["QUESTIONS"]
REAL = questions.known_questions() if any((course().questions).glob("[0-9][0-9].yaml")) else {}
KINDS = ("single", "multiple", "numeric", "ordering")
SETUP = f"import runpy\nimport notthesame as nts\nbank = runpy.run_path({str(BANK_FILE)!r})['QUESTIONS']"


def ask(slug: str) -> str:
    return f"nts.ask(bank['90-{slug}'])"


# The live notebook: each kind twice (by mouse, by keyboard), so that no test rests on another.
MOUSE = {slug: number for number, slug in enumerate([*KINDS, "test", "exit", "hostile"], 1)}
KEYS = {slug: number for number, slug in enumerate(KINDS, len(MOUSE) + 1)}
SPARE = len(MOUSE) + len(KEYS) + 1
CELLS = [
    SETUP,
    *map(ask, MOUSE),
    *map(ask, KEYS),
    ask("single"),
    *(f"nts.ask({i!r})" for i in list(REAL)[:1]),
    "nts.test_reasons('00')",
    "nts.my_change()",
    'nts.answer("02-destitute", "b")\nnts.hand_in("02")',
]
HAND_IN = len(CELLS) - 1
CHANGE = HAND_IN - 1


@pytest.fixture(scope="module")
def lab(own_lab: Lab) -> Lab:
    """A JupyterLab of its own, as these tests read which answers were kept."""
    return own_lab


@pytest.fixture(scope="module")
def live(browser: Browser, lab: Lab) -> Iterator[Notebook]:
    """A notebook of questions, run; the module's tests share it."""
    write_notebook(lab.work / "live.ipynb", *CELLS)
    with new_context(browser) as context, open_notebook(context, lab, "live.ipynb") as notebook:
        notebook.run_all()
        expect(control(notebook, SPARE)).to_be_visible()
        yield notebook


def status(form: Locator) -> Locator:
    return form.get_by_role("status").first


def note(form: Locator) -> Locator:
    return form.get_by_role("status").last


def shown(question: Question, response: Any, first: bool = True) -> re.Pattern[str]:
    """The words of the reply to a first check, in order, whatever the page puts between them."""
    words = replies.reply(question, response, first=first)
    parts = [words.verdict, words.answered, *itertools.chain(*words.reasons)]
    return re.compile(r"\s*".join(re.escape(part) for part in parts if part))


def test_a_request_off_this_machine_is_noticed(browser: Browser) -> None:
    noticed = pytest.raises(AssertionError, match=r"1 requests left this machine.*example\.org")
    with noticed, new_context(browser) as context:
        context.new_page().set_content("<img src='http://example.org/x.png'>")


# --- an untrusted clone


def test_a_fresh_clone_reads_without_trust(lab: Lab, context: BrowserContext, tmp_path: Path) -> None:
    asked = [*KINDS, "test", "hostile"]
    stored = execute_as_published(
        write_notebook(tmp_path / "q.ipynb", SETUP, *map(ask, asked)), tmp_path / "author"
    )
    (lab.work / "clone").mkdir()
    shutil.copy(stored, lab.work / "clone" / "q.ipynb")
    with open_notebook(context, lab, "clone/q.ipynb") as notebook:
        for number, slug in enumerate(asked, 1):
            question, cell = FIXTURES[f"90-{slug}"], notebook.show(number)
            block = cell.locator("section.nts-question")
            expect(block).to_contain_text(question.stem)
            assert block.get_attribute("data-question") is None, (
                "the sanitiser was off: the notebook is trusted"
            )
            for letter, option in question.options.items():
                expect(block).to_contain_text(re.compile(rf"{letter.upper()}\s{re.escape(option.text)}"))
            expect(cell).to_contain_text("Run this cell to answer here")
            assert cell.locator("details").count() == (question.mode == "practice")
            if question.mode == "practice":
                reasons = block.locator("details p")
                expect(reasons.first).to_be_hidden()
                block.locator("summary").click()
                for _, reason, _ in question.reasons():
                    expect(reasons.filter(has_text=reason)).to_be_visible()
        text = notebook.page.locator(".jp-Notebook").inner_text()
        assert "model not found" not in text and "Error displaying" not in text
        assert notebook.page.locator(".jp-Notebook mjx-container").count() == 0  # a price is no formula
        assert notebook.page.evaluate("window.hacked") is None


# --- live, by mouse


def test_answer_by_mouse(live: Notebook, lab: Lab) -> None:
    form = control(live, MOUSE["single"])
    question = FIXTURES["90-single"]
    form.get_by_role("button", name="Check").click()
    expect(status(form)).to_have_text(re.compile("Nothing chosen yet.*Choose one of A, B, C, D"))
    before = len(lab.recorded())
    for letter in "ab":
        old = status(form).inner_text()
        form.locator(f"label:has(input[value={letter}])").click()
        assert status(form).inner_text() == old  # picking reveals nothing
        form.get_by_role("button", name="Check").click()
        expect(status(form)).to_have_text(shown(question, letter))
        expect(note(form)).to_have_text("Saved.")
        expect(form.get_by_role("button", name="Check")).to_be_focused()
    new = [(r["question"], r["response"], r["status"]) for r in lab.recorded()[before:]]
    assert new == [("90-single", "a", "wrong"), ("90-single", "b", "right")]


def test_the_other_kinds_by_mouse(live: Notebook) -> None:
    form = control(live, MOUSE["multiple"])
    form.get_by_role("checkbox", name="A Threat").check()
    form.get_by_role("button", name="Check").click()
    expect(status(form)).to_have_text(shown(FIXTURES["90-multiple"], ["a"]))
    form.get_by_role("button", name="Check").click()
    expect(status(form)).to_have_text(shown(FIXTURES["90-multiple"], ["a"], first=False))

    form = control(live, MOUSE["numeric"])
    form.get_by_role("textbox", name="Number, in years").fill("1,5,0")
    form.get_by_role("button", name="Check").click()
    expect(status(form)).to_contain_text("Not read. Found \u201c1,5,0\u201d. Give one number, in years.")
    form.get_by_role("textbox").fill("10")
    form.get_by_role("button", name="Check").click()
    expect(status(form)).to_have_text(shown(FIXTURES["90-numeric"], 10))

    form = control(live, MOUSE["ordering"])
    for place, letter in enumerate("cabb"):
        form.get_by_role("combobox", name=f"Place {place + 1}").select_option(letter)
    form.get_by_role("button", name="Check").click()
    expect(status(form)).to_contain_text("Not read. Not placed: D. Put A, B, C, D in order")
    form.get_by_role("combobox", name="Place 4").select_option("d")
    form.get_by_role("button", name="Check").click()
    expect(status(form)).to_have_text(shown(FIXTURES["90-ordering"], list("cabd")))


def test_every_reason_is_one_button_away(live: Notebook) -> None:
    form, question = control(live, SPARE), FIXTURES["90-single"]
    more = form.get_by_role("button", name="Show reasons")
    expect(more).to_be_hidden()
    form.get_by_role("radio").first.check()
    form.get_by_role("button", name="Check").click()
    more.click()
    expect(more).to_be_focused()
    expect(more).to_have_attribute("aria-expanded", "true")
    for head, reason in replies.explained(question):
        expect(form.locator(".nts-reasons p", has_text=f"{head} {reason}")).to_be_visible()
    more.click()
    expect(form.locator(".nts-reasons")).to_be_hidden()


def test_options_appear_once(live: Notebook) -> None:
    """Live they are lines to click; the static block keeps the stem, and shows all where no control is."""
    for slug in ("single", "multiple"):
        question, cell = FIXTURES[f"90-{slug}"], live.show(MOUSE[slug])
        for letter, option in question.options.items():
            expect(cell.locator("label", has_text=f"{letter.upper()} {option.text}")).to_be_visible()
        expect(cell.locator("section .nts-options")).to_be_hidden()
        expect(cell.locator("section details")).to_be_hidden()
        expect(cell.locator("section")).to_contain_text(question.stem)
        width = control(live, MOUSE[slug]).locator(".nts-picker").bounding_box()
        line = control(live, MOUSE[slug]).locator("label").first.bounding_box()
        assert width and line and line["width"] == width["width"] and line["height"] >= 24
    expect(live.cells.nth(MOUSE["ordering"]).locator("section .nts-options")).to_be_visible()
    cell = live.cells.nth(MOUSE["single"])
    cell.locator("form").evaluate(
        "node => { node.away = node.parentElement; node.remove(); window.kept = node; }"
    )
    expect(cell.locator("section .nts-options")).to_be_visible()
    expect(cell.locator("section details")).to_be_visible()
    live.page.evaluate("window.kept.away.append(window.kept)")


def test_a_test_question_says_recorded_and_no_more(live: Notebook, lab: Lab) -> None:
    form = control(live, MOUSE["test"])
    form.get_by_role("radio", name="B The act").check()
    form.get_by_role("combobox", name="How sure are you?").select_option("70")
    form.get_by_role("button", name="Check").click()
    expect(status(form)).to_have_text("You answered B. Reasons come after the test.")
    expect(note(form)).to_have_text("Recorded.")
    assert [r["confidence"] for r in lab.recorded() if r["question"] == "90-test"] == [70]
    expect(control(live, MOUSE["exit"]).get_by_role("combobox", name="How sure are you?")).to_be_visible()
    expect(control(live, MOUSE["single"]).get_by_role("combobox")).to_have_count(0)


def test_the_reasons_of_a_test_come_by_a_button(live: Notebook) -> None:
    cell = live.show(CHANGE - 1)
    more = cell.get_by_role("button", name="Show reasons")
    expect(cell.locator("ol")).to_be_hidden()
    more.click()
    expect(cell.get_by_role("status")).to_have_text(re.compile(r"Of form B, 15 questions are open\."))
    expect(cell.locator("ol")).to_be_hidden()
    more = cell.get_by_role("button", name="Show reasons all the same")
    expect(more).to_be_focused()
    more.press("Enter")
    expect(cell.get_by_role("status")).to_have_text(re.compile(r"You answered \d+ of \d+ questions\."))
    expect(cell.locator("ol")).to_contain_text("Not answered.")
    expect(cell.get_by_role("button", name="Show reasons", exact=True)).to_be_focused()


def test_what_has_changed_comes_by_a_button_and_is_not_saved(live: Notebook, lab: Lab) -> None:
    cell = live.show(CHANGE)
    press = cell.get_by_role("button", name="Show what has changed")
    expect(press).to_be_visible()
    press.press("Enter")
    expect(cell.get_by_role("status")).to_have_text("None of the 15 pairs is answered in both forms yet.")
    expect(cell.get_by_text("How sure you were", exact=True)).to_be_visible()
    expect(press).to_be_focused()
    live.save()
    live.page.wait_for_timeout(1000)
    states = [model["state"] for model in lab.widget_state("live.ipynb").values()]
    (kept,) = [state for state in states if "parts" in state]
    assert not (kept["parts"] or kept["message"] or kept["told"])


def test_a_hand_in_is_seen_before_a_press_writes_it(live: Notebook, lab: Lab) -> None:
    cell = live.show(HAND_IN)
    expect(cell).to_contain_text("Nothing is written yet. The file would hold 1 answer to 1 question.")
    expect(cell.get_by_role("table", name="02 What the law calls trafficking")).to_be_visible()
    assert not [*lab.work.glob("hand-in-*")]
    press = cell.get_by_role("region", name="Write the hand-in").get_by_role("button")
    press.press("Enter")
    expect(cell.get_by_role("status")).to_contain_text("Written beside this notebook: hand-in-")
    expect(press).to_be_focused()
    [path] = lab.work.glob("hand-in-*")
    whole = hand_in_file.read(path.read_bytes())
    assert [(item.question, item.response) for item in whole.items] == [("02-destitute", "b")]
    press.press("Enter")
    expect(cell.get_by_role("status")).to_contain_text("is there already and holds just this.")
    live.save()
    live.page.wait_for_timeout(1000)
    assert whole.pseudonym not in (lab.work / "live.ipynb").read_text("utf-8")


def test_hostile_text_is_shown_and_not_run(live: Notebook) -> None:
    form = control(live, MOUSE["hostile"])
    form.get_by_role("checkbox").first.check()
    form.get_by_role("button", name="Check").click()
    expect(status(form)).to_contain_text(FIXTURES["90-hostile"].options["a"].reason)
    assert form.locator("script, img").count() == 0
    assert live.page.locator(".jp-Notebook mjx-container").count() == 0
    assert live.page.evaluate("window.hacked") is None


def test_a_question_of_the_course(live: Notebook) -> None:
    if not REAL:
        pytest.skip("the course has no question bank yet")
    block = live.cells.nth(SPARE + 1)
    expect(block.locator("section.nts-question")).to_contain_text(next(iter(REAL.values())).stem)
    expect(block.locator("fieldset")).to_be_visible()


# --- live, by keyboard alone


def start_of(live: Notebook, cell: int) -> tuple[Locator, tuple[list[int], int]]:
    """Select the cell, then Tab into its control; returns the form, and what must not change."""
    live.cells.nth(cell).locator(".jp-InputArea-prompt").click()
    live.page.keyboard.press("Escape")
    form = control(live, cell)
    live.press_until("Tab", form.locator("input, select").first)
    return form, (live.selected(), live.cells.count())


def press(live: Notebook, *keys: str) -> None:
    for key in keys:
        live.page.keyboard.press(key)


def test_single_by_keyboard(live: Notebook) -> None:
    form, before = start_of(live, KEYS["single"])
    press(live, "Space", "ArrowDown", "ArrowRight", "ArrowUp")
    expect(form.get_by_role("radio").nth(1)).to_be_checked()
    press(live, "b", "m", "Enter")  # JupyterLab's own "b" adds a cell and "m" makes one Markdown
    expect(status(form)).to_have_text(shown(FIXTURES["90-single"], "b"))
    expect(form.get_by_role("radio").nth(1)).to_be_focused()
    assert (live.selected(), live.cells.count()) == before and before[0] == [KEYS["single"]]
    press(live, "ArrowUp", "Tab", "Space")
    expect(status(form)).to_have_text(shown(FIXTURES["90-single"], "a"))
    expect(form.get_by_role("button", name="Check")).to_be_focused()
    assert (live.selected(), live.cells.count()) == before


def test_multiple_by_keyboard(live: Notebook) -> None:
    form, before = start_of(live, KEYS["multiple"])
    press(live, "Space", "ArrowDown", "Tab", "Tab", "Space", "Tab", "Tab", "Enter")
    expect(status(form)).to_have_text(shown(FIXTURES["90-multiple"], ["a", "c"]))
    expect(form.get_by_role("button", name="Check")).to_be_focused()
    assert (live.selected(), live.cells.count()) == before


def test_numeric_by_keyboard(live: Notebook) -> None:
    form, before = start_of(live, KEYS["numeric"])
    press(live, "1", "4", "ArrowLeft", "ArrowRight", "Backspace", "5", "Enter")
    expect(status(form)).to_have_text(shown(FIXTURES["90-numeric"], 15))
    expect(form.get_by_role("textbox")).to_be_focused()
    assert (live.selected(), live.cells.count()) == before


def test_ordering_by_keyboard(live: Notebook) -> None:
    form, before = start_of(live, KEYS["ordering"])
    press(live, "c", "Tab", "ArrowDown", "Tab", "d", "Tab", "b", "Tab", "Enter")
    expect(status(form)).to_have_text(shown(FIXTURES["90-ordering"], list("cadb")))
    expect(form.get_by_role("button", name="Check")).to_be_focused()
    assert (live.selected(), live.cells.count()) == before


def test_from_the_button_an_arrow_leads_on_to_the_next_cell(live: Notebook) -> None:
    """Without it the keyboard has no way out of the control but Tab through every other one."""
    form, (selected, count) = start_of(live, KEYS["single"])
    live.press_until("Tab", form.get_by_role("button", name="Check"))
    press(live, "b", "d", "d")  # other keys stay with the button: "dd" deletes a cell
    assert (live.selected(), live.cells.count()) == (selected, count)
    press(live, "ArrowDown")
    assert (live.selected(), live.cells.count()) == ([selected[0] + 1], count)


@pytest.mark.parametrize("slug", KINDS)
def test_shift_enter_goes_on_and_submits_nothing(context: BrowserContext, lab: Lab, slug: str) -> None:
    write_notebook(lab.work / f"on-{slug}.ipynb", SETUP, ask(slug), "1 + 1", "2 + 2")
    with open_notebook(context, lab, f"on-{slug}.ipynb") as notebook:
        notebook.run_all()
        form, before = control(notebook, 1), len(lab.recorded())
        tags = "input, select, button"
        form.evaluate("form => form.addEventListener('submit', () => { window.submitted = true; })")
        for number in range(form.locator(tags).locator("visible=true").count()):
            for key, place in (("Shift+Enter", 2), ("Control+Enter", 1)):
                prompt = notebook.cells.nth(1).locator(".jp-InputArea-prompt")
                old = prompt.inner_text()
                control(notebook, 1).locator(tags).locator("visible=true").nth(number).focus()
                notebook.page.keyboard.press(key)
                if not (slug == "numeric" and number == 0 and key == "Control+Enter"):
                    expect(prompt).not_to_have_text(old)  # the cell ran again
                    expect(prompt).to_have_text(re.compile(r"\[\d+\]:"))
                    assert notebook.selected() == [place], key
                assert notebook.page.evaluate("window.submitted") is None
        assert len(lab.recorded()) == before


# --- what a screen reader and axe find


def test_accessibility_tree(live: Notebook) -> None:
    form = control(live, SPARE)
    form.get_by_role("radio", name="C Neither, since she agreed").check()
    form.get_by_role("button", name="Check").click()
    expect(note(form)).to_have_text("Saved.")
    tree = form.aria_snapshot()
    question = FIXTURES["90-single"]
    assert f'group "Your answer to: {question.stem}"' in tree
    for letter, option in question.options.items():
        checked = " [checked]" if letter == "c" else ""
        assert f'radio "{letter.upper()} {option.text}"{checked}\n' in tree + "\n"
    assert 'button "Check your answer"' in tree
    assert re.search(r"- status:\n\s+- paragraph:\n\s+- strong: Not right\.", tree), tree


def test_targets_are_large_enough(live: Notebook) -> None:
    script = (
        """nodes => nodes.map(node => node.getBoundingClientRect()).map(box => [box.width, box.height])"""
    )
    targets = live.page.locator(
        ".nts-control input, .nts-control label, .nts-control select, .nts-control button"
    ).locator("visible=true")
    sizes = targets.evaluate_all(script)
    assert len(sizes) > 30 and all(width >= 24 and height >= 24 for width, height in sizes), sizes


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing(live: Notebook, theme: str) -> None:
    live.theme(theme)
    try:
        for slug, letter in (("single", "a"), ("exit", "b")):
            form = control(live, MOUSE[slug])
            form.locator(f"input[value={letter}]").check()
            form.get_by_role("button", name="Check").click()
            form.get_by_role("button", name="Show reasons").click()
        assert axe(live.page, ".nts-question", ".nts-control") == []
    finally:
        live.theme("JupyterLab Light")


def test_feedback_is_at_once(live: Notebook) -> None:
    """From the click to the changed text; the kernel has no part in it."""
    script = """form => {
      const [a, b] = form.querySelectorAll('input'), button = form.querySelector('button');
      const status = form.querySelector('[role=status]'), times = [];
      for (let i = 0; i < 40; i++) {
        (i % 2 ? a : b).checked = true;
        const old = status.textContent, start = performance.now();
        button.click();
        if (status.textContent === old) throw new Error('no new feedback');
        times.push(performance.now() - start);
      }
      return times;
    }"""
    times = control(live, SPARE).evaluate(script)
    assert statistics.median(times) < 20, times  # milliseconds


# --- the next day


def answer_is_there(notebook: Notebook, response: list[str], first: bool) -> None:
    form = control(notebook, 1)
    expect(status(form)).to_have_text(shown(FIXTURES["90-multiple"], response, first))
    picked = form.get_by_role("checkbox", checked=True)
    assert [box.get_attribute("value") for box in picked.all()] == response


NEXT_DAY = [SETUP, ask("multiple"), ask("single"), ask("test-number"), "nts.counting_lab()"]
NO_ERROR = re.compile("Error displaying|model not found|Loading widget")
NOT_KEPT = (
    "This answer is not kept yet: the kernel does not answer. Run the first cell, then this one, to keep it."
)


def test_reload_and_the_next_day(context: BrowserContext, lab: Lab) -> None:
    write_notebook(lab.work / "days.ipynb", *NEXT_DAY)
    with open_notebook(context, lab, "days.ipynb") as notebook:
        notebook.run_all()
        form = control(notebook, 1)
        for letter in "abcd":
            form.locator(f"input[value={letter}]").set_checked(letter in "ad")
        for _ in range(2):
            form.get_by_role("button", name="Check").click()
        expect(note(form)).to_have_text("Saved.")
        expect(notebook.cells.nth(4).locator("section.nts-lab")).to_be_visible()
        notebook.save()
    with open_notebook(context, lab, "days.ipynb") as notebook:  # a reload: the kernel is still there
        answer_is_there(notebook, ["a", "d"], first=False)
    lab.stop_kernels("days.ipynb")
    before = len(lab.recorded())
    with open_notebook(context, lab, "days.ipynb") as notebook:  # the next day
        answer_is_there(notebook, ["a", "d"], first=False)
        expect(note(control(notebook, 1))).to_have_text("Saved.")
        for number, slug in enumerate(["multiple", "single", "test-number"], 1):
            expect(notebook.cells.nth(number).locator("section")).to_contain_text(FIXTURES[f"90-{slug}"].stem)
            expect(control(notebook, number)).to_be_visible()
        expect(notebook.cells.nth(4).locator("section.nts-lab")).to_be_visible()
        expect(notebook.page.locator(".jp-Notebook")).not_to_contain_text(NO_ERROR)
        kept = len(lab.widget_state("days.ipynb"))
        notebook.save()  # as JupyterLab does by itself, also where nothing is run
        notebook.page.wait_for_timeout(1000)
        assert len(lab.widget_state("days.ipynb")) == kept > 5
    lab.stop_kernels("days.ipynb")
    with open_notebook(context, lab, "days.ipynb") as notebook:  # and the day after
        expect(control(notebook, 2)).to_be_visible()

        form = control(notebook, 2)
        form.get_by_role("radio").last.check()
        form.get_by_role("button", name="Check").click()
        expect(status(form)).to_have_text(shown(FIXTURES["90-single"], "d"))
        expect(note(form)).to_have_text("")
        expect(note(form)).to_have_text(NOT_KEPT)
        assert len(lab.recorded()) == before

        notebook.run_all()  # hands the answer in
        expect(note(control(notebook, 2))).to_have_text("Saved.")
        expect(control(notebook, 2).locator("input[value=d]")).to_be_checked()
        assert [(r["question"], r["response"]) for r in lab.recorded()[before:]] == [("90-single", "d")]
        answer_is_there(notebook, ["a", "d"], first=True)
        expect(note(control(notebook, 1))).to_have_text("This is your earlier answer.")
        expect(status(control(notebook, 3))).to_have_text("")  # never answered


def test_a_saved_notebook_holds_the_script_once(context: BrowserContext, lab: Lab) -> None:
    cells = [SETUP, *(ask(slug) for slug in KINDS for _ in range(3))]
    write_notebook(lab.work / "size.ipynb", *cells)
    with open_notebook(context, lab, "size.ipynb") as notebook:
        notebook.run_all()
        expect(control(notebook, len(cells) - 1)).to_be_visible()
        notebook.save()
        notebook.page.wait_for_timeout(1000)
    sizes = [len(json.dumps(model["state"])) for model in lab.widget_state("size.ipynb").values()]
    large = [size for size in sizes if size > 4000]
    assert len(sizes) > len(cells) and len(large) == 1, sorted(sizes)


def test_without_saved_state_a_line_says_what_to_do(browser: Browser, tmp_path: Path) -> None:
    off: Settings = {"@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": False}}
    with start_lab(tmp_path / "plain", off) as plain, new_context(browser) as context:
        write_notebook(plain.work / "n.ipynb", SETUP, ask("single"), "nts.counting_lab()")
        with open_notebook(context, plain, "n.ipynb") as notebook:
            notebook.run_all()
            expect(control(notebook, 1)).to_be_visible()
            notebook.save()
            notebook.page.wait_for_timeout(1000)
        assert not plain.widget_state("n.ipynb")
        plain.stop_kernels()
        with open_notebook(context, plain, "n.ipynb") as notebook:
            for number, line in ((1, "answer"), (2, "use the counting lab")):
                cell = notebook.show(number)
                area = cell.locator(".jp-OutputArea-child").last.locator(".jupyter-widgets")
                expect(area).to_be_attached()
                said = area.evaluate("node => getComputedStyle(node, '::after').content")
                assert said == f'"Run this cell to {line} again"'
                assert area.evaluate("node => getComputedStyle(node).visibility") == "hidden"
                assert not NO_ERROR.search(cell.inner_text())
            expect(notebook.cells.nth(1).locator("section details")).to_be_visible()
            notebook.run_all()
            expect(control(notebook, 1)).to_be_visible()


def test_a_pointer_in_a_reason_opens_its_lesson(context: BrowserContext, lab: Lab) -> None:
    (lab.work / "lessons").mkdir()
    (lesson,) = course().lessons.glob("02_*.ipynb")
    shutil.copy(lesson, lab.work / "lessons")
    write_notebook(lab.work / "lessons" / "mine.ipynb", "import notthesame as nts", "nts.ask('02-destitute')")
    with open_notebook(context, lab, "lessons/mine.ipynb") as notebook:
        notebook.run_all()
        for again in (False, True):  # the second time it is the earlier answer, shown as the control is drawn
            form = control(notebook, 1)
            if not again:
                form.get_by_role("radio").first.check()
                form.get_by_role("button", name="Check").click()
            expect(status(form).get_by_role("link")).to_have_text("Means: what counts")
            if not again:
                notebook.run_all()
        status(control(notebook, 1)).get_by_role("link").click()
        tab = notebook.page.locator(".lm-TabBar-tab.jp-mod-current", has_text=lesson.name)
        expect(tab).to_be_visible()
        expect(notebook.page.locator("h2:visible", has_text="Means: what counts")).to_be_attached()


def test_a_failing_disk_is_said_on_the_page(context: BrowserContext, lab: Lab, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    own = f"import os\nos.environ['NOTTHESAME_ANSWERS'] = {str(blocked)!r}"
    write_notebook(lab.work / "blocked.ipynb", f"{own}\n{SETUP}", ask("single"))
    with open_notebook(context, lab, "blocked.ipynb") as notebook:
        notebook.run_all()
        form = control(notebook, 1)
        form.get_by_role("radio").nth(1).check()
        form.get_by_role("button", name="Check").click()
        expect(status(form)).to_have_text(shown(FIXTURES["90-single"], "b"))
        expect(note(form)).to_contain_text("not on disk")


# --- an exported page, with no kernel and no server


def page_of(*asked: Question) -> str:
    blocks = [static.static_block(q, how="below") + static.data_block(q) for q in asked]
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Questions</title>'
        f"<style>:root {{ color-scheme: light dark }} {view.stylesheet()}</style><main><h1>Page</h1>"
        f"{''.join(blocks)}</main>"
        f'<script type="module">{view.script()}\nhydrate(document);</script></html>'
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_exported_page_checks_by_itself(browser: Browser, tmp_path: Path, scheme: str) -> None:
    (tmp_path / "page.html").write_text(page_of(*FIXTURES.values()), encoding="utf-8")
    with new_context(browser, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto((tmp_path / "page.html").as_uri())
        forms = page.locator("form.nts-control")
        expect(forms).to_have_count(len(FIXTURES))
        order = list(FIXTURES)
        form = forms.nth(order.index("90-single"))
        form.get_by_role("radio").nth(0).check()
        form.get_by_role("button", name="Check").click()
        expect(status(form)).to_have_text(shown(FIXTURES["90-single"], "a"))
        expect(note(form)).to_have_text("This page keeps no answers.")
        form = forms.nth(order.index("90-test"))
        form.get_by_role("radio").nth(0).check()
        form.get_by_role("button", name="Check").click()
        expect(status(form)).to_have_text("You answered A. Reasons come after the test.")
        expect(note(form)).to_have_text("This page keeps no answers.")
        assert page.evaluate("window.hacked") is None
        assert axe(page) == []
