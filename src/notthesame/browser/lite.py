"""The course as JupyterLab in a browser alone: a folder of files that any web server hands out (JupyterLite).

Python runs in the reader's browser, and their work stays in its storage. The lessons and what they link to
are the files that the reader sees; the package with data, questions and checks is a wheel.
"""

from __future__ import annotations

import io
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from markupsafe import Markup

from .. import lessons
from .._html import document, heading, lines, link, listed, paragraph
from .._writing import write_over
from ..course import course
from . import KERNEL, SCIENCE, assemble, has_science, own
from .packages import wheels

TOOLS = "NOTTHESAME_LITE"  # a folder with JupyterLite's packages, where it is not in this environment
PINNED = ("jupyterlite-core==0.8.6", "jupyterlite-pyodide-kernel==0.8.6")  # the extra "lite" says the same
MARK = "jupyter-lite.json"  # a folder with this file is one that may be written anew
INDEX, FIRST_PAGE = "index.html", "start.ipynb"
STYLE = Path(__file__).with_name("lite.css")
_ABOUT = (
    "A course on how sex work and sex trafficking are defined, counted and debated. Everything runs in this "
    "browser: nothing to install, no account, and nothing you type leaves your machine.",
    "The first start takes up to a minute and about {} MB; after that it is quicker.",
)
_MB = {False: 25, True: 70}  # without numpy and the rest, and with
_KEPT = (
    "Your notebooks and answers are kept in this browser, for this address. Whoever uses this browser after "
    "you can open them. On a shared computer, run nts.delete_answers() at the end and clear this site's data "
    "in the browser's settings.",
    'To keep a copy, run nts.export_answers("answers.json"), then choose that file in the list of files and '
    "Download. "
    "A private window forgets everything when it is closed.",
)
_WITHOUT = (
    "Python in this browser has no numpy or matplotlib. Questions, most exercises and half of the labs work. "
    "A cell that needs more says so in one line and shows what it gave when the course was made."
)
_SETTINGS = re.compile(r"(?s)<script id=.jupyter-config-data.*?</script>")
_LABEXTENSIONS = "share/jupyter/labextensions"
_KERNEL_EXTENSION = "@jupyterlite/pyodide-kernel-extension"
_FRONT_ENDS = ("jupyterlab-widgets", "anywidget")  # their wheels bring their parts for JupyterLab along
_READ = (("lessons", ".ipynb"), ("exercises", ".ipynb"), ("data", ".md"), ("data", ".csv"))
_SECONDS = 600
_DAY = "1793491200"  # the day that files bear, 1 November 2026, so that the same course gives the same bytes
_BUILD = "from jupyterlite_core.app import main; main()"


def write_lite(folder: Path) -> Path:
    """Write the browser lab into a folder, and give the page to open; the same course gives the same bytes.

    Raises ValueError where the folder holds something else or JupyterLite refuses to build, and OSError where
    something has to be fetched and cannot be.

    >>> write_lite(Path(__file__).parent)
    Traceback (most recent call last):
    ValueError: ...browser holds something else; name a folder that is empty or not there yet.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise ValueError(f"{folder} holds something else; name a folder that is empty or not there yet.")
    extension = _extension()
    with tempfile.TemporaryDirectory() as there:
        work = Path(there)
        _lay_out(work / "lite", extension)
        _build(work)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(work / "out", folder)
        built = (folder / INDEX).read_text(encoding="utf-8")
        (folder / INDEX).write_text(_first_page(built), encoding="utf-8")
    return folder / INDEX


def _first_page(built: str) -> str:
    """The page to begin from: what this is, what it cannot do, where answers are, and every lesson.

    built: JupyterLite's own, which leads straight on, and holds settings that its other pages look for here.
    """
    kept = Markup("".join(_SETTINGS.findall(built)))  # noqa: S704  (as JupyterLite wrote it)
    start = link(f"lab/index.html?path={FIRST_PAGE}", "Open the course")
    books = lessons.read_all(course().lessons)
    doors = [link(f"lab/index.html?path=lessons/{book.path.name}", book.title) for book in books]
    science = has_science()
    without = [] if science else [_WITHOUT]
    about = [words.format(_MB[science]) for words in _ABOUT]
    body = [heading(1, "Not the Same, in your browser"), *map(paragraph, about), paragraph(start)]
    body += [heading(2, "Lessons"), listed(doors), heading(2, "Good to know")]
    body += [*map(paragraph, [*_KEPT, *without]), kept]
    return str(document("Not the Same, in your browser", STYLE.read_text(encoding="utf-8"), lines(body)))


def _extension() -> Path:
    """Where the kernel's part for JupyterLab lies; raises ValueError saying how to get JupyterLite."""
    places = [Path(os.environ[TOOLS])] if os.environ.get(TOOLS) else []
    for place in (*places, Path(sys.prefix)):
        found = place / _LABEXTENSIONS / _KERNEL_EXTENSION
        if found.is_dir() and (place in places or find_spec("jupyterlite_core")):
            return found
    raise ValueError(f"JupyterLite is not here. Get it: python -m pip install {' '.join(PINNED)}")


