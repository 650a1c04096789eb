"""The pooling lab, driven by value: what it says, what it draws, what stands on the page without a kernel."""

from __future__ import annotations

import base64
import io
import math
import re
from collections.abc import Iterable
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

import notthesame as nts
from notthesame import figures
from notthesame.charts.moving import Picture
from notthesame.charts.pooling import FARTHEST, NEAREST, Forest
from notthesame.figures import ALT_LENGTH
from notthesame.labs.pooling import PoolingLab, static_block
from notthesame.statistics import pooling
from notthesame.statistics.pooled_rows import (
    AVERAGE,
    ESTIMATORS,
    FEW,
    INTERVALS,
    NEXT,
    READY,
    Choice,
    Reading,
    brief,
    rows,
    span,
)
from tests.figures.drawn import xs, ys
from tests.labs.outline import Outline

FOUR = READY["All four places"]
GROUPS = [group for k in range(1, 6) for group in combinations(rows(), k)]


@pytest.fixture
def lab() -> PoolingLab:
    made = nts.pooling_lab()
    assert isinstance(made, PoolingLab)
    return made


# --- what it says -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (AVERAGE, "1.71 to 3.92: all"),
        (FEW, "1.36 to 4.95: all"),
        (NEXT, "0.54 to 12.3: it crosses 1"),
    ],
)
def test_three_intervals_for_three_questions(lab: PoolingLab, interval: str, words: str) -> None:
    lab.interval = interval
    assert lab.verdict.startswith("Average odds ratio 2.59.") and words in lab.verdict
    assert lab.verdict == lab.message


def test_without_any_but_muldoon_the_interval_for_few_studies_crosses_1(lab: PoolingLab) -> None:
    crosses = set()
    for name in FOUR:
        lab.set(studies=[other for other in FOUR if other != name])
        crosses |= {name} if "it crosses 1" in lab.verdict else set()
    assert crosses == set(FOUR) - {"Muldoon"}


def test_the_cohort_counted_twice_is_said_to_be(lab: PoolingLab) -> None:
    lab.set(studies=list(rows()), interval=AVERAGE)
    assert "2.82" in lab.verdict and "1.89 to 4.20" in lab.verdict
    assert "Elmes and Walker have asked the same women, who then count twice" in lab.reasons[0]


@pytest.mark.parametrize(("interval", "stated"), [(AVERAGE, "No."), (FEW, "Nearly"), (NEXT, "No.")])
def test_it_says_whether_an_interval_keeps_its_stated_rate(
    lab: PoolingLab, interval: str, stated: str
) -> None:
    lab.interval = interval
    assert lab.reasons[0].startswith(f"Does this interval hold the truth 95 times in 100? {stated}")


@pytest.mark.parametrize(
    ("studies", "interval", "words"),
    [
        (["Elmes"], FEW, "One study: its own interval"),
        (["Elmes"], NEXT, "One study: its own interval"),
        (["Elmes", "Lyons"], NEXT, "Two studies give no prediction interval"),
    ],
)
def test_where_so_few_studies_have_no_interval_it_draws_none(
    lab: PoolingLab, studies: list[str], interval: str, words: str
) -> None:
    lab.set(studies=studies, interval=interval)
    assert "There is no " in lab.verdict and words in lab.reasons[0] and "no interval" in lab.alt
    drawn = Forest().show(lab.reading)
    assert [xs(line) for line in drawn.axes[0].lines if line.get_linewidth() > 2] == [[]]


def test_odds_are_told_as_risks_of_those_exposed(lab: PoolingLab) -> None:
    lab.baseline = 50
    risk = pooling.risk_from_odds(lab.reading.ratio, 0.5)
    assert f"50 of 100 not exposed meet violence, it is {100 * risk:.0f} of 100 exposed" in lab.reasons[1]
    assert f"{2 * risk:.1f} times as many, not 2.59 times" in lab.reasons[1]


def test_it_counts_policing_of_persons(lab: PoolingLab) -> None:
    exposures = nts.table("platt_forest").set_index("study").exposure
    assert exposures["Muldoon et al."] in lab.reasons[2]
    lab.studies = ["Lyons"]
    assert exposures["Muldoon et al."] not in lab.reasons[2]
    assert lab.reasons[2].endswith("That is policing of persons, not a law.")


def test_the_rows_are_those_of_the_table_and_only_one_stands_twice() -> None:
    table = nts.table("platt_forest")
    violence = table[table.outcome_group == "violence"]
    kept = violence[violence.use_in_pool.astype(str).str.lower() == "true"]
    assert list(rows())[:4] == [name.split()[0] for name in kept.study]
    assert [row.name for row in rows().values() if row.again] == ["Walker"]


@pytest.mark.parametrize("interval", INTERVALS)
def test_every_choice_reads_well(interval: str) -> None:
    for group in GROUPS:
        for estimator, baseline in zip(ESTIMATORS, (1, 30, 90), strict=True):
            reading = Reading(Choice(group, interval, estimator, baseline))
            assert len(reading.alt) in ALT_LENGTH, reading.alt
            texts = [reading.verdict, *reading.reasons, reading.alt]
            assert not any(re.search(r"nan|inf\b|None|e[+-]\d", text) for text in texts), texts
            if reading.ends:
                assert 0 < reading.ends[0] < reading.ratio < reading.ends[1] < math.inf


# --- from Python --------------------------------------------------------------------------------------------


def test_names_come_in_any_list_and_order(lab: PoolingLab) -> None:
    lab.set(studies=("Elmes", "Shannon", "Elmes"))
    assert lab.studies == ["Shannon", "Elmes"]
    lab.reset()
    assert lab.studies == list(FOUR) and lab.baseline == 30


