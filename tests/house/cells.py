"""Run by test_process.py in a process of its own: the code cells of lessons, and calls, each by itself.

Each runs in an empty namespace after the cell that imports the package. Prints one line of JSON for each: its
notebook, its source, what stopped it, what it shows, what of the process it changes.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

from tests.house import hostile
from tests.subject.a_brief import ANSWERS

IMPORT = "import notthesame as nts"
LABS = (
    "argument_map",
    "brief_chart",
    "counting_lab",
    "definition_machine",
    "evidence_grid",
    "interval_game",
    "list_lab",
    "own_law",
    "pooling_lab",
    "town",
    "two_events",
    "unseen_lab",
    "wording_table",
)
STATE = "{n: v for n, v in lab.get_state().items() if n not in ('holder', 'itself', 'layout')}"
# Public calls that no lesson makes, or whose state is more than what they show.
CALLS = [
    'nts.cite("platt2018")',
    'nts.fact("surveys-coyote2018-60-count")',
    'nts.fact("surveys-coyote2018-60-count").values',
    'nts.table("us_penalties").to_csv()',
    'nts.find("hotline 2017")',
    "nts.brief()",
    f"nts.brief(answers={ANSWERS!r})",
    'nts.check("02-bed-us", "met")',
    'nts.check("05-lag-credit", "5")',
    'nts.hint("02-bed-us", 3)',
    "nts.contents()",
    "nts.routes()",
    "nts.progress()",
    "nts.review()",
    "nts.my_answers()",
    "nts.my_change()",
    'nts.hand_in("02")',
    'nts.ask("05-two-changes")',
    'nts.answer("00-typed-call", "b", 60.5)',
    "nts.definitions.verdicts(set())",
    "nts.verdicts(set())",
    "nts.outline()",
    'nts.glossary("premise", "steelman")',
    "nts.glossary()",
    "nts.flashcards()",
    "nts.flashcards(12)",
    'nts.own_instrument("Freedonia", acts="houses or hides", means="force", purposes="none", unsure="means")',
    f"lab = nts.own_law(); lab.set(acts=['act_harbour'], means='none', unsure=['purposes']); {STATE}",
    "nts.sensitive_questions.list_experiment({1: 3, 2: 5}, {1: 2, 2: 5, 3: 1}, items=3)",
    "nts.sensitive_questions.minimum_detectable_share(651)",
    "nts.sampling.draw_rds(nts.sampling.simulate_population(200), 20, 2, 3, False).to_csv()",
    "nts.sampling.opt_in_bounds(156, 260, 2000)",
    'nts.pooling.pool([0.1, 0.4, 0.9], [0.2, 0.2, 0.2], "reml", "hartung-knapp")',
    'nts.multiple_systems.fit(nts.table("mse_uk_five_lists"), ["LA:NG"])',
    "nts.multiple_systems.chapman(1381, 1469, 521)",
    f"lab = nts.unseen_lab(); lab.set(terms=['LA:NG', 'LA:GP'], charge='AIC'); {STATE}",
    "nts.pooling.leave_one_out([0.1, 0.4, 0.9], [0.2, 0.2, 0.2]).to_csv()",
    "nts.pooling.log_from_ratio(2.99, 1.96, 4.57), nts.pooling.risk_from_odds(2.99, 0.3)",
    "nts.lesson_vignettes()",
    'nts.task("03-share")',
    *(f"lab = nts.{lab}(); {STATE}" for lab in LABS),
    f"lab = nts.pooling_lab(); lab.set(studies=['Elmes', 'Walker'], estimator='REML'); {STATE}",
    f"lab = nts.two_events(); lab.set(noise=20.5, carry=0.6, lag=60); {STATE}",
    f"lab = nts.two_events(); lab.set(first_effect=0, second_effect=0, noise=0.5); {STATE}",
    f'lab = nts.interval_game(); lab.set(votes="50 to 150", poll=(20, 25.5)); lab.counts = 1; {STATE}',
    f"lab = nts.two_events(); lab.testing = True; {STATE}",
    f"lab = nts.wording_table(); lab.set(base='those who took a side', stance='decriminalise'); {STATE}",
    f"lab = nts.list_lab(); lab.set(n=50, share=1, hides=100, items=8); {STATE}",
    f"lab = nts.brief_chart(); lab.set(series='policing', draw='intervals', title='By study only'); {STATE}",
    f"lab = nts.town(); lab.set(sampler='respondent-driven', wave=2, homophily=3); {STATE}",
    "nts.charts.votes(merging=False)[1].to_csv()",
    "nts.charts.reweighted(70, 40)[1].to_csv()",
    'fig, _ = nts.charts.trail_of_90_per_cent(); nts.figure(fig, alt="A word. " * 9, caption="-$2 and -$3", '
    'source="us_penalties", data=_, after="from $5 to $6")',
]


def shown(shell: Any, source: str) -> tuple[str, list[dict[str, str]]]:
    """What stopped a cell, and each text and each page that it shows."""
    shell.display_pub.outputs.clear()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as said:
        ran = shell.run_cell(source)
    folder, outputs = os.environ["NOTTHESAME_ANSWERS"], []
    for output in shell.display_pub.outputs:
        texts = {form: text for form, text in output["data"].items() if form in ("text/plain", "text/html")}
        outputs += [{form: text.replace(folder, "FOLDER") for form, text in texts.items()}] if texts else []
    error = ran.error_before_exec or ran.error_in_exec
    return f"{type(error).__name__}: {error}" if error else said.getvalue(), outputs


def capture(shell: Any) -> None:
    """Keep what is displayed and what a cell ends in, in one list."""
    from IPython.core.displayhook import CapturingDisplayHook
    from IPython.core.displaypub import CapturingDisplayPublisher

    shell.display_pub = CapturingDisplayPublisher()
    shell.display_trap.hook = CapturingDisplayHook(shell=shell, outputs=shell.display_pub.outputs)


def cells() -> Iterator[tuple[str, str]]:
    """Each cell, with the file that it is in; calls are in no file."""
    import nbformat

    from notthesame import lessons
    from notthesame.course import course

    os.chdir(course().lessons)
    for path in lessons.files(course().lessons):
        book = nbformat.read(path, as_version=4)
        yield from ((path.name, cell.source) for cell in book.cells if cell.cell_type == "code")
    yield from (("", call) for call in CALLS)


def main(kind: str) -> None:
    os.environ["NOTTHESAME_ANSWERS"] = tempfile.mkdtemp(prefix="notthesame-")
    if kind == "hostile":
        hostile.spoil()
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    capture(shell)
    for file, source in cells():
        shell.user_ns.clear()
        shell.init_user_ns()
        shell.run_cell(IMPORT)
        before = hostile.state()
        stopped, outputs = shown(shell, source)
        changed = list(hostile.changed(before))
        found = {"file": file, "source": source, "stopped": stopped, "outputs": outputs, "changed": changed}
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
