"""The HTML that the course writes: tables, closed blocks, paragraphs, links.

Every text is escaped, unless it is ``Markup`` and so HTML already. What these functions give is ``Markup``;
what leaves the package is plain text, which keeps its meaning when it is taken apart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import ClassVar, TypeVar

from markupsafe import Markup, escape

from .course import ENGLISH, course

T = TypeVar("T")
# To the left, where JupyterLab would set cells to the right.
_COLUMN = Markup('<th scope="col" style="text-align:left">{}</th>')
_ROW = Markup('<th scope="row"{} style="text-align:left{}">{}</th>')
_APART = ";vertical-align:top;border-top:1px solid"  # else headings of several grey rows run into one
_CELL = Markup('<td style="text-align:left">{}</td>')
_RIGHT_COLUMN = Markup('<th scope="col" style="text-align:right">{}</th>')
_NUMBER = Markup('<td style="text-align:right;font-variant:tabular-nums">{}</td>')


class Block:
    """Something that a page shows: ``__html__`` says how, by itself or within another block.

    ``translated``: whether its words are in the language of the course in use, and not always English.
    """

    translated: ClassVar[bool] = False

    def __html__(self) -> Markup:
        raise NotImplementedError

    def _repr_html_(self) -> str:
        return str(as_written(self, course().language if self.translated else ENGLISH))


def as_written(body: Markup | Block, language: str = ENGLISH) -> Markup:
    """The body of an output, in which JupyterLab typesets no $...$: two prices stay what they are."""
    return Markup('<div class="mathjax_ignore"{}>{}</div>').format(lang(language), body)


def lang(language: str) -> Markup:
    """The attribute that names the language of a part; nothing in the English course, where all is English.

    >>> lang("en-GB")
    Markup('')
    """
    return Markup(' lang="{}"').format(language) if course().base else Markup()


def in_english(body: Markup) -> Markup:
    """A part that stays English in a translation, marked as such there.

    >>> in_english(Markup("<p>Yes.</p>"))
    Markup('<p>Yes.</p>')
    """
    return Markup("<div{}>{}</div>").format(lang(ENGLISH), body) if course().base else body


class Shown:
    """HTML that is ready, with the text that stands for it where a front end shows text only.

    >>> Shown("<p>Choose one.</p>", "Choose one.")
    Choose one.
    """

    def __init__(self, html: str, text: str) -> None:
        self._html, self._text = html, text

    def __repr__(self) -> str:
        return self._text

    def _repr_html_(self) -> str:
        return self._html


def table(
    caption: str,
    heads: Iterable[str],
    rows: Iterable[Iterable[str]],
    *,
    named: bool = True,
    right: Collection[int] = (),
) -> Markup:
    """A table; without a caption or heads these parts are left out.

    named: whether the first cell of a row is its heading; rows with the same heading share it, written once.
    right: the places of columns of numbers.
    """
    above = Markup("<caption>{}</caption>\n").format(caption) if caption else Markup()
    columns = Markup().join(
        (_RIGHT_COLUMN if place in right else _COLUMN).format(head) for place, head in enumerate(heads)
    )
    if columns:
        above += Markup("<thead><tr>{}</tr></thead>\n").format(columns)
    body = Markup().join(_rows(rows, named, right))
    return Markup("<table>{}<tbody>\n{}</tbody></table>").format(above, body)


def _rows(rows: Iterable[Iterable[str]], named: bool, right: Collection[int]) -> Iterator[Markup]:
    if not named:
        yield from (_row(Markup(), enumerate(cells), right) for cells in rows)
        return
    groups = [(name, list(group)) for name, group in groupby(map(tuple, rows), key=itemgetter(0))]
    line = _APART if any(len(found) > 1 for _, found in groups) else ""
    for name, found in groups:
        for place, (_, *cells) in enumerate(found):
            span = Markup(' rowspan="{}"').format(len(found)) if len(found) > 1 else ""
            yield _row(Markup() if place else _ROW.format(span, line, name), enumerate(cells, 1), right)


def _row(head: Markup, cells: Iterable[tuple[int, str]], right: Collection[int]) -> Markup:
    shown = Markup().join((_NUMBER if place in right else _CELL).format(cell) for place, cell in cells)
    return Markup("<tr>{}{}</tr>\n").format(head, shown)


def as_typed(text: str) -> Markup:
    """A text whose lines stay lines, each with the blanks that it begins with.

    >>> as_typed("if x:" + chr(10) + "  y")
    Markup('if x:<br>\xa0\xa0y')
    """
    shown = (line.rstrip() for line in text.strip().splitlines())
    held = ("\N{NO-BREAK SPACE}" * (len(line) - len(line.lstrip())) + line.lstrip() for line in shown)
    return Markup("<br>").join(held)


def unbroken(text: str) -> Markup:
    """Words that stay on one line, as a phone number must to be dialled."""
    return Markup('<span style="white-space:nowrap">{}</span>').format(text)


def code(text: str) -> Markup:
    """Signs to copy: one press takes them all, where style is kept."""
    return Markup('<code style="user-select:all;white-space:nowrap">{}</code>').format(text)


def untypeset(text: str) -> Markup:
    """Signs that JupyterLab does not take for the beginning of mathematics."""
    return Markup('<span class="mathjax_ignore">{}</span>').format(text)


def details(summary: str, body: Markup | Block) -> Markup:
    """A closed block: its summary is there to read, its body once somebody opens it."""
    return Markup("<details><summary>{}</summary>{}</details>").format(summary, body)


def indented(body: Markup | Block) -> Markup:
    """The body a little to the right, so that it is seen to belong to what stands above."""
    return Markup('<div style="margin-left:1.5em">{}</div>').format(body)


def folded(named: Iterable[tuple[str, T]], body: Callable[[list[T]], Markup]) -> Iterator[Markup]:
    """Things under the name of their group, each group in a closed block that says how many it holds."""
    groups: dict[str, list[T]] = {}
    for name, found in named:
        groups.setdefault(name, []).append(found)
    return (details(f"{name} ({len(group)})", body(group)) for name, group in groups.items())


def closed(body: Markup | Block, after: str) -> Markup:
    """The body in a closed block with ``after`` as its summary; the body as it is when ``after`` is empty."""
    return details(after, body) if after else escape(body)


def paragraph(text: str, head: str = "", gap: str = " ") -> Markup:
    """A paragraph; ``head`` stands before the text in bold, with ``gap`` between the two."""
    strong = Markup("<strong>{}</strong>").format(head) if head else ""
    return Markup("<p>{}</p>").format(escape(gap).join(filter(None, (strong, text))))


def paragraphs(texts: Iterable[str]) -> Markup:
    """A paragraph for each text, each on a line of its own."""
    return lines(map(paragraph, texts))


def lines(parts: Iterable[str | Block]) -> Markup:
    """The parts, each on a line of its own."""
    return Markup("\n").join(parts)


def heading(level: int, text: str, name: str = "") -> Markup:
    """A heading of this level; ``name`` is its id, for links within a page."""
    mark = Markup(' id="{}"').format(name) if name else ""
    return Markup("<h{0}{1}>{2}</h{0}>").format(level, mark, text)


def division(kind: str, body: Markup | Block, tag: str = "div") -> Markup:
    """A part of a page, of the class ``kind`` for its sheet of style.

    >>> division("note", paragraph("So it is."))
    Markup('<div class="note"><p>So it is.</p></div>')
    """
    return Markup('<{0} class="{1}">{2}</{0}>').format(tag, kind, body)


def bar(low: float, high: float) -> Markup:
    """A bar as long as a share, 0 to 1; from ``low`` to ``high`` an outline. What it says stands beside it.

    >>> bar(0.25, 0.25)
    Markup('<div class="bar"><div style="width:25%"></div></div>')
    """
    open_part = Markup('<div class="open" style="width:{:.0f}%"></div>').format(100 * (high - low))
    solid = Markup('<div style="width:{:.0f}%"></div>').format(100 * low)
    return Markup('<div class="bar">{}{}</div>').format(solid, open_part if high > low else Markup())


def listed(items: Iterable[str], ids: Iterable[str] = ()) -> Markup:
    """A list with a bullet for each item; ``ids`` are names of the items, for links within a page."""
    marks = (Markup(' id="{}"').format(name) for name in ids)
    points = (Markup("<li{}>{}</li>").format(next(marks, ""), item) for item in items)
    return Markup("<ul>\n{}\n</ul>").format(lines(points))


def numbered(items: Iterable[str]) -> Markup:
    """A list of steps, one after the other."""
    return Markup("<ol>\n{}\n</ol>").format(lines(Markup("<li>{}</li>").format(item) for item in items))


def document(title: str, style: str, body: Markup, script: str = "") -> Markup:
    """A whole page that needs no other file; a sheet of style has none of the signs that are escaped.

    script: a script of ours, which stands last.
    """
    if script:
        body = lines((body, Markup(f"<script>\n{script}</script>")))  # noqa: S704
    return Markup(
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<link rel="icon" href="data:,">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n'
        "<body>\n<main>\n{}\n</main>\n</body>\n</html>\n"
    ).format(title, style, body)


def link(target: str, words: str) -> Markup:
    """A link with these words."""
    return Markup('<a href="{}">{}</a>').format(target, words)


def picture(png: str, alt: str, style: str = "") -> Markup:
    """A picture, given as PNG in base64, with the text that stands for it."""
    size = Markup(' style="{}"').format(style) if style else ""
    return Markup('<img alt="{}"{} src="data:image/png;base64,{}">').format(alt, size, png)


def pictured(image: Markup, caption: str) -> Markup:
    """A picture with its caption below."""
    return Markup("<figure>{}<figcaption>{}</figcaption></figure>").format(image, caption)
