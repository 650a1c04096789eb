"""What a hand-in costs: nbgrader and otter-grader run a notebook for each, our report reads answers.

``python bench/graders.py 5`` takes five copies. The peers lie in ``build/bench``, each apart from our own
environment, and are fetched from the package index when they are not there yet.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from measuring import ROOT, Result, Skipped, say, seconds

from notthesame.classroom import exports
from tests.classroom import nbgrader_tool

CACHE = ROOT / "build" / "bench"
OTTER = ["otter-grader==7.0.0", "pandas", "ipykernel"]
COPIES = 30
HAND_INS = 10_000  # of ours, each with an answer to every question; writing the page is a fixed cost
AIM = 1000

# Five small functions with a test each, the same for both peers: setup, then (answer, test).
SETUP = "import pandas as pd\ndf = pd.DataFrame({'x': range(10), 'g': list('ababababab')})"
ASKED = (
    ("df.x.mean()", "abs(q1() - 4.5) < 1e-9"),
    ("df.groupby('g').x.sum().to_dict()", "q2() == {'a': 20, 'b': 25}"),
    ("int((df.x > 4).sum())", "q3() == 5"),
    ("df.assign(y=df.x ** 2)", "q4().y.sum() == 285"),
    ("df.sort_values('x', ascending=False).head(3).x.tolist()", "q5() == [9, 8, 7]"),
)


def measure(rounds: int, copies: int = COPIES) -> Result:
    """Seconds for each hand-in: nbgrader, otter-grader, and the class report."""
    del rounds  # each copy is a round of its own
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ways: Mapping[str, Callable[[], float]] = {
            "nbgrader 0.9.6, five small tests": lambda: nbgrader_small(folder / "small", copies),
            "nbgrader 0.9.6, our exercise 02": lambda: nbgrader_ours(folder / "ours", copies),
            "otter-grader 7.0.0, five small tests": lambda: otter(folder / "otter", copies),
            f"our report, {HAND_INS:,} hand-ins": lambda: ours(folder / "hand-ins", HAND_INS),
        }
        found = {what: _tried(what, way) for what, way in ways.items()}
    *_, own = found
    rows = [("what", "seconds for each", "times our report", "aim")]
    for what, taken in found.items():
        aim = f"{AIM:,} at least" if what != own else ""
        rows.append((what, _digits(taken), _times(taken, found[own]) if what != own else "", aim))
    how = (
        f"{copies} copies of one notebook for the peers, started once each, in a kernel for each copy. The "
        f"report is the whole verb, from {HAND_INS:,} files to a page. The two do not do the same: one runs "
        "code, the other reads what was checked when it was answered. That is the point."
    )
    return Result("Hand-ins", how, rows, "python bench/run.py --only graders")


def _tried(what: str, way: Callable[[], float]) -> float | None:
    try:
        taken = way()
    except Skipped as reason:
        say(f"{what}: not measured, {reason}")
        return None
    say(f"{what}: {_digits(taken)} s")
    return taken


def _digits(taken: float | None) -> str:
    return "" if taken is None else f"{taken:.3g}"


def _times(taken: float | None, own: float | None) -> str:
    return f"{taken / own:,.0f}" if taken and own else ""


# --- nbgrader


def nbgrader_small(course: Path, copies: int) -> float:
    """Seconds for each copy to be graded by nbgrader, of a small notebook."""
    cells: list[dict[str, Any]] = [code(SETUP)]
    for n, (answer, test) in enumerate(ASKED, 1):
        cells.append(code(f"def q{n}():\n    return {answer}", marked(f"q{n}", solution=True)))
        cells.append(code(f"assert {test}", marked(f"t{n}", grade=True, locked=True, points=2)))
    write(course / "source" / "small" / "small.ipynb", cells)
    (course / "nbgrader_config.py").write_text("c = get_config()\n")
    return nbgrader(course, "small", copies)


def nbgrader_ours(course: Path, copies: int) -> float:
    """The same of an exercise of ours, as exported."""
    exports.export("nbgrader", course, ["02"])
    return nbgrader(course, "exercise_02", copies)


def nbgrader(course: Path, assignment: str, copies: int) -> float:
    """Release, hand in as many solved copies, and time what grades all of them."""
    try:
        env = nbgrader_tool.environment(nbgrader_tool.fetched(CACHE / "nbgrader"))
    except subprocess.CalledProcessError:
        raise Skipped("it could not be fetched") from None
    env["NOTTHESAME_ANSWERS"] = str(course / "answers")
    call([sys.executable, "-m", "nbgrader", "generate_assignment", assignment], course, env)
    [source] = (course / "source" / assignment).glob("*.ipynb")
    for n in range(copies):
        target = course / "submitted" / f"s{n}" / assignment / source.name
        target.parent.mkdir(parents=True)
        target.write_bytes(source.read_bytes())
    return call([sys.executable, "-m", "nbgrader", "autograde", assignment], course, env) / copies


def marked(name: str, **words: Any) -> dict[str, Any]:
    """nbgrader's words on a cell."""
    none = {"grade": False, "solution": False, "locked": False, "task": False}
    return {"nbgrader": {"schema_version": 3, "grade_id": name, **none, **words}}


