"""The evidence grid, driven by value in a plain Python without a browser."""

from __future__ import annotations

import re

import pytest

import notthesame as nts
from notthesame.labs.evidence_grid import HEADS, SETTLES, EvidenceGrid, static_block
from notthesame.subject import regulation
from notthesame.subject.regulation import STUDY_OUTCOMES
from tests.labs.outline import Outline


@pytest.fixture
def grid():
    return nts.evidence_grid()


def test_it_opens_on_every_finding_with_equal_weights(grid):
    assert len(grid.rows) == 44 and grid.heads == list(HEADS)
    assert grid.weights == dict.fromkeys(STUDY_OUTCOMES, 1)
    assert grid.message.startswith("44 findings; ") and grid.message.endswith(SETTLES)
    assert "0 without a weak spot. All these outcomes weigh the same" in grid.message


def test_a_filter_shows_what_fits_and_says_what_compares(grid):
    grid.outcome = "trafficking"
    assert {row[2].partition(":")[0] for row in grid.rows} == {STUDY_OUTCOMES["trafficking"]}
    assert grid.message.startswith(f"{len(grid.rows)} findings; 0 with a full comparison;")
    grid.country = "Indonesia"
    assert grid.rows == [] and "not a finding of no effect" in grid.message
    grid.outcome = ""
    assert grid.message.startswith("1 finding; 1 with a full comparison;")


def test_weights_reorder_and_the_message_names_what_comes_first(grid):
    grid.weights = {"conditions": 3}
    assert grid.rows[0][2].startswith(STUDY_OUTCOMES["conditions"])
    assert "First comes what you weighed most: rights and living conditions." in grid.message
    assert len(grid.rows) == 44 and grid.weights["health"] == 1
    grid.weights = {"conditions": 0}
    assert grid.rows[-1][2].startswith(STUDY_OUTCOMES["conditions"])


def test_the_order_of_a_filtered_grid_does_not_name_what_is_not_shown(grid):
    grid.weights = {"conditions": 3}
    grid.outcome = "health"
    assert "weighed most" not in grid.message


def test_who_cites_a_finding_comes_last_and_on_demand(grid):
    assert all(len(row) == len(HEADS) for row in grid.rows)
    grid.cited = True
    assert grid.heads[-1] == "Often cited for"
    assert [row[-1] for row in grid.rows] == [finding.cited_for for finding in grid.findings]


def test_the_rows_are_those_of_the_tested_functions(grid):
    grid.design, grid.weights = "comparison", {"health": 2}
    wanted = regulation.ranked(regulation.select(regulation.findings(), design="comparison"), grid.weights)
    assert [row[0] for row in grid.rows] == [finding.study for finding in wanted]


def test_what_is_recalled_stays_hidden_in_every_form(grid):
    grid.cited = True
    page = static_block() + " ".join(" ".join(row) for row in grid.rows)
    assert "35.3" not in page and "re-analysis is recalled" not in page
    assert page.count("not shown: from memory, not checked") == 4


def test_no_word_adds_up_votes_or_picks_a_winner(grid):
    page = static_block() + grid.message
    assert not re.search(r"\b(winner|wins|score|best model|majority|prove[sd]?)\b", page)


def test_the_static_block_holds_every_finding_once_and_who_cites_it_apart():
    page = static_block()
    outline = Outline(page)
    assert outline.seen.count("details") == len(STUDY_OUTCOMES) + 1
    assert outline.seen.count("tr") == 2 * 44 + len(STUDY_OUTCOMES) + 1
    assert SETTLES in outline.read_at_once
    tables, cited = page.split("Grade first, then open")
    assert "client criminalisation" not in tables and "client criminalisation" in cited


def test_the_script_holds_no_outcome():
    assert not any(name in str(EvidenceGrid.script) for name in STUDY_OUTCOMES.values())
