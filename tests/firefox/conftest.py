"""One Firefox for the whole run. Without a Firefox these tests are skipped."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

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
