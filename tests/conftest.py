"""What several test modules share."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from notthesame.course import Course, course
from notthesame.questions import answers
from tests import browsers

settings.register_profile("course", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("course")

_ANSWERS = Path(tempfile.mkdtemp(prefix="notthesame-"))
os.environ.setdefault("NOTTHESAME_ANSWERS", str(_ANSWERS / "examples"))  # never a learner's own

PARTS = ("lessons", "exercises", "data", "deploy", "instructors")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if browsers.FOLDERS & {*item.path.parents}:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True)
def _answers_of_its_own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a test answers is no other test's, nor an example's, to find."""
    monkeypatch.setenv("NOTTHESAME_ANSWERS", str(_ANSWERS / secrets.token_hex(8)))
    begin_anew: Callable[[], None] = answers._store.__init__  # type: ignore[misc]
    begin_anew()
    yield
    begin_anew()


@pytest.fixture
def data_copy(tmp_path: Path) -> Iterator[Path]:
    """A copy of ``data/`` that may be spoilt; everything reads it while the test runs."""
    shutil.copytree(course().data, tmp_path / "data")
    with Course(tmp_path).in_use():
        yield tmp_path / "data"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course as pages, built once: tests look at it and change nothing."""
    from notthesame.site import pages

    folder = tmp_path_factory.mktemp("a site")  # with a space, as folders of students have
    assert pages.write_site(course(), folder) == folder / "index.html"
    return folder


@pytest.fixture(scope="session")
def copy_course() -> Callable[[Path], Course]:
    """Makes a copy of the whole course that may be spoilt."""

    def copy(folder: Path) -> Course:
        ignore = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        for part in PARTS:
            shutil.copytree(course().root / part, folder / part, ignore=ignore)
        for file in course().root.glob("[!.]*.*"):  # pages, and what they link to
            if file.is_file():
                shutil.copy(file, folder)
        shutil.copy(course().root / "LICENSE", folder)
        return Course(folder)

    return copy


@pytest.fixture
def in_a_lesson(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run where a lesson runs: links to ``data/`` lead one folder up."""
    monkeypatch.chdir(course().lessons)


@pytest.fixture(scope="session")
def node() -> str:
    """The Node that playwright brings along, else the one on PATH; without one a test is skipped."""
    try:
        from playwright._impl._driver import compute_driver_executable

        found: str | None = compute_driver_executable()[0]
    except ImportError:
        found = None
    found = found if found and Path(found).exists() else shutil.which("node")
    if found:
        return found
    text = "no Node found, neither playwright's nor one on PATH"
    browsers.lacking(text)
