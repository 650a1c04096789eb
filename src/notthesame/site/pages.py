"""The course as pages: a folder that reads without install, kernel or network, with questions that answer.

Pages lie as their sources do: ``lessons/02_x.ipynb`` becomes ``lessons/02_x.html``. Sphinx builds them
(``_sphinx``), in the frame of its theme (``theme/``); what a cell shows, links and paper are ours. Writing
twice gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
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
from . import _about, _cells, _files, _front, _instructors, _ledger, _sheet, _sphinx
from ._files import PACKED as PACKED
from ._links import Links, followed, without
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
        apart = _instructors.apart(texts, [page.text for page in read])
        shared = [_ledger.page(root, read)]
        shared += [_front.read(root, name) for name in _front.TERMS if (root / name).exists()]
        theirs = [_front.read(root, name) for name in texts]
        home, of_class = _front.front(of, books, texts), _front.front(of, books, name=FOR_CLASS)
        given = partial(_front.read, root)
        every = followed([home, *shared, *read, *theirs], given, root)
        for_class = followed([of_class, *shared, *read], given, root, apart)
        return _made(of, every, for_class, _about.Around([home, *shared], read), faults)


def _made(
    of: Course,
    every: tuple[Page, ...],
    for_class: tuple[Page, ...],
    around: _about.Around,
    faults: list[str],
) -> tuple[dict[str, bytes], dict[str, bytes], list[str]]:
    """The files of both sites by their paths, and a line for each fault; Sphinx builds each page once."""
    pages = {page.built: page for page in (*for_class, *every)}
    links = Links(of.home, pages.values(), faults)

    def about(name: str, body: str) -> Mapping[str, Any]:
        page = pages.get(name, Page("search.md", say("Search"), ""))
        told = _about.frame(page, around)
        if not body:
            return told
        with owner(of, page.source).in_use():
            return told | _about.body(page, links.resolved(page, _dead(page, body, faults)), of.language)

    texts = {page.file: _about.with_order(page, around) for page in pages.values()}
    chosen = [{page.built for page in found if page.source != HOME} for found in (every, for_class)]
    built = _sphinx.built(texts, of.language, about, chosen)
    faults += _told(built, pages)
    links.lost({page.target: built.pages[page.built] for page in every})
    search = {"search.html": built.pages["search"].encode("utf-8"), **built.shared}
    style = _sheet.sheet(built.styles, built.pages, built.shared)
    own = {_sheet.SCRIPT: _sheet.script(), _sheet.STYLE: style}
    gone = {page.target for page in every} - {page.target for page in for_class}
    sites = []
    for found, index in zip((every, for_class), built.indexes, strict=True):
        whole = {page.target: built.pages[page.built] for page in found}
        if found is for_class:
            whole = {page.target: without(page, whole[page.target], gone) for page in found}
        files = {name for page in found for name in links.files.get(page.built, ())}
        sites.append(
            {name: text.encode("utf-8") for name, text in whole.items()}
            | {name: (of.home / name).read_bytes() for name in sorted(files)}
            | {**search, **own, _sphinx.INDEX: index}
        )
    return sites[0], sites[1], list(dict.fromkeys(faults))


def _told(built: _sphinx.Built, pages: Mapping[str, Page]) -> Iterator[str]:
    """What Sphinx warns of, as faults."""
    for name, cell, words in built.warnings:
        page = pages.get(name.rpartition(".")[0])
        number = page.cells[cell - 1] if page and 0 < cell <= len(page.cells) else 0
        where = f"{page.source}, cell {number}: " if page and number else f"{page.source}: " if page else ""
        yield f"{where}{words}"


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
    return Page(source, title, _as_notebook(cells), tuple(numbers), host)


def _as_notebook(cells: Iterable[_cells.Cell]) -> str:
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
