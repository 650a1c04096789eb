"""One Chromium and one JupyterLab for the whole run. Without a Chromium these tests are skipped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests import browsers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.browser.harness import Lab, Notebook


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import sync_playwright

        from tests.browser.harness import CHROMIUM_ARGS, chromium
    except ImportError as error:
        if browsers.required():
            raise
        pytest.skip(f"no browser tests here: {error}")
    path = chromium()
    if path is None:
        browsers.lacking("no Chromium found; install one or name it in NOTTHESAME_CHROMIUM")
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield chrome
        chrome.close()


@pytest.fixture(scope="session")
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The JupyterLab that all modules of this process share."""
    from tests.browser.harness import start_lab

    with start_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="module")
def lab(server: Lab, request: pytest.FixtureRequest) -> Iterator[Lab]:
    """A room of the shared JupyterLab for one module."""
    room = server.in_room(request.module.__name__.rpartition(".")[2])
    yield room
    room.stop_kernels()


@pytest.fixture(scope="module")
def own_lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab for one module alone: for tests that read answers on disk or change its settings."""
    from tests.browser.harness import start_lab

    with start_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="session")
def page_of_labs(browser: Browser, server: Lab) -> Iterator[Page]:
    """The page of the shared JupyterLab in which modules open their notebooks one after the other."""
    from tests.browser.harness import new_context, open_page

    with new_context(browser) as context, open_page(context, server) as page:
        page.set_viewport_size({"width": 1366, "height": 768})
        yield page


@pytest.fixture(scope="module")
def book(page_of_labs: Page, lab: Lab, request: pytest.FixtureRequest) -> Iterator[Notebook]:
    """A notebook of the module's CELLS, open for all tests of the module; none of them has run."""
    from tests.browser.harness import open_in, write_notebook

    write_notebook(lab.work / "book.ipynb", *request.module.CELLS)
    with open_in(page_of_labs, lab, "book.ipynb") as opened:
        yield opened


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser context for one module."""
    from tests.browser.harness import new_context

    with new_context(browser) as fresh:
        yield fresh
