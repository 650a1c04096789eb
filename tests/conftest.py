"""What several test modules share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from notthesame import evidence
from notthesame.course import course_folder
from notthesame.evidence import tables

settings.register_profile("course", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("course")

CACHED = (
    evidence.known_facts,
    evidence.rows,
    evidence.table_names,
    tables._package,
    evidence.known_sources,
)


@pytest.fixture
def data_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of ``data/`` that may be spoilt; evidence reads it while the test runs."""
    shutil.copytree(course_folder() / "data", tmp_path / "data")
    for module in ("facts", "sources", "tables"):
        monkeypatch.setattr(
            f"notthesame.evidence.{module}.course_file", lambda *parts: tmp_path.joinpath(*parts)
        )
    for function in CACHED:
        function.cache_clear()
    yield tmp_path / "data"
    for function in CACHED:
        function.cache_clear()
