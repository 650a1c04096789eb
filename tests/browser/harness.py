"""A real JupyterLab and a real Chromium for tests: start, stop, and the steps a learner takes in a notebook.

A ``Lab`` is one server with folders of its own (settings, trust, answers), so that two are two machines;
``start_lab`` on the same folder again is the next day. A ``Notebook`` is one page of it.
"""

from __future__ import annotations

import json
import os
import re
import runpy
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import nbclient
import nbformat
from playwright.sync_api import Browser, BrowserContext, Error, Frame, Locator, Page, expect

PROJECT = Path(__file__).parents[2]
Settings = Mapping[str, Mapping[str, Any]]
# The settings of JupyterLab that a learner has.
LAB_SETTINGS: Settings = runpy.run_path(str(PROJECT / "start.py"))["LAB_SETTINGS"]
EXTENSIONS = PROJECT / "src/notthesame/front/labextensions"
expect.set_options(timeout=20_000)  # a busy machine is slow, and slow is not wrong

LAB = "section.nts-lab"  # the live view of every lab
LIVE = ("form.nts-control", LAB)  # of a question or a task, and of a lab
# The ledger is one entry many times over: its first thirty stand for all, or a checker takes minutes.
FEW_ENTRIES = "[...document.querySelectorAll('h2:nth-of-type(30) ~ *')].forEach(node => node.remove())"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
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


# --- the server --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab, or a room of it. ``work`` holds the notebooks, ``answers`` the learner's answers.

    room: the folder below ``root`` whose notebooks and kernels this one minds; "" for all.
    """

    url: str
    token: str
    root: Path
    answers: Path
    process: subprocess.Popen[bytes]
    room: str = ""

    @property
    def work(self) -> Path:
        return self.root / self.room

    def in_room(self, name: str) -> Lab:
        """The same server with notebooks and kernels apart from those of other rooms."""
        (self.root / name).mkdir()
        return replace(self, room=name)

    def place(self, path: str) -> str:
        """Where the server finds a notebook of this room."""
        return PurePosixPath(self.room, path).as_posix()

    def request(self, method: str, path: str) -> Any:
        """One call of the server's own interface, as JSON."""
        request = urllib.request.Request(f"{self.url}/api/{path}", method=method)
        request.add_header("Authorization", f"token {self.token}")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null")

    def recorded(self) -> list[dict[str, Any]]:
        """Every line of the learner's answers on disk, in order."""
        lines = [
            line for path in self.answers.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()
        ]
        return sorted(map(json.loads, lines), key=lambda record: record["seq"])

    def widget_state(self, path: str) -> dict[str, Any]:
        """The widget state that a saved notebook holds, by model."""
        metadata = json.loads((self.work / path).read_text("utf-8"))["metadata"]
        found = metadata.get("widgets", {}).get("application/vnd.jupyter.widget-state+json", {})
        return found.get("state", {})  # type: ignore[no-any-return]

    def stop_kernels(self, *paths: str) -> None:
        """Shut down the sessions of these notebooks, or of all, as the learner does at the end of the day."""
        wanted = {self.place(path) for path in paths}
        for session in self.request("GET", "sessions"):
            mine = PurePosixPath(session["path"]).is_relative_to(self.room)
            if session["path"] in wanted or (mine and not wanted):
                self.request("DELETE", f"sessions/{session['id']}")


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a machine of its own below ``folder``: settings, trust and answers start empty."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ["JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"]
    names.append("NOTTHESAME_ANSWERS")
    own = {name: str(folder / name.lower()) for name in names}
    path = os.pathsep.join([str(PROJECT / "src"), os.environ.get("PYTHONPATH", "")])
    return {**os.environ, **own, "PYTHONPATH": path, "PYTHONWARNINGS": "default", **more}


@contextmanager
def start_lab(folder: Path, settings: Settings = LAB_SETTINGS, **more: str) -> Iterator[Lab]:
    """JupyterLab on loopback over ``folder/work``, with a learner's settings, ended by its process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(16)
    (folder / "work").mkdir(parents=True, exist_ok=True)
    env = environment(folder, **more)
    _settings(Path(env["JUPYTER_CONFIG_DIR"]), settings)
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser"),
        *("--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"),
        *(f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder / 'work'}"),
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        *("--LabApp.extension_manager=readonly", "--LanguageServerManager.autodetect=False"),
        f"--LabApp.extra_labextensions_path={EXTENSIONS}",
    ]
    with (folder / "lab.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log)
    lab = Lab(f"http://127.0.0.1:{port}", token, folder / "work", Path(env["NOTTHESAME_ANSWERS"]), process)
    try:
        _wait_until_up(lab, folder / "lab.log")
        yield lab
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _settings(config: Path, settings: Settings) -> None:
    """Write JupyterLab's settings, and let no message cover the page."""
    quiet = {"@jupyterlab/apputils-extension:notification": {"doNotDisturbMode": True}}
    for plugin in settings.keys() | quiet.keys():
        name, _, page = plugin.partition(":")
        path = config / "lab" / "user-settings" / name / f"{page}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({**settings.get(plugin, {}), **quiet.get(plugin, {})})
        path.write_text(text, encoding="utf-8")


def _wait_until_up(lab: Lab, log: Path, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if lab.process.poll() is not None:
            break
        with suppress(urllib.error.URLError, ConnectionError):
            lab.request("GET", "status")
            return
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")


# --- notebooks on disk -------------------------------------------------------------------------------------


def write_notebook(path: Path, *cells: str) -> Path:
    """A notebook of code cells."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    for number, cell in enumerate(book.cells):
        cell["id"] = f"cell-{number}"
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(book, path)
    return path


def execute_as_published(path: Path, folder: Path) -> Path:
    """Run a notebook and store it as the course's repository does: no widget view, no widget state."""
    book = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(book, timeout=60, kernel_name="python3", store_widget_state=False)
    client.execute(env=environment(folder))
    for cell in book.cells:
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(WIDGET_VIEW, None)
    book.metadata.pop("widgets", None)
    nbformat.write(book, path)
    return path


# --- the browser -------------------------------------------------------------------------------------------


def is_loopback(url: str) -> bool:
    """Whether a request stays on this machine."""
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob", "about", "file") or parts.hostname in ("127.0.0.1", "localhost")


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


CELLS = ".jp-Notebook .jp-CodeCell"
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
