"""Cells of lessons in a Python without the scientific stack, as a browser has it: stored outputs, and on."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from notthesame import kernel, lessons
from notthesame.charts import own_answers
from notthesame.course import course
from notthesame.questions.records import Record

CELLS = r"""
import contextlib, io, json, os, pathlib, re, sys
import IPython.core.interactiveshell as shells
os.environ.pop("MPLBACKEND", None)
sys.platform = "emscripten"
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"matplotlib", "numpy", "pandas", "PIL", "scipy", "statsmodels"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Missing())
shell = shells.InteractiveShell.instance()
shown = []
shell.display_pub.publish = lambda data, *given, **named: shown.append(data)
failed = []
shell._showtraceback = lambda kind, error, lines: failed.append(lines)
told = []
for source in json.load(sys.stdin):
    said = io.StringIO()
    shown.clear(), failed.clear()
    with contextlib.redirect_stdout(said):
        shell.run_cell(source, store_history=True)
    told.append({"shown": [*shown], "failed": [*failed], "said": said.getvalue()})
sys.__stdout__.write(json.dumps(told))
"""


def run(*cells: str, folder: Path) -> list[dict[str, Any]]:
    """What each cell shows, says and fails with, in such a Python."""
    own = {"NOTTHESAME_ANSWERS": str(folder), "IPYTHONDIR": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", CELLS],
        input=json.dumps(cells),
        capture_output=True,
        text=True,
        cwd=course().lessons,
        env={"PYTHONPATH": str(course().root / "src"), **own},
    )
    assert not done.returncode, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def source(number: str, part: str) -> lessons.Cell:
    """The first cell of a lesson's code that holds these words."""
    path = next(course().lessons.glob(f"{number}_*.ipynb"))
    return next(cell for cell in lessons.read(path).code() if part in cell.source)


@pytest.mark.slow
def test_cells_that_lack_a_library_show_what_they_gave_and_the_next_ones_go_on(tmp_path: Path) -> None:
    chart, lab, computed = (
        source("02", "charts.penalties"),
        source("05", "two_events()"),
        source("07", "print(plain"),
    )
    cells = ["import notthesame as nts", chart.source, lab.source, computed.source, "plain + 1"]
    cells += ["nts.ask('02-exactly')", "import numpy; mine = 1", "nts.check('07-poll-low', 1)", "nts.chek"]
    cells += ["nts.check('05-noise-limit', 1)", "print(nts.check('05-grade-gao', '21111?'))"]
    cells += ["nts.check('08-how-many', 1)", "print(nts.check('08-misfit', 'e'))"]
    told = run(*cells, folder=tmp_path)
    line = "This cell needs {}, which Python in this browser does not have."
    for cell, found, what in zip((chart, lab), told[1:3], ("matplotlib", "matplotlib"), strict=True):
        assert line.format(what) in found["shown"][0]["text/plain"] and not found["failed"]
        assert found["shown"][1]["text/html"] == "".join(cell.outputs[0]["data"]["text/html"])
        assert len(found["shown"]) == 2  # and no "Run this cell to use ..."
    assert "".join(computed.outputs[0]["text"]) in told[3]["said"]
    assert "numpy" in told[3]["shown"][0]["text/plain"]
    assert line.format("plain from an earlier cell") in told[4]["shown"][0]["text/plain"]
    assert "The course on a computer runs it." in told[4]["shown"][0]["text/plain"]
    assert not told[6]["failed"] and not told[7]["failed"]
    assert told[8]["failed"], "an error of another kind stays an error"
    for lacks, works in ((told[9], told[10]), (told[11], told[12])):
        assert (
            line.format("numpy") in lacks["shown"][0]["text/plain"]
        )  # of one file, those that can be checked are
        assert works["said"].startswith("Right.")


def test_a_kernel_in_a_browser_is_not_told_that_fonts_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    log = logging.getLogger("matplotlib.font_manager")
    monkeypatch.setattr(log, "level", logging.NOTSET)
    events = SimpleNamespace(callbacks={"post_run_cell": []}, register=lambda name, call: None)
    shell = SimpleNamespace(custom_exceptions=(NameError,), ast_transformers=[], events=events)
    kernel.load_ipython_extension(shell)
    assert log.level == logging.NOTSET  # on a computer it is told once, and once alone
    monkeypatch.setattr(sys, "platform", "emscripten")
    kernel.load_ipython_extension(shell)
    assert log.level == logging.ERROR


def test_own_answers_that_cannot_be_counted_say_why(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [Record(n, f"02-{n}", "a", "wrong", 0.0, confidence=90) for n in range(1, 7)]
    assert own_answers.told(records).rows
    monkeypatch.setitem(sys.modules, "statsmodels", None)
    monkeypatch.setitem(sys.modules, "statsmodels.stats.proportion", None)
    with pytest.raises(ModuleNotFoundError):
        own_answers.told(records)
    monkeypatch.setattr(sys, "platform", "emscripten")
    found = own_answers.told(records)
    assert found.lines == (own_answers.WITHOUT.format(what="statsmodels"),)
    assert (found.rows, found.answered) == ((), 6)
