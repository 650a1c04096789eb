"""Open the browser lab of this stick: python serve.py

Needs any Python 3.8 or newer and installs nothing. It serves this folder to this computer alone; nobody else
can see it, and nothing leaves it. Ctrl-C ends it.
"""

from __future__ import annotations

import sys
import webbrowser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Sequence  # noqa: UP035  (Python 3.8 reads this file too)

HERE = Path(__file__).resolve().parent
# A browser keeps answers by the address, and so by the port: the same one each time, while it is free.
PORTS = range(8731, 8741)
TYPES = {
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".whl": "application/zip",
}
PAGES = {"lab": "/lab/index.html", "site": "/site/index.html"}


class Pages(SimpleHTTPRequestHandler):
    """The files of this folder, with the types that a browser insists on, whatever this system thinks."""

    def guess_type(self, path: object) -> str:
        """The type of a file, by the end of its name."""
        return TYPES.get(Path(str(path)).suffix) or str(super().guess_type(str(path)))

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


def main(words: Sequence[str]) -> None:
    """Serve until somebody presses Ctrl-C.

    >>> main(["labs"])
    Traceback (most recent call last):
    SystemExit: Allowed: python serve.py, python serve.py site, and with either --no-browser
    """
    names = [word for word in words if not word.startswith("-")] or ["lab"]
    if names[0] not in PAGES or len(names) > 1 or set(words) - {*names, "--no-browser"}:
        sys.exit("Allowed: python serve.py, python serve.py site, and with either --no-browser")
    with open_door() as server:
        address = f"http://127.0.0.1:{server.server_address[1]}{PAGES[names[0]]}"
        print(f"Open: {address}\nTo end it, press Ctrl and C here.", flush=True)
        if "--no-browser" not in words:
            webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("\nEnded.")


def open_door() -> ThreadingHTTPServer:
    """A server on the first free port, for this computer alone.

    >>> with open_door() as server:
    ...     server.server_address[0]
    '127.0.0.1'
    """
    for port in PORTS:
        try:
            return ThreadingHTTPServer(("127.0.0.1", port), partial(Pages, directory=str(HERE)))
        except OSError:
            continue
    sys.exit(f"The ports {PORTS[0]} to {PORTS[-1]} are taken. Is the lab open already?")


if __name__ == "__main__":
    main(sys.argv[1:])
