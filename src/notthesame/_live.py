"""Text of a file on a page: as markdown that shows it as it is, and what in HTML would act by itself."""

from __future__ import annotations

import re
from functools import lru_cache
from html.parser import HTMLParser

from markupsafe import Markup

from ._html import untypeset

SCHEMES = ("http", "https", "mailto", "tel")  # where a link may lead; a picture may also lie in the page
_SIGNS = re.compile(r"[`*\[\]<|$\\]|(?<![^\W_])_|(?<=~)~|~(?=~)|(?<!/)~|&(?=[#\w]+;)")
# Escaped or not, JupyterLab typesets what lies between two dollars or behind a backslash.
_WRITTEN = {"<": "&lt;", "&": "&amp;", "\\": untypeset(Markup("&#92;")), "$": untypeset(Markup("&#36;"))}
_FIRST = re.compile(r"^(?:[#>+=-]|\d+(?=[.)](?:\s|$)))")
_ACTING = ("script", "iframe", "object", "embed", "form", "base", "meta", "link", "applet", "frame", "portal")
_ADDRESSED = ("href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcset", "background")


def as_markdown(text: str) -> str:
    r"""A text as markdown that shows it as it is: no link, picture, code, HTML or mathematics of its own.

    >>> as_markdown("2 * 3 < 7, [x](javascript:y) and snake_case")
    '2 \\* 3 &lt; 7, \\[x\\](javascript:y) and snake_case'
    """
    plain = _SIGNS.sub(lambda sign: _WRITTEN.get(sign[0], f"\\{sign[0]}"), " ".join(text.split()))
    return _FIRST.sub(lambda first: first[0] + "\\" if first[0].isdigit() else f"\\{first[0]}", plain)


def unsafe(address: str) -> bool:
    """Whether an address leads neither to a file, nor to a web page, a mailbox or a telephone.

    >>> unsafe("java\tscript:alert(1)"), unsafe("../data/ledger.md#x"), unsafe("https://example.org")
    (True, False, False)
    """
    scheme, colon, _ = re.sub(r"[\x00-\x20]", "", address).partition(":")
    return bool(colon) and not re.search(r"[/?#]", scheme) and scheme.lower() not in SCHEMES


@lru_cache(maxsize=64)
def live(html: str) -> tuple[str, ...]:
    """What in a piece of HTML acts by itself or runs code when it is clicked, by name, each once.

    >>> live('<p onclick="x()">a</p><script>x()</script><a href="javascript:x()">a</a>')
    ('onclick', '<script>', 'javascript:x()')
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(dict.fromkeys(reader.found))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ACTING and dict(attrs).get("type") != "application/json":
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            inline = tag == "img" and (value or "").startswith("data:image/")
            if name.startswith("on") or name == "srcdoc":
                self.found.append(name)
            elif name in _ADDRESSED and unsafe(value or "") and not inline:
                self.found.append((value or "")[:40])
