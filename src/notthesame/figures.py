"""The house style, and ``figure()``: the one helper that makes every chart accessible."""

from __future__ import annotations

import base64
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from . import _html, evidence
from ._loading import no_such
from ._words import capital
from .course import course

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ALT_LENGTH = range(60, 301)
# Safe for colour blindness (after Okabe and Ito) and at least 3:1 against white.
BLUE, ORANGE, GREEN, GREY, INK = "#0072B2", "#C45500", "#00795A", "#6B6B6B", "#222222"
# Charts are drawn at the size at which they are shown: one inch is 100 px of the page, WIDE is what a window
# of 800 px leaves. Type is 12 px or more; a narrower page moves a chart sideways before it falls below 11 px.
WIDE, SMALL, PX_PER_INCH, SHARPER, LEAST_PX = 5.8, 9, 100, 1.5, 11
# A theme of JupyterLab is no preference of the system, and its sanitiser drops <picture>: where style is kept
# (in pages, and in notebooks whose cells were run) the dark theme turns light and dark about, hues kept.
DARK_FILTER = "invert(.93) hue-rotate(180deg)"
DARK_STYLE = Markup(
    '<style>body:is([data-jp-theme-light="false"],.vscode-dark) .nts-figure img{{filter:{}}}</style>'
).format(DARK_FILTER)
_FORMULA = re.compile(r"(?<!\\)\$(?=\S)[^$]*(?<=\S)\$(?!\d)")  # as pandoc tells one from two prices
_CODE = re.compile(r"[a-z]+(_[a-z0-9]+)+", re.I)


@contextmanager
def style() -> Iterator[None]:
    """The house style for one chart: no top or right spine, quiet grid, readable type, white ground.

    It begins from what matplotlib is as it comes, whatever a style or a settings file has made of it.

    >>> from matplotlib import rcParams
    >>> with style():
    ...     rcParams["axes.spines.top"]
    False
    """
    from matplotlib import rc_context, rcdefaults, rcParams

    rules: dict[Any, Any] = {
        "figure.facecolor": "white",
        "figure.dpi": PX_PER_INCH,
        "figure.figsize": (WIDE, 3),
        "figure.constrained_layout.use": True,
        "savefig.facecolor": "white",
        "font.size": 10,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": GREY,
        "axes.labelcolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "text.color": INK,
        "text.parse_math": False,  # no chart of ours has a formula, and some have dollars
    }
    with rc_context():
        rcdefaults()
        rcParams.update(rules)
        yield


