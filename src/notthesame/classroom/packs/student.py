"""What may be given to students who are graded: the course without keys, reasons and solutions.

Notebooks, pages and package are made from a copy of the course in which questions stand as text, tasks have
no checker, and solutions, questions, checks and instructors' pages are not there at all.
"""

from __future__ import annotations

import json
import posixpath
import re
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ... import lessons
from ..._zip import packed
from ...course import Course, course
from ...questions import known_questions
from ...questions.replies import tolerated, wanted
from ...site import pages
from .. import exports, items
from .wheel import wheel

PAGES, NOTEBOOKS = "not-the-same-student-pages.zip", "not-the-same-student-notebooks.zip"
VERSION = "student"  # behind the version of the package
NOTE = (
    "**In this copy** questions and tasks have no key: answer on paper, or in a document of your own. "
    "Where the text speaks of checking, of hints or of a solution, read on."
)
START = (
    "**In this copy**, made for students, questions and tasks have no key. To run it, install the wheel "
    "beside it (`pip install jupyterlab` and the name of the file) and open the folder with `jupyter lab`."
)
ANSWER = "*Answer this on paper, or in a document of your own.*"
_TEXTS = ("README.md", "ERRATA.md", "LICENSE*", "CITATION.cff")
_LINK = re.compile(r'\[([^\]\n]*)\]\(([^)\s]+)((?:\s+"[^"]*")?)\)')
_HREF = re.compile(r'<a\b[^>]*\bhref="([^"]+)"[^>]*>(.*?)</a>', re.S)
_CHECKED = re.compile(r"^nts\.(?:check|hint|solution)\(.*$\n?", re.M)
_FORM = re.compile(r"^nts\.(?:task|retrieval|ask|flashcards|review|my_change)\(", re.M)
Cell = dict[str, Any]


def student(folder: Path) -> list[str]:
    """Write the pack for students into a folder; returns what to tell, line by line.

    Raises FileNotFoundError without a checkout of the course, and ValueError, with nothing written, for what
    is in the way.

    >>> with Course(Path("nowhere")).in_use():
    ...     student(Path("a"))
    Traceback (most recent call last):
    FileNotFoundError: There is no checkout at nowhere; the pack for students is made from one.
    """
    of = course()
    if not of.solutions.is_dir() or not (of.root / "pyproject.toml").is_file():
        raise FileNotFoundError(f"There is no checkout at {of.root}; the pack for students is made from one.")
    with tempfile.TemporaryDirectory() as made:
        root = Path(made) / "course"
        _copied(of, root)
        site, faults = pages.site(Course(root))  # without live labs: their Python brings the bank along
        if faults:
            raise ValueError("\n".join(faults))
        files = {
            PAGES: packed({f"not-the-same-student/{name}": content for name, content in site.items()}),
            NOTEBOOKS: packed({f"not-the-same-student/{n}": content for n, content in _files(root).items()}),
        }
        project = tomllib.loads((of.root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        package = _files(of.root / "src" / "notthesame", _is_source)
        held = {f"_course/{name}": content for name, content in _files(root).items() if _is_held(name)}
        files |= [wheel(project, VERSION, {**package, **held})]
    exports.written(folder, files)
    return [f"written: {folder / name}" for name in files]


def _copied(of: Course, root: Path) -> None:
    """Copy a course to where none is yet, without what students are not to have."""
    ignore = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    shutil.copytree(of.data, root / "data", ignore=ignore)
    for pattern in _TEXTS:
        for path in sorted(of.root.glob(pattern)):
            shutil.copyfile(path, root / path.name)
    shelves = {"lessons": of.lessons, "exercises": of.exercises}
    books = [
        (root / shelf / b.path.name, b.path) for shelf, at in shelves.items() for b in lessons.read_all(at)
    ]
    for path, source in [*books, (root / of.start.name, of.start)]:
        path.parent.mkdir(exist_ok=True)
        notebook = json.loads(source.read_text(encoding="utf-8"))
        cells = [cell for old in notebook["cells"] for cell in stripped(old)]
        cells = [*cells[:1], _text(NOTE), *cells[1:]]
        notebook["cells"] = [{**cell, "id": f"student-{number}"} for number, cell in enumerate(cells, 1)]
        path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1), encoding="utf-8", newline="\n")
    if (home := root / "README.md").exists():
        title, _, rest = home.read_text(encoding="utf-8").partition("\n")
        home.write_text(f"{title}\n\n{START}\n{rest}", encoding="utf-8", newline="\n")
    for path in (*(path for path, _ in books), root / of.start.name, *root.rglob("*.md")):
        _unlink(path, root)


