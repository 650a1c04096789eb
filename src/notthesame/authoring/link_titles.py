"""Titles of links to the ledger: short source, sampling, how far it was read. Written, never typed."""

from __future__ import annotations

import json
import re

from .. import evidence
from . import claims


def with_titles(text: str) -> str:
    """A markdown text whose links to the ledger carry their titles; unknown facts are left alone."""

    def titled(found: re.Match[str]) -> str:
        fact = evidence.known_facts().get(found.group(2))
        if fact is None:
            return found.group()
        target = found.group().partition("](")[2].split()[0].rstrip(")")
        title = fact.link_title.replace("\\", "").replace('"', "'")  # either would end the link's title
        return f'[{found.group(1)}]({target} "{title}")'

    return claims.LINK.sub(titled, text)


def with_titles_in_json(text: str) -> str:
    """The same for the markdown cells of a notebook, given and returned as its JSON text."""
    notebook = json.loads(text)
    changed = False
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            source = "".join(cell["source"])
            titled = with_titles(source)
            changed |= titled != source
            cell["source"] = titled.splitlines(keepends=True)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n" if changed else text
