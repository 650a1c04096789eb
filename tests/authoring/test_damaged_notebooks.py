"""A notebook that was damaged, deleted or filled by hand: named with its cell, and the others go on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

import notthesame as nts
from notthesame import cli, lessons
from notthesame.authoring import audit, execute
from notthesame.course import Course
from notthesame.site import pages

LESSON = "lessons/02_what_the_law_calls_trafficking.ipynb"
NAME = LESSON.partition("/")[2]
MERGED = '{\n "cells": [\n<<<<<<< HEAD\n {},\n=======\n {}\n>>>>>>> theirs\n ]\n}\n'
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

DAMAGE = {
    "merge": (MERGED.encode(), f"{NAME} is not a notebook: line 3 holds <<<<<<< HEAD, the mark of a merge"),
    "zero bytes": (b"\0" * 900, f"{NAME} is not a notebook: it holds zero bytes only"),
    "empty": (b"", f"{NAME} is not a notebook: it is empty"),
    "no JSON": (b'{"cells": [', f"{NAME} is not a notebook: Expecting value"),
    "no UTF-8": (b'{"cells": "\xff"}', f"{NAME} is not a notebook: "),
    "no cells": (b'{"cells": {}}', f"{NAME} is not a notebook: it has no list of cells"),
    "a cell without type": (
        b'{"cells": [{"cell_type": "raw"}, {}]}',
        f"{NAME} is not a notebook: cell 2 has no type",
    ),
    "a source": (b'{"cells": [{"cell_type": "raw", "source": 7}]}', "cell 1 has a source that is no text"),
    "tags": (
        b'{"cells": [{"cell_type": "raw", "metadata": {"tags": 7}}]}',
        "cell 1 has metadata that are no",
    ),
    "outputs": (
        b'{"cells": [{"cell_type": "code", "outputs": [7]}]}',
        "cell 1 has an output that is no field",
    ),
    "nested": (b"[" * 100_000, f"{NAME} is not a notebook: "),
}


@pytest.mark.parametrize(("content", "words"), DAMAGE.values(), ids=DAMAGE)
def test_damage_is_named_in_one_line(content: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(content)
    (tmp_path / "03_sound.ipynb").write_text('{"cells": []}', "utf-8")
    (found,), damaged = lessons.read_shelf(tmp_path)
    assert found.path.name == "03_sound.ipynb"
    (said,) = damaged.values()
    assert words in said and "\n" not in said


def test_a_byte_order_mark_is_no_damage(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b'\xef\xbb\xbf{"cells": []}')
    assert lessons.damage(tmp_path / NAME) == ""


# --- a small course ---------------------------------------------------------------------------------------


def markdown(text: str, **more: Any) -> Any:
    return nbformat.v4.new_markdown_cell(text, **more)


def code(text: str) -> Any:
    return nbformat.v4.new_code_cell(text)


def write(of: Course, name: str, *cells: Any) -> None:
    book = nbformat.v4.new_notebook(cells=list(cells))
    for number, cell in enumerate(book.cells):
        cell.id = f"c{number}"
    (of.root / name).parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(book, of.root / name)


@pytest.fixture
def small(tmp_path: Path) -> Course:
    """A course of two lessons, enough for pages and for running."""
    of = Course(tmp_path / "course")
    (of.root / "src" / "notthesame").mkdir(parents=True)
    of.data.mkdir()
    (of.data / "ledger.md").write_text("# The ledger\n", "utf-8")
    (of.root / "README.md").write_text("# Small\n\nA course.\n", "utf-8")
    write(of, "lessons/01_one.ipynb", markdown("# 01 One"), code("1 + 1"))
    write(of, "lessons/02_two.ipynb", markdown("# 02 Two"), code("2 + 2"))
    return of


def page_of(site: Path, name: str) -> str:
    return (site / "lessons" / f"{name}.html").read_text("utf-8")


# --- pages ------------------------------------------------------------------------------------------------


def test_a_damaged_notebook_leaves_the_other_pages(small: Course, tmp_path: Path) -> None:
    (small.lessons / "01_one.ipynb").write_text(MERGED, "utf-8")
    with pytest.raises(
        ValueError, match=r"^lessons: 01_one\.ipynb is not a notebook: line 3 holds <<<<<<< HEAD"
    ):
        pages.write_site(small, tmp_path / "site")
    assert "02 Two" in page_of(tmp_path / "site", "02_two")


def test_every_fault_of_the_pages_is_told_at_once_with_its_cell(small: Course, tmp_path: Path) -> None:
    write(small, "lessons/01_one.ipynb", markdown("# 01"), markdown(""), markdown("[a](gone.md)"), code("1"))
    write(
        small,
        "lessons/02_two.ipynb",
        markdown("# 02"),
        code('nts.check("99-nothing", 1)'),
        markdown("[b](x.md)"),
    )
    with pytest.raises(ValueError) as told:
        pages.write_site(small, tmp_path / "site")
    assert [line.partition(": ")[0] for line in str(told.value).splitlines()] == [
        "lessons/02_two.ipynb, cell 2",
        "lessons/01_one.ipynb, cell 3",
        "lessons/02_two.ipynb, cell 3",
    ]
    assert "<a>a</a>" in page_of(tmp_path / "site", "01_one")


def test_old_pages_of_a_deleted_notebook_go_and_nothing_else(small: Course, tmp_path: Path) -> None:
    site = tmp_path / "site"
    pages.write_site(small, site)
    (site / "mine.html").write_text("mine", "utf-8")
    (small.lessons / "02_two.ipynb").unlink()
    write(small, "lessons/03_three.ipynb", markdown("# 03 Three"))
    pages.write_site(small, site)
    assert sorted(path.name for path in (site / "lessons").iterdir()) == ["01_one.html", "03_three.html"]
    assert (site / "mine.html").read_text("utf-8") == "mine"


def test_a_list_of_pages_that_somebody_changed_removes_nothing_outside(small: Course, tmp_path: Path) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside.txt"
    outside.write_text("mine", "utf-8")
    site.mkdir()
    for content in (json.dumps(["../outside.txt", str(outside), 7]), "[", "{}"):
        (site / ".pages.json").write_text(content, "utf-8")
        pages.write_site(small, site)
    assert outside.exists()


def test_a_pasted_picture_lies_in_the_page(small: Course, tmp_path: Path) -> None:
    pasted = markdown("# 01\n\n![A dot](attachment:image.png)", attachments={"image.png": {"image/png": PNG}})
    write(small, "lessons/01_one.ipynb", pasted, markdown("![gone](attachment:gone.png)"))
    with pytest.raises(
        ValueError, match=r"^lessons/01_one\.ipynb, cell 2: the picture attachment:gone\.png was"
    ):
        pages.write_site(small, tmp_path / "site")
    page = page_of(tmp_path / "site", "01_one")
    assert f'src="data:image/png;base64,{PNG}"' in page and "attachment:" not in page


@pytest.mark.parametrize("source", ["%matplotlib inline\n1", "!ls", "x = (", "for i in", "a\0b", "if x:\n1"])
def test_code_that_is_no_python_still_has_its_page(source: str, small: Course, tmp_path: Path) -> None:
    write(small, "lessons/01_one.ipynb", markdown("# 01 One"), code(source))
    pages.write_site(small, tmp_path / "site")
    assert "01 One" in page_of(tmp_path / "site", "01_one")


# --- running ----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_run_names_file_and_cell_and_goes_on(small: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    (small.lessons / "01_one.ipynb").write_bytes(b"\0\0")
    write(small, "lessons/03_three.ipynb", markdown("# 03"), code("1"), code("1 / 0"), code("2"))
    write(small, "lessons/04_four.ipynb", code("import os; os._exit(1)"))
    write(small, "lessons/05_five.ipynb", code("x = ("))
    before = (small.lessons / "03_three.ipynb").read_bytes()
    said: list[str] = []
    failed = execute.run_all(small, [], said.append)
    assert [line.partition(" (")[0] for line in failed][:2] == [
        "lessons/01_one.ipynb: 01_one.ipynb is not a notebook: it holds zero bytes only",
        "lessons/03_three.ipynb: cell 3: ZeroDivisionError: division by zero",
    ]
    assert failed[2].startswith("lessons/04_four.ipynb: ") and "died" in failed[2]
    assert failed[3].startswith("lessons/05_five.ipynb: cell 1: SyntaxError: ")
    assert (small.lessons / "03_three.ipynb").read_bytes() == before
    assert "'4'" in str(lessons.read(small.lessons / "02_two.ipynb").cells[1].outputs)


# --- the audit --------------------------------------------------------------------------------------------


def planted(of: Course, change: Callable[[list[Any]], None]) -> list[str]:
    """The faults of a course in which cells were added to lesson 02."""
    path = of.root / LESSON
    raw = json.loads(path.read_text("utf-8"))
    change(raw["cells"])
    path.write_text(json.dumps(raw), "utf-8")
    return [str(fault) for fault in audit.audit(of).faults]


def test_the_audit_names_what_a_hand_left_in_a_cell(
    tmp_path: Path, copy_course: Callable[[Path], Course]
) -> None:
    of = copy_course(tmp_path)

    def spoil(cells: list[Any]) -> None:
        cells += [markdown("![A dot](attachment:image.png)", attachments={"image.png": {"image/png": PNG}})]
        cells += [code('nts.check("99-x", 1); nts.retrieval("99")')]
        cells += [code("%matplotlib inline"), code("x = ("), markdown("one\n<<<<<<< HEAD\ntwo")]

    told = planted(of, spoil)
    count = len(json.loads((of.root / LESSON).read_text("utf-8"))["cells"])
    for above, words in (
        (4, "attachment:image.png is pasted in; draw it with nts.figure"),
        (3, "There is no task '99-x'."),
        (2, "it holds %matplotlib inline, which only IPython knows; write Python"),
        (1, "line 1 is no Python: '(' was never closed"),
        (0, "it holds <<<<<<< HEAD, the mark of a merge that is not settled"),
    ):
        assert f"{LESSON}, cell {count - above}: {words}" in told, told


def test_the_audit_judges_the_rest_beside_a_damaged_notebook(
    tmp_path: Path, copy_course: Callable[[Path], Course], capsys: pytest.CaptureFixture[str]
) -> None:
    of = copy_course(tmp_path)
    (of.root / LESSON).write_text(MERGED, "utf-8")
    (of.lessons / "03_two_things_one_name.ipynb").unlink()
    faults = audit.audit(of)
    assert f"lessons: {NAME} is not a notebook: line 3 holds <<<<<<< HEAD" in str(faults.faults[0])
    assert faults.counts["lessons"] >= 7 and faults.notices
    with of.in_use():
        assert "02" not in [chapter.title[:2] for chapter in nts.contents().chapters]
        assert "No answers yet" in repr(nts.where_was_i()) and repr(nts.my_answers())
        assert "No answers yet" in repr(nts.progress())
        assert cli.main(["html", str(tmp_path / "site")]) == 1
    told = capsys.readouterr()
    assert f"lessons: {NAME} is not a notebook" in told.err and "Traceback" not in told.err
    assert (tmp_path / "site" / "lessons" / "00_start_here.html").exists()
