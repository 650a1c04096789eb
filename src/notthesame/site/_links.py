"""Where the links of pages lead in the site: to pages, to files that come along, or nowhere: a fault."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from markupsafe import escape

from .._live import unsafe
from ._page import Page
from ._shelves import HOME

START = "start.ipynb"
_LINK = re.compile(r'(<(?:a|img)\b[^>]*?)\s(href|src)="([^"]*)"')


class Links:
    """The pages and files of a site. Both grow: a text linked to becomes a page, other files come along.

    read: makes a page of a text, from its source. apart: sources to which no link leads.
    """

    def __init__(
        self,
        root: Path,
        pages: Iterable[Page],
        read: Callable[[str], Page],
        faults: list[str],
        apart: frozenset[str] = frozenset(),
    ) -> None:
        self._root, self._read, self._faults, self._apart = root, read, faults, apart
        self._pages = {page.source: page for page in pages}
        self._told: set[tuple[str, str]] = set()
        self._anchors: dict[tuple[Page, str, str], str] = {}
        self.files: set[str] = set()
        for page in self._followed():
            for cell, piece in page.pieces:
                for found in _LINK.finditer(piece):
                    self._address(page, html.unescape(found[3]), found[2] == "src", cell)

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page, those first that were there from the start."""
        return tuple(self._pages.values())

    def _followed(self) -> Iterator[Page]:
        done: set[str] = set()
        while to_do := [page for source, page in self._pages.items() if source not in done]:
            done |= {page.source for page in to_do}
            yield from to_do

    def resolved(self, page: Page, body: str) -> str:
        """The body of a page with its links as they are in the site."""

        def link(found: re.Match[str]) -> str:
            address = self._address(page, html.unescape(found[3]), found[2] == "src")
            return found[1] if address is None else f'{found[1]} {found[2]}="{escape(address)}"'

        return _LINK.sub(link, body)

    def _address(self, page: Page, written: str, fetched: bool, cell: int | None = None) -> str | None:
        """Where a link leads from this page in the site; None where it is none: to a folder, or apart.

        cell: the number of its cell, or 0, while links are followed; None once the page is built.
        """
        link = urlsplit(written)
        if unsafe(written) and not (fetched and link.scheme == "data"):
            return None
        if link.scheme == "data" or (not fetched and (link.scheme or not link.path)):
            if cell is not None and not link.scheme and link.fragment:
                self._anchors[page, page.target, unquote(link.fragment)] = _said(page, written, cell)
            return written
        name = posixpath.normpath(posixpath.join(posixpath.dirname(page.source), unquote(link.path)))
        name = HOME if name == START else name  # the index lists the lessons too
        file = self._root / name
        if link.scheme or name.startswith("..") or not file.exists():
            self._tell(page, written, cell)
            return None
        if file.is_dir() or name in self._apart:
            return None
        if name not in self._pages and file.suffix == ".md":
            self._pages[name] = self._read(name)
        if name in self._pages:
            if cell is not None and link.fragment:
                where = self._pages[name].target
                self._anchors[page, where, unquote(link.fragment)] = _said(page, written, cell)
            return link._replace(path=quote(page.to(self._pages[name].target))).geturl()
        self.files.add(name)
        return link._replace(path=quote(page.to(name))).geturl()

    def _tell(self, page: Page, written: str, cell: int | None) -> None:
        if cell is None and (page.source, written) in self._told:
            return
        self._told.add((page.source, written))
        self._faults.append(f"{_said(page, written, cell)} leads to nothing a page can show")

    def lost(self, anchors: Mapping[str, Collection[str]]) -> Iterator[str]:
        """A line for each link to a heading that is not there. anchors: those of each page, by its path."""
        for (_, where, anchor), said in self._anchors.items():
            if anchor not in anchors.get(where, ()):
                yield f"{said} leads to a page, and to no heading on it"


def _said(page: Page, written: str, cell: int | None) -> str:
    where = f"{page.source}, cell {cell}" if cell else page.source
    return f"{where}: the link to {written}"
