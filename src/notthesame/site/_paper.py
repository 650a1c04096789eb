"""A page on paper: what its printout says otherwise, leaves out or adds; ``paper.css`` is its sheet.

One page serves both. What only a screen shows is in ``.screen``, what only paper shows in ``.paper``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from markupsafe import Markup, escape

from .. import _html, evidence
from ..evidence import Fact
from ..evidence.sources import sources_named
from ..subject import vignettes

ANSWERS = "with-answers"  # the address #with-answers prints what is in closed blocks too
Place = tuple[str, str, str, str]  # source, place in it, through which other source, how it was read
_SCREEN, _PAPER = '<span class="screen">{}</span>', '<span class="paper">{}</span>'
_SUMMARY = re.compile(r"(<details)(><summary\b[^>]*>)(.*?)(</summary>)", re.S)
_PLAIN = re.compile(r"<details(?=>)")
_LAB = re.compile(r'<section class="nts-(?!question\b).*?</section>', re.S)
_GUESS = re.compile(r"(?:Predict|Count yours|Grade|Guess)\b[^:]*\bopen:? ?")
_WHEN = re.compile(r"Open when [^:]*(?:: )?")
_TOLD = re.compile(r"Open (?:after|for)\b[^:]*: |Open for |(?=The data of )")
_COUNT = re.compile(r" \([^()]*\)\.?$")
_TAG = re.compile(r"(<(script|style|pre|summary)\b.*?</\2>|<[^>]*>)", re.S)
_CITED = re.compile(r'<a\b[^>]*\bhref="[^"]*ledger\.html#([^"]+)"[^>]*>(.*?)</a>', re.S)
_BLOCK_OR_CITED = re.compile(rf"<details\b[^>]*>|</details>|{_CITED.pattern}", re.S)
_LINKS = re.compile(r'<p>(?=<a href="[^"]*exercises/[^"]*">Exercise</a>, <a\b[^>]*>solution</a>)')
_ABOUT_A_CELL = re.compile(
    r"<p>(?=(?:To [^.<]*, run the cell|The next cell|(?:<[^>]*>)*(?:Spare questions|Keep the brief|Go on))\b)"
)
_SIGN = re.compile(r", then run the cell, in which <code>[^<]*</code> \w+(?=\.)")
_ASKED = re.compile(r'(<section class="nts-question\b[^>]*)( data-question="([^"]+)")')
_LABELLED = re.compile(r"(?<=>Evidence label): [^<]*(?=</caption)")
_NAME = re.compile(r"(?P<before> \(|Claim )?<code>(?P<name>[a-z]?\d\d?-[\w-]+)</code>(?P<after>\)|, | )?")
_ELSEWHERE = re.compile(r"<li>(?=[^<]*<code>q\d-[\w-]+</code> \(its text stands under Q\d\)</li>)")
_NODE = re.compile(r"q\d-")  # of the argument map
_QUOTE = '(?:&quot;|"|&#34;)'
_STEPS = re.compile(
    r",? (?:then|and) open (?:it|them|the blocks?(?: below)?|the table|each block)\b"
    r"|,? (?:and open|before you (?:open|run) (?:it|them|the table|the picture)\b)(?=[.:,])"
    r"|,? (?:then run|and run) (?:it again|it|the cell)\b(?=[.:,])"
    r"| ?(?:Without a kernel, )?[Oo]pen the (?:cases|tables) below\."
    r"| ?The first folded cell shows it\."
    r"| ?Run the first cell first\."
    rf"|In JupyterLab the rest is folded: press {_QUOTE}cells hidden{_QUOTE} below\."
    r"|(?P<kernel>(?:Without a kernel|Before you open the block), (?P<begin>\w))"
)


def ready(body: str, sheet: bool = True) -> str:
    """The body of a page with what its printout needs. sheet: whether it is a notebook's, with questions.

    >>> ready("<p>Predict it, then open the block.</p>")
    '<p>Predict it<span class="screen">, then open the block</span>.</p>'
    """
    for whole in (_LINKS, _ABOUT_A_CELL):
        body = whole.sub('<p class="screen">', body)
    body = _SIGN.sub(_hidden, _LABELLED.sub(_hidden, body))
    body = _ELSEWHERE.sub('<li class="screen">', body)  # without its name it says nothing
    body = _in_text(_blocks(_named(body)), partial(_STEPS.sub, _step))
    return _with_notes(body) if sheet else body


def stylesheet() -> str:
    """The sheet for print."""
    return (Path(__file__).with_name("paper.css")).read_text(encoding="utf-8")


# --- closed blocks ------------------------------------------------------------------------------------------


def _blocks(body: str) -> str:
    """Closed blocks by what paper makes of them.

    ``guess`` and ``when`` leave a line to write on; a ``case``, what a lab works on, is open; what is
    ``told`` stays closed, and so does the rest.
    """
    return _LAB.sub(_cases, _SUMMARY.sub(_block, body))


def _cases(lab: re.Match[str]) -> str:
    return _PLAIN.sub(r'\g<0> class="case"', lab[0])


def _block(found: re.Match[str]) -> str:
    start, opened, words, end = found.groups()
    kind, said = _on_paper(words)
    named = f' class="{kind}"' if kind else ""
    return f'{start}{named}{opened}{_SCREEN.format(words)}<span class="paper said">{said}</span>{end}'


def _on_paper(summary: str) -> tuple[str, str]:
    """The kind of a block, and its name where nothing can be opened."""
    if summary.startswith("Answer first"):
        return "told", "Answer and reasons"
    if start := _GUESS.match(summary):
        return "guess", _begun(_COUNT.sub("", summary[start.end() :])) or summary.partition(", then")[0]
    if re.match(r"\d+\. ", summary):  # a question of a game; its answer is inside
        return "guess", summary
    if start := _WHEN.match(summary):
        return "when", _begun(summary[start.end() :] or "An answer")
    if start := _TOLD.match(summary):
        return "told", _begun(summary[start.end() :])
    return "", _begun(_COUNT.sub("", summary))


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


# --- words --------------------------------------------------------------------------------------------------


def _hidden(found: re.Match[str]) -> str:
    return _SCREEN.format(found[0])


def _step(found: re.Match[str]) -> str:
    """Words about running and opening are for the screen; a printout goes without them."""
    return _hidden(found) + (_PAPER.format(found["begin"].upper()) if found["kernel"] else "")


def _in_text(body: str, change: Callable[[str], str]) -> str:
    """The body with its text changed, outside tags, scripts, code and the names of blocks."""
    parts = _TAG.split(body)  # text, tag, name of an element taken whole, text, ...
    kept = [part if place % 3 else change(part) for place, part in enumerate(parts) if place % 3 != 2]
    return "".join(kept)


def _named(body: str) -> str:
    """Questions with their number on this page; what a notebook types for a question or case, in words."""
    numbers = {found[3]: at for at, found in enumerate(_ASKED.finditer(body), 1)}
    body = _ASKED.sub(lambda found: f'{found[1]} data-number="{numbers[found[3]]}"{found[2]}', body)
    return _NAME.sub(partial(_in_words, numbers), body)


def _in_words(numbers: dict[str, int], found: re.Match[str]) -> str:
    before, name, after = found["before"] or "", found["name"], found["after"] or ""
    code = f"<code>{name}</code>"
    if before and after == ")":
        return _SCREEN.format(found[0])
    if _NODE.match(name) and before == "Claim ":
        return "Claim" + _SCREEN.format(f" {code} ") + _PAPER.format(": ")
    if _NODE.match(name):
        return before + _SCREEN.format(code + after)
    if before and after == ", ":
        return before + _SCREEN.format(code + after)
    case, number = vignettes.vignettes().get(name), numbers.get(name)
    if case is None and number is None:
        return found[0]
    words = f"question {number}" if case is None else f"&quot;{escape(case.title)}&quot;"
    return before + _SCREEN.format(code) + _PAPER.format(words) + after


# --- sources ------------------------------------------------------------------------------------------------


def _with_notes(body: str) -> str:
    """A number after each link to the ledger, and at the end, under that number, its source.

    What only closed blocks cite comes last, for a printout with answers.
    """
    cited = list(_cited(body))
    seen = list(dict.fromkeys(_place(fact) for fact, closed in cited if not closed))
    every = list(dict.fromkeys([*seen, *(_place(fact) for fact, _ in cited)]))

    def numbered(found: re.Match[str]) -> str:
        fact = _facts().get(found[1])
        if fact is None:
            return found[0]
        shown = _hidden(found) if found[2] == fact.id else found[0]  # on paper an id says nothing
        return f'{shown}<sup class="paper">{every.index(_place(fact)) + 1}</sup>'

    return _CITED.sub(numbered, body) + str(_sources(every, len(seen))) if every else body


def _cited(body: str) -> Iterator[tuple[Fact, bool]]:
    """The facts that a body links, in their order, and whether only a closed block shows this link."""
    opened: list[bool] = []  # of each block around the place, whether it is closed on paper
    for found in _BLOCK_OR_CITED.finditer(body):
        if found[0] == "</details>":
            opened.pop()
        elif found[0].startswith("<details"):
            opened.append('class="case"' not in found[0])
        elif fact := _facts().get(found[1]):
            yield fact, any(opened)


def _facts() -> Mapping[str, Fact]:
    try:
        return evidence.known_facts()
    except FileNotFoundError:  # a course without facts
        return {}


def _place(fact: Fact) -> Place:
    return fact.source, sources_named(fact.locator.rstrip(".")), fact.via, fact.read


def _sources(places: Sequence[Place], seen: int) -> Markup:
    """The list; the first ``seen`` places stand in what paper shows, the others in closed blocks."""
    items = (
        Markup("<li{}>{}</li>").format("" if at < seen else Markup(' class="behind"'), _note(place, first))
        for at, (place, first) in enumerate(zip(places, _first(places), strict=True))
    )
    shown = Markup('\n<section class="paper sources"><h2>Sources</h2>\n<ol>\n{}\n</ol>\n</section>')
    return shown.format(_html.lines(items))


def _first(places: Sequence[Place]) -> list[int]:
    """For each place the number of the first note on the same source."""
    keys = [place[0] for place in places]
    return [keys.index(key) + 1 if keys.index(key) < at else 0 for at, key in enumerate(keys)]


def _note(place: Place, first: int) -> str:
    """A source in full, or, where note ``first`` has it in full, its short name; then the place in it."""
    key, locator, via, read = place
    source = evidence.cite(key)
    named = f"{source.short} (note {first})," if first else str(source)
    through = f" As reported by {evidence.cite(via)}" if via else ""
    how = "" if read == "primary" else f" Read {evidence.READ[read]}."
    return f"{named} {locator}.{through}{how}"
