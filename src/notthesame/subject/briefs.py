"""An evidence brief as data, the ledger entries that it cites, and what its form still lacks.

Only the form is looked at: whether sources resolve, a range has two ends, a limit says what would change it,
each position is cited from its own holder, and all of it fits two pages. What a brief thinks is not judged.
``brief_tasks`` has the forms that ask for the parts, and what a file of checks needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .. import evidence
from .._loading import no_such
from .._reading import narrow
from .._words import bare, counted, plain_number
from .brief_charts import Chart

# The fewest and the most words of each part: together with the chart, two printed pages.
ASKED, FOR_WHOM, EVIDENCE, FINDING, LIMIT = (4, 30), (1, 12), (120, 250), (8, 40), (25, 80)
OF, HOLDER, HOLDS = (1, 12), (1, 12), (5, 50)
LEAST_SOURCES, MOST_SOURCES = 2, 10
LEAST_POSITIONS, MOST_POSITIONS = 2, 4
BRACKETS = re.compile(r"\[([^\[\]]*)\]")  # what a text cites stands in them
_DASHES = re.compile("[\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}]")  # as a word processor has them
_AN_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_CHANGE = re.compile(r"\b(would|could|might|if|unless|until|once)\b", re.I)
# Words that many holders share, so that one of them alone names nobody.
_COMMON = """
    a against and center centre coalition collective committee council court de department european
    exploitation for girls global government human in institute international model national nations
    network of office on organisation organization people project prostitution report rights sex
    sexual states supreme the to trafficking uk united us usa violence women work worker workers
    working
"""


@dataclass(frozen=True)
class Range:
    """A range with what its numbers count, and the finding; an end is None where no number was given."""

    low: float | None
    high: float | None
    of: str
    cites: tuple[str, ...] = ()
    finding: str = ""

    def __str__(self) -> str:
        low, high = ("?" if end is None else plain_number(end) for end in (self.low, self.high))
        return f"From {low} to {high}" + (f": {self.of}" if self.of else "")


@dataclass(frozen=True)
class Position:
    """What somebody holds, and the ledger entries that say so."""

    holder: str
    holds: str
    cites: tuple[str, ...] = ()


@dataclass(frozen=True)
class Brief:
    """An evidence brief; a part that is not there yet is empty or None.

    >>> Brief(question="Did calls rise?").cites
    ()
    """

    question: str = ""
    reader: str = ""
    evidence: str = ""
    range: Range | None = None
    limit: str = ""
    positions: tuple[Position, ...] = ()
    chart: Chart | None = None

    @property
    def cites(self) -> tuple[str, ...]:
        """The ids of every ledger entry that it cites, each once, in the order of its parts."""
        parts = [*citations(self.range.finding if self.range else ""), *citations(self.evidence)]
        parts += self.range.cites if self.range else ()
        parts += [*citations(self.limit), *(name for found in self.positions for name in found.cites)]
        return tuple(dict.fromkeys(parts))


# --- citations ----------------------------------------------------------------------------------------------


def citations(text: str) -> tuple[str, ...]:
    """The ids that a text cites in square brackets, each once, in their order; "[...]" is none.

    >>> citations("Calls rose [law-signing; law-palermo-elements], and again [law-signing] [...].")
    ('law-signing', 'law-palermo-elements')
    """
    return tuple(dict.fromkeys(name for inside in BRACKETS.findall(text) for name in ids(inside)))


def ids(text: str) -> tuple[str, ...]:
    """The ids in a box that holds nothing else, with or without brackets; a link's end after # will do.

    >>> ids("[law-signing], ../data/ledger.md#law-palermo-elements")
    ('law-signing', 'law-palermo-elements')
    """
    typed = re.split(r"[\s,;\[\]()\"'`]+", _DASHES.sub("-", narrow(text)).casefold())
    found = (part.rpartition("#")[2].strip(".:\N{HORIZONTAL ELLIPSIS}") for part in typed)
    return tuple(dict.fromkeys(filter(None, found)))


def unresolved(cited: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each id that a brief cannot rest on: unknown, a source's key, or from memory only.

    >>> unresolved(["law-signing", "law-sining"])
    ('One id is not in the ledger: law-sining. Nearest: law-signing.',)
    """
    return tuple(filter(None, map(_unresolved, cited)))


