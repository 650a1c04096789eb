"""The evidence grid in a real JupyterLab: once through by keyboard, and what a screen reader gets."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.harness import Notebook

CELLS = ["import notthesame as nts\nnts.evidence_grid()"]


@pytest.fixture
def grid(book: Notebook) -> Locator:
    return book.show_lab()


def test_keyboard_only_once_through(book, grid):
    page = book.page
    status = grid.get_by_role("status")
    selected = book.selected()
    outcome = grid.get_by_role("combobox", name="Outcome", exact=True)
    book.press_until("Tab", outcome)
    page.keyboard.type("Traff")
    expect(outcome).to_have_value("trafficking")
    expect(status).to_contain_text("6 findings; 0 with a full comparison")
    page.keyboard.press("Home")
    expect(outcome).to_have_value("")
    expect(status).to_contain_text("44 findings")

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
    expect(grid.locator("tbody tr")).to_have_count(4)
    book.press_until("Tab", grid.get_by_role("button", name="Show the other 40 findings"), limit=2)
    page.keyboard.press("Enter")
    expect(grid.locator("tbody tr")).to_have_count(44)
    expect(grid.locator("tbody tr").nth(4)).to_be_focused()
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
          - status: /44 findings/
          - group "Findings":
            - table "Findings, in your order":
              - rowgroup:
                - row:
                  - columnheader "Study"
                  - columnheader "Place and policy"
        """
    )
