"""The course at both ends of its ranges; by hand, before a release and where a range changes:

    python -m tests.setup.oldest_newest            # the oldest Python, the lowest version of each range
    python -m tests.setup.oldest_newest newest     # the newest Python at hand, the newest versions
    python -m tests.setup.oldest_newest newest --python /opt/python3.14/bin/python

Makes an environment in a folder that it deletes, installs by uv, and runs the tests that say most: import,
ranges, questions, labs, figures, statistics, and every lesson against its stored outputs. About ten minutes
on two quiet cores; needs a network.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import start
from tests.everything import LESSONS, NBVAL, WORKERS, expanded

ROOMS = ["questions", "labs", "statistics", "evidence", "figures", "subject", "learner", "capstone", "plans"]
# An old library warns of a newer one beside it, which is no fault of ours. In lessons it would show.
TESTS = ["pytest", "-q", *WORKERS, "-o", "filterwarnings=default", "-m", "not slow and not browser"]
TESTS += ["-p", "no:cacheprovider", "src", "tests/setup/test_ranges.py", *(f"tests/{room}" for room in ROOMS)]
STEPS = {
    "import": ["-c", "import notthesame as nts; nts.contents"],
    "tests": ["-m", *TESTS],
    "lessons": ["-m", "pytest", "-q", "--nbval", *NBVAL, *LESSONS],
}
RESOLUTION = {"oldest": "lowest-direct", "newest": "highest"}


def main(words: Sequence[str]) -> int:
    """Set up one end, run the steps, and say how each ended; 1 where one failed."""
    asked = argparse.ArgumentParser(prog="python -m tests.setup.oldest_newest")
    asked.add_argument("end", nargs="?", choices=[*RESOLUTION], default="oldest")
    asked.add_argument("--python", help="another Python than the one that belongs to this end")
    told = asked.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        python = made(Path(folder), told.end, told.python)
        environment = clean(python, NOTTHESAME_ANSWERS=f"{folder}/answers")
        said = [step(name, [str(python), *expanded(STEPS[name])], environment) for name in STEPS]
    return 0 if all(said) else 1


def made(folder: Path, end: str, python: str | None) -> Path:
    """The Python of an environment with the course and its tests, at one end of the ranges."""
    subprocess.run([sys.executable, "-m", "venv", folder / "tools"], check=True)
    tools = str(program(folder / "tools"))
    subprocess.run([tools, "-m", "pip", "install", "-q", start.UV], check=True)
    found = program(folder / end)

    def uv(*words: str) -> int:
        environment = start.sources([tools, "-m", "pip"])
        return subprocess.run([tools, "-m", "uv", *words], cwd=start.ROOT, env=environment).returncode

    version = python or next(
        one for one in versions(end) if uv("python", "find", one, "-q", "--no-python-downloads") == 0
    )
    install = ["pip", "install", "-q", "--resolution", RESOLUTION[end]]
    install += ["--python", str(found), "-e", ".[test]"]
    for words in (["venv", "-q", "--python", version, str(folder / end)], install):
        if uv(*words):
            sys.exit(f"uv {words[0]} failed for Python {version}; its words stand above.")
    return found


def program(environment: Path) -> Path:
    return environment / start.PYTHON.relative_to(start.VENV)


def versions(end: str) -> list[str]:
    """The Pythons to look for, the one that belongs to an end first."""
    with (start.ROOT / "pyproject.toml").open("rb") as file:
        oldest = tomllib.load(file)["project"]["requires-python"].removeprefix(">=")
    return [oldest] if end == "oldest" else [f"3.{minor}" for minor in range(20, int(oldest[2:]) - 1, -1)]


def clean(python: Path, **more: str) -> Mapping[str, str]:
    """A process's environment in which nothing leads to another environment's packages or kernels."""
    own = {"PATH": str(python.parent), "JUPYTER_PATH": str(python.parents[1] / "share/jupyter")}
    left = {name: value for name, value in os.environ.items() if name not in start.NOT_PASSED_ON}
    own["PATH"] += os.pathsep + left.get("PATH", "")
    return {**left, **own, "VIRTUAL_ENV": str(python.parents[1]), "JUPYTER_PREFER_ENV_PATH": "1", **more}


def step(name: str, command: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Run one step and say how it ended."""
    begun = time.monotonic()
    code = subprocess.run(command, cwd=start.ROOT, env=environment).returncode
    print(f"=== {name}: {'failed' if code else 'passed'} in {time.monotonic() - begun:.0f} s", flush=True)
    return code == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