def _unresolved(name: str) -> str:
    found = evidence.known_facts().get(name)
    if found and found.read != "recalled":
        return ""
    if found:
        return f"{name} was written from memory and not checked, so no brief can rest on it."
    resting = [fact.id for fact in evidence.known_facts().values() if fact.source == name]
    if resting:
        return f"{name} is the key of a source; cite an entry that rests on it: {', '.join(resting[:3])}."
    nearest = no_such("id", name, evidence.known_facts()).partition("Nearest: ")
    return f"One id is not in the ledger: {name}. {''.join(nearest[1:])}".strip()


def id_faults(text: str) -> tuple[str, ...]:
    """A sentence for each id of a text that does not resolve, or that stands outside square brackets.

    >>> id_faults("Signed (law-signing).")
    ('The id law-signing stands in no square brackets, so it cites nothing; write [law-signing].',)
    """
    outside = _DASHES.sub("-", BRACKETS.sub(" ", text)).casefold()
    loose = [name for name in dict.fromkeys(_AN_ID.findall(outside)) if name in evidence.known_facts()]
    told = "stands in no square brackets, so it cites nothing; write"
    return (*unresolved(citations(text)), *(f"The id {name} {told} [{name}]." for name in loose))


def sound(cited: Iterable[str]) -> tuple[str, ...]:
    """Those of the ids that a brief can rest on.

    >>> sound(["law-signing", "law-sining"])
    ('law-signing',)
    """
    return tuple(name for name in cited if not _unresolved(name))


# --- holders ------------------------------------------------------------------------------------------------


def speaks_for(holder: str, fact_id: str) -> bool:
    """Whether the source of an entry is the holder's own: its authors, publisher or short name say so.

    >>> speaks_for("Catharine MacKinnon", "debate-mackinnon"), speaks_for("CATW", "debate-mackinnon")
    (True, False)
    """
    source = evidence.cite(evidence.fact(fact_id).source)
    names = [*source.authors, source.publisher, source.shorthand, *([] if source.authors else [source.title])]
    known = {word for name in names for word in _words(name)}
    known |= {"".join(re.findall(r"\b[A-Z]", name)).casefold() for name in names}
    wanted = set(_words(holder))
    telling = {word for word in wanted.difference(_COMMON.split()) if len(word) > 2}
    if len(telling) > 1 and telling <= set(_words(source.title)):  # "Report of the Special Rapporteur on ..."
        return True
    return bool(telling & known) if telling else bool(wanted) and wanted <= known


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", bare(name))


# --- what the form lacks ------------------------------------------------------------------------------------


def form_faults(brief: Brief) -> tuple[str, ...]:
    """What the form of a brief lacks, one sentence each with its part; nothing where the form is right.

    >>> form_faults(Brief(question="Did reports to the hotline rise?", reader="A city council"))[0]
    'Evidence: nothing yet.'
    """
    return (
        *question_faults(brief.question, brief.reader),
        *evidence_faults(brief.evidence),
        *range_faults(brief.range),
        *limit_faults(brief.limit),
        *positions_faults(brief.positions),
        *([] if brief.chart else ["Chart: nothing yet. Choose one in the chart lab, and keep it."]),
        *_too_many(brief.cites),
    )


def question_faults(question: str, reader: str) -> Iterator[str]:
    """What the question lacks.

    >>> list(question_faults("Calls rose", "A council"))
    ['Question: it has 2 words; 4 to 30 are wanted.', 'Question: it ends in no question mark.']
    """
    yield from _length("Question", question, ASKED)
    if question and not question.rstrip().endswith("?"):
        yield "Question: it ends in no question mark."
    yield from _length("For whom", reader, FOR_WHOM)


def evidence_faults(text: str) -> Iterator[str]:
    """What the evidence lacks: its length, two entries that resolve.

    >>> list(evidence_faults("Calls rose [law-signing]. " * 60))
    ['Evidence: it cites 1 entry of the ledger; at least 2 are wanted.']
    """
    yield from _length("Evidence", text, EVIDENCE)
    yield from (f"Evidence: {fault}" for fault in id_faults(text))
    if text and (number := len(citations(text))) < LEAST_SOURCES:
        entries = "entry" if number == 1 else "entries"
        yield f"Evidence: it cites {number} {entries} of the ledger; at least {LEAST_SOURCES} are wanted."