def _lay_out(lite: Path, extension: Path) -> None:
    """Write what JupyterLite is built of."""
    science = SCIENCE if has_science() else ()
    assemble(lite / "static" / "pyodide", (own.NAME, *KERNEL, *science))
    _unpack_front_ends(lite / "labextensions")
    shutil.copytree(extension, lite / "labextensions" / _KERNEL_EXTENSION)
    ours = Path(__file__).parents[1] / "front" / "labextensions"
    shutil.copytree(ours, lite / "labextensions", dirs_exist_ok=True)
    files = {f"files/{name}": content for name, content in _read_files()}
    for name, value in _settings().items():
        files[name] = json.dumps(value, indent=1, sort_keys=True).encode()
    write_over({lite / name: content for name, content in files.items()})


def _unpack_front_ends(folder: Path) -> None:
    for _, content in wheels(_FRONT_ENDS).values():
        with zipfile.ZipFile(io.BytesIO(content)) as wheel:
            for name in wheel.namelist():
                if f"/{_LABEXTENSIONS}/" in name and not name.endswith("/"):
                    path = folder / name.partition(f"/{_LABEXTENSIONS}/")[2]
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(wheel.read(name))


def _read_files() -> Iterator[tuple[str, bytes]]:
    """What a reader opens: lessons, exercises, and the pages and tables that they link to."""
    yield FIRST_PAGE, course().start.read_bytes()
    for part, kind in _READ:
        found = own.below(course().home, part)
        yield from ((name, content) for name, content in found if name.endswith(kind))


def _settings() -> Mapping[str, Any]:
    """The files that say how JupyterLite is built, and how it behaves."""
    kernel = {"disablePyPIFallback": True}  # what is not here is not asked for elsewhere
    plugins = {f"{_KERNEL_EXTENSION}:kernel": kernel}
    app = {"appName": "Not the Same", "disabledExtensions": [], "litePluginSettings": plugins}
    config = {
        "apps": ["lab"],
        "contents": ["files"],
        "ignore_sys_prefix": True,
        "no_libarchive": True,
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
        "output_dir": "../out",
        "cache_dir": "../cache",
    }
    lab: Mapping[str, Any] = runpy.run_path(str(course().home / "start.py"))["LAB_SETTINGS"]
    return {
        "jupyter_lite_config.json": {
            "LiteBuildConfig": config,
            "FederatedExtensionAddon": {"extra_labextensions_path": ["labextensions"]},
        },
        MARK: {"jupyter-lite-schema-version": 0, "jupyter-config-data": app},
        "overrides.json": lab,
    }


def _build(work: Path) -> None:
    paths = [os.environ.get(TOOLS), os.environ.get("PYTHONPATH")]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTERLITE_")}
    env = {**kept, "PYTHONPATH": os.pathsep.join(filter(None, paths)), "SOURCE_DATE_EPOCH": _DAY}
    command = [sys.executable, "-c", _BUILD, "build"]
    done = subprocess.run(
        command, cwd=work / "lite", env=env, capture_output=True, text=True, timeout=_SECONDS
    )
    if done.returncode or not (work / "out" / MARK).is_file():
        said = " ".join((done.stderr or done.stdout).split())[-300:]
        raise ValueError(f"JupyterLite could not be built: {said}")
