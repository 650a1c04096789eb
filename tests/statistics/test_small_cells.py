"""Small cells against somebody who knows the table, its total and the rule itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notthesame.statistics.small_cells import LEAST, Cell, led, pair, row, total


def tables(people: int, cells: int) -> Iterator[tuple[int, ...]]:
    """Every way to divide people into so many cells."""
    for some in product(range(people + 1), repeat=cells - 1):
        if sum(some) <= people:
            yield (*some, people - sum(some))


Rule = Callable[[Sequence[int]], tuple[Cell, ...]]


def told_alike(
    people: int, cells: int, rule: Rule
) -> Iterator[tuple[tuple[Cell, ...], list[tuple[int, ...]]]]:
    """What is told, with every table of so many people for which just that is told."""
    found: defaultdict[tuple[Cell, ...], list[tuple[int, ...]]] = defaultdict(list)
    for table in tables(people, cells):
        found[rule(table)].append(table)
    yield from found.items()


def led_by_the_first(counts: Sequence[int]) -> tuple[Cell, ...]:
    return led(counts[0], counts[1:])


@pytest.mark.parametrize(("cells", "most"), [(2, 40), (3, 21), (4, 15), (5, 9)])
@pytest.mark.parametrize("rule", [row, led_by_the_first])
def test_no_small_count_follows_from_a_row_its_total_and_the_rule(cells: int, most: int, rule: Rule) -> None:
    for people in range(1, most):
        for told, every in told_alike(people, cells, rule):
            for place, cell in enumerate(told):
                possible = {table[place] for table in every}
                assert all(cell.low <= count <= cell.high for count in possible)
                if any(0 < count < LEAST for count in possible):
                    assert len(possible) >= 2, (people, told, every)


def test_the_check_above_finds_a_rule_that_hides_too_little() -> None:
    """Where only the small ones are hidden, the total tells a single one."""
    found: defaultdict[tuple[int | None, ...], set[tuple[int, ...]]] = defaultdict(set)
    for table in tables(20, 3):
        found[tuple(None if 0 < count < LEAST else count for count in table)].add(table)
    assert found[12, 5, None] == {(12, 5, 3)}


COUNTS = st.lists(st.integers(0, 40) | st.integers(0, 5), min_size=1, max_size=9)


@given(COUNTS)
def test_in_every_row_what_is_hidden_keeps_its_range(counts: list[int]) -> None:
    told = row(counts)
    hidden = [cell for cell in told if not cell.exact]
    for cell, count in zip(told, counts, strict=True):
        assert cell.low <= count <= cell.high
        assert not (cell.exact and 0 < count < LEAST)
    if sum(counts) < LEAST:
        assert {*told} == {Cell(0, LEAST - 1)} or not sum(counts)
        return
    # What is hidden is not few in sum, and adding up leaves three values or more, of a range all of it.
    together = sum(counts) - sum(cell.low for cell in told if cell.exact)
    assert not hidden or (len(hidden) >= 2 and together >= LEAST)
    for cell in hidden:
        others = [other for other in hidden if other is not cell]
        low = max(cell.low, together - sum(other.high for other in others))
        high = min(cell.high, together - sum(other.low for other in others))
        assert high - low >= 2
        assert cell.few or (low, high) == (cell.low, cell.high)


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_part_is_told_as_its_rest_lets_it(part: int, rest: int) -> None:
    cell = pair(part, part + rest)
    assert cell.exact == (
        not (0 < part < LEAST or 0 < rest < LEAST) and (part + rest >= LEAST or not part + rest)
    )


def test_what_is_told_reads_as_wanted() -> None:
    assert row([18, 7, 3, 2]) == (Cell(18, 18), Cell(7, 7), Cell(1, 4, few=True), Cell(1, 4, few=True))
    assert pair(27, 30) == Cell(26, 29)  # over 83 per cent
    assert led(20, [7, 3, 0]) == (Cell(20, 20), Cell(6, 9), Cell(1, 4, few=True), Cell(0, 0))
    assert led(27, [2, 1, 0]) == (Cell(26, 29), *[Cell(0, 4)] * 3)
    assert pair(30, 30) == Cell(30, 30)
    assert row([4, 4, 4]) == (Cell(0, 12),) * 3
    assert total(4) == Cell(1, 4, few=True)
    assert total(0) == Cell(0, 0)


@pytest.mark.parametrize("count", [-1, True, 2.0, "3"])
def test_what_is_no_count_is_refused(count: object) -> None:
    with pytest.raises(ValueError, match="a whole number from 0 is wanted"):
        row([5, count])  # type: ignore[list-item]
