#!/usr/bin/env python3
"""Set up and open the course. Needs Python 3.11 or newer and nothing else.

The words it knows:

    python start.py                    open the course in JupyterLab; the first call makes .venv
    python start.py --no-browser ...   the same; further words go to JupyterLab
    python start.py es                 the same in another language: a folder of translations/, by its name
    python start.py setup [--fresh]    make .venv and no more; --fresh makes it again
    python start.py setup --test       with the tools the tests need (--bench: those and the benchmark's)
    python start.py test               check everything
    python start.py fast               check style, types and tests, without browser and notebooks
    python start.py site               write the course as pages that need no install (html: the same)
    python start.py lite DIR           write the course as JupyterLab in the browser alone, for a web server
    python start.py export FORMAT DIR  for an LMS (moodle, gift, qti, scorm), to print, or nbgrader
    python start.py report HANDINS -o report.html   make a page of what a class handed in
    python start.py pack workshop DIR  write sheets, slides and a run card for a class (pack student: no keys)
    python start.py stick FOLDER       write pages, browser lab, course and packages for computers offline
    python start.py audit              check the content (also: run, data, format, bench)
"""

import signal
import sys

if sys.version_info < (3, 11):  # noqa: UP036  (an older Python must be able to read this file)
    oldest: str = "3.11"  # An error here? The course needs Python 3.11 or newer. Try: python3 start.py
    from shutil import which

    _newer = next(filter(which, ("python3.14", "python3.13", "python3.12", "python3.11")), None)
    _advice = f"Try: {_newer} start.py" if _newer else "Get a newer one from https://www.python.org/"
    sys.exit(f"This course needs Python {oldest} or newer; this is {sys.version.split()[0]}.\n{_advice}")

if __name__ == "__main__" and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # no traceback while the rest is read

import ast
import contextlib
import csv
import hashlib
import io
import itertools
import json
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "notthesame.json"  # start.py made this .venv; it has words in it once all is installed
BEFORE = ROOT / ".venv.before"  # the last .venv that worked, until the next one does
CLEARING = ROOT / ".venv.clearing"  # what is on its way out, renamed first because clearing takes a while
LOG = ROOT / ".venv.log"
COURSE = ROOT / "src"
STICK = ROOT.parent / "CHECKSUMS.txt"  # beside the course on a stick, as are the packages that it needs
WHEELS = "../wheels"

# uv installs several times faster than pip, which stays for those who cannot have uv.
# Older ones of either have known flaws.
UV, PIP = "uv>=0.13,<1", "pip>=26"

# pip's settings that say where packages come from, and uv's names for them. No other setting counts here: an
# install for the user, or into another folder, would miss .venv.
UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "constraint": "UV_CONSTRAINT",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
    "proxy": "ALL_PROXY",
}
FOR_PIP = ("cache-dir", "default-timeout", "keyring-provider", "no-cache-dir", "retries", "timeout")
ONLY_PIP = ("no-binary", "no-index", "only-binary", "pre", "require-hashes")  # where set, uv is not asked

NOT_RUN = r"[\\/](tests?|pip)[\\/]"  # a third of all files; not worth the time to compile

