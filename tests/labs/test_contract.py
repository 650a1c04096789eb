"""What every lab promises, as far as a kernel shows it; tests/browser/test_lab_contract.py has the rest.

A lab is covered as soon as it stands in ``labs.LABS``; of its own it brings an entry in ``bad_values``.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from inspect import unwrap
from pathlib import Path
from typing import Any

import nbformat
import pytest
import traitlets
from nbclient import NotebookClient

import notthesame as nts
from notthesame import labs
from notthesame.authoring import execute
from notthesame.authoring.rules import minutes
from notthesame.labs import LABS, Lab
from tests.labs.bad_values import BAD
from tests.labs.outline import Outline

pytestmark = pytest.mark.usefixtures("in_a_lesson")

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
IMPORT = "import notthesame as nts"


@pytest.fixture(params=LABS)
def lab(request: pytest.FixtureRequest) -> Lab:
    return new(request.param)


def new(call: str) -> Lab:
    made = getattr(nts, call)()
    assert isinstance(made, Lab)
    return made


def test_every_lab_is_listed_offered_and_has_bad_values_and_minutes() -> None:
    names = [module.name for module in pkgutil.iter_modules(labs.__path__)]
    modules = {name: importlib.import_module(f"{labs.__name__}.{name}") for name in names}
    mine = {kind.__module__.rpartition(".")[2]: kind for kind in made(Lab)}
    assert set(mine) == set(LABS.values()) and set(mine) <= set(modules)
    assert set(LABS) <= set(nts.__all__) and set(LABS) == set(BAD) == set(minutes.LABS)
    for call, module in LABS.items():
        assert unwrap(getattr(nts, call)) is getattr(modules[module], call)
    assert len({kind.called for kind in mine.values()}) == len(LABS)


def made(kind: type[Lab]) -> Iterator[type[Lab]]:
    """The labs of this kind: the classes that are no longer a base of others."""
    for below in kind.__subclasses__():
        yield from made(below) if below.__subclasses__() else [below]


# --- what a notebook stores ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A notebook that shows each lab, and then each again, run in a real kernel."""
    folder = tmp_path_factory.mktemp("labs")
    cells = [IMPORT, *(f"nts.{call}()" for call in [*LABS, *LABS])]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(book, timeout=120, kernel_name="python3", resources=resources).execute(env=kernels(folder))
    return book


def kernels(folder: Path) -> dict[str, str]:
    """The environment of a kernel that finds this package and keeps what it writes in this folder."""
    own = {"IPYTHONDIR": str(folder), "NOTTHESAME_ANSWERS": str(folder / "answers")}
    return {**os.environ, **own, "PYTHONPATH": str(Path(nts.__file__).parents[1])}


@pytest.mark.parametrize("call", LABS)
def test_two_outputs_a_static_block_and_a_view_with_a_plain_text_form(
    notebook: Any, call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # links depend on where a notebook runs
    static, live = notebook.cells[1 + [*LABS].index(call)].outputs
    shown = new(call)
    block, style = static["data"]["text/html"].split("\n<style ")
    assert block == shown._static() and f"{shown!r} again" in style
    assert live["data"]["text/plain"] == f"Run this cell to use the {shown.called}" == repr(shown)
    assert set(live["data"]) == {"text/plain", WIDGET_VIEW}


@pytest.mark.parametrize("call", LABS)
def test_what_a_notebook_compares_is_the_same_every_time(notebook: Any, call: str) -> None:
    place = 1 + [*LABS].index(call)
    one, other = (
        [
            {kind: data for kind, data in output["data"].items() if kind != WIDGET_VIEW}
            for output in cell.outputs
        ]
        for cell in (notebook.cells[place], notebook.cells[place + len(LABS)])
    )
    assert one == other


def test_strict_nbval_passes_in_another_session(notebook: Any, tmp_path: Path) -> None:
    nbformat.write(execute.tidy(notebook), tmp_path / "labs.ipynb")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull]
    command += ["--rootdir", str(tmp_path), "--nbval", "--nbval-current-env", "--nbval-cell-timeout=120"]
    command += ["--nbval-sanitize-with", str(Path(__file__).parents[1] / "nbval_sanitize.cfg"), "labs.ipynb"]
    done = subprocess.run(command, cwd=tmp_path, env=kernels(tmp_path), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]
    assert f"{1 + 2 * len(LABS)} passed" in done.stdout
    assert not (tmp_path / "answers").exists()


def test_two_of_a_kind_show_the_same(lab: Lab) -> None:
    other = type(lab)()
    drop = {"layout", "itself"}  # models of its own
    assert {**lab.get_state(), **dict.fromkeys(drop)} == {**other.get_state(), **dict.fromkeys(drop)}


# --- the static block and the script ------------------------------------------------------------------------


def test_the_static_block_reads_whole_and_survives_a_sanitiser(lab: Lab) -> None:
    outline = Outline(lab._static())
    assert outline.open == []
    assert "Settle with it" in outline.read_at_once and "Run this cell" in outline.read_at_once
    assert "details" in outline.seen and "open" not in outline.attributes
    assert not {"style", "script", "input", "button"} & set(outline.seen)
    lost = re.compile("id|name|role|(aria|data|on).*")
    assert not list(filter(lost.fullmatch, outline.attributes))


def test_the_script_holds_no_text_of_the_course(lab: Lab) -> None:
    script = str(type(lab).script)
    own = {name: value for name, value in lab.get_state().items() if not name.startswith("_")}
    assert not [text for text in texts(own) if len(text.split()) > 2 and text in script]


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)


# --- values -------------------------------------------------------------------------------------------------

REFUSED = [(call, *bad) for call, values in BAD.items() for bad in values]


@pytest.mark.parametrize(("call", "trait", "value", "words"), REFUSED)
@pytest.mark.parametrize("way", ["from Python", "from the page"])
def test_a_bad_value_raises_with_what_is_allowed_and_changes_nothing(
    call: str, trait: str, value: Any, words: str, way: str
) -> None:
    lab = new(call)
    before = lab.get_state()
    with pytest.raises(ValueError, match=re.escape(words)):
        lab.set_state({trait: value}) if way == "from the page" else setattr(lab, trait, value)
    assert lab.get_state() == before


def test_nothing_is_written_to_disk(lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOTTHESAME_ANSWERS", str(tmp_path / "answers"))
    used = type(lab)()
    for name, trait in used.traits(sync=True).items():
        if isinstance(trait, traitlets.Bool):  # all that is switched on and off: revealed, every, testing
            setattr(used, name, not getattr(used, name))
    used._ipython_display_()
    assert list(tmp_path.iterdir()) == []
