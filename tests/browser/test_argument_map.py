"""The argument map in a real JupyterLab: once through by keyboard, and what a screen reader gets."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.harness import Notebook

CELLS = ["import notthesame as nts\nnts.argument_map()"]


@pytest.fixture
def shown(book: Notebook) -> Locator:
    return book.show_lab()


def test_keyboard_only_once_through(book, shown, lab):
    page, status = book.page, shown.get_by_role("status")
    expect(status).to_contain_text("Nothing is accepted")
    question = shown.get_by_role("combobox", name="Question")
    book.press_until("Tab", question)
    page.keyboard.type("Q2")
    expect(shown.get_by_role("combobox", name="q2-voids")).to_be_visible()
    keep = shown.get_by_role("combobox", name="Keep a claim")
    book.press_until("Tab", keep, limit=2)
    page.keyboard.type("q2-v")
    expect(status).to_have_text("To keep q2-voids: 0 to reject, 3 to answer.")

    asks = shown.get_by_role("group", name="What keeping the claim asks of you")
    go = asks.get_by_role("button", name="Go to the mark of q2-stands")
    book.press_until("Tab", go, limit=8)
    page.keyboard.press("Enter")
    stands = shown.get_by_role("combobox", name="q2-stands Economic constraint")
    expect(stands).to_be_focused()
    page.keyboard.type("a")
    expect(status).to_have_text("q2-stands: accept. To keep q2-voids: 1 to reject, 2 to answer.")
    expect(asks).to_contain_text("Reject one or the other (1)")
    expect(stands).to_be_focused()

    book.press_until("Tab", shown.locator("summary", has_text="Add an objection"))
    page.keyboard.press("Enter")
    book.press_until("Tab", shown.get_by_role("textbox", name="Objection"))
    page.keyboard.type("xaba: need comes in degrees.")
    book.press_until("Tab", shown.get_by_role("button", name="Add the objection"), limit=2)
    page.keyboard.press("Enter")
    expect(status).to_contain_text("Objection added; it stays on this page.")
    expect(shown.get_by_role("combobox", name="own-1 xaba")).to_have_count(1)
    assert not list(lab.work.glob("my_*.json"))

    book.press_until("Tab", shown.get_by_role("button", name="Save marks and objections"))
    page.keyboard.press("Enter")
    expect(status).to_contain_text("Written to my_argument_map.json")
    saved = json.loads((lab.work / "my_argument_map.json").read_text("utf-8"))
    assert (saved["accepted"], saved["own"][0]["id"]) == (["q2-stands"], "own-1")
    assert book.selected() == [0] and book.cells.count() == 1


def test_what_a_screen_reader_gets(shown):
    for fold in shown.locator(".nts-nodes summary:visible").all()[1:]:
        fold.click()
    expect(shown).to_match_aria_snapshot(
        """
        - region "Argument map":
          - combobox "Question"
          - combobox "Keep a claim"
          - status: /Nothing is accepted/
          - group "What keeping the claim asks of you"
        """
    )
    for group, name in (
        ("Claims", "q1-yes There can be"),
        ("Reasons", "q1-bodily"),
        ("Objections and replies", "q1-self A buyer"),
    ):
        marks = shown.get_by_role("group", name=group)
        expect(marks.get_by_role("combobox", name=name)).to_be_visible()