def subplots(
    rows: int = 1, columns: int = 1, *, figsize: tuple[float, float], **layout: Any
) -> tuple[Figure, Any]:
    """A new figure and its axes, as pyplot gives them, but in no window and in no list of open figures.

    >>> fig, axes = subplots(figsize=(2, 1))
    >>> axes.figure is fig
    True
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    fig = Figure(figsize=figsize)
    FigureCanvasAgg(fig)
    return fig, fig.subplots(rows, columns, **layout)


@dataclass(frozen=True)
class ShownFigure(_html.Block):
    """A figure as the page shows it. Its plain-text form is the alt text."""

    alt: str
    caption: str
    sources: tuple[str, ...]
    picture: bytes = field(repr=False)
    widths: tuple[int, int]  # px of the page: the least, and the natural
    rows: tuple[Mapping[str, Any], ...] = ()
    after: str = ""
    origin: str = ""

    def __repr__(self) -> str:
        return f"Figure. {self.alt}"

    def __html__(self) -> Markup:
        image = base64.b64encode(self.picture).decode("ascii")
        least, natural = self.widths
        size = f"width:100%;min-width:{least}px;max-width:{natural}px"
        shown = DARK_STYLE + Markup(
            '<figure class="nts-figure" style="margin:0;overflow-x:auto">{}'
            "<figcaption>{} Source: {}.</figcaption></figure>"
        ).format(_html.picture(image, self.alt, size), self.caption, self.origin or _linked(*self.sources))
        tables = [name for name in self.sources if name in evidence.table_names()]
        if self.rows:  # after the figure: beside a caption HTML allows no block that opens
            shown += _html.details("The data of this figure as a table", _data_table(self.rows, *tables))
        return _html.closed(shown, self.after)


def figure(
    fig: Figure,
    *,
    alt: str,
    caption: str,
    source: str | Iterable[str] = (),
    data: Any = None,
    after: str = "",
    origin: str = "",
) -> ShownFigure:
    """Show a matplotlib figure with alt text, caption, source and its data.

    alt: the message in one sentence, 60 to 300 characters, not the caption again.
    source: ids of facts or names of tables; numbers in ``alt`` and ``caption`` must be theirs.
    data: a DataFrame or a list of mappings, shown on demand as a table.
    after: if given, the figure lies in a closed block with this line as its summary (predict before reveal).
    origin: where the numbers are from, in words, for those that are nobody's but the reader's own.
    Raises ValueError naming what is wrong and what is allowed.

    >>> from matplotlib.figure import Figure
    >>> fig = Figure()
    >>> bars = fig.subplots().barh(["minimum", "maximum"], [10, 20])
    >>> alt = "Two bars of years in prison: the least that a court may set, and the most."
    >>> figure(fig, alt=alt, caption="Two ends.", source="us_penalties")
    Figure. Two bars of years in prison: the least that a court may set, and the most.
    """
    sources = (source,) if isinstance(source, str) else tuple(source)
    alt = alt.strip()
    if len(alt) not in ALT_LENGTH:
        raise ValueError(
            f"alt has {len(alt)} characters; allowed are {ALT_LENGTH.start} to {ALT_LENGTH.stop - 1}"
        )
    titles = {axes.get_title() for axes in fig.axes} | {caption}
    if alt in {title.strip() for title in titles}:
        raise ValueError("alt repeats the caption or a title; say what the chart shows")
    if not caption or bool(sources) == bool(origin):
        raise ValueError(
            "a figure needs a caption and at least one source (a fact id or a table name), or else its origin"
        )
    for name in sources:
        _source(name)
    picture = _fewer_colours(png(fig, bbox_inches="tight", dpi=SHARPER * PX_PER_INCH))
    _close(fig)
    wipe(fig)
    widths = shown_widths(fig, picture)
    return ShownFigure(alt, caption, sources, picture, widths, _rows(data), after, origin)


def png(fig: Figure, **how: Any) -> io.BytesIO:
    """The figure as PNG, the same bytes in every process; ``how`` as ``savefig`` has it.

    >>> from matplotlib.figure import Figure
    >>> png(Figure()).getvalue()[1:4]
    b'PNG'
    """
    _leave_prices(fig)
    file = io.BytesIO()
    with style():  # some settings hold when a figure is made, others when it is drawn
        fig.savefig(file, format="png", **{"dpi": "figure", "metadata": {"Software": None}, **how})
    return file


def in_base64(fig: Figure) -> str:
    """The figure as ``png`` makes it, as text in base64.

    >>> from matplotlib.figure import Figure
    >>> in_base64(Figure())[:6]
    'iVBORw'
    """
    return base64.b64encode(png(fig).getvalue()).decode("ascii")


def _leave_prices(fig: Figure) -> None:
    """Keep matplotlib from taking what stands between two prices for a formula."""
    from matplotlib.text import Text

    for axes in fig.axes:
        axes.get_xticklabels(), axes.get_yticklabels()  # else their texts come only as they are drawn
    for text in fig.findobj(Text):
        if isinstance(text, Text) and not _FORMULA.search(text.get_text()):
            text.set_parse_math(False)


def _fewer_colours(png: io.BytesIO) -> bytes:
    """The picture with a palette: a chart has few colours, and so a third of the bytes."""
    from PIL import Image

    small = io.BytesIO()
    Image.open(png).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(small, "png", optimize=True)
    return small.getvalue()


def shown_widths(fig: Figure, picture: bytes) -> tuple[int, int]:
    """The least and the natural width in px of the page: at the least, the smallest type has ``LEAST_PX``.

    >>> from matplotlib.figure import Figure
    >>> fig = Figure()
    >>> words = fig.text(0.5, 0.5, "words", fontsize=2 * 72 * LEAST_PX / PX_PER_INCH)
    >>> shown_widths(fig, b"." * 16 + (900).to_bytes(4, "big"))
    (300, 600)
    """
    natural = int.from_bytes(picture[16:20], "big") / SHARPER  # where a PNG has its width
    return ceil(natural * LEAST_PX / smallest_type(fig)), round(natural)


def smallest_type(fig: Figure) -> float:
    """The size of the smallest type of a figure, in px of the page at its natural width.

    >>> from matplotlib.figure import Figure
    >>> fig = Figure()
    >>> words = fig.text(0.5, 0.5, "words", fontsize=9)
    >>> smallest_type(fig)
    12.5
    """
    from matplotlib.text import Text

    texts = (found for found in fig.findobj(Text) if isinstance(found, Text))
    shown = [float(text.get_fontsize()) for text in texts if text.get_visible() and text.get_text().strip()]
    return min(shown, default=10) * PX_PER_INCH / 72


def _close(fig: Figure) -> None:
    """Forget the figure, so that a notebook does not show it a second time."""
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(fig)


def wipe(fig: Figure) -> None:
    """Let go of the pixels that a drawn figure holds, by its canvas and by each of its texts: megabytes.

    >>> from matplotlib.figure import Figure
    >>> fig = Figure()
    >>> size = len(png(fig).getvalue())
    >>> wipe(fig)
    >>> len(png(fig).getvalue()) == size
    True
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    FigureCanvasAgg(fig)  # in place of the one that has drawn
    for text in fig.findobj(Text):
        vars(text)["_renderer"] = None


