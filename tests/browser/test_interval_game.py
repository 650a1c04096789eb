"""The interval game in a real JupyterLab: by keyboard, wrong entries, from Python, one's own answers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from tests.browser.harness import LAB, Lab, Notebook, open_notebook, write_notebook

CELL = "import notthesame as nts\ngame = nts.interval_game()\ngame"
RECORD = """from notthesame.questions import answers
for place in range(6):
    status = "right" if place < 4 else "wrong"
    answers.record(f"02-x{place}", "a", status=status, credit=None, confidence=70)"""
CELLS = [CELL, 'game.set(votes="50 to 150")', f"nts.do_not_record()\n{RECORD}"]
FIGURE = "107 votes"


@pytest.fixture
def game(book: Notebook) -> Locator:
    """The game of the first cell; the others have not run."""
    shown = book.show_lab()
    expect(shown.get_by_role("status")).to_contain_text("90 per cent sure")
    return shown


def boxes(game: Locator, question: str) -> tuple[Locator, Locator]:
    group = game.get_by_role("group", name=re.compile(question))
    return group.get_by_label("From"), group.get_by_label("to", exact=True)


def test_keyboard_only_once_through(book, game):
    page, status, selected = book.page, game.get_by_role("status"), book.selected()
    low, high = boxes(game, "How many members voted no")
    expect(game).not_to_contain_text(FIGURE)
    book.press_until("Tab", low)
    page.keyboard.type("50 to 150")
    page.keyboard.press("Enter")
    expect(status).to_have_text("Your one interval held the figure. 4 questions left.")
    expect(game).to_contain_text(f"{FIGURE}, inside your interval. Source: House vote 90 of 2018.")
    expect(low).to_be_focused()
    expect(low).to_have_value("50")
    expect(high).to_have_value("150")
    expect(low).to_have_js_property("readOnly", True)

    first, second = boxes(game, "US national trafficking hotline")
    book.press_until("Tab", first)
    page.keyboard.type("2,000")
    page.keyboard.press("Tab")
    expect(second).to_be_focused()
    page.keyboard.type("1,000")
    book.press_until("Tab", game.get_by_role("button", name="Show the figures"))
    expect(status).to_contain_text(
        "Question 4: found '2,000 to 1,000'; the upper end lies below the lower one"
    )
    expect(first).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Enter")
    expect(first).to_have_value("2,000")
    expect(game).not_to_contain_text("26,884 calls")

    book.press_until("Tab", game.get_by_role("button", name="Show without guessing"))
    page.keyboard.press("Space")
    expect(status).to_contain_text("All figures are shown.")
    expect(game).to_contain_text("26,884 calls, no interval given")
    book.press_until("Tab", game.get_by_role("button", name="Begin again"))
    page.keyboard.press("Enter")
    expect(low).to_be_focused()
    expect(low).to_have_value("")
    expect(low).to_have_js_property("readOnly", False)
    expect(game).not_to_contain_text(FIGURE)
    assert book.selected() == selected
    assert book.cells.count() == 3


def test_a_state_set_from_python_reaches_the_page_and_no_box_is_built_anew(book, game):
    low, _ = boxes(game, "How many members voted no")
    low.evaluate("node => { window.kept = node; }")
    book.run_cell(1)
    expect(game).to_contain_text(FIGURE)
    expect(low).to_have_value("50")
    assert low.evaluate("node => node === window.kept")


def test_ones_own_answers_are_counted_when_asked_for(book, game):
    count = game.get_by_role("button", name="Count my own answers")
    count.click()
    expect(game).to_contain_text("No answer with a confidence is recorded yet.")
    expect(game.get_by_role("table")).to_have_count(0)
    expect(game.get_by_role("img")).to_have_count(0)
    book.run_cell(2)
    expect(book.cells.nth(2).locator(".jp-InputArea-prompt")).to_have_text(re.compile(r"\[\d+\]:"))
    count.click()
    expect(game).to_contain_text("Recording is off")
    expect(game.get_by_role("row", name="70 6 67 (4 of 6)")).to_be_visible()
    expect(game.get_by_role("img")).to_have_attribute("alt", re.compile("70: 67"))
    expect(game.get_by_role("status")).to_contain_text("6 answers of your own counted.")
    expect(count).to_be_focused()


def test_questions_verdict_and_controls_fit_one_view(book, game):
    book.page.set_viewport_size({"width": 1366, "height": 768})
    game.get_by_role("button", name="Show without guessing").click()
    expect(game).to_contain_text(FIGURE)
    again = game.get_by_role("button", name="Begin again").bounding_box()
    status = game.get_by_role("status").bounding_box()
    assert again and status
    assert again["y"] + again["height"] - status["y"] < 768 - 130  # less the bars of JupyterLab
    assert status["x"] > again["x"]
    book.page.set_viewport_size({"width": 800, "height": 768})
    stacked, below = game.get_by_role("button", name="Begin again"), game.get_by_role("status")
    assert below.bounding_box()["y"] > stacked.bounding_box()["y"]
    book.page.set_viewport_size({"width": 1366, "height": 768})


def test_a_game_played_yesterday_is_there_today(context: BrowserContext, lab: Lab) -> None:
    write_notebook(lab.work / "days.ipynb", CELL)
    with open_notebook(context, lab, "days.ipynb") as notebook:
        low, high = boxes(notebook.show_lab(), "How many members voted no")
        low.fill("50")
        high.fill("150")
        high.press("Enter")
        expect(notebook.cells.nth(0)).to_contain_text(FIGURE)
        boxes(notebook.cells.nth(0), "US national trafficking hotline")[0].fill("2,000")
        high.focus()  # which ends the entry
        notebook.page.wait_for_timeout(500)
        notebook.save()
        notebook.page.wait_for_timeout(1000)
    lab.stop_kernels("days.ipynb")
    with open_notebook(context, lab, "days.ipynb") as notebook:
        again = notebook.cells.nth(0).locator(LAB)
        expect(again).to_contain_text(f"{FIGURE}, inside your interval.")
        expect(again.get_by_role("status")).to_contain_text("Your one interval held the figure.")
        expect(boxes(again, "US national trafficking hotline")[0]).to_have_value("2,000")
