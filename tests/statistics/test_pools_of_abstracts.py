"""The course's own pools, stored in a table, are what the function makes of the rows of single abstracts."""

from __future__ import annotations

import math

import pytest

from notthesame import evidence
from notthesame.statistics import pooling

POOLS = [dict(row) for row in evidence.rows("pools_of_abstracts")]
INTERVALS = {"average": "normal", "few": "hartung-knapp"}


def forest(pool: dict[str, str]) -> list[tuple[float, float]]:
    """The rows of a pool as logarithms with standard errors, by the places that it names."""
    places = pool["places"].split("; ")
    found = []
    for row in evidence.rows("platt_forest"):
        again = "Walker" in row["study"]
        place = row["city_or_region"] + " (Walker)" * again
        fits = row["outcome_group"] == pool["outcome_group"] and (again or row["use_in_pool"] == "true")
        if fits and place in places:
            numbers = (float(row[name]) for name in ("effect", "ci_low", "ci_high"))
            found.append(pooling.log_from_ratio(*numbers))
    assert len(found) == len(places) == int(pool["studies"])
    return found


def as_printed(log: float | None) -> str:
    """A ratio as the table prints it: with two decimals, or with one from ten on."""
    assert log is not None
    ratio = math.exp(log)
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:.1f}"


@pytest.mark.parametrize("pool", POOLS, ids=[pool["pool"] for pool in POOLS])
def test_each_number_of_a_pool_is_what_the_function_gives(pool: dict[str, str]) -> None:
    logs, errors = zip(*forest(pool), strict=True)
    checked = 0
    for kind, interval in INTERVALS.items():
        found = pooling.pool(logs, errors, method=pool["method"], interval=interval)
        assert pool["estimate"] == as_printed(found.estimate)
        if pool[f"{kind}_low"]:
            ends = (as_printed(found.low), as_printed(found.high))
            assert (pool[f"{kind}_low"], pool[f"{kind}_high"]) == ends
            checked += 1
        if pool["next_low"]:
            ahead = (as_printed(found.prediction_low), as_printed(found.prediction_high))
            assert (pool["next_low"], pool["next_high"]) == ahead
    assert checked == (1 if pool["method"] == "pm" else 2)


def test_every_row_that_may_be_pooled_is_left_out_once() -> None:
    for outcome in ("violence", "hiv_sti"):
        rows = [r for r in evidence.rows("platt_forest") if r["outcome_group"] == outcome]
        places = {r["city_or_region"] for r in rows if r["use_in_pool"] == "true"}
        assert {p["left_out"] for p in POOLS if p["outcome_group"] == outcome} - {""} == places


def test_published_figures_come_out() -> None:
    by_name = {pool["pool"]: pool for pool in POOLS}
    four, twice = by_name["violence_four"], by_name["violence_london_twice"]
    names = ("estimate", "average_low", "average_high")
    assert [four[name] for name in names] == ["2.59", "1.71", "3.92"]
    assert [four[f"{kind}_{end}"] for kind in ("few", "next") for end in ("low", "high")] == [
        "1.36",
        "4.95",
        "0.54",
        "12.3",
    ]
    assert [twice[name] for name in names] == ["2.82", "1.89", "4.20"]
    below = [p["left_out"] for p in POOLS if p["outcome_group"] == "violence" and p["left_out"]]
    crossing = {name for name in below if float(by_name[f"violence_without_{name.lower()}"]["few_low"]) < 1}
    assert crossing == {"Vancouver", "Abidjan", "London"}
