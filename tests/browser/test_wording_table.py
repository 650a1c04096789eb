"""The wording table in a real JupyterLab: once through by keyboard, the bars, what a screen reader gets."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.harness import Notebook

CELLS = ["import notthesame as nts\nlab = nts.wording_table()\nlab", 'lab.set(survey="PPP 2021")']


@pytest.fixture
def words(book: Notebook) -> Locator:
    shown = book.show_lab()
    expect(shown.get_by_role("status")).to_contain_text("24 rows of 14 surveys")
    return shown


def test_keyboard_only_once_through(book, words):
    page, status = book.page, words.get_by_role("status")
    rows = words.locator("tbody tr")
    place = words.get_by_role("combobox", name="Place")
    book.press_until("Tab", place)
    page.keyboard.type("UK (S")
    expect(place).to_have_value("UK (Scotland)")
    expect(rows).to_have_count(3)
    expect(rows.nth(1)).to_contain_text("support 21, oppose 43, no side 36")
    base = words.get_by_role("combobox", name="Per cent of")
    book.press_until("Tab", base)
    page.keyboard.type("those")
    expect(rows.nth(1)).to_contain_text("support 33, oppose 67")
    expect(status).to_contain_text("by up to 24 points")
    expect(base).to_be_focused()
    book.press_until("Tab", words.get_by_role("button", name="Back to the start"), limit=3)
    page.keyboard.press("Enter")
    expect(status).to_contain_text("24 rows of 14 surveys")
    book.press_until("Tab", words.get_by_role("button", name="Show the other 20 rows"), limit=2)
    page.keyboard.press("Enter")
    expect(rows).to_have_count(24)
    expect(rows.nth(4)).to_be_focused()


def test_a_bar_is_as_wide_as_its_shares(book, words):
    book.run_cell(1)
    expect(words.locator("tbody tr")).to_have_count(2)
    bar = words.locator(".nts-bar").first
    widths = bar.locator("span").evaluate_all("all => all.map(part => part.getBoundingClientRect().width)")
    whole = bar.evaluate("node => node.clientWidth")
    assert [100 * width / whole for width in widths] == pytest.approx([42, 36, 22], abs=0.5)


def test_what_a_screen_reader_gets(words):
    expect(words).to_match_aria_snapshot(
        """
        - region "Wording table":
          - group "Show only":
            - combobox "Place"
            - combobox "The words name"
            - combobox "Sponsor"
            - combobox "Support means"
            - combobox "Survey"
          - group "Count":
            - combobox "Per cent of"
            - combobox "Answers as"
          - status: /24 rows/
          - group "Polls":
            - table "Polls":
              - rowgroup:
                - row:
                  - columnheader "Poll, sponsor"
        """
    )
