"""The lab of unseen people in a real JupyterLab: a model picked by keyboard, resamples drawn and stopped."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.harness import Notebook

CELL = "import notthesame as nts\nlab = nts.unseen_lab()\nlab"
FEW = "lab.tries = 150"


@pytest.fixture
def unseen(book: Notebook) -> Locator:
    """The lab of the first cell; the other has not run."""
    shown = book.show_lab()
    expect(shown.get_by_role("status")).to_have_text(re.compile("Best by BIC, n = people: 22,991"))
    return shown


CELLS = [CELL, FEW]


def test_a_term_picked_by_keyboard_moves_the_ring_and_its_words(book, unseen):
    term = unseen.get_by_label("LA:NG")
    book.press_until("Tab", term)
    book.page.keyboard.press("Space")
    expect(unseen).to_contain_text("Your model (1 term): ")
    expect(term).to_be_focused()
    unseen.get_by_label("LA:GP").check()
    expect(unseen).to_contain_text("Terms whose pair shares nobody: LA:GP.")
    unseen.get_by_role("button", name="Back to the start").click()
    expect(unseen).to_contain_text("Your model (no terms): 13,444")
    expect(term).not_to_be_checked()


def test_resamples_are_drawn_with_progress_and_end_in_intervals(book, unseen):
    book.run_cell(1)
    draw = unseen.get_by_role("button", name="Draw")
    draw.click()
    expect(unseen.get_by_role("button", name="Stop")).to_be_visible()
    expect(unseen.get_by_role("status")).to_contain_text("150 resamples", timeout=60_000)
    expect(unseen).to_contain_text("held the truth 90 times of 100 where terms were chosen one by one")
    expect(unseen.get_by_text("150 of 150")).to_be_visible()


def test_stop_is_heard_and_what_was_drawn_counts(book, unseen):
    unseen.get_by_role("button", name="Draw").click()
    expect(unseen.get_by_text(re.compile(r"^\d+ of 1000$"))).to_be_visible(timeout=30_000)
    unseen.get_by_role("button", name="Stop").click()
    expect(unseen.get_by_role("status")).to_contain_text("resamples", timeout=30_000)
    expect(unseen.get_by_role("button", name="Draw")).to_be_visible()
