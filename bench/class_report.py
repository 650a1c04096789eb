"""What a class report costs: seconds and memory for classes of any size, from files to its page.

``python bench/class_report.py --sizes 1000 10000 100000`` prints it for these sizes; ``--keep FOLDER`` keeps
the classes that it makes, which takes longer than reading them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from measuring import ROOT, Result, say  # first, for it lets tests be imported

from notthesame.classroom.collected import collected, content
from notthesame.classroom.learners import learner
from notthesame.classroom.tally import tally
from notthesame.questions.hand_in_file import HandIn, Item, encode, read
from tests.classroom.a_class import hand_in
from tests.memory import pss

SIZES, ANSWERS, KINDS = (1_000, 10_000), 200, 200  # answers in a hand-in; learners who are not alike
IN_A_ZIP = 1_000
AIM_SECONDS, AIM_MB, AIM_OF = 20, 1_000, 10_000
HEADS = ("hand-ins", "seconds", "of processors", "ms a hand-in", "MB in sum", "aim")


def measure(rounds: int) -> Result:
    """The class report of 1,000 and of 10,000 hand-ins of 200 answers, and where its time goes."""
    return measured(SIZES, rounds)


def measured(sizes: Sequence[int], rounds: int = 1, keep: Path | None = None) -> Result:
    with tempfile.TemporaryDirectory() as temporary:
        rows = [HEADS]
        for size in sizes:
            places = a_class(Path(keep or temporary) / str(size), size)
            found = [report(places, Path(temporary)) for _ in range(rounds if size <= AIM_OF else 1)]
            seconds, busy, most = min(found)  # what else runs only adds
            aim = f"under {AIM_SECONDS} s, {AIM_MB:,} MB" if size == AIM_OF else ""
            each = f"{seconds / size * 1e3:.2f}"
            rows.append((f"{size:,}", f"{seconds:.1f}", f"{busy:.1f}", each, f"{most:.0f}", aim))
            say(f"{size:,}: {seconds:.1f} s")
        rows += [(name, "", "", f"{each:.2f}", "", "") for name, each in stages(places).items()]
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    how = (
        f"`notthesame report` as a whole, by the clock: from zips of {IN_A_ZIP:,} hand-ins of {ANSWERS} "
        "answers to page, tables and counts; load of the machine at the end "
        f"{load:.1f} on {os.cpu_count()} processors. Memory is that of all its processes together. The last "
        "rows are milliseconds of one processor for one hand-in. Counting is so small a part beside reading "
        "and checking, which no engine for tables does, that DuckDB or Polars would earn nothing. Above one "
        "machine: give each a share of the files, all of one pseudonym to the same one; write `--counts` "
        "there; and give the counts to `report` together."
    )
    return Result("The class report", how, rows, "python bench/run.py --only report")


# --- classes


def a_class(folder: Path, size: int) -> Path:
    """Zips of hand-ins in a folder, if they are not there yet."""
    if not folder.exists():
        folder.mkdir(parents=True)
        coming = hand_ins(size)
        for number in range(0, size, IN_A_ZIP):
            with zipfile.ZipFile(
                folder / f"{number:07}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1
            ) as file:
                for found in islice(coming, IN_A_ZIP):
                    file.writestr(f"Learner_{found.pseudonym}/hand-in.json", encode(found))
    return folder


def hand_ins(size: int) -> Iterator[HandIn]:
    """So many learners, of whom some answered alike on other days."""
    kinds = [*islice((found for found in map(hand_in, range(10**6)) if len(found.items) >= ANSWERS), KINDS)]
    for number in range(size):
        kind, day = kinds[number % KINDS], f"2026-10-{number // KINDS % 28 + 1:02}"
        items = tuple(replace(item, day=day) for item in _some(kind.items, number))
        yield HandIn(f"{number * 2654435761 % 2**64:016x}", "2026-11-29", items)


def _some(items: Sequence[Item], number: int) -> Sequence[Item]:
    """As many as are wanted, without a few that stand together, others for each learner."""
    extra = len(items) - ANSWERS
    at = number % (ANSWERS - 1)
    at += items[at + extra].rank > 1  # not a later answer without the first
    return [*items[:at], *items[at + extra :]]


# --- what it costs


def report(places: Path, folder: Path) -> tuple[float, float, float]:
    """Seconds of the verb, those of processors, and the most MB that its processes held together."""
    out: list[str | Path] = [
        "-o",
        folder / "report.html",
        "--csv",
        folder / "tables",
        "--counts",
        folder / "counts.json",
    ]
    words: list[str | Path] = [sys.executable, "-m", "notthesame", "report", places, *out]
    begun, busy, most = time.perf_counter(), worked(), 0.0
    with subprocess.Popen(words, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL) as run:
        while run.poll() is None:
            most = max(most, held(run.pid))
            time.sleep(0.1)
    if run.returncode:
        raise RuntimeError(f"the report of {places} failed")
    return time.perf_counter() - begun, worked() - busy, most


def worked() -> float:
    """Seconds that processors were at processes started here which have ended."""
    found = os.times()
    return found.children_user + found.children_system


def held(session: int) -> float:
    """MB of the processes of a session, what they share counted once (PSS), as Linux tells it."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if int((process / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                total += pss(int(process.name))
        except OSError:  # it has ended meanwhile
            continue
    return total / 1e3


def stages(places: Path, size: int = 200) -> dict[str, float]:
    """Milliseconds of a processor for one hand-in, by what is done."""
    groups = collected([next(places.iterdir())]).groups[:size]
    tally([found for group in groups[:2] if (found := learner(group)[0])])  # reads the questions
    times: dict[str, float] = {}

    def timed(name: str, begun: float) -> None:
        times[name] = (time.process_time() - begun) / len(groups) * 1e3

    begun = time.process_time()
    contents = [content(place) for group in groups for place in group]
    timed("opening and unpacking", begun)
    begun = time.process_time()
    for one in contents:
        read(one)
    timed("reading as JSON and checking", begun)
    begun = time.process_time()
    learners = [found for group in groups if (found := learner(group)[0])]
    timed("all of these, and scoring", begun)
    begun = time.process_time()
    tally(learners)
    timed("counting", begun)
    return times


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[*SIZES])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    say(measured(options.sizes, options.rounds, options.keep).as_markdown())
