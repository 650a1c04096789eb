"""``nts.brief()``: the answers to the tasks of exercise 13 as one brief, and above it what its form lacks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from .. import _html, evidence
from .._loading import no_such
from .._reading import shown
from ..charts.own import shown_chart
from ..questions import answers as kept
from ..subject import briefs
from ..subject.brief_charts import Chart
from ..subject.brief_tasks import FORMS, TASKS, brief_of
from ..subject.briefs import Brief, form_faults

RIGHT = (
    "The form is right. Whether the brief is, nothing here can say: read it beside the rubric, and let two "
    "others do so."
)
LACKS = "What the form still lacks:"
_TASK = re.compile(r"13-([a-z]+)")
NAMED = 3  # authors of a source
Linked = Callable[[str], Markup]


@dataclass(frozen=True, repr=False)
class EvidenceBrief(_html.Block):
    """A brief as a notebook shows it, with what its form lacks: parts that cannot be read, then the rest.

    said: where it was written, or why not; this alone is shown then.
    """

    brief: Brief
    unread: tuple[str, ...] = ()
    said: str = ""

    @property
    def lacks(self) -> tuple[str, ...]:
        """What the form still lacks, one sentence each."""
        given = {match[1] for fault in self.unread if (match := _TASK.match(fault))}
        rest = (fault for fault in form_faults(self.brief) if not _asks_again(fault, given))
        return (*self.unread, *rest)

    def __repr__(self) -> str:
        if self.said:
            return self.said
        faults = "\n".join(f"- {fault}" for fault in self.lacks)
        said = f"{LACKS}\n{faults}" if faults else RIGHT
        return f"{said}\n{self.brief.question}".strip()

    def __html__(self) -> Markup:
        if self.said:
            return _html.paragraph(self.said)
        said = (
            _html.lines((_html.paragraph("", LACKS), _html.listed(self.lacks)))
            if self.lacks
            else _html.paragraph(RIGHT)
        )
        return _html.lines((said, *body(self.brief, _in_ledger, shown_chart)))


def _asks_again(fault: str, given: set[str]) -> bool:
    """Whether a sentence says "nothing yet" of a part that was given and cannot be read as it stands."""
    part = fault.partition(":")[0].lower().replace("for whom", "question")
    return part in given and ": nothing yet." in fault


def brief(*, answers: Mapping[str, Any] | None = None, write: str | Path | None = None) -> EvidenceBrief:
    """Your brief, from your latest answers to the tasks of exercise 13, below what its form still lacks.

    answers: the parts by the ids of the tasks, in place of yours. write: a folder, or a file that ends in
    ``.html``, for a page that prints on two sheets; nothing is ever overwritten. Raises ValueError for a part
    that there is not.

    >>> brief(answers={"13-limit": "Nobody has checked the cases."}).lacks[0]
    'Question: nothing yet.'
    """
    unread: tuple[str, ...] = ()
    if answers is None:
        answers, unread = _latest()
    elif not isinstance(answers, Mapping):
        raise ValueError(f"answers is {shown(answers)}; the parts by name are wanted, such as {TASKS[0]}")
    for name in answers:
        if name not in TASKS:
            raise ValueError(no_such("part", name, TASKS))
    found, also = brief_of(answers)
    made = EvidenceBrief(found, (*unread, *also))
    if write is None:
        return made
    from .printed import written

    return replace(made, said=written(made.brief, made.lacks, write))


def _latest() -> tuple[dict[str, Any], tuple[str, ...]]:
    """The latest answers to the tasks, drafts too, and a sentence for each that is not finished."""
    found: dict[str, Any] = {}
    faults = []
    for task in TASKS:
        record = kept.latest(task)
        given = record.response if record else None
        if not isinstance(given, list) or not any(given):
            continue
        form = FORMS.get(task)
        try:
            if form is None:
                found[task] = given
            elif form.fits(given) and (value := form.value(given)) is not ...:
                found[task] = value
                faults += [f"{task}: {note}" for note in [form.unfinished(given)] if note]
        except ValueError as error:
            faults.append(f"{task}: {error}.")
    return found, tuple(faults)


# --- the parts of a brief, on any page ----------------------------------------------------------------------


def body(
    brief: Brief, linked: Linked, charted: Callable[[Chart], Markup | _html.Block], ids: str = ""
) -> Iterator[Markup | _html.Block]:
    """The parts that are there, from the question to the sources.

    linked, charted: what gives the link for an entry, and the chart. ids: begins the names of the sources in
    the page, for links to them; none without.

    >>> next(iter(body(Brief("Did cases rise?"), Markup, Markup)))
    Markup('<h3>Did cases rise?</h3>')
    """
    if brief.question:
        yield _html.heading(3, brief.question)
    if brief.reader:
        yield _html.paragraph(brief.reader, "For:")
    if brief.range and brief.range.finding:
        yield _html.paragraph(cited(brief.range.finding, linked), "Finding:")
    if brief.evidence:
        yield from _part("What the evidence says", cited(brief.evidence, linked))
    if brief.range:
        said = Markup("{}{}.").format(str(brief.range), _sources(brief.range.cites, linked))
        yield from _part("The range", said)
    if brief.chart:
        yield charted(brief.chart)
        yield _html.paragraph(brief.chart.of.cannot_tell, "What this table cannot tell:")
    if brief.limit:
        yield from _part("What limits this", cited(brief.limit, linked))
    if brief.positions:
        yield _html.heading(4, "Who holds what")
        yield _html.lines(
            _html.paragraph(_held(found, linked), f"{found.holder}:") for found in brief.positions
        )
    if known := briefs.sound(brief.cites):
        of = _by_source(known)
        yield _html.heading(4, "Sources")
        yield _html.listed(map(_full, of.values()), (f"{ids}{source}" for source in of if ids))


def _by_source(names: tuple[str, ...]) -> dict[str, list[str]]:
    """The entries by their source, so that each source is listed once."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(evidence.fact(name).source, []).append(name)
    return found


