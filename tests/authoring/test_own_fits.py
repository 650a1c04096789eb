"""The tables of our own fits are what the engine gives, and the ledger prints them."""

from __future__ import annotations

import csv
import io

import pytest

from notthesame import evidence
from notthesame.authoring import own_fits
from notthesame.course import course
from notthesame.statistics import multiple_systems


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.slow
def test_the_tables_are_what_the_functions_give() -> None:
    for name, text in own_fits.tables():
        path = course().data / "tables" / f"{name}.csv"
        assert path.read_text(encoding="utf-8") == text, name


def test_the_first_resamples_are_those_of_the_table() -> None:
    """A seed draws the same people whatever number of resamples follows."""
    first = rows(dict(own_fits.tables(20))["mse_uk_resamples"])
    assert first == [dict(row) for row in evidence.rows("mse_uk_resamples")[:20]]


def test_the_best_models_and_their_intervals_are_the_engine_s() -> None:
    made = rows(dict(own_fits.tables(20))["mse_uk_own_results"])
    stored = {row["result"]: row for row in evidence.rows("mse_uk_own_results")}
    models = [row for row in made if row["terms"]]
    assert len(models) == len(own_fits.CONVENTIONS) + 1
    assert all(dict(stored[row["result"]]) == row for row in models)


def test_the_shares_of_the_table_are_those_of_the_resamples() -> None:
    stored = {row["result"]: row for row in evidence.rows("mse_uk_own_results")}
    estimates = evidence.table("mse_uk_resamples")["estimate"]
    low, high = own_fits.HEADLINE
    found = {
        "resamples_headline": estimates.between(low, high),
        "resamples_between": (estimates > high) & (estimates <= own_fits.HIGH),
        "resamples_high": estimates > own_fits.HIGH,
    }
    for name, chosen in found.items():
        assert float(stored[name]["per_cent"]) == pytest.approx(100 * chosen.mean(), abs=0.11), name


@pytest.mark.slow
@pytest.mark.parametrize("seed", [6, 7])
def test_the_ends_that_other_seeds_give_are_those_of_the_ledger(seed: int) -> None:
    fact = evidence.fact("prevalence-mse-uk-resamples")
    found = multiple_systems.bootstrap(evidence.table(own_fits.LISTS), own_fits.RESAMPLES, seed=seed)
    name = {6: "seeds_high_least", 7: "seeds_high_most"}[seed]
    assert round(found.bca[1]) == fact[name].value


def test_four_normal_intervals_of_pairs_go_below_zero() -> None:
    pairs = evidence.rows("mse_uk_two_list_pairs")
    below = [row for row in pairs if float(row["chapman"]) < 1.96 * float(row["chapman_se"])]
    assert len(below) == evidence.fact("prevalence-mse-uk-pairs")["below_zero"].value