# Run around each installer: stops it, and all it has started, once start.py is gone, however that ended.
GUARD = """
import os, subprocess, sys, threading
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, close_fds=False)
def stop_with_start():
    os.read(0, 1)
    child.kill() if os.name == "nt" else os.killpg(0, 9)
threading.Thread(target=stop_with_start, daemon=True).start()
os._exit(child.wait() != 0)
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
# The first lesson of each translation, by its folder's name.
TRANSLATED = {
    path.parents[1].name: path.relative_to(ROOT).as_posix()
    for path in sorted(ROOT.glob("translations/*/lessons/00_*.ipynb"))
}
# IPython: a cell run before the import says so in one line.
IPYTHON_SETTINGS = 'get_config().InteractiveShellApp.extensions.append("notthesame.kernel")\n'
# The settings above hold for the page; these keep the server from asking anyone either.
LAB_SERVER = {
    "news_url": None,
    "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    "extension_manager": "readonly",
}
LAB_OPTIONS = [
    f"--ServerApp.root_dir={ROOT}",
    *(f"--LabApp.{name}={value}" for name, value in LAB_SERVER.items()),
    # The checkout's own and not the copy in .venv, which is as old as .venv.
    f"--LabApp.extra_labextensions_path={ROOT / 'src/notthesame/front/labextensions'}",
]

NOT_PASSED_ON = ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_PREFIX", "PIP_TARGET", "JUPYTERLAB_DIR")

# Each verb that runs the package or a script, and the extra it needs.
PASSED_ON = {
    "test": (("test",), ["-m", "tests.everything"]),
    "fast": (("test",), ["-m", "tests.everything", "--fast"]),
    "site": (("site",), ["-m", "notthesame", "site"]),
    "html": (("site",), ["-m", "notthesame", "html"]),
    "lite": (("lite",), ["-m", "notthesame", "lite"]),
    "export": (("site",), ["-m", "notthesame", "export"]),  # SCORM holds pages
    "pack": (("site",), ["-m", "notthesame", "pack"]),  # and so does what students get
    "report": ((), ["-m", "notthesame", "report"]),
    "stick": (("lite", "site", "stick"), ["-m", "notthesame", "stick"]),
    "audit": (("test",), ["-m", "notthesame", "audit"]),
    "run": (("test",), ["-m", "notthesame", "run"]),
    "data": (("test",), ["-m", "notthesame", "data"]),
    "format": (("test",), ["-m", "ruff", "format", "."]),
    "bench": (("test", "bench"), ["bench/run.py"]),
}


def main(words: Sequence[str]) -> int:
    """Do what the words ask for and return the exit status."""
    if set(words[:2]) & {"-h", "--help", "help"}:
        print(__doc__)
        return 0
    verb, *rest = words if words and not words[0].startswith("-") else ("lab", *words)
    if verb == "lab" or verb in TRANSLATED:
        prepare()
        return open_lab(rest, TRANSLATED.get(verb, START_PAGE))
    if verb == "setup":
        return set_up(rest)
    if verb in PASSED_ON:
        extras, command = PASSED_ON[verb]
        prepare(*extras)
        return run([*command, *rest])
    stop(f"start.py: no verb {verb!r}. It knows: {', '.join(('lab', *TRANSLATED, 'setup', *PASSED_ON))}.")


def stop(message: str) -> NoReturn:
    """End with exit status 1 and a message a person can act on."""
    sys.exit("\n" + message)


def end_plainly(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Show an error as Python does, but Ctrl-C as one line."""
    if issubclass(kind, KeyboardInterrupt):
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
    else:
        sys.__excepthook__(kind, error, trace)


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
    """What start.py has put into .venv; empty until it has finished."""

    place: str = ""
    extras: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()  # the lines of pyproject.toml
    packages: tuple[str, ...] = ()  # all that is installed
    known: tuple[str, ...] = ()  # files that were off from the start: two packages may bring the same one

    @classmethod
    def read(cls) -> "Stamp":
        """The stamp in .venv, or an empty one where there is none that can be read."""
        try:
            fields = json.loads(STAMP.read_text("utf-8"))
            return cls(place=fields.pop("place"), **{name: tuple(lines) for name, lines in fields.items()})
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls()

    def holds(self, extras: Iterable[str]) -> bool:
        """Whether .venv was set up here, for what pyproject.toml now asks for, with these extras."""
        here = self.place == str(ROOT) and set(extras) <= set(self.extras)
        return here and list(self.wanted) == requirements(self.extras)