def _rows(data: Any) -> tuple[Mapping[str, Any], ...]:
    if data is None:
        return ()
    records: Sequence[Mapping[str, Any]] = data.to_dict("records") if hasattr(data, "to_dict") else list(data)
    return tuple(records)


def _linked(*sources: str) -> Markup:
    return Markup("; ").join(map(_source, sources))


def _source(name: str) -> Markup:
    """A link to the ledger for a fact, to the table's file for a table."""
    if name in evidence.known_facts():
        return evidence.ledger_link(name)
    if name in evidence.table_names():
        title = evidence.descriptor(name)["title"]
        return _html.link(course().link_to_data(f"tables/{name}.csv"), f"table \u201c{title}\u201d")
    raise ValueError(no_such("fact or table", name, [*evidence.known_facts(), *evidence.table_names()]))


@dataclass(frozen=True, repr=False)
class Listing(_html.Block):
    """Rows of a table of ``data/`` as the page shows them, with what the table cannot tell."""

    table: str
    rows: tuple[Mapping[str, Any], ...]
    after: str = ""
    by: str = ""

    def __repr__(self) -> str:
        return "\n".join("; ".join(map(_cell, row.values())) for row in self.rows)

    def __html__(self) -> Markup:
        limits = evidence.descriptor(self.table)["cannotTell"]
        below = Markup("{} Source: {}.").format(limits, _source(self.table))
        page = _html.lines((*self._tables(), _html.paragraph(below)))
        return _html.closed(page, self.after)

    def _tables(self) -> Iterator[Markup]:
        """One table; or one in a closed block for each value of the column ``by``, in their order."""
        if not self.by:
            yield _data_table(self.rows, self.table)
            return
        rest = [{name: cell for name, cell in row.items() if name != self.by} for row in self.rows]
        named = [(_cell(row[self.by]), without) for row, without in zip(self.rows, rest, strict=True)]
        yield from _html.folded(named, lambda group: _data_table(group, self.table))


def listing(table: str, *columns: str, after: str = "", by: str = "") -> Listing:
    """A table of ``data/``, or some columns of it, to read, as in ``listing("rollcall", "question", "yea")``.

    With ``after`` it lies in a closed block with this line as its summary. With ``by``, a column, a long
    table is folded into one closed block for each value of it. Raises KeyError for a table or a column that
    there is not, naming the nearest.

    >>> listing("us_penalties", "provision", "min_years").rows[0]
    {'provision': '18 U.S.C. 1591(b)(1)', 'min_years': '15'}
    """
    rows = evidence.rows(table)
    columns = (*columns, by) if columns and by and by not in columns else columns
    for column in (*columns, by) if by else columns:
        if column not in rows[0]:
            raise KeyError(f"{table}: {no_such('column', column, rows[0])}")
    return Listing(table, tuple({name: row[name] for name in columns or row} for row in rows), after, by)


def _data_table(rows: Sequence[Mapping[str, Any]], *tables: str) -> Markup:
    cells = [[_cell(row.get(name)) for name in rows[0]] for row in rows]
    right = {place for place, column in enumerate(zip(*cells, strict=True)) if all(map(_is_number, column))}
    heads = (head(str(name), *tables) for name in rows[0])
    return _html.table("", heads, cells, named=False, right=right)


def head(name: str, *tables: str) -> str:
    """What a reader sees above a column: its title in the Data Package, else its name in words.

    tables: where the column may be from; the first of them that gives it a title decides.

    >>> head("min_years"), head("min_years", "us_penalties")
    ('Min years', 'Least years')
    """
    titles = (evidence.column_titles(table).get(name) for table in tables)
    return next(filter(None, titles), capital(name.replace("_", " ")))


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"[-+\N{MINUS SIGN}]?[\d,]*\.?\d+|", cell) is not None


def _cell(value: Any) -> str:
    """A value as a reader sees it; a code, as in ``counts_no_verdict``, is the words that it is made of."""
    text = "" if value is None or value != value or str(value) == "<NA>" else str(value)
    text = text.replace("_", " ") if _CODE.fullmatch(text) else text
    return {"true": "yes", "false": "no"}.get(text.lower(), text)
