"""The pages of ``make site`` from file://, in a real Chromium without a network: read, answered, printed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Browser, Locator, Page, expect

from notthesame import evidence, lessons, questions
from notthesame.course import course
from notthesame.questions import Question, replies
from notthesame.site import _about, pages
from notthesame.subject import vignettes
from tests.browser.harness import FEW_ENTRIES, axe, new_context

SCREENS = {"projector": (1366, 768), "phone": (390, 844)}
BOOKS = lessons.read_all(course().lessons)
LESSON = next(book for book in BOOKS if book.number == "02")
ASKED = [questions.question(name) for name in LESSON.asked()]
LESSON_PAGE = f"lessons/{LESSON.path.stem}.html"
NAME = LESSON.path.stem.removeprefix("02_")
EXERCISE, SOLUTION = f"exercises/02_exercise_{NAME}.html", f"exercises/solutions/02_solution_{NAME}.html"
SORTS = ("index.html", "search.html", "data/ledger.html", "instructors/outcomes.html")
SORTS_OF_BOOKS = (LESSON_PAGE, EXERCISE, SOLUTION)
FRAME = {"pages.css", "pages.js", "bootstrap.js", "pydata-sphinx-theme.js", "doctools.js"}
FRAME |= {"documentation_options.js"}
COLD, WARM = 1_000_000, 450_000  # bytes of a lesson page: all its files, and what no other page shares


def page_of(number: str) -> str:
    return next(f"lessons/{book.path.stem}.html" for book in BOOKS if book.number == number)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page without a network that fails at the end if it asked for anything but files or had an error."""
    asked, wrong = set(), []
    with new_context(browser) as context:
        context.set_offline(True)
        context.on("request", lambda request: asked.add(request.url.partition(":")[0]))
        opened = context.new_page()
        opened.on("pageerror", lambda error: wrong.append(str(error)))
        opened.on("console", lambda said: wrong.extend([said.text] if said.type != "log" else []))
        yield opened
    assert asked == {"file", "data"} or asked == {"file"}
    assert wrong == []


def go(page: Page, site: Path, name: str = LESSON_PAGE) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.emulate_media(color_scheme="light", media="screen")
    page.goto((site / name).as_uri())


def form_of(page: Page, question: Question) -> Locator:
    return page.locator(f'section[data-question="{question.id}"] + div form.nts-control')


def first(kind: str) -> Question:
    return next(question for question in ASKED if question.kind == kind)


def find(page: Page, site: Path, kind: str, mode: str) -> tuple[Question, Locator]:
    """The course's first question of this sort, on its page, and its form."""
    every = ((book, questions.question(name)) for book in BOOKS for name in book.asked())
    book, question = next((b, q) for b, q in every if (q.kind, q.mode) == (kind, mode))
    go(page, site, f"lessons/{book.path.stem}.html")
    return question, form_of(page, question)


def expect_reply(form: Locator, question: Question, response: Any, first: bool = False) -> None:
    said = replies.reply(question, response, first=first)
    words = [said.verdict, said.answered, *(text for pair in said.reasons for text in pair if text)]
    live = form.get_by_role("status").first
    for text in words:
        expect(live).to_contain_text(text)


def test_every_question_has_a_control(page: Page, site: Path) -> None:
    go(page, site)
    expect(page.locator("form.nts-control")).to_have_count(page.locator("section[data-question]").count())
    for question in ASKED:
        expect(form_of(page, question).get_by_role("button", name="Check")).to_be_visible()


def test_a_mouse_gets_the_reason_for_right_and_for_wrong(page: Page, site: Path) -> None:
    go(page, site)
    question = first("single")
    form = form_of(page, question)
    for letter in sorted(question.options, key=lambda letter: letter in question.key):
        form.locator(f'label:has(input[value="{letter}"])').click()
        form.get_by_role("button", name="Check").click()
        expect_reply(form, question, letter)
        other = [option.reason for key, option in question.options.items() if key != letter]
        assert not any(reason in form.inner_text() for reason in other)


@pytest.mark.parametrize("mode", ["practice", "test"])
def test_ticking_everything_earns_nothing(page: Page, site: Path, mode: str) -> None:
    question, form = find(page, site, "multiple", mode)
    for letter in question.options:
        form.locator(f'input[value="{letter}"]').check()
    form.get_by_role("button", name="Check").click()
    expect_reply(form, question, list(question.options), first=True)
    expect(form.get_by_role("status").first).not_to_contain_text("Right.")


