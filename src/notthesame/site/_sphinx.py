"""Sphinx with MyST-NB: reads texts and notebooks, gives each page's body and outline, and a search index.

It runs in this process, in folders of its own, and asks nobody anything. What it would warn of is a fault.
"""

from __future__ import annotations

import importlib.util
import io
import re
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NEEDED = ("sphinx", "myst_nb", "pydata_sphinx_theme")
MISSING = "Pages are built with Sphinx, which is not here. This installs it: python start.py site"
SEARCH = ("doctools.js", "documentation_options.js", "language_data.js", "searchtools.js")
INDEX = "searchindex.js"
_CELL = 10_000  # MyST-NB counts the lines of a notebook from 10 000 times the number of their cell
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_WARNED = re.compile(r"(?P<path>.+?)(?::(?P<line>\d+))?: (?:WARNING|ERROR|CRITICAL): (?P<what>.*)")
_KIND = re.compile(r" \[[\w.-]+\]$")
_CONFIG: Mapping[str, Any] = {
    "extensions": ["myst_nb"],
    "language": "en",
    "project": "Not the Same",
    "smartquotes": False,
    "suppress_warnings": ["toc.not_included"],  # the pages have a list of contents of their own
    "nb_execution_mode": "off",
    # The dialect of JupyterLab: no words of MyST's own act, and links stay as they are written.
    "myst_all_links_external": True,
    "myst_enable_extensions": ["gfm_autolink", "strikethrough"],
    "myst_disable_syntax": [
        "front_matter",
        "myst_role",
        "myst_target",
        "myst_block_break",
        "myst_line_comment",
        "footnote_def",
        "footnote_ref",
    ],
    "html_theme": "pydata_sphinx_theme",
    "html_theme_options": {"shorten_urls": False},
    "html_copy_source": False,
    "html_permalinks": False,
    "html_use_index": False,
    "html_show_search_summary": False,  # it would fetch, which file:// refuses
}


@dataclass(frozen=True)
class Built:
    """What Sphinx made. bodies, outlines: HTML by name of the page. shared: files by their path in the site.

    theme: the theme's style. warnings: (name of the page, cell or 0, words), in their order.
    """

    bodies: Mapping[str, str]
    outlines: Mapping[str, str]
    shared: Mapping[str, bytes]
    theme: str
    warnings: tuple[tuple[str, int, str], ...]
    indexes: tuple[bytes, ...]


def built(texts: Mapping[str, str], chosen: Collection[Collection[str]]) -> Built:
    """Build pages from texts: markdown, or a notebook as JSON, by path such as "lessons/02_x.ipynb".

    chosen: for each search index that is wanted, the names of its pages, the larger choice first. Raises
    ModuleNotFoundError with what to do where Sphinx is not installed.
    """
    if not all(map(importlib.util.find_spec, NEEDED)):
        raise ModuleNotFoundError(MISSING)
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    # Named to docutils, the folder keeps it from settings that somebody has at home.
    with tempfile.TemporaryDirectory() as made, docutils_namespace(), patch_docutils(made):
        source, output = Path(made).resolve() / "source", Path(made, "output")
        for name, text in texts.items():
            path = source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        told = io.StringIO()
        bodies, outlines, builder = _run(source, output, Path(made, "trees"), told)
        static = output / "_static"
        return Built(
            bodies,
            outlines,
            {f"_static/{name}": (static / name).read_bytes() for name in SEARCH},
            _style(static),
            tuple(_warnings(told.getvalue(), source)),
            tuple(_index(builder, names) for names in chosen),
        )


def _run(
    source: Path, output: Path, trees: Path, told: io.StringIO
) -> tuple[dict[str, str], dict[str, str], Any]:
    """Let Sphinx read and write; returns bodies and outlines by the name of their page, and the builder."""
    from docutils import nodes
    from sphinx.application import Sphinx

    from . import _writer

    bodies: dict[str, str] = {}
    outlines: dict[str, str] = {}

    def keep(_: Sphinx, name: str, __: str, context: dict[str, Any], tree: Any) -> None:
        if tree is not None:
            bodies[name], outlines[name] = context["body"], context["toc"]

    config = {**_CONFIG, "templates_path": [str(Path(__file__).with_name("sphinx"))]}
    app = Sphinx(str(source), None, str(output), str(trees), "html", config, None, told, True)
    app.connect("doctree-read", _writer.anchor, priority=1)  # before Sphinx notes outlines and titles
    app.connect("html-page-context", keep, priority=1)
    app.set_translator("html", _writer.Writer, override=True)
    app.add_node(nodes.container, override=True, html=(_writer.enter_box, _writer.leave_box))
    app.build()
    return bodies, outlines, app.builder


def _style(static: Path) -> str:
    names = ("styles/pydata-sphinx-theme.css", "pygments.css")
    return "\n".join((static / name).read_text(encoding="utf-8") for name in names)


def _index(builder: Any, names: Collection[str]) -> bytes:
    """The search index of some pages; a later one can only be smaller."""
    builder.indexer.prune({*names})
    written = io.StringIO()
    builder.indexer.dump(written, builder.indexer_format)
    return written.getvalue().encode("utf-8")


def _warnings(told: str, source: Path) -> Iterator[tuple[str, int, str]]:
    for line in _COLOUR.sub("", told).splitlines():
        found = _WARNED.match(line)
        path = Path(found["path"] if found else "")
        name = path.relative_to(source).as_posix() if path.is_relative_to(source) else ""
        words = _KIND.sub("", found["what"] if found else line)
        cell = int(found["line"] or 0) // _CELL if found and name.endswith(".ipynb") else 0
        if words.strip():
            yield name, cell, words.strip()
