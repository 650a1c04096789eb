"""The two-events lab, driven by value in a plain Python and in a real kernel without a browser."""

from __future__ import annotations

import base64
import datetime
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest

import notthesame as nts
from notthesame import evidence
from notthesame._reading import shown
from notthesame._words import signed
from notthesame.charts.two_events import Events
from notthesame.evidence import Value
from notthesame.figures import ALT_LENGTH
from notthesame.labs import drawn, two_events
from notthesame.labs.two_events import TwoEvents, static_block
from notthesame.statistics import interrupted_series as series
from notthesame.statistics.interrupted_series import FIRST, SECOND, TOGETHER, Setting
from notthesame.statistics.two_events import READY, Reading, known_dates
from notthesame.synthetic.two_events import held_in, ready_made
from tests.figures.drawn import xs, ys
from tests.labs.outline import Outline
from tests.ordinary import NUMBERS

DAY = datetime.date(2018, 4, 6)
TABLE = evidence.rows("two_events_synthetic")


@pytest.fixture
def lab() -> TwoEvents:
    made = nts.two_events()
    assert isinstance(made, TwoEvents)
    return made


# --- what it says of a series -------------------------------------------------------------------------------


def test_it_opens_on_seizure_and_signature_with_sharp_steps(lab: TwoEvents) -> None:
    fact = evidence.fact("law-backpage-seized-before-law")
    assert (lab.first, lab.second) == (str(fact["seized"].value), str(fact["signed"].value))
    assert lab.reading.setting == Setting() and Setting().gap == fact["days"].value
    assert lab.verdict == lab.message == "This design can tell the events apart."
    assert [row["change"] for row in lab.rows] == ["First event", "Second event", "Both together"]
    assert [row["true"] for row in lab.rows] == ["\u221220", "\u221210", "\u221230"]
    assert all(re.fullmatch("\u2212[\\d.]+ to \u2212[\\d.]+", row["band"]) for row in lab.rows)


def test_the_rows_are_those_of_the_fit(lab: TwoEvents) -> None:
    lab.set(noise=7, seed=5)
    found = series.fit(Setting(noise=7), series.draw(Setting(noise=7), 5))
    for row, name in zip(lab.rows, (FIRST, SECOND, TOGETHER), strict=True):
        band = found[name].band
        assert band and row["fit"] == signed(found[name].value)
        assert row["band"] == f"{signed(band[0])} to {signed(band[1])}"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            {"lag": 7},
            "take 7 days to arrive. Without any noise it would say −6.4 and −20.7 in place of −20 and −10",
        ),
        (
            {"anticipation": 21},
            "the second begins 21 days early. Without any noise it would say −26.2 and 0.0",
        ),
        ({"anticipation": 1}, "the second begins 1 day early"),
        ({"noise": 20}, "Too much noise for a gap of 5 days"),
        ({"second": "2018-04-06"}, "Both events fall on one day"),
        ({"begins": "between them"}, "No day before the first event"),
        ({"begins": "after both"}, "more respondents do not change that"),
        ({"first_effect": 0, "second_effect": 0}, "Neither event changes anything"),
    ],
)
def test_where_the_design_breaks_it_says_so_and_why(
    lab: TwoEvents, values: dict[str, Any], words: str
) -> None:
    lab.set(**values)
    assert lab.verdict == "This design cannot tell the events apart."
    assert len(lab.reasons) == 1 and words in lab.reasons[0]


@pytest.mark.parametrize("values", [{"lag": 7}, {"anticipation": 21}, {"lag": 2, "second": "2018-04-06"}])
def test_no_interval_is_shown_that_is_not_one(lab: TwoEvents, values: dict[str, Any]) -> None:
    lab.set(**values)
    assert all(row["band"] in ("no band", "none") for row in lab.rows)
    assert " to " not in lab.alt.partition("The fit says")[2]
    right = Events().show(lab.reading).axes[1]
    assert not [line for line in right.lines if len(set(ys(line))) == 1 and len(ys(line)) == 2]
    assert "band" in right.get_title(loc="left") and "95" not in right.get_title(loc="left")


def test_a_survey_after_both_estimates_nothing(lab: TwoEvents) -> None:
    lab.begins = "after both"
    assert {row["fit"] for row in lab.rows} == {"cannot be estimated"}
    assert "for want of days before" in lab.alt


def test_too_wide_bands_are_shown_since_they_keep_their_rate(lab: TwoEvents) -> None:
    lab.noise = 20
    assert all(" to " in row["band"] for row in lab.rows)
    assert "The bands keep their rate" in lab.reasons[0]


