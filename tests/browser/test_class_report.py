"""A class report from file:// in a real Chromium without a network: read, narrow, dark, printed, checked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Browser, Page, expect

from notthesame import questions
from notthesame.classroom.collected import Aside
from notthesame.classroom.report_page import report
from tests.browser.harness import axe, new_context
from tests.browser.ibm import violations
from tests.classroom.a_class import asked, class_tally

ASIDES = [Aside(f"Group {'a' * 60}/hand-in <b>.json", "not JSON, or cut short")]


LESSONS = ("00", "02", "13")  # enough to have every part of a page; an engine is slow on all


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("a class") / "report.html"
    few = [question for question in asked() if f"{question.lesson:02}" in LESSONS]
    found.write_text(report(class_tally(30, of=few), ASIDES, date(2026, 11, 29)), encoding="utf-8")
    return found


@pytest.fixture
def page(browser: Browser, path: Path) -> Iterator[Page]:
    """The report where every request but that for itself is refused, and none may be made."""
    requests, wrong = [], []
    with new_context(browser) as context:
        context.set_offline(True)
        opened = context.new_page()
        opened.set_viewport_size({"width": 1366, "height": 768})
        opened.on("request", lambda request: requests.append(request.url))
        opened.on("pageerror", lambda error: wrong.append(str(error)))
        opened.on("console", lambda message: wrong.append(message.text))
        opened.goto(path.as_uri())
        yield opened
    assert [url for url in requests if not url.startswith("data:")] == [path.as_uri()]
    assert [text for text in wrong if not text.startswith("Progress:")] == []  # IBM's engine tells its own


def test_two_engines_find_nothing_light_or_dark(page: Page) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []  # opens every block
        assert axe(page) == []


def test_a_link_opens_the_lesson_and_the_question(page: Page) -> None:
    link = page.locator("#revisit ~ .card a").first
    name = link.inner_text()
    expect(page.locator(f'[id="{name}"]')).to_be_hidden()
    link.click()
    expect(page.locator(f'[id="{name}"] summary')).to_be_visible()


def test_on_a_phone_the_page_does_not_move_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("for (const block of document.querySelectorAll('details')) block.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_bar_is_as_long_as_its_share(page: Page) -> None:
    page.evaluate("for (const block of document.querySelectorAll('details')) block.open = true")
    found = page.evaluate(
        """[...document.querySelectorAll('.bar')].map(bar => [
          parseFloat(bar.firstElementChild.style.width),
          100 * bar.firstElementChild.getBoundingClientRect().width / bar.clientWidth,
          getComputedStyle(bar.firstElementChild).borderTopWidth])"""
    )
    assert len(found) > 150 and {edge for *_, edge in found} != {"0px"}
    assert all(abs(said - drawn) < 0.5 for said, drawn, _ in found)


def test_on_paper_every_lesson_and_question_is_open_without_a_script(browser: Browser, path: Path) -> None:
    with new_context(browser, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(path.as_uri())
        reason = questions.question("02-destitute").options["a"].reason.partition(" See ")[0]
        expect(page.get_by_text(reason).last).to_be_hidden()
        page.emulate_media(media="print")
        expect(page.get_by_text(reason).last).to_be_visible()
        assert page.pdf(format="A4").count(b"/Type /Page\n") > 15
