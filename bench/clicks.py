"""From the click to the changed feedback, in a real browser."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import peers
from measuring import Result, Skipped, ratio

from notthesame import questions

CLICKS = 21
# Picks an option, lets the page come to rest, clicks, and stops the clock when the feedback has changed.
CLICK = """async ([cell, how, turn]) => {
  const box = document.querySelectorAll('.jp-Notebook .jp-CodeCell')[cell];
  const find = {
    ours: ['.nts-control input', '.nts-control button', '.nts-reply'],
    widgets: ['.widget-radio input', '.widget-button', '.widget-html:last-child'],
    jupyterquiz: [null, `label.MCButton:nth-of-type(${turn + 1})`, '[id^=fb]'],
  }[how];
  const [pick, button, feedback] = find;
  if (pick) { box.querySelectorAll(pick)[turn].click(); await new Promise(done => setTimeout(done, 300)); }
  const said = [...box.querySelectorAll(feedback)].at(-1), before = said.textContent;
  return await new Promise((done, fail) => {
    const watch = new MutationObserver(() => {
      if (said.textContent !== before && said.textContent.trim()) {
        watch.disconnect(); done(performance.now() - start);
      }
    });
    watch.observe(said, { childList: true, characterData: true, subtree: true });
    setTimeout(() => fail(new Error('no feedback in ten seconds')), 10000);
    const start = performance.now();
    box.querySelector(button).click();
  });
}"""


def measure(rounds: int) -> Result:
    """Click to feedback in JupyterLab: our question, plain ipywidgets, jupyterquiz."""
    question = questions.question("02-destitute")
    cells = {
        "ours": f'import notthesame as nts\nnts.ask("{question.id}")',
        "widgets": f"{peers.WIDGETS}\n{peers.widgets(question)}",
        "jupyterquiz": f"{peers.JUPYTERQUIZ}\n{peers.jupyterquiz(question)}",
    }
    times: dict[str, list[float]] = {name: [] for name in cells}
    with opened(*cells.values()) as page:
        page.wait_for_selector("form.nts-control button")
        page.wait_for_selector(".widget-radio input")
        page.wait_for_selector("label.MCButton")
        for turn in range(CLICKS):
            for number, name in enumerate(cells):
                times[name].append(page.evaluate(CLICK, [number, name, turn % 2]))
    found = {name: statistics.median(values) for name, values in times.items()}
    labels = {
        "ours": "ours",
        "widgets": "ipywidgets RadioButtons, Button, HTML",
        "jupyterquiz": "jupyterquiz",
    }
    rows = [("question", "median, ms", "largest, ms", "ours to it", "aim")]
    for name, label in labels.items():
        against, aim = ("", "under 2 ms") if name == "ours" else (ratio(found["ours"], found[name]), "")
        rows.append((label, f"{found[name]:.2f}", f"{max(times[name]):.2f}", against, aim))
    how = (
        f"JupyterLab in Chromium, the three in one notebook, {CLICKS} clicks each in turn, alternating "
        "between two options; from the click to the moment the text of the feedback has changed. Ours and "
        "jupyterquiz check in the browser, plain ipywidgets ask the kernel."
    )
    return Result("Click to feedback", how, rows, "python bench/run.py --only clicks")


@contextmanager
def opened(*cells: str) -> Iterator[Any]:
    """The page of a notebook of these cells, run, in a JupyterLab of its own."""
    with started() as (harness, browser, lab):
        harness.write_notebook(lab.work / "bench.ipynb", *cells)
        context = browser.new_context(viewport={"width": 1200, "height": 1600})
        with harness.open_notebook(context, lab, "bench.ipynb") as notebook:
            notebook.run_all()
            yield notebook.page
        context.close()


@contextmanager
def started() -> Iterator[tuple[Any, Any, Any]]:
    """The tests' harness, a browser and a JupyterLab with folders of its own."""
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium() as (harness, browser),
        harness.start_lab(Path(folder)) as lab,
    ):
        yield harness, browser, lab


@contextmanager
def chromium() -> Iterator[tuple[Any, Any]]:
    """The tests' harness and a browser; raises Skipped where there is none."""
    try:
        from playwright.sync_api import sync_playwright

        from tests.browser import harness
    except ImportError as error:
        raise Skipped(f"playwright is not installed ({error})") from error
    path = harness.chromium()
    if path is None:
        raise Skipped("no Chromium here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=harness.CHROMIUM_ARGS)
        yield harness, browser
        browser.close()
