"""What the tests of labs share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def plain_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """No event loop runs: a browser that was started earlier in this process leaves one running."""

    def none() -> None:
        raise RuntimeError("no running event loop")

    monkeypatch.setattr("asyncio.get_running_loop", none)
