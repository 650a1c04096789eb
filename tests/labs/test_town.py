"""The town lab, driven by value in a plain Python: what it says, what it draws, what it tries."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from matplotlib.collections import LineCollection

import notthesame as nts
from notthesame import evidence, figures
from notthesame.charts.town import LAB_SIZE, Samples, angles
from notthesame.figures import ALT_LENGTH
from notthesame.labs import drawn, town
from notthesame.labs.town import Town, static_block
from notthesame.statistics import sampling
from notthesame.statistics import town as samples
from notthesame.statistics.town import OPT_IN, RANDOM, RDS, SAMPLERS, TRUTH, Reading, Setting
from tests.figures.drawn import xs
from tests.labs.outline import Outline

TABLE = evidence.rows("town_synthetic")


@pytest.fixture
def lab() -> Town:
    made = nts.town()
    assert isinstance(made, Town)
    return made


# --- what it says -------------------------------------------------------------------------------------------


def test_it_opens_on_an_opt_in_sample_far_off(lab: Town) -> None:
    assert lab.verdict == (
        "10,000 who opt in err more than a random 100: typically by 16.2 points, against 4.6."
    )
    assert lab.message == lab.verdict and lab.sampler == OPT_IN
    assert lab.reasons == [
        "It will not hold the truth 95 times in 100: more people shrink it around 46.2, which such calls "
        "find on average, not around 30."
    ]
    assert "opt-in 10,000 people, 46." in lab.alt and "rate not kept" in lab.alt


def test_the_verdict_turns_where_an_opt_in_sample_becomes_worse(lab: Town) -> None:
    edge = sampling.break_even_ratio(TRUTH, 10_000, 100)
    for ratio, word in ((edge - 0.01, "less"), (edge + 0.01, "more")):
        lab.ratio = ratio
        assert f"10,000 who opt in err {word} than a random 100" in lab.verdict


def test_typical_errors_are_those_that_samples_have() -> None:
    """Root mean square of 150 draws, whose own standard error is 6 per cent of it."""
    setting = Setting(opt_in_n=1000, ratio=1.2)
    trials = samples.trials(setting, samplers=(RANDOM, OPT_IN))
    drawn = [next(trials) for _ in range(150)]
    for sampler, error in setting.errors.items():
        squares = [(trial[sampler].estimate - TRUTH) ** 2 for trial in drawn]
        assert np.mean(squares) ** 0.5 == pytest.approx(error, rel=0.2)


def test_an_interval_is_called_one_only_where_it_keeps_its_rate(lab: Town) -> None:
    kept = {sampler: found.kept for sampler, found in lab.reading.found.items()}
    assert kept == {RANDOM: True, OPT_IN: False, RDS: False}
    lab.ratio = 1
    assert lab.reading.found[OPT_IN].kept and "since all answer equally often" in lab.reasons[0]
    lab.sampler = RDS
    assert "95 times in 100 is not promised" in lab.reasons[1]
    lab.sampler = RANDOM
    assert lab.reasons[0].startswith("It holds the truth 95 times in 100")


def test_the_interval_of_an_opt_in_sample_shrinks_around_the_wrong_value() -> None:
    found = [Reading(Setting(opt_in_n=n)).found[OPT_IN] for n in (100, 1000, 10_000)]
    widths = [one.high - one.low for one in found]
    assert widths[0] > 3 * widths[1] * 0.9 and widths[1] > 3 * widths[2] * 0.9
    assert found[2].low > 0.44 and not found[2].holds


@pytest.mark.parametrize("sampler", SAMPLERS)
@pytest.mark.parametrize("wave", [0, 1000])
def test_the_alt_text_fits(sampler: str, wave: int) -> None:
    reading = Reading(Setting(1000, 10_000, 5, 300, 1, 1, "with", 5), sampler, wave)
    assert len(reading.alt) in ALT_LENGTH and reading.alt.startswith("Synthetic town")


# --- wave by wave -------------------------------------------------------------------------------------------


def test_the_sample_grows_from_its_seeds_and_has_an_interval_when_it_is_whole(lab: Town) -> None:
    lab.set(sampler=RDS, wave=0)
    assert lab.message.startswith(f"Wave 0 of {lab.waves}: 4 of 200 people, estimate ")
    grown = lab.reading.grown
    assert len(grown) == 4 and (grown["recruiter"] == 0).all()
    found = lab.reading.found[RDS]
    assert found.low == found.high == sampling.rds_ii(grown["outcome"], grown["degree"])
    numbers = [len(grown)]
    for wave in range(1, lab.waves + 1):
        lab.wave = wave
        numbers.append(len(lab.reading.grown))
        assert lab.reading.grown["wave"].max() == wave
    assert numbers == sorted(set(numbers)) and numbers[-1] == 200
    assert lab.message.startswith(f"Wave {lab.waves} of {lab.waves}: 200 people")
    assert lab.reading.found[RDS].low < lab.reading.found[RDS].high


def test_what_was_shown_whole_stays_whole_and_a_wave_beyond_the_last_is_the_last(lab: Town) -> None:
    assert lab.wave == lab.waves
    lab.set(coupons=1, rds_n=60)
    assert lab.wave == lab.waves > 10
    lab.wave = 500
    assert lab.wave == lab.waves
    lab.set(wave=2, coupons=3)
    assert lab.wave == 2 < lab.waves
    lab.seed = 2
    assert lab.wave == 2


def test_another_wave_leaves_the_samples_and_a_trial_as_they_are(lab: Town) -> None:
    lab.testing = True
    before, drawn = lab.tally, lab.reading.samples
    lab.set(sampler=RDS, wave=1)
    assert lab.tally == before and lab.reading.samples is drawn


# --- the picture --------------------------------------------------------------------------------------------


def dots(drawn: Any) -> int:
    """How many dots were drawn at once."""
    return len(drawn.get_offsets())


def test_the_picture_shows_each_estimate_beside_the_truth() -> None:
    reading = Reading(Setting())
    _, town_dots, sample_dots, estimates = Samples().show(reading).axes
    assert list(map(dots, town_dots.collections)) == [30, 70]
    share = reading.found[OPT_IN].estimate
    assert dots(sample_dots.collections[0]) == round(100 * share)
    truth, *lines = estimates.lines
    assert xs(truth) == [30, 30]
    ends = [xs(line) for line in lines if line.get_linestyle() != "None" and len(xs(line)) == 2]
    assert ends == [[100 * found.low, 100 * found.high] for found in reading.found.values()]
    solid = [line.get_linestyle() == "-" for line in lines if line.get_linestyle() != "None"]
    assert solid == [True, False, False]
    assert "Synthetic" in town_dots.get_title(loc="left") and "synthetic" in estimates.get_xlabel()


def test_the_picture_of_chains_has_a_dot_for_each_and_a_line_to_the_recruiter() -> None:
    reading = Reading(Setting(), RDS, 2)
    fig = Samples().show(reading, {sampler: [0.3, 0.4] for sampler in SAMPLERS})
    left, right = (axes for axes in fig.axes if axes.get_visible())
    ties, *people = left.collections
    assert isinstance(ties, LineCollection)
    known, yes, no = map(dots, people)
    newest = reading.grown[reading.grown["wave"] == 2]
    assert yes + no == len(reading.grown) and yes == reading.grown["outcome"].sum()
    assert known == newest["degree"].sum()
    assert len(ties.get_segments()) == len(reading.grown) - 4
    assert list(map(dots, right.collections)) == [2, 2, 2]
    assert "grey: 2 new samples" in right.get_title(loc="right")


def test_recruits_stand_near_their_recruiter_and_nobody_on_another() -> None:
    chains = Reading(Setting(), RDS).samples.chains
    turns = angles(chains["recruiter"].to_numpy())
    for _, ring in chains.groupby("wave"):
        assert len(set(turns[ring.index])) == len(ring)
    for row in chains.itertuples():
        below = turns[chains.index[chains["recruiter"] == row.id]]
        assert len(below) == 0 or turns[row.Index] == pytest.approx(below.mean())


@pytest.mark.parametrize("reading", [Reading(Setting()), Reading(Setting(coupons=1, seeds=1), RDS, 9)])
def test_the_picture_has_words_of_eleven_pixels_and_none_cut_off(reading: Reading) -> None:
    fig = Samples().show(reading, {sampler: [0.3] * 100 for sampler in SAMPLERS})
    drawn_box, page = fig.get_tightbbox(), fig.get_size_inches()
    assert min(drawn_box.x0, drawn_box.y0) >= 0 and drawn_box.x1 <= page[0] and drawn_box.y1 <= page[1]
    natural = LAB_SIZE[0] * figures.PX_PER_INCH
    assert figures.smallest_type(fig) * 600 / natural >= figures.LEAST_PX


def test_one_figure_serves_every_redraw(lab: Town) -> None:
    figure, first = lab._drawn.fig, lab.picture
    lab.sampler = RANDOM
    assert base64.b64decode(lab.picture).startswith(b"\x89PNG") and lab.picture != first
    assert lab._drawn.fig is figure


# --- inputs -------------------------------------------------------------------------------------------------


def test_one_bad_value_among_several_changes_nothing(lab: Town) -> None:
    before = lab.get_state()
    with pytest.raises(ValueError, match="seeds is 11; allowed are 1 to 10"):
        lab.set(ratio=1.5, seeds=11)
    with pytest.raises(ValueError, match=r"There is no input 'ratios'\. Nearest: ratio"):
        lab.set(ratios=1.5)
    assert lab.get_state() == before


def test_back_to_the_start(lab: Town) -> None:
    start = lab.get_state()
    lab.set(ratio=1.1, coupons=1, wave=3, sampler=RDS, seed=4, replacement="with")
    lab.reset()
    assert {**lab.get_state(), "answered": 0} == {**start, "answered": 0}


def test_new_samples_are_others(lab: Town) -> None:
    before = lab.reading.found
    lab.seed = 2
    assert all(lab.reading.found[sampler] != before[sampler] for sampler in (OPT_IN, RDS))


# --- many samples -------------------------------------------------------------------------------------------


def test_a_trial_says_how_often_intervals_hold_and_shows_what_was_found(lab: Town) -> None:
    lab.set(homophily=3)
    picture = lab.picture
    lab.testing = True
    held = lab.tally["held"]
    assert not lab.testing and (lab.tally["done"], lab.tally["of"]) == (100, 100)
    assert held[RANDOM] >= 88 and held[OPT_IN] == 0 and 65 <= held[RDS] <= 93  # errors 2, 0 and 4
    assert lab.message.startswith("100 new samples of each. The interval held the truth: random ")
    assert "Typical error in points: 4." in lab.message and lab.picture != picture
    lab.ratio = 1.1
    assert lab.tally == {} and lab.message == lab.verdict


class Loop:
    """A loop whose tasks the test steps by hand."""

    def create_task(self, steps: object) -> object:
        return steps


@pytest.fixture
def running(lab: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A trial that has begun."""
    steps: list[Iterator[None]] = []
    monkeypatch.setattr(drawn, "_in_turns", steps.append)
    monkeypatch.setattr("asyncio.get_running_loop", lambda: Loop())
    lab.testing = True
    next(steps[0])
    return steps[0]


