"""The course as pages: a folder that reads without install, kernel or network, with questions that answer.

Pages lie as their sources do: ``lessons/02_x.ipynb`` becomes ``lessons/02_x.html``. Writing twice gives the
same bytes.
"""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import chdir
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import nbformat
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape
from nbconvert.filters.highlight import Highlight2HTML

from .. import _html, lessons, ways
from .._live import unsafe
from .._zip import packed
from ..course import Course, course
from ..questions import view
from ..translation import later, notice, say
from . import _cells, _files, _instructors, _paper, live
from ._files import PACKED as PACKED
from ._markdown import markdown as markdown
from ._shelves import HOME, folder_of, notebooks, owner, shelf_of
from ._shelves import NOTES as NOTES

START, LEDGER = "start.ipynb", "data/ledger.md"
TERMS = ("data/glossary.md", "data/flashcards.md")
_HERE = Path(__file__).parent
_TABLE = re.compile(r"<table\b.*?</table>", re.S)
_LINK = re.compile(r'(<(?:a|img)\b[^>]*?)\s(href|src)="([^"]*)"')
_ENTRY = re.compile(r'<h2 id="([^"]+)">.*?</h2>')


@dataclass(frozen=True)
class Host:
    """What a page lies in, where that is more than a folder, and what differs then.

    script: takes the place of ``hydrate();``, behind the script of the questions. note: more words below the
    title. promise: what becomes of answers. leads_on: whether the page names the one before and the next.
    """

    script: str = ""
    note: str = ""
    promise: str = later("These pages send nothing anywhere and keep no answers.")
    leads_on: bool = True


@dataclass(frozen=True)
class Page:
    """One page before it is written.

    source: its source's path below the course, with forward slashes. body: HTML whose links name sources.
    cells: the number of each cell shown, counted from 1 in its notebook.
    """

    source: str
    title: str
    body: str
    cells: tuple[int, ...] = ()
    host: Host = Host()

    @property
    def target(self) -> str:
        """Where the page goes, below the site's folder."""
        return re.sub(r"README$", "index", posixpath.splitext(self.source)[0]) + ".html"

    def to(self, path: str) -> str:
        """The address of another file of the site, from this page."""
        return posixpath.relpath(path, posixpath.dirname(self.target) or ".")


def write_site(of: Course, folder: Path) -> Path:
    """Write the course as pages below ``folder``, and one zip of those for a class; returns the index's path.

    of: a checkout of the course. What an earlier call wrote and this one does not is removed. Raises
    FileNotFoundError when the course holds no lessons; and, once all that can be is written, ValueError with
    a line for each notebook that cannot be read, each cell that cannot be shown, and each link to nothing.
    """
    every, for_class, faults = _sites(of, {})
    every = live.added(every, _code(of))
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
        apart = _instructors.apart(texts, [page.body for page in read])
        shared = [_ledger(root, read)]
        shared += [_text_page(name, root / name) for name in TERMS if (root / name).exists()]
        theirs = [_text_page(name, root / name) for name in texts]
        places = [_home(of, books, texts), *shared]
        every = _made(of, _Site(root, [*places, *read, *theirs], faults), places, read)
        places = [_home(of, books), *shared]
        for_class = _made(of, _Site(root, [*places, *read], faults, apart), places, read)
    return every, for_class, list(dict.fromkeys(faults))


def _made(of: Course, site: _Site, places: list[Page], read: list[Page]) -> dict[str, bytes]:
    """Every file of a site by its path."""
    made: dict[str, bytes] = {}
    for page in site.linked():
        with owner(of, page.source).in_use():
            made[page.target] = _whole(page, places, read).encode("utf-8")
    made |= {name: (of.home / name).read_bytes() for name in site.files}
    sheets = ((_HERE / "pages.css").read_text(encoding="utf-8"), view.stylesheet(), _paper.stylesheet())
    return {**made, "pages.css": "\n".join(sheets).encode("utf-8")}


# --- the pages ----------------------------------------------------------------------------------------------


