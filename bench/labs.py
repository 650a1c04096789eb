"""From the change of a control to the new picture: our labs, and plain interact on the same figure."""

from __future__ import annotations

import json
import statistics
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import clicks
from jupyter_client.manager import start_new_kernel
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
    written: what the trait is for a value, where that is no number.
    """

    call: str
    trait: str
    label: str
    key: str
    start: int
    size: str
    code: str
    written: str = "value"


CASES = (
    Case(
        *("pooling_lab", "baseline", "Risk of those not exposed", "ArrowRight", 20, "LAB_SIZE"),
        "from notthesame.charts.pooling import LAB_SIZE, Forest\n"
        "from notthesame.statistics.pooled_rows import Choice, Reading\n"
        "def draw(fig, value):\n    Forest(fig).show(Reading(Choice(baseline=value)))",
    ),
    Case(
        *("two_events", "lag", "Lag: days an effect takes to arrive", "ArrowUp", 1, "LAB_SIZE"),
        "from notthesame.charts.two_events import LAB_SIZE, Events\n"
        "from notthesame.statistics.two_events import Reading, Setting, known_dates\n"
        "def draw(fig, value):\n    Events(fig).show(Reading(Setting(lag=value), known_dates()[0], 2))",
    ),
    Case(
        *("list_lab", "share", "True share, per cent", "ArrowUp", 10, "LAB_SIZE"),
        "from notthesame.charts.list_experiment import LAB_SIZE, Surveys\n"
        "from notthesame.statistics.list_experiment import Reading, Setting\n"
        "def draw(fig, value):\n    Surveys(fig).show(Reading(Setting(share=value), 2))",
    ),
    Case(
        *("town", "random_n", "People asked at random", "ArrowUp", 100, "LAB_SIZE"),
        "from notthesame.charts.town import LAB_SIZE, Samples\n"
        "from notthesame.statistics.town import Reading, Setting\n"
        "def draw(fig, value):\n    Samples(fig).show(Reading(Setting(random_n=value), seed=2))",
    ),
    Case(
        # A value is a set of terms: its binary digits. On the page, the first term goes on and off.
        *("unseen_lab", "terms", "LA:NG", "Space", 0, "LAB_SIZE"),
        "from notthesame.charts.model_space import LAB_SIZE, Space\n"
        "from notthesame.statistics.unseen import Choice, Reading, lists\n"
        "def terms(value):\n"
        "    return tuple(term for place, term in enumerate(lists().terms) if value >> place & 1)\n"
        "def draw(fig, value):\n    Space(fig).show(Reading(Choice(terms=terms(value + 500))))",
        "[term for place, term in enumerate(lab.listed) if value >> place & 1]",
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
        setattr(what, trait, {written} if name == "ours" else value)
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


def measure(rounds: int, calls: Collection[str] | None = None) -> Result:
    """Control to picture: our labs, and plain interact on the same figure, in the kernel and on a page.

    calls: of the labs to measure, else all. A lab that is not there is passed over, so that one can be
    measured before the others are.
    """
    rows: list[tuple[str, ...]] = [
        ("lab", "where", "ours, ms", "interact, ms", "ours to it", "largest of ours, ms", "aim")
    ]
    for case in CASES:
        if case.call not in (calls or labs.LABS):
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
    ours = f"import notthesame as nts\nlab = nts.{case.call}()\nvalue = {case.start}\n"
    ours += f"lab.{case.trait} = {case.written}\nlab"
    return ours, PEER.format(code=case.code, size=case.size, dpi=dpi, **values)


def in_kernel(case: Case) -> dict[str, list[float]]:
    """Milliseconds in a kernel without a page."""
    timed = TIMED.format(
        start=case.start, last=case.start + CHANGES["kernel"], trait=case.trait, written=case.written
    )
    said: list[str] = []

    def hear(message: dict[str, Any]) -> None:
        if message["msg_type"] == "error":
            raise RuntimeError("\n".join(message["content"]["traceback"]))
        said.append(message["content"].get("text", ""))

    # Not nbclient: it waits out its whole time limit after a cell that changes the output of interact.
    manager, kernel = start_new_kernel(kernel_name="python3")
    try:
        for code in (*cells(case), timed):
            kernel.execute_interactive(code, timeout=300, allow_stdin=False, output_hook=hear)
    finally:
        kernel.stop_channels()
        manager.shutdown_kernel(now=True)
    found = json.loads(next(filter(None, reversed(said))))
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
