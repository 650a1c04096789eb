"""A real Chromium for tests, on the JupyterLab of ``tests.jupyter``: the steps a learner takes in a notebook.

A ``Notebook`` is one page of it.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import resources
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Frame, Locator, Page, expect

from tests.jupyter import CELLS, LIVE, is_loopback
from tests.jupyter import LAB as LAB
from tests.jupyter import PROJECT as PROJECT
from tests.jupyter import WIDGET_VIEW as WIDGET_VIEW
from tests.jupyter import Lab as Lab
from tests.jupyter import Settings as Settings
from tests.jupyter import environment as environment
from tests.jupyter import execute_as_published as execute_as_published
from tests.jupyter import start_lab as start_lab
from tests.jupyter import write_notebook as write_notebook

expect.set_options(timeout=20_000)  # a busy machine is slow, and slow is not wrong

# The ledger is one entry many times over: its first thirty stand for all, or a checker takes minutes.
FEW_ENTRIES = (
    "[...document.querySelectorAll('section > section:nth-of-type(30) ~ *')].forEach(node => node.remove())"
)
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def chromium() -> str | None:
    """The path of a Chromium on this system: NOTTHESAME_CHROMIUM, else the first of the usual names."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return os.environ.get("NOTTHESAME_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


# --- the browser -------------------------------------------------------------------------------------------


