"""JupyterHub and its proxy, where .ci/run or a developer has put them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.hub import a_hub
from tests.node_tools import tool


@pytest.fixture(scope="session")
def packages() -> Path:
    """The folder of JupyterHub's packages that NOTTHESAME_HUB names; without it a test is skipped."""
    named = os.environ.get("NOTTHESAME_HUB")
    if not named or not shutil.which("git"):
        pytest.skip("NOTTHESAME_HUB or git not found; .ci/run says how to get them")
    return a_hub.fetched(Path(named))


@pytest.fixture(scope="session")
def proxy() -> Path:
    """The proxy's program."""
    return tool("configurable-http-proxy/bin/configurable-http-proxy", "node")
