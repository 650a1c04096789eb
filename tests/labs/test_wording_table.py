"""The wording table, driven by value in a plain Python without a browser."""

from __future__ import annotations

import re
from typing import Any

import pytest

import notthesame as nts
from notthesame.labs.wording_table import SETTLES, WordingTable, cells, static_block
from notthesame.subject import polls
from notthesame.subject.polls import BUYERS, DECIDERS
from tests.labs.outline import Outline

CAUSAL = re.compile(r"\b(because|cause[sd]?|effect|due to|leads? to|result of|makes? people)\b", re.I)


@pytest.fixture
def lab() -> WordingTable:
    return nts.wording_table()


def answers(lab: WordingTable) -> list[str]:
    return [row["answers"] for row in lab.rows]


def test_it_opens_on_every_row_and_says_that_polls_differ_in_many_things(lab: WordingTable) -> None:
    assert len(lab.rows) == 24
    assert lab.message.startswith(
        "24 rows of 14 surveys; support runs from 7 to 72. They differ in question,"
    )
    assert "cannot be put down to one of these" in lab.message


def test_scotland_on_two_bases(lab: WordingTable) -> None:
    lab.place = "UK (Scotland)"
    assert answers(lab) == [
        "support 47, oppose 32, not reported 21",
        "support 21, oppose 43, no side 36",
        "support 33, oppose 67; neither was left out before",
    ]
    lab.base = DECIDERS
    assert answers(lab)[1] == "support 33, oppose 67"
    assert lab.heads[2] == "Answers, per cent of those who took a side"
    assert "moves a share by up to 24 points (Find Out Now Scotland 2025)" in lab.message


def test_one_survey_differs_in_its_question_alone(lab: WordingTable) -> None:
    lab.survey = "YouGov Britain 2024"
    assert "support runs from 14 to 57. The question differs, and nothing else listed here." in lab.message


def test_recoded_rows_say_what_they_cannot(lab: WordingTable) -> None:
    lab.set(counts=BUYERS, survey="PPP 2021")
    assert answers(lab) == [
        "does not ask whether to pay is a crime",
        "legal 60, a crime 7, no side 33; of the first, some may want both sides to be criminal",
    ]
    lab.set(survey="ICM / BBC Politics Show", base=DECIDERS)
    assert answers(lab) == ["only one side is reported"] and lab.rows[0]["parts"] == []


def test_a_secondary_row_says_so_and_so_does_the_static_block(lab: WordingTable) -> None:
    for row, poll in zip(lab.rows, lab.polls, strict=True):
        assert ("As a secondary source reports." in row["texts"][0]) == poll.secondary
    assert sum(poll.secondary for poll in polls.polls()) == 10
    whole = Outline(static_block()).text.partition("All polls from the UK")[2]
    assert all(cells(poll)[0] in whole for poll in polls.polls())


def test_what_opposing_means_stands_beside_it(lab: WordingTable) -> None:
    lab.survey = "ICM / BBC Politics Show"
    assert lab.rows[0]["texts"][2] == "Oppose: make paying illegal"
    assert lab.rows[0]["parts"] == [["no", "oppose", 52.0], ["rest", "not reported", 48.0]]


def test_the_parts_of_a_bar_fill_it_and_are_the_words_below_it(lab: WordingTable) -> None:
    for values in ({}, {"base": DECIDERS}, {"counts": BUYERS}, {"base": DECIDERS, "counts": BUYERS}):
        lab.reset()
        lab.set(**values)
        drawn = [row for row in lab.rows if row["parts"]]
        assert len(drawn) > 4
        for row in drawn:
            assert 99 <= sum(size for _, _, size in row["parts"]) <= 101.5  # printed shares are rounded
            said = ", ".join(f"{label} {size:.0f}" for _, label, size in row["parts"])
            assert row["answers"].startswith(said)


def test_no_poll_here_is_no_finding(lab: WordingTable) -> None:
    lab.set(place="US", stance="criminalise")
    assert lab.rows == [] and "does not mean that nobody asked" in lab.message


@pytest.mark.parametrize("values", [{}, {"base": DECIDERS}, {"counts": BUYERS}, {"place": "UK (Scotland)"}])
def test_no_word_is_causal(lab: WordingTable, values: dict[str, Any]) -> None:
    lab.set(**values)
    ours = [lab.message, *answers(lab), *lab.heads, SETTLES, Outline(static_block()).read_at_once]
    assert not [text for text in ours if CAUSAL.search(text)]


def test_several_values_at_once_are_told_once_and_reset_goes_back(lab: WordingTable) -> None:
    start, before = lab.get_state(), lab.answered
    lab.set(place="UK", base=DECIDERS)
    assert (lab.place, lab.base) == ("UK", DECIDERS) and lab.answered > before
    with pytest.raises(ValueError, match="There is no input 'country'"):
        lab.set(country="UK")
    lab.reset()
    assert {**lab.get_state(), "answered": 0} == {**start, "answered": 0}


def test_the_static_block_predicts_first_and_holds_every_row() -> None:
    outline = Outline(static_block())
    assert not re.search(r"\d\d", outline.read_at_once.replace("(24 rows)", "").partition("Without")[0])
    rows = static_block().partition("All polls from the UK")[2]
    assert all(poll.sponsor.split("(")[0].strip() in rows for poll in polls.polls())
    assert "support 33, oppose 67" in static_block()
