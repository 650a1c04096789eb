"""The lab of unseen people, driven by value in a plain Python."""

from __future__ import annotations

import re

import pytest

import notthesame as nts
from notthesame import evidence, figures
from notthesame.charts.model_space import LAB_SIZE, Space
from notthesame.figures import ALT_LENGTH
from notthesame.labs.unseen import UnseenLab, static_block
from notthesame.statistics import multiple_systems as systems
from notthesame.statistics.unseen import CHARGES, INFINITE, KEPT, Choice, Reading, lists
from tests.figures.drawn import xs
from tests.labs.outline import Outline

SECOND = ["LA:NG", "LA:PFNCA", "NG:GP", "PFNCA:GP", "GO:GP"]


@pytest.fixture
def lab() -> UnseenLab:
    made = nts.unseen_lab()
    assert isinstance(made, UnseenLab)
    return made


def test_what_it_says_of_a_model_is_the_engines(lab: UnseenLab) -> None:
    lab.set(terms=SECOND)
    found = systems.fit(evidence.table("mse_uk_five_lists"), SECOND)
    assert lab.verdict == lab.message and lab.verdict.startswith(
        "Your model: 12,262. Best by BIC, n = people: 22,991 people."
    )
    assert f"{found.estimate:,.0f}, 1.0 above the best" in lab.reasons[0]
    assert f"{found.low:,.0f} to {found.high:,.0f}, takes the model as known" in lab.reasons[0]


def test_each_way_to_charge_has_the_winner_that_it_has_in_the_engine(lab: UnseenLab) -> None:
    best = {("BIC, n = people", "charged"): 22991, ("BIC, n = people", "not charged"): 12142}
    best |= {("BIC, n = combinations", "charged"): 11175, ("AIC", "charged"): 11175}
    for (charge, infinite), people in best.items():
        lab.set(charge=charge, infinite=infinite)
        assert f"{charge}: {people:,} people" in lab.verdict
    assert [f"{Reading(Choice(*pair)).best:,.0f}" in static_block() for pair in best] == [True] * 4


def test_the_best_model_is_said_to_be_the_best(lab: UnseenLab) -> None:
    lab.set(terms=lab.reading.space["terms"][0].split())
    assert "22,991, and is the best." in lab.reasons[0]


def test_resamples_end_in_intervals_and_a_change_takes_them_back(lab: UnseenLab) -> None:
    before = lab.picture
    lab.tries = 60
    lab.testing = True  # without a loop it is done at one go
    assert not lab.testing and lab.tally == {"done": 60, "of": 60}
    assert (
        re.match(r"60 resamples, \d+ models won at least once: ", lab.reasons[1]) and "BCa" in lab.reasons[1]
    )
    assert "90 times of 100" in lab.reasons[1] and "61 where" in lab.reasons[1]
    assert lab.picture != before and lab.reasons[1].startswith(lab.message)
    assert lab.message.startswith("60 resamples") and lab.message.endswith(".") and "BCa" in lab.message
    lab.set(infinite="not charged")
    assert len(lab.reasons) == 1 and lab.tally == {}
    lab.reset()
    assert lab.picture == before


def test_a_model_that_is_kept_gives_the_interval_of_that_model(lab: UnseenLab) -> None:
    lab.set(terms=SECOND, reselect=KEPT)
    lab.tries = 300
    lab.testing = True
    found = systems.fit(lists(), SECOND)
    said = re.search(r"one model, kept: ([\d,]+) to ([\d,]+) \(95 per cent", lab.reasons[1])
    assert said is not None
    ends = [float(end.replace(",", "")) for end in said.groups()]
    assert ends == pytest.approx([found.low, found.high], rel=0.05)


@pytest.mark.parametrize("charge", CHARGES)
@pytest.mark.parametrize("infinite", INFINITE)
def test_the_picture_is_told_in_words_of_eleven_pixels_none_cut_off(charge: str, infinite: str) -> None:
    choice = Choice(charge, infinite, tuple(SECOND))
    resamples = choice.resamples(40)
    assert list(resamples.drawing(20)) == [20, 40]
    reading = Reading(choice)
    assert len(reading.alt) in ALT_LENGTH
    fig = Space().show(reading, resamples.estimates, resamples.result())
    drawn, page = fig.get_tightbbox(), fig.get_size_inches()
    assert min(drawn.x0, drawn.y0) >= 0 and drawn.x1 <= page[0] and drawn.y1 <= page[1]
    assert figures.smallest_type(fig) * 600 / (LAB_SIZE[0] * figures.PX_PER_INCH) >= figures.LEAST_PX
    seen, _ = fig.axes
    dots = max(seen.lines, key=lambda line: len(xs(line)))
    assert xs(dots) == pytest.approx(reading.space["estimate"].tolist())


def test_the_static_block_gives_nothing_away_before_it_is_opened() -> None:
    outline = Outline(static_block())
    assert "22,991" not in outline.read_at_once and "12,262" not in outline.read_at_once
