"""The counting lab in a real JupyterLab: by keyboard and mouse, for a screen reader, from Python."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.harness import Notebook

CELL = "import notthesame as nts\nlab = nts.counting_lab()\nlab"
LATER = "import threading\nthreading.Timer(2, setattr, [lab, 'numbers', {'minor': 0}]).start()"
CELLS = [CELL, LATER]


@pytest.fixture
def counting(book: Notebook) -> Locator:
    """The lab of the first cell; the second cell has not run."""
    return book.show_lab()


def show(counting):
    counting.get_by_role("button", name="Skip the prediction").click()
    expect(counting.get_by_role("table")).to_have_count(1)


def test_what_an_open_file_is_stands_where_files_are_opened(counting):
    expect(counting.get_by_role("group", name="What is not known")).to_contain_text("A file is open when")


def test_keyboard_only_once_through(book, counting):
    page, selected = book.page, book.selected()
    status = counting.get_by_role("status")
    expect(status).to_have_text("400 synthetic cases. Predict first.")

    minors = counting.get_by_role("slider", name="Minors")
    book.press_until("Tab", minors)
    page.keyboard.press("Home")
    expect(status).to_have_text("300 synthetic cases. Predict first.")
    page.keyboard.press("ArrowRight")
    expect(status).to_have_text("305 synthetic cases. Predict first.")
    expect(minors).to_have_attribute("aria-valuetext", "5 cases")

    for name, start in (("Counts the most cases", "US b"), ("Counts the fewest cases", "Pal")):
        select = counting.get_by_role("combobox", name=name)
        book.press_until("Tab", select)
        page.keyboard.type(start)
        expect(select).not_to_have_value("")
    book.press_until("Tab", counting.get_by_role("button", name="Show the totals"), limit=2)
    page.keyboard.press("Enter")
    expect(status).to_contain_text("Most: you said US broad label, which agrees.")
    expect(status).to_contain_text("Fewest: you said Palermo Protocol, it is Mann Act.")
    expect(counting.get_by_role("group", name="Totals")).to_be_focused()

    unknown = counting.get_by_role("slider", name="Per cent of the files open")
    book.press_until("Shift+Tab", unknown)
    page.keyboard.press("End")
    severe = counting.get_by_role("row", name="US severe form (sex)")
    expect(severe.get_by_role("cell").first).to_have_text(re.compile(r"^0 to \d+$"))
    rule = counting.get_by_role("combobox", name="“Depends” is")
    book.press_until("Tab", rule, limit=2)
    page.keyboard.type("counted out")
    expect(severe.get_by_role("cell").first).to_have_text("0")
    expect(rule).to_be_focused()
    assert book.selected() == selected
    assert book.cells.count() == 2


def test_the_prediction_must_be_whole_or_skipped(counting):
    counting.get_by_role("button", name="Show the totals").click()
    expect(counting.get_by_role("combobox", name="Counts the most cases")).to_be_focused()
    expect(counting.get_by_role("table")).to_have_count(0)
    show(counting)
    expect(counting.get_by_role("row", name="Mann Act").get_by_role("cell").first).to_have_text("25")


def test_a_state_set_from_python_keeps_the_focus(book, counting):
    show(counting)
    book.run_cell(1)
    other = counting.get_by_role("slider", name="Adults, a means used")
    other.focus()
    expect(counting.get_by_role("slider", name="Minors")).to_have_value("0")
    expect(counting.get_by_role("status")).to_contain_text("300 synthetic cases.")
    expect(other).to_be_focused()


def test_every_instrument_stands_in_two_tables(counting):
    show(counting)
    counting.get_by_label("Show every instrument").check()
    tables = counting.get_by_role("table")
    expect(tables).to_have_count(2)
    expect(tables.nth(1).locator("caption")).to_have_text("Synthetic cases counted: definitions of sex work")
    expect(tables.nth(1).locator("tbody tr")).to_have_count(2)


def test_what_a_screen_reader_gets(counting):
    show(counting)
    expect(counting).to_match_aria_snapshot(
        """
        - region "Counting lab":
          - group "Who is in the population (synthetic cases)":
            - slider "Minors"
          - group "What is not known":
            - slider "Per cent of the files open"
            - combobox "“Depends” is"
          - checkbox "Show every instrument"
          - status: /Totals shown/
          - group "Totals":
            - 'table "Synthetic cases counted: definitions of trafficking and related offences"':
              - rowgroup:
                - row:
                  - columnheader "Instrument"
                  - columnheader "Total"
                  - columnheader "Minors"
              - rowgroup:
                - row:
                  - rowheader "US broad label"
                  - cell "349"
        """
    )


def test_the_lab_fits_a_screen(counting):
    show(counting)
    assert counting.bounding_box()["height"] < 660
