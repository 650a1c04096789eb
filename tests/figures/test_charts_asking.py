"""The charts on ways of asking show the shares of their facts, on the base that they name."""

from __future__ import annotations

import pytest

from notthesame import charts, evidence
from tests.figures.drawn import bars, ys

PAIRS = (
    ("surveys-mode-karnataka", "face_to_face", "polling_booth"),
    ("surveys-list-senegal", "direct", "list_experiment"),
)


def shares(fact: str, *names: str) -> list[float]:
    return [float(str(evidence.fact(fact)[name].value)) for name in names]


@pytest.mark.parametrize("draw", [charts.two_pairs, charts.two_pairs_named])
def test_each_pair_is_drawn_from_its_fact_and_goes_the_other_way(draw: object) -> None:
    fig, data = draw()  # type: ignore[operator]
    drawn = [ys(line) for axes in fig.axes for line in axes.lines]
    assert drawn == [shares(*pair) for pair in PAIRS]
    assert drawn[0][0] < drawn[0][1] and drawn[1][0] > drawn[1][1]
    assert data[["first way, per cent", "second way, per cent"]].to_numpy().tolist() == drawn
    assert all(axes.get_ylim()[0] == 0 for axes in fig.axes)


def test_the_first_picture_does_not_say_what_was_asked() -> None:
    fig, data = charts.two_pairs()
    said = [text.get_text() for axes in fig.axes for text in (*axes.texts, *axes.get_xticklabels())]
    said += [axes.get_title(loc="left") for axes in fig.axes] + [str(cell) for cell in data.to_numpy().flat]
    assert not any(word in " ".join(said) for word in ("Karnataka", "Senegal", "booth", "list", "Condom"))


def test_the_second_picture_names_place_and_both_ways() -> None:
    fig, _ = charts.two_pairs_named()
    titles = [axes.get_title(loc="left") for axes in fig.axes]
    assert "Karnataka" in titles[0] and "Senegal" in titles[1]
    ways = [[label.get_text() for label in axes.get_xticklabels()] for axes in fig.axes]
    assert ways == [["face to face", "in a polling booth"], ["asked directly", "by a list"]]


def test_the_poll_is_whole_on_each_base_and_its_headline_is_the_smaller_one() -> None:
    fig, data = charts.poll_bases()
    found = evidence.fact("surveys-poll-scotland-pair")
    drawn = [(bar.get_y(), bar.get_width()) for bar in bars(fig.axes[0])]
    by_row = [[width for y, width in drawn if y == row] for row in sorted({y for y, _ in drawn})]
    assert by_row[0] == [found[name].value for name in ("for_2025", "neither_2025", "against_2025")]
    assert [sum(row) for row in by_row] == pytest.approx([100, 100])
    assert round(by_row[1][0]) == found["headline_2025"].value == found["deciders_2025"].value
    assert list(data["neither"]) == [found["neither_2025"].value, "left out"]
