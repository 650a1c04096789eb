"""In JupyterLab what we show is never typeset: two prices are no formula. Other HTML still is."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.browser.harness import Lab, new_context, open_notebook, write_notebook

CELLS = [
    "import notthesame as nts\nfrom IPython.display import HTML",
    'HTML("<p>A formula: $x^2$</p>")',
    "fig, _ = nts.charts.penalties()\n"
    'nts.figure(fig, alt="A word. " * 9, caption="From $5 to $6.", source="us_penalties")',
    "from notthesame.questions.replies import Reply\nReply('Right.', 'You answered $5 or $6.')",
    "x = nts.vignette('w02-bed')\nimport dataclasses\ndataclasses.replace(x, facts='A bed for $5, not $6.')",
]


def test_prices_are_not_typeset(browser: Browser, lab: Lab) -> None:
    write_notebook(lab.work / "prices.ipynb", *CELLS)
    with new_context(browser) as context, open_notebook(context, lab, "prices.ipynb") as notebook:
        notebook.run_all()
        expect(notebook.cells.nth(1).locator("mjx-container")).to_have_count(1)
        for number, words in ((2, "From $5 to $6."), (3, "You answered $5 or $6."), (4, "for $5, not $6.")):
            expect(notebook.cells.nth(number).locator(".mathjax_ignore")).to_contain_text(words)
        expect(notebook.page.locator(".jp-Notebook mjx-container")).to_have_count(1)
