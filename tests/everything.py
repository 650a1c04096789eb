"""What `make test` runs and, with ``--fast`` and so without browser and notebooks, `make fast`."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence

from start import ROOT, run

WORKERS = ["-n", "2", "--dist", "loadscope"]  # loadscope: the cells of one notebook stay in one kernel
NBVAL = [*WORKERS, "--nbval-current-env", "--nbval-cell-timeout=60", "-p", "no:cacheprovider"]
NBVAL += ["--nbval-sanitize-with", "tests/nbval_sanitize.cfg"]
LESSONS = ["start*.ipynb", "lessons/*.ipynb", "exercises/solutions/*.ipynb"]
LESSONS += ["translations/*/lessons/*.ipynb"]

# The one list of what "everything" means: name, command, whether `fast` runs it.
# A word with * stands for the files it matches.
STEPS: list[tuple[str, list[str], bool]] = [
    ("style", ["ruff", "check", "."], True),
    ("format", ["ruff", "format", "--check", "."], True),
    ("types", ["mypy"], True),
    ("tests", ["pytest", *WORKERS, "--durations=10"], True),
    ("notebooks", ["pytest", "--nbval", *NBVAL, *LESSONS], False),
    ("exercises", ["pytest", "--nbval-lax", *NBVAL, "exercises/*.ipynb"], False),
    ("content", ["notthesame", "audit"], False),
]


def main(words: Sequence[str]) -> int:
    """Run the steps one after the other, all of them, and end with one line that says what failed."""
    only_fast = list(words) == ["--fast"]
    begun, failed = time.monotonic(), []
    steps = [(name, list(command)) for name, command, fast in STEPS if fast or not only_fast]
    with tempfile.TemporaryDirectory() as answers:  # tests never touch a learner's own answers
        for name, command in steps:
            if only_fast and name == "tests":
                command += ["-m", "not browser and not slow"]
            print(f"\n=== {name}: {' '.join(command)}", flush=True)
            if run_step(command, answers):
                failed.append(name)
    verdict = f"failed: {', '.join(failed)}" if failed else "all passed"
    seconds = time.monotonic() - begun
    print(f"\n=== {len(steps) - len(failed)} of {len(steps)} steps passed in {seconds:.0f} s; {verdict}")
    return 1 if failed else 0


def run_step(command: Sequence[str], answers: str) -> int:
    """Run one step; a pattern that matches no file fails it, for a test of nothing always passes."""
    try:
        words = expanded(command)
    except FileNotFoundError as error:
        print(error, flush=True)
        return 1
    return run(["-m", *words], NOTTHESAME_ANSWERS=answers)


def expanded(command: Sequence[str]) -> list[str]:
    """A command with the files that its patterns match; FileNotFoundError where one matches none."""
    words = []
    for word in command:
        files = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob(word)) if "*" in word else [word]
        if not files:
            raise FileNotFoundError(f"no file matches {word}")
        words += files
    return words


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
