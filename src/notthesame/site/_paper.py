"""A page on paper: what its printout says otherwise, leaves out or adds; ``paper.css`` is its sheet.

One page serves both. What only a screen shows is in ``.screen``, what only paper shows in ``.paper``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from markupsafe import Markup

from .. import _html, evidence, questions
from ..evidence import Fact
from ..subject import vignettes

ANSWERS = "with-answers"  # the address #with-answers prints what is in closed blocks too
_SCREEN, _PAPER = '<span class="screen">{}</span>', '<span class="paper">{}</span>'
_SUMMARY = re.compile(r"<details><summary>(.*?)</summary>", re.S)
_HOLDS_A_GUESS = re.compile(
    r"""<details>(?=<summary>(?:(?!</details>|<details).)*<details class="guess">)""", re.S
)
    r'<details>(?=<summary>(?:(?!</details>|<details).)*<details class="guess">)', re.S
)
_GUESS = re.compile(r"(?:Predict|Count yours|Grade|Guess)\b[^:]*\bopen:? ?")
_WHEN = re.compile(r"Open when [^:]*(?:: )?")
_OTHER = re.compile(r"Open (?:after|for)\b[^:]*: |Open for ")
_COUNT = re.compile(r" \([^()]*\)\.?$")
_TAG = re.compile(r"(<(script|style|pre)\b.*?</\2>|<[^>]*>)", re.S)
_CITED = re.compile(r'<a\b[^>]*\bhref="[^"]*ledger\.html#([^"]+)"[^>]*>.*?</a>', re.S)
_BLOCK_OR_CITED = re.compile(rf"<details\b[^>]*>|</details>|{_CITED.pattern}", re.S)
_LINKS = re.compile(r'<p>(?=<a href="[^"]*exercises/[^"]*">Exercise</a>, <a\b[^>]*>solution</a>)')
_STEPS = re.compile(
    r",? (?:then|and) open (?:it|them|the blocks?(?: below)?|the table|each block)\b"
    r"|,? before you open (?:it|them|the table)\b"
    r"| ?Without a kernel, open the cases below\."
    r"| ?The first folded cell shows it\."
    r"|In JupyterLab the rest is folded: press (?:&quot;|\"|&#34;)cells hidden(?:&quot;|\"|&#34;) below\."
)
_KERNEL = re.compile(r"Without a kernel, (\w)")


Place = tuple[str, str, str, str]  # source, locator, through which other source, how it was read


def ready(body: str, sheet: bool = True) -> str:
    """The body of a page with what its printout needs. sheet: whether it is a notebook's, with questions.

    >>> ready("<p>Predict it, then open the block.</p>")
    '<p>Predict it<span class="screen">, then open the block</span>.</p>'
    """
    body = _worded(_blocks(_without_ids(_LINKS.sub('<p class="screen">', body))))
    return _with_notes(body) if sheet else body


def stylesheet() -> str:
    """The sheet for print."""
    return (Path(__file__).with_name("paper.css")).read_text(encoding="utf-8")


# --- closed blocks ------------------------------------------------------------------------------------------


def _blocks(body: str) -> str:
    """Closed blocks by what paper makes of them: ``guess`` and ``when`` leave a line, a ``case`` is open."""
    return _HOLDS_A_GUESS.sub('<details class="case">', _SUMMARY.sub(_block, body))


def _block(found: re.Match[str]) -> str:
    words = found[1]
    kind, said = _on_paper(words)
    named = f' class="{kind}"' if kind else ""
    screen, paper = _SCREEN.format(words), f'<span class="paper said">{said}</span>'
    return f"<details{named}><summary>{screen}{paper}</summary>"


def _on_paper(summary: str) -> tuple[str, str]:
    """The kind of a block, and its name where nothing can be opened."""
    if summary.startswith("Answer first"):
        return "", "Answer and reasons"
    if start := _GUESS.match(summary):
        return "guess", _begun(_COUNT.sub("", summary[start.end() :]) or summary)
    if re.match(r"\d+\. ", summary):  # a question of a game; its answer is inside
        return "guess", summary
    if start := _WHEN.match(summary):
        return "when", _begun(summary[start.end() :] or "An answer")
    start = _OTHER.match(summary)
    return "", _begun(summary[start.end() :] if start else _COUNT.sub("", summary))


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


# --- words --------------------------------------------------------------------------------------------------


def _worded(body: str) -> str:
    """Words about pressing and opening are for the screen; a printout goes without them."""
    return _in_text(body, lambda text: _KERNEL.sub(_kernel, _STEPS.sub(_hidden, text)))


def _hidden(found: re.Match[str]) -> str:
    return _SCREEN.format(found[0])


def _kernel(found: re.Match[str]) -> str:
    return _SCREEN.format(found[0]) + _PAPER.format(found[1].upper())


def _in_text(body: str, change: Callable[[str], str]) -> str:
    """The body with its text changed, outside tags, scripts and code."""
    parts = _TAG.split(body)  # text, tag, name of an element taken whole, text, ...
    kept = [part if place % 3 else change(part) for place, part in enumerate(parts) if place % 3 != 2]
    return "".join(kept)


def _without_ids(body: str) -> str:
    """The names that a notebook types for cases and questions, for the screen only."""
    names = "|".join(map(re.escape, (*vignettes.vignettes(), *questions.known_questions())))
    alone, first = rf" \(<code>(?:{names})</code>\)", rf"<code>(?:{names})</code>, "
    return re.sub(f"{alone}|{first}", _hidden, body)


# --- sources ------------------------------------------------------------------------------------------------


def _with_notes(body: str) -> str:
    """A number after each link to the ledger, and at the end, under that number, its source.

    What only closed blocks cite comes last, for a printout with answers.
    """
    cited = list(_cited(body))
    seen = list(dict.fromkeys(_place(fact) for fact, closed in cited if not closed))
    every = list(dict.fromkeys([*seen, *(_place(fact) for fact, _ in cited)]))

    def numbered(found: re.Match[str]) -> str:
        fact = evidence.known_facts().get(found[1])
        return f'{found[0]}<sup class="paper">{every.index(_place(fact)) + 1}</sup>' if fact else found[0]

    return _CITED.sub(numbered, body) + str(_sources(every, len(seen))) if every else body


def _cited(body: str) -> Iterator[tuple[Fact, bool]]:
    """The facts that a body links, in their order, and whether only a closed block shows this link."""
    opened: list[bool] = []  # of each block around the place, whether it is closed on paper
    for found in _BLOCK_OR_CITED.finditer(body):
        if found[0] == "</details>":
            opened.pop()
        elif found[0].startswith("<details"):
            opened.append('class="case"' not in found[0])
        elif fact := evidence.known_facts().get(found[1]):
            yield fact, any(opened)


def _place(fact: Fact) -> Place:
    return fact.source, fact.locator.rstrip("."), fact.via, fact.read


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
