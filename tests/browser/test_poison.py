"""A poisoned ledger as JupyterLab and our pages show it: the words are there, and nothing acts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright.sync_api", reason="the test extra is not installed")

from playwright.sync_api import expect

from notthesame.authoring.ledger import entry
from notthesame.evidence import Fact, Value
from notthesame.site import pages
from tests.site.test_poison import POISON

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from tests.browser.harness import Lab

WORDS = " ".join(POISON.split())
LIVE = "script, img, iframe, a[href*='javascript'], [onerror], code, del, b, mjx-container"


def poisoned() -> str:
    """A ledger of two entries with poison in each field that a fact has."""
    import datetime

    day = datetime.date(2026, 11, 22)
    values = {"votes": Value("votes", 97, POISON, POISON)}
    fact = Fact(
        "law-poison", POISON, "usc_22_7102", "primary", POISON, day, values, "", POISON, {"n": POISON}
    )
    first = [
        Fact(f"law-first-{n}", f"{sign} {POISON}", "usc_22_7102", "primary", "p.", day)
        for n, sign in enumerate("#>-+=1")
    ]
    return "# The ledger\n" + "".join(map(entry, [fact, *first]))


def assert_dead(page: Page, within: str) -> None:
    expect(page.locator(f"{within} h2")).to_have_count(7)
    found = page.locator(within).locator(LIVE).evaluate_all("all => all.map(one => one.outerHTML)")
    assert not found, found[:3]
    assert " ".join(page.locator(within).inner_text().split()).count(WORDS) == 6 + 6


def test_jupyterlab_shows_a_poisoned_ledger_as_text(lab: Lab, context: BrowserContext) -> None:
    (lab.work / "poison.md").write_text(poisoned(), "utf-8")
    page = context.new_page()
    said: list[str] = []
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(f"{lab.url}/lab/tree/{lab.place('poison.md')}?factory=Markdown+Preview&token={lab.token}")
    expect(page.locator(".jp-MarkdownViewer h2").first).to_be_visible(timeout=60_000)
    assert_dead(page, ".jp-MarkdownViewer .jp-RenderedMarkdown")
    assert not said


def test_our_page_shows_it_as_text(context: BrowserContext, tmp_path: Path) -> None:
    (tmp_path / "ledger.html").write_text(
        f"<!doctype html><main>{pages.markdown(poisoned())}</main>", "utf-8"
    )
    page = context.new_page()
    page.goto((tmp_path / "ledger.html").as_uri())
    assert_dead(page, "main")
