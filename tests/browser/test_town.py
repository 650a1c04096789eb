"""The town lab in a real JupyterLab: the sample seen to grow, by itself and by hand; many draws, stopped."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.harness import Notebook

CELL = "import notthesame as nts\nlab = nts.town()\nlab"
SLOWLY = "from notthesame.labs import town\ntown.CHUNK = 1"  # else it ends before Stop is heard
CELLS = [CELL, "lab.set(sampler='random', ratio=1.2)", SLOWLY]


@pytest.fixture
def town(book: Notebook) -> Locator:
    shown = book.show_lab()
    expect(shown.get_by_role("status")).to_contain_text("10,000 who opt in err more than a random 100")
    return shown


def test_by_keyboard_a_smaller_ratio_turns_the_verdict(book, town):
    ratio = town.get_by_label("Selection ratio (1: all answer alike)")
    book.press_until("Tab", ratio)
    book.page.keyboard.type("1.1")
    book.page.keyboard.press("Enter")
    expect(town.get_by_role("status")).to_contain_text("10,000 who opt in err less than a random 100")
    expect(ratio).to_be_focused()


def test_the_sample_grows_wave_by_wave_and_can_be_stopped(book, town):
    status = town.get_by_role("status")
    play = town.get_by_role("button", name="Play the waves")
    play.click()
    stop = town.get_by_role("button", name="Stop playing")
    for wave in range(3):
        expect(status).to_contain_text(f"Wave {wave} of ")
    stop.click()
    expect(play).to_be_visible()
    expect(town.get_by_label("Sample shown")).to_have_value("respondent-driven")
    waves = town.get_by_label("Waves shown")
    book.page.wait_for_timeout(2000)  # two waves, were it still playing
    now = int(waves.input_value())
    assert 2 <= now < int(waves.get_attribute("max"))
    expect(town.get_by_role("img")).to_have_attribute(
        "alt", re.compile(r"respondent-driven \d+ of 200 people")
    )
    waves.focus()
    book.page.keyboard.press("ArrowDown")
    expect(status).to_contain_text(f"Wave {now - 1} of ")


def test_where_motion_is_not_wanted_each_press_shows_one_wave(book):
    book.page.emulate_media(reduced_motion="reduce")
    try:
        town = book.show_lab()
        step = town.get_by_role("button", name="Next wave")
        for wave in range(3):
            step.click()
            expect(town.get_by_role("status")).to_contain_text(f"Wave {wave} of ")
        book.page.wait_for_timeout(1200)
        expect(town.get_by_label("Waves shown")).to_have_value("2")
    finally:
        book.page.emulate_media(reduced_motion="no-preference")


def test_many_draws_show_progress_and_can_be_stopped(book, town):
    book.run_cell(2)
    town.get_by_role("button", name="Draw 100 new samples of each").click()
    bar = town.get_by_role("progressbar", name="New samples drawn")
    expect(bar).to_be_visible()
    town.get_by_role("button", name="Stop", exact=True).click()
    expect(town.get_by_role("status")).to_contain_text("new samples of each. The interval held the truth")
    assert 0 < float(bar.get_attribute("value")) < 100


def test_what_is_set_from_python_reaches_the_page(book, town):
    book.run_cell(1)
    expect(town.get_by_label("Selection ratio (1: all answer alike)")).to_have_value("1.2")
    expect(town).to_contain_text("It holds the truth 95 times in 100. Only chance moves it")
