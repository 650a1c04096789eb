"""start.py: the words it knows, and what it needs to run at all."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import everything
from tests.setup.loaded import START, load_start

ROOT = START.parent


def said(*command: str | Path, **more: str) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, **more})
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout


def refused(*words: str) -> str:
    done = subprocess.run([sys.executable, START, *words], capture_output=True, text=True)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    return done.stderr


def test_start_needs_nothing_but_python() -> None:
    tree = ast.parse(START.read_text("utf-8"))
    modules = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    modules |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in modules} <= sys.stdlib_module_names
    assert "python start.py" in said(sys.executable, "-I", "-S", START, "--help")


def old_pythons() -> list[Path]:
    """Pythons on this machine that are older than the course needs."""
    names = ["python2.7", *(f"python3.{minor}" for minor in range(4, 11))]
    found = [shutil.which(name) for name in names]
    found += map(str, Path.home().glob(".pyenv/versions/[23].*/bin/python"))
    script = "import sys; sys.exit(sys.version_info >= (3, 11))"
    return [Path(name) for name in found if name and ends(name, "-c", script) == 0]


def ends(*command: str | Path) -> int:
    return subprocess.run(command, capture_output=True, check=False).returncode


def test_an_old_python_says_what_is_needed() -> None:
    pythons = old_pythons()
    if not pythons:
        pytest.skip("no old Python on this machine")
    for python in pythons:
        done = subprocess.run([python, START], capture_output=True, text=True, check=False)
        assert done.returncode == 1 and "needs Python 3.11 or newer" in done.stderr, python
        assert "Try: python3" in done.stderr or "python.org" in done.stderr, python


def test_what_an_old_python_reads_first_is_the_message() -> None:
    """One older than 3.6 stops at the first line it cannot read and shows it; others run the check."""
    lines = START.read_text("ascii").splitlines()  # Python 2 reads no other letters
    tree = ast.parse("\n".join(lines), feature_version=(3, 6))
    assert not [
        node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "__future__"
    ]
    check = next(node for node in tree.body if isinstance(node, ast.If))
    assert all(isinstance(node, ast.Expr | ast.Import) for node in tree.body[: tree.body.index(check)])
    assert isinstance(check.body[0], ast.AnnAssign)  # came with 3.6
    assert "needs Python 3.11 or newer" in lines[check.body[0].lineno - 1]


def test_an_unknown_verb_is_answered_with_those_there_are() -> None:
    message = refused("lesson")
    assert "'lesson'" in message and "setup" in message
    message = refused("setup", "-x")
    assert "-x" in message and "--fresh" in message


def test_a_step_whose_pattern_finds_no_file_fails(capfd: pytest.CaptureFixture[str]) -> None:
    assert everything.run_step(["pytest", "lessons/*.no-such-notebook"], "") == 1
    assert "no-such-notebook" in capfd.readouterr().out


def test_every_notebook_is_covered_by_a_step() -> None:
    covered = {
        path
        for _, command, _ in everything.STEPS
        for word in command
        if "*" in word
        for path in ROOT.glob(word)
    }
    found = {path for part in ("", "translations/*/") for path in ROOT.glob(f"{part}lessons/*.ipynb")}
    found |= {*ROOT.glob("exercises/**/*.ipynb")}
    assert {path for path in found if ".ipynb_checkpoints" not in path.parts} <= covered


def test_jupyterlab_still_knows_the_settings_and_options_that_keep_it_quiet() -> None:
    start = load_start()
    schemas = Path(sys.prefix) / "share/jupyter/lab/schemas"
    for plugin, settings in start.LAB_SETTINGS.items():
        name, _, page = plugin.partition(":")
        places = [schemas / name, Path(sys.prefix) / f"share/jupyter/labextensions/{name}/schemas/{name}"]
        (schema,) = [
            json.loads(path.read_text("utf-8"))
            for place in places
            if (path := place / f"{page}.json").exists()
        ]
        assert set(settings) <= set(schema["properties"]), plugin
    options = {option.split("=")[0].removeprefix("--") for option in start.LAB_OPTIONS}
    script = """
from jupyter_server.serverapp import ServerApp
from jupyterlab import NeverCheckForUpdate
from jupyterlab.labapp import LabApp
for app in (LabApp, ServerApp):
    print(*(f"{app.__name__}.{name}" for name in app.class_trait_names(config=True)))
"""
    assert options <= set(said(sys.executable, "-c", script).split())


def kernel_folder(**environment: str) -> Path:
    """Where Jupyter in this environment finds the kernel that notebooks ask for."""
    code = "from jupyter_client.kernelspec import get_kernel_spec as g; print(g('python3').resource_dir)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def test_a_stale_kernel_elsewhere_does_not_stand_in_for_the_environments_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = json.dumps(
        {"argv": ["/gone/python", "-m", "ipykernel"], "display_name": "x", "language": "python"}
    )
    for place in ("of_user", "shared"):
        kernel = tmp_path / place / "kernels/python3/kernel.json"
        kernel.parent.mkdir(parents=True)
        kernel.write_text(spec, "utf-8")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "of_user"))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    monkeypatch.delenv("JUPYTER_PATH", raising=False)
    start, own = load_start(), Path(sys.prefix)
    monkeypatch.setattr(start, "VENV", own)
    assert tmp_path in kernel_folder(**os.environ).parents  # where Jupyter looks first by itself
    assert own in kernel_folder(**start.clean_environment()).parents
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "shared"))
    assert own in kernel_folder(**start.clean_environment()).parents
    assert str(tmp_path / "shared") in start.clean_environment()["JUPYTER_PATH"]  # its other contents count
