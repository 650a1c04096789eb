"""Which counts can yield a stated percentage: compared with brute force over every count, in decimals."""

from __future__ import annotations

import re
from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from inspect import unwrap
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import notthesame as nts
from notthesame.statistics.granularity import possible_bases, possible_counts

# The ways in which somebody who follows a rule may have rounded.
WAYS = {
    "nearest": (ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN),
    "half up": (ROUND_HALF_UP,),
    "half even": (ROUND_HALF_EVEN,),
    "cut": (ROUND_DOWN,),
}
bases, places, roundings = st.integers(1, 400), st.integers(0, 3), st.sampled_from(sorted(WAYS))


def printed(count: int, base: int, digits: int, way: str) -> Decimal:
    """The percentage that somebody prints who divides with 60 digits and rounds in this way."""
    with localcontext() as context:
        context.prec = 60
        return (Decimal(100 * count) / base).quantize(Decimal(1).scaleb(-digits), way)


def brute_force(low: Decimal, high: Decimal, base: int, digits: int, rounding: str) -> tuple[int, ...]:
    """Every count, tried."""
    return tuple(
        count
        for count in range(base + 1)
        if any(low <= printed(count, base, digits, way) <= high for way in WAYS[rounding])
    )


@settings(deadline=None)
@given(base=bases, digits=places, rounding=roundings, data=st.data())
def test_the_counts_are_those_that_brute_force_finds(
    base: int, digits: int, rounding: str, data: st.DataObject
) -> None:
    stated = Decimal(data.draw(st.integers(0, 100 * 10**digits))).scaleb(-digits)
    found = possible_counts(f"{stated:f}", base, rounding)
    assert found == brute_force(stated, stated, base, digits, rounding)
    assert found == possible_counts(stated, base, rounding)


@settings(deadline=None)
@given(base=bases, digits=places, rounding=roundings, data=st.data())
def test_a_range_holds_the_counts_of_every_percentage_in_it(
    base: int, digits: int, rounding: str, data: st.DataObject
) -> None:
    ends = sorted(data.draw(st.tuples(*[st.integers(0, 100 * 10**digits)] * 2)))
    low, high = (Decimal(end).scaleb(-digits) for end in ends)
    found = possible_counts(f"{low:f} to {high:f}", base, rounding)
    assert found == brute_force(low, high, base, digits, rounding)


@settings(deadline=None)
@given(base=bases, digits=places, rounding=st.sampled_from(["half up", "half even", "cut"]), data=st.data())
def test_whoever_rounds_by_the_rule_is_never_called_impossible(
    base: int, digits: int, rounding: str, data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, base))
    stated = f"{printed(count, base, digits, WAYS[rounding][0]):f}"
    assert count in possible_counts(stated, base, rounding)
    if rounding != "cut":
        assert count in possible_counts(stated, base)


@settings(deadline=None, max_examples=30)
@given(
    base=st.integers(1, 150),
    digits=st.integers(0, 1),
    rounding=st.sampled_from(["half up", "half even", "cut"]),
)
def test_each_count_has_exactly_one_percentage(base: int, digits: int, rounding: str) -> None:
    stated = [f"{Decimal(n).scaleb(-digits):f}" for n in range(100 * 10**digits + 1)]
    counts = [count for percent in stated for count in possible_counts(percent, base, rounding)]
    assert counts == list(range(base + 1))


@settings(deadline=None)
@given(base=st.integers(100, 5_000), stated=st.integers(0, 100))
def test_a_whole_percentage_fits_every_base_of_a_hundred_or_more(base: int, stated: int) -> None:
    """Then the steps are at most as wide as what is rounded away, and the check can find nothing."""
    assert possible_counts(stated, base)


@settings(deadline=None)
@given(first=st.integers(1, 60), more=st.integers(0, 40), digits=places, data=st.data())
def test_bases_are_those_with_a_count(first: int, more: int, digits: int, data: st.DataObject) -> None:
    stated = f"{Decimal(data.draw(st.integers(0, 100 * 10**digits))).scaleb(-digits):f}"
    found = possible_bases(stated, first, first + more)
    assert found == {
        base: possible_counts(stated, base)
        for base in range(first, first + more + 1)
        if possible_counts(stated, base)
    }


