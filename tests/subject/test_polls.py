"""The polls: each row fits its groups; base and recoding are worked out by hand; differences are told."""

from __future__ import annotations

from collections import Counter

import pytest

from notthesame import evidence
from notthesame.subject import polls
from notthesame.subject.polls import (
    ALL,
    BASES,
    BUYERS,
    COUNTS,
    DECIDERS,
    MEANINGS,
    PRINTED,
    STANCES,
    WORDINGS,
    Poll,
)


def of(survey: str) -> tuple[Poll, ...]:
    found = polls.select(polls.polls(), survey=survey)
    assert found
    return found


def test_every_row_of_the_table_is_there_and_fits_a_group_of_each_kind() -> None:
    rows = evidence.rows("opinion_polls")
    assert len(polls.polls()) == len(rows) == 24
    assert all(poll.wordings for poll in polls.polls())
    for poll, row in zip(polls.polls(), rows, strict=True):
        printed = (poll.printed.yes, poll.printed.no, poll.printed.unsure)
        given = (row[name] for name in polls._SHARES)
        assert printed == tuple(float(text) if text else None for text in given)
        assert (poll.secondary, poll.stance) == (row["read"] == "secondary", row["sponsor_stance"])
    used = Counter(key for poll in polls.polls() for key in (*poll.wordings, poll.side, poll.meaning))
    assert set(used) == {*WORDINGS, *STANCES, *MEANINGS}


def test_as_above_is_filled_in() -> None:
    assert not [poll for poll in polls.polls() if "as above" in poll.question]
    spring, autumn = of("Data for Progress spring 2019"), of("Data for Progress autumn 2019")
    assert spring[0].question == spring[1].question
    assert autumn[1].question == f"{spring[0].question}, adding that violence stays criminal"


def test_scotlands_67_per_cent_is_43_of_43_and_21() -> None:
    asked, printed = of("Find Out Now Scotland 2025")
    assert (asked.printed.yes, asked.printed.no, asked.printed.unsure) == (21, 43, 36)
    found = asked.answers(DECIDERS)
    assert found and found.no == pytest.approx(100 * 43 / 64)
    assert found.no == pytest.approx(printed.printed.no, abs=0.5) and printed.printed.no == 67
    assert printed.decided and not asked.decided and polls.base_move(printed) == 0
    assert round(polls.base_move(asked)) == 24


def test_a_base_is_worked_out_only_where_both_sides_are_reported() -> None:
    for poll in polls.polls():
        found, both = poll.answers(DECIDERS), None not in (poll.printed.yes, poll.printed.no)
        assert (found is not None) == both
        if found and found.yes is not None and found.no is not None:
            assert found.yes + found.no == pytest.approx(100) and found.unsure is None and found.rest < 1e-9


def test_what_opposing_means_is_recoded_before_polls_are_put_side_by_side() -> None:
    """By hand, from the table: who is for paying to be legal, and who for it to be a crime."""
    wanted = {
        "ICM / BBC Politics Show": (None, 52),
        "Ipsos MORI for government": (None, 58),
        "GfK for Francome": (51, 31),
        "YouGov Scotland 2024": (47, 32),
        "Find Out Now Scotland 2025": (21, 43),
    }
    for survey, shares in wanted.items():
        found = of(survey)[0].answers(counts=BUYERS)
        assert found and (found.yes, found.no) == shares, survey
    nordic = next(poll for poll in of("PPP 2021") if poll.meaning == "nordic").answers(counts=BUYERS)
    assert nordic and (nordic.yes, nordic.no) == (60, 7)  # printed as 7 for, 60 against
    left_out = [poll for poll in polls.polls() if poll.answers(counts=BUYERS) is None]
    assert left_out and not [poll for poll in left_out if "oppose column = make" in poll.support]
    assert "Decriminalise brothel-keeping" in {poll.question for poll in left_out}


def test_what_is_not_reported_is_never_below_nought() -> None:
    for poll in polls.polls():
        for base in BASES:
            for counts in COUNTS:
                found = poll.answers(base, counts)
                assert found is None or 0 <= found.rest < 100


def test_a_filter_keeps_what_fits_and_a_place_holds_its_parts() -> None:
    every = polls.polls()
    assert len(polls.select(every, place="UK")) + len(polls.select(every, place="US")) == len(every)
    assert {poll.survey for poll in polls.select(every, stance="criminalise")} == {
        "Find Out Now Scotland 2025"
    }
    assert {poll.meaning for poll in polls.select(every, meaning="nordic")} == {"nordic"}
    found = polls.select(every, place="UK", wording="paying", stance="decriminalise")
    assert [poll.survey for poll in found] == ["YouGov Scotland 2024"]
    assert polls.select(every, place="US", stance="criminalise") == ()


@pytest.mark.parametrize(
    ("survey", "differ"),
    [
        ("YouGov Britain 2024", ("question",)),
        ("PPP 2021", ("question",)),
        ("Data for Progress spring 2019", ("people asked",)),
        ("Find Out Now Scotland 2025", ("base",)),
        ("ICM / BBC Politics Show", ()),
    ],
)
def test_in_what_the_rows_of_a_survey_differ(survey: str, differ: tuple[str, ...]) -> None:
    assert polls.differ_in(of(survey)) == differ


def test_two_sponsors_never_asked_the_same_question() -> None:
    """So no gap in the table is a sponsor's alone, as the lab says."""
    for one in polls.polls():
        for other in polls.polls():
            if one.side != other.side:
                assert len(polls.differ_in((one, other))) > 1


def test_the_words_move_more_than_the_base_within_a_survey_and_the_base_is_bounded() -> None:
    """What the lab lets a learner find: the largest gap of each kind, from the table."""
    one_survey = of("YouGov Britain 2024")
    shares = [poll.printed.yes for poll in one_survey if poll.printed.yes is not None]
    assert (min(shares), max(shares)) == (14, 57)
    moves = sorted((round(polls.base_move(poll)), poll.survey) for poll in polls.polls())
    assert moves[-1] == (33, "PPP New York City 2025") and moves[-2] == (30, "PPP 2021")
    assert polls.base_move(of("ICM / BBC Politics Show")[0]) == 0
    assert ALL in BASES and PRINTED in COUNTS
