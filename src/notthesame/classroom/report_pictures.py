"""The pictures of a class report, each with its title, alt text, caption and table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from .. import _html
from .._words import counted, signed
from ..charts import class_report as charts
from ..charts.class_report import Dot, Point
from ..figures import figure
from ..questions.forms import BEFORE
from ..questions.shown import in_few_words
from .class_report import ENOUGH, Band, ClassReport, Forms, Item
from .report_words import ends, estimate, number, people, per_cent

Picture = tuple[str, str, Markup]  # title, name of its note, what is shown


def pictures(found: ClassReport) -> Iterator[Picture]:
    """Each picture for which there is enough to show, in the order of the page."""
    if found.outcomes:
        yield "Outcomes", "outcomes", _outcomes(found)
    if found.lessons:
        yield "Who answered what", "completion", _completion(found)
    yield "Before and after the course", "forms", _forms(found.forms)
    if found.bands:
        yield "How sure, and how often right", "confidence", _confidence(found.bands)
    yield "Questions to look at yourself", "discrimination", _questions(found)


def _of(found: ClassReport) -> str:
    return f"the hand-ins of {found.learners.low} learners"


def _outcomes(found: ClassReport) -> Markup:
    marked = {outcome.name for outcome in found.revisit()}
    names = {outcome.name: f"{outcome.name} {outcome.text}" for outcome in found.outcomes}
    dots = [
        Dot(
            names[outcome.name],
            100 * outcome.share,
            None if outcome.low is None else 100 * outcome.low,
            None if outcome.high is None else 100 * outcome.high,
        )
        for outcome in found.outcomes
    ]
    lowest = min(dots, key=lambda dot: dot.value)
    highest = max(dots, key=lambda dot: dot.value)
    fig = charts.outcome_dots(dots, [names[name] for name in marked])
    shown = figure(
        fig,
        alt=f"Share of first answers right for {counted(len(dots), 'outcome')}: the lowest is "
        f"{_short(lowest.name)} at {lowest.value:.0f} per cent, the highest {_short(highest.name)} at "
        f"{highest.value:.0f} per cent.",
        caption="First answers right, by outcome, with 95 per cent intervals. Diamonds: to revisit first.",
        origin=_of(found),
        data=[
            {
                "outcome": names[outcome.name],
                "right_per_cent": per_cent(outcome.right, outcome.answers),
                "interval": ends(dot.low, dot.high),
                "learners": outcome.learners,
            }
            for outcome, dot in zip(found.outcomes, dots, strict=True)
        ],
    )
    return shown.__html__()


def _short(name: str) -> str:
    return name.partition(" ")[0]


def _completion(found: ClassReport) -> Markup:
    rows = [(f"{one.number} {one.title}", one.begun.low, one.finished.low) for one in found.lessons]
    least = min(rows, key=lambda row: row[2])
    fig = charts.completion(rows, found.learners.low)
    hidden = any(not one.begun.exact or not one.finished.exact for one in found.lessons)
    more = " Where a count is not told, a bar ends at the least that it can be." if hidden else ""
    shown = figure(
        fig,
        alt=f"Bars for {counted(len(rows), 'lesson')}: how many of {found.learners.low} learners began each "
        f"and answered all of it; fewest answered all of lesson {_short(least[0])}.",
        caption=f"Who began each lesson, and who answered all that it asks.{more}",
        origin=_of(found),
        data=[
            {
                "lesson": f"{one.number} {one.title}",
                "began": people(one.begun),
                "answered_all": people(one.finished),
            }
            for one in found.lessons
        ],
    )
    return shown.__html__()


def _forms(forms: Forms | None) -> Markup:
    if forms is None:
        return _html.paragraph(f"Not told: it takes {ENOUGH} learners who answered all of both tests.")
    gain = forms.gain
    interval = ends(gain.low, gain.high, 2) if gain else ""
    nearest = f" (each to the nearest {forms.step})" if forms.step > 1 else ""
    parts = [
        f"{forms.learners} learners answered all {forms.items} questions of both tests: {forms.before} per "
        f"cent right before, {forms.after} per cent after{nearest}.",
    ]
    if gain:
        bounds = (
            f" (95 per cent interval {interval})" if interval else " (no interval: too little to divide by)"
        )
        parts.append(
            f"Gain: {number(gain.value, 2)}{bounds} of what was wrong before is right after. All of it would "
            "be 1."
        )
    more = ends(forms.more.low, forms.more.high, 1)
    parts.append(
        f"On average {signed(forms.more.value)} questions right"
        + (f" (95 per cent interval {more})." if more else ".")
    )
    return _html.lines((*_html.paragraphs(parts).splitlines(), _pairs(forms)))


def _pairs(forms: Forms) -> Markup:
    """The pairs of questions, with a range where a count is not told."""
    both = [(a, b) for a, b in forms.pairs if a.enough and b.enough]
    if not both:
        return Markup()
    rows = [(_pair(a), _ends(a), _ends(b)) for a, b in both]
    better = sum(after[0] > before[1] for _, before, after in rows)
    shown = figure(
        charts.before_and_after(rows),
        alt=f"Pairs of questions before and after the course, a row each: in {better} of {len(rows)} more "
        "were right in form B than in form A, as far as can be told.",
        caption="Each pair asks the same of two cases. A line in place of a dot: a range, as a small count "
        "is not told.",
        origin="the hand-ins of those who answered each question",
        data=[
            {
                "pair": _pair(a),
                "form_A_per_cent": per_cent(a.right, a.answered.low),
                "form_B_per_cent": per_cent(b.right, b.answered.low),
            }
            for a, b in both
        ],
    )
    return shown.__html__()


def _pair(item: Item) -> str:
    return item.question.id.removeprefix(BEFORE).replace("-", " ")


def _ends(item: Item) -> tuple[float, float]:
    """What is told of the share right, in per cent."""
    return 100 * item.right.low / item.answered.low, 100 * item.right.high / item.answered.low


def _confidence(bands: Sequence[Band]) -> Markup:
    answers = sum(band.answers for band in bands)
    sure = sum(band.sure * band.answers for band in bands) / answers
    right = 100 * sum(band.share * band.answers for band in bands) / answers
    gap = round(sure) - round(right)
    points = f"{abs(gap)} points "
    said = f"{points}too sure" if gap > 0 else f"{points}not sure enough" if gap < 0 else "as sure as right"
    dots = [Dot(_band(band), 100 * band.share, *_range(band)) for band in bands]
    shown = figure(
        charts.confidence(dots, [band.sure for band in bands], [band.answers for band in bands]),
        alt=f"Share right against how sure learners were, in {counted(len(bands), 'band')}: on average "
        f"{sure:.0f} per cent sure and {right:.0f} per cent right.",
        caption="Answers by confidence, in tests and exit tickets.",
        origin="first answers with a confidence",
        data=[
            {
                "sure_per_cent": _band(band),
                "answers": band.answers,
                "right_per_cent": per_cent(band.right, band.answers),
            }
            for band in bands
        ],
    )
    text = f"On average learners were {sure:.0f} per cent sure and {right:.0f} per cent right: {said}."
    return _html.lines((_html.paragraph(text), shown))


def _band(band: Band) -> str:
    return str(band.low) if band.low == band.high else f"{band.low} to {band.high}"


def _range(band: Band) -> tuple[float | None, float | None]:
    """What is told of the share where it is not told as it is."""
    if band.right.exact:
        return None, None
    return 100 * band.right.low / band.answers, 100 * band.right.high / band.answers


def _questions(found: ClassReport) -> Markup:
    known = [item for item in found.items if item.hard and item.telling]
    if not known:
        return _html.paragraph(
            f"Not told: it takes {ENOUGH} learners who answered all of a lesson's questions."
        )
    points = [
        Point(i.question.id, 100 * i.hard.value, i.telling.value) for i in known if i.hard and i.telling
    ]
    doubtful = found.doubtful()
    shown = figure(
        charts.cloud(points),
        alt=f"{counted(len(points), 'question')}, by the share right at first and by discrimination; "
        f"{len(doubtful)} of them below 0.1, where knowing more hardly helped.",
        caption="Each dot is a question. Diamonds: the lowest below 0.1, numbered as in the list.",
        origin=_of(found),
        data=[_told(item) for item in sorted(known, key=lambda item: item.question.id)],
    )
    items = (
        Markup("{}: {} “{}”, discrimination {}, {} per cent right.").format(
            place,
            _html.link(f"#{item.question.id}", item.question.id),
            in_few_words(item.question),
            estimate(item.telling),
            per_cent(item.right, item.answered.low),
        )
        for place, item in enumerate(doubtful[: charts.FEW], 1)
    )
    listed = _html.listed(items) if doubtful else _html.paragraph("None lies below 0.1.")
    return _html.lines((shown, listed))


def _told(item: Item) -> Mapping[str, str]:
    return {
        "question": item.question.id,
        "right_per_cent": per_cent(item.right, item.answered.low),
        "discrimination": estimate(item.telling),
    }
