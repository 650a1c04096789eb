"""The course as pages: a folder that reads without install, kernel or network, with questions that answer.

Pages lie as their sources do: ``lessons/02_x.ipynb`` becomes ``lessons/02_x.html``. Sphinx builds them.
Writing twice gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import chdir
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import nbformat
from markupsafe import escape

from .. import lessons
from .._live import live
from .._zip import packed
from ..course import Course
from ..translation import say
from . import _cells, _files, _frame, _front, _instructors, _ledger, _search, _sheet, _sphinx
from ._files import PACKED as PACKED
from ._frame import Around
from ._links import Links
from ._markdown import markdown as markdown
from ._page import Host as Host
from ._page import Page as Page
from ._shelves import HOME, folder_of, notebooks, owner, shelf_of
from ._shelves import NOTES as NOTES
from .live import added

FOR_CLASS = "index-of-a-class"  # where the front page of a class is built, beside the other


def write_site(of: Course, folder: Path) -> Path:
    """Write the course as pages below ``folder``, and one zip of those for a class; returns the index's path.

    of: a checkout of the course. What an earlier call wrote and this one does not is removed. Raises
    FileNotFoundError when the course holds no lessons; ModuleNotFoundError without Sphinx; and, once all that
    can be is written, ValueError with a line for each notebook that cannot be read, each cell that cannot be
    shown, each link to nothing, and whatever else Sphinx warns of.
    """
    every, for_class, faults = _sites(of, {})
    every, for_class = added((every, for_class), _code(of))
    whole = packed({f"{_files.TOP}/{name}": content for name, content in for_class.items()})
    _files.replace(folder, {**every, PACKED: whole})
    if faults:
        raise ValueError("\n".join(faults))
    return folder / "index.html"


def site(of: Course, hosts: Mapping[str, Host] = MappingProxyType({})) -> tuple[dict[str, bytes], list[str]]:
    """The pages for a class as files by their path, and a line for each fault; see ``write_site``.

    hosts: what pages lie in, by their source ("lessons/02_x.ipynb"), if it is more than a folder.

    >>> site(Course(Path("no such folder")))
    Traceback (most recent call last):
    FileNotFoundError: There are no lessons with a README.md below no such folder; ...
    """
    _, for_class, faults = _sites(of, hosts)
    return for_class, faults


def _code(of: Course) -> dict[str, list[str]]:
    """The code of the cells of each page, for the labs among them."""
    books = notebooks(of).items()
    return {Page(s, "", "").target: [c.source for c in b.cells if c.kind == "code"] for s, b in books}


def _sites(of: Course, hosts: Mapping[str, Host]) -> tuple[dict[str, bytes], dict[str, bytes], list[str]]:
    """Every page, those for a class, and a line for each fault."""
    with of.in_use():
        root, books = of.home, notebooks(of)
        if not books or not (root / HOME).is_file():
            raise FileNotFoundError(
                f"There are no lessons with a {HOME} below {root}; pages are written from a checkout."
            )
        faults = [
            f"{shelf}: {words}"
            for shelf in NOTES
            for words in lessons.read_shelf(folder_of(of, shelf))[1].values()
        ]
        read = []
        for source, notebook in books.items():
            with owner(of, source).in_use():
                read.append(_notebook_page(source, notebook, hosts.get(source, Host()), faults))
        texts = _instructors.sources(root)
        apart = _instructors.apart(texts, [html for page in read for _, html in page.pieces])
        shared = [_ledger.page(root, read)]
        shared += [_front.read(root, name) for name in _front.TERMS if (root / name).exists()]
        theirs = [_front.read(root, name) for name in texts]
        homes = _front.front(of, books, texts), _front.front(of, books, name=FOR_CLASS)
        given = partial(_front.read, root)
        every = Links(root, [homes[0], *shared, *read, *theirs], given, faults)
        for_class = Links(root, [homes[1], *shared, *read], given, faults, apart)
        made = _made(of, (every, for_class), [*shared], read, faults)
    return *made, list(dict.fromkeys(faults))


def _made(
    of: Course, sites: tuple[Links, Links], shared: list[Page], read: list[Page], faults: list[str]
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The files of both sites by their paths; Sphinx builds each page once."""
    pages = {page.built: page for found in sites for page in found.pages}
    searched = [{page.built for page in found.pages if page.source != HOME} for found in sites]
    built = _sphinx.built({page.file: page.text for page in pages.values()}, searched)
    faults += _told(built, pages)
    bodies = {name: _dead(page, built.bodies.get(name, ""), faults) for name, page in pages.items()}
    around = Around([sites[0].pages[0], *shared], read)
    same: dict[tuple[str, str], bytes] = {}  # most pages are the same in both
    every, for_class = (
        {page.target: _whole(of, found, page, bodies, built, around, same) for page in found.pages}
        for found in sites
    )
    faults += sites[0].lost({name: _frame.anchors(page) for name, page in every.items()})
    search = _search.page()
    every[search.target] = for_class[search.target] = _frame.whole(search, search.text, "", around).encode()
    for files, found, index in zip((every, for_class), sites, built.indexes, strict=True):
        files |= {name: (of.home / name).read_bytes() for name in found.files}
        files |= {**built.shared, _sphinx.INDEX: index}
    style = _sheet.sheet(built.theme, every)
    return {**every, **_frame.shared(style)}, {**for_class, **_frame.shared(style)}


