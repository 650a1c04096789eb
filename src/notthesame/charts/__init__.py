"""The charts that lessons draw, one function each, by subject.

A chart takes its numbers from ``data/`` and returns the figure with the table it shows. Matplotlib and pandas
are loaded when a chart is drawn.
"""

from .asking import poll_bases, two_pairs, two_pairs_named
from .brief import hotline_bars, post_claims
from .change import drafts, rubric_grid, spring_2018
from .consent import consent_answers
from .counts import charged_2022, hotline_2016, three_windows
from .law import agreement, penalties
from .models import evidence_map, ni_change, ni_headline, reweighted, switchboard
from .path import timeline, votes
from .samples import (
    error_map,
    if_answers_lean,
    margin_and_bounds,
    survey_rubric,
    surveys_beside_count,
)
from .trails import same_share, trail_of_60_per_cent, trail_of_90_per_cent
from .two_events import two_days
from .unseen import pairs_of_lists, thousand_models, two_humps
from .weighing import odds_and_risk, study_rows, three_intervals
from .words import words_and_what_they_name

__all__ = [
    "agreement",
    "charged_2022",
    "consent_answers",
    "drafts",
    "error_map",
    "evidence_map",
    "hotline_2016",
    "hotline_bars",
    "if_answers_lean",
    "margin_and_bounds",
    "ni_change",
    "ni_headline",
    "odds_and_risk",
    "pairs_of_lists",
    "penalties",
    "poll_bases",
    "post_claims",
    "reweighted",
    "rubric_grid",
    "same_share",
    "spring_2018",
    "study_rows",
    "survey_rubric",
    "surveys_beside_count",
    "switchboard",
    "thousand_models",
    "three_intervals",
    "three_windows",
    "timeline",
    "trail_of_60_per_cent",
    "trail_of_90_per_cent",
    "two_days",
    "two_humps",
    "two_pairs",
    "two_pairs_named",
    "votes",
    "words_and_what_they_name",
]
