"""The floors of the house: a module imports only from those below its own (contract in pyproject.toml)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CALL = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"


def lint(source: Path) -> subprocess.CompletedProcess[str]:
    """Hold the package below ``source`` against the contract."""
    return subprocess.run(
        [sys.executable, "-c", CALL, str(ROOT / "pyproject.toml"), "--no-cache"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_module_stands_on_its_floor() -> None:
    done = lint(ROOT / "src")
    assert done.returncode == 0, done.stdout


def test_an_import_from_a_floor_above_is_seen(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src" / "notthesame", tmp_path / "notthesame")
    spoilt = tmp_path / "notthesame" / "evidence" / "__init__.py"
    spoilt.write_text(spoilt.read_text(encoding="utf-8") + "from .. import learner\n", encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1 and "notthesame.evidence is not allowed to import" in done.stdout


def test_no_file_has_grown_over_four_hundred_lines() -> None:
    files = [*(ROOT / "src").rglob("*.py"), *(ROOT / "src").rglob("*.js"), *(ROOT / "src").rglob("*.css")]
    long = {path.name: n for path in files if (n := len(path.read_text("utf-8").splitlines())) >= 400}
    assert files and not long