def prepare(*extras: str, fresh: bool = False) -> None:
    """Make sure .venv works and holds the course and the extras asked for. Takes no time when it does."""
    try:
        if fresh or BEFORE.exists() or CLEARING.exists() or not (works() and Stamp.read().holds(extras)):
            with only_one():
                tidy()
                if fresh or not works():
                    make(extras if fresh else {*extras, *Stamp.read().extras})
                else:
                    bring_up_to_date({*extras, *Stamp.read().extras})
        write_settings()
    except OSError as error:
        stop(f"Setting up failed: {error}.\nIs the disk full (the course needs about 800 MB), a file in use?")
    keep_untouched()


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Let a second start.py wait until the first has finished setting up, and end on any signal alike."""
    try:
        lock = open(ROOT / ".venv.lock", "a+b")  # noqa: SIM115
    except OSError as error:
        stop(f"Cannot write in {ROOT}: {error.strerror}.\nMove the course to a folder of your own.")
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    earlier = [(number, signal.signal(number, signal.default_int_handler)) for number in numbers]
    with lock:
        # An installer holds the lock as well, so that nobody builds beside one that has lost its start.py.
        os.set_inheritable(lock.fileno(), True)
        if not locked(lock.fileno(), wait=False):
            print("Another start.py is setting up this folder; waiting for it ...", flush=True)
            while not locked(lock.fileno(), wait=True):
                pass
        yield
    for number, handler in earlier:
        signal.signal(number, handler)


def locked(number: int, wait: bool) -> bool:
    """Take the lock; the system frees it when this process ends, however it ends."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(number, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)  # waits for ten seconds
        except OSError:
            return False
    else:
        import fcntl

        try:
            fcntl.flock(number, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        except OSError:
            pass  # some network disks know no locks
    return True


def tidy() -> None:
    """Clear what an interrupted call left; the .venv that worked before it comes back."""
    clear(CLEARING)
    if BEFORE.exists():
        if own() and Stamp.read().packages:
            clear(BEFORE)
        else:
            set_aside()
            move(BEFORE, VENV)


def own() -> bool:
    """Whether start.py made .venv, and in this very folder, not behind a link."""
    return VENV.resolve() == VENV and (STAMP.exists() or (VENV.is_dir() and not any(VENV.iterdir())))


def works() -> bool:
    """Whether .venv was finished, runs, and lacks nothing that was installed."""
    if not (own() and Stamp.read().packages and PYTHON.exists()):
        return False
    try:
        runs = subprocess.run([PYTHON, "-I", "-S", "-c", ""], stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False
    return runs and not set(damaged(Stamp.read().packages)) - set(Stamp.read().known)


def damaged(names: Iterable[str]) -> list[str]:
    """Files of these packages that are missing or of another size than when they were installed."""
    found, records = [], installed()
    for name in names:
        record = records.get(name, VENV / name)
        try:
            rows = list(csv.reader(record.read_text("utf-8").splitlines()))
            found += [path for path, _, size in rows if not intact(record.parent.parent, path, size)]
            found += [] if rows else [str(record)]
        except (OSError, ValueError, csv.Error):
            found.append(str(record))
    return found


def intact(site: Path, path: str, size: str) -> bool:
    """Whether a file is there in its size; compiled files come and go."""
    try:
        return path.endswith(".pyc") or os.stat(f"{site}/{path}").st_size == int(size or -1) or not size
    except OSError:
        return False


def installed() -> dict[str, Path]:
    """The packages in .venv, each with its list of files."""
    folders = (folder for site in sites() for folder in site.glob("*.dist-info"))
    return {folder.name.split("-")[0]: folder / "RECORD" for folder in folders}


def sites() -> list[Path]:
    """Where the packages in .venv lie."""
    return [*VENV.glob("lib/python3*/site-packages"), *VENV.glob("Lib/site-packages")]


def requirements(extras: Iterable[str]) -> list[str]:
    """The lines of pyproject.toml that say what the course needs, with these extras."""
    try:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        more = project["optional-dependencies"]
        lists = [project["dependencies"], *(more.get(extra, ()) for extra in extras)]
    except (ValueError, KeyError) as error:
        stop(f"pyproject.toml is damaged: {error}.\nTake it anew from the course.")
    return [line for lines in lists for line in lines]


def bring_up_to_date(extras: Iterable[str]) -> None:
    """Follow a folder that was moved and a pyproject.toml that changed, without a network if that will do."""
    stamp = Stamp.read()
    if stamp.place != str(ROOT):
        follow(stamp.place)
    lines = requirements(extras)
    if sorted(stamp.wanted) == sorted(lines) or satisfied(lines):
        finish(sorted(extras))
    else:
        make(extras)


def satisfied(lines: Sequence[str]) -> bool:
    """Whether all is there already, as pip says when it is kept from every source of packages."""
    ask = [*in_venv("pip"), "--isolated", "install", "--no-index", "--dry-run", *lines]
    environment = clean_environment(PIP_CONFIG_FILE=os.devnull)
    return subprocess.run(ask, env=environment, capture_output=True).returncode == 0


def follow(old: str) -> None:
    """Let the scripts in .venv name the place where it is now; uv's need no help, pip's do."""
    for path in PYTHON.parent.iterdir():
        if path.is_file() and not path.is_symlink() and path.stat().st_size < 100_000:
            text = path.read_bytes()
            changed = text.replace(os.fsencode(old), os.fsencode(ROOT))
            if changed != text:
                path.write_bytes(changed)


def make(extras: Iterable[str]) -> None:
    """Make .venv with all that is needed. One that worked until now comes back if that fails."""
    broken = own() and Stamp.read().packages and damaged(Stamp.read().packages)
    if broken:
        more = f" and {len(broken) - 1} more" if broken[1:] else ""
        print(f"Missing or damaged in .venv: {broken[0]}{more}.", flush=True)
    set_aside()
    LOG.write_bytes(b"")
    try:
        make_venv()
        # uv links files from its store, so what is damaged here may be damaged there.
        install(sorted({*extras}), **({"UV_NO_CACHE": "1"} if broken else {}))
    except SystemExit:
        tidy()
        raise
    clear(BEFORE)


def set_aside() -> None:
    """Leave the name .venv free. What start.py did not make, and a link, keep what they hold."""
    if os.path.lexists(VENV) and not own():
        numbers = (n for n in itertools.count(1) if not os.path.lexists(ROOT / f".venv-kept-{n}"))
        kept = ROOT / f".venv-kept-{next(numbers)}"
        move(VENV, kept)
        print(f"start.py did not make the .venv that is here; it is now called {kept.name}.", flush=True)
    elif Stamp.read().packages and not BEFORE.exists():
        move(VENV, BEFORE)
    elif VENV.exists():
        clear(VENV)


def clear(folder: Path) -> None:
    """Delete a folder that start.py made. It loses its name first, so that no call meets half of it."""
    if folder != CLEARING and folder.exists():
        move(folder, CLEARING)
    shutil.rmtree(CLEARING, ignore_errors=True)


def move(folder: Path, to: Path) -> None:
    """Rename a folder, or say what may hold it."""
    try:
        folder.rename(to)
    except OSError as error:
        stop(f"Cannot rename {folder.name}: {error.strerror}.\nIf JupyterLab is open, close it first.")


def make_venv() -> None:
    """Make an empty .venv, marked as start.py's own before anything else is in it."""
    print("Making .venv ...", flush=True)
    VENV.mkdir()
    STAMP.touch()
    if not quietly([base_python(), "-m", "venv", "--without-pip", str(VENV)], clean_environment()):
        explain("Python could not make .venv.")
    with (VENV / "pyvenv.cfg").open("a", encoding="utf-8") as settings:
        settings.write("relocatable = true\n")  # so uv writes scripts that work wherever the folder is


def in_venv(module: str) -> list[str]:
    """How to run a module with .venv's Python."""
    return [str(PYTHON), "-m", module]


def any_pip() -> list[str]:
    """A pip that installs into .venv: the one at hand or, where there is none, Python's own copy of it."""
    at_hand = [base_python(), "-m", "pip", "--python", str(PYTHON)]
    if quietly([*at_hand, "--version"], clean_environment()):
        return at_hand
    if not quietly([*in_venv("ensurepip"), "--default-pip"], clean_environment()):
        explain("There is no pip.", "- On Debian and Ubuntu install the package python3-venv.\n")
    # Python 3.11 unpacks an old setuptools with it that has known flaws and is of no use here.
    quietly([*in_venv("pip"), "uninstall", "-y", "setuptools"], clean_environment())
    return in_venv("pip")


def base_python() -> str:
    """The Python that .venv is made with: outside it, also where start.py was called from inside."""
    return getattr(sys, "_base_executable", None) or sys.executable


def quietly(command: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Run a step of setting up, its words into the log, and say whether it went well."""
    options: dict[str, Any] = {"cwd": ROOT, "env": environment, "stdin": subprocess.PIPE, "close_fds": False}
    options |= {} if os.name == "nt" else {"process_group": 0}
    guarded = [base_python(), "-I", "-c", GUARD, *command]
    with LOG.open("ab") as log, subprocess.Popen(guarded, stdout=log, stderr=log, **options) as process:
        return process.wait() == 0


def install(extras: Sequence[str], **more: str) -> None:
    """Install the course from this folder, with the packages it needs, and note that it is done."""
    print("Installing packages; the first time this takes about a minute ...", flush=True)
    pip = any_pip()
    environment = {**sources(pip), **more}
    here = (
        f".[{','.join(extras)}]" if extras else "."
    )  # and no path, for a folder's name may end in a bracket
    course = [PIP, "-e", here]
    pip = [*pip, "install", "--no-compile", "--no-input", "--disable-pip-version-check"]
    uv = [*in_venv("uv"), "pip", "install", "--no-progress", "--python", str(PYTHON)]
    from_stick = {**environment, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": WHEELS}
    done = STICK.exists() and quietly([*pip, *course], from_stick) and leads_here()
    if not done:
        install_from_index(pip, uv, course, environment)
    quietly([*in_venv("compileall"), *["-qq", "-j", "0", "-x"], NOT_RUN, *map(str, sites())], environment)
    finish(extras)


def install_from_index(
    pip: Sequence[str], uv: Sequence[str], course: Sequence[str], environment: Mapping[str, str]
) -> None:
    """Install by uv, or by pip where uv cannot be had, from wherever pip's settings say."""
    with_uv = not any(as_variable(name) in environment for name in ONLY_PIP)
    with_uv = with_uv and quietly([*pip, "--retries", "1", UV], environment)
    with_uv = with_uv and quietly([*uv, *course], environment) and leads_here()
    (VENV / ".lock").unlink(missing_ok=True)  # uv's; every account of the machine may write to it
    if not with_uv and not (quietly([*pip, *course], environment) and leads_here()):
        explain(
            "The packages could not be installed.",
            f"{on_stick()}"
            "- No network? The first call needs one, later calls do not. Behind a proxy, set HTTPS_PROXY.\n"
            "- Disk full? The course needs about 800 MB.\n"
            "- A new Python? Some packages may not have caught up; try the one before it.\n",
        )


def on_stick() -> str:
    """For which Pythons the packages on a stick are, as a hint; nothing where the course lies on none."""
    if not STICK.exists():
        return ""
    names = [path.name for path in (ROOT / WHEELS).glob("*.whl")]
    built = filter(None, (re.search(r"-cp3(\d+)-cp3\1-", name) for name in names))
    pythons = ", ".join(f"3.{minor}" for minor in sorted({int(tag[1]) for tag in built})) or "none"
    here = ".".join(map(str, sys.version_info[:2]))
    return f"- From a stick? It brings packages for Python {pythons}; this is {here}.\n"


def leads_here() -> bool:
    """Whether .venv leads to the course, and from now on by a relative way, so that the folder may move."""
    found = [path for site in sites() for path in site.glob("*.pth") if leads_to(path) == COURSE]
    for path in found:
        path.write_text(os.path.relpath(COURSE, path.parent), "utf-8")
    return bool(found)


def leads_to(path: Path) -> Path:
    """The folder that a path file of one line names."""
    return (path.parent / path.read_text("utf-8", errors="replace").strip()).resolve()


def sources(pip: Sequence[str]) -> dict[str, str]:
    """The environment for installers: of pip's settings those on where packages come from, for uv as well."""
    done = subprocess.run([*pip, "config", "list"], env=clean_environment(), capture_output=True)
    listed = done.stdout.decode(errors="replace")
    settings: dict[str, str] = {}
    for level in ("global", "install", ":env:"):  # the later one counts
        lines = re.findall(rf"(?m)^{level}\.([a-z-]+)=(['\"].*['\"])\r?$", listed)
        settings |= {name: " ".join(ast.literal_eval(value).split()) for name, value in lines}
    environment = {name: value for name, value in clean_environment().items() if not name.startswith("PIP_")}
    kept = (*UV_NAMES, *FOR_PIP, *ONLY_PIP)
    environment |= {as_variable(name): value for name, value in settings.items() if name in kept}
    environment["PIP_CONFIG_FILE"] = os.devnull
    for_uv = {UV_NAMES[name]: value for name, value in settings.items() if name in UV_NAMES}
    if "UV_FIND_LINKS" in for_uv:
        for_uv["UV_FIND_LINKS"] = for_uv["UV_FIND_LINKS"].replace(" ", ",")
    return {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_SYSTEM_CERTS": "1", **for_uv, **environment}


def as_variable(name: str) -> str:
    """What pip calls one of its settings in the environment."""
    return "PIP_" + name.upper().replace("-", "_")


def finish(extras: Iterable[str]) -> None:
    """Note what .venv holds, which says that it is finished."""
    names, lines = sorted(installed()), requirements(extras)
    stamp = Stamp(str(ROOT), tuple(extras), tuple(lines), tuple(names), tuple(damaged(names)))
    written = STAMP.with_suffix(".new")
    written.write_text(json.dumps(asdict(stamp)), "utf-8")
    written.replace(STAMP)


def explain(what: str, hints: str = "") -> NoReturn:
    """Say which step failed, show the end of the log and what to try."""
    lines = LOG.read_text("utf-8", errors="replace").splitlines()
    stop(
        f"{what} The last lines of the log:\n\n"
        + "".join(f"    {line}\n" for line in lines[-12:])
        + f"\n{hints}Then run the same command again. The whole log: {LOG}"
    )


def settings() -> dict[str, str]:
    """The defaults of JupyterLab and IPython, by their file below an environment."""
    return {
        "share/jupyter/lab/settings/overrides.json": json.dumps(LAB_SETTINGS, indent=2),
        "etc/jupyter/jupyter_lab_config.json": json.dumps({"LabApp": LAB_SERVER}, indent=2),
        "etc/ipython/ipython_config.py": IPYTHON_SETTINGS,
    }


def write_settings(into: Path = VENV) -> None:
    """Write these defaults into an environment; a learner's own settings still win."""
    for name, text in settings().items():
        path, content = into / name, text.encode()
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


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
    """This process's environment without what would mix in other Pythons' packages, kernels or folders."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON}
    kept |= {"VIRTUAL_ENV": str(VENV), "JUPYTER_PREFER_ENV_PATH": "1"}
    for name, own in {"PATH": PYTHON.parent, "JUPYTER_PATH": VENV / "share" / "jupyter"}.items():
        kept[name] = os.pathsep.join([str(own), *filter(None, [kept.get(name)])])
    return {**kept, **more}


def run(arguments: Sequence[str], **more: str) -> int:
    """Run .venv's Python in the project folder until it ends, and return its exit status."""
    with subprocess.Popen([PYTHON, *arguments], cwd=ROOT, env=clean_environment(**more)) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # the child gets it too and decides what to do with it
                continue


def open_lab(options: Sequence[str], page: str) -> int:
    """Open JupyterLab on this machine only, at a page."""
    command = ["-m", "jupyterlab", *LAB_OPTIONS, *options, f"--LabApp.default_url=/lab/tree/{page}"]
    if not any(option.startswith(("--ip", "--ServerApp.ip")) for option in options):
        command.append("--ServerApp.ip=127.0.0.1")
    print("Opening JupyterLab. To end it, press Ctrl and C here, twice.", flush=True)
    if os.name == "nt":
        return run(command)
    os.chdir(ROOT)
    sys.stdout.flush()
    # One process and not two, so that a signal to it reaches JupyterLab.
    os.execve(PYTHON, [str(PYTHON), *command], clean_environment())


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console may lack a character of the folder's name
            stream.reconfigure(errors="replace")
    sys.excepthook = end_plainly
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(main(sys.argv[1:]))