# --- one cell -------------------------------------------------------------------------------------------


def stripped(cell: Cell) -> Iterator[Cell]:
    """A cell without what checks an answer: a question as text, a task as a place to write.

    >>> [made["source"] for made in stripped({"cell_type": "code", "source": 'nts.check("01-x", y)'})]
    ['*Answer this on paper, or in a document of your own.*']
    """
    source = "".join(cell["source"])
    if cell["cell_type"] != "code":
        yield cell
        return
    asked = lessons.Cell(0, "code", source, "", ()).asks()
    for name in asked:
        yield _text(_asked(name))
    if not asked and _FORM.search(source):
        yield _text(ANSWER)
    elif not asked and (left := _CHECKED.sub("", source).rstrip()) != source.rstrip():
        if left:
            yield {**cell, "source": left}
        yield _text(ANSWER)
    elif not asked:
        yield cell


def _asked(name: str) -> str:
    """A question as markdown."""
    question = known_questions()[name]
    parts = [f"*Case (invented).* {question.case}"] if question.case else []
    parts.append(f"**Question.** {question.stem}")
    parts += [f"**{letter.upper()}** {option.text}" for letter, option in question.options.items()]
    return "\n\n".join((*parts, f"*{wanted(question)}{tolerated(question)}*"))


def _text(words: str) -> Cell:
    return {"cell_type": "markdown", "metadata": {}, "source": items.writable(words)}


# --- links to what is not there ---------------------------------------------------------------------------


def _unlink(path: Path, root: Path) -> None:
    """Leave only the words of links to files of the course that the copy lacks."""

    def there(target: str) -> bool:
        place = unquote(target.partition("#")[0])
        at = posixpath.normpath(posixpath.join(path.parent.relative_to(root).as_posix(), place))
        return bool(re.match(r"\w+:", target)) or not place or (root / at).exists()

    def words(found: re.Match[str], target: str, shown: str) -> str:
        return found[0] if there(target) else shown

    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        notebook = json.loads(text)
        for cell in notebook["cells"]:
            cell["source"] = _LINK.sub(lambda f: words(f, f[2], f[1]), "".join(cell["source"]))
            for output in cell.get("outputs", ()):
                shown = output.get("data", {})
                if "text/html" in shown:
                    whole = "".join(shown["text/html"])
                    shown["text/html"] = _HREF.sub(lambda f: words(f, f[1], f[2]), whole)
        text = json.dumps(notebook, ensure_ascii=False, indent=1)
    else:
        text = _LINK.sub(lambda f: words(f, f[2], f[1]), text)
    path.write_text(text, encoding="utf-8", newline="\n")


# --- files ------------------------------------------------------------------------------------------------


def _files(root: Path, wanted: Callable[[Path], bool] = lambda _: True) -> Mapping[str, bytes]:
    found = sorted(path for path in root.rglob("*") if path.is_file() and wanted(path))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def _is_source(path: Path) -> bool:
    return "__pycache__" not in path.parts and "_course" not in path.parts and path.suffix != ".pyc"


def _is_held(name: str) -> bool:
    return name.startswith(("data/", "lessons/", "exercises/"))
