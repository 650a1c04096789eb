"""The two-events lab in a real JupyterLab: keyboard only, what a screen reader gets, axe, progress, stop."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.harness import execute_as_published, open_notebook, write_notebook

CELL = "import notthesame as nts\nlab = nts.two_events()\nlab"
ROOT = "section.nts-two-events"
FIRST_PICTURE = 60_000  # the first fit loads statsmodels
CAN, CANNOT = "This design can tell the events apart.", "This design cannot tell the events apart."


@pytest.fixture
def book(context, lab):
    write_notebook(lab.work / "events.ipynb", CELL, "lab.set(noise=20)")
    with open_notebook(context, lab, "events.ipynb") as book:
        book.page.set_viewport_size({"width": 1366, "height": 768})
        yield book
    lab.stop_kernels()


@pytest.fixture
def events(book):
    """The lab of the first cell; the second cell has not run."""
    book.cells.first.click()
    expect(book.page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=FIRST_PICTURE)
    book.command("notebook:run-cell")
    root = book.page.locator(ROOT)
    root.wait_for(timeout=FIRST_PICTURE)
    expect(root.get_by_role("status")).to_have_text(CAN)
    return root


def test_keyboard_only_once_through(book, events):
    page, status = book.page, events.get_by_role("status")
    selected = book.selected()
    picture = events.get_by_role("img")
    expect(picture).to_have_attribute("alt", re.compile("Synthetic daily counts, events on 6 April 2018"))

    second = events.get_by_label("Second event (the signature)")
    book.press_until("Tab", second)
    page.keyboard.type("0506")
    expect(second).to_have_value("2018-05-06")
    expect(picture).to_have_attribute("alt", re.compile("6 May 2018"))
    expect(second).to_be_focused()

    lag = events.get_by_label("Lag: days an effect takes to arrive")
    book.press_until("Tab", lag)
    for days in range(1, 4):
        page.keyboard.press("ArrowUp")
        expect(lag).to_have_value(str(days))
    expect(status).to_have_text(CANNOT)
    expect(events).to_contain_text("the effects take 3 days to arrive")
    expect(events.get_by_role("row", name="First event")).to_contain_text("no band")
    expect(picture).to_have_attribute("alt", re.compile("no band"))
    expect(lag).to_be_focused()

    begins = events.get_by_label("Record begins")
    book.press_until("Tab", begins)
    page.keyboard.type("after")
    expect(begins).to_have_value("after both")
    expect(events).to_contain_text("more respondents do not change that")

    book.press_until("Tab", events.get_by_role("button", name="Back to the start"), limit=3)
    page.keyboard.press("Enter")
    expect(status).to_have_text(CAN)
    expect(lag).to_have_value("0")
    expect(second).to_have_value("2018-04-11")
    assert book.selected() == selected
    assert book.cells.count() == 2


def test_the_trial_shows_progress_and_can_be_stopped(book, events):
    start = events.get_by_role("button", name="Try the band on 400 new series")
    start.click()
    bar = events.get_by_role("progressbar", name="New series drawn")
    stop = events.get_by_role("button", name="Stop")
    expect(stop).to_be_visible()
    expect(bar).to_be_visible()
    stop.click()
    expect(events.get_by_role("status")).to_contain_text(
        "new series. The band held the true change", timeout=20_000
    )
    expect(start).to_be_visible()
    assert 0 < float(bar.get_attribute("value")) < 400


def test_a_trial_runs_to_its_end(book, events):
    events.get_by_role("button", name="Try the band on 400 new series").click()
    status = events.get_by_role("status")
    expect(status).to_contain_text("400 new series. The band held the true change", timeout=60_000)


def test_a_date_that_cannot_be_placed_is_refused_in_words(book, events):
    second = events.get_by_label("Second event (the signature)")
    second.fill("2018-03-01")
    second.blur()
    expect(events.get_by_role("status")).to_contain_text("Second event (the signature):")
    expect(events.get_by_role("img")).to_have_attribute("alt", re.compile("11 April 2018"))


def test_a_state_set_from_python_reaches_the_page_and_no_control_is_built_anew(book, events):
    noise = events.get_by_label("Noise: spread of a day")
    noise.evaluate("node => { window.kept = node; }")
    book.cells.nth(1).click()
    book.command("notebook:run-cell")
    expect(noise).to_have_value("20")
    expect(events.get_by_role("status")).to_have_text(CANNOT)
    assert noise.evaluate("node => node === window.kept")


def test_plain_keys_stay_inside(book, events):
    events.get_by_label("Record begins").focus()
    before = book.cells.count()
    for key in ("x", "b", "a", "ArrowDown", "ArrowUp", "d", "d", "Escape"):
        book.page.keyboard.press(key)
    assert book.cells.count() == before and book.selected() == [0]


def test_what_a_screen_reader_gets(events):
    expect(events).to_match_aria_snapshot(
        """
        - region "Two-events lab":
          - group "The two events":
            - textbox "First event (the seizure)"
            - textbox "Second event (the signature)"
            - spinbutton "True change at the first"
            - spinbutton "True change at the second"
          - group "How sharp the changes are":
            - spinbutton /Lag/
            - spinbutton /Anticipation/
          - group "The record":
            - combobox "Record begins"
          - status: This design can tell the events apart.
          - img /Synthetic daily counts/
          - table "Synthetic counts per day":
            - rowgroup:
              - row:
                - columnheader "Change"
                - columnheader "True (you set it)"
                - columnheader "The fit says"
                - columnheader "95 per cent band"
        """
    )


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing(book, events, theme):
    book.theme(theme)
    found = Axe().run(book.page, context=ROOT).response["violations"]
    assert not found, [(v["id"], [node["html"] for node in v["nodes"]][:3]) for v in found]


def test_targets_are_large_enough(events):
    for control in events.locator("select, button, input").all():
        box = control.bounding_box()
        assert box is None or min(box["width"], box["height"]) >= 24, control


def test_a_fresh_clone_reads_whole_without_a_kernel(context, lab, tmp_path):
    path = write_notebook(lab.work / "stored.ipynb", CELL)
    execute_as_published(path, tmp_path / "elsewhere")
    with open_notebook(context, lab, "stored.ipynb") as book:
        expect(book.page.locator(ROOT)).to_have_count(0)
        expect(book.page.get_by_text("Run this cell to use the two-events lab")).to_be_visible()
        expect(book.page.get_by_text(re.compile("Error displaying widget"))).to_have_count(0)
        page = book.outputs.first
        table = page.locator("table").nth(4)
        expect(table).to_be_hidden()
        page.get_by_text("Predict, then open: Effects take a week to arrive").click()
        expect(table).to_be_visible()
        expect(table).to_contain_text("\u22127.4")
        page.get_by_text("Open for a picture of the first setting").click()
        expect(page.get_by_role("img")).to_have_attribute("alt", re.compile("Synthetic daily counts"))
