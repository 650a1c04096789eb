"""The packages that the course needs in a browser, all pure Python: fetched by pip once, then kept."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from .._zip import packed
from .cache import cache_folder, keep, may_fetch
from .pins import Wheel, is_damaged, pinned
from .pyodide import FETCH_SECONDS

# Of what kind a wheel is asked for, whatever system this is.
_PURE = ("--python-version", "3.14", "--implementation", "py", "--abi", "none", "--platform", "any")
_BUILT = (
    *("--python-version", "3.11", "--implementation", "cp", "--abi", "cp311"),
    *("--platform", "manylinux2014_x86_64"),
)
_KIND = "Wheel-Version: 1.0\nGenerator: notthesame\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def closure(names: Iterable[str], without: Collection[str] = ()) -> tuple[str, ...]:
    """These packages and all that they need, sorted, but for those to do without.

    >>> closure(["anywidget"], without=["ipywidgets"])
    ('anywidget', 'psygnal', 'typing-extensions')
    """
    todo, done = [*names], set[str]()
    while todo:
        name = todo.pop()
        if name not in done and name not in without:
            done.add(name)
            todo += pinned().wheels[name].depends if name in pinned().wheels else ()
    return tuple(sorted(done))


def wheels(names: Collection[str]) -> Mapping[str, tuple[str, bytes]]:
    """The file name and the bytes of each of these wheels, by package.

    Raises OSError where pip cannot bring one, and ValueError for one that is not the one pinned.

    >>> wheels([])
    {}
    """
    wanted = [pinned().wheels[name] for name in sorted(names)]
    folder = cache_folder()
    for how, pure in ((_PURE, True), (_BUILT, False)):
        missing = [w for w in wanted if bool(w.pure) != pure and not (folder / w.sha256 / w.file).is_file()]
        if missing:
            _fetch(missing, how)
    return {w.name: _made_pure(w, (folder / w.sha256 / w.file).read_bytes()) for w in wanted}


def _fetch(missing: Collection[Wheel], how: Iterable[str]) -> None:
    """Fetch these into the cache, each under its hash."""
    may_fetch(", ".join(wheel.name for wheel in missing))
    with tempfile.TemporaryDirectory() as there:
        words = ["download", "--quiet", "--no-deps", "--only-binary=:all:", *how, "--dest", there]
        wanted = [f"{wheel.name}=={wheel.version}" for wheel in missing]
        command = [sys.executable, "-m", "pip", *words, *wanted]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=FETCH_SECONDS)
            said = done.stderr
        except subprocess.TimeoutExpired:
            said = "no answer"
        for wheel in missing:
            path = Path(there, wheel.file)
            if not path.is_file():
                last = " ".join(said.split())[-200:] or "it said nothing"
                raise ConnectionError(f"pip could not fetch {wheel.file} (is there a network?): {last}")
            if is_damaged(content := path.read_bytes(), wheel.sha256):
                raise ValueError(f"{wheel.file}: pip brought another file than the one pinned.")
            keep(cache_folder() / wheel.sha256, {wheel.file: content})


def _made_pure(wheel: Wheel, content: bytes) -> tuple[str, bytes]:
    """A wheel as a browser takes it: of a compiled one, which also has the same in Python, that half."""
    if is_damaged(content, wheel.sha256):
        raise ValueError(f"{cache_folder() / wheel.sha256}: damaged; delete this folder and do it again.")
    if not wheel.pure:
        return wheel.file, content
    with zipfile.ZipFile(io.BytesIO(content)) as built:
        kept = {
            name: built.read(name)
            for name in built.namelist()
            if (name.startswith(f"{wheel.pure}/") and name.endswith(".py"))
            or name.endswith(("/METADATA", "/LICENSE", "/LICENSE.txt"))
        }
    return as_wheel(wheel.file.split("-")[0], wheel.version, kept)


def as_wheel(name: str, version: str, files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Files of pure Python as a wheel: its file name, and the same bytes for the same files.

    >>> as_wheel("a", "1", {"a.py": b""})[0]
    'a-1-py3-none-any.whl'
    """
    info = f"{name}-{version}.dist-info"
    head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    added = {f"{info}/METADATA": head.encode(), f"{info}/WHEEL": _KIND.encode()}
    listed = {**added, **files}
    record = "".join(f"{path},,\n" for path in sorted([*listed, f"{info}/RECORD"]))
    return f"{name}-{version}-py3-none-any.whl", packed({**listed, f"{info}/RECORD": record.encode()})
