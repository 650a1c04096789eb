"""The list lab, driven by value in a plain Python without a browser."""

from __future__ import annotations

import base64
from itertools import product
from typing import Any

import numpy as np
import pytest

import notthesame as nts
from notthesame import evidence
from notthesame.charts.list_experiment import Surveys
from notthesame.figures import ALT_LENGTH
from notthesame.labs.list_experiment import ListLab, static_block
from notthesame.statistics import sensitive_questions as engine
from notthesame.statistics.list_experiment import (
    DIRECT,
    LIST,
    NAMES,
    RANGES,
    READY,
    SURVEYS,
    TABLE,
    Reading,
    Setting,
)
from notthesame.synthetic.list_experiment import ready_made
from tests.labs.outline import Outline


@pytest.fixture
def lab() -> ListLab:
    return nts.list_lab()


# --- what it says -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "verdict", "words"),
    [
        ({}, "Here a list beats asking", "a list is ahead from about 320 people on"),
        ({"n": 200}, "Here asking beats a list", "although it came nearer in"),
        ({"n": 330}, "Here a list and asking are even", "about 320 people on"),
        ({"hides": 25}, "Here asking beats a list", "from about 1,300 people on"),
        ({"hides": 25, "n": 1500}, "Here a list beats asking", "5.0 points too low"),
        ({"hides": 0, "n": 5000}, "Here asking beats a list", "no bias to beat"),
        ({"items": 8}, "Here asking beats a list", "9.6 times as widely"),
    ],
)
def test_when_a_list_beats_asking(lab: ListLab, values: dict[str, Any], verdict: str, words: str) -> None:
    lab.set(**values)
    assert lab.verdict.startswith(verdict) and lab.verdict == lab.message
    assert words in " ".join(lab.reasons)
    assert "A real list can fail in both" in lab.reasons[-1]


def test_the_verdict_turns_where_the_engine_says_so() -> None:
    for share, hides, items in product((5, 20, 80), (10, 50, 100), (2, 3, 8)):
        point = engine.break_even_n(share / 100, hides / 100, items)
        if 120 < point < 4000:
            before, after = (Setting(round(point * by), share, hides, items) for by in (0.8, 1.25))
            assert Reading(before).verdict.startswith("Here asking beats")
            assert Reading(after).verdict.startswith("Here a list beats")


@pytest.mark.parametrize("setting", READY.values(), ids=list(READY))
def test_the_surveys_are_as_biased_and_as_wide_as_the_rows_say(setting: Setting) -> None:
    for way in NAMES:
        found = np.concatenate([Reading(setting, seed).estimates[way] for seed in range(20)])
        error = setting.spread[way] / np.sqrt(len(found))
        assert abs(found.mean() - setting.share - setting.bias[way]) <= 3.5 * error
        assert found.std() == pytest.approx(setting.spread[way], rel=0.04)  # 3.5 Monte Carlo errors at 6,000


def test_nobody_hides_on_the_list_and_no_estimate_is_clipped(lab: ListLab) -> None:
    assert [row[2] for row in lab.rows] == ["−10.0", "0.0"]
    lab.set(n=50, share=1, hides=100)
    assert lab.rows[0] == ["Asking directly", "0.0", "−1.0", "0.0", "1.0"]
    below = int((lab.reading.estimates[LIST] < 0).sum())
    assert below > SURVEYS / 4 and f"{below} of {SURVEYS} lists give a share that cannot be" in lab.reasons[1]


def test_the_alt_text_fits_every_setting() -> None:
    for ends in product(*RANGES.values()):
        alt = Reading(Setting(*ends)).alt
        assert len(alt) in ALT_LENGTH and alt.startswith("Synthetic surveys of"), alt


def test_another_seed_draws_other_surveys_and_the_verdict_stays(lab: ListLab) -> None:
    verdict, first = lab.verdict, lab.picture
    lab.seed = 2
    assert lab.picture != first and lab.verdict == verdict
    lab.reset()
    assert lab.picture == first


# --- the picture --------------------------------------------------------------------------------------------


def test_the_picture_shows_each_survey_the_averages_and_the_truth() -> None:
    reading = Reading(Setting())
    left, right = Surveys().show(reading).axes
    dots = [line for line in left.lines if line.get_marker() == "."]
    for line, way in zip(dots, (DIRECT, LIST), strict=True):
        assert np.array_equal(line.get_xdata(), reading.estimates[way])
    upright = [set(np.asarray(line.get_xdata()).tolist()) for line in left.lines if line.get_marker() != "."]
    assert upright == [{10.0}, {20.0}, {20}]
    here = [line for line in right.lines if line.get_marker() == "o"]
    assert [line.get_ydata()[0] for line in here] == [reading.setting.miss[way] for way in NAMES]  # type: ignore[index]
    assert "synthetic" in left.get_title(loc="left") and "synthetic" in left.get_xlabel()


def test_the_trait_holds_a_png_and_no_figure_stays_open(lab: ListLab) -> None:
    from matplotlib import pyplot

    assert base64.b64decode(lab.picture).startswith(b"\x89PNG") and pyplot.get_fignums() == []


def test_the_table_of_surveys_names_what_is_synthetic(lab: ListLab) -> None:
    assert list(lab.reading.table()) == ["synthetic_direct", "synthetic_list"]


# --- inputs and the static block ----------------------------------------------------------------------------


def test_several_inputs_are_drawn_once_and_one_bad_value_changes_nothing(lab: ListLab) -> None:
    before = lab.answered
    lab.set(n="1,000", share="30 %", hides=40)
    assert (lab.answered, lab.reading) == (before + 1, Reading(Setting(1000, 30, 40)))
    state = lab.get_state()
    with pytest.raises(ValueError, match="hides is 101; allowed are 0 to 100"):
        lab.set(n=700, hides=101)
    assert lab.get_state() == state


def test_the_static_block_predicts_first() -> None:
    page = static_block()
    outline = Outline(page)
    assert outline.seen.count("table") == len(READY) and outline.seen.count("details") == len(READY) + 1
    assert "beats asking" not in outline.read_at_once and "beats a list" not in outline.read_at_once
    for name, setting in READY.items():
        block = (
            static_block().partition(f"Predict, then open: {name}</summary>")[2].partition("</details>")[0]
        )
        assert Reading(setting).verdict in block and "Synthetic" in block


def test_the_stored_table_is_what_the_settings_give() -> None:
    for row, made in zip(evidence.rows(TABLE), ready_made(), strict=True):
        for name, value in made.items():
            text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
            assert row[name] == text, (made["setting"], name)
