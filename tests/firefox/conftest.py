"""One Firefox for the whole run. Without a Firefox these tests are skipped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from notthesame.stick import serve
from tests.browsers import lacking, served

if TYPE_CHECKING:
    from tests.firefox.fox import Fox


@pytest.fixture(scope="session")
def started() -> Iterator[Fox]:
    from tests.firefox.fox import firefox, start_fox

    if firefox() is None:
        lacking("no Firefox found; install one or name it in NOTTHESAME_FIREFOX")
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
    with served(site, serve.Pages) as address:
        yield address


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
    with served(folder, serve.Pages) as address:
        yield address
