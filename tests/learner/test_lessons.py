"""The notebooks as data: what is read from a header, its cells and its links."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import notthesame as nts
from notthesame import lessons
from notthesame.authoring.rules import minutes
from notthesame.course import Course, course

HEADER = """\
# 02 A small lesson

**Time**: 60 minutes alone, 45 in class. **Before this**: lesson 01.

**After this lesson you can**

1. separate *act* and means (analyse);
2. apply it (apply).

**New terms**: act, abuse of a position, means.

**Content**: nothing graphic."""


def markdown(source: Any, *tags: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {"tags": list(tags)} if tags else {}, "source": source}


def code(source: Any, count: int | None = None, *outputs: Any) -> dict[str, Any]:
    cell = {
        "cell_type": "code",
        "metadata": {},
        "source": source,
        "execution_count": count,
        "outputs": list(outputs),
    }
    return cell


def small(folder: Path, *cells: dict[str, Any], name: str = "02_small.ipynb") -> lessons.Notebook:
    path = folder / name
    path.write_text(json.dumps({"cells": list(cells), "metadata": {"x": 1}}), encoding="utf-8")
    return lessons.read(path)


def test_a_header_says_title_minutes_outcomes_and_terms(tmp_path: Path) -> None:
    found = small(tmp_path, markdown(HEADER))
    assert (found.number, found.title, found.minutes) == ("02", "02 A small lesson", (60, 45))
    assert [(o.number, o.text, o.bloom) for o in found.outcomes] == [
        (1, "separate *act* and means", "analyse"),
        (2, "apply it", "apply"),
    ]
    assert found.terms == ("act", "abuse of a position", "means")


def test_a_lab_counts_whole_in_a_lesson_and_half_in_an_exercise(tmp_path: Path) -> None:
    lab = code("nts.two_events()", 1)
    exercise = markdown("# Exercise 02\n\n**Time**: 30 minutes. **Before this**: lesson 02.")
    needed = [minutes.needed(small(tmp_path, header, lab)) for header in (markdown(HEADER), exercise)]
    assert [found["labs"] for found in needed] == [8, 4]
    assert small(tmp_path, markdown(HEADER), lab).task_minutes is None


def test_a_notebook_without_a_header_says_nothing(tmp_path: Path) -> None:
    found = small(tmp_path, code("1"), name="small.ipynb")
    assert (found.number, found.header, found.title, found.minutes) == ("", "", "", None)
    assert found.outcomes == () and found.terms == () and found.sections == ()
    assert small(tmp_path).header == ""


def test_cells_know_their_section_tags_and_outputs(tmp_path: Path) -> None:
    html = {"output_type": "display_data", "data": {"text/html": ["<p>", "x</p>"]}}
    found = small(
        tmp_path,
        markdown("# 02 Title"),
        markdown(["## One\n", "\n", "text\n", "\n", "### Two"], "fiction"),
        code(["a\n", "b"], 7, html, {"output_type": "stream", "text": "y"}),
        markdown("## Three"),
        code("  "),
    )
    title, two, ran, three, empty = found.cells
    assert [cell.section for cell in found.cells] == ["", "Two", "Two", "Three", "Three"]
    assert found.sections == ("Two", "Three") and two.tags == ("fiction",)
    assert (ran.source, ran.count, ran.html) == ("a\nb", 7, "<p>x</p>") and ran.index == 2
    assert list(found.code()) == [ran] and list(found.markdown()) == [title, two, three]
    assert empty.kind == "code"
    bare = lessons.read(found.path, outputs=False)
    assert [cell.outputs for cell in bare.cells] == [()] * 5
    assert [cell.source for cell in bare.cells] == [cell.source for cell in found.cells]


@pytest.mark.parametrize(
    "call",
    [
        lambda: nts.where_was_i("Law"),
        lambda: nts.contents(),
        lambda: nts.progress(),
        lambda: nts.retrieval("05"),
        lambda: nts.ask("02-destitute"),
        lambda: nts.test_reasons("00"),
        lambda: nts.routes(),
        lambda: nts.glossary("premise")._repr_html_(),
        lambda: nts.task("03-share"),
    ],
)
def test_what_a_learner_calls_reads_notebooks_without_their_outputs(
    call: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The outputs of all lessons are megabytes, in the kernel of each student of a class."""
    whole = []
    read = lessons.read

    def noted(path: Path, *, outputs: bool = True) -> lessons.Notebook:
        whole.extend([path.name] * outputs)
        return read(path, outputs=outputs)

    monkeypatch.setattr(lessons, "read", noted)
    with Course(course().root).in_use():  # of which nothing is read yet
        call()
    assert not whole


def test_the_questions_that_cells_ask(tmp_path: Path) -> None:
    found = small(
        tmp_path,
        code("nts.ask('02-a')"),
        markdown('nts.ask("02-b")'),
        code('x = 1\nnts.ask( "02-c" )\n#task("02-d")'),
    )
    assert found.asked() == ("02-a", "02-c")


def test_links_have_words_target_and_title() -> None:
    text = 'A [b](c.md "d e") and ![f](g.png) and [h](https://i.j/k#l).'
    assert lessons.links(text) == [("b", "c.md", "d e"), ("f", "g.png", ""), ("h", "https://i.j/k#l", "")]


def test_words_are_those_that_a_reader_sees(tmp_path: Path) -> None:
    text = '## Two *words*\n\nA [link of four](x.md "title") <b>here</b>.\n\n| a | b |\n| --- | --- |\n\n'
    text += "```\ncode\n```\n<!-- no -->"
    assert lessons.plain(text).split() == ["Two", "words", "A", "link", "of", "four", "here", ".", "a", "b"]
    assert small(tmp_path, markdown(text), code("not counted")).words() == 10


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "7"])
def test_a_file_that_is_no_notebook_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "02_x.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"02_x\.ipynb is not a notebook"):
        lessons.read(path)


def test_a_folder_gives_the_course_own_notebooks_in_order(tmp_path: Path) -> None:
    names = ["10_b.ipynb", "02_a.ipynb", "notes.ipynb", "02_a-Copy1.ipynb", "02_a fresh.ipynb", "03_x.txt"]
    for name in names:
        small(tmp_path, markdown(HEADER), name=name)
    assert [book.path.name for book in lessons.read_all(tmp_path)] == ["02_a.ipynb", "10_b.ipynb"]
    assert lessons.read_all(tmp_path / "nowhere") == ()


def test_the_headers_of_the_shipped_lessons_are_whole() -> None:
    shipped = lessons.read_all(course().lessons)
    assert shipped
    for lesson in shipped:
        assert lesson.title.startswith(lesson.number) and lesson.minutes and 2 <= len(lesson.outcomes) <= 4
        assert [outcome.number for outcome in lesson.outcomes] == list(range(1, len(lesson.outcomes) + 1))
        assert "**Content**" in lesson.header and lesson.asked()
