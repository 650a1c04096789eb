"""Labs on a page: which can be, how a page says what to run, and the bridge in place of Jupyter's widgets."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import notthesame as nts
from notthesame.browser import _compiled
from notthesame.browser.pins import sha256
from notthesame.browser.pyodide import Core
from notthesame.course import course
from notthesame.labs import LABS
from notthesame.site import live
from tests.node_tools import tool

SECTION = '<section class="nts-counting-lab mathjax_ignore" data-lab="counting_lab"><p>What.</p></section>'
PAGE = f"<html><head></head><body>{SECTION}</body></html>"
NEEDS = dict.fromkeys(live.PURE, "")
States = dict[str, list[dict[str, Any]]]
# A change to each lab, by its traits; bridge and ipywidgets must make the same of it.
CHANGES: States = {
    "argument_map": [{"focus": "q2-voids"}, {"accepted": ["q2-stands"]}],
    "counting_lab": [{"revealed": True}, {"numbers": {"minor": 0}}],
    "definition_machine": [{"revealed": True}, {"true": ["act_transport", "under_18"], "unknown": []}],
    "evidence_grid": [{"outcome": "trafficking"}],
    "interval_game": [{"typed": {"votes": ["50", "150"]}}, {"asked": 1}, {"typed": {"votes": "x"}}],
    "own_law": [{"means": ["force"]}, {"acts": ["no such act"]}],
    "wording_table": [{"base": "those who took a side"}, {"place": "UK (Scotland)"}],
}
# And to each that the publisher's full Pyodide is wanted for.
NUMERIC: States = {
    "brief_chart": [{"series": "arrests"}, {"draw": "bars"}],
    "list_lab": [{"n": 250}, {"n": 1}],
    "pooling_lab": [{"baseline": 45}],
    "town": [{"ratio": 1.1}, {"homophily": 3}],
    "two_events": [{"lag": 3}],
    "unseen_lab": [{"terms": ["LA:NG"]}],
}
STACK = ["matplotlib", "numpy", "pandas", "PIL", "scipy", "statsmodels"]
SHARED = ("holder", "itself", "instead", "task", "layout", "tabbable", "tooltip")  # its own, or Jupyter's
# Runs labs as a page does, where nothing can be imported that a page does not have.
IN_A_PAGE = """
import importlib.abc, json, runpy, sys
class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"fsrs", "ipywidgets", "yaml", *wanted["lacks"]}:
            raise ImportError(name)
wanted = json.load(sys.stdin)
sys.meta_path.insert(0, Missing())
sys.path.insert(0, wanted["bridge"])
import _bridge as bridge
said, found = [], {}
bridge.start(lambda text: said.append(json.loads(text)), wanted["read"])
for call, changes in wanted["labs"].items():
    said.clear()
    try:
        bridge.run(f"nts.{call}()")
    except ImportError:
        continue
    shown = next(m["id"] for m in said if m["kind"] == "shown")
    states, known = [], {}
    for change in changes:
        for m in said:
            known |= m.get("state", {}) if m["id"] == shown else {}
        said.clear()
        known |= change
        bridge.receive(shown, json.dumps({"state": change}))
        for m in said:
            known |= m["state"] if m["id"] == shown else {}
        states.append(dict(known))
    found[call] = states
