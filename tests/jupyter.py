"""A real JupyterLab for tests of any browser: start, stop, what it keeps on disk.

A ``Lab`` is one server with folders of its own (settings, trust, answers), so that two are two machines;
``start_lab`` on the same folder again is the next day.
"""

from __future__ import annotations

import json
import os
import re
import runpy
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import nbclient
import nbformat

PROJECT = Path(__file__).parents[1]
Settings = Mapping[str, Mapping[str, Any]]
# The settings of JupyterLab that a learner has.
LAB_SETTINGS: Settings = runpy.run_path(str(PROJECT / "start.py"))["LAB_SETTINGS"]
EXTENSIONS = PROJECT / "src/notthesame/front/labextensions"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"

LAB = "section.nts-lab"  # the live view of every lab
LIVE = ("form.nts-control", LAB)  # of a question or a task, and of a lab
CELLS = ".jp-Notebook .jp-CodeCell"
BROKEN = re.compile("Error displaying widget|model not found|Traceback")  # in no notebook


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


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process, by force where it does not go."""
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def start_lab(folder: Path, settings: Settings = LAB_SETTINGS, **more: str) -> Iterator[Lab]:
    """JupyterLab on loopback over ``folder/work``, with a learner's settings, ended by its process id."""
    port = free_port()
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
        end(process)


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


def is_loopback(url: str) -> bool:
    """Whether a request stays on this machine."""
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob", "about", "file") or parts.hostname in ("127.0.0.1", "localhost")
