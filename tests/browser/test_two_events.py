"""The two-events lab in a real JupyterLab: by keyboard, for a screen reader, from Python; progress, stop."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.harness import Notebook

CELL = "import notthesame as nts\nlab = nts.two_events()\nlab"
SLOWLY = "from notthesame.labs import two_events\ntwo_events.CHUNK = 1"  # else it ends before Stop is heard
CELLS = [CELL, "lab.set(noise=20)", SLOWLY]
CAN, CANNOT = "This design can tell the events apart.", "This design cannot tell the events apart."


@pytest.fixture
def events(book: Notebook) -> Locator:
    """The lab of the first cell; the others have not run."""
    shown = book.show_lab()
    expect(shown.get_by_role("status")).to_have_text(CAN)
    return shown


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
    assert book.cells.count() == 3


def test_the_trial_shows_progress_and_can_be_stopped(book, events):
    start = events.get_by_role("button", name="Try the band on 400 new series")
    book.run_cell(2)
    expect(book.cells.nth(2).locator(".jp-InputArea-prompt")).to_have_text(re.compile(r"\[\d+\]:"))
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
    book.run_cell(1)
    expect(noise).to_have_value("20")
    expect(events.get_by_role("status")).to_have_text(CANNOT)
    assert noise.evaluate("node => node === window.kept")


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
          - group "Picture":
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