@pytest.mark.parametrize("mode", ["practice", "test"])
def test_a_number_is_checked(page: Page, site: Path, mode: str) -> None:
    question, form = find(page, site, "numeric", mode)
    for number in (question.value, question.value + 1_000):
        form.get_by_role("textbox").fill(f"{number:.15g}")
        form.get_by_role("textbox").press("Enter")
        expect_reply(form, question, number)


@pytest.mark.parametrize("mode", ["practice", "test"])
def test_an_order_is_checked(page: Page, site: Path, mode: str) -> None:
    question, form = find(page, site, "ordering", mode)
    for order in (list(question.key), list(question.key)[::-1]):
        for place, letter in zip(form.locator(".nts-ordering select").all(), order, strict=True):
            place.select_option(letter)
        form.get_by_role("button", name="Check").click()
        expect_reply(form, question, order)


def test_a_keyboard_alone_skips_answers_and_goes_on(page: Page, site: Path) -> None:
    go(page, site)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)
    question = first("single")
    form = form_of(page, question)
    radios = form.get_by_role("radio")
    for _ in range(200):
        page.keyboard.press("Tab")
        if radios.first.evaluate("node => node === document.activeElement"):
            break
    outline = radios.first.evaluate("node => getComputedStyle(node).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect_reply(form, question, list(question.options)[1])
    expect(form.get_by_role("button", name="Check")).to_be_focused()


def test_a_page_keeps_no_answer(page: Page, site: Path) -> None:
    go(page, site)
    form = form_of(page, first("single"))
    form.get_by_role("radio").first.check()
    form.get_by_role("button", name="Check").click()
    expect(form.get_by_role("status").last).to_have_text("This page keeps no answers.")
    page.reload()
    expect(form.get_by_role("radio", checked=True)).to_have_count(0)
    assert kept(page) <= {"mode", "theme"}


def kept(page: Page) -> set[str]:
    """The names of what pages keep in the browser."""
    assert page.evaluate("document.cookie") == ""
    return {*page.evaluate("Object.keys({...localStorage, ...sessionStorage})")} - {"sidebar-scroll-top"}


def test_a_claim_leads_to_its_entry_and_back(page: Page, site: Path) -> None:
    go(page, site)
    link = page.locator('main a[href*="ledger.html#"]').first
    entry = (link.get_attribute("href") or "").partition("#")[2]
    link.click()
    page.wait_for_url("**/data/ledger.html#*")
    heading = page.locator("section:target > h2")
    expect(heading).to_have_text(entry)
    expect(heading).to_be_in_viewport()
    page.locator(f'section[id="{entry}"] > .cited a').first.click()
    expect(page.locator("h1")).to_have_text(LESSON.title)


def test_next_and_contents_lead_through_the_course(page: Page, site: Path) -> None:
    go(page, site, "index.html")
    page.get_by_role("link", name=LESSON.title).click()
    page.locator("a.right-next").click()
    assert page.url.endswith(EXERCISE)
    page.get_by_role("link", name="Previous", exact=False).click()
    page.get_by_role("link", name="contents").click()
    assert page.url.endswith("index.html")


def test_the_zip_unpacked_elsewhere_opens_and_leads_through_the_course(
    page: Page, site: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(site / pages.PACKED) as packed:
        packed.extractall(tmp_path)
    go(page, tmp_path / "not-the-same", "index.html")
    expect(page.get_by_role("link", name="For instructors")).to_have_count(0)
    page.get_by_role("link", name="02 What the law calls").first.click()
    page.locator('nav[aria-label="Routes"] a').filter(has_text="06 ").click()  # Methods leaves out 03 to 05
    expect(page.locator("h1")).to_contain_text("06 ")
    page.locator('main a[href*="ledger.html#"]').first.click()
    expect(page.locator("section:target > h2")).to_be_in_viewport()
    page.get_by_role("link", name="contents").click()
    assert page.url == (tmp_path / "not-the-same" / "index.html").as_uri()


def test_a_lesson_page_is_light(browser: Browser, site: Path) -> None:
    with new_context(browser) as context:
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        for book in BOOKS:
            asked.clear()
            page.goto((site / f"lessons/{book.path.stem}.html").as_uri())
            files = [Path(unquote(urlsplit(url).path)) for url in {*asked} if url.startswith("file:")]
            live = {"page.css", "page.js"} if page.locator("[data-call]").count() else set()
            assert {file.name for file in files} == {f"{book.path.stem}.html", *FRAME, *live}
            assert sum(file.stat().st_size for file in files) <= COLD
            assert (site / f"lessons/{book.path.stem}.html").stat().st_size <= WARM


def test_words_are_found_and_not_kept(page: Page, site: Path) -> None:
    go(page, site)
    page.get_by_role("link", name="Search").click()
    page.get_by_role("searchbox").fill("Palermo")
    page.keyboard.press("Enter")
    found = page.locator("#search-results li a")
    expect(found.filter(has_text=LESSON.title).first).to_be_visible()
    assert kept(page) <= {"mode", "theme"}
    found.filter(has_text=LESSON.title).first.click()
    expect(page.locator("h1")).to_have_text(LESSON.title)


def test_dark_is_chosen_once_for_all_pages(browser: Browser, site: Path) -> None:
    with new_context(browser, color_scheme="light") as context:
        page = context.new_page()
        page.goto((site / "index.html").as_uri())
        page.get_by_role("button", name="Color mode").click()
        page.get_by_role("button", name="Dark").click()
        page.goto((site / LESSON_PAGE).as_uri())
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
        assert kept(page) == {"mode", "theme"}


@pytest.mark.parametrize("way", ["click", "key", "shift", "no script", "menu"])
def test_a_page_is_left_at_once(browser: Browser, site: Path, way: str) -> None:
    with browser.new_context(java_script_enabled=way != "no script") as context:
        context.route(_about.EXIT, lambda route: route.fulfill(body="<title>Elsewhere</title>"))
        page = context.new_page()
        page.goto((site / "index.html").as_uri())
        page.goto((site / LESSON_PAGE).as_uri())
        link = page.get_by_role("link", name="Leave this page")
        expect(link).to_have_accessible_description(re.compile("does not clear your history"))
        if way == "shift":
            for key in ("Shift", "Shift", "a", "Shift", "Shift"):
                page.keyboard.press(key)
            expect(link).to_be_visible()  # three in a row, or nothing
            page.keyboard.press("Shift")
        elif way == "key":
            page.keyboard.press("Tab")
            page.keyboard.press("Tab")
            expect(link).to_be_focused()
            page.keyboard.press("Enter")
        elif way == "menu":
            page.set_viewport_size({"width": 390, "height": 844})
            page.get_by_role("button", name="Site navigation").click()
            page.get_by_role("dialog").get_by_role("link", name="Leave this page").click()
        else:
            link.click()
        page.wait_for_url(_about.EXIT)
        page.go_back()
        back = LESSON_PAGE if way == "no script" else "index.html"
        assert page.url == (site / back).as_uri()  # a script leaves no step back to the page


SMALL = """() => [...document.querySelectorAll("header :is(a, button), nav a, summary, .nts-exit, .nts-door")]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 24).map(e => e.textContent)"""


@pytest.mark.parametrize("screen", SCREENS)
def test_what_can_be_pressed_is_large_enough(page: Page, site: Path, screen: str) -> None:
    for name in ("index.html", LESSON_PAGE):
        go(page, site, name)
        width, height = SCREENS[screen]
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("document.querySelectorAll('details').forEach(block => { block.open = true; })")
        assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", [*SORTS, EXERCISE, SOLUTION, *(page_of(book.number) for book in BOOKS)])
def test_no_page_scrolls_sideways(page: Page, site: Path, name: str, screen: str) -> None:
    go(page, site, name)
    width, height = SCREENS[screen]
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("document.querySelectorAll('details').forEach(block => { block.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    boxes = (
        "boxes => boxes.filter(b => (b.scrollWidth > b.clientWidth) !== b.hasAttribute('tabindex')).length"
    )
    page.wait_for_function(f"({boxes})([...document.querySelectorAll('.wide')]) === 0")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", (*SORTS, *SORTS_OF_BOOKS))
def test_axe_finds_nothing(page: Page, site: Path, name: str, scheme: Literal["light", "dark"]) -> None:
    go(page, site, name)
    page.emulate_media(color_scheme=scheme)
    if name == LESSON_PAGE:
        for question in (first("single"), first("multiple")):
            form_of(page, question).locator("input").first.check()
            form_of(page, question).get_by_role("button", name="Check").click()
    page.evaluate(FEW_ENTRIES)
    page.evaluate("document.querySelectorAll('details').forEach(block => { block.open = true; })")
    assert axe(page) == []


def test_without_a_script_everything_reads(browser: Browser, site: Path) -> None:
    with new_context(browser, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((site / LESSON_PAGE).as_uri())
        assert page.locator("form").count() == 0
        for question in ASKED:
            section = page.locator(f'section[data-question="{question.id}"]')
            expect(section).to_contain_text(question.stem)
            section.locator("summary").click()
            for _, reason, _ in question.reasons():
                expect(section.get_by_text(reason)).to_be_visible()
        page.locator("figure img").last.evaluate("node => node.closest('details').open = true")
        expect(page.locator("figure img").first).to_be_visible()


# --- paper --------------------------------------------------------------------------------------------------

MOST = {"02": 12, "05": 12, "09": 12, "12": 17}  # pages, without answers
# What the margins of paper.css leave, in CSS pixels.
SHEETS = {"A4": 672, "Letter": 694}
OUT = """() => { const edge = document.querySelector("main").getBoundingClientRect().right + 1;
  const out = e => e.checkVisibility() && e.getBoundingClientRect().right > edge;
  return [...document.querySelectorAll("main *")].filter(out).map(e => e.outerHTML.slice(0, 80)); }"""
NOT_ON_PAPER = re.compile(
    r"Open (when|after|for)|Answer first|then open|open the (block|picture|table)|folded cell|cells hidden"
    r"|[Rr]un (the|this|it)\b(?!, including)|kernel|\bnts\."
)


def on_paper(page: Page, site: Path, name: str, answers: bool = False) -> None:
    go(page, site, name)
    if answers:
        page.get_by_role("link", name="choose this").click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")


def pages_of(page: Page, paper: Literal["A4", "Letter"] = "A4") -> int:
    page.emulate_media(media="print")
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))


@pytest.mark.parametrize("book", BOOKS[1:], ids=lambda book: book.number)  # the first is about the tool
def test_paper_speaks_of_no_cell_block_or_id(page: Page, site: Path, book: lessons.Notebook) -> None:
    on_paper(page, site, f"lessons/{book.path.stem}.html")
    text = page.locator("main").inner_text().partition("\nSources\n")[0]
    ids = {*questions.known_questions(), *vignettes.vignettes(), *evidence.known_facts()}
    assert NOT_ON_PAPER.search(text) is None
    assert [name for name in ids if re.search(rf"(?<![\w-]){name}(?![\w-])", text)] == []
    for question in map(questions.question, book.asked()):
        section = page.locator(f'section[data-question="{question.id}"]')
        closed = section.locator("xpath=ancestor::details").count()  # under More
        assert (" ".join(question.stem.split()) in " ".join(text.split())) == (not closed)
        assert not any(reason in text for _, reason, _ in question.reasons())
    for width in SHEETS.values():
        page.set_viewport_size({"width": width, "height": 1000})
        assert page.evaluate(OUT) == []


def test_paper_numbers_its_sources(page: Page, site: Path) -> None:
    on_paper(page, site, LESSON_PAGE)
    shown = "nodes => nodes.filter(n => n.checkVisibility()).map(n => n.textContent)"
    listed = page.locator(".sources li").evaluate_all(shown)
    cited = {int(mark) for mark in page.locator("main sup.paper").evaluate_all(shown)}
    assert cited <= {*range(1, len(listed) + 1)} and len(listed) > 15
    assert "22 U.S.C. § 7102" in listed[0] and "(note 1)" in listed[1]
    on_paper(page, site, LESSON_PAGE, answers=True)
    assert len(page.locator(".sources li").evaluate_all(shown)) > len(listed)


@pytest.mark.parametrize("script", [True, False])
def test_paper_with_answers_is_asked_for(browser: Browser, site: Path, script: bool) -> None:
    """By the link at the foot of the page, with a script or without one; then every reason is printed."""
    with new_context(browser, java_script_enabled=script) as context:
        page = context.new_page()
        page.goto((site / LESSON_PAGE).as_uri())
        without = pages_of(page)
        page.emulate_media(media="screen")
        page.get_by_role("link", name="choose this").click()
        with_answers = pages_of(page)
        assert without <= MOST["02"] and with_answers > without + 8
        page.emulate_media(media="print")
        for question in ASKED:
            section = page.locator(f'section[data-question="{question.id}"]')
            expect(section.locator("summary")).to_have_text("Answer and reasons", use_inner_text=True)
            if script:
                expect(form_of(page, question)).to_be_hidden()
        expect(page.locator("details.hide").first).to_be_hidden()
        page.emulate_media(media="screen")
        assert page.locator("main details[open]").count() == 0
        page.get_by_role("link", name="close them again").click()
        assert pages_of(page) == without


@pytest.mark.parametrize("number", MOST)
def test_a_lesson_fits_few_sheets(page: Page, site: Path, number: str) -> None:
    go(page, site, page_of(number))
    assert max(pages_of(page), pages_of(page, "Letter")) <= MOST[number]
