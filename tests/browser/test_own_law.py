"""The lab of your own law in a real JupyterLab: filled in, changed, kept, checked, there again."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.harness import control

CELLS = ["import notthesame as nts\nlab = nts.own_law()\nlab", "nts.task('02-own-law')"]


def test_a_text_is_filled_in_changed_and_checked_by_keyboard(book):
    law, page = book.show_lab(), book.page
    status = law.get_by_role("status")
    expect(status).to_contain_text("Nothing yet for: Acts, Means, Purposes.")
    name = law.get_by_role("textbox", name="Name")
    book.press_until("Tab", name)
    name.fill("")
    page.keyboard.type("Freedonia x b")  # of which JupyterLab has its own use outside a text field
    book.press_until("Tab", law.get_by_role("button", name="Fill in"), limit=3)
    page.keyboard.press("Enter")
    expect(status).to_contain_text(
        "Freedonia x b: none of 12 cases parts from the Palermo Protocol. Draft kept."
    )
    age = law.get_by_role("combobox", name="under 18")
    book.press_until("Tab", age)
    page.keyboard.type("uns")
    expect(status).to_contain_text("1 of 12 cases parts from the Palermo Protocol: Greta's spare room.")
    expect(age).to_be_focused()
    expect(status).to_contain_text("Turned: Greta's spare room, now depends.")
    greta = law.get_by_role("row", name="Greta's spare room")
    expect(greta.get_by_role("cell").first).to_have_text("? depends means ≠ (parts)")
    greta.get_by_role("button").click()
    age.select_option("no")
    expect(
        law.get_by_role("row", name="Noor, 17, quarrels")
    ).to_be_visible()  # though the table is drawn anew
    means = law.get_by_role("combobox", name="Means")
    means.select_option("none")
    expect(status).to_contain_text("2 of 12 cases part from the Palermo Protocol: Marek and the booker")
    expect(law.get_by_role("combobox", name="abduction")).to_be_hidden()
    law.get_by_role("button", name="Fill in").click()
    expect(status).to_contain_text("none of 12 cases")
    undo = law.get_by_role("button", name="Undo")
    undo.click()
    expect(status).to_contain_text("2 of 12 cases")
    undo.press("Enter")  # which undoes itself
    expect(status).to_contain_text("none of 12 cases")
    undo.press("Enter")
    expect(means).to_have_value("none")
    book.run_cell(1)
    control(book, 1).get_by_role("button", name="Check").click()
    expect(control(book, 1)).to_contain_text(
        "The form is right: acts, means and purposes each have an answer."
    )


def test_it_comes_back_and_what_it_lacks_is_said(book):
    law = book.show_lab()
    expect(law.get_by_role("textbox", name="Name")).to_have_value("Freedonia x b")
    expect(law.get_by_role("combobox", name="Means")).to_have_value("none")
    law.get_by_role("combobox", name="Means").select_option("any")
    expect(law.get_by_role("status")).to_contain_text("Nothing yet for: Means.")
    expect(law.get_by_role("row", name="Greta's spare room")).to_contain_text("not yet")
    book.run_cell(1)
    control(book, 1).get_by_role("button", name="Check").click()
    expect(control(book, 1)).to_contain_text("Nothing yet for: Means.")
