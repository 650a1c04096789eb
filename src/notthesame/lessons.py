"""The notebooks as data: header, outcomes, minutes, sections, cells, links. Reads files, never runs them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ._reading import shown

NUMBER = re.compile(r"^(\d\d)_")
# The ways through the course; each reaches its outcomes without the other lessons.
ROUTES = {
    "Law": ("00", "01", "02", "03", "04", "05", "12", "13"),
    "Methods": ("00", "01", "02", "06", "07", "08", "09", "10", "13"),
    "Policy": ("00", "01", "02", "03", "04", "05", "06", "11", "12", "13"),
}
MORE = "More"  # the folded section at a lesson's end, which no outcome needs
NUMBERS = tuple(sorted({number for way in ROUTES.values() for number in way}))
# A learner's copies have other names: "02 lesson (fresh).ipynb", "02_x-Copy1.ipynb".
_OWN_NAME = re.compile(r"\d\d_[a-z0-9_]+\.ipynb")
_ASK = re.compile(r"""\bask\(\s*["']([^"']+)["']""")
_DRAW = re.compile(r"""\bretrieval\(\s*["']?(\d\d?)""")
_OUTCOME = re.compile(r"^(\d)\.\s+(.*?)\s*\((\w+)\)[.;]?\s*$", re.M)
_MINUTES = re.compile(r"(\d+) minutes alone, (\d+) (?:minutes )?in class")
_TASK_MINUTES = re.compile(r"\*\*Time\*\*: (\d+) minutes")
_TEST_MINUTES = re.compile(r"pre-test takes (\d+) more")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)(?:\s+\"([^\"]*)\")?\)")


@dataclass(frozen=True)
class LearningOutcome:
    """One outcome of a lesson and its Bloom level."""

    number: int
    text: str
    bloom: str


@dataclass(frozen=True)
class Cell:
    """One cell; ``section`` is the heading it stands under."""

    index: int
    kind: str
    source: str
    section: str
    tags: tuple[str, ...]
    outputs: tuple[Any, ...] = ()
    count: int | None = None

    def asks(self) -> tuple[str, ...]:
        """The ids of the questions that its code asks."""
        return tuple(_ASK.findall(self.source))

    def draws(self) -> tuple[str, ...]:
        """The numbers of the lessons for which it draws questions from earlier ones."""
        return tuple(_DRAW.findall(self.source))

    @property
    def html(self) -> str:
        """The HTML of its outputs, joined."""
        return "".join(_text(output.get("data", {}).get("text/html", "")) for output in self.outputs)


@dataclass(frozen=True)
class Notebook:
    """A notebook as stored."""

    path: Path
    cells: tuple[Cell, ...]
    metadata: dict[str, Any]

    @property
    def number(self) -> str:
        """Its number as written: "02"; empty for a notebook without one."""
        found = NUMBER.match(self.path.name)
        return found.group(1) if found else ""

    @property
    def header(self) -> str:
        """The first cell, when it is prose."""
        return self.cells[0].source if self.cells and self.cells[0].kind == "markdown" else ""

    @property
    def title(self) -> str:
        """The heading of the header."""
        return self.header.partition("\n")[0].lstrip("# ").strip()

    @cached_property
    def outcomes(self) -> tuple[LearningOutcome, ...]:
        """What the header promises."""
        return tuple(LearningOutcome(int(n), text, bloom) for n, text, bloom in _OUTCOME.findall(self.header))

    @property
    def minutes(self) -> tuple[int, int] | None:
        """Minutes of self-study and of class, as the header says."""
        found = _MINUTES.search(self.header)
        return (int(found.group(1)), int(found.group(2))) if found else None

    @property
    def task_minutes(self) -> int | None:
        """Minutes of an exercise, as its header says."""
        found = _TASK_MINUTES.search(self.header)
        return int(found.group(1)) if found else None

    @property
    def test_minutes(self) -> int | None:
        """Minutes of a pre-test, which the header gives apart."""
        found = _TEST_MINUTES.search(self.header)
        return int(found.group(1)) if found else None

    @property
    def terms(self) -> tuple[str, ...]:
        """The new terms that the header lists."""
        found = re.search(r"\*\*New terms\*\*: (.*?)\.\s*$", self.header, re.M)
        return tuple(term.strip() for term in found.group(1).split(",")) if found else ()

    @property
    def sections(self) -> tuple[str, ...]:
        """Its headings below the first, in order, each once."""
        return tuple(dict.fromkeys(cell.section for cell in self.cells if cell.section))

    @property
    def headings(self) -> tuple[str, ...]:
        """All its headings below the first, in order, also where a cell has several."""
        found = (re.findall(r"^##+\s+(.*)$", cell.source, re.M) for cell in self.markdown())
        return tuple(heading.strip() for headings in found for heading in headings)

    def markdown(self) -> Iterator[Cell]:
        """The cells of prose."""
        return (cell for cell in self.cells if cell.kind == "markdown")

    def code(self) -> Iterator[Cell]:
        """The cells of code that are not empty."""
        return (cell for cell in self.cells if cell.kind == "code" and cell.source.strip())

    def words(self) -> int:
        """Words of prose before its folded "More": markdown less link targets, tables' rules and signs."""
        return sum(len(plain(cell.source).split()) for cell in self.markdown() if cell.section != MORE)

    def asked(self) -> tuple[str, ...]:
        """The ids of the questions that its cells ask."""
        return tuple(question for cell in self.code() for question in cell.asks())


def read(path: Path) -> Notebook:
    """A notebook from its file; raises ValueError naming the file when it is not a notebook.

    >>> from notthesame.course import course
    >>> read(course().file("lessons", "02_what_the_law_calls_trafficking.ipynb")).title
    '02 What the law calls trafficking'
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        cells = raw["cells"]
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path.name} is not a notebook: {error}") from error
    return Notebook(path, tuple(_cells(cells)), raw.get("metadata", {}))


def read_all(folder: Path) -> tuple[Notebook, ...]:
    """The numbered notebooks of a folder, in order.

    >>> from notthesame.course import course
    >>> [lesson.number for lesson in read_all(course().file("lessons"))][:3]
    ['00', '01', '02']
    """
    return tuple(read(path) for path in files(folder))


def files(folder: Path) -> tuple[Path, ...]:
    """The course's own numbered notebooks in a folder, in order, without copies that a learner made.

    >>> from notthesame.course import course
    >>> files(course().file("lessons"))[0].name
    '00_start_here.ipynb'
    """
    return tuple(path for path in sorted(folder.glob("*.ipynb")) if _OWN_NAME.fullmatch(path.name))


def route(name: str) -> tuple[str, ...]:
    """The lessons of a route, by number; raises ValueError naming the routes there are.

    >>> route("Law")
    ('00', '01', '02', '03', '04', '05', '12', '13')
    """
    name = str(name).capitalize()
    if name not in ROUTES:
        raise ValueError(f"There is no route {shown(name)}; allowed: {', '.join(ROUTES)}")
    return ROUTES[name]


def before(number: str) -> tuple[str, ...]:
    """The lessons before this one on every route that reaches it; raises ValueError when none does.

    >>> before("02")
    ('00', '01')
    """
    ways = [way[: way.index(number)] for way in ROUTES.values() if number in way]
    if not ways:
        raise ValueError(f"Lesson {shown(number)} is on no route; there are {', '.join(NUMBERS)}")
    return tuple(lesson for lesson in ways[0] if all(lesson in way for way in ways))


def links(text: str) -> list[tuple[str, str, str]]:
    """The links of a markdown text as (words, target, title).

    >>> links('see [156 of 260](../data/ledger.md#x "COYOTE-RI 2018")')
    [('156 of 260', '../data/ledger.md#x', 'COYOTE-RI 2018')]
    """
    return _LINK.findall(text)


def plain(markdown: str) -> str:
    """Markdown as the words a reader sees: no targets, code blocks, tables' rules or signs.

    >>> plain("**156** of [260](../data/ledger.md#x)").split()
    ['156', 'of', '260']
    """
    text = re.sub(r"```.*?```|<!--.*?-->|<[^>]+>", " ", markdown, flags=re.S)
    text = _LINK.sub(lambda found: found.group(1), text)
    text = re.sub(r"^[\s|:-]+$", " ", text, flags=re.M)
    return re.sub(r"[*_`#|>]", " ", text)


def _cells(raw: list[dict[str, Any]]) -> Iterator[Cell]:
    section = ""
    for index, cell in enumerate(raw):
        source = _text(cell.get("source", ""))
        if cell["cell_type"] == "markdown":
            for heading in re.findall(r"^#{2,3}\s+(.*)$", source, re.M):
                section = heading.strip()
        tags = tuple(cell.get("metadata", {}).get("tags", ()))
        outputs = tuple(cell.get("outputs", ()))
        yield Cell(index, cell["cell_type"], source, section, tags, outputs, cell.get("execution_count"))


def _text(value: Any) -> str:
    return "".join(value) if isinstance(value, list) else str(value)
