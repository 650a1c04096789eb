"""Where the links of pages lead in the site: to pages, to files that come along, or nowhere: a fault."""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote, urlsplit

from markupsafe import escape

from .._live import unsafe
from ._page import Page
from ._shelves import HOME

START = "start.ipynb"
_LINK = re.compile(r'(<(?:a|img)\b[^>]*?)\s(href|src)="([^"]*)"')
_TEXT = re.compile(r'(?:\]\(<?|href=\\?")([^()\s<>"\\#]+\.md)\b')  # in markdown, or in a notebook as JSON
_ID = re.compile(r'\bid="([^"]*)"')


def followed(
    pages: Iterable[Page], read: Callable[[str], Page], root: Path, apart: Collection[str] = ()
) -> tuple[Page, ...]:
    """These pages, and a page of each text of the course to which one of them links, and so on.

    read: makes a page of a text, from its source. apart: sources that are not followed.
    """
    found = {page.source: page for page in pages}
    to_do = [*found.values()]
    while to_do:
        page = to_do.pop(0)
        for written in _TEXT.findall(page.text):
            name = _named(page, written)
            if name not in {*found, *apart} and not name.startswith("..") and (root / name).is_file():
                found[name] = read(name)
                to_do.append(found[name])
    return tuple(found.values())


class Links:
    """The links of the pages of a site, resolved one page after the other.

    files: for each page, by where it is built, what comes along because it leads there.
    """

    def __init__(self, root: Path, pages: Iterable[Page], faults: list[str]) -> None:
        self._root, self._faults = root, faults
        self._targets = {page.source: page.target for page in pages}
        self._anchors: list[tuple[Page, str, str, str]] = []
        self.files: dict[str, set[str]] = {}

    def resolved(self, page: Page, body: str) -> str:
        """The body of a page with its links as they are in the site."""

        def link(found: re.Match[str]) -> str:
            address = self._address(page, html.unescape(found[3]), found[2] == "src")
            return found[1] if address is None else f'{found[1]} {found[2]}="{escape(address)}"'

        return _LINK.sub(link, body)

    def _address(self, page: Page, written: str, fetched: bool) -> str | None:
        """Where a link leads from this page in the site; None where it is none: unsafe, or to a folder."""
        link = urlsplit(written)
        if unsafe(written) and not (fetched and link.scheme == "data"):
            return None
        if link.scheme == "data" or (not fetched and link.scheme):
            return written
        name = _named(page, link.path) if link.path else page.source
        file = self._root / name
        if link.scheme or name.startswith("..") or not file.exists():
            self._tell(page, written, "leads to nothing a page can show")
            return None
        if file.is_dir():
            return None
        if target := self._targets.get(name):
            self._anchors.append((page, target, unquote(link.fragment), written))
        else:
            self.files.setdefault(page.built, set()).add(name)
        return _to(page, link, target or name) if link.path else written

    def lost(self, pages: Mapping[str, str]) -> None:
        """Tell of each link to a heading that is not there. pages: their HTML, by their paths."""
        ids = {path: {*map(html.unescape, _ID.findall(page))} for path, page in pages.items()}
        for page, target, anchor, written in self._anchors:
            if anchor and anchor not in ids[target]:
                self._tell(page, written, "leads to a page, and to no heading on it")

    def _tell(self, page: Page, written: str, what: str) -> None:
        cell = next(_cells_with(page, written), 0)
        where = f"{page.source}, cell {cell}" if cell else page.source
        self._faults.append(f"{where}: the link to {written} {what}")


def without(page: Page, whole: str, gone: Collection[str]) -> str:
    """The HTML of a page whose links to these pages, by their paths, lead nowhere."""

    def link(found: re.Match[str]) -> str:
        path = urlsplit(html.unescape(found[3])).path
        there = posixpath.normpath(posixpath.join(posixpath.dirname(page.target), unquote(path)))
        return found[1] if path and there in gone else found[0]

    return _LINK.sub(link, whole)


def _named(page: Page, path: str) -> str:
    """The source to which a path leads from a page."""
    name = posixpath.normpath(posixpath.join(posixpath.dirname(page.source), unquote(path)))
    return HOME if name == START else name  # the index lists the lessons too


def _to(page: Page, link: SplitResult, path: str) -> str:
    there = posixpath.relpath(path, posixpath.dirname(page.target) or ".")
    return link._replace(path=quote(there)).geturl()


def _cells_with(page: Page, written: str) -> Iterator[int]:
    """The numbers of the cells of a page in which an address stands."""
    cells = json.loads(page.text)["cells"] if page.cells else []
    for number, cell in zip(page.cells, cells, strict=False):
        if unquote(written) in unquote(html.unescape(json.dumps(cell))):
            yield number
