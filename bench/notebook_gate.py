"""The notebook gate: strict nbval of each lesson and solution against the least that running it can cost."""

from __future__ import annotations

import ast
import statistics
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from measuring import ROOT, Result, in_turn, ratio, seconds

# The libraries that our own modules load late: a notebook that uses them pays for them, whoever wrote it.
LATE = (
    "matplotlib.pyplot",
    "pandas",
    "scipy.stats",
    "statsmodels.api",
    "networkx",
    "anywidget",
    "yaml",
    "cattrs",
)
RUN = (
    "import sys, nbformat, nbclient\n"
    "book = nbformat.read(sys.argv[1], as_version=4)\n"
    "nbclient.NotebookClient(book, timeout=60, kernel_name='python3').execute()\n"
    "print(book.cells[-1].outputs)"
)
PYTEST = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
NBVAL = ["--nbval", "--nbval-current-env", "--nbval-cell-timeout=60", "-p", "no:nbmake"]
NBVAL += ["--nbval-sanitize-with", "tests/nbval_sanitize.cfg"]
NBMAKE = ["--nbmake", "--nbmake-timeout=60", "-p", "no:nbval"]


def measure(rounds: int) -> Result:
    """Strict nbval of each lesson and solution against its floor and against nbmake."""
    head = ("notebook", "strict nbval, s", "nbmake, s", "imports alone, s", "libraries alone, s")
    head += ("nbval to imports", "nbval to libraries", "nbval to nbmake")
    rows, found = [], []
    for path in [*sorted(ROOT.glob("lessons/*.ipynb")), *sorted(ROOT.glob("exercises/solutions/*.ipynb"))]:
        if not executed(path):
            rows.append((label(path), "not executed", *[""] * 6))
            continue
        times = gate(path, min(rounds, 3))
        found.append(times)
        rows.append(row(label(path), times))
    if found:
        middle = {name: statistics.median(times[name] for times in found) for name in found[0]}
        rows.append(row("median", middle))
    how = (
        "A whole process each time. *Imports alone*: nbclient runs a notebook that holds nothing but the "
        "import lines of this one, in a fresh kernel; our package imports its libraries late, so "
        "*libraries alone* adds those that the notebook has loaded by its end, and is the floor of the "
        "work it does. Aim: at most 1.3 times the floor. At most three rounds."
    )
    return Result("The notebook gate", how, [head, *rows], "python bench/run.py --only gate")


def gate(path: Path, rounds: int) -> dict[str, float]:
    name = str(path.relative_to(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        lines = imports_of(path)
        alone = write(Path(folder) / "imports.ipynb", lines)
        full = write(Path(folder) / "libraries.ipynb", [*lines, *(f"import {m}" for m in loaded(path))])
        ways = {
            "nbval": partial(seconds, [*PYTEST, *NBVAL, name]),
            "imports": partial(seconds, ["-c", RUN, str(alone)]),
            "libraries": partial(seconds, ["-c", RUN, str(full)]),
            "nbmake": partial(seconds, [*PYTEST, *NBMAKE, name]),
        }
        return in_turn(ways, rounds)


def row(name: str, times: dict[str, float]) -> tuple[str, ...]:
    shown = (f"{times[way]:.2f}" for way in ("nbval", "nbmake", "imports", "libraries"))
    against = (ratio(times["nbval"], times[way]) for way in ("imports", "libraries", "nbmake"))
    return (name, *shown, *against)


def label(path: Path) -> str:
    return f"{path.parent.name} {path.stem[:2]}"


def executed(path: Path) -> bool:
    """Whether every cell with code has run: nbval compares nothing with a cell that has not."""
    cells = [c for c in read(path).cells if c.cell_type == "code" and c.source.strip()]
    return bool(cells) and all(cell.execution_count for cell in cells)


def imports_of(path: Path) -> list[str]:
    """The import statements of a notebook's cells, in order."""
    found = []
    for cell in read(path).cells:
        if cell.cell_type == "code":
            nodes = ast.walk(ast.parse(cell.source))
            found += [ast.unparse(node) for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    return list(dict.fromkeys(found))


def loaded(path: Path) -> list[str]:
    """Which of the late libraries are loaded when the notebook has run."""
    from nbclient import NotebookClient

    book = read(path)
    book.cells.append(
        nbformat.v4.new_code_cell(f"import sys; print(*[m for m in {LATE} if m in sys.modules])")
    )
    where = {"metadata": {"path": str(path.parent)}}
    NotebookClient(book, timeout=60, kernel_name="python3", resources=where, allow_errors=True).execute()
    text: str = book.cells[-1].outputs[0].text
    return text.split()


def write(path: Path, lines: list[str]) -> Path:
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("\n".join(lines))])
    nbformat.write(book, path)
    return path


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)
