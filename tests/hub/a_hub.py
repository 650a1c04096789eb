"""A real JupyterHub on loopback, and students who sign in, fetch the course and run lessons."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import course_hub
import nbformat
import requests
import websocket

from tests import memory

ROOT = Path(__file__).parents[2]
HUB = ROOT / "deploy/hub"
PINNED = HUB / "requirements.txt"
PROXY = "configurable-http-proxy@5.3.0"


def fetched(folder: Path) -> Path:
    """The folder, filled from the package index when it is empty; CalledProcessError where that fails."""
    call = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder)]
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several workers of pytest come at once
        if not (folder / "jupyterhub").exists():
            subprocess.run([*call, "-r", str(PINNED)], check=True)
    return folder


def environment(packages: Path, folder: Path, course: Path = ROOT) -> dict[str, str]:
    """What a process needs to find JupyterHub and the course, with the hub's own files in a folder."""
    return {
        **os.environ,
        "PYTHONPATH": f"{course / 'src'}{os.pathsep}{packages}",
        "PATH": f"{packages / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "NOTTHESAME_HUB_FOLDER": str(folder),
    }


def free_ports(count: int) -> list[int]:
    """Ports that nobody uses at the moment."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


# --- the hub ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hub:
    """A running hub."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes]

    def password(self, name: str) -> str:
        """What stands on a slip."""
        return course_hub.password(course_hub.secret(self.folder), name)

    def memory(self) -> dict[str, list[float]]:
        """Megabytes (PSS) of each process of the hub, by what it is."""
        found: dict[str, list[float]] = {}
        for number, command in below(self.process.pid):
            found.setdefault(kind_of(command), []).append(pss(number))
        return found


KINDS = {"configurable-http-proxy": "proxy", "ipykernel": "kernel", "idle_culler": "culler"}
KINDS |= {"singleuser": "server", "jupyterhub": "hub"}


def kind_of(command: str) -> str:
    """What a process is, told by its command line."""
    return next((kind for word, kind in KINDS.items() if word in command), "other")


def below(number: int) -> list[tuple[int, str]]:
    """A process and all that it started, each with its command line."""
    parents: dict[int, int] = {}
    for one in processes():
        try:
            parents[one] = int(Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = [number]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return [(one, command_of(one)) for one in found]


def processes() -> list[int]:
    """The numbers of all processes of this machine."""
    return [int(path.name) for path in Path("/proc").glob("[0-9]*")]


def command_of(number: int) -> str:
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def pss(number: int) -> float:
    """What a process takes, in megabytes; what it shares with others counts in parts."""
    return memory.pss(number) / 1024


@contextmanager
def running(folder: Path, packages: Path, proxy: Path, local: str = "", course: Path = ROOT) -> Iterator[Hub]:
    """A hub with its files in a folder, as the README has it started, on ports of its own.

    local: more lines for its local.py.
    """
    folder.mkdir(parents=True, exist_ok=True)
    outside, inside, api = free_ports(3)
    url = f"http://127.0.0.1:{outside}"
    lines = [f"c.JupyterHub.bind_url = {url!r}", f"c.JupyterHub.hub_bind_url = 'http://127.0.0.1:{inside}'"]
    lines += [f"c.ConfigurableHTTPProxy.api_url = 'http://127.0.0.1:{api}'"]
    lines += [f"c.ConfigurableHTTPProxy.command = [{str(proxy)!r}]", local]
    (folder / "local.py").write_text("\n".join(lines), "utf-8")
    config = course / "deploy/hub/jupyterhub_config.py"
    with (folder / "hub.log").open("wb") as log:
        command = [sys.executable, "-m", "jupyterhub", "-f", str(config)]
        env = environment(packages, folder, course)
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log)
    hub = Hub(url, folder, process)
    try:
        wait_until_up(hub)
        yield hub
    finally:
        end(process)


