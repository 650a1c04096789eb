"""The files of the repository in another folder, as somebody else has them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from notthesame.course import course

ROOT = course().root
needs_git = pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout")
WHO = ("-c", "user.name=A test", "-c", "user.email=test@example.org")


def git(*words: object, cwd: Path = ROOT) -> str:
    """What git prints; raises CalledProcessError where it refuses."""
    done = subprocess.run(["git", *map(str, words)], cwd=cwd, capture_output=True, text=True, check=True)
    return done.stdout


def tracked() -> list[str]:
    """Every file that is in the repository, or would be after ``git add .``."""
    return [name for name in git("ls-files", "-co", "--exclude-standard", "-z").split("\0") if name]


def copy_to(folder: Path) -> Path:
    """Put those files into a folder."""
    for name in tracked():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def commit(folder: Path) -> None:
    """Make a repository of a folder, or commit what changed in it."""
    git("init", "-q", cwd=folder)
    git("add", ".", cwd=folder)
    git(*WHO, "commit", "-q", "-m", "all", cwd=folder)
