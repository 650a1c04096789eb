"""What this hub adds to JupyterHub, in Python's own library only; ``hub_classes.py`` hands it to JupyterHub.

As a program it prints slips to sign in with: ``python deploy/hub/course_hub.py seat 30``.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

COURSE = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("NOTTHESAME_HUB_FOLDER", "/srv/not-the-same-hub"))
NAMES = r"^[a-z0-9][a-z0-9._@+-]{0,63}$"  # a name is a folder's name as well

# What a student gets; the package, its tests and the instructors' pages stay behind.
HANDED = ["start.ipynb", "lessons", "exercises", "data", "translations", "CHANGELOG.md", "ERRATA.md"]
HANDED += ["CONTRIBUTING.md", "LICENSE", "LICENSE-TEXT.md"]
HANDED += ["instructors/moot_woodhull.md", "instructors/controversy_kit.md"]  # lessons lead to them
OWN_FOLDER = "not-the-same"  # a student's copy, below their home
FIRST = 200_000  # above the accounts of people and services


def passed_through(folder: Path) -> None:
    """Make a folder that others may pass through, to what is theirs in it, but not list."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)


# --- sign-in ------------------------------------------------------------------------------------------------


def secret(folder: Path = FOLDER) -> bytes:
    """The secret that passwords are made from; it is drawn once and lies in the hub's folder."""
    path = folder / "secret"
    if not path.exists():
        passed_through(folder)
        with tempfile.NamedTemporaryFile(dir=folder) as drawn:  # nobody else's to read, whatever the umask
            drawn.write(secrets.token_bytes(32))
            drawn.flush()
            with contextlib.suppress(FileExistsError):  # hub and slips may draw at once; the first one counts
                os.link(drawn.name, path)
    return path.read_bytes()


def password(key: bytes, name: str) -> str:
    """The password that belongs to a name: sixteen letters and digits, in fours."""
    digest = hmac.digest(key, name.encode(), hashlib.sha256)
    letters = base64.b32encode(digest).decode().lower()[:16]
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def fits(key: bytes, name: str, given: str) -> bool:
    """Whether a password is the name's own; small and capital letters, and blanks around it, do not count."""
    return hmac.compare_digest(given.strip().lower().encode(), password(key, name).encode())


def slips(key: bytes, word: str, count: int) -> Iterator[str]:
    """A line for each seat: its name and its password."""
    width = len(str(count))
    names = (f"{word}-{number:0{width}}" for number in range(1, count + 1))
    return (f"{name}    {password(key, name)}" for name in names)


# --- a student's server -------------------------------------------------------------------------------------


def own_folder(home: Path, apart: bool) -> int | None:
    """Make a student's folder, closed to others.

    Returns the number that its server runs under, or None where all run as the hub does. There is no account
    behind the number: the owner of the folder is the whole record.
    """
    passed_through(home.parent)
    if not home.exists():
        taken = [path.stat().st_uid for path in home.parent.iterdir()]
        home.mkdir(mode=0o700)
        if apart:
            number = max([FIRST - 1, *taken]) + 1
            os.chown(home, number, number)
    return home.stat().st_uid if apart else None


def begin(home: Path, number: int | None, memory: int, processes: int) -> Callable[[], None]:
    """What a student's server does first: its limits, its number, its folder. An error there ends it."""
    import resource  # Windows has none, and no such server

    def begun() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
        os.umask(0o077)
        if number is not None:
            resource.setrlimit(resource.RLIMIT_NPROC, (processes, processes))
            os.setgroups([])
            os.setgid(number)
            os.setuid(number)
        os.chdir(home)

    return begun


def environment(folder: Path, repository: Path) -> Mapping[str, str]:
    """What a student's server finds in its environment."""
    return {
        "JUPYTER_CONFIG_PATH": str(Path(__file__).parent / "student"),
        "GIT_CONFIG_SYSTEM": str(trusting(folder, repository)),
        "OPENBLAS_NUM_THREADS": "1",  # else each kernel takes a thread of every core, and memory for it
        "OMP_NUM_THREADS": "1",
        "MALLOC_MMAP_THRESHOLD_": "131072",  # what a chart took goes back to the system: 8 MB after lesson 11
    }


# --- the course ---------------------------------------------------------------------------------------------


def publish(folder: Path = FOLDER, course: Path = COURSE) -> Path:
    """Put what students get into ``course.git``, as one more commit; nothing where nothing changed.

    The commits must follow on each other: nbgitpuller cannot merge a repository that begins anew.
    """
    repository = folder / "course.git"
    if not repository.exists():
        passed_through(folder)
        git("init", "-q", "--bare", "--shared=0644", "--initial-branch=main", str(repository))
        repository.chmod(0o755)
    here = ["--git-dir", str(repository), "--work-tree", str(course)]
    git(*here, "add", "-A", "--", *(str(course / name) for name in HANDED if (course / name).exists()))
    if git(*here, "status", "--porcelain", "--untracked-files=no"):
        who = ["-c", "user.name=Not the Same", "-c", "user.email=hub@localhost", "-c", "gc.auto=0"]
        git(*here, *who, "commit", "-q", "-m", "The course as it stands on this hub")
    return repository


def git(*words: str) -> str:
    """What git prints; RuntimeError with its own words where it fails."""
    done = subprocess.run(["git", *words], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"git: {done.stderr.strip()}")
    return done.stdout


def trusting(folder: Path, repository: Path) -> Path:
    """Settings of git that let it read a repository of another owner, the hub's."""
    path = folder / "gitconfig"
    path.write_text(f"[safe]\n\tdirectory = {repository}\n[include]\n\tpath = /etc/gitconfig\n", "utf-8")
    path.chmod(0o644)
    return path


def pull_link(repository: str, page: str = "start.ipynb", branch: str = "main") -> str:
    """Where a server opens: bring the student's copy up to date, then show a page of it."""
    words = {"repo": repository, "branch": branch, "targetpath": OWN_FOLDER}
    return "/git-pull?" + urlencode({**words, "urlpath": f"lab/tree/{OWN_FOLDER}/{page}"})


def proxy(folder: Path = FOLDER) -> str:
    """The proxy's program: npm's in the hub's folder, else the one on PATH."""
    own = folder / "node_modules/.bin/configurable-http-proxy"
    return str(own) if own.exists() else own.name


def main(words: list[str]) -> None:
    """Print slips."""
    if len(words) != 2 or not words[0].isalnum() or not words[1].isdecimal():
        sys.exit("Give a word and a number: python deploy/hub/course_hub.py seat 30")
    sys.stdout.writelines(f"{line}\n" for line in slips(secret(), words[0].lower(), int(words[1])))


if __name__ == "__main__":
    main(sys.argv[1:])
