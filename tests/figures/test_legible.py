"""Every chart can be read as it is shown: type of 11 px or more, nothing over anything else, both themes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import partial
from itertools import combinations
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from pandas import DataFrame

import notthesame as nts
from notthesame import charts, figures
from notthesame.charts import list_experiment, own_answers, two_events
from notthesame.statistics import list_experiment as lists
from notthesame.statistics.calibration import by_confidence
from notthesame.statistics.interrupted_series import Setting
from notthesame.statistics.two_events import Reading, known_dates
from notthesame.subject.brief_charts import Chart
from notthesame.subject.brief_series import series
from tests.figures.test_figures import contrast


def of_a_brief(key: str, draw: str, rows: slice) -> tuple[Figure, DataFrame]:
    from notthesame.charts.own import own_chart

    return own_chart(Chart(key, draw, "Chosen by a learner", tuple(series()[key].rows)[rows][-8:]))


NARROW = 600  # px that JupyterLab leaves beside the prompt in a window of 800 px
CHARTS: dict[str, Callable[[], tuple[Figure, object]]] = {
    **{name: getattr(charts, name) for name in charts.__all__},
    "own_line": lambda: of_a_brief("detected", "line", slice(2, None, 3)),
    "own_dots": lambda: of_a_brief("policing", "dots", slice(0, 8)),
    "own_intervals": lambda: of_a_brief("unseen", "intervals", slice(4, 12)),
    "agreement": lambda: charts.agreement(nts.lesson_vignettes()),
    "reweighted": lambda: charts.reweighted(70, 40),
    "rows_on_infections": lambda: charts.study_rows("hiv_sti"),
    "intervals_on_infections": lambda: charts.three_intervals("hiv_sti"),
    "votes_on_passage": lambda: charts.votes(merging=False),
    "claims_without_verdicts": lambda: charts.post_claims(verdicts=False),
    "hotline_cut_off": lambda: charts.hotline_bars(honest=False),
}
each_chart = pytest.mark.parametrize("name", CHARTS)


@each_chart
def test_type_is_never_shown_below_11_px(name: str) -> None:
    fig, _ = CHARTS[name]()
    png = io.BytesIO()
    dpi = figures.SHARPER * figures.PX_PER_INCH
    fig.savefig(png, format="png", bbox_inches="tight", dpi=dpi)
    least, natural = figures.shown_widths(fig, png.getvalue())
    assert least <= natural <= NARROW
    assert figures.smallest_type(fig) * least / natural >= 11


@each_chart
def test_no_words_of_a_chart_lie_over_others(name: str) -> None:
    fig, _ = CHARTS[name]()
    fig.canvas.draw()
    found = [t for t in fig.findobj(Text) if isinstance(t, Text) and t.get_visible() and t.get_text().strip()]
    boxes = [(text.get_text(), text.get_window_extent().padded(-2)) for text in found]
    over = [(one, other) for (one, a), (other, b) in combinations(boxes, 2) if a.overlaps(b)]
    assert not over


@each_chart
def test_the_table_beside_a_chart_has_words_for_heads_and_cells(name: str) -> None:
    _, data = CHARTS[name]()
    rows = data.to_dict("records") if isinstance(data, DataFrame) else data
    page = str(figures._data_table(rows))  # type: ignore[arg-type]
    assert "_" not in page and "True" not in page and "False" not in page


def in_the_dark(colour: str) -> str:
    """A colour after ``DARK_FILTER``, by the matrices of CSS filter effects."""
    parts = [0.93 - 0.86 * int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    matrix = ((-0.574, 1.43, 0.144), (0.426, 0.43, 0.144), (0.426, 1.43, -0.856))
    turned = (sum(k * part for k, part in zip(row, parts, strict=True)) for row in matrix)
    return "#" + "".join(f"{round(255 * min(1, max(0, part))):02X}" for part in turned)


@pytest.mark.parametrize("page", ["#111111", "#1E1E1E", "#212121"])
def test_the_palette_stands_out_in_the_dark_too(page: str) -> None:
    assert figures.DARK_FILTER == "invert(.93) hue-rotate(180deg)"
    for sheet in ("labs/drawn.css", "site/pages.css", "my_change.css"):
        text = (Path(figures.__file__).parent / sheet).read_text(encoding="utf-8")
        assert figures.DARK_FILTER.replace("(.", "(0.") in text, sheet
    ground = in_the_dark("#FFFFFF")
    assert contrast(ground, page) < 1.2, "no slab"
    for colour in (figures.BLUE, figures.ORANGE, figures.GREEN, figures.GREY):
        assert contrast(in_the_dark(colour), ground) >= 3 and contrast(in_the_dark(colour), page) >= 3
    assert contrast(in_the_dark(figures.INK), ground) >= 4.5
    for ink, under in ((figures.INK, "#F1F1F1"), (figures.INK, "#FFE3C2"), ("#FFFFFF", figures.BLUE)):
        assert contrast(in_the_dark(ink), in_the_dark(under)) >= 4.5


EVENTS = (Setting(), Setting(noise=25, lag=3), Setting(gap=40, window=30))
LISTS = (lists.Setting(), lists.Setting(5000, 99, 0), lists.Setting(50, 1, 100))
ANSWERS: tuple[list[tuple[float, bool]], ...] = (
    [(100, True)] * 6,
    [(float(c), c > 40) for c in range(0, 101, 10)] * 99,
)
PICTURES: list[tuple[Callable[[], Figure], str]] = [  # with the sheet that shows it
    *(
        (partial(two_events.Events().show, Reading(setting, known_dates()[0])), "labs/drawn")
        for setting in EVENTS
    ),
    *((partial(list_experiment.Surveys().show, lists.Reading(setting)), "labs/drawn") for setting in LISTS),
    *(
        (partial(own_answers.draw, by_confidence(answers)), sheet)
        for answers in ANSWERS
        for sheet in ("labs/interval_game", "my_change")
    ),
]


@pytest.mark.parametrize(("draw", "sheet_of"), PICTURES)
def test_the_picture_of_a_lab_has_words_of_eleven_pixels_and_none_cut_off(
    draw: Callable[[], Figure], sheet_of: str
) -> None:
    fig = draw()
    drawn, page = fig.get_tightbbox(), fig.get_size_inches()
    assert min(drawn.x0, drawn.y0) >= 0 and drawn.x1 <= page[0] and drawn.y1 <= page[1]
    sheet = (Path(figures.__file__).parent / f"{sheet_of}.css").read_text(encoding="utf-8")
    least = int(re.findall(r"min-width: (\d+)px;\n  max-width", sheet)[0])
    assert figures.smallest_type(fig) * least / (page[0] * figures.PX_PER_INCH) >= figures.LEAST_PX
