"""The evidence grid in a real JupyterLab: by keyboard, for a screen reader, for axe, unexecuted."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.harness import execute_as_published, open_notebook, write_notebook

CELL = "import notthesame as nts\ngrid = nts.evidence_grid()\ngrid"
ROOT = "section.nts-grid"


@pytest.fixture
def book(context, lab):
    write_notebook(lab.work / "grid.ipynb", CELL)
    with open_notebook(context, lab, "grid.ipynb") as book:
        book.page.set_viewport_size({"width": 1366, "height": 768})
        yield book
    lab.stop_kernels()


@pytest.fixture
def grid(book):
    book.cells.first.click()
    expect(book.page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=60_000)
    book.command("notebook:run-cell")
    root = book.page.locator(ROOT)
    root.wait_for(timeout=60_000)
    return root


def test_keyboard_only_once_through(book, grid):
    page = book.page
    status = grid.get_by_role("status")
    selected = book.selected()
    outcome = grid.get_by_role("combobox", name="Outcome", exact=True)
    book.press_until("Tab", outcome)
    page.keyboard.type("Traff")
    expect(outcome).to_have_value("trafficking")
    expect(status).to_contain_text("5 findings; 0 with a full comparison")
    page.keyboard.press("Home")
    expect(outcome).to_have_value("")
    expect(status).to_contain_text("37 findings")

    health = grid.get_by_role("combobox", name="Health", exact=True)
    book.press_until("Tab", health)
    page.keyboard.type("3")
    expect(health).to_have_value("3")
    expect(status).to_contain_text("First comes what you weighed most: health.")
    first = grid.locator("tbody tr").first
    expect(first).to_contain_text("Health:")
    expect(health).to_be_focused()

    cited = grid.get_by_role("checkbox")
    expect(grid.get_by_role("columnheader", name="Often cited for")).to_have_count(0)
    book.press_until("Tab", cited)
    page.keyboard.press("Space")
    expect(grid.get_by_role("columnheader", name="Often cited for")).to_have_count(1)
    findings = grid.get_by_role("group", name="Findings")
    book.press_until("Tab", findings, limit=2)
    assert book.selected() == selected and book.cells.count() == 1


def test_what_a_screen_reader_gets(grid):
    expect(grid).to_match_aria_snapshot(
        """
        - region "Evidence grid":
          - group "Show only":
            - combobox "Outcome"
            - combobox "Design"
            - combobox "Place"
          - group "What do you want to know first?":
            - combobox "Violence and other crime"
          - checkbox "Show for which policy each is often cited (grade first)"
          - status: /37 findings/
          - group "Findings":
            - table "Findings, in your order":
              - rowgroup:
                - row:
                  - columnheader "Study"
                  - columnheader "Place and policy"
        """
    )


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_and_targets_are_large_enough(book, grid, theme):
    book.theme(theme)
    found = Axe().run(book.page, context=ROOT).response["violations"]
    assert not found, [(v["id"], [node["html"] for node in v["nodes"]][:3]) for v in found]
    for control in grid.locator("select, input").all():
        box = control.bounding_box()
        assert box and min(box["width"], box["height"]) >= 24, control


def test_a_grid_without_its_kernel_says_that_the_table_is_old(book, grid, lab):
    lab.stop_kernels()
    grid.get_by_role("combobox", name="Place", exact=True).select_option("Norway")
    expect(grid.get_by_role("status")).to_contain_text("The kernel does not answer")


def test_a_fresh_clone_reads_whole_without_a_kernel(context, lab, tmp_path):
    path = write_notebook(lab.work / "stored.ipynb", CELL)
    execute_as_published(path, tmp_path / "elsewhere")
    with open_notebook(context, lab, "stored.ipynb") as book:
        expect(book.page.locator(ROOT)).to_have_count(0)
        expect(book.page.get_by_text("Run this cell to use the evidence grid")).to_be_visible()
        expect(book.page.get_by_text(re.compile("Error displaying widget"))).to_have_count(0)
        page = book.outputs.first
        table = page.locator("table").nth(1)
        expect(table).to_be_hidden()
        page.get_by_text("Trafficking and exploitation (5)").click()
        expect(table).to_be_visible()
        expect(table).to_contain_text("Cho, Dreher & Neumayer 2013")
