"""Rules about what notebooks store: executed, quiet, readable without a kernel, figures with sources."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from ... import evidence, exercises, lessons
from ..._live import live, unsafe
from ..._loading import no_such
from ...course import read_once
from ...figures import ALT_LENGTH
from .. import claims, stored_html
from ..faults import Fault
from .whole import Whole, cell_of, name_of

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
PICTURES = {"image/png", "image/jpeg", "image/svg+xml"}
_MAGIC = re.compile(r"^\s*(?:%{1,2}\w+|!\S).*", re.M)
_ADDRESS = re.compile(r"\bat 0x[0-9a-f]{6,}")
_MACHINE = re.compile(r"(?<![\w/])/(?:home|root|tmp|work|Users)/")
_NETWORK = re.compile(r"\b(requests|urllib|urlopen|httpx|aiohttp|socket)\b|read_\w+\(\s*[\"']https?:")
_LISTED = re.compile(r"\blisting\(\s*[\"'](\w+)[\"'],([^)]*)\)")
_RAW = re.compile(r"[a-z0-9]_[a-z0-9]", re.I)
_NAMED = re.compile(r"\bnts\.(fact|label|table|cite)\(\s*[\"']([^\"']+)")


def faults(whole: Whole) -> Iterator[Fault]:
    """Every fault of a stored notebook."""
    for notebook in whole.notebooks:
        yield from state_faults(notebook)
        yield from merge_faults(notebook)
        yield from text_faults(notebook)
        for cell in notebook.code():
            where = cell_of(notebook, cell)
            yield from code_faults(cell, where)
            yield from output_faults(cell, where)
            yield from figure_faults(cell.html, where)
            yield from network_faults(cell, where)
            yield from name_faults(cell, where)
            yield from task_faults(cell, where)
            yield from raw_name_faults(cell, where)
    for notebook in whole.executed:
        yield from execution_faults(notebook)
    for notebook in whole.exercises:
        yield from check_faults(notebook, lambda task: "Not attempted yet.", "as shipped it has to say so")
    for notebook in whole.solutions:
        yield from check_faults(notebook, lambda task: task.said or "Right.", "the solution has to be right")


def state_faults(notebook: lessons.Notebook) -> Iterator[Fault]:
    """A shipped notebook stores no widget state."""
    if "widgets" in notebook.metadata:
        yield Fault("widget state", name_of(notebook), "it stores widget state; run it again with make run")


def merge_faults(notebook: lessons.Notebook) -> Iterator[Fault]:
    """No cell holds what git leaves where two versions disagree."""
    for cell in notebook.cells:
        if mark := lessons.MERGE.search(cell.source):
            words = f"it holds {mark[0].strip()}, the mark of a merge that is not settled"
            yield Fault("unsettled merge", cell_of(notebook, cell), words)


def code_faults(cell: lessons.Cell, where: str) -> Iterator[Fault]:
    """Code is whole Python: no magic, nothing left unfinished."""
    if magic := _MAGIC.search(cell.source):
        yield Fault("magic", where, f"it holds {magic[0].strip()}, which only IPython knows; write Python")
        return
    try:
        ast.parse(cell.source)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        yield Fault("unfinished code", where, f"line {line} is no Python: {error.args[0]}")


def execution_faults(notebook: lessons.Notebook) -> Iterator[Fault]:
    """Every cell was run, in order: a cell without a count is compared with nothing."""
    for place, cell in enumerate(notebook.code(), 1):
        where = cell_of(notebook, cell)
        if cell.count is None:
            words = "not executed, so nothing is compared; run make run"
            yield Fault("unexecuted cell", where, words)
        elif cell.count != place:
            yield Fault("out of order", where, f"it was run as number {cell.count}; run make run")


def text_faults(notebook: lessons.Notebook) -> Iterator[Fault]:
    """Claims, links and images of its prose; a cell tagged "fiction" may hold any number."""
    covered: dict[str, set[tuple[object, ...]]] = {}
    for cell in notebook.markdown():
        where = cell_of(notebook, cell)
        if "fiction" not in cell.tags:
            yield from claims.check_prose(cell.source, where, covered.setdefault(cell.section, set()))
        yield from link_faults(cell.source, notebook.path, where)
        yield from (Fault("live element", where, _live_words(name)) for name in live(cell.source))
        if "" in re.findall(r"!\[(.*?)\]\(", cell.source):
            yield Fault("image without alt", where, "an image without alt text")


def link_faults(text: str, path: Path, where: str) -> Iterator[Fault]:
    """A link of a markdown text at ``path`` leads to a file that is there, and to a heading of it."""
    for words, target, _ in lessons.links(re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.S)):
        if target.startswith("attachment:"):
            yield Fault("pasted picture", where, f"{target} is pasted in; draw it with nts.figure")
            continue
        if unsafe(target):
            yield Fault("live element", where, f"the link [{words}]({target}) runs code; link to a page")
        if re.match(r"\w+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = path.parent / name if name else path
        if not file.exists():
            yield Fault("broken link", where, f"the link [{words}]({target}) leads nowhere")
        elif anchor and file.suffix == ".md" and anchor not in _anchors(file):
            yield Fault("broken link", where, f"the link [{words}]({target}) names no heading of {file.name}")


@read_once
def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.M)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def output_faults(cell: lessons.Cell, where: str) -> Iterator[Fault]:
    """Outputs are no errors, no warnings, no widget views, no bare pictures, and name no machine."""
    for output in cell.outputs:
        data = output.get("data", {})
        if output.get("output_type") == "error" and "raises-exception" not in cell.tags:
            yield Fault("stored error", where, f"its stored output is an error, {output.get('ename')}")
        if output.get("name") == "stderr":
            yield Fault("stored warning", where, f"it wrote to stderr: {_text(output.get('text', ''))[:80]}")
        if WIDGET_VIEW in data:
            words = "a widget view is stored, which reads as an error the next day; run make run"
            yield Fault("widget view", where, words)
        if PICTURES & set(data):
            yield Fault("bare picture", where, "a picture without alt text; show it with nts.figure")
        html = _text(data.get("text/html", ""))
        yield from (Fault("live element", where, _live_words(name)) for name in live(html))
        shown = json.dumps([data.get(kind, "") for kind in data if kind not in PICTURES])
        if _ADDRESS.search(shown):
            yield Fault("memory address", where, "its output shows a memory address, which changes each time")
        if hit := _MACHINE.search(shown):
            yield Fault("path of a machine", where, f"its output names a folder of this machine, {hit[0]}")


def _live_words(name: str) -> str:
    return f"its HTML holds {name}, which acts by itself or runs code; write it without"


def figure_faults(html: str, where: str) -> Iterator[Fault]:
    """Images say what they show; figures name a source, and their numbers are its."""
    page = stored_html.read(html)
    for image in page.images:
        if len(image.alt or "") not in ALT_LENGTH:
            words = f"alt text has {len(image.alt or '')} characters; allowed are 60 to 300"
            yield Fault("length of alt text", where, words)
    for figure in page.figures:
        facts = [found[1] for link in figure.links if (found := re.search(r"ledger\.md#([a-z0-9-]+)", link))]
        tables = [found[1] for link in figure.links if (found := re.search(r"tables/([\w-]+)\.csv", link))]
        if not facts and not tables:
            yield Fault("figure without source", where, "a figure names no source")
        alt = " ".join(image.alt or "" for image in figure.images)
        for text, part in ((alt, "alt text"), (figure.caption.partition(" Source: ")[0], "caption")):
            yield from claims.check_named(text, facts, f"{where}, {part}", tables=tables)


def network_faults(cell: lessons.Cell, where: str) -> Iterator[Fault]:
    """Nothing in the course reads the network, neither a cell nor what it shows."""
    if hit := _NETWORK.search(cell.source):
        yield Fault("network", where, f"its code reads the network: {hit[0]}")
    for address in stored_html.read(cell.html).fetched:
        if re.match(r"(?:https?:)?//", address):
            yield Fault("network", where, f"its output fetches {address}")


def name_faults(cell: lessons.Cell, where: str) -> Iterator[Fault]:
    """Facts, tables and sources that code names exist, and a fact whose label is shown has one."""
    known: Mapping[str, Any] = {
        "table": evidence.table_names(),
        "cite": evidence.known_sources(),
        "fact": evidence.known_facts(),
        "label": evidence.known_facts(),
    }
    for kind, name in _NAMED.findall(cell.source):
        if name not in known[kind]:
            yield Fault("unknown name", where, f"there is no {kind} {name!r}")
        elif kind == "label" and evidence.fact(name).label is None:
            yield Fault("fact without label", where, f"{name} has no evidence label to show")


def task_faults(cell: lessons.Cell, where: str) -> Iterator[Fault]:
    """Every task that code checks or shows is one of the course's."""
    for name in cell.tasks():
        if name not in exercises.checks():
            yield Fault("unknown name", where, no_such("task", name, exercises.checks()))


