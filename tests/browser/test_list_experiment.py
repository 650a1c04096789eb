"""The list lab in a real JupyterLab: by keyboard, from Python, and what a screen reader gets."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.harness import Notebook

CELLS = ["import notthesame as nts\nlab = nts.list_lab()\nlab", "lab.set(hides=25)"]


@pytest.fixture
def lists(book: Notebook) -> Locator:
    shown = book.show_lab()
    expect(shown.get_by_role("status")).to_contain_text("Here a list beats asking")
    return shown


def test_keyboard_only_once_through(book, lists):
    page, status = book.page, lists.get_by_role("status")
    picture = lists.get_by_role("img")
    expect(picture).to_have_attribute("alt", re.compile("Synthetic surveys of 600 people"))
    people = lists.get_by_label("People asked (n)")
    book.press_until("Tab", people)
    for left in (590, 580, 570):
        page.keyboard.press("ArrowDown")
        expect(people).to_have_value(str(left))
    page.keyboard.press("Control+A")
    page.keyboard.type("250")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(status).to_contain_text("Here asking beats a list")
    expect(picture).to_have_attribute("alt", re.compile("Synthetic surveys of 250 people"))
    expect(people).to_be_focused()
    book.press_until("Tab", lists.get_by_role("button", name="Back to the start"), limit=5)
    page.keyboard.press("Enter")
    expect(status).to_contain_text("Here a list beats asking")
    expect(people).to_have_value("600")


def test_a_picture_that_comes_while_somebody_types_undoes_nothing(book, lists):
    people, keyboard = lists.get_by_label("People asked (n)"), book.page.keyboard
    book.press_until("Tab", people)
    keyboard.press("ArrowDown")
    keyboard.press("Control+A")
    keyboard.type("250")
    expect(lists.get_by_role("img")).to_have_attribute("alt", re.compile("Synthetic surveys of 590 people"))
    expect(people).to_have_value("250")
    keyboard.press("Tab")
    expect(lists.get_by_role("img")).to_have_attribute("alt", re.compile("Synthetic surveys of 250 people"))


def test_other_surveys_are_drawn_and_a_value_out_of_range_is_refused(lists):
    picture, before = lists.get_by_role("img"), lists.get_by_role("img").get_attribute("src")
    lists.get_by_role("button", name="New surveys").click()
    expect(picture).not_to_have_attribute("src", before or "")
    items = lists.get_by_label("Harmless items on it")
    items.fill("9")
    items.blur()
    expect(lists.get_by_role("status")).to_contain_text("Harmless items on it:")


def test_a_value_set_from_python_reaches_the_page(book, lists):
    book.run_cell(1)
    expect(lists.get_by_label("Of these, hide when asked, per cent")).to_have_value("25")
    expect(lists.get_by_role("row", name="Asking directly")).to_contain_text("−5.0")


def test_what_a_screen_reader_gets(lists):
    expect(lists).to_match_aria_snapshot(
        """
        - region "List lab":
          - group "The people":
            - spinbutton "People asked (n)"
            - spinbutton "True share, per cent"
          - group "The list":
            - spinbutton "Harmless items on it"
          - status: /Here a list beats asking/
          - group "Picture":
            - img /Synthetic surveys of 600 people/
          - table /Synthetic surveys/:
            - rowgroup:
              - row:
                - columnheader "Way"
        """
    )
