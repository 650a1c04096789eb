"""The browser lab as a reader has it: handed out by a plain file server, driven in a real Chromium."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, expect

from notthesame.browser import lite

START_SECONDS = 180  # a busy machine takes a while to unpack Python
_DONE = """() => {
  const cells = window.jupyterapp.shell.currentWidget.content.widgets.filter(c => c.model.type === "code");
  const full = cells.filter(c => c.model.sharedModel.source.trim());
  return full.every(cell => cell.model.executionCount && cell.model.executionState !== "running");
}"""
_CELLS = """() => window.jupyterapp.shell.currentWidget.content.widgets
  .filter(cell => cell.model.type === "code" && cell.model.sharedModel.source.trim())
  .map(cell => ({
    source: cell.model.sharedModel.source,
    count: cell.model.executionCount,
    outputs: cell.model.outputs.toJSON(),
  }))"""


def expose(folder: Path) -> None:
    """Let tests call JupyterLab's commands, as the address of a page does for its own."""
    path = folder / lite.MARK
    settings = json.loads(path.read_text("utf-8"))
    settings["jupyter-config-data"]["exposeAppInBrowser"] = True
    path.write_text(json.dumps(settings), "utf-8")


@dataclass(frozen=True)
class Book:
    """A notebook open in the browser lab."""

    page: Page

    def ready(self) -> None:
        """Wait until Python is there and has nothing to do."""
        expect(self.page.locator("#jp-main-statusbar")).to_contain_text(
            "| Idle", timeout=1000 * START_SECONDS
        )

    def command(self, name: str) -> None:
        """Run one of JupyterLab's commands, as its menu does."""
        self.page.evaluate("name => { window.jupyterapp.commands.execute(name); }", name)

    def run_all(self) -> list[dict[str, Any]]:
        """Run All, to the end: each cell with its outputs."""
        self.ready()
        self.command("runmenu:run-all")
        self.page.wait_for_function(_DONE, timeout=1000 * START_SECONDS)
        self.ready()
        found: list[dict[str, Any]] = self.page.evaluate(_CELLS)
        return found

    def call(self, code: str) -> None:
        """Run code in the notebook's Python, in no cell; wait for its end."""
        self.page.evaluate(
            """code => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel
              .requestExecute({ code }).done.then(() => null)""",
            code,
        )

    def file(self, path: str) -> str:
        """The text of a file in the list of files."""
        content, form = self.page.evaluate(
            """path => window.jupyterapp.serviceManager.contents.get(path, { content: true })
              .then(({ content, format }) => [content, format])""",
            path,
        )
        return base64.b64decode(content).decode("utf-8") if form == "base64" else json.dumps(content)


@contextmanager
def opened(context: BrowserContext, address: str, path: str) -> Iterator[Book]:
    """A notebook by the link that leads to it."""
    page = context.new_page()
    page.goto(f"{address}/lab/index.html?path={path}")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    try:
        yield Book(page)
    finally:
        with suppress(Error):
            page.close(run_before_unload=False)


def faults(cells: list[dict[str, Any]]) -> list[str]:
    """What went wrong in cells: an error, a word on stderr, a cell that was not run."""
    found = []
    for number, cell in enumerate(cells, 1):
        where = f"code cell {number} ({cell['source'].strip()[:40]!r})"
        if not cell["count"]:
            found.append(f"{where} was not run")
        for output in cell["outputs"]:
            if output["output_type"] == "error":
                found.append(f"{where}: {output['ename']}: {output['evalue'][:200]}")
            elif output.get("name") == "stderr":
                found.append(f"{where}: {''.join(output['text'])[:200]}")
    return found


def stood_in(cells: list[dict[str, Any]]) -> int:
    """How many cells say that this Python lacks something."""
    said = [json.dumps(cell["outputs"]) for cell in cells]
    return sum(bool(re.search("which Python in this browser does not have", outputs)) for outputs in said)