def _notebook_page(source: str, notebook: lessons.Notebook, host: Host, faults: list[str]) -> Page:
    shelf, cells, numbers = shelf_of(source), [], []
    with chdir(notebook.path.parent):  # links of a question's reasons depend on where its notebook runs
        for number, cell in enumerate(_raw(notebook.path).cells, 1):
            try:
                if cell.source.strip():
                    cells.append(_cells.parts(cell, shelf))
                    numbers.append(number)
            except (ValueError, KeyError) as error:  # a question or a hint that is not there
                faults.append(f"{source}, cell {number}: {error.args[0]}")
    folded = next((c["id"] for c in cells if c["kind"] == "markdown" and c["folded"]), "")
    body = _template("cells").render(cells=cells, folded=folded)
    note = Markup('</h1>\n<p class="note">{}</p>').format(f"{say(NOTES[shelf])} {host.note}".rstrip())
    title = say("Solution: {title}", title=notebook.title) if shelf.endswith("solutions") else notebook.title
    return Page(source, title, body.replace("</h1>", note, 1), tuple(numbers), host)


def _raw(path: Path) -> Any:
    """A notebook as nbformat has it; a cell without an id gets one that is the same each time."""
    raw = json.loads(path.read_bytes().decode("utf-8-sig"))
    for number, cell in enumerate(raw["cells"], 1):
        cell["id"] = cell.get("id") or f"cell-{number}"
    return nbformat.reads(json.dumps({**raw, "nbformat_minor": 5}), as_version=4)  # type: ignore[no-untyped-call]


def _home(of: Course, books: Mapping[str, lessons.Notebook], texts: Iterable[str] = ()) -> Page:
    """The index, with a way to the texts for instructors if there are some. Its words are the README's."""
    root, readme = of.home, of.file(HOME).read_text(encoding="utf-8")
    title, _, intro = readme.lstrip("# ").partition("\n## ")[0].partition("\n")
    intro += f"\n\n> {notice()}" if notice() else ""
    about = [part for part in readme.split("\n\n") if part.startswith(("**Content.**", "**Review.**"))]
    numbers = dict.fromkeys(book.number for book in books.values())
    shelves = [{shelf_of(s): (s, b) for s, b in books.items() if b.number == n} for n in numbers]
    terms = [name for name in TERMS if (root / name).exists()]
    body = _template("index").render(
        title=title,
        intro=intro,
        about="\n\n".join(about),
        shelves=shelves,
        ledger=LEDGER,
        routes=ways.as_markdown(ways.routes()),
        instructors=_instructors.LIST if _instructors.LIST in texts else "",
        terms=terms,
    )
    return Page(HOME, title, body)


def _ledger(root: Path, readers: list[Page]) -> Page:
    """The ledger with a list of its entries, and under each entry the pages that lean on it."""
    body = str(markdown((root / LEDGER).read_text(encoding="utf-8")))
    cited: dict[str, list[str]] = {}
    for page in readers:
        link = _html.link(f"../{page.source}", page.title)
        for entry in dict.fromkeys(re.findall(r'ledger\.md#([^"]+)"', page.body)):
            cited.setdefault(entry, []).append(link)

    def with_citations(heading: re.Match[str]) -> str:
        links = cited.get(heading[1])
        return heading[0] + (f'\n<p class="cited">Cited in {"; ".join(links)}</p>' if links else "")

    head, first, rest = body.partition("<h2")
    entries = _template("entries").render(entries=_ENTRY.findall(body))
    return Page(LEDGER, "The ledger", head + entries + _ENTRY.sub(with_citations, first + rest))


def _text_page(source: str, file: Path) -> Page:
    """A text of the course that is no notebook, such as how to report an error."""
    text = file.read_text(encoding="utf-8")
    return Page(source, text.partition("\n")[0].lstrip("# "), str(markdown(text)))