@contextmanager
def new_context(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    """A browser context that fails at its end if any request or socket left loopback."""
    context = browser.new_context(viewport={"width": 1100, "height": 900}, **options)
    context.set_default_timeout(20_000)
    gone: list[str] = []

    def note(url: str) -> None:
        if not is_loopback(url):
            gone.append(url)

    context.on("request", lambda request: note(request.url))
    context.on("page", lambda page: page.on("websocket", lambda sock: note(sock.url)))
    try:
        yield context
    finally:
        context.close()
    if gone:
        raise AssertionError(f"{len(gone)} requests left this machine: {sorted(set(gone))[:5]}")


_IN_VIEW = """([cells, number]) => {
  const cell = document.querySelectorAll(cells)[number];
  cell?.scrollIntoView({ block: "nearest" });
  const box = cell?.getBoundingClientRect();
  return Boolean(box?.height) && box.top < innerHeight && box.bottom > 0;
}"""


@dataclass(frozen=True)
class Notebook:
    """One notebook open in JupyterLab."""

    page: Page
    path: str

    @property
    def cells(self) -> Locator:
        return self.page.locator(CELLS)

    @property
    def outputs(self) -> Locator:
        return self.page.locator(".jp-Notebook .jp-OutputArea-output")

    def show(self, number: int) -> Locator:
        """Scroll to a code cell, again until it holds: a notebook that settles puts its cells in anew."""
        cell = self.cells.nth(number)
        self.page.wait_for_function(_IN_VIEW, arg=[CELLS, number])
        return cell

    def command(self, name: str, **arguments: Any) -> None:
        """Run one of JupyterLab's commands, as its menu does."""
        script = "([name, args]) => window.jupyterapp.commands.execute(name, args).then(() => null)"
        self.page.evaluate(script, [name, arguments])

    def run_all(self) -> None:
        """Run All, once the kernel is really connected: pressed earlier it is lost without a word."""
        self.wait_for_kernel()
        prompts = self.page.locator(".jp-Notebook .jp-CodeCell .jp-InputArea-prompt")
        self.command("runmenu:run-all")
        for prompt in prompts.all():
            expect(prompt).to_have_text(re.compile(r"\[\d+\]:"), timeout=60_000)

    def run_cell(self, number: int) -> None:
        """Run one cell, and wait for nothing."""
        self.cells.nth(number).locator(".jp-InputArea-prompt").click()
        self.command("notebook:run-cell")

    def show_lab(self, number: int = 0) -> Locator:
        """Run a cell whose last line is a lab, and return the lab: a new one, whatever was there before."""
        self.wait_for_kernel()
        self.command("notebook:clear-all-cell-outputs")
        expect(self.page.locator(LAB)).to_have_count(0)
        self.run_cell(number)
        shown = self.cells.nth(number).locator(LAB)
        shown.wait_for(timeout=60_000)  # the first fit loads statsmodels
        return shown

    def restart_kernel(self) -> None:
        """Restart the kernel by the menu."""
        self.page.evaluate("() => { window.jupyterapp.commands.execute('kernelmenu:restart'); }")
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        self.wait_for_kernel()

    def wait_for_kernel(self) -> None:
        """Wait until the kernel is there and has nothing to do."""
        expect(self.page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=60_000)

    def save(self) -> None:
        self.command("docmanager:save")

    def alive(self, least: int = 0) -> int:
        """How many questions, tasks and labs can be used: something in them takes a choice or a press.

        least: how many to wait for, since saved ones come back one after another.
        """
        parts = ", ".join(f"{part}:has(input:enabled, select:enabled, button:enabled)" for part in LIVE)
        if least:
            self.page.locator(parts).nth(least - 1).wait_for(timeout=30_000)
        return self.page.locator(parts).count()

    def selected(self) -> list[int]:
        """The numbers of the selected cells."""
        marks = self.cells.evaluate_all("cells => cells.map(c => c.classList.contains('jp-mod-selected'))")
        return [number for number, on in enumerate(marks) if on]

    def theme(self, name: str) -> None:
        """JupyterLab's theme, by its name: "JupyterLab Light" or "JupyterLab Dark"."""
        self.command("apputils:change-theme", theme=name)
        light = "true" if name.endswith("Light") else "false"
        self.page.locator(f'body[data-jp-theme-light="{light}"]').wait_for(state="attached")

    def press_until(self, key: str, target: Locator, limit: int = 60) -> None:
        """Press a key until the target has the focus."""
        for _ in range(limit):
            self.page.keyboard.press(key)
            if target.evaluate("node => node === document.activeElement"):
                return
        raise AssertionError(f"{key} pressed {limit} times did not reach {target}")


def control(notebook: Notebook, cell: int) -> Locator:
    """The control of the question, or the form of the task, in a cell."""
    return notebook.cells.nth(cell).locator("form.nts-control")


@contextmanager
def open_notebook(context: BrowserContext, lab: Lab, path: str) -> Iterator[Notebook]:
    """A notebook in a fresh workspace and page."""
    with open_page(context, lab, f"/tree/{lab.place(path)}") as page:
        page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
        yield Notebook(page, path)


@contextmanager
def open_page(context: BrowserContext, lab: Lab, address: str = "") -> Iterator[Page]:
    """JupyterLab in a fresh workspace and page."""
    page = context.new_page()
    workspace = f"test-{secrets.token_hex(4)}"
    page.goto(f"{lab.url}/lab/workspaces/{workspace}{address}?reset&token={lab.token}")
    try:
        page.locator("#jp-main-dock-panel .jp-Activity").first.wait_for(timeout=60_000)
        yield page
    finally:
        with suppress(Error):
            page.close(run_before_unload=False)


@contextmanager
def open_in(page: Page, lab: Lab, path: str, controls: int = 0) -> Iterator[Notebook]:
    """A notebook in a page that is there already, as a click in the list of files opens it.

    A new page takes some seconds to load. controls: how many saved questions and tasks to wait for.
    """
    notebook = Notebook(page, path)
    notebook.command("docmanager:open", path=lab.place(path))
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    seen = "n => document.querySelectorAll('form.nts-control').length >= n"
    page.wait_for_function(seen, arg=controls, timeout=30_000)
    try:
        yield notebook
    finally:
        _close(page, lab, path)


def _close(page: Page, lab: Lab, path: str) -> None:
    page.evaluate("window.jupyterapp.shell.currentWidget.dispose()")  # asks nothing, unlike its command
    lab.stop_kernels(path)


def axe(page: Page | Frame, *parts: str) -> list[str]:
    """What axe-core finds in these parts of a page, or in all of it: each rule with the elements at fault."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    script = """async parts => {
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
      const options = { runOnly: { type: 'tag', values: tags }, rules: { 'target-size': { enabled: true } } };
      const where = parts.length ? { include: parts.map(part => [part]) } : document;
      const found = await axe.run(where, { ...options, preload: false });
      if (!found.passes.some(rule => rule.id === 'color-contrast')) return ['axe checked no contrast'];
      return found.violations.map(rule => rule.id + ': ' + rule.nodes.map(node => node.html).join(' '));
    }"""
    found: list[str] = page.evaluate(script, parts)
    return found