def test_one_change_of_several_inputs_is_told_once(lab: PoolingLab) -> None:
    before = lab.answered
    lab.set(studies=["Elmes", "Lyons"], interval=NEXT, baseline=10)
    assert lab.answered == before + 1
    lab.set(baseline=10)
    assert lab.answered == before + 1


# --- the picture --------------------------------------------------------------------------------------------


def test_the_picture_shows_rows_pool_and_risks() -> None:
    reading = Reading(Choice(studies=("Shannon", "Muldoon", "Lyons"), baseline=20))
    left, right = Forest().show(reading).axes
    squares = [line for line in left.lines if line.get_marker() == "s"]
    assert [xs(line)[0] for line in squares] == [row.ratio for row in rows().values()]
    filled = [line.get_markerfacecolor() != "white" for line in squares]
    assert filled == [True, True, True, False, False]
    sizes = [line.get_markersize() for line in squares[:3]]
    assert np.argsort(sizes).tolist() == np.argsort(reading.pooled.weights).tolist()
    whiskers = [xs(line) for line in left.lines if line.get_linewidth() == 1.4]
    assert whiskers == [[row.low, row.high] for row in rows().values()]
    [diamond] = [line for line in left.lines if line.get_marker() == "D"]
    [pooled] = [line for line in left.lines if line.get_linewidth() > 2]
    assert reading.ends and (xs(diamond), xs(pooled)) == ([reading.ratio], list(reading.ends))
    digits = [text.get_text() for text in left.texts]
    assert digits[0] == "3.45 (1.98 to 6.02)"
    assert digits[-1] == f"{brief(reading.ratio)} ({span(*reading.ends)})"
    base, reach, risk = right.lines
    assert (xs(base), xs(risk)) == ([20], [reading.risk(reading.ratio)])
    assert xs(reach) == [reading.risk(end) for end in reading.ends] and ys(reach) == [1, 1]


def test_an_arrow_says_that_the_interval_goes_on_beyond_the_axis() -> None:
    def ends(*studies: str, interval: str) -> list[list[float]]:
        lines = Forest().show(Reading(Choice(studies, interval))).axes[0].lines
        return [xs(line) for line in lines if line.get_marker() in ("<", ">")]

    assert ends(*FOUR, interval=NEXT) == [[], []]
    [low], [high] = ends("Shannon", "Muldoon", "Elmes", interval=NEXT)
    assert NEAREST < low < 0.3 and 14 < high < FARTHEST
    assert ends("Elmes", interval=NEXT) == [[], []]


def test_the_lab_shows_what_a_new_drawing_shows(lab: PoolingLab) -> None:
    """Only what moves is drawn anew; the picture is the same to the pixel."""
    changes: list[dict[str, Any]] = [{"studies": ["Elmes", "Walker"]}, {"interval": NEXT, "baseline": 85}]
    for values in [*changes, {"studies": ["Lyons"]}]:
        lab.set(**values)
        fresh = Forest(figures_like(lab)).show(lab.reading)
        wanted = Image.open(figures.png(fresh)).convert("RGB")
        shown = Image.open(io.BytesIO(base64.b64decode(lab.picture))).convert("RGB")
        assert np.array_equal(np.asarray(shown), np.asarray(wanted))


def figures_like(lab: PoolingLab) -> Figure:
    """A new figure of the size and the resolution of the lab's."""
    return Figure(figsize=lab.kind.size, dpi=figures.SHARPER * figures.PX_PER_INCH)


class Slope(Picture):
    """A line that a number turns, within limits that follow it where it is large."""

    size = (2, 1)

    def _build(self) -> Iterable[Artist]:
        self._line = self.fig.subplots().plot([0, 1], [0, 0])[0]
        return [self._line]

    def show(self, top: float) -> Figure:
        self._line.set_ydata([0, top])
        self.fig.axes[0].set_ylim(0, max(top, 1))
        return self.fig


def test_a_picture_follows_what_moves_and_its_limits() -> None:
    shown = Slope()
    low, high, higher = (shown.png(top) for top in (0.5, 1, 3))
    assert len({low, high, higher}) == 3
    assert [Slope().png(top) for top in (3, 1, 0.5)] == [higher, high, low]
    assert [shown.png(top) for top in (0.5, 3, 1)] == [low, higher, high]


def test_type_is_never_below_11_px_and_no_words_lie_over_others(lab: PoolingLab) -> None:
    lab.set(studies=["Lyons", "Elmes", "Muldoon"], interval=NEXT, baseline=90)
    fig = Forest().show(lab.reading)
    FigureCanvasAgg(fig).draw()
    assert figures.smallest_type(fig) >= 11
    found = [t for t in fig.findobj(Text) if isinstance(t, Text) and t.get_visible() and t.get_text().strip()]
    boxes = [(text.get_text(), text.get_window_extent().padded(-2)) for text in found]
    assert not [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if one.overlaps(other)]
    width, height = fig.bbox.width, fig.bbox.height
    inside = [box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height for _, box in boxes]
    assert all(inside), [text for (text, _), fits in zip(boxes, inside, strict=True) if not fits]


# --- without a kernel ---------------------------------------------------------------------------------------


def test_the_static_block_asks_before_it_tells() -> None:
    outline = Outline(static_block())
    assert "does one study decide" in outline.read_at_once
    assert "1.36" not in outline.read_at_once and "1.36 to 4.95" in outline.text
    for title, printed in (
        ("All four places", "0.54 to 12.3"),
        ("Without Gulu", "2.23 to 4.45"),
        ("Without London", "0.92 to 6.53"),
        ("All four, and the second London paper", "1.89 to 4.20"),
    ):
        part = outline.text.split(f"Predict, then open: {title}")[1].split("Predict, then open")[0]
        assert printed in part, title
