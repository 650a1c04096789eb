"""Terms are introduced before use: what counts as the word, and which lesson is the first that may use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from notthesame import lessons
from notthesame.authoring.rules import terms


def early(number: str, text: str) -> list[str]:
    """What a lesson with this text is told."""
    cell = lessons.Cell(0, "markdown", text, "", ())
    return [
        fault.what for fault in terms.early_faults(lessons.Notebook(Path(f"{number}_x.ipynb"), (cell,), {}))
    ]


@pytest.mark.parametrize(
    ("number", "text", "said"),
    [
        ("09", "An **odds ratio** of two.", ["it says 'odds ratio', a term that lesson 10 introduces"]),
        ("09", "An odds\nratio", ["it says 'odds ratio', a term that lesson 10 introduces"]),
        ("08", "Two bootstraps", ["it says 'bootstraps', a term that lesson 09 introduces"]),
        ("10", "An odds ratio of two.", []),
        ("05", "A confidence interval", []),  # its own term, of this lesson
        ("05", "An interval", ["it says 'interval', a term that lesson 07 introduces"]),
        ("10", "A stated baseline", []),  # of two senses the first counts
        ("00", "That it consented by means of consent", []),  # everyday words
        ("05", "bootstrapped, pooled, oddsmaker", []),  # other words
        ("05", "See [here](../data/ledger.md#bootstrap) and `x`", []),  # an address is no text
    ],
)
def test_a_term_before_its_lesson_is_found(number: str, text: str, said: list[str]) -> None:
    assert early(number, text) == said


def test_an_everyday_word_may_stand_anywhere_and_a_form_counts_from_its_first_lesson() -> None:
    places = terms.introduced()
    assert (places["consent"], places["baseline"], places["confidence interval"]) == (0, 10, 5)
    assert all(form == form.casefold() for form in places)
