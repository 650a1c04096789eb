"""Sphinx with MyST-NB and the PyData theme: what turns texts and notebooks into the pages of a site.

It runs in this process, in folders of its own, and asks nobody anything. What it would warn of is a fault.
"""

from __future__ import annotations

import importlib.util
import io
import re
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..translation import say

NEEDED = ("sphinx", "myst_nb", "pydata_sphinx_theme")
MISSING = "Pages are built with Sphinx, which is not here. This installs it: python start.py site"
PROJECT = "Not the Same"
INDEX = "searchindex.js"
_KEEPS_WORDS = "sphinx_highlight"  # a script that keeps what was searched for in the browser
_STATIC = re.compile(r'\bsrc="(?:\.\./)*(_static/[^"?]+)')
_CELL = 10_000  # MyST-NB counts the lines of a notebook from 10 000 times the number of their cell
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_WARNED = re.compile(r"(?P<path>.+?)(?::(?P<line>\d+))?: (?:WARNING|ERROR|CRITICAL): (?P<what>.*)")
_KIND = re.compile(r" \[[\w.-]+\]$")
_CONFIG: Mapping[str, Any] = {
    "extensions": ["myst_nb", "notthesame.site._tree"],
    "project": PROJECT,
    "smartquotes": False,
    # Not every text has a place in the order of lessons, and a magic of IPython is no Python.
    "suppress_warnings": ["toc.not_included", "misc.highlighting_failure"],
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
    "html_title": PROJECT,
    "html_theme_options": {
        "shorten_urls": False,
        "back_to_top_button": False,
        "disable_search": True,  # in place; the page that searches loads what it needs by itself
        "navbar_center": ["places.html"],
        "navbar_end": ["theme-switcher"],
        "navbar_persistent": [],
        "article_header_start": [],
        "article_footer_items": ["routes.html"],
        "secondary_sidebar_items": ["page-toc"],
        "footer_start": ["foot.html"],
        "footer_end": [],
        "primary_sidebar_end": [],
    },
    "html_sidebars": {"**": ["lessons.html"], "index": [], "index-of-a-class": [], "search": []},
    "html_copy_source": False,
    "html_permalinks": False,
    "html_use_index": False,
    "html_show_search_summary": False,  # it would fetch, which file:// refuses
}
About = Callable[[str, str], Mapping[str, Any]]


@dataclass(frozen=True)
class Built:
    """What Sphinx made.

    pages: HTML by name of the page. shared: what pages load, by its path in the site. styles: the theme's.
    warnings: (name of the page, cell or 0, words), in their order. indexes: for searching, one a choice.
    """

    pages: Mapping[str, str]
    shared: Mapping[str, bytes]
    styles: str
    warnings: tuple[tuple[str, int, str], ...]
    indexes: tuple[bytes, ...]


def built(
    texts: Mapping[str, str], language: str, about: About, chosen: Collection[Collection[str]]
) -> Built:
    """Build pages from texts: markdown, or a notebook as JSON, by path such as "lessons/02_x.ipynb".

    about: what a template is told of a page, from its name and its body; both are "" for the page that
    searches. chosen: for each search index that is wanted, the names of its pages, the larger choice first.
    Raises ModuleNotFoundError with what to do where Sphinx is not installed.
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
        builder = _run(source, output, Path(made, "trees"), told, language, about)
        found = {path.relative_to(output).with_suffix("").as_posix(): path for path in output.rglob("*.html")}
        pages = {name: path.read_text(encoding="utf-8") for name, path in sorted(found.items())}
        loaded = sorted({name for page in pages.values() for name in _STATIC.findall(page)})
        return Built(
            pages,
            {name: (output / name).read_bytes() for name in loaded if (output / name).is_file()},
            "\n".join(path.read_text(encoding="utf-8") for path in _styles(output / "_static")),
            tuple(_warnings(told.getvalue(), source)),
            tuple(_index(builder, names) for names in chosen),
        )


def _run(source: Path, output: Path, trees: Path, told: io.StringIO, language: str, about: About) -> Any:
    """Let Sphinx read and write; returns its builder."""
    from sphinx import locale
    from sphinx.application import Sphinx

    from . import _tree

    locale.translators.clear()  # or it goes on in the language of a site that this process built before

    def tell(_: Sphinx, name: str, __: str, context: dict[str, Any], tree: Any) -> None:
        scripts = [one for one in context["script_files"] if _KEEPS_WORDS not in str(one.filename)]
        context |= {"css_files": [], "script_files": scripts, "say": say, "language": language}
        context |= about(name, context["body"]) if tree is not None else about("", "")
        context["toc"] = _tree.with_places(context.get("toc", ""))

    config = {**_CONFIG, "templates_path": [str(Path(__file__).with_name("theme"))]}
    config |= {"language": language.partition("-")[0]}
    app = Sphinx(str(source), None, str(output), str(trees), "html", config, None, told, True)
    app.connect("html-page-context", tell, priority=1)  # before the theme tries its templates
    app.build()
    return app.builder


def _styles(static: Path) -> Iterator[Path]:
    yield static / "styles/pydata-sphinx-theme.css"
    yield static / "pygments.css"
    yield from sorted(static.glob("mystnb.*.css"))


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