def test_the_alt_text_fits_every_setting() -> None:
    noises, lags, gaps = (0.5, 40.0), (0, 60), (0, 5, 90)
    for noise, lag, early, gap, begins in product(noises, lags, lags, gaps, series.BEGINS):
        setting = Setting(gap, -60, 60, lag, early, noise, 0.6, 30, begins)
        alt = Reading(setting, datetime.date(2018, 9, 26)).alt
        assert len(alt) in ALT_LENGTH and alt.startswith("Synthetic daily counts"), alt


@pytest.mark.parametrize(
    ("number", "digits", "text"),
    [(-20.04, 1, "\u221220.0"), (3, 0, "+3"), (-0.04, 1, "0.0"), (0.4, 0, "0"), (-0.06, 1, "\u22120.1")],
)
def test_a_change_has_its_sign_unless_it_rounds_to_nothing(number: float, digits: int, text: str) -> None:
    assert signed(number, digits) == text


# --- the picture --------------------------------------------------------------------------------------------


def test_the_picture_shows_the_series_the_events_and_the_bands() -> None:
    reading = Reading(Setting(), DAY, seed=3)
    left, right = Events().show(reading).axes
    dots, undisturbed, truth, *events = left.lines
    assert ys(dots) == list(reading.counts) and xs(dots) == list(Setting().days)
    assert ys(undisturbed) == list(series.undisturbed(Setting()))
    assert ys(truth) == list(series.expected(Setting()))
    assert [xs(line)[0] for line in events] == [0, 5]
    bands = [xs(line) for line in right.lines if len(xs(line)) == 2 and line.get_linewidth() == 2]
    assert [tuple(band) for band in bands] == [
        reading.estimates[name].band for name in (FIRST, SECOND, TOGETHER)
    ]
    assert "Synthetic" in left.get_title(loc="left") and "synthetic" in left.get_ylabel()
    assert "synthetic" in right.get_xlabel()


def test_the_trait_holds_a_png_and_one_figure_serves_every_redraw(lab: TwoEvents) -> None:
    from matplotlib import pyplot

    figure = lab._drawn.fig
    first = lab.picture
    lab.noise = 9
    assert base64.b64decode(lab.picture).startswith(b"\x89PNG") and lab.picture != first
    assert lab._drawn.fig is figure and pyplot.get_fignums() == []


def test_the_table_of_a_series_names_what_is_synthetic(lab: TwoEvents) -> None:
    table = lab.reading.table()
    assert list(table) == ["date", "synthetic_count", "synthetic_without_events"] and len(table) == 125
    assert str(table["date"][60].date()) == lab.first


# --- inputs -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"lag": 61}, "lag is 61; allowed are 0 to 60"),
        ({"lagg": 3}, "There is no input 'lagg'. Nearest: lag"),
    ],
)
def test_one_bad_value_among_several_changes_nothing(
    lab: TwoEvents, values: dict[str, Any], words: str
) -> None:
    before = lab.get_state()
    with pytest.raises(ValueError, match=words):
        lab.set(window=90, **values)
    assert lab.get_state() == before


def test_a_bad_state_from_the_page_is_rolled_back(lab: TwoEvents) -> None:
    before = lab.get_state()
    with pytest.raises(ValueError, match="gap is -36"):
        lab.set_state({"second": "2018-03-01", "lag": 3})
    assert lab.get_state() == before


def test_both_dates_may_move_past_each_other_at_once(lab: TwoEvents) -> None:
    lab.set(first="2019-01-01", second="2019-01-15")
    assert (lab.reading.setting.gap, lab.reading.second) == (14, datetime.date(2019, 1, 15))


def test_back_to_the_start(lab: TwoEvents) -> None:
    start = lab.get_state()
    lab.set(second="2018-05-06", lag=3, noise=20, carry=0.3, window=90, seed=4, begins="between them")
    lab.reset()
    assert {**lab.get_state(), "answered": 0} == {**start, "answered": 0}


def test_several_inputs_set_at_once_are_drawn_once(lab: TwoEvents) -> None:
    before = lab.answered
    lab.set(noise=20, carry=0.3, seed=4)
    assert lab.answered == before + 1
    assert lab.reading == Reading(Setting(noise=20, carry=0.3), DAY, seed=4)


def test_new_noise_draws_another_series(lab: TwoEvents) -> None:
    before = lab.rows
    lab.seed = 2
    assert lab.rows != before and lab.verdict == "This design can tell the events apart."


# --- trying the bands ---------------------------------------------------------------------------------------


def test_the_trial_says_how_often_the_bands_held(lab: TwoEvents) -> None:
    lab.testing = True
    assert not lab.testing and (lab.tally["done"], lab.tally["of"]) == (400, 400)
    assert lab.message.startswith("400 new series. The band held the true change this often: first event 3")
    assert all(0.92 * 400 < count < 0.98 * 400 for count in lab.tally["held"].values())
    lab.lag = 7
    assert lab.tally == {}
    lab.testing = True
    assert "A band made as if the steps were sharp held" in lab.message and lab.tally["held"][FIRST] < 40


