"""The ledger as a page: with a list of its entries, and under each entry the pages that lean on it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from .. import _html
from . import _cells
from ._front import LEDGER
from ._page import Page
from ._templates import template

_ENTRY = re.compile(r"^## ([a-z0-9-]+)$", re.M)
_CITED = re.compile(r"ledger\.md#([a-z0-9-]+)")


def page(root: Path, readers: Iterable[Page]) -> Page:
    """The page of the ledger of a course, whose readers are the pages of its notebooks."""
    text = _cells.text((root / LEDGER).read_text(encoding="utf-8"))
    cited: dict[str, list[str]] = {}
    for reader in readers:
        link = _html.link(f"../{reader.source}", reader.title)
        for entry in dict.fromkeys(_CITED.findall(reader.text)):
            cited.setdefault(entry, []).append(link)

    def with_citations(heading: re.Match[str]) -> str:
        links = cited.get(heading[1])
        return heading[0] + (f'\n\n<p class="cited">Cited in {"; ".join(links)}</p>\n' if links else "")

    head, first, rest = text.partition("\n## ")
    entries = template("entries").render(entries=_ENTRY.findall(text))
    whole = f"{head}\n\n{entries}\n\n{_ENTRY.sub(with_citations, first.lstrip() + rest)}"
    return Page(LEDGER, "The ledger", whole)
