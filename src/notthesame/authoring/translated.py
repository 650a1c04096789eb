"""The notebooks of a translation: the English one with its cells in the other language, made, never typed."""

from __future__ import annotations

import ast
import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .. import lessons, translation
from ..course import Course
from ..lessons import Cell, Notebook
from ..translation import Translated, mark

_TARGET = re.compile(r"(\]\()([^)\s]+)")


def numbers(of: Course) -> tuple[str, ...]:
    """The lessons of which a translation holds the cells, by number; none for a course in English.

    >>> from notthesame.course import course
    >>> numbers(course())
    ()
    """
    shelf = of.root / translation.STRINGS / "lessons"
    return tuple(sorted(path.stem for path in shelf.glob("[0-9][0-9].yaml"))) if of.base else ()


def write(of: Course) -> tuple[Path, ...]:
    """Make the notebooks of a translation, without outputs; those that are as they should be stay so."""
    made = []
    for english, text in wanted(of):
        path = of.lessons / english.path.name
        old = json.loads(path.read_bytes()) if path.exists() else {"cells": []}
        if [_kept(cell) for cell in old["cells"]] != [_kept(cell) for cell in text["cells"]]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(text, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        made.append(path)
    return tuple(made)


def _kept(cell: Mapping[str, Any]) -> tuple[str, str]:
    return str(cell.get("id")), "".join(cell["source"])


def wanted(of: Course) -> Iterator[tuple[Notebook, dict[str, Any]]]:
    """Each English lesson of which a translation holds cells, with its notebook as the translation has it."""
    if of.base is None:
        return
    held = numbers(of)
    with of.in_use():
        for english in lessons.read_all(of.base.lessons):
            if english.number in held:
                yield english, _notebook(of, english)


def _notebook(of: Course, english: Notebook) -> dict[str, Any]:
    raw: dict[str, Any] = json.loads(english.path.read_bytes())
    entries = translation.cells(english.number)
    for place, (cell, read) in enumerate(zip(raw["cells"], english.cells, strict=True)):
        entry = entries.get(cell["id"])
        source = entry.text if entry and current(entry, read) else read.source
        if cell["cell_type"] == "markdown":
            source = _linked(_noticed(source) if place == 0 else source, of)
        cell["source"] = source.splitlines(keepends=True)
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    return raw


def current(entry: Translated, cell: Cell) -> bool:
    """Whether an entry may stand for a cell: made from what it is now, finished, and of code the same code.

    >>> cell = Cell(0, "code", "# One.", "", ())
    >>> current(Translated(mark("# One."), "# Uno."), cell), current(Translated(mark("# One."), "1"), cell)
    (True, False)
    """
    done = entry.of == mark(cell.source) and not translation.unfinished(entry)
    return done and (cell.kind != "code" or same_code(entry.text, cell.source))


def same_code(one: str, other: str) -> bool:
    """Whether two texts of code differ in remarks only.

    >>> same_code("1 + 1  # two", "1 + 1"), same_code("1 +", "1")
    (True, False)
    """
    try:
        return ast.dump(ast.parse(one)) == ast.dump(ast.parse(other))
    except (SyntaxError, ValueError):
        return False


def _noticed(header: str) -> str:
    """The header with the notice below its title, as long as nobody has reviewed the translation."""
    title, _, rest = header.partition("\n")
    notice = translation.notice()
    return f"{title}\n\n> {notice}\n{rest}" if notice else header


def _linked(text: str, of: Course) -> str:
    """The text with links that lead from the translation's folder to where the English ones lead."""

    def led(found: re.Match[str]) -> str:
        path = found[2].partition("#")[0]
        if not path or re.match(r"\w+:", found[2]):
            return found[0]
        own = (of.root / posixpath.normpath(posixpath.join("lessons", path))).exists()
        number = lessons.NUMBER.match(path)
        made = bool(number) and number is not None and number[1] in numbers(of)
        return found[0] if own or made else f"{found[1]}../../{_from_home(found[2])}"

    return _TARGET.sub(led, text)


def _from_home(target: str) -> str:
    """A link of the English lessons' folder, as it leads from one that lies two folders deeper."""
    return target if target.startswith("../") else f"../lessons/{target}"
