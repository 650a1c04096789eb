"""The pooling lab in a real JupyterLab: by keyboard, the slider as it moves, the last study, from Python."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.harness import Notebook

CELL = "import notthesame as nts\nlab = nts.pooling_lab()\nlab"
CELLS = [CELL, 'lab.set(studies=["Elmes", "Walker"], baseline=45)']
START = "Average odds ratio 2.59. Hartung-Knapp interval 1.36 to 4.95: all of it above 1."


@pytest.fixture
def pool(book: Notebook) -> Locator:
    """The lab of the first cell; the other has not run."""
    shown = book.show_lab()
    expect(shown.get_by_role("status")).to_have_text(START)
    return shown


def test_keyboard_only_one_study_left_out_and_another_interval(book, pool):
    page, status, picture = book.page, pool.get_by_role("status"), pool.get_by_role("img")
    muldoon = pool.get_by_label("Gulu (Muldoon 2017)")
    book.press_until("Tab", muldoon)
    page.keyboard.press("Space")
    expect(status).to_contain_text("3.15. Hartung-Knapp interval 2.06 to 4.83: all of it above 1")
    expect(picture).to_have_attribute("alt", re.compile("^(?!.*Muldoon)"))
    expect(muldoon).to_be_focused()
    page.keyboard.press("Space")
    expect(status).to_have_text(START)

    book.press_until("Tab", pool.get_by_label("Interval for"))
    page.keyboard.press("ArrowDown")
    expect(status).to_contain_text("Prediction interval 0.54 to 12.3: it crosses 1")
    expect(pool).to_contain_text("hold the truth 95 times in 100? No.")

    slider = pool.get_by_role("slider", name="Risk of those not exposed")
    book.press_until("Tab", slider)
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(pool.get_by_text("35 of 100", exact=True)).to_be_visible()
    expect(pool).to_contain_text("if 35 of 100 not exposed meet violence")
    expect(picture).to_have_attribute("alt", re.compile("Risk 35 per cent not exposed"))
    expect(slider).to_be_focused()

    book.press_until("Tab", pool.get_by_role("button", name="Back to the start"), limit=3)
    page.keyboard.press("Enter")
    expect(status).to_have_text(START)
    expect(slider).to_have_value("30")


def test_the_last_study_stays(pool):
    for name in ("Shannon", "Muldoon", "Lyons"):
        pool.get_by_label(name).uncheck()
    status = pool.get_by_role("status")
    expect(status).to_contain_text("Odds ratio of the one study 4.35. There is no Hartung-Knapp interval.")
    last = pool.get_by_label("Elmes")
    last.click()
    expect(status).to_have_text("One study at least has to stay.")
    expect(last).to_be_checked()


def test_a_state_set_from_python_reaches_every_control(book, pool):
    book.run_cell(1)
    expect(pool.get_by_role("status")).to_contain_text("4.62")
    expect(pool.get_by_role("slider")).to_have_value("45")
    expect(pool.get_by_label("Shannon")).not_to_be_checked()
    expect(pool.get_by_label("Walker")).to_be_checked()
    expect(pool).to_contain_text("Elmes and Walker have asked the same women")


def test_what_a_screen_reader_gets(pool):
    expect(pool).to_match_aria_snapshot(
        """
        - region "Pooling lab":
          - group "Studies in the pool":
            - checkbox "Vancouver (Shannon 2009)" [checked]
            - checkbox /Walker/
          - group "How they are pooled":
            - combobox "Interval for"
          - group "Odds to risks":
            - slider "Risk of those not exposed"
          - status: /Average odds ratio/
          - group "Picture":
            - img /Forest plot of odds ratios/
        """
    )