json.dump(found, sys.stdout)
"""


def run_in_a_page(labs: States, lacks: list[str]) -> States:
    """The state of each of these labs that a page can run, as the page has it after each change."""
    given = {
        "bridge": str(live.HERE),
        "read": gzip.decompress(live._ours([])["live/read.json.packed"]).decode("utf-8"),
        "labs": labs,
        "lacks": lacks,
    }
    command = [sys.executable, "-c", IN_A_PAGE]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    found: States = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def in_a_page() -> States:
    """What a page with Python alone makes of every lab."""
    return run_in_a_page({call: CHANGES.get(call, []) for call in LABS}, STACK)


@pytest.fixture(scope="module")
def with_stack() -> States:
    """What a page makes of the other labs that has numpy, matplotlib and the rest too."""
    return run_in_a_page(NUMERIC, [])


def test_the_list_is_of_all_labs_that_run_without_numpy_and_yaml(in_a_page: States) -> None:
    assert sorted(in_a_page) == sorted(live.PURE) == sorted(CHANGES)


@pytest.mark.parametrize("call", live.PURE)
def test_the_bridge_and_ipywidgets_make_the_same_of_a_change(
    call: str, in_a_page: States, monkeypatch: pytest.MonkeyPatch
) -> None:
    from notthesame.questions import drafts

    monkeypatch.setattr(drafts, "keep", lambda *given: "This page keeps nothing of it.")
    same_of_each_change(call, CHANGES[call], in_a_page[call])


@pytest.mark.slow
@pytest.mark.parametrize("call", NUMERIC)
def test_with_the_stack_they_make_the_same_of_a_change_to_the_other_labs(
    call: str, with_stack: States
) -> None:
    assert {*NUMERIC} == {*LABS} - {*live.PURE}
    same_of_each_change(call, NUMERIC[call], with_stack[call])


def same_of_each_change(call: str, changes: list[dict[str, Any]], states: list[dict[str, Any]]) -> None:
    lab: Any = getattr(nts, call)()
    own = [name for name in lab.keys if name[0] != "_" and name not in SHARED]
    assert len(own) > 5
    for change, seen in zip(changes, states, strict=True):
        try:
            lab.set_state(change)
        except ValueError as error:
            assert seen["message"] == error.args[0]
        else:
            assert {n: seen[n] for n in own} == json.loads(json.dumps({n: getattr(lab, n) for n in own}))


# --- pages


def test_a_page_says_how_its_lab_is_made_and_brings_the_script() -> None:
    code = 'nts.counting_lab(predict=False, note="<b>")'
    made = live._live("lessons/03.html", PAGE.encode(), ["print(1)", code], NEEDS, 9).decode()
    assert ' data-call="nts.counting_lab(predict=False, note=&#34;&lt;b&gt;&#34;)"><p>' in made
    assert '<link rel="stylesheet" href="../live/page.css">\n</head>' in made
    assert '<script src="../live/page.js" data-bytes="9"></script>\n</body>' in made


@pytest.mark.parametrize(
    "cells",
    [
        [],
        ["nts.town()"],
        ["lab = nts.counting_lab()"],
        ["nts.counting_lab()", "nts.counting_lab()"],
        ["%timeit nts.counting_lab()"],
    ],
)
def test_a_page_stays_as_it_is_where_it_is_not_sure_what_to_run(cells: list[str]) -> None:
    assert live._live("a.html", PAGE.encode(), cells, NEEDS, 9) == PAGE.encode()


def test_a_lab_that_needs_numpy_gets_no_button_where_there_is_none() -> None:
    page = PAGE.replace("counting_lab", "town").encode()
    assert live._live("a.html", page, ["nts.town()"], NEEDS, 9) == page
    assert b' data-call="nts.town()" data-needs="numpy"><p>' in live._live(
        "a.html", page, ["nts.town()"], {"town": ' data-needs="numpy"'}, 9
    )


def test_without_pyodide_pages_stay_as_they_are_and_one_line_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NOTTHESAME_PYODIDE", "NOTTHESAME_NODE_TOOLS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(subprocess, "run", lambda *given, **named: pytest.fail("fetches"))
    pages = {"a.html": PAGE.encode()}
    assert live.added([pages], {"a.html": ["nts.counting_lab()"]}) == [pages]
    assert live.missing().startswith("pyodide@") and "\n" not in live.missing()


def test_every_lab_of_the_lessons_that_can_be_has_its_call_on_its_page() -> None:
    """In a lesson a lab is the last line of its cell, so that the page can tell what to run."""
    from notthesame import lessons

    books = lessons.read_all(course().lessons)
    code = [cell.source for book in books for cell in book.cells if cell.kind == "code"]
    shown = {found[0] for cell in code if (found := live.call_of(cell))}
    assert {*live.PURE} - shown == {"own_law"}  # which stands in an exercise


# --- files


@pytest.mark.slow
def test_the_files_are_the_same_each_time_and_small() -> None:
    tool("pyodide/pyodide-lock.json")
    given = [{"a.html": PAGE.encode()}], {"a.html": ["nts.counting_lab()"]}
    [first], [second] = (live.added(*given) for _ in "ab")
    assert first == second
    size = sum(len(content) for name, content in first.items() if name != "a.html")
    assert f'data-bytes="{size}"'.encode() in first["a.html"] and size < 12_000_000
    assert sha256(first["pyodide/python_stdlib.zip"]) == _compiled.MADE  # by Node, which npm brings
    assert not [name for name in first if "ipython" in name.lower() or name.endswith(".wasm")]


def test_without_node_the_library_is_as_its_publisher_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    given = Core(tmp_path, {_compiled.LIBRARY: b"as it comes"})
    monkeypatch.setenv("PATH", str(tmp_path))
    assert _compiled.library(given) == b"as it comes"
    other = tmp_path / "node"
    other.write_text("#!/bin/sh\necho other > $3\n", encoding="utf-8")
    other.chmod(0o755)
    assert _compiled.library(given) == b"as it comes"  # what Node makes is not what it should be
