"""One Chromium for the whole run and one JupyterLab a module. Without a Chromium these tests are skipped."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    required = os.environ.get("NOTTHESAME_BROWSER") == "required"
    try:
        from playwright.sync_api import sync_playwright

        from tests.browser.harness import CHROMIUM_ARGS, chromium
    except ImportError as error:
        if required:
            raise
        pytest.skip(f"no browser tests here: {error}")
    path = chromium()
    if path is None:
        text = "no Chromium found; install one or name it in NOTTHESAME_CHROMIUM"
        pytest.fail(text) if required else pytest.skip(text)
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield chrome
        chrome.close()


@pytest.fixture(scope="module")
def lab(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    from tests.browser.harness import start_lab

    with start_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture
def context(browser: object) -> Iterator[object]:
    from tests.browser.harness import new_context

    with new_context(browser) as fresh:
        yield fresh
