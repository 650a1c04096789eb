"""The definition machine in a real JupyterLab: by keyboard and mouse, for a screen reader, from Python."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.harness import Notebook

CELL = "import notthesame as nts\nmachine = nts.definition_machine()\nmachine"
LATER = "import threading\nthreading.Timer(2, machine.set, [['act_transport', 'under_18']]).start()"
CELLS = [CELL, LATER]


@pytest.fixture
def machine(book: Notebook) -> Locator:
    """The machine of the first cell; the second cell has not run."""
    return book.show_lab()


def show(machine, case="w02-bed"):
    machine.get_by_role("combobox", name="Case", exact=True).select_option(case)
    expect(machine.get_by_role("status")).to_contain_text("Predict first")
    machine.get_by_role("button", name="Skip the prediction").click()
    expect(machine.get_by_role("table")).to_have_count(1)


def test_keyboard_only_once_through(book, machine):
    page = book.page
    status = machine.get_by_role("status")
    picker = machine.get_by_role("combobox", name="Case", exact=True)
    selected = book.selected()
    book.press_until("Tab", picker)
    page.keyboard.type("A bed")
    expect(picker).to_have_value("w02-bed")
    expect(status).to_have_text("A bed for Tomasi. Predict first.")

    for place, word in enumerate(["met", "not met", "not met", "depends", "met"]):
        select = machine.locator(".nts-choices select").nth(place)
        book.press_until("Tab", select, limit=3)
        page.keyboard.type(word[0])
        expect(select).to_have_value(word)
    book.press_until("Tab", machine.get_by_role("button", name="Show the verdicts"), limit=2)
    page.keyboard.press("Enter")
    expect(status).to_have_text("Verdicts shown. 4 of your 5 predictions agree.")
    verdicts = machine.get_by_role("group", name="Verdicts")
    expect(verdicts).to_be_focused()
    severe = machine.get_by_role("row", name="US severe form (sex)")
    expect(severe).to_contain_text("✕ not met")
    expect(severe).to_contain_text("not met (agrees)")

    harm = machine.get_by_role("combobox", name="coercion by fear of serious harm")
    book.press_until("Tab", harm)
    page.keyboard.press("ArrowDown")
    expect(harm).to_have_value("yes")
    expect(severe).to_contain_text("✓ met")
    expect(status).to_contain_text("US severe form (sex): not met, now met (22 U.S.C. 7102(3), (11)(A)).")
    expect(harm).to_be_focused()
    assert book.selected() == selected
    assert book.cells.count() == 2


def test_the_prediction_must_be_whole_or_skipped(book, machine):
    machine.get_by_role("button", name="Show the verdicts").click()
    expect(machine.locator(".nts-choices select").first).to_be_focused()
    expect(machine.get_by_role("table")).to_have_count(0)
    machine.get_by_role("button", name="Skip the prediction").click()
    expect(machine.get_by_role("table")).to_have_count(1)
    expect(machine.get_by_role("columnheader")).to_have_text(
        ["Instrument", "Verdict", "Deciding clause", "Missing or open"]
    )


def test_contradictions_give_way_on_the_page(book, machine):
    show(machine)
    adult = machine.get_by_role("combobox", name="an adult who agreed")
    expect(adult).to_have_value("yes")
    machine.get_by_role("combobox", name="under 18").select_option("yes")
    expect(adult).to_have_value("no")
    expect(machine.get_by_role("status")).to_contain_text("Nobody is both under 18 and a consenting adult.")
    expect(machine.get_by_text("(as coded: yes)")).to_have_count(1)
    machine.get_by_role("button", name="Back to the case as coded").click()
    expect(adult).to_have_value("yes")
    expect(machine.get_by_role("status")).to_contain_text("This is the case as coded.")


def test_a_state_set_from_python_keeps_the_focus(book, machine):
    show(machine)
    book.run_cell(1)
    machine.get_by_label("switches that turn nothing here").check()
    harbour = machine.get_by_role("combobox", name="houses or hides")
    harbour.focus()
    moves = machine.get_by_role("combobox", name="moves the person")
    expect(moves).to_have_value("no")
    expect(moves).to_have_value("yes")
    expect(machine.get_by_role("row", name="Palermo Protocol")).to_contain_text("✕ not met")
    expect(harbour).to_be_focused()
    expect(harbour).to_have_value("no")


def test_every_instrument_stands_in_two_tables(machine):
    show(machine)
    machine.get_by_label("Show every instrument").check()
    tables = machine.get_by_role("table")
    expect(tables).to_have_count(2)
    expect(tables.nth(1).locator("caption")).to_have_text("Definitions of sex work")
    expect(tables.nth(1).locator("tbody tr")).to_have_count(2)
    expect(tables.nth(1)).to_contain_text("silent on abuse of a position of vulnerability")


def test_what_a_screen_reader_gets(machine):
    show(machine)
    expect(machine).to_match_aria_snapshot(
        """
        - region "Definition machine":
          - combobox "Case":
            - option "A bed for Tomasi" [selected]
          - checkbox "Show every instrument"
          - status: /Verdicts shown/
          - group "Verdicts":
            - table "Definitions of trafficking and related offences":
              - rowgroup:
                - row:
                  - columnheader "Instrument"
                  - columnheader "Verdict"
                  - columnheader "Deciding clause"
                  - columnheader "Missing or open"
              - rowgroup:
                - row:
                  - rowheader "US broad label"
                  - cell "✓ met"
                  - cell "22 U.S.C. 7102(4), (12)"
                  - cell "Nothing."
          - button "Back to the case as coded"
          - group "Act":
            - combobox "recruits or entices"
          - group "Means":
            - combobox "coercion by fear of serious harm (alone would turn 1)"
        """
    )
    described = machine.get_by_role("combobox", name="under 18")
    expect(described).to_have_accessible_description("Is the person under 18?")


def test_case_verdicts_and_the_switches_that_matter_fit_a_screen(book, machine):
    show(machine)
    assert machine.bounding_box()["height"] < 640
    assert machine.locator(".nts-verdicts tbody tr").count() == 5
    few = machine.locator(".nts-switches label:visible").count()
    machine.get_by_label("switches that turn nothing here").check()
    assert machine.locator(".nts-switches label:visible").count() > few


def test_switches_that_would_turn_a_verdict_say_so_in_words(book, machine):
    show(machine)
    harm = machine.get_by_role("combobox", name="coercion by fear of serious harm (alone would turn 1)")
    expect(harm).to_be_visible()
    expect(harm.locator("xpath=..")).to_contain_text("⇄ 1")
    harm.select_option("yes")
    expect(machine.get_by_role("status")).to_contain_text("not met, now met")
    expect(machine.get_by_role("combobox", name="fear of serious harm (as coded: no)")).to_be_visible()


def test_the_legend_stays_when_a_switch_tells_its_question(machine):
    show(machine)
    machine.get_by_role("combobox", name="coercion by fear of serious harm").focus()
    expect(machine.locator(".nts-question")).to_contain_text("Was there a threat, scheme or pattern")
    expect(machine.locator(".nts-asks")).to_contain_text("this switch alone would turn 2 verdicts")


@pytest.mark.parametrize("width", [800, 1366])  # the page is shared, so its own width comes last
def test_no_group_of_switches_leaves_its_heading_or_touches_the_next(book, machine, width):
    book.page.set_viewport_size({"width": width, "height": 768})
    show(machine, "w07-file")
    machine.get_by_label("switches that turn nothing here").check()
    for group in machine.locator(".nts-switches fieldset:visible").all():
        assert group.evaluate("node => node.getClientRects().length") == 1, group.inner_text()
        lefts = group.evaluate(
            "node => [...node.querySelectorAll('legend, label')].filter(part => part.offsetParent)"
            ".map(part => Math.round(part.getBoundingClientRect().left / 20))"
        )
        assert len(set(lefts)) == 1, group.inner_text()
        texts = group.evaluate(
            "node => [...node.querySelectorAll('label > span')].filter(part => part.offsetParent)"
            ".map(part => part.getBoundingClientRect()).map(({ top, bottom }) => [top, bottom])"
        )
        assert all(low[0] - high[1] >= 3 for high, low in itertools.pairwise(texts)), texts


def test_what_is_missing_unfolds_and_stays_open(book, machine):
    show(machine, "w01-booker")
    severe = machine.get_by_role("row", name="US severe form (sex)")
    severe.locator("summary").click()
    expect(severe.get_by_text("Missing: one of: force")).to_be_visible()
    machine.get_by_role("combobox", name="abduction").select_option("yes")
    expect(machine.get_by_role("status")).to_contain_text("abduction", ignore_case=True)
    expect(severe.get_by_text("Missing: one of: force")).to_be_visible()
