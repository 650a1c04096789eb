"""From the change of a control to the new picture: our labs, and plain interact on the same figure."""

from __future__ import annotations

import json
import statistics
from dataclasses import dataclass
from typing import Any

import clicks
import nbclient
import nbformat
from measuring import Result, Skipped, ratio, say

from notthesame import figures, labs

CHANGES = {"kernel": 25, "JupyterLab": 12}  # of each, in turn
AIM = 0.6


@dataclass(frozen=True)
class Case:
    """A lab, a control of it, and the code that draws its picture on a new figure.

    call: of the lab. trait, label, key: of the control, and the key that moves it a step. start: its value
    before the first step. size: a name that ``code`` brings, the size of the figure. code: brings as well
    ``draw(fig, value)``, which draws with another seed, so that no answer of the lab is at hand to it.
    """

    call: str
    trait: str
    label: str
    key: str
    start: int
    size: str
    code: str


CASES = (
    Case(
        *("pooling_lab", "baseline", "Risk of those not exposed", "ArrowRight", 20, "LAB_SIZE"),
        "from notthesame.charts.pooling import LAB_SIZE, Forest\n"
        "from notthesame.statistics.pooled_rows import Choice, Reading\n"
        "def draw(fig, value):\n    Forest(fig).show(Reading(Choice(baseline=value)))",
    ),
    Case(
        *("two_events", "lag", "Lag: days an effect takes to arrive", "ArrowUp", 1, "LAB_SIZE"),
        "from notthesame.charts import two_events\n"
        "from notthesame.charts.two_events import LAB_SIZE\n"
        "from notthesame.statistics.two_events import Reading, Setting, known_dates\n"
        "def draw(fig, value):\n    two_events.draw(Reading(Setting(lag=value), known_dates()[0], 2), fig)",
    ),
    Case(
        *("list_lab", "share", "True share, per cent", "ArrowUp", 10, "LAB_SIZE"),
        "from notthesame.charts import list_experiment\n"
        "from notthesame.charts.list_experiment import LAB_SIZE\n"
        "from notthesame.statistics.list_experiment import Reading, Setting\n"
        "def draw(fig, value):\n    list_experiment.draw(Reading(Setting(share=value), 2), fig)",
    ),
    Case(
        *("town", "random_n", "People asked at random", "ArrowUp", 100, "LAB_SIZE"),
        "from notthesame.charts import town\n"
        "from notthesame.charts.town import LAB_SIZE\n"
        "from notthesame.statistics.town import Reading, Setting\n"
        "def draw(fig, value):\n    town.draw(Reading(Setting(random_n=value), seed=2), None, fig)",
    ),
)

# Plain ipywidgets: a function that makes the figure, and a slider. Size and resolution are the lab's own.
PEER = """
import ipywidgets
import matplotlib.pyplot as plt
{code}
def picture(value):
    fig = plt.figure(figsize={size}, dpi={dpi})
    draw(fig, value)
    plt.show()
slider = ipywidgets.IntSlider(value={start}, min={start}, max={last})
ipywidgets.interact(picture, value=slider)
"""

# In the kernel: seconds from the value that is set to the picture that is sent, in turn.
TIMED = """
import json, time
found = {{"ours": [], "interact": []}}
for value in range({start} + 1, {last} + 1):
    for name, what, trait in (("ours", lab, "{trait}"), ("interact", slider, "value")):
        begun = time.perf_counter()
        setattr(what, trait, value)
        found[name].append(time.perf_counter() - begun)
print(json.dumps(found))
"""

# On the page: the clock starts as the key goes down in the control and stops when the new picture is decoded.
WATCH = """([cell]) => {
  const box = document.querySelectorAll('.jp-Notebook .jp-CodeCell')[cell];
  const shown = () => [...box.querySelectorAll('img')].at(-1);
  window.changed = new Promise((done, fail) => {
    let start = 0, stop = 0;
    const before = shown().src;
    box.addEventListener('keydown', () => { start = performance.now(); }, { capture: true, once: true });
    const watch = new MutationObserver(async () => {
      const now = shown();
      if (stop || !start || !now || !now.src || now.src === before) return;
      stop = 1;
      await now.decode().catch(() => { stop = 0; }); // put in place of one that was not there yet
      if (!stop) return;
      watch.disconnect();
      done(performance.now() - start);
    });
    watch.observe(box, { childList: true, subtree: true, attributes: true, attributeFilter: ['src'] });
    setTimeout(() => fail(new Error(`no picture in twenty seconds; key ${start ? '' : 'not '}seen`)), 20000);
  });
}"""