def test_a_trial_stops_when_told(lab: Town, running: Iterator[None]) -> None:
    assert lab.tally["done"] == town.CHUNK
    lab.testing = False
    assert list(running) == [] and lab.message.startswith("4 new samples of each.")


def test_another_setting_ends_a_trial_without_a_word(lab: Town, running: Iterator[None]) -> None:
    lab.ratio = 1.5
    assert list(running) == [] and not lab.testing
    assert lab.tally == {} and lab.message == lab.verdict


# --- without a kernel ---------------------------------------------------------------------------------------


def test_the_static_block_predicts_first() -> None:
    page = static_block()
    outline = Outline(page)
    assert outline.seen.count("table") == 3 and outline.seen.count("details") == 4
    assert "Synthetic results" in page and "points" not in outline.read_at_once
    assert "when is an opt-in sample of 10,000 worse than a random one of 100?" in outline.read_at_once


def test_the_table_says_what_must_hold() -> None:
    held: dict[str, list[int]] = {sampler: [] for sampler in SAMPLERS}
    for row in TABLE:
        assert row["synthetic_tries"] == "100"
        held[row["sampler"]].append(int(row["synthetic_held"]))
    [random] = held[RANDOM]
    assert random >= 88  # of 95 expected, less three standard errors
    assert max(held[OPT_IN]) < 20 and min(held[OPT_IN]) == 0
    blind, tied, forked = held[RDS]
    assert blind > tied > forked and tied < 90


def test_values_are_read_in_every_usual_form(lab: Town) -> None:
    given: Any = ("1,5", "1,000 people", np.int64(6))
    lab.set(ratio=given[0], opt_in_n=given[1], seeds=given[2])
    assert (lab.ratio, lab.opt_in_n, lab.seeds) == (1.5, 1000, 6)
