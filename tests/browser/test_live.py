"""Labs live on a page: Pyodide from the page's own folder, a plain file server, a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Browser, Locator, Page, Route, expect

import notthesame as nts
from notthesame.questions import drafts
from notthesame.site import live
from notthesame.subject import own_instrument
from tests.browser.harness import LAB, axe, new_context
from tests.browsers import served
from tests.node_tools import tool

CODE = {call: f"nts.{call}()" for call in live.PURE}
CODE["definition_machine"] = 'nts.definition_machine([*nts.lesson_vignettes(), "v04-picker"])'
BUTTON = "Use the lab here"
# The one page of the test: each lab's static block as a page has it, in a page of the plainest kind.
SHELL = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Labs</title>
<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,"></head>
<body><main><h1>Labs</h1>{}</main></body></html>"""


def block(call: str) -> str:
    static = (
        getattr(nts, call)()._static().replace('mathjax_ignore"', f'mathjax_ignore" data-lab="{call}"', 1)
    )
    return f"<h2>{call}</h2><div>{static}\n<p class=note>To use it, open this lesson as a notebook.</p></div>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one page with every lab that a page can run."""
    tool("pyodide/pyodide-lock.json")
    page = SHELL.format("\n".join(map(block, live.PURE)))
    [made] = live.added([{"lessons/labs.html": page.encode()}], {"lessons/labs.html": [*CODE.values()]})
    folder = tmp_path_factory.mktemp("a site")
    for name, content in made.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder) as site:
        yield f"{site}/lessons/labs.html"


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    """One page for all tests; it fails at the end if it sent anything, kept anything, or had an error."""
    sent, wrong = [], []
    with new_context(browser) as context:
        context.on("request", lambda asked: sent.append(asked.url) if asked.method != "GET" else None)
        opened = context.new_page()
        opened.on("pageerror", lambda error: wrong.append(str(error)))
        opened.set_viewport_size({"width": 1366, "height": 768})
        opened.goto(address)
        yield opened
        kept = "localStorage.length + sessionStorage.length + document.cookie.length"
        assert opened.evaluate(kept) == 0
    assert (sent, wrong) == ([], [])


def box(page: Page, call: str) -> Locator:
    return page.locator(f'[data-lab="{call}"] + .nts-live')


def opened(page: Page, call: str) -> Locator:
    """The lab, opened by its button where it is not yet."""
    shown = box(page, call).locator(LAB)
    if not shown.count():
        box(page, call).get_by_role("button", name=BUTTON).click()
        shown.wait_for(timeout=90_000)
    return shown


# --- before, and where it cannot be


