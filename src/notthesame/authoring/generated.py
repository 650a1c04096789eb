"""The generated files: sources, ledger, descriptor, titles of links. A test says that they are current."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .. import lessons, untouched
from . import ledger
from .link_titles import with_titles, with_titles_in_json


def generated(root: Path) -> Iterator[tuple[Path, str]]:
    """Each generated file of ``data/`` with the text it should have, in the order to write them."""
    from .bibliography import sources_json
    from .descriptor import refresh as descriptor

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
