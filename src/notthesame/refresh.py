"""The generated files: sources, ledger, descriptor, titles of links. A test says that they are current."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from . import claims, evidence, ledger, lessons, untouched


def generated(root: Path) -> Iterator[tuple[Path, str]]:
    """Each generated file of ``data/`` with the text it should have, in the order to write them."""
    from ._datapackage import refresh as descriptor
    from ._sources import sources_json

    data = root / "data"
    yield data / "sources.json", sources_json((data / "sources.bib").read_text(encoding="utf-8"))
    yield data / "ledger.md", ledger.ledger()
    yield data / "datapackage.json", descriptor(data)


def refresh(root: Path) -> Iterator[str]:
    """Write what is not current; yields a line for each file written."""
    for path, text in generated(root):
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            yield f"wrote {path.relative_to(root)}"
    for folder in ("lessons", "exercises/solutions"):
        for path in lessons.files(root / folder):
            text = path.read_text(encoding="utf-8")
            if (titled := with_titles_in_json(text)) != text:
                path.write_text(titled, encoding="utf-8")
                yield f"wrote link titles in {path.relative_to(root)}"
    for path in sorted((root / "instructors").rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        if (titled := with_titles(text)) != text:
            path.write_text(titled, encoding="utf-8")
            yield f"wrote link titles in {path.relative_to(root)}"
    if untouched.write_manifest(root):
        yield f"wrote src/notthesame/{untouched.MANIFEST.name}"


def with_titles(text: str) -> str:
    """A markdown text whose links to the ledger carry their titles; unknown facts are left alone."""

    def titled(found: re.Match[str]) -> str:
        fact = evidence.known_facts().get(found.group(2))
        if fact is None:
            return found.group()
        target = found.group().partition("](")[2].split()[0].rstrip(")")
        return f'[{found.group(1)}]({target} "{fact.link_title}")'

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
