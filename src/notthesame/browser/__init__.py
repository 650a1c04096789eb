"""What the course's Python needs in a browser: one folder with Pyodide, wheels and the list that names them.

``assemble(folder, packages)`` writes it. A page or JupyterLite that serves this folder asks nobody else.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from .._writing import write_over
from . import own
from .cache import nothing_fetched as nothing_fetched
from .packages import closure, wheels
from .pins import pinned, sha256
from .pyodide import LOCK, Core, core

# What Jupyter's kernel for a browser loads by itself, beside what the course needs.
KERNEL = ("ipython", "jedi", "micropip")
# What lessons compute with where the publisher's full Pyodide is given.
SCIENCE = ("matplotlib", "numpy", "pandas", "pillow", "scipy", "statsmodels")


def assemble(
    folder: Path,
    packages: Collection[str],
    *,
    pages: bool = False,
    without: Collection[str] = (),
    base: Core | None = None,
) -> tuple[str, ...]:
    """Write Pyodide's core, these packages with all they need, and their list into a folder; gives the names.

    packages: names such as "cattrs"; "notthesame" is the course itself, its wheel made here. pages: make that
    one without notebooks and translations. without: packages that are left out though others name them.
    base: Pyodide itself, where ``core`` shall not look for it. The same call writes the same bytes. Raises
    ValueError for a file that is not the one pinned, and OSError for one that cannot be fetched.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as there:
    ...     assemble(Path(there), (), base=Core(Path(), {LOCK: b'{"packages": {}}'}))
    ('pyodide-lock.json',)
    """
    base = base or core()
    files = {name: content for name, content in base.files.items() if name != LOCK}
    listed = {}
    for name, entry, content in _packages(base, packages, pages, without):
        listed[name] = entry
        files[entry["file_name"]] = content
    lock = {**base.lock, "packages": dict(sorted(listed.items()))}
    files[LOCK] = (json.dumps(lock, indent=1, sort_keys=True) + "\n").encode()
    write_over({folder / name: content for name, content in files.items()})
    return tuple(sorted(files))


def has_science(base: Core | None = None) -> bool:
    """Whether Pyodide, the one given or what ``core`` finds, brings numpy and the rest; raises as it does.

    Raises ValueError too where it brings some of them and not all.

    >>> has_science(Core(Path(), {LOCK: b'{"packages": {}}'}))
    False
    """
    base = base or core()
    lacking = [name for name in SCIENCE if not base.package(name)]
    if 0 < len(lacking) < len(SCIENCE):
        raise ValueError(f"{base.folder} is only a part of Pyodide: it has no {', '.join(lacking)}.")
    return not lacking


def _packages(
    base: Core, packages: Collection[str], pages: bool, without: Collection[str]
) -> Iterator[tuple[str, Mapping[str, Any], bytes]]:
    """Each package with its entry for the list and its file."""
    names = {*packages} - {own.NAME}
    if own.NAME in packages:
        needs = [name for name in own.NEEDS if name not in without]
        names |= {*needs}
        file, content = own.own_wheel(pages)
        own_needs = [*needs, *(name for name in SCIENCE if name in packages)]
        yield own.NAME, _entry(own.NAME, file, content, own_needs, [own.NAME]), content
    every = closure(_with_publishers(base, names), without)
    ours = [name for name in every if name in pinned().wheels]
    for name, (file, content) in wheels(ours).items():
        wheel = pinned().wheels[name]
        needs = [need for need in wheel.depends if need not in without]
        yield name, _entry(name, file, content, needs, [*wheel.imports]), content
    for name in every:
        if name not in pinned().wheels:
            entry, content = _publishers(base, name)
            yield name, entry, content


def _with_publishers(base: Core, names: Collection[str]) -> tuple[str, ...]:
    """These names with what the publisher's packages among them need."""
    todo, done = [*names], set[str]()
    while todo:
        name = todo.pop()
        if name not in done:
            done.add(name)
            if name not in pinned().wheels:
                todo += [need.replace("_", "-") for need in _publishers(base, name)[0]["depends"]]
    return tuple(done)


def _publishers(base: Core, name: str) -> tuple[Mapping[str, Any], bytes]:
    if found := base.package(name):
        return found
    raise ValueError(
        f"{name} is no package that the course brings, and {base.folder} has none: let NOTTHESAME_PYODIDE "
        f"name the publisher's full Pyodide {pinned().pyodide}."
    )


def _entry(
    name: str, file: str, content: bytes, depends: Collection[str], imports: Collection[str]
) -> dict[str, Any]:
    return {
        "depends": sorted(depends),
        "file_name": file,
        "imports": [*imports],
        "install_dir": "site",
        "name": name,
        "package_type": "package",
        "sha256": sha256(content),
        "unvendored_tests": False,
        "version": file.split("-")[1],
    }
