"""The notebooks as data: header, outcomes, minutes, sections, cells, links. Reads files, never runs them."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ._reading import shown
from .course import ENGLISH, HEAD

NUMBER = re.compile(r"^(\d\d)_")
# The ways through the course; each reaches its outcomes without the other lessons.
ROUTES = {
    "Law": ("00", "01", "02", "03", "04", "05", "12", "13"),
    "Methods": ("00", "01", "02", "06", "07", "08", "09", "10", "13"),
    "Policy": ("00", "01", "02", "03", "04", "05", "06", "11", "12", "13"),
}
MORE = "More"  # the folded section at a lesson's end, which no outcome needs
ASSUMES, PARTS = "**Assumes**: ", "**Routes**: "  # lines of a header that `make data` writes
NUMBERS = tuple(sorted({number for way in ROUTES.values() for number in way}))
# A learner's copies have other names: "02 lesson (fresh).ipynb", "02_x-Copy1.ipynb".
_OWN_NAME = re.compile(r"\d\d_[a-z0-9_]+\.ipynb")
MERGE = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.M)  # what git leaves where two versions disagree
_WRITTEN = re.compile(rf"^(?:{re.escape(ASSUMES)}|{re.escape(PARTS)}).*\n\n", re.M)
_ASK = re.compile(r"""\bask\(\s*["']([^"']+)["']""")
_DRAW = re.compile(r"""\bretrieval\(\s*["']?(\d\d?)""")
_TASK = re.compile(r"""\b(?:check|task)\(\s*["']([^"']+)["']""")
_OUTCOME = re.compile(r"^(\d)\.\s+(.*?)\s*\((\w+)\)[.;]?\s*$", re.M)
_MINUTES = re.compile(r"(\d+) minutes alone, (\d+) (?:minutes )?in class")
_TASK_MINUTES = re.compile(r"\*\*Time\*\*: (\d+) minutes(?! alone)")
_TEST_MINUTES = re.compile(r"(?:pre|post)-test takes (\d+) more")
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)(?:\s+\"([^\"]*)\")?\)")


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
        """The numbers of the lessons, of those there are, for which it draws questions from earlier ones."""
        return tuple(number for number in _DRAW.findall(self.source) if number.zfill(2) in NUMBERS)

    def tasks(self) -> tuple[str, ...]:
        """The ids of the tasks that its code checks or shows."""
        return tuple(_TASK.findall(self.source))

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
    original: Notebook | None = None  # of a translation the English one, whose numbers and levels it has

    @property
    def number(self) -> str:
        """Its number as written: "02"; empty for a notebook without one."""
        found = NUMBER.match(self.path.name)
        return found.group(1) if found else ""

    @property
    def language(self) -> str:
        """The tag of its language: of a translation the name of its folder."""
        return self.path.parents[1].name if self.original else ENGLISH

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
        found = _OUTCOME.findall(self.header)
        levels = {o.number: o.bloom for o in self.original.outcomes} if self.original else {}
        return tuple(LearningOutcome(int(n), text, levels.get(int(n), bloom)) for n, text, bloom in found)

    @property
    def _numbers(self) -> str:
        """The header that says minutes and terms in the words that are looked for here."""
        return (self.original or self).header

    @property
    def minutes(self) -> tuple[int, int] | None:
        """Minutes of self-study and of class, as the header says."""
        found = _MINUTES.search(self._numbers)
        return (int(found.group(1)), int(found.group(2))) if found else None

    @property
    def task_minutes(self) -> int | None:
        """Minutes of an exercise, as its header says; a lesson has those alone and in class."""
        found = _TASK_MINUTES.search(self._numbers)
        return int(found.group(1)) if found else None

    @property
    def test_minutes(self) -> int | None:
        """Minutes of a pre-test or post-test, which the header gives apart."""
        found = _TEST_MINUTES.search(self._numbers)
        return int(found.group(1)) if found else None

    @property
    def terms(self) -> tuple[str, ...]:
        """The new terms that the header lists."""
        found = re.search(r"\*\*New terms\*\*: (.*?)\.\s*$", self._numbers, re.M)
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
        """Words of prose before its folded "More": markdown less link targets, tables' rules and signs.

        What `make data` writes into the header is nobody's prose and not counted.
        """
        prose = (without_written(cell.source) for cell in self.markdown() if cell.section != MORE)
        return sum(len(plain(text).split()) for text in prose)

    def asked(self) -> tuple[str, ...]:
        """The ids of the questions that its cells ask."""
        return tuple(question for cell in self.code() for question in cell.asks())


def read(path: Path, *, outputs: bool = True) -> Notebook:
    """A notebook from its file; raises ValueError naming file, cell and damage when it is not a notebook.

    outputs: whether to keep what its cells gave, which is most of a file.

    >>> from notthesame.course import course
    >>> read(course().file("lessons", "02_what_the_law_calls_trafficking.ipynb")).title
    '02 What the law calls trafficking'
    """
    content = path.read_bytes()
    try:
        raw = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path.name} is not a notebook: {_damage(content) or error}") from error
    if fault := next(_shape_faults(raw), ""):
        raise ValueError(f"{path.name} is not a notebook: {fault}")
    english = _english(path.parent) / path.name
    original = read(english, outputs=outputs) if english != path and english.exists() else None
    return Notebook(path, tuple(_cells(raw["cells"], outputs)), raw.get("metadata", {}), original)


