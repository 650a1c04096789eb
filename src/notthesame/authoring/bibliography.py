"""data/sources.json from data/sources.bib: the bibliography as plain text, so that readers need no BibTeX."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pybtex.database import Entry, Person

_CONTAINER = ("journal", "booktitle", "howpublished")
_PUBLISHER = ("publisher", "institution", "school")
_ADDRESSES = ("doi", "url")


def sources_json(bib_text: str) -> str:
    """The text of ``sources.json`` for the text of ``sources.bib``: one object, sorted by citation key.

    Every entry has the same ten members: ``type``, ``authors`` (a list of "Family, Given" or the name of
    an institution), ``title``, ``year``, ``container``, ``publisher``, ``doi``, ``url``, ``note`` and
    ``shorthand``; what a source does not have is "". LaTeX braces and escapes are resolved.

    Needs pybtex, which is a development dependency. Raises ``pybtex.scanner.PybtexSyntaxError`` (with the
    line) if the text is not BibTeX, ``pybtex.database.BibliographyDataError`` if a key occurs twice.
    """
    from pybtex.database import parse_string

    entries = parse_string(bib_text, "bibtex").entries
    plain = {key: _plain_entry(entry) for key, entry in entries.items()}
    return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _plain_entry(entry: Entry) -> dict[str, Any]:
    def first(*names: str) -> str:
        name = next((name for name in names if name in entry.fields), None)
        if name is None:
            return ""
        return (_address if name in _ADDRESSES else _text)(entry.fields[name])

    people = entry.persons.get("author") or entry.persons.get("editor") or []
    return {
        "type": entry.type,
        "authors": [_name(person) for person in people],
        "title": first("title"),
        "year": first("year"),
        "container": first(*_CONTAINER),
        "publisher": first(*_PUBLISHER),
        "doi": first("doi"),
        "url": first("url"),
        "note": first("note"),
        "shorthand": first("shorthand"),
    }


def _name(person: Person) -> str:
    family = " ".join(person.prelast_names + person.last_names)
    given = " ".join(person.first_names + person.middle_names + person.lineage_names)
    return _text(f"{family}, {given}" if given else family)


def _text(latex: str) -> str:
    """LaTeX without markup: accents become letters, ``--`` a dash, quotation marks curly, braces vanish."""
    from pybtex.richtext import Text

    latex = re.sub(r"(?<!\\)``(.*?)''", r"“\1”", latex.replace(r"$\geq$", "≥"))
    latex = re.sub(r"(?<!\\)`(.*?)(?<!\\)'(?!\w)", r"‘\1’", latex)
    return re.sub(r"\s+", " ", str(Text.from_latex(latex))).strip()


def _address(latex: str) -> str:
    """An address is not prose: only escaped characters are resolved."""
    return re.sub(r"\\([_%&#~])", r"\1", latex)
