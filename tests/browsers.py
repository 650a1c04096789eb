"""What the tests of both browsers share: when one is missed, and a folder handed out over loopback."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NoReturn

import pytest

FOLDERS = {Path(__file__).with_name(name) for name in ("browser", "firefox")}


def required() -> bool:
    return os.environ.get("NOTTHESAME_BROWSER") == "required"


def lacking(text: str) -> NoReturn:
    """Skip a test for what is not here, or fail it where that is required."""
    (pytest.fail if required() else pytest.skip)(text)


class Plain(SimpleHTTPRequestHandler):
    """A plain file server, which says nothing on stderr."""

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def served(folder: Path, by: type[SimpleHTTPRequestHandler] = Plain) -> Iterator[str]:
    """The address of a server on this machine over a folder, without a slash at its end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(by, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