def _whole(page: Page, places: Iterable[Page], reading: list[Page]) -> str:
    """The page with head, navigation and scripts around its body."""
    at = next((at for at, other in enumerate(reading) if other.source == page.source), None)
    before, after = later("Previous"), later("Next")
    around = {} if at is None else {before: reading[:at][-1:], after: reading[at + 1 : at + 2]}
    scripts = [(_HERE / "pages.js").read_text(encoding="utf-8")]
    if page.host.script or 'class="nts-data"' in page.body:
        # A module of its own: neither script sees the other's names.
        scripts.insert(0, f"{view.script()}\n{page.host.script or 'hydrate();'}\n")
    body = _TABLE.sub(lambda table: f'<div class="wide">{table[0]}</div>', page.body)
    body = _paper.ready(body, sheet=bool(page.cells))
    steps = [(word, other) for word, others in around.items() for other in others]
    return _template("page").render(
        page=page,
        language=course().language,
        shelf=shelf_of(page.source),
        answers=_paper.ANSWERS,
        body=Markup(body),
        scripts=map(Markup, scripts),
        places=places,
        steps=steps if page.host.leads_on else [],
        ways=list(_ways(page, reading)) if page.host.leads_on else [],
    )


def _ways(page: Page, reading: list[Page]) -> Iterator[tuple[str, Page | None, Page | None]]:
    """On each route that has this lesson, the lessons before and after it."""
    books = {posixpath.basename(p.source)[:2]: p for p in reading if shelf_of(p.source) == "lessons"}
    number = next((number for number, other in books.items() if other.source == page.source), "")
    for name, (before, after) in lessons.steps(number, tuple(books)).items():
        yield name, books.get(before), books.get(after)


# --- links --------------------------------------------------------------------------------------------------


class _Site:
    """The pages and files to write. Both grow: a text linked to becomes a page, other files come along.

    apart: sources to which no link leads.
    """

    def __init__(
        self, root: Path, pages: Iterable[Page], faults: list[str], apart: frozenset[str] = frozenset()
    ) -> None:
        self._root, self._faults, self._apart = root, faults, apart
        self._pages = {page.source: page for page in pages}
        self.files: set[str] = set()

    def linked(self) -> Iterator[Page]:
        """Every page, its links as they are in the site."""
        done: set[str] = set()
        while to_do := [page for source, page in self._pages.items() if source not in done]:
            for page in to_do:
                done.add(page.source)
                body = _LINK.sub(partial(self._link, page), page.body)
                yield replace(page, body=body)

    def _link(self, page: Page, found: re.Match[str]) -> str:
        tag, attribute, written = found.groups()
        address = self._address(page, found, html.unescape(written), fetched=attribute == "src")
        return tag if address is None else f'{tag} {attribute}="{escape(address)}"'

    def _address(self, page: Page, found: re.Match[str], written: str, fetched: bool) -> str | None:
        """Where a link leads from this page in the site; None where it is none: to a folder, or apart."""
        link = urlsplit(written)
        if unsafe(written) and not (fetched and link.scheme == "data"):
            return None
        if link.scheme == "data" or (not fetched and (link.scheme or not link.path)):
            return written
        name = posixpath.normpath(posixpath.join(posixpath.dirname(page.source), unquote(link.path)))
        name = HOME if name == START else name  # the index lists the lessons too
        file = self._root / name
        if link.scheme or name.startswith("..") or not file.exists():
            where = page.source + _cell_with(page, found)
            self._faults.append(f"{where}: the link to {written} leads to nothing a page can show")
            return None
        if file.is_dir() or name in self._apart:
            return None
        if name not in self._pages and file.suffix == ".md":
            self._pages[name] = _text_page(name, file)
        if name in self._pages:
            return link._replace(path=quote(page.to(self._pages[name].target))).geturl()
        self.files.add(name)
        return link._replace(path=quote(page.to(name))).geturl()


def _cell_with(page: Page, found: re.Match[str]) -> str:
    """The cell of a page in which a link stands, as a fault names it; empty for a page without cells."""
    above = page.body[: found.start()].count('<div class="cell"')
    return f", cell {page.cells[above - 1]}" if 0 < above <= len(page.cells) else ""


@cache
def _templates() -> Environment:
    highlight = Highlight2HTML(pygments_lexer="python")  # type: ignore[no-untyped-call]
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"say": say, "lang": lambda book: _html.lang(book.language)}
    made.filters |= {"markdown": markdown, "python": lambda code: Markup(highlight(code))}
    return made


def _template(name: str) -> Template:
    return _templates().get_template(f"{name}.html.j2")