def _english(folder: Path) -> Path:
    """The folder of the English notebooks: of a translation's folder the one that it rests on."""
    return folder.parents[2] / folder.name if (folder.parent / HEAD).is_file() else folder


def _damage(content: bytes) -> str:
    """What happened to a file that is no JSON, where that shows."""
    if not content.strip(b"\0 \r\n\t"):
        return "it holds zero bytes only" if content.strip() else "it is empty"
    if mark := MERGE.search(content.decode("utf-8", "replace")):
        line = content.decode("utf-8", "replace").count("\n", 0, mark.start()) + 1
        return f"line {line} holds {mark[0].strip()}, the mark of a merge that is not settled"
    return ""


def _shape_faults(raw: Any) -> Iterator[str]:
    """What keeps JSON from being a notebook, with the cell counted from 1."""
    cells = raw.get("cells") if isinstance(raw, dict) else None
    if not isinstance(cells, list):
        yield "it has no list of cells"
        return
    if not isinstance(raw.get("metadata", {}), dict):
        yield "its metadata are no fields with values"
    for number, cell in enumerate(cells, 1):
        if not isinstance(cell, dict) or cell.get("cell_type") not in ("markdown", "code", "raw"):
            yield f"cell {number} has no type; allowed are markdown, code and raw"
        elif not _is_text(cell.get("source", "")):
            yield f"cell {number} has a source that is no text"
        elif not isinstance(meta := cell.get("metadata", {}), dict) or not _is_text(meta.get("tags", [])):
            yield f"cell {number} has metadata that are no fields with values"
        elif not all(
            map(_is_output, outputs if isinstance(outputs := cell.get("outputs", []), list) else [0])
        ):
            yield f"cell {number} has an output that is no field with values"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(v, str) for v in value))


def _is_output(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("data", {}), dict)


def read_all(folder: Path) -> tuple[Notebook, ...]:
    """The numbered notebooks of a folder, in order, without those that are damaged.

    >>> from notthesame.course import course
    >>> [lesson.number for lesson in read_all(course().file("lessons"))][:3]
    ['00', '01', '02']
    """
    return read_shelf(folder)[0]


def read_texts(folder: Path) -> tuple[Notebook, ...]:
    """As ``read_all``, without the outputs of cells: what a learner's own kernel reads, for it stays small.

    >>> from notthesame.course import course
    >>> any(cell.outputs for book in read_texts(course().lessons) for cell in book.cells)
    False
    """
    found = (_tried(path, outputs=False) for path in files(folder))
    return tuple(book for book in found if isinstance(book, Notebook))


