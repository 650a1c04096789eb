"""Our extension of JupyterLab: dark charts where nothing is trusted, links that lead to a heading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

import nbformat
from playwright.sync_api import Browser, Locator, Page, expect

from notthesame import figures
from tests.browser.harness import Lab, execute_as_published, new_context, open_in, open_page, write_notebook

HEADING = 'Ünder, over: "both"'
LINK = "other.ipynb#%C3%9Cnder,-over:-%22both%22"
CHART = """import matplotlib.pyplot as plt
import notthesame as nts
fig, ax = plt.subplots()
nts.figure(fig, alt="An empty chart, " * 5, caption="Empty.", source="us_penalties")"""


@pytest.fixture(scope="module")
def page(browser: Browser, lab: Lab) -> Iterator[Page]:
    with new_context(browser) as context, open_page(context, lab) as opened:
        yield opened


def test_a_link_to_a_heading_of_another_notebook_leads_there(page: Page, lab: Lab) -> None:
    texts = [f"## Section {number}\n\n{'Words. ' * 200}" for number in range(40)]
    texts[25] = f"## {HEADING}\n\nHere."
    write_texts(lab.work / "other.ipynb", *texts)
    write_texts(lab.work / "first.ipynb", f"[there]({LINK})")
    with open_in(page, lab, "first.ipynb"):
        page.get_by_role("link", name="there").click()
        heading = page.locator(f".jp-Notebook h2:has-text('{HEADING[:5]}')")
        expect(heading).to_be_in_viewport()
        page.wait_for_timeout(1500)  # a notebook that settles does not lose it
        expect(heading).to_be_in_viewport()
        page.evaluate("window.jupyterapp.shell.currentWidget.dispose()")


def write_texts(path: Path, *texts: str) -> None:
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text) for text in texts])
    for number, cell in enumerate(book.cells):
        cell["id"] = f"cell-{number}"
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(book, path)


def test_a_chart_of_a_notebook_not_trusted_is_dark_in_the_dark_theme(
    page: Page, lab: Lab, tmp_path: Path
) -> None:
    write_notebook(lab.work / "chart.ipynb", CHART)
    execute_as_published(lab.work / "chart.ipynb", tmp_path)
    with open_in(page, lab, "chart.ipynb") as book:
        picture = page.locator(".jp-Notebook .nts-figure img")
        expect(picture).to_be_visible()
        assert not page.locator(".jp-Notebook .jp-OutputArea style").count()  # taken out, so it is not ours
        assert drawn(picture) == "none"
        book.theme("JupyterLab Dark")
        try:
            assert drawn(picture).replace("0.", ".") == figures.DARK_FILTER
        finally:
            book.theme("JupyterLab Light")


def drawn(picture: Locator) -> str:
    return str(picture.evaluate("node => getComputedStyle(node).filter"))
