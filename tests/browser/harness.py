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
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nbclient
import nbformat
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect

PROJECT = Path(__file__).parents[2]
Settings = Mapping[str, Mapping[str, Any]]
# The settings of JupyterLab that a learner has.
LAB_SETTINGS: Settings = runpy.run_path(str(PROJECT / "start.py"))["LAB_SETTINGS"]
expect.set_options(timeout=20_000)  # a busy machine is slow, and slow is not wrong

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
    """A running JupyterLab. ``work`` holds the notebooks, ``answers`` the learner's answers."""

    url: str
    token: str
    work: Path
    answers: Path
    process: subprocess.Popen[bytes]

    def request(self, method: str, path: str) -> Any:
        """One call of the server's own interface, as JSON."""
        request = urllib.request.Request(f"{self.url}/api/{path}", method=method)
        request.add_header("Authorization", f"token {self.token}")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null")

    def stop_kernels(self, *paths: str) -> None:
        """Shut down the sessions of these notebooks, or of all, as the learner does at the end of the day."""
        for session in self.request("GET", "sessions"):
            if not paths or session["path"] in paths:
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


@dataclass(frozen=True)
class Notebook:
    """One notebook open in JupyterLab."""

    page: Page
    path: str

    @property
    def cells(self) -> Locator:
        return self.page.locator(".jp-Notebook .jp-CodeCell")

    @property
    def outputs(self) -> Locator:
        return self.page.locator(".jp-Notebook .jp-OutputArea-output")

    def command(self, name: str, **arguments: Any) -> None:
        """Run one of JupyterLab's commands, as its menu does."""
        script = "([name, args]) => window.jupyterapp.commands.execute(name, args).then(() => null)"
        self.page.evaluate(script, [name, arguments])

    def run_all(self) -> None:
        """Run All, once the kernel is really connected: pressed earlier it is lost without a word."""
        expect(self.page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=60_000)
        prompts = self.page.locator(".jp-Notebook .jp-CodeCell .jp-InputArea-prompt")
        self.command("runmenu:run-all")
        for prompt in prompts.all():
            expect(prompt).to_have_text(re.compile(r"\[\d+\]:"), timeout=60_000)

    def save(self) -> None:
        self.command("docmanager:save")

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


@contextmanager
def open_notebook(context: BrowserContext, lab: Lab, path: str) -> Iterator[Notebook]:
    """A notebook in a fresh workspace and page."""
    page = context.new_page()
    workspace = f"test-{secrets.token_hex(4)}"
    page.goto(f"{lab.url}/lab/workspaces/{workspace}/tree/{path}?reset&token={lab.token}")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    try:
        yield Notebook(page, path)
    finally:
        with suppress(Error):
            page.close(run_before_unload=False)
