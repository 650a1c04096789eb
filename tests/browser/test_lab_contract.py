"""What every lab promises, as far as a browser shows it; tests/labs/test_contract.py has the kernel's part.

A lab is covered as soon as it stands in ``labs.LABS``. All of them share one page, a cell each, and each test
runs its lab's cell anew. What is special to a lab is in a file of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

import notthesame as nts
from notthesame.labs import LABS
from tests.browser.harness import (
    LAB,
    Lab,
    Notebook,
    axe,
    execute_as_published,
    open_notebook,
    write_notebook,
)
from tests.labs.outline import Outline

CALLS = list(LABS)
CELLS = [f"import notthesame as nts\n{call} = nts.{call}()\n{call}" for call in CALLS]
CONTROLS = ":is(button, input, select, textarea, summary):visible:not(:disabled)"
REACHED = f":is({CONTROLS}, [tabindex='0']:visible)"  # with the parts that scroll by themselves
each_lab = pytest.mark.parametrize("call", CALLS)


def name_of(call: str) -> str:
    """What the lab is called, as a heading has it."""
    called: str = getattr(nts, call)().called
    return called[0].upper() + called[1:]


@pytest.fixture
def shown(book: Notebook, call: str) -> Locator:
    return book.show_lab(CALLS.index(call))


def open_all(shown: Locator) -> None:
    """Bring up all that one press shows: skip the prediction, tick every box, open every part."""
    skip = shown.get_by_role("button", name="Skip the prediction")
    if skip.count():
        skip.click()
        expect(skip).to_be_hidden()
    for box in shown.get_by_role("checkbox").all():
        box.check()
    shown.locator("details").evaluate_all("parts => parts.forEach(part => { part.open = true; })")


# --- by keyboard


@each_lab
def test_tab_reaches_every_control_in_order_and_leads_out(book: Notebook, shown: Locator) -> None:
    controls = shown.locator(REACHED)
    selected, wanted = book.selected(), controls.count()
    where = "all => all.indexOf(document.activeElement)"
    controls.first.focus()
    visited = [0]
    while (place := controls.evaluate_all(where)) >= 0 and len(visited) < 5 * wanted:
        visited += [place] if place != visited[-1] else []  # a date has three parts
        book.page.keyboard.press("Tab")
    assert visited == list(range(wanted)) and wanted > 3
    assert not shown.evaluate("lab => lab.contains(document.activeElement)")
    assert book.selected() == selected and book.cells.count() == len(CALLS)


@each_lab
def test_plain_keys_stay_inside(book: Notebook, shown: Locator) -> None:
    """JupyterLab has a use for most of them: "x" cuts the cell, "b" adds one, arrows move to another."""
    selected = book.selected()
    kinds = "all => all.map(control => control.tagName + control.type)"
    seen = shown.locator(REACHED).evaluate_all(kinds)
    # From the last to the first: a key that opens or closes a part changes only what comes after it.
    for place in sorted(map(seen.index, set(seen)), reverse=True):
        shown.locator(REACHED).nth(place).focus()
        presses = "button" in seen[place]
        for key in ("x", "b", "a", "m", "ArrowDown", "ArrowUp", "d", "d", *(() if presses else ("Space",))):
            book.page.keyboard.press(key)
        book.page.keyboard.press("Escape")  # which is JupyterLab's own, and leads out
        assert book.cells.count() == len(CALLS) and book.selected() == selected, seen[place]


# --- for a screen reader, for axe, for a finger


@each_lab
def test_a_screen_reader_gets_a_named_region_a_status_and_a_name_for_every_control(
    shown: Locator, call: str
) -> None:
    expect(shown).to_have_role("region")
    expect(shown).to_have_accessible_name(name_of(call))
    expect(shown.get_by_role("status")).to_have_count(1)
    expect(shown.get_by_role("status")).to_have_text(re.compile(r"\w"))
    open_all(shown)
    for control in shown.locator(REACHED).all():
        expect(control).to_have_accessible_name(re.compile(r"\w"))


@pytest.fixture(scope="module", params=["JupyterLab Light", "JupyterLab Dark"])
def theme(book: Notebook, request: pytest.FixtureRequest) -> Iterator[None]:
    book.theme(request.param)
    yield
    book.theme("JupyterLab Light")


@each_lab
def test_axe_finds_nothing(theme: None, book: Notebook, shown: Locator) -> None:
    assert axe(book.page, LAB) == []
    open_all(shown)
    assert axe(book.page, LAB) == []


@each_lab
def test_targets_are_large_enough(shown: Locator) -> None:
    open_all(shown)
    script = """all => all.map(node => [node.getBoundingClientRect(), node.outerHTML.slice(0, 80)])
      .filter(([box]) => Math.min(box.width, box.height) < 24).map(([, html]) => html)"""
    assert shown.locator(CONTROLS).count() > 3
    assert shown.locator(CONTROLS).evaluate_all(script) == []


# --- one view, folded


SCROLLING = """lab => [...lab.querySelectorAll('*')]
  .filter(node => !node.matches('select, textarea, .nts-picture'))
  .filter(node => ['auto', 'scroll'].some(word => getComputedStyle(node).overflow.includes(word)))
  .map(node => node.className)"""


@each_lab
def test_nothing_scrolls_by_itself_at_any_width(book: Notebook, shown: Locator) -> None:
    open_all(shown)
    for width in (1366, 800):
        book.page.set_viewport_size({"width": width, "height": 768})
        assert shown.evaluate(SCROLLING) == []
        assert shown.evaluate("lab => lab.scrollWidth - lab.clientWidth") <= 0
    book.page.set_viewport_size({"width": 1366, "height": 768})


@each_lab
def test_the_static_block_is_one_line_while_the_lab_is_live(
    book: Notebook, shown: Locator, call: str
) -> None:
    block = book.cells.nth(CALLS.index(call)).locator(f".jp-OutputArea-output section:not({LAB})").first
    assert block.bounding_box()["height"] < 30  # type: ignore[index]
    expect(shown).to_contain_text("To settle")
    shown.get_by_role("button", name="Show the text above").click()
    expect(shown.get_by_role("button", name="Show the text above", expanded=True)).to_be_visible()
    expect(block.locator("summary").first).to_be_visible()
    shown.evaluate("lab => lab.remove()")
    expect(block.locator("summary").first).to_be_visible()


# --- without a kernel


@pytest.fixture(scope="module")
def clone(context: BrowserContext, lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Notebook]:
    """The notebook as the repository stores it, opened by somebody else, and not run."""
    path = write_notebook(lab.work / "stored.ipynb", *CELLS)
    execute_as_published(path, tmp_path_factory.mktemp("elsewhere"))
    with open_notebook(context, lab, path.name) as opened:
        yield opened


@each_lab
def test_a_fresh_clone_reads_whole_without_a_kernel(clone: Notebook, call: str) -> None:
    cell = clone.show(CALLS.index(call))
    made = getattr(nts, call)()
    expect(cell.locator(LAB)).to_have_count(0)
    expect(cell.get_by_text(f"Run this cell to use the {made.called}", exact=True)).to_be_visible()
    expect(cell.get_by_text(re.compile("Error displaying widget|model not found"))).to_have_count(0)
    block = cell.locator(".jp-OutputArea-output section").first
    read = (block.text_content() or "").split()
    assert read == Outline(made._static()).text.split()
    first = block.locator("details").first
    inside = first.locator(":scope > :not(summary)").first
    expect(inside).to_be_hidden()
    first.locator("summary").first.click()
    expect(inside).to_be_visible()


MOVE = """all => all.forEach(control => {
  if (control.type.startsWith('select')) control.selectedIndex = control.options.length - 1;
  else if (control.type === 'text') control.value = '10 to 50';
  else control.stepUp();
  for (const kind of ['input', 'change']) control.dispatchEvent(new Event(kind, { bubbles: true }));
})"""


@pytest.fixture(scope="module")
def dead(context: BrowserContext, lab: Lab) -> Iterator[Notebook]:
    """Every lab after its kernel has gone and each of its controls has been moved."""
    write_notebook(lab.work / "dead.ipynb", *CELLS)
    with open_notebook(context, lab, "dead.ipynb") as opened:
        opened.run_all()
        for number in range(len(CALLS)):
            opened.cells.nth(number).locator(LAB).wait_for(timeout=60_000)
        lab.stop_kernels("dead.ipynb")
        opened.page.locator(
            f"{LAB} :is(select, input[type=range], input[type=number], input[type=text])"
        ).evaluate_all(MOVE)
        yield opened


@each_lab
def test_a_lab_without_its_kernel_says_so(dead: Notebook, call: str) -> None:
    shown = dead.cells.nth(CALLS.index(call)).locator(LAB)
    expect(shown.get_by_role("status")).to_contain_text("The kernel does not answer")
    expect(shown.locator(".nts-stale")).to_have_count(1)
