"""A small course to set up, and a shelf of packages to set it up from, so that a try takes seconds."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PYPROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "tiny"
version = "1"
dependencies = ["tinydep>=1,<2"]

[project.optional-dependencies]
test = ["tinytool"]
bench = []
"""
# Builds the small course without a package of anyone's: a path file and no more.
BACKEND = """\
import os, zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    name, info = "tiny-1-py3-none-any.whl", "tiny-1.dist-info"
    files = {
        "_tiny.pth": os.path.join(os.getcwd(), "src"),
        f"{info}/METADATA": "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1\\nRequires-Dist: tinydep>=1\\n"
        "Provides-Extra: test\\nRequires-Dist: tinytool; extra == 'test'\\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\\nGenerator: backend\\nRoot-Is-Purelib: true\\n"
        "Tag: py3-none-any\\n",
    }
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)
        wheel.writestr(f"{info}/RECORD", "".join(f"{path},,\\n" for path in [*files, f"{info}/RECORD"]))
    return name
"""


@dataclass(frozen=True)
class Folder:
    """A course of one module, beside a copy of start.py."""

    path: Path
    environment: dict[str, str]
    seconds: float = 0  # that setting up took

    @property
    def python(self) -> Path:
        return self.path / ".venv/bin/python"

    def begin(self, *words: str, **more: str) -> subprocess.Popen[str]:
        """Start ``start.py`` as a terminal would, in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, "start.py", *(words or ("setup",))],
            cwd=self.path,
            env={**self.environment, **more},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            process_group=0,
            preexec_fn=lambda: signal.signal(
                signal.SIGINT, signal.SIG_DFL
            ),  # also where tests run in the back
        )

    def start(self, *words: str, **more: str) -> str:
        """Run ``start.py`` to its good end and give what it said."""
        process = self.begin(*words, **more)
        out, err = process.communicate()
        assert process.returncode == 0, out + err
        assert "Traceback" not in err
        return out + err

    def fails(self, *words: str, **more: str) -> str:
        process = self.begin(*words, **more)
        out, err = process.communicate()
        assert process.returncode == 1 and "Traceback" not in err, out + err
        return out + err

    def change(self, old: str, new: str, name: str = "pyproject.toml") -> None:
        text = (self.path / name).read_text("utf-8")
        assert old in text
        (self.path / name).write_text(text.replace(old, new), "utf-8")

    def sees(self, *modules: str) -> bool:
        """Whether the environment runs, with these modules and the course of this very folder."""
        code = f"import tiny, {', '.join(modules)}; print(tiny.__file__)"
        done = subprocess.run([self.python, "-c", code], env=self.environment, capture_output=True, text=True)
        here = str(self.path / "src/tiny/__init__.py")
        return done.returncode == 0 and done.stdout.strip() == here

    def names(self) -> set[str]:
        """The folders called .venv or nearly so."""
        return {path.name for path in self.path.glob(".venv*") if path.is_dir() or path.is_symlink()}


def wheel(shelf: Path, name: str, version: str) -> None:
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}/__init__.py": f"version = {version!r}\n\ndef main():\n    pass\n",
        f"{name}/deep/part.py": "x = 1\n" * 50,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": f"[console_scripts]\n{name} = {name}:main\n",
    }
    with zipfile.ZipFile(shelf / f"{name}-{version}-py3-none-any.whl", "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
        record = "".join(f"{path},,{len(text)}\n" for path, text in files.items())
        archive.writestr(f"{info}/RECORD", f"{record}{info}/RECORD,,\n")


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of packages on disk: three made up here, and the pip and uv that ``start.py`` asks for."""
    shelf = tmp_path_factory.mktemp("shelf")
    for name, version in [("tinydep", "1.0"), ("tinydep", "1.5"), ("tinydep", "2.0"), ("tinytool", "1.0")]:
        wheel(shelf, name, version)
    asked = ["pip>=26", "uv>=0.13,<1"]
    download: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "--no-deps",
        "--no-cache-dir",
        "-d",
        shelf,
        *asked,
    ]
    subprocess.run(download, check=True, capture_output=True)
    for path in sorted(shelf.glob("*.whl")):
        page = shelf / "simple" / path.name.split("-")[0] / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        with page.open("a") as index:
            index.write(f'<a href="../../{path.name}">{path.name}</a><br>\n')
    return shelf


def new_folder(place: Path, shelf: Path) -> Folder:
    """The small course, not yet set up; its name ends in a bracket, and pip's settings lead to the shelf."""
    path = place / "my course [1]"
    for name, text in {
        "pyproject.toml": PYPROJECT,
        "backend.py": BACKEND,
        "src/tiny/__init__.py": "",
        "src/notthesame/notebooks.json": "{}",
    }.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, "utf-8")
    shutil.copy(ROOT / "start.py", path)
    (place / "pip.conf").write_text(f"[global]\nindex-url = {(shelf / 'simple').as_uri()}\n")
    (place / "home").mkdir()
    dropped = ("PIP_", "UV_", "PYTHON", "JUPYTER", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    home = {"HOME": str(place / "home"), "PIP_CONFIG_FILE": str(place / "pip.conf")}
    return Folder(path, {**kept, **home, "UV_CACHE_DIR": str(shelf / "store")})


@pytest.fixture
def folder(tmp_path: Path, shelf: Path) -> Folder:
    """The small course, not yet set up."""
    return new_folder(tmp_path, shelf)


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory, shelf: Path) -> Folder:
    """A small course that was set up; tests copy it and leave it alone."""
    folder, begun = new_folder(tmp_path_factory.mktemp("first"), shelf), time.monotonic()
    folder.start()
    return replace(folder, seconds=time.monotonic() - begun)


@pytest.fixture
def ready(first: Folder, tmp_path: Path) -> Folder:
    """A copy of a course that was set up, set right in its new place."""
    shutil.copytree(first.path.parent, tmp_path, symlinks=True, dirs_exist_ok=True)
    folder = Folder(tmp_path / first.path.name, {**first.environment, "HOME": str(tmp_path / "home")})
    folder.start()
    return folder
