"""A lesson opened in JupyterLab and run to its end, and what its kernel then holds."""

from __future__ import annotations

import shutil
import statistics
import time
from pathlib import Path
from typing import Any

from clicks import started
from measuring import Result, lesson, ratio

from tests.memory import pss


def measure(rounds: int) -> Result:
    """Lesson 02 opened and run to its end in JupyterLab, against a notebook of one cell."""
    found: dict[str, list[tuple[float, float, float]]] = {"lesson 02": [], "one cell, 1 + 1": []}
    with started() as (harness, browser, lab):
        shutil.copy(lesson(), lab.work / "lesson.ipynb")
        harness.write_notebook(lab.work / "empty.ipynb", "1 + 1")
        visit(harness, browser, lab, "empty.ipynb")  # the first page of a server pays for all
        for _ in range(rounds):
            for name, file in zip(found, ("lesson.ipynb", "empty.ipynb"), strict=True):
                found[name].append(visit(harness, browser, lab, file))
    lesson_02, one_cell = ([statistics.median(c) for c in zip(*v, strict=True)] for v in found.values())
    whats = ("open, s", "open and run to the end, s", "kernel's memory at the end, MB")
    aims = ("", "10 s at most", "200 MB at most")
    rows = [("what", *found, "ratio", "aim")]
    for what, ours, other, aim in zip(whats, lesson_02, one_cell, aims, strict=True):
        rows.append((what, f"{ours:.1f}", f"{other:.1f}", ratio(ours, other), aim))
    how = (
        "A running server and a fresh page and kernel each time: from the address to the first cell, and "
        "on to the last prompt with a number. Memory is the proportional set size where the system tells "
        "it."
    )
    return Result("A lesson in JupyterLab", how, rows, "python bench/run.py --only lesson")


def visit(harness: Any, browser: Any, lab: Any, file: str) -> tuple[float, float, float]:
    """Seconds until it is open, seconds until it has run, and megabytes of its kernel."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    begun = time.perf_counter()
    with harness.open_notebook(context, lab, file) as notebook:
        shown = time.perf_counter() - begun
        notebook.run_all()
        run = time.perf_counter() - begun
        memory = kernel_memory(lab.process.pid)
    context.close()
    lab.stop_kernels(file)
    return shown, run, memory


def kernel_memory(server: int) -> float:
    """Megabytes of the one kernel below a server, from Linux's own files; not a number elsewhere."""
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            parent = next(line for line in status.read_text().splitlines() if line.startswith("PPid:"))
            if int(parent.split()[1]) == server and b"ipykernel" in (status.parent / "cmdline").read_bytes():
                return pss(int(status.parent.name)) / 1024 or float("nan")
        except (OSError, StopIteration):
            continue  # it ended while we looked
    return float("nan")
