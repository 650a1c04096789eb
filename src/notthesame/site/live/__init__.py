"""Labs that are live on a page: "Use the lab here" loads the course's own Python into the page (Pyodide).

``page.js`` puts the button below the static block of a lab, ``worker.js`` loads Python beside the page, and
``_bridge.py``, which runs there, joins a lab's traits to the page. The rules stay where they are, in Python.
"""

from __future__ import annotations

import ast
import datetime
import gzip
import json
import re
import tempfile
from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from markupsafe import escape

from ... import _yaml, browser, front
from ...browser._compiled import LIBRARY, library
from ...browser.pins import sha256
from ...browser.pyodide import LOCK, core
from ...course import course
from ...labs import LABS
from ._bridge import DAY

HERE = Path(__file__).parent
FOLDER, PYTHON = "live", "pyodide"  # below the site: what is ours, and Pyodide with the wheels
PACKED = ".packed"  # files that a plain server would send as large as they are
# The labs that need nothing beyond Python itself; a test holds the list to what runs without numpy.
PURE = (
    "argument_map",
    "counting_lab",
    "definition_machine",
    "evidence_grid",
    "interval_game",
    "own_law",
    "wording_table",
)
_NEEDS = ("notthesame", "traitlets")
_STANDS_IN = ("anywidget", "fsrs", "ipython")  # _bridge.py takes their place, or no lab asks for them
_LAB = re.compile(r'<section class="nts-[^>]*\bdata-lab="(\w+)"')


def call_of(code: str) -> tuple[str, str] | None:
    """The name of the lab that is the last line of a cell, and the code that makes it; None for other cells.

    >>> call_of("nts.counting_lab(predict=False)"), call_of("print(1)")
    (('counting_lab', 'nts.counting_lab(predict=False)'), None)
    """
    try:
        last = ast.parse(code).body[-1]
    except (SyntaxError, ValueError, IndexError):  # a magic, code that is not finished, or none
        return None
    if not (isinstance(last, ast.Expr) and isinstance(last.value, ast.Call)):
        return None
    name = ast.unparse(last.value.func).removeprefix("nts.")
    return (name, code) if name in LABS else None


def missing(fetch: bool = False) -> str:
    """What a page's Python lacks on this machine, in one line; "" where all is here.

    fetch: whether to get first what is not here.

    >>> from unittest.mock import patch
    >>> with patch.dict("os.environ", NOTTHESAME_PYODIDE="nowhere"):
    ...     missing()
    'There is nothing at nowhere; ...'
    """
    try:
        with nullcontext() if fetch else browser.nothing_fetched():
            _python(browser.SCIENCE if browser.has_science() else ())
    except (OSError, ValueError) as error:
        return str(error)
    return ""


def added(sites: Sequence[Mapping[str, bytes]], cells: Mapping[str, Sequence[str]]) -> list[dict[str, bytes]]:
    """The files of these sites with labs that can be used on a page, where this machine has what they need.

    sites: of each its files by their path. cells: of each page the code of its cells, in their order. Nothing
    is fetched: what Python needs in a page is here already, or the labs stay as they are.

    >>> added([{"a.html": b"<p>No lab.</p>"}], {})
    [{'a.html': b'<p>No lab.</p>'}]
    """
    if not any(b" data-lab=" in page for pages in sites for page in pages.values()):
        return [*map(dict, sites)]
    try:
        with browser.nothing_fetched():
            light = _python(())
            all_of_it = _python(browser.SCIENCE) if browser.has_science() else light
    except (OSError, ValueError):
        return [*map(dict, sites)]
    ours = _ours(_packages(light))
    size, heavy = (sum(map(len, [*files.values(), *ours.values()])) for files in (light, all_of_it))
    needs = dict.fromkeys(PURE, "")
    if all_of_it is not light:
        needs |= {
            lab: f' data-needs="{" ".join(browser.SCIENCE)}" data-bytes="{heavy}"'
            for lab in LABS
            if lab not in PURE
        }
    shared = {**all_of_it, **ours}
    return [
        {name: _live(name, page, cells.get(name, ()), needs, size) for name, page in pages.items()} | shared
        for pages in sites
    ]


