"""The figures of the interval game: sound, new to whoever comes to lesson 07, and every fault told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from notthesame import evidence, lessons
from notthesame._loading import FileFaults
from notthesame._words import plain_number
from notthesame.course import course
from notthesame.subject.quantities import Quantity, load_quantities, quantities

BEFORE = ("00", "01", "02", "06")  # the Methods route up to 07
each = pytest.mark.parametrize("asked", quantities().values(), ids=quantities())


def test_there_are_five_of_several_kinds() -> None:
    assert len(quantities()) == len({asked.fact for asked in quantities().values()}) == 5
    assert len({asked.unit for asked in quantities().values()}) == 5


@each
def test_no_lesson_before_prints_it(asked: Quantity) -> None:
    number = re.compile(rf"(?<![\d.,]){re.escape(plain_number(asked.figure))}(?![\d,]*\d)")
    for number_, book in ((book.number, book) for book in lessons.read_all(course().lessons)):
        if number_ in BEFORE:
            shown = " ".join(f"{cell.source} {cell.html}" for cell in book.cells)
            assert f"#{asked.fact}" not in shown, number_
            named = re.findall(rf".{{0,40}}{number.pattern} {re.escape(asked.unit)}", shown)
            assert not named, (number_, named)


@each
def test_it_was_read_in_its_source_and_its_figure_stands_in_the_statement(asked: Quantity) -> None:
    assert asked.known.read == "primary"
    assert re.search(rf"\b{re.escape(plain_number(asked.figure))}\b", asked.known.statement)


@each
def test_the_numbers_of_a_question_are_its_facts(asked: Quantity) -> None:
    values = {plain_number(v.value) for v in asked.known.values.values() if isinstance(v.value, int | float)}
    dates = " ".join(str(value.value) for value in asked.known.values.values())
    for number in re.findall(r"\d[\d,.]*\d|\d", asked.ask):
        assert number in values or number in dates or number in asked.known.statement, number


ENTRY = """
- id: {id}
  fact: {fact}
  value: {value}
  unit: {unit}
  ask: {ask}
"""
SOUND = {
    "id": "votes",
    "fact": "law-walters-amendment",
    "value": "no_votes",
    "unit": "votes",
    "ask": "How many voted no?",
}


def a_file(folder: Path, *changes: dict[str, str]) -> Path:
    path = folder / "interval_game.yaml"
    entries = (
        ENTRY.format(**{**SOUND, "id": "abc"[place], **change}) for place, change in enumerate(changes)
    )
    path.write_text("quantities:\n" + "".join(entries), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"id": "b"}, "quantity b: this id is used 2 times"),
        ({"id": "No-1"}, "allowed are small letters"),
        ({"fact": "law-walters-amendement"}, "Nearest: law-walters-amendment"),
        ({"value": "no_vote"}, "no_votes"),
        ({"value": "adopted"}, "adopted is a date; a number is wanted"),
        ({"fact": "surveys-atr-60-wording", "value": "respondents"}, "only what was read in its source"),
        ({"unit": "' '"}, "unit is empty"),
        ({"ask": "How many voted no."}, "a question is wanted"),
        ({"ask": "Did 107 vote no?"}, "ask holds the figure, 107"),
        ({"ask": "[1]"}, "ask"),
    ],
)
def test_a_fault_is_told_with_its_entry(tmp_path: Path, change: dict[str, str], words: str) -> None:
    with pytest.raises(FileFaults, match=re.escape(words)):
        load_quantities(a_file(tmp_path, change, {}, {}))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileFaults) as caught:
        load_quantities(a_file(tmp_path, {"unit": "''"}, {"value": "x"}))
    assert len(caught.value.faults) == 3 and "found 2 questions; allowed are 3 to 10" in str(caught.value)


def test_a_number_that_holds_the_figure_does_not_give_it_away(tmp_path: Path) -> None:
    asked = {"ask": "Of 1,107 or 107.5 or 2107, how many?"}
    assert load_quantities(a_file(tmp_path, asked, {}, {}))["a"].figure == 107


def test_a_figure_in_words_has_its_unit() -> None:
    assert quantities()["calls"].in_words == "26,884 calls"
    assert evidence.fact("prevalence-hotline-2017")["calls"].value == quantities()["calls"].figure
