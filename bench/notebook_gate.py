"""The notebook gate: strict nbval of each lesson and solution against the least that running it can cost."""

from __future__ import annotations

import ast
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from measuring import ROOT, Result, in_turn, ratio, say, seconds

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
    "for name in sys.argv[1:]:\n"
    "    book = nbformat.read(name, as_version=4)\n"
    "    nbclient.NotebookClient(book, timeout=60, kernel_name='python3').execute()\n"
)
PYTEST = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
NBVAL = ["--nbval", "--nbval-current-env", "--nbval-cell-timeout=60", "-p", "no:nbmake"]
NBVAL += ["--nbval-sanitize-with", "tests/nbval_sanitize.cfg"]
NBMAKE = ["--nbmake", "--nbmake-timeout=60", "-p", "no:nbval"]


def measure(rounds: int) -> Result:
    """Strict nbval of each lesson and solution against its floor and against nbmake."""
    timed = ("strict nbval, s", "nbmake, s", "imports alone, s", "libraries alone, s")
    head = ("notebook", *timed, "nbval to imports", "nbval to libraries", "nbval to nbmake")
    rows: list[tuple[str, ...]] = []
    passing: list[Trial] = []
    with tempfile.TemporaryDirectory() as folder:
        for path in [
            *sorted(ROOT.glob("lessons/*.ipynb")),
            *sorted(ROOT.glob("exercises/solutions/*.ipynb")),
        ]:
            name = f"{path.parent.name} {path.stem[:2]}"
            say(f"{name} ...")
            trial = Trial.of(path, Path(folder) / name.replace(" ", "_"))
            try:
                times = gate([trial], min(rounds, 3)) if executed(path) else None
            except RuntimeError:
                times = None
            if times is None:
                rows.append((name, "not executed, or does not pass", *[""] * 6))
            else:
                passing.append(trial)
                rows.append(row(name, times))
        if passing:
            say("all of them in one process ...")
            together = gate(passing, min(rounds, 3))
            each = {way: taken / len(passing) for way, taken in together.items()}
            rows.append(row(f"all {len(passing)} in one process, each", each))
    how = (
        "A whole process each time, at most three rounds. *Imports alone*: nbclient runs a notebook that "
        "holds nothing but the import lines of this one, in a fresh kernel. Our package imports its "
        "libraries late, so *libraries alone* adds those that the notebook has loaded by its end. A row "
        "of one notebook counts the start of pytest too; the last row spreads it over all, as the tests "
        "do. Aim: at most 1.3 times the floor."
    )
    return Result("The notebook gate", how, [head, *rows], "python bench/run.py --only gate")


@dataclass(frozen=True)
class Trial:
    """A notebook and its two floors."""

    path: Path
    imports: Path
    libraries: Path

    @classmethod
    def of(cls, path: Path, folder: Path) -> Trial:
        folder.mkdir()
        lines = imports_of(path)
        full = [*lines, *(f"import {module}" for module in loaded(path))]
        return cls(path, write(folder / "imports.ipynb", lines), write(folder / "libraries.ipynb", full))


def gate(trials: list[Trial], rounds: int) -> dict[str, float]:
    """Seconds of each way to run these notebooks in one process."""
    paths = [str(trial.path.relative_to(ROOT)) for trial in trials]
    ways = {
        "nbval": partial(seconds, [*PYTEST, *NBVAL, *paths]),
        "imports": partial(seconds, ["-c", RUN, *(str(trial.imports) for trial in trials)]),
        "libraries": partial(seconds, ["-c", RUN, *(str(trial.libraries) for trial in trials)]),
        "nbmake": partial(seconds, [*PYTEST, *NBMAKE, *paths]),
    }
    return in_turn(ways, rounds)


def row(name: str, times: dict[str, float]) -> tuple[str, ...]:
    shown = (f"{times[way]:.2f}" for way in ("nbval", "nbmake", "imports", "libraries"))
    against = (ratio(times["nbval"], times[way]) for way in ("imports", "libraries", "nbmake"))
    return (name, *shown, *against)


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
        nbformat.v4.new_code_cell(f"import sys; print(*[m for m in {LATE} if m in sys.modules])")  # type: ignore[no-untyped-call]
    )
    where = {"metadata": {"path": str(path.parent)}}
    NotebookClient(book, timeout=60, kernel_name="python3", resources=where, allow_errors=True).execute()
    text: str = book.cells[-1].outputs[0].text
    return text.split()


def write(path: Path, lines: list[str]) -> Path:
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("\n".join(lines))])  # type: ignore[no-untyped-call]
    nbformat.write(book, path)  # type: ignore[no-untyped-call]
    return path


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