# --- otter-grader


def otter(folder: Path, copies: int) -> float:
    """Seconds for each copy in one process that imports otter and grades them one after the other."""
    python = CACHE / "otter" / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists():
        venv.create(CACHE / "otter", with_pip=True)
        fetch(python)
    cells = [raw("# ASSIGNMENT CONFIG\ninit_cell: true\nexport_cell: false\ngenerate: true"), code(SETUP)]
    for n, (answer, test) in enumerate(ASKED, 1):
        cells += [
            raw(f"# BEGIN QUESTION\nname: q{n}\npoints: 2"),
            raw("# BEGIN SOLUTION"),
            code(f"def q{n}():\n    return {answer} # SOLUTION"),
            raw("# END SOLUTION"),
            raw("# BEGIN TESTS"),
            code(f"assert {test}"),
            raw("# END TESTS"),
            raw("# END QUESTION"),
        ]
    write(folder / "small.ipynb", cells)
    env = {**os.environ, "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}"}
    env.pop("PYTHONPATH", None)  # nothing of ours stands in its way
    call([str(python), "-m", "otter", "assign", "--no-pdfs", "small.ipynb", "dist"], folder, env)
    for n in range(copies):
        write(folder / "copies" / f"s{n}.ipynb", [cell for cell in cells if cell["cell_type"] == "code"])
    grade = (
        "import glob, sys, time\nfrom otter.api import grade_submission\n"
        "names, begun = sorted(glob.glob('copies/*.ipynb')), time.perf_counter()\n"
        "got = [grade_submission(name, sys.argv[1], quiet=True).total for name in names]\n"
        "print(time.perf_counter() - begun, *got, file=open('taken.txt', 'w'))"
    )
    [packed] = (folder / "dist" / "autograder").glob("*.zip")
    call([str(python), "-c", grade, str(packed)], folder, env)
    taken, *got = map(float, (folder / "taken.txt").read_text().split())
    if {*got} != {2.0 * len(ASKED)}:
        raise RuntimeError(f"otter gave {sorted({*got})} points to copies that are right")
    return taken / copies


# --- ours


def ours(folder: Path, hand_ins: int) -> float:
    """Seconds for each hand-in of a class: the verb from start to end."""
    try:
        a_class: Any = importlib.import_module("tests.classroom.a_class")
    except ImportError:
        raise Skipped("there is no class to report on here") from None
    folder.mkdir(parents=True)
    a_class.write(folder, hand_ins)
    words = ["-m", "notthesame", "report", str(folder), "-o", str(folder.parent / "report.html")]
    return seconds(words) / hand_ins


# --- shared


def code(source: str, metadata: Mapping[str, Any] = {}) -> dict[str, Any]:
    lines = source.splitlines(keepends=True)
    cell = {"cell_type": "code", "execution_count": None, "outputs": [], "source": lines}
    return {**cell, "metadata": dict(metadata)}


def raw(source: str) -> dict[str, Any]:
    return {"cell_type": "raw", "metadata": {}, "source": source.splitlines(keepends=True)}


def write(path: Path, cells: Sequence[Mapping[str, Any]]) -> None:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    numbered = [{**cell, "id": f"c{n}"} for n, cell in enumerate(cells)]
    made = {"cells": numbered, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(made), "utf-8")


def fetch(python: Path) -> None:
    try:
        call([str(python), "-m", "pip", "install", "-q", *OTTER], ROOT, os.environ)
    except RuntimeError:
        raise Skipped("it could not be fetched") from None


def call(words: Sequence[str], folder: Path, env: Mapping[str, str]) -> float:
    """How long a command takes; raises RuntimeError with its last words where it fails."""
    folder.mkdir(parents=True, exist_ok=True)
    begun = time.perf_counter()
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True)
    taken = time.perf_counter() - begun
    if done.returncode:
        raise RuntimeError(f"{' '.join(words[1:4])} failed:\n{(done.stdout + done.stderr)[-1500:]}")
    return taken


if __name__ == "__main__":
    say(measure(1, int(sys.argv[1]) if len(sys.argv) > 1 else COPIES).as_markdown())
