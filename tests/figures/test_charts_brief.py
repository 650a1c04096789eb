"""The charts of the capstone show the table of claims and the hotline's cases; one misleads on purpose."""

from __future__ import annotations

from collections import Counter

import pytest

from notthesame import charts, evidence
from notthesame.figures import GREY
from tests.figures.drawn import bars, xs, ys

VERDICTS = ("stands", "stands with a change", "contested", "not known")
ROWS = [row for row in evidence.rows("post_claims") if row["kind"] != "resource"]


@pytest.mark.parametrize("verdicts", [False, True])
def test_each_claim_of_the_post_is_one_mark_in_the_row_of_its_lesson(verdicts: bool) -> None:
    fig, data = charts.post_claims(verdicts=verdicts)
    axes = fig.axes[0]
    names = [" ".join(label.get_text().split()) for label in axes.get_yticklabels()]
    assert names == sorted({row["lesson"] for row in ROWS}) == list(data["lesson"])
    marks = axes.lines
    drawn = Counter(names[int(y)] for mark in marks for y in ys(mark))
    assert drawn == Counter(row["lesson"] for row in ROWS)
    for name in names:
        places = sorted(
            x for mark in marks for x, y in zip(xs(mark), ys(mark), strict=True) if names[int(y)] == name
        )
        assert places == list(range(1, drawn[name] + 1))


def test_before_the_guess_no_mark_tells_its_verdict() -> None:
    fig, data = charts.post_claims(verdicts=False)
    [axes] = fig.axes
    assert {(mark.get_marker(), mark.get_color()) for mark in axes.lines} == {("o", GREY)}
    assert len(axes.lines) == len(ROWS) and not axes.texts and list(data.columns) == ["lesson", "claims"]


def test_after_the_guess_each_verdict_has_a_mark_of_its_own_and_its_number() -> None:
    fig, data = charts.post_claims()
    axes, below = fig.axes
    key = below.lines
    drawn = Counter((mark.get_marker(), mark.get_color()) for mark in axes.lines)
    wanted = Counter(row["verdict"] for row in ROWS)
    assert len(drawn) == len(key) == len(VERDICTS)
    for mark, text, verdict in zip(key, below.texts, VERDICTS, strict=True):
        assert drawn[mark.get_marker(), mark.get_color()] == wanted[verdict] == data[verdict].sum()
        assert text.get_text() == f"{verdict}: {wanted[verdict]}"
    fig.draw_without_rendering()
    assert not axes.texts and below.get_position().y1 < axes.get_position().y0  # no key among the data


def test_the_fact_on_the_verdicts_says_what_the_table_holds() -> None:
    found, wanted = evidence.fact("debate-post-verdicts"), Counter(row["verdict"] for row in ROWS)
    names = ("stands", "change", "contested", "unknown")
    assert [found[name].value for name in names] == [wanted[verdict] for verdict in VERDICTS]
    assert found["all"].value == len(ROWS)


@pytest.mark.parametrize("honest", [False, True])
def test_both_charts_of_the_hotline_draw_the_same_rows(honest: bool) -> None:
    fig, data = charts.hotline_bars(honest=honest)
    [axes] = fig.axes
    listed = [
        row for row in evidence.rows("hotline") if row["measure"] == "cases_sex" and row["read"] == "primary"
    ]
    for year, bar in zip(("2017", "2018", "2019"), bars(axes), strict=True):
        assert str(int(bar.get_height())) in {row["value"] for row in listed if row["year"] == year}
    assert list(data["cases recorded"]) == [int(bar.get_height()) for bar in bars(axes)]
    least = axes.get_ylim()[0]
    assert least == 0 if honest else 0 < least < min(data["cases recorded"])


def test_the_honest_chart_says_what_was_counted_and_where_the_count_changed() -> None:
    fig, data = charts.hotline_bars()
    [axes] = fig.axes
    assert "cases" in axes.get_ylabel() and "recorded" in axes.get_title(loc="left")
    assert [text.get_text() for text in axes.texts] == [f"{cases:,}" for cases in data["cases recorded"]]
    noted = [label.get_text() for label in axes.get_xticklabels() if "textline" in label.get_text()]
    scopes = {row["year"]: row["scope"] for row in evidence.rows("hotline") if row["measure"] == "cases_sex"}
    assert [words[:4] for words in noted] == [y for y, scope in scopes.items() if "textline" in scope]
