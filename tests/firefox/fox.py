"""A real Firefox for tests, driven by its own marionette: no other driver is needed.

A ``Fox`` is one browser with a profile of its own. Whatever it would ask of another host ends at a proxy that
notes the host's name and answers nothing.
"""

from __future__ import annotations

import base64
import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.firefox.marionette import Element, Marionette, Refused
from tests.jupyter import end, free_port

# What Firefox would ask of its maker by itself; pages are not to be blamed for it.
QUIET: dict[str, Any] = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.region.network.url": "",
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.search.update": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.connection.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "media.gmp-manager.updateEnabled": False,
    "media.gmp-manager.url": "",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.server": "",
}
# What it asks all the same now and then.
MAKERS = ("mozilla.org", "mozilla.com", "mozilla.net", "firefox.com", "googleapis.com")
SECONDS = 30.0


def firefox() -> str | None:
    """The path of a Firefox on this system: NOTTHESAME_FIREFOX, else the first of the usual names."""
    return os.environ.get("NOTTHESAME_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")


@dataclass(frozen=True)
class Fox:
    """A running Firefox."""

    driver: Marionette
    asked: list[str] = field(default_factory=list)

    def left(self) -> list[str]:
        """The hosts beyond this machine that pages have asked for."""
        return sorted({host for host in self.asked if not host.endswith(MAKERS)})

    def go(self, url: str) -> None:
        self.driver.do("WebDriver:Navigate", url=url)

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script's ``return`` gives, run among the page's own scripts."""
        return self.driver.do("WebDriver:ExecuteScript", script=script, args=arguments, sandbox=None)

    def until(self, script: str, *arguments: Any, seconds: float = SECONDS) -> Any:
        """What an expression gives, once it is true; a page that loads anew meanwhile is no harm."""
        end, wrong = time.monotonic() + seconds, ""
        while time.monotonic() < end:
            try:
                if found := self.run(f"return {script}", *arguments):
                    return found
            except Refused as refused:
                wrong = str(refused)
            time.sleep(0.1)
        raise AssertionError(f"not within {seconds:.0f} s: {script} {wrong}")

    def all(self, selector: str, among: Element | None = None) -> list[Element]:
        """The elements of a CSS selector, in a page or in an element of it."""
        script = "return [...(arguments[1] ?? document).querySelectorAll(arguments[0])]"
        found: list[Element] = self.run(script, selector, among)
        return found

    def find(self, selector: str, among: Element | None = None, seconds: float = SECONDS) -> Element:
        """The first of them, once it is there."""
        one = "(arguments[1] ?? document).querySelector(arguments[0])"
        found: Element = self.until(one, selector, among, seconds=seconds)
        return found

    def wait(self, seen: Callable[[], object], seconds: float = SECONDS) -> None:
        """Wait for something outside the page."""
        end = time.monotonic() + seconds
        while not seen():
            assert time.monotonic() < end, f"not within {seconds:.0f} s"
            time.sleep(0.1)

    def text(self, element: Element) -> str:
        found: str = self.run("return arguments[0].textContent", element)
        return found

    def click(self, element: Element) -> None:
        """Press an element as a mouse does, in the middle of the screen, where no bar lies over it."""
        self.run("arguments[0].scrollIntoView({ block: 'center' })", element)
        self.driver.do("WebDriver:ElementClick", id=element.name)

    def type(self, element: Element, text: str) -> None:
        self.driver.do("WebDriver:ElementSendKeys", id=element.name, text=text)

    def press(self, *keys: str) -> None:
        """Press keys one after the other, wherever the focus is."""
        for key in keys:
            both = [{"type": word, "value": key} for word in ("keyDown", "keyUp")]
            self.driver.do(
                "WebDriver:PerformActions", actions=[{"type": "key", "id": "keys", "actions": both}]
            )

    def dark(self, on: bool) -> None:
        name = "layout.css.prefers-color-scheme.content-override"
        self._of_firefox("Services.prefs.setIntPref(...arguments)", name, 0 if on else 1)

    def size(self, width: int, height: int) -> None:
        """The room that a page has; where a window cannot be as narrow, the page alone is."""
        style = f"width: {width}px; height: {height}px; flex: none"
        self.driver.do("WebDriver:SetWindowRect", width=max(width, 600), height=height + 200)
        self._of_firefox("gBrowser.selectedBrowser.style.cssText = arguments[0]", style)
        self.until("innerWidth === arguments[0]", width)

    def picture(self, path: Path) -> None:
        """Take a picture of what can be seen."""
        path.write_bytes(base64.b64decode(self.driver.do("WebDriver:TakeScreenshot", full=False)))

    def _of_firefox(self, script: str, *arguments: Any) -> None:
        """Run a script in the browser itself, and not in its page."""
        self.driver.do("Marionette:SetContext", value="chrome")
        try:
            self.driver.do("WebDriver:ExecuteScript", script=script, args=arguments)
        finally:
            self.driver.do("Marionette:SetContext", value="content")


@contextmanager
def start_fox() -> Iterator[Fox]:
    """Firefox without a window and with a new profile, ended by its process id."""
    asked: list[str] = []
    with tempfile.TemporaryDirectory(prefix="fox-") as profile, _proxy(asked) as proxy:
        port = free_port()
        _write_settings(Path(profile), port, proxy)
        command = [
            str(firefox()),
            "--headless",
            "--marionette",
            "--remote-allow-system-access",
            "--no-remote",
            "--profile",
            profile,
        ]
        with (Path(profile) / "log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            with closing(Marionette(port)) as driver:
                yield Fox(driver, asked)
        finally:
            end(process)


def _write_settings(profile: Path, port: int, proxy: int) -> None:
    settings = {"marionette.port": port, "network.proxy.type": 1, "network.proxy.no_proxies_on": ""}
    for scheme in ("http", "ssl"):
        settings |= {f"network.proxy.{scheme}": "127.0.0.1", f"network.proxy.{scheme}_port": proxy}
    words = {True: "true", False: "false"}
    lines = [
        f'user_pref("{name}", {words[value] if isinstance(value, bool) else ascii(value)});\n'
        for name, value in (QUIET | settings).items()
    ]
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")


@contextmanager
def _proxy(asked: list[str]) -> Iterator[int]:
    """A port that notes by the host's name what is asked of another host, and answers nothing."""

    def note() -> None:
        while True:
            try:
                caller, _ = door.accept()
            except OSError:  # closed: the test is over
                return
            with caller, suppress(OSError):
                _, _, where = caller.recv(4096).decode("latin-1").partition(" ")
                if where := where.partition(" ")[0]:  # a browser also connects ahead, and says nothing then
                    asked.append(re.sub(r"^\w+://|[:/].*", "", where))

    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=note, daemon=True).start()
        yield int(door.getsockname()[1])
