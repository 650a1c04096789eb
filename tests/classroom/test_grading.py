"""Grading: keys by the machine, the counts and the map; nothing of the bank; nothing to guess from words."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import pytest

from notthesame import questions
from notthesame.classroom.grading import cases, counts, debate
from notthesame.classroom.grading.made import LESSONS, made
from notthesame.classroom.packs import grading
from notthesame.cli import main
from notthesame.questions import Question
from notthesame.subject.argument_map import course_map
from notthesame.subject.definitions import ON_PAGE, verdicts
from notthesame.subject.vignettes import vignettes
from tests.questions import guesser

SEEDS = range(200)
CHANCE = 25


@cache
def sheet(lesson: str, seed: int) -> tuple[Question, ...]:
    return made(lesson, seed).questions


def words(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


# --- keys ---------------------------------------------------------------------------------------------------


def test_the_machine_gives_the_key_of_each_case() -> None:
    for seed in SEEDS:
        pair = cases.PAIRS[seed % len(cases.PAIRS)]
        question, case = cases.question("g02-1-1", pair, Random(seed))
        met = {v.instrument: v.outcome for v in verdicts(case.true, case.open, pair)}
        assert set(met.values()) <= {"met", "not met"}
        (letter,) = question.key
        expected = tuple(met[text] == "met" for text in pair)
        assert expected == ((True, True), (True, False), (False, True), (False, False))["abcd".index(letter)]


@pytest.mark.parametrize(
    ("act", "move", "means", "met"),
    [
        # read by hand in the texts, not by the machine
        ("buy", "stay", "harm", {"us_sex_trafficking", "us_severe_sex", "us_1591_a1"}),
        ("recruit", "stay", "plight", {"us_sex_trafficking", "un_palermo"}),
        ("house", "drive", "none", {"us_sex_trafficking", "us_2421_mann"}),
        ("hire", "drive", "fraud", {"un_palermo"}),
        ("hire", "stay", "need", set()),
    ],
)
def test_sentences_have_the_features_that_they_tell(act: str, move: str, means: str, met: set[str]) -> None:
    told = (cases.ACTS[act].text, cases.MOVES[move].text, cases.MEANS[means].text)
    found = [case for case in cases.every() if tuple(part.text for part in case.parts[:3]) == told]
    assert found
    for case in found:
        assert {t for t in ON_PAGE if case.verdict(t).outcome == "met"} == met


def test_a_wrong_option_is_the_verdict_of_a_belief_in_the_glossary() -> None:
    for case in cases.every():
        for text in ON_PAGE:
            slug = cases.belief(case, text)
            assert slug in questions.misconceptions()
            assert cases.believed(slug, case, text) is (case.verdict(text).outcome != "met") or (
                slug == "same-answer-everywhere"
            )


def test_where_two_writers_part_is_an_edge_of_the_map() -> None:
    edges = {(edge.start, edge.end) for edge in course_map().edges if edge.relation == "attacks"}
    for place, found in debate.exchanges().items():
        for each in found:
            said = {"first": each.first, "second": each.second, "claim": each.claim}
            assert {key for key, name in said.items() if (each.reply, name) in edges} == {place} - {"nothing"}
            others = [name for key, name in said.items() if key != place]
            assert not [name for name in others if (name, each.reply) in edges]
            assert not [n for n in (*said.values(), each.reply) if course_map().node(n).recalled]


def test_a_report_has_three_of_four_things_and_lacks_the_key() -> None:
    for seed in SEEDS:
        question, found = counts.question("g05-1-1", Random(seed))
        text, (letter,) = question.case, question.key
        has = {
            "a": f"In {found.here} it finds" in text,
            "b": found.there in text,
            "c": "In the same week" not in text,
            "d": "in the same way each time" in text,
        }
        assert [name for name, there in has.items() if not there] == [letter]


def test_the_difference_of_falls_is_that_of_the_counts_in_the_report() -> None:
    for seed in SEEDS:
        question, _ = counts.fall("g05-1-4", Random(seed))
        a, b, c, d = map(int, re.findall(r"\b\d+\b", question.case))
        assert question.value == pytest.approx(100 * (a - b) / a - 100 * (c - d) / c)
        assert len(question.ranges) == 2 and not any(span.holds(question.value) for span in question.ranges)


# --- not in the bank, not to be guessed ---------------------------------------------------------------------


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_item_repeats_the_bank(lesson: str) -> None:
    bank = " ".join(f"{q.case} {q.stem}" for q in questions.known_questions().values())
    told = f"{bank} {' '.join(case.facts for case in vignettes().values())}"
    assert not [name for name in (*cases.NAMES, *counts.TOWNS) if re.search(rf"\b{name}\b", told)]
    for seed in range(20):
        for question in sheet(lesson, seed):
            assert question.id not in questions.known_questions()
            assert (question.case or question.stem) not in told


@pytest.mark.parametrize("lesson", LESSONS)
def test_who_knows_no_law_is_near_chance_on_200_seeds(lesson: str) -> None:
    found = [sheet(lesson, seed) for seed in SEEDS]
    items = guesser.singles([question for each in found for question in each])
    far = {cue: round(share) for cue, share in guesser.by_one_cue(items).items() if share > CHANCE + 7}
    assert not far
    half = len(items) // 2
    weights = guesser.fit(items[:half])
    hits = [guesser.hit(guesser.features(item) @ weights, guesser.right(item)) for item in items[half:]]
    assert 100 * float(np.mean(hits)) < CHANCE + 8


def test_no_place_is_the_right_one_more_often() -> None:
    for lesson in LESSONS:
        keys = [q.key[0] for seed in SEEDS for q in sheet(lesson, seed) if q.key]
        assert all(abs(keys.count(letter) / len(keys) - 0.25) < 0.05 for letter in "abcd")


# --- paper --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_sheet_gives_nothing_away_and_the_key_all(lesson: str) -> None:
    for seed in range(10):
        of = made(lesson, seed)
        shown, key = (
            words(found.content.decode("utf-8").partition("<main>")[2])
            for found in grading.of_lesson(of, "a4")
        )
        for question in of.questions:
            for _, reason, _ in question.reasons():
                assert reason[:40] in key and reason[:40] not in shown
        for text in (*of.task.answer, *(cell for row in of.task.scheme for cell in row[1:2])):
            assert words(text) not in shown and words(text) in key
        assert not re.search(r"\bg\d\d-|[a-z]_[a-z]|`|misconception", shown)
        assert not re.search(r"\b(?:minor|child|under 18|1[0-7],)\b", shown.replace("childhood", ""))
        assert len(of.task.scheme) == 4 and all(len({*row}) == 5 for row in of.task.scheme)


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_same_seed_gives_the_same_bytes_and_another_one_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lesson: str
) -> None:
    for folder, seed in (("a", "7"), ("b", "7"), ("c", "8")):
        assert main(["pack", "grading", str(tmp_path / folder), "--lesson", lesson, "--seed", seed]) == 0
    assert "Keep the seed, 8, to yourself." in capsys.readouterr().out
    one, same, other = (
        {path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()} for folder in "abc"
    )
    assert one == same and one.keys() == other.keys() and len(one) == 4
    assert not [name for name, content in one.items() if content == other[name]]
    assert one[f"grading-{lesson}-moodle.xml"].count(b"<question type=") == 5  # a category, four questions


def test_a_lesson_without_a_template_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "grading", str(tmp_path / "a"), "--lesson", "09", "--seed", "1"]) == 1
    assert capsys.readouterr().err.startswith(
        "There is no grading sheet for lesson '09'; allowed: 02, 05, 12."
    )
    assert not (tmp_path / "a").exists()


def test_items_are_whole_questions() -> None:
    sections = {(q.taught, q.section) for q in questions.known_questions().values()}
    for lesson in LESSONS:
        for question in (q for seed in range(40) for q in sheet(lesson, seed)):
            assert isinstance(question, Question) and (question.lesson, question.section) in sections
            slugs = [slug for _, _, slug in question.reasons() if slug]
            assert slugs and set(slugs) <= set(questions.misconceptions())