def _whole(
    of: Course,
    links: Links,
    page: Page,
    bodies: Mapping[str, str],
    built: _sphinx.Built,
    around: Around,
    same: dict[tuple[str, str], bytes],
) -> bytes:
    """A page as it lies in the site that has these links. same: those made so far, by page and body."""
    with owner(of, page.source).in_use():
        body = links.resolved(page, bodies[page.built])
        if (page.target, body) not in same:
            outline = built.outlines.get(page.built, "")
            same[page.target, body] = _frame.whole(page, body, outline, around).encode("utf-8")
    return same[page.target, body]


def _told(built: _sphinx.Built, pages: Mapping[str, Page]) -> list[str]:
    """What Sphinx warns of, as faults."""
    faults = []
    for name, cell, words in built.warnings:
        page = pages.get(name.rpartition(".")[0])
        number = page.cells[cell - 1] if page and 0 < cell <= len(page.cells) else 0
        where = f"{page.source}, cell {number}: " if page and number else f"{page.source}: " if page else ""
        faults.append(f"{where}{words}")
    return faults


def _dead(page: Page, body: str, faults: list[str]) -> str:
    """The body of a page in which nothing acts; what did is text, and a fault."""
    if acting := live(body):
        faults.append(f"{page.source}: {acting[0]} would act by itself, so the page is shown as text")
        return f"<h1>{escape(page.title)}</h1>\n<pre>{escape(body)}</pre>"
    return body


# --- the pages ----------------------------------------------------------------------------------------------


def _notebook_page(source: str, notebook: lessons.Notebook, host: Host, faults: list[str]) -> Page:
    shelf = shelf_of(source)
    cells: list[_cells.Cell] = []
    numbers: list[int] = []
    with chdir(notebook.path.parent):  # links of a question's reasons depend on where its notebook runs
        for number, cell in enumerate(_raw(notebook.path).cells, 1):
            try:
                found = _cells.staged(cell, shelf) if cell.source.strip() else []
            except (ValueError, KeyError) as error:  # a question or a hint that is not there
                faults.append(f"{source}, cell {number}: {error.args[0]}")
                continue
            cells += found
            numbers += [number] * len(found)
    title = say("Solution: {title}", title=notebook.title) if shelf.endswith("solutions") else notebook.title
    pieces = tuple(zip(numbers, _cells.pieces(cells), strict=True))
    return Page(source, title, _as_notebook(cells), pieces, tuple(numbers), host)


def _as_notebook(cells: list[_cells.Cell]) -> str:
    """A notebook of these cells, the same bytes each time."""
    named = [{**cell, "id": f"cell-{number}"} for number, cell in enumerate(cells, 1)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": named})


def _raw(path: Path) -> Any:
    """A notebook as nbformat has it; a cell without an id gets one that is the same each time."""
    raw = json.loads(path.read_bytes().decode("utf-8-sig"))
    for number, cell in enumerate(raw["cells"], 1):
        cell["id"] = cell.get("id") or f"cell-{number}"
    return nbformat.reads(json.dumps({**raw, "nbformat_minor": 5}), as_version=4)  # type: ignore[no-untyped-call]