# --- the figures of the lesson, from the ledger ---


def test_what_the_ledger_says_of_33_8_and_72_5_per_cent_holds() -> None:
    fact = nts.fact("surveys-erased-figures")
    violence, income = fact["more_client_violence"].value, fact["more_instability"].value
    online = nts.fact("surveys-erased-design")["online"].value
    assert isinstance(online, int)
    assert possible_counts(str(violence), online) == ()
    caution = fact.caution
    listed = [
        [int(n) for n in re.findall(r"\d+", part)]
        for part in re.findall(r"fits only (?:bases of )?([\d, ]+ and \d+)", caution)
    ]
    assert [list(possible_bases(str(share), 60, online)) for share in (violence, income)] == listed
    both = set(possible_bases(str(violence), 60, online)) & set(possible_bases(str(income), 60, online))
    assert both == {80}
    assert possible_counts(str(violence), 80) == (27,) and possible_counts(str(income), 80) == (58,)
    assert "27/80 and 58/80" in caution


def test_the_two_counts_of_the_web_post_that_do_and_do_not_fit() -> None:
    share, items = nts.fact("surveys-coyote2018-60-count"), nts.fact("surveys-coyote2018-other-items")
    base = share["respondents"].value
    assert isinstance(base, int)
    assert share["less_safe"].value in possible_counts(str(share["share"].value), base)
    assert items["only_income"].value in possible_counts("77", base)
    assert items["dependants"].value not in possible_counts("75", base)
    assert items["dependants"].value in possible_counts("75", base, "cut")


def test_156_157_and_158_of_262_all_round_to_60() -> None:
    base = nts.fact("surveys-coyote2018-fieldwork")["participants"].value
    assert isinstance(base, int)
    assert possible_counts("60", base) == (156, 157, 158)


# --- forms ---


def test_the_digits_that_are_stated_decide() -> None:
    assert possible_counts(60, 262) == possible_counts("60", 262) == possible_counts("60 %", 262)
    assert possible_counts("60.0", 262) == () and possible_counts(60.0, 260) == (156,)
    assert possible_counts("6-10", 260) == possible_counts("6 to 10 per cent", 260) == tuple(range(15, 28))


def test_a_half_may_go_either_way_unless_the_rule_is_stated() -> None:
    assert [possible_counts(p, 8) for p in ("12", "13")] == [(1,), (1,)]
    assert [possible_counts(p, 8, "half up") for p in ("12", "13")] == [(), (1,)]
    assert [possible_counts(p, 8, "half even") for p in ("12", "13")] == [(1,), ()]
    assert [possible_counts(p, 8, "cut") for p in ("12", "13")] == [(1,), ()]


@pytest.mark.parametrize(
    "percent", ["", "abc", "-1", "1e-05", True, None, "6 to 10.5", "10 to 6", "100.1", 101]
)
def test_a_percentage_that_cannot_be_read_is_refused_with_what_is_allowed(percent: Any) -> None:
    with pytest.raises(ValueError, match=r"percent is .*(allowed|same number of decimals)"):
        possible_counts(percent, 98)


@pytest.mark.parametrize("base", [0, -3, 2.5, "98", True, None])
def test_a_base_that_is_no_whole_number_is_refused(base: Any) -> None:
    with pytest.raises(ValueError, match=r"base is .*; allowed is a whole number from 1"):
        possible_counts("33.8", base)
    with pytest.raises(ValueError, match="first is"):
        possible_bases("33.8", base, 98)


def test_an_unknown_rounding_and_a_range_of_bases_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(ValueError, match="rounding is 'up'; allowed: nearest, half up, half even, cut"):
        possible_counts("33.8", 98, "up")
    with pytest.raises(ValueError, match="last is 60, below first, 98"):
        possible_bases("33.8", 98, 60)


def test_a_notebook_finds_the_check_by_name() -> None:
    assert unwrap(nts.possible_counts) is possible_counts and unwrap(nts.possible_bases) is possible_bases
