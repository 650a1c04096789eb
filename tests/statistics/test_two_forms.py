"""By how much two forms differ by luck, against counting every outcome and against drawing many forms."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from typing import Any

import numpy as np
import pytest

from notthesame.statistics.two_forms import LEVEL, usual_difference


def within(d: int, n: int, rate: Fraction) -> Fraction:
    """The exact chance of a difference of at most d, by counting."""
    form = [comb(n, k) * rate**k * (1 - rate) ** (n - k) for k in range(n + 1)]
    return sum((form[a] * form[b] for a in range(n + 1) for b in range(n + 1) if abs(a - b) <= d), Fraction())


@pytest.mark.parametrize("n", [1, 2, 7, 15])
@pytest.mark.parametrize("tenths", [0, 1, 5, 8, 10])
def test_it_is_the_least_that_holds_often_enough(n: int, tenths: int) -> None:
    found = usual_difference(n, tenths / 10)
    assert within(found, n, Fraction(tenths, 10)) >= LEVEL
    assert found == 0 or within(found - 1, n, Fraction(tenths, 10)) < LEVEL


def test_drawn_forms_differ_by_no_more_as_often_as_it_says() -> None:
    forms = np.random.default_rng(14).binomial(15, 0.7, size=(2, 100_000))
    differ = np.abs(forms[0] - forms[1])
    d = usual_difference(15, 0.7)
    assert (differ <= d).mean() >= LEVEL > (differ <= d - 1).mean()


def test_known_and_guessed_questions_differ_less_than_it_says() -> None:
    rng = np.random.default_rng(14)
    rates = np.array([1.0] * 6 + [0.4] * 9)  # nine of fifteen on average
    forms = (rng.random((2, 50_000, 15)) < rates).sum(axis=2)
    assert (np.abs(forms[0] - forms[1]) <= usual_difference(15, rates.mean())).mean() > LEVEL


def test_a_level_that_is_never_passed_gives_the_whole_form() -> None:
    assert usual_difference(3, 0.5, 1.0) == 3 and usual_difference(15, 1.0) == 0


@pytest.mark.parametrize("given", [(0, 0.5), (True, 0.5), (1.5, 0.5), (15, -0.1), (15, 1.1), (15, 0.5, 2)])
def test_what_is_no_form_is_refused(given: tuple[Any, ...]) -> None:
    with pytest.raises(ValueError, match="is wanted"):
        usual_difference(*given)
