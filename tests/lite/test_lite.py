"""The folder of the browser lab: what is in it, twice the same, and what is refused."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from notthesame import lessons
from notthesame.browser import lite
from notthesame.course import course
from tests.lite.tools import tools


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tools()
    folder = tmp_path_factory.mktemp("lite")
    assert lite.write_lite(folder) == folder / "index.html"
    return folder


def in_all(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.mark.slow
def test_it_has_what_a_reader_opens_and_asks_no_other_host(built: Path) -> None:
    for book in lessons.files(course().lessons):
        kept = json.loads((built / "files/lessons" / book.name).read_text("utf-8"))
        assert kept["metadata"]["language_info"]["name"] == "python"  # else JupyterLab asks for a kernel
        assert f"lab/index.html?path=lessons/{book.name}" in (built / "index.html").read_text("utf-8")
    assert (built / "files/data/ledger.md").is_file() and (built / "files/start.ipynb").is_file()
    settings = json.loads((built / lite.MARK).read_text("utf-8"))["jupyter-config-data"]
    kernel = settings["litePluginSettings"]["@jupyterlite/pyodide-kernel-extension:kernel"]
    assert kernel["pyodideUrl"].startswith("./") and kernel["disablePyPIFallback"]
    assert settings["settingsOverrides"]["@jupyter-widgets/jupyterlab-manager:plugin"]["saveState"]
    assert {entry["name"] for entry in settings["federated_extensions"]} == {
        *("@jupyter-widgets/jupyterlab-manager", "@jupyterlite/pyodide-kernel-extension"),
        *("anywidget", "notthesame"),
    }


@pytest.mark.slow
def test_the_same_course_gives_the_same_bytes_in_the_place_of_the_last(built: Path, tmp_path: Path) -> None:
    (tmp_path / lite.MARK).write_text("{}")
    (tmp_path / "old").write_text("of the last time")
    lite.write_lite(tmp_path)
    first, second = in_all(built), in_all(tmp_path)
    assert [*first] and {name for name in {*first, *second} if first.get(name) != second.get(name)} == set()


@pytest.mark.parametrize(("science", "size"), [(False, "about 25 MB"), (True, "about 70 MB")])
def test_the_first_page_says_what_python_there_has_and_weighs(
    science: bool, size: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lite, "has_science", lambda: science)
    page = lite._first_page("")
    assert size in page and ("has no numpy" in page) != science


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("kept")
    with pytest.raises(ValueError, match="holds something else"):
        lite.write_lite(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_without_jupyterlite_one_line_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(lite.TOOLS, raising=False)
    with pytest.raises(
        ValueError, match=r"pip install jupyterlite-core==\S+ jupyterlite-pyodide-kernel==\S+$"
    ):
        lite.write_lite(tmp_path / "new")


def test_the_versions_are_those_of_the_extra() -> None:
    project = tomllib.loads((course().root / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["optional-dependencies"]["lite"] == [*lite.PINNED]


def test_no_address_of_another_host_stands_in_the_room() -> None:
    for path in Path(lite.__file__).parent.iterdir():
        if path.is_file():
            assert not re.search(r"https?://", path.read_text("utf-8")), path.name