def read_shelf(folder: Path) -> tuple[tuple[Notebook, ...], Mapping[Path, str]]:
    """The numbered notebooks of a folder, in order, and what is wrong with those that are damaged.

    >>> from notthesame.course import course
    >>> len(read_shelf(course().lessons)[0]) > 8, dict(read_shelf(course().lessons)[1])
    (True, {})
    """
    tried = {path: _tried(path) for path in files(folder)}
    return (
        tuple(found for found in tried.values() if isinstance(found, Notebook)),
        {path: found for path, found in tried.items() if isinstance(found, str)},
    )


def damage(path: Path) -> str:
    """Why a file cannot be read as a notebook; empty where it can.

    >>> from notthesame.course import course
    >>> damage(course().file("lessons", "00_start_here.ipynb"))
    ''
    """
    found = _tried(path, outputs=False)
    return found if isinstance(found, str) else ""


def _tried(path: Path, *, outputs: bool = True) -> Notebook | str:
    try:
        return read(path, outputs=outputs)
    except ValueError as error:
        return str(error)


def files(folder: Path) -> tuple[Path, ...]:
    """The course's own numbered notebooks in a folder, in order, without copies that a learner made.

    What a translation does not have is there in English.

    >>> from notthesame.course import course
    >>> files(course().file("lessons"))[0].name
    '00_start_here.ipynb'
    """
    folders = dict.fromkeys((_english(folder), folder))
    found = {path.name: path for where in folders for path in where.glob("*.ipynb")}
    return tuple(found[name] for name in sorted(found) if _OWN_NAME.fullmatch(name))


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


def steps(number: str, there: Collection[str] = NUMBERS) -> Mapping[str, tuple[str, str]]:
    """The lessons before and after this one on each route that has it, of those in ``there``; "" for none.

    >>> dict(steps("05"))
    {'Law': ('04', '12'), 'Policy': ('04', '06')}
    """
    found = {}
    for name, way in ROUTES.items():
        if number in way:
            way = tuple(other for other in way if other in there or other == number)
            at = way.index(number)
            found[name] = ("".join(way[at - 1 : at]), "".join(way[at + 1 : at + 2]))
    return found


def without_written(header: str) -> str:
    """A header without the lines that `make data` writes into it.

    >>> without_written("# 12 x\\n\\n**Routes**: *Law* goes on.\\n\\n**Content**: none.")
    '# 12 x\\n\\n**Content**: none.'
    """
    return _WRITTEN.sub("", header)


def links(text: str) -> list[tuple[str, str, str]]:
    """The links of a markdown text as (words, target, title).

    >>> links('see [156 of 260](../data/ledger.md#x "COYOTE-RI 2018")')
    [('156 of 260', '../data/ledger.md#x', 'COYOTE-RI 2018')]
    """
    return LINK.findall(text)


def plain(markdown: str) -> str:
    """Markdown as the words a reader sees: no targets, code blocks, tables' rules or signs.

    >>> plain("**156** of [260](../data/ledger.md#x)").split()
    ['156', 'of', '260']
    """
    text = re.sub(r"```.*?```|<!--.*?-->|<[^>]+>", " ", markdown, flags=re.S)
    text = LINK.sub(lambda found: found.group(1), text)
    text = re.sub(r"^[\s|:-]+$", " ", text, flags=re.M)
    return re.sub(r"[*_`#|>]", " ", text)


def _cells(raw: list[dict[str, Any]], with_outputs: bool) -> Iterator[Cell]:
    section = ""
    for index, cell in enumerate(raw):
        source = _text(cell.get("source", ""))
        if cell["cell_type"] == "markdown":
            for heading in re.findall(r"^#{2,3}\s+(.*)$", source, re.M):
                section = heading.strip()
        tags = tuple(cell.get("metadata", {}).get("tags", ()))
        outputs = tuple(cell.get("outputs", ())) if with_outputs else ()
        yield Cell(index, cell["cell_type"], source, section, tags, outputs, cell.get("execution_count"))


def _text(value: Any) -> str:
    return "".join(value) if isinstance(value, list) else str(value)
