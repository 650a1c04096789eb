"""What a test says to a Firefox, in the words of its own remote protocol, marionette: JSON over a socket.

Mozilla's driver for it on PyPI cannot be imported by Python 3.13, whose library lacks what its starter of
phones needs; and of the protocol a test needs this much.
"""

from __future__ import annotations

import json
import socket
import time
from contextlib import suppress
from typing import Any

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # how WebDriver marks an element in JSON


class Refused(Exception):
    """What Firefox answers to a command that it cannot do: the error's name in WebDriver, and its words."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(f"{kind}: {words}")
        self.kind = kind


class Element:
    """An element of a page, as long as it is there."""

    def __init__(self, name: str) -> None:
        self.name = name


class Marionette:
    """A session with one Firefox, which listens on a port of this machine."""

    def __init__(self, port: int, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while True:
            with suppress(ConnectionRefusedError):
                self._socket = socket.create_connection(("127.0.0.1", port))
                break
            if time.monotonic() > end:
                raise RuntimeError(f"Firefox does not listen after {seconds:.0f} s")
            time.sleep(0.1)
        self._socket.settimeout(150)
        self._stream = self._socket.makefile("rb")
        self._asked = 0
        self._read()  # it says who it is
        self.do("WebDriver:NewSession", timeouts={"script": 120_000, "pageLoad": 120_000})

    def do(self, command: str, **words: Any) -> Any:
        """Give a command, and return what Firefox answers; raises Refused where it cannot do it."""
        self._asked += 1
        text = json.dumps([0, self._asked, command, words], default=lambda one: {_ELEMENT: one.name})
        self._socket.sendall(f"{len(text.encode())}:{text}".encode())
        _, _, wrong, answer = self._read()
        if wrong:
            raise Refused(wrong["error"], wrong["message"])
        one = isinstance(answer, dict) and answer.keys() == {"value"}
        return answer["value"] if one else answer

    def close(self) -> None:
        self._stream.close()
        self._socket.close()

    def _read(self) -> Any:
        """The next message: how many bytes it has, a colon, and those bytes."""
        size = b""
        while not size.endswith(b":"):
            size += self._byte()
        return json.loads(self._stream.read(int(size[:-1])), object_hook=_element)

    def _byte(self) -> bytes:
        found = self._stream.read(1)
        if not found:
            raise RuntimeError("Firefox has ended")
        return found


def _element(found: dict[str, Any]) -> Any:
    return Element(found[_ELEMENT]) if _ELEMENT in found else found