def test_with_nothing_to_estimate_there_is_no_band_to_try(lab: TwoEvents) -> None:
    lab.begins = "after both"
    lab.testing = True
    assert not lab.testing and lab.message == "There is no band to try: nothing can be estimated."


def test_a_trial_goes_on_in_small_steps_and_stops_when_told(
    lab: TwoEvents, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[Iterator[None]] = []
    monkeypatch.setattr(drawn, "_in_turns", steps.append)
    monkeypatch.setattr("asyncio.get_running_loop", lambda: Loop())
    lab.testing = True
    [running] = steps
    next(running)
    next(running)
    assert lab.testing and lab.tally["done"] == 2 * two_events.CHUNK
    lab.testing = False
    assert list(running) == [] and lab.message.startswith("20 new series.")


def test_another_setting_ends_a_trial_without_a_word(lab: TwoEvents, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[Iterator[None]] = []
    monkeypatch.setattr(drawn, "_in_turns", steps.append)
    monkeypatch.setattr("asyncio.get_running_loop", lambda: Loop())
    lab.testing = True
    [running] = steps
    next(running)
    lab.noise = 4
    assert list(running) == [] and not lab.testing
    assert lab.tally == {} and lab.message == lab.verdict


class Loop:
    """A loop whose tasks the test steps by hand."""

    def create_task(self, steps: object) -> object:
        return steps


# --- without a kernel ---------------------------------------------------------------------------------------


def test_the_static_block_predicts_first_and_reads_whole() -> None:
    page = static_block()
    outline = Outline(page)
    assert outline.seen.count("table") == len(READY)
    assert outline.seen.count("details") == len(READY) + 1
    assert "Synthetic results" in page
    assert " to \u2212" not in outline.read_at_once and "cannot tell" not in outline.read_at_once
    for name, setting in READY.items():
        reading = Reading(setting, known_dates()[0])
        block = page.partition(f"<summary>Predict, then open: {name}</summary>")[2].partition("</details>")[0]
        assert reading.verdict in block


def test_the_ready_made_results_are_those_in_the_table() -> None:
    for row, made in zip(TABLE, ready_made(tries=0), strict=True):
        for name, value in made.items():
            if not name.endswith(("_held", "_tries")):
                text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
                assert row[name] == text, (made["setting"], name)


def test_the_bands_of_the_table_held_as_often_as_it_says() -> None:
    for row, setting in zip(TABLE, READY.values(), strict=True):
        held = held_in(setting, int(row["synthetic_tries"]))
        for name in (FIRST, SECOND, TOGETHER):
            assert row[f"synthetic_{name}_held"] == (str(held[name]) if name in held else "")
            sharp = name in held and not setting.blurred
            assert not sharp or 0.93 <= held[name] / int(row["synthetic_tries"]) <= 0.98


def test_the_package_and_the_statistics_load_statsmodels_only_when_used() -> None:
    code = (
        "import sys, notthesame\nfrom notthesame.statistics import interrupted_series as s\n"
        "s.breaks(s.Setting())\n"
        "print([name for name in ('statsmodels', 'anywidget', 'matplotlib') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize(("given", "read"), NUMBERS, ids=shown)
def test_an_input_is_read_in_every_form_of_a_number(given: Any, read: float) -> None:
    lab = nts.two_events()
    within = 0.5 <= read <= 40
    with nullcontext() if within else pytest.raises(ValueError, match=r"allowed are 0\.5 to 40"):
        lab.set(noise=given)
    assert lab.noise == (read if within else Setting.noise)


MAY = datetime.date(2018, 5, 6)


@pytest.mark.parametrize(
    "given",
    [
        *("2018-05-06", " 2018-05-06 ", MAY, datetime.datetime(2018, 5, 6, 12), pd.Timestamp(MAY), [MAY]),
        *(np.datetime64("2018-05-06"), np.array(["2018-05-06"], "datetime64[D]"), pd.Series([MAY])),
        Value("day", MAY, "date", "a day"),
    ],
    ids=shown,
)
def test_a_day_is_read_in_every_form(given: Any) -> None:
    lab = nts.two_events()
    lab.set(second=given)
    assert lab.second == "2018-05-06"


@pytest.mark.parametrize(
    "given", ["6 May", "2018-13-01", 20180506, None, pd.NaT, np.datetime64("NaT", "D"), [], True]
)
def test_what_is_no_day_is_refused_in_one_line(given: Any) -> None:
    with pytest.raises(ValueError, match=r"^second is .*; allowed are days such as '2018-04-06'$"):
        nts.two_events().set(second=given)
