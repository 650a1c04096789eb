"""The charts on what changed in 2018 show the data they say they show: read from the drawn figure."""

from __future__ import annotations

import datetime

import pytest
from matplotlib.colors import to_hex

from notthesame import charts, evidence
from notthesame.figures import BLUE, GREEN, ORANGE
from tests.figures.drawn import bars, xs, ys


def ordinal(text: str) -> int:
    return datetime.date.fromisoformat(text).toordinal()


def test_spring_shows_three_counts_on_their_days() -> None:
    fig, data = charts.spring_2018()
    top = fig.axes[0]
    [counts] = [line for line in top.lines if line.get_marker() == "o"]
    assert ys(counts) == [105_000, 75_600, 19_456]
    assert xs(counts) == [ordinal(f"2018-{day}") for day in ("03-21", "04-05", "04-17")]
    assert {"105,000", "75,600", "19,456"} <= {text.get_text() for text in top.texts}
    assert top.get_ylim()[0] == 0 and "a day" in top.get_ylabel()
    assert list(data["date"]) == sorted(data["date"]) and len(data) == 9


def test_spring_puts_each_event_on_its_day_in_both_panels() -> None:
    fig, _ = charts.spring_2018()
    timeline = {row["id"]: row["date"] for row in evidence.rows("fosta_timeline")}
    events = ("senate-passes", "craigslist-personals", "backpage-seized", "fosta-signed")
    for axes in fig.axes:
        lines = [xs(line)[0] for line in axes.lines if to_hex(line.get_color()) == ORANGE.lower()]
        assert lines == [ordinal(timeline[name]) for name in events]
    named = [text.get_text() for text in fig.axes[0].texts]
    assert {"6 Apr: Backpage seized", "11 Apr: FOSTA signed"} <= set(named)


def test_the_survey_lies_after_all_events() -> None:
    fig, _ = charts.spring_2018()
    _, bottom = fig.axes
    [bar] = bars(bottom)
    fact = evidence.fact("surveys-coyote2018-fieldwork")
    days = [ordinal(str(fact[name].value)) for name in ("first_answer", "last_answer")]
    assert [bar.get_x(), bar.get_x() + bar.get_width()] == days and to_hex(
        bar.get_facecolor()
    ) == GREEN.lower()
    assert bar.get_x() > max(xs(line)[0] for line in bottom.lines)
    low, high = bottom.get_xlim()
    assert low < ordinal("2018-03-21") and days[1] < high


@pytest.mark.parametrize(("direction", "versions"), [("decrease", 3), ("increase", 4)])
def test_drafts_shows_each_version_of_one_family_with_its_estimate(direction: str, versions: int) -> None:
    fig, data = charts.drafts(direction)
    [axes] = fig.axes
    found = evidence.rows("drifting_estimates_craigslist")
    rows = [row for row in found if row["estimate_low_pct"] and row["direction"] == direction]
    assert len(axes.lines) == len(rows) == len(data) == versions
    for place, (line, text, row) in enumerate(zip(axes.lines, axes.texts, rows, strict=True)):
        low, high = float(row["estimate_low_pct"]), float(row["estimate_high_pct"])
        assert xs(line) == [low, high] and set(ys(line)) == {place}
        assert text.get_text() == (f"{low:g}" if low == high else f"{low:g} to {high:g}")
        assert to_hex(line.get_color()) == {"decrease": BLUE, "increase": ORANGE}[direction].lower()
        label = axes.get_yticklabels()[place].get_text().replace("\n", " ")
        assert row["version"] in label and row["date"] in label
    assert axes.get_xlim()[1] > 26.61 and "per cent" in axes.get_xlabel()
    assert ("fall" in axes.get_xlabel()) == (direction == "decrease")


def test_the_rubric_grid_shows_every_grade_as_a_word() -> None:
    fig, data = charts.rubric_grid()
    [axes] = fig.axes
    rows = evidence.rows("rubric_fosta_sources")
    words = {"2": "2 fully", "1": "1 in part", "0": "0 not", "": "not seen"}
    assert [text.get_text() for text in axes.texts] == [words[row["grade"]] for row in rows]
    assert len(axes.patches) == len(data) == 36
    studies = [label.get_text().replace("\n", " ") for label in axes.get_yticklabels()]
    questions = [label.get_text().replace("\n", " ") for label in axes.get_xticklabels()]
    assert [(studies[int(patch.get_y())], questions[int(patch.get_x())]) for patch in bars(axes)] == [
        (row["name"], row["question"]) for row in rows
    ]


def test_the_rubric_has_two_sources_of_each_kind_and_six_questions_each() -> None:
    rows = evidence.rows("rubric_fosta_sources")
    kinds = {row["study"]: row["kind"] for row in rows}
    assert sorted(kinds.values()) == ["academic"] * 2 + ["community"] * 2 + ["government"] * 2
    assert all(sum(row["study"] == study for row in rows) == 6 for study in kinds)
    assert all(evidence.fact(row["fact"]).label and row["reason"] for row in rows)


def test_no_source_tells_the_events_apart_as_the_lesson_says() -> None:
    grades = {
        row["study"]: row["grade"]
        for row in evidence.rows("rubric_fosta_sources")
        if row["dimension"] == "event"
    }
    assert len(grades) == 6 and "2" not in grades.values()
