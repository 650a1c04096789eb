"""What others did to the process changes nothing of ours, and we leave it as it was."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from shutil import which
from typing import Any

import nbformat
import pytest

import notthesame as nts
from notthesame import lessons
from notthesame.course import course
from tests.house import cells, hostile

pytestmark = pytest.mark.slow

PNG = re.compile(r"base64,[^\"]+|min-width:\d+px;max-width:\d+px")  # they differ between matplotlib releases


@cache
def ran(kind: str) -> list[dict[str, Any]]:
    """What each cell did in a process of this kind, clean or hostile."""
    with tempfile.TemporaryDirectory() as folder:
        spoken = Path(folder, hostile.GERMAN)
        if which("localedef"):
            subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", str(spoken)], capture_output=True)
        command = [sys.executable, "-m", cells.__name__, kind]
        env = {**os.environ, "LOCPATH": folder}
        done = subprocess.run(command, cwd=course().root, env=env, capture_output=True, text=True)
    assert not done.returncode, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def last_line(cell: dict[str, Any]) -> str:
    return f"{cell['file']}: {cell['source'].strip().splitlines()[-1]}"


@pytest.mark.parametrize("kind", ["clean", "hostile"])
def test_each_cell_runs_after_the_import_alone(kind: str) -> None:
    stopped = {last_line(cell): cell["stopped"] for cell in ran(kind) if cell["stopped"]}
    assert not stopped


@pytest.mark.parametrize("kind", ["clean", "hostile"])
def test_no_cell_changes_the_process(kind: str) -> None:
    changed = {last_line(cell): cell["changed"] for cell in ran(kind) if cell["changed"]}
    assert not changed


def test_a_hostile_process_shows_the_same_bytes() -> None:
    both = zip(ran("clean"), ran("hostile"), strict=True)
    differ = [last_line(clean) for clean, spoilt in both if clean["outputs"] != spoilt["outputs"]]
    assert not differ


def test_each_cell_by_itself_shows_what_is_stored() -> None:
    books = [(path.name, nbformat.read(path, as_version=4)) for path in lessons.files(course().lessons)]
    stored = [(name, cell) for name, book in books for cell in book.cells if cell.cell_type == "code"]
    assert len(stored) > 100
    differ = []
    for (name, cell), here in zip(stored, ran("clean"), strict=False):
        shown = [output.get("data", {}) for output in cell.outputs]
        texts = [{form: data[form] for form in ("text/plain", "text/html") if form in data} for data in shown]
        if PNG.sub("", repr(list(filter(None, texts)))) != PNG.sub("", repr(here["outputs"])):
            differ.append(f"{name}: {last_line(here)}")
    assert not differ


def test_no_page_of_ours_is_searched_for_formulas() -> None:
    pages = [(last_line(cell), page) for cell in ran("clean") for page in html_of(cell)]
    assert len(pages) > 100
    assert not [line for line, page in pages if "mathjax_ignore" not in page[:200]]


def html_of(cell: dict[str, Any]) -> list[str]:
    return [output["text/html"] for output in cell["outputs"] if "text/html" in output]


def test_every_public_name_is_called() -> None:
    called = "\n".join(cell["source"] for cell in ran("clean"))
    writes = {"delete_answers", "do_not_record", "export_answers", "fresh_copy"}
    assert not [name for name in nts.__all__ if f"nts.{name}" not in called and name not in writes]
