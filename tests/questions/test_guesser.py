"""No item can be guessed from how its options are worded."""

from __future__ import annotations

import numpy as np

from notthesame import questions
from tests.questions import guesser

ITEMS = guesser.singles(list(questions.known_questions().values()))
ONE_CUE, TOGETHER = 33, 36  # per cent; by lot 25


def test_no_single_cue_of_wording_leads_to_the_key() -> None:
    assert not {name: share for name, share in guesser.by_one_cue(ITEMS).items() if share > ONE_CUE}


def test_all_cues_together_learnt_on_other_lessons_lead_to_few_keys() -> None:
    assert np.mean(list(guesser.together(ITEMS).values())) <= TOGETHER


def test_the_guesser_finds_a_key_that_is_given_away() -> None:
    given = [
        item for item in ITEMS if guesser.cues(item)[guesser.right(item), 0] == guesser.cues(item)[:, 0].max()
    ]
    assert guesser.by_one_cue(given)["most length"] > 50
    assert np.mean(list(guesser.together(given).values())) > TOGETHER
