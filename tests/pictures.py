"""The pictures of the README, taken anew from what they show: ``python -m tests.pictures``.

Look at each before it is committed; its alternative text stands in the README.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from notthesame.course import course
from notthesame.site import pages
from tests.browser.harness import (
    CHROMIUM_ARGS,
    LAB,
    Notebook,
    chromium,
    new_context,
    open_notebook,
    start_lab,
)
from tests.jupyter import PROJECT

FOLDER = PROJECT / "deploy" / "pictures"
WIDTH, HEIGHT, BYTES = 1366, 768, 150_000
LESSON = "lessons/02_what_the_law_calls_trafficking.ipynb"


def main() -> None:
    """Take every picture, the site's first, as it needs no server."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as there, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGS)
        of_site(browser, Path(there, "site"))
        of_jupyterlab(browser, Path(there, "lab"))
        browser.close()


def of_site(browser: Browser, folder: Path) -> None:
    """The front page of the pages."""
    pages.write_site(course(), folder)
    with new_context(browser, color_scheme="light") as context:
        page = context.new_page()
        page.goto((folder / "index.html").as_uri())
        take(page, "site")


def of_jupyterlab(browser: Browser, folder: Path) -> None:
    """A question that was answered, and the lab of the same lesson."""
    for part in ("lessons", "data"):
        shutil.copytree(PROJECT / part, folder / "work" / part)
    with (
        start_lab(folder) as lab,
        new_context(browser) as context,
        open_notebook(context, lab, LESSON) as book,
    ):
        book.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        book.command("application:toggle-left-area")
        book.run_all()
        form = book.page.locator("form.nts-control").first
        form.get_by_role("radio").nth(1).check()
        form.get_by_role("button", name="Check").click()
        show(book, form, lambda y: y - 330)
        take(book.page, "lesson")
        machine = book.page.locator(LAB).first
        skip = machine.get_by_role("button", name="Skip the prediction")
        if skip.count():
            skip.click()
        show(book, machine, lambda y: y - 130)
        take(book.page, "lab")


def show(book: Notebook, part: Locator, above: Callable[[float], float]) -> None:
    """Scroll the notebook so that a part stands where it should."""
    part.scroll_into_view_if_needed()
    book.page.wait_for_timeout(1000)
    box = part.bounding_box()
    assert box
    scroll = "(node, by) => { node.scrollTop += by; }"
    book.page.locator(".jp-WindowedPanel-outer").evaluate(scroll, above(box["y"]))
    book.page.wait_for_timeout(1000)


def take(page: Page, name: str) -> None:
    """Write what can be seen, in as many colours as fit."""
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.wait_for_timeout(500)
    seen = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    for colours in (256, 128, 64, 32):
        made = io.BytesIO()
        seen.quantize(colours, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
        if made.tell() <= BYTES:
            break
    (FOLDER / f"{name}.png").write_bytes(made.getvalue())
    print(f"written: {name}.png, {made.tell() / 1000:.0f} kB, {colours} colours")


if __name__ == "__main__":
    main()
