"""Five switches and the evidence grid: nothing recalled is printed as a fact, one rubric for every side."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

import notthesame as nts
from notthesame import evidence
from notthesame.subject import regulation
from notthesame.subject.regulation import CODES, DESIGNS, NOT_SHOWN, RUBRIC, STUDY_OUTCOMES, SWITCHES

PLACES = {place.name: place for place in regulation.jurisdictions()}
FINDINGS = regulation.findings()
ROWS = evidence.rows("policy_evaluations")
some_weights = st.dictionaries(st.sampled_from(list(STUDY_OUTCOMES)), st.integers(0, 3))


# --- five switches ---------------------------------------------------------------------------------------


def test_every_jurisdiction_has_five_switches_as_the_table_codes_them() -> None:
    rows = evidence.rows("policy_models")
    assert len(PLACES) == len(rows) == 29
    for place, row in zip(PLACES.values(), rows, strict=True):
        assert place.codes == tuple(row[name] for name in SWITCHES) and set(place.codes) <= set(CODES)


@pytest.mark.parametrize("row", evidence.rows("policy_models"), ids=lambda row: row["jurisdiction"])
def test_a_cell_from_memory_is_shown_as_unverified_and_what_memory_says_is_not_shown(
    row: dict[str, str],
) -> None:
    place = PLACES[row["jurisdiction"]]
    unverified = row["unverified"].split("; ")
    for name, switch in place.switches.items():
        assert switch.verified == (name not in unverified), name
        assert ("unverified" in switch.words) == (name in unverified and switch.code != "unknown"), name
    assert (place.period == "first year unverified") == ("year_in_force" in unverified)
    shown = nts.switches(place.name).__html__()
    assert all(part not in shown for part in row["from_memory"].split("; ") if part)
    assert row["read"] != "recalled" or {*SWITCHES} <= {*unverified}


def test_no_row_is_read_from_memory_only() -> None:
    assert all(place.read != "recalled" for place in PLACES.values())


@pytest.mark.parametrize("row", evidence.rows("policy_models"), ids=lambda row: row["jurisdiction"])
def test_what_else_was_read_for_a_row_names_known_sources_and_is_shown(row: dict[str, str]) -> None:
    place = PLACES[row["jurisdiction"]]
    assert bool(place.also) == bool(row["checked_in"])
    shown = nts.switches(place.name).__html__()
    assert all(str(Markup.escape(evidence.cite(key).short)) in shown for key in place.also)


def test_unknown_partial_and_disputed_cells_read_as_such() -> None:
    sweden, canada = PLACES["Sweden"], PLACES["Canada"]
    assert sweden.switches["advertising"].words == "? not known"
    assert sweden.switches["seller"].words == "○ not an offence (disputed)"
    assert canada.switches["seller"].words == "◐ partly"
    assert PLACES["Iceland"].switches["premises"].words == "● an offence (unverified)"


def test_every_dispute_names_a_cell_and_a_fact_that_may_be_printed() -> None:
    disputed = [row for row in evidence.rows("policy_models") if row["disputed"] or row["disputed_in"]]
    assert len(disputed) == 3
    for row in disputed:
        found = {switch.name: switch.disputed_in for switch in PLACES[row["jurisdiction"]].switches.values()}
        assert found == dict.fromkeys(SWITCHES, "") | {row["disputed"]: row["disputed_in"]}
        assert evidence.fact(row["disputed_in"]).read != "recalled"


def test_switches_show_words_notes_and_sources_and_no_label() -> None:
    page = nts.switches(*[*PLACES][:6], after="Open <when> done").__html__()
    assert page.startswith("<details><summary>Open &lt;when&gt; done</summary><table><caption>")
    assert page.count('<th scope="row"') == 6 and page.count('<th scope="col"') == 8
    assert not re.search("decriminalised|criminalised_|legalised", page)


def test_the_whole_board_is_folded_by_what_a_model_is_usually_called() -> None:
    page = nts.switches(after="Every row").__html__()
    labels = {place.label for place in PLACES.values()}
    assert page.count("<details>") == page.count("<table>") + 1 == len(labels) + 1
    assert page.count('<th scope="row"') == 29 and "Usually called decriminalised (7)" in page
    assert "S.C. 2014, c. 25, primary" in page
    assert repr(nts.switches("Canada")).startswith(
        "Canada (since 2014). Seller: ◐ partly; Buyer: ● an offence"
    )


def test_an_unknown_jurisdiction_is_answered_with_the_nearest() -> None:
    with pytest.raises(KeyError, match=r"Norwegen.*Norway"):
        nts.switches("Norwegen")


# --- evaluations -----------------------------------------------------------------------------------------


def test_every_row_is_a_finding_with_known_kinds() -> None:
    assert len(FINDINGS) == len(ROWS) == 44
    assert {row.kind for row in FINDINGS} == set(STUDY_OUTCOMES) and {row.design for row in FINDINGS} == set(
        DESIGNS
    )


def test_every_evaluation_is_weak_somewhere() -> None:
    for row in FINDINGS:
        assert set(row.answers) == set(RUBRIC) and set(row.answers.values()) <= {
            "yes",
            "partly",
            "no",
            "unknown",
        }
        assert row.strengths < len(RUBRIC) and row.weak, row.study


def test_no_finding_on_trafficking_has_a_full_comparison_as_the_lesson_says() -> None:
    found = regulation.select(FINDINGS, outcome="trafficking")
    assert found and all(row.answers["comparison"] != "yes" for row in found)


def test_what_is_known_from_memory_only_is_not_shown() -> None:
    for row, raw in zip(FINDINGS, ROWS, strict=True):
        assert (row.found == NOT_SHOWN) == (raw["read"] == "recalled")
        if raw["read"] == "recalled":
            assert raw["effect"] == "" or raw["effect"] not in f"{row.found}{row.limitation}"
            assert row.limitation == ""


@pytest.mark.parametrize("word", ["re-analysis", "retract", "do not print"])
def test_no_recalled_doubt_about_a_paper_is_printed(word: str) -> None:
    ciacci = next(row for row in FINDINGS if row.study.startswith("Ciacci"))
    assert word not in ciacci.limitation


@pytest.mark.parametrize(
    ("study", "outcome", "found"),
    [
        ("Cunningham", "reported rape", "30 per cent lower"),
        ("Cunningham", "size of the indoor", "higher"),
        ("Platt", "violence", "higher: odds ratio 2.99 (1.96 to 4.57)"),
        ("IGAS", "people booked", "1,939 persons"),
        ("Le Bail", "people reporting", "62.9 per cent reporting worse"),
        ("Amnesty", "evictions", "described, not counted"),
        ("Vista", "violence", "no change found"),
    ],
)
def test_a_result_is_said_with_its_unit(study: str, outcome: str, found: str) -> None:
    (row,) = (r for r in FINDINGS if r.study.startswith(study) and r.outcome.startswith(outcome))
    assert row.found == found


def test_filters_let_through_what_fits_and_an_empty_text_lets_all_through() -> None:
    assert regulation.select(FINDINGS) == FINDINGS
    norway = regulation.select(FINDINGS, country="Norway")
    assert len(norway) == 5 and {row.country for row in norway} == {"Norway"}
    assert {row.kind for row in regulation.select(norway, outcome="safety")} == {"safety"}
    assert regulation.select(FINDINGS, outcome="neighbours", country="Norway") == ()


@given(some_weights)
def test_weights_reorder_and_neither_drop_nor_add_a_finding(weights: dict[str, int]) -> None:
    order = regulation.ranked(FINDINGS, weights)
    assert sorted(map(id, order)) == sorted(map(id, FINDINGS))
    keys = [(weights.get(row.kind, 1), row.strengths) for row in order]
    assert keys == sorted(keys, reverse=True)


@given(some_weights)
def test_weights_do_not_reorder_findings_of_one_kind(weights: dict[str, int]) -> None:
    for kind in STUDY_OUTCOMES:
        mine = [row for row in regulation.ranked(FINDINGS, weights) if row.kind == kind]
        assert mine == list(regulation.ranked([row for row in FINDINGS if row.kind == kind], {}))


def test_the_rubric_does_not_look_at_who_cites_a_finding() -> None:
    swapped = [row for row in FINDINGS if row.cited_for == "decriminalisation"]
    others = [row for row in FINDINGS if row.cited_for == "client criminalisation"]
    for side in (swapped, others):
        assert {row.strengths for row in side} >= {0, 1}
        assert any(row.answers["law_itself"] == "no" for row in side)
        assert any(row.answers["not_self_selected"] == "no" for row in side)
