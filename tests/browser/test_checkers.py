"""The exported pages before two checkers beside axe: IBM's for accessibility, the W3C's for HTML.

Both come from npm. These tests are skipped where they are missing, and required where NOTTHESAME_NODE_TOOLS
names the folder that npm put them into, as in continuous integration (.ci/run).
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Browser

from notthesame import lessons
from notthesame.course import course
from tests.browser.harness import FEW_ENTRIES, LAB, Notebook, new_context
from tests.browser.ibm import violations
from tests.node_tools import tool

BOOK = next(book for book in lessons.read_all(course().lessons) if book.number == "05").path.stem
PAGES = ("index.html", f"lessons/{BOOK}.html", f"exercises/solutions/{BOOK[:3]}solution_{BOOK[3:]}.html")
CELLS = ["import notthesame as nts\nnts.definition_machine(predict=False)", "nts.argument_map()"]


def test_a_second_engine_finds_nothing_on_any_page(browser: Browser, site: Path) -> None:
    found: dict[str, list[str]] = {}
    with new_context(browser) as context:
        page = context.new_page()
        for path in sorted(site.rglob("*.html")):
            page.goto(path.as_uri())
            page.evaluate(FEW_ENTRIES)
            found[path.relative_to(site).as_posix()] = violations(page)
    assert len(found) >= 3 * len(lessons.files(course().lessons))
    assert not {name: faults for name, faults in found.items() if faults}


@pytest.mark.parametrize("name", PAGES)
def test_a_second_engine_finds_nothing_in_the_dark(browser: Browser, site: Path, name: str) -> None:
    with new_context(browser, color_scheme="dark") as context:
        page = context.new_page()
        page.goto((site / name).as_uri())
        assert violations(page) == []


def test_a_planted_fault_is_found(browser: Browser) -> None:
    with new_context(browser) as context:
        page = context.new_page()
        page.set_content(
            "<!doctype html><html lang=en><title>t</title><main><h1>t</h1><img src='data:,'></main>"
        )
        assert any(found.startswith("img_alt") for found in violations(page))


@pytest.mark.parametrize("number", range(len(CELLS)))
def test_a_second_engine_finds_nothing_in_labs(book: Notebook, number: int) -> None:
    book.run_cell(0)
    book.show_lab(number) if not number else book.run_cell(number)
    shown = book.cells.nth(number).locator(LAB)
    shown.wait_for(timeout=60_000)
    shown.evaluate("lab => lab.id = 'checked'")
    assert violations(book.page, "#checked") == []
    shown.evaluate("lab => lab.id = ''")


def test_the_checker_of_the_w3c_finds_no_error_on_any_page(site: Path) -> None:
    jar = tool("vnu-jar/build/dist/vnu.jar", "java")
    command = ["java", "-jar", str(jar), "--errors-only", "--skip-non-html", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[:3000]
