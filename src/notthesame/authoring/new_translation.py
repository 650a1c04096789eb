"""``notthesame new translation es 02``: what a lesson lacks in another language, with the English in place.

Each text begins with TODO and then the English, which is shown until the TODO is gone. What is there already
stays as it is, so the same command adds a question that is new.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from .. import questions
from .._loading import read_yaml
from .._reading import shown
from ..course import HEAD, TRANSLATIONS, Course
from ..lessons import files, read
from ..questions import Question, beliefs, translated
from ..translation import STRINGS, TODO, mark
from .rules.translations import said

_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
_HEAD = """\
# A folder with this file is a translation: its folder's name is the language's tag.
name: TODO the language's own name
# While nobody is named in reviewed_by, each page carries this notice.
notice: >-
  TODO This is a draft that nobody who speaks the language natively has reviewed. What counts is the English.
reviewed_by: ""
"""

Entries = Mapping[str, Any]


def new_translation(of: Course, language: str, number: str) -> tuple[tuple[Path, int], ...]:
    """Add what a lesson lacks in a language; returns each file that grew, with how many entries it got.

    language: a tag such as "es" or "pt-BR". number: the lesson's, such as "02" or "2". Raises ValueError for
    what is neither, and FileFaults for a file of strings that cannot be read.
    """
    number = number.zfill(2)
    paths = {path.name[:2]: path for path in files(of.lessons)}
    if number not in paths:
        raise ValueError(f"There is no lesson {shown(number)}; allowed: {', '.join(paths)}")
    if not _TAG.fullmatch(language):
        raise ValueError(f"The language is {shown(language)}; allowed is a tag such as es, fr or pt-BR")
    root = of.home / TRANSLATIONS / language
    with (of.base or of).in_use():
        every = questions.known_questions()
        wanted = {name: q for name, q in every.items() if name.startswith(f"{number}-")}
        wanted |= {name: every[name] for name in read(paths[number]).asked() if name in every}
        shelves: dict[str, Entries] = {
            "messages.yaml": {text: f"{TODO} {text}" for text in sorted(said())},
            f"lessons/{number}.yaml": dict(_cells(paths[number])),
            "misconceptions.yaml": dict(_beliefs(wanted.values())),
        }
        for lesson in sorted({name[:2] for name in wanted}):
            entries = {name: _question(q) for name, q in wanted.items() if name.startswith(lesson)}
            shelves[f"questions/{lesson}.yaml"] = entries
    if not (root / HEAD).exists():
        root.mkdir(parents=True, exist_ok=True)
        (root / HEAD).write_text(_HEAD, encoding="utf-8", newline="")
    grown = ((root / STRINGS / name, entries) for name, entries in shelves.items())
    return tuple((path, added) for path, entries in grown if (added := _add(path, entries)))


def _add(path: Path, entries: Entries) -> int:
    """Add the entries that a file lacks at its end, and say how many."""
    held: Collection[str] = (read_yaml(path) or {}) if path.exists() else {}
    new = {name: entry for name, entry in entries.items() if name not in held}
    if new:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n" if path.exists() else ""
        path.write_text(text + "\n".join(map(_yaml, new, new.values())), encoding="utf-8", newline="")
    return len(new)


def _cells(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The texts of a lesson; its code stays out, as a remark in it may be translated and need not."""
    for cell in json.loads(path.read_bytes())["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            yield cell["id"], {"of": mark(source), "text": f"{TODO} {source}"}


def _beliefs(of: Collection[Question]) -> Iterator[tuple[str, dict[str, str]]]:
    known = questions.misconceptions()
    for slug in sorted({name for question in of for _, _, name in question.reasons() if name}):
        words = {"belief": f"{TODO} {known[slug].belief}", "instead": f"{TODO} {known[slug].instead}"}
        yield slug, {"of": beliefs.mark_of(known[slug]), **words}


def _question(question: Question) -> dict[str, Any]:
    """An entry with each text of a question, in the order of its file."""
    found: dict[str, Any] = {"of": translated.mark_of(question)}
    found |= {name: f"{TODO} {text}" for name in ("case", "stem") if (text := getattr(question, name))}
    if question.kind != "numeric":
        options = question.options.items()
        words = {
            key: {"text": f"{TODO} {option.text}", "reason": f"{TODO} {option.reason}"}
            for key, option in options
        }
        return found | {"options": words}
    found |= {"unit": f"{TODO} {question.unit}", "reason": f"{TODO} {question.reason}"}
    found |= {"ranges": [f"{TODO} {span.reason}" for span in question.ranges]} if question.ranges else {}
    return found | {"otherwise": f"{TODO} {question.otherwise.reason}"} if question.otherwise else found


class _Dumper(yaml.SafeDumper):
    """Writes text as a translator reads it: lines as lines, long text folded."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else ">" if len(text) > 80 else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def _yaml(name: str, entry: Any) -> str:
    return yaml.dump({name: entry}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)