def test_a_press_loads_nothing_before_and_can_be_stopped_and_tried_again(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    machine = box(page, "definition_machine")
    expect(machine.get_by_role("status")).to_contain_text("What you do here stays in this page.")
    assert asked == []
    page.route("**/python_stdlib.zip", lambda route: None)  # never comes
    machine.get_by_role("button", name=BUTTON).press("Enter")
    expect(machine.get_by_role("status")).to_have_text("Python is loading.")
    expect(machine.get_by_role("progressbar", name="Loaded of Python")).to_be_visible()
    expect(machine.get_by_role("button", name="Stop")).to_be_focused()
    machine.get_by_role("button", name="Stop").press("Enter")
    expect(machine.get_by_role("status")).to_have_text("Stopped.")
    expect(machine.get_by_role("button", name=BUTTON)).to_be_focused()
    page.unroute("**/python_stdlib.zip")


def test_what_is_missing_is_said_in_one_line(page: Page) -> None:
    def lost(route: Route) -> None:
        route.fulfill(status=404)

    page.route("**/pyodide-lock.json", lost)
    machine = box(page, "definition_machine")
    machine.get_by_role("button", name=BUTTON).click()
    status = machine.get_by_role("status")
    expect(status).to_contain_text("The lab could not be loaded", timeout=60_000)
    expect(status).to_contain_text("The text above says the same without it.")
    page.unroute("**/pyodide-lock.json", lost)


def test_a_file_says_what_to_do(browser: Browser, folder: Path) -> None:
    with new_context(browser) as context:
        opened = context.new_page()
        opened.goto((folder / "lessons/labs.html").as_uri())
        asks = box(opened, "argument_map")
        asks.get_by_role("button", name=BUTTON).click()
        expect(asks.get_by_role("status")).to_contain_text("start.py")
        expect(asks.get_by_role("button", name=BUTTON)).to_be_focused()


def test_without_a_script_there_is_no_button(browser: Browser, address: str) -> None:
    with new_context(browser, java_script_enabled=False) as context:
        opened = context.new_page()
        opened.goto(address)
        assert opened.get_by_role("button").count() == 0
        expect(opened.get_by_text("open this lesson as a notebook").first).to_be_visible()


# --- each lab: opened, changed, and as Python has it


def machine(shown: Locator) -> str:
    shown.get_by_role("button", name="Skip the prediction").click()
    shown.get_by_role("combobox", name="Case", exact=True).select_option("w02-bed")
    shown.get_by_role("button", name="Skip the prediction").click()
    shown.get_by_role("combobox", name="coercion by fear of serious harm").select_option("yes")
    made: Any = nts.definition_machine([*nts.lesson_vignettes(), "v04-picker"])
    made.revealed = True
    made.vignette = "w02-bed"
    made.revealed = True
    made.true = [*made.true, "coercion_serious_harm"]
    for row in made.rows:
        expect(shown.get_by_role("row", name=row["short"])).to_contain_text(row["sign"])
    return str(made.message)


def counting(shown: Locator) -> str:
    shown.get_by_role("button", name="Skip the prediction").click()
    shown.get_by_role("slider", name="Minors").press("Home")
    made: Any = nts.counting_lab(predict=False)
    made.numbers = {**made.numbers, "minor": 0}
    return str(made.message)


def argument_map(shown: Locator) -> str:
    shown.get_by_role("combobox", name="Keep a claim").select_option("q2-voids")
    made: Any = nts.argument_map()
    made.focus = "q2-voids"
    return str(made.message)


def evidence_grid(shown: Locator) -> str:
    shown.get_by_role("combobox", name="Outcome", exact=True).select_option("trafficking")
    made: Any = nts.evidence_grid()
    made.outcome = "trafficking"
    return str(made.message)


def interval_game(shown: Locator) -> str:
    group = shown.get_by_role("group", name=re.compile("How many members voted no"))
    group.get_by_label("From").fill("50 to 150")
    group.get_by_label("From").press("Enter")
    made: Any = nts.interval_game()
    made.set(votes="50 to 150")
    expect(shown).to_contain_text(made.rows["votes"]["figure"])
    return str(made.message)


def own_law(shown: Locator) -> str:
    shown.get_by_role("button", name="Fill in").click()
    shown.get_by_role("combobox", name="under 18").select_option("unsure")
    described = own_instrument.described(own_instrument.MODELS[0])
    made: Any = nts.own_law(**{**described, "name": own_instrument.NAME})
    age = {"age": [each for each in made.age if each != "under_18"], "unsure": [*made.unsure, "under_18"]}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drafts, "keep", lambda *given: live._bridge.KEEPS_NOTHING)
        made.set(**age)
    return str(made.message)


def wording_table(shown: Locator) -> str:
    shown.get_by_role("combobox", name="Place").select_option("UK (Scotland)")
    made: Any = nts.wording_table()
    made.set(place="UK (Scotland)")
    return str(made.message)


CHANGES: dict[str, Callable[[Locator], str]] = {
    "definition_machine": machine,
    "argument_map": argument_map,
    "counting_lab": counting,
    "evidence_grid": evidence_grid,
    "interval_game": interval_game,
    "own_law": own_law,
    "wording_table": wording_table,
}


@pytest.mark.parametrize("call", CHANGES)
def test_a_change_gets_the_verdict_of_python(page: Page, call: str) -> None:
    assert {*CHANGES} == {*live.PURE}
    shown = opened(page, call)
    expect(box(page, call).get_by_role("button", name=BUTTON)).to_have_count(0)
    assert page.evaluate("document.activeElement.matches('section.nts-lab')")
    said = CHANGES[call](shown)
    expect(shown.get_by_role("status")).to_contain_text(said)


# --- how it lies on the page


def test_the_static_block_is_one_line_and_opens(page: Page) -> None:
    shown = opened(page, "evidence_grid")
    static = page.locator('[data-lab="evidence_grid"]')
    assert static.bounding_box()["height"] < 40  # type: ignore[index]
    shown.get_by_role("button", name="Show the text above").click()
    expect(static.locator("summary").first).to_be_visible()
    expect(page.get_by_text("open this lesson as a notebook")).to_have_count(0)


def test_a_page_writes_no_file_and_says_so(page: Page) -> None:
    shown = opened(page, "argument_map")
    shown.get_by_role("button", name="Save marks and objections").click()
    expect(shown.get_by_role("status")).to_have_text(
        "A page writes no file. The notebook of this lesson does."
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_labs(page: Page, scheme: Any) -> None:
    opened(page, "definition_machine")
    page.emulate_media(color_scheme=scheme)
    assert axe(page, ".nts-live") == []
    page.emulate_media(color_scheme="light")


def test_a_phone_scrolls_no_page_sideways(page: Page) -> None:
    opened(page, "definition_machine")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1366, "height": 768})
