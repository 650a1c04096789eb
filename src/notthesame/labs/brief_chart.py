"""The chart lab: the chart of a brief, made without code, from rows of one of eleven tables.

What may be chosen is ``subject.brief_charts``, the picture ``charts.own``. The script beside this file draws
the traits and writes the learner's choices into them. Only what is kept for the brief goes to disk.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from typing import Any

import traitlets
from markupsafe import Markup

from .. import _html, _reading, evidence, figures
from .._loading import no_such
from .._plain import refusing_plainly
from .._words import counted
from ..charts.own import alt_of, caption_of, own_chart, shown_chart
from ..questions import answers
from ..subject.brief_charts import DRAWINGS, LONGEST_TITLE, MOST, Chart
from ..subject.brief_series import Row, Series, series
from ..subject.brief_tasks import CHART
from . import BadValue, InputLab, checked, script, section, stylesheet
from .drawn import still
from .filtered import Choice, list_of

_NO_TITLE = "No title yet"
_KEPT = "Kept: nts.brief() shows this chart now. Does its title say what was counted, and no more?"
HEADS = ("Row", "Number", "Source")
# How each series opens: a drawing, and words that the names of its first rows have.
OPENS: Mapping[str, tuple[str, str]] = {
    "hotline": ("line", "as restated"),
    "detected": ("line", "sexual exploitation"),
    "arrests": ("line", "estimated"),
    "global": ("bars", "modern slavery"),
    "unseen": ("intervals", "UK 2013"),
    "policing": ("dots", "client violence"),
    "violence": ("bars", "client"),
    "fosta": ("bars", "COYOTE-RI Four"),
    "votes": ("bars", "On passage, H.R. 1865, all"),
    "polls": ("dots", "YouGov"),
    "ireland": ("bars", "incidents"),
}


def brief_chart() -> BriefChart:
    """The chart lab. It opens on the cases of the US hotline.

    As the last line of a cell it shows a static block, then the live lab. Set ``series``, ``draw``, ``rows``
    and ``title`` from Python as the controls do; ``keep()`` keeps the chart for ``nts.brief()``.

    >>> lab = brief_chart()
    >>> lab.set(series="arrests", draw="bars")
    >>> lab.message
    '8 rows drawn as bars from zero. Not kept for the brief yet.'
    """
    return BriefChart()


class _Rows(traitlets.List):  # type: ignore[type-arg]
    """Names of rows, in any list."""

    def validate(self, obj: Any, value: Any) -> Any:
        """The names, each once."""
        found = checked(_reading.several, value, self.name, "row name")
        return super().validate(obj, list(dict.fromkeys(map(str, found))))


class _Title(traitlets.Unicode):  # type: ignore[type-arg]
    """A title, which may still be empty."""

    def validate(self, obj: Any, value: Any) -> Any:
        """The title on one line; raises BadValue for no text, or for one too long."""
        if not isinstance(value, str):
            raise BadValue(f"{self.name} is {_reading.shown(value)}; a text is wanted")
        if len(value) > LONGEST_TITLE:
            raise BadValue(f"{self.name} has {len(value)} characters; allowed are {LONGEST_TITLE} at most")
        return super().validate(obj, " ".join(value.split()))


class BriefChart(InputLab):
    """The lab. Its state is its traits; set them from Python as the controls do.

    series: a key of ``brief_series.series()``. draw: one of ``brief_charts.DRAWINGS``. rows: names of rows of
    the series. title: a few words. kept: raised by one to keep the chart. A bad value raises ValueError and
    changes nothing; a choice that cannot be drawn is told in ``message``, and has no picture. verdict,
    reasons, picture, alt, listed and lines are computed.
    """

    called = "chart lab"
    script = script("drawn.js", "filtered.js", "brief_chart.js")
    style = stylesheet("drawn.css", "brief_chart.css")
    settable = ("series", "draw", "rows", "title")

    filters: traitlets.List[Any] = traitlets.List().tag(sync=True)
    series = Choice(lambda: series(), "hotline", all_too=False).tag(sync=True)
    draw = Choice(lambda: DRAWINGS, "line", all_too=False).tag(sync=True)
    rows = _Rows().tag(sync=True)
    title = _Title().tag(sync=True)
    kept = traitlets.Int(0).tag(sync=True)

    listed: traitlets.List[Any] = traitlets.List().tag(sync=True)
    heads: traitlets.List[str] = traitlets.List(list(HEADS)).tag(sync=True)
    lines: traitlets.List[Any] = traitlets.List().tag(sync=True)
    verdict = traitlets.Unicode().tag(sync=True)
    reasons: traitlets.List[str] = traitlets.List().tag(sync=True)
    picture = traitlets.Unicode().tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)

    _shown: Mapping[str, Any] = {}

    def __init__(self) -> None:
        words = {key: found.words for key, found in series().items()}
        super().__init__(
            filters=[
                list_of("series", "Table", words, every=""),
                list_of("draw", "Drawn as", DRAWINGS, every=""),
            ],
            rows=_first(series()["hotline"]),
        )
        self.observe(self._keep, "kept")

    @property
    def chart(self) -> Chart:
        """The chart as it is chosen; raises ValueError with what is wrong where there is none yet."""
        return Chart(self.series, self.draw, self.title, tuple(self.rows))

    @refusing_plainly
    def set(self, **values: Any) -> None:
        """As every lab has it; a series that comes without rows or a drawing begins with its own."""
        of = series().get(str(values.get("series")))
        super().set(**({"rows": _first(of), "draw": OPENS[of.key][0]} if of else {}) | values)

    def keep(self) -> None:
        """Keep the chart for the brief, as the button does; ``message`` says whether it is kept."""
        self.kept += 1

    def _static(self) -> str:
        return static_block()

    # --- what a change of a trait sets off

    @traitlets.validate("rows")
    def _known(self, proposal: Any) -> list[str]:
        known = series()[self.series].rows
        for name in proposal.value:
            if name not in known:
                raise BadValue(no_such("row", name, known))
        return [name for name in known if name in proposal.value]

    def _read(self, change: Any = None) -> None:
        """Draw what is chosen; another series begins with rows and a drawing of its own."""
        of = series()[self.series]
        if not {*self.rows} <= {*of.rows}:
            self.set(series=of.key)
            return
        state = {name: getattr(self, name) for name in self.settable}
        if change and state == self._shown:  # several inputs were set at once, and the first has led here
            return
        self._shown = state
        with self.hold_sync():
            self.listed = [[row.name, row.number] for row in of.rows.values()]
            self.lines = [list(_line(of.rows[name])) for name in self.rows]
            self.reasons = [f"What this table cannot tell: {of.cannot_tell}"]
            self.verdict, self.picture, self.alt = self._drawn()
            drawn = f"{counted(len(self.rows), 'row')} drawn as {DRAWINGS[self.draw]}."
            self._tell(f"{drawn} Not kept for the brief yet." if self.picture else self.verdict)

    def _drawn(self) -> tuple[str, str, str]:
        """The caption, the picture and its alt text; where it cannot be drawn, why not."""
        try:
            chart = Chart(self.series, self.draw, _NO_TITLE, tuple(self.rows))
        except ValueError as error:
            why = str(error).removeprefix(f"draw is {_reading.shown(self.draw)}; ")
            return f"No chart yet: {why}.", "", ""
        fig, _ = own_chart(chart)
        sharp = {"bbox_inches": "tight", "dpi": figures.SHARPER * figures.PX_PER_INCH}
        picture = base64.b64encode(figures.png(fig, **sharp).getvalue()).decode("ascii")
        caption = caption_of(chart)
        return (caption.replace(_NO_TITLE, self.title, 1) if self.title else caption), picture, alt_of(chart)

    def _keep(self, change: Any) -> None:
        try:
            saved = answers.record(CHART, self.chart.kept, status=None, credit=None, once=True)
        except ValueError as error:
            self._tell(f"Not kept: {error}.")
            return
        self._tell(saved.why or _KEPT)


def _first(of: Series) -> list[str]:
    """The rows with which a series opens: the latest of those that have the words for it."""
    draw, words = OPENS[of.key]
    found = [row for row in of.rows.values() if words in row.name]
    fit = [row.name for row in found if (row.has_ends if draw == "intervals" else row.value is not None)]
    return fit[-MOST:]


def _line(row: Row) -> Iterable[str]:
    return row.name, row.number, evidence.cite(row.source).short


# --- without a kernel --------------------------------------------------------------------------------------


def static_block() -> str:
    """The lab without a kernel: what to settle with it, a picture, and the rows of each table.

    >>> static_block().count("<details>") == len(series()) + 2  # a picture, and its data
    True
    """
    what = (
        "Chart lab. It holds eleven tables that a brief may draw on. Settle with it: which few rows does "
        "your brief lean on, and what can their table not tell? Run this cell to choose a table, its rows, "
        "how they are drawn and a title, and to keep the chart for the brief. Without a kernel, open a table "
        f"below, choose 2 to {MOST} rows, and draw them on paper."
    )
    start = Chart("hotline", "line", "Cases of the US hotline by year", tuple(_first(series()["hotline"])))
    shown = shown_chart(start, after="Open for a picture of the first choice")
    return section("nts-drawn-static", [what], (still(shown), *map(_block, series().values())))


def _block(of: Series) -> Markup:
    table = _html.table(f"In {of.unit}", HEADS, map(_line, of.rows.values()))
    limits = _html.paragraph(of.cannot_tell, "What this table cannot tell:")
    return _html.details(f"{of.words} ({counted(len(of.rows), 'row')})", _html.lines((limits, table)))
