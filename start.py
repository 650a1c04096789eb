#!/usr/bin/env python3
"""Set up and open the course. Needs Python 3.11 or newer and nothing else.

The words it knows:

    python start.py                    open the course in JupyterLab; the first call makes .venv
    python start.py --no-browser ...   the same; further words go to JupyterLab
    python start.py setup [--fresh]    make .venv and no more; --fresh makes it again
    python start.py setup --test       with the tools the tests need (--bench: those and the benchmark's)
    python start.py test               check everything
    python start.py fast               check style, types and tests, without browser and notebooks
    python start.py html               write the course as pages that need no install
    python start.py audit              check the content (also: run, data, format, bench)
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (an older Python must be able to read this far)
    from shutil import which

    _newer = next(filter(which, ("python3.14", "python3.13", "python3.12", "python3.11")), None)
    _advice = f"Try: {_newer} start.py" if _newer else "Get a newer one from https://www.python.org/"
    sys.exit(f"This course needs Python 3.11 or newer; this is {sys.version.split()[0]}.\n{_advice}")

import contextlib
import hashlib
import json
import os
import re
import subprocess
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "notthesame.json"  # what was installed, written last
UNFINISHED = VENV / "unfinished"  # there while an install runs
PIP_LOG = VENV / "install.log"

# Run by .venv's Python, with package names: fails unless each is there with its record and its modules.
PROBE = """
import importlib.metadata, sys
def whole(name):
    files = importlib.metadata.distribution(name).files
    return files and all(file.locate().exists() for file in files if file.name == "__init__.py")
sys.excepthook = lambda *_: None
sys.exit(not (sys.version_info >= (3, 11) and all(map(whole, sys.argv[1:]))))
"""

# JupyterLab: no news pop-up, no update check; pages such as the ledger open rendered; a saved notebook keeps
# its controls, so that they are there the next day; what a control sends goes to the kernel itself, as what
# goes to a thread beside it (a subshell) is lost without a word where the kernel died and began again.
LAB_SETTINGS = {
    "@jupyterlab/apputils-extension:kernels-settings": {"commsOverSubshells": "disabled"},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}},
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
}
START_PAGE = "start.ipynb"
# IPython: a cell run before the import says so in one line.
IPYTHON_SETTINGS = 'get_config().InteractiveShellApp.extensions.append("notthesame.kernel")\n'
LAB_OPTIONS = [
    f"--ServerApp.root_dir={ROOT}",
    # The settings above hold for the page; these keep the server from asking anyone either.
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
]

# Each verb that runs the package or a script, and the extra it needs.
PASSED_ON = {
    "html": ((), ["-m", "notthesame", "html"]),
    "audit": (("test",), ["-m", "notthesame", "audit"]),
    "run": (("test",), ["-m", "notthesame", "run"]),
    "data": (("test",), ["-m", "notthesame", "data"]),
    "format": (("test",), ["-m", "ruff", "format", "."]),
    "bench": (("test", "bench"), ["bench/run.py"]),
}

WORKERS = ["-n", "2", "--dist", "loadscope"]  # loadscope: the cells of one notebook stay in one kernel
NBVAL = [*WORKERS, "--nbval-current-env", "--nbval-cell-timeout=60", "-p", "no:cacheprovider"]
NBVAL += ["--nbval-sanitize-with", "tests/nbval_sanitize.cfg"]
LESSONS = ["start*.ipynb", "lessons/*.ipynb", "exercises/solutions/*.ipynb"]

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
    """Do what the words ask for and return the exit status."""
    if set(words[:2]) & {"-h", "--help", "help"}:
        print(__doc__)
        return 0
    verb, *rest = words if words and not words[0].startswith("-") else ("lab", *words)
    if verb == "lab":
        prepare()
        return open_lab(rest)
    if verb == "setup":
        return set_up(rest)
    if verb in ("test", "fast"):
        prepare("test")
        return check(only_fast=verb == "fast")
    if verb in PASSED_ON:
        extras, command = PASSED_ON[verb]
        prepare(*extras)
        return run([*command, *rest])
    stop(f"start.py: no verb {verb!r}. It knows: lab, setup, test, fast, {', '.join(PASSED_ON)}.")


def stop(message: str) -> NoReturn:
    """End with exit status 1 and a message a person can act on."""
    sys.exit("\n" + message)


# --- setting up ---


def set_up(options: Sequence[str]) -> int:
    """Make the environment and say where it is."""
    unknown = set(options) - {"--test", "--bench", "--fresh"}
    if unknown:
        stop(f"start.py setup: unknown option {sorted(unknown)[0]}. Allowed: --test, --bench, --fresh.")
    extras = {"--test": ("test",), "--bench": ("test", "bench")}
    prepare(*(extra for option in options for extra in extras.get(option, ())), fresh="--fresh" in options)
    print(f"Ready: {VENV}")
    return 0


@dataclass(frozen=True)
class Stamp:
    """What the last finished install put into .venv."""

    key: str = ""
    extras: tuple[str, ...] = ()
    packages: tuple[str, ...] = ("pip",)

    @classmethod
    def read(cls) -> Stamp:
        """The stamp in .venv, or an empty one where there is none that can be read."""
        try:
            fields = json.loads(STAMP.read_text("utf-8"))
            return cls(fields["key"], tuple(fields["extras"]), tuple(fields["packages"]))
        except (OSError, ValueError, KeyError, TypeError):
            return cls()

    def holds(self, extras: Sequence[str]) -> bool:
        """Whether this install is up to date and has these extras."""
        return self.key == fingerprint() and set(extras) <= set(self.extras)


def prepare(*extras: str, fresh: bool = False) -> None:
    """Make sure .venv works and holds the course and the extras asked for. Takes no time when it does."""
    if fresh or not (usable() and Stamp.read().holds(extras)):
        with only_one():
            if fresh or not usable():
                make_venv()
            stamp = Stamp.read()
            if not stamp.holds(extras):
                install(sorted({*extras, *stamp.extras}) if stamp.holds(()) else extras)
    write_settings()
    keep_untouched()


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Let a second start.py wait until the first has finished setting up."""
    try:
        lock = open(ROOT / ".venv.lock", "a+b")  # noqa: SIM115
    except OSError as error:
        stop(f"Cannot write in {ROOT}: {error.strerror}.\nMove the course to a folder of your own.")
    with lock:
        lock_file(lock.fileno())
        yield


