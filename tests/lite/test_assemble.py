"""The folder that a browser's Python is loaded from: what is in it, whence, and what is refused."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from notthesame import _yaml, browser
from notthesame.browser import own, packages, pins, pyodide
from notthesame.course import course
from tests.node_tools import tool


@pytest.fixture(scope="module")
def npm() -> Path:
    """The folder that npm's package of Pyodide lies in."""
    return tool("pyodide/pyodide-lock.json").parent


@pytest.fixture(scope="module")
def two(npm: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder for notebooks and the one for pages."""
    notebooks, pages = tmp_path_factory.mktemp("notebooks"), tmp_path_factory.mktemp("pages")
    browser.assemble(notebooks, (own.NAME, *browser.KERNEL))
    browser.assemble(pages, (own.NAME,), pages=True, without=("ipython",))
    return notebooks, pages


def lock(folder: Path) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = json.loads((folder / pyodide.LOCK).read_text("utf-8"))["packages"]
    return found


# --- what is written


@pytest.mark.slow
def test_the_list_names_every_file_with_its_hash_and_all_that_a_package_needs(two: tuple[Path, Path]) -> None:
    for folder in two:
        entries = lock(folder)
        there = {path.name for path in folder.iterdir()}
        assert there == {str(entry["file_name"]) for entry in entries.values()} | {*pins.pinned().core}
        for entry in entries.values():
            content = (folder / str(entry["file_name"])).read_bytes()
            assert pins.sha256(content) == entry["sha256"]
            assert {*entry["depends"]} <= {*entries}  # type: ignore[misc]
    assert "ipython" in lock(two[0]) and "ipython" not in lock(two[1])


@pytest.mark.slow
def test_the_same_call_writes_the_same_bytes(two: tuple[Path, Path], tmp_path: Path) -> None:
    browser.assemble(tmp_path, (own.NAME,), pages=True, without=("ipython",))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in two[1].iterdir()
    }


@pytest.mark.slow
def test_every_wheel_is_pure_and_names_itself(two: tuple[Path, Path]) -> None:
    for path in two[0].glob("*.whl"):
        with zipfile.ZipFile(path) as wheel:
            names = wheel.namelist()
        assert path.name.endswith("-none-any.whl")
        assert not [name for name in names if name.endswith((".so", ".pyd", ".dylib"))]
        assert sum(name.endswith(".dist-info/METADATA") for name in names) == 1, path.name


def test_versions_and_needs_are_those_that_pyodide_was_tested_with(npm: Path) -> None:
    """But lazy-loader's, which our own range decides. A new Pyodide fails here until all is pinned anew."""
    listed = json.loads((npm / pyodide.LOCK).read_text("utf-8"))["packages"]
    for name, wheel in pins.pinned().wheels.items():
        entry = listed.get(name) or listed.get(name.replace("-", "_"))
        if entry and name != "lazy-loader":
            assert wheel.version == entry["version"], name
            assert {*wheel.depends} == {need.replace("_", "-") for need in entry["depends"]}, name
            assert {*wheel.imports} >= {*entry["imports"]} - {"_yaml"}, name


def test_what_the_full_pyodide_computes_with_lies_within_our_ranges(npm: Path) -> None:
    listed = json.loads((npm / pyodide.LOCK).read_text("utf-8"))["packages"]
    project = tomllib.loads((course().root / "pyproject.toml").read_text("utf-8"))["project"]
    ours = {wanted.name: wanted.specifier for wanted in map(Requirement, project["dependencies"])}
    for name in browser.SCIENCE:
        assert listed[name]["version"] in ours[name], name


def test_the_course_runs_from_its_wheel_without_the_scientific_stack(tmp_path: Path) -> None:
    _, content = own.own_wheel(pages=True)
    with zipfile.ZipFile(io.BytesIO(content)) as wheel:
        wheel.extractall(tmp_path)
    code = f"""
import sys
for name in {browser.SCIENCE!r}:
    sys.modules[{{"pillow": "PIL"}}.get(name, name)] = None
sys.path.insert(0, {str(tmp_path)!r})
import notthesame as nts
from notthesame.course import course
print(nts.__file__, course().root)
nts.definition_machine(), nts.argument_map(), nts.counting_lab()
nts.evidence_grid(), nts.ask("08-list-means")
print(nts.check("03-share", 80))
"""
    env = {"PYTHONPATH": "", "NOTTHESAME_ANSWERS": str(tmp_path / "answers")}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert not done.returncode, done.stderr
    where, *_ = done.stdout.strip().splitlines()
    assert where == f"{tmp_path / 'notthesame/__init__.py'} {tmp_path / 'notthesame/_course'}"
    assert "Not right yet." in done.stdout


def test_the_whole_wheel_has_the_lessons_and_the_one_for_pages_has_none() -> None:
    for pages in (True, False):
        with zipfile.ZipFile(io.BytesIO(own.own_wheel(pages)[1])) as wheel:
            names = wheel.namelist()
        lessons = [name for name in names if "/_course/lessons/" in name]
        assert "notthesame/_course/exercises/misconceptions.yaml" in names
        assert len(lessons) == (0 if pages else len([*course().lessons.glob("[0-9]*.ipynb")]))
        assert not [name for name in names if "classroom" in name or "/site/" in name]


@pytest.mark.slow
def test_each_yaml_in_the_wheel_says_the_same_to_the_half_in_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser has that half alone, and it refuses some that the compiled one reads: {a: Why?}."""
    with zipfile.ZipFile(io.BytesIO(own.own_wheel()[1])) as wheel:
        files = {name: wheel.read(name) for name in wheel.namelist() if name.endswith(".yaml")}
    compiled = {name: _yaml.values(content) for name, content in files.items()}
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert [name for name, content in files.items() if _yaml.values(content) != compiled[name]] == []
    with pytest.raises(_yaml.NotYaml):
        _yaml.values(b"{a: Why?}")


# --- what is refused


def test_a_file_that_is_not_the_publishers_is_refused(
    npm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in pins.pinned().core:
        shutil.copy(npm / name, tmp_path)
    monkeypatch.setenv(pyodide.GIVEN, str(tmp_path))
    assert pyodide.core().folder == tmp_path
    (tmp_path / "pyodide.mjs").write_bytes(b"spoilt")
    with pytest.raises(ValueError, match=r"pyodide\.mjs: not the file of Pyodide 314"):
        pyodide.core()
    (tmp_path / "pyodide.mjs").unlink()
    with pytest.raises(ValueError, match=r"has no pyodide\.mjs"):
        pyodide.core()
    monkeypatch.setenv(pyodide.GIVEN, str(tmp_path / "gone"))
    with pytest.raises(ValueError, match="There is nothing at"):
        pyodide.core()


def test_another_version_is_told_by_its_number(
    npm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where its files have other names: of the releases before this one, one has."""
    other = (npm / pyodide.SCRIPT).read_bytes().replace(pins.pinned().pyodide.encode(), b"0.27.7")
    (tmp_path / pyodide.SCRIPT).write_bytes(other)
    monkeypatch.setenv(pyodide.GIVEN, str(tmp_path))
    with pytest.raises(ValueError, match=r"holds Pyodide 0\.27\.7; 314\.\S+ is wanted there\.$"):
        pyodide.core()


def test_an_archive_is_unpacked_once(npm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyodide, "cache_folder", lambda: tmp_path / "cache")
    archive = tmp_path / "pyodide.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        for name in pins.pinned().core:
            tar.add(npm / name, f"pyodide/{name}")
    monkeypatch.setenv(pyodide.GIVEN, str(archive))
    first = pyodide.core().folder
    assert first.parent == tmp_path / "cache" and pyodide.core().folder == first
    archive.write_bytes(b"no archive")
    with pytest.raises(ValueError, match="cannot be read as an archive"):
        pyodide.core()


def test_the_full_pyodide_is_used_where_it_is_given_and_asked_for_where_not(
    npm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(pyodide.GIVEN, str(npm))
    with pytest.raises(ValueError, match="numpy is no package that the course brings"):
        browser.assemble(tmp_path / "out", ("numpy",))
    assert not browser.has_science()
    listed = pyodide.core().lock["packages"]["numpy"]
    full = pyodide.Core(tmp_path, {pyodide.LOCK: (npm / pyodide.LOCK).read_bytes()})
    (tmp_path / listed["file_name"]).write_bytes(b"other")
    with pytest.raises(ValueError, match="not the file that Pyodide"):
        full.package("numpy")


def test_without_npm_and_without_a_network_one_line_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (pyodide, packages):
        monkeypatch.setattr(module, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.delenv(pyodide.GIVEN, raising=False)
    monkeypatch.delenv(pyodide.NODE_TOOLS, raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(FileNotFoundError, match="there is no npm"):
        pyodide.core()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(ConnectionError, match=r"pip could not fetch six.*is there a network\?") as told:
        packages.wheels(["six"])
    assert "\n" not in str(told.value)


def test_a_wheel_that_was_changed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "cache_folder", lambda: tmp_path)
    six = pins.pinned().wheels["six"]
    (tmp_path / six.sha256).mkdir()
    (tmp_path / six.sha256 / six.file).write_bytes(b"spoilt")
    with pytest.raises(ValueError, match="damaged"):
        packages.wheels(["six"])


def test_of_a_full_pyodide_the_course_gets_its_libraries_with_what_they_need(tmp_path: Path) -> None:
    full, out = tmp_path / "full", tmp_path / "out"
    full.mkdir()
    needs: dict[str, list[str]] = {name: ["lib_x"] for name in browser.SCIENCE} | {"lib-x": [], "unused": []}
    for name in needs:
        (full / f"{name}-1-any.whl").write_bytes(name.encode())
    entries = {
        name: {
            "name": name,
            "file_name": f"{name}-1-any.whl",
            "sha256": pins.sha256(name.encode()),
            "depends": depends,
        }
        for name, depends in needs.items()
    }
    base = pyodide.Core(full, {pyodide.LOCK: json.dumps({"packages": entries}).encode()})
    assert browser.has_science(base)
    browser.assemble(out, (own.NAME, *browser.SCIENCE), pages=True, without=own.NEEDS, base=base)
    listed = lock(out)
    assert {*listed} == {own.NAME, "lib-x", *browser.SCIENCE}
    assert listed[own.NAME]["depends"] == sorted(browser.SCIENCE)  # so the import of the course loads them

    (full / "numpy-1-any.whl").unlink()
    with pytest.raises(ValueError, match=r"only a part of Pyodide: it has no numpy\.$"):
        browser.has_science(base)
