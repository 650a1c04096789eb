"""How long the audit of the whole course takes."""

from __future__ import annotations

from functools import partial

from measuring import ROOT, Result, in_turn, ratio, seconds


def measure(rounds: int) -> Result:
    """The audit of the whole course, against reading the same notebooks with nbformat."""
    read = "import sys, nbformat; [nbformat.read(name, as_version=4) for name in sys.argv[1:]]"
    books = [
        str(path) for path in sorted(ROOT.glob("lessons/*.ipynb")) + sorted(ROOT.glob("exercises/**/*.ipynb"))
    ]
    ways = {
        "audit": partial(seconds, ["-m", "notthesame", "audit"], accept=(0, 1)),  # with faults it is as slow
        "read": partial(seconds, ["-c", read, *books]),
    }
    times = in_turn(ways, rounds)
    rows = [
        ("what", "seconds", "audit to it", "aim"),
        (f"python -m notthesame audit, {len(books)} notebooks", f"{times['audit']:.2f}", "", "30 s at most"),
        (
            "nbformat reads and validates them",
            f"{times['read']:.2f}",
            ratio(times["audit"], times["read"]),
            "",
        ),
    ]
    return Result(
        "The audit", "Whole processes; the audit starts no kernel.", rows, "python bench/run.py --only audit"
    )
