"""What a cell shows in a browser whose Python lacks what lessons compute with: its outputs as stored.

A browser may have Python without numpy and matplotlib. A cell of a lesson that needs them then ends in one
line that says so, followed by what the cell gave when the course was made, and the next cells go on.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from . import lessons
from ._html import Shown, paragraph
from .course import course, read_once

SCIENCE = ("matplotlib", "numpy", "pandas", "PIL", "scipy", "statsmodels")
_LINE = "This cell needs {what}, which Python in this browser does not have. {then}"
_THEN = "Below is what the cell gave when the course was made."
_ELSE = "The course on a computer runs it."
_NOT_RUN = "Run this cell"  # begins the text that a control has before it is drawn
_lost: set[str] = set()  # names that cells would have made


def lacking(error: BaseException) -> str:
    """What this Python lacks for a cell that ended so: a library, or a name of an earlier such cell.

    >>> lacking(ModuleNotFoundError("No module named 'numpy'", name="numpy"))  # on a computer: an error
    ''
    """
    name = str(getattr(error, "name", "") or "").partition(".")[0]
    if sys.platform != "emscripten":
        return ""
    if isinstance(error, ModuleNotFoundError) and name in SCIENCE:
        return name
    return f"{name} from an earlier cell" if isinstance(error, NameError) and name in _lost else ""


def show_instead(source: str, what: str) -> None:
    """Show the line for a cell that lacks something, and then its outputs as stored, if it is a cell of ours.

    >>> show_instead("1 + 1", "numpy")
    This cell needs numpy, which Python in this browser does not have. The course on a computer runs it.
    """
    from IPython.display import display

    with suppress(SyntaxError):
        _lost.update(_made_by(ast.parse(source)))
    outputs = _stored().get(source.strip(), ())
    line = _LINE.format(what=what, then=_THEN if outputs else _ELSE)
    display(Shown(str(paragraph(line)), line))  # type: ignore[no-untyped-call]
    for output in outputs:
        if output["output_type"] == "stream":
            sys.stdout.write("".join(output["text"]))
        elif not _is_instead_of_a_control(output["data"]):
            bundle = {kind: _joined(content) for kind, content in output["data"].items()}
            display(bundle, raw=True)  # type: ignore[no-untyped-call]


def _made_by(cell: ast.AST) -> Iterator[str]:
    """The names that a cell sets."""
    for node in ast.walk(cell):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).partition(".")[0]


@read_once
def _stored() -> Mapping[str, tuple[Mapping[str, Any], ...]]:
    """The outputs of every cell of lessons, exercises and solutions, by its source."""
    shelves = (course().exercises, course().solutions, course().lessons)
    books = [book for shelf in shelves for book in lessons.read_all(shelf)]
    return {cell.source.strip(): cell.outputs for book in books for cell in book.code() if cell.outputs}


def _is_instead_of_a_control(data: Mapping[str, Any]) -> bool:
    return {*data} == {"text/plain"} and _joined(data["text/plain"]).startswith(_NOT_RUN)


def _joined(content: Any) -> Any:
    return "".join(content) if isinstance(content, list | tuple) else content
