"""Our extension of JupyterLab: dark charts where nothing is trusted, links to headings, saved controls."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

import nbformat
from playwright.sync_api import Locator, Page, expect

from notthesame import figures, questions
from tests.browser.harness import (
    WIDGET_VIEW,
    Lab,
    execute_as_published,
    open_in,
    write_notebook,
)

PRACTICE = [question.id for question in questions.known_questions().values() if question.mode == "practice"]
HEADING = 'Ünder, over: "both"'
LINK = "other.ipynb#%C3%9Cnder,-over:-%22both%22"
CHART = """import matplotlib.pyplot as plt
import notthesame as nts
fig, ax = plt.subplots()
nts.figure(fig, alt="An empty chart, " * 5, caption="Empty.", source="us_penalties")"""


@pytest.fixture(scope="module")
def page(page_of_labs: Page) -> Page:
    return page_of_labs


def test_a_link_to_a_heading_of_another_notebook_leads_there(page: Page, lab: Lab) -> None:
    texts = [f"## Section {number}\n\n{'Words. ' * 200}" for number in range(40)]
    texts[25] = f"## {HEADING}\n\nHere."
    write_texts(lab.work / "other.ipynb", *texts)
    write_texts(lab.work / "first.ipynb", f"[there]({LINK})")
    with open_in(page, lab, "first.ipynb"):
        page.get_by_role("link", name="there").click()
        heading = page.locator(f".jp-Notebook h2:has-text('{HEADING[:5]}')")
        try:
            expect(heading).to_be_in_viewport()
            page.wait_for_timeout(1500)  # a notebook that settles does not lose it
            expect(heading).to_be_in_viewport()
        finally:
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


# As where a kernel takes two seconds to start: nothing is found in time, and all is there when that is said.
LATE = """async ids => {
  const manager = window._JUPYTERLAB["@jupyter-widgets/jupyterlab-manager"];
  const { WidgetManager } = (await manager.get("./index"))();
  const find = WidgetManager.prototype.get_model, late = new Set(ids);
  window.foundAtOnce = () => { WidgetManager.prototype.get_model = find; };
  WidgetManager.prototype.get_model = async function (id) {
    if (!late.delete(id)) return find.call(this, id);
    while (!this.restoredStatus) await new Promise((resolve) => { setTimeout(resolve, 20); });
    throw new Error("widget model not found");
  };
}"""


def test_saved_controls_are_there_although_they_were_given_up(page: Page, lab: Lab) -> None:
    asked = [f"nts.ask({name!r})" for name in PRACTICE[:2]]
    path = write_notebook(lab.work / "saved.ipynb", "import notthesame as nts", *asked)
    with open_in(page, lab, "saved.ipynb") as book:
        book.run_all()
        expect(page.locator("form.nts-control")).to_have_count(2)
        book.save()
        expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    outputs = [output for cell in nbformat.read(path, 4).cells for output in cell.outputs]
    shown = [output.data[WIDGET_VIEW]["model_id"] for output in outputs if WIDGET_VIEW in output.data]
    assert len(shown) == 2
    page.evaluate(LATE, shown)
    with open_in(page, lab, "saved.ipynb", 2):
        expect(page.locator(".jp-Notebook")).not_to_contain_text("model not found")
    page.evaluate("foundAtOnce()")


def drawn(picture: Locator) -> str:
    return str(picture.evaluate("node => getComputedStyle(node).filter"))
