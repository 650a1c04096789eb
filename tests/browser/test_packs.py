"""Packs as Chromium prints and shows them: how many pages, nothing cut at an edge, letters large enough."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from notthesame import plans
from notthesame.classroom.packs import cards, workshop

MOST = {
    "packet": 4,
    "packet-without-minors": 4,
    "handout": 1,
    "grid": 1,
    "run-card": 4,
    "tally-card": 1,
    "exit-slips": 1,
    "help-list": 1,
    "index": 1,
}
WIDE = {"a4": 794 - 113, "letter": 816 - 113}  # CSS pixels between the margins of 15 mm
HIGH = "document.querySelectorAll('section.slide')"
FITS = f"[...{HIGH}].filter(s => s.offsetHeight > 768 || s.scrollWidth > 1366).length"
SIZES = "[...document.querySelectorAll('p,td,th')].map(e => parseFloat(getComputedStyle(e).fontSize))"
CUT = (
    "[...document.querySelectorAll('main *')]"
    ".filter(e => e.clientWidth && e.scrollWidth > e.clientWidth + 1).length"
)


@pytest.fixture
def page(browser: Browser) -> Page:
    return browser.new_page(viewport={"width": 1366, "height": 768})


def made(lesson: str, paper: str, folder: Path) -> Mapping[str, Path]:
    found = {}
    for sheet in workshop.pack(plans.plan("90-minutes", lesson), paper, 14 * 60):
        found[sheet.name.removesuffix(".html")] = path = folder / sheet.name
        path.write_bytes(sheet.content)
    return found


@pytest.mark.parametrize(
    ("lesson", "paper"), [("02", "a4"), ("02", "letter"), ("05", "letter"), ("12", "a4")]
)
def test_sheets_print_on_the_pages_they_promise(page: Page, tmp_path: Path, lesson: str, paper: str) -> None:
    files = made(lesson, paper, tmp_path)
    most = {**MOST, "letter-cards": 4, "position-sheets": len(cards.positions(lesson))}
    counts = {}
    for name, path in files.items():
        if name in most:
            page.goto(path.as_uri())
            counts[name] = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    assert {name: count for name, count in counts.items() if count > most[name]} == {}
    assert counts["letter-cards"] == 4 and counts["position-sheets"] == len(cards.positions(lesson))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": WIDE[paper], "height": 1000})
    for name in ("packet", "handout", "run-card"):
        page.goto(files[name].as_uri())
        assert page.evaluate(CUT) == 0, name
    page.close()


@pytest.mark.parametrize("lesson", ["02", "05", "12"])
def test_slides_fit_the_screen_and_are_read_from_the_back(page: Page, tmp_path: Path, lesson: str) -> None:
    page.goto(made(lesson, "a4", tmp_path)["slides"].as_uri())
    assert page.evaluate(FITS) == 0
    assert min(page.evaluate(SIZES)) >= 24
    titles = page.locator("section.slide h1")
    for key, at in (
        ("ArrowRight", 1),
        ("PageDown", 2),
        ("ArrowLeft", 1),
        ("End", titles.count() - 1),
        ("Home", 0),
    ):
        page.keyboard.press(key)
        page.wait_for_function(
            "n => Math.abs(document.querySelectorAll('section.slide')[n].getBoundingClientRect().top) < 2",
            arg=at,
        )
    page.close()
