"""Slides in one file: each case and its verdicts, each vote and its reasons, in the order of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from markupsafe import Markup

from ... import _html
from ..._words import capital
from ...plans import Block, Session
from ...plans.notes import said
from ...questions import Question
from ...questions.pointers import in_words
from ...questions.replies import number_of, wanted
from ...subject.comparison import SIGNS
from ...subject.definitions import ON_PAGE, Element, Verdict, feature, instrument, on_page, verdicts
from ...subject.vignettes import Vignette, vignette
from .. import items
from . import sheets

MOST = 1100  # characters of reasons on a slide; the rest goes on the next
NAMED = 2  # features that are named one by one; of more the group is named
GROUPS = {
    "act": "an act of its list",
    "means": "a means of its list",
    "means_or_age": "a means of its list, or an age under 18",
    "purpose": "a purpose of its list",
}


def slides(session: Session, paper: str, minors: bool = True) -> bytes:
    """The slides of a session, as one file that needs no other and no network.

    >>> from notthesame.plans import plan
    >>> slides(plan("90-minutes").sessions[0], "a4")[:15]
    b'<!doctype html>'
    """
    parts = [*_opening(session)]
    shown: set[str] = set()
    for block in session.blocks:
        parts += _block(session, block, shown, minors)
    for label, asked in sheets.labelled(session, "Exit ticket,", session.exit, minors):
        parts += _question(label, asked)
    parts.append(_slide("Thank you", _html.paragraph("Where to find help: the list by the door.")))
    style = Path(__file__).with_suffix(".css").read_text(encoding="utf-8") + sheets.size_of(paper, wide=True)
    script = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    made = _html.document(f"{items.COURSE}: {session.name}", style, _html.lines(parts), script)
    return items.writable(str(made)).encode("utf-8")


def _slide(title: str, body: Markup, kind: str = "slide") -> Markup:
    return _html.division(kind, _html.lines((_html.heading(1, title), body)), "section")


def _opening(session: Session) -> Iterator[Markup]:
    yield _slide(session.name, _html.paragraph(items.COURSE), "slide title")
    yield _slide("In this room", _html.paragraphs(said("guide.md", "Room rules")[:1]))


def _block(session: Session, block: Block, shown: set[str], minors: bool) -> Iterator[Markup]:
    """The slides of a block; a case that was shown is not shown again."""
    if block.decide:
        yield _slide(block.name, _html.paragraph("The list of help is by the door."))
    cases = [
        slide
        for name in block.cases
        if name not in shown and (minors or not sheets.has_minor(vignette(name).facts))
        for slide in _case(vignette(name), block.reveal)
    ]
    shown |= {*block.cases}
    first = session.votes.index(block.votes[0]) + 1 if block.votes else 1
    named = [vote.question for vote in block.votes]
    votes = [*_questions(sheets.labelled(session, "Vote", named, minors, first))]
    yield from (*votes, *cases) if block.votes_first else (*cases, *votes)
    yield from _questions(sheets.labelled(session, f"{block.name},", block.ask, minors))
    if "grid" in block.reveal:
        yield _grid(session, minors)


# --- cases ----------------------------------------------------------------------------------------------


def _case(case: Vignette, reveal: Sequence[str]) -> Iterator[Markup]:
    yield _slide(case.title, _html.lines((case.told(), _html.paragraph("Invented.", gap=""))), "slide case")
    if "verdicts" in reveal:
        found = verdicts(case.features, case.features_open, on_page(case.features))
        told = [(v.text.short, SIGNS[v.outcome], lacking(v)) for v in found]
        table = _html.table("", ("Text", "Verdict", "What is missing or open"), told)
        yield _slide(f"{case.title}: what the texts say", table)
    if "views" in reveal and "views" in case.more:
        rows = [
            (capital(str(view["view"])), capital(str(view["verdict"])), str(view["why"]))
            for view in case.more["views"]
        ]
        table = _html.table("", ("Theory", "What it says", "Why"), rows)
        yield _slide(f"{case.title}: what theories say", table)


def lacking(verdict: Verdict) -> str:
    """What is missing, or for "depends" open, in words that fit a slide; a long list goes by its group.

    >>> case = vignette("w02-bed")
    >>> lacking(verdicts(case.features, case.features_open, ["us_severe_sex"])[0])
    'a means of its list, or an age under 18'
    """
    groups = {element.feature: element for element in verdict.text.elements}
    return "; ".join(_need([groups[name] for name in need]) for need in verdict.missing)


def _need(elements: Sequence[Element]) -> str:
    if len(elements) > NAMED and (named := GROUPS.get(elements[0].group)):
        return named
    return " or ".join(feature(element.feature).short.partition(" (")[0] for element in elements)


def _grid(session: Session, minors: bool) -> Markup:
    cases = [vignette(name) for name in session.grid]
    shown = [case for case in cases if minors or not sheets.has_minor(case.facts)]
    heads = ("Case", *(instrument(key).short for key in ON_PAGE))
    rows = []
    for case in shown:
        outcomes = {v.instrument: v.outcome for v in case.verdicts()}
        rows.append((case.title, *(SIGNS[outcomes[key]] for key in ON_PAGE)))
    return _slide("The grid", _html.table("", heads, rows), "slide grid")


# --- questions ------------------------------------------------------------------------------------------


def _questions(labelled: Iterable[tuple[str, Question]]) -> Iterator[Markup]:
    for label, asked in labelled:
        yield from _question(label, asked)


def _question(label: str, asked: Question) -> Iterator[Markup]:
    """A question, and on the next slides its reasons, each with its option's letter and what is right."""
    case = [_html.paragraph(_html.as_typed(asked.case))] if asked.case else []
    options = [_html.paragraph(_html.as_typed(o.text), letter.upper()) for letter, o in asked.options.items()]
    stem = _html.division("stem", _html.paragraph(_html.as_typed(asked.stem)))
    yield _slide(label, _html.lines((*case, stem, *options, _html.paragraph(wanted(asked)))), "slide asked")
    if asked.mode == "test":
        return  # its reasons wait until the second form is done
    for number, group in enumerate(_grouped([*_reasons(asked)]), 1):
        more = " (more)" if number > 1 else ""
        yield _slide(f"{label}: reasons{more}", _html.lines(group), "slide reasons")


def _reasons(asked: Question) -> Iterator[Markup]:
    own = number_of(asked)
    if asked.kind == "ordering":
        yield _html.paragraph(", ".join(letter.upper() for letter in asked.key), "In order:")
    for letter, option in asked.options.items():
        right = asked.kind != "ordering" and letter in asked.key
        head = f"{letter.upper()} {SIGNS['met'][0] if right else ''}".strip()
        yield _html.division(
            "right" if right else "other", _html.paragraph(in_words(option.reason, own), head)
        )
    if asked.kind == "numeric":
        yield _html.paragraph(in_words(asked.reason, own), f"{items.digits(asked.value)} {asked.unit}")


def _grouped(parts: Sequence[Markup]) -> Iterator[list[Markup]]:
    """Parts in groups that fit a slide."""
    group: list[Markup] = []
    for part in parts:
        if group and sum(len(other.striptags()) for other in (*group, part)) > MOST:
            yield group
            group = []
        group.append(part)
    if group:
        yield group
