"""The counting lab in a real JupyterLab: by keyboard, for a screen reader, for axe, unexecuted."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.harness import execute_as_published, open_notebook, write_notebook

CELL = "import notthesame as nts\nlab = nts.counting_lab()\nlab"
LATER = "import threading\nthreading.Timer(2, setattr, [lab, 'numbers', {'minor': 0}]).start()"
ROOT = "section.nts-counting"


@pytest.fixture
def book(context, lab):
    write_notebook(lab.work / "counting.ipynb", CELL, LATER)
    with open_notebook(context, lab, "counting.ipynb") as book:
        book.page.set_viewport_size({"width": 1366, "height": 768})
        yield book
    lab.stop_kernels()


@pytest.fixture
def counting(book):
    """The lab of the first cell; the second cell has not run."""
    book.cells.first.click()
    expect(book.page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=60_000)
    book.command("notebook:run-cell")
    root = book.page.locator(ROOT)
    root.wait_for(timeout=60_000)
    return root


def show(counting):
    counting.get_by_role("button", name="Skip the prediction").click()
    expect(counting.get_by_role("table")).to_have_count(1)


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
    book.cells.nth(1).locator(".jp-InputArea-prompt").click()
    book.command("notebook:run-cell")
    other = counting.get_by_role("slider", name="Adults, a means used")
    other.focus()
    expect(counting.get_by_role("slider", name="Minors")).to_have_value("0")
    expect(counting.get_by_role("status")).to_contain_text("300 synthetic cases.")
    expect(other).to_be_focused()


def test_plain_keys_stay_inside(book, counting):
    show(counting)
    counting.get_by_role("slider", name="Minors").focus()
    before = book.cells.count()
    for key in ("x", "b", "a", "ArrowDown", "ArrowUp", "d", "d", " ", "Escape"):
        book.page.keyboard.press(key)
    assert book.cells.count() == before
    assert book.selected() == [0]


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


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing(book, counting, theme):
    book.theme(theme)
    for step in ("predict", "totals", "every"):
        if step == "totals":
            show(counting)
        if step == "every":
            counting.get_by_label("Show every instrument").check()
            expect(counting.get_by_role("table")).to_have_count(2)
        found = Axe().run(book.page, context=ROOT).response["violations"]
        assert not found, [(v["id"], [node["html"] for node in v["nodes"]][:3]) for v in found]


def test_targets_are_large_enough_and_the_lab_fits_a_screen(counting):
    show(counting)
    for control in counting.locator("select, button, input").all():
        box = control.bounding_box()
        assert box is None or min(box["width"], box["height"]) >= 24, control
    assert counting.bounding_box()["height"] < 660


def test_a_lab_without_its_kernel_says_that_the_totals_are_old(counting, lab):
    show(counting)
    lab.stop_kernels()
    counting.get_by_role("slider", name="Minors").press("Home")
    expect(counting.get_by_role("status")).to_contain_text("The kernel does not answer")


def test_a_fresh_clone_reads_whole_without_a_kernel(context, lab, tmp_path):
    path = write_notebook(lab.work / "stored.ipynb", CELL)
    execute_as_published(path, tmp_path / "elsewhere")
    with open_notebook(context, lab, "stored.ipynb") as book:
        expect(book.page.locator(ROOT)).to_have_count(0)
        expect(book.page.get_by_text("Run this cell to use the counting lab")).to_be_visible()
        expect(book.page.get_by_text(re.compile("Error displaying widget"))).to_have_count(0)
        page = book.outputs.first
        table = page.locator("table").first
        expect(table).to_be_hidden()
        page.get_by_text("Predict first, then open: The whole file").first.click()
        expect(table).to_be_visible()
        expect(table.get_by_role("row", name="US broad label")).to_contain_text("349")
