"""Rules about words, wherever a reader meets them: care, tone, and nothing printed that was only recalled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ... import evidence, exercises, questions
from ..._loading import read_yaml
from ...subject import vignettes
from .. import claims, outcomes, sheets
from ..faults import Fault
from .notebooks import link_faults
from .whole import Whole, cell_of

YOUNG = r"child|children|minors?|under-?age|teen\w*|juveniles?|adolescents?|girls?|boys?|kids?"
MINOR = re.compile(
    rf"\b(?:{YOUNG})[ -](?:(?:who|that) (?:is|are|was|were) (?:an? )?)?(?:sex[ -]work\w*|prostitutes?\b)"
    r"|\b(?:sex workers?|prostitutes?) (?:aged?|of) (?:\d|1[0-7])\b"
    r"|\b(?:sex workers?|prostitutes?) under (?:18|eighteen)\b",
    re.I,
)
IDLE = re.compile(
    r"\b(well done|great job|congratulations|stay tuned|coming soon|lorem ipsum|TBD|FIXME)\b", re.I
)
_YAML = ("vignettes", "glossary", "interval_game")


def faults(whole: Whole) -> Iterator[Fault]:
    """Every fault of wording."""
    for where, text in texts(whole):
        yield from word_faults(text, where)
    for where, fact in cited(whole):
        found = evidence.known_facts().get(fact)
        if found and found.read == "recalled":
            yield Fault("recalled fact", where, f"{fact} is recalled, and a recalled fact is never printed")
    yield from page_faults(whole)


def page_faults(whole: Whole) -> Iterator[Fault]:
    """Links of every page of text, and the claims of what instructors read."""
    for page in sorted(whole.course.instructors.rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        if page.name not in (outcomes.PAGE, sheets.PAGE):  # their numbers are judged where they stand
            yield from claims.check_prose(without_titles(text), page.name)
        yield from link_faults(text, page, page.name)
    for page in sorted(whole.course.root.glob("*.md")):
        yield from link_faults(page.read_text(encoding="utf-8"), page, page.name)


def without_titles(text: str) -> str:
    """A text without the titles of the invented cases, which are names and claim nothing.

    >>> without_titles('Hand out "One agreement, two banks of a river" to all.')
    'Hand out "" to all.'
    """
    titles = (case.title for case in vignettes.vignettes().values())
    return re.sub("|".join(map(re.escape, titles)) or r"(?!)", "", text)


def word_faults(text: str, where: str) -> Iterator[Fault]:
    """A minor is never called a sex worker; nothing is praised, put off or called out loud."""
    if hit := MINOR.search(without_quotations(text)):
        yield Fault("a minor", where, f"it says {hit[0]!r}; a minor is never called a sex worker")
    if "!" in prose_of(text):
        yield Fault("exclamation mark", where, "it has an exclamation mark")
    if hit := IDLE.search(text):
        yield Fault("idle word", where, f"it says {hit[0]!r}")


def without_quotations(text: str) -> str:
    """A text without what it puts in quotation marks: a word may be named in order to be refused."""
    return re.sub(r"\"[^\"]{1,120}\"|“[^”]{1,120}”|‘[^’]{1,120}’", " ", text)


def prose_of(text: str) -> str:
    """A text without code, addresses, quotations and the one name that has an exclamation mark."""
    text = re.sub(r"```.*?```|`[^`]*`|!(?=\[)|<!--.*?-->|!=|(?<=Model Now)!", " ", text, flags=re.S)
    return without_quotations(re.sub(r"https?://\S+", " ", text))


def texts(whole: Whole) -> Iterator[tuple[str, str]]:
    """Every text of the course that a reader sees, with where it stands."""
    for notebook in whole.notebooks:
        yield from ((cell_of(notebook, cell), cell.source) for cell in notebook.markdown())
    for question in whole.bank:
        parts = [question.case, question.stem, *(option.text for option in question.options.values())]
        yield f"question {question.id}", " ".join([*parts, *(text for _, text, _ in question.reasons())])
    for slug, belief in questions.misconceptions().items():
        yield f"misconception {slug}", f"{belief.belief} {belief.instead}"
    for task in exercises.checks().values():
        words = [task.allowed, task.reason, task.otherwise, *task.hints, *(s.reason for s in task.slips)]
        yield f"check {task.id}", " ".join(words)
    for found in evidence.known_facts().values():
        yield f"fact {found.id}", f"{found.statement} {found.caution}"
    for name in _YAML:
        for text in _strings(read_yaml(whole.course.data / f"{name}.yaml")):
            yield f"{name}.yaml", text
    yield from whole.text_pages()


def cited(whole: Whole) -> Iterator[tuple[str, str]]:
    """Every fact that cells, outputs, cases and terms name; links are read by ``claims``."""
    for notebook in whole.notebooks:
        for cell in notebook.cells:
            # In code a fact is a word in quotation marks; most such words are none.
            code = re.findall(r"[\"']([a-z0-9-]+)[\"']", cell.source) if cell.kind == "code" else []
            shown = re.findall(r"ledger\.md#([a-z0-9-]+)", cell.html)
            yield from ((cell_of(notebook, cell), fact) for fact in (*code, *shown))
    for name in _YAML:
        for text in _strings(read_yaml(whole.course.data / f"{name}.yaml")):
            yield f"{name}.yaml", text


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
