"""Markdown as the pages show it: JupyterLab's dialect and anchors."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from .._live import live


class _Renderer(IPythonRenderer):
    """Headings with the anchors JupyterLab gives them, for links that serve both; no empty table headings."""

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        words = html.unescape(re.sub(r"<[^>]+>", "", text))
        anchor = escape(re.sub(r"\s", "-", words))
        return f'<h{level} id="{anchor}">{text}</h{level}>\n'

    def render_token(self, token: dict[str, Any], state: Any) -> str:
        """As mistune; where the corner of a table is empty, its first column holds the rows' headings."""
        if token["type"] == "table":
            head, *bodies = token["children"]
            if not any(part.get("raw", "-") for part in head["children"][0]["children"]):
                for row in (row for body in bodies for row in body["children"]):
                    row["children"][0]["attrs"] |= {"head": True, "scope": "row"}
        return str(super().render_token(token, state))

    def table_cell(self, text: str, align: str | None = None, head: bool = False, scope: str = "col") -> str:
        """A cell; the empty corner of a table is no heading."""
        tag, scoped = ("th", f' scope="{scope}"') if head and text else ("td", "")
        style = f' style="text-align:{align}"' if align else ""
        return f"  <{tag}{scoped}{style}>{text}</{tag}>\n"


def markdown(text: str) -> Markup:
    r"""Markdown as HTML, with JupyterLab's dialect; its own HTML is shown as text where it would act.

    >>> markdown("One *word*.")
    Markup('<p>One <em>word</em>.</p>\n')
    """
    return Markup(_rendered(text, escape=acts(text)))


def acts(text: str) -> bool:
    """Whether something in markdown would act by itself or run code, shown as it is.

    >>> acts("[a](b.md) <p onclick='x()'>c</p>"), acts("[a](b.md) <p>c</p>")
    (True, False)
    """
    return bool(live(_rendered(text, escape=False)))


@lru_cache(maxsize=2_000)  # what a page is built from is looked at more than once
def _rendered(text: str, escape: bool) -> str:
    return str(MarkdownWithMath(_Renderer(escape=escape, exclude_anchor_links=True)).render(text))
