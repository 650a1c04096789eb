"""Cells in a real kernel, with and without the settings that start.py writes."""

from __future__ import annotations

import os
import runpy
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
CELLS = [
    "nts.ask('00-title')",
    "def f():\n    return ntt.ask\nf()",
    "1 / 0",
    "import notthesame as nts",
    "nts.table",
    "x = 19 %",
    "nts.hint('03-share')\nx = 1",
]
HEAVY = [
    "import notthesame as nts",
    "import weakref\nclass Part: pass\npart = Part()\npart.itself = part\nleft = weakref.ref(part)\n"
    "many = [[] for _ in range(20_000)]",
    "del part\nmore = [[] for _ in range(20_000)]",
    "left() is None",
]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, list[Any]]:
    """The outputs of each cell, with the settings and without."""
    return {told: run(tmp_path_factory.mktemp("kernel"), told) for told in (True, False)}


def run(folder: Path, told: bool, cells: list[str] = CELLS) -> list[Any]:
    profile = folder / "profile_default"
    profile.mkdir()
    # Where start.py made the environment, its settings are there anyway; a profile's own come later and win.
    none = "get_config().InteractiveShellApp.extensions = []\n"
    settings = runpy.run_path(str(ROOT / "start.py"))["IPYTHON_SETTINGS"] if told else none
    (profile / "ipython_config.py").write_text(settings, encoding="utf-8")
    env = {**os.environ, "IPYTHONDIR": str(folder), "PYTHONPATH": str(ROOT / "src")}
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(book, timeout=60, kernel_name="python3", allow_errors=True).execute(env=env)
    return [cell.outputs for cell in book.cells]


def test_a_cell_before_the_import_gets_one_line(outputs: dict[bool, list[Any]]) -> None:
    (shown,) = outputs[True][0]
    assert (shown.output_type, shown.ename) == ("error", "NameError")
    assert shown.traceback == ["Run the first cell, then this one."]
    assert len(outputs[False][0][0].traceback) > 1


def test_nothing_else_changes(outputs: dict[bool, list[Any]]) -> None:
    said = {
        told: [shown.get("traceback") for cell in found[1:] for shown in cell]
        for told, found in outputs.items()
    }
    assert said[True] == said[False] and len(said[True]) == 5
    assert "ntt" in outputs[True][1][0].evalue and outputs[True][4][0].output_type == "execute_result"


def test_the_import_alone_brings_the_lines_for_slips_and_shows_each_call(
    outputs: dict[bool, list[Any]],
) -> None:
    for found in outputs.values():
        (slip,), (hint,) = found[5:]
        assert slip.ename == "SyntaxError" and slip.traceback[0].startswith("Line 1: % is no per cent")
        assert hint.output_type == "display_data" and hint.data["text/plain"].startswith("Hint 1 of 3")


def test_what_a_large_cell_leaves_behind_is_let_go(tmp_path: Path) -> None:
    (shown,) = run(tmp_path, True, HEAVY)[-1]
    assert shown.data["text/plain"] == "True"
