"""JupyterLite in a folder of its own, as the builder finds it through NOTTHESAME_LITE."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from notthesame.browser import lite

PINNED = [*lite.PINNED, "doit==0.37.0", "pkginfo==2.0"]  # the rest is in our environment


def tools() -> Path:
    """The folder that NOTTHESAME_LITE names, filled from the package index when it is empty; else skipped."""
    named = os.environ.get(lite.TOOLS)
    if not named:
        pytest.skip(f"{lite.TOOLS} names no folder for JupyterLite; .ci/run says how")
    if not (Path(named) / "jupyterlite_core").exists():
        call = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", named, *PINNED]
        subprocess.run(call, check=True)
    return Path(named)
