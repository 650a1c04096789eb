"""What notes which other hosts Firefox asks: it outlives a connection on which nothing is said."""

from __future__ import annotations

import socket
import time

from tests.firefox import fox


def test_a_connection_without_a_word_does_not_end_the_notes() -> None:
    asked: list[str] = []
    with fox._proxy(asked) as port:
        for said in (
            b"",
            b"CONNECT elsewhere.example:443 HTTP/1.1\r\n\r\n",
            b"GET http://other.example/x HTTP/1.1\r\n",
        ):
            with socket.create_connection(("127.0.0.1", port)) as caller:
                caller.sendall(said)
        for _ in range(500):
            if len(asked) == 2:
                break
            time.sleep(0.01)
    assert asked == ["elsewhere.example", "other.example"]
