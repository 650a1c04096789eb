"""``find("hotline")``: entries of the ledger that have some words, ready to be cited, and tables on them."""

from __future__ import annotations

import difflib
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from .. import _html
from .._reading import shown
from .._words import bare
from ..course import course, read_once
from .facts import READ, Fact, known_facts
from .labels import ledger_link
from .sources import cite, sources_named
from .tables import descriptor, table_names

MOST, MOST_TABLES = 12, 4
_OTHER = "To see others, take other or rarer words."
PREFIX = 4  # letters from which the beginning of a word counts as well
_SMALL = """
    a about an and are as at be by can did do does for from has have how in is it many of on or than
    that the there to was were what which who why with
"""
_ADS = ("ads", "advert", "adverts", "advertisement", "advertisements")
_COPY = "Copy an id with its brackets into your text. Read the caution before you lean on an entry."
Weights = Mapping[str, float]  # of the words of an entry


@dataclass(frozen=True, repr=False)
class Found(_html.Block):
    """What a search found: entries and names of tables, the best first, and lines that say how it went."""

    lines: tuple[str, ...]
    facts: tuple[Fact, ...]
    tables: tuple[str, ...] = ()

    HEADS = ("To cite", "What the entry says", "Source, and how it was read", "Caution")

    def __repr__(self) -> str:
        rows = ((f"[{fact.id}] {fact.statement}", f"{_short(fact)}: {READ[fact.read]}.", fact.caution)
                for fact in self.facts)  # fmt: skip
        told = (" ".join(filter(None, row)) for row in rows)
        return "\n".join((*self.lines, *told, *map(_titled, self.tables)))

    def __html__(self) -> Markup:
        parts = [_html.paragraphs(self.lines)]
        if self.facts:
            parts.append(_html.table("Entries of the ledger", self.HEADS, map(_row, self.facts)))
        links = (
            _html.link(course().link_to_data(f"tables/{name}.csv"), _titled(name)) for name in self.tables
        )
        return _html.lines((*parts, *map(_html.paragraph, links)))


def _row(fact: Fact) -> tuple[str, ...]:
    source = Markup("{}: {}").format(ledger_link(fact.id, _short(fact)), READ[fact.read])
    return _html.code(f"[{fact.id}]"), sources_named(fact.statement), source, sources_named(fact.caution)


def _short(fact: Fact) -> str:
    return cite(fact.source).short + (f" via {cite(fact.via).short}" if fact.via else "")


def _titled(table: str) -> str:
    return f"Table \u201c{descriptor(table)['title']}\u201d ({table})"


def find(words: str) -> Found:
    """Entries of the ledger that have these words, ready to be cited in a brief, and tables on them.

    words: a few plain words, or an id. At most twelve entries: those with all of the words, then those that
    lack one; where there are none, those with any, or with the nearest word. Entries from memory are left
    out. Raises ValueError for no text.

    >>> find("trafficking hotline 2017").facts[0].id
    'prevalence-hotline-2017'
    """
    if not isinstance(words, str) or not _stems(words):
        raise ValueError(f'find({shown(words)}): give a few words in quotation marks, as in find("hotline")')
    facts, tables = _index()
    if (name := words.strip(" []")) in facts:
        return Found((_COPY,), (known_facts()[name],))
    asked = [word for word in _stems(words) if word not in _SMALL.split()] or _stems(words)
    scores, titles = _scores(asked, facts), _best(_scores(asked, tables), len(asked))
    if scores:
        names, said = _matching(scores, len(asked))
    else:
        asked = list(filter(None, (_near(word, _known(facts)) for word in asked)))
        near = f" Nearest: {', '.join(asked)}." if asked else ""
        said, names = f"No entry of the ledger has {shown(words)}.{near}", _best(_scores(asked, facts), 1)
    lines = filter(None, (said, _COPY if names else ""))
    return Found(
        tuple(lines), tuple(known_facts()[name] for name in names[:MOST]), tuple(titles[:MOST_TABLES])
    )


# --- words --------------------------------------------------------------------------------------------------


def _stems(text: str) -> list[str]:
    return [_stem(word) for word in re.findall(r"[^\W_]+", bare(text))]


def _stem(word: str) -> str:
    """The word without the commonest endings, so that "surveys" finds "survey"; an advert is an ad."""
    if word in _ADS:
        return "ad"
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss"):
            return word[: -len(ending)] + instead
    return word


@read_once
def _index() -> tuple[Mapping[str, Weights], Mapping[str, Weights]]:
    """The words of each entry that may be cited, and of each table, with how much a word says there."""
    facts = {fact.id: _weights(_texts(fact)) for fact in known_facts().values() if fact.read != "recalled"}
    tables = {name: _weights(_of_table(name)) for name in table_names()}
    return facts, tables


def _texts(fact: Fact) -> Iterator[tuple[float, str]]:
    source = cite(fact.source)
    yield 4, fact.id
    yield 3, fact.statement
    yield 2, f"{source.short} {source.title} {' '.join(source.authors)} {fact.source}"
    yield 1, " ".join((fact.caution, *fact.about.values(), *(value.what for value in fact.values.values())))


def _of_table(name: str) -> Iterator[tuple[float, str]]:
    yield 4, name
    yield 3, descriptor(name)["title"]


def _weights(texts: Iterable[tuple[float, str]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for weight, text in texts:
        found |= {word: weight for word in _stems(text) if word not in found}
    return found


def _known(index: Mapping[str, Weights]) -> set[str]:
    return {word for weights in index.values() for word in weights}


def _near(word: str, known: set[str]) -> str:
    return next(iter(difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.7)), "")


Scores = Mapping[str, tuple[int, float]]  # how many of the words an entry has, and how much they say there


def _scores(asked: Iterable[str], index: Mapping[str, Weights]) -> Scores:
    """The scores of those that have one of the words: more for a rare word, and for one in a name."""
    held = Counter(word for weights in index.values() for word in weights)
    asked, scores = list(asked), {}
    for name, weights in index.items():
        hits = [hit for word in asked if (hit := _hit(word, weights))]
        if hits:
            size = sum(weights[hit] * math.log(1 + len(index) / held[hit]) for hit in hits)
            scores[name] = (len(hits), size)
    return scores


def _best(scores: Scores, least: int) -> list[str]:
    """Those that have as many of the words, or else any of them, the best first."""
    whole = {name: score for name, score in scores.items() if score[0] >= least} or scores
    return sorted(whole, key=lambda name: whole[name], reverse=True)


def _matching(scores: Scores, asked: int) -> tuple[list[str], str]:
    """The entries that have all of the words, then those that lack one, and a line that says how many.

    Where none has all, those that have any.
    """
    whole = sum(score[0] == asked for score in scores.values())
    if not whole:
        names = _best(scores, 1)
        return names, f"No entry has all of these words; those with most of them come first. {_OTHER}"
    names = _best(scores, max(1, asked - 1))
    if whole > MOST:
        words = "all of these words" if asked > 1 else "this word"
        return names, f"{whole} entries have {words}; the best {MOST} are here. {_OTHER}"
    if whole == len(names):
        return names, ""
    come = (
        "entry has all of these words and comes" if whole == 1 else "entries have all of these words and come"
    )
    return names, f"{whole} {come} first; those that follow lack one."


def _hit(word: str, weights: Weights) -> str:
    if word in weights:
        return word
    return next((held for held in weights if len(word) >= PREFIX and held.startswith(word)), "")
