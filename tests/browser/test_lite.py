"""The browser lab, offline in a real Chromium: Run All to the end, a lab, answers that outlive the page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from notthesame.browser import lite
from tests.browser.harness import axe
from tests.browsers import served
from tests.lite import opened
from tests.lite.tools import tools

pytestmark = pytest.mark.slow
LESSON = "lessons/03_two_things_one_name.ipynb"
EXERCISE = "exercises/03_exercise_two_things_one_name.ipynb"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    tools()
    folder: Path = tmp_path_factory.mktemp("lite")
    lite.write_lite(folder)
    opened.expose(folder)
    with served(folder) as url:
        yield url


def test_a_lesson_runs_to_its_end_and_answers_outlive_the_page(address: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{address}/")
    assert page.get_by_role("link", name="Open the course").get_attribute("href")
    assert axe(page) == []
    page.close()

    with opened.opened(context, address, LESSON) as book:
        cells = book.run_all()
        assert opened.faults(cells) == []
        charts = [cell for cell in cells if "nts.charts." in cell["source"]]
        assert charts and opened.stood_in(cells) == opened.stood_in(charts) == len(charts)
        assert all("<img alt=" in json.dumps(cell["outputs"]).replace('\\"', '"') for cell in charts)
        lab = book.page.locator("section.nts-lab")
        lab.get_by_role("slider", name="Minors").press("Home")
        expect(lab.get_by_role("status")).to_have_text("300 synthetic cases. Predict first.")
        form = book.page.locator("form.nts-control:has(input[type=radio])").first
        form.get_by_role("radio").first.check()
        form.get_by_role("button", name="Check").click()  # no confidence: the page sends none
        expect(form.locator(".nts-note")).to_have_text("Saved.")

    with opened.opened(context, address, EXERCISE) as book:
        assert opened.faults(book.run_all()) == []
        form = book.page.locator("form.nts-control").filter(has_text="Number (per cent)").first
        form.get_by_role("textbox").first.fill("80")
        form.get_by_role("button", name="Check your answer").click()
        expect(form.locator(".nts-note")).to_have_text("Saved.")
        book.call('nts.export_answers("/drive/mine.json")')
        exported = book.file("mine.json")
    assert "03-share" in exported and exported.count('"question"') >= 2