def wait_until_up(hub: Hub, seconds: float = 60) -> None:
    """Wait for the sign-in page; RuntimeError with the log where it does not come."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and hub.process.poll() is None:
        try:
            if requests.get(f"{hub.url}/hub/login", timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise RuntimeError(f"The hub did not start:\n{(hub.folder / 'hub.log').read_text('utf-8')[-3000:]}")


def end(process: subprocess.Popen[bytes]) -> None:
    """End a hub and all that it started, by their numbers."""
    started = [number for number, _ in below(process.pid)]
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for number in started:
        if "jupyter" in command_of(number) or "ipykernel" in command_of(number):
            try:
                os.kill(number, 9)
            except ProcessLookupError:
                continue


# --- a student ----------------------------------------------------------------------------------------------


@dataclass
class Student:
    """Somebody with a browser's cookies and no other rights."""

    hub: Hub
    name: str
    session: requests.Session = field(default_factory=requests.Session)
    lines: list[websocket.WebSocket] = field(default_factory=list)

    @property
    def home(self) -> Path:
        return self.hub.folder / "homes" / self.name

    @property
    def server(self) -> str:
        return f"{self.hub.url}/user/{self.name}"

    def sign_in(self, password: str) -> int:
        """Fill in the form; the status of the page that follows."""
        page = self.session.get(f"{self.hub.url}/hub/login", timeout=30)
        form = {"username": self.name, "password": password, "_xsrf": self._xsrf(page.url)}
        return self.session.post(page.url, data=form, timeout=30, allow_redirects=False).status_code

    def open_server(self, seconds: float = 300) -> float:
        """Start the server as the start button does and open it; the seconds that it took."""
        begun = time.monotonic()
        self.session.get(f"{self.hub.url}/hub/spawn/{self.name}", timeout=seconds)
        while time.monotonic() < begun + seconds:
            page = self.session.get(f"{self.server}/api/status", timeout=30)
            if page.ok and page.headers["content-type"].startswith("application/json"):
                return time.monotonic() - begun
            self.session.get(f"{self.server}/lab", timeout=60)  # what gives the browser its cookie
            time.sleep(0.3)
        raise TimeoutError(f"{self.name}: no server after {seconds:.0f} s")

    def stop_server(self) -> None:
        """Press the stop button of the hub's own page."""
        headers = {"X-XSRFToken": self._xsrf(f"{self.hub.url}/hub/home")}
        place = f"{self.hub.url}/hub/api/users/{self.name}/server"
        self.session.delete(place, headers=headers, timeout=60).raise_for_status()

    def pull(self, link: str = "") -> list[dict[str, Any]]:
        """Follow a link of nbgitpuller, the hub's own where none is given; what it reports."""
        link = link or course_hub.pull_link(f"file://{self.hub.folder / 'course.git'}")
        base, _, words = link.partition("?")
        query = f"{self.server}{base}/api?{words}&_xsrf={self._xsrf(self.server + '/lab')}"
        lines = self.session.get(query, timeout=120).text.splitlines()
        return [json.loads(line[6:]) for line in lines if line.startswith("data: ")]

    def notebook(self, path: str) -> Kernel:
        """Open a notebook: a session of its own, with the kernel that the server starts for it."""
        headers = {"X-XSRFToken": self._xsrf(f"{self.server}/lab")}
        wanted: Any = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
        made = self.session.post(f"{self.server}/api/sessions", json=wanted, headers=headers, timeout=120)
        made.raise_for_status()
        number = made.json()["kernel"]["id"]
        place = f"{self.server}/api/kernels/{number}/channels"
        cookies = f"Cookie: {self._cookies(place)}"
        line = websocket.create_connection(place.replace("http", "ws", 1), header=[cookies], timeout=120)
        process = next((one for one in processes() if number in command_of(one)), 0)
        self.lines.append(line)
        return Kernel(line, process)

    def run_lesson(self, number: str) -> Lesson:
        """Run a lesson of the student's own copy from the first cell to the last."""
        (file,) = self.home.glob(f"not-the-same/lessons/{number}_*.ipynb")
        kernel = self.notebook(f"not-the-same/lessons/{file.name}")
        cells = [cell.source for cell in nbformat.read(file, as_version=4).cells if cell.cell_type == "code"]
        return Lesson(kernel, cells, [error for cell in cells for error in kernel.run(cell).errors])

    def leave(self) -> None:
        """Close the browser."""
        for line in self.lines:
            line.close()
        self.session.close()

    def _cookies(self, place: str) -> str:
        prepared = self.session.prepare_request(requests.Request("GET", place))
        return str(prepared.headers.get("Cookie", ""))

    def _xsrf(self, place: str) -> str:
        pairs = (pair.partition("=") for pair in self._cookies(place).split("; "))
        return next((value for name, _, value in pairs if name == "_xsrf"), "")


@dataclass(frozen=True)
class Ran:
    """What came of one cell."""

    text: str
    errors: list[str]


@dataclass(frozen=True)
class Kernel:
    """A kernel by the line that JupyterLab has to it, and the number of its process: 0 on another machine."""

    line: websocket.WebSocket
    process: int

    def run(self, code: str) -> Ran:
        """Run a cell and wait for its end."""
        number = uuid.uuid4().hex
        header = {"msg_id": number, "msg_type": "execute_request", "session": "a-test", "username": ""}
        content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        self.line.send(json.dumps({**message, "channel": "shell", "buffers": []}))
        text, errors = "", []
        while True:
            came = self._next()
            if came.get("parent_header", {}).get("msg_id") != number:
                continue
            said = came["content"]
            if came["msg_type"] == "stream":
                text += said["text"]
            elif came["msg_type"] == "error":
                errors.append(f"{said['ename']}: {said['evalue']}")
            elif came["msg_type"] == "status" and said["execution_state"] == "idle":
                return Ran(text, errors)

    def _next(self) -> Mapping[str, Any]:
        came = self.line.recv()
        return json.loads(came) if isinstance(came, str) else {}


@dataclass(frozen=True)
class Lesson:
    """A lesson that was run, and the kernel that it ran in."""

    kernel: Kernel
    cells: list[str]
    errors: list[str]
