"""The course's own wheel for a browser: made here of the files in use, without a builder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import notthesame

from .. import lessons
from ..course import course
from .packages import as_wheel

NAME = "notthesame"
NEEDS = ("anywidget", "cattrs", "fsrs", "ipython", "lazy-loader", "markupsafe", "platformdirs", "pyyaml")
_PACKAGE = Path(__file__).parents[1]
_KINDS = (".css", ".csv", ".ipynb", ".js", ".json", ".md", ".py", ".pyi", ".yaml", ".bib", ".html")
# No browser makes pages, marks a class or writes the course.
_NOT_RUN = {"authoring", "browser", "classroom", "site", "synthetic"}
_NOT_PART = {*_NOT_RUN, "_course", "__pycache__", "labextensions"}
_WHOLE = ("data", "exercises", "lessons", "translations")
_FOR_PAGES = ("data", "exercises")


def own_wheel(pages: bool = False) -> tuple[str, bytes]:
    """The file name and the bytes of the wheel; for pages without notebooks and translations.

    >>> own_wheel(pages=True)[0].endswith("-py3-none-any.whl")
    True
    """
    files = {f"{NAME}/{name}": content for name, content in _of_package()}
    for part in _FOR_PAGES if pages else _WHOLE:
        found = below(course().home, part)
        files |= {f"{NAME}/_course/{name}": c for name, c in found if not (pages and name.endswith(".ipynb"))}
    return as_wheel(NAME, notthesame.__version__, files)


def _of_package() -> Iterator[tuple[str, bytes]]:
    for path in sorted(_PACKAGE.rglob("*")):
        name = path.relative_to(_PACKAGE)
        if path.is_file() and path.suffix in _KINDS and not {*name.parts} & _NOT_PART:
            yield name.as_posix(), path.read_bytes()


def below(root: Path, part: str) -> Iterator[tuple[str, bytes]]:
    """The course's own files in a folder, without what Jupyter or a learner put beside them.

    >>> "data/glossary.yaml" in dict(below(course().home, "data"))
    True
    """
    for path in sorted((root / part).rglob("*")):
        name = path.relative_to(root)
        theirs = any(piece.startswith(".") or piece == "__pycache__" for piece in name.parts)
        theirs |= path.suffix == ".ipynb" and path not in lessons.files(path.parent)
        if path.is_file() and path.suffix in _KINDS and not theirs:
            yield name.as_posix(), path.read_bytes()
