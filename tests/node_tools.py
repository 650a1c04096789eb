"""What npm puts into the folder that NOTTHESAME_NODE_TOOLS names, as .ci/run does."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

NAMED = os.environ.get("NOTTHESAME_NODE_TOOLS")
MODULES = Path(NAMED or "nowhere") / "node_modules"


def tool(path: str, *commands: str) -> Path:
    """A file that npm brought, once the commands that it needs are there as well."""
    missing = [name for name in commands if not shutil.which(name)]
    if not (MODULES / path).exists():
        missing.append(path)
    if missing:
        text = f"{' and '.join(missing)} not found; .ci/run says how to get them"
        pytest.fail(text) if NAMED else pytest.skip(text)
    return MODULES / path
