"""Every lesson as a student meets it: as cloned, then run to its end in JupyterLab; a link of the ledger."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import BrowserContext, Page, expect

from notthesame import lessons
from tests.browser.harness import PROJECT, Lab, open_in, open_notebook, open_page
from tests.jupyter import BROKEN

LESSONS = [path.name for path in lessons.files(PROJECT / "lessons")]
# The controls without a kernel, and those above which JupyterLab draws its broken link.
BROKEN_LINKS = """() => {
    const all = [...document.querySelectorAll(".jp-Notebook .jupyter-widgets-disconnected")];
    const drawn = (node) => getComputedStyle(node, "::before").content !== "none";
    return { of: all.length, shown: all.filter(drawn).length };
}"""


@pytest.fixture(scope="module")
def clone(own_lab: Lab) -> Lab:
    """The course's lessons and data in the folder that JupyterLab serves; nothing in it is trusted.

    The JupyterLab is its own, as a test changes a setting and the lessons look for earlier answers.
    """
    for folder in ("lessons", "data"):
        shutil.copytree(PROJECT / folder, own_lab.work / folder, dirs_exist_ok=True)
    return own_lab


@pytest.fixture(scope="module")
def page(clone: Lab, context: BrowserContext) -> Iterator[Page]:
    """JupyterLab on the clone; lessons are opened in it one after the other."""
    with open_page(context, clone) as opened:
        yield opened


@pytest.mark.parametrize("name", LESSONS)
def test_reads_as_cloned_runs_to_its_end_and_lives_the_next_day(name: str, clone: Lab, page: Page) -> None:
    path = f"lessons/{name}"
    whole = page.locator(".jp-Notebook")
    with open_in(page, clone, path) as book:
        expect(whole).not_to_contain_text(BROKEN)
        book.run_all()
        errors = "[data-mime-type='application/vnd.jupyter.stderr']"
        expect(whole.locator(errors)).to_have_count(0)
        expect(whole).not_to_contain_text(BROKEN)
        for picture in page.locator(".jp-Notebook .jp-OutputArea img").all():
            assert len(picture.get_attribute("alt") or "") >= 60
        alive, asked = book.alive(), page.locator("form.nts-control").count()
        assert alive >= len(lessons.read(PROJECT / path).asked()) >= 5
        book.save()
        expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    with open_in(page, clone, path, asked) as book:  # the next day: its kernel was stopped, nothing is run
        expect(whole).not_to_contain_text(BROKEN)
        assert book.alive(alive) == alive
        broken = page.evaluate(BROKEN_LINKS)
        assert broken["of"] >= alive and not broken["shown"], broken
        question = whole.locator("form.nts-control:has(input[type=radio])").first
        question.get_by_role("radio").last.check()
        question.get_by_role("button", name="Check").click()
        expect(question.get_by_role("status").first).to_have_text(re.compile(r"^(Right|Not)"))


def test_a_link_opens_the_ledger_rendered_at_its_entry(clone: Lab, context: BrowserContext) -> None:
    config = Path(clone.work.parent / "jupyter_config_dir")
    settings = config / "lab" / "user-settings" / "@jupyterlab"
    (settings / "docmanager-extension").mkdir(parents=True, exist_ok=True)
    viewer = '{"defaultViewers": {"markdown": "Markdown Preview"}}'  # as start.py sets it
    (settings / "docmanager-extension" / "plugin.jupyterlab-settings").write_text(viewer, encoding="utf-8")
    with open_notebook(context, clone, f"lessons/{LESSONS[-1]}") as book:
        link = book.page.locator(".jp-RenderedMarkdown a[href*='ledger.md']").first
        fact = (link.get_attribute("data-commandlinker-args") or link.get_attribute("href") or "").split("#")[
            -1
        ]
        fact = re.sub(r"[^a-z0-9-].*", "", fact)
        link.click()
        heading = book.page.locator(f".jp-MarkdownViewer h2:has-text('{fact}')").first
        expect(heading).to_be_in_viewport(timeout=20_000)
