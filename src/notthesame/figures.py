"""The house style, and ``figure()``: the one helper that makes every chart accessible."""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import evidence
from ._loading import no_such
from .course import data_link

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ALT_LENGTH = range(60, 301)
# Safe for colour blindness (after Okabe and Ito) and at least 3:1 against white.
BLUE, ORANGE, GREEN, GREY, INK = "#0072B2", "#C45500", "#00795A", "#6B6B6B", "#222222"


@contextmanager
def style() -> Iterator[None]:
    """The house style for one chart: no top or right spine, quiet grid, readable type, white ground.

    >>> from matplotlib import rcParams
    >>> with style():
    ...     rcParams["axes.spines.top"]
    False
    """
    from matplotlib import rc_context

    rules: dict[Any, Any] = {
        "figure.facecolor": "white",
        "figure.dpi": 110,
        "savefig.facecolor": "white",
        "font.size": 10,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": GREY,
        "axes.labelcolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "text.color": INK,
    }
    with rc_context(rules):
        yield


@dataclass(frozen=True)
class Shown:
    """A figure as the page shows it. Its plain-text form is the alt text."""

    alt: str
    caption: str
    sources: tuple[str, ...]
    picture: bytes = field(repr=False)
    rows: tuple[Mapping[str, Any], ...] = ()
    after: str = ""

    def __repr__(self) -> str:
        return f"Figure. {self.alt}"

    def _repr_html_(self) -> str:
        image = base64.b64encode(self.picture).decode("ascii")
        named = "; ".join(map(_source, self.sources))
        parts = [
            f'<img alt="{html.escape(self.alt, quote=True)}" src="data:image/png;base64,{image}">',
            f"<figcaption>{html.escape(self.caption)} Source: {named}.</figcaption>",
            _data_table(self.rows),
        ]
        shown = f"<figure>{''.join(parts)}</figure>"
        return (
            f"<details><summary>{html.escape(self.after)}</summary>{shown}</details>" if self.after else shown
        )


def figure(
    fig: Figure,
    *,
    alt: str,
    caption: str,
    source: str | Iterable[str],
    data: Any = None,
    after: str = "",
) -> Shown:
    """Show a matplotlib figure with alt text, caption, source and its data.

    alt: the message in one sentence, 60 to 300 characters, not the caption again.
    source: ids of facts or names of tables; numbers in ``alt`` and ``caption`` must be theirs.
    data: a DataFrame or a list of mappings, shown on demand as a table.
    after: if given, the figure lies in a closed block with this line as its summary (predict before reveal).
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
    if not caption or not sources:
        raise ValueError("a figure needs a caption and at least one source (a fact id or a table name)")
    for name in sources:
        _source(name)
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png", bbox_inches="tight", metadata={"Software": None})
    _close(fig)
    return Shown(alt, caption, sources, buffer.getvalue(), _rows(data), after)


def _close(fig: Figure) -> None:
    """Forget the figure, so that a notebook does not show it a second time."""
    from matplotlib import pyplot

    pyplot.close(fig)


def _rows(data: Any) -> tuple[Mapping[str, Any], ...]:
    if data is None:
        return ()
    records: Sequence[Mapping[str, Any]] = data.to_dict("records") if hasattr(data, "to_dict") else list(data)
    return tuple(records)


def _source(name: str) -> str:
    """A link to the ledger for a fact, to the table's file for a table."""
    if name in evidence.known_facts():
        found = evidence.fact(name)
        return f'<a href="{data_link(f"ledger.md#{name}")}">{html.escape(found.link_title)}</a>'
    if name in evidence.table_names():
        return f'<a href="{data_link(f"tables/{name}.csv")}">table {html.escape(name)}</a>'
    raise ValueError(no_such("fact or table", name, [*evidence.known_facts(), *evidence.table_names()]))


@dataclass(frozen=True, repr=False)
class Listing:
    """Rows of a table of ``data/`` as the page shows them, with what the table cannot tell."""

    table: str
    rows: tuple[Mapping[str, Any], ...]
    after: str = ""

    def __repr__(self) -> str:
        return "\n".join("; ".join(map(_cell, row.values())) for row in self.rows)

    def _repr_html_(self) -> str:
        limits = html.escape(evidence.descriptor(self.table)["cannotTell"])
        page = f"{_html_table(self.rows)}<p>{limits} Source: {_source(self.table)}.</p>"
        return (
            f"<details><summary>{html.escape(self.after)}</summary>{page}</details>" if self.after else page
        )


def listing(table: str, *columns: str, after: str = "") -> Listing:
    """A table of ``data/``, or some columns of it, to read, as in ``listing("rollcall", "question", "yea")``.

    With ``after`` it lies in a closed block with this line as its summary. Raises KeyError for a table or a
    column that there is not, naming the nearest.

    >>> listing("us_penalties", "provision", "min_years").rows[0]
    {'provision': '18 U.S.C. 1591(b)(1)', 'min_years': '15'}
    """
    rows = evidence.rows(table)
    for column in columns:
        if column not in rows[0]:
            raise KeyError(f"{table}: {no_such('column', column, rows[0])}")
    return Listing(table, tuple({name: row[name] for name in columns or row} for row in rows), after)


def _data_table(rows: Sequence[Mapping[str, Any]]) -> str:
    if not rows:
        return ""
    return f"<details><summary>The data of this figure as a table</summary>{_html_table(rows)}</details>"


def _html_table(rows: Sequence[Mapping[str, Any]]) -> str:
    left = ' style="text-align:left"'
    head = "".join(f'<th scope="col"{left}>{html.escape(str(name))}</th>' for name in rows[0])
    body = "".join(
        "<tr>" + "".join(f"<td{left}>{html.escape(_cell(row.get(name)))}</td>" for name in rows[0]) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: Any) -> str:
    return "" if value is None or value != value or str(value) == "<NA>" else str(value)