def script() -> str:
    """The script of a page, which no other sees the names of.

    >>> "Use the lab here" in script()
    True
    """
    return f"(() => {{\n{front.script(HERE / 'page.js')}\n}})();\n"


def _live(name: str, page: bytes, cells: Sequence[str], needs: Mapping[str, str], size: int) -> bytes:
    """A page whose labs say how they are made, with the script that makes them; others as they are.

    needs: of each lab that can be, as attributes, what it needs beyond Python itself.
    """
    if b"data-lab=" not in page:
        return page
    text = page.decode("utf-8")
    calls = _calls(cells, _LAB.findall(text), needs)

    def with_call(found: re.Match[str]) -> str:
        left = calls.get(found[1])
        call = f' data-call="{escape(left.pop(0))}"{needs[found[1]]}' if left else ""
        return f"{found[0]}{call}"

    text = _LAB.sub(with_call, text)
    if "data-call=" not in text:
        return page
    up = "../" * name.count("/")
    parts = {
        "</head>": f'<link rel="stylesheet" href="{up}{FOLDER}/page.css">\n',
        "</body>": f'<script src="{up}{FOLDER}/page.js" data-bytes="{size}"></script>\n',
    }
    for end, part in parts.items():
        text = text.replace(end, f"{part}{end}", 1)
    return text.encode("utf-8")


def _calls(cells: Sequence[str], shown: Sequence[str], labs: Collection[str]) -> dict[str, list[str]]:
    """The code of each lab on a page, in order; of a lab that some other cell shows too, nothing."""
    found: dict[str, list[str]] = {}
    for lab, code in filter(None, map(call_of, cells)):
        found.setdefault(lab, []).append(code)
    return {lab: codes for lab, codes in found.items() if lab in labs and len(codes) == shown.count(lab)}


def _python(packages: Sequence[str]) -> dict[str, bytes]:
    """Pyodide with the wheels, the largest file packed."""
    with tempfile.TemporaryDirectory() as there:
        browser.assemble(Path(there), (*_NEEDS, *packages), pages=True, without=_STANDS_IN)
        files = {path.name: path.read_bytes() for path in sorted(Path(there).iterdir())}
    del files["pyodide.js"]  # for pages of an older kind
    files[LIBRARY] = library(core())
    wasm = files.pop("pyodide.asm.wasm")
    return {
        f"{PYTHON}/{name}": content
        for name, content in {**files, **_packed("pyodide.asm.wasm", wasm)}.items()
    }


def _packages(files: Mapping[str, bytes]) -> list[str]:
    """The packages that are loaded for every lab."""
    return sorted(json.loads(files[f"{PYTHON}/{LOCK}"])["packages"])


def _ours(packages: Sequence[str]) -> dict[str, bytes]:
    files = {name.lstrip("_"): (HERE / name).read_bytes() for name in ("worker.js", "_bridge.py", "page.css")}
    files |= {"page.js": script().encode("utf-8"), "packages.json": json.dumps(packages).encode("utf-8")}
    files |= _packed("read.json", json.dumps(_read()).encode("utf-8"))
    return {f"{FOLDER}/{name}": content for name, content in files.items()}


def _packed(name: str, content: bytes) -> dict[str, bytes]:
    return {name + PACKED: gzip.compress(content, 9, mtime=0)}


def _read() -> dict[str, Any]:
    """What the course's data files hold, by the hash of the file: reading YAML anew takes a page a second."""
    files = (path.read_bytes() for path in sorted(course().data.rglob("*.yaml")))
    return {sha256(content): _plain(_yaml.values(content)) for content in files}


def _plain(value: Any) -> Any:
    """A value as JSON has it; a day is marked as one."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [*map(_plain, value)]
    return {DAY: value.isoformat()} if isinstance(value, datetime.date) else value
