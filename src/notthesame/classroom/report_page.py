"""The class report as one page of its own: it needs no other file, no script and no network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from markupsafe import Markup

from .. import _html, front
from .._words import counted, day_and_month
from ..questions.shown import printable
from ..statistics.small_cells import LEAST
from . import report_items, report_pictures, report_revisit
from .class_report import ENOUGH, ClassReport, Lesson, class_report
from .collected import Aside
from .items import COURSE
from .report_words import NOTES, estimate, people
from .tally import Tally

NAMED = 50  # files set aside that the page names; the CSV names all
_TITLE = f"Class report: {COURSE}"


def report(tally: Tally, asides: Sequence[Aside], made: date) -> str:
    """The page, from its first to its last sign; the same counts and day give the same bytes.

    asides: what was set aside. made: the day that the page names.

    >>> report(Tally(learners=3, hand_ins=3), [], date(2026, 11, 29))[:15]
    '<!doctype html>'
    """
    found = class_report(tally)
    style = front.paper(Path(__file__).with_suffix(".css"))
    parts = [*_head(found, asides, made)]
    if found.learners.exact and found.learners.low:
        parts += _figures(found)
    parts += [*_set_aside(asides), _how_to_read()]
    return str(_html.document(_TITLE, style, _html.lines(parts)))


def note(name: str) -> Markup:
    """What a figure can and cannot tell, in two sentences.

    >>> note("beliefs").count("<strong>")
    2
    """
    can, cannot = NOTES[name]
    body = _html.lines((_html.paragraph(can, "Can tell:"), _html.paragraph(cannot, "Cannot tell:")))
    return _html.division("note", body)


# --- the parts, in their order -----------------------------------------------------------------------------


def _head(found: ClassReport, asides: Sequence[Aside], made: date) -> Iterator[Markup]:
    yield _html.heading(1, _TITLE)
    day = f"{day_and_month(made)} {made.year}"
    if not found.learners.exact:
        yield _html.paragraph(
            f"Fewer than {LEAST} learners handed in, so nothing is told of their answers: each could be "
            f"known by it. Made on {day}."
        )
        return
    files = f"{counted(found.hand_ins, 'hand-in')} of {counted(found.learners.low, 'learner')}"
    aside = _aside_in_short(asides)
    if not found.learners.low:
        yield _html.paragraph(f"No hand-in could be counted; {aside}. Made on {day}.")
        return
    yield _html.paragraph(
        f"{files}; {aside}. Made on {day}. Counts of under {LEAST} learners are not told. Nothing here is "
        "for marks: learners have the key."
    )
    yield _html.paragraph(
        Markup("With ten minutes: read {}, then open the lesson that you give next under {}.").format(
            _html.link("#revisit", "what to revisit first"), _html.link("#lessons", "lesson by lesson")
        )
    )


def _aside_in_short(asides: Sequence[Aside]) -> str:
    whole = sum(aside.whole for aside in asides)
    told = [counted(whole, "file") + " set aside"] if whole or not asides else []
    if len(asides) > whole:
        told.append(f"{counted(len(asides) - whole, 'note')} on answers that do not count")
    return " and ".join(told) + (" (named at the end)" if asides else "")


def _figures(found: ClassReport) -> Iterator[Markup]:
    yield _html.heading(2, "What to revisit first", "revisit")
    yield report_revisit.revisit(found)
    yield note("revisit")
    yield _html.heading(2, "The class at a glance", "glance")
    for title, name, body in report_pictures.pictures(found):
        yield _html.heading(3, title)
        yield body
        yield note(name)
    yield _html.heading(2, "Mistaken beliefs, most frequent first", "beliefs")
    yield report_revisit.beliefs(found)
    yield note("beliefs")
    yield _html.heading(2, "Lesson by lesson", "lessons")
    yield _html.paragraph(
        "Each lesson opens on a press, and so does each question in it. On paper all are open: "
        "print the pages that you need."
    )
    for name in ("difficulty", "discrimination", "reliability"):
        yield note(name)
    yield from map(_lesson, found.lessons)


def _lesson(lesson: Lesson) -> Markup:
    began = f"Began: {people(lesson.begun)}. Answered all that the lesson asks: {people(lesson.finished)}."
    if lesson.alpha:
        reliable = (
            f"Reliability of its {lesson.alpha_items} practice questions: {estimate(lesson.alpha)}, with the "
            "95 per cent interval, from those who answered all of them."
        )
    else:
        reliable = f"Reliability: not reckoned, for it takes {ENOUGH} learners who answered all."
    parts = [_html.paragraph(began), _html.paragraph(reliable)]
    if lesson.outcomes:
        parts.append(report_items.outcomes_table(lesson.outcomes))
    if lesson.items:
        parts.append(report_items.items_table(lesson.items))
    parts += map(report_items.block, lesson.items)
    head = _html.heading(3, f"Lesson {lesson.number}: {lesson.title}", f"lesson-{lesson.number}")
    return _html.division("lesson", _html.details(head, _html.lines(parts)))


def _set_aside(asides: Sequence[Aside]) -> Iterator[Markup]:
    yield _html.heading(2, "What is set aside", "aside")
    if not asides:
        yield _html.paragraph("Nothing: every file that was found counts whole.")
        return
    why = Counter(printable(aside.why) for aside in asides)
    rows = [[reason, f"{count:,}"] for reason, count in sorted(why.items(), key=lambda kv: (-kv[1], kv[0]))]
    table = _html.table("", ("Reason", "How often"), rows[:NAMED], named=False, right={1})
    yield _html.division("wide", table)
    named = [f"{printable(aside.name)}: {printable(aside.why)}" for aside in asides[:NAMED]]
    more = len(asides) - len(named)
    yield _html.listed([*named, f"And {more:,} more; --csv names all."] if more else named)


def _how_to_read() -> Markup:
    paragraphs = (
        f"Small counts. A count of 1 to {LEAST - 1} learners reads “under {LEAST}”. Where the rest of a row "
        "would tell it, another count of that row is a range, or reads “not told”; so a share may be a "
        f"range, too. An interval and a discrimination need {ENOUGH} learners. That a few did not answer "
        "something can be worked out; what they answered cannot.",
        "Intervals. They are 95 per cent intervals, as if the class were drawn at random from people like "
        "these. Nobody drew it: take them as a reminder of how little a few answers can bear.",
        "Sources. Share right: Wilson (1927). Outcomes: ratio of sums, learners as clusters, t. "
        "Discrimination: correlation with the rest of the lesson's questions, Fisher's z. Reliability: Kuder "
        "and Richardson (1937), formula 20, with Feldt's interval (1965). Gain: Hake (1998), with Fieller's "
        "interval (1954).",
        "Large classes, and several places. Give each place the hand-ins of whole learners, run "
        "notthesame report there with --counts, and then run notthesame report on the files of counts: they "
        "add up to the same report.",
        "Privacy. A hand-in has a random pseudonym and no name; this page has neither, and nothing that was "
        "typed. In a small class somebody may still be guessed, so take care where you show it.",
    )
    heads = (text.partition(". ") for text in paragraphs)
    body = (_html.paragraph(rest, f"{head}.") for head, _, rest in heads)
    return _html.lines((_html.heading(2, "How to read this report", "reading"), *body))