def measure(rounds: int) -> Result:
    """Control to picture: our labs, and plain interact on the same figure, in the kernel and on a page.

    A lab that is not there is passed over, so that one can be measured before the others are.
    """
    rows: list[tuple[str, ...]] = [
        ("lab", "where", "ours, ms", "interact, ms", "ours to it", "largest of ours, ms", "aim")
    ]
    for case in CASES:
        if case.call not in labs.LABS:
            continue
        rows.append(row(case.call, "kernel", in_kernel(case)))
        say("  ".join(rows[-1]))
        try:
            rows.append(row(case.call, "JupyterLab", on_page(case)))
            say("  ".join(rows[-1]))
        except Skipped as reason:
            say(f"not on a page: {reason}")
    changes = " and ".join(f"{number} ({where})" for where, number in CHANGES.items())
    how = (
        f"Changes of each in turn, {changes}; medians. Peer: ipywidgets "
        "`interact` with a function that makes the same figure, at the same size and resolution, shown by "
        "the inline backend as it comes. Kernel: from the value that is set to the picture that is sent. "
        "JupyterLab in Chromium: from the key that moves the control to the new picture, decoded. Labs and "
        "peers answer from the kernel."
    )
    return Result("Control to picture", how, rows, "python bench/run.py --only labs")


def row(call: str, where: str, found: dict[str, list[float]]) -> tuple[str, ...]:
    """Medians of what was found, in milliseconds, and their ratio."""
    ours, peer = (statistics.median(found[name]) for name in ("ours", "interact"))
    numbers = f"{ours:.1f}", f"{peer:.1f}", ratio(ours, peer), f"{max(found['ours']):.1f}"
    return (call, where, *numbers, f"{AIM} at most")


def cells(case: Case) -> tuple[str, str]:
    """The cell of the lab and the cell of its peer."""
    values = {"start": case.start, "last": case.start + 2 * CHANGES["kernel"]}
    dpi = figures.SHARPER * figures.PX_PER_INCH
    ours = f"import notthesame as nts\nlab = nts.{case.call}()\nlab.{case.trait} = {case.start}\nlab"
    return ours, PEER.format(code=case.code, size=case.size, dpi=dpi, **values)


def in_kernel(case: Case) -> dict[str, list[float]]:
    """Milliseconds in a kernel without a page."""
    timed = TIMED.format(start=case.start, last=case.start + CHANGES["kernel"], trait=case.trait)
    coded = [nbformat.v4.new_code_cell(cell) for cell in (*cells(case), timed)]  # type: ignore[no-untyped-call]
    book = nbformat.v4.new_notebook(cells=coded)  # type: ignore[no-untyped-call]
    nbclient.NotebookClient(book, timeout=300, kernel_name="python3").execute()
    found = json.loads(book.cells[-1].outputs[-1]["text"])
    return {name: [1000 * value for value in values] for name, values in found.items()}


def on_page(case: Case) -> dict[str, list[float]]:
    """Milliseconds in a browser."""
    found: dict[str, list[float]] = {"ours": [], "interact": []}
    with clicks.opened(*cells(case)) as page:
        boxes = page.locator(".jp-Notebook .jp-CodeCell")
        controls = {
            "ours": boxes.nth(0).get_by_label(case.label),
            "interact": boxes.nth(1).get_by_role("slider"),
        }
        for number in range(2):
            boxes.nth(number).locator("img").last.wait_for(timeout=60_000)
        for turn in range(CHANGES["JupyterLab"] + 1):
            for number, (name, control) in enumerate(controls.items()):
                taken = change(page, number, control, case.key if name == "ours" else "ArrowRight")
                if turn:  # the first warms both up
                    found[name].append(taken)
    return found


def change(page: Any, cell: int, control: Any, key: str) -> float:
    """Move a control by a key; milliseconds until its new picture is there, and a rest after it."""
    control.focus()
    page.wait_for_timeout(150)
    page.evaluate(WATCH, [cell])
    page.keyboard.press(key)
    taken = page.evaluate("() => window.changed")
    page.wait_for_timeout(100)
    return float(taken)
