"""A brief as one page of its own: it needs no other file, no network, and prints on two sheets of A4."""

from __future__ import annotations

import base64
import os
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

from markupsafe import Markup

from .. import _html, evidence, front
from .._reading import shown
from .._words import counted
from .._writing import FULL, elsewhere, write_first_free, write_new
from ..charts.own import shown_chart
from ..subject.brief_charts import Chart
from ..subject.briefs import Brief
from .brief import body

NAME = "evidence-brief"
ENDINGS = (".html", ".htm")
_NOTE = "Ids in square brackets are entries of the evidence ledger of the course Not the Same."
_FROM = "source-"  # begins the name of a source in the page


def page(brief: Brief) -> str:
    """The page, from its first to its last sign; the same brief gives the same bytes.

    >>> page(Brief(question="Did cases rise?"))[:15]
    '<!doctype html>'
    """
    style = front.paper(Path(__file__).with_suffix(".css"))
    parts = _html.lines(body(brief, _below, _charted, _FROM))
    whole = _html.lines((parts, _html.paragraph(_NOTE)))
    return str(_html.document(brief.question or "An evidence brief", style, whole))


def _below(name: str) -> Markup:
    """A link to a source in the list at the end of the page."""
    source = evidence.fact(name).source
    return _html.link(f"#{_FROM}{source}", evidence.cite(source).short)


def _charted(chart: Chart) -> Markup:
    made = shown_chart(chart)
    image = _html.picture(base64.b64encode(made.picture).decode("ascii"), made.alt)
    title = evidence.descriptor(chart.of.table)["title"]
    return _html.pictured(image, f"{made.caption} Source: table \u201c{title}\u201d of the course.")


def written(brief: Brief, lacks: Sequence[str], where: Any) -> str:
    """Write the page into a folder, or to a file that is not there yet, and say where, or why not.

    Raises ValueError for anything but the name of a folder or a file.

    >>> written(Brief(), (), "nowhere/mine.txt")[:29]
    'nowhere/mine.txt is no folder'
    """
    if not isinstance(where, str | os.PathLike) or not str(where).strip():
        raise ValueError(
            f'write is {shown(where)}; the name of a folder or a file is wanted, as in write="."'
        )
    try:
        place = _write(page(brief).encode("utf-8"), str(where))
    except FileExistsError:
        return f"{where} is there already and stays; choose another name. Nothing was written."
    except (OSError, ValueError) as error:
        return f"{_why(error, str(where))}. Nothing was written."
    left = f" Its form still lacks {counted(len(lacks), 'thing')}; nts.brief() names them." if lacks else ""
    return f"The brief is in {place}. Open it in a browser to read or print it.{left}"


def _write(content: bytes, where: str) -> str:
    """Write to this file, or to the first free name in this folder; returns it as it was given."""
    path = Path(os.path.expanduser(where))
    if not path.is_dir():
        if path.suffix.lower() not in ENDINGS:
            raise ValueError(f"{where} is no folder; name one that is there, or a file that ends in .html")
        write_new(path, content)
        return where
    names = (f"{NAME}{f'-{number}' if number > 1 else ''}.html" for number in count(1))
    return (Path(where) / write_first_free(path, names, content)).as_posix()


def _why(error: OSError | ValueError, where: str) -> str:
    if not isinstance(error, OSError):
        return str(error).rstrip(".")
    place = "" if error.errno in FULL else elsewhere()
    problem = f"{where} cannot be written ({error.strerror or error})"
    return f'{problem}; type nts.brief(write="{place}")' if place else problem