def lock_file(number: int) -> None:
    """Wait for the lock. The system frees it when this process ends, however it ends."""
    if sys.platform == "win32":
        import msvcrt

        while True:
            with contextlib.suppress(OSError):  # it gives up after ten seconds
                msvcrt.locking(number, msvcrt.LK_LOCK, 1)
                return
    else:
        import fcntl

        fcntl.flock(number, fcntl.LOCK_EX)


def usable() -> bool:
    """Whether .venv runs, was not interrupted while being made, and lacks nothing it should have."""
    if not PYTHON.exists() or UNFINISHED.exists():
        return False
    try:
        probe = [str(PYTHON), "-I", "-c", PROBE, *Stamp.read().packages]
        return subprocess.run(probe, env=clean_environment()).returncode == 0
    except OSError:
        return False


def packages(extras: Sequence[str]) -> list[str]:
    """Names of the packages that pyproject.toml asks for, in the form that the probe compares."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lists = [project["dependencies"], *(project["optional-dependencies"][extra] for extra in extras)]
    names = [re.split(r"[\s<>=!~;\[]", line)[0] for lines in lists for line in lines]
    return ["pip", "notthesame", *(re.sub(r"[-_.]+", "-", name).lower() for name in names)]


def fingerprint() -> str:
    """Changes when the packages wanted, the environment's Python or the place of the folder change."""
    parts = [(ROOT / "pyproject.toml").read_bytes(), (VENV / "pyvenv.cfg").read_bytes(), os.fsencode(ROOT)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def make_venv() -> None:
    """Make an empty .venv, in place of one that does not work."""
    print("Making .venv ...", flush=True)
    # Called from inside the environment, use the Python that it was made with.
    base = getattr(sys, "_base_executable", None) or sys.executable
    command = [base, "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(command, env=clean_environment(), stdout=subprocess.PIPE)
    if made.returncode:
        sys.stderr.buffer.write(made.stdout)  # venv reports a missing ensurepip there
        stop(
            "Python could not make .venv (its own message is above).\n"
            "- If JupyterLab is open, close it first.\n"
            "- On Debian and Ubuntu install the package python3-venv.\n"
            "- Else delete the folder .venv and try again."
        )


def install(extras: Sequence[str]) -> None:
    """Install the course from this folder, with the packages it needs, and note that it is done."""
    print("Installing packages; the first time this takes one to three minutes ...", flush=True)
    UNFINISHED.touch()
    target = f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT)
    # Compiling on all cores afterwards takes less time than pip's own compiling on one.
    pip = [str(PYTHON), "-m", "pip", "install", "--no-compile", "--disable-pip-version-check", "-e", target]
    with PIP_LOG.open("wb") as log:
        done = subprocess.run(pip, cwd=ROOT, env=clean_environment(), stdout=log, stderr=subprocess.STDOUT)
    if done.returncode:
        UNFINISHED.unlink()  # pip has put back what was there
        explain_failed_install()
    folders = [*VENV.glob("lib/python3*/site-packages"), *VENV.glob("Lib/site-packages")]
    # Some files are templates that never compile; they are no reason to stop.
    compile_all = [str(PYTHON), "-m", "compileall", "-qq", "-j", "0", *map(str, folders)]
    subprocess.run(compile_all, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stamp = Stamp(fingerprint(), tuple(extras), tuple(packages(extras)))
    STAMP.write_text(json.dumps(asdict(stamp)), "utf-8")
    UNFINISHED.unlink()


def explain_failed_install() -> NoReturn:
    """Say which step failed, show the end of pip's log and what to try."""
    lines = PIP_LOG.read_text("utf-8", errors="replace").splitlines()
    stop(
        "pip could not install the packages. Its last lines:\n\n"
        + "".join(f"    {line}\n" for line in lines[-12:])
        + "\n- No network? The first call needs one, later calls do not. Behind a proxy, set HTTPS_PROXY.\n"
        "- Disk full? The course needs about 800 MB.\n"
        "- A new Python? Some packages may not have caught up; try the one before it.\n"
        f"Then run the same command again. The whole log: {PIP_LOG}"
    )


def write_settings() -> None:
    """Write the defaults of JupyterLab and IPython into .venv; a learner's own settings still win."""
    files = {
        "share/jupyter/lab/settings/overrides.json": json.dumps(LAB_SETTINGS, indent=2),
        "etc/ipython/ipython_config.py": IPYTHON_SETTINGS,
    }
    for name, text in files.items():
        path = VENV / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")


def keep_untouched() -> None:
    """Keep a copy of each notebook that is still as shipped; nts.fresh_copy() hands it out.

    The list of digests says which those are, so that a notebook somebody has worked in never becomes the
    original. The copies lie outside .venv, for that may be deleted at any time.
    """
    shipped = json.loads((ROOT / "src/notthesame/notebooks.json").read_text("utf-8"))
    for name, digest in shipped.items():
        own, kept = ROOT / name, ROOT / ".untouched" / name
        content = own.read_bytes() if own.exists() else b""
        as_shipped = hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest() == digest
        if as_shipped and not (kept.exists() and kept.read_bytes() == content):
            with contextlib.suppress(OSError):  # the course opens all the same
                kept.parent.mkdir(parents=True, exist_ok=True)
                kept.write_bytes(content)


# --- running ---


def clean_environment(**more: str) -> dict[str, str]:
    """This process's environment without what would mix other Pythons' packages in."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
    path = f"{PYTHON.parent}{os.pathsep}{kept.get('PATH', '')}"
    return {**kept, "VIRTUAL_ENV": str(VENV), "PATH": path, **more}


def run(arguments: Sequence[str], **more: str) -> int:
    """Run .venv's Python in the project folder until it ends, and return its exit status."""
    with subprocess.Popen([PYTHON, *arguments], cwd=ROOT, env=clean_environment(**more)) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # the child gets it too and decides what to do with it
                continue


def open_lab(options: Sequence[str]) -> int:
    """Open JupyterLab on this machine only, at the start page."""
    command = ["-m", "jupyterlab", *LAB_OPTIONS, *options, f"--LabApp.default_url=/lab/tree/{START_PAGE}"]
    if not any(option.startswith(("--ip", "--ServerApp.ip")) for option in options):
        command.append("--ServerApp.ip=127.0.0.1")
    print("Opening JupyterLab. To end it, press Ctrl and C here, twice.", flush=True)
    if os.name == "nt":
        return run(command)
    os.chdir(ROOT)
    sys.stdout.flush()
    # One process and not two, so that a signal to it reaches JupyterLab.
    os.execve(PYTHON, [str(PYTHON), *command], clean_environment())


def check(only_fast: bool) -> int:
    """Run the steps one after the other, all of them, and end with one line that says what failed."""
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
    words = ["-m"]
    for word in command:
        files = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob(word)) if "*" in word else [word]
        if not files:
            print(f"no file matches {word}", flush=True)
            return 1
        words += files
    return run(words, NOTTHESAME_ANSWERS=answers)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
