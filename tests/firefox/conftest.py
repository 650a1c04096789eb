"""One Firefox for the whole run. Without a Firefox these tests are skipped."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from notthesame.stick import serve

if TYPE_CHECKING:
    from tests.firefox.fox import Fox

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def started() -> Iterator[Fox]:
    required = os.environ.get("NOTTHESAME_BROWSER") == "required"
    from tests.firefox.fox import firefox, start_fox

    if firefox() is None:
        text = "no Firefox found; install one or name it in NOTTHESAME_FIREFOX"
        pytest.fail(text) if required else pytest.skip(text)
    with start_fox() as fox:
        yield fox


@pytest.fixture
def fox(started: Fox) -> Iterator[Fox]:
    """The browser, in the size of a projector; a test fails at its end if its pages asked another host."""
    started.asked.clear()
    started.size(1366, 768)
    yield started
    started.go("about:blank")
    assert not started.left()


@pytest.fixture(scope="session")
def served_site(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder that the stick's own server hands out."""
    handler = partial(serve.Pages, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="session")
def lab_address(started: Fox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The browser lab, handed out; its commands can be called, as the tests in Chromium call them."""
    from notthesame.browser import lite
    from tests.lite.opened import expose
    from tests.lite.tools import tools

    tools()
    folder = tmp_path_factory.mktemp("lab")
    lite.write_lite(folder)
    expose(folder)
    with served(folder) as address:
        yield address
