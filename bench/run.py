"""Measure, and write bench/RESULTS.md: ``python bench/run.py``, with ``--help`` for less than all.

Ratios against a named peer in the same run say more than seconds, which depend on the machine and on what
else it does. With ``--only`` or ``--labs`` the results are printed and RESULTS.md is left alone.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import sys
from functools import partial

import audit_time
import class_report
import clicks
import imports
import labs
import notebook_gate
import open_lesson
import stored_bytes
import unseen
from measuring import ROOT, Result, Skipped, say

MEASURES = {
    "gate": notebook_gate.measure,
    "clicks": clicks.measure,
    "labs": labs.measure,
    "bytes": stored_bytes.measure,
    "imports": imports.measure,
    "audit": audit_time.measure,
    "lesson": open_lesson.measure,
    "unseen": unseen.measure,
    "report": class_report.measure,
}


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the course against its peers.")
    parser.add_argument("--only", nargs="+", choices=MEASURES, help="print these and do not write RESULTS.md")
    parser.add_argument("--labs", nargs="+", choices=[case.call for case in labs.CASES], help="these alone")
    parser.add_argument("--rounds", type=int, default=5, help="how often each thing is tried (default 5)")
    options = parser.parse_args()
    parts, failed = [], False
    names = ["labs"] if options.labs else options.only
    measures = MEASURES | {"labs": partial(labs.measure, calls=options.labs)}
    for name in names or MEASURES:
        say(f"=== {name}: {(MEASURES[name].__doc__ or '').splitlines()[0]}")
        try:
            result = measures[name](options.rounds)
        except Skipped as reason:
            say(f"skipped: {reason}")
            parts.append(f"## {name}\n\nNot measured: {reason}.\n")
        except Exception as error:  # one that fails must not lose the others
            failed = True
            say(f"failed: {type(error).__name__}: {error}")
            parts.append(f"## {name}\n\nFailed; run `python bench/run.py --only {name}` to see why.\n")
        else:
            say(as_text(result))
            parts.append(result.as_markdown())
    if not names:
        target = ROOT / "bench" / "RESULTS.md"
        target.write_text(heading(options.rounds) + "\n".join(parts), encoding="utf-8")
        say(f"written: {target.relative_to(ROOT)}")
    return int(failed)


def heading(rounds: int) -> str:
    """What was measured on, in general words."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    return (
        "# Measurements\n\n"
        f"Written by `make bench` on {datetime.date.today().isoformat()}: {machine}; load at the end "
        f"{load:.1f}. Rounds: {rounds}; each number is their median unless its table says otherwise; ways "
        "are tried in turn (A B C A B C). Trust the ratios more than the seconds: other work on the "
        "machine moves both alike.\n\n"
    )


def as_text(result: Result) -> str:
    widths = [max(len(row[column]) for row in result.rows) for column in range(len(result.rows[0]))]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in result.rows
    )
    return "\n".join([result.title, *(f"  {line.rstrip()}" for line in lines)])


if __name__ == "__main__":
    sys.exit(main())
