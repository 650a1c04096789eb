"""The HTML that notebooks store, read with a parser: its figures, images and addresses."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

_UNREAD = {"code", "pre", "script", "style"}


@dataclass(frozen=True)
class Image:
    """One image; ``alt`` is None where it has none at all."""

    alt: str | None


@dataclass(frozen=True)
class Figure:
    """One figure: its images, the text of its caption, and where its links lead."""

    images: tuple[Image, ...]
    caption: str
    links: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """What the rules ask of a piece of HTML.

    fetched: addresses that a browser loads by itself. words: what a reader sees, but for code and style.
    """

    images: tuple[Image, ...]
    figures: tuple[Figure, ...]
    links: tuple[str, ...]
    fetched: tuple[str, ...]
    words: tuple[str, ...] = ()


@lru_cache(maxsize=1)  # several rules ask it of the same cell, one after the other
def read(html: str) -> Page:
    """The figures, images and addresses of a piece of HTML, in order.

    >>> read('<figure><img alt="Bars"><figcaption>Votes. <a href="#x">x</a></figcaption></figure>').figures
    (Figure(images=(Image(alt='Bars'),), caption='Votes. x', links=('#x',)),)
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Page(
        images=tuple(reader.images),
        figures=tuple(reader.figures),
        links=tuple(reader.links),
        fetched=tuple(reader.fetched),
        words=tuple(" ".join(reader.words).split()),
    )


@dataclass
class _Open:
    """A figure that is being read."""

    images: list[Image] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.images: list[Image] = []
        self.figures: list[Figure] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.words: list[str] = []
        self._unread = 0
        self._figures: list[_Open] = []
        self._in_caption = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self._unread += tag in _UNREAD
        if tag == "figure":
            self._figures.append(_Open())
        elif tag == "figcaption":
            self._in_caption = True
        elif tag == "img":
            image = Image(named.get("alt"))
            self.images.append(image)
            for figure in self._figures:
                figure.images.append(image)
        if tag == "a" and named.get("href"):
            self.links.append(str(named["href"]))
            for figure in self._figures:
                figure.links.append(str(named["href"]))
        if tag in ("img", "script", "link", "iframe"):
            self.fetched += [address for name in ("src", "href") if (address := named.get(name))]

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in _UNREAD
        if tag == "figcaption":
            self._in_caption = False
        elif tag == "figure" and self._figures:
            found = self._figures.pop()
            self.figures.append(Figure(tuple(found.images), "".join(found.words), tuple(found.links)))

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.words.append(data)
        if self._in_caption and self._figures:
            self._figures[-1].words.append(data)
