"""What this hub adds to JupyterHub: sign-in by slips of paper, servers in accounts of their own, the course to hand out.

As a program it prints slips: ``python deploy/hub/course_hub.py seat 30``.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import resource
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jupyterhub.auth import Authenticator
from jupyterhub.spawner import SimpleLocalProcessSpawner
from traitlets import Bool, Integer, Unicode, default

COURSE = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("NOTTHESAME_HUB_FOLDER", "/srv/not-the-same-hub"))
NAMES = r"^[a-z0-9][a-z0-9._@+-]{0,63}$"  # a name is a folder's name as well

# What a student gets; the package, its tests and the instructors' pages stay behind.
HANDED = ["start.ipynb", "lessons", "exercises", "data", "translations", "CHANGELOG.md", "ERRATA.md"]
HANDED += ["LICENSE", "LICENSE-TEXT.md"]
OWN_FOLDER = "not-the-same"  # a student's copy, below their home
FIRST_UID = 200_000  # above the accounts of people and services, whichever system it is
GIB = 2**30


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
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
    return path.read_bytes()


def password(key: bytes, name: str) -> str:
    """The password that belongs to a name: sixteen letters and digits, in fours.

    >>> password(b"key", "seat-01")
    'ae6k-hmnr-tgeo-mjb7'
    """
    digest = hmac.digest(key, name.encode(), hashlib.sha256)
    letters = base64.b32encode(digest).decode().lower()[:16]
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


class SlipAuthenticator(Authenticator):  # type: ignore[misc]  # JupyterHub has no types
    """Sign-in by a name and the password on its slip. Nothing is stored of anybody, so a name need not be one's own."""

    async def authenticate(self, _handler: object, data: Mapping[str, str]) -> str | None:
        """The name, where the password is its own."""
        name = self.normalize_username(data["username"])
        given = data["password"].strip().lower().encode()
        return name if hmac.compare_digest(given, password(secret(), name).encode()) else None


def slips(prefix: str, count: int) -> Iterator[str]:
    """A line for each seat, its name and its password."""
    width = len(str(count))
    names = (f"{prefix}-{number:0{width}}" for number in range(1, count + 1))
    return (f"{name}    {password(secret(), name)}" for name in names)


# --- a student's server -------------------------------------------------------------------------------------


class CourseSpawner(SimpleLocalProcessSpawner):  # type: ignore[misc]  # JupyterHub has no types
    """A student's server in a folder and, where the hub is root, under a number of its own.

    There is no account behind the number: the owner of the folder is the whole record.
    """

    homes = Unicode(str(FOLDER / "homes"), help="Where students' folders lie.").tag(config=True)
    apart = Bool(os.geteuid() == 0, help="Whether each server runs under a number of its own.").tag(config=True)
    memory = Integer(2 * GIB, help="What one kernel may take, in bytes.").tag(config=True)
    processes = Integer(256, help="How many processes and threads a student may have.").tag(config=True)

    @default("home_dir")
    def _default_home_dir(self) -> str:
        return str(Path(self.homes) / self.user.name)

    def make_preexec_fn(self, _name: str) -> Callable[[], None]:
        """What the server does first: its limits, its number, its folder. An error here ends it."""
        home = Path(self.home_dir)
        number = own_folder(home, self.apart)
        memory, processes = self.memory, self.processes

        def begin() -> None:
            resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
            os.umask(0o077)
            if number is not None:
                resource.setrlimit(resource.RLIMIT_NPROC, (processes, processes))
                os.setgroups([])
                os.setgid(number)
                os.setuid(number)
            os.chdir(home)

        return begin


def own_folder(home: Path, apart: bool) -> int | None:
    """Make a student's folder, closed to others; the number it belongs to, or None where all are the hub's own."""
    taken = [path.stat().st_uid for path in home.parent.iterdir()] if home.parent.exists() else []
    passed_through(home.parent)
    if not home.exists():
        home.mkdir(mode=0o700)
        if apart:
            number = max([FIRST_UID - 1, *taken]) + 1
            os.chown(home, number, number)
    return home.stat().st_uid if apart else None


# --- the course ---------------------------------------------------------------------------------------------


def publish(folder: Path = FOLDER, course: Path = COURSE) -> Path:
    """Put what students get into ``course.git``, as a commit after the last one; nothing where nothing changed.

    The commits must follow on each other: nbgitpuller cannot merge a repository that begins anew.
    """
    repository = folder / "course.git"
    if not repository.exists():
        passed_through(folder)
        git("init", "-q", "--bare", "--shared=0644", "--initial-branch=main", str(repository))
    here = ["--git-dir", str(repository), "--work-tree", str(course)]
    git(*here, "add", "-A", "--", *(name for name in HANDED if (course / name).exists()))
    if git(*here, "status", "--porcelain", "--untracked-files=no"):
        who = ["-c", "user.name=Not the Same", "-c", "user.email=hub@localhost", "-c", "gc.auto=0"]
        git(*here, *who, "commit", "-q", "-m", "The course as it stands on this hub")
    return repository


def git(*words: str) -> str:
    """What git prints; RuntimeError with its own words where it fails."""
    done = subprocess.run(["git", *words], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"git {words[-1]}: {done.stderr.strip()}")
    return done.stdout


def trusting(folder: Path, repository: Path) -> Path:
    """Settings of git that let it read a repository of another owner, the hub's."""
    path = folder / "gitconfig"
    path.write_text(f"[safe]\n\tdirectory = {repository}\n[include]\n\tpath = /etc/gitconfig\n", "utf-8")
    path.chmod(0o644)
    return path


def pull_link(repository: str, page: str = "start.ipynb", branch: str = "main") -> str:
    """Where a server opens: bring the student's copy up to date, then show a page of it.

    >>> pull_link("file:///srv/course.git")[:49]
    '/git-pull?repo=file%3A%2F%2F%2Fsrv%2Fcourse.git&b'
    """
    words = {"repo": repository, "branch": branch, "targetpath": OWN_FOLDER}
    return "/git-pull?" + urlencode({**words, "urlpath": f"lab/tree/{OWN_FOLDER}/{page}"})


def proxy(folder: Path = FOLDER) -> str:
    """The proxy's program: npm's in the hub's folder, else the one on PATH."""
    own = folder / "node_modules/.bin/configurable-http-proxy"
    return str(own) if own.exists() else own.name


def environment(folder: Path, repository: Path) -> dict[str, Any]:
    """What a student's server finds in its environment."""
    return {
        "JUPYTER_CONFIG_PATH": str(Path(__file__).parent / "student"),
        "GIT_CONFIG_SYSTEM": str(trusting(folder, repository)),
        "OPENBLAS_NUM_THREADS": "1",  # else each kernel takes a thread of every core, and memory for it
        "OMP_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


if __name__ == "__main__":
    try:
        print(*slips(sys.argv[1], int(sys.argv[2])), sep="\n")
    except (IndexError, ValueError):
        sys.exit("Give a word and a number: python deploy/hub/course_hub.py seat 30")