def _part(title: str, text: Markup) -> Iterator[Markup]:
    yield _html.heading(4, title)
    yield _html.paragraph(text)


def _held(found: briefs.Position, linked: Linked) -> Markup:
    return Markup("{}{}").format(cited(found.holds, linked), _sources(found.cites, linked))


def cited(text: str, linked: Linked) -> Markup:
    """A text whose ids in square brackets are links in round ones; one that does not resolve stays as it is.

    >>> cited("Signed [law-signing], they say [law-x].", lambda name: Markup("<b>Act</b>"))
    Markup('Signed (<b>Act</b>), they say [law-x].')
    """
    found, at = Markup(), 0
    for bracket in briefs.BRACKETS.finditer(text):
        names = briefs.ids(bracket[1])
        known = briefs.sound(names)
        links = Markup("({})").format(_joined(known, linked)) if names and known == names else bracket[0]
        found += escape(text[at : bracket.start()]) + escape(links)
        at = bracket.end()
    return found + escape(text[at:])


def _sources(names: tuple[str, ...], linked: Linked) -> Markup:
    known = briefs.sound(names)
    return Markup(" ({})").format(_joined(known, linked)) if known else Markup()


def _joined(names: tuple[str, ...], linked: Linked) -> Markup:
    return Markup("; ").join(dict.fromkeys(map(linked, names)))  # two entries may be of one source


def _in_ledger(name: str) -> Markup:
    return evidence.ledger_link(name, evidence.cite(evidence.fact(name).source).short)


def _full(names: list[str]) -> Markup:
    """A source by its short name and in full, then each entry that rests on it."""
    source = evidence.cite(evidence.fact(names[0]).source)
    short = f"{source.short}: " if source.authors or source.shorthand else ""  # else it is the title
    if len(source.authors) > NAMED:
        source = replace(source, authors=(*source.authors[:NAMED], "and others"))
    return Markup("{}{} {}").format(short, source, Markup(" ").join(map(_entry, names)))


def _entry(name: str) -> Markup:
    """Where in its source an entry stands, its id, how it was read, and when it was last checked."""
    fact = evidence.fact(name)
    via = f" Seen in: {evidence.cite(fact.via).short}." if fact.via else ""
    read = f"{evidence.READ[fact.read]}, checked {fact.checked.isoformat()}"
    return Markup("{}. {}{} ({}).").format(fact.locator.rstrip("."), _html.code(f"[{name}]"), via, read)