def raw_name_faults(cell: lessons.Cell, where: str) -> Iterator[Fault]:
    """What a cell shows a reader has words, no names of columns or codes; a column listed has a title."""
    for word in stored_html.read(cell.html).words:
        if _RAW.search(word) and "/" not in word and "nts." not in word:  # an address, a call to type
            yield Fault("raw name", where, f"it shows the raw name {word!r}; give it words")
    for table, columns in _LISTED.findall(cell.source):
        titled = evidence.column_titles(table) if table in evidence.table_names() else ()
        for column in re.findall(r"[\"'](\w+_\w+)[\"']", columns):
            if column not in titled:
                words = f"the column {column} of {table} is listed and has no title in data/datapackage.json"
                yield Fault("raw name", where, words)


def check_faults(
    notebook: lessons.Notebook, verdict_of: Callable[[exercises.Check], str], why: str
) -> Iterator[Fault]:
    """Each task of a notebook's lesson is checked in one cell, and says its verdict there."""
    mine = {name: task for name, task in exercises.checks().items() if name[:2] == notebook.number}
    cells = [(name, cell) for cell in notebook.code() for name in cell.tasks()]
    for task, check in mine.items():
        verdict = verdict_of(check)
        found = [cell for name, cell in cells if name == task]
        if len(found) != 1:
            words = f"the task {task} is checked in {len(found)} cells; one is wanted"
            yield Fault("task not checked", name_of(notebook), words)
        elif f"<strong>{verdict}" not in found[0].html or verdict not in _plain(found[0]):
            yield Fault(
                "verdict of a check", cell_of(notebook, found[0]), f"{task} does not say {verdict} {why}"
            )


def _plain(cell: lessons.Cell) -> str:
    return "".join(chain(*(_text(output.get("data", {}).get("text/plain", "")) for output in cell.outputs)))


def _text(value: Any) -> str:
    return "".join(value) if isinstance(value, list) else str(value)
