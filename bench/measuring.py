"""What the measurements share: rounds in turn, processes timed whole, and the rows of a result."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "deploy/hub")]


class Skipped(Exception):
    """A measurement cannot be made here; the message says why."""


@dataclass(frozen=True)
class Result:
    """One measurement: what was done, and a table of what was found. The first row names the columns."""

    title: str
    how: str
    rows: Sequence[Sequence[str]]
    command: str

    def as_markdown(self) -> str:
        head, *rows = ("| " + " | ".join(row) + " |" for row in self.rows)
        rule = "| " + " | ".join("---" for _ in self.rows[0]) + " |"
        return "\n".join(
            [f"## {self.title}", "", self.how, "", f"`{self.command}`", "", head, rule, *rows, ""]
        )


def in_turn(ways: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The median of each way, tried A B C A B C, so that a busy moment hits all of them alike."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            found[name].append(way())
    return {name: statistics.median(values) for name, values in found.items()}


def seconds(command: Iterable[str], cwd: Path = ROOT, accept: Sequence[int] = (0,)) -> float:
    """How long a Python command takes from start to end; raises RuntimeError with its words if it fails."""
    with tempfile.TemporaryDirectory() as answers:  # nobody's own answers are read or written
        words = [sys.executable, *command]
        env = {**os.environ, "NOTTHESAME_ANSWERS": answers}
        begun = time.perf_counter()
        done = subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True)
        taken = time.perf_counter() - begun
    if done.returncode not in accept:
        raise RuntimeError(f"{' '.join(words[1:])[:200]} failed:\n{(done.stdout + done.stderr)[-2000:]}")
    return taken


def say(line: str) -> None:
    """A line for whoever waits."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def ratio(ours: float, other: float) -> str:
    return f"{ours / other:.2f}" if other else ""


def lesson(number: str = "02") -> Path:
    """The file of a lesson."""
    return next((ROOT / "lessons").glob(f"{number}_*.ipynb"))
