"""The SCORM package in a real Chromium before a platform's run-time that is not ours: npm's scorm-again."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Browser, BrowserContext, FrameLocator, Locator, Page, Route, expect

from notthesame import lessons, questions
from notthesame.classroom.items import Export
from notthesame.course import course
from notthesame.questions import Question
from tests.browser.harness import axe, new_context
from tests.classroom import packages
from tests.node_tools import tool

HOST = "http://127.0.0.1:9/"  # every request is answered here, before it reaches a network
BOOKS = {book.number: book for book in lessons.read_all(course().lessons)}
ALONE, KEPT = "This page keeps no answers.", "Kept on your learning platform."
SMALL = "lessons/00_start.html"
LOST = "Your learning platform did not keep this answer."
KINDS = {"html": "text/html", "css": "text/css", "js": "text/javascript"}
RUN_TIME = """
window.calls = [];
window.API = new Scorm12API({ lmsCommitUrl: '/commit', logLevel: 5 });
for (const name of ['LMSInitialize', 'LMSFinish', 'LMSSetValue', 'LMSCommit']) {
  API.on(name, element => calls.push(element ? `${name} ${element}` : name));
}
if (KEPT) API.loadFromJSON(KEPT, 'cmi');
"""


@dataclass
class Platform:
    """A learning platform with the package in it: what it serves, and what it was last told to keep."""

    page: Page
    run_time: str
    files: Mapping[str, bytes]
    kept: dict[str, Any] | None = None
    asked: list[str] = field(default_factory=list)

    def serve(self, route: Route) -> None:
        name = route.request.url.removeprefix(HOST).partition("?")[0]
        self.asked.append(name)
        if name == "commit":
            self.kept = json.loads(route.request.post_data or "")["cmi"]
            route.fulfill(json={"result": True, "errorCode": 0})
        elif name.startswith("player"):
            route.fulfill(body=self.player, content_type="text/html")
        elif name in self.files:
            kind = KINDS.get(name.rpartition(".")[2], "text/plain")
            route.fulfill(body=self.files[name], content_type=f"{kind}; charset=utf-8")
        else:
            route.abort()
            raise AssertionError(f"asked for {name}")

    def open(self, place: str, script: str | None = None) -> FrameLocator:
        """A page of the package, in a frame of one that runs this script, or the run-time."""
        frame = f'<iframe title="lesson" width="1000" height="700" src="{place}"></iframe>'
        start = f"{self.run_time}{RUN_TIME}".replace("KEPT", json.dumps(self.kept))
        self.player = f"<!doctype html><script>{start if script is None else script}</script>{frame}"
        self.page.goto(f"{HOST}player")
        return self.page.frame_locator("iframe")

    def told(self, name: str) -> Any:
        return self.page.evaluate(f"API.cmi.{name}")


def page_of(number: str) -> str:
    return f"lessons/{BOOKS[number].path.stem}.html"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with new_context(browser) as opened:
        yield opened


@contextmanager
def platform_with(context: BrowserContext, package: Export) -> Iterator[Platform]:
    """A platform whose page has no error and asks nobody else."""
    wrong: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    whole = zipfile.ZipFile(io.BytesIO(packages.content(package)))
    files = {name: whole.read(name) for name in whole.namelist()}
    found = Platform(page, tool("scorm-again/dist/scorm12.min.js").read_text(encoding="utf-8"), files)
    context.route("**/*", found.serve)
    yield found
    assert wrong == []


@pytest.fixture
def platform(context: BrowserContext) -> Iterator[Platform]:
    """One with the whole course."""
    with platform_with(context, packages.whole()) as found:
        yield found


@pytest.fixture
def small(context: BrowserContext, tmp_path: Path) -> Iterator[Platform]:
    """One with a course that asks one question."""
    with platform_with(context, packages.small(tmp_path)) as found:
        yield found


def form_of(frame: FrameLocator | Page, question: Question) -> Locator:
    return frame.locator(f'section[data-question="{question.id}"] + div form.nts-control').first


def answer(form: Locator, question: Question, response: Any) -> None:
    if question.kind == "numeric":
        form.get_by_role("textbox").fill(f"{response:.15g}")
    elif question.kind == "ordering":
        for select, letter in zip(form.locator(".nts-ordering select").all(), response, strict=True):
            select.select_option(letter)
    else:
        for box in form.locator("input:checked[type=checkbox]").all():
            box.uncheck()
        for letter in response:
            form.locator(f'input[value="{letter}"]').check()
    form.get_by_role("button", name="Check").click()


def wrong(question: Question) -> Any:
    if question.kind == "numeric":
        return question.value + 1_000
    if question.kind == "ordering":
        return list(question.key)[::-1]
    return next(letter for letter in question.options if letter not in question.key)


def right(question: Question) -> Any:
    return question.value if question.kind == "numeric" else list(question.key)


def note(form: Locator) -> Locator:
    return form.get_by_role("status").last


def test_a_lesson_is_answered_left_and_taken_up_again(platform: Platform) -> None:
    asked = [questions.question(name) for name in BOOKS["00"].asked()]
    assert {question.kind for question in asked} == {"single", "multiple", "numeric", "ordering"}
    scored = [question for question in asked if question.mode == "practice"]
    assert 0 < len(scored) < len(asked)
    missed = {next(q.id for q in scored if q.kind == kind) for kind in ("single", "multiple", "ordering")}
    frame = platform.open(page_of("00"))
    expect(frame.locator("form.nts-control")).to_have_count(len(asked))
    assert platform.told("core.lesson_status") == "incomplete" and platform.told("core.score.raw") == ""

    *first, last = asked
    for question in first:
        form = form_of(frame, question)
        for response in ([wrong(question)] if question.id in missed else []) + [right(question)]:
            answer(form, question, response)
            expect(note(form)).to_have_text(KEPT)
    assert platform.told("core.lesson_status") == "incomplete"
    frame = platform.open(page_of("00"))  # on another day
    for question in first:
        form = form_of(frame, question)
        expect(form.get_by_role("status").first).to_contain_text("You answered ")
        if question.mode == "practice":
            expect(form.get_by_role("status").first).to_contain_text("Right.")
    expect(form_of(frame, last).get_by_role("status").first).to_be_empty()
    answer(form_of(frame, last), last, right(last))
    expect(note(form_of(frame, last))).to_have_text(KEPT)
    share = round(100 * (len(scored) - len(missed)) / len(scored))
    assert platform.told("core.lesson_status") == "completed"
    assert [platform.told(f"core.score.{name}") for name in ("raw", "min", "max")] == [str(share), "0", "100"]
    assert platform.page.evaluate("calls.at(-1)") == "LMSCommit"

    again = form_of(frame, scored[0])
    answer(again, scored[0], wrong(scored[0]))  # a first answer stays the first
    expect(note(again)).to_have_text(KEPT)
    platform.page.evaluate("document.querySelector('iframe').src = 'data/glossary.html'")
    expect(frame.locator("h1")).to_have_text("The glossary")
    calls = platform.page.evaluate("calls")
    assert calls[0] == "LMSInitialize" and calls[-1] == "LMSFinish"
    names = {call.partition(" cmi.")[2] for call in calls if call.startswith("LMSSetValue")}
    scores = {"core.score.raw", "core.score.min", "core.score.max"}
    assert names == {"core.lesson_status", "core.exit", "suspend_data"} | scores
    assert platform.kept and platform.kept["core"]["lesson_status"] == "completed"
    assert platform.kept["core"]["score"]["raw"] == str(share)
    assert len(platform.kept["suspend_data"]) <= 4096
    assert {*json.loads(platform.kept["suspend_data"])} == {question.id for question in asked}


def test_a_link_opens_beside_the_lesson_and_that_page_keeps_to_itself(
    platform: Platform, context: BrowserContext
) -> None:
    frame = platform.open(page_of("02"))
    link = frame.locator('main a[href*="ledger.html#"]').first
    with context.expect_page() as opened:
        link.click()
    beside = opened.value
    expect(beside.locator("section:target > h2")).to_be_in_viewport()
    beside.locator("section:target > .cited a").filter(has_text=BOOKS["02"].title).click()
    question = questions.question(BOOKS["02"].asked()[0])
    answer(form_of(beside, question), question, right(question))
    expect(note(form_of(beside, question))).to_have_text(ALONE)
    assert "LMSFinish" not in platform.page.evaluate("calls")
    assert frame.locator('a[href^="#"][target]').count() == 0
    expect(frame.locator("h1")).to_have_text(BOOKS["02"].title)
    assert axe(platform.page.frames[1]) == []


BARE = "window.calls = 0; const say = word => () => { calls += 1; return word; };\n"
NAMES = ["LMSInitialize", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSFinish", "LMSGetLastError"]


def api(**said: str) -> str:
    """A script of a platform whose calls give these words of JavaScript."""
    return f"{BARE}window.API = {{ {', '.join(f'{name}: {words}' for name, words in said.items())} }};"


def keeps(data: str) -> str:
    """One that works, and that gives back this as what it kept."""
    return api(**dict.fromkeys(NAMES, "say('true')") | {"LMSGetValue": f"say({json.dumps(data)})"})


THROWS = "() => { throw new Error('no'); }"
BAD = {
    "nothing": ("", ALONE),
    "no object": (f"{BARE}window.API = 'API';", ALONE),
    "no functions": (api(LMSInitialize="1"), ALONE),
    "one that throws": (api(**dict.fromkeys(NAMES, THROWS)), ALONE),
    "one that refuses": (api(**dict.fromkeys(NAMES, "say('false')")), ALONE),
    "one that knows no value": (api(LMSInitialize="say(true)"), LOST),
    "one that says what is no text": (api(LMSInitialize="say('true')", LMSGetValue="() => Symbol()"), LOST),
    "one that fails later": (api(**dict.fromkeys(NAMES, THROWS) | {"LMSInitialize": "say(true)"}), LOST),
    "one nobody may look at": (
        "Object.defineProperty(window, 'API', { get() { throw new Error('no'); } });",
        ALONE,
    ),
    **{
        data: (keeps(data), KEPT)
        for data in (
            "",
            "{",
            "null",
            "[1, 2]",
            '"text"',
            '{"ID": null}',
            '{"ID": ["z"]}',
            '{"ID": [["a"], {}]}',
            '{"ID": {"length": 1}}',
            '{"__proto__": ["a"], "toString": ["b"]}',
            f'{{"ID": [{"1," * 9_000}1]}}',
        )
    },
}


def test_a_platform_that_fails_never_breaks_the_page(small: Platform) -> None:
    question = packages.ASKED
    for name, (script, words) in BAD.items():
        form = form_of(small.open(SMALL, script.replace("ID", question.id)), question)
        expect(form.get_by_role("radio", checked=True)).to_have_count(0)
        answer(form, question, right(question))
        expect(form.get_by_role("status").first, name).to_contain_text("Right.")
        expect(note(form), name).to_have_text(words)


def test_a_platform_is_found_in_a_frame_further_out_and_in_what_opened_the_page(
    small: Platform, context: BrowserContext
) -> None:
    question = packages.ASKED
    small.open(SMALL, keeps(""))
    nested = f'<iframe title="inner" width="900" height="600" src="/{SMALL}"></iframe>'
    small.page.evaluate("html => { document.querySelector('iframe').srcdoc = html; }", nested)
    inner = small.page.frame_locator("iframe").frame_locator("iframe")
    with context.expect_page() as opened:
        small.page.evaluate(f"window.open('/{SMALL}')")
    for place in (inner, opened.value):
        answer(form_of(place, question), question, right(question))
        expect(note(form_of(place, question))).to_have_text(KEPT)


def test_a_lesson_that_asks_nothing_is_completed_by_opening_it(
    context: BrowserContext, tmp_path: Path
) -> None:
    with platform_with(context, packages.small(tmp_path, "Read.")) as platform:
        expect(platform.open(SMALL).locator("main")).to_contain_text("Read.")
        assert platform.told("core.lesson_status") == "completed"
        assert platform.told("core.score.raw") == platform.told("suspend_data") == ""