def range_faults(found: Range | None) -> Iterator[str]:
    """What the range lacks: two numbers, the lower first, what they count, where they are from, a finding.

    >>> finding = "Between a tenth and a fifth of them said so."
    >>> list(range_faults(Range(20, 10, "per cent", ("law-signing",), finding)))
    ['Range: 20 is not below 10; the lowest comes first.']
    """
    if found is None:
        yield "Range: nothing yet."
        return
    if found.low is None or found.high is None:
        yield "Range: both ends are numbers, such as 10 and 20.5."
    elif found.low == found.high:
        yield f"Range: both ends are {plain_number(found.low)}; one number is no range."
    elif found.low > found.high:
        low, high = map(plain_number, (found.low, found.high))
        yield f"Range: {low} is not below {high}; the lowest comes first."
    yield from _length("Range, what it counts", found.of, OF)
    yield from _cited("Range", found.cites)
    yield from _length("Finding", found.finding, FINDING)
    yield from (f"Finding: {fault}" for fault in id_faults(found.finding))


def limit_faults(text: str) -> Iterator[str]:
    """What the limit lacks: its length, and what would change it.

    >>> list(limit_faults("word " * 30))
    ['Limit: it does not say what would change it, with would, could, if, unless or until.']
    """
    yield from _length("Limit", text, LIMIT)
    if text and not says_what_would_change(text):
        yield "Limit: it does not say what would change it, with would, could, if, unless or until."
    yield from (f"Limit: {fault}" for fault in id_faults(text))


def says_what_would_change(text: str) -> bool:
    """Whether a limit has a word for what would change it.

    >>> says_what_would_change("A random sample would tell."), says_what_would_change("It is small.")
    (True, False)
    """
    return bool(_CHANGE.search(text))


def positions_faults(positions: Iterable[Position]) -> Iterator[str]:
    """What the positions lack: two holders at least, each cited from a source of its own.

    >>> list(positions_faults([Position("Moen", "It can be chosen as other work can.", ("debate-moen",))]))
    ['Positions: there is 1 holder; at least 2 are wanted.']
    """
    positions = tuple(positions)
    if not positions:
        yield "Positions: nothing yet."
        return
    holders = {tuple(_words(found.holder)) for found in positions}
    if len(holders) < LEAST_POSITIONS:
        yield f"Positions: there is {counted(len(holders), 'holder')}; at least {LEAST_POSITIONS} are wanted."
    for found in positions:
        yield from _position(found)


def _position(found: Position) -> Iterator[str]:
    where = f"Position of {found.holder or 'nobody yet'}"
    yield from _length(f"{where}, the holder", found.holder, HOLDER)
    yield from _length(where, found.holds, HOLDS)
    yield from _cited(where, found.cites)
    if not is_its_holders(found):
        cited = "; ".join(f"{name} is from {_from(name)}" for name in sound(found.cites))
        yield f"{where}: no source is the holder's own. {cited}. Cite the holder, or name them as it does."


def is_its_holders(found: Position) -> bool:
    """Whether a source of the holder is among those cited; also where none resolves, which is said elsewhere.

    >>> is_its_holders(Position("CATW", "It harms.", ("debate-moen",)))
    False
    """
    known = sound(found.cites)
    return not (known and found.holder) or any(speaks_for(found.holder, name) for name in known)


def _from(name: str) -> str:
    source = evidence.cite(evidence.fact(name).source)
    return f"{source.short} ({', '.join(source.authors[:2])})" if source.shorthand else source.short


def _cited(where: str, cited: tuple[str, ...]) -> Iterator[str]:
    if not cited:
        yield f"{where}: it cites no entry of the ledger."
    yield from (f"{where}: {fault}" for fault in unresolved(cited))


def _length(where: str, text: str, ends: tuple[int, int]) -> Iterator[str]:
    low, high = ends
    words = len(text.split())
    if not words:
        yield f"{where}: nothing yet."
    elif not low <= words <= high:
        wanted = f"{low} to {high} are wanted" if low > 1 else f"at most {high} are wanted"
        yield f"{where}: it has {counted(words, 'word')}; {wanted}."


def _too_many(cited: tuple[str, ...]) -> Iterator[str]:
    if len(cited) > MOST_SOURCES:
        yield (
            f"Length: it cites {len(cited)} entries of the ledger; with more than {MOST_SOURCES} its list of "
            "sources leaves no room on two pages."
        )
